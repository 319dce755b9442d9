"""Resolutions to come back to: a condition whose day has passed, a deferral whose meeting was held."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.storage.home import Home
from mochocho.words import thai
from mochocho.words.model import Assessment, Gate, Outcome, Resolution
from mochocho.words.sentences import Sentence
from processing.decisions.decision import Kind, resolution_of
from processing.decisions.recorded import of_row
from processing.meetings.kept import meeting_of
from processing.meetings.meeting import Level, Meeting
from processing.meetings.packet_meeting import of_settings
from processing.tables import DecisionRow

CONDITION = "resolution.condition_due"
DEFERRAL = "resolution.deferral_due"
Due = tuple[str, Sentence, int]  # code, what is told, and of how many applicants


def due(home: Home, session: Session, told: Sequence[tuple[str, Assessment]], today: date) -> Iterator[Due]:
    """One for each kind, the one that waits longest as an example. `told`: (name, assessment) of those whom
    committees passed on a condition or put off, among others.
    """
    last = [(name, one.resolutions[-1]) for name, one in told if one.resolutions]
    conditional = ((name, r) for name, r in last if r.outcome is Outcome.CONDITIONAL)
    late = [(r.due, name) for name, r in conditional if r.due and r.due < today]
    if late:
        day, name = min(late)
        when = Sentence(thai.date_words(day, thai_digits=False), day.isoformat())
        said = Sentence(
            f"เลยวันครบกำหนดของเงื่อนไขแล้ว เช่น {name} ครบกำหนด {when.th}",
            f"the day of a condition has passed, such as that of {name} on {when.en}",
        )
        yield CONDITION, said, len(late)
    put_off = [(r.deferred_to, name) for name, r in last if _was_held(home, session, r, today)]
    if put_off:
        meeting, name = min(put_off)
        said = Sentence(
            f"การประชุมที่เลื่อนไปผ่านไปแล้วและยังไม่มีมติ เช่น {name} เลื่อนไปครั้งที่ {meeting}",
            f"put off to a meeting that is over, without a resolution, such as {name} to {meeting}",
        )
        yield DEFERRAL, said, len(put_off)


def _was_held(home: Home, session: Session, resolution: Resolution, today: date) -> bool:
    """Whether the meeting that it was put off to is over: as it is kept, or by what was resolved there."""
    if resolution.outcome is not Outcome.DEFERRED:
        return False
    if resolution.gate is Gate.PROVINCE and (day := _day_of(home, session, resolution.deferred_to)):
        return day < today
    query = select(DecisionRow).where(
        DecisionRow.kind == Kind.RESOLUTION,
        DecisionRow.about == resolution.gate,
        DecisionRow.content.contains(f'"{resolution.deferred_to}"', autoescape=True),
    )
    held = map(resolution_of, map(of_row, session.scalars(query)))
    return any(
        one.meeting_no == resolution.deferred_to
        and (resolution.gate is Gate.PROVINCE or one.committee == resolution.committee)  # it has one
        and one.meeting_date < today
        for one in held
    )


def _day_of(home: Home, session: Session, number: str) -> date | None:
    """The day of the provincial meeting of this number; None where it is not known."""
    meeting = meeting_of(session, Meeting(Level.PROVINCE, number).key) or of_settings(home.settings)
    return meeting.day if meeting and meeting.number == number else None
