"""The clerk's sheet of documents: its columns, and one row as a decision or as mistakes. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from mochocho.excel.cells import Cell, Sheet
from mochocho.excel.typed import Mistake, unusable
from mochocho.words import thai
from processing.decisions.acceptable import Part, Refusal
from processing.decisions.decision import Decision, Kind, Plain, Seen, Waived
from processing.decisions.on_documents import code_of

SHEET = "เอกสารรอคนตรวจ"
TYPE, NAME, DOCUMENT, STATE, FOUND, PICTURE = "ประเภท", "ชื่อ", "เอกสาร", "สถานะ", "สิ่งที่ระบบพบ", "ภาพ"
VERDICT, REASON, SEEN_BY = "คำวินิจฉัย", "เหตุผล", "ผู้เห็นตัวจริง"
KEY, CODE, PAGES = "รหัสผู้สมัคร", "รหัสเอกสาร", "รหัสภาพ"
COLUMNS = (TYPE, NAME, DOCUMENT, STATE, FOUND, PICTURE, VERDICT, REASON, SEEN_BY, KEY, CODE, PAGES)
NEEDED = (NAME, VERDICT, KEY, CODE, PAGES)
TYPED = (VERDICT, REASON, SEEN_BY)
KINDS: Mapping[str, Kind] = {
    "รับ": Kind.DOCUMENT_ACCEPT,
    "ยกเว้น": Kind.DOCUMENT_WAIVE,
    "ส่งคืน": Kind.DOCUMENT_RETURN,
}
HEADING_WITHIN = 10  # rows
_COLUMN_OF: Mapping[Part, str] = {
    "key": KEY,
    "about": CODE,
    "pages": PAGES,
    "reason": REASON,
    "seen_by": SEEN_BY,
}

Present = Mapping[tuple[str, str], tuple[str, ...]]  # (applicant key, document code) -> its pages now


class DeskRow:
    """One row of the sheet, by column name. `number`: as Excel counts."""

    def __init__(self, number: int, cells: Mapping[str, Cell]) -> None:
        self.number = number
        self._cells = cells

    def __getitem__(self, column: str) -> Cell:
        return self._cells.get(column, Cell())

    @property
    def undecided(self) -> bool:
        """Nothing is typed in it."""
        return all(self[column].empty for column in TYPED)

    @property
    def matter(self) -> tuple[str, str]:
        return self[KEY].text, self[CODE].text

    def mistake(self, column: str, message_th: str) -> Mistake:
        return Mistake(SHEET, self.number, column, message_th)

    def unread(self, names: Mapping[str, str]) -> Iterator[Mistake]:
        """What keeps a decision from being read in it; `names`: applicant key -> registered name."""
        for column, cell in self._cells.items():
            if wrong := unusable(cell):
                yield self.mistake(column, wrong)
        if self[VERDICT].text not in KINDS:
            wanted = " หรือ ".join(f"“{word}”" for word in KINDS)
            yield self.mistake(VERDICT, f"คำวินิจฉัยต้องเป็น {wanted}")
        registered = names.get(self[KEY].text)
        if registered is not None and self[NAME].text != thai.normalise(registered):
            said = "ชื่อไม่ตรงกับรหัสในทะเบียน อาจเรียงข้อมูลเคลื่อนแถว ให้สร้างไฟล์ใหม่แล้วกรอกอีกครั้ง"
            yield self.mistake(NAME, said)

    def decision(self, present: Present, recorded_by: str) -> Decision:
        """The row's decision, once it can be read."""
        kind = KINDS[self[VERDICT].text]
        pages = present.get(self.matter, ())
        return Decision(
            kind=kind,
            applicant_key=self[KEY].text,
            about=self[CODE].text,
            content=Waived(self[SEEN_BY].text) if kind is Kind.DOCUMENT_WAIVE else Plain(),
            reason=self[REASON].text,
            recorded_by=recorded_by,
            seen=seen(self[PAGES].text, pages),
        )

    def refused(self, refusals: Iterable[Refusal]) -> Iterator[Mistake]:
        for refusal in refusals:
            yield self.mistake(_COLUMN_OF.get(refusal.part, ""), refusal.message_th)


def seen(code: str, pages: tuple[str, ...]) -> Seen:
    """What lay before whoever gives this code: these pages, or others; not said where there is no code."""
    if not code:
        return Seen()
    return Seen(files=pages if code == code_of(pages) else (code,))


def missing(sheet: Sheet) -> list[Mistake]:
    """Our columns that are not among its headings."""
    heading = _heading(sheet.rows)
    there = {cell.text for cell in sheet.rows[heading]} if sheet.rows else set()
    said = f"ไม่พบหัวคอลัมน์นี้ในแถว {heading + 1} ให้ใช้ไฟล์ที่ระบบสร้างให้"
    return [Mistake(SHEET, heading + 1, column, said) for column in NEEDED if column not in there]


def rows(sheet: Sheet) -> Iterator[DeskRow]:
    """The rows under the headings in which anything is typed or written."""
    first = _heading(sheet.rows) + 1
    places: dict[str, int] = {}
    for place, cell in enumerate(sheet.rows[first - 1] if sheet.rows else ()):
        if cell.text in COLUMNS:
            places.setdefault(cell.text, place)
    for number, cells in enumerate(sheet.rows[first:], start=first + 1):
        if any(not cell.empty for cell in cells):
            yield DeskRow(number, {c: cells[place] for c, place in places.items() if place < len(cells)})


def _heading(found: Sequence[Sequence[Cell]]) -> int:
    """The place of the headings, from 0; without them, the first row stands for them."""
    tops = enumerate(found[:HEADING_WITHIN])
    return next((number for number, cells in tops if any(cell.text == KEY for cell in cells)), 0)
