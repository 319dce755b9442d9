"""What the sample's assessors answer on a score sheet, and leaders about themselves, by indicator."""

from collections.abc import Iterator
from random import Random

from mochocho.app.demo.invented_people import rng_for
from mochocho.app.demo.sample_province import Course, Fault, Unit
from mochocho.standards.schema import Indicator, Standard
from xlsforms import names

_FAR_APART = (5, 2, 4)  # levels, by assessor
_UNABLE = 2  # which assessor could not assess it, where nobody has settled it


def of(unit: Unit, standard: Standard, assessor: int) -> dict[str, str]:
    """One assessor's answers, by the form's question."""
    answers = _answers(unit, standard, assessor)
    unable: dict[str, str] = {}
    if unit.fault is Fault.APART and assessor == _UNABLE:
        rubric = first_rubric(standard)
        del answers[rubric]
        unable = _cannot(standard, rubric)
    return {names.indicator(code): str(answer) for code, answer in answers.items()} | unable


def of_itself(standard: Standard, rng: Random) -> dict[str, str]:
    """A leader's answers about itself, by the form's question."""
    return {names.indicator(i.code): str(_answer(i, rng, low=False)) for i in standard.indicators}


def _cannot(standard: Standard, code: str) -> dict[str, str]:
    """That one indicator could not be assessed, and why."""
    (component,) = (
        component.code
        for dimension in standard.dimensions
        for component in dimension.components
        if any(indicator.code == code for indicator in component.indicators)
    )
    return {
        names.cannot(component): names.flat(code),
        names.not_assessed(code): "no_evidence",
    }


def _answers(unit: Unit, standard: Standard, assessor: int) -> dict[str, int]:
    """Assessors of a unit agree, but a later one gives the first rubric a level less; where they are to be
    far apart, more.
    """
    rng = rng_for(unit, "answers")
    answers = {i.code: _answer(i, rng, low=low) for i, low in _asked(unit, standard)}
    rubric = first_rubric(standard)
    if unit.course is Course.SETTLED or unit.fault is Fault.APART:
        answers[rubric] = _FAR_APART[assessor]
    elif assessor:
        answers[rubric] -= 1
    if unit.course is Course.CONTRADICTED:
        answers[next(i.code for i in standard.indicators if i.compared_with == "plan")] = 0
    return answers


def _asked(unit: Unit, standard: Standard) -> Iterator[tuple[Indicator, bool]]:
    """Every indicator, and whether the unit is weak there."""
    strong = len(standard.indicators) * 3 // 5
    for place, indicator in enumerate(standard.indicators):
        weak = unit.course is Course.IN_SPITE and place >= strong
        yield indicator, weak or unit.fault is Fault.LOW


def first_rubric(standard: Standard) -> str:
    """The indicator about which assessors differ, where they do."""
    return next(i.code for i in standard.indicators if i.measure.kind == "rubric")


def _answer(indicator: Indicator, rng: Random, low: bool) -> int:
    """An answer worth most of the marks on average, or for `low` less than half of them."""
    chance, measure = rng.random(), indicator.measure
    match measure.kind:
        case "count" | "percent":
            most = 100 if measure.kind == "percent" else measure.threshold + 4
            if low:
                return round(measure.threshold * chance * 0.6)
            return min(most, measure.threshold + round(chance * 4)) if chance > 0.2 else measure.threshold - 1
        case "yes_no":
            return int(chance > (0.5 if low else 0.08))
        case "rubric":
            return 2 + int(chance > 0.7) if low else 3 + int(chance > 0.2) + int(chance > 0.65)
