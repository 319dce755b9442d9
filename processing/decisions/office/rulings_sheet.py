"""The office's sheet of rulings: its columns, and what is typed in a row. Pure."""

from collections.abc import Mapping

from mochocho.excel.filled_sheet import KEY, NAME
from mochocho.excel.typed import Mistake
from mochocho.words.sentences import Sentence
from processing.decisions.acceptable import Part
from processing.decisions.decision import Kind
from processing.decisions.office.typed_rulings import KINDS, Typed
from processing.decisions.office.verdict_row import VerdictRow

SHEET = "คำวินิจฉัย"
DISTRICT, TYPE, FOUND = "อำเภอ", "ประเภท", "เรื่อง"
VERDICT, VALUE, REASON = "คำวินิจฉัย", "ค่า", "เหตุผล"
ABOUT = "รหัสข้อ"
COLUMNS = (DISTRICT, TYPE, NAME, FOUND, VERDICT, VALUE, REASON, KEY, ABOUT)
_COLUMN_OF: Mapping[Part, str] = {
    "key": KEY,
    "aside": KEY,
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


class RulingRow(VerdictRow):
    """One row of the sheet, by column name."""

    SHEET = SHEET
    COLUMNS = COLUMNS
    NEEDED = (NAME, VERDICT, VALUE, REASON, KEY, ABOUT)
    VERDICT = VERDICT
    CHOICES = KINDS
    NOT_CHOSEN = Sentence("คำวินิจฉัยต้องเป็นข้อใดข้อหนึ่ง", "the ruling must be one of these")
    TYPED = (VERDICT, REASON)
    COLUMN_OF = _COLUMN_OF

    def typed(self, recorded_by: str) -> Typed:
        """What is typed in it, once its word can be read."""
        return Typed(
            self[VERDICT].text,
            self[KEY].text,
            self[ABOUT].text,
            self[VALUE],
            self[REASON].in_lines,
            recorded_by,
        )

    def unasked(self, said: Sentence) -> Mistake:
        """That nobody asks about what it is about."""
        return self.mistake(self.column_of("about"), said)

    def column_of(self, part: Part) -> str:
        if part == "about":
            return _ABOUT_IN.get(KINDS[self[VERDICT].text], ABOUT)
        return super().column_of(part)
