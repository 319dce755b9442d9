"""Where assessors differ, as pages to project for a committee that reconciles them: a PDF."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from mochocho.standards.origins import is_official
from mochocho.storage.files import write_file
from mochocho.storage.home import Home
from mochocho.words import thai
from mochocho.words.model import Case, Round, Scores
from processing.assessment import cases
from processing.decisions.meetings.settled_before import settled_before
from processing.findings.value_words import ROUNDS
from processing.meetings.meeting import Meeting
from processing.register.form_packs import Packs
from reports.single import small_paper
from reports.view.applicant_names import name_of
from reports.view.assessors.projected import NOTHING, TITLE, DotsSheet, Projected, dots_rows, shown
from reports.view.printed_words import SAMPLE, TYPE, Tone, Words
from xlsforms.names import ONSITE


class Written(NamedTuple):
    """How many indicators the pages show, and how many of them wait for a person."""

    rows: int
    waiting: int


def write(home: Home, path: Path, meeting: Meeting | None = None) -> Written:
    """Write the pages, what waits for a person first; before a meeting, of whom none before it settled.

    Raises Terminal when the office's font is missing.
    """
    w, packs = small_paper.words_of(home), Packs(home)
    names = {district.code: district.name_th for district in home.province.districts}
    with cases.opened(home) as casebook:
        sheets = [
            (thai.sort_key(district), thai.sort_key(case.application.name), sheet)
            for case in casebook.each()
            if not settled_before(meeting, case.assessment.resolutions)
            for district in [names.get(case.application.district, case.application.district)]
            for sheet in _sheets(case, packs, district, w)
        ]
    sheets.sort(key=lambda one: (not _waiting(one[2]), *one[:2]))
    found = tuple(sheet for *_, sheet in sheets)
    sample = "" if is_official(home.pack) else SAMPLE
    view = Projected(TITLE, sample, NOTHING, found)
    write_file(path, small_paper.pdf(home, "disagreements", view))
    return Written(sum(len(one.rows) for one in found), sum(map(_waiting, found)))


def _waiting(sheet: DotsSheet) -> int:
    return sum(row.tone is Tone.BAD for row in sheet.rows)


def _sheets(case: Case, packs: Packs, district: str, w: Words) -> Iterator[DotsSheet]:
    rounds = ((Round.ONSITE, case.assessment.scores), (Round.PROVINCIAL, case.assessment.provincial))
    for round_, scores in rounds:
        if scores and (sheet := _sheet(case, round_, scores, packs, district, w)).rows:
            yield sheet


def _sheet(case: Case, round_: Round, scores: Scores, packs: Packs, district: str, w: Words) -> DotsSheet:
    application = case.application
    pack = packs.of(ONSITE, scores.form_version)
    came = f"กรรมการ {len(scores.assessors)} คน {ROUNDS.get(round_, '')}"
    said = f"{TYPE[application.type]} อำเภอ{district} {came}"
    rows = dots_rows(scores, shown(scores, pack), pack.standard(application.type), w)
    return DotsSheet(name_of(application, w), w.text(said.rstrip()), tuple(rows))
