"""The list of what was erased, kept beside the backups: an older one that is restored is erased again.

    {"erased": [[salt, digest], …], "format": "mochocho.erased.1"}

It holds no name and no number: only hashes of random ids and of pseudonyms
(`sync.mirror.writing.erased_ids`, `whose.pseudonym`).
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.app.backup.restore import MARKER
from mochocho.app.erasing import cover_cycle, erase_cycle, erase_person
from mochocho.app.erasing.ledger_of_erasures import Receipt
from mochocho.app.erasing.run_erasure import Asked
from mochocho.app.erasing.whose.pseudonym import ANYBODY, pseudonym
from mochocho.app.erasing.whose.whose_data import cycle_of
from mochocho.app.persons.other_people import named_people
from mochocho.storage.db import reading, transaction
from mochocho.storage.files import write_file
from mochocho.storage.home import Home
from mochocho.words import people
from mochocho.words.errors import Terminal
from mochocho.words.thai import normalise
from processing.decisions.chain import canonical
from processing.persons.sought_person import Sought
from processing.tables import ApplicantRow, FormerResultRow
from sync.mirror.writing import erased_ids
from sync.mirror.writing.erased_ids import ErasedIds

NAME = "mochocho-erased.json"
AGAIN = ".erase-again.json"  # in a home that is being restored, until it is done
_FORMAT = "mochocho.erased.1"
_BY = Asked("ระบบกู้คืน", "กู้คืนจากไฟล์สำรองที่ทำไว้ก่อนลบข้อมูลส่วนบุคคล")


def write(home: Home, folder: Path) -> Path | None:
    """Add what this home has erased to the list in `folder`; None where nothing ever was."""
    with reading(home.engine) as session:
        pairs = erased_ids.kept(session).pairs
    target = folder / NAME
    if not pairs and not target.is_file():
        return None
    every = sorted(pairs | (read(target).pairs if target.is_file() else frozenset()))
    write_file(target, f"{canonical({'erased': every, 'format': _FORMAT})}\n".encode())
    return target


def read(path: Path) -> ErasedIds:
    """Raises Terminal where it is no such list."""
    try:
        found = json.loads(path.read_bytes())
        if found["format"] != _FORMAT:
            raise ValueError(found["format"])
        return ErasedIds(frozenset((str(salt), str(digest)) for salt, digest in found["erased"]))
    except (ValueError, KeyError, TypeError) as error:
        raise Terminal(
            f"{path}: อ่านรายการที่ลบแล้วไม่ได้ ให้ใช้สำเนาอื่นของไฟล์นี้ เพื่อไม่ให้ข้อมูลที่ลบแล้วกลับมา",
            f"{path}: the list of what was erased cannot be read; take another copy of it",
        ) from error


@contextmanager
def kept_for(home: Home, folder: Path) -> Iterator[None]:
    """Note in the home what the list in `folder` says while it is restored from a backup there.

    Nothing of it stays where the backup is refused.
    """
    note = home.settings.home / AGAIN
    if (folder / NAME).is_file():
        read(folder / NAME)
        write_file(note, (folder / NAME).read_bytes())
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


def erase_again(home: Home) -> list[Receipt]:
    """Erase from a restored home what was erased since. Returns a receipt each."""
    note = home.settings.home / AGAIN
    if not note.is_file():
        return []
    erased = read(note)
    with transaction(home.engine, counted=False) as session:
        erased_ids.add(session, sorted(erased.pairs))
    receipts = list[Receipt]()
    if erased.holds(cover_cycle.cycle_id(home.pack.fiscal_year_be)):
        receipts.append(erase_cycle.erase(home, _BY))
    while key := _next_key(home, erased):
        receipt = erase_person.erase(home, Sought(key=key), _BY)
        assert receipt is not None  # noqa: S101 - the key is of this home
        receipts.append(receipt)
    for name in _names(home, erased):
        if receipt := erase_person.erase(home, Sought(name=name), _BY):
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
    return sorted(name for name in names if erased.holds(pseudonym(cycle_of(home), name)))


def _keys(session: Session) -> list[str]:
    return [
        key for column in (ApplicantRow.key, FormerResultRow.key) for key in session.scalars(select(column))
    ]
