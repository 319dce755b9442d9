"""Whether enough members are there, for the meeting and for each unit. Pure.

By the Act of B.E. 2539, s. 13-16 and 79. A member who stands aside for a unit is not counted for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mochocho.words import people
from processing.decisions.decision import Decision, resolution_of
from processing.meetings.meeting import Meeting
from processing.sittings.held_from import held_from
from processing.sittings.sitting import Sitting


@dataclass(frozen=True, slots=True)
class Quorum:
    """`least`: how many must be there; `present`: how many are and have a part; `aside`: and have none."""

    least: int
    present: int
    aside: int = 0

    @property
    def reached(self) -> bool:
        """Nobody decides where nobody is there."""
        return self.present >= max(self.least, 1)

    @property
    def lacking(self) -> str:
        """Why it is not reached, in Thai; "" where it is."""
        if self.reached:
            return ""
        there = f"เหลือผู้พิจารณา {self.present} คน" if self.aside else f"มาประชุม {self.present} คน"
        aside = f" เพราะไม่ร่วมพิจารณา {self.aside} คน" if self.aside else ""
        return f"ไม่ครบองค์ประชุม {there}{aside} ต้องมีอย่างน้อย {max(self.least, 1)} คน"


def of_meeting(meeting: Meeting, sitting: Sitting) -> Quorum:
    """Of all members who are there."""
    return Quorum(meeting.least_present, len(_members(meeting, sitting.present)))


def of_unit(meeting: Meeting, sitting: Sitting, unit: str) -> Quorum:
    """Of those who have a part in one unit, by its applicant's key."""
    aside = _members(meeting, sitting.stands_aside(unit))
    return Quorum(meeting.least_present, len(_members(meeting, sitting.sits_for(unit))), len(aside))


def of_items(meeting: Meeting, sitting: Sitting) -> dict[str, Quorum]:
    """Of those who were there when each item of the agenda was resolved, by its number: as the minutes count
    them, by what is pressed so far or, of a closed meeting, by what the office has mended since.
    """
    if sitting.opened_at is None:
        return {}
    closed = meeting.held if sitting.closed_at else None
    minuted = replace(meeting, held=closed or held_from(meeting, sitting))
    counted = (
        (item.number, minuted.present_at(item.resolved_at))
        for item in (minuted.held.items if minuted.held else ())
        if item.resolution and item.resolved_at
    )
    return {number: Quorum(meeting.least_present, there) for number, there in counted if there is not None}


def took_part(meeting: Meeting, sitting: Sitting, decision: Decision) -> int | None:
    """How many members decided by this resolution; None where nobody wrote it down.

    Of one that was recorded while the meeting ran they are those who were there at that moment, by what is
    known now: a coming or going may have been taken back since.
    """
    resolution = resolution_of(decision)
    at = decision.recorded_at
    if at is None or not sitting.ran_at(at):
        return resolution.took_part
    seats, aside = sitting.seats_at(at), set(map(people.key, resolution.recused))
    return sum(people.key(seats[name]) not in aside for name in _members(meeting, [*seats]))


def _members(meeting: Meeting, names: Sequence[str]) -> list[str]:
    """Without those whom the office took out of the committee after they came."""
    known = {one.person.name for one in meeting.composition}
    return [name for name in names if name in known]
