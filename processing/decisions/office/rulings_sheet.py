"""The office's sheet of rulings: its columns, and one row as a decision or as mistakes. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from mochocho.excel.cells import Cell, Sheet
from mochocho.excel.typed import Mistake, Wrong, unusable
from mochocho.words import thai
from processing.decisions.acceptable import Part, Refusal
from processing.decisions.decision import Decision
from processing.decisions.office.typed_rulings import KINDS, Typed, decision_of

SHEET = "คำวินิจฉัย"
DISTRICT, TYPE, NAME, FOUND = "อำเภอ", "ประเภท", "ชื่อ", "เรื่อง"
VERDICT, VALUE, REASON = "คำวินิจฉัย", "ค่า", "เหตุผล"
KEY, ABOUT = "รหัสผู้สมัคร", "รหัสข้อ"
COLUMNS = (DISTRICT, TYPE, NAME, FOUND, VERDICT, VALUE, REASON, KEY, ABOUT)
NEEDED = (NAME, VERDICT, VALUE, REASON, KEY, ABOUT)
HEADING = 2  # the place of the headings, from 0: under the title and a line of advice
HEADING_WITHIN = 10  # rows
_COLUMN_OF: Mapping[Part, str] = {
    "key": KEY,
    "aside": KEY,
    "about": ABOUT,
    "reason": REASON,
    "answer": VALUE,
    "into": VALUE,
    "undoes": VALUE,
    "round": VERDICT,
}


class RulingRow:
    """One row of the sheet, by column name. `number`: as Excel counts."""

    def __init__(self, number: int, cells: Mapping[str, Cell]) -> None:
        self.number = number
        self._cells = cells

    def __getitem__(self, column: str) -> Cell:
        return self._cells.get(column, Cell())

    @property
    def undecided(self) -> bool:
        """Nothing is typed in it; what the file itself wrote is not."""
        return self[VERDICT].empty and self[REASON].empty

    def mistake(self, column: str, message_th: str) -> Mistake:
        return Mistake(SHEET, self.number, column, message_th)

    def unread(self, names: Mapping[str, str]) -> Iterator[Mistake]:
        """What keeps a decision from being read in it; `names`: applicant key -> registered name."""
        for column, cell in self._cells.items():
            if wrong := unusable(cell):
                yield self.mistake(column, wrong)
        if self[VERDICT].text not in KINDS:
            wanted = ", ".join(f"“{word}”" for word in KINDS)
            yield self.mistake(VERDICT, f"คำวินิจฉัยต้องเป็นข้อใดข้อหนึ่ง: {wanted}")
        registered = names.get(self[KEY].text)
        if registered is not None and self[NAME].text != thai.normalise(registered):
            said = "ชื่อไม่ตรงกับรหัสในทะเบียน อาจเรียงข้อมูลเคลื่อนแถว ให้สร้างไฟล์ใหม่แล้วกรอกอีกครั้ง"
            yield self.mistake(NAME, said)

    def decision(self, recorded_by: str, earlier: Mapping[int, Decision]) -> Decision | Mistake:
        """The row's decision, or why none can be read."""
        typed = Typed(
            self[VERDICT].text,
            self[KEY].text,
            self[ABOUT].text,
            self[VALUE],
            self[REASON].text,
            recorded_by,
        )
        try:
            return decision_of(typed, earlier)
        except Wrong as wrong:
            return self.mistake(VALUE, str(wrong))

    def refused(self, refusals: Iterable[Refusal]) -> Iterator[Mistake]:
        for refusal in refusals:
            yield self.mistake(_COLUMN_OF.get(refusal.part, ""), refusal.message_th)


def missing(sheet: Sheet) -> list[Mistake]:
    """Our columns that are not among its headings."""
    heading = _heading(sheet.rows)
    there = {cell.text for cell in sheet.rows[heading]} if sheet.rows else set()
    said = f"ไม่พบหัวคอลัมน์นี้ในแถว {heading + 1} ให้ใช้ไฟล์ที่ระบบสร้างให้"
    return [Mistake(SHEET, heading + 1, column, said) for column in NEEDED if column not in there]


def rows(sheet: Sheet) -> Iterator[RulingRow]:
    """The rows under the headings in which anything is typed or written."""
    first = _heading(sheet.rows) + 1
    places: dict[str, int] = {}
    for place, cell in enumerate(sheet.rows[first - 1] if sheet.rows else ()):
        if cell.text in COLUMNS:
            places.setdefault(cell.text, place)
    for number, cells in enumerate(sheet.rows[first:], start=first + 1):
        if any(not cell.empty for cell in cells):
            yield RulingRow(number, {c: cells[place] for c, place in places.items() if place < len(cells)})


def _heading(found: Sequence[Sequence[Cell]]) -> int:
    """The place of the headings, from 0; without them, the first row stands for them."""
    tops = enumerate(found[:HEADING_WITHIN])
    return next((number for number, cells in tops if any(cell.text == KEY for cell in cells)), 0)
