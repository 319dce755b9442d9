"""The chain of rows in which stands who was given what to see, and who changed what of the portal itself.

Each row has the hash of the one before, as decisions have: what was changed, removed or inserted is found.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from mochocho.app.access_rows import Access, columns, digest, digest_of, entry_of
from mochocho.app.tables import AccessHeadRow, AccessRow
from mochocho.storage import audit_told
from mochocho.storage.db import insert_or_ignore, reading, transaction
from mochocho.storage.home import Home
from mochocho.storage.newest_rows import newest
from mochocho.words.errors import Transient
from processing.decisions import covered_rows
from processing.decisions.chain import GENESIS

# `page_ahead`: fetched by a script before it is looked at; `page_image`: looked at; `page_covered`: without
# what an ID card says of religion, blood group, days and places
Shown = Literal[
    "file",
    "page_image",
    "page_ahead",
    "page_covered",
    "thumbnail",
    "document",
    "identity",
    "export",
    "packet",
    "web_form",
    "person",
    "letter",
]
Changed = Literal["account", "settings", "pack", "meeting", "erasure", "officer"]
Entered = Literal["signed_in", "refused", "locked_out"]  # at the door of the portal

# what people call them
SHOWN_TH = {
    "identity": "เลขประจำตัวประชาชนและโทรศัพท์",
    "file": "ไฟล์",
    "web_form": "ลิงก์กรอกแบบในเบราว์เซอร์",
    "letter": "หนังสือของจังหวัด",
    "page_image": "ภาพหน้าเอกสาร",
    "page_covered": "ภาพหน้าเอกสารที่ปกปิดแล้ว",
    "page_ahead": "ภาพหน้าเอกสารที่ดึงไว้ก่อน ยังไม่ได้ดู",
    "thumbnail": "ภาพย่อ",
    "document": "เอกสาร",
    "export": "ไฟล์ส่งออก",
    "packet": "ชุดเอกสาร",
    "person": "ข้อมูลของบุคคลหนึ่ง",
    "account": "บัญชี",
    "settings": "การตั้งค่า",
    "pack": "ชุดเกณฑ์",
    "meeting": "การประชุม",
    "erasure": "การลบข้อมูลส่วนบุคคล",
    "officer": "รหัสเข้าใช้ของเจ้าหน้าที่",
    "signed_in": "เข้าสู่ระบบ",
    "refused": "เข้าสู่ระบบไม่สำเร็จ",
    "locked_out": "ลองผิดหลายครั้ง ต้องรอ",
}


@dataclass(frozen=True, slots=True)
class Who:
    """Who is given something or changes something: an account, None = the command line; and from which page,
    without a query, which may hold what was searched for.
    """

    account_id: int | None
    name: str
    page: str


def at_the_command_line(home: Home) -> Who:
    """Whoever holds the command line of this home."""
    return Who(None, home.settings.recorder or "ผู้ใช้คำสั่งที่เครื่อง", "")


def note_at_the_command_line(home: Home, what: Shown | Changed, about: str, reason: str) -> None:
    """Log that the command line is about to be given `about`. Raises Transient where it cannot be: then
    nothing may be given.
    """
    try:
        with transaction(home.engine, counted=False) as session:
            append(session, at_the_command_line(home), what, about, reason, datetime.now(UTC))
    except SQLAlchemyError as error:
        raise Transient(
            "บันทึกการเข้าถึงไม่ได้ จึงยังไม่เขียนเอกสาร ให้ตรวจพื้นที่ดิสก์แล้วสั่งอีกครั้ง",
            "the access log cannot be written, so nothing was given out; look at the disk and try again",
        ) from error


def erasure_noted(who: Who) -> Callable[[Session, str, str], None]:
    """As what an erasure logs itself within its own transaction: about whom, and why. Raises Transient."""

    def noted(session: Session, about: str, reason: str) -> None:
        try:
            append(session, who, "erasure", about, reason, datetime.now(UTC))
            session.flush()
        except SQLAlchemyError as error:
            raise Transient(
                "บันทึกการเข้าถึงไม่ได้ จึงยังไม่ได้ลบ ให้ตรวจพื้นที่ดิสก์แล้วสั่งอีกครั้ง",
                "the access log cannot be written, so nothing was erased; look at the disk and try again",
            ) from error

    return noted


def append(
    session: Session, who: Who, what: Shown | Changed | Entered, about: str, reason: str, at: datetime
) -> None:
    """Append one row within the caller's transaction; no other that appends runs beside it."""
    head = _taken_head(session)
    entry = Access(head.number + 1, at, who.account_id, who.name, what, about, reason, who.page)
    hash_ = digest(entry, head.hash)
    session.add(AccessRow(**columns(entry), previous=head.hash, hash=hash_))
    head.number, head.hash = entry.number, hash_
    audit_told.tell(session, AccessRow.__tablename__, entry.number, hash_, what, about)


def last(home: Home, most: int) -> list[Access]:
    """The newest rows, newest first."""
    query = select(AccessRow).order_by(AccessRow.number.desc()).limit(most)
    with reading(home.engine) as session:
        return [entry_of(row) for row in session.scalars(query)]


def searched(session: Session, text: str, before: int | None, most: int) -> list[Access]:
    """The newest rows, newest first: of numbers below `before`, and with this text in the name, what was
    shown, the reason or the page.
    """
    searched_in = (AccessRow.name, AccessRow.about, AccessRow.reason, AccessRow.page)
    return [entry_of(row) for row in session.scalars(newest(AccessRow, searched_in, text, before, most))]


def of_things(session: Session, things: Collection[str], whole: Collection[Shown]) -> list[Access]:
    """Every row about one of these things, or of one of these kinds whatever it is about; oldest first."""
    query = select(AccessRow).where(or_(AccessRow.about.in_(things), AccessRow.what.in_(whole)))
    return [entry_of(row) for row in session.scalars(query.order_by(AccessRow.number))]


def broken(home: Home) -> list[int]:
    """The numbers at which the log is not as it was written; a missing end is the number after the last."""
    with reading(home.engine) as session:
        head = session.get(AccessHeadRow, 1)
        covered = covered_rows.of_chain(session, AccessRow.__tablename__)
        begins = covered_rows.gone_log(session) or (0, GENESIS)
        rows = session.scalars(select(AccessRow).order_by(AccessRow.number).execution_options(yield_per=500))
        return list(_faults(rows, head, begins, covered))


def _faults(
    rows: "Iterator[AccessRow]",
    head: AccessHeadRow | None,
    begins: tuple[int, str],
    covered: Mapping[int, str],
) -> Iterator[int]:
    number, hash_ = begins
    for row in rows:
        number += 1
        as_recorded = digest_of(row) in (row.hash, covered.get(row.number))
        if row.number != number or row.previous != hash_ or not as_recorded:
            yield row.number
        number, hash_ = row.number, row.hash
    if (number, hash_) != ((head.number, head.hash) if head else (0, GENESIS)):
        yield number + 1


def _taken_head(session: Session) -> AccessHeadRow:
    insert_or_ignore(session, AccessHeadRow, [{"id": 1, "number": 0, "hash": GENESIS}])
    query = select(AccessHeadRow).with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).one()
