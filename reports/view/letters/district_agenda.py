"""ระเบียบวาระการประชุม of a district's committee: the items of source 004, about what a district's does.

Its tasks are those of the guideline (rules.md 24, 25).
"""

from collections.abc import Iterator, Mapping

from mochocho.words.model import ApplicantType
from reports.view.blocks import Block, Form, Kind, Paper
from reports.view.letters.agenda import (
    ASSESSED_AFTER,
    DISTRICTS_DID,
    TITLE,
    Item,
    any_other,
    before,
    by_type,
    counted,
    in_own_words,
    laid_out,
    of_the_programme,
)
from reports.view.letters.convened import Convened
from reports.view.letters.standard_texts import values_of
from reports.view.printed_words import DOTS


def district_agenda(c: Convened, counts: Mapping[ApplicantType, int]) -> Paper:
    """`counts`: the applicants of the district, by type."""
    items = in_own_words(standard_items(c, counts), c.meeting.agenda.own, values_of(c) | counted(counts))
    return c.finished(
        Paper(
            TITLE,
            Form.MEETING,
            title=(TITLE, c.committee, c.number, c.day, c.hours, c.place),
            blocks=tuple(laid_out(items)),
        )
    )


def standard_items(c: Convened, counts: Mapping[ApplicantType, int]) -> Iterator[Item]:
    """The items without what the office wrote itself."""
    opening = (
        f"การประชุมครั้งนี้เป็นการประชุม{c.committee} {c.number} เพื่อตรวจประเมินผู้สมัครเข้าสู่{c.programme} "
        f"ประจำปี {c.year} และสรุปผลเสนอ{c.occasion.committee} พิจารณารับรอง"
    )
    yield Item("1", "เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ", (Block(Kind.PARAGRAPH, opening),), 1)
    count = c.meeting.agenda.items_count
    yield from before(c.committee, c.meeting.previous, c.meeting.number, count)
    inform = count - 2
    yield Item(f"{inform}", "เรื่องเพื่อทราบ", (), 2)
    guideline = tuple(of_the_programme(f"{inform}.1.1"))
    yield Item(f"{inform}.1", f"แนวทางการดำเนินงาน{c.programme}", guideline)
    yield Item(f"{inform}.2", f"การแต่งตั้ง{c.committee}", (Block(Kind.PARAGRAPH, _appointed(c)),))
    done = (*DISTRICTS_DID, *((ASSESSED_AFTER,) if c.meeting.agenda.assessed_after else ()))
    results = tuple(Block(Kind.DASH, text) for text in done)
    yield Item(f"{inform}.3", f"ผลการดำเนินงาน{c.programme} ปี {c.year} ดังนี้", results)
    decided = (Block(Kind.PARAGRAPH, _before_it(c, counts)), by_type(counts))
    yield Item(f"{inform + 1}", "เรื่องเพื่อพิจารณา", decided, 2)
    yield any_other(inform + 2)


def _appointed(c: Convened) -> str:
    given, known = c.meeting.appointment, c.occasion.district_order
    number, day = (given.number, given.day) if given.number or not known else (known.number, known.date)
    return f"ตามคำสั่ง{c.province} ที่ {number or f'{DOTS}/{DOTS}'} ลงวันที่ {c.date(day)} เรื่อง {c.order_subject}"


def _before_it(c: Convened, counts: Mapping[ApplicantType, int]) -> str:
    return (
        f"การตรวจประเมินกลุ่มเป้าหมายที่สมัครเข้าสู่{c.programme} {c.sender} ประจำปี {c.year} "
        f"{counted(counts)['จำนวนหน่วยงาน']} ประกอบด้วย"
    )
