"""A restored home is erased again, as the list beside its backup says (`mochocho.app.backup.erased_file`)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.app.backup import erased_file
from mochocho.app.backup.restore import MARKER
from mochocho.app.erasing import cover_cycle, erase_cycle, erase_person
from mochocho.app.erasing.ledger_of_erasures import Receipt
from mochocho.app.erasing.run_erasure import Asked
from mochocho.app.erasing.whose.pseudonym import ANYBODY, gone_part, pseudonym
from mochocho.app.erasing.whose.whose_data import cycle_of
from mochocho.app.persons.other_people import named_people
from mochocho.storage.db import reading, transaction
from mochocho.storage.files import write_file
from mochocho.storage.home import Home
from mochocho.words import people
from mochocho.words.errors import Terminal
from mochocho.words.thai import normalise
from processing.persons.sought_person import Sought
from processing.tables import ApplicantRow, FormerResultRow
from sync.mirror.writing import erased_ids
from sync.mirror.writing.erased_ids import ErasedIds

AGAIN = ".erase-again.json"  # in a home that is being restored, until it is done
_BY = ("ระบบกู้คืน", "กู้คืนจากไฟล์สำรองที่ทำไว้ก่อนลบข้อมูลส่วนบุคคล")


@contextmanager
def kept_for(home: Home, folder: Path) -> Iterator[None]:
    """Note in the home what the list in `folder` says while it is restored from a backup there.

    Nothing of it stays where the backup is refused.
    """
    note, listed = home.settings.home / AGAIN, folder / erased_file.NAME
    if listed.is_file():
        erased_file.read(listed)
        write_file(note, listed.read_bytes())
    try:
        yield
    except Terminal:
        if not (home.settings.home / MARKER).is_file():  # refused before anything was restored
            note.unlink(missing_ok=True)
        raise


def waits_alone(home: Home) -> bool:
    """Whether the home was restored whole, and not yet erased again."""
    top = home.settings.home
    with reading(home.engine) as session:
        filled = bool(_keys(session))
    return filled and (top / AGAIN).is_file() and not (top / MARKER).is_file()


def erase_again(home: Home, noted: Callable[[Session, str, str], None]) -> list[Receipt]:
    """Erase from a restored home what was erased since. Returns a receipt each. `noted`: as `Asked`."""
    asked = Asked(*_BY, noted)
    note = home.settings.home / AGAIN
    if not note.is_file():
        return []
    erased = erased_file.read(note)
    with transaction(home.engine, counted=False) as session:
        erased_ids.add(session, sorted(erased.pairs))
    receipts = list[Receipt]()
    if erased.holds(cover_cycle.cycle_id(home.pack.fiscal_year_be)):
        receipts.append(erase_cycle.erase(home, asked))
    while key := _next_key(home, erased):
        receipt = erase_person.erase(home, Sought(key=key), asked, again=erased)
        assert receipt is not None  # noqa: S101 - the key is of this home
        receipts.append(receipt)
    for name in _names(home, erased):
        if receipt := erase_person.erase(home, Sought(name=name), asked, _parts(home, erased, name)):
            receipts.append(receipt)
    note.unlink()
    return receipts


def _next_key(home: Home, erased: ErasedIds) -> str:
    with reading(home.engine) as session:
        return next((key for key in _keys(session) if erased.holds(key)), "")


def _names(home: Home, erased: ErasedIds) -> list[str]:
    """Whoever stands in this home again and is known by name alone."""
    if not erased.holds(ANYBODY):
        return []
    with reading(home.engine) as session:
        names = {people.untitled(normalise(name)) for name in named_people(session)}
    noted = {name: pseudonym(cycle_of(home), name) for name in names}
    return sorted(name for name, one in noted.items() if erased.holds(one) or erased.holds(gone_part(one)))


def _parts(home: Home, erased: ErasedIds, name: str) -> list[str] | None:
    """In which parts the name was erased; None = in all."""
    noted = pseudonym(cycle_of(home), name)
    if erased.holds(noted):
        return None
    every = erase_person.mentions_of(home, Sought(name=name))
    return [one.id for one in every if erased.holds(gone_part(noted, one.id))]


def _keys(session: Session) -> list[str]:
    return [
        key for column in (ApplicantRow.key, FormerResultRow.key) for key in session.scalars(select(column))
    ]
