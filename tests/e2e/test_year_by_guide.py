"""A year from an empty folder to certificates, by what docs/year.th.md says and nothing else.

Lamphun is the guide's own example (rules.md 40); Nakhon Sawan's reader exchanges names and minutes.
"""

import os
import re
import signal
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import pymupdf
import pytest
from click.testing import CliRunner

from mochocho.app.commands.cli import cli
from mochocho.words import thai
from tests.e2e import year_at_office as people
from tests.e2e.written_guide import Command, Set, Typed, set_lines, steps
from tests.e2e.year_at_office import Office
from tests.house.tree import ROOT
from tests.integration import commands
from tests.torn_words import FREQUENT, torn, turns

pytestmark = pytest.mark.skipif(os.name == "nt", reason="stops the endpoint with a signal")

GUIDE = (ROOT / "docs" / "year.th.md").read_text("utf-8")
DONE, WAITS = 0, 3  # exit statuses (docs/cli.md)
CODE = re.compile("[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")
LUNCH = "พักรับประทานอาหารกลางวัน"
LAMPHUN = ("ลี้", "ป่าซาง", "เมืองลำพูน", "เวียงหนองล่อง", "แม่ทา", "ทุ่งหัวช้าง", "บ้านธิ", "บ้านโฮ่ง")
NAKHON_SAWAN = (
    *("ไพศาลี", "เมืองนครสวรรค์", "ตาคลี", "ลาดยาว", "ท่าตะโก", "หนองบัว", "ชุมแสง", "บรรพตพิสัย"),
    *("พยุหะคีรี", "โกรกพระ", "เก้าเลี้ยว", "ตากฟ้า", "แม่วงก์", "แม่เปิน", "ชุมตาบง"),
)


NOBODY = (0, 0, 0, 0)


def lamphun(each: people.Counts, districts: int = len(LAMPHUN)) -> Office:
    """So many units of each type in its first districts, and nobody in the others."""
    counts = {name: each if place < districts else NOBODY for place, name in enumerate(LAMPHUN)}
    return Office("ลำพูน", counts, "ลี้", {})


def nakhon_sawan(each: people.Counts) -> Office:
    """Fifteen districts in one day: ten minutes each, and ten for questions."""
    values = {"นำเสนอ (นาที)": "10", "ซักถาม (นาที)": "10"}
    return Office("นครสวรรค์", dict.fromkeys(NAKHON_SAWAN, each), "ตาคลี", values)


@dataclass
class Year:
    """A year as it was worked: what each command said, in order."""

    office: Office
    folder: Path
    said: list[tuple[tuple[str, ...], int, str]] = field(default_factory=list)

    def of(self, *words: str) -> list[str]:
        """What the calls that begin with these words said."""
        return [text for call, _, text in self.said if call[: len(words)] == words]


def worked(office: Office, folder: Path) -> Year:
    """Do all that the guide says in `folder`, which is the current one."""
    year = Year(replace(office, port=commands.free_port()), folder)
    people.scan_annexes(folder / "scans")
    for step in steps(GUIDE):
        for own in year.office.own(step):
            match own:
                case Set(toml):
                    set_lines(folder / "mochocho.toml", toml)
                case Typed():
                    people.type_into(own)
                    if own.file.startswith("resolutions/"):
                        people.resolve(own.file)
                case Command(("serve", *_) as words):
                    serve(year, tuple(words))
                case Command(words):
                    call(year, words)
    return year


def call(year: Year, words: tuple[str, ...]) -> None:
    result = CliRunner().invoke(cli, ["--lang", "th", *words])
    assert result.exit_code in (DONE, WAITS), (words, result.output, result.exception)
    year.said.append((words, result.exit_code, result.output))


def serve(year: Year, words: tuple[str, ...]) -> None:
    """`mochocho serve` in a window of its own, until everything that phones sent has been worked on."""
    with commands.serving(year.folder, *words) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if re.search("listening on|รอรับที่", line):
                break
        people.field_work(year.folder, year.office)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    assert process.returncode == 0


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MOCHOCHO_ENDPOINT__TICK_SECONDS", "0.1")
    return tmp_path


def text(path: Path) -> str:
    with pymupdf.open(path) as document:
        return re.sub(r"\s", "", "".join(page.get_text() for page in document))


def as_the_guide_says(year: Year) -> None:
    """What must be true of any province after its year."""
    office, units = year.office, len(year.office.plan.units) - 1  # one was not certified
    listed = year.of("certificates", "list")[0]
    assert f"ทั้งหมด {units} ฉบับ มีผลอยู่ {units} ฉบับ" in listed
    public = ("--key", "public/certificate-keys.pem", "--list", "public/certificates.json")
    for code in CODE.findall(listed):
        assert CliRunner().invoke(cli, ["verify-certificate", code, *public]).exit_code == DONE
    for lint in year.of("meeting", "lint"):
        assert "ต้องแก้ 0 ข้อ" in lint, lint
    for name in office.districts:
        minutes = text(year.folder / f"after-{name}" / "minutes.pdf")
        assert f"รับรอง{thai.digits(sum(office.counts[name]))}หน่วยงาน(" in minutes
    minutes = text(year.folder / "after" / "minutes.pdf")
    assert f"รับรอง{thai.digits(units)}หน่วยงาน(" in minutes


def nobody_presents_at_once(year: Year) -> None:
    """Neither as planned, nor when a late district was moved to the end of the day."""
    names = [f"อำเภอ{name}" for name in year.office.districts]
    late = f"อำเภอ{year.office.late}"
    for said, order in zip(
        year.of("meeting", "schedule"), (names, [*(n for n in names if n != late), late]), strict=True
    ):
        day = people.day_of(said)
        assert all(first[1] <= second[0] for first, second in pairwise(day)), day
        assert [what for _, _, what in day if what != LUNCH] == order


def no_word_is_torn(year: Year) -> None:
    """In no paper that the year made."""
    papers = [path for path in year.folder.rglob("*.pdf") if path.parent.name != "scans"]
    assert len(papers) > len(people.SCANS)
    for path in papers:
        with pymupdf.open(path) as document:
            assert [one for page in document for one in torn(turns(page), FREQUENT)] == [], path.name


@pytest.mark.parametrize(
    "office",
    [
        pytest.param(lamphun((1, 0, 0, 0), districts=1), id="one district"),
        pytest.param(lamphun((1, 1, 1, 1)), id="Lamphun", marks=pytest.mark.long),
        pytest.param(nakhon_sawan((1, 1, 0, 1)), id="Nakhon Sawan", marks=pytest.mark.long),
    ],
)
def test_a_year_by_the_guide_alone(office: Office, folder: Path) -> None:
    year = worked(office, folder)
    as_the_guide_says(year)
    nobody_presents_at_once(year)
    no_word_is_torn(year)
