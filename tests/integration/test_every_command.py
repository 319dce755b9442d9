"""Every command in an empty or broken home: a sentence and a status, no traceback."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import filelock
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select, text

from mochocho.app.commands.cli import cli
from mochocho.app.migrations import migrate
from mochocho.app.pipeline.conveyor import run_once
from mochocho.settings.config import load_settings
from mochocho.storage.db import reading
from mochocho.storage.home import open_home
from sync.tables import Attachment, SubmissionVersion
from sync.web.patience import Patience
from tests import builders
from tests.rights import only_as_owner

# A command, and a call of it that is right in itself. A new command must be named here.
QUOTED = re.compile(r"`[^`]*`|“[^”]*”|\([^()]*\)")  # commands, names, and what another program said
ENGLISH = re.compile(r"(?:\b[A-Za-z][a-z']+ ){3,}")
CALLS: dict[str, tuple[str, ...]] = {
    "applicants distinct": ("a", "b", "--reason", "ต่างคน", "--by", "นายบันทึก ตัวอย่าง"),
    "applicants duplicates": (),
    "applicants former": (),
    "assess": (),
    "audit show": ("--person", "x"),
    "audit verify": (),
    "backup": ("backup.tar",),
    "beat": (),
    "certificates export-key": ("public",),
    "certificates issue": ("--by", "นางบันทึก ตัวอย่าง"),
    "certificates list": (),
    "certificates print": ("certificates.pdf",),
    "certificates reissue": ("1", "--reason", "สูญหาย", "--by", "นางบันทึก ตัวอย่าง"),
    "certificates revoke": ("1", "--reason", "ผิดราย", "--by", "นางบันทึก ตัวอย่าง"),
    "certificates wording": ("wording",),
    "cycle close": ("--by", "ก"),
    "cycle erase": ("2568", "--officer", "ก", "--reason", "พ้นกำหนด"),
    "cycle new": ("next", "--by", "ก"),
    "cycle results": ("mochocho.toml",),
    "cycle reopen": ("--by", "ก", "--reason", "แก้มติ"),
    "decide": ("--template", "decide.xlsx"),
    "decisions correct": ("1", "--reason", "เขียนผิด", "--by", "นางบันทึก ตัวอย่าง"),
    "decisions eligibility": ("x", "respected", "--reason", "ตรวจแล้ว", "--by", "นางบันทึก ตัวอย่าง"),
    "decisions import": ("none.xlsx",),
    "decisions list": ("x",),
    "decisions merge": ("x", "y", "--reason", "ส่งซ้ำ", "--by", "นางบันทึก ตัวอย่าง"),
    "decisions reopen": ("1", "--reason", "พิจารณาใหม่", "--by", "นางบันทึก ตัวอย่าง"),
    "decisions revoke": ("1", "--reason", "ผิดราย", "--by", "นางบันทึก ตัวอย่าง"),
    "decisions score": ("x", "L1", "3", "--reason", "ดูร่วมกัน", "--by", "นางบันทึก ตัวอย่าง"),
    "decisions show": ("1",),
    "decisions template": ("rulings.xlsx",),
    "decisions withdraw": ("x", "--reason", "ย้ายออก", "--by", "นางบันทึก ตัวอย่าง"),
    "demo": (),
    "districts calendar": (),
    "districts papers": ("--district", "แม่จัน", "--out", "districts"),
    "districts extend": ("เมืองเชียงราย", "results", "20 พ.ค. 2568", "--reason", "น้ำท่วม", "--by", "ก ข"),
    "doctor": (),
    "documents accept": ("x", "id_card_copy", "--by", "นางรับ เอกสาร"),
    "documents export": ("desk",),
    "documents import": ("none.xlsx",),
    "documents list": (),
    "documents unsure": (),
    "documents return": ("x", "id_card_copy", "--reason", "ภาพมืด", "--by", "นางรับ เอกสาร"),
    "disagreements": ("apart.xlsx",),
    "documents card": ("x", f"{'0' * 64}.0", "--no-card", "--reason", "ไม่มีบัตร", "--by", "ก ข"),
    "documents waive": ("x", "id_card_copy", "--reason", "เห็นแล้ว", "--seen-by", "ก ข", "--by", "ก ข"),
    "export archive": ("--out", "archive"),
    "export cd": ("--out", "meeting.iso"),
    "export registers": ("--out", "registers"),
    "export template": ("สถิติ", "statistics.xlsx"),
    "export zip": ("--out", "meeting.zip"),
    "explain": ("นายทดสอบ ระบบ",),
    "findings": ("findings.xlsx",),
    "forms build": ("--out", "forms"),
    "forms publish": ("--to", "embedded"),
    "init": ("another",),
    "keys new": ("backup.key",),
    "match": (),
    "meeting lint": (),
    "meeting papers": ("--out", "papers"),
    "meeting schedule": (),
    "meeting after": ("--out", "after"),
    "meeting annex": ("1", "none.pdf"),
    "meeting cancel": ("1/2568",),
    "meeting export": ("meeting.xlsx",),
    "meeting import": ("none.xlsx",),
    "meeting list": (),
    "meeting new": ("1/2568",),
    "meeting show": (),
    "meeting signed": ("none.pdf", "--paper", "minutes"),
    "meeting docx": ("docx",),
    "meeting template": ("ระเบียบวาระการประชุม", "template.docx"),
    "officers add": ("นายทดสอบ ระบบ", "--district", "แม่จัน", "--sealed", "letter.pdf"),
    "officers list": (),
    "officers move": ("1", "--district", "แม่จัน"),
    "officers renew": ("1", "--sealed", "letter.pdf"),
    "officers revoke": ("1",),
    "officers sheet": ("1", "--out", "sheet.pdf"),
    "packet": (),
    "packet addendum": ("--by", "นางบันทึก ตัวอย่าง"),
    "packet diff": (),
    "packet list": (),
    "packet release": ("--by", "นางบันทึก ตัวอย่าง"),
    "packet verify": (),
    "person erase": ("--key", "x", "--officer", "ก ข", "--reason", "คำขอที่ 1"),
    "person withdraw-consent": ("x", "photo", "--reason", "คำขอที่ 1", "--by", "นางบันทึก ตัวอย่าง"),
    "person export": ("one.zip", "--key", "x", "--identified-by", "ก ข", "--reason", "คำขอที่ 1"),
    "person find": ("--name", "นายทดสอบ ระบบ", "--reason", "คำขอที่ 1"),
    "portal accounts add": ("somchai", "--name", "นายทดสอบ ระบบ", "--role", "province"),
    "portal accounts disable": ("somchai",),
    "portal accounts list": (),
    "portal accounts reset": ("somchai",),
    "portal log": (),
    "webforms install": (),
    "webforms link": ("mochocho_supplement", "ไม่มี", "--officer", "1", "--by", "นายทดสอบ ระบบ"),
    "portal accounts role": ("somchai", "--role", "viewer"),
    "pull": (),
    "register": ("--dry-run",),
    "replay": (),
    "restore": ("none.tar",),
    "run": (),
    "serve": (),
    "sheets close": ("x", "--reason", "ประธานสั่ง", "--by", "นางประธาน ตัวอย่าง"),
    "sheets reopen": ("x", "--reason", "ส่งเพิ่ม", "--by", "นางประธาน ตัวอย่าง"),
    "slip": ("--all", "--out", "slips"),
    "standards diff": ("2568-sample", "2568-sample"),
    "standards export": ("pack.xlsx",),
    "standards import": ("none.xlsx",),
    "status": (),
    "verify-certificate": ("4F7Q-0MZK-8T2B-R6XW",),
    "worker": (),
}
WITHOUT_A_HOME = {
    "certificates wording",
    "demo",
    "forms build",
    "init",
    "keys new",
    "standards diff",
    "standards export",
    "standards import",
}
AS_COMMANDS = {"packet"}  # groups that do something without a subcommand
STAYS = {"serve"}  # until it is stopped, where nothing is wrong
NO_HOME = {"worker", "beat"}  # they end before a home is opened: no broker is set
PUBLISHES = {"forms publish"}
SLOW = {"demo", "forms build", "webforms install"}  # whole roads of their own, walked by other tests
THAI = re.compile("[ก-๎]{8}")
WORDS_OF_PROGRAMS = re.compile(r"Traceback|no such table|unexpected|sqlalche|sqlite3|Errno|OperationalError")
SETTINGS = 'home = "home"\n[[servers]]\nkey = "kobo"\nkind = "kobo"\nurl = "http://127.0.0.1:9"\n'


def leaves(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from leaves(command, (*path, name))
        if not isinstance(command, click.Group) or name in AS_COMMANDS:
            yield " ".join((*path, name))


def test_every_command_is_called_here() -> None:
    assert set(CALLS) == set(leaves(cli))


@pytest.fixture(autouse=True)
def _in_thai(monkeypatch: pytest.MonkeyPatch) -> None:
    """As an office reads them."""
    monkeypatch.delenv("MOCHOCHO_LANG")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A province's settings, with a server that is away, and nothing else."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MOCHOCHO_SECRET_KOBO", "0" * 40)
    monkeypatch.setattr(Patience, "pause", lambda *_: 0.0)
    (tmp_path / "mochocho.toml").write_text(SETTINGS, "utf-8")
    return tmp_path


def made(folder: Path, revision: str = "head") -> None:
    home = open_home(load_settings(folder / "mochocho.toml"))
    migrate.upgrade(home.engine, revision)
    home.engine.dispose()


def call(command: str) -> Result:
    return CliRunner().invoke(cli, [*command.split(), *CALLS[command]])


def ends_well(result: Result) -> None:
    """In words and with a status of its own."""
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    unknown = result.exit_code == 2 and "ค่าของ KEY ใช้ไม่ได้" in result.output  # no applicant of that key
    assert unknown or result.exit_code in (0, 1, 75), result.output
    assert result.output.strip()
    assert result.exit_code == 0 or THAI.search(result.output), result.output
    assert not WORDS_OF_PROGRAMS.search(result.output), result.output
    *_, told = result.output.partition("ผิดพลาด:") if unknown else ("", "", result.output)  # behind the usage
    said = QUOTED.sub("", " ".join(told.split()))
    assert not ENGLISH.search(said), ENGLISH.findall(said)


@pytest.mark.parametrize("command", sorted(CALLS.keys() - STAYS - SLOW))
def test_in_a_fresh_folder(folder: Path, command: str) -> None:
    ends_well(call(command))


@pytest.mark.parametrize("command", sorted(CALLS.keys() - STAYS - SLOW - WITHOUT_A_HOME - PUBLISHES))
def test_on_a_home_one_revision_older(folder: Path, command: str) -> None:
    files = (Path(migrate.__file__).parent / "versions").glob("r[0-9]*.py")
    made(folder, sorted(file.name[1:5] for file in files)[-2])
    ends_well(call(command))


def test_the_doctor_looks_at_a_server_and_makes_nothing(folder: Path) -> None:
    said = call("doctor")
    assert "kobo:kobo" in said.output
    assert "127.0.0.1:9" in said.output
    assert sorted(path.name for path in folder.iterdir()) == ["mochocho.toml"]


@pytest.mark.parametrize("command", ["status", "serve", "run", "officers list", "backup"])
def test_on_a_home_of_a_newer_program(folder: Path, command: str) -> None:
    made(folder)
    home = open_home(load_settings(folder / "mochocho.toml"))
    with home.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    home.engine.dispose()
    result = call(command)
    ends_well(result)
    assert result.exit_code == 1
    assert "mochocho รุ่นใหม่กว่า" in result.output


@pytest.mark.parametrize("command", sorted(CALLS.keys() - WITHOUT_A_HOME - NO_HOME))
def test_on_a_home_that_cannot_be_written(folder: Path, command: str) -> None:
    made(folder)
    result = only_read(folder / "home", command)
    ends_well(result)
    assert result.exit_code == 1
    assert "เขียนฐานข้อมูลไม่ได้" in "".join(result.output.split())


@pytest.mark.parametrize("command", ["init", "demo", "status", "doctor", "serve", "run", "backup"])
def test_in_a_fresh_folder_that_cannot_be_written(folder: Path, command: str) -> None:
    result = only_read(folder, command)
    ends_well(result)
    assert result.exit_code == 1
    assert re.search("ไม่มีสิทธิ์|no permission|cannot be written|เขียนไม่ได้", result.output)
    assert sorted(path.name for path in folder.iterdir()) == ["mochocho.toml"]


def only_read(top: Path, command: str) -> Result:
    """Call a command where nothing of a folder can be written."""
    modes = {path: path.stat().st_mode for path in [top, *top.rglob("*")]}
    for path in modes:
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        with only_as_owner():
            return call(command)
    finally:
        for path, mode in modes.items():
            path.chmod(mode)


def test_a_packet_that_somebody_else_makes_is_no_error(folder: Path) -> None:
    made(folder)
    (folder / "home" / "cache").mkdir(exist_ok=True)
    with filelock.FileLock(folder / "home" / "cache" / "packet.lock"):
        said = call("packet")
        elsewhere = CliRunner().invoke(cli, ["packet", "--out", "papers"])
    assert (said.exit_code, "กำลังจัดทำเอกสารชุดนี้อยู่" in said.output) == (0, True)
    assert elsewhere.exit_code == 75


@pytest.fixture
def holding(folder: Path) -> dict[str, Path]:
    """A home with one application and its photo; and where both stand in the store."""
    home = open_home(load_settings(folder / "mochocho.toml"))
    migrate.upgrade(home.engine)
    builders.publish(home, builders.xform())
    named = builders.application(fields={"photo": "photo.jpg"})
    builders.post(home, named, {"photo.jpg": builders.JPEG}, officer_id=builders.officer(home))
    run_once(home, stages=("pull",))
    with reading(home.engine) as session:
        xml = session.scalars(select(SubmissionVersion.xml_sha256)).one()
        photos = dict(session.execute(select(Attachment.name, Attachment.sha256)).all())
    home.engine.dispose()
    return {name: home.store.path(str(sha256)) for name, sha256 in {"xml": xml, **photos}.items()}


READS_FILES = sorted(
    {"assess", "backup", "doctor", "findings", "match", "packet", "pull", "run", "slip", "status"}
)


@pytest.mark.parametrize("command", READS_FILES)
@pytest.mark.parametrize("what", ["xml", "photo.jpg"])
def test_without_a_file_that_a_row_names(holding: dict[str, Path], command: str, what: str) -> None:
    holding[what].unlink()
    ends_well(call(command))


def test_what_is_missing_is_named_with_what_to_do(holding: dict[str, Path]) -> None:
    assert "ทุกไฟล์ที่ฐานข้อมูลระบุอยู่ในที่เก็บ" in call("doctor").output
    for path in holding.values():
        path.unlink()
    said = "".join(call("doctor").output.split())
    assert "ไฟล์หายจากที่เก็บ2ไฟล์" in said
    assert "photo.jpg" in said
    assert str(holding["photo.jpg"]) in said
    assert "mochochopull--revalidate" in said
    assessed = call("assess")
    assert assessed.exit_code in (1, 75)
    assert str(holding["xml"]) in assessed.output
    assert "หายจากที่เก็บ" in assessed.output
