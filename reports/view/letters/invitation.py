"""หนังสือเชิญประชุม: the wording of source 004, its errors corrected (rules.md 42, 43)."""

from collections.abc import Iterator
from dataclasses import replace

from reports.view.blocks import Form, Paper
from reports.view.letters.convened import RESPECTFULLY, Convened, letter_head, paragraphs, signed

TITLE = "หนังสือเชิญประชุม"
MEMBERS_TITLE = "หนังสือเชิญกรรมการ"
INVITED = "จึงขอเชิญเข้าร่วมประชุมตามวัน เวลา และสถานที่ดังกล่าว"
ATTEND = "จึงเรียนมาเพื่อโปรดเข้าร่วมประชุม"
_OF_THE_PROVINCE = (
    "วาระการประชุม จำนวน 1 ฉบับ",
    "ลำดับการนำเสนอข้อมูลเพื่อสนับสนุน จำนวน 1 ฉบับ",
    "แบบตอบรับ จำนวน 1 ฉบับ",
)  # rules.md 42
_OF_MEMBERS = ("วาระการประชุม จำนวน 1 ฉบับ", "แบบตอบรับ จำนวน 1 ฉบับ")


def invitation(c: Convened) -> Paper:
    """The letter that calls the meeting: the province's to its districts, a district's to the members."""
    letter = c.meeting.letter
    subject = f"การดำเนินงาน{c.programme} ประจำปี {c.year}" if c.provincial else f"เชิญประชุม{c.committee}"
    return c.finished(
        Paper(
            name=TITLE,
            form=Form.LETTER,
            head=letter_head(c, letter, subject, c.invited, enclosures(c)),
            blocks=paragraphs(letter.paragraphs or _body(c)),
            closing=RESPECTFULLY,
            signatures=signed(c.meeting.signatory),
            foot=c.owner(letter),
        )
    )


def invitation_of_members(c: Convened) -> Paper:
    """The letter that calls the members of the province's committee, under the same number and day."""
    letter = replace(c.meeting.letter, to="", enclosures=(), paragraphs=(), subject="")
    return c.finished(
        Paper(
            name=MEMBERS_TITLE,
            form=Form.LETTER,
            head=letter_head(c, letter, f"เชิญประชุม{c.committee}", f"กรรมการใน{c.committee}", _OF_MEMBERS),
            blocks=paragraphs(_to_members(c)),
            closing=RESPECTFULLY,
            signatures=signed(c.meeting.signatory),
            foot=c.owner(letter),
        )
    )


def enclosures(c: Convened) -> tuple[str, ...]:
    """What is sent with the letter: as its office says, else as in the sample."""
    return c.meeting.letter.enclosures or (_OF_THE_PROVINCE if c.provincial else _OF_MEMBERS)


def _body(c: Convened) -> Iterator[str]:
    yield _has_carried_out(c)
    yield f"{_called(c)} {_asked(c)} ทั้งนี้ {_to_answer(c)}"
    yield "จึงเรียนมาเพื่อพิจารณาดำเนินการ" if c.provincial else ATTEND


def _to_members(c: Convened) -> Iterator[str]:
    yield _has_carried_out(c)
    yield f"{_called(c)} {INVITED} ทั้งนี้ {_to_answer(c)}"
    yield ATTEND


def _has_carried_out(c: Convened) -> str:
    return (
        f"ตามที่ {c.sender}ได้ดำเนินการจัดทำ{c.programme} เพื่อใช้เป็นเครื่องมือในการสร้างความเข้มแข็งชุมชน "
        "โดยการพัฒนาศักยภาพและเพิ่มขีดความสามารถให้กับกลุ่มเป้าหมาย เพื่อเป็นกลไกในการขับเคลื่อนงานพัฒนาชุมชน"
        "ในพื้นที่อย่างมีประสิทธิภาพ กลุ่มเป้าหมายประกอบด้วย ผู้นำชุมชน กลุ่มองค์กรชุมชน เครือข่ายองค์กรชุมชน และชุมชน "
        f"ซึ่งดำเนินการตามแนวทางการดำเนินงาน{c.programme} ประจำปี {c.year} นั้น"
    )


def _called(c: Convened) -> str:
    return (
        f"เพื่อให้การขับเคลื่อนการดำเนินงาน{c.programme} ประจำปี {c.year} เป็นไปตามวัตถุประสงค์และบรรลุเป้าหมาย "
        f"{c.sender}ได้กำหนดการประชุม{c.committee} {c.number} ใน{c.day} {c.hours} {c.place}"
    )


def _asked(c: Convened) -> str:
    if not c.provincial:
        return INVITED
    return (
        "จึงขอความร่วมมืออำเภอมอบหมายให้พัฒนาการอำเภอ หรือเจ้าหน้าที่พัฒนาชุมชนที่รับผิดชอบงาน เข้าร่วมประชุม "
        f"เพื่อสนับสนุนข้อมูลการพัฒนา{c.programme} ของกลุ่มเป้าหมาย ตามลำดับการนำเสนอ{_enclosed_order(c)}"
    )


def _enclosed_order(c: Convened) -> str:
    """Which enclosure the order of presentation is, where it is one."""
    lines = enclosures(c)
    found = [i for i, line in enumerate(lines, 1) if "ลำดับการนำเสนอ" in line]
    number = f" {found[0]}" if found and len(lines) > 1 else ""
    return f" (สิ่งที่ส่งมาด้วย{number})" if found else ""


def _to_answer(c: Convened) -> str:
    return (
        f"ขอความกรุณาส่งแบบตอบรับให้{c.development_office} ภายในวันที่ {c.date(c.meeting.letter.reply_by)} "
        f"ทางไปรษณีย์อิเล็กทรอนิกส์ (อีเมล) โดยมอบหมายให้ {c.coordinator()} เป็นผู้ประสานงานในครั้งนี้"
    )
