"""Whether somebody of the name still serves: an account of theirs is open, or a cycle still needs them.

Who is known by name alone is not erased meanwhile. An applicant is, and the name stays where somebody serves
by it: it may be another person.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.app.erasing.whose.mentions import APPLICANT, BY, MEETING, mention_of
from mochocho.app.erasing.whose.whose_data import WhoseData
from mochocho.app.persons.other_people import names_in
from mochocho.app.tables import AccountRow
from mochocho.storage.db import closed
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from mochocho.words.sentences import Sentence, joined
from processing import codec
from processing.meetings import kept
from processing.persons.covered_texts import same_name
from processing.tables import SheetRow
from sync.tables import Officer


@dataclass(frozen=True, slots=True)
class Serving:
    """One task. `mentions`: the parts (`mentions`) that it needs; `told`: what it is and how it ends."""

    mentions: tuple[str, ...]
    told: Sentence


def serving(home: Home, session: Session, whose: WhoseData) -> list[Serving]:
    """Every task of somebody of this name."""
    found = list(_open_doors(session, whose))
    if closed(session.connection()) is None:
        found += _of_open_cycle(home, session, whose)
    return found


def refuse(home: Home, session: Session, whose: WhoseData) -> None:
    """Raise Terminal with everything that has to end first, of who is known by name alone."""
    found = [] if whose.keys else serving(home, session, whose)
    open_doors = [one.told for one in found if whose.only is None or any(map(whose.covers, one.mentions))]
    if open_doors:
        head = Sentence("ยังลบไม่ได้ เพราะบุคคลนี้ยังปฏิบัติหน้าที่อยู่", "not erased, as the person still serves")
        raise Terminal(*joined([head, *open_doors]))


def _open_doors(session: Session, whose: WhoseData) -> Iterator[Serving]:
    for officer in session.scalars(select(Officer).where(Officer.revoked_at.is_(None))):
        if same_name(whose.persons, officer.name):
            order = f"mochocho officers revoke {officer.id}"
            told = Sentence(
                f"รหัสของโทรศัพท์ เจ้าหน้าที่เลขที่ {officer.id} ยังใช้ได้ ให้ยกเลิกที่หน้าเจ้าหน้าที่ในพอร์ทัลหรือสั่ง `{order}` ก่อน",
                f"the token of officer {officer.id} still works: revoke it in the portal, or `{order}` first",
            )
            yield Serving((_one_each(officer), BY), told)
    for account in session.scalars(select(AccountRow).where(AccountRow.disabled_at.is_(None))):
        if same_name(whose.persons, account.name):
            order = f"mochocho portal accounts disable {account.login}"
            told = Sentence(
                f"บัญชีพอร์ทัล {account.login} ยังเปิดอยู่ ให้ปิดที่หน้าบัญชีในพอร์ทัลหรือสั่ง `{order}` ก่อน",
                f"the portal account {account.login} is open: close it in the portal, or `{order}` first",
            )
            yield Serving((_one_each(account), BY), told)


def _of_open_cycle(home: Home, session: Session, whose: WhoseData) -> Iterator[Serving]:
    """Of a closed cycle nothing is decided, counted or signed any more."""
    for meeting in kept.meetings(session):
        if any(same_name(whose.persons, name) for name in names_in(codec.dump(meeting), "meeting")):
            told = Sentence(
                f"อยู่ในการประชุมครั้งที่ {meeting.number} ของรอบที่ยังเปิด ให้แก้รายชื่อของการประชุม หรือปิดรอบก่อน",
                f"is named by meeting {meeting.number} of an open cycle: "
                "change the meeting, or close the cycle first",
            )
            yield Serving((f"{MEETING}:{meeting.key}",), told)
    sheets = {
        row.applicant_key
        for row in session.scalars(select(SheetRow))
        if same_name(whose.persons, row.content.get("assessor", ""))
    }
    if sheets or any(same_name(whose.persons, one.name) for one in home.settings.committees.assessors):
        told = Sentence(
            "เป็นกรรมการผู้ตรวจประเมินของรอบที่ยังเปิด ให้ปิดรอบด้วย `mochocho cycle close` ก่อน",
            "is an assessor of an open cycle: `mochocho cycle close` first",
        )
        yield Serving(tuple(f"{APPLICANT}:{key}" for key in sorted(sheets)), told)


def _one_each(row: Officer | AccountRow) -> str:
    return mention_of(row.__tablename__, {"id": row.id}, "name", "")
