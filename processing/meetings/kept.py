"""Meetings as they are kept: every version stays, the last one of each holds."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mochocho.storage.db import insert_or_ignore
from mochocho.words.errors import BadInput
from mochocho.words.sentences import Sentence, plain
from processing import codec
from processing.meetings.meeting import Level, Meeting
from processing.meetings.meeting_number import turn
from processing.meetings.tables import MeetingRow

_ANOTHER = Sentence("ผู้อื่น", "somebody else")


class Overtaken(BadInput):
    """Somebody kept another version since the one was shown that this one is made from. `by`: who."""

    def __init__(self, number: str, by: Sentence) -> None:
        self.number, self.by = number, by
        super().__init__(
            "meeting.overtaken",
            f"{by.th} บันทึกการประชุมครั้งที่ {number} ไว้ใหม่หลังจากที่ท่านเปิดดู ให้ส่งออกฉบับล่าสุดแล้วแก้ในฉบับนั้น",
            f"{by.en} changed the meeting {number} since it was shown to you; export the last version and "
            "change that",
        )
        self.args = (number, by)  # what __init__ takes, for whoever unpickles it


@dataclass(frozen=True, slots=True)
class Kept:
    """One kept version. `meeting`: None where it was called off."""

    key: str
    version: int
    meeting: Meeting | None
    recorded_at: datetime
    recorded_by: str


def meetings(session: Session) -> list[Meeting]:
    """Every meeting as it was kept last: the province's first, then by district, year and number."""
    found = (one.meeting for one in last_kept(session))
    return sorted(filter(None, found), key=_place)


def meeting_of(session: Session, key: str) -> Meeting | None:
    """The meeting of this key (`Meeting.key`) as it was kept last; None where there is none."""
    last = _last(session, key)
    return last.meeting if last else None


def provincial(session: Session) -> Meeting | None:
    """The meeting that a packet is for: of the province's committee, the one of the latest number."""
    own = [one for one in meetings(session) if one.level is Level.PROVINCE]
    return own[-1] if own else None


def keep(session: Session, meeting: Meeting, by: str, *, based_on: int | None = None) -> int:
    """Keep a meeting in the caller's transaction; its version. What stands already is not kept again.

    The meeting holds what `wrong.wrong` asks: whoever changed one by hand keeps it by `meeting_files.keep`.
    `based_on`: the version it was made from, 0 = none; None = it
    asks for no such care. Raises Overtaken where somebody else kept another since.
    """
    return _append(session, meeting.key, meeting.number, meeting, by, based_on)


def call_off(session: Session, meeting: Meeting, by: str, *, based_on: int | None = None) -> int:
    """Keep that a meeting will not be held: it is in no list any more, its versions stay. `based_on`, raises:
    as `keep`.
    """
    return _append(session, meeting.key, meeting.number, None, by, based_on)


def version_of(session: Session, key: str) -> int:
    """The number of the last version of this key; 0 where there is none."""
    return session.scalar(select(func.max(MeetingRow.version)).where(MeetingRow.key == key)) or 0


def history(session: Session, key: str) -> list[Kept]:
    """Every version of this key, the first first."""
    query = select(MeetingRow).where(MeetingRow.key == key).order_by(MeetingRow.version)
    return [_kept(row) for row in session.scalars(query)]


def last_kept(session: Session) -> list[Kept]:
    """The last version of each key, in the order of the keys."""
    newest = select(MeetingRow.key, func.max(MeetingRow.version).label("version")).group_by(MeetingRow.key)
    last = newest.subquery()
    query = (
        select(MeetingRow)
        .join(last, (MeetingRow.key == last.c.key) & (MeetingRow.version == last.c.version))
        .order_by(MeetingRow.key)
    )
    return [_kept(row) for row in session.scalars(query)]


def _append(
    session: Session, key: str, number: str, meeting: Meeting | None, by: str, based_on: int | None
) -> int:
    last = _last(session, key)
    version = last.version if last else 0
    if last and last.meeting == meeting:
        return version
    if last and based_on is not None and based_on != version:
        raise Overtaken(number, plain(last.recorded_by))
    row = {
        "key": key,
        "version": version + 1,
        "content": {} if meeting is None else codec.dump(meeting),
        "recorded_at": datetime.now(UTC),
        "recorded_by": by,
    }
    if not insert_or_ignore(session, MeetingRow, [row]):  # another transaction was between
        raise Overtaken(number, _ANOTHER)
    return version + 1


def _last(session: Session, key: str) -> Kept | None:
    query = select(MeetingRow).where(MeetingRow.key == key).order_by(MeetingRow.version.desc()).limit(1)
    row = session.scalar(query)
    return _kept(row) if row else None


def _kept(row: MeetingRow) -> Kept:
    meeting = codec.load(Meeting, row.content) if row.content else None
    return Kept(row.key, row.version, meeting, row.recorded_at, row.recorded_by)


def _place(meeting: Meeting) -> tuple[str, int, int]:
    return meeting.district, *turn(meeting.number)
