"""Who is presented to a meeting's committee, district by district, as its papers list them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.words.model import ApplicantType, Gate, GateState
from mochocho.words.thai import sort_key
from processing.decisions import recorded
from processing.decisions.meetings.settled_before import settled_before
from processing.meetings.day_plan import Share
from processing.meetings.meeting import Level, Meeting
from processing.standings.standing import states_of
from processing.tables import ApplicantRow, StandingRow

_TYPES = tuple(ApplicantType)
_DISTRICTS_PASS = tuple(Gate).index(Gate.DISTRICT)


@dataclass(frozen=True, slots=True)
class Presented:
    """One unit that was not set aside, and may come before the committee."""

    key: str
    type: ApplicantType
    name: str
    district: str  # DOPA code


def presented_units(session: Session, meeting: Meeting) -> dict[str, list[Presented]]:
    """By district, each by type and name; by what was assessed last.

    To the province's committee come those that a district's passed, to a district's all of its own; to a
    later meeting, whoever an earlier one has not settled.
    """
    row = ApplicantRow
    query = (
        select(row.key, row.type, row.name, row.district, row.root_id, StandingRow.gates)
        .join(StandingRow, StandingRow.assessment_id == row.assessment_id)
        .where(StandingRow.presented)
    )
    provincial = meeting.level is Level.PROVINCE
    if not provincial:
        query = query.where(row.district == meeting.district)
    rows = session.execute(query).all()
    settled = settled_units(session, meeting, [row.key for row in rows])
    found = defaultdict[str, list[tuple[str, Presented]]](list)
    for key, type_, name, district, root_id, gates in rows:
        passed = not provincial or states_of(gates)[_DISTRICTS_PASS] is GateState.PASSED
        if passed and key not in settled:
            found[district].append((root_id, Presented(key, ApplicantType(type_), name, district)))
    return {code: [one for _, one in sorted(own, key=_place)] for code, own in found.items()}


def settled_units(session: Session, meeting: Meeting, keys: Sequence[str]) -> set[str]:
    """Those of these applicants that an earlier meeting has settled."""
    resolved = recorded.latest_resolutions(session, keys)
    return {key for key, those in resolved.items() if settled_before(meeting, those)}


def shares(units: dict[str, list[Presented]], order: Sequence[str]) -> list[Share]:
    """The districts with units in this order of codes, each with how many; those it lacks come last."""
    codes = [*order, *sorted(units.keys() - set(order))]
    return [Share(code, len(units[code])) for code in codes if units.get(code)]


def _place(one: tuple[str, Presented]) -> tuple[int, tuple[str, str, str], str]:
    root_id, unit = one
    return _TYPES.index(unit.type), sort_key(unit.name), root_id
