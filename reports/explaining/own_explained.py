"""The applicant's own forms: each self-assessment's marks, the meetings computed, and the plan. Pure."""

from collections.abc import Iterator

from mochocho.standards.schema import Indicator
from mochocho.words.model import HeldMeeting, PlanItem, SelfRound
from processing.findings.value_words import FORMS
from processing.scoring import attendance
from reports.explaining.explained_case import ExplainedCase, file_words
from reports.explaining.line_tree import SCREEN, Line, line
from reports.explaining.marks_explained import Answered, Answers, total
from reports.view.own.own_forms import READ_AS, amount, figure, short_day
from xlsforms import names


def own_lines(known: ExplainedCase) -> Iterator[Line]:
    """Every counted form of the applicant's own, in the order of the rounds, then the plan."""
    for one in known.case.own.rounds:
        yield _round(known, one)
    if plan := known.case.own.plan:
        agreed = f" ตกลงเมื่อ {short_day(plan.agreed_on, SCREEN)}" if plan.agreed_on else ""
        months = f" ระยะเวลา {plan.period_months} เดือน" if plan.period_months else ""
        yield line(
            f"แผนพัฒนาตนเอง {len(plan.items)} ข้อ{agreed}{months}",
            known.form(names.PLAN, plan.form_version, plan.instance_id),
            *(_item(known, place, item) for place, item in enumerate(plan.items, 1)),
            about="plan",
        )


def _round(known: ExplainedCase, one: SelfRound) -> Line:
    held = one.assessment
    pack = known.pack_of(names.SELF_ASSESSMENT, held.form_version)
    standard = pack.standard(known.case.application.type)
    on = f" ลงวันที่ {short_day(held.assessed_on, SCREEN)}" if held.assessed_on else ""
    return line(
        f"{FORMS[held.round]}{on}",
        known.form(names.SELF_ASSESSMENT, held.form_version, held.instance_id),
        total(pack, standard, one.scores, lambda indicator: Answers([_answered(known, one, indicator)]), ""),
        *(
            line(
                f"เกณฑ์ย่อย {own.indicator} {own.text}: เป้าหมาย {amount(own.target, own.unit, SCREEN)} ทำได้ "
                f"{figure(own.actual, SCREEN)} {own.note}"
            )
            for own in held.own
        ),
        about=held.round.value,
    )


def _answered(known: ExplainedCase, one: SelfRound, indicator: Indicator) -> Answered:
    held, code = one.assessment, indicator.code
    stands_in = [
        known.form(names.SELF_ASSESSMENT, held.form_version, held.instance_id, names.indicator(code))
    ]
    if meetings := held.meetings.get(code):
        stands_in.append(_meetings(indicator, meetings))
    if photo := held.evidence.get(code):
        stands_in.append(line(f"ภาพหลักฐาน {file_words(photo)}"))
    return Answered("ผู้สมัคร", indicator, held.answers.get(code), tuple(stands_in))


def _meetings(indicator: Indicator, held: tuple[HeldMeeting, ...]) -> Line:
    """Attendance counted from the list of meetings (rules.md 37)."""
    present = sum(m.present or 0 for m in held)
    members = sum(m.members or 0 for m in held)
    share = attendance.as_read(indicator, held)
    how = READ_AS[indicator.attendance]
    said = f"นับจากการประชุม {len(held)} ครั้ง: ผู้เข้าประชุมรวม {present} จากสมาชิกรวม {members} คน"
    worked = f"{how}ร้อยละ {share} (ปัดเศษทิ้ง)" if share is not None else "กรอกจำนวนไม่ครบ จึงยังไม่ประเมิน"
    return line(
        f"{said} = {worked} กติกา 37",
        *(
            line(
                f"{short_day(m.met_on, SCREEN)} {figure(m.present, SCREEN)}/{figure(m.members, SCREEN)} คน"
                f" ร้อยละ {figure(attendance.percent([m]), SCREEN)}"
            )
            for m in held
        ),
    )


def _item(known: ExplainedCase, place: int, item: PlanItem) -> Line:
    said = f"ข้อ {place} {item.indicator} {item.text}: เป้าหมาย {amount(item.target, item.unit, SCREEN)}"
    done = [
        line(f"{FORMS[one.assessment.round]}: ทำได้ {figure(result.actual, SCREEN)}")
        for one in known.case.own.rounds
        for result in one.assessment.own
        if result.item == item.id
    ]
    due = f" กำหนดแล้วเสร็จ {short_day(item.due, SCREEN)}" if item.due else ""
    return line(f"{said}{due}", *done)
