"""รวมบันทึกองค์ความรู้: the records of knowledge as a booklet to spread (rules.md 34 and 38). Pure.

The author's telephone is not printed: the booklet is given to anybody.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mochocho.words.model import Knowledge
from reports.view.blocks import Block, Form, Kind, Paper
from reports.view.letters.convened import Convened

TITLE = "รวมบันทึกองค์ความรู้"
_LISTS = (
    ("steps", "ขั้นตอน/เทคนิค"),
    ("assets", "บันทึกขุมความรู้ (Knowledge Assets)"),
    ("core", "แก่นความรู้ (Core Competency)"),
    ("strategies", "กลยุทธ์ในการทำงาน"),
    ("theories", "แนวคิดทฤษฎีที่สอดคล้อง"),
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A record with whose it is: the unit's name, its type, its district."""

    record: Knowledge
    unit: str
    type: str
    district: str


def booklet(c: Convened, records: Sequence[Recorded]) -> tuple[Paper, ...]:
    """The contents, then one paper a record, in their order; of those only that may be published."""
    shown = [one for one in records if one.record.may_publish is not False]
    contents = Paper(
        name=TITLE,
        form=Form.MEETING,
        title=(TITLE, f"{c.programme} ประจำปี {c.year}", c.province),
        blocks=tuple(_contents(shown)),
    )
    return (c.finished(contents), *(c.finished(_paper(one)) for one in shown))


def _contents(shown: Sequence[Recorded]) -> Iterator[Block]:
    if not shown:
        yield Block(Kind.CENTRE, "- ไม่มี -")
        return
    rows = tuple(
        (str(number), one.record.title or "-", one.unit, one.district) for number, one in enumerate(shown, 1)
    )
    yield Block(Kind.TABLE, cells=(("ลำดับ", "เรื่อง", "ของ", "อำเภอ"), *rows), widths=(5, 34, 26, 15))


def _paper(one: Recorded) -> Paper:
    record = one.record
    return Paper(
        name=TITLE,
        form=Form.MEETING,
        title=(record.title or "ไม่ระบุชื่อเรื่อง", f"{one.unit} ประเภท{one.type} อำเภอ{one.district}"),
        blocks=tuple(_blocks(record)),
    )


def _blocks(record: Knowledge) -> Iterator[Block]:
    facts = (
        ("ชื่อผู้ถอดบทเรียน", record.author),
        ("เป็นการแก้ไขปัญหาเกี่ยวกับ", record.solves),
        ("สถานที่เกิดเหตุการณ์", record.place),
    )
    yield Block(Kind.FIELDS, cells=tuple((label, value) for label, value in facts if value))
    if record.story:
        yield Block(Kind.ITEM, "เนื้อเรื่อง")
        yield from (Block(Kind.PARAGRAPH, text) for text in _lines(record.story))
    for name, heading in _LISTS:
        if lines := getattr(record, name):
            yield Block(Kind.ITEM, heading)
            yield from (Block(Kind.DASH, text) for text in lines)


def _lines(text: str) -> Iterable[str]:
    return filter(None, map(str.strip, text.splitlines()))
