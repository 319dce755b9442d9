"""One row of a sheet as values with their cells; mistakes are collected and do not stop reading. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from mochocho.excel.cells import NOTHING, Cell
from mochocho.excel.typed import Mistake, Wrong, arabic, day_of, text_of, whole_of
from mochocho.standards.sheets.columns import Column, Kind, Table
from mochocho.standards.wording import demand
from mochocho.words.sentences import Sentence, plain

_OF_COLUMN = plain("")  # its name is enough
NOT_FILLED = Sentence("ยังไม่ได้กรอก", "is not filled in")


@dataclass(frozen=True, slots=True)
class Spot:
    """One cell, or a whole sheet (`row` 0). `of`: the sentence's first words, if not the column's name."""

    sheet: str
    row: int = 0
    place: int = 0  # the column's position, from 0
    column: str = ""
    address: str = ""
    of: Sentence = _OF_COLUMN

    def mistake(self, said: Sentence) -> Mistake:
        whole = Sentence(f"{self.of.th}{said.th}", f"{self.of.en}{said.en}")
        return Mistake(self.sheet, self.row, self.column, whole, self.address)


@dataclass
class Report:
    """The mistakes to correct, by cell, and notices that stop nothing."""

    found: dict[Spot, Mistake] = field(default_factory=dict)
    notices: list[Sentence] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)  # sheets of ours that could not be read at all
    in_thai_only: int = 0  # English texts that were left empty

    def wrong(self, spot: Spot, said: Sentence) -> None:
        """Report a mistake. The first one of a cell stays:
        later ones follow from it and would only confuse.
        """
        self.found.setdefault(spot, spot.mistake(said))

    def mistakes(self, order: Iterable[str]) -> tuple[Mistake, ...]:
        """The mistakes in the order a reader meets them; `order`: the titles of the sheets."""
        titles = {title: n for n, title in enumerate(order)}
        spots = sorted(self.found, key=lambda s: (titles.get(s.sheet, len(titles)), s.row, s.place))
        return tuple(self.found[spot] for spot in spots)


class Line:
    """The values of a row by column key. A cell with a mistake has no value and is not reported again."""

    def __init__(
        self, report: Report, table: Table, cells: Mapping[str, Cell], spots: Mapping[str, Spot]
    ) -> None:
        self.report, self.spots = report, dict(spots)
        self.values: dict[str, Any] = {}
        for column in table.columns:
            cell = cells.get(column.key, NOTHING)
            if cell.empty:
                continue
            try:
                self.values[column.key] = value_of(cell, column)
            except Wrong as wrong:
                report.wrong(self.spots[column.key], wrong.said)

    def get(self, key: str, default: Any = None) -> Any:
        return self.values.get(key, default)

    def bad(self, key: str) -> bool:
        return self.spots[key] in self.report.found

    def need(self, key: str, instead: Any) -> Any:
        """The value; if there is none, report it and return `instead`, so that the rest can be checked."""
        if key not in self.values:
            self.wrong(key, NOT_FILLED)
            return instead
        return self.values[key]

    def refuse(self, key: str, said: Sentence) -> None:
        """Report a value that has no meaning in this row."""
        if key in self.values:
            self.wrong(key, said)

    def limited(self, key: str, owner: type[BaseModel], part: str, instead: Any) -> Any:
        """`need`, within the limits of a schema field that depends on other values of the row."""
        value = self.need(key, instead)
        if self.bad(key):
            return instead
        try:
            return checked(value, owner, part)
        except Wrong as wrong:
            self.wrong(key, wrong.said)
            return instead

    def wrong(self, key: str, said: Sentence) -> None:
        self.report.wrong(self.spots[key], said)


def value_of(cell: Cell, column: Column) -> Any:
    """The value of a cell of this column. Raises Wrong."""
    if cell.broken:
        raise Wrong(
            f"ช่องนี้แสดงข้อผิดพลาด {cell.text} ของสูตร ให้พิมพ์ค่าลงไปตรง ๆ",
            f"the cell shows a formula's error {cell.text}; type the value itself",
        )
    if cell.formula and not cell.text and cell.day is None:
        raise Wrong(
            "ช่องนี้เป็นสูตรที่ไม่มีค่าบันทึกไว้ ให้เปิดไฟล์ใน Excel แล้วบันทึกอีกครั้ง หรือพิมพ์ค่าแทนสูตร",
            "the cell is a formula without a saved value; save the file in Excel again, or type the value",
        )
    value = _READERS[column.kind](cell, column)
    return checked(value, column.owner, column.part) if column.owner else value


def checked(value: Any, owner: type[BaseModel], part: str) -> Any:
    """The value, if it is within the limits of a schema field. Raises Wrong."""
    try:
        return _adapter(owner, part).validate_python(value, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        number = first["loc"][0] + 1 if first["loc"] and isinstance(first["loc"][0], int) else 0
        item = Sentence(f"ข้อที่ {number} ", f"item {number} ") if number else plain("")
        length = len(first["input"]) if first["type"] == "string_too_long" else 0
        long = Sentence(f" (ช่องนี้มี {length})", f" (this cell has {length})") if length else plain("")
        wanted = demand(first)
        raise Wrong(f"{item.th}{wanted.th}{long.th}", f"{item.en}{wanted.en}{long.en}") from None


@cache
def _adapter(owner: type[BaseModel], part: str) -> TypeAdapter[Any]:
    return TypeAdapter(owner.model_fields[part].rebuild_annotation())


def _code(cell: Cell, _: Column) -> str:
    return "".join(arabic(text_of(cell)).split()).lower()


def _numbered(cell: Cell, _: Column) -> str:
    return "".join(arabic(text_of(cell)).split()).upper()


def _day(cell: Cell, _: Column) -> date:
    return day_of(cell)


def fold(text: str) -> str:
    """A heading or word without the differences between spellings."""
    return "".join(arabic(text).replace("*", "").replace("–", "-").split()).casefold()


def _word(cell: Cell, column: Column) -> Any:
    known = {fold(word): value for value, words in column.words.items() for word in words}
    said = fold(text_of(cell))
    if said in known:
        return known[said]
    shown = [f"“{words[0]}”" for words in column.words.values()]
    near = get_close_matches(said, known, n=1, cutoff=0.75)
    meant = column.words[known[near[0]]][0] if near else ""
    guess = Sentence(f" (หมายถึง “{meant}” หรือไม่)", f" (is “{meant}” meant?)") if near else plain("")
    wanted = Sentence(" หรือ ".join(shown), " or ".join(shown))
    raise Wrong(
        f"“{cell.text[:40]}” ใช้ไม่ได้ ต้องเป็น {wanted.th}{guess.th}",
        f"“{cell.text[:40]}” is not allowed; it must be {wanted.en}{guess.en}",
    )


_READERS: Mapping[Kind, Callable[[Cell, Column], Any]] = {
    Kind.TEXT: lambda cell, _: text_of(cell),
    Kind.LINES: lambda cell, _: cell.lines if text_of(cell) else (),
    Kind.CODE: _code,
    Kind.NUMBERED: _numbered,
    Kind.WHOLE: lambda cell, _: whole_of(cell),
    Kind.DAY: _day,
    Kind.WORD: _word,
}
