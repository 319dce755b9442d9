"""What defines a sheet and a column. Pure."""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from types import MappingProxyType

from pydantic import BaseModel

from mochocho.standards.sheets.drop_downs import Words
from mochocho.words import thai


class Kind(Enum):
    """How a cell is read."""

    TEXT = auto()
    LINES = auto()  # one item per line
    CODE = auto()
    NUMBERED = auto()  # L1.2.3
    WHOLE = auto()
    DAY = auto()
    WORD = auto()  # one of the column's fixed words


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    `owner`, `part`: the schema field whose limits apply; None where other values of the row decide. `must`:
    the heading must be in the sheet. `apart`: of less use to a reader, so on the right and not printed.
    """

    key: str
    heading: str
    kind: Kind
    width: int  # characters
    hint: str
    owner: type[BaseModel] | None = None
    part: str = ""
    words: Words = field(default_factory=lambda: MappingProxyType({}))
    must: bool = True
    apart: bool = False
    fixed: bool = False  # only we write it; its cells are locked


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet. `fixed`: its rows are always the same; officers change only their cells."""

    title: str
    about: str
    columns: tuple[Column, ...]
    fixed: bool = False
    needed: bool = True
    frozen: int = 1  # columns that do not scroll away
    printed: int = 0  # columns that are printed; 0 = all that are not `apart`

    def column(self, key: str) -> Column:
        return next(c for c in self.columns if c.key == key)

    def place(self, key: str) -> int:
        """The position of a column, from 0."""
        return next(n for n, c in enumerate(self.columns) if c.key == key)


def shown(column: Column, value: object) -> str:
    """A value as its cell shows it; the items of a list go on separate lines."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "\n".join(value)
    if isinstance(value, date):
        return thai.date_words(value, thai_digits=False)
    return column.words[value][0] if value in column.words else str(value)
