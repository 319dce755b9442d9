"""Totals that are not the sum of their parts, or not the number of the units (rules.md 49, 52). Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from mochocho.words.model import ApplicantType
from mochocho.words.numbers import arabic
from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, error
from reports.lint.printed_texts import AGENDA, MINUTES, Typed, of_paper
from reports.view.blocks import Kind, Paper
from reports.view.printed_words import TYPE, UNIT

PARTS = error(
    "total.parts",
    "49",
    Sentence(
        "เขียนจำนวนทั้งสิ้น {total} แต่แต่ละประเภทรวมกันได้ {sum}", "says {total} in all, but its parts make {sum}"
    ),
    Sentence("ให้แก้ยอดรวมหรือจำนวนของประเภทที่ผิด", "mend the total or its parts"),
)
UNITS = error(
    "total.units",
    "49",
    Sentence(
        "เขียนจำนวนทั้งสิ้น {total} หน่วยงาน แต่เสนอต่อที่ประชุม {units} หน่วยงาน",
        "says {total} units, but {units} lie before the committee",
    ),
    Sentence("ให้แก้จำนวนในข้อความ หรือตรวจบัญชีรายชื่อ", "mend the text, or check the list"),
)
TYPE_DIFFERS = error(
    "total.type",
    "49",
    Sentence(
        "เขียน{type} {written} {unit} แต่เสนอต่อที่ประชุม {units} {unit}",
        "says {written} for {type}, but {units} lie before the committee",
    ),
    Sentence("ให้แก้จำนวนในข้อความ หรือตรวจบัญชีรายชื่อ", "mend the text, or check the list"),
)
ROW = error(
    "total.row",
    "52",
    Sentence("แถว “{row}” เขียนรวม {total} แต่บวกได้ {sum}", "row “{row}” says {total}, its cells make {sum}"),
    Sentence("ให้แก้ตัวเลขในแถวนี้", "mend the figures of the row"),
)
COLUMN = error(
    "total.column",
    "52",
    Sentence(
        "คอลัมน์ “{column}” เขียนรวม {total} แต่บวกได้ {sum}",
        "column “{column}” says {total}, its cells make {sum}",
    ),
    Sentence("ให้แก้ตัวเลขในคอลัมน์นี้", "mend the figures of the column"),
)
ENTRIES = (PARTS, UNITS, TYPE_DIFFERS, ROW, COLUMN)
SUM = "รวม"
_TYPE_OF = {unit: type_ for type_, unit in UNIT.items()}
_TOTAL = re.compile(r"(?:ทั้งสิ้น|ทั้งหมด) ?([\d,]+) ?หน่วย(?:งาน)?(?![ก-๙])")
_PART = re.compile(
    r"(?:จำนวน|ผู้นำชุมชน|กลุ่ม(?:องค์กรชุมชน)?|เครือข่าย(?:องค์กรชุมชน)?|ชุมชน) ?([\d,]+) ?"
    rf"({'|'.join(_TYPE_OF)})(?![ก-๙])"
)
_FEWEST_PARTS = 2
Part = tuple[int, ApplicantType]


def check(looked: Examined) -> Iterator[Found]:
    """Sums in texts and tables."""
    units = Counter(unit.type for unit in looked.units)
    for texts in _together(looked):
        yield from _in_words(texts, units)
    for paper in looked.papers:
        yield from _in_tables(paper)


def _together(looked: Examined) -> Iterator[Sequence[Typed]]:
    """The texts in which a total and its parts belong together: an item of the agenda, a paper."""
    for at, item in enumerate(looked.meeting.agenda.own, 1):
        place = Place(AGENDA, f"agenda.own.{at}.paragraphs")
        yield [Typed(place, text) for text in item.paragraphs]
    for at, minuted in enumerate(looked.meeting.held.items if looked.meeting.held else (), 1):
        place = Place(MINUTES, f"held.items.{at}.paragraphs")
        yield [Typed(place, text) for text in minuted.paragraphs]
    for paper in looked.papers:
        yield list(of_paper(paper))


def _in_words(texts: Sequence[Typed], units: Counter[ApplicantType]) -> Iterator[Found]:
    total: tuple[int, Place] | None = None
    parts: list[Part] = []
    for text in texts:
        for found in sorted((*_TOTAL.finditer(text.plain), *_PART.finditer(text.plain)), key=re.Match.start):
            number = _number(found[1]) or 0
            if found.re is _PART:
                parts.append((number, _TYPE_OF[found[2]]))
                continue
            yield from _summed(total, parts, units)
            total, parts = (number, text.place), []
            if number != units.total():
                yield UNITS.at(text.place, total=number, units=units.total())
    yield from _summed(total, parts, units)


def _summed(
    total: tuple[int, Place] | None, parts: Sequence[Part], units: Counter[ApplicantType]
) -> Iterator[Found]:
    """What is wrong with the parts behind a total.

    Two that are wrong by as much make the same sum, so the types are looked at one by one.
    """
    if total is None or len(parts) < _FEWEST_PARTS:
        return
    if total[0] != (said := sum(number for number, _ in parts)):
        yield PARTS.at(total[1], total=total[0], sum=said)
    elif total[0] == units.total() and len({type_ for _, type_ in parts}) == len(parts):
        for number, type_ in parts:
            if number != units[type_]:
                yield TYPE_DIFFERS.at(
                    total[1], type=TYPE[type_], written=number, unit=UNIT[type_], units=units[type_]
                )


def _in_tables(paper: Paper) -> Iterator[Found]:
    for block in paper.blocks:
        if block.kind is Kind.TABLE and len(block.cells) > 1:
            head, *rows = block.cells
            if head[-1] == SUM:
                yield from _rows(paper, rows)
            if rows[-1][0].startswith(SUM):
                yield from _columns(paper, head, rows)


def _rows(paper: Paper, rows: Sequence[Sequence[str]]) -> Iterator[Found]:
    for row in rows:
        *cells, total = map(_number, row)
        figures: list[int] = []
        for cell in reversed(cells):
            if cell is None:
                break
            figures.append(cell)
        if total is not None and figures and sum(figures) != total:
            name = next((cell for cell in row if _number(cell) is None), row[0])
            yield ROW.at(Place(paper.name), row=name, total=total, sum=sum(figures))


def _columns(paper: Paper, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[Found]:
    *body, totals = rows
    for back in range(1, min(map(len, rows)) + 1):  # from the right: the first cells of the totals are joined
        total, cells = _number(totals[-back]), [_number(row[-back]) for row in body]
        figures = [cell for cell in cells if cell is not None]
        if total is not None and len(figures) == len(cells) and sum(figures) != total:
            yield COLUMN.at(Place(paper.name), column=head[-back], total=total, sum=sum(figures))


def _number(cell: str) -> int | None:
    plain = arabic(cell.strip()).replace(",", "")
    return int(plain) if plain.isdecimal() else None
