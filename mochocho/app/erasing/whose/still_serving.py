"""Refuses to erase who still serves: an account of theirs is open, or a cycle still needs them."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.app.erasing.whose.whose_data import WhoseData
from mochocho.app.persons.other_people import names_in
from mochocho.app.tables import AccountRow
from mochocho.storage.db import closed
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from mochocho.words.sentences import Sentence
from processing import codec
from processing.meetings import kept
from processing.persons.covered_texts import same_name
from processing.tables import SheetRow
from sync.tables import Officer


def refuse(home: Home, session: Session, whose: WhoseData) -> None:
    """Raise Terminal with everything that has to end first."""
    open_doors = list(_open_doors(session, whose))
    if closed(session.connection()) is None:
        open_doors += _of_open_cycle(home, session, whose)
    if open_doors:
        raise Terminal(
            "\n".join(["ยังลบไม่ได้ เพราะบุคคลนี้ยังปฏิบัติหน้าที่อยู่", *(one.th for one in open_doors)]),
            "\n".join(["not erased, as the person still serves", *(one.en for one in open_doors)]),
        )


def _open_doors(session: Session, whose: WhoseData) -> Iterator[Sentence]:
    for officer in session.scalars(select(Officer).where(Officer.revoked_at.is_(None))):
        if same_name(whose.persons, officer.name):
            order = f"mochocho officers revoke {officer.id}"
            yield Sentence(
                f"รหัสของโทรศัพท์ เจ้าหน้าที่เลขที่ {officer.id} ยังใช้ได้ ให้ยกเลิกที่หน้าเจ้าหน้าที่ในพอร์ทัลหรือสั่ง `{order}` ก่อน",
                f"the token of officer {officer.id} still works: revoke it in the portal, or `{order}` first",
            )
    for account in session.scalars(select(AccountRow).where(AccountRow.disabled_at.is_(None))):
        if same_name(whose.persons, account.name):
            order = f"mochocho portal accounts disable {account.login}"
            yield Sentence(
                f"บัญชีพอร์ทัล {account.login} ยังเปิดอยู่ ให้ปิดที่หน้าบัญชีในพอร์ทัลหรือสั่ง `{order}` ก่อน",
                f"the portal account {account.login} is open: close it in the portal, or `{order}` first",
            )


def _of_open_cycle(home: Home, session: Session, whose: WhoseData) -> Iterator[Sentence]:
    """Of a closed cycle nothing is decided, counted or signed any more."""
    for meeting in kept.meetings(session):
        if any(same_name(whose.persons, name) for name in names_in(codec.dump(meeting), "meeting")):
            yield Sentence(
                f"อยู่ในการประชุมครั้งที่ {meeting.number} ของรอบที่ยังเปิด ให้แก้รายชื่อของการประชุม หรือปิดรอบก่อน",
                f"is named by meeting {meeting.number} of an open cycle: "
                "change the meeting, or close the cycle first",
            )
    sheets = [row.content.get("assessor", "") for row in session.scalars(select(SheetRow))]
    named = [one.name for one in home.settings.committees.assessors]
    if any(same_name(whose.persons, name) for name in {*sheets, *named}):
        yield Sentence(
            "เป็นกรรมการผู้ตรวจประเมินของรอบที่ยังเปิด ให้ปิดรอบด้วย `mochocho cycle close` ก่อน",
            "is an assessor of an open cycle: `mochocho cycle close` first",
        )
