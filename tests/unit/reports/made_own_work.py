"""Hand-made plans and self-assessments for the papers."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from mochocho.standards.schema import Indicator
from mochocho.words.model import Case, HeldMeeting, Mentor, OwnResult, Plan, PlanItem, Round, SelfAssessment
from processing.assessment.own_work import own_work
from tests.unit.reports.made_cases import PACK

MEETINGS = (
    HeldMeeting(date(2025, 1, 15), 18, 30),
    HeldMeeting(date(2025, 2, 15), 24, 30),
    HeldMeeting(date(2025, 3, 15), 27, 30),
)


def item(number: int, indicator: str, text: str, target: int, unit: str) -> PlanItem:
    due = date(2025, 3, number)
    return PlanItem(
        f"item-{number}", indicator, text, target, unit, "ขาดทักษะ", "อบรม", "ม.ค.", "", "", "ใบลงทะเบียน", due
    )


def plan_of(case: Case) -> Plan:
    codes = [i.code for i in PACK.standard(case.application.type).indicators]
    return Plan(
        root_id="plan",
        instance_id="plan-v1",
        form_version="1",
        applicant_key=case.application.key,
        items=(
            item(1, codes[0], "จัดเวทีเรียนรู้ของสมาชิกร่วมกับปราชญ์ชาวบ้านและเครือข่ายในตำบลใกล้เคียง", 4, "ครั้ง"),
            item(2, codes[1], "ทบทวนระเบียบของกลุ่มให้เป็นปัจจุบัน", 1, "ฉบับ"),
            item(3, codes[1], "สมาชิกเข้าใจระเบียบ", 80, "ร้อยละ"),
        ),
        mentors=(Mentor("นายพี่เลี้ยง ตัวอย่าง", "อบต.รอบเวียง"), Mentor("นางสาวพัฒนา ตัวอย่าง", "สพอ.เมือง")),
        agreed_on=date(2025, 1, 10),
        agreed_with="สมาชิกกลุ่ม 25 คน และพัฒนากรผู้ประสานงานตำบล",
        period_months=9,
    )


def assessment(
    case: Case, round_: Round, day: date, part: int, own: Mapping[str, int | None] | None = None
) -> SelfAssessment:
    """About `part` tenths of every mark; `own`: item id -> what was done."""
    indicators = PACK.standard(case.application.type).indicators
    return SelfAssessment(
        root_id=f"{round_}-{day}",
        instance_id=f"{round_}-{day}-v1",
        form_version="1",
        applicant_key=case.application.key,
        round=round_,
        interval=3 if round_ is Round.SELF_PERIODIC else None,
        assessed_on=day,
        answers={i.code: _answer(i, part, n) for n, i in enumerate(indicators)},
        meetings={i.code: MEETINGS for i in indicators if i.from_meetings},
        own=tuple(
            OwnResult(id_, "G1.1.1", f"เกณฑ์ย่อย {id_}", 4, "ครั้ง", actual)
            for id_, actual in (own or {}).items()
        ),
    )


def _answer(indicator: Indicator, part: int, number: int) -> int:
    match indicator.measure.kind:
        case "yes_no":
            return int(number % 10 < part)
        case "rubric":
            return max(1, part // 2)
        case _:
            return indicator.measure.threshold * part // 10


def with_own_work(case: Case) -> Case:
    """The case with a plan, an assessment before, two between, one after."""
    after = {"item-1": 5, "item-2": 1, "gone": 2}
    forms = [
        assessment(case, Round.SELF_BEFORE, date(2025, 1, 5), 4),
        assessment(case, Round.SELF_PERIODIC, date(2025, 2, 5), 6, {"item-1": 2, "item-3": 60}),
        assessment(case, Round.SELF_PERIODIC, date(2025, 3, 5), 7),
        assessment(case, Round.SELF_AFTER, date(2025, 3, 30), 9, after),
    ]
    standard = PACK.standard(case.application.type)
    own = own_work(case.application, [plan_of(case)], forms, lambda _: standard, lambda _: standard)
    return replace(case, own=own)
