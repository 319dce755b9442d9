"""What holds of the decisions about one applicant is the same value whatever number or day each has."""

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from mochocho.words.model import Gate, Outcome, Round
from processing.decisions.decided import Decided
from processing.decisions.decision import Decision, Kind, Reconciled, Resolved, Seen, Waived

NAME = "นางบันทึก ตัวอย่าง"


def resolved(gate: Gate) -> Decision:
    content = Resolved(Outcome.PASS, "คณะกรรมการตรวจประเมินอำเภอแม่จัน", "1/2568", date(2025, 4, 20))
    return Decision(Kind.RESOLUTION, "k", gate.value, content, recorded_by=NAME)


HOLDING = (
    resolved(Gate.PROVINCE),
    resolved(Gate.DISTRICT),
    Decision(Kind.WITHDRAW, "k", reason="ย้ายออก", recorded_by=NAME),
    Decision(Kind.SCORE_RECONCILE, "k", "L1", Reconciled(Round.ONSITE, 4), "ดูหลักฐานร่วมกัน", NAME),
    Decision(Kind.SCORE_RECONCILE, "k", "L1", Reconciled(Round.PROVINCIAL, 5), "ฟังนำเสนอ", NAME),
    Decision(Kind.DOCUMENT_WAIVE, "k", "house", Waived(NAME), "เห็นตัวจริง", NAME, seen=Seen("i", ("a" * 64,))),
)


@given(st.permutations(HOLDING), st.integers(1, 900))
def test_neither_numbers_nor_days_nor_their_order_change_it(decisions: list[Decision], first: int) -> None:
    at = datetime(2025, 4, 21, first % 24, tzinfo=UTC)
    recorded = [
        replace(one, number=number, recorded_at=at, seen=replace(one.seen, assessment="d" * first))
        for number, one in enumerate(decisions, start=first)
    ]
    assert Decided.of(recorded) == Decided.of(HOLDING)


def test_each_kind_is_asked_for_by_what_it_is_about() -> None:
    decided = Decided.of(HOLDING)
    assert [one.gate for one in decided.resolutions] == [Gate.DISTRICT, Gate.PROVINCE]
    withdrawn = decided.the(Kind.WITHDRAW)
    assert withdrawn is not None
    assert withdrawn.reason == "ย้ายออก"
    assert decided.the(Kind.MERGE) is None
    waived = decided.about({Kind.DOCUMENT_WAIVE, Kind.DOCUMENT_ACCEPT})
    assert {code: one.seen for code, one in waived.items()} == {"house": Seen("i", ("a" * 64,))}


def test_a_score_is_reconciled_for_each_round_by_itself() -> None:
    decided = Decided.of(HOLDING)
    assert {code: one.answer for code, one in decided.scores(Round.ONSITE).items()} == {"L1": 4}
    assert {code: one.answer for code, one in decided.scores(Round.PROVINCIAL).items()} == {"L1": 5}
    assert len({one.matter for one in HOLDING}) == len(HOLDING)
