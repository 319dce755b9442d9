"""A paper's blocks as paragraphs and tables."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from lxml import etree

from reports.editable.drawn_codes import drawn
from reports.editable.markup import element, keep_with_next, paragraph, tab, twips
from reports.editable.office_styles import TEXT_WIDTH, Style
from reports.view.blocks import Block, Kind

_STYLE = {
    Kind.ITEM: Style.ITEM,
    Kind.HEADING: Style.HEADING,
    Kind.PARAGRAPH: Style.BODY,
    Kind.POINT: Style.POINT,
    Kind.CENTRE: Style.CENTRE,
}
_LINED = (Kind.TABLE, Kind.STEPS)
_CLOSE = (Kind.PARAGRAPH, Kind.POINT, Kind.DASH, Kind.CHECK)  # a table would touch them
_NUMBERED = re.compile("[0-9๐-๙]+[.)] ")
_COUNTS_AT = 2.5  # cm
_COUNTS_WIDTHS = (7.0, 6.5)
_OF_NUMBERS = 1.2  # cm, the least of a column
_LETTER = 0.195  # cm, a bold letter of a table's heading
_BESIDE_WORD = 0.25  # cm, what is beside a word in its cell
_ONE_WORD = 8  # letters; a longer heading may be of several
_LINE = 0.65  # cm, of a table's text
_FEW_ROWS = 4  # with the heading: they stay on one page
BOX = "☐"
_SHADE = "EEF2F6"
_NARROWEST, _WIDEST = 8, 44  # letters of a column by which the width of a page is shared


def bodies(blocks: Iterable[Block]) -> Iterator[etree._Element]:
    """The paragraphs and tables of these blocks, in order; what introduces steps stands on their page."""
    last: etree._Element | None = None
    before: Kind | None = None
    for block in blocks:
        if block.kind is Kind.STEPS and last is not None:
            keep_with_next(last)
        if block.kind in _LINED and before in _CLOSE:
            yield paragraph(Style.BETWEEN.id, with_next=True)
        for last in _MADE.get(block.kind, _words)(block):
            yield last
        before = block.kind


def _words(block: Block) -> Iterator[etree._Element]:
    yield paragraph(_STYLE[block.kind].id, block.text)
    yield from (paragraph(Style.TO_FILL.id, tab()) for _ in range(block.lines))


def _dash(block: Block) -> Iterator[etree._Element]:
    yield paragraph(Style.DASH.id, "-", tab(), block.text)


def _resolution(block: Block) -> Iterator[etree._Element]:
    if block.text:
        yield paragraph(Style.RESOLUTION.id, block.text)
    for i in range(block.lines):
        yield paragraph(Style.TO_FILL.id, tab(), with_next=i < block.lines - 1)


def _check(block: Block) -> Iterator[etree._Element]:
    yield paragraph(Style.CHECK.id, BOX, tab(), block.text)


def _enclosure(block: Block) -> Iterator[etree._Element]:
    yield from (paragraph(Style.ORDER_TITLE.id, line) for line in block.text.split("\n"))
    yield _after()


def _code(block: Block) -> Iterator[etree._Element]:
    if block.code is not None:
        yield paragraph(Style.CODE.id, drawn(block.code), with_next=True)
    yield paragraph(Style.CODE.id, block.text)


def _fields(block: Block) -> Iterator[etree._Element]:
    """A line: `label, what is known of it` again and again; dots from each to where the next begins."""
    for row in block.cells:
        yield from (paragraph("Normal") for _ in range(block.lines))
        pairs = list(zip(row[::2], row[1::2], strict=True))
        content = [one for label, known in pairs for one in (f"{label} ", known, tab())]
        stops = [TEXT_WIDTH * i / len(pairs) for i in range(1, len(pairs) + 1)]
        yield paragraph(Style.FIELD.id, *content, dots_to=stops)


def _counts(block: Block) -> Iterator[etree._Element]:
    if not block.cells:
        return
    cells = [
        [[paragraph(Style.LISTED.id if _NUMBERED.match(text) else "Normal", text)] for text in row]
        for row in block.cells
    ]
    widths = _shared(block.widths, TEXT_WIDTH - _COUNTS_AT) if block.widths else _COUNTS_WIDTHS
    yield table(cells, widths, lines=False, indent=_COUNTS_AT)
    yield _after()


def _steps(block: Block) -> Iterator[etree._Element]:
    """One column a step: its name, its parts, its months."""
    steps = block.cells
    if not steps:
        return
    names = [[paragraph(Style.TABLE_HEAD.id, step[0])] for step in steps]
    parts = [
        [paragraph(Style.CELL_DASH.id, "-", tab(), part) for part in step[1:-1]] or [paragraph(Style.CELL.id)]
        for step in steps
    ]
    months = [[paragraph(Style.CELL_CENTRE.id, step[-1])] for step in steps]
    _keep_with_next(names, parts)
    yield table([names, parts, months], [TEXT_WIDTH / len(steps)] * len(steps), head=True)
    yield _after()


def _table(block: Block) -> Iterator[etree._Element]:
    if not block.cells:
        return
    head, *body = block.cells
    styles = [_column_style(column) for column in zip(*body, strict=True)] or [Style.CELL] * len(head)
    cells = [[[paragraph(Style.TABLE_HEAD.id, text)] for text in head]]
    cells += [[[paragraph(style.id, text)] for style, text in zip(styles, row, strict=True)] for row in body]
    _keep_with_next(*(cells[:-1] if len(cells) <= _FEW_ROWS else (cells[1], cells[-2])))
    widths = _shared(shares(block), TEXT_WIDTH, head)
    yield table(cells, widths, head=True, least=block.lines * _LINE)
    yield _after()


_MADE: Mapping[Kind, Callable[[Block], Iterator[etree._Element]]] = {
    Kind.DASH: _dash,
    Kind.RESOLUTION: _resolution,
    Kind.COUNTS: _counts,
    Kind.STEPS: _steps,
    Kind.TABLE: _table,
    Kind.FIELDS: _fields,
    Kind.CHECK: _check,
    Kind.CODE: _code,
    Kind.ENCLOSURE: _enclosure,
}


def _keep_with_next(*rows: Sequence[Sequence[etree._Element]]) -> None:
    """On the page of the next row: no row of a table stands alone on a page."""
    for row in rows:
        for cell in row:
            for one in cell:
                keep_with_next(one)


def _after() -> etree._Element:
    """Two tables that touch would become one."""
    return paragraph(Style.BETWEEN.id)


def _column_style(texts: Sequence[str]) -> Style:
    """Numbers and marks are centred, words begin at the left."""
    words = any(sum(c.isalpha() for c in text) > 3 for text in texts)
    return Style.CELL if words else Style.CELL_CENTRE


def _shared(shares: Sequence[int], width: float, head: Sequence[str] = ()) -> list[float]:
    """The columns' widths; what the narrow ones lack for `ลำดับ` or their heading, the widest gives."""
    least = map(_least, head or [""] * len(shares))
    found = [max(width * one / sum(shares), needed) for one, needed in zip(shares, least, strict=True)]
    found[found.index(max(found))] -= sum(found) - width
    return found


def _least(heading: str) -> float:
    """How wide a column with this heading is at least: a word of it is not parted."""
    seen = _seen(heading)
    return max(_OF_NUMBERS, seen * _LETTER + _BESIDE_WORD if seen <= _ONE_WORD else 0)


def shares(block: Block) -> Sequence[int]:
    """By what the columns of a table share the width of a page."""
    return block.widths or _longest(block.cells)


def _longest(rows: Sequence[Sequence[str]]) -> list[int]:
    """By the columns' longest texts, marks above and below not counted."""
    return [min(max(_NARROWEST, *(_seen(row[i]) for row in rows)), _WIDEST) for i in range(len(rows[0]))]


def _seen(text: str) -> int:
    return sum(unicodedata.category(c) != "Mn" for c in text)


def table(
    rows: Sequence[Sequence[Sequence[etree._Element]]],
    widths: Sequence[float],
    *,
    head: bool = False,
    lines: bool = True,
    indent: float = 0.0,
    least: float = 0.0,
) -> etree._Element:
    """Rows of cells of paragraphs; `widths` in cm. `head`: the first row is said again on each page.

    `least`: how high the other rows are at least, cm.
    """
    looks = element(
        "w:tblPr",
        element("w:tblStyle", val="Grid") if lines else None,
        element("w:tblW", w=twips(sum(widths)), type="dxa"),
        element("w:tblInd", w=twips(indent), type="dxa") if indent else None,
        element("w:tblLayout", type="fixed"),
    )
    grid = element("w:tblGrid", *(element("w:gridCol", w=twips(width)) for width in widths))
    made = element("w:tbl", looks, grid)
    for i, row in enumerate(rows):
        first = head and not i
        made.append(
            element(
                "w:tr",
                element(
                    "w:trPr",
                    None if _is_a_line(row, widths) else element("w:cantSplit"),
                    element("w:trHeight", val=twips(least), hRule="atLeast") if least and not first else None,
                    element("w:tblHeader") if first else None,
                ),
                *(_cell(cell, width, first) for cell, width in zip(row, widths, strict=True)),
            )
        )
    return made


def _is_a_line(row: Sequence[Sequence[etree._Element]], widths: Sequence[float]) -> bool:
    """Whether a row is one line in any font, so that no page parts it. Where every row of a table says
    that it is not parted, LibreOffice may lose those behind a page's end.
    """
    return all(
        len(cell) == 1 and 2 * _seen("".join(map(str, cell[0].itertext()))) * _LETTER < width - _BESIDE_WORD
        for cell, width in zip(row, widths, strict=True)
    )


def _cell(content: Sequence[etree._Element], width: float, head: bool) -> etree._Element:
    looks = element(
        "w:tcPr",
        element("w:tcW", w=twips(width), type="dxa"),
        element("w:shd", val="clear", color="auto", fill=_SHADE) if head else None,
        element("w:vAlign", val="center") if head else None,
    )
    return element("w:tc", looks, *content)
