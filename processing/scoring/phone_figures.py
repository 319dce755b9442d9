"""Whether a phone's total agrees with its answers. Pure."""

from fractions import Fraction

from mochocho.standards.schema import Standard
from mochocho.words.model import Scores, ScoreSheet, SelfAssessment
from mochocho.words.numbers import half_up
from xlsforms import points


def agree(standard: Standard, form: ScoreSheet | SelfAssessment, scores: Scores) -> bool:
    """`scores`: of the same answers by the same standard. True where the form has no total to compare."""
    if form.phone_total is None:
        return True
    if form.phone_exact is None:  # forms from before exact fractions: each indicator was rounded down
        floored = sum(int(s.points or 0) for s in scores.indicators)
        return (form.phone_total, form.phone_max) == (floored, scores.full)
    exact = _as_the_form_adds(standard, form)
    shown = (form.phone_exact, form.phone_total, form.phone_max)
    return shown == (exact, half_up(exact * 100), scores.full)


def _as_the_form_adds(standard: Standard, form: ScoreSheet | SelfAssessment) -> Fraction:
    parts = points.denominator(standard)
    answered = ((i, form.answers.get(i.code)) for i in standard.indicators)
    earned = sum(points.indicator_parts(i, answer, parts) for i, answer in answered if answer is not None)
    return Fraction(earned, parts)
