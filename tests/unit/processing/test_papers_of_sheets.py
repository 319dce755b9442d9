"""The photo of a paper sheet is checked like any other; an unreadable one proves no signature."""

from dataclasses import replace

import pytest

from mochocho.words import thai
from mochocho.words.model import FileRef, Round, ScoreSheet
from processing.assessment.evaluate import evaluate
from processing.findings import saying
from processing.findings.of_documents import FILE_PROBLEMS
from tests.unit.reports.made_inputs import KNOWN, RULES, inputs

SHEET = ScoreSheet(
    root_id="root",
    instance_id="sheet",
    form_version="1",
    applicant_key="k",
    assessor="นายสมมติ กรรมการ",
    visited_on=None,
    answers={},
    mode="paper",
    entered_by="นางสาวสมมติ ธุรการ",
)


def told(round_: Round, *photos: FileRef) -> list[tuple[str, str, str | None]]:
    sheet = replace(SHEET, round=round_, papers=photos)
    found = evaluate(replace(inputs(), sheets=(sheet,), measurements=KNOWN), RULES).findings
    return [(f.code, saying.said(f), f.read_from.sha256) for f in found if f.code.startswith("sheet.paper_")]


@pytest.mark.parametrize("round_", [Round.ONSITE, Round.PROVINCIAL])
@pytest.mark.parametrize("problem", FILE_PROBLEMS)
def test_one_that_cannot_be_opened_is_told_with_what_to_do(problem: str, round_: Round) -> None:
    # `not_measured` is of a file of which nothing is known.
    ((code, message, sha256),) = told(round_, FileRef("1.jpg", "good"), FileRef("2.jpg", problem))
    assert (code, sha256) == (f"sheet.paper_{problem}", problem)
    assert "นายสมมติ กรรมการ" in message
    assert message.endswith(thai.digits(FILE_PROBLEMS[problem].th))


def test_one_that_opens_and_one_on_its_way_are_not() -> None:
    assert told(Round.ONSITE, FileRef("1.jpg", "good"), FileRef("2.jpg", None)) == []
