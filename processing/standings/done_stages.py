"""Which stages of the calendar an applicant has done, and when, as one assessment counted it. Pure."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from mochocho.words.model import Assessment, Counted, Gate, GateState, Outcome
from processing.rounds.calendar import Stage

Days = dict[Stage, date | None]


def done_stages(assessment: Assessment, visited: Mapping[str, date | None]) -> Days:
    """By stage the day that a person gave, None = no known day. `visited`: days by a score sheet's instance.

    The list of applicants is ready once eligibility and evidence are found in order (rules.md 21, 30), the
    result once the district's committee has resolved and not put it off. Records of knowledge are no part of
    an assessment.
    """
    return dict(_done(assessment, visited))


def written(days: Days) -> str:
    """As it is stored: JSON, a stage that is not done is left out."""
    return json.dumps({stage.value: day and day.isoformat() for stage, day in days.items()})


def read(stored: str) -> dict[Stage, date | None]:
    """What was stored as `written`."""
    return {Stage(name): day and date.fromisoformat(day) for name, day in json.loads(stored).items()}


def last(days: Iterable[date | None]) -> date | None:
    """The last known day; None where none is known."""
    return max((day for day in days if day), default=None)


def _done(assessment: Assessment, visited: Mapping[str, date | None]) -> Iterator[tuple[Stage, date | None]]:
    if counted := assessment.counted:
        yield from _of_forms(counted, {one.gate for one in assessment.gates if one.state is GateState.PASSED})
        yield from _of_sheets(counted, visited)
    for resolution in assessment.resolutions:
        if resolution.gate is Gate.DISTRICT and resolution.outcome is not Outcome.DEFERRED:
            yield Stage.RESULTS, resolution.meeting_date


def _of_forms(counted: Counted, passed: set[Gate]) -> Iterator[tuple[Stage, date | None]]:
    applied, own = counted.application.applied_on, counted.own
    yield Stage.APPLICATION, applied
    if {Gate.ELIGIBLE, Gate.DOCUMENTS} <= passed:
        yield Stage.APPLICANT_LIST, applied
    if own.plan:
        yield Stage.PLAN, own.plan.agreed_on
    for one in own.rounds:
        yield Stage(one.assessment.round.value), one.assessment.assessed_on


def _of_sheets(counted: Counted, visited: Mapping[str, date | None]) -> Iterator[tuple[Stage, date | None]]:
    provincial = set(counted.provincial)
    for stage, own in (
        (Stage.ONSITE, [one for one in counted.sheets if one not in provincial]),
        (Stage.PROVINCIAL, [one for one in counted.sheets if one in provincial]),
    ):
        if own:
            yield stage, last(visited.get(one) for one in own)
