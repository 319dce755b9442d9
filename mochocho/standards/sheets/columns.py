"""What a sheet and a column are. Pure."""

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
    LINES = auto()  # one item a line
    CODE = auto()
    NUMBERED = auto()  # L1.2.3
    WHOLE = auto()
    DAY = auto()
    WORD = auto()  # one of a column's words


@dataclass(frozen=True, slots=True)
class Column:
    """`owner`, `part`: the field of the schema whose limits hold; None where the rows themselves decide.

    `must`: the heading must stand in the sheet. `apart`: of less use to a reader; to the right, unprinted.
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
    fixed: bool = False  # written by us alone; its cells are locked


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet. `fixed`: its rows are always the same, an officer changes only what is written in them."""

    title: str
    about: str
    columns: tuple[Column, ...]
    fixed: bool = False
    needed: bool = True
    frozen: int = 1  # columns that stay in sight
    printed: int = 0  # columns that go on paper; 0 = all that are not apart

    def column(self, key: str) -> Column:
        return next(c for c in self.columns if c.key == key)

    def place(self, key: str) -> int:
        """Where a column stands, from 0."""
        return next(n for n, c in enumerate(self.columns) if c.key == key)


def shown(column: Column, value: object) -> str:
    """A value as its cell shows it; the items of a list stand one under the other."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "\n".join(value)
    if isinstance(value, date):
        return thai.date_words(value, thai_digits=False)
    return column.words[value][0] if value in column.words else str(value)
