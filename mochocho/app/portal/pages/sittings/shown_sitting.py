"""What console and screen show of a meeting now."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from mochocho.storage.home import Home
from mochocho.words import people
from mochocho.words.model import Outcome, Resolution
from mochocho.words.places import District
from mochocho.words.thai import sort_key
from processing.decisions.committees import lying_before, resolved_so_far
from processing.decisions.committees.interested import interested
from processing.decisions.committees.resolved_so_far import Progress
from processing.decisions.decision import Decision, resolution_of
from processing.decisions.meetings.outcomes import OUTCOMES
from processing.decisions.record_resolutions import listed
from processing.decisions.recorded import last_number
from processing.meetings.meeting import Meeting
from processing.meetings.packet_meeting import committee_of
from processing.scope import Scope
from processing.sittings import kept_sittings, quorum
from processing.sittings.mended_stays import as_mended
from processing.sittings.presented_units import Presented, presented_units, shares
from processing.sittings.quorum import Quorum
from processing.sittings.resolving import barred, held_resolutions, names_of
from processing.sittings.sitting import Sitting
from processing.sittings.timetable import Timetable, Turn, timetable
from reports.view.arrange import district_order
from reports.view.printed_words import enumerated

_AT_ONCE = 12  # districts that a list shows without being searched


@dataclass(frozen=True, slots=True)
class Row:
    """One unit of the district that presents. `shown`: the number of the decision that holds, 0 = none.

    `said`: what is resolved about it; `put_off`: what another meeting resolved that put it off.
    `barred`: why nothing can be resolved about it now; `aside`: members without a part in it; `related`:
    members with a part in it though they declared an interest before; `changed`: whether those aside were
    others when it was resolved; `too_few`: how many took part in the resolution that holds, where that was
    no quorum; `own`: whether the operator has an interest in it.
    """

    unit: lying_before.Unit
    said: Resolution | None
    put_off: Resolution | None
    shown: int
    barred: str
    aside: tuple[str, ...]
    related: tuple[str, ...]
    changed: bool
    too_few: int | None
    own: bool

    @property
    def may_pass(self) -> bool:
        """Whether it can be passed with the others at once: nothing is against it, and nothing resolved."""
        unit = self.unit
        plain = unit.percent is not None and not unit.against and self.said is None
        return plain and not self.barred and not self.own


@dataclass(frozen=True, slots=True)
class Shown:
    """A meeting as it stands. `tally`: what it resolved, of how many; `unresolved`: how many of those who
    present wait; `decisions`: the last number.
    """

    meeting: Meeting
    sitting: Sitting
    hours: Timetable
    quorum: Quorum
    committee: str
    current: District | None
    rows: Sequence[Row]
    progress: Mapping[str, Progress]
    tally: Mapping[Outcome, int]
    unresolved: int
    names: Mapping[str, str]
    decisions: int

    @property
    def waiting(self) -> list[Row]:
        """Those that nothing is resolved about."""
        return [row for row in self.rows if row.said is None]

    @property
    def proposed(self) -> str:
        """What the minutes may say of the item for decision; "" before anything was resolved."""
        said = [f"{OUTCOMES[outcome]} {count} หน่วยงาน" for outcome, count in self.tally.items() if count]
        return f"ที่ประชุมมีมติ{enumerated(said)}" if said else ""

    @property
    def folded(self) -> list[Turn]:
        """Those who presented, where the list is longer than what one sees at once."""
        over = (code for code, one in self.sitting.presentations.items() if one.ended_at)
        done = {*over} if len(self.hours.turns) > _AT_ONCE else set()
        return [turn for turn in self.hours.turns if turn.district in done]

    @property
    def unresolved_in_folded(self) -> int:
        """How many units of theirs wait for a resolution."""
        found = (self.progress.get(turn.district) for turn in self.folded)
        return sum(one.waiting for one in found if one)

    @property
    def chosen_from(self) -> list[str]:
        """The codes of those who may be put first, by name, where the list is too long to look for one."""
        begun = self.sitting.presentations
        waiting = [
            t.district for t in self.hours.turns if t.district not in begun and t.district != self.next
        ]
        long = len(waiting) > _AT_ONCE and self.sitting.running
        return sorted(waiting, key=lambda code: sort_key(self.names.get(code, ""))) if long else []

    @property
    def next(self) -> str:
        """The code of the district that presents after this one, "" = none."""
        return next(
            (t.district for t in self.hours.turns if t.district not in self.sitting.presentations), ""
        )


def shown(home: Home, session: Session, meeting: Meeting, scope: Scope, at: datetime) -> Shown:
    """The meeting for an operator of this scope; as many queries however many applicants there are."""
    sitting = as_mended(meeting, kept_sittings.sitting_of(session, meeting.key))
    units = presented_units(session, meeting)
    order = district_order(home.province, meeting.schedule.order or home.settings.presentation_order)
    current = home.province.district(sitting.current) if sitting.current else None
    keys = [one.key for own in units.values() for one in own]
    holding = held_resolutions(session, keys, meeting.gate)
    resolved = [one for one in map(resolution_of, holding.values()) if not _puts_off(one, meeting)]
    rows = (
        _rows(home, session, meeting, sitting, units.get(sitting.current, []), holding, scope)
        if current
        else []
    )
    return Shown(
        meeting,
        sitting,
        timetable(meeting, sitting, shares(units, [code for _, code in order]), at),
        quorum.of_meeting(meeting, sitting),
        committee_of(home, meeting),
        current,
        rows,
        resolved_so_far.of_districts(session, meeting.gate),
        _tally(meeting, resolved),
        len(keys) - len(resolved),
        {one.code: one.name_th for one in home.province.districts},
        last_number(session),
    )


def _puts_off(resolution: Resolution, meeting: Meeting) -> bool:
    """Whether another meeting put the unit off, so that it comes again."""
    return resolution.outcome is Outcome.DEFERRED and resolution.meeting_no != meeting.number


def _tally(meeting: Meeting, resolved: Iterable[Resolution]) -> Mapping[Outcome, int]:
    found = Counter(one.outcome for one in resolved if one.meeting_no == meeting.number)
    return {outcome: found[outcome] for outcome in OUTCOMES}


def _rows(
    home: Home,
    session: Session,
    meeting: Meeting,
    sitting: Sitting,
    presented: Sequence[Presented],
    holding: Mapping[str, Decision],
    scope: Scope,
) -> list[Row]:
    by_key = {one.key: one for one in listed(home, session, meeting.gate, district=sitting.current)}
    there = [by_key[one.key] for one in presented if one.key in by_key]
    interests = interested(session)
    return [
        _row(meeting, sitting, unit, holding.get(unit.listed.key), interests, scope)
        for unit in lying_before.units(session, there, meeting.gate)
    ]


def _row(
    meeting: Meeting,
    sitting: Sitting,
    unit: lying_before.Unit,
    decision: Decision | None,
    interests: Mapping[str, frozenset[str]],
    scope: Scope,
) -> Row:
    key, resolution = unit.listed.key, unit.resolution
    aside = names_of(sitting, sitting.stands_aside(key))
    part = names_of(sitting, sitting.sits_for(key))
    here = resolution is not None and resolution.meeting_no == meeting.number
    again = resolution is not None and _puts_off(resolution, meeting)
    count = quorum.took_part(meeting, sitting, decision) if here and decision else None
    return Row(
        unit,
        None if again else resolution,
        resolution if again else None,
        decision.number if decision else 0,
        barred(meeting, sitting, key, sitting.current),
        aside,
        tuple(name for name in part if key in interests.get(people.key(name), ())),
        resolution is not None and here and resolution.recused != aside,
        count if meeting.lacks_quorum(count) else None,
        not scope.covers(sitting.current, key),
    )
