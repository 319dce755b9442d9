"""Is the question about a document answered, in a way the pack allows? (rules.md, section C)"""

from mochocho.words.model import Finding
from processing.documents.asked import Asked
from processing.findings import quoted

BY_SUPPLEMENT = "ให้ส่งด้วยแบบ “ส่งเอกสารเพิ่มเติม”"


def not_offered(asked: Asked) -> bool:
    """An optional document that was not sent: nothing is wrong with that."""
    return not asked.document.mandatory and asked.answer.status in ("", "later")


def check(asked: Asked) -> list[Finding]:
    """What is wrong with the answer itself; files are looked at elsewhere."""
    match asked.answer.status:
        case "attached":
            return _attached(asked)
        case "signed":
            return _signed(asked)
        case "waived":
            return _waived(asked)
        case "later":
            message = f"ยังไม่ได้ส่ง{asked.document.th} (แจ้งว่าจะส่งภายหลัง) {BY_SUPPLEMENT}"
            return [asked.finding("document.later", message)]
        case "":
            message = f"ยังไม่ได้ตอบเรื่อง{asked.document.th} {BY_SUPPLEMENT}"
            return [asked.finding("document.not_answered", message)]
        case unknown:
            return [asked.finding("document.unknown_answer", _unknown(asked, unknown))]


def _unknown(asked: Asked, status: str) -> str:
    return (
        f"คำตอบเรื่อง{asked.document.th}คือ {quoted(status)} ซึ่งไม่มีในแบบฟอร์มของรอบนี้ ให้รับแบบฟอร์มฉบับล่าสุดแล้วตอบใหม่"
    )


def _attached(asked: Asked) -> list[Finding]:
    if asked.answer.pages:
        return []
    message = f"แจ้งว่าแนบ{asked.document.th}แล้ว แต่ไม่มีภาพ ให้ถ่ายภาพเอกสารแล้วส่งใหม่"
    return [asked.finding("document.no_pages", message)]


def _signed(asked: Asked) -> list[Finding]:
    if asked.document.capture != "signed_form":
        return [asked.finding("document.unknown_answer", _unknown(asked, "signed"))]
    if asked.answer.pages:
        return []
    message = f"{asked.document.th}ยังไม่มีลายมือชื่อ ให้ลงลายมือชื่อบนจอหรือถ่ายภาพใบสมัครที่ลงนามแล้ว"
    return [asked.finding("document.signature_missing", message)]


def _waived(asked: Asked) -> list[Finding]:
    if not asked.document.waivable:
        message = f"{asked.document.th}ยกเว้นไม่ได้ตามเกณฑ์ของรอบนี้ ให้แนบเอกสาร"
        return [asked.finding("document.not_waivable", message)]
    if not asked.answer.waived_by:
        message = f"ยกเว้น{asked.document.th}โดยไม่ระบุผู้ตรวจตัวจริง ให้ระบุชื่อผู้ที่ได้เห็นเอกสารตัวจริง"
        return [asked.finding("document.waiver_unnamed", message)]
    return []
