"""A form's XPath computes the same as `xlsforms.points` and the scores, for any standards.

The calculations are those of the score sheet's skeleton, evaluated by libxml2, whose numbers are doubles too.
"""

import math
import re
from collections.abc import Mapping
from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from mochocho.standards.load import load_pack
from mochocho.standards.schema import Count, Indicator, Measure, Percent, Rubric, Standard, YesNo
from mochocho.words.model import ApplicantType
from mochocho.words.numbers import half_up, hundredths
from mochocho.words.places import Province
from processing.scoring.score import in_range, score_sheet
from tests.headless.answers import THIRDS
from xlsforms import names, points
from xlsforms.build import SKELETONS
from xlsforms.expand import expand
from xlsforms.skeleton import read_skeleton
from xlsforms.things import form_things

PACK = load_pack("2568-sample").pack
GROUP = PACK.standard(ApplicantType.GROUP)
ONSITE = read_skeleton(SKELETONS / "onsite.yaml")
CHIANG_RAI = Province.named("เชียงราย")
SHOWN = ("numerator", "denominator", "total", "full", "percent")

Numbers = Mapping[str, float | str]

_TREE = etree.Element("nothing")
_FUNCTIONS = {
    (None, "int"): lambda _, number: number if math.isnan(number) else float(math.trunc(number)),
    (None, "if"): lambda _, condition, yes, no: yes if condition else no,
}


def computed(standard: Standard, answers: Mapping[str, int]) -> dict[str, int]:
    """Every figure that the score sheet computes of these answers, in the order of the form."""
    pack = PACK.model_copy(
        update={"standards": tuple(standard if s.code == standard.code else s for s in PACK.standards)}
    )
    known: dict[str, float | str] = {"applicant_type": standard.code, "conflict": "no"}
    known |= {names.indicator(code): float(answer) for code, answer in answers.items()}
    figures = {names.points(i.code) for i in standard.indicators}
    figures |= {
        name(d.code) for d in standard.dimensions for name in (names.numerator, names.dimension_points)
    }
    survey = expand(ONSITE, form_things(pack, CHIANG_RAI, ("odk",))).sheets["survey"]
    for row in survey:
        if row.get("name") in figures.union(SHOWN):
            known[row["name"]] = evaluated(row["calculation"], known)
    return {name: int(known[name]) for name in figures.union(SHOWN)}


def evaluated(expression: str, known: Numbers) -> float | str:
    """As phones do: an answer that there is not is blank."""
    asked = set(re.findall(r"\$\{(\w+)\}", expression))
    return etree.XPath(re.sub(r"\$\{(\w+)\}", r"$\1", expression), extensions=_FUNCTIONS)(  # type: ignore[return-value]
        _TREE, **{name: known.get(name, "") for name in asked}
    )


def as_the_form_should(standard: Standard, answers: Mapping[str, int]) -> dict[str, int]:
    """The same by whole numbers of Python."""
    parts = points.denominator(standard)
    earned = {i.code: points.indicator_parts(i, answers[i.code], parts) for i in standard.indicators}
    found = {names.points(code): half_up(Fraction(100 * own, parts)) for code, own in earned.items()}
    for dimension in standard.dimensions:
        own = sum(earned[i.code] for i in dimension.indicators)
        found[names.numerator(dimension.code)] = own
        found[names.dimension_points(dimension.code)] = half_up(Fraction(100 * own, parts))
    total, full = sum(earned.values()), sum(i.full_marks for i in standard.indicators)
    percent = half_up(Fraction(10_000 * total, full * parts))
    shown = (total, parts, half_up(Fraction(100 * total, parts)), 100 * full, percent)
    return found | dict(zip(SHOWN, shown, strict=True))


def answers_to(measure: Measure) -> st.SearchStrategy[int]:
    match measure.kind:
        case "count":
            return st.integers(0, measure.threshold) | st.integers(0, 20_000)
        case "percent":
            return st.integers(0, 100)
        case "yes_no":
            return st.integers(0, 1)
        case "rubric":
            return st.integers(1, 5)


def measures(thresholds: st.SearchStrategy[int]) -> st.SearchStrategy[Measure]:
    counted = thresholds.map(lambda n: Count(kind="count", threshold=n, unit_th="ครั้ง", unit_en="times"))
    shares = thresholds.filter(lambda n: n <= 100).map(lambda n: Percent(kind="percent", threshold=n))
    return st.one_of(counted, shares, st.just(YesNo(kind="yes_no")), st.just(Rubric(kind="rubric")))


@st.composite
def sheets(draw: st.DrawFn, thresholds: st.SearchStrategy[int]) -> tuple[Standard, dict[str, int]]:
    """The criteria of groups with other measures and marks, and an answer to each."""
    drawn: dict[str, Indicator] = {}
    for indicator in GROUP.indicators:
        other = {"measure": draw(measures(thresholds)), "full_marks": draw(st.integers(1, 100))}
        drawn[indicator.code] = indicator.model_copy(update=other)
    standard = with_indicators(drawn)
    return standard, {i.code: draw(answers_to(i.measure)) for i in standard.indicators}


def with_indicators(drawn: Mapping[str, Indicator]) -> Standard:
    dimensions = []
    for dimension in GROUP.dimensions:
        components = tuple(
            c.model_copy(update={"indicators": tuple(drawn[i.code] for i in c.indicators)})
            for c in dimension.components
        )
        dimensions.append(dimension.model_copy(update={"components": components}))
    return GROUP.model_copy(update={"dimensions": tuple(dimensions)})


USUAL = st.integers(1, 12) | st.sampled_from([15, 16, 24, 30, 50, 60, 70, 75, 80, 90, 100])
ANY = st.integers(1, 10_000) | USUAL


@settings(max_examples=60)
@given(sheets(ANY))
def test_the_xpath_is_the_arithmetic_of_whole_numbers(sheet: tuple[Standard, dict[str, int]]) -> None:
    standard, answers = sheet
    found = computed(standard, answers)
    assert found == as_the_form_should(standard, answers)
    assert max(found.values()) < 2**31  # ODK Collect's whole numbers
    assert 2_000_001 * found["full"] // 100 * found["denominator"] < 2**53  # what a double keeps


@settings(max_examples=60)
@given(sheets(USUAL))
@example((GROUP, THIRDS))
def test_the_phone_shows_what_the_server_prints(sheet: tuple[Standard, dict[str, int]]) -> None:
    standard, answers = sheet
    scores, found = score_sheet(standard, answers), computed(standard, answers)
    assert scores.percent is not None
    assert Fraction(found["numerator"], found["denominator"]) == scores.points / 100
    shown = {name: found[name] for name in ("total", "full", "percent")}
    assert shown == {
        "total": half_up(scores.points),
        "full": scores.full,
        "percent": half_up(scores.percent),
    }
    assert {names.points(s.code): half_up(s.points or 0) for s in scores.indicators}.items() <= found.items()
    by_dimension = {names.dimension_points(d.code): half_up(d.points) for d in scores.dimensions}
    assert by_dimension.items() <= found.items()


@settings(max_examples=60)
@given(sheets(ANY))
def test_whatever_the_thresholds_a_figure_is_a_hundredth_off_at_most(
    sheet: tuple[Standard, dict[str, int]],
) -> None:
    standard, answers = sheet
    scores, found = score_sheet(standard, answers), as_the_form_should(standard, answers)
    assert abs(found["total"] - half_up(scores.points)) <= 1
    assert abs(found["percent"] - half_up(scores.percent or 0)) <= 1


def test_42_of_60_with_thirds_is_42_and_70_percent() -> None:
    found = computed(GROUP, THIRDS)
    assert (found["total"], found["full"], found["percent"]) == (4200, 6000, 7000)


def test_what_is_not_assessed_leaves_its_sums_blank() -> None:
    answers = {code: answer for code, answer in THIRDS.items() if code != "G1.2.1"}
    known: dict[str, float | str] = {names.indicator(code): float(a) for code, a in answers.items()}
    dimension = GROUP.dimensions[0]
    survey = expand(ONSITE, form_things(PACK, CHIANG_RAI, ("odk",))).sheets["survey"]
    asked = [names.points(i.code) for i in dimension.indicators]
    for row in survey:
        if row.get("name") in {*asked, names.numerator("G1"), names.dimension_points("G1")}:
            known[row["name"]] = evaluated(row["calculation"], known)
    assert known[names.numerator("G1")] == known[names.dimension_points("G1")] == known["s_G1_2_1"] == ""
    assert known["s_G1_1_1"] == 500


def test_every_answer_that_can_be_one_is_whole_in_parts_of_a_mark() -> None:
    for standard in PACK.standards:
        parts = points.denominator(standard)
        for indicator in standard.indicators:
            for answer in (a for a in range(101) if in_range(indicator.measure, a)):
                exact = score_sheet(standard, {indicator.code: answer}).points
                assert Fraction(points.indicator_parts(indicator, answer, parts) * 100, parts) == exact


@given(st.fractions(0, 100_000))
def test_rounding_is_half_up(value: Fraction) -> None:
    assert value - Fraction(1, 2) < half_up(value) <= value + Fraction(1, 2)


def test_figures_are_printed_with_two_places() -> None:
    assert [hundredths(v) for v in (0, 5, 8711, Fraction(26133, 3), Fraction(199, 2), Fraction(1, 3))] == [
        "0.00",
        "0.05",
        "87.11",
        "87.11",
        "1.00",
        "0.00",
    ]
