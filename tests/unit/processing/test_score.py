"""Points and percent: exact, bounds, monotony, "not assessed" is never zero."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mochocho.standards.load import load_pack
from mochocho.standards.schema import Count, Indicator, Percent, Rubric, Standard, YesNo
from processing.scoring import score

PACK = load_pack("2568-sample").pack

thresholds = st.integers(1, 10_000)
measures = st.one_of(
    st.builds(
        Count, kind=st.just("count"), threshold=thresholds, unit_th=st.just("ครั้ง"), unit_en=st.just("times")
    ),
    st.builds(Percent, kind=st.just("percent"), threshold=st.integers(1, 100)),
    st.just(YesNo(kind="yes_no")),
    st.just(Rubric(kind="rubric")),
)


@st.composite
def indicators(draw: st.DrawFn) -> Indicator:
    return Indicator(
        code="L1.1.1",
        th="ตัวบ่งชี้",
        en="indicator",
        source="test",
        confidence="reconstructed",
        measure=draw(measures),
        full_marks=draw(st.integers(1, 100)),
    )


def possible(indicator: Indicator) -> st.SearchStrategy[int]:
    match indicator.measure.kind:
        case "count":
            return st.integers(0, 20_000)
        case "percent":
            return st.integers(0, 100)
        case "yes_no":
            return st.integers(0, 1)
        case "rubric":
            return st.integers(1, 5)


@st.composite
def sheets(draw: st.DrawFn) -> tuple[Standard, dict[str, int | None]]:
    standard = draw(st.sampled_from(PACK.standards))
    return standard, {i.code: draw(st.none() | possible(i)) for i in standard.indicators}


@given(st.data(), indicators())
def test_points_grow_with_the_answer_and_stay_between_none_and_full(
    data: st.DataObject, indicator: Indicator
) -> None:
    low, high = sorted((data.draw(possible(indicator)), data.draw(possible(indicator))))
    points = [score.indicator_points(indicator, answer) for answer in (low, high)]
    assert 0 <= points[0] <= points[1] <= score.full_points(indicator)


@given(indicators())
def test_the_threshold_a_yes_and_the_highest_level_earn_full_marks(indicator: Indicator) -> None:
    match indicator.measure.kind:
        case "count" | "percent":
            best = indicator.measure.threshold
        case "yes_no":
            best = 1
        case "rubric":
            best = 5
    assert score.score_answer(indicator, best).points == indicator.full_marks * 100
    assert score.score_answer(indicator, best).passed is True


@given(indicators())
def test_one_below_the_threshold_is_never_full_and_never_passed(indicator: Indicator) -> None:
    if indicator.measure.kind in ("count", "percent"):
        below = score.score_answer(indicator, indicator.measure.threshold - 1)
        assert below.points is not None
        assert below.points < below.full
        assert below.passed is False


def test_a_rubric_is_met_from_its_middle_level() -> None:
    indicator = PACK.standards[0].indicators[0].model_copy(update={"measure": Rubric(kind="rubric")})
    passed = [score.score_answer(indicator, level).passed for level in range(1, 6)]
    assert passed == [False, False, True, True, True]


@pytest.mark.parametrize(
    ("measure", "answer", "points"),
    [
        (Count(kind="count", threshold=3, unit_th="ครั้ง", unit_en="times"), 1, Fraction(500, 3)),
        (Count(kind="count", threshold=3, unit_th="ครั้ง", unit_en="times"), 2, Fraction(1000, 3)),
        (Count(kind="count", threshold=3, unit_th="ครั้ง", unit_en="times"), 9, 500),
        (Percent(kind="percent", threshold=70), 69, Fraction(3450, 7)),
        (YesNo(kind="yes_no"), 0, 0),
        (YesNo(kind="yes_no"), 1, 500),
        (Rubric(kind="rubric"), 1, 100),
        (Rubric(kind="rubric"), 4, 400),
    ],
)
def test_points_of_known_answers(measure: score.Measure, answer: int, points: Fraction) -> None:
    base = PACK.standards[0].indicators[0]
    assert score.indicator_points(base.model_copy(update={"measure": measure}), answer) == points


@pytest.mark.parametrize(
    ("measure", "answer"),
    [
        (Count(kind="count", threshold=3, unit_th="ครั้ง", unit_en="times"), -1),
        (Percent(kind="percent", threshold=70), 101),
        (YesNo(kind="yes_no"), 2),
        (Rubric(kind="rubric"), 0),
        (Rubric(kind="rubric"), 6),
    ],
)
def test_an_answer_that_cannot_be_one_is_refused(measure: score.Measure, answer: int) -> None:
    base = PACK.standards[0].indicators[0]
    with pytest.raises(ValueError, match="cannot be an answer"):
        score.indicator_points(base.model_copy(update={"measure": measure}), answer)


@given(sheets())
def test_a_sheet_adds_up(sheet: tuple[Standard, dict[str, int | None]]) -> None:
    standard, answers = sheet
    scores = score.score_sheet(standard, answers)
    assert [s.code for s in scores.indicators] == [i.code for i in standard.indicators]
    assert (
        scores.points
        == sum(s.points or 0 for s in scores.indicators)
        == sum(d.points for d in scores.dimensions)
    )
    assert scores.full == sum(i.full_marks * 100 for i in standard.indicators)
    assert scores.full == sum(d.full for d in scores.dimensions)
    assert [s.points is None for s in scores.indicators] == [a is None for a in answers.values()]


@given(sheets())
def test_percent_is_known_only_when_everything_was_assessed(
    sheet: tuple[Standard, dict[str, int | None]],
) -> None:
    standard, answers = sheet
    scores = score.score_sheet(standard, answers)
    if None in answers.values():
        assert scores.percent is None
    else:
        assert scores.percent is not None
        assert 0 <= scores.percent <= 10_000
        assert scores.percent * scores.full == scores.points * 10_000


def test_a_sheet_without_answers_is_not_a_sheet_of_zeros() -> None:
    scores = score.score_sheet(PACK.standards[0], {})
    assert scores.percent is None
    assert {s.points for s in scores.indicators} == {None}
    assert {s.passed for s in scores.indicators} == {None}


@pytest.mark.parametrize(
    ("points", "full", "hundredths"), [(1, 3, Fraction(10_000, 3)), (7, 7, 10_000), (0, 0, 0)]
)
def test_a_percent_is_exact_and_of_no_marks_none(points: int, full: int, hundredths: Fraction | int) -> None:
    assert score.percent(Fraction(points), full) == hundredths


def test_who_assessed_stands_with_the_scores() -> None:
    standard = PACK.standards[0]
    none = {i.code: i for i in score.score_sheet(standard, {}).indicators}
    assert score.total(standard, none, ("นายหนึ่ง", "นางสอง")).assessors == ("นายหนึ่ง", "นางสอง")
