"""The papers before a meeting, as files: of the province and of a district, from what was assessed."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pymupdf
import pytest

from mochocho.app.migrations.migrate import upgrade
from mochocho.settings.config import load_settings
from mochocho.storage.db import transaction
from mochocho.storage.home import Home, open_home
from processing.assessment import assess, cases
from processing.meetings import kept
from processing.meetings.meeting import Contact, Level, Meeting, Member, Person
from processing.register import register_forms
from reports.packet import before_meeting
from tests.integration import commands
from tests.integration import province_mirror as mirror

NAME = "แก้วตาดวงใจ ศรีสุขใจดี"  # without the title by which a name is known
OF_BOTH = {"memo", "invitation", "committee-order", "reply-form", "reply-tally", "attendance-sheet"}
OF_THE_PROVINCE = {
    *("opening-circular", "invitation-of-members", "district-committees-order", "disagreements"),
}
CALENDAR = '[calendar]\napplication = {{ due = "18 มกราคม 2568" }}\n'.replace("{{", "{").replace("}}", "}")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """Two groups of one district, assessed; none has passed its district's committee."""
    folder = tmp_path_factory.mktemp("before")
    opened = open_home(load_settings(commands.settings(folder, CALENDAR)))
    upgrade(opened.engine)
    mirror.send(opened, mirror.application(opened, 1), mirror.application(opened, 2))
    register_forms.run(opened)
    assess.do(opened, assess.due(opened))
    yield opened
    opened.engine.dispose()


def texts(path: Path) -> list[str]:
    with pymupdf.open(path) as document:
        return [re.sub(r"\s", "", page.get_text()) for page in document]


def test_a_province_gets_every_paper_and_no_sheet_of_whom_it_will_not_see(home: Home, tmp_path: Path) -> None:
    meeting = Meeting(Level.PROVINCE, "1/2568", day=date(2025, 5, 1))
    written = list(before_meeting.write(home, meeting, tmp_path / "papers"))
    assert {path.stem for path in written} == OF_BOTH | OF_THE_PROVINCE
    (circular,) = texts(tmp_path / "papers" / "opening-circular.pdf")
    assert "ใบสมัคร๑๘มกราคม๒๕๖๘" in circular
    assert "อำเภอแม่จัน" in "".join(texts(tmp_path / "papers" / "reply-tally.pdf"))


def test_a_district_gets_a_sheet_for_each_of_its_applicants(home: Home, tmp_path: Path) -> None:
    (code,) = {case.application.district for case in cases.cases(home)}
    meeting = Meeting(Level.DISTRICT, "1/2568", district=code, members=(Member(Person(NAME, "นายอำเภอ")),))
    written = list(before_meeting.write(home, meeting, tmp_path))
    assert {path.stem for path in written} == OF_BOTH | {"agenda", f"score-sheets-{code}"}
    said = "".join(texts(tmp_path / "agenda.pdf"))
    assert "จำนวนทั้งสิ้น๒หน่วยงาน" in said
    assert "๒)ประเภทกลุ่มองค์กรชุมชนจำนวน๒กลุ่ม" in said
    sheets = texts(tmp_path / f"score-sheets-{code}.pdf")
    assert sum("แบบตรวจประเมินสำหรับกรรมการกรอกด้วยมือ" in sheet for sheet in sheets) == 2
    assert f"ได้แก่{NAME.replace(' ', '')}" in texts(tmp_path / "reply-tally.pdf")[0], (
        "members are reminded by name"
    )


def test_a_name_is_broken_between_its_parts_alone(home: Home, tmp_path: Path) -> None:
    members = tuple(Member(Person(f"{'ก' * n} {NAME}", "กรรมการผู้ทรงคุณวุฒิ")) for n in range(1, 12))
    meeting = Meeting(Level.PROVINCE, "1/2568", members=members, contact=Contact(NAME, "นักวิชาการ"))
    for path in before_meeting.write(home, meeting, tmp_path):
        with pymupdf.open(path) as document:
            lines = [line for page in document for line in page.get_text().split("\n")]
        for part in NAME.split(" "):
            whole = "".join(lines).count(part)
            assert sum(line.count(part) for line in lines) == whole, path.name


def test_the_same_meeting_gives_the_same_bytes(home: Home, tmp_path: Path) -> None:
    meeting = Meeting(Level.PROVINCE, "2/2568")
    once, again = (list(before_meeting.write(home, meeting, tmp_path / name)) for name in ("once", "again"))
    assert [path.read_bytes() for path in once] == [path.read_bytes() for path in again]


def test_the_command_prints_the_kept_meeting_and_says_when_there_is_none(home: Home, tmp_path: Path) -> None:
    folder = home.settings.home.parent
    refused = commands.call(folder, "meeting", "papers", "--out", str(tmp_path / "none"))
    assert (refused.returncode, "no meeting is set up" in refused.stderr) == (1, True)
    with transaction(home.engine) as session:
        kept.keep(session, Meeting(Level.PROVINCE, "9/2568", place="ห้องประชุม {{7*7}}"), "นางบันทึก ตัวอย่าง")
    refused = commands.call(folder, "meeting", "papers", "province:8/2568", "--out", str(tmp_path / "none"))
    assert (refused.returncode, "9/2568" in refused.stderr) == (1, True)
    written = commands.call(folder, "meeting", "papers", "province:9/2568", "--out", str(tmp_path / "papers"))
    assert written.returncode == 0, written.stderr
    assert {path.stem for path in (tmp_path / "papers").iterdir()} == OF_BOTH | OF_THE_PROVINCE
    (letter,) = texts(tmp_path / "papers" / "invitation-of-members.pdf")
    assert "เรียนกรรมการในคณะกรรมการรับรองมาตรฐานการพัฒนาชุมชนจังหวัด" in letter
    (letter,) = texts(tmp_path / "papers" / "invitation.pdf")
    assert "ครั้งที่๙/๒๕๖๘" in letter
    assert "ห้องประชุม{{๗*๗}}" in letter
