"""What an applicant gained between two of its own assessments, and what is left to full marks."""

from dataclasses import replace
from fractions import Fraction

from mochocho.words.model import ApplicantType, OwnResult, Round, SelfRound
from processing.scoring.gained import of_indicators, of_sub_criteria
from processing.scoring.score import score_sheet
from tests.pins.applicants import EARLIER, PACK, answers, assessed

TYPE = ApplicantType.NETWORK
STANDARD, BEFORE_IT = PACK.standard(TYPE), EARLIER.standard(TYPE)
COUNTED = "N1.2.1"  # a count of 3


def own_round(round_: Round, tenths: int = 9, **changes: object) -> SelfRound:
    made = replace(assessed(TYPE, round_, tenths), **changes)  # type: ignore[arg-type]
    return SelfRound(made, score_sheet(STANDARD, made.answers))


def with_answer(round_: Round, answer: int | None) -> SelfRound:
    return own_round(round_, answers={**answers(STANDARD, 9), COUNTED: answer})


def of(before: SelfRound | None, after: SelfRound | None):  # type: ignore[no-untyped-def]
    return next(p for p in of_indicators(before, after, STANDARD, STANDARD) if p.indicator.code == COUNTED)


def test_what_was_gained_and_what_is_left_are_exact() -> None:
    one = of(with_answer(Round.SELF_BEFORE, 1), with_answer(Round.SELF_AFTER, 2))
    assert (one.before, one.after) == (Fraction(500, 3), Fraction(1000, 3))
    assert (one.gained, one.gap) == (Fraction(500, 3), Fraction(500, 3))


def test_who_fell_back_lost_points() -> None:
    assert of(with_answer(Round.SELF_BEFORE, 3), with_answer(Round.SELF_AFTER, 0)).gained == -500


def test_not_assessed_is_no_loss_and_no_zero() -> None:
    one = of(with_answer(Round.SELF_BEFORE, 3), with_answer(Round.SELF_AFTER, None))
    assert (one.gained, one.gap) == (None, 0)
    assert of(with_answer(Round.SELF_BEFORE, None), with_answer(Round.SELF_AFTER, None)).gap is None


def test_before_alone_the_gap_is_that_of_before() -> None:
    one = of(with_answer(Round.SELF_BEFORE, 1), None)
    assert (one.gained, one.gap) == (None, 500 - Fraction(500, 3))


def test_only_like_is_compared_with_like() -> None:
    """The earlier version has other full marks for the first indicator and lacks the second."""
    first, second, third = of_indicators(
        own_round(Round.SELF_BEFORE), own_round(Round.SELF_AFTER), BEFORE_IT, STANDARD
    )[:3]
    assert [one.alike for one in (first, second, third)] == [False, False, True]
    assert (first.gained, second.gained) == (None, None)
    assert third.gained == 0


def test_sub_criteria_are_matched_by_their_id() -> None:
    kept, gone, new = (OwnResult(item, "N1.1.1", item, 4, "ครั้ง", 1) for item in ("kept", "gone", "new"))
    before = own_round(Round.SELF_BEFORE, own=(kept, gone))
    after = own_round(Round.SELF_AFTER, own=(replace(kept, actual=3, target=5), replace(new, actual=9)))
    found = {one.result.item: one for one in of_sub_criteria(before, after)}
    assert [(i, o.before, o.after, o.gap) for i, o in found.items()] == [
        ("kept", 1, 3, 2),
        ("gone", 1, None, 3),
        ("new", None, 9, 0),
    ]
    assert (
        of_sub_criteria(None, own_round(Round.SELF_AFTER, own=(replace(kept, target=None),)))[0].gap is None
    )
