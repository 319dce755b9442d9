"""Who was there when, where the office mended it in the minutes after the close. Pure."""

from dataclasses import replace
from datetime import datetime, time

from mochocho.words import people
from mochocho.words.days import THAILAND
from processing.meetings.meeting import Attendance, Held, Meeting
from processing.sittings.held_from import held_from
from processing.sittings.sitting import Sitting, Stay


def as_mended(meeting: Meeting, sitting: Sitting) -> Sitting:
    """The sitting with the stays that the minutes say of members whose hours are no longer as pressed."""
    held, opened = meeting.held, sitting.opened_at
    if held is None or opened is None or sitting.closed_at is None:
        return sitting
    pressed = _by_member(meeting, held_from(meeting, sitting))
    mended = {
        name: tuple(_stay(one, opened) for one in rows if one.present)
        for name, rows in _by_member(meeting, held).items()
        if rows != pressed[name]
    }
    return replace(sitting, stays={**sitting.stays, **mended}) if mended else sitting


def _by_member(meeting: Meeting, held: Held) -> dict[str, list[Attendance]]:
    """What says who sat there when, of each member."""
    found: dict[str, list[Attendance]] = {one.person.name: [] for one in meeting.composition}
    names = {people.key(name): name for name in found}
    for one in held.attendance:
        if name := names.get(people.key(one.of)):
            found[name].append(Attendance(name, one.there, one.substitute, came=one.came, left=one.left))
    return found


def _stay(one: Attendance, opened: datetime) -> Stay:
    """From the opening, to the close, where no hour is written down."""
    came, left = (
        datetime.combine(opened.astimezone(THAILAND), time.fromisoformat(hour), THAILAND) if hour else None
        for hour in (one.came, one.left)
    )
    return Stay(max(came or opened, opened), left, one.substitute)
