"""Every applicant's findings with what to do about each, as an Excel file for the office."""

import io
from collections.abc import Iterator
from pathlib import Path

from mochocho.excel.writing import new_book
from mochocho.storage.files import write_file
from mochocho.storage.home import Home
from mochocho.words import thai
from mochocho.words.model import Case, Severity
from processing.assessment import cases
from processing.findings.entry import Audience
from processing.findings.saying import said
from reports.view.printed_words import JUDGED, SEVERITY, UNMADE

COLUMNS = {
    "อำเภอ": 18,
    "ประเภท": 20,
    "ชื่อ": 34,
    "ความสำคัญ": 14,
    "ข้อตรวจพบและวิธีแก้": 90,
    "รหัสข้อตรวจพบ": 30,
    "รหัสผู้สมัคร": 38,
}
ONLY_TEXT = {"num_format": "@", "text_wrap": True, "valign": "top"}


def write(home: Home, path: Path) -> int:
    """Write the file, one row per finding, by district and name; returns the number of findings."""
    districts = {d.code: d.name_th for d in home.province.districts}
    with cases.opened(home) as casebook:
        rows = [row for case in casebook.each() for row in _rows(home, case, districts)]
    rows.sort(
        key=lambda row: (thai.sort_key(row[0]), thai.sort_key(row[2]), row[6])
    )  # in the order of the checks
    write_file(path, _book(rows))
    return len(rows)


def _rows(home: Home, case: Case, districts: dict[str, str]) -> Iterator[tuple[str, ...]]:
    """Each sentence once, as a dossier has them; for an applicant without a dossier, why there is none."""
    one = case.application
    who = (districts.get(one.district, one.district), home.pack.standard(one.type).th, _covered(one.name))
    if case.unmade:
        why = f"{UNMADE[case.unmade]} ให้สั่ง mochocho run หากยังไม่หายให้แจ้งผู้ดูแลระบบ"
        yield (*who, SEVERITY[Severity.BLOCKING], why, str(case.unmade), one.key)
    else:
        yield from ((*who, *told, one.key) for told in findings_of(case))


def findings_of(case: Case) -> list[tuple[str, str, str]]:
    """How grave, the sentence, the code of each; of a document that a person took, only what was found."""
    settled = {f for verdict in case.assessment.verdicts if verdict.settled for f in verdict.findings}
    told = (
        (JUDGED, said(f, Audience.COMMITTEE), f.code)
        if f in settled
        else (SEVERITY[f.severity], said(f), f.code)
        for f in case.assessment.findings
    )
    return list(dict.fromkeys((grave, _covered(sentence), code) for grave, sentence, code in told))


def _covered(text: str) -> str:
    return thai.cover_national_ids(thai.normalise(text))


def _book(rows: list[tuple[str, ...]]) -> bytes:
    buffer = io.BytesIO()
    with new_book(buffer) as book:
        sheet = book.add_worksheet("ข้อตรวจพบ")
        text, bold = book.add_format(ONLY_TEXT), book.add_format({"bold": True, "bg_color": "#E7EEF7"})
        for place, (column, width) in enumerate(COLUMNS.items()):
            sheet.set_column(place, place, width, text)
            sheet.write_string(0, place, column, bold)
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                sheet.write_string(number, place, value, text)
        sheet.freeze_panes(1, 3)
        sheet.autofilter(0, 0, max(len(rows), 1), len(COLUMNS) - 1)
    return buffer.getvalue()
