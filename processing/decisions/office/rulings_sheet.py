"""The office's sheet of rulings: its columns, and one row as a decision or as mistakes. Pure."""

from collections.abc import Iterable, Iterator, Mapping

from mochocho.excel import filled_sheet
from mochocho.excel.cells import Sheet
from mochocho.excel.filled_sheet import KEY, NAME, FilledRow
from mochocho.excel.typed import Mistake
from mochocho.words.sentences import Sentence
from processing.decisions.acceptable import Part, Refusal
from processing.decisions.decision import Kind
from processing.decisions.office.typed_rulings import KINDS, Typed

SHEET = "คำวินิจฉัย"
DISTRICT, TYPE, FOUND = "อำเภอ", "ประเภท", "เรื่อง"
VERDICT, VALUE, REASON = "คำวินิจฉัย", "ค่า", "เหตุผล"
ABOUT = "รหัสข้อ"
COLUMNS = (DISTRICT, TYPE, NAME, FOUND, VERDICT, VALUE, REASON, KEY, ABOUT)
NEEDED = (NAME, VERDICT, VALUE, REASON, KEY, ABOUT)
_COLUMN_OF: Mapping[Part, str] = {
    "key": KEY,
    "aside": KEY,
    "about": ABOUT,
    "reason": REASON,
    "answer": VALUE,
    "into": VALUE,
    "undoes": VALUE,
    "number": VALUE,
    "round": VERDICT,
}
# Where what it is about is typed, other than as the code of a rule or form.
_ABOUT_IN: Mapping[Kind, str] = {
    Kind.DISTINCT: VALUE,
    Kind.CONTINUES: VALUE,
    Kind.SHEETS_CLOSE: VERDICT,
    Kind.REGISTER: VALUE,
    Kind.OBJECT: VERDICT,
}


class RulingRow(FilledRow):
    """One row of the sheet, by column name."""

    SHEET = SHEET

    @property
    def undecided(self) -> bool:
        """Nothing is typed in it; what the file itself wrote is not."""
        return self[VERDICT].empty and self[REASON].empty

    def unread(self, names: Mapping[str, str]) -> Iterator[Mistake]:
        """What keeps a decision from being read in it; `names`: applicant key -> registered name."""
        yield from self.unusable()
        if self[VERDICT].text not in KINDS:
            wanted = ", ".join(f"“{word}”" for word in KINDS)
            said = Sentence(f"คำวินิจฉัยต้องเป็นข้อใดข้อหนึ่ง: {wanted}", f"the ruling must be one of these: {wanted}")
            yield self.mistake(VERDICT, said)
        yield from self.displaced(names)

    def typed(self, recorded_by: str) -> Typed:
        """What is typed in it, once its word can be read."""
        return Typed(
            self[VERDICT].text,
            self[KEY].text,
            self[ABOUT].text,
            self[VALUE],
            self[REASON].text,
            recorded_by,
        )

    def unasked(self, said: Sentence) -> Mistake:
        """That nobody asks about what it is about."""
        return self.mistake(self._about, said)

    @property
    def _about(self) -> str:
        return _ABOUT_IN.get(KINDS[self[VERDICT].text], ABOUT)

    def refused(self, refusals: Iterable[Refusal]) -> Iterator[Mistake]:
        columns = {**_COLUMN_OF, "about": self._about}
        for refusal in refusals:
            yield self.mistake(columns.get(refusal.part, ""), refusal.said)


def unfit(sheet: Sheet) -> list[Mistake]:
    """What keeps its rows from being read."""
    return filled_sheet.unfit(sheet, NEEDED, COLUMNS)


def rows(sheet: Sheet) -> Iterator[RulingRow]:
    """The rows under the headings in which anything is typed or written."""
    return (RulingRow(*below) for below in filled_sheet.cells_below(sheet, COLUMNS))
