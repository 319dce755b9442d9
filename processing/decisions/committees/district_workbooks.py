"""Writes workbooks of resolutions with what is known of each unit: one a district, or one for the province
with a sheet a district.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from mochocho.excel.writing import new_book
from mochocho.storage.db import reading
from mochocho.storage.files import write_file
from mochocho.storage.home import Home
from mochocho.words.model import Gate
from processing.decisions import clerks_sheet as columns
from processing.decisions.clerks_sheet import SHEETS
from processing.decisions.committees import lying_before
from processing.decisions.committees.lying_before import Unit
from processing.decisions.record_resolutions import (
    committees,
    guide_typing,
    hint_days,
    listed,
)
from processing.findings.entry import Audience
from processing.findings.saying import said

PERCENT, DOCUMENTS, AGAINST = "คะแนนร้อยละ", "เอกสาร", "หลักฐานที่ขัดกับการผ่าน"
TOP = (columns.COMMITTEE, columns.MEETING, columns.DAY, columns.PRESENT)  # typed once
WIDTHS: Mapping[str, int] = {
    columns.TYPE: 20,
    columns.NAME: 34,
    PERCENT: 11,
    DOCUMENTS: 16,
    AGAINST: 40,
    columns.BEFORE: 26,
    columns.OUTCOME: 19,
    columns.REASON: 36,
    columns.CONDITION: 30,
    columns.DUE: 15,
    columns.DEFERRED_TO: 10,
    columns.IN_FAVOUR: 8,
    columns.OPPOSED: 8,
    columns.ABSTAINED: 8,
    columns.RECUSED: 22,
    columns.NOTE: 22,
}
# Folded away: what a clerk opens only for a unit that another meeting resolved about.
FOLDED: Mapping[str, int] = {
    columns.KEY: 38,
    columns.COMMITTEE: 30,
    columns.MEETING: 10,
    columns.DAY: 18,
    columns.PRESENT: 10,
}
EVERY = (*WIDTHS, *FOLDED)
HEADING = len(TOP) + 2  # its place, from 0: under the title, the meeting and a line of advice
HEADING_UNDER_COVER = 2  # under the title and a line of advice
LINE = 16  # points
_ONCE = "พิมพ์ครั้งที่ วันที่ประชุม และจำนวนผู้มาประชุมครั้งเดียวข้างบนนี้"
_EACH = (
    "เลือกมติทีละราย รายที่มีหลักฐานขัดกับการผ่าน หากรับรองต้องมีเหตุผล รับรองแบบมีเงื่อนไขต้องมีเงื่อนไขและวันครบกำหนด "
    "เลื่อนพิจารณาต้องมีเหตุผลและครั้งที่ที่เลื่อนไป ไม่รับรองต้องมีเหตุผล คะแนนเสียงใส่เมื่อมีการนับ"
)
_FOLDED = "คอลัมน์ที่พับไว้ท้ายตาราง (กด +) ใช้เฉพาะรายที่มีมติในการประชุมอื่น"
ADVICE = f"{_ONCE} แล้ว{_EACH} {_FOLDED}"
ON_COVER = f"{_ONCE} ใช้กับทุกแผ่นงาน แล้ว{_EACH} แผ่นงานละหนึ่งอำเภอ"


def write(home: Home, folder: Path, gate: Gate) -> list[Path]:
    """One file for each district that has applicants, or one for the province's committee; their paths.

    `folder` is made where it is missing.
    """
    with reading(home.engine) as session:
        rows = lying_before.units(session, listed(home, session, gate), gate)
    districts: dict[str, list[Unit]] = {}
    for unit in rows:
        districts.setdefault(unit.listed.district, []).append(unit)
    if gate is Gate.PROVINCE:
        books = {f"จังหวัด{home.province.name_th}": _of_province(home, districts)} if rows else {}
    else:
        books = {f"อำเภอ{name}": _of_district(home, name, units) for name, units in districts.items()}
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, content in books.items():
        paths.append(folder / f"{SHEETS[gate]} {name}.xlsx")
        write_file(paths[-1], content)
    return paths


def _of_district(home: Home, name: str, units: Sequence[Unit]) -> bytes:
    buffer = io.BytesIO()
    with new_book(buffer) as book:
        sheet = book.add_worksheet(SHEETS[Gate.DISTRICT])
        title, who = f"{SHEETS[Gate.DISTRICT]} อำเภอ{name}", committees(home, Gate.DISTRICT)(name)
        _write_top(book, sheet, title, who, ADVICE)
        _write_units(home, book, sheet, units, HEADING)
    return buffer.getvalue()


def _of_province(home: Home, districts: Mapping[str, Sequence[Unit]]) -> bytes:
    """A cover on which the meeting is typed, and a sheet for each district."""
    gate, buffer = Gate.PROVINCE, io.BytesIO()
    with new_book(buffer) as book:
        cover = book.add_worksheet(SHEETS[gate])
        cover.set_column(0, 0, 20)
        cover.set_column(1, 1, 60)
        title = f"{SHEETS[gate]} จังหวัด{home.province.name_th}"
        _write_top(book, cover, title, committees(home, gate)(""), ON_COVER)
        for name, units in districts.items():
            sheet = book.add_worksheet(name)
            sheet.write_string(0, 0, f"{SHEETS[gate]} อำเภอ{name}", _large(book))
            sheet.write_string(1, 0, f"{_EACH} {_FOLDED}", _small(book))
            _write_units(home, book, sheet, units, HEADING_UNDER_COVER)
    return buffer.getvalue()


def _large(book: Workbook) -> Format:
    return book.add_format({"bold": True, "font_size": 14})


def _small(book: Workbook) -> Format:
    return book.add_format({"italic": True, "font_color": "#5F6B78"})


def _write_top(book: Workbook, sheet: Worksheet, title: str, name: str, advice: str) -> None:
    bold = book.add_format({"bold": True})
    field = book.add_format({"num_format": "@", "border": 1, "bg_color": "#FFF8DC"})
    sheet.write_string(0, 0, title, _large(book))
    for place, column in enumerate(TOP, start=1):
        sheet.write_string(place, 0, column, bold)
        sheet.write_string(place, 1, name if column == columns.COMMITTEE else "", field)
    sheet.write_string(len(TOP) + 1, 0, advice, _small(book))
    day = TOP.index(columns.DAY) + 1
    hint_days(sheet, (day, 1, day, 1))


def _write_units(home: Home, book: Workbook, sheet: Worksheet, units: Sequence[Unit], heading: int) -> None:
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 1})
    bold = book.add_format({"bold": True, "bg_color": "#E7EEF7", "border": 1, "text_wrap": True})
    for place, column in enumerate(EVERY):
        folded = {"level": 1, "hidden": True} if column in FOLDED else {}
        sheet.set_column(place, place, WIDTHS.get(column) or FOLDED[column], None, folded)
        sheet.write_string(heading, place, column, bold)
    for number, unit in enumerate(units, start=heading + 1):
        values = dict(_values(home, unit))
        # Programs differ in growing a row; what is folded away must not.
        shown = (_lines(column, values.get(column, "")) for column in WIDTHS)
        sheet.set_row(number, LINE * max(shown))
        for place, column in enumerate(EVERY):
            sheet.write_string(number, place, values.get(column, ""), text)
    _guide(sheet, heading, heading + len(units))


def _guide(sheet: Worksheet, heading: int, last: int) -> None:
    """What helps whoever fills it in, and whoever prints it."""
    outcome, due = EVERY.index(columns.OUTCOME), EVERY.index(columns.DUE)
    guide_typing(sheet, (heading + 1, outcome, last, outcome), (heading + 1, due, last, due))
    sheet.freeze_panes(heading + 1, 2)
    sheet.autofilter(heading, 0, last, len(EVERY) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, last, len(WIDTHS) - 1)
    sheet.repeat_rows(heading)


def _values(home: Home, unit: Unit) -> Iterator[tuple[str, str]]:
    one = unit.listed
    yield columns.KEY, one.key
    yield columns.TYPE, home.pack.standard(one.type).th
    yield columns.NAME, one.name
    if unit.assessed:
        yield PERCENT, unit.percent_words
        yield DOCUMENTS, unit.documents
        yield AGAINST, "\n".join(f"• {said(f, Audience.COMMITTEE)}" for f in unit.against)
    if one.resolution:
        yield from columns.written(one.resolution).items()


def _lines(column: str, value: str) -> int:
    """How many lines a value needs in its column."""
    return sum(1 + len(line) // WIDTHS[column] for line in value.split("\n"))
