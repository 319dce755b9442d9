"""The papers after a meeting, from a home in which a committee resolved: true to it, and the same again."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pymupdf
import pytest
from click.testing import CliRunner
from lxml import etree

from mochocho.app.commands.cli import cli
from mochocho.app.migrations.migrate import upgrade
from mochocho.excel.workbooks import read_workbook
from mochocho.settings.config import load_settings
from mochocho.storage.home import Home, open_home
from mochocho.words.model import Gate, Outcome
from processing.assessment import assess, cases
from processing.certificates import issue
from processing.meetings.meeting import Level, Meeting
from processing.register import register_forms
from reports.editable.markup import W
from reports.packet import after_meeting
from tests.integration import commands
from tests.integration import province_mirror as mirror
from tests.integration.test_certificates import qr_text, resolve

MEETING = Meeting(Level.PROVINCE, "1/2568", day=date(2025, 5, 1))
OF_REVOKED = (after_meeting.TO_HOLDER, after_meeting.ANNOUNCED)
EVERY = {
    "minutes",
    "announcement",
    "letters-to-districts",
    "letters-to-units",
    "results",
    "outstanding-selection",
    "statistics",
    "knowledge",
    "certificates",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    yield from resolved_home(tmp_path_factory.mktemp("after"))


@pytest.fixture
def own_home(tmp_path: Path) -> Iterator[Home]:
    yield from resolved_home(tmp_path / "own")


def resolved_home(folder: Path) -> Iterator[Home]:
    """Three groups: one certified, one not, one that no committee has seen."""
    folder.mkdir(exist_ok=True)
    opened = open_home(load_settings(commands.settings(folder)))
    upgrade(opened.engine)
    names = ("กลุ่มทอผ้าได้รับรอง", "กลุ่มจักสานไม่รับรอง", "กลุ่มรอพิจารณา")
    forms = [mirror.application(opened, n, applicant_name=name) for n, name in enumerate(names, 1)]
    mirror.send(opened, *forms)
    register_forms.run(opened)
    assess.do(opened, assess.due(opened))
    keys = {case.application.name: case.application.key for case in cases.cases(opened)}
    resolve(opened, keys[names[0]])
    resolve(opened, keys[names[1]], Outcome.FAIL)
    assess.do(opened, assess.due(opened))
    issue.give(opened, "ก", None)
    yield opened
    opened.engine.dispose()


def squeezed(said: str) -> str:
    return re.sub(r"\s", "", said)


def text(path: Path) -> str:
    with pymupdf.open(path) as document:
        return squeezed("".join(page.get_text() for page in document))


def lines(docx: bytes) -> list[str]:
    """What each paragraph says that stands in no table, whose cells the PDF has side by side."""
    with zipfile.ZipFile(io.BytesIO(docx)) as file:
        document = etree.fromstring(file.read("word/document.xml"))
    return ["".join(paragraph.itertext()) for paragraph in document.iterfind(f"{{{W}}}body/{{{W}}}p")]


def test_each_paper_says_what_was_resolved_and_no_more(home: Home, tmp_path: Path) -> None:
    written = {
        path.stem: text(path) for path in after_meeting.write(home, MEETING, tmp_path, date(2025, 5, 9))
    }
    assert set(written) == EVERY
    passed, failed, waiting = "กลุ่มทอผ้าได้รับรอง", "กลุ่มจักสานไม่รับรอง", "กลุ่มรอพิจารณา"
    named = {
        name: {paper for paper, said in written.items() if name in said} for name in (passed, failed, waiting)
    }
    assert named[passed] == EVERY - {"letters-to-units", "statistics", "knowledge"}
    assert named[failed] == {"minutes", "letters-to-districts", "letters-to-units", "results"}
    assert named[waiting] == {"results"}
    assert "ไม่รับรองเหตุผล:เอกสารไม่ครบ" in written["minutes"]
    assert "โดยมีเหตุผลว่าเอกสารไม่ครบ" in written["letters-to-units"]
    assert "๑/๒๕๖๘" in written["announcement"]
    (sheet,) = read_workbook(tmp_path / "results.xlsx")
    cells = [[cell.text for cell in row] for row in sheet.rows]
    assert [(row[2], row[6], row[8], row[10]) for row in cells[1:]] == [
        (failed, "ไม่รับรอง", "เอกสารไม่ครบ", ""),
        (passed, "รับรอง", "", "1/2568"),
        (waiting, "", "", ""),
    ]
    assert passed in qr_text((tmp_path / "certificates.pdf").read_bytes())


def test_another_meeting_has_none_of_it_and_the_same_has_the_same_bytes(home: Home, tmp_path: Path) -> None:
    other = Meeting(Level.PROVINCE, "2/2568", day=date(2025, 6, 1))
    files = list(after_meeting.write(home, other, tmp_path / "other"))
    written = {path.stem: text(path) for path in files if path.suffix == ".pdf"}
    assert set(written) == EVERY - {"letters-to-districts", "letters-to-units", "certificates"}
    assert "กลุ่มทอผ้าได้รับรอง" not in written["announcement"] + written["minutes"]
    once, again = (list(after_meeting.write(home, MEETING, tmp_path / name)) for name in ("once", "again"))
    assert [path.read_bytes() for path in once] == [path.read_bytes() for path in again]


def test_the_command_writes_them_for_the_meeting_that_is_set_up(home: Home, tmp_path: Path) -> None:
    settings = tmp_path / "mochocho.toml"
    meeting = 'number = "1/2568"\ndate = 2025-05-01\nstarts = "09:00"\nends = "14:30"\nplace = "ห้องประชุม"\n'
    settings.write_text(f'home = "{home.settings.home}"\nprovince = "เชียงราย"\n[meeting]\n{meeting}', "utf-8")
    words = ["--config", str(settings), "meeting", "after", "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(cli, [*words, "--announced", "๙ พฤษภาคม ๒๕๖๘"])
    assert done.exit_code == 0, done.output
    assert "papers after the meeting: 10 files" in done.output
    assert "ประกาศณวันที่๙พฤษภาคมพ.ศ.๒๕๖๘" in text(tmp_path / "out" / "announcement.pdf")
    assert CliRunner().invoke(cli, [*words, "--announced", "วันดี"]).exit_code == 1
    assert CliRunner().invoke(cli, [*words, "province:9/2568"]).exit_code == 1
    edited = [*words, "--announced", "๙ พฤษภาคม ๒๕๖๘", "--docx"]
    assert CliRunner().invoke(cli, [*edited, str(tmp_path / "word")]).exit_code == 0
    written = {path.name: path.read_bytes() for path in (tmp_path / "word").iterdir()}
    letters = {after_meeting.TO_DISTRICT: "เมืองเชียงราย", after_meeting.TO_UNIT: "กลุ่มจักสานไม่รับรอง"}
    assert set(written) == {
        f"{name} {letters.get(name, '')}".rstrip() + ".docx"
        for name in after_meeting.IN_WORD
        if name not in OF_REVOKED
    }
    printed = "".join(text(path) for path in (tmp_path / "out").glob("*.pdf"))
    for name, content in written.items():
        said = [line for line in (squeezed(one).lstrip("-") for one in lines(content)) if line]
        assert "๒๕๖๘" in "".join(said), name
        turned = [line for line in said if line not in printed]  # a catchword stands in the midst of it
        assert len(turned) <= (name == "รายงานการประชุม.docx"), turned
    assert CliRunner().invoke(cli, [*edited, str(tmp_path / "again")]).exit_code == 0
    assert {path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()} == written
    template = tmp_path / "own.docx"
    asked = CliRunner().invoke(cli, [*words[:3], "template", after_meeting.TO_UNIT, str(template)])
    assert asked.exit_code == 0, asked.output
    assert "{{เรื่อง}}" in "".join(lines(template.read_bytes()))


def test_a_district_has_minutes_of_what_its_own_committee_resolved(home: Home, tmp_path: Path) -> None:
    (code,) = {case.application.district for case in cases.cases(home)}
    meeting = Meeting(Level.DISTRICT, "1/2568", district=code, day=date(2025, 4, 21))
    (nobody,) = after_meeting.write(home, meeting, tmp_path / "before")
    assert "มติเกี่ยวกับผู้ขอรับ" not in text(nobody), "the province's resolutions are none of the district's"
    names = {case.application.name: case.application.key for case in cases.cases(home)}
    resolve(home, names["กลุ่มรอพิจารณา"], gate=Gate.DISTRICT)
    assess.do(home, assess.due(home))
    (minutes,) = after_meeting.write(home, meeting, tmp_path / "after")
    said = text(minutes)
    assert "มติเกี่ยวกับผู้ขอรับการประเมินจำนวนทั้งสิ้น๑หน่วยงาน" in said
    assert "กลุ่มรอพิจารณา" in said
    assert "กลุ่มทอผ้าได้รับรอง" not in said
    assert "เพื่อตรวจประเมินผู้สมัคร" in said, "the agenda is a district's"
    assert "การประชุมครั้งนี้เป็นการประชุมคณะกรรมการรับรอง" not in said


def test_a_revoked_certificate_has_a_letter_and_an_announcement_of_its_own_meeting(
    home: Home, tmp_path: Path
) -> None:
    issue.revoke(home, 1, "มติถูกแก้ภายหลัง", "ก")
    written = {path.stem: text(path) for path in after_meeting.write(home, MEETING, tmp_path / "own")}
    assert set(written) == EVERY - {"certificates"} | {"letters-of-revocation", "announcement-of-revocation"}
    assert "กลุ่มทอผ้าได้รับรอง" in written["announcement-of-revocation"]
    assert "โดยมีเหตุผลว่ามติถูกแก้ภายหลัง" in written["letters-of-revocation"]
    assert "มติถูกแก้" not in written["announcement-of-revocation"]
    assert "เพิกถอนแล้ว" in written["letters-to-districts"]
    assert "เพิกถอนแล้ว" not in written["announcement"]
    assert "กลุ่มทอผ้าได้รับรอง" not in written["outstanding-selection"]
    in_word = {paper.name for paper in after_meeting.papers(home, MEETING)}
    assert in_word == set(after_meeting.IN_WORD)
    other = Meeting(Level.PROVINCE, "2/2568", day=date(2025, 6, 1))
    assert (
        not {path.stem for path in after_meeting.write(home, other, tmp_path / "other")}
        & set(written) - EVERY
    )


def test_papers_after_a_name_was_corrected_spell_it_as_the_certificate_does(
    own_home: Home, tmp_path: Path
) -> None:
    wrong, right = "กลุ่มทอผ้าได้รับรอง", "กลุ่มทอผ้าบ้านได้รับรอง"
    settings = ("--config", str(commands.settings(tmp_path / "own")))
    words = ("certificates", "reissue", "--reason", "ชื่อสะกดผิด", "--by", "นางบันทึก ตัวอย่าง")
    for name in (("1", "--name", right), ("2",)):  # the second was lost, and says what the first did
        given = CliRunner().invoke(cli, [*settings, *words, *name])
        assert given.exit_code == 0, given.output
    written = {path.stem: text(path) for path in after_meeting.write(own_home, MEETING, tmp_path / "out")}
    without = {"letters-to-units", "statistics", "knowledge"}
    assert {paper for paper, said in written.items() if right in said} == EVERY - without
    assert not any(wrong in said for said in written.values())
    assert "๓/๒๕๖๘" in written["letters-to-districts"]
