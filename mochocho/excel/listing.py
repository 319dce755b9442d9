"""A list that an office keeps in Excel: a sheet of an .xlsx file, or text that Excel saved from it."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mochocho.excel import day_cells
from mochocho.excel.cells import Cell, Sheet
from mochocho.excel.typed import Wrong, arabic, text_of
from mochocho.excel.workbooks import MAX_FILE, MAX_ROWS, read_workbook
from mochocho.words import texts, thai
from mochocho.words.errors import BadInput, reason
from mochocho.words.progress import RowCall, unheard
from mochocho.words.sentences import Sentence

HEADING_WITHIN = 10  # rows; a title may stand above the headings
SEPARATORS = ",;\t|"
_SEP_LINE = re.compile('"?sep=(.)"?\r?\n', re.IGNORECASE)  # Excel's separator line, the first of a text file
_WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")  # ZIP (.xlsx), and Excel up to 2003 (.xls)
_SCIENTIFIC = re.compile(r"[-+]?[0-9](?:[.,][0-9]+)?E\+[0-9]{1,3}", re.IGNORECASE)
_FAULTS = re.compile(r"#(?:REF!|VALUE!|N/A|NAME\?|DIV/0!|NUM!|NULL!)|#+")
_DAY_MADE = re.compile(
    r"[0-9]{1,2}-([^0-9-]{1,12})|([^0-9-]{1,12})-[0-9]{2}"
)  # 1-Jan, ม.ค.-25: what Excel makes of 1-1, 1/25
_SAVE = Sentence(
    "ให้เปิดไฟล์ต้นฉบับใน Excel แล้วบันทึกเป็น .xlsx หรือ CSV UTF-8",
    "open the original in Excel and save it as .xlsx or CSV UTF-8",
)
_AS_TEXT = Sentence(
    "ให้ตั้งรูปแบบคอลัมน์เป็นข้อความ (Text) แล้วพิมพ์ใหม่",
    "set the column's format to Text and type it anew",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it is, in words for a person, and its cells by our column names."""

    where: Sentence
    cells: Mapping[str, Cell]
    headings: Mapping[str, str]  # column -> its heading in the file

    def at(self, column: str) -> Sentence:
        """Where a cell is, in words for a person."""
        heading = self.headings[column]
        return Sentence(f"{self.where.th} คอลัมน์ “{heading}”", f"{self.where.en}, column “{heading}”")

    def text(self, column: str) -> str:
        """The text of a cell. Raises Wrong where Excel broke it."""
        cell = self.cells.get(column, Cell())
        if cell.broken or _FAULTS.fullmatch(cell.text):
            raise Wrong(
                f"ช่องนี้แสดง {cell.text} แทนค่า ให้ขยายคอลัมน์ หรือพิมพ์ค่าลงไปตรง ๆ",
                f"the cell shows {cell.text} for its value; widen the column, or type the value itself",
            )
        if texts.lost(cell.written):
            raise Wrong(
                f"อักษรไทยเสียหายตอนบันทึก (“{cell.text[:20]}”) {_SAVE.th}",
                f"saving destroyed the Thai (“{cell.text[:20]}”); {_SAVE.en}",
            )
        return text_of(cell)

    def code(self, column: str) -> str:
        """The text of a cell that holds a code, with Thai digits as Arabic ones. Raises Wrong."""
        text = arabic(self.text(column))
        if _SCIENTIFIC.fullmatch(text):
            raise Wrong(
                f"Excel ย่อรหัสเหลือ {text} รหัสที่ต่างกันจึงกลายเป็นรหัสเดียวกัน {_AS_TEXT.th}ให้ครบทุกหลัก",
                f"Excel shortened the code to {text}, so different codes became one; "
                f"{_AS_TEXT.en}, with every digit",
            )
        if (day := _DAY_MADE.fullmatch(text)) and day_cells.month_of(day[1] or day[2]):
            raise Wrong(
                f"“{text}” น่าจะเป็นรหัสที่ Excel เปลี่ยนเป็นวันที่ {_AS_TEXT.th}",
                f"“{text}” seems to be a code of which Excel made a date; {_AS_TEXT.en}",
            )
        return text


def read_list(path: Path, columns: Mapping[str, Sequence[str]], on_row: RowCall = unheard) -> Iterator[Row]:
    """The rows of the list that hold anything. `columns`: our column -> every spelling of its heading.

    Raises BadInput (excel.*, list.*) for a file without such a list; `message_th` does not name the file.
    """
    spelled = {_fold(word): column for column, words in columns.items() for word in (column, *words)}
    sheets = tuple(_sheets(path, on_row))
    for sheet in sheets:
        for top, cells in enumerate(sheet.rows[:HEADING_WITHIN]):
            found = _places(cells, spelled)
            if len(found) == len(columns):
                return _rows(sheet, top, found)
    raise BadInput("list.no_heading", *_no_heading(sheets, columns, spelled))


def _rows(sheet: Sheet, top: int, places: Mapping[str, int]) -> Iterator[Row]:
    headings = {column: sheet.rows[top][place].text for column, place in places.items()}
    within = (
        Sentence(f"แผ่นงาน “{sheet.name}” ", f"sheet “{sheet.name}”, ") if sheet.name else Sentence("", "")
    )
    for number, cells in enumerate(sheet.rows[top + 1 :], start=top + 2):
        if any(not cell.empty for cell in cells):
            yield Row(
                Sentence(f"{within.th}แถว {number}", f"{within.en}row {number}"),
                {column: cells[place] for column, place in places.items() if place < len(cells)},
                headings,
            )


def _places(cells: Sequence[Cell], spelled: Mapping[str, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        if column := spelled.get(_fold(cell.text)):
            if column in found:
                raise BadInput(
                    "list.heading_twice",
                    f"มีหัวคอลัมน์ “{cell.text}” สองคอลัมน์ ให้เหลือคอลัมน์เดียว",
                    f"two columns have the heading “{cell.text}”; keep one",
                )
            found[column] = place
    return found


def _no_heading(
    sheets: Sequence[Sheet], columns: Mapping[str, Sequence[str]], spelled: Mapping[str, str]
) -> Sentence:
    tops = [cells for sheet in sheets for cells in sheet.rows[:HEADING_WITHIN] if cells]
    best = max(tops, key=lambda cells: len(_places(cells, spelled)), default=())
    if any(texts.lost(cell.written) for cell in best):
        return Sentence(f"อักษรไทยเสียหายตอนบันทึก {_SAVE.th}", f"saving destroyed the Thai; {_SAVE.en}")
    missing = " ".join(f"“{column}”" for column in columns if column not in _places(best, spelled))
    needed = ",".join(columns)
    seen = ", ".join(f"“{cell.text[:30]}”" for cell in best[:8] if cell.text)
    found = Sentence(f"ที่พบคือ {seen}", f"found: {seen}") if seen else Sentence("ไฟล์นี้ว่าง", "the file is empty")
    return Sentence(
        f"ไม่พบหัวคอลัมน์ {missing} ให้แถวแรกเป็น {needed} ({found.th})",
        f"no heading {missing}; make the first row {needed} ({found.en})",
    )


def _fold(heading: str) -> str:
    """A heading without what may differ: case, spaces, punctuation and `(th)`."""
    return re.sub(r"\(.*\)|[\s_*.:/-]", "", thai.normalise(heading)).casefold()


def _sheets(path: Path, on_row: RowCall) -> Iterator[Sheet]:
    """The sheets of a workbook; for a text file, one nameless sheet for each possible separator: a row was
    read when it was split by the last.
    """
    if _head(path).startswith(_WORKBOOKS):
        yield from read_workbook(path, on_row)
        return
    text = _text(path)
    said = _SEP_LINE.match(text)
    *others, last = tuple(said[1] if said else SEPARATORS)
    rows = text[said.end() :] if said else text
    for separator in others:
        yield Sheet("", tuple(_split(rows, separator, unheard)))
    yield Sheet("", tuple(_split(rows, last, on_row)))


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(4)
    except OSError as error:
        why = reason(error)
        raise BadInput(
            "list.unreadable",
            f"เปิดไฟล์ไม่ได้ ({why.th}) ให้ตรวจที่อยู่ไฟล์และสิทธิ์การอ่าน",
            f"the file cannot be opened ({why.en}); check where it is, and the permission to read it",
        ) from error


def _text(path: Path) -> str:
    with path.open("rb") as file:
        content = file.read(MAX_FILE + 1)
    if len(content) > MAX_FILE:
        raise BadInput(
            "list.too_large",
            f"ไฟล์ใหญ่เกิน {MAX_FILE >> 20} MB ให้ตรวจว่าเลือกไฟล์ถูก",
            f"the file is larger than {MAX_FILE >> 20} MB; is it the right file?",
        )
    try:
        return texts.decoded(content)
    except texts.Unreadable as error:
        raise BadInput(
            "list.not_text",
            f"แถว {error.line}: {error.said.th} หรือใน Excel บันทึกเป็น CSV UTF-8 (หรือ .xlsx)",
            f"row {error.line}: {error.said.en}, or save it in Excel as CSV UTF-8 (or .xlsx)",
        ) from error


def _split(text: str, separator: str, on_row: RowCall) -> Iterator[tuple[Cell, ...]]:
    """Split a text into rows as Excel numbers them; a cell of several lines stays in one row."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for number, row in enumerate(reader, start=1):
            if number > MAX_ROWS:
                raise BadInput(
                    "list.too_large",
                    f"มีเกิน {MAX_ROWS} แถว ให้ตรวจว่าเลือกไฟล์ถูก",
                    f"there are more than {MAX_ROWS} rows; is it the right file?",
                )
            yield tuple(Cell(thai.normalise(cell), written=cell) for cell in row)
            on_row()
    except csv.Error as error:
        raise BadInput(
            "list.not_text",
            f'แถว {reader.line_num}: อ่านแบบ CSV ไม่ได้ ({error}) อาจลืมปิดเครื่องหมาย "',
            f'row {reader.line_num}: this is no CSV ({error}); a closing " may be missing',
        ) from error
