"""Gates: g1 and g2 follow from findings, g6 and g7 from resolutions only, the others block nobody."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mochocho.words.model import (
    DocumentState,
    Finding,
    Gate,
    GateState,
    Outcome,
    Resolution,
    Severity,
    Verdict,
)
from processing.assessment.gates import gates, needs_review

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
    said = {
        r.gate: {Outcome.PASS: GateState.PASSED, Outcome.FAIL: GateState.FAILED}[r.outcome] for r in resolved
    }
    for gate in set(Gate) - {Gate.ELIGIBLE, Gate.DOCUMENTS}:
        assert state[gate] is said.get(gate, GateState.NO_DATA)
    for result in results:
        assert blocking(result.findings) == (result.state is GateState.FAILED)


@given(some, verdicts, some, resolutions)
def test_only_a_pass_that_stands_on_something_wrong_asks_for_review(
    eligibility: tuple[Finding, ...],
    documents: list[Verdict],
    held: tuple[Finding, ...],
    resolved: list[Resolution],
) -> None:
    results = gates(eligibility, documents, held, resolved)
    state = {r.gate: r.state for r in results}
    wrong = GateState.FAILED in (state[Gate.ELIGIBLE], state[Gate.DOCUMENTS])
    expected = [
        r.gate
        for r in resolved
        if r.outcome is Outcome.PASS
        and (
            wrong
            or r.instance_id == "v2"
            or (r.gate is Gate.PROVINCE and state[Gate.DISTRICT] is not GateState.PASSED)
        )
    ]
    review = needs_review(resolved, results, documents, "v1")
    assert [f.subject for f in review] == expected
    assert not blocking(review)
