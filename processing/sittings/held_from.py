"""What the minutes read of a meeting, from what was recorded while it was held (rules.md J). Pure.

What the office wrote by hand stays: guests, reasons for absence, items that nothing was recorded about.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from mochocho.words.days import THAILAND
from processing.meetings.day_plan import MIDNIGHT, hour
from processing.meetings.meeting import Attendance, Held, Meeting, Member, Minuted
from processing.sittings.sitting import Sitting, Stay
from processing.sittings.timetable import minute_of

_LAST = MIDNIGHT - 1


def held_from(meeting: Meeting, sitting: Sitting) -> Held:
    """Of a meeting that was opened and closed."""
    before = meeting.held or Held()
    opened, closed = sitting.opened_at, sitting.closed_at
    assert opened is not None  # noqa: S101 - `permitted` asks for both
    assert closed is not None  # noqa: S101
    began, ended = _span(opened, closed)
    return replace(
        before,
        began=began,
        ended=ended,
        attendance=tuple(_attendance(meeting, sitting, before, opened)),
        items=tuple(_items(sitting, before)),
    )


def _attendance(meeting: Meeting, sitting: Sitting, before: Held, opened: datetime) -> Iterator[Attendance]:
    typed = {one.of: one for one in before.attendance}
    names = [member.person.name for member in meeting.members]
    for member in meeting.members:
        known = typed.get(member.person.name)
        yield _of_member(member, sitting.stays.get(member.person.name), known, opened)
    yield from (one for one in before.attendance if one.of not in names)


def _of_member(member: Member, stay: Stay | None, known: Attendance | None, opened: datetime) -> Attendance:
    one = known or Attendance(member.person.name, present=False)
    if stay is None or (stay.left and stay.left <= opened):
        return replace(one, present=False, substitute=None, came="", left="")
    came, left = _span(stay.came, stay.left) if stay.left else (_hour(stay.came), "")
    late = came if stay.came > opened else ""
    return replace(one, present=True, substitute=stay.substitute, came=late, left=left, absent="")


def _items(sitting: Sitting, before: Held) -> Iterator[Minuted]:
    typed = {one.number: one for one in before.items}
    for number in sorted({*typed, *sitting.noted, *sitting.resolved}):
        one = typed.get(number, Minuted(number))
        if number in sitting.noted:
            one = replace(one, paragraphs=tuple(filter(None, sitting.noted[number].splitlines())))
        if number in sitting.resolved:
            one = replace(one, resolution=" ".join(sitting.resolved[number].split()))
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
