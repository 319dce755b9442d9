"""What each applicant of a home has done by stage, from what was counted when it was assessed."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.model import Case, Gate, GateState, Knowledge, Outcome, ScoreSheet
from processing import codec
from processing.assessment import cases
from processing.chunks import batched
from processing.rounds.calendar import Stage
from processing.rounds.district_terms import Arrived
from processing.tables import KnowledgeRow, SheetRow

_AT_ONCE = 500  # rows


def arrivals(home: Home, districts: Collection[str]) -> list[Arrived]:
    """The applicants of these districts (codes) that are presented, by key."""
    with cases.opened(home) as casebook:
        found = [one for one in casebook.each(districts) if one.assessment.not_presented is None]
    with reading(home.engine) as session:
        visited = _visited(session, [id_ for one in found for id_ in _sheets(one)])
        recorded = _recorded(session, [one.application.key for one in found])
    return [arrived(one, visited, recorded) for one in found]


def arrived(case: Case, visited: Mapping[str, date | None], recorded: Mapping[str, date | None]) -> Arrived:
    """What one applicant has done. `visited`: days by a score sheet's instance; `recorded`: by applicant key.

    The list of applicants is ready once eligibility and evidence are found in order (rules.md 21, 30), the
    result once the district's committee has resolved and not put it off.
    """
    return Arrived(case.application.district, case.application.name, dict(_done(case, visited, recorded)))


def _done(
    case: Case, visited: Mapping[str, date | None], recorded: Mapping[str, date | None]
) -> Iterator[tuple[Stage, date | None]]:
    application, own, assessment = case.application, case.own, case.assessment
    yield Stage.APPLICATION, application.applied_on
    passed = {one.gate for one in assessment.gates if one.state is GateState.PASSED}
    if {Gate.ELIGIBLE, Gate.DOCUMENTS} <= passed:
        yield Stage.APPLICANT_LIST, application.applied_on
    if own.plan:
        yield Stage.PLAN, own.plan.agreed_on
    for one in own.rounds:
        yield Stage(one.assessment.round.value), one.assessment.assessed_on
    if application.key in recorded:
        yield Stage.KNOWLEDGE, recorded[application.key]
    yield from _of_sheets(case, visited)
    for resolution in assessment.resolutions:
        if resolution.gate is Gate.DISTRICT and resolution.outcome is not Outcome.DEFERRED:
            yield Stage.RESULTS, resolution.meeting_date


def _of_sheets(case: Case, visited: Mapping[str, date | None]) -> Iterator[tuple[Stage, date | None]]:
    provincial = set(case.assessment.counted.provincial if case.assessment.counted else ())
    sheets = _sheets(case)
    for stage, own in (
        (Stage.ONSITE, [one for one in sheets if one not in provincial]),
        (Stage.PROVINCIAL, [one for one in sheets if one in provincial]),
    ):
        if own:
            yield stage, _last(visited.get(one) for one in own)


def _sheets(case: Case) -> tuple[str, ...]:
    return case.assessment.counted.sheets if case.assessment.counted else ()


def _last(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day), default=None)


def _visited(session: Session, instances: Collection[str]) -> dict[str, date | None]:
    found = dict[str, date | None]()
    for chunk in batched(sorted(instances), _AT_ONCE):
        for row in session.scalars(select(SheetRow).where(SheetRow.instance_id.in_(chunk))):
            found[row.instance_id] = codec.load(ScoreSheet, row.content).visited_on
    return found


def _recorded(session: Session, keys: Collection[str]) -> dict[str, date | None]:
    """The day of the last record of knowledge of each that has one."""
    days = dict[str, list[date | None]]()
    for chunk in batched(sorted(keys), _AT_ONCE):
        for row in session.scalars(select(KnowledgeRow).where(KnowledgeRow.applicant_key.in_(chunk))):
            days.setdefault(row.applicant_key, []).append(codec.load(Knowledge, row.content).recorded_on)
    return {key: _last(own) for key, own in days.items()}
