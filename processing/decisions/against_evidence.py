"""Finds the evidence against a committee's pass, which is shown first wherever the pass is. Pure.

The committee decides; a pass against the evidence needs its reason, which is printed. What was never
collected (no score sheet, no assessment) is against nothing.
"""

from collections.abc import Iterable, Iterator, Mapping

from mochocho.words import thai
from mochocho.words.model import (
    TO_JUDGE,
    Assessment,
    DocumentState,
    Finding,
    Gate,
    GateState,
    Resolution,
    Severity,
    Value,
)
from processing.decisions.meetings import edited_since
from processing.findings.making import finding
from processing.findings.of_resolutions import AGAINST

NOTHING: Mapping[Gate, Assessment] = {}
Point = tuple[str, dict[str, Value]]  # a code and the values of its words


def every(assessment: Assessment, before: Mapping[Gate, Assessment] = NOTHING) -> tuple[Finding, ...]:
    """The evidence against the passes in an assessment, by gate. `before`: what lay before the committees."""
    return tuple(
        found
        for one in assessment.resolutions
        for found in of(one, assessment, assessment.resolutions, before.get(one.gate))
    )


def of(
    resolution: Resolution,
    assessment: Assessment | None,
    standing: Iterable[Resolution] | None = None,
    before: Assessment | None = None,
) -> tuple[Finding, ...]:
    """The evidence against one pass, conditional or not; none against any other outcome. The subject of each
    finding is the gate.

    `assessment`: what is known of the applicant, None = nothing; `standing`: the resolution of each gate,
    None while they are still being recorded, in whatever order; `before`: the assessment that lay before the
    committee, None = not known.
    """
    if not resolution.outcome.passes:
        return ()
    meeting: dict[str, Value] = meeting_of(resolution)
    points = list(_evidence(assessment)) if assessment else []
    if assessment and (
        what := edited_since.changed(resolution.gate, resolution.instance_id, before, assessment)
    ):
        points.append(("against.edited", {"what": what}))
    if resolution.gate is Gate.PROVINCE and standing is not None:
        points += _of_district(resolution, standing)
    found = []
    for code, values in points:
        # What was edited since, the committee did not see when it gave its reason.
        answer = next(filter(thai.says_something, (resolution.reason, resolution.condition)), "")
        why = {"reason": answer} if answer and code != "against.edited" else {}
        found.append(finding(code, resolution.gate, **values, **meeting, **why))
    return tuple(found)


def speaks_against(found: Finding) -> bool:
    """Whether a finding is evidence against a pass."""
    return found.code.startswith(AGAINST)


def confirmed(found: Finding) -> bool:
    """Whether the committee said why it passed the applicant in spite of this."""
    return "reason" in dict(found.values)


def meeting_of(resolution: Resolution) -> dict[str, Value]:
    """What names the meeting of a resolution, as values of a finding."""
    return {
        "committee": resolution.committee,
        "meeting": resolution.meeting_no,
        "day": resolution.meeting_date.isoformat(),
    }


def _evidence(assessment: Assessment) -> Iterator[Point]:
    by_code: dict[str, list[Mapping[str, Value]]] = {}
    for one in assessment.findings:
        by_code.setdefault(one.code, []).append(dict(one.values))
    for values in by_code.get("score.below_pass", ()):
        yield "against.below_pass", {k: v for k, v in values.items() if k != "rounded_to"}
    if required := by_code.get("score.required_not_met"):
        indicators = tuple(f"{values['indicator']} {values['label']}" for values in required)
        yield "against.required_not_met", {"indicators": indicators}
    for values in by_code.get("score.not_assessed", ()):
        if "indicators" in values:
            yield "against.partly_assessed", dict(values)
    if apart := by_code.get("score.unreconciled"):
        yield "against.unreconciled", {"indicators": tuple(str(values["indicator"]) for values in apart)}
    yield from _documents(assessment)
    yield from _gates(assessment)


def _documents(assessment: Assessment) -> Iterator[Point]:
    for states, code in (
        ((DocumentState.MISSING,), "against.document_missing"),
        ((DocumentState.UNREADABLE,), "against.document_unreadable"),
        ((DocumentState.RETURNED,), "against.document_returned"),
        (TO_JUDGE, "against.document_unjudged"),
    ):
        names = dict.fromkeys(
            str(dict(f.values).get("document", verdict.document))
            for verdict in assessment.verdicts
            if verdict.state in states
            for f in verdict.findings
            if f.severity is Severity.BLOCKING
        )
        if names:
            yield code, {"documents": tuple(names)}


def _gates(assessment: Assessment) -> Iterator[Point]:
    """Eligibility, and what keeps the application back besides its documents."""
    failed = {r.gate: r.findings for r in assessment.gates if r.state is GateState.FAILED}
    if unmet := failed.get(Gate.ELIGIBLE, ()):
        rules = dict.fromkeys(str(dict(f.values).get("rule", f.subject)) for f in unmet)
        yield "against.not_eligible", {"rules": tuple(rules)}
    of_documents = {f for verdict in assessment.verdicts for f in verdict.findings}
    if any(f not in of_documents for f in failed.get(Gate.DOCUMENTS, ())):
        yield "against.held", {}


def _of_district(province: Resolution, standing: Iterable[Resolution]) -> Iterator[Point]:
    """The province certifies whom the district's committee passed before (rules.md 45)."""
    passed = next((r for r in standing if r.gate is Gate.DISTRICT and r.outcome.passes), None)
    if passed is None:
        yield "against.no_district_pass", {}
    elif passed.meeting_date > province.meeting_date:
        yield "against.before_district", {"district_day": passed.meeting_date.isoformat()}
