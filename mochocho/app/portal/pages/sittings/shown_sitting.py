"""What console and screen show of a meeting now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from mochocho.storage.home import Home
from mochocho.words.model import Gate, Outcome
from mochocho.words.places import District
from processing.decisions.committees import lying_before, resolved_so_far
from processing.decisions.committees.resolved_so_far import Progress
from processing.decisions.meetings.outcomes import OUTCOMES
from processing.decisions.record_resolutions import listed
from processing.decisions.recorded import last_number
from processing.meetings.meeting import Meeting
from processing.scope import Scope
from processing.sittings import kept_sittings, quorum
from processing.sittings.presented_units import Presented, presented_units, shares
from processing.sittings.quorum import Quorum
from processing.sittings.resolving import barred, held_resolutions, names_of
from processing.sittings.sitting import Sitting
from processing.sittings.timetable import Timetable, Turn, timetable
from reports.view.arrange import district_order


@dataclass(frozen=True, slots=True)
class Row:
    """One unit of the district that presents. `shown`: the number of the decision that holds, 0 = none.

    `barred`: why nothing can be resolved about it now; `aside`: members without a part in it; `changed`:
    whether those were others when it was resolved; `own`: whether the operator has an interest in it.
    """

    unit: lying_before.Unit
    shown: int
    barred: str
    aside: tuple[str, ...]
    changed: bool
    own: bool

    @property
    def may_pass(self) -> bool:
        """Whether it can be passed with the others at once: nothing is against it, and nothing resolved."""
        unit = self.unit
        plain = unit.percent is not None and not unit.against and unit.resolution is None
        return plain and not self.barred and not self.own


@dataclass(frozen=True, slots=True)
class Shown:
    """A meeting as it stands. `events`, `decisions`: the numbers of the last ones that are in it."""

    meeting: Meeting
    sitting: Sitting
    hours: Timetable
    quorum: Quorum
    committee: str
    current: District | None
    rows: Sequence[Row]
    progress: Mapping[str, Progress]
    names: Mapping[str, str]
    decisions: int

    @property
    def waiting(self) -> list[Row]:
        """Those that nothing is resolved about."""
        return [row for row in self.rows if row.unit.resolution is None]

    @property
    def tally(self) -> Mapping[Outcome, int]:
        """How many of those who present have which of the four resolutions that hold."""
        presenting = [self.progress[turn.district].outcomes for turn in self._presenting]
        return {outcome: sum(one.get(outcome, 0) for one in presenting) for outcome in OUTCOMES}

    @property
    def unresolved(self) -> int:
        """How many of those who present have none."""
        return max(sum(turn.units for turn in self._presenting) - sum(self.tally.values()), 0)

    @property
    def _presenting(self) -> list[Turn]:
        return [turn for turn in self.hours.turns if turn.district in self.progress]

    @property
    def next(self) -> str:
        """The code of the district that presents after this one, "" = none."""
        return next(
            (t.district for t in self.hours.turns if t.district not in self.sitting.presentations), ""
        )


def shown(home: Home, session: Session, meeting: Meeting, scope: Scope, at: datetime) -> Shown:
    """The meeting for an operator of this scope; as many queries however many applicants there are."""
    sitting = kept_sittings.sitting_of(session, meeting.key)
    units = presented_units(session)
    order = district_order(home.province, meeting.schedule.order or home.settings.presentation_order)
    current = home.province.district(sitting.current) if sitting.current else None
    rows = _rows(home, session, meeting, sitting, units.get(sitting.current, []), scope) if current else []
    return Shown(
        meeting,
        sitting,
        timetable(meeting, sitting, shares(units, [code for _, code in order]), at),
        quorum.of_meeting(meeting, sitting),
        committee_of(home, meeting),
        current,
        rows,
        resolved_so_far.of_districts(session, Gate.PROVINCE),
        {one.code: one.name_th for one in home.province.districts},
        last_number(session),
    )


def committee_of(home: Home, meeting: Meeting) -> str:
    """The committee's name as it is recorded with its resolutions."""
    name = meeting.committee or home.settings.committees.provincial_th
    return f"{name}{home.province.name_th}" if name.endswith("จังหวัด") else name


def _rows(
    home: Home,
    session: Session,
    meeting: Meeting,
    sitting: Sitting,
    presented: Sequence[Presented],
    scope: Scope,
) -> list[Row]:
    by_key = {one.key: one for one in listed(home, session, Gate.PROVINCE, district=sitting.current)}
    there = [by_key[one.key] for one in presented if one.key in by_key]
    holding = held_resolutions(session, [one.key for one in there])
    return [
        _row(
            meeting,
            sitting,
            unit,
            holding[unit.listed.key].number if unit.listed.key in holding else 0,
            scope,
        )
        for unit in lying_before.units(session, there, Gate.PROVINCE)
    ]


def _row(meeting: Meeting, sitting: Sitting, unit: lying_before.Unit, number: int, scope: Scope) -> Row:
    key, resolution = unit.listed.key, unit.resolution
    aside = names_of(sitting, sitting.stands_aside(key))
    return Row(
        unit,
        number,
        barred(meeting, sitting, key, sitting.current),
        aside,
        resolution is not None and resolution.meeting_no == meeting.number and resolution.recused != aside,
        not scope.covers(sitting.current, key),
    )
