"""Gates: g1 and g2 follow from findings, g6 and g7 from resolutions only, the others block nobody."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mochocho.words.model import (
    NOTHING_OWN,
    DocumentState,
    Finding,
    Gate,
    GateState,
    Outcome,
    Resolution,
    Severity,
    Verdict,
)
from processing.assessment.gates import gates

findings = st.builds(
    Finding,
    code=st.sampled_from(["a", "b"]),
    subject=st.just("s"),
    severity=st.sampled_from(Severity),
)
some = st.lists(findings, max_size=3).map(tuple)
verdicts = st.lists(
    st.builds(Verdict, document=st.just("d"), state=st.sampled_from(DocumentState), findings=some), max_size=3
)
resolutions = st.lists(
    st.builds(
        Resolution,
        gate=st.sampled_from([Gate.DISTRICT, Gate.PROVINCE]),
        outcome=st.sampled_from(Outcome),
        committee=st.just("คณะกรรมการ"),
        meeting_no=st.just("1/2568"),
        meeting_date=st.just(date(2025, 4, 1)),
        instance_id=st.sampled_from(["", "v1", "v2"]),
    ),
    max_size=2,
    unique_by=lambda r: r.gate,
)


STATE = {
    Outcome.PASS: GateState.PASSED,
    Outcome.CONDITIONAL: GateState.PASSED,
    Outcome.DEFERRED: GateState.DEFERRED,
    Outcome.FAIL: GateState.FAILED,
}


def blocking(found: tuple[Finding, ...]) -> bool:
    return any(f.severity is Severity.BLOCKING for f in found)


@given(some, verdicts, some, resolutions)
def test_every_gate_stands_for_its_own_reason(
    eligibility: tuple[Finding, ...],
    documents: list[Verdict],
    held: tuple[Finding, ...],
    resolved: list[Resolution],
) -> None:
    results = gates(eligibility, documents, held, resolved)
    assert [r.gate for r in results] == list(Gate)
    state = {r.gate: r.state for r in results}
    assert (state[Gate.ELIGIBLE] is GateState.FAILED) == blocking(eligibility)
    about_documents = (*held, *(f for v in documents for f in v.findings))
    assert (state[Gate.DOCUMENTS] is GateState.FAILED) == blocking(about_documents)
    said = {r.gate: STATE[r.outcome] for r in resolved}
    for gate in set(Gate) - {Gate.ELIGIBLE, Gate.DOCUMENTS}:
        assert state[gate] is said.get(gate, GateState.NO_DATA)
    for result in results:
        assert blocking(result.findings) == (result.state is GateState.FAILED)


BLOCKS = Finding("b", "s", Severity.BLOCKING)
WARNS = Finding("w", "s", Severity.WARNING)
PASSED = Resolution(Gate.DISTRICT, Outcome.PASS, "คณะกรรมการ", "1/2568", date(2025, 4, 1), instance_id="v1")


@pytest.mark.parametrize(
    ("form", "gate"),
    [("before", Gate.SELF_BEFORE), ("planned", Gate.PLAN), ("after", Gate.SELF_AFTER)],
)
def test_an_own_form_that_came_opens_its_gate_unless_something_blocks(form: str, gate: Gate) -> None:
    def state(**came: tuple[Finding, ...]) -> GateState:
        results = gates((), (), (), (), replace(NOTHING_OWN, **came))  # type: ignore[arg-type]
        return next(r.state for r in results if r.gate is gate)

    assert state() is GateState.NO_DATA
    assert state(**{form: ()}) is state(**{form: (WARNS,)}) is GateState.PASSED
    assert state(**{form: (WARNS, BLOCKS)}) is GateState.FAILED


@pytest.mark.parametrize("reason", ["", "ยังไม่มีระเบียบของกลุ่ม"])
def test_a_failed_resolution_names_the_meeting_and_the_reason_if_one_was_given(reason: str) -> None:
    failed = replace(PASSED, outcome=Outcome.FAIL, reason=reason)
    (said,) = next(r.findings for r in gates((), (), (), (failed,)) if r.gate is Gate.DISTRICT)
    meeting = {"committee": "คณะกรรมการ", "meeting": "1/2568", "day": "2025-04-01"}
    assert dict(said.values) == (meeting | {"reason": reason} if reason else meeting)


def test_a_conditional_pass_opens_its_gate_and_says_what_is_owed() -> None:
    owed = replace(PASSED, outcome=Outcome.CONDITIONAL, condition="ส่งระเบียบกลุ่ม", due=date(2025, 5, 31))
    (result,) = (r for r in gates((), (), (), (owed,)) if r.gate is Gate.DISTRICT)
    (said,) = result.findings
    assert (result.state, said.code, said.severity) == (
        GateState.PASSED,
        "resolution.conditional",
        Severity.WARNING,
    )
    assert {"condition": "ส่งระเบียบกลุ่ม", "due": "2025-05-31"}.items() <= dict(said.values).items()


@pytest.mark.parametrize("reason", ["", "ผู้แทนกลุ่มไม่มา"])
def test_what_was_deferred_has_neither_passed_nor_failed_and_names_the_next_meeting(reason: str) -> None:
    put_off = replace(PASSED, outcome=Outcome.DEFERRED, reason=reason, deferred_to="2/2568")
    (result,) = (r for r in gates((), (), (), (put_off,)) if r.gate is Gate.DISTRICT)
    (said,) = result.findings
    assert (result.state, said.severity) == (GateState.DEFERRED, Severity.WARNING)
    assert dict(said.values)["to"] == "2/2568"
    assert dict(said.values).get("reason", "") == reason
