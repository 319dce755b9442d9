"""Who presents when: the hours of a meeting's presentations around its pauses (rules.md 40, 51). Pure.

Hours are minutes after midnight. Districts present in the order given; whoever would reach into a pause
begins after it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from processing.meetings.meeting import Meeting, Pause, Schedule

HOUR = 60
MIDNIGHT = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Share:
    """A district by name, and how many units it presents; one with none has no time."""

    district: str
    units: int


@dataclass(frozen=True, slots=True)
class Slot:
    """The time of one presentation, questions from `questions` on.

    `unit`: of its district, counted from 1; 0 = the district presents all of its units at once.
    """

    district: str
    unit: int
    starts: int
    questions: int
    ends: int


@dataclass(frozen=True, slots=True)
class DayPlan:
    """The slots that fit, in order, and those who found no time.

    `left_over`: districts with the units that do not fit. `finishes`: when the last would end if the meeting
    went on.
    """

    slots: tuple[Slot, ...]
    left_over: tuple[Share, ...]
    finishes: int

    @property
    def hours(self) -> Mapping[str, tuple[int, int]]:
        """Of each district that has time: from its first minute to its last."""
        found: dict[str, tuple[int, int]] = {}
        for slot in self.slots:
            begins, _ = found.get(slot.district, (slot.starts, 0))
            found[slot.district] = begins, slot.ends
        return found


def planned(meeting: Meeting, shares: Sequence[Share]) -> DayPlan | None:
    """The plan of a meeting's day; `shares` in the order of presentation. None where it has no beginning yet.

    Raises ValueError for an hour that is none.
    """
    begins = meeting.schedule.begins or meeting.starts
    if not begins:
        return None
    ends = minute(meeting.ends) if meeting.ends else MIDNIGHT
    slots: list[Slot] = []
    left: dict[str, int] = {}
    finishes = minute(begins)
    for slot in _in_turn(meeting.schedule, finishes, shares):
        finishes = slot.ends
        if slot.ends <= ends:
            slots.append(slot)
        else:
            left[slot.district] = left.get(slot.district, 0) + 1
    units = {share.district: share.units for share in shares}
    by_unit = meeting.schedule.by_unit
    return DayPlan(
        tuple(slots),
        tuple(Share(name, count if by_unit else units[name]) for name, count in left.items()),
        finishes,
    )


def moved(schedule: Schedule, shares: Sequence[Share], district: str, after: str = "") -> Schedule:
    """The schedule with a late district presented right after another, or last of all.

    The hours of those before its old and its new place stay. Raises LookupError for a district that does not
    present.
    """
    order = [share.district for share in shares]
    for name in filter(None, (district, after)):
        if name not in order:
            raise LookupError(name)
    if district == after:
        return replace(schedule, order=tuple(order))
    order.remove(district)
    order.insert(order.index(after) + 1 if after else len(order), district)
    return replace(schedule, order=tuple(order))


def minute(hour: str) -> int:
    """The minute of the day of "09:00". Raises ValueError for what is no hour of a day."""
    hours, colon, minutes = hour.partition(":")
    if not colon or not (hours + minutes).isdecimal() or len(minutes) != 2:
        raise ValueError(f"not an hour: {hour}")
    found = HOUR * int(hours) + int(minutes)
    if int(minutes) >= HOUR or found > MIDNIGHT:
        raise ValueError(f"not an hour: {hour}")
    return found


def hour(minutes: int) -> str:
    """ "09:00" of a minute of the day; past midnight the hours go on."""
    return f"{minutes // HOUR:02}:{minutes % HOUR:02}"


def _in_turn(schedule: Schedule, begins: int, shares: Sequence[Share]) -> Iterator[Slot]:
    pauses = sorted((minute(pause.starts), minute(pause.ends)) for pause in schedule.pauses if _lasts(pause))
    length = schedule.minutes + schedule.questions
    for share in shares:
        turns = range(1, share.units + 1) if schedule.by_unit else range(share.units > 0)
        for unit in turns:
            begins = _after_pauses(begins, length, pauses)
            yield Slot(share.district, unit, begins, begins + schedule.minutes, begins + length)
            begins += length


def _lasts(pause: Pause) -> bool:
    return minute(pause.starts) < minute(pause.ends)


def _after_pauses(begins: int, length: int, pauses: Sequence[tuple[int, int]]) -> int:
    for starts, ends in pauses:
        if begins < ends and starts < begins + length:
            begins = ends
    return begins
