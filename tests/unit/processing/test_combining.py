"""Several assessors' answers as one: by mean, median or chair; settled by people, or open until then."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mochocho.words.model import Application, Round, Scores, ScoreSheet, Settled
from processing.findings.entry import Audience
from processing.findings.saying import said
from processing.scoring.combining import combined, too_far_apart
from processing.scoring.named_committee import Committee, Member, Role
from processing.scoring.reconcile import Agreement, reconcile
from tests.pins.applicants import PACK, ApplicantType, application, sheet

LEADER = ApplicantType.LEADER
STANDARD = PACK.standard(LEADER)
CODE = "L1.2.1"  # a level from 1 to 5, of five marks
WHO: Application = application(LEADER)
COMMITTEE = Committee.of([Member("นายประธาน", Round.ONSITE, Role.CHAIR)], Round.ONSITE, WHO.district)

points_ = st.lists(st.fractions(0, 500, max_denominator=42), min_size=1, max_size=9)
rules_ = st.sampled_from(["mean", "median", "chair"])


@given(points_, rules_, st.randoms(use_true_random=False))
def test_the_order_of_the_points_does_not_matter(points: list[Fraction], rule: str, dice: object) -> None:
    shuffled = list(points)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert combined(rule, shuffled) == combined(rule, points)


@given(points_)
def test_the_mean_is_exact(points: list[Fraction]) -> None:
    assert combined("mean", points) * len(points) == sum(points)


@given(points_)
def test_as_many_points_are_below_the_median_as_above_it(points: list[Fraction]) -> None:
    middle = combined("median", points)
    assert sum(p < middle for p in points) <= len(points) // 2
    assert sum(p > middle for p in points) <= len(points) // 2
    assert min(points) <= middle <= max(points)


@given(points_, st.fractions(0, 500))
def test_the_chairs_points_count_alone(points: list[Fraction], chair: Fraction) -> None:
    assert combined("chair", [*points, chair], chair) == chair
    assert combined("chair", points) == combined("mean", points)


@pytest.mark.parametrize(
    ("rule", "points", "counts"),
    [
        ("mean", (100, 100, 200), Fraction(400, 3)),
        ("median", (100, 500, 200), Fraction(200)),
        ("median", (100, 200), Fraction(150)),
        ("median", (500, 100, 300, 400), Fraction(350)),
        ("median", (300,), Fraction(300)),
    ],
)
def test_worked_by_hand(rule: str, points: tuple[int, ...], counts: Fraction) -> None:
    assert combined(rule, [Fraction(p) for p in points]) == counts


@pytest.mark.parametrize(
    ("points", "above", "apart"),
    [
        ((100, 300), 40, False),  # exactly 40 % of 500
        ((100, 301), 40, True),
        ((100, 100), 0, False),
        ((100, 101), 0, True),
        ((0, 500), None, False),
        ((), 0, False),
        ((500,), 0, False),
    ],
)
def test_a_person_is_asked_above_the_threshold_only(
    points: tuple[int, ...], above: int | None, apart: bool
) -> None:
    assert too_far_apart([Fraction(p) for p in points], 500, above) == apart


def answered(answers: Mapping[str, int | None]) -> list[ScoreSheet]:
    """A sheet of each assessor by name, which differ in the answer about CODE alone."""
    made = [sheet(LEADER, who) for who in answers]
    return [replace(one, answers={**one.answers, CODE: answers[one.assessor]}) for one in made]


def scored(answers: Mapping[str, int | None], agreement: Agreement) -> tuple[Scores, list[str]]:
    """The scores, and what a committee reads about CODE."""
    found = reconcile(WHO, lambda _: STANDARD, answered(answers), Round.ONSITE, agreement)
    assert found.scores is not None
    return found.scores, [said(f, Audience.COMMITTEE) for f in found.findings if f.subject == CODE]


THREE = {"นายประธาน": 2, "นางสอง": 4, "นายสาม": 5}


@pytest.mark.parametrize(
    ("rule", "points", "answer", "words"),
    [
        ("mean", Fraction(1100, 3), None, "ใช้ค่าเฉลี่ย"),
        ("median", Fraction(400), None, "ใช้ค่ามัธยฐาน"),
        ("chair", Fraction(200), 2, "ใช้คะแนนของประธาน"),
    ],
)
def test_the_pack_names_the_rule(rule: str, points: Fraction, answer: int | None, words: str) -> None:
    scores, told = scored(THREE, Agreement(rule, committee=COMMITTEE))
    one = next(i for i in scores.indicators if i.code == CODE)
    assert (one.points, one.answer) == (points, answer)
    assert scores.agreed_by == rule
    assert told[0].endswith(words)


def test_a_chair_who_could_not_assess_leaves_it_to_the_mean_and_that_is_said() -> None:
    scores, told = scored({**THREE, "นายประธาน": None}, Agreement("chair", committee=COMMITTEE))
    assert next(i for i in scores.indicators if i.code == CODE).points == Fraction(450)
    assert "ประธานไม่ได้ให้คะแนนข้อนี้" in told[0]


def test_the_spread_keeps_each_answer() -> None:
    scores, _ = scored({**THREE, "นายสี่": None}, Agreement())
    (spread,) = scores.spreads
    assert dict(spread.answers) == {**THREE, "นายสี่": None}
    assert (spread.lowest, spread.highest, spread.difference) == (200, 500, 300)
    assert not spread.open


def test_too_far_apart_holds_the_result_open() -> None:
    scores, told = scored(THREE, Agreement(above=40))
    one = next(i for i in scores.indicators if i.code == CODE)
    assert scores.percent is None
    assert one.passed is None
    assert scores.spreads[0].open
    assert told[0].startswith(f"ตัวบ่งชี้ {CODE} ")
    assert "ต่างกัน ๓.๐๐ คะแนน" in told[0]
    assert "เกินร้อยละ ๔๐ ของคะแนนเต็ม" in told[0]


def test_what_people_settle_counts_and_the_answers_are_kept() -> None:
    by_people = Settled(3, "ดูหลักฐานร่วมกันแล้ว", "นายประธาน")
    scores, told = scored(THREE, Agreement(above=40, settled={CODE: by_people}))
    one = next(i for i in scores.indicators if i.code == CODE)
    (spread,) = scores.spreads
    assert (one.points, one.answer, one.passed) == (300, 3, True)
    assert scores.percent is not None
    assert (dict(spread.answers), spread.settled, spread.open) == (THREE, by_people, False)
    assert "ดูหลักฐานร่วมกันแล้ว" in told[0]


def test_within_the_threshold_nothing_is_open() -> None:
    scores, told = scored({"ก": 3, "ข": 5}, Agreement(above=40))
    assert scores.percent is not None
    assert "กรรมการให้คะแนนต่างกัน" in told[0]


@given(st.permutations(list(THREE.items())), rules_, st.sampled_from([None, 0, 40, 99]))
def test_sheets_may_come_in_any_order(answers: list[tuple[str, int]], rule: str, above: int | None) -> None:
    agreement = Agreement(rule, above, committee=COMMITTEE)
    assert scored(dict(answers), agreement) == scored(THREE, agreement)
