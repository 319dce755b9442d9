"""Where assessors differ, as an Excel file for a committee that reconciles them: what waits comes first."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from mochocho.storage.files import write_file
from mochocho.storage.home import Home
from mochocho.words import thai
from mochocho.words.model import Case, Round, Scores
from processing.assessment import cases
from processing.register.form_packs import Packs
from reports.lists.office_sheet import book
from reports.view.assessors.spreads import OPEN, spread_rows
from reports.view.printed_words import TYPE, Tone, Words
from xlsforms.names import ONSITE

TITLE = "คะแนนที่ต่างกัน"
COLUMNS = {
    "สถานะ": 14,
    "อำเภอ": 18,
    "ประเภท": 20,
    "ชื่อ": 34,
    "รอบ": 12,
    "ข้อ": 9,
    "ตัวบ่งชี้": 46,
    "คำตอบของกรรมการแต่ละคน": 44,
    "ต่ำสุด": 9,
    "สูงสุด": 9,
    "ต่าง": 9,
    "ที่ใช้": 10,
    "เหตุที่ใช้": 46,
    "รหัสผู้สมัคร": 38,
}
DIFFER, SETTLED = "ต่างกัน", "ประมวลแล้ว"
ROUNDS: Mapping[Round, str] = {Round.ONSITE: "ภาคสนาม", Round.PROVINCIAL: "จังหวัด"}
_ARABIC = Words(thai_digits=False)


class Written(NamedTuple):
    """How many rows a file has, and how many of them wait for a person."""

    rows: int
    waiting: int


def write(home: Home, path: Path) -> Written:
    """Write the file: a row for each indicator in which the assessors of an applicant differ."""
    districts, packs = {d.code: d.name_th for d in home.province.districts}, Packs(home)
    with cases.opened(home) as casebook:
        rows = [row for case in casebook.each() for row in _rows(case, packs, districts)]
    rows.sort(key=lambda row: (row[0] != OPEN, thai.sort_key(row[1]), thai.sort_key(row[3]), row[-1]))
    write_file(path, book(TITLE, COLUMNS, rows, frozen=4))
    return Written(len(rows), sum(row[0] == OPEN for row in rows))


def _rows(case: Case, packs: Packs, districts: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    one, assessment = case.application, case.assessment
    who = (districts.get(one.district, one.district), TYPE[one.type], _ARABIC.text(one.name))
    for round_, scores in ((Round.ONSITE, assessment.scores), (Round.PROVINCIAL, assessment.provincial)):
        for state, *row in _of_round(case, scores, packs) if scores else ():
            yield (state, *who, ROUNDS[round_], *row, one.key)


def _of_round(case: Case, scores: Scores, packs: Packs) -> Iterator[tuple[str, ...]]:
    pack = packs.of(ONSITE, scores.form_version)
    settled = {spread.indicator for spread in scores.spreads if spread.settled}
    for row in spread_rows(scores, pack.standard(case.application.type), pack, _ARABIC):
        state = OPEN if row.tone is Tone.BAD else SETTLED if row.code in settled else DIFFER
        answers = "\n".join(row.answers)
        yield state, row.code, row.text, answers, row.lowest, row.highest, row.difference, row.counts, row.why
