"""The clerk's sheet of resolutions: its columns, and one row as a resolution or as mistakes. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mochocho.excel.cells import Cell
from mochocho.excel.typed import Mistake, Wrong, arabic, day_of, unusable
from mochocho.words import thai
from mochocho.words.model import Finding, Gate, Outcome, Resolution
from processing.decisions.acceptable import Known, Part, in_spite_of, refusals
from processing.decisions.decision import Decision, of_resolution

SHEETS = {Gate.DISTRICT: "มติระดับอำเภอ", Gate.PROVINCE: "มติระดับจังหวัด"}
OUTCOMES = {Outcome.PASS: "ผ่าน", Outcome.FAIL: "ไม่ผ่าน"}

KEY, DISTRICT, TYPE, NAME = "รหัสผู้สมัคร", "อำเภอ", "ประเภท", "ชื่อ"
OUTCOME, COMMITTEE, MEETING, DAY, REASON = "มติ", "คณะกรรมการ", "ครั้งที่", "วันที่ประชุม", "เหตุผล"
COLUMNS = (KEY, DISTRICT, TYPE, NAME, OUTCOME, COMMITTEE, MEETING, DAY, REASON)
ONCE = (COMMITTEE, MEETING, DAY)  # may be typed once, above the headings
HEADING_WITHIN = 10  # rows
NEEDED = (KEY, NAME, OUTCOME, COMMITTEE, MEETING, DAY)
_COLUMN_OF: Mapping[Part, str] = {
    "outcome": OUTCOME,
    "committee": COMMITTEE,
    "meeting_no": MEETING,
    "meeting_date": DAY,
    "reason": REASON,
}


Place = tuple[str, int]  # sheet and row


def parse_meeting_no(cell: Cell) -> str:
    """`ครั้งที่ ๑ / ๒๕๖๘` -> `1/2568`; whether it can be one, `refusals` says. Raises Wrong."""
    if cell.day:
        raise Wrong("Excel เปลี่ยนเลขครั้งที่เป็นวันที่ ให้ตั้งรูปแบบช่องเป็นข้อความแล้วพิมพ์ใหม่ เช่น 1/2568")
    return re.sub(r"\s", "", arabic(cell.text)).removeprefix("ครั้งที่")


def parse_outcome(cell: Cell) -> Outcome:
    """The outcome a clerk chose. Raises Wrong for any other word."""
    for outcome, word in OUTCOMES.items():
        if cell.text == word:
            return outcome
    raise Wrong("มติต้องเป็น “ผ่าน” หรือ “ไม่ผ่าน”")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand in a sheet: the row of the headings (from 0), each of our columns in it, and what is
    typed once above it for all rows, each with its row. Columns of the clerk's own are passed over.
    """

    heading: int
    columns: Mapping[str, int]
    above: Mapping[str, tuple[int, Cell]]


def layout(rows: Sequence[Sequence[Cell]]) -> Layout:
    """The layout of a sheet; without our headings, its first row stands for them."""
    above: dict[str, tuple[int, Cell]] = {}
    for number, cells in enumerate(rows[:HEADING_WITHIN]):
        if any(cell.text == KEY for cell in cells):
            return Layout(number, _columns(cells), above)
        if cells and cells[0].text in ONCE:
            above[cells[0].text] = number, cells[1] if len(cells) > 1 else Cell()
    return Layout(0, _columns(rows[0]) if rows else {}, {})


def _columns(cells: Sequence[Cell]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        if cell.text in COLUMNS:
            found.setdefault(cell.text, place)
    return found


class Row:
    """One row of a sheet, by column name; what it leaves empty is as typed once above the headings."""

    def __init__(self, sheet: str, number: int, cells: Sequence[Cell], layout: Layout) -> None:
        self._sheet, self._number = sheet, number
        self._cells = {
            c: cells[place] if place < len(cells) else Cell() for c, place in layout.columns.items()
        }
        once = {column: one for column, one in layout.above.items() if self[column].empty}
        self._cells |= {column: cell for column, (_, cell) in once.items()}
        self._rows = {column: place + 1 for column, (place, _) in once.items()}  # where those are typed

    def __getitem__(self, column: str) -> Cell:
        return self._cells.get(column, Cell())

    @property
    def place(self) -> Place:
        return self._sheet, self._number

    @property
    def undecided(self) -> bool:
        """No resolution is written in it; the template's own columns may be filled."""
        return self[OUTCOME].empty

    def mistake(self, column: str, message_th: str) -> Mistake:
        return Mistake(self._sheet, self._rows.get(column, self._number), column, message_th)

    @property
    def readable(self) -> bool:
        """Whether a resolution can be read in it, acceptable or not."""
        return not self.undecided and not any(self._unread())

    def mistakes(
        self, names: Mapping[str, str], gate: Gate, fiscal_year_be: int, against: Sequence[Finding]
    ) -> Iterator[Mistake]:
        """Everything to put right in this row.

        `names`: applicant key -> registered name; `against`: the evidence against its resolution.
        """
        for column, cell in self._cells.items():
            if wrong := unusable(cell):
                yield self.mistake(column, wrong)
        yield from self._about_applicant(names)
        unread = list(self._unread())
        yield from unread or self._refused(gate, fiscal_year_be, against)

    def warning(self, against: Sequence[Finding]) -> Mistake:
        """That the committee passed the applicant although the evidence is against it, with its reason."""
        return self.mistake(OUTCOME, f"{in_spite_of(against)} เหตุผลของคณะกรรมการ: {self[REASON].text}")

    def _about_applicant(self, names: Mapping[str, str]) -> Iterator[Mistake]:
        key = self[KEY].text
        if key not in names:
            yield self.mistake(KEY, "ไม่มีรหัสนี้ในทะเบียน ให้ใช้แถวจากไฟล์ที่ระบบสร้างให้โดยไม่แก้รหัส")
        elif self[NAME].text != thai.normalise(names[key]):
            yield self.mistake(NAME, "ชื่อไม่ตรงกับรหัสในทะเบียน อาจเรียงข้อมูลเคลื่อนแถว ให้สร้างไฟล์ใหม่แล้วกรอกอีกครั้ง")

    def _unread(self) -> Iterator[Mistake]:
        for column, read in ((OUTCOME, parse_outcome), (MEETING, parse_meeting_no), (DAY, day_of)):
            try:
                read(self[column])
            except Wrong as wrong:
                yield self.mistake(column, str(wrong))

    def _refused(self, gate: Gate, fiscal_year_be: int, against: Sequence[Finding]) -> Iterator[Mistake]:
        for refusal in refusals(self._decision(gate), fiscal_year_be, Known(against=tuple(against))):
            yield self.mistake(_COLUMN_OF[refusal.part], refusal.message_th)

    def _decision(self, gate: Gate) -> Decision:
        return of_resolution(self[KEY].text, self.resolution(gate, ""))

    def resolution(self, gate: Gate, recorded_by: str) -> Resolution:
        """The row's resolution, once it can be read."""
        return Resolution(
            gate=gate,
            outcome=parse_outcome(self[OUTCOME]),
            committee=self[COMMITTEE].text,
            meeting_no=parse_meeting_no(self[MEETING]),
            meeting_date=day_of(self[DAY]),
            reason=self[REASON].text,
            recorded_by=recorded_by,
        )
