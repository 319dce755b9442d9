"""Findings about resolutions, and about a pass that the evidence is against. Pure."""

from mochocho.words.model import Severity
from processing.findings.entry import Entry, Wording, entry

AGAINST = "against."  # how codes of evidence against a pass begin
RESOLVED = "resolution."  # how codes of what committees resolved begin

_RULE = "45"
_MEETING = "{committee} ครั้งที่ {meeting} วันที่ {day:day}"
_FAILED = f"{_MEETING} มีมติไม่รับรอง"
_DEFERRED = f"{_MEETING} มีมติเลื่อนการพิจารณาไปครั้งที่ {{to}}"
_CONDITIONAL = f"{_MEETING} มีมติรับรองแบบมีเงื่อนไข: {{condition}}"
_DUE = "ภายในวันที่ {due:day}"
_RESOLVED = "ผลเป็นไปตามมติของคณะกรรมการ"
_CONFIRM = "ให้คณะกรรมการทบทวนมติ หรือยืนยันโดยให้เหตุผล แล้วบันทึกมติใหม่"
_CONFIRMED = "ให้ตรวจว่าเหตุผลนี้อยู่ในรายงานการประชุม"


def _against(code: str, *whats: str) -> Entry:
    """Evidence against a pass, worded for a pass without a reason and for one with the committee's reason."""
    worded = (
        wording
        for what in whats
        for wording in (
            Wording(f"{_MEETING} มีมติผ่านทั้งที่{what}", _CONFIRM, what),
            Wording(f"{_MEETING} มีมติผ่านทั้งที่{what} เหตุผลของคณะกรรมการ: {{reason}}", _CONFIRMED, what),
        )
    )
    return entry(f"{AGAINST}{code}", _RULE, *worded)


RESOLUTIONS: tuple[Entry, ...] = (
    _against(
        "below_pass",
        "คะแนนรวมร้อยละ {percent:hundredths} ต่ำกว่าเกณฑ์ร้อยละ {needed}",
        "คะแนนรวมต่ำกว่าเกณฑ์ร้อยละ {needed} อยู่ไม่ถึง 0.01",
    ),
    _against("required_not_met", "ตัวบ่งชี้บังคับยังไม่ผ่าน ({indicators:listed})"),
    _against("partly_assessed", "ยังประเมินไม่ครบ {indicators:count} ตัวบ่งชี้ ({indicators:listed})"),
    _against("unreconciled", "ยังไม่ได้ประมวลคะแนนที่กรรมการให้ต่างกันเกินเกณฑ์ ({indicators:listed})"),
    _against("document_missing", "ยังไม่มีเอกสารบังคับ ({documents:listed})"),
    _against("document_unreadable", "เอกสารบังคับเปิดอ่านไม่ได้ ({documents:listed})"),
    _against("document_returned", "เอกสารบังคับถูกส่งคืน ({documents:listed})"),
    _against("document_unjudged", "เอกสารบังคับที่ส่งมาใหม่ยังไม่มีผู้ตรวจ ({documents:listed})"),
    _against("not_eligible", "คุณสมบัติยังไม่ครบ ({rules:listed})"),
    _against("held", "ใบสมัครถูกระงับไว้"),
    _against("edited", "{what:edited} ถูกแก้ไขหลังจากมีมติ"),
    _against("no_district_pass", "ยังไม่มีมติผ่านของคณะกรรมการระดับอำเภอ"),
    _against("before_district", "คณะกรรมการระดับอำเภอมีมติผ่านภายหลัง (วันที่ {district_day:day})"),
    entry(
        "resolution.conditional",
        _RULE,
        Wording(
            f"{_CONDITIONAL} {_DUE}",
            "เมื่อครบตามเงื่อนไขแล้ว ให้คณะกรรมการมีมติแล้วบันทึกมติใหม่",
            field=f"{{condition}} {_DUE}",
        ),
    ),
    entry(
        "resolution.deferred",
        _RULE,
        Wording(
            f"{_DEFERRED}: {{reason}}",
            "ให้เสนอใหม่ในการประชุมครั้งนั้น แล้วบันทึกมติ",
            field=f"{_DEFERRED}: {{reason}}",
        ),
        Wording(_DEFERRED, "ให้เสนอใหม่ในการประชุมครั้งนั้น แล้วบันทึกมติ", field=_DEFERRED),
    ),
    entry(
        "resolution.failed",
        _RULE,
        Wording(
            f"{_FAILED}: {{reason}}", _RESOLVED, field=f"{_FAILED}: {{reason}}", severity=Severity.BLOCKING
        ),
        Wording(_FAILED, _RESOLVED, field=_FAILED, severity=Severity.BLOCKING),
    ),
)
