"""Resolutions typed into a page, as the sheet that is read for them, and its mistakes beside them. Pure.

A page is a sheet that nobody saved: the same columns, read and refused by the same functions.
"""

from collections.abc import Collection, Mapping, Sequence

from mochocho.excel.cells import Cell, Sheet
from mochocho.excel.typed import Mistake
from mochocho.words import thai
from mochocho.words.model import Gate
from processing.decisions.clerks_sheet import COLUMNS, ONCE, SHEETS

Typed = Mapping[str, str]  # by column (`clerks_sheet`)
Place = tuple[int | None, str]  # which of the rows, from 0; None = what is typed once; and the column


def sheet(gate: Gate, once: Typed, rows: Sequence[Typed]) -> Sheet:
    """What was typed, as the sheet of this gate: what is typed once, the headings, the rows."""
    top = [(Cell(column), _cell(once.get(column, ""))) for column in ONCE]
    headings = tuple(map(Cell, COLUMNS))
    below = [tuple(_cell(row.get(column, "")) for column in COLUMNS) for row in rows]
    return Sheet(SHEETS[gate], (*top, headings, *below))


def beside(mistakes: Collection[Mistake]) -> dict[Place, tuple[str, ...]]:
    """The mistakes of such a sheet by where they were typed."""
    found: dict[Place, list[str]] = {}
    for one in mistakes:
        row = one.row - len(ONCE) - 2  # rows count from 1, and the headings are one
        found.setdefault((row if row >= 0 else None, one.column), []).append(one.said.th)
    return {place: tuple(dict.fromkeys(said)) for place, said in found.items()}


def _cell(text: str) -> Cell:
    return Cell(thai.normalise(text), written=text)
