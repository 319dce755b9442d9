"""The words of a meeting's files: which sheet and heading holds which field of a Meeting. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from processing.meetings.meeting import Channel, Level, Role, ScanKind, Signed
from processing.meetings.passages import NAMED


class Kind(Enum):
    """How a value is typed."""

    TEXT = "text"
    LINES = "lines"  # one line, or row, each
    IN_LINES = "in_lines"  # one text with its line breaks
    DAY = "day"
    HOUR = "hour"
    WHOLE = "whole"
    NUMBER = "number"  # of a meeting or an item, in Thai digits or not
    DISTRICT = "district"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Field:
    """One heading. `path`: of the field from the Meeting, or from the row of a list; "" = the row itself.

    `choices`: the words of a CHOICE, each with its value. `added`: files that were written before there was
    this column are read without it.
    """

    heading: str
    path: str
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: Mapping[str, object] | None = None
    width: int = 18
    added: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One list of a meeting. `part`: as in `wrong.WrongPart`; `path`: of the list in the Meeting.

    `fixed`: values that the row needs and that nobody has to type. Tables with one `sheet` stand beside each
    other.
    """

    sheet: str
    part: str
    path: str
    fields: tuple[Field, ...]
    fixed: Mapping[str, object] | None = None


MEETING_SHEET: Final = "การประชุม"
ITEM, VALUE = "รายการ", "ค่า"
LEVELS: Final = {"จังหวัด": Level.PROVINCE, "อำเภอ": Level.DISTRICT}
ROLES: Final = {
    "ประธานกรรมการ": Role.CHAIR,
    "รองประธานกรรมการ": Role.VICE_CHAIR,
    "กรรมการ": Role.MEMBER,
    "กรรมการและเลขานุการ": Role.SECRETARY,
    "กรรมการและผู้ช่วยเลขานุการ": Role.ASSISTANT_SECRETARY,
}
CHANNELS: Final = {
    "แบบตอบรับ": Channel.FORM,
    "โทรศัพท์": Channel.TELEPHONE,
    "อีเมล": Channel.EMAIL,
    "ไลน์": Channel.LINE,
}
SIGNED: Final = {
    "รายงานการประชุม": Signed.MINUTES,
    "ประกาศรายชื่อ": Signed.ANNOUNCEMENT,
    "เอกสารแนบ 4 บัญชีรายชื่อ": Signed.NAMES,
    "บัญชีลงลายมือชื่อ": Signed.ATTENDANCE,
    "หนังสือเชิญประชุม": Signed.INVITATION,
    "บันทึกข้อความ": Signed.MEMO,
    "คำสั่งแต่งตั้งคณะกรรมการ": Signed.ORDER,
    "รายงานผลการดำเนินงาน": Signed.RESULTS,
}
SCANS: Final = {"PDF": ScanKind.PDF, "ภาพ JPEG": ScanKind.JPEG, "ภาพ PNG": ScanKind.PNG}
YES: Final = {"ใช่": True, "ไม่ใช่": False}
COMES: Final = {"เข้าร่วม": True, "ไม่เข้าร่วม": False}
CAME: Final = {"มา": True, "ไม่มา": False}


def _choice(heading: str, path: str, choices: Mapping[str, object], *, required: bool = False) -> Field:
    return Field(heading, path, Kind.CHOICE, required, choices)


def _letter(name: str, path: str) -> tuple[Field, ...]:
    return (
        Field(f"{name}: ชั้นความเร็ว", f"{path}.urgency"),
        Field(f"{name}: ที่", f"{path}.number"),
        Field(f"{name}: ลงวันที่", f"{path}.day", Kind.DAY),
        Field(f"{name}: ส่วนราชการและที่อยู่", f"{path}.office", Kind.LINES),
        Field(f"{name}: เรื่อง", f"{path}.subject"),
        Field(f"{name}: เรียน", f"{path}.to"),
        Field(f"{name}: อ้างถึง", f"{path}.refers", Kind.LINES),
        Field(f"{name}: สิ่งที่ส่งมาด้วย", f"{path}.enclosures", Kind.LINES),
        Field(f"{name}: ข้อความ", f"{path}.paragraphs", Kind.LINES),
        Field(f"{name}: ตอบภายในวันที่", f"{path}.reply_by", Kind.DAY),
        Field(f"{name}: เจ้าของเรื่อง", f"{path}.owner", Kind.LINES),
    )


HELD = _choice("บันทึกผลการประชุมแล้ว", "held", YES)
SINGLE: Final = (
    _choice("ระดับ", "level", LEVELS, required=True),
    Field("อำเภอ", "district", Kind.DISTRICT),
    Field("ครั้งที่", "number", Kind.NUMBER, required=True),
    Field("วันที่ประชุม", "day", Kind.DAY),
    Field("เวลาเริ่ม", "starts", Kind.HOUR),
    Field("เวลาเลิก", "ends", Kind.HOUR),
    Field("สถานที่", "place"),
    Field("คณะกรรมการ", "committee"),
    Field("คำสั่งแต่งตั้งเลขที่", "appointment.number", Kind.NUMBER),
    Field("คำสั่งแต่งตั้งลงวันที่", "appointment.day", Kind.DAY),
    Field("คำสั่งแต่งตั้งเรื่อง", "appointment.subject"),
    Field("คำสั่งแต่งตั้ง: อาศัยอำนาจและเหตุผล", "appointment.grounds", Kind.LINES),
    Field("คำสั่งแต่งตั้ง: อำนาจหน้าที่", "appointment.duties", Kind.LINES),
    Field("องค์ประชุม (คน)", "quorum", Kind.WHOLE),
    Field("นัดแทนครั้งที่ (ไม่ครบองค์ประชุม)", "again.number", Kind.NUMBER),
    Field("วันที่ของครั้งที่นัดแทน", "again.day", Kind.DAY),
    Field("การประชุมครั้งก่อน", "previous", Kind.NUMBER),
    Field("จำนวนระเบียบวาระ (5 หรือ 6)", "agenda.items_count", Kind.WHOLE),
    _choice("มีวีดิทัศน์สรุปผลให้ที่ประชุมดู", "agenda.video_shown", YES),
    _choice("ประเมินตนเองหลังการพัฒนาแล้ว", "agenda.assessed_after", YES),
    Field("นำเสนอ (นาที)", "schedule.minutes", Kind.WHOLE),
    Field("ซักถาม (นาที)", "schedule.questions", Kind.WHOLE),
    _choice("นับเวลาต่อหน่วยงาน (ไม่ใช่ต่ออำเภอ)", "schedule.by_unit", YES),
    Field("เริ่มนำเสนอเวลา", "schedule.begins", Kind.HOUR),
    *_letter("หนังสือเชิญ", "letter"),
    Field("ผู้ประสานงาน", "contact.name"),
    Field("ตำแหน่งผู้ประสานงาน", "contact.position"),
    Field("โทรศัพท์", "contact.telephone"),
    Field("อีเมล", "contact.email"),
    Field("ไลน์", "contact.line"),
    Field("ผู้ลงนาม", "signatory.name"),
    Field("ตำแหน่งผู้ลงนาม", "signatory.position"),
    Field("ปฏิบัติราชการแทน", "signatory.on_behalf", Kind.LINES),
    *_letter("หนังสือเวียน", "circular"),
    *_letter("บันทึกข้อความ", "memo"),
    Field("ผู้ลงนามบันทึกข้อความ", "memo_by.name"),
    Field("ตำแหน่งผู้ลงนามบันทึกข้อความ", "memo_by.position"),
    Field("บันทึกข้อความ: ปฏิบัติราชการแทน", "memo_by.on_behalf", Kind.LINES),
    HELD,
    Field("เริ่มประชุมจริงเวลา", "held.began", Kind.HOUR),
    Field("เลิกประชุมจริงเวลา", "held.ended", Kind.HOUR),
    Field("ผู้จดรายงานการประชุม", "held.written_by.name"),
    Field("ตำแหน่งผู้จดรายงาน", "held.written_by.position"),
    Field("หน่วยงานผู้จดรายงาน", "held.written_by.agency"),
    Field("ผู้ตรวจรายงานการประชุม", "held.checked_by.name"),
    Field("ตำแหน่งผู้ตรวจรายงาน", "held.checked_by.position"),
    Field("หน่วยงานผู้ตรวจรายงาน", "held.checked_by.agency"),
)


def _person(heading: str, path: str, *, required: bool = False, added: bool = False) -> tuple[Field, ...]:
    return (
        Field(heading, f"{path}.name", required=required, width=30, added=added),
        Field(f"ตำแหน่ง{_WHOSE[path]}", f"{path}.position", width=30, added=added),
        Field(f"หน่วยงาน{_WHOSE[path]}", f"{path}.agency", width=30, added=added),
    )


_WHOSE = {"person": "", "substitute": "ผู้แทน", "guest": "ผู้เข้าร่วม"}
ORDER = Table(
    "ลำดับและเวลา", "order", "schedule.order", (Field("อำเภอตามลำดับนำเสนอ", "", required=True, width=26),)
)
TABLES: Final = (
    Table(
        "กรรมการ",
        "members",
        "members",
        (
            *_person("ชื่อและนามสกุล", "person", required=True),
            _choice("หน้าที่ในคณะกรรมการ", "role", ROLES),
            *_person("ผู้แทน", "substitute", added=True),
            Field("เป็นกรรมการตั้งแต่วันที่", "since", Kind.DAY, added=True),
            Field("เป็นกรรมการถึงวันที่", "until", Kind.DAY, added=True),
        ),
    ),
    Table(
        "ระเบียบวาระ",
        "own",
        "agenda.own",
        (
            Field("ข้อ", "number", Kind.NUMBER, required=True, width=8),
            Field("หัวข้อ", "title", width=40),
            Field("ข้อความ", "paragraphs", Kind.LINES, width=80),
        ),
    ),
    Table(
        "ข้อความในหนังสือ",
        "texts",
        "texts",
        (
            Field("ส่วนของหนังสือ", "passage", Kind.CHOICE, required=True, choices=NAMED, width=40),
            Field("ข้อความ", "paragraphs", Kind.LINES, required=True, width=100),
        ),
    ),
    ORDER,
    Table(
        "ลำดับและเวลา",
        "pauses",
        "schedule.pauses",
        (
            Field("พักตั้งแต่เวลา", "starts", Kind.HOUR, required=True),
            Field("พักถึงเวลา", "ends", Kind.HOUR, required=True),
            Field("ชื่อช่วงพัก", "title", width=34),
        ),
    ),
    Table(
        "เอกสารแนบ",
        "annexes",
        "annexes",
        (
            Field("แนบที่", "number", Kind.WHOLE, required=True, width=8),
            Field("ชื่อเอกสาร", "title", required=True, width=60),
            Field("จำนวนหน้า (ห้ามแก้)", "pages", Kind.WHOLE, required=True),
            Field("รหัสไฟล์ (ห้ามแก้)", "sha256", required=True, width=68),
        ),
    ),
    Table(
        "ตอบรับ",
        "replies",
        "replies",
        (
            Field("หน่วยงานที่เชิญ", "office", required=True, width=36),
            Field("ตอบวันที่", "came_on", Kind.DAY),
            _choice("ตอบทาง", "channel", CHANNELS),
            _choice("การเข้าร่วม", "attends", COMES),
            *_person("ผู้เข้าประชุม", "person"),
            *_person("ผู้แทน", "substitute"),
            Field("หมายเหตุ", "note", width=40),
        ),
    ),
    Table(
        "ผู้มาประชุม",
        "attendance",
        "held.attendance",
        (
            Field("กรรมการ", "of", width=30),
            _choice("มาประชุม", "present", CAME, required=True),
            *_person("ผู้แทน", "substitute"),
            *_person("ผู้เข้าร่วม", "guest"),
            Field("มาเวลา", "came", Kind.HOUR, width=10),
            Field("กลับเวลา", "left", Kind.HOUR, width=10),
            _choice("ประชุมออนไลน์", "online", YES),
            Field("เหตุที่ไม่มา", "absent", width=40),
        ),
        {"of": ""},
    ),
    Table(
        "รายงานการประชุม",
        "items",
        "held.items",
        (
            Field("ข้อ", "number", Kind.NUMBER, required=True, width=8),
            Field("ข้อความ", "paragraphs", Kind.LINES, width=80),
            Field("มติ", "resolution", Kind.IN_LINES, width=50),
            Field("เห็นชอบ", "votes.in_favour", Kind.WHOLE, width=10),
            Field("ไม่เห็นชอบ", "votes.against", Kind.WHOLE, width=10),
            Field("งดออกเสียง", "votes.abstained", Kind.WHOLE, width=10),
            Field("ความเห็นแย้งและเหตุผล", "dissent", Kind.LINES, width=50),
            Field("มีมติเวลา", "resolved_at", Kind.HOUR, width=10, added=True),
        ),
    ),
    Table(
        "ฉบับลงนาม",
        "signed",
        "signed",
        (
            _choice("เอกสาร", "paper", SIGNED, required=True),
            _choice("ชนิดไฟล์ (ห้ามแก้)", "kind", SCANS, required=True),
            Field("จำนวนหน้า (ห้ามแก้)", "pages", Kind.WHOLE, required=True),
            Field("รหัสไฟล์ (ห้ามแก้)", "sha256", required=True, width=68),
        ),
    ),
)
VOTES: Final = ("votes.in_favour", "votes.against", "votes.abstained")
VERSION: Final = "ฉบับที่ (ห้ามแก้)"
SHEETS: Final = tuple(dict.fromkeys((MEETING_SHEET, *(table.sheet for table in TABLES))))


def headings(table: Table) -> tuple[str, ...]:
    """Those of its columns, in order."""
    return tuple(one.heading for one in table.fields)
