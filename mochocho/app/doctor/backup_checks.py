"""The doctor's check of backups: whether one was made recently."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.app import pulses
from mochocho.app.doctor.checks import Check
from mochocho.app.doctor.looking import looked
from mochocho.app.terminal.ages import age
from mochocho.settings.config import Settings
from mochocho.words.sentences import Sentence
from sync.tables import SubmissionVersion

OFTEN_ENOUGH = timedelta(days=7)
_ADVICE = Sentence(
    "สั่ง `mochocho backup backups --keep 14` ทุกคืน แล้วคัดลอกไฟล์ไปไว้นอกเครื่องนี้",
    "run `mochocho backup backups --keep 14` every night, and copy the file to another machine",
)


def examine(settings: Settings, now: datetime) -> Iterator[Check]:
    """One check; none where nothing has been received yet, or where the database cannot be read."""
    if check := looked(settings.url, lambda session: _look(session, now)):
        yield check


def _look(session: Session, now: datetime) -> Check | None:
    if session.scalar(select(SubmissionVersion.id).limit(1)) is None:
        return None
    return _check(pulses.last(session, pulses.BACKUP), now)


def _check(made: datetime | None, now: datetime) -> Check:
    if made is None:
        never = Sentence("ยังไม่เคยสำรองข้อมูลของโฟลเดอร์งานนี้", "no backup of this home was ever made")
        return Check("backup", "warn", never, _ADVICE)
    ago = age(made, now)
    found = Sentence(f"สำรองครั้งล่าสุดเมื่อ {ago.th}ก่อน", f"the last one was made {ago.en} ago")
    if now - made > OFTEN_ENOUGH:
        return Check("backup", "warn", found, _ADVICE)
    return Check("backup", "ok", found)
