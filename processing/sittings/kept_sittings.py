"""What was recorded while a meeting was held, as it is kept: appended by one door, read as a state."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mochocho.storage.db import insert_or_ignore
from mochocho.words.errors import BadInput
from processing import codec
from processing.decisions.recorder import taken_head
from processing.meetings import kept
from processing.meetings.meeting import Meeting
from processing.sittings.held_from import held_from
from processing.sittings.permitted import refusal, stands, untimely
from processing.sittings.sitting import Act, Event, Sitting, What, fold, then
from processing.sittings.tables import SittingRow


class NotNow(BadInput):
    """Something that a meeting as it stands does not permit; `th` says why. No command records acts, so the
    English does not.

    `part`: of the act that is wrong, "" = all of it.
    """

    def __init__(self, th: str, part: str = "") -> None:
        self.part = part
        super().__init__("sitting.not_now", th, "the meeting, as it stands, does not permit this")
        self.args = (th, part)  # what __init__ takes, for whoever unpickles it


class ActedBefore(BadInput):
    """Another operator acted in the same matter since this one was shown it. `event`: that act."""

    def __init__(self, event: Event) -> None:
        self.event = event
        super().__init__(
            "sitting.acted_before",
            f"{event.by} กดเรื่องเดียวกันไว้ก่อนแล้ว ให้ดูจอล่าสุดแล้วกดใหม่ถ้ายังต้องการ",
            f"{event.by} acted in the same matter before; look at the screen as it is now, and press again "
            "if need be",
        )
        self.args = (event,)  # what __init__ takes, for whoever unpickles it


def events(session: Session, meeting: str) -> list[Event]:
    """Of the meeting of this key, the first one first."""
    query = select(SittingRow).where(SittingRow.meeting == meeting).order_by(SittingRow.number)
    return list(map(_event, session.scalars(query)))


def sitting_of(session: Session, meeting: str) -> Sitting:
    """How the meeting of this key stands; one that nothing was recorded of has not begun."""
    return fold(events(session, meeting))


def sittings(session: Session) -> dict[str, Sitting]:
    """Of every meeting that something was recorded of, how it stands, by its key."""
    found: dict[str, Sitting] = {}
    for row in session.scalars(select(SittingRow).order_by(SittingRow.meeting, SittingRow.number)):
        found[row.meeting] = then(found.get(row.meeting, Sitting()), _event(row))
    return found


def last_numbers(session: Session) -> dict[str, int]:
    """The number of the last event of each meeting that has one, by its key."""
    query = select(SittingRow.meeting, func.max(SittingRow.number)).group_by(SittingRow.meeting)
    return dict(session.execute(query).all())


def append(
    session: Session, meeting: Meeting, acts: Sequence[Act], by: str, at: datetime, *, seen: int | None = None
) -> Sitting:
    """Append acts in the caller's transaction, which no other that appends runs beside; the state after.

    What is so already is not recorded again. `seen`: the number of the last event in the matter of the first
    act when its operator was shown it, None = asks for no such care. Closing keeps what the minutes read.
    Raises NotNow, ActedBefore.
    """
    taken_head(session)  # resolutions are recorded under the same lock, so that none follows an item's end
    before = events(session, meeting.key)
    state = fold(before)
    if seen is not None:
        _unlike(before, state, acts[0], seen)
    for act in acts:
        if stands(state, act):
            continue
        if why := refusal(meeting, state, act):
            raise NotNow(why)
        if why := untimely(state, act, at):
            raise NotNow(why, "resolved_at")
        event = Event(state.number + 1, at, by, act)
        _insert(session, meeting.key, event)
        state = then(state, event)
        if act.what is What.CLOSED:
            now = (
                kept.meeting_of(session, meeting.key) or meeting
            )  # whoever edited it meanwhile loses nothing
            kept.keep(session, replace(now, held=held_from(now, state)), by)
    return state


def _event(row: SittingRow) -> Event:
    return Event(row.number, row.recorded_at, row.recorded_by, codec.load(Act, row.content))


def _unlike(before: Sequence[Event], state: Sitting, act: Act, seen: int) -> None:
    last = state.last.get(act.matter, 0)
    if last > seen and not stands(state, act):
        raise ActedBefore(before[last - 1])


def _insert(session: Session, meeting: str, event: Event) -> None:
    row = {
        "meeting": meeting,
        "number": event.number,
        "content": codec.dump(event.act),
        "recorded_at": event.at,
        "recorded_by": event.by,
    }
    if not insert_or_ignore(session, SittingRow, [row]):
        raise NotNow("มีผู้บันทึกพร้อมกัน ให้ลองอีกครั้ง")
