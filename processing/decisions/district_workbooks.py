"""Writes a workbook of resolutions for each district, with what is known of each unit."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from mochocho.excel.writing import new_book
from mochocho.storage.db import reading
from mochocho.storage.files import write_file
from mochocho.storage.home import Home
from mochocho.words.model import TO_JUDGE, Assessment, DocumentState, Gate, Outcome, Resolution, Severity
from mochocho.words.numbers import hundredths
from processing.chunks import batched
from processing.decisions import against_evidence, last_assessed
from processing.decisions import clerks_sheet as columns
from processing.decisions.clerks_sheet import SHEETS
from processing.decisions.record_resolutions import (
    READ_AT_ONCE,
    Listed,
    committee,
    decided,
    guide_typing,
    listed,
)
from processing.findings.entry import Audience
from processing.findings.saying import said

PERCENT, DOCUMENTS, AGAINST = "คะแนนร้อยละ", "เอกสาร", "หลักฐานที่ขัดกับการผ่าน"
TOP = (columns.COMMITTEE, columns.MEETING, columns.DAY)  # typed once, above the heading
WIDTHS: Mapping[str, int] = {
    columns.TYPE: 20,
    columns.NAME: 34,
    PERCENT: 11,
    DOCUMENTS: 16,
    AGAINST: 44,
    columns.OUTCOME: 10,
    columns.REASON: 44,
    columns.KEY: 38,
    columns.COMMITTEE: 30,
    columns.MEETING: 10,
    columns.DAY: 18,
}
HEADING = len(TOP) + 2  # its place, from 0: under the title, the meeting and a line of advice
LINE = 16  # points
ADVICE = (
    "พิมพ์ครั้งที่และวันที่ประชุมครั้งเดียวข้างบนนี้ แล้วเลือกมติทีละราย รายที่มีหลักฐานขัดกับการผ่าน หากมีมติผ่านต้องมีเหตุผล "
    "สามคอลัมน์ท้ายใช้เฉพาะรายที่มีมติในการประชุมอื่น"
)
_ANY_PASS = Resolution(Gate.DISTRICT, Outcome.PASS, "", "", date(2000, 1, 1))
_SHORT = {
    DocumentState.MISSING: "ยังไม่มี",
    DocumentState.UNREADABLE: "อ่านไม่ได้",
    DocumentState.RETURNED: "ส่งคืน",
    DocumentState.SUSPICIOUS: "รอคนตรวจ",
    DocumentState.NEEDS_PERSON: "มาใหม่",
}


@dataclass(frozen=True, slots=True)
class _Unit:
    listed: Listed
    assessment: Assessment | None


def write(home: Home, folder: Path, gate: Gate) -> list[Path]:
    """One file for each district that has applicants, or one for the province's committee; their paths."""
    books: dict[str, list[_Unit]] = {}
    with reading(home.engine) as session:
        rows = listed(home, session, gate)
        known: dict[str, Assessment] = {}
        for chunk in batched([one.key for one in rows], READ_AT_ONCE):
            known |= last_assessed.of_applicants(session, chunk)
    for one in rows:
        name = f"จังหวัด{home.province.name_th}" if gate is Gate.PROVINCE else f"อำเภอ{one.district}"
        books.setdefault(name, []).append(_Unit(one, known.get(one.key)))
    paths = []
    for name, units in books.items():
        paths.append(folder / f"{SHEETS[gate]} {name}.xlsx")
        write_file(paths[-1], _book(home, name, units, gate))
    return paths


def _book(home: Home, name: str, units: Sequence[_Unit], gate: Gate) -> bytes:
    buffer = io.BytesIO()
    with new_book(buffer) as book:
        sheet = book.add_worksheet(SHEETS[gate])
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 1})
        for place, width in enumerate(WIDTHS.values()):
            sheet.set_column(place, place, width)
        _write_top(book, sheet, f"{SHEETS[gate]} {name}", committee(home, units[0].listed, gate))
        bold = book.add_format({"bold": True, "bg_color": "#E7EEF7", "border": 1, "text_wrap": True})
        for place, column in enumerate(WIDTHS):
            sheet.write_string(HEADING, place, column, bold)
        for number, unit in enumerate(units, start=HEADING + 1):
            values = dict(_values(home, unit))
            sheet.set_row(number, LINE * max(map(_lines, values.items())))  # programs differ in growing it
            for place, column in enumerate(WIDTHS):
                sheet.write_string(number, place, values.get(column, ""), text)
        _guide(sheet, HEADING + len(units))
    return buffer.getvalue()


def _write_top(book: Workbook, sheet: Worksheet, title: str, name: str) -> None:
    large, bold = book.add_format({"bold": True, "font_size": 14}), book.add_format({"bold": True})
    field = book.add_format({"num_format": "@", "border": 1, "bg_color": "#FFF8DC"})
    sheet.write_string(0, 0, title, large)
    for place, (column, value) in enumerate(zip(TOP, (name, "", ""), strict=True), start=1):
        sheet.write_string(place, 0, column, bold)
        sheet.write_string(place, 1, value, field)
    sheet.write_string(len(TOP) + 1, 0, ADVICE, book.add_format({"italic": True, "font_color": "#5F6B78"}))


def _guide(sheet: Worksheet, last: int) -> None:
    """What helps whoever fills it in, and whoever prints it."""
    order = list(WIDTHS)
    outcome = order.index(columns.OUTCOME)
    top = len(TOP)  # the row of the day, which is the last of them
    guide_typing(sheet, outcomes=(HEADING + 1, outcome, last, outcome), days=(top, 1, top, 1))
    sheet.freeze_panes(HEADING + 1, 2)
    sheet.autofilter(HEADING, 0, last, len(order) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, last, order.index(columns.REASON))
    sheet.repeat_rows(HEADING)


def _values(home: Home, unit: _Unit) -> Iterator[tuple[str, str]]:
    one, assessment = unit.listed, unit.assessment
    yield columns.KEY, one.key
    yield columns.TYPE, home.pack.standard(one.type).th
    yield columns.NAME, one.name
    if assessment:
        percent = assessment.scores.percent if assessment.scores else None
        yield PERCENT, "ยังไม่ครบ" if percent is None else hundredths(percent)
        yield DOCUMENTS, _documents(assessment)
        found = against_evidence.of(_ANY_PASS, assessment)
        yield AGAINST, "\n".join(f"• {said(f, Audience.COMMITTEE)}" for f in found)
    if one.resolution:
        yield from decided(one.resolution).items()


def _lines(cell: tuple[str, str]) -> int:
    """How many lines a value needs in its column."""
    column, value = cell
    return sum(1 + len(line) // WIDTHS[column] for line in value.split("\n"))


def _documents(assessment: Assessment) -> str:
    """`ครบ`, or how many documents are in which state: mandatory ones, and those that wait for a person."""
    states = [
        verdict.state
        for verdict in assessment.verdicts
        if verdict.state in TO_JUDGE or any(f.severity is Severity.BLOCKING for f in verdict.findings)
    ]
    lacking = [f"{word} {count}" for state, word in _SHORT.items() if (count := states.count(state))]
    return " ".join(lacking) or "ครบ"
