"""ประกาศของจังหวัด: whom the provincial committee certified, by type and district (rules.md J). Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from mochocho.words.model import ApplicantType
from processing.meetings.passages import Passage
from reports.view.after.resolved_units import ResolvedUnit, by_type
from reports.view.blocks import Block, Form, Kind, Paper
from reports.view.letters.convened import Convened, paragraphs, signed
from reports.view.letters.standard_texts import each_type, said
from reports.view.printed_words import DOTS, LONG_DOTS, SAMPLE, TYPE, UNIT

TITLE = "ประกาศรายชื่อผู้ผ่านการรับรอง"
LIST = "บัญชีรายชื่อแนบท้ายประกาศ"
_HEAD = ("ลำดับ", "ชื่อ", "อำเภอ", "หนังสือรับรองเลขที่")
_WIDTHS = (6, 36, 18, 20)
_TO_FILL_IN = 4  # lines of a list that nobody is known for yet


def announcement(c: Convened, units: Sequence[ResolvedUnit], day: date | None) -> tuple[Paper, ...]:
    """The announcement and the list behind it. `units`: of the meeting, in order; only those certified
    without a condition are announced, and whoever refused publication is not named. While the meeting has
    resolved about nobody, how many there are and who is left to fill in.

    `day`: of the announcement, None = dots.
    """
    certified = [unit for unit in units if unit.certified]
    listed = Paper(
        name=LIST,
        form=Form.ANNOUNCEMENT,
        title=(f"{LIST}{c.province}", _subject(c), f"ลงวันที่ {c.date(day)}"),
        blocks=tuple(_lists(certified)) if units else (Block(Kind.RESOLUTION, lines=_TO_FILL_IN),),
        sample=_sample(c),
    )
    return announcement_text(c, by_type(certified) if units else None, day), c.finished(listed)


def announcement_text(c: Convened, counts: Mapping[ApplicantType, int] | None, day: date | None) -> Paper:
    """The announcement without its list. `counts`: of those certified, by type; None = not known yet."""
    return announced(c, TITLE, _subject(c), paragraphs(_body(c, counts)), day)


def announced(c: Convened, name: str, subject: str, blocks: tuple[Block, ...], day: date | None) -> Paper:
    """An announcement of the province's. `subject`: with the word เรื่อง; `day`: None = dots."""
    return c.finished(
        Paper(
            name=name,
            form=Form.ANNOUNCEMENT,
            title=(f"ประกาศ{c.province}", subject),
            blocks=blocks,
            closing=f"ประกาศ ณ วันที่ {_day(c, day)}",
            signatures=signed(c.meeting.signatory),
            sample=_sample(c),
        )
    )


def _subject(c: Convened) -> str:
    return f"เรื่อง รายชื่อผู้ผ่านการรับรองมาตรฐานการพัฒนาชุมชน ประจำปี {c.year}"


def _body(c: Convened, counts: Mapping[ApplicantType, int] | None) -> Iterator[str]:
    number, of_types = (DOTS, LONG_DOTS) if counts is None else (str(sum(counts.values())), each_type(counts))
    known = {"จำนวน": number, "จำนวนตามประเภท": of_types or "ไม่มี"}
    for one in (Passage.ANNOUNCEMENT_OPENING, Passage.ANNOUNCEMENT_LIST, Passage.ANNOUNCEMENT_CLOSING):
        yield said(c, one, **known)


def _lists(certified: Sequence[ResolvedUnit]) -> Iterator[Block]:
    if not certified:
        yield Block(Kind.CENTRE, "- ไม่มี -")
    number = 0
    for place, (type_, some) in enumerate(groupby(certified, key=lambda unit: unit.type), 1):
        own = list(some)
        named = [unit for unit in own if unit.published]
        yield Block(Kind.ITEM, f"{place}. ประเภท{TYPE[type_]} จำนวน {len(own)} {UNIT[type_]}")
        if named:
            rows = tuple(
                (str(n), unit.name, unit.district, "-" if unit.revoked else unit.certificate or "-")
                for n, unit in enumerate(named, number + 1)
            )
            number += len(named)
            yield Block(Kind.TABLE, cells=(_HEAD, *rows), widths=_WIDTHS)
        if unnamed := len(own) - len(named):
            yield Block(Kind.PARAGRAPH, f"ไม่ประสงค์ให้เผยแพร่ชื่อ จำนวน {unnamed} {UNIT[type_]}")


def _day(c: Convened, day: date | None) -> str:
    if day is None:
        return f"{DOTS} เดือน {LONG_DOTS} พ.ศ. {DOTS}"
    return c.occasion.words.date_in_era(day)


def _sample(c: Convened) -> str:
    return "" if c.occasion.official else SAMPLE
