"""Findings about an applicant's own part: its plan and its self-assessments (rules.md 22, 29). Pure."""

from mochocho.words.model import Severity
from processing.findings.entry import Entry, Wording, entry

_BLOCKING = Severity.BLOCKING
_FORM_AGAIN = "ให้แก้ไขแบบแล้วส่งใหม่"
_PLAN_AGAIN = "ให้แก้ไขแผนแล้วส่งใหม่"
_PLAN = "แผนพัฒนาตนเอง"
_ITEM = f"{_PLAN} ข้อ {{number}}"
_DUPLICATE = Wording("มี{form:form}มากกว่าหนึ่งชุด นับเฉพาะชุดของวันที่ล่าสุด ({days:compared})", "หากไม่ถูกต้องให้แก้ไขชุดที่นับ")
_UNLIKELY_DATE = Wording(
    "{form:form}: {what} {written:quoted} {doubt:doubt} จึงยังไม่นับวันที่นี้", "{doubt:doubt_mend} แล้วแก้ไขแบบ"
)
_MEETINGS = (
    "ตัวบ่งชี้ {indicator}: การประชุม {low:count} จาก {held} ครั้งมีผู้เข้าร่วมไม่ถึงร้อยละ {threshold} ({low:days}) "
    "ระบบคิดรวมทุกครั้ง"
)
_COMMITTEE_MAY = "หากจังหวัดกำหนดให้คิดเป็นรายครั้ง ให้คณะกรรมการพิจารณา"

OWN_WORK: tuple[Entry, ...] = (
    entry("plan.duplicate", "29", _DUPLICATE),
    entry("plan.unlikely_date", "29", _UNLIKELY_DATE),
    entry(
        "plan.no_items",
        "29",
        Wording(f"{_PLAN}ยังไม่มีเกณฑ์ย่อยและเป้าหมายแม้แต่ข้อเดียว", _PLAN_AGAIN, severity=_BLOCKING),
    ),
    entry(
        "plan.unknown_indicator",
        "29",
        Wording(
            f"{_ITEM}: ตัวบ่งชี้ {{indicator:quoted}} ไม่มีในเกณฑ์ของ{{standard}}", _PLAN_AGAIN, severity=_BLOCKING
        ),
        Wording(f"{_ITEM}: ไม่ได้ระบุตัวบ่งชี้", _PLAN_AGAIN, severity=_BLOCKING),
    ),
    entry(
        "plan.item_incomplete",
        "29",
        Wording(f"{_ITEM}: ยังไม่ได้กรอก{{lacks:plan_parts}}", _PLAN_AGAIN, severity=_BLOCKING),
    ),
    entry("self_assessment.duplicate", "29", _DUPLICATE),
    entry("self_assessment.unlikely_date", "29", _UNLIKELY_DATE),
    entry(
        "self_assessment.other_type",
        "29",
        Wording(
            "{form:form}เป็นของผู้สมัครประเภทอื่น จึงไม่นับ",
            "ให้ประเมินใหม่ด้วยแบบของ{standard}",
            "{form:form}เป็นแบบของผู้สมัครประเภทอื่น จึงไม่นับ",
        ),
    ),
    entry(
        "self_assessment.incomplete",
        "29",
        Wording(
            "{form:form}ยังประเมินไม่ครบ {indicators:count} ตัวบ่งชี้ ({indicators:listed})",
            _FORM_AGAIN,
            severity=_BLOCKING,
        ),
    ),
    entry(
        "self_assessment.own_incomplete",
        "29",
        Wording("{form:form}ยังไม่ได้กรอกผลตามเกณฑ์ย่อยของตนเอง {blank} ข้อ", _FORM_AGAIN, severity=_BLOCKING),
    ),
    entry(
        "self_assessment.not_signed",
        "29",
        Wording("{form:form}ไม่มีลายมือชื่อผู้ประเมินตนเอง", "ให้แก้ไขแบบแล้วลงลายมือชื่อ"),
    ),
    entry("self_assessment.no_date", "29", Wording("{form:form}ไม่ได้กรอกวันที่ประเมิน", _FORM_AGAIN)),
    entry(
        "self_assessment.meetings_below",
        "37",
        Wording(_MEETINGS, _COMMITTEE_MAY, f"{_MEETINGS} {_COMMITTEE_MAY}"),
    ),
    entry(
        "self_assessment.items_missing",
        "29",
        Wording(
            "{form:form}ไม่มีผลของเกณฑ์ย่อยตามแผน {items:count} ข้อ ({items:quoted_list})",
            "ให้ดาวน์โหลดแบบฟอร์มใหม่ แล้วแก้ไขแบบประเมินและส่งอีกครั้ง",
        ),
    ),
    entry(
        "self_assessment.order",
        "29",
        Wording("{form:form}ลงวันที่ {day:day} ก่อน{earlier_form:form} ({earlier_day:day})", "ให้ตรวจวันที่แล้วแก้ไข"),
    ),
)
