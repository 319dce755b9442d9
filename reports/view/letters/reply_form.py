"""แบบตอบรับเข้าร่วมประชุม: the fields of source 004 (rules.md 53)."""

from collections.abc import Iterator

from reports.view.blocks import Block, Form, Kind, Paper, Signature
from reports.view.letters.convened import Convened, standing
from reports.view.printed_words import LONG_DOTS

TITLE = "แบบตอบรับเข้าร่วม"
_NAMED = ("ชื่อ - สกุล", "ตำแหน่ง")
_AGENCY = ("สังกัด",)
_REACHED = (("โทรศัพท์", "โทรสาร"), ("มือถือ", "อีเมล"))


def reply_form(c: Convened) -> Paper:
    """The form that an invited office sends back; by when and to whom stands at its foot."""
    return c.finished(
        Paper(
            name="แบบตอบรับ",
            form=Form.PLAIN,
            title=(TITLE, f"การประชุม{c.committee}", c.number, f"{c.day} {c.hours}", c.place),
            blocks=(
                _fields(("1. ชื่อ - สกุล", "ตำแหน่ง"), _AGENCY, *_REACHED),
                Block(Kind.CHECK, "สามารถเข้าร่วมการประชุม"),
                Block(Kind.CHECK, "ไม่สามารถเข้าร่วมการประชุม โดยขอมอบหมายให้ (แทน)"),
                _fields(_NAMED, *_REACHED),
                *_in_advance(c),
            ),
            closing=f"ลงชื่อ {LONG_DOTS}",
            signatures=(Signature("", (f"ตำแหน่ง {LONG_DOTS}", f"วันที่ {LONG_DOTS}")),),
            foot=tuple(_notes(c)),
        )
    )


def _in_advance(c: Convened) -> Iterator[Block]:
    """The substitutes named before the meeting, so that nobody has to write them down again."""
    known = [(one.person.name, standing(one)) for one in c.meeting.composition if one.substitute]
    if known:
        yield Block(Kind.CHECK, "ไม่สามารถเข้าร่วมการประชุม โดยให้ผู้แทนที่แจ้งไว้ล่วงหน้าเข้าประชุมแทน")
        yield Block(Kind.TABLE, cells=(("กรรมการ", "ผู้แทนที่แจ้งไว้ล่วงหน้า"), *known), widths=(10, 18))


def _fields(*rows: tuple[str, ...]) -> Block:
    """Labels with nothing filled in."""
    return Block(Kind.FIELDS, cells=tuple(tuple(x for label in row for x in (label, "")) for row in rows))


def _notes(c: Convened) -> Iterator[str]:
    contact = c.meeting.contact
    line = f" หรือ LINE ID: {contact.line}" if contact.line else ""
    yield (
        f"หมายเหตุ กรุณาส่งแบบตอบรับการเข้าร่วมประชุมให้{c.development_office} "
        f"ภายในวันที่ {c.date(c.meeting.letter.reply_by)} "
        f"ทางไปรษณีย์อิเล็กทรอนิกส์ (อีเมล) {contact.email or LONG_DOTS}{line}"
    )
    yield f"ผู้ประสานงาน {c.coordinator()}"
