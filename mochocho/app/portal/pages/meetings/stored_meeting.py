"""The meeting that a page is about: as it is kept last, and kept anew in the name of whoever is signed in."""

from dataclasses import dataclass

from flask import abort, request
from sqlalchemy.orm import Session

from mochocho.app.portal.access import access_log
from mochocho.app.portal.access.signed_in import current_home, current_person, current_scope
from mochocho.storage.db import reading
from processing.meetings import kept
from processing.meetings.files import meeting_files
from processing.meetings.files.typed_meeting import TypedMeeting, written
from processing.meetings.kept import Kept
from processing.meetings.meeting import Meeting


@dataclass(frozen=True, slots=True)
class Stands:
    """A meeting as it is kept last; `by`: who kept this version."""

    meeting: Meeting
    version: int
    by: str
    versions: tuple[Kept, ...]


def known(key: str) -> Stands:
    """The meeting of this key; answers 404 where this person sees none, or it was called off."""
    with reading(current_home().engine) as session:
        every = kept.history(session, key)
    last = every[-1] if every else None
    if last is None or last.meeting is None or not current_scope().covers_district(last.meeting.district):
        abort(404)
    return Stands(last.meeting, last.version, last.recorded_by, tuple(every))


def keep(meeting: Meeting, based_on: int, what: str = "", reason: str = "") -> None:
    """Keep another version in this person's name and log why, both or neither. Raises as `meeting_files.keep`
    and `access_log.note_beside`.
    """
    because = f" เหตุผล: {reason}" if reason else ""

    def logged(session: Session, version: int) -> None:
        access_log.note_beside(session, "meeting", meeting.key, f"บันทึก{what} เป็นฉบับที่ {version}{because}")

    meeting_files.keep(current_home(), meeting, current_person().name, based_on=based_on, beside=logged)


def seen_version() -> int:
    """The version that the form of this request was made from; -1 = none that there is."""
    text = request.form.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


def as_typed(meeting: Meeting) -> TypedMeeting:
    """What is typed into its files."""
    return written(meeting, meeting_files.districts_of(current_home()))
