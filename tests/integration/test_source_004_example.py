"""The meeting of the guides' example: taken in as it is, and with source 004's faults typed into it."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from mochocho.app.commands.cli import cli
from reports.lint.lint_meeting import CATALOGUE
from tests.house.tree import ROOT

EXAMPLE = (ROOT / "docs" / "examples" / "chiang-rai-2568.yaml").read_text("utf-8")
LETTER = """  'หนังสือเชิญ: ข้อความ':
  - จังหวัดเชียงรายได้กำหนดการประชุม ในวันพฤหัสบดีที่ 1 พฤษภาคม 2568 เวลา 08.30 - 14.30 น. ณ ห้องประชุมพวงแสด ชั้น 3
  - ทางอีเมล somyingg68@example.go.th โดยมอบหมายให้ นางสาวสมหญิงค์ ตัวอย่าง หมายเลขโทรศัพท์ 0 0000 0000 เป็นผู้ประสานงาน
  - จึงเรียนมาเพื่อพิจารณาดำเนินการ
  'หนังสือเชิญ: ตอบภายในวันที่'"""
FAULTS = (
    ("  'หนังสือเชิญ: ตอบภายในวันที่'", LETTER, {"hours.differ", "contact.two_names", "contact.two_addresses"}),
    ("ชร 0019.2/ว 0096", "ขร 0019.2/ว 0096", {"province.no_code"}),
    (
        "  คำสั่งแต่งตั้งเลขที่:",
        "  คณะกรรมการ: คณะกรรมการรับรองมาตรฐานการพัฒนาชุมชนชนจังหวัด\n  คำสั่งแต่งตั้งเลขที่:",
        {"words.doubled"},
    ),
)  # what stands in the example, what in the source, and what is found (rules.md 44)
OPEN = {"annex.not_bound", "date.after_month", "day.no_lunch"}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mochocho.toml").write_text('home = "home"\nprovince = "เชียงราย"\n', "utf-8")
    return tmp_path


def linted(text: str) -> set[str]:
    """What the lint finds in the meeting of this file."""
    Path("meeting.yaml").write_text(text, "utf-8")
    done = CliRunner().invoke(cli, ["meeting", "import", "meeting.yaml", "--by", "นางบันทึก ตัวอย่าง"])
    assert done.exit_code == 0, done.output
    said = CliRunner().invoke(cli, ["--lang", "th", "meeting", "lint"]).output
    return {code for code in CATALOGUE if code in said}


def test_the_example_has_what_the_source_leaves_open() -> None:
    """Its annexes are not in the source; it meets in May and has no lunch (rules.md 45, 46, 51)."""
    assert linted(EXAMPLE) == OPEN


@pytest.mark.parametrize(("right", "wrong", "found"), FAULTS, ids=["letter", "code", "doubled"])
def test_each_fault_typed_into_it_is_named(right: str, wrong: str, found: set[str]) -> None:
    assert EXAMPLE.count(right) == 1
    assert linted(EXAMPLE.replace(right, wrong)) == OPEN | found
