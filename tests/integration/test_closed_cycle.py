"""A closed cycle takes nothing any more, by whatever door, and gives what it gave before."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy.engine import make_url

from mochocho.app import access_chain
from mochocho.app.backup.make import backup
from mochocho.app.backup.restore import restore
from mochocho.app.commands.cli import cli
from mochocho.app.cycle import close_cycle
from mochocho.app.migrations.migrate import upgrade
from mochocho.app.pipeline import dispatch
from mochocho.app.pipeline.conveyor import run_once
from mochocho.settings.config import load_settings
from mochocho.storage.closed import Closed
from mochocho.storage.home import Home, open_home
from mochocho.words.errors import Terminal
from mochocho.words.model import Gate, Outcome, Resolution
from processing.decisions.audit import examine
from processing.decisions.recorder import record_all
from reports.packet.make_packet import make_packet
from sync import officers
from tests import home_digest
from tests.contract import openrosa_phone
from tests.integration import province_mirror as mirror

KEY = mirror.ENTITY.format(1)
BY = "นางสาวปิด ตัวอย่าง"
PASSED = Resolution(
    Gate.DISTRICT, Outcome.PASS, "คณะกรรมการตัวอย่าง", "1/2568", date(2025, 4, 10), "ครบถ้วน", "นางบันทึก ตัวอย่าง"
)
FAILED = Resolution(
    Gate.DISTRICT, Outcome.FAIL, "คณะกรรมการตัวอย่าง", "2/2568", date(2025, 4, 11), "ไม่ครบ", "นางบันทึก ตัวอย่าง"
)


@pytest.fixture(params=["sqlite", "postgresql"])
def year(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """A home with two applicants, a decision and its papers, in the folder where commands are given."""
    url = request.getfixturevalue("postgresql_url") if request.param == "postgresql" else ""
    at = make_url(url).render_as_string(hide_password=False) if url else ""
    monkeypatch.chdir(tmp_path)
    Path("mochocho.toml").write_text(
        f'home = "home"\nprovince = "เชียงราย"\nrecorder = "นางบันทึก ตัวอย่าง"\ndatabase_url = "{at}"\n'
        '[meeting]\nnumber = "1/2568"\ndate = 2025-05-01\nstarts = "09:00"\nends = "14:30"\n'
        'place = "ห้องประชุม"\n',
        "utf-8",
    )
    home = open_home(load_settings())
    upgrade(home.engine)
    mirror.send(home, mirror.application(home, 1), mirror.sheet(home, 1), mirror.application(home, 2))
    run_once(home)
    record_all(home, [(KEY, PASSED)])
    run_once(home)
    make_packet(home, home.settings.packet_dir)
    yield home
    home.engine.dispose()


def call(*words: str) -> Result:
    return CliRunner().invoke(cli, ["--lang", "th", *words])


ON_SQLITE = pytest.mark.parametrize("year", ["sqlite"], indirect=True)
AT_A_MEETING = ("--committee", FAILED.committee, "--meeting", "2/2568", "--date", "2025-04-11")
WRITING = [
    ("run",),
    ("assess",),
    ("pull",),
    ("serve", "--port", "1"),
    ("replay",),
    ("decide", KEY, "--outcome", "fail", *AT_A_MEETING, "--reason", "ไม่ครบ"),
    ("officers", "add", "นายใหม่ ตัวอย่าง", "--district", "แม่จัน"),
    ("officers", "move", "1", "--district", "แม่จัน"),
    ("forms", "publish", "--to", "embedded"),
    ("cycle", "close", "--by", BY),
]
# Reading, too, leaves these: what was given to whom, and what the home was asked to make.
BESIDE = ("portal_access", "portal_access_head", "asked_work")
READING = [
    ("status",),
    ("audit", "verify"),
    ("packet",),
    ("findings", "findings.xlsx"),
    ("applicants", "duplicates"),
    ("officers", "list"),
    ("backup", "backup.tar"),
    ("decide", "--template", "decide.xlsx"),
]


def test_a_closed_year_refuses_whatever_writes_and_gives_what_it_gave(year: Home) -> None:
    officers.add(year, "นายเดิม ตัวอย่าง", ["5709"])
    close_cycle.refuse_unfinished(year)
    close_cycle.close(year, BY)
    rows, files = home_digest.of_rows(year, BESIDE), home_digest.of_files(year.settings.home)
    for words in WRITING:
        refused = call(*words)
        assert refused.exit_code == 1, (words, refused.output)
        assert "รอบนี้ปิดแล้ว" in refused.output, (words, refused.output)
        assert BY in refused.output
        assert "mochocho cycle reopen" in refused.output
    for words in READING:
        answered = call(*words)
        assert answered.exit_code == 0, (words, answered.output)
    assert home_digest.of_rows(year, BESIDE) == rows
    given = [one.reason for one in reversed(access_chain.last(year, 10))]
    assert given == ["mochocho findings", "mochocho backup", "mochocho decide --template"]
    assert home_digest.of_files(year.settings.home) == files
    for refuse in (
        lambda: run_once(year),
        lambda: dispatch.tick(year, lambda _: None),
        lambda: record_all(year, [(KEY, FAILED)]),
    ):
        with pytest.raises(Closed):
            refuse()

    assert call("officers", "revoke", "1").exit_code == 0, "a phone is lost, and servers let it in"
    assert officers.listing(year)[0].revoked_at is not None
    reopened = call("cycle", "reopen", "--by", BY, "--reason", "แก้มติ")
    assert reopened.exit_code == 0, reopened.output
    assert record_all(year, [(KEY, FAILED)]) == 1
    assert examine(year).found == ()


@ON_SQLITE
def test_a_phone_keeps_what_a_closed_year_refuses(year: Home) -> None:
    openrosa_phone.publish(year)
    with openrosa_phone.serving(year) as server:
        phone = openrosa_phone.new_phone(year, server, "5709")
        assert phone.send(openrosa_phone.instance("a")).status_code == 201
        run_once(year)
        close_cycle.close(year, BY)
        refused = phone.send(openrosa_phone.instance("b"))
        assert refused.status_code == 403
        assert "ข้อมูลยังอยู่ในโทรศัพท์ครบ" in openrosa_phone.message(refused)
        close_cycle.reopen(year, BY, "มีแบบที่ยังไม่ได้ส่ง")
        assert phone.send(openrosa_phone.instance("b")).status_code == 201


@ON_SQLITE
def test_what_came_and_was_not_read_keeps_a_year_open(year: Home) -> None:
    mirror.send(year, mirror.application(year, 3))
    refused = call("cycle", "close", "--by", BY)
    assert "mochocho run" in refused.output
    assert refused.exit_code == 1
    run_once(year)
    assert call("cycle", "close", "--by", BY).exit_code == 0


@pytest.mark.parametrize(
    "words",
    [("close",), ("reopen", "--by", BY, "--reason", "-"), ("reopen", "--by", "...", "--reason", "แก้")],
)
def test_nobody_closes_or_opens_a_year_without_a_name_and_a_reason(
    home: Home, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(home.settings.home.parent)
    Path("mochocho.toml").write_text('home = "home"\n', "utf-8")
    refused = call("cycle", *words)
    assert (refused.exit_code, "--by" in refused.output) == (1, True), refused.output


def test_an_open_year_is_not_opened_again(home: Home) -> None:
    with pytest.raises(Terminal, match="open"):
        close_cycle.reopen(home, BY, "แก้")


def test_a_restored_year_is_as_closed_as_it_was(home: Home, other_home: Home, tmp_path: Path) -> None:
    close_cycle.close(home, BY)
    backup(home, tmp_path / "backup", lambda *_: None)
    restore(other_home, tmp_path / "backup", lambda *_: None)
    with pytest.raises(Closed):
        officers.add(other_home, "นายใหม่ ตัวอย่าง", ["5709"])
    close_cycle.reopen(other_home, BY, "แก้")
    officers.add(other_home, "นายใหม่ ตัวอย่าง", ["5709"])
    assert len(officers.listing(other_home)) == 1
