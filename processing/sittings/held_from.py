"""What the minutes read of a meeting, from what was recorded while it was held (rules.md J). Pure.

What the office wrote by hand stays: guests, reasons for absence, items that nothing was recorded about.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from mochocho.words.days import THAILAND
from processing.meetings.day_plan import MIDNIGHT, hour
from processing.meetings.meeting import Attendance, Held, Meeting, Minuted
from processing.sittings.sitting import Sitting, Stay
from processing.sittings.timetable import minute_of

_LAST = MIDNIGHT - 1


def held_from(meeting: Meeting, sitting: Sitting) -> Held:
    """Of a meeting that was opened; so far, while it is not closed."""
    before = meeting.held or Held()
    opened, closed = sitting.opened_at, sitting.closed_at
    assert opened is not None  # noqa: S101 - who calls has seen to it
    began, ended = _span(opened, closed) if closed else (_hour(opened), "")
    return replace(
        before,
        began=began,
        ended=ended,
        attendance=tuple(_attendance(meeting, sitting, before, opened)),
        items=tuple(_items(sitting, before)),
    )


def _attendance(meeting: Meeting, sitting: Sitting, before: Held, opened: datetime) -> Iterator[Attendance]:
    typed = {one.of: one for one in reversed(before.attendance)}
    names = [member.person.name for member in meeting.composition]
    for name in names:
        known = typed.get(name) or Attendance(name, present=False)
        yield from _of_member(known, sitting.stays.get(name, ()), opened)
    yield from (one for one in before.attendance if one.of not in names)


def _of_member(known: Attendance, stays: Sequence[Stay], opened: datetime) -> list[Attendance]:
    """A row of each stay that reached into the meeting; of one who was not there, a single row.

    The hours are whole minutes: who left and came back within one was there, a substitute who was there for
    less than one is not told, and who left in the minute of the opening left in the next.
    """
    found = list[Attendance]()
    for stay in stays:
        if stay.left and stay.left <= opened:
            continue
        one = _of_stay(known, stay, opened)
        last = found[-1] if found else None
        if last is None:
            found.append(one)
        elif one.came <= last.left and one.substitute == last.substitute:
            found[-1] = replace(last, left=one.left)
        elif not one.left or one.left > last.left:
            found.append(replace(one, came=max(one.came, last.left)))
    return found or [replace(known, present=False, substitute=None, came="", left="")]


def _of_stay(known: Attendance, stay: Stay, opened: datetime) -> Attendance:
    first = max(stay.came, opened)
    came, left = _span(first, stay.left) if stay.left else (_hour(first), "")
    late = came if stay.came > opened else ""
    return replace(known, present=True, substitute=stay.substitute, came=late, left=left, absent="")


def _items(sitting: Sitting, before: Held) -> Iterator[Minuted]:
    typed = {one.number: one for one in before.items}
    for number in sorted({*typed, *sitting.noted, *sitting.resolved}):
        one = typed.get(number, Minuted(number))
        if number in sitting.noted:
            one = replace(one, paragraphs=tuple(filter(None, sitting.noted[number].splitlines())))
        if number in sitting.resolved:
            told = " ".join(sitting.resolved[number].split())
            one = replace(one, resolution=told, resolved_at=_hour(sitting.resolved_at[number]))
        yield one


def _span(first: datetime, last: datetime) -> tuple[str, str]:
    """Two hours, the second after the first; within one minute it is the next."""
    begins, ends = minute_of(first), minute_of(last)
    if last.astimezone(THAILAND).date() > first.astimezone(THAILAND).date():
        ends = _LAST
    begins = min(begins, _LAST - 1)
    return hour(begins), hour(max(ends, begins + 1))


def _hour(at: datetime) -> str:
    return hour(minute_of(at))
