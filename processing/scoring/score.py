"""Points from answers, exact: a third of a mark stays a third until it is shown. Pure.

Points are in hundredths of a mark, percents in hundredths of a percent, both as fractions, rounded only for
display (`mochocho.words.numbers`). "Not assessed" is never zero.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from mochocho.standards.schema import Indicator, Measure, Standard
from mochocho.words.model import DimensionScore, IndicatorScore, Scores
from xlsforms.points import RUBRIC_LEVELS, steps

RUBRIC_PASS_LEVEL = 3  # ปานกลาง; no source says which level meets an indicator (rules.md, section K)


def full_points(indicator: Indicator) -> int:
    """The points of a full mark, in hundredths."""
    return indicator.full_marks * 100


def in_range(measure: Measure, answer: int) -> bool:
    """Whether `answer` is possible: count >= 0, percent 0-100, yes/no 0 or 1, rubric 1-5."""
    match measure.kind:
        case "count":
            return answer >= 0
        case "percent":
            return 0 <= answer <= 100
        case "yes_no":
            return answer in (0, 1)
        case "rubric":
            return 1 <= answer <= RUBRIC_LEVELS


def indicator_points(indicator: Indicator, answer: int) -> Fraction:
    """Points in hundredths for one answer. Raises ValueError for an impossible answer."""
    if not in_range(indicator.measure, answer):
        raise ValueError(f"{indicator.code}: {answer} cannot be an answer to a {indicator.measure.kind}")
    of = steps(indicator)
    return Fraction(min(answer, of) * full_points(indicator), of)


def passing_points(indicator: Indicator) -> Fraction:
    """The points from which an indicator is met: all of them; for a rubric those of the middle level."""
    full = Fraction(full_points(indicator))
    return full * RUBRIC_PASS_LEVEL / RUBRIC_LEVELS if indicator.measure.kind == "rubric" else full


def indicator_score(
    indicator: Indicator, points: Fraction | None, answer: int | None = None
) -> IndicatorScore:
    """The score of an indicator that earned `points`; None = not assessed."""
    passed = None if points is None else points >= passing_points(indicator)
    return IndicatorScore(indicator.code, points, full_points(indicator), passed, answer)


def score_answer(indicator: Indicator, answer: int | None) -> IndicatorScore:
    """One indicator's score for one answer; None stays None."""
    points = None if answer is None else indicator_points(indicator, answer)
    return indicator_score(indicator, points, answer)


def total(
    standard: Standard, indicators: Mapping[str, IndicatorScore], assessors: tuple[str, ...] = ()
) -> Scores:
    """The sum of indicator scores (by code, every indicator of the standard), in the standard's order."""
    dimensions = []
    for dimension in standard.dimensions:
        own = [indicators[i.code] for i in dimension.indicators]
        dimensions.append(DimensionScore(dimension.code, added(own), sum(s.full for s in own)))
    ordered = tuple(indicators[i.code] for i in standard.indicators)
    points, full = added(ordered), sum(d.full for d in dimensions)
    return Scores(
        indicators=ordered,
        dimensions=tuple(dimensions),
        points=points,
        full=full,
        percent=percent(points, full) if all(s.points is not None for s in ordered) else None,
        assessors=assessors,
    )


def added(scores: Iterable[IndicatorScore]) -> Fraction:
    """The points of the indicators that were assessed."""
    return sum((s.points for s in scores if s.points is not None), Fraction())


def percent(points: Fraction, full: int) -> Fraction:
    """A share of full marks, in hundredths of a percent; 0 where full marks are 0."""
    return points * 10_000 / full if full else Fraction()


def score_sheet(standard: Standard, answers: Mapping[str, int | None]) -> Scores:
    """Scores of one sheet; an indicator without an answer is not assessed.

    Raises ValueError for an impossible answer.
    """
    return total(standard, {i.code: score_answer(i, answers.get(i.code)) for i in standard.indicators})
