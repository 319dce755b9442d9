"""What may stand between {{ and }} in a template, and what each stands for in a paper."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from mochocho.words import thai
from mochocho.words.numbers import arabic
from reports.editable.form_heads import NAME_DOTS
from reports.view.blocks import Block, Form, Kind, Paper
from reports.view.letters.convened import DAY, NUMBER, OFFICE, URGENCY
from reports.view.letters.greetings import OPENINGS, USUAL

TITLE, SUBTITLE = "ชื่อเอกสาร", "รายละเอียดใต้ชื่อ"
BODY, PART, TABLE = "เนื้อความ", "เนื้อความส่วนที่", "ตารางที่"
OPENING, CLOSING, FOOT, SAMPLE = "คำขึ้นต้น", "คำลงท้าย", "เจ้าของเรื่อง", "ป้ายตัวอย่าง"
ENCLOSED_TITLE = "ชื่อสิ่งที่ส่งมาด้วย"
SIGNED, POSITION = "ผู้ลงนาม", "ตำแหน่งผู้ลงนาม"
EACH_ROW, CELL = "ทุกแถวของตารางที่", "ช่องที่"

# A template may name what this paper happens to lack, such as an urgency.
LABELS = {
    Form.LETTER: (URGENCY, NUMBER, OFFICE, DAY, "เรื่อง", USUAL, "อ้างถึง", "สิ่งที่ส่งมาด้วย"),
    Form.MEMO: (URGENCY, OFFICE, NUMBER, DAY, "เรื่อง", USUAL),
    Form.ORDER: (NUMBER, "เรื่อง"),
    Form.ANNOUNCEMENT: (NUMBER, "เรื่อง"),
    Form.MEETING: (),
    Form.PLAIN: (),
}
_MOST_SIGNATURES = 3  # that a template may name without the paper having them
_NUMBERED = re.compile(r"(\D+?) ?(\d+)")


class Place(Enum):
    """Where a placeholder may stand."""

    ANYWHERE = "anywhere"
    ALONE = "alone"  # in a paragraph of its own
    ROW = "row"  # of a table


@dataclass(frozen=True, slots=True)
class Value:
    """What a placeholder stands for: a text, or blocks, or the rows of a table without its heading."""

    place: Place
    text: str = ""
    blocks: tuple[Block, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def empty(self) -> bool:
        return not (self.text or self.blocks or self.rows)


def name_of(typed: str) -> str:
    """A placeholder's name as it is kept: one spelling, Arabic digits, a space before a number."""
    name = arabic(thai.normalise(typed))
    numbered = _NUMBERED.fullmatch(name)
    return f"{numbered[1]} {int(numbered[2])}" if numbered else name


def values_of(paper: Paper) -> Mapping[str, Value]:
    """Every placeholder that a template of this paper may have; what it encloses begins where it says."""
    blocks = tuple(block for block in paper.blocks if block.kind is not Kind.ENCLOSURE)
    found = {
        TITLE: _text(*paper.title[:1]),
        SUBTITLE: _text(*paper.title[1:]),
        **{label: _text() for label in LABELS[paper.form]},
        **_labelled(paper.head),
        **({OPENING: _text(opening_of(paper))} if paper.form is Form.LETTER else {}),
        BODY: Value(Place.ALONE, blocks=blocks),
        CLOSING: _text(paper.closing),
        FOOT: _text(*paper.foot),
        SAMPLE: _text(paper.sample),
    }
    return found | dict(_enclosed(paper)) | dict(_signed(paper)) | dict(_divided(blocks))


def opening_of(paper: Paper) -> str:
    """The word before whom a letter goes to; `{{เรียน}}` is the recipient, whatever the word is."""
    return next((label for label, _ in paper.head if label in OPENINGS), USUAL)


def numbered(name: str, number: int) -> str:
    """`ช่องที่ 2`"""
    return f"{name} {number}"


def _text(*lines: str) -> Value:
    return Value(Place.ANYWHERE, "\n".join(lines))


def _labelled(head: Sequence[tuple[str, str]]) -> Mapping[str, Value]:
    lines: dict[str, list[str]] = {}
    for label, value in head:
        lines.setdefault(USUAL if label in OPENINGS else name_of(label), []).append(value)
    return {label: _text(*said) for label, said in lines.items()}


def _enclosed(paper: Paper) -> Iterator[tuple[str, Value]]:
    yield from ((ENCLOSED_TITLE, _text(block.text)) for block in paper.blocks if block.kind is Kind.ENCLOSURE)


def _signed(paper: Paper) -> Iterator[tuple[str, Value]]:
    """`ผู้ลงนาม`, `ผู้ลงนาม 2` …"""
    for i in range(max(_MOST_SIGNATURES, len(paper.signatures))):
        one = paper.signatures[i] if i < len(paper.signatures) else None
        name, position = (SIGNED, POSITION) if not i else (numbered(SIGNED, i + 1), numbered(POSITION, i + 1))
        yield name, _text((one.name or NAME_DOTS) if one else "")
        yield position, _text(*one.lines) if one else _text()


def _divided(blocks: Sequence[Block]) -> Iterator[tuple[str, Value]]:
    """The tables by number, and what stands before, between and behind them."""
    part: list[Block] = []
    count = 0
    for block in blocks:
        if block.kind is not Kind.TABLE:
            part.append(block)
            continue
        count += 1
        yield numbered(PART, count), Value(Place.ALONE, blocks=tuple(part))
        yield numbered(TABLE, count), Value(Place.ALONE, blocks=(block,))
        yield numbered(EACH_ROW, count), Value(Place.ROW, rows=block.cells[1:])
        part = []
    yield numbered(PART, count + 1), Value(Place.ALONE, blocks=tuple(part))
