"""กำหนดเวลาของอำเภอ: each day of the calendar, how much is done, how many days late; of one or all."""

from collections.abc import Iterator, Sequence

from processing.rounds.calendar import Stage
from processing.rounds.district_terms import DistrictTerm
from reports.view.blocks import Block, Form, Kind, Paper
from reports.view.districts.district_setting import District, day_in_table
from reports.view.letters.convened import Convened, paragraphs

TITLE = "กำหนดเวลาการดำเนินงาน"
ALL = "สรุปกำหนดเวลาทุกอำเภอ"
NOT_SET = "ยังไม่ได้กำหนดวันครบกำหนดในปฏิทินของปี"
_HEAD = ("งาน", "ครบกำหนด", "ดำเนินการแล้ว", "สถานะ", "หมายเหตุ")
_WIDTHS = (24, 16, 18, 18, 24)


def district_calendar(d: District) -> Paper:
    """One district's days."""
    return d.paper(TITLE, (d.as_of,), _blocks(d), d.head)


def all_calendars(c: Convened, districts: Sequence[District]) -> Paper:
    """Every district under each stage, for the province; where no day is set, that."""
    blocks = [block for stage in Stage for block in _of_stage(stage, districts)] or paragraphs((NOT_SET,))
    title = (ALL, districts[0].as_of, f"{c.programme} ประจำปี {c.year}", c.province)
    return c.finished(Paper(ALL, Form.PLAIN, tuple(blocks), title=title))


def _of_stage(stage: Stage, districts: Sequence[District]) -> Iterator[Block]:
    """The districts that have a day for it."""
    found = [(d, one) for d in districts for one in d.terms if one.stage is stage]
    if found:
        yield Block(Kind.ITEM, found[0][0].titles[stage])
        rows = tuple((d.name, *_row(d, one)) for d, one in found)
        yield Block(Kind.TABLE, cells=(("อำเภอ", *_HEAD[1:]), *rows), widths=_WIDTHS)


def _blocks(d: District) -> Iterator[Block]:
    if not d.terms:
        yield from paragraphs((NOT_SET,))
        return
    rows = tuple((d.titles[one.stage], *_row(d, one)) for one in d.terms)
    yield Block(Kind.TABLE, cells=(_HEAD, *rows), widths=_WIDTHS)


def _row(d: District, one: DistrictTerm) -> tuple[str, ...]:
    return day_in_table(d, one.due), done(one), state(one), _note(d, one)


def done(one: DistrictTerm) -> str:
    """How many of all."""
    return f"{one.done} จาก {one.all} ราย" if one.all else "ไม่มีผู้สมัคร"


def state(one: DistrictTerm) -> str:
    """Whether it is complete, and how late."""
    if one.waits:
        return f"เกินกำหนด {one.days_late} วัน" if one.days_late else "ยังไม่ครบ"
    if one.all == 0:
        return "-"
    return f"ครบ ช้ากว่ากำหนด {one.days_late} วัน" if one.days_late else "ครบตามกำหนด"


def _note(d: District, one: DistrictTerm) -> str:
    if not one.reason:
        return ""
    was = f"เดิม {day_in_table(d, one.set_due)} " if one.set_due else ""
    return f"{was}เหตุผล: {one.reason}"
