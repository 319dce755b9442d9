"""When each district presents, as planned and as it comes to; and what mends it (rules.md 51). Pure.

Hours are minutes after midnight in Thailand, as in `day_plan`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mochocho.words.days import THAILAND
from processing.meetings.day_plan import HOUR, MIDNIGHT, DayPlan, Share, hour, planned
from processing.meetings.meeting import Meeting, Schedule
from processing.sittings.sitting import Sitting

SHORTEST = 3  # minutes that a presentation can be shortened to
_LATE = 2  # minutes after which a meeting is told to be late


@dataclass(frozen=True, slots=True)
class Turn:
    """One district in the order. `planned`, `expected`: its first minute, None = not known; the expected one
    of a district that began is when it did.
    """

    district: str
    units: int
    planned: int | None
    expected: int | None


@dataclass(frozen=True, slots=True)
class Timetable:
    """`finishes`: when the last is expected to end, `wanted`: when it was to; None = not known.

    `mend`: to how many minutes each to come would be shortened to end as planned, 0 = nothing to mend or it
    cannot be.
    """

    turns: tuple[Turn, ...]
    finishes: int | None
    wanted: int | None
    mend: int

    @property
    def late(self) -> int:
        """Minutes, 0 where it is hardly late or not known."""
        if self.finishes is None or self.wanted is None:
            return 0
        late = self.finishes - self.wanted
        return late if late >= _LATE else 0


def timetable(meeting: Meeting, sitting: Sitting, shares: Sequence[Share], now: datetime) -> Timetable:
    """The order with its times. `shares`: the districts that present, by code, in the planned order."""
    by_code = {share.district: share for share in shares}
    to_come = [by_code[code] for code in sitting.to_come([*by_code])]
    plan = planned(replace(meeting, ends=""), shares)
    at_first = plan.hours if plan else {}
    wanted = plan.finishes if plan else None
    free = _free(sitting, now)  # the hours follow the clock from the opening to the close
    rest = _rest(meeting, sitting.minutes, free, to_come)
    began = {code: minute_of(one.begun_at) for code, one in sitting.presentations.items()}
    expected = began | ({code: span[0] for code, span in rest.hours.items()} if sitting.running else {})
    order = [code for code in sitting.presentations if code in by_code] + [one.district for one in to_come]
    turns = tuple(
        Turn(code, by_code[code].units, at_first[code][0] if code in at_first else None, expected.get(code))
        for code in order
    )
    finishes = rest.finishes if sitting.running else None
    mend = 0
    if wanted is not None and finishes is not None and finishes - wanted >= _LATE and to_come:
        mend = _mended(meeting, sitting, free, to_come, wanted)
    return Timetable(turns, finishes, wanted, mend)


def length(schedule: Schedule, sitting: Sitting, units: int) -> int:
    """The minutes of a district that begins now; a day at most, however many units share it."""
    each = sitting.minutes or schedule.minutes + schedule.questions
    return min(each * max(units, 1), MIDNIGHT) if schedule.by_unit else each


def _free(sitting: Sitting, now: datetime) -> int:
    """When the next can begin."""
    current = sitting.now
    if current is None:
        return minute_of(now)
    return max(minute_of(now), minute_of(now + current.left_at(now)))


def _rest(meeting: Meeting, minutes: int | None, begins: int, shares: Sequence[Share]) -> DayPlan:
    schedule = replace(meeting.schedule, begins=hour(min(begins, MIDNIGHT)))
    if minutes:
        schedule = replace(schedule, minutes=minutes, questions=0)
    plan = planned(replace(meeting, schedule=schedule, ends=""), shares)
    assert plan is not None  # noqa: S101 - it has a beginning
    return plan


def _mended(meeting: Meeting, sitting: Sitting, free: int, shares: Sequence[Share], wanted: int) -> int:
    now = sitting.minutes or meeting.schedule.minutes + meeting.schedule.questions
    for minutes in range(now - 1, SHORTEST - 1, -1):
        if _rest(meeting, minutes, free, shares).finishes <= wanted:
            return minutes
    return 0


def minute_of(at: datetime) -> int:
    """Since midnight in Thailand."""
    local = at.astimezone(THAILAND)
    return local.hour * HOUR + local.minute
