"""Which plan and self-assessments of an applicant count, and what keeps g3-g5 shut. Pure.

Forms come in any order, even a self-assessment before its plan or application. What counts follows from their
answers; the time of arrival decides only between two of the same day (`days.recency`). Of several plans the
one agreed last counts, of several self-assessments of one round the one with the last day, of periodic ones
one a day; the others are kept and named in a finding.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import TypeVar

from mochocho.standards.schema import Indicator, Standard
from mochocho.words import days
from mochocho.words.model import (
    Application,
    Finding,
    OwnWork,
    Plan,
    PlanItem,
    ReadFrom,
    Round,
    SelfAssessment,
    SelfRound,
    Value,
)
from processing.findings.making import doubted, finding, two_days
from processing.findings.value_words import PLAN
from processing.scoring import attendance, phone_figures, score
from xlsforms import names

_ROUNDS = (Round.SELF_BEFORE, Round.SELF_PERIODIC, Round.SELF_AFTER)

StandardOf = Callable[[str], Standard]  # by form version

Form = TypeVar("Form", Plan, SelfAssessment)


def own_work(
    application: Application,
    plans: Iterable[Plan],
    assessments: Iterable[SelfAssessment],
    planned_by: StandardOf,
    assessed_by: StandardOf,
) -> OwnWork:
    """The plan and self-assessments that count, in whatever order they are given.

    `planned_by`, `assessed_by`: the criteria of the applicant's type, by the version of either form.
    """
    remarks: list[Finding] = []
    own_plans = _admitted(application, plans, remarks)
    theirs = _admitted(application, assessments, remarks)
    theirs = [a for a in theirs if not _other_type(assessed_by(a.form_version), a, remarks)]
    plan = _last(own_plans, lambda p: p.agreed_on, remarks)
    rounds = tuple(_scored(assessed_by(a.form_version), a) for a in _counted(theirs, remarks))
    for one in rounds:
        remarks += _round_remarks(assessed_by(one.assessment.form_version), one)
    by_round = {r.assessment.round: r for r in rounds}
    before, after = by_round.get(Round.SELF_BEFORE), by_round.get(Round.SELF_AFTER)
    if plan and after:
        remarks += _items_not_assessed(plan, after.assessment)
    if before and after:
        remarks += _days_turned_round(before.assessment, after.assessment)
    return OwnWork(
        plan=plan,
        rounds=rounds,
        before=_incomplete(before) if before else None,
        planned=tuple(_plan_problems(planned_by(plan.form_version), plan)) if plan else None,
        after=_incomplete(after) if after else None,
        remarks=tuple(remarks),
    )


def _admitted(application: Application, forms: Iterable[Form], remarks: list[Finding]) -> list[Form]:
    """The forms sent by an officer of the applicant's district, by root id."""
    admitted = []
    for form in sorted(forms, key=lambda f: f.root_id):
        if not application.is_theirs(form.officer_districts):
            remarks.append(_about(form, "officer.other_district", form=_which(form)))
            continue
        if form.conflict:
            remarks.append(_about(form, "submission.conflict", form=_which(form)))
        for day in form.doubted:
            code = f"{_form_of(form)}.unlikely_date"
            remarks.append(_about(form, code, day.path, form=_which(form), **doubted(day)))
        admitted.append(form)
    return admitted


def _other_type(standard: Standard, assessment: SelfAssessment, remarks: list[Finding]) -> bool:
    if not assessment.answers or any(i.code in assessment.answers for i in standard.indicators):
        return False
    values = {"form": _which(assessment), "standard": standard.th}
    remarks.append(_about(assessment, "self_assessment.other_type", **values))
    return True


def _counted(assessments: Sequence[SelfAssessment], remarks: list[Finding]) -> Iterator[SelfAssessment]:
    """The last one before and after development; periodic ones by day."""
    for round_ in _ROUNDS:
        own = [a for a in assessments if a.round is round_]
        if round_ is Round.SELF_PERIODIC:
            yield from _periodic(own, remarks)
        elif last := _last(own, lambda a: a.assessed_on, remarks):
            yield last


def _periodic(own: Sequence[SelfAssessment], remarks: list[Finding]) -> Iterator[SelfAssessment]:
    """By day, one of each day: two of the same day are one that was sent twice."""
    ordered = sorted(own, key=lambda a: _recency(a, a.assessed_on))
    for day, same in groupby(ordered, key=lambda a: a.assessed_on):
        if day is None:
            yield from same
        elif last := _last(tuple(same), lambda a: a.assessed_on, remarks):
            yield last


def _last(
    forms: Sequence[Form],
    day: Callable[[Form], date | None],
    remarks: list[Finding],
) -> Form | None:
    ordered = sorted(forms, key=lambda f: _recency(f, day(f)))
    for passed_over in ordered[:-1]:
        kept, code = ordered[-1], f"{_form_of(passed_over)}.duplicate"
        both = two_days(day(kept), day(passed_over), kept.received_at, passed_over.received_at)
        remarks.append(_about(passed_over, code, form=_which(passed_over), days=both))
    return ordered[-1] if ordered else None


def _recency(form: Plan | SelfAssessment, day: date | None) -> days.Recency:
    return days.recency(day, form.received_at, form.root_id)


def _scored(standard: Standard, assessment: SelfAssessment) -> SelfRound:
    scores = score.score_sheet(standard, assessment.answers)
    return SelfRound(assessment, replace(scores, form_version=assessment.form_version))


def _incomplete(one: SelfRound) -> tuple[Finding, ...]:
    """What is missing in a self-assessment."""
    missing = tuple(s.code for s in one.scores.indicators if s.points is None)
    blank = sum(own.actual is None for own in one.assessment.own)
    form, found = _which(one.assessment), []
    if missing:
        found.append(_about(one.assessment, "self_assessment.incomplete", form=form, indicators=missing))
    if blank:
        found.append(_about(one.assessment, "self_assessment.own_incomplete", form=form, blank=blank))
    return tuple(found)


def _plan_problems(standard: Standard, plan: Plan) -> Iterator[Finding]:
    """What is missing in a plan (rules.md 29)."""
    if not plan.items:
        yield _about(plan, "plan.no_items")
    known = {i.code for i in standard.indicators}
    for number, item in enumerate(plan.items, 1):
        if item.indicator not in known:
            named = {"indicator": item.indicator, "standard": standard.th} if item.indicator else {}
            yield _about(plan, "plan.unknown_indicator", number=number, **named)
        if lacks := tuple(_lacking(item)):
            yield _about(plan, "plan.item_incomplete", number=number, lacks=lacks)


def _lacking(item: PlanItem) -> Iterator[str]:
    """Rule 29: which knowledge, which method, when, which evidence.

    Who knows, and where, may be filled in later.
    """
    asked = (
        (item.text, "text"),
        (item.target, "target"),
        (item.gap, "gap"),
        (item.method, "method"),
        (item.when or item.due or item.due_doubted, "when"),
        (item.evidence, "evidence"),
    )
    return (part for value, part in asked if not value)


def _round_remarks(standard: Standard, one: SelfRound) -> Iterator[Finding]:
    assessment, form = one.assessment, _which(one.assessment)
    if assessment.assessed_on is None and not any(d.path == "assessed_on" for d in assessment.doubted):
        yield _about(assessment, "self_assessment.no_date", form=form)
    if assessment.signed is False:
        yield _about(assessment, "self_assessment.not_signed", "sign_applicant", form=form)
    if not phone_figures.agree(standard, assessment, one.scores):
        yield _about(assessment, "score.phone_differs", form=form)
    if assessment.round is Round.SELF_AFTER:
        for indicator in standard.indicators:
            yield from _meetings_below(assessment, indicator)


def _meetings_below(assessment: SelfAssessment, indicator: Indicator) -> Iterator[Finding]:
    """The meetings whose own attendance is too low, in case the rule means each meeting (rules.md 37)."""
    held = assessment.meetings.get(indicator.code, ())
    if indicator.measure.kind != "percent" or indicator.attendance != "together" or not held:
        return
    low = attendance.below(held, indicator.measure.threshold)
    if low:
        yield _about(
            assessment,
            "self_assessment.meetings_below",
            "",
            indicator.code,
            indicator=indicator.code,
            low=tuple(m.met_on.isoformat() if m.met_on else "" for m in low),
            held=len(held),
            threshold=indicator.measure.threshold,
        )


def _items_not_assessed(plan: Plan, after: SelfAssessment) -> Iterator[Finding]:
    """Sub-criteria that the phone did not show after development: its list was older than the plan."""
    done = {own.item for own in after.own}
    missing = tuple(item.text for item in plan.items if item.id not in done)
    if missing:
        yield _about(after, "self_assessment.items_missing", form=_which(after), items=missing)


def _days_turned_round(before: SelfAssessment, after: SelfAssessment) -> Iterator[Finding]:
    if before.assessed_on and after.assessed_on and after.assessed_on < before.assessed_on:
        yield _about(
            after,
            "self_assessment.order",
            form=_which(after),
            day=after.assessed_on.isoformat(),
            earlier_form=_which(before),
            earlier_day=before.assessed_on.isoformat(),
        )


def _form_of(form: Plan | SelfAssessment) -> str:
    return "plan" if isinstance(form, Plan) else "self_assessment"


def _which(form: Plan | SelfAssessment) -> str:
    """Which of the applicant's forms it is, as sentences name it."""
    return PLAN if isinstance(form, Plan) else form.round.value


def _about(
    own: Plan | SelfAssessment, code: str, path: str = "", subject: str = "", /, **values: Value
) -> Finding:
    form_id = names.PLAN if isinstance(own, Plan) else names.SELF_ASSESSMENT
    return finding(code, subject or form_id, ReadFrom(own.instance_id, path), **values)
