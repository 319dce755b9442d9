"""Counts where applicants stand: one query, whatever their number."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mochocho.words.model import ApplicantType, Gate, GateState
from processing.register.within_scope import within
from processing.scope import EVERYTHING, Scope
from processing.standings.standing import states_of
from processing.standings.standing_figures import Counts, Tally
from processing.tables import ApplicantRow, StandingRow


def count(session: Session, scope: Scope = EVERYTHING) -> Counts:
    """The figures of the applicants within this scope."""
    found = Counts()
    row = StandingRow
    named = (
        *(ApplicantRow.district, ApplicantRow.type),
        *(row.gates, row.stands_at, row.awaits, row.months, row.presented),
    )
    sums = [func.sum(one).label(one.key) for one in (row.to_judge, row.to_settle, row.unconfirmed)]
    query = (
        select(*named, *sums, func.count().label("number"), func.count().filter(row.twice).label("twice"))
        .select_from(ApplicantRow)
        .outerjoin(row, row.assessment_id == ApplicantRow.assessment_id)
        .where(within(scope))
        .group_by(*named)
    )
    for one in session.execute(query):
        _add(found, one)
    return found


def _add(found: Counts, row: Any) -> None:
    number = row.number
    if row.gates is None:
        found.unassessed += number
        return
    if not row.presented:
        found.not_presented += number
        return
    found.to_judge += row.to_judge
    found.to_settle += row.to_settle
    found.unconfirmed += row.unconfirmed
    found.twice += row.twice
    tally = found.by_place.setdefault((row.district, ApplicantType(row.type)), Tally())
    states, at = states_of(row.gates), Gate(row.stands_at) if row.stands_at else None
    tally.count += number
    tally.standing[at] += number
    tally.shut += number * (at is not None and states[list(Gate).index(at)] is not GateState.NO_DATA)
    if row.awaits:
        tally.awaits[Gate(row.awaits)] += number
    for gate, state, month in zip(Gate, states, row.months.split(" "), strict=True):
        if state is GateState.PASSED:
            tally.passed[gate] += number
            found.months[gate][month] += number
