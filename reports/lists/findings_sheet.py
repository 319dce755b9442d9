"""Every applicant's findings with what to do about each, as an Excel file for the office."""

from collections.abc import Iterator
from pathlib import Path

from mochocho.storage.files import write_file
from mochocho.storage.home import Home
from mochocho.words import thai
from mochocho.words.model import Case, Severity
from processing.assessment import cases
from processing.findings.entry import Audience
from processing.findings.saying import said
from reports.lists.office_sheet import book
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


def write(home: Home, path: Path) -> int:
    """Write the file, one row per finding, by district and name; returns the number of findings."""
    districts = {d.code: d.name_th for d in home.province.districts}
    with cases.opened(home) as casebook:
        rows = [row for case in casebook.each() for row in _rows(home, case, districts)]
    rows.sort(
        key=lambda row: (thai.sort_key(row[0]), thai.sort_key(row[2]), row[6])
    )  # in the order of the checks
    write_file(path, book("ข้อตรวจพบ", COLUMNS, rows, frozen=3))
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
