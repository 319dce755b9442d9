"""A recorded decision in Thai: the one wording of kinds and contents, for lists and explanations."""

from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from mochocho.standards.schema import Standard
from mochocho.words import thai
from mochocho.words.model import Gate, Round
from processing.decisions.decision import (
    UNDOING,
    Certified,
    Decision,
    Erased,
    Kind,
    Merged,
    OnCard,
    Reconciled,
    Registered,
    Resolved,
    Ruled,
    Waived,
)
from processing.decisions.effects.on_cards import CardPage
from processing.decisions.meetings.outcomes import OUTCOMES
from processing.decisions.office.typed_rulings import MET, NOT_MET

_HERE = ZoneInfo("Asia/Bangkok")
KIND_TH: Mapping[Kind, str] = {
    Kind.DOCUMENT_ACCEPT: "รับเอกสาร",
    Kind.DOCUMENT_WAIVE: "ยกเว้นเอกสาร",
    Kind.DOCUMENT_RETURN: "ส่งคืนเอกสาร",
    Kind.ELIGIBILITY_OVERRIDE: "วินิจฉัยคุณสมบัติ",
    Kind.SCORE_RECONCILE: "ปรับคะแนนให้ตรงกัน",
    Kind.SHEETS_CLOSE: "ปิดรับแบบให้คะแนน",
    Kind.WITHDRAW: "ถอนใบสมัคร",
    Kind.MERGE: "รวมกับใบสมัครอื่น",
    Kind.DISTINCT: "ไม่ใช่รายเดียวกัน",
    Kind.CONTINUES: "เป็นผู้สมัครรายเดิมของปีก่อน",
    Kind.MATCH: "จับคู่แบบฟอร์มกับผู้สมัคร",
    Kind.RESOLUTION: "มติคณะกรรมการ",
    Kind.REGISTER: "ให้เลขทะเบียน",
    Kind.CERTIFY: "ออกหนังสือรับรอง",
    Kind.REOPEN: "เปิดพิจารณาใหม่",
    Kind.REVOKE: "เพิกถอน",
    Kind.OBJECT: "ถอนความยินยอม",
    Kind.CARD_PAGE: "วินิจฉัยภาพที่อาจมีบัตรประจำตัว",
    Kind.ERASE: "ลบข้อมูลส่วนบุคคล",
}
CONSENT_TH: Mapping[str, str] = {"photo": "ใช้ภาพถ่าย", "publication": "เผยแพร่ชื่อ"}
LEVELS_TH: Mapping[str, str] = {Gate.DISTRICT.value: "ระดับอำเภอ", Gate.PROVINCE.value: "ระดับจังหวัด"}
_ROUNDS = {Round.ONSITE: "ภาคสนาม", Round.PROVINCIAL: "รอบจังหวัด"}


def titles_of(standards: Iterable[Standard]) -> Mapping[str, str]:
    """What a decision may be about, by its code: documents, rules of eligibility, and indicators with their
    number. What these standards name differently is left out, as a decision says no type.
    """
    found: dict[str, set[str]] = {}
    for standard in standards:
        named = {one.code: one.th for one in standard.documents}
        named |= {one.code: one.th for one in standard.eligibility}
        named |= {one.code: f"{one.code} {one.th}" for one in standard.indicators}
        for code, th in named.items():
            found.setdefault(code, set()).add(th)
    return {code: names.pop() for code, names in found.items() if len(names) == 1}


def line(decision: Decision, titles: Mapping[str, str]) -> str:
    """`เลขที่ 12 · 29 พ.ย. 2569 · ถอนใบสมัคร · ย้ายออก · โดย …`: number, day, what, why and who.

    `titles`: as `titles_of` has them; a code that they lack is printed as it is.
    """
    day = decision.recorded_at.astimezone(_HERE).date() if decision.recorded_at else None
    parts = (
        f"เลขที่ {decision.number}",
        thai.date_short(day, thai_digits=False) if day else "",
        what(decision, titles),
        thai.normalise(decision.reason),
        f"โดย {decision.recorded_by}" if decision.recorded_by else "ไม่ระบุผู้บันทึก",
    )
    return " · ".join(part for part in parts if part)


def what(decision: Decision, titles: Mapping[str, str]) -> str:
    """What was decided, without why and who; `titles` as of `line`."""
    named = {**titles, **LEVELS_TH, **CONSENT_TH}
    about = _page(decision.about) if decision.kind is Kind.CARD_PAGE else decision.about
    about = named.get(about, about)
    said = [KIND_TH[decision.kind], about, _content(decision)]
    if decision.undoes is not None:
        said.append(f"{'' if decision.kind in UNDOING else 'แทน'}เลขที่ {decision.undoes}")
    return " ".join(filter(None, said))


def _page(place: str) -> str:
    page = CardPage.of(place)
    return f"{page.sha256[:12]}{f' หน้า {page.sheet}' if page.sheet else ''}" if page else place


def _content(decision: Decision) -> str:
    match decision.content:
        case Waived(seen_by):
            return f"ผู้เห็นตัวจริง {seen_by}"
        case Ruled(met):
            return f"({MET if met else NOT_MET})"
        case Reconciled(round_, answer):
            return f"รอบ{_ROUNDS.get(round_, round_)} เป็น {answer}".replace("รอบรอบ", "รอบ")
        case Merged(into):
            return f"รหัส {into}"
        case Registered(number):
            return f"เลขที่ {number}"
        case Certified(number, _, name):
            return f"เลขที่ {number} ในชื่อ {name}"
        case OnCard(card):
            return "มีข้อมูลของบุคคล ให้ปกปิดทั้งหน้า" if card else "ไม่มีบัตร แสดงได้ทั้งหน้า"
        case Erased(covered):
            return f"ปกปิดแถวที่บันทึกไว้ {len(covered)} แถว" if covered else ""
        case Resolved() as resolved:
            day = thai.date_words(resolved.meeting_date, thai_digits=False)
            later = f" ไปครั้งที่ {resolved.deferred_to}" if resolved.deferred_to else ""
            at = f"ครั้งที่ {resolved.meeting_no} วันที่ {day}"
            return f"{OUTCOMES[resolved.outcome]}{later} {resolved.committee} {at}"
    return ""
