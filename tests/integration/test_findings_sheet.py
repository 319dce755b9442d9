"""The office's file of findings with what to do; and words that change without assessing again."""

from pathlib import Path

import pytest

from mochocho.excel.workbooks import read_workbook
from mochocho.storage.home import Home
from processing.assessment import assess
from processing.register import register_forms
from reports.lists import findings_sheet
from reports.packet import needed_sheets
from tests.integration import province_mirror as mirror


@pytest.fixture
def judged(any_home: Home) -> Home:
    """One applicant whose photo will come later, and whose score sheet nobody sent."""
    mirror.send(any_home, mirror.application(any_home, 1))
    register_forms.run(any_home)
    assess.do(any_home, assess.due(any_home))
    return any_home


def test_the_office_reads_what_is_and_what_mends_it(judged: Home, tmp_path: Path) -> None:
    path = tmp_path / "findings.xlsx"
    assert findings_sheet.write(judged, path) > 0
    (sheet,) = read_workbook(path)
    head, *rows = [[cell.text for cell in row] for row in sheet.rows]
    assert head == list(findings_sheet.COLUMNS)
    by_code = {row[5]: row for row in rows}
    assert by_code["score.not_assessed"][3] == "ต้องแก้ไข"
    assert by_code["score.not_assessed"][4] == (
        "ยังไม่มีแบบให้คะแนนภาคสนามที่นับได้ ให้กรรมการผู้ตรวจประเมินส่งแบบให้คะแนน"
    )


def test_mended_words_make_the_packet_anew_and_judge_nobody(
    judged: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = needed_sheets.state(judged)
    assert needed_sheets.state(judged) == before
    monkeypatch.setattr(needed_sheets, "WORDS_DIGEST", "other words")
    assert needed_sheets.state(judged) != before
    assert assess.due(judged) == []
