"""Fills an office's Excel file with tables. Placeholders are replaced once; what people typed is not read."""

import io
import re
import zipfile
from collections.abc import Sequence
from copy import copy
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from mochocho.excel.escapes import escaped
from mochocho.excel.typed import Mistake
from mochocho.excel.workbooks import read_workbook
from mochocho.excel.writing import held
from reports.formats.office_books.book_mistakes import cells_of, mistakes, repeated
from reports.formats.office_books.cell_marks import Content, marks, replaced
from reports.formats.sealed_package import sealed

_IMPOSSIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # in XML
_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_FIXED = rb"\g<1>2000-01-01T00:00:00Z\g<2>"


class WrongBookError(Exception):
    """A file that cannot be filled; `mistakes`: each with its sheet and cell, for whoever made it."""

    def __init__(self, found: Sequence[Mistake]) -> None:
        super().__init__(found)
        self.mistakes = tuple(found)


def filled_book(template: Path, content: Content) -> bytes:
    """The tables in the office's own look; the same content gives the same bytes.

    Raises BadInput (excel.*) for what is no Excel file of this kind, WrongBookError.
    """
    read_workbook(template)  # bounds, entities, password: before anything else opens it
    book = load_workbook(template)
    if found := tuple(mistakes(book, content)):
        raise WrongBookError(found)
    for sheet in book.worksheets:
        _fill(sheet, content)
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as made:
        parts = {name: made.read(name) for name in sorted(made.namelist(), key=_first)}
    parts["docProps/core.xml"] = _MOMENT.sub(_FIXED, parts["docProps/core.xml"])
    return sealed(parts)


def _first(name: str) -> tuple[bool, str]:
    """Programs look for the list of contents at the beginning."""
    return name != "[Content_Types].xml", name


def _fill(sheet: Any, content: Content) -> None:
    table, row = repeated(sheet, content)
    fixed = content.anywhere(table)
    for cell in list(cells_of(sheet)):
        if cell.row != row and isinstance(cell.value, str) and marks(cell.value):
            _put(cell, replaced(cell.value, fixed))
    if table is None or row is None:
        return
    pattern = [
        content.without_beginnings(c.value) if isinstance(c.value, str) else c.value for c in sheet[row]
    ]
    styles = list(sheet[row])
    _make_room(sheet, row, len(table.rows) - 1)
    for number in range(len(table.rows)):
        values = content.in_row(table, number)
        for place, text in enumerate(pattern, 1):
            cell = sheet.cell(row + number, place)
            if number:
                cell._style = copy(styles[place - 1]._style)  # noqa: SLF001 - openpyxl's own way to copy a look
            _put(cell, replaced(text, values) if isinstance(text, str) else text)
        if number and row in sheet.row_dimensions:
            sheet.row_dimensions[row + number].height = sheet.row_dimensions[row].height
    if not table.rows:
        for place in range(1, len(pattern) + 1):
            sheet.cell(row, place).value = None


def _make_room(sheet: Any, row: int, more: int) -> None:
    """Move everything below this row down, with its heights and merged cells."""
    if more < 1 or sheet.max_row <= row:
        return
    below = [one for one in sheet.merged_cells.ranges if one.min_row > row]
    for one in below:
        sheet.merged_cells.remove(one)
    heights = {n: d.height for n, d in sheet.row_dimensions.items() if n > row and d.height is not None}
    sheet.move_range(f"A{row + 1}:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}", rows=more)
    for one in below:
        one.shift(row_shift=more)
        sheet.merged_cells.add(one)
    for number in heights:
        sheet.row_dimensions[number].height = None
    for number, height in heights.items():
        sheet.row_dimensions[number + more].height = height


def _put(cell: Any, value: object) -> None:
    """A text stays text whatever it begins with."""
    if isinstance(value, str):
        cell.value = escaped(held(_IMPOSSIBLE.sub("", value))) or None
        if cell.value is not None:
            cell.data_type = "s"
    else:
        cell.value = value
