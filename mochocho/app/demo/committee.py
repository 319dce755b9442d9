"""The district committees of the sample: their resolutions, as a clerk's Excel file."""

import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from mochocho.app.demo.instances import entity_id
from mochocho.app.demo.sample_province import Plan, Unit
from mochocho.storage.files import write_file
from mochocho.storage.home import Home
from mochocho.words import thai
from mochocho.words.errors import Terminal
from mochocho.words.model import Outcome
from mochocho.words.sentences import plain
from processing.decisions import record_resolutions
from processing.decisions.clerks_sheet import DAY, KEY, MEETING, OUTCOME, REASON
from processing.decisions.meetings.outcomes import OUTCOMES

FILE_NAME = "district-resolutions.xlsx"
REASON_LOW = "คะแนนการตรวจประเมินต่ำกว่าเกณฑ์ ให้พัฒนาตนเองตามแผนและขอรับการประเมินใหม่"

_MEETING_DAYS = tuple(date(2025, 4, day) for day in (17, 18, 21, 22, 23, 24, 25, 28))


def resolve(home: Home, plan: Plan, folder: Path) -> None:
    """Record every district's resolutions: write the clerk's file, fill it in, import it.

    Raises Terminal when the import finds a mistake in it.
    """
    path = folder / FILE_NAME
    record_resolutions.template_xlsx(home, path)
    _fill_in(path, plan)
    report = record_resolutions.import_xlsx(home, path, recorded_by="เจ้าหน้าที่ตัวอย่าง")
    if report.mistakes:
        raise Terminal(*plain(f"{path}: {report.mistakes[0]}"))


def _fill_in(path: Path, plan: Plan) -> None:
    units = {entity_id(unit): unit for unit in plan.units}
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    columns = {str(cell.value): place for place, cell in enumerate(sheet[1], start=1)}
    for row in range(2, sheet.max_row + 1):
        unit = units[str(sheet.cell(row, columns[KEY]).value)]
        for column, text in _resolution(unit, plan).items():
            cell: Any = sheet.cell(row, columns[column])
            cell.value = text
    content = io.BytesIO()
    book.save(content)
    write_file(path, content.getvalue())


def _resolution(unit: Unit, plan: Plan) -> Mapping[str, str]:
    """The clerk's entries in one row; empty where the unit was not presented to the committee."""
    if unit.resolved is None:
        return {}
    day = _MEETING_DAYS[plan.districts.index(unit.district) % len(_MEETING_DAYS)]
    return {
        OUTCOME: OUTCOMES[unit.resolved],
        MEETING: "1/2568",
        DAY: thai.date_words(day, thai_digits=False),
        REASON: REASON_LOW if unit.resolved is Outcome.FAIL else "",
    }
