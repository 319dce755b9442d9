"""Rows of a template's table that stand for all rows of a paper's table."""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy

from lxml import etree

from reports.editable.markup import qualified
from reports.editable.office_templates.marked_text import MarkedText
from reports.editable.office_templates.named_places import CELL, Place, Value

_P, _TR, _TBL = (qualified(f"w:{name}") for name in ("p", "tr", "tbl"))
_CELL_NUMBER = re.compile(rf"{CELL} (\d+)")


def row_of(paragraph: etree._Element) -> etree._Element | None:
    """The table's row in which a paragraph stands, the innermost."""
    return next(paragraph.iterancestors(_TR), None)


def cell_number(name: str) -> int | None:
    """Which cell of a row a placeholder means, from 1; None where it means none."""
    found = _CELL_NUMBER.fullmatch(name)
    return int(found[1]) if found else None


def rows_for(row: etree._Element | None, values: Mapping[str, Value]) -> Value | None:
    """The table for whose rows this row stands; None for a row that stands for itself."""
    if row is None:
        return None
    found = (values.get(mark.name) for text in _texts(row) for mark in text.marks)
    return next((one for one in found if one is not None and one.place is Place.ROW), None)


def repeat(row: etree._Element, table: Value, values: Mapping[str, Value]) -> Sequence[etree._Element]:
    """Put a row for each of the table's in the place of this one; a table without any row goes.

    Returns the new rows.
    """
    made: list[etree._Element] = []
    for cells in table.rows:
        one = deepcopy(row)
        for text in list(_texts(one)):
            text.replace({mark.name: _in_row(mark.name, cells, values) for mark in text.marks})
        row.addprevious(one)
        made.append(one)
    parent = row.getparent()
    assert parent is not None  # noqa: S101 - a row stands in a table
    parent.remove(row)
    if parent.find(_TR) is None:
        around = parent.getparent()
        assert around is not None  # noqa: S101 - a table stands in a body or a cell
        around.remove(parent)
    return made


def _in_row(name: str, cells: tuple[str, ...], values: Mapping[str, Value]) -> str:
    number = cell_number(name)
    return values[name].text if number is None else cells[number - 1]


def _texts(row: etree._Element) -> Iterator[MarkedText]:
    return (MarkedText(one) for one in row.iter(_P) if row_of(one) is row)
