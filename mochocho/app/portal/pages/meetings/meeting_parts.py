"""The parts of a meeting that pages change, each a form; the words are those of its workbook. Pure.

What letters say is no part of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from processing.meetings.files.file_words import ORDER, SINGLE, TABLES, Field, Table
from processing.meetings.meeting import Meeting

_SINGLE = {one.path: one for one in SINGLE}
_TABLES = {one.part: one for one in TABLES}


@dataclass(frozen=True, slots=True)
class Part:
    """One form. `tables`: the lists that are changed in it, row by row. `held`: it is of a meeting that was
    held, and is mended for a reason.
    """

    key: str
    title: str
    fields: tuple[Field, ...]
    tables: tuple[Table, ...] = ()
    said: str = ""
    held: bool = False


def _part(key: str, title: str, paths: str, tables: str = "", said: str = "", *, held: bool = False) -> Part:
    fields = tuple(_SINGLE[path] for path in paths.split())
    return Part(key, title, fields, tuple(_TABLES[name] for name in tables.split()), said, held)


PARTS: tuple[Part, ...] = (
    _part(
        "when",
        "วัน เวลา และสถานที่",
        "day starts ends place",
        said="เลื่อนการประชุมด้วยการใส่วันและเวลาใหม่ที่นี่ เอกสารที่ทำไว้แล้วต้องทำใหม่",
    ),
    _part(
        "members",
        "คณะกรรมการ",
        "committee appointment.number appointment.day appointment.subject previous "
        "quorum again.number again.day",
        "members",
        "เรียงตามคำสั่งแต่งตั้ง มีประธานกรรมการหนึ่งคน ผู้แทนระบุเฉพาะตำแหน่งก็ได้ "
        "เมื่อเปลี่ยนคนกลางปี ให้ใส่วันสุดท้ายของคนเดิม และเพิ่มคนใหม่พร้อมวันแรก "
        "เอกสารของการประชุมใช้ผู้ที่เป็นกรรมการในวันประชุม เว้นองค์ประชุมเมื่อคำสั่งไม่ได้กำหนด ระบบใช้กึ่งหนึ่ง "
        "หรือหนึ่งในสามเมื่อนัดแทนครั้งที่ไม่ครบองค์ประชุมภายในสิบสี่วัน",
    ),
    _part(
        "agenda",
        "ระเบียบวาระ",
        "agenda.items_count agenda.video_shown agenda.assessed_after",
        "own",
        "ใส่เฉพาะข้อที่สำนักงานเขียนเอง ข้ออื่นใช้ข้อความตามแบบ ข้อความหนึ่งบรรทัดคือหนึ่งย่อหน้า",
    ),
    _part(
        "schedule",
        "ลำดับและเวลานำเสนอ",
        "schedule.minutes schedule.questions schedule.by_unit schedule.begins",
        "order pauses",
        "อำเภอที่ไม่ได้ระบุ เรียงต่อท้ายตามชื่อ",
    ),
    _part(
        "people",
        "ผู้ประสานงานและผู้ลงนาม",
        "contact.name contact.position contact.telephone contact.email contact.line "
        "signatory.name signatory.position signatory.on_behalf",
    ),
    _part("replies", "การตอบรับของหน่วยงานที่เชิญ", "", "replies", "หน่วยงานที่ยังไม่ตอบ เว้นวันที่ตอบไว้"),
    _part(
        "attendance",
        "ผู้มาประชุม",
        "held.began held.ended",
        "attendance",
        "ผู้ที่ออกแล้วกลับเข้ามาใช้หนึ่งแถวต่อช่วงเวลา เว้นเวลามาเมื่ออยู่ตั้งแต่เริ่ม เว้นเวลากลับเมื่ออยู่จนเลิก "
        "ผู้เข้าร่วมที่ไม่ใช่กรรมการให้เว้นช่องกรรมการ",
        held=True,
    ),
    _part(
        "minutes",
        "รายงานการประชุม",
        "held.written_by.name held.written_by.position held.written_by.agency "
        "held.checked_by.name held.checked_by.position held.checked_by.agency",
        "items",
        "ข้อความหนึ่งบรรทัดคือหนึ่งย่อหน้า องค์ประชุมของแต่ละวาระนับจากผู้ที่อยู่ในที่ประชุมในเวลาที่มีมติ",
        held=True,
    ),
)

# What a row of a list is called, with its number behind it.
ROW_TH: Mapping[str, str] = {
    "members": "กรรมการคนที่",
    "own": "ข้อความที่เขียนเองรายการที่",
    "pauses": "ช่วงพักที่",
    "replies": "หน่วยงานที่",
    "attendance": "ผู้มาประชุมแถวที่",
    "items": "วาระแถวที่",
}
LISTED: Mapping[str, str] = {
    "members": "รายชื่อกรรมการ",
    "own": "ข้อที่สำนักงานเขียนเอง",
    "pauses": "ช่วงพัก",
    "replies": "หน่วยงาน",
    "attendance": "ผู้มาประชุม",
    "items": "ระเบียบวาระ",
}
# What few rows of a list have is folded away: what that is called, and the people of a row that it is about.
FOLDED: Mapping[str, tuple[str, frozenset[str]]] = {
    "attendance": ("ผู้แทนและผู้เข้าร่วม", frozenset({"substitute", "guest"})),
}
BARE = ORDER.part  # the one list whose rows are single lines: it is typed as such


def parts_of(meeting: Meeting) -> tuple[Part, ...]:
    """Those that this meeting has."""
    return tuple(one for one in PARTS if meeting.held or not one.held)


def place_of(path: str) -> tuple[Part, str] | None:
    """The part in which this field of a meeting is changed, and the id of the field or list there. None: its
    workbook alone has it.
    """
    for part in PARTS:
        for one in part.fields:
            if _within(one.path, path):
                return part, one.path
        for table in part.tables:
            if _within(path, table.path):
                return part, table.part
    return None


def _within(path: str, outer: str) -> bool:
    return path == outer or path.startswith(f"{outer}.")
