"""Which passages of a meeting's letters an office may write itself, and what may be filled in there. Pure.

Their standard words are in `reports/view/letters/standard_texts.py`, those of certificates and letters with
results in the files of `reports/wording`. The passages of a letter are the parts that official letters have:
ภาคเหตุ, ภาคความประสงค์, ภาคสรุป (thai-papers.md 2).
"""

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from enum import StrEnum
from typing import Final

from mochocho.words.sentences import Sentence, plain
from processing.meetings.filled_places import unknown


class Written(StrEnum):
    """A paper with such passages."""

    INVITATION = "invitation"
    MEMBERS = "members"
    CIRCULAR = "circular"
    MEMO = "memo"
    ORDER = "order"
    ANNOUNCEMENT = "announcement"
    CERTIFICATE = "certificate"
    TO_DISTRICTS = "to_districts"
    NOT_CERTIFIED = "not_certified"
    CONDITIONAL = "conditional"
    DEFERRED = "deferred"


class Passage(StrEnum):
    """One passage, by its paper; in the order in which they are printed."""

    INVITATION_OPENING = "invitation.opening"
    INVITATION_CALLED = "invitation.called"
    INVITATION_REQUEST = "invitation.request"
    INVITATION_ANSWER = "invitation.answer"
    INVITATION_CLOSING = "invitation.closing"
    MEMBERS_REQUEST = "members.request"
    MEMBERS_CLOSING = "members.closing"
    CIRCULAR_OPENING = "circular.opening"
    CIRCULAR_REQUEST = "circular.request"
    CIRCULAR_CLOSING = "circular.closing"
    MEMO_OPENING = "memo.opening"
    MEMO_DONE = "memo.done"
    MEMO_CLOSING = "memo.closing"
    ORDER_OPENING = "order.opening"
    ORDER_APPOINTS = "order.appoints"
    ORDER_HOLDS = "order.holds"
    ANNOUNCEMENT_OPENING = "announcement.opening"
    ANNOUNCEMENT_LIST = "announcement.list"
    ANNOUNCEMENT_CLOSING = "announcement.closing"
    CERTIFICATE_TITLE = "certificate.title"
    CERTIFICATE_ABOVE = "certificate.above"
    CERTIFICATE_LEADER = "certificate.leader"
    CERTIFICATE_GROUP = "certificate.group"
    CERTIFICATE_NETWORK = "certificate.network"
    CERTIFICATE_COMMUNITY = "certificate.community"
    CERTIFICATE_BELOW = "certificate.below"
    CERTIFICATE_GIVEN = "certificate.given"
    TO_DISTRICTS_BODY = "to_districts.body"
    NOT_CERTIFIED_BODY = "not_certified.body"
    NOT_CERTIFIED_OBJECTION = "not_certified.objection"
    CONDITIONAL_BODY = "conditional.body"
    DEFERRED_BODY = "deferred.body"

    @property
    def paper(self) -> Written:
        return Written(self.value.partition(".")[0])


PAPERS: Final[Mapping[Written, str]] = {
    Written.INVITATION: "หนังสือเชิญประชุม",
    Written.MEMBERS: "หนังสือเชิญกรรมการ",
    Written.CIRCULAR: "หนังสือเวียน",
    Written.MEMO: "บันทึกข้อความ",
    Written.ORDER: "คำสั่งแต่งตั้ง",
    Written.ANNOUNCEMENT: "ประกาศรายชื่อ",
    Written.CERTIFICATE: "หนังสือรับรอง",
    Written.TO_DISTRICTS: "หนังสือแจ้งผลถึงอำเภอ",
    Written.NOT_CERTIFIED: "หนังสือแจ้งผลไม่รับรอง",
    Written.CONDITIONAL: "หนังสือแจ้งผลแบบมีเงื่อนไข",
    Written.DEFERRED: "หนังสือแจ้งผลเลื่อนพิจารณา",
}
TITLES: Final[Mapping[Passage, str]] = {
    Passage.INVITATION_OPENING: "ภาคเหตุ",
    Passage.INVITATION_CALLED: "กำหนดการประชุม",
    Passage.INVITATION_REQUEST: "ภาคความประสงค์",
    Passage.INVITATION_ANSWER: "การตอบรับ",
    Passage.INVITATION_CLOSING: "ภาคสรุป",
    Passage.MEMBERS_REQUEST: "ภาคความประสงค์",
    Passage.MEMBERS_CLOSING: "ภาคสรุป",
    Passage.CIRCULAR_OPENING: "ภาคเหตุ",
    Passage.CIRCULAR_REQUEST: "ภาคความประสงค์",
    Passage.CIRCULAR_CLOSING: "ภาคสรุป",
    Passage.MEMO_OPENING: "ภาคเหตุ",
    Passage.MEMO_DONE: "สิ่งที่ดำเนินการแล้ว",
    Passage.MEMO_CLOSING: "ภาคสรุป",
    Passage.ORDER_OPENING: "ภาคเหตุ",
    Passage.ORDER_APPOINTS: "การแต่งตั้ง",
    Passage.ORDER_HOLDS: "วันที่มีผล",
    Passage.ANNOUNCEMENT_OPENING: "มติที่ประกาศ",
    Passage.ANNOUNCEMENT_LIST: "การประกาศรายชื่อ",
    Passage.ANNOUNCEMENT_CLOSING: "ข้อความปิดท้าย",
    Passage.CERTIFICATE_TITLE: "ชื่อหนังสือ",
    Passage.CERTIFICATE_ABOVE: "ข้อความเหนือชื่อผู้ได้รับ",
    Passage.CERTIFICATE_LEADER: "ข้อความรับรองผู้นำชุมชน",
    Passage.CERTIFICATE_GROUP: "ข้อความรับรองกลุ่มองค์กรชุมชน",
    Passage.CERTIFICATE_NETWORK: "ข้อความรับรองเครือข่าย",
    Passage.CERTIFICATE_COMMUNITY: "ข้อความรับรองชุมชน",
    Passage.CERTIFICATE_BELOW: "ข้อความใต้การรับรอง",
    Passage.CERTIFICATE_GIVEN: "วันที่ให้ไว้",
    Passage.TO_DISTRICTS_BODY: "ข้อความ",
    Passage.NOT_CERTIFIED_BODY: "ข้อความ",
    Passage.NOT_CERTIFIED_OBJECTION: "สิทธิโต้แย้ง",
    Passage.CONDITIONAL_BODY: "ข้อความ",
    Passage.DEFERRED_BODY: "ข้อความ",
}
NAMED: Final[Mapping[str, Passage]] = {f"{PAPERS[one.paper]}: {TITLES[one]}": one for one in Passage}

# What is filled in between { and }, and what each stands for
FIELDS: Final[Mapping[str, str]] = {
    "โครงการ": "ชื่อโครงการของปี",
    "ปี": "ปีงบประมาณ",
    "จังหวัด": "ชื่อจังหวัด ไม่มีคำว่าจังหวัด",
    "หน่วยงาน": "ผู้ส่งหนังสือ เช่น จังหวัดเชียงราย หรือ อำเภอแม่จัน",
    "สำนักงาน": "สำนักงานพัฒนาชุมชนของผู้ส่ง",
    "คณะกรรมการ": "ชื่อคณะกรรมการพร้อมพื้นที่",
    "ครั้งที่": "เช่น ครั้งที่ 1/2568",
    "วันประชุม": "เช่น วันพฤหัสบดีที่ 1 พฤษภาคม 2568",
    "เวลา": "เช่น เวลา 09.00 - 14.30 น.",
    "สถานที่": "เช่น ณ ห้องประชุม",
    "ตอบภายในวันที่": "วันที่ต้องส่งแบบตอบรับ",
    "ผู้ประสานงาน": "ชื่อ ตำแหน่ง และหมายเลขโทรศัพท์",
}
OWN_FIELDS: Final[Mapping[Written | None, Mapping[str, str]]] = {
    None: {"จำนวนหน่วยงาน": "จำนวนทั้งสิ้นของหน่วยงานที่นำเสนอ"},
    Written.INVITATION: {"สิ่งที่ส่งมาด้วย": "ลำดับการนำเสนออยู่ในสิ่งที่ส่งมาด้วยลำดับใด"},
    Written.MEMO: {
        "จำนวนหน่วยงาน": "จำนวนที่จะนำเสนอ ทั้งสิ้นและตามประเภท",
        "ผู้รับหนังสือเชิญ": "เรียนถึงผู้ใด",
        "จำนวนสิ่งที่ส่งมาด้วย": "จำนวนรายการ",
    },
    Written.ANNOUNCEMENT: {"จำนวน": "จำนวนหน่วยงานที่ได้รับการรับรอง", "จำนวนตามประเภท": "จำนวนของแต่ละประเภท"},
}


_OF_RESULTS: Final = {
    "คณะกรรมการ": "ชื่อคณะกรรมการพร้อมพื้นที่",
    "จังหวัด": "ชื่อจังหวัด ไม่มีคำว่าจังหวัด",
    "โครงการ": "ชื่อโครงการของปี",
    "ปี": "ปีงบประมาณ",
    "เลขครั้งที่": "เช่น 1/2568",
    "วันประชุม": "เช่น วันพฤหัสบดีที่ 1 พฤษภาคม 2568",
    "อำเภอ": "ชื่ออำเภอ ไม่มีคำว่าอำเภอ",
}
_OF_A_UNIT: Final = {
    **_OF_RESULTS,
    "ชื่อ": "ชื่อผู้สมัคร",
    "ประเภท": "ประเภทของผู้สมัคร",
    "เหตุผล": "เหตุผลของคณะกรรมการ",
    "เงื่อนไข": "เงื่อนไขและวันครบกำหนด",
    "เลื่อนไปครั้งที่": "การประชุมที่จะพิจารณาอีกครั้ง",
}
# After the meeting there are other fields than in letters before it.
_AFTER: Final[Mapping[Written | None, Mapping[str, str]]] = {
    Written.CERTIFICATE: {
        "คณะกรรมการ": "ชื่อคณะกรรมการพร้อมพื้นที่",
        "จังหวัด": "ชื่อจังหวัด ไม่มีคำว่าจังหวัด",
        "ปี": "ปีงบประมาณ",
        "เลขที่": "เลขที่หนังสือรับรอง",
        "ประเภท": "ประเภทของผู้ได้รับ",
        "อำเภอ": "ชื่ออำเภอ ไม่มีคำว่าอำเภอ",
        "วันที่ออก": "วันที่ออกหนังสือรับรอง",
        "เลขครั้งที่": "เช่น 1/2568",
        "วันที่ประชุม": "เช่น 1 พฤษภาคม 2568",
    },
    Written.TO_DISTRICTS: {**_OF_RESULTS, "ผลเป็นจำนวน": "เช่น รับรอง 7 หน่วยงาน และไม่รับรอง 1 หน่วยงาน"},
    Written.NOT_CERTIFIED: _OF_A_UNIT,
    Written.CONDITIONAL: _OF_A_UNIT,
    Written.DEFERRED: _OF_A_UNIT,
}


def fields_of(paper: Written | None) -> Mapping[str, str]:
    """What may be filled in in a paper, None = the agenda: name -> what it stands for."""
    return _AFTER.get(paper) or {**FIELDS, **OWN_FIELDS.get(paper, {})}


def wrong_field(texts: tuple[str, ...], paper: Written | None) -> Sentence | None:
    """What is wrong with the fields that these texts name; None = nothing."""
    known = fields_of(paper)
    wrong = unknown(texts, known)
    if not wrong:
        return None
    named = [_with_guess(one, known) for one in wrong]
    th, en = " และ ".join(one.th for one in named), " and ".join(one.en for one in named)
    usable = " ".join(f"{{{one}}}" for one in known)
    return Sentence(f"ไม่รู้จักช่อง {th} ช่องที่ใช้ได้: {usable}", f"unknown fields {en}; these can be used: {usable}")


def _with_guess(name: str, known: Collection[str]) -> Sentence:
    close = get_close_matches(name, known, 1)
    if not close:
        return plain(f"{{{name}}}")
    return Sentence(f"{{{name}}} อาจหมายถึง {{{close[0]}}}", f"{{{name}}} (is {{{close[0]}}} meant?)")
