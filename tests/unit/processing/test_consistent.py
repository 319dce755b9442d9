"""What a resolution says of its meeting fits together, or is refused with what to do."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mochocho.words.model import Finding, Gate, Outcome, Resolution, Severity, Votes
from processing.decisions.acceptable import Known, refusals
from processing.decisions.decision import of_resolution, resolution_of
from processing.decisions.meetings import outcomes
from processing.decisions.meetings.outcomes import OUTCOMES

MET = date(2025, 4, 10)
PASSED = Resolution(
    Gate.DISTRICT, Outcome.PASS, "คณะกรรมการอำเภอตัวอย่าง", "1/2568", MET, recorded_by="นางบันทึก ตัวอย่าง"
)
CONDITIONAL = replace(
    PASSED, outcome=Outcome.CONDITIONAL, condition="ส่งระเบียบกลุ่ม", due=MET + timedelta(days=30)
)
DEFERRED = replace(PASSED, outcome=Outcome.DEFERRED, deferred_to="2/2568", reason="ผู้แทนกลุ่มไม่มา")
FAILED = replace(PASSED, outcome=Outcome.FAIL, reason="คะแนนต่ำกว่าเกณฑ์")
EACH = {one.outcome: one for one in (PASSED, CONDITIONAL, DEFERRED, FAILED)}
NAMES = ("นายหนึ่ง ใจดี", "นางสอง ใจงาม", "นางสาวสาม ใจเย็น")


def wrong(resolution: Resolution, *against: Finding) -> dict[str, str]:
    """What is refused, by part."""
    found = refusals(of_resolution("k", resolution), 2568, Known(against=against))
    return {one.part: one.said.th for one in found}


@pytest.mark.parametrize("outcome", Outcome)
def test_each_outcome_is_accepted_and_comes_back_as_it_was_said(outcome: Outcome) -> None:
    said = replace(
        EACH[outcome],
        votes=Votes(4, 4, 0),
        present=10,
        recused=NAMES[:2],
        note="ประชุมทางไกล",
        instance_id="v1",
    )
    assert wrong(EACH[outcome]) == wrong(said) == {}
    assert resolution_of(of_resolution("k", said)) == said
    assert outcomes.read(f" {OUTCOMES[outcome]} ") is outcome


@pytest.mark.parametrize(("word", "outcome"), [("ผ่าน", Outcome.PASS), ("ไม่ผ่าน", Outcome.FAIL)])
def test_words_of_earlier_files_are_read(word: str, outcome: Outcome) -> None:
    assert outcomes.read(word) is outcome
    assert outcomes.read("รับทราบ") is None


counts = st.integers(-1, 8)
votes = st.builds(Votes, counts, counts, counts)


@given(votes, st.none() | st.integers(-1, 20), st.integers(0, 3), st.sampled_from(Outcome))
def test_votes_are_of_those_who_came_less_those_recused_and_the_majority_decides(
    cast: Votes, present: int | None, recused: int, outcome: Outcome
) -> None:
    said = replace(EACH[outcome], votes=cast, present=present, recused=NAMES[:recused])
    whole = (
        present is not None
        and present > recused
        and min(cast.in_favour, cast.against, cast.abstained) >= 0
        and cast.in_favour + cast.against + cast.abstained + recused == present
    )
    lost = cast.in_favour < cast.against or cast.in_favour == 0
    majority = not (outcome.passes and lost) and not (
        outcome is Outcome.FAIL and cast.in_favour > cast.against
    )
    assert (wrong(said) == {}) is (whole and majority)


WRONG: Mapping[str, tuple[Resolution, dict[str, Any], str, str]] = {
    "recused, and counted": (
        PASSED,
        {"votes": Votes(7, 0, 0), "present": 7, "recused": NAMES[:1]},
        "votes",
        "ไม่นับ",
    ),
    "votes of nobody": (PASSED, {"votes": Votes(7, 0, 0)}, "present", "ผู้มาประชุม"),
    "votes below nothing": (PASSED, {"votes": Votes(7, -1, 0), "present": 6}, "votes", "ติดลบ"),
    "passed by a minority": (PASSED, {"votes": Votes(3, 4, 0), "present": 7}, "votes", "ขัดกับคะแนนเสียง"),
    "passed by nobody": (PASSED, {"votes": Votes(0, 0, 7), "present": 7}, "votes", "ขัดกับคะแนนเสียง"),
    "failed by a minority": (FAILED, {"votes": Votes(4, 3, 0), "present": 7}, "votes", "ขัดกับคะแนนเสียง"),
    "nobody came": (PASSED, {"present": 0}, "present", "ระหว่าง 1"),
    "a crowd": (PASSED, {"present": 100}, "present", "99"),
    "all recused": (PASSED, {"present": 2, "recused": NAMES[:2]}, "present", "ไม่เหลือผู้พิจารณา"),
    "recused twice": (PASSED, {"recused": ("นายหนึ่ง ใจดี", "หนึ่ง  ใจดี")}, "recused", "ซ้ำ"),
    "recused without a name": (PASSED, {"recused": ("-",)}, "recused", "ชื่อและนามสกุล"),
    "no condition": (CONDITIONAL, {"condition": " \u200b"}, "condition", "ต้องมีเงื่อนไข"),
    "no due day": (CONDITIONAL, {"due": None}, "due", "วันครบกำหนด"),
    "due before the meeting": (CONDITIONAL, {"due": MET - timedelta(days=1)}, "due", "ก่อนวันประชุม"),
    "due in two years": (CONDITIONAL, {"due": MET + timedelta(days=367)}, "due", "เกินหนึ่งปี"),
    "a plain pass with a condition": (PASSED, {"condition": "ส่งระเบียบกลุ่ม"}, "condition", "มีเงื่อนไขเท่านั้น"),
    "a refusal with a due day": (FAILED, {"due": MET}, "due", "มีเงื่อนไขเท่านั้น"),
    "put off to nowhere": (DEFERRED, {"deferred_to": ""}, "deferred_to", "ครั้งที่เท่าใด"),
    "put off to itself": (DEFERRED, {"deferred_to": "1/2568"}, "deferred_to", "ไม่อยู่หลัง"),
    "put off to an earlier one": (
        DEFERRED,
        {"meeting_no": "12/2568", "deferred_to": "2/2568"},
        "deferred_to",
        "ไม่อยู่หลัง",
    ),
    "put off to no number": (DEFERRED, {"deferred_to": "หน้า"}, "deferred_to", "1/2568"),
    "put off by ten years": (DEFERRED, {"deferred_to": "1/2578"}, "deferred_to", "เกินหนึ่งปี"),
    "put off without a reason": (DEFERRED, {"reason": " "}, "reason", "เลื่อนพิจารณาต้องมีเหตุผล"),
    "refused without a reason": (FAILED, {"reason": ""}, "reason", "ไม่รับรองต้องมีเหตุผล"),
    "a pass that is put off": (PASSED, {"deferred_to": "2/2568"}, "deferred_to", "เลื่อนพิจารณาเท่านั้น"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_does_not_fit_is_refused_with_what_to_do(case: str) -> None:
    resolution, changes, part, words = WRONG[case]
    found = wrong(replace(resolution, **changes))
    assert set(found) == {part}
    assert words in found[part]


def test_a_deferral_may_be_to_the_next_year() -> None:
    assert wrong(replace(DEFERRED, meeting_no="12/2568", deferred_to="1/2569")) == {}


@pytest.mark.parametrize("outcome", Outcome)
def test_only_a_plain_pass_against_the_evidence_needs_a_reason_beside_what_it_says(outcome: Outcome) -> None:
    low = Finding("against.below_pass", Gate.DISTRICT, Severity.WARNING, message_th="คะแนนต่ำ")
    assert set(wrong(EACH[outcome], low)) == ({"reason"} if outcome is Outcome.PASS else set())
