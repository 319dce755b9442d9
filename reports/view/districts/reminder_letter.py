"""หนังสือเร่งรัดการดำเนินงาน: the province reminds a district of what is late (rules.md 30, 31)."""

from collections.abc import Iterator, Sequence

from processing.meetings.meeting import Letter
from processing.rounds.district_terms import DistrictTerm
from reports.view.blocks import Block, Form, Kind, Paper
from reports.view.districts.district_calendar import done
from reports.view.districts.district_setting import District
from reports.view.letters.convened import Convened, letter_head, paragraphs, signed
from reports.view.letters.greetings import RESPECTFULLY

TITLE = "หนังสือเร่งรัดการดำเนินงาน"
_HEAD = ("งาน", "ครบกำหนดวันที่", "ดำเนินการแล้ว", "เกินกำหนด (วัน)")
_WIDTHS = (32, 22, 18, 16)
_ASKED = (
    "จึงขอให้อำเภอมอบหมายสำนักงานพัฒนาชุมชนอำเภอเร่งรัดดำเนินการให้ครบถ้วน "
    "หากมีเหตุจำเป็นที่ต้องขอขยายเวลา ขอให้แจ้งเหตุผลและวันที่จะแล้วเสร็จให้จังหวัดทราบ"
)


def reminder_letter(c: Convened, d: District) -> Paper | None:
    """The province's letter (`c`) to a district's head; None where nothing of the district's own work is late
    and lacking.
    """
    late = [one for one in d.terms if one.reminded_of]
    if not late:
        return None
    letter = Letter(office=c.meeting.letter.office, owner=c.meeting.letter.owner)
    subject = f"เร่งรัดการดำเนินงาน{c.programme} ประจำปี {c.year}"
    return c.finished(
        Paper(
            name=TITLE,
            form=Form.LETTER,
            head=letter_head(c, letter, subject, f"นายอำเภอ{d.c.district}"),
            blocks=tuple(_body(c, d, late)),
            closing=RESPECTFULLY,
            signatures=signed(c.meeting.signatory),
            foot=c.owner(letter),
        )
    )


def _body(c: Convened, d: District, late: Sequence[DistrictTerm]) -> Iterator[Block]:
    yield from paragraphs(
        (
            f"ตามที่ {c.province}ได้กำหนดให้อำเภอดำเนินงาน{c.programme} ประจำปี {c.year} และรายงานผลตามกำหนด นั้น",
            f"ณ วันที่ {c.date(d.day)} {d.name}มีงานที่เกินกำหนดและยังไม่ครบ จำนวน {len(late)} รายการ ดังนี้",
        )
    )
    rows = tuple((d.titles[o.stage], c.date(o.due), done(o), str(o.days_late)) for o in late)
    yield Block(Kind.TABLE, cells=(_HEAD, *rows), widths=_WIDTHS)
    for one in late:
        if one.lacking:
            yield Block(Kind.DASH, f"{d.titles[one.stage]} ที่ยังไม่ครบ {len(one.lacking)} ราย")
            yield from (Block(Kind.POINT, f"{n}) {name}") for n, name in enumerate(one.lacking, 1))
    yield from paragraphs((_ASKED, "จึงเรียนมาเพื่อพิจารณาดำเนินการ"))
