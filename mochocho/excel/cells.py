"""What is read of a workbook: sheets, rows, plain cells. Pure."""

from dataclasses import dataclass
from datetime import date

from mochocho.words import thai


@dataclass(frozen=True, slots=True)
class Cell:
    """`day` when Excel holds a date, else what a reader sees, in one spelling.

    A formula is not computed: its text is the value that was saved with it, "" when there is none.
    """

    text: str = ""
    day: date | None = None
    formula: bool = False
    broken: bool = False  # #REF!, #VALUE! …
    written: str = ""  # a text as it was typed, with its line breaks

    @property
    def empty(self) -> bool:
        return not self.text and self.day is None and not self.formula

    @property
    def lines(self) -> tuple[str, ...]:
        """A text of several lines, each in one spelling, without those that are empty."""
        normal = (thai.normalise(line) for line in (self.written or self.text).splitlines())
        return tuple(line for line in normal if line)


NOTHING = Cell()


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells joined into one; rows and columns from 1, both ends included."""

    rows: range
    columns: range


@dataclass(frozen=True, slots=True)
class Sheet:
    """A row ends with its last cell that holds something. `hidden_rows` from 1; a filter hides rows too."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
