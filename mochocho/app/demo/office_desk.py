"""The provincial office of the sample: its verdicts on documents, by its Excel file and one by one."""

import io
from dataclasses import replace
from pathlib import Path

import openpyxl

from mochocho.app.demo.instances import JUDGED_DOCUMENT, entity_id
from mochocho.app.demo.sample_province import Judged, Plan
from mochocho.excel.filled_sheet import HEADING, KEY
from mochocho.storage.files import write_file
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from mochocho.words.sentences import plain
from processing.decisions.decision import Decision, Kind, Plain, Waived
from processing.decisions.recorder import record_decisions
from processing.documents.desk import desk_workbooks
from processing.documents.desk.desk_sheet import REASON, VERDICT

BY = "เจ้าหน้าที่ตัวอย่าง"
FOLDER = "documents"
_ACCEPTED = "ภาพมืด แต่อ่านได้ครบ ตรงกับใบสมัคร"
_WAIVED = "เห็นบัตรตัวจริงที่สำนักงานพัฒนาชุมชนอำเภอ"
_RETURNED = "ภาพเป็นบัตรของผู้อื่น ขอบัตรของผู้สมัคร"


def judge(home: Home, plan: Plan, folder: Path) -> None:
    """Accept, waive and return what the plan says. Raises Terminal when the import finds a mistake."""
    wanted = {entity_id(unit): unit.judged for unit in plan.units if unit.judged}
    for path in desk_workbooks.write(home, folder / FOLDER):
        _fill_in(path, {key for key, judged in wanted.items() if judged is Judged.ACCEPTED})
        report = desk_workbooks.import_xlsx(home, path, BY)
        if report.mistakes:
            raise Terminal(*plain(f"{path}: {report.mistakes[0]}"))
    waived = Decision(Kind.DOCUMENT_WAIVE, "", JUDGED_DOCUMENT, Waived("พัฒนาการอำเภอตัวอย่าง"), _WAIVED, BY)
    returned = Decision(Kind.DOCUMENT_RETURN, "", JUDGED_DOCUMENT, Plain(), _RETURNED, BY)
    one_by_one = {Judged.WAIVED: waived, Judged.RETURNED: returned}
    record_decisions(
        home,
        [
            replace(one_by_one[judged], applicant_key=key)
            for key, judged in sorted(wanted.items())
            if judged in one_by_one
        ],
    )


def _fill_in(path: Path, accepted: set[str]) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    columns = {str(cell.value): place for place, cell in enumerate(sheet[HEADING + 1], start=1)}
    for row in range(HEADING + 2, sheet.max_row + 1):
        if sheet.cell(row, columns[KEY]).value in accepted:
            sheet.cell(row, columns[VERDICT], "รับ")
            sheet.cell(row, columns[REASON], _ACCEPTED)
    content = io.BytesIO()
    book.save(content)
    write_file(path, content.getvalue())
