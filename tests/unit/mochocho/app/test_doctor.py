"""The doctor finds what would stop the work, says what to do, and changes nothing."""

import os
import re
import socket
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from click.testing import CliRunner

from mochocho.app.commands.cli import cli
from mochocho.app.doctor import machine_checks, network_checks
from mochocho.app.doctor.checks import Check
from mochocho.app.doctor.disks import home_disk
from mochocho.app.doctor.disks.encryption_told import Encrypted
from mochocho.app.doctor.examine import examine, table
from mochocho.app.migrations.migrate import upgrade
from mochocho.settings.config import Settings
from mochocho.storage.db import make_engine
from mochocho.storage.home import open_home

NOW = datetime(2026, 5, 1, 9, tzinfo=timezone(timedelta(hours=7)))


def checks(tmp_path: Path, text: str = "", now: datetime = NOW) -> dict[str, Check]:
    path = tmp_path / "mochocho.toml"
    path.write_text(text, "utf-8")
    return {check.name: check for check in examine(path, now)}


def state(tmp_path: Path, name: str, text: str) -> str:
    check = checks(tmp_path, text)[name]
    assert check.state == "ok" or (check.advice.th and check.advice.en)
    return check.state


def test_a_good_province_has_nothing_to_mend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_checks, "examine", lambda _settings: ())  # the address is nobody's
    text = f"""
[controller]
{CONTROLLER}
[meeting]
number = "1/2568"
date = 2025-05-01
starts = "09:00"
ends = "14:30"
place = "ศาลากลาง"
[endpoint]
public_url = "https://mochocho.example/field"
"""
    monkeypatch.setattr(home_disk, "encrypted", lambda _home: Encrypted.YES)
    found = checks(tmp_path, text)
    assert {n: c.state for n, c in found.items() if c.state != "ok"} == {
        "origins": "warn",
        "standards": "warn",
    }


def test_nothing_is_made_by_looking(tmp_path: Path) -> None:
    checks(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mochocho.toml"]


CONTROLLER = 'telephone = "0-0000-0000 ต่อ 12"\nretention_years = 10\nretention_basis = "ระเบียบตัวอย่าง"'


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("settings", "province = ", "fail"),
        ("settings", "tooth = 1\n[endpoint]\nport = 0", "fail"),
        ("standards", 'pack = "1999-none"', "fail"),
        ("province", 'province = "เชียงลาย"', "fail"),
        ("province", 'presentation_order = ["แม่จัน", "บางรัก"]', "fail"),
        ("province", 'presentation_order = ["แม่จัน", "อำเภอแม่จัน"]', "fail"),
        ("province", 'presentation_order = ["อำเภอแม่จัน", "พาน"]', "ok"),
        ("meeting", "", "warn"),
        ("calendar", "[calendar]\nplan = { due = 2025-01-31 }", "ok"),
        ("calendar", "[calendar]\nplan = { due = 2029-01-31 }", "warn"),
        ("calendar", "[calendar]\nplan = { first = 2021-01-31, due = 2025-01-31 }", "warn"),
        ("controller", "", "warn"),
        ("controller", '[controller]\ntelephone = "0-0000-0000"\nretention_years = 10', "warn"),
        ("controller", f"[controller]\n{CONTROLLER}", "ok"),
        ("fonts", '[papers]\nfont_dir = "fonts"', "fail"),
        ("emblem", '[papers]\nemblem = "none.png"', "fail"),
        ("garuda", '[papers]\ngaruda = "none.png"', "fail"),
        ("garuda", "", "ok"),
        ("folders", '[[folders]]\nkey = "a"\npath = "."\n[[folders]]\nkey = "a"\npath = "."', "fail"),
        ("folder:a", '[[folders]]\nkey = "a"\npath = "nowhere"', "fail"),
        ("folder:a", '[[folders]]\nkey = "a"\npath = "."', "ok"),
        ("public_url", "", "warn"),
        ("public_url", '[endpoint]\nhost = "0.0.0.0"', "warn"),
        ("public_url", '[endpoint]\npublic_url = "mochocho.example"', "fail"),
        ("public_url", '[endpoint]\npublic_url = "ftp://mochocho.example"', "fail"),
        ("public_url", '[endpoint]\npublic_url = "http://me:pw@10.0.0.1"', "fail"),
        ("public_url", '[endpoint]\npublic_url = "http://localhost:8420"', "warn"),
        ("public_url", '[endpoint]\npublic_url = "http://mochocho.example"', "warn"),
        ("public_url", '[endpoint]\npublic_url = "http://192.168.1.10:8420"', "ok"),
        ("database", 'database_url = "postgresql+psycopg://nobody@127.0.0.1:1/none"', "fail"),
        ("settings", 'database_url = "oracle9://x"', "fail"),
    ],
)
def test_what_it_says_of_settings(tmp_path: Path, name: str, text: str, expected: str) -> None:
    check = checks(tmp_path, text)[name]
    assert check.state == expected
    assert expected == "ok" or re.search("[ก-ฮ]", check.found.th), "what is the matter, in Thai too"


@pytest.mark.parametrize(
    ("meeting", "expected"),
    [
        ('number = "1/2568"\ndate = 2025-05-01\nstarts = "09:00"\nends = "14:30"', "ok"),
        ('number = "1/2568"\ndate = 2025-05-01\nstarts = "14:30"\nends = "09:00"', "fail"),
        ('number = "1/2568"\ndate = 2026-05-01\nstarts = "09:00"\nends = "14:30"', "ok"),
        ('number = "1/2571"\ndate = 2028-05-01\nstarts = "09:00"\nends = "14:30"', "warn"),
    ],
)
def test_what_it_says_of_a_meeting(tmp_path: Path, meeting: str, expected: str) -> None:
    assert state(tmp_path, "meeting", f'[meeting]\n{meeting}\nplace = "ห้องประชุม"') == expected


def test_fonts_of_the_office_need_a_family(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "THSarabun.TTF").touch()
    assert state(tmp_path, "fonts", '[papers]\nfont_dir = "fonts"') == "fail"
    named = '[papers]\nfont_dir = "fonts"\nfont_family = "TH SarabunPSK"'
    assert state(tmp_path, "fonts", named) == "ok"


def test_a_clock_that_stands_still_and_another_zone(tmp_path: Path) -> None:
    assert checks(tmp_path, now=datetime(1970, 1, 1, tzinfo=UTC))["clock"].state == "fail"
    assert checks(tmp_path, now=NOW.astimezone(UTC))["time zone"].state == "warn"
    assert checks(tmp_path)["time zone"].state == "ok"


@pytest.mark.skipif(os.name == "nt", reason="modes mean nothing there")
def test_a_home_that_others_can_read(tmp_path: Path) -> None:
    open_home(Settings(home=tmp_path / "mochocho-home")).engine.dispose()
    assert state(tmp_path, "home", "") == "ok"
    (tmp_path / "mochocho-home" / "store").chmod(0o755)
    check = checks(tmp_path)["home"]
    assert check.state == "fail"
    assert "store" in check.found.en
    assert "chmod" in check.advice.en


def test_a_disk_that_is_nearly_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine_checks, "FREE_WARN", 1 << 60)
    assert state(tmp_path, "disk", "") == "warn"
    monkeypatch.setattr(machine_checks, "FREE_FAIL", 1 << 60)
    assert state(tmp_path, "disk", "") == "fail"


def test_the_database_new_current_and_behind(tmp_path: Path) -> None:
    assert "made at first use" in checks(tmp_path)["database"].found.en
    settings = Settings(home=tmp_path / "mochocho-home")
    opened = open_home(settings)
    upgrade(opened.engine)
    opened.engine.dispose()
    assert state(tmp_path, "database", "") == "ok"
    behind(settings.url)
    assert state(tmp_path, "database", "") == "warn"


def behind(url: str) -> None:
    engine = make_engine(url)
    config = Config()
    config.set_main_option("script_location", "mochocho.app:migrations")
    config.set_main_option("path_separator", "os")
    with engine.execution_options(writes=True).begin() as connection:
        config.attributes["connection"] = connection
        command.stamp(config, "base")
    engine.dispose()


def test_a_database_server(tmp_path: Path, postgresql_url: str) -> None:
    check = checks(tmp_path, f'database_url = "{postgresql_url}"')["database"]
    assert check.state == "ok"


def test_the_password_of_a_database_is_not_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mochocho.toml").write_text(
        'database_url = "postgresql+psycopg://me:hunter2@127.0.0.1:1/none"', "utf-8"
    )
    table(examine(tmp_path / "mochocho.toml", NOW))
    printed = capsys.readouterr().out
    assert "database" in printed
    assert "hunter2" not in printed


def test_a_port_that_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert state(tmp_path, "port", f"[endpoint]\nport = {port}") == "warn"
    monkeypatch.setenv("MOCHOCHO_CONTAINER", "1")
    assert "port" not in checks(tmp_path)


@pytest.mark.parametrize(("text", "status"), [("", 0), ('pack = "1999-none"', 1), ("province = ", 1)])
def test_the_command_ends_with_1_when_something_must_be_mended(
    tmp_path: Path, text: str, status: int
) -> None:
    (tmp_path / "mine.toml").write_text(text, "utf-8")
    result = CliRunner().invoke(cli, ["--config", str(tmp_path / "mine.toml"), "doctor"])
    assert result.exit_code == status
    assert "→" in result.stdout


@pytest.mark.parametrize(("asked", "said"), [((), "ต้องแก้"), (("--lang", "en"), "mend")])
def test_it_speaks_thai_and_english_where_it_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: tuple[str, ...], said: str
) -> None:
    monkeypatch.delenv("MOCHOCHO_LANG")
    (tmp_path / "mine.toml").write_text('pack = "1999-none"', "utf-8")
    printed = CliRunner().invoke(cli, [*asked, "--config", str(tmp_path / "mine.toml"), "doctor"]).stdout
    assert said in printed
    assert ("เขตเวลา" in printed, "time zone" in printed) == (not asked, bool(asked))


WRONG = """
presentation_order = ["บางรัก"]
[papers]
font_dir = "."
[endpoint]
public_url = "http://localhost:8420"
[[folders]]
key = "a"
path = "nowhere"
"""


@pytest.mark.parametrize("text", ["", WRONG])
def test_nothing_is_found_in_english_alone(tmp_path: Path, text: str) -> None:
    for check in checks(tmp_path, text, datetime(1970, 1, 1, tzinfo=UTC)).values():
        for said in (check.found, check.advice):
            words = len(re.findall("[a-z]{2,}", said.en.replace(str(tmp_path), "")))
            assert words < 4 or re.search("[ก-๎]", said.th), said


def test_brackets_in_advice_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table(tuple(checks(tmp_path).values()))
    assert "set it in [controller]" in capsys.readouterr().out


FIVE = ("chair", "secretary", "assistant_secretary", "member", "member")


def committee(*roles: str, names: str = "กขคงจฉชซฌญ") -> str:
    people = (
        f'{{ name = "นาย{name} ตัวอย่าง", role = "{role}" }}' for name, role in zip(names, roles, strict=False)
    )
    return f"[committees]\nassessors = [{', '.join(people)}]\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (committee("chair", "member", "member", "secretary"), "4 members, not 5 to 9"),
        (committee(*FIVE, *["member"] * 5), "10 members, not 5 to 9"),
        (committee("member", *FIVE[1:]), "0 chairs"),
        (committee("chair", "chair", *FIVE[1:]), "2 chairs"),
        (committee("chair", *["member"] * 4), "0 secretaries"),
        (committee(*FIVE, names="กขคงก"), "is named twice"),
    ],
)
def test_a_committee_unlike_that_of_rule_24(tmp_path: Path, text: str, words: str) -> None:
    found = checks(tmp_path, text)["committee"]
    assert found.state == "warn"
    assert words in found.found.en


@pytest.mark.parametrize("text", ["", committee(*FIVE), committee(*FIVE, *["member"] * 4)])
def test_a_committee_of_rule_24_or_none_at_all(tmp_path: Path, text: str) -> None:
    assert "committee" not in checks(tmp_path, text)
