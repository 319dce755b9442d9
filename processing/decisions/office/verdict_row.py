"""A row of a sheet in which the office chooses a verdict, and what is wrong in it. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import ClassVar, Self

from mochocho.excel import filled_sheet
from mochocho.excel.cells import Sheet
from mochocho.excel.filled_sheet import FilledRow
from mochocho.excel.typed import Mistake
from mochocho.words.sentences import Sentence
from processing.decisions.acceptable import Part, Refusal


class VerdictRow(FilledRow):
    """One row of the sheet SHEET, by column name.

    COLUMNS: as the sheet is written; NEEDED: those without which it is not read; CHOICES: what the column
    VERDICT may hold, NOT_CHOSEN what is told before them; TYPED: the columns people fill in; COLUMN_OF:
    where each part of a decision is typed.
    """

    COLUMNS: ClassVar[Sequence[str]]
    NEEDED: ClassVar[Sequence[str]]
    VERDICT: ClassVar[str]
    CHOICES: ClassVar[Collection[str]]
    NOT_CHOSEN: ClassVar[Sentence]
    TYPED: ClassVar[Sequence[str]]
    COLUMN_OF: ClassVar[Mapping[Part, str]]

    @classmethod
    def unfit(cls, sheet: Sheet) -> list[Mistake]:
        """What keeps its rows from being read."""
        return filled_sheet.unfit(sheet, cls.NEEDED, cls.COLUMNS)

    @classmethod
    def below(cls, sheet: Sheet) -> Iterator[Self]:
        """The rows under the headings in which anything is typed or written."""
        return (cls(*found) for found in filled_sheet.cells_below(sheet, cls.COLUMNS))

    @property
    def undecided(self) -> bool:
        """Nothing is typed in it; what the file itself wrote is not."""
        return all(self[column].empty for column in self.TYPED)

    @property
    def chosen(self) -> bool:
        """Its verdict can be read."""
        return self[self.VERDICT].text in self.CHOICES

    def unread(self, names: Mapping[str, str]) -> Iterator[Mistake]:
        """What keeps a decision from being read in it; `names`: applicant key -> registered name."""
        yield from self.unusable()
        if not self.chosen:
            wanted = ", ".join(f"“{word}”" for word in self.CHOICES)
            said = Sentence(f"{self.NOT_CHOSEN.th}: {wanted}", f"{self.NOT_CHOSEN.en}: {wanted}")
            yield self.mistake(self.VERDICT, said)
        yield from self.displaced(names)

    def column_of(self, part: Part) -> str:
        """Where this part of its decision is typed; '' = in no column."""
        return self.COLUMN_OF.get(part, "")

    def refused(self, refusals: Iterable[Refusal]) -> Iterator[Mistake]:
        """Why its decision cannot be recorded, each at its column."""
        for refusal in refusals:
            yield self.mistake(self.column_of(refusal.part), refusal.said)


class MatterRow(VerdictRow):
    """One whose matter is the applicant and what stands in the column ABOUT; AGAIN: that an earlier row is of
    the same.
    """

    ABOUT: ClassVar[str]
    AGAIN: ClassVar[Sentence]

    @property
    def matter(self) -> tuple[str, str]:
        return self[filled_sheet.KEY].text, self[self.ABOUT].text
