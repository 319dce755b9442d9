"""What may stand between {{ and }} in a cell of an office's Excel file. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mochocho.words import thai
from reports.formats.table import Table, Value

EACH_ROW, NUMBER, COUNT = "ทุกแถว", "ลำดับ", "จำนวนแถว"
MARK = re.compile(r"\{\{([^{}]*)\}\}")
LOOSE = re.compile(r"\{\{|\}\}")


@dataclass(frozen=True, slots=True)
class Content:
    """What a workbook says. `general`: placeholder -> text, the same in every sheet."""

    tables: Sequence[Table]
    general: Mapping[str, str]

    def table_of(self, name: str) -> Table | None:
        """The table whose rows this placeholder begins: `ทุกแถว` of the first, `ทุกแถวของผู้สมัคร` of another."""
        if name == EACH_ROW:
            return self.tables[0]
        title = name.removeprefix(f"{EACH_ROW}ของ").strip()
        return next((one for one in self.tables if name != title and one.title == title), None)

    def anywhere(self, table: Table | None) -> dict[str, str]:
        """What may stand outside the rows; `table`: whose rows are in this sheet."""
        rows = (table or self.tables[0]).rows
        return {**self.general, COUNT: str(len(rows))}

    def in_row(self, table: Table, number: int) -> dict[str, Value]:
        """What may stand in the row that is repeated. `number`: from 0."""
        values = dict(zip(table.columns, table.rows[number], strict=True))
        return {**self.anywhere(table), NUMBER: number + 1, **values}

    def names_of_row(self, table: Table) -> list[str]:
        return [NUMBER, *table.columns, *self.anywhere(table)]

    def without_beginnings(self, text: str) -> str:
        """A cell's text without the placeholders that only say that its row is repeated."""
        return MARK.sub(lambda found: "" if self.table_of(thai.normalise(found[1])) else found[0], text)

    @property
    def row_marks(self) -> list[str]:
        """Every placeholder that begins rows."""
        return [EACH_ROW, *(f"{EACH_ROW}ของ{one.title}" for one in self.tables)]


def marks(text: str) -> list[str]:
    """The names of the placeholders in a cell's text, in one spelling."""
    return [thai.normalise(name) for name in MARK.findall(text)]


def replaced(text: str, values: Mapping[str, Value]) -> Value:
    """The text with each placeholder replaced once; a cell that is a placeholder and no more gets its value,
    which may be a number.
    """
    names = marks(text)
    if len(names) == 1 and MARK.fullmatch(text.strip()):
        return values.get(names[0], "")
    return MARK.sub(lambda found: str(values.get(thai.normalise(found[1]), "")), text)
