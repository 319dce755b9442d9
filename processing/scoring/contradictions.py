"""Where an assessor's answer contradicts the applicant's own forms: a finding names both. Pure.

The pack says which indicator is compared with which form (`Indicator.compared_with`); attendance is compared
wherever it is computed from meetings. A form that never came contradicts nothing. Forms that came say how
often something was done at least; but a self-assessment lists all meetings, so their number is compared as it
is.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from mochocho.standards.schema import Count, Indicator, Percent, Standard
from mochocho.words.model import Finding, OwnWork, ReadFrom, Round, ScoreSheet, SelfAssessment, Value
from processing.findings.making import finding, of_round
from xlsforms import names


@dataclass(frozen=True, slots=True)
class OwnForms:
    """What came of the applicant. `records`: of knowledge; `documents`: code -> name, of those accepted."""

    own: OwnWork
    records: int = 0
    documents: Mapping[str, str] = field(default_factory=dict)

    @property
    def after(self) -> SelfAssessment | None:
        """The self-assessment after development, which lists the year's meetings."""
        return next((r.assessment for r in self.own.rounds if r.assessment.round is Round.SELF_AFTER), None)


@dataclass(frozen=True, slots=True)
class _Fact:
    """The answers that agree with a form, and how the form is named."""

    agree: Callable[[int], bool]
    values: Mapping[str, Value]


def check(
    standard: Standard,
    asked: Callable[[str], Standard],
    sheets: Iterable[ScoreSheet],
    forms: OwnForms,
) -> Iterator[Finding]:
    """A finding for each answer of these sheets that a form contradicts.

    `standard`: the cycle's criteria, which say what is compared; `asked`: those of a form version.
    """
    facts = {i.code: (i, fact) for i in standard.indicators if (fact := _fact(i, standard, forms))}
    for sheet in sheets:
        for own in asked(sheet.form_version).indicators:
            answer, (indicator, fact) = sheet.answers.get(own.code), facts.get(own.code, (None, None))
            if answer is None or indicator is None or fact is None or own.measure != indicator.measure:
                continue
            if not fact.agree(answer):
                read_from = ReadFrom(sheet.instance_id, names.indicator(own.code))
                said = {"who": sheet.assessor, "indicator": own.code, **_said(own, answer), **fact.values}
                yield of_round(finding("sheet.contradicts", own.code, read_from, **said), sheet.round)


def _said(indicator: Indicator, answer: int) -> dict[str, Value]:
    match indicator.measure:
        case Count(unit_th=unit):
            return {"counted": answer, "unit": unit}
        case Percent():
            return {"percent": answer}
    return {"found": answer}


def _fact(indicator: Indicator, standard: Standard, forms: OwnForms) -> _Fact | None:
    """What the forms say that this indicator asks; None where they say nothing."""
    if indicator.from_meetings:
        return _attendance(indicator, forms.after)
    form, _, document = indicator.compared_with.partition(":")
    match form:
        case "plan" if plan := forms.own.plan:
            there = int(bool(plan.items))
            return _Fact(lambda answer: answer == there, {"plan_items": len(plan.items)})
        case "self_assessments":
            rounds = sum(r.assessment.round is not Round.SELF_BEFORE for r in forms.own.rounds)
            return _at_least(rounds, rounds=rounds)
        case "meetings":
            return _meetings([i.code for i in standard.indicators if i.from_meetings], forms.after)
        case "knowledge":
            return _at_least(min(forms.records, 1), records=forms.records)
        case "document" if name := forms.documents.get(document):
            return _at_least(1, document=name)
    return None


def _at_least(least: int, **values: Value) -> _Fact | None:
    return _Fact(lambda answer: answer >= least, values) if least else None


def _meetings(codes: Collection[str], after: SelfAssessment | None) -> _Fact | None:
    if after is None:
        return None
    listed = [(len(after.meetings.get(code, ())), after.answers.get(code)) for code in codes]
    held = [count for count, percent in listed if count or percent == 0]  # 0: none was held, as it says
    return _Fact(lambda answer: answer in held, {"meetings": max(held)}) if held else None


def _attendance(indicator: Indicator, after: SelfAssessment | None) -> _Fact | None:
    """Computed percents are rounded down; one rounded up agrees unless that alone meets the threshold."""
    computed = after.answers.get(indicator.code) if after else None
    if after is None or computed is None or not isinstance(indicator.measure, Percent):
        return None
    threshold = indicator.measure.threshold
    held = len(after.meetings.get(indicator.code, ()))

    def agrees(answer: int) -> bool:
        return answer == computed or (answer == computed + 1 and answer != threshold)

    return _Fact(agrees, {"attendance": computed, "meetings": held})
