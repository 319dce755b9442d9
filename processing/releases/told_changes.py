"""What changed after a release, in a sentence; without the applicant's name, which stands before it. Pure."""

from collections.abc import Sequence

from mochocho.words.model import Gate
from mochocho.words.sentences import Sentence
from processing.releases.release_changes import COVERED, SHOWN, Change, ChangeKind

_GATE = {
    Gate.DISTRICT: Sentence("มติระดับอำเภอ", "the district committee's resolution"),
    Gate.PROVINCE: Sentence("มติระดับจังหวัด", "the provincial committee's resolution"),
}
_NAMED = {"name": Sentence("ชื่อ", "name"), "district": Sentence("อำเภอ", "district")}
KINDS = {
    ChangeKind.MEETING: Sentence("ข้อมูลการประชุมเปลี่ยน", "the meeting changed"),
    ChangeKind.CRITERIA: Sentence("เกณฑ์มาตรฐานของปีเปลี่ยน", "the year's criteria changed"),
    ChangeKind.ADDED: Sentence("เพิ่มเข้ามาหลังออกเอกสาร", "came after the release"),
    ChangeKind.REMOVED: Sentence("ใบสมัครถูกลบ", "the application was deleted"),
    ChangeKind.MOVED: Sentence("สถานะเปลี่ยน", "stands elsewhere"),
    ChangeKind.RENAMED: Sentence("แก้ชื่อหรืออำเภอ", "the name or district was corrected"),
    ChangeKind.EDITED: Sentence("แก้ไขใบสมัคร", "the application was edited"),
    ChangeKind.REASSESSED: Sentence(
        "ผลตรวจเอกสาร คะแนน หรือแผนเปลี่ยน", "documents, scores or the plan have another result"
    ),
    ChangeKind.RESOLVED: Sentence("มติเปลี่ยน", "the resolution changed"),
    ChangeKind.REGISTERED: Sentence("ให้เลขทะเบียน", "a number of the register was given"),
    ChangeKind.CONSENT: Sentence("ถอนความยินยอม", "consent was withdrawn"),
    ChangeKind.CARD: Sentence("วินิจฉัยภาพที่อาจมีบัตรประจำตัว", "pages that may show an ID card were decided"),
}
_CONSENTS = {
    "photo": Sentence("ถอนความยินยอมให้ใช้ภาพถ่าย", "consent to photos was withdrawn"),
    "publication": Sentence("ถอนความยินยอมให้เผยแพร่ชื่อ", "consent to publishing the name was withdrawn"),
}


_CARDS = {
    SHOWN: Sentence("วินิจฉัยว่าภาพไม่มีบัตรประจำตัว จึงแสดงทั้งหน้า", "no ID card on the page, which is shown whole"),
    COVERED: Sentence(
        "วินิจฉัยว่าภาพมีบัตรประจำตัว หรือเพิกถอนคำวินิจฉัยเดิม จึงปกปิดทั้งหน้า",
        "an ID card is on the page, or what was said is revoked; it is covered whole",
    ),
}


def told(change: Change) -> Sentence:
    """`มติระดับจังหวัด: จาก “ไม่มีมติ” เป็น “รับรอง ครั้งที่ 1/2568 …”`"""
    head = _head(change)
    if change.before and change.after:
        return Sentence(
            f"{head.th}: จาก “{change.before}” เป็น “{change.after}”",
            f'{head.en}: from "{change.before}" to "{change.after}"',
        )
    if change.after:
        return Sentence(f"{head.th}: {change.after}", f"{head.en}: {change.after}")
    if change.before:
        return Sentence(f"{head.th}: เดิม “{change.before}”", f'{head.en}: was "{change.before}"')
    return head


def counted(changes: Sequence[Change]) -> list[tuple[Sentence, int]]:
    """How many changes there are of each kind that there is one of."""
    found = ((said, sum(one.kind is kind for one in changes)) for kind, said in KINDS.items())
    return [(said, count) for said, count in found if count]


def _head(change: Change) -> Sentence:
    match change.kind:
        case ChangeKind.MEETING:
            return Sentence(f"แก้{change.name}", f"the meeting: {change.name}")
        case ChangeKind.RESOLVED:
            return _GATE[Gate(change.about)]
        case ChangeKind.CONSENT:
            return _CONSENTS[change.about]
        case ChangeKind.CARD:
            return _CARDS[change.about]
        case ChangeKind.RENAMED:
            named = _NAMED[change.about]
            return Sentence(f"แก้{named.th}", f"{named.en} corrected")
        case kind:
            return KINDS[kind]
