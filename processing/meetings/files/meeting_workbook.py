"""A meeting's Excel file: written to be filled in, and read back."""

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from mochocho.excel import layout_faults
from mochocho.excel.cells import NOTHING, Cell, Sheet
from mochocho.excel.typed import Mistake
from mochocho.excel.workbooks import read_workbook
from mochocho.excel.writing import new_book
from mochocho.words.errors import BadInput
from mochocho.words.sentences import Sentence
from processing.meetings.files.file_words import (
    ITEM,
    MEETING_SHEET,
    SHEETS,
    SINGLE,
    TABLES,
    VALUE,
    VERSION,
    Field,
    Kind,
    Table,
    headings,
)
from processing.meetings.files.typed_meeting import At, Typed, TypedMeeting

HEADING = 2  # the place of the headings as we write them, from 0: under the title and a line of advice
_WITHIN = 10  # rows that the headings may stand in
_SPARE = 40  # rows below the filled ones with the same formats and choices
_LONGEST_LIST = 255  # letters of a list of choices in a formula
_ASIDE = 25  # the column of longer lists; it has no heading, so nothing is read from it
_ADVICE = "เว้นว่างได้เมื่อยังไม่ทราบ เอกสารจะพิมพ์จุดไข่ปลาให้เติม ตัวเลขไทยหรืออารบิกก็ได้ ปีเป็น พ.ศ."
_ADVICES: Mapping[str, str] = {
    MEETING_SHEET: f"{_ADVICE} หลายบรรทัดให้กด Alt+Enter",
    "กรรมการ": "เรียงตามคำสั่งแต่งตั้ง มีประธานกรรมการหนึ่งคน ผู้แทนระบุเฉพาะตำแหน่งก็ได้ เปลี่ยนคนกลางปีให้มีสองแถวพร้อมวันที่",
    "ระเบียบวาระ": "เฉพาะข้อที่สำนักงานเขียนเอง ข้ออื่นใช้ข้อความตามแบบ หนึ่งแถวต่อหนึ่งย่อหน้า ย่อหน้าถัดไปเว้นช่องข้อ",
    "ข้อความในหนังสือ": "เฉพาะส่วนที่สำนักงานเขียนเอง ช่องที่โปรแกรมเติมให้เขียนในวงเล็บปีกกา เช่น {วันประชุม}",
    "ลำดับและเวลา": "อำเภอที่ไม่ได้ระบุ เรียงต่อท้ายตามชื่อ ช่วงพักอยู่ในตารางทางขวา ไม่เกี่ยวกับแถวของอำเภอ",
    "เอกสารแนบ": "แนบไฟล์ด้วยคำสั่ง mochocho meeting annex แก้ได้เฉพาะชื่อเอกสาร หรือลบทั้งแถว",
    "ฉบับลงนาม": "แนบไฟล์ที่สแกนแล้วด้วยคำสั่ง mochocho meeting signed ลบได้ทั้งแถว",
    "ตอบรับ": "หน่วยงานที่ยังไม่ตอบ เว้นวันที่ตอบไว้",
    "ผู้มาประชุม": "กรรมการหนึ่งแถวต่อคน ผู้ที่ออกแล้วกลับเข้ามาหนึ่งแถวต่อช่วงเวลา ผู้เข้าร่วมที่ไม่ใช่กรรมการให้เว้นช่องกรรมการ",
    "รายงานการประชุม": "หนึ่งแถวต่อหนึ่งย่อหน้า ย่อหน้าถัดไปเว้นช่องข้อ คะแนนเสียงและเวลาที่มีมติใส่เมื่อมีการจดไว้",
}


class ReadBook:
    """A filled-in file: what is typed in it, the version it was written from, and where each value stands."""

    def __init__(self, path: Path) -> None:
        """Raises BadInput: excel.* where it is no Excel file, meeting.no_sheet where it is not ours."""
        sheets = {sheet.name: sheet for sheet in read_workbook(path)}
        if MEETING_SHEET not in sheets:
            raise BadInput(
                "meeting.no_sheet",
                f"ไม่พบแผ่นงาน “{MEETING_SHEET}” ให้ใช้ไฟล์จาก `mochocho meeting export`",
                f"there is no sheet “{MEETING_SHEET}”; use a file of `mochocho meeting export`",
            )
        self._numbers: dict[tuple[str, int | None, str], int] = {}  # rows as Excel counts
        self.missing: list[Mistake] = []
        single, version = self._single(sheets[MEETING_SHEET])
        rows = {table.part: self._table(table, sheets.get(table.sheet)) for table in TABLES}
        self.typed = TypedMeeting(single, rows)
        self.version = version

    def mistake(self, at: At) -> Mistake:
        key = (at.sheet, at.row, at.heading)
        return Mistake(at.sheet, self._numbers.get(key, 0), at.heading, at.said)

    def _single(self, sheet: Sheet) -> tuple[Typed, int | None]:
        known = {one.heading for one in SINGLE}
        found: dict[str, list[Cell]] = {}
        version, label = None, ""
        for number, cells in enumerate(sheet.rows, start=1):
            first, second = (*cells, NOTHING, NOTHING)[:2]
            label = first.text or label
            if first.text == VERSION:
                version = int(second.text) if second.text.isdecimal() else None
            elif label in known and (first.text or not second.empty):
                found.setdefault(label, []).append(second)
                self._numbers.setdefault((MEETING_SHEET, None, label), number)
            elif number > HEADING + 1 and not first.empty and label not in known:
                said = Sentence(
                    "ไม่รู้จักรายการนี้ ให้ใช้ไฟล์จาก `mochocho meeting export` แล้วแก้เฉพาะช่องค่า",
                    "there is no such item; use a file of `mochocho meeting export` and change values alone",
                )
                self.missing.append(Mistake(MEETING_SHEET, number, ITEM, said))
        return found, version

    def _table(self, table: Table, sheet: Sheet | None) -> list[Typed]:
        if sheet is None:
            said = Sentence(
                "ไม่พบแผ่นงานนี้ ให้ใช้ไฟล์จาก `mochocho meeting export`",
                "there is no such sheet; use a file of `mochocho meeting export`",
            )
            self.missing.append(Mistake(table.sheet, 0, "", said))
            return []
        top = next((n for n, cells in enumerate(sheet.rows[:_WITHIN]) if _places(table, cells)), None)
        places = {} if top is None else _places(table, sheet.rows[top])
        for one in table.fields:
            if one.heading not in places and not one.added:
                said = Sentence(
                    "ไม่พบหัวคอลัมน์นี้ ให้ใช้ไฟล์จาก `mochocho meeting export`",
                    "there is no such heading; use a file of `mochocho meeting export`",
                )
                self.missing.append(Mistake(sheet.name, (top or HEADING) + 1, one.heading, said))
        self.missing.extend(layout_faults.twice(sheet, top or 0, places))
        return list(self._rows(table, sheet, (top or 0) + 1, places))

    def _rows(self, table: Table, sheet: Sheet, first: int, places: Mapping[str, int]) -> Iterator[Typed]:
        row: dict[str, list[Cell]] | None = None
        count = 0
        for number, cells in enumerate(sheet.rows[first:], start=first + 1):
            here = {h: cells[place] for h, place in places.items() if place < len(cells)}
            if all(cell.empty for cell in here.values()):
                continue
            if row is not None and _continues(table, here):
                for heading, cell in here.items():
                    row[heading].append(cell)
                continue
            if row is not None:
                yield row
            row = {heading: [here.get(heading, NOTHING)] for heading in headings(table)}
            self._numbers |= {(table.sheet, count, heading): number for heading in headings(table)}
            count += 1
        if row is not None:
            yield row


def _places(table: Table, cells: Sequence[Cell]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        if cell.text in headings(table):
            found.setdefault(cell.text, place)
    return found


def _continues(table: Table, here: Mapping[str, Cell]) -> bool:
    """Whether only further lines are typed in a row: it belongs to the one above."""
    lines = {one.heading for one in table.fields if one.kind is Kind.LINES}
    return bool(lines) and all(cell.empty for heading, cell in here.items() if heading not in lines)


def book(typed: TypedMeeting, version: int) -> bytes:
    """The file, to be filled in; `version`: which kept one it is made from, 0 = none."""
    buffer = io.BytesIO()
    with new_book(buffer) as made:
        for name in SHEETS:
            sheet = made.add_worksheet(name)
            sheet.write_string(0, 0, name, made.add_format({"bold": True, "font_size": 14}))
            advice = made.add_format({"italic": True, "font_color": "#5F6B78"})
            sheet.write_string(1, 0, _ADVICES[name], advice)
            if name == MEETING_SHEET:
                _write_single(made, sheet, typed.single, version)
            else:
                _write_tables(made, sheet, [t for t in TABLES if t.sheet == name], typed)
            sheet.freeze_panes(HEADING + 1, 0)
            sheet.set_landscape()
            sheet.set_paper(9)  # A4
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(HEADING)
    return buffer.getvalue()


def _write_single(made: Workbook, sheet: Worksheet, single: Typed, version: int) -> None:
    bold, text = _bold(made), _text(made)
    fixed = made.add_format({"num_format": "@", "border": 1, "font_color": "#5F6B78"})
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 1, 90)
    sheet.write_string(HEADING, 0, ITEM, bold)
    sheet.write_string(HEADING, 1, VALUE, bold)
    sheet.write_string(HEADING + 1, 0, VERSION, fixed)
    sheet.write_string(HEADING + 1, 1, str(version), fixed)
    row = HEADING + 2
    for one in SINGLE:
        cells = single[one.heading] or [NOTHING]
        for number, cell in enumerate(cells):
            sheet.write_string(row, 0, one.heading if number == 0 else "", text)
            sheet.write_string(row, 1, cell.text, text)
            _offer(sheet, one, row, row, 1)
            row += 1


def _write_tables(made: Workbook, sheet: Worksheet, tables: Sequence[Table], typed: TypedMeeting) -> None:
    bold, text, left = _bold(made), _text(made), 0
    for table in tables:
        bottom = HEADING + 1
        for row in typed.rows[table.part]:
            height = max(1, *(len(cells) for cells in row.values()))
            for number in range(height):
                for place, one in enumerate(table.fields):
                    cells = row[one.heading]
                    value = cells[number].text if number < len(cells) else ""
                    sheet.write_string(bottom + number, left + place, value, text)
            bottom += height
        for place, one in enumerate(table.fields, start=left):
            sheet.set_column(place, place, one.width)
            sheet.write_string(HEADING, place, one.heading, bold)
            for spare in range(bottom, bottom + _SPARE):
                sheet.write_blank(spare, place, None, text)
            _offer(sheet, one, HEADING + 1, bottom + _SPARE - 1, place)
        left += len(table.fields) + 1


def _offer(sheet: Worksheet, one: Field, first: int, last: int, place: int) -> None:
    if one.choices:
        options = {"validate": "list", "source": _source(sheet, list(one.choices))}
        sheet.data_validation(first, place, last, place, options)


def _source(sheet: Worksheet, words: list[str]) -> list[str] | str:
    """The words to choose from; of more than Excel takes in one formula, the hidden cells that hold them."""
    if len(",".join(words)) <= _LONGEST_LIST:
        return words
    sheet.write_column(HEADING + 1, _ASIDE, words)
    sheet.set_column(_ASIDE, _ASIDE, None, None, {"hidden": True})
    return f"={xl_range_abs(HEADING + 1, _ASIDE, HEADING + len(words), _ASIDE)}"


def _bold(made: Workbook) -> Format:
    return made.add_format({"bold": True, "bg_color": "#E7EEF7", "border": 1, "text_wrap": True})


def _text(made: Workbook) -> Format:
    return made.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 1})
