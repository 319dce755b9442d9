"""Every command where the access log refuses its row: nothing of a person is given out."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest
from sqlalchemy import text

from mochocho.app import access_chain
from tests.integration.commands import Office
from tests.integration.planted_person import KEY, NAME, planted
from tests.integration.test_every_command import CALLS, NO_HOME, PUBLISHES, SLOW, STAYS, WITHOUT_A_HOME

NUMBERS = re.compile(r"1000012345679|1-0000-12345-67-9|000-?000-?00(?:12|99)")
WHO = ("--by", "นางบันทึก ตัวอย่าง")
# What is given out, by a call that gives it in the planted home.
GIVES: dict[str, tuple[str, ...]] = {
    "backup": ("backup.tar",),
    "decide": ("--template", "decide.xlsx"),
    "decisions template": ("rulings.xlsx",),
    "disagreements": ("apart.xlsx",),
    "documents export": ("desk",),
    "export archive": ("--out", "archive"),
    "export registers": ("--out", "registers"),
    "export zip": ("--out", "meeting.zip"),
    "findings": ("findings.xlsx",),
    "meeting after": ("--out", "after"),
    "meeting docx": ("docx",),
    "meeting papers": ("--out", "papers"),
    "officers add": ("นายทดสอบ ระบบ", "--district", "แม่จัน", "--sealed", "letter.pdf"),
    "officers move": ("1", "--district", "แม่จัน"),
    "officers renew": ("1", "--sealed", "letter.pdf"),
    "officers revoke": ("1",),
    "packet": ("--out", "packet"),
    "person export": ("one.zip", "--key", KEY, "--identified-by", NAME, "--reason", "คำขอที่ 1"),
    "person find": ("--name", NAME, "--reason", "คำขอที่ 1"),
    "register": ("--out", "register.xlsx"),
    "slip": ("--all", "--out", "slips"),
    "webforms link": ("mochocho_supplement", KEY, "--officer", "1", *WHO),
}
ABOUT_THE_PERSON = {
    "audit show": ("--person", KEY),
    "decisions list": (KEY,),
    "explain": (KEY,),
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with planted(tmp_path_factory.mktemp("rows")) as one:
        yield one


@pytest.fixture
def refusing(office: Office) -> Iterator[Office]:
    """Its log takes no row."""
    refuse = "CREATE TRIGGER refuse BEFORE INSERT ON portal_access BEGIN SELECT RAISE(ABORT, 'full'); END"
    with office.home.engine.begin() as connection:
        connection.execute(text(refuse))
    yield office
    with office.home.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER refuse"))


@pytest.mark.parametrize("command", sorted(GIVES))
def test_what_is_given_out_is_not_without_its_row(
    refusing: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    said = refusing.call(*command.split(), *GIVES[command])
    assert said.exit_code == 75, said.output
    assert "บันทึกการเข้าถึงไม่ได้" in said.output
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.long
def test_no_other_command_has_a_number_to_show(
    refusing: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor writes one into a file: whatever does not ask the log shows numbers covered."""
    monkeypatch.chdir(tmp_path)
    without = WITHOUT_A_HOME | NO_HOME | STAYS | SLOW | PUBLISHES | GIVES.keys() | {"restore", "cycle close"}
    for command in sorted(CALLS.keys() - without):
        said = refusing.call(*command.split(), *ABOUT_THE_PERSON.get(command, CALLS[command]))
        assert not NUMBERS.search(said.output), command
        assert not [path for path in tmp_path.rglob("*") if path.is_file() and NUMBERS.search(read(path))]


def read(path: Path) -> str:
    """All text of a file: of a PDF its words, of a ZIP or a workbook its members."""
    if path.suffix == ".pdf":
        with pymupdf.open(path) as document:
            return "".join(page.get_text() for page in document)
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return path.read_bytes().decode("utf-8", "replace")


def test_the_row_says_who_what_and_by_which_command(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for command in ("findings", "backup", "officers revoke"):
        said = office.call(*command.split(), *GIVES[command])
        assert said.exit_code == 0, said.output
    rows = [(one.what, one.about, one.reason) for one in reversed(access_chain.last(office.home, 3))]
    assert rows == [
        ("export", "findings", "mochocho findings"),
        ("export", "backup.tar", "mochocho backup"),
        ("officer", "เลขที่ 1", "ยกเลิกรหัส"),
    ]
