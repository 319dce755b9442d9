"""What is read from a workbook: sheets, rows, plain cells. Pure."""

from dataclasses import dataclass
from datetime import date

from mochocho.words import thai


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: `day` when Excel holds a date, otherwise the text a reader sees, normalised.

    A formula is not computed: its text is the value saved with it, "" when there is none.
    """

    text: str = ""
    day: date | None = None
    formula: bool = False
    broken: bool = False  # #REF!, #VALUE! …
    written: str = ""  # the text as typed, with its line breaks

    @property
    def empty(self) -> bool:
        return not self.text and self.day is None and not self.formula

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of a text, each normalised, without empty ones."""
        return thai.typed_lines(self.written or self.text)

    @property
    def in_lines(self) -> str:
        """The text with its line breaks: what is printed as it was typed, as a reason."""
        return "\n".join(self.lines)


NOTHING = Cell()


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells joined into one; rows and columns count from 1, both ends included."""

    rows: range
    columns: range


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. A row ends with its last filled cell. `hidden_rows` count from 1, filtered rows included."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
