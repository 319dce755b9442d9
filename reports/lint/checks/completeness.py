"""What papers lack: what is still empty, a font for a letter, the data of today (rules.md 42, 43). Pure."""

from collections.abc import Iterator

from mochocho.words import letters, thai
from mochocho.words.sentences import Sentence
from processing.meetings.meeting import Meeting
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, error, warning
from reports.lint.printed_texts import LETTER, MEETING, MEMBERS, each_once
from reports.view.printed_words import enumerated

EMPTY = warning(
    "meeting.empty",
    "43",
    Sentence("ยังไม่ได้กรอก{what} เอกสารจะเว้นไว้ให้เขียน", "not filled in yet, papers leave blank: {fields}"),
    Sentence("ให้กรอก หรือเขียนด้วยมือก่อนลงนาม", "fill it in, or write it by hand before signing"),
)
OLDER = error(
    "papers.older",
    "",
    Sentence("{paper} จัดทำไว้ก่อนข้อมูลเปลี่ยน", "{paper} was made before its data changed"),
    Sentence("ให้ทำชุดเอกสารใหม่ (คำสั่ง `mochocho packet`)", "make it again with `mochocho packet`"),
)
GARUDA = error(
    "papers.garuda",
    "",
    Sentence("ภาพตราครุฑที่ตั้งไว้ใช้ไม่ได้", "the Garuda that is set cannot be used"),
    Sentence("รายละเอียดและวิธีแก้: {th}", "what is wrong and what mends it: {en}"),
)
UNDRAWN = error(
    "letters.undrawn",
    "",
    Sentence(
        "มีตัวอักษรที่พิมพ์ในเอกสารไม่ได้ ({letters}) จะเห็นเป็นช่องเปล่า",
        "letters that no font draws ({letters}): empty boxes",
    ),
    Sentence("ให้ลบหรือเปลี่ยนตัวอักษรนั้น", "delete or replace them"),
)
LOOSE = error(
    "letters.loose",
    "",
    Sentence(
        "สระหรือวรรณยุกต์ลอยหรือซ้อนกันที่ “{written}” จะเห็นเป็นวงกลมประ", "loose vowels or tone marks at “{written}”"
    ),
    Sentence("ให้พิมพ์คำนี้ใหม่", "type the word again"),
)
ENTRIES = (EMPTY, OLDER, GARUDA, UNDRAWN, LOOSE)


def check(looked: Examined) -> Iterator[Found]:
    """Empty fields, papers older than their data, letters without a font, a Garuda that cannot be drawn."""
    lacking: dict[str, list[tuple[str, str]]] = {}
    for value, what, place in _asked(looked.meeting):
        if not value:
            lacking.setdefault(place.paper, []).append((what, place.field))
    for paper, asked in lacking.items():
        names, fields = zip(*asked, strict=True)
        yield EMPTY.at(Place(paper, fields[0]), what=enumerated(names), fields=", ".join(fields))
    for paper in looked.older:
        yield OLDER.at(Place(paper), paper=paper)
    if looked.garuda:
        yield GARUDA.at(Place(LETTER), th=looked.garuda.th, en=looked.garuda.en)
    for text in each_once(looked):
        if unknown := letters.lacking(text.text):
            yield UNDRAWN.at(text.place, letters=letters.named(unknown))
        for written in thai.loose_marks(text.plain):
            yield LOOSE.at(text.place, written=written)


def _asked(meeting: Meeting) -> Iterator[tuple[object, str, Place]]:
    """What papers leave blank where it is empty: the value, its name, its field."""
    yield meeting.day, "วันประชุม", Place(MEETING, "day")
    yield meeting.starts, "เวลาเริ่มประชุม", Place(MEETING, "starts")
    yield meeting.ends, "เวลาเลิกประชุม", Place(MEETING, "ends")
    yield meeting.place, "สถานที่ประชุม", Place(MEETING, "place")
    yield meeting.appointment.number, "เลขที่คำสั่งแต่งตั้ง", Place(MEETING, "appointment.number")
    yield meeting.appointment.day, "วันที่ของคำสั่งแต่งตั้ง", Place(MEETING, "appointment.day")
    yield meeting.members, "รายชื่อกรรมการ", Place(MEMBERS, "members")
    yield meeting.letter.number, "เลขที่หนังสือ", Place(LETTER, "letter.number")
    yield meeting.letter.day, "วันที่ของหนังสือ", Place(LETTER, "letter.day")
    yield meeting.letter.reply_by, "กำหนดส่งแบบตอบรับ", Place(LETTER, "letter.reply_by")
    yield meeting.signatory.name, "ชื่อผู้ลงนาม", Place(LETTER, "signatory.name")
    yield meeting.contact.name, "ชื่อผู้ประสานงาน", Place(LETTER, "contact.name")
    contact = meeting.contact
    any_address = contact.telephone or contact.email or contact.line
    yield any_address, "ช่องทางติดต่อผู้ประสานงาน", Place(LETTER, "contact")
