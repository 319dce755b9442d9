"""The states of the eight gates of certification (rules.md, sections E and H). Pure.

g1 and g2 follow from checks. g3, g4 and g5 follow from the applicant's own forms; where none was received the
gate has no data and blocks nobody. g6 and g7 are what a committee resolved, never computed from scores. g8
has no form yet.
"""

from collections.abc import Iterable, Sequence

from mochocho.words.model import (
    NOTHING_OWN,
    RESOLVED_GATES,
    Finding,
    Gate,
    GateResult,
    GateState,
    Outcome,
    OwnWork,
    Resolution,
    Severity,
    Value,
    Verdict,
)
from processing.decisions.against_evidence import meeting_of
from processing.findings.making import finding


def gates(
    eligibility: Iterable[Finding],
    verdicts: Iterable[Verdict],
    held: Iterable[Finding],
    resolutions: Sequence[Resolution],
    own: OwnWork = NOTHING_OWN,
) -> tuple[GateResult, ...]:
    """All eight, in order.

    `held`: what keeps g2 shut besides documents; `resolutions`: at most one per gate.
    """
    about_documents = [*held, *(f for v in verdicts for f in v.findings)]
    return all_gates(
        [
            _checked(Gate.ELIGIBLE, eligibility),
            _checked(Gate.DOCUMENTS, about_documents),
            _received(Gate.SELF_BEFORE, own.before),
            _received(Gate.PLAN, own.planned),
            _received(Gate.SELF_AFTER, own.after),
            *resolved_gates(resolutions),
        ]
    )


def resolved_gates(resolutions: Iterable[Resolution]) -> tuple[GateResult, ...]:
    """g6 and g7 as resolved."""
    standing = {r.gate: r for r in resolutions}
    return tuple(_resolved(gate, standing.get(gate)) for gate in RESOLVED_GATES)


def all_gates(known: Iterable[GateResult]) -> tuple[GateResult, ...]:
    """The eight gates in order; NO_DATA for those missing in `known`."""
    results = {r.gate: r for r in known}
    return tuple(results.get(gate, GateResult(gate, GateState.NO_DATA)) for gate in Gate)


def _checked(gate: Gate, findings: Iterable[Finding]) -> GateResult:
    blocking = tuple(f for f in findings if f.severity is Severity.BLOCKING)
    return GateResult(gate, GateState.FAILED if blocking else GateState.PASSED, blocking)


def _received(gate: Gate, problems: Iterable[Finding] | None) -> GateResult:
    return GateResult(gate, GateState.NO_DATA) if problems is None else _checked(gate, problems)


def _resolved(gate: Gate, resolution: Resolution | None) -> GateResult:
    if resolution is None:
        return GateResult(gate, GateState.NO_DATA)
    meeting = meeting_of(resolution)
    why: dict[str, Value] = {"reason": resolution.reason} if resolution.reason else {}
    match resolution.outcome:
        case Outcome.PASS:
            return GateResult(gate, GateState.PASSED)
        case Outcome.CONDITIONAL:
            due = resolution.due.isoformat() if resolution.due else ""
            owed = finding("resolution.conditional", gate, **meeting, condition=resolution.condition, due=due)
            return GateResult(gate, GateState.PASSED, (owed,))
        case Outcome.DEFERRED:
            put_off = finding("resolution.deferred", gate, **meeting, to=resolution.deferred_to, **why)
            return GateResult(gate, GateState.DEFERRED, (put_off,))
        case Outcome.FAIL:
            failed = finding("resolution.failed", gate, **meeting, **why)
            return GateResult(gate, GateState.FAILED, (failed,))
