"""`mochocho serve` as an office runs it: phones post, the conveyor works, nothing leaks, Ctrl-C ends it."""

import os
import re
import signal
import stat
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
import requests
from sqlalchemy import select

from mochocho.app.publishing.form_files import forms_of
from mochocho.settings.config import load_settings
from mochocho.storage.db import reading
from mochocho.storage.home import Home, open_home
from processing.tables import AssessmentRow
from sync import officers
from tests import builders
from tests.integration import commands
from xlsforms import names
from xlsforms.build import FORMS

pytestmark = pytest.mark.skipif(os.name == "nt", reason="stops the server with a signal")

NATIONAL_ID = "1000000000009"
HEADERS = {"X-OpenRosa-Version": "1.0"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    commands.settings(tmp_path, "[endpoint]\ntick_seconds = 0.1\n")
    assert commands.call(tmp_path, "status").returncode == 0
    return tmp_path


@pytest.fixture
def with_forms(folder: Path) -> Path:
    """A server that has its forms built need not build them before it listens."""
    home = open_home(load_settings(folder / "mochocho.toml"))
    forms_of(home, "odk")
    home.engine.dispose()
    return folder


@pytest.fixture
def token(folder: Path) -> str:
    home = open_home(load_settings(folder / "mochocho.toml"))
    _, token = officers.add(home, "เจ้าหน้าที่สมมติ", ["5701"])
    home.engine.dispose()
    return token


def until_it_listens(process: "subprocess.Popen[str]") -> tuple[str, list[str]]:
    """The address it says, and the lines that came before."""
    assert process.stdout is not None
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line)
        if found := re.search(r"listening on (http://\S+);", line):
            return found.group(1), lines
    raise AssertionError("".join(lines))


def version_offered(url: str, token: str) -> str:
    """The version of the application that phones are given."""
    offered = requests.get(f"{url}/key/{token}/formList", headers=HEADERS, timeout=30)
    assert offered.status_code == 200
    version = re.search(
        rf"<formID>{names.APPLICATION}</formID>.*?<version>([^<]+)</version>", offered.text, re.S
    )
    assert version is not None
    return version.group(1)


def post(url: str, token: str) -> None:
    xml = builders.application(version=version_offered(url, token))
    files = {"xml_submission_file": ("submission.xml", xml, "text/xml")}
    answer = requests.post(f"{url}/key/{token}/submission", headers=HEADERS, files=files, timeout=60)
    assert answer.status_code == 201, answer.text


def until_assessed(folder: Path) -> None:
    home = open_home(load_settings(folder / "mochocho.toml"))
    assert eventually(lambda: assessed(home)), commands.status(folder)
    home.engine.dispose()


def assessed(home: Home) -> list[AssessmentRow]:
    with reading(home.engine) as session:
        return list(session.scalars(select(AssessmentRow)))


def test_a_post_is_assessed_while_the_server_runs_and_nothing_leaks(with_forms: Path, token: str) -> None:
    words = ("-vv", "serve", "--port", str(commands.free_port()))
    with commands.serving(with_forms, *words) as process:
        url, lines = until_it_listens(process)
        assert url.startswith("http://127.0.0.1:")
        post(url, token)
        until_assessed(with_forms)
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    said = "".join(lines) + rest
    assert "stopped; everything that was answered is kept" in said
    assert "Traceback" not in said
    for secret in (token, NATIONAL_ID, "นางสมมติ"):
        assert secret not in said
    assert_private(with_forms / "home")


def assert_private(home: Path) -> None:
    """Under umask 022 nothing is open to others: database, WAL, spool, store, lock files."""
    found = [home, *home.rglob("*")]
    assert any(path.suffix == ".db" for path in found)
    assert any("spool" in path.parts for path in found)
    for path in found:
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path


def test_a_second_server_on_one_port_and_the_warning_about_the_network(folder: Path, token: str) -> None:
    port = str(commands.free_port())
    with commands.serving(folder, "serve", "--host", "0.0.0.0", "--port", port) as process:
        _, lines = until_it_listens(process)
        second = commands.run(folder, "serve", "--port", port)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    assert "everyone on this network can read" in "".join(lines)
    assert second.returncode == 1
    assert "--port" in second.stderr
    assert "Traceback" not in second.stderr
    assert process.returncode == 0
    # Started again, it offers what it offered: the same forms, published once. Phones come through HTTPS now.
    proxy = '[endpoint]\ntick_seconds = 0.1\npublic_url = "https://forms.example.go.th"\n'
    commands.settings(folder, proxy)
    with commands.serving(folder, "serve", "--host", "0.0.0.0", "--port", port) as process:
        url, lines = until_it_listens(process)
        listed = requests.get(f"{url}/key/{token}/formList", headers=HEADERS, timeout=30).text
    assert re.findall("<formID>([^<]+)</formID>", listed) == sorted(FORMS.values())
    assert "everyone on this network" not in "".join(lines)


def conveyors_of(process: "subprocess.Popen[str]") -> list[psutil.Process]:
    """The processes of a server that work on its home."""
    return [
        one for one in psutil.Process(process.pid).children() if "mochocho.app.background" in one.cmdline()
    ]


def eventually(true: Callable[[], object]) -> bool:
    until = time.monotonic() + 60
    while not true():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def has_ended(process: psutil.Process) -> bool:
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def test_a_conveyor_that_is_killed_takes_no_phone_with_it_and_is_started_again(
    with_forms: Path, token: str
) -> None:
    with commands.serving(with_forms, "serve", "--port", str(commands.free_port())) as process:
        url, _ = until_it_listens(process)
        assert eventually(lambda: conveyors_of(process))
        (killed,) = conveyors_of(process)
        killed.kill()
        post(url, token)
        until_assessed(with_forms)
        assert [one.pid for one in conveyors_of(process)] != [killed.pid]
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=60)
    assert "starting another" in said
    assert process.returncode == 0


def test_a_conveyor_ends_with_a_server_that_is_killed(with_forms: Path) -> None:
    with commands.serving(with_forms, "serve", "--port", str(commands.free_port())) as process:
        until_it_listens(process)
        assert eventually(lambda: conveyors_of(process))
        (left,) = conveyors_of(process)
        process.kill()
        process.wait()
        assert eventually(lambda: has_ended(left))


def test_a_conveyor_that_does_not_answer_keeps_no_server_from_ending(with_forms: Path) -> None:
    with commands.serving(with_forms, "serve", "--port", str(commands.free_port())) as process:
        until_it_listens(process)
        assert eventually(lambda: conveyors_of(process))
        (busy,) = conveyors_of(process)
        busy.suspend()  # as long as it does not see that it is to end, it is at work
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
        assert has_ended(busy)
    assert process.returncode == 0
