"""An applicant's own part: which plan and self-assessments count, and what of them keeps g3-g5 shut. Pure.

Forms come in any order, a self-assessment before its plan or its application; what counts follows from what
they say; when they came decides only between two of one day (`days.recency`). Of several plans the one agreed
last counts, of several self-assessments of one round the last day's; the others are kept and named in a
finding.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from mochocho.standards.schema import Indicator, Standard
from mochocho.words import days, thai
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
)
from processing.findings import finding, listed, quoted
from processing.scoring import attendance, score
from xlsforms import names

ROUND_TH = {
    Round.SELF_BEFORE: "แบบประเมินตนเองก่อนพัฒนา",
    Round.SELF_PERIODIC: "แบบประเมินตนเองระหว่างพัฒนา",
    Round.SELF_AFTER: "แบบประเมินตนเองหลังพัฒนา",
}
PLAN_TH = "แผนพัฒนาตนเอง"

StandardOf = Callable[[str], Standard]  # by form version

Form = TypeVar("Form", Plan, SelfAssessment)


def own_work(
    application: Application,
    plans: Iterable[Plan],
    assessments: Iterable[SelfAssessment],
    planned_by: StandardOf,
    assessed_by: StandardOf,
) -> OwnWork:
    """What counts of an applicant's plans and self-assessments, whatever order they are given in.

    `planned_by`, `assessed_by`: the criteria of the applicant's type, by the version of either form.
    """
    remarks: list[Finding] = []
    own_plans = _admitted(application, plans, lambda _: PLAN_TH, remarks)
    theirs = _admitted(application, assessments, lambda a: ROUND_TH[a.round], remarks)
    theirs = [a for a in theirs if not _other_type(assessed_by(a.form_version), a, remarks)]
    plan = _last(own_plans, lambda p: p.agreed_on, lambda _: PLAN_TH, remarks)
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


def _admitted(
    application: Application, forms: Iterable[Form], name: Callable[[Form], str], remarks: list[Finding]
) -> list[Form]:
    """Those sent by an officer of the applicant's district, by root id."""
    admitted = []
    for form in sorted(forms, key=lambda f: f.root_id):
        if form.officer_districts is not None and application.district not in form.officer_districts:
            message = f"{name(form)}ส่งโดยเจ้าหน้าที่ของอำเภออื่น จึงยังไม่นับ ให้อำเภอเจ้าของพื้นที่ส่งใหม่"
            remarks.append(_about(form, "officer.other_district", message))
            continue
        if form.conflict:
            message = f"{name(form)}ถูกแก้ไขซ้อนกันสองทาง เก็บไว้ทั้งสองฉบับ ให้ตรวจว่าฉบับที่นับถูกต้อง"
            remarks.append(_about(form, "submission.conflict", message))
        for day in form.doubted:
            message = f"{name(form)}: {days.sentence(day, 'แบบ')}"
            remarks.append(_about(form, f"{_form_of(form)}.unlikely_date", message, path=day.path))
        admitted.append(form)
    return admitted


def _other_type(standard: Standard, assessment: SelfAssessment, remarks: list[Finding]) -> bool:
    if not assessment.answers or any(i.code in assessment.answers for i in standard.indicators):
        return False
    message = f"{ROUND_TH[assessment.round]}เป็นของผู้สมัครประเภทอื่น จึงไม่นับ ให้ประเมินใหม่ด้วยแบบของ{standard.th}"
    remarks.append(_about(assessment, "self_assessment.other_type", message))
    return True


def _counted(assessments: Sequence[SelfAssessment], remarks: list[Finding]) -> Iterator[SelfAssessment]:
    """The last one before and after development; every periodic one, by day."""
    for round_ in ROUND_TH:
        own = [a for a in assessments if a.round is round_]
        if round_ is Round.SELF_PERIODIC:
            yield from sorted(own, key=lambda a: _recency(a, a.assessed_on))
        elif last := _last(own, lambda a: a.assessed_on, lambda a: ROUND_TH[a.round], remarks):
            yield last


def _last(
    forms: Sequence[Form],
    day: Callable[[Form], date | None],
    name: Callable[[Form], str],
    remarks: list[Finding],
) -> Form | None:
    ordered = sorted(forms, key=lambda f: _recency(f, day(f)))
    for passed_over in ordered[:-1]:
        which = days.compared(day(ordered[-1]), day(passed_over))
        message = f"มี{name(passed_over)}มากกว่าหนึ่งชุด นับเฉพาะชุดของวันที่ล่าสุด ({which}) หากไม่ถูกต้องให้แก้ไขชุดที่นับ"
        remarks.append(_about(passed_over, f"{_form_of(passed_over)}.duplicate", message))
    return ordered[-1] if ordered else None


def _recency(form: Plan | SelfAssessment, day: date | None) -> days.Recency:
    return days.recency(day, form.received_at, form.root_id)


def _scored(standard: Standard, assessment: SelfAssessment) -> SelfRound:
    scores = score.score_sheet(standard, assessment.answers)
    return SelfRound(assessment, replace(scores, form_version=assessment.form_version))


def _incomplete(one: SelfRound) -> tuple[Finding, ...]:
    """What a self-assessment that was received lacks."""
    missing = tuple(s.code for s in one.scores.indicators if s.points is None)
    blank = sum(own.actual is None for own in one.assessment.own)
    name, found = ROUND_TH[one.assessment.round], []
    if missing:
        message = f"{name}ยังประเมินไม่ครบ {len(missing)} ตัวบ่งชี้ ({listed(missing)}) ให้แก้ไขแบบแล้วส่งใหม่"
        found.append(_about(one.assessment, "self_assessment.incomplete", message, blocking=True))
    if blank:
        message = f"{name}ยังไม่ได้กรอกผลตามเกณฑ์ย่อยของตนเอง {blank} ข้อ ให้แก้ไขแบบแล้วส่งใหม่"
        found.append(_about(one.assessment, "self_assessment.own_incomplete", message, blocking=True))
    return tuple(found)


def _plan_problems(standard: Standard, plan: Plan) -> Iterator[Finding]:
    """What a plan that was received lacks (rules.md 29)."""
    if not plan.items:
        message = f"{PLAN_TH}ยังไม่มีเกณฑ์ย่อยและเป้าหมายแม้แต่ข้อเดียว ให้แก้ไขแผนแล้วส่งใหม่"
        yield _about(plan, "plan.no_items", message, blocking=True)
    known = {i.code for i in standard.indicators}
    for number, item in enumerate(plan.items, 1):
        if item.indicator not in known:
            unknown = f"ตัวบ่งชี้ {quoted(item.indicator)} ไม่มีในเกณฑ์ของ{standard.th}"
            said = unknown if item.indicator else "ไม่ได้ระบุตัวบ่งชี้"
            message = f"{PLAN_TH} ข้อ {number}: {said} ให้แก้ไขแผนแล้วส่งใหม่"
            yield _about(plan, "plan.unknown_indicator", message, blocking=True)
        if lacks := tuple(_lacking(item)):
            message = f"{PLAN_TH} ข้อ {number}: ยังไม่ได้กรอก{listed(lacks, most=9)} ให้แก้ไขแผนแล้วส่งใหม่"
            yield _about(plan, "plan.item_incomplete", message, blocking=True)


def _lacking(item: PlanItem) -> Iterator[str]:
    """Rule 29: which knowledge, which method, when, which evidence. Who knows, and where, may come later."""
    asked = (
        (item.text, "เกณฑ์ย่อย"),
        (item.target, "เป้าหมาย"),
        (item.gap, "สิ่งที่ยังขาด"),
        (item.method, "วิธีพัฒนา"),
        (item.when or item.due or item.due_doubted, "กำหนดเวลา"),
        (item.evidence, "หลักฐานที่จะเก็บ"),
    )
    return (name for value, name in asked if not value)


def _round_remarks(standard: Standard, one: SelfRound) -> Iterator[Finding]:
    assessment, name = one.assessment, ROUND_TH[one.assessment.round]
    if assessment.assessed_on is None and not any(d.path == "assessed_on" for d in assessment.doubted):
        yield _about(assessment, "self_assessment.no_date", f"{name}ไม่ได้กรอกวันที่ประเมิน ให้แก้ไขแบบแล้วส่งใหม่")
    if assessment.signed is False:
        message = f"{name}ไม่มีลายมือชื่อผู้ประเมินตนเอง"
        yield _about(assessment, "self_assessment.not_signed", message, path="sign_applicant")
    phone, mine = (assessment.phone_total, assessment.phone_max), (one.scores.points, one.scores.full)
    if assessment.phone_total is not None and phone != mine:
        message = f"คะแนนบนโทรศัพท์ของ{name}ไม่ตรงกับที่ระบบคำนวณ ใช้คะแนนที่ระบบคำนวณ ให้ตรวจรุ่นของแบบฟอร์ม"
        yield _about(assessment, "score.phone_differs", message)
    if assessment.round is Round.SELF_AFTER:
        for indicator in standard.indicators:
            yield from _meetings_below(assessment, indicator)


def _meetings_below(assessment: SelfAssessment, indicator: Indicator) -> Iterator[Finding]:
    """Each meeting that is below by itself, should the rule be read so (rules.md 37)."""
    held = assessment.meetings.get(indicator.code, ())
    if indicator.measure.kind != "percent" or not held:
        return
    low = attendance.below(held, indicator.measure.threshold)
    if low:
        days = tuple(thai.date_short(m.met_on) if m.met_on else "ไม่ระบุวันที่" for m in low)
        message = (
            f"ตัวบ่งชี้ {indicator.code}: การประชุม {len(low)} จาก {len(held)} ครั้งมีผู้เข้าร่วมไม่ถึงร้อยละ "
            f"{indicator.measure.threshold} ({listed(days)}) ระบบคิดรวมทุกครั้ง "
            "หากจังหวัดกำหนดให้คิดเป็นรายครั้ง ให้คณะกรรมการพิจารณา"
        )
        yield _about(assessment, "self_assessment.meetings_below", message, subject=indicator.code)


def _items_not_assessed(plan: Plan, after: SelfAssessment) -> Iterator[Finding]:
    """Sub-criteria that the phone did not show after development: its list was older than the plan."""
    done = {own.item for own in after.own}
    missing = tuple(quoted(item.text) for item in plan.items if item.id not in done)
    if missing:
        message = (
            f"{ROUND_TH[Round.SELF_AFTER]}ไม่มีผลของเกณฑ์ย่อยตามแผน {len(missing)} ข้อ ({listed(missing)}) "
            "ให้ดาวน์โหลดแบบฟอร์มใหม่ แล้วแก้ไขแบบประเมินและส่งอีกครั้ง"
        )
        yield _about(after, "self_assessment.items_missing", message)


def _days_turned_round(before: SelfAssessment, after: SelfAssessment) -> Iterator[Finding]:
    if before.assessed_on and after.assessed_on and after.assessed_on < before.assessed_on:
        message = (
            f"{ROUND_TH[Round.SELF_AFTER]}ลงวันที่ {thai.date_short(after.assessed_on)} ก่อน"
            f"{ROUND_TH[Round.SELF_BEFORE]} ({thai.date_short(before.assessed_on)}) ให้ตรวจวันที่แล้วแก้ไข"
        )
        yield _about(after, "self_assessment.order", message)


def _form_of(form: Plan | SelfAssessment) -> str:
    return "plan" if isinstance(form, Plan) else "self_assessment"


def _about(
    form: Plan | SelfAssessment,
    code: str,
    message: str,
    *,
    blocking: bool = False,
    subject: str = "",
    path: str = "",
) -> Finding:
    form_id = names.PLAN if isinstance(form, Plan) else names.SELF_ASSESSMENT
    read_from = ReadFrom(form.instance_id, path)
    return finding(code, subject or form_id, message, blocking=blocking, read_from=read_from)
