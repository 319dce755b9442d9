"""A home that works from a server:
what is deleted there leaves register, lists and papers, and comes back.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from mochocho.app.commands.cli import cli
from mochocho.app.migrations.migrate import upgrade
from mochocho.app.pipeline import pulling
from mochocho.app.pipeline.conveyor import run_once, stage_named
from mochocho.settings.config import load_settings
from mochocho.storage.db import reading
from mochocho.storage.home import Home, open_home
from mochocho.words.errors import Terminal
from mochocho.words.sentences import Sentence
from processing.assessment import cases
from processing.register import register_forms
from reports.notices import tell_servers
from reports.packet import needed_sheets
from sync.pull import registry
from sync.pull.schedule import kept, last
from sync.tables import Entity, PublishedRow
from tests import memory_server
from tests.builders import publish, xform
from tests.integration import commands
from tests.integration import province_mirror as mirror
from tests.memory_server import MemoryServer, away
from xlsforms import names

KEY = "central:one"
SERVER = """
[[servers]]
key = "one"
kind = "central"
url = "https://central.example"
project = 1
threads = 2
revalidate_days = 1

[meeting]
number = "1/2568"
date = "2025-06-05"
starts = "09:00"
ends = "12:00"
place = "ห้องประชุมสมมติ"
"""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> MemoryServer:
    made = MemoryServer(KEY, threads=2)
    monkeypatch.setitem(registry._KINDS, "central", "tests.memory_server")  # the door that real ones use
    monkeypatch.setitem(memory_server.MADE, "one", made)
    registry.forget()
    return made


@pytest.fixture(params=["sqlite", "postgresql"])
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    url = request.getfixturevalue("postgresql_url") if request.param == "postgresql" else ""
    commands.settings(tmp_path, f'database_url = "{url}"\n{SERVER}')
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def home(folder: Path, server: MemoryServer) -> Iterator[Home]:
    opened = open_home(load_settings(folder / "mochocho.toml"))
    upgrade(opened.engine)
    forms = [mirror.application(opened, n) for n in (1, 2)]
    photos = sorted({f"group/{name}" for form in forms for name in form.fields if "photo" in name})
    publish(opened, xform(files=photos, savetos=()))
    for form in forms:
        server.submit(form.xml(form.root_id), {name: file for name, file in form.files.items() if file})
    yield opened
    opened.engine.dispose()


def root(number: int) -> str:
    return f"{names.APPLICATION}/app-{number}"


def call(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words), catch_exceptions=False)


def work(home: Home) -> None:
    """What `mochocho run` does; telling the server belongs to others."""
    assert run_once(home, stages=("pull", "register", "assess", "lists")).problems == ()
    assert call("packet").exit_code == 0


def status() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(call("status", "--json").output)
    return read


def states() -> dict[str, int]:
    return {one["state"]: one["count"] for one in status()["servers"][0]["states"]}


def listed(home: Home) -> set[str]:
    with reading(home.engine) as session:
        rows = session.scalars(
            select(PublishedRow.name).where(PublishedRow.list_name == names.APPLICANTS, ~PublishedRow.gone)
        )
        return set(rows)


def in_entities(home: Home) -> set[str]:
    with reading(home.engine) as session:
        return set(session.scalars(select(Entity.uuid)))


KEYS = [mirror.ENTITY.format(n) for n in (1, 2)]


def test_what_the_server_deletes_leaves_register_lists_and_packet_and_comes_back(
    home: Home, server: MemoryServer
) -> None:
    work(home)
    assert {case.application.key for case in cases.cases(home)} == set(KEYS)
    first = needed_sheets.made_state(home), needed_sheets.state(home)
    with_both = len(list((home.settings.packet_dir).glob("*.pdf")))
    assert listed(home) == in_entities(home) == set(KEYS)

    server.delete(root(1))
    work(home)
    assert {case.application.key for case in cases.cases(home)} == {KEYS[1]}
    assert listed(home) == in_entities(home) == {KEYS[1]}
    assert needed_sheets.state(home) != first[1]
    assert states() == {"live": 1, "deleted": 1}
    assert register_forms.due(home) == []

    server.restore(root(1))
    work(home)
    assert {case.application.key for case in cases.cases(home)} == set(KEYS)
    assert listed(home) == in_entities(home) == set(KEYS)
    assert needed_sheets.state(home) == first[1]  # the same papers as before
    assert states() == {"live": 2, "restored": 1}
    assert len(list(home.settings.packet_dir.glob("*.pdf"))) == with_both


def test_a_photo_replaced_under_its_name_is_found_before_the_packet(home: Home, server: MemoryServer) -> None:
    work(home)
    before = needed_sheets.state(home)
    name = sorted(server.roots[root(1)].files)[0]
    server.put_file(root(1), name, mirror.photo())

    answer = call("packet")
    assert "1 forms changed on a server since they were read" in answer.output
    work(home)
    assert needed_sheets.state(home) != before


def test_a_server_that_is_away_forbids_no_packet_and_is_told(home: Home, server: MemoryServer) -> None:
    work(home)
    server.before = away("index")

    answer = call("packet")

    assert answer.exit_code == 0
    assert f"{KEY}: its files could not be compared" in answer.output
    assert "packet.pdf" in answer.output


def test_the_workers_layout_waits_for_what_the_comparison_brought(home: Home, server: MemoryServer) -> None:
    run_once(home)
    with kept(home, KEY) as row:
        row.files_at = datetime.now(UTC) - timedelta(hours=2)
    name = sorted(server.roots[root(1)].files)[0]
    server.put_file(root(1), name, mirror.photo())
    layout = stage_named("layout")

    layout.do(home, layout.due(home), None)
    assert needed_sheets.planned(home) is None
    run_once(home, stages=("register", "assess"))
    layout.do(home, layout.due(home), None)
    assert needed_sheets.planned(home) is not None
    assert server.calls.count("stale") > 0

    server.calls.clear()
    layout.do(home, ["again"], None)
    assert server.calls == []  # compared a moment ago


def test_ticks_look_as_often_as_the_settings_say_and_people_whenever_they_ask(
    home: Home, server: MemoryServer
) -> None:
    run_once(home, patient=True)
    assert KEY not in pulling.in_time(home)
    server.calls.clear()
    assert run_once(home, patient=True).handled["pull"] == 1  # the endpoint's spool
    assert server.calls == []

    with kept(home, KEY) as row:
        row.polled_at = datetime.now(UTC) - timedelta(seconds=61)
    run_once(home, patient=True)
    assert server.calls == ["hint"]
    with kept(home, KEY) as row:
        row.whole_at = datetime.now(UTC) + timedelta(days=1)  # a clock that was wrong
    assert KEY in pulling.in_time(home)
    server.calls.clear()
    assert call("pull").exit_code == 0
    assert "index" in server.calls


def test_what_keeps_a_server_from_being_looked_at_is_told_and_keeps_nobody_waiting(
    home: Home, server: MemoryServer
) -> None:
    def revoked(_what: str, _with: object) -> None:
        raise Terminal(
            f"{KEY}: รหัสผ่านใช้ไม่ได้แล้ว ให้ตั้ง MOCHOCHO_SECRET_ONE",
            f"{KEY}: the password is no longer good; set MOCHOCHO_SECRET_ONE",
        )

    server.before = revoked
    answer = call("pull")
    assert answer.exit_code != 0
    assert "no longer good" in answer.output
    shown = call("status").output
    assert "set MOCHOCHO_SECRET_ONE" in shown.replace("\n", " ")
    assert last(home, KEY).whole_at is None
    assert run_once(home, patient=True).handled["pull"] == 1  # the spool; this one waits for a person

    server.before = away("nothing")
    assert call("pull").exit_code == 0
    assert last(home, KEY).problem is None
    assert states()["live"] == 2


def test_what_vanishes_at_once_is_told_until_a_person_accepts_it(home: Home, server: MemoryServer) -> None:
    for n in range(3, 27):
        form = mirror.application(home, n)
        server.submit(form.xml(form.root_id))
    assert call("pull").exit_code == 0
    for n in range(3, 27):
        server.purge(root(n))
    call("pull")
    answer = call("pull")
    assert f"mochocho pull --accept-absence {KEY}" in " ".join(answer.output.split())
    assert states()["live"] == 26
    assert f'mochocho_server_vanished{{server="{KEY}"}} 24' in call("status", "--prometheus").output

    assert call("pull", "--accept-absence", KEY).exit_code == 0
    assert states() == {"live": 2, "incomplete": 2, "purged": 24} or states() == {"live": 2, "purged": 24}
    assert call("pull", "--accept-absence", "central:two").exit_code != 0


def test_a_form_that_is_gone_there_is_told_once_and_the_run_ends_with_something_waits(
    home: Home, server: MemoryServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tell_servers, "_servers", lambda _home: {})  # this one hears nothing
    call("pull")
    server.lost = {names.APPLICATION: Sentence(f"{KEY}: แบบฟอร์มถูกลบ", f"{KEY}: the form was deleted")}
    for words, ended in ((("pull",), 0), (("run",), 3), (("status",), 0)):
        answer = call(*words)
        assert (answer.exit_code, answer.output.count("the form was deleted")) == (ended, 1), answer.output
    assert call("--lang", "th", "run").output.count("แบบฟอร์มถูกลบ") == 1
    (gone,) = status()["servers"][0]["unlisted"]
    assert gone["form"] == names.APPLICATION
    assert f'mochocho_server_unlisted{{server="{KEY}"}} 1' in call("status", "--prometheus").output
    assert states()["live"] == 2


def test_status_shows_every_state_with_age_and_what_to_do(home: Home, server: MemoryServer) -> None:
    server.roots[root(2)].files.popitem()
    call("pull")
    shown = call("status").output

    assert KEY in shown
    assert "a file has not reached the server" in " ".join(shown.split())
    assert states() == {"live": 2, "incomplete": 1}
    assert (
        f'mochocho_server_forms{{server="{KEY}",state="incomplete"}} 1'
        in call("status", "--prometheus").output
    )


def test_status_asks_no_server(home: Home, server: MemoryServer) -> None:
    call("pull")
    server.calls.clear()
    assert status()["servers"][0]["listed"] == 2
    assert server.calls == []


def test_a_closed_cycle_looks_at_no_server(home: Home, server: MemoryServer, folder: Path) -> None:
    commands.settings(folder, f"cycle_open = false\n{SERVER}")
    assert call("pull").exit_code == 0
    assert (server.calls, status()["servers"]) == ([], [])


def test_a_server_without_its_secret_stops_no_other_source(
    home: Home, server: MemoryServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_secret(*_: object) -> MemoryServer:
        raise Terminal(
            "ไม่มีรหัสของเซิร์ฟเวอร์ one ให้ตั้ง MOCHOCHO_SECRET_ONE",
            "there is no secret for the server one: set MOCHOCHO_SECRET_ONE",
        )

    monkeypatch.setattr(memory_server, "make", no_secret)
    registry.forget()
    answer = call("pull")
    assert (answer.exit_code != 0, "pulled from 1 sources" in answer.output) == (True, True)
    assert "MOCHOCHO_SECRET_ONE" in last(home, KEY).problem  # type: ignore[operator]
    assert isinstance(registry.servers(home)[0], registry.Server)
