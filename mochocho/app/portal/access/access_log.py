"""The log of who was given what to see: appended before the bytes go, each row with the last one's hash.

Where a row cannot be written, nothing is shown: `note` raises, and the answer is 503.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from flask import request
from sqlalchemy import or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from mochocho.app.portal.access.accounts import Account
from mochocho.app.portal.access.signed_in import current_home, current_person, now
from mochocho.app.tables import AccessHeadRow, AccessRow
from mochocho.storage.db import insert_or_ignore, reading, transaction
from mochocho.storage.home import Home
from mochocho.words.errors import Transient
from processing.decisions.chain import GENESIS, hash_of, moment_of

What = Literal["file", "page_image", "document", "identity", "export", "packet"]


@dataclass(frozen=True, slots=True)
class Access:
    """One row: who was given what of what, why, and from which page. `about`: a key, or a file's sha256."""

    number: int
    at: datetime
    account_id: int | None
    name: str
    what: str
    about: str
    reason: str
    page: str


def note(what: What, about: str, reason: str = "") -> None:
    """Log that this request's person is about to be given `about`. Raises Transient where it cannot be."""
    page = request.path  # no query: it may hold what was searched for
    try:
        append(current_home(), current_person(), what, about, reason, page, now())
    except SQLAlchemyError as error:
        raise Transient(
            "บันทึกการเข้าถึงไม่ได้ จึงยังเปิดให้ดูไม่ได้ ให้รอสักครู่แล้วลองอีกครั้ง",
            "the access log cannot be written, so nothing is shown",
        ) from error


def append(home: Home, account: Account, what: str, about: str, reason: str, page: str, at: datetime) -> None:
    """Append one row; no other that appends runs beside it."""
    with transaction(home.engine, counted=False) as session:
        head = _taken_head(session)
        entry = Access(head.number + 1, at, account.id, account.name, what, about, reason, page)
        digest = _digest(entry, head.hash)
        session.add(AccessRow(**_columns(entry), previous=head.hash, hash=digest))
        head.number, head.hash = entry.number, digest


def last(home: Home, most: int) -> list[Access]:
    """The newest rows, newest first."""
    query = select(AccessRow).order_by(AccessRow.number.desc()).limit(most)
    with reading(home.engine) as session:
        return [_entry(row) for row in session.scalars(query)]


def searched(session: Session, text: str, before: int | None, most: int) -> list[Access]:
    """The newest rows, newest first: of numbers below `before`, and with this text in the name, what was
    shown, the reason or the page.
    """
    query = select(AccessRow).order_by(AccessRow.number.desc()).limit(most)
    if before is not None:
        query = query.where(AccessRow.number < before)
    if text:
        columns = (AccessRow.name, AccessRow.about, AccessRow.reason, AccessRow.page)
        query = query.where(or_(*(column.contains(text, autoescape=True) for column in columns)))
    return [_entry(row) for row in session.scalars(query)]


def broken(home: Home) -> list[int]:
    """The numbers at which the log is not as it was written; a missing end is the number after the last."""
    with reading(home.engine) as session:
        head = session.get(AccessHeadRow, 1)
        rows = session.scalars(select(AccessRow).order_by(AccessRow.number).execution_options(yield_per=500))
        return list(_faults(rows, head))


def _faults(rows: "Iterator[AccessRow]", head: AccessHeadRow | None) -> Iterator[int]:
    number, digest = 0, GENESIS
    for row in rows:
        number += 1
        if row.number != number or row.previous != digest or row.hash != _digest(_entry(row), row.previous):
            yield row.number
        number, digest = row.number, row.hash
    if (number, digest) != ((head.number, head.hash) if head else (0, GENESIS)):
        yield number + 1


def _taken_head(session: Session) -> AccessHeadRow:
    insert_or_ignore(session, AccessHeadRow, [{"id": 1, "number": 0, "hash": GENESIS}])
    query = select(AccessHeadRow).with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).one()


def _columns(entry: Access) -> dict[str, object]:
    return {name: getattr(entry, name) for name in entry.__slots__}


def _entry(row: AccessRow) -> Access:
    return Access(*(getattr(row, name) for name in Access.__slots__))


def _digest(entry: Access, previous: str) -> str:
    columns = {**_columns(entry), "at": moment_of(entry.at)}
    return hash_of([*columns.values(), previous])
