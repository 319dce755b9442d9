"""The command line's output: what it says, on which stream, and with which exit status."""

import logging
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from mochocho.app.commands import cli as cli_module
from mochocho.app.commands.cli import cli
from mochocho.words.errors import BadInput, Terminal, Transient

CONFIG = 'home = "home"\nprovince = "เชียงราย"\n'


@pytest.fixture
def province(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with settings, as the current one."""
    (tmp_path / "mochocho.toml").write_text(CONFIG, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def call(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words))


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Takes away what a test adds to the commands."""
    monkeypatch.setattr(cli, "commands", dict(cli.commands))
    return monkeypatch


def command_that_raises(error: Exception) -> None:
    @cli.command("break")
    def break_() -> None:
        raise error


@pytest.mark.parametrize(
    ("error", "status", "sentence"),
    [
        (
            Terminal("ให้ตั้ง [meeting] ใน mochocho.toml", "set [meeting] in mochocho.toml"),
            1,
            "error: set [meeting] in mochocho.toml",
        ),
        (BadInput("decision.committee", "ต้องระบุชื่อคณะกรรมการ", "name the committee"), 1, "name the committee"),
        (Transient("เซิร์ฟเวอร์ไม่อยู่", "the server is away"), 75, "error: the server is away"),
        (PermissionError(13, "Permission denied", "there/a.db"), 1, "there/a.db: no permission"),
        (OSError(28, "No space left on device"), 1, "the disk is full"),
        (ZeroDivisionError("division by zero"), 70, "run it again with --debug"),
    ],
)
@pytest.mark.usefixtures("failing")
def test_an_error_is_one_sentence_and_a_status(error: Exception, status: int, sentence: str) -> None:
    command_that_raises(error)
    result = call("break")
    assert result.exit_code == status
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


@pytest.mark.usefixtures("failing")
def test_debug_shows_the_traceback_and_still_covers_secrets() -> None:
    command_that_raises(
        Terminal(
            "เปิด http://host/key/s3cret-token/formList ของ 1-0000-00000-00-9 ไม่ได้",
            "cannot open http://host/key/s3cret-token/formList of 1-0000-00000-00-9",
        )
    )
    result = call("--debug", "break")
    assert result.exit_code == 1
    assert "Traceback" in result.stderr
    assert "s3cret-token" not in result.stderr
    assert "1-0000-00000-00-9" not in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["no-such-command"],
        ["decide"],
        ["decide", "some-key", "--outcome", "pass"],
        ["decide", "some-key", "--outcome", "maybe"],
        ["decide", "--template", "a.xlsx", "--import", "mochocho.toml"],
        ["decide", "key", "--outcome", "pass", "--committee", "ก", "--meeting", "1/2568", "--date", "x"],
        ["forms", "build"],
        ["officers", "add", "ชื่อ"],
        ["serve", "--port", "99999"],
    ],
)
@pytest.mark.usefixtures("province")
def test_a_wrong_call_ends_with_2_and_says_what_is_wanted(words: list[str]) -> None:
    result = call(*words)
    assert result.exit_code == 2
    assert "Usage:" in result.stderr


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("person", "find", "--reason", "-"), "--reason"),
        (
            ("person", "export", "a.zip", "--reason", "...", "--identified-by", "–"),
            "--reason and --identified-by",
        ),
        (("person", "erase", "--key", "ก", "--reason", "พ้นกำหนด", "--officer", "-"), "--officer"),
        (
            (
                "webforms",
                "link",
                "mochocho_plan",
                "ก",
                "--officer",
                "1",
                "--by",
                "นางให้ ตัวอย่าง",
                "--reason",
                "-",
            ),
            "--reason",
        ),
        (("webforms", "link", "mochocho_plan", "ก", "--officer", "1", "--by", "-"), "--by"),
        (("cycle", "erase", "2568", "--reason", "-", "--officer", "นางลบ ตัวอย่าง"), "--reason"),
    ],
)
@pytest.mark.usefixtures("province")
def test_a_dash_is_no_reason_and_no_name(words: tuple[str, ...], named: str) -> None:
    refused = call(*words)
    assert refused.exit_code == 2
    assert f"{named} must be told in words; a dash or dots are not enough" in " ".join(refused.output.split())


def test_a_settings_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = call("--config", str(tmp_path / "else.toml"), "status")
    assert result.exit_code == 1
    assert "else.toml: no such settings file" in result.stderr


def test_a_wrong_setting_is_named_with_its_place(province: Path) -> None:
    (province / "mochocho.toml").write_text(CONFIG + '[endpoint]\nport = "many"\n', "utf-8")
    result = call("status")
    assert result.exit_code == 1
    assert "endpoint.port" in result.stderr


def test_settings_are_taken_from_the_file_that_is_named(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(CONFIG, "utf-8")
    result = call("--config", str(tmp_path / "mine.toml"), "status")
    assert result.exit_code == 0, result.stderr
    assert (tmp_path / "home" / "mochocho.db").is_file()


def test_version(monkeypatch: pytest.MonkeyPatch) -> None:
    assert call("--version").stdout == f"mochocho, version {cli_module.__version__}\n"


def test_logs_go_to_stderr_by_level(province: Path) -> None:
    quiet, chatty = call("pull"), call("-v", "pull")
    assert quiet.stderr == ""
    assert "INFO mochocho.app.pipeline.conveyor" in chatty.stderr
    assert quiet.stdout == chatty.stdout == "pulled from 1 sources\n"


def test_no_level_shows_what_is_written_to_the_database(province: Path) -> None:
    words = ("officers", "add", "นางสาวลับสุด ยอดเยี่ยม", "--district", "แม่จัน", "--sealed", "letter.pdf")
    result = call("-vv", *words)
    assert result.exit_code == 0
    assert "INSERT" not in result.stderr
    assert "ลับสุด" not in result.stderr
    assert logging.getLogger("sqlalchemy.engine").getEffectiveLevel() == logging.WARNING


def test_every_command_is_there() -> None:
    wanted = "demo init forms serve pull assess decide packet run status doctor officers"
    wanted += " replay worker beat backup restore keys match audit standards slip findings"
    wanted += " applicants cycle decisions disagreements documents explain register sheets portal"
    wanted += " meeting districts certificates verify-certificate webforms export person"
    assert set(cli.commands) == set(wanted.split())
    officers, forms = cli.commands["officers"], cli.commands["forms"]
    assert isinstance(officers, click.Group)
    assert isinstance(forms, click.Group)
    assert set(officers.commands) == {"add", "list", "move", "renew", "revoke", "sheet"}
    assert set(forms.commands) == {"build", "publish"}


@pytest.mark.parametrize("command", [("status",), ("officers", "list"), ("forms", "build"), ("pull",)])
def test_the_language_may_stand_behind_the_command_too(
    province: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.delenv("MOCHOCHO_LANG")
    assert call(*command, "--lang", "en", "-h").stdout == call("--lang", "en", *command, "-h").stdout
    assert call(*command, "-h").stdout == call(*command, "--lang", "th", "-h").stdout
    assert call(*command, "--lang", "xx").exit_code == 2


@pytest.mark.parametrize(
    "words", [("-h",), ("status", "-h"), ("officers", "-h"), ("pull", "--nothing"), ("none",)]
)
def test_how_a_command_is_called_is_told_without_english(
    province: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.delenv("MOCHOCHO_LANG")
    usage = call(*words).output.splitlines()[0]
    assert usage.startswith("วิธีใช้: ")
    assert not re.search("OPTIONS|COMMAND|ARGS", usage)


def test_what_is_said_is_in_the_language_asked_for_behind_the_command(
    province: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MOCHOCHO_LANG")
    assert call("pull", "--lang", "en").stdout == "pulled from 1 sources\n"
    assert "pulled" not in call("pull").stdout
