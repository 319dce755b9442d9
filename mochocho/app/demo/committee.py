"""The district committees of the sample: what they settle, and their resolutions as a clerk's Excel file."""

import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from mochocho.app.demo import office_desk, onsite_answers
from mochocho.app.demo.instances import entity_id
from mochocho.app.demo.invented_people import person
from mochocho.app.demo.sample_province import Course, Plan, Unit
from mochocho.storage.files import write_file
from mochocho.storage.home import Home
from mochocho.words import thai
from mochocho.words.errors import Terminal
from mochocho.words.model import Outcome, Round
from mochocho.words.sentences import plain
from processing.decisions import record_resolutions
from processing.decisions.clerks_sheet import (
    ABSTAINED,
    CONDITION,
    DAY,
    DEFERRED_TO,
    DUE,
    IN_FAVOUR,
    KEY,
    MEETING,
    OPPOSED,
    OUTCOME,
    PRESENT,
    REASON,
    RECUSED,
)
from processing.decisions.decision import Decision, Kind, Reconciled
from processing.decisions.meetings.outcomes import OUTCOMES
from processing.decisions.recorder import record_decisions

FILE_NAME = "district-resolutions.xlsx"
REASON_LOW = "คะแนนการตรวจประเมินต่ำกว่าเกณฑ์ ให้พัฒนาตนเองตามแผนและขอรับการประเมินใหม่"

REASON_DEFERRED = "รอรูปถ่ายของผู้สมัคร"
REASON_IN_SPITE = "ขาดไม่ถึงร้อยละสอง และแก้ไขข้อที่อ่อนตามข้อเสนอแนะแล้วก่อนวันประชุม"
REASON_SETTLED = "เปิดแฟ้มผลงานดูร่วมกันในที่ประชุมแล้ว ใช้ระดับนี้"
CONDITION_TH = "จัดทำบัญชีรายรับรายจ่ายให้เป็นปัจจุบัน"
SETTLED_LEVEL = 4


_MEETING, _NEXT_MEETING, _DUE = "1/2568", "2/2568", date(2025, 6, 30)
_PRESENT, _IN_FAVOUR = 7, 6  # one of those who came is recused
_MEETING_DAYS = tuple(date(2025, 4, day) for day in (17, 18, 21, 22, 23, 24, 25, 28))


def settle(home: Home, plan: Plan) -> None:
    """Record what counts where assessors were too far apart and the committee settled it."""
    record_decisions(
        home,
        [
            Decision(
                Kind.SCORE_RECONCILE,
                entity_id(unit),
                onsite_answers.first_rubric(home.pack.standard(unit.type)),
                Reconciled(Round.ONSITE, SETTLED_LEVEL),
                REASON_SETTLED,
                f"ประธานคณะกรรมการตรวจประเมินอำเภอ{unit.district}",
            )
            for unit in plan.units
            if unit.course is Course.SETTLED
        ],
    )


def resolve(home: Home, plan: Plan, folder: Path) -> None:
    """Record every district's resolutions: write the clerk's file, fill it in, import it.

    Raises Terminal when the import finds a mistake in it.
    """
    path = folder / FILE_NAME
    record_resolutions.template_xlsx(home, path)
    _fill_in(path, plan)
    report = record_resolutions.import_xlsx(home, path, recorded_by=office_desk.BY)
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
        MEETING: _MEETING,
        DAY: thai.date_words(day, thai_digits=False),
        REASON: REASON_LOW if unit.resolved is Outcome.FAIL else "",
        **_particulars(unit),
        **({PRESENT: str(_PRESENT)} if unit.district in _districts_of(plan, Course.COUNTED) else {}),
    }


def _particulars(unit: Unit) -> Mapping[str, str]:
    """What else stands in a row that is no plain pass and no plain refusal."""
    match unit.course:
        case Course.CONDITIONAL:
            return {CONDITION: CONDITION_TH, DUE: thai.date_words(_DUE, thai_digits=False)}
        case Course.DEFERRED:
            return {DEFERRED_TO: _NEXT_MEETING, REASON: REASON_DEFERRED}
        case Course.IN_SPITE:
            return {REASON: REASON_IN_SPITE}
        case Course.COUNTED:
            recused, _ = person(unit, "recused")
            return {IN_FAVOUR: str(_IN_FAVOUR), OPPOSED: "0", ABSTAINED: "0", RECUSED: recused}
    return {}


def _districts_of(plan: Plan, course: Course) -> set[str]:
    return {unit.district for unit in plan.units if unit.course is course}
