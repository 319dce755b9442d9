"""A sheet that the office filled in: rows under one row of our headings, in whatever order. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import ClassVar

from mochocho.excel import layout_faults
from mochocho.excel.cells import Cell, Sheet
from mochocho.excel.typed import Mistake, unusable
from mochocho.words import thai
from mochocho.words.sentences import Sentence

KEY, NAME = "รหัสผู้สมัคร", "ชื่อ"
HEADING = 2  # the place of the headings as we write them, from 0: under the title and a line of advice
DISPLACED = Sentence(
    "ชื่อไม่ตรงกับรหัสในทะเบียน อาจเรียงข้อมูลเคลื่อนแถว ให้สร้างไฟล์ใหม่แล้วกรอกอีกครั้ง",
    "the name is not the one that the register has for this key, as where rows were sorted apart; "
    "make the file anew and fill it in again",
)
_WITHIN = 10  # rows that the headings may stand in


class FilledRow:
    """One row of the sheet SHEET, by column name. `number`: as Excel counts."""

    SHEET: ClassVar[str]

    def __init__(self, number: int, cells: Mapping[str, Cell]) -> None:
        self.number = number
        self._cells = cells

    def __getitem__(self, column: str) -> Cell:
        return self._cells.get(column, Cell())

    def mistake(self, column: str, said: Sentence) -> Mistake:
        return Mistake(self.SHEET, self.number, column, said)

    def unusable(self) -> Iterator[Mistake]:
        """Cells whose content is not taken, whatever column they are in."""
        for column, cell in self._cells.items():
            if wrong := unusable(cell):
                yield self.mistake(column, wrong)

    def displaced(self, names: Mapping[str, str]) -> Iterator[Mistake]:
        """That the name is not the one of the key; `names`: applicant key -> registered name."""
        registered = names.get(self[KEY].text)
        if registered is not None and self[NAME].text != thai.normalise(registered):
            yield self.mistake(NAME, DISPLACED)


def unfit(sheet: Sheet, needed: Sequence[str], columns: Collection[str]) -> list[Mistake]:
    """What keeps its rows from being read: needed columns that are not among its headings, else what people
    did to the table of our columns.
    """
    if lacking := _missing(sheet, needed):
        return lacking
    heading = _heading(sheet.rows)
    return [*layout_faults.twice(sheet, heading, columns), *layout_faults.joined(sheet, heading, columns)]


def _missing(sheet: Sheet, needed: Sequence[str]) -> list[Mistake]:
    heading = _heading(sheet.rows)
    there = {cell.text for cell in sheet.rows[heading]} if sheet.rows else set()
    return [no_heading(sheet, heading, column) for column in needed if column not in there]


def no_heading(sheet: Sheet, heading: int, column: str) -> Mistake:
    """That this column is not among the headings; `heading`: their place, from 0."""
    said = Sentence(
        f"ไม่พบหัวคอลัมน์นี้ในแถว {heading + 1} ให้ใช้ไฟล์ที่ระบบสร้างให้",
        f"row {heading + 1} does not have this heading; use the file that the program makes",
    )
    return Mistake(sheet.name, heading + 1, column, said)


def cells_below(sheet: Sheet, columns: Collection[str]) -> Iterator[tuple[int, Mapping[str, Cell]]]:
    """Number, as Excel counts, and cells by column of each row under the headings that holds anything."""
    first = _heading(sheet.rows) + 1
    places: dict[str, int] = {}
    for place, cell in enumerate(sheet.rows[first - 1] if sheet.rows else ()):
        if cell.text in columns:
            places.setdefault(cell.text, place)
    for number, cells in enumerate(sheet.rows[first:], start=first + 1):
        if any(not cell.empty for cell in cells):
            yield number, {c: cells[place] for c, place in places.items() if place < len(cells)}


def _heading(found: Sequence[Sequence[Cell]]) -> int:
    """The place of the headings, from 0; without them, the first row stands for them."""
    tops = enumerate(found[:_WITHIN])
    return next((number for number, cells in tops if any(cell.text == KEY for cell in cells)), 0)
