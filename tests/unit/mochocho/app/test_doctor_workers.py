"""The doctor's checks of workers: broker, shared folder, clocks, and whether the conveyor runs."""

import socket
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from mochocho.app import pulses
from mochocho.app.doctor.checks import Check
from mochocho.app.doctor.examine import examine, table
from mochocho.app.doctor.services import worker_checks
from mochocho.app.pipeline.conveyor import run_once
from mochocho.app.status.status_figures import look
from mochocho.app.terminal.console import out
from mochocho.settings.config import load_settings
from mochocho.storage.home import Home, open_home
from tests import builders
from tests.needs import need
from tests.workers import Workers, wait_for

SECRET = "hunter2-of-Redis"


@pytest.fixture
def folder(tmp_path: Path, postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home on PostgreSQL; `broker` names its broker."""
    monkeypatch.setenv("MOCHOCHO_DATABASE_URL", postgresql_url)
    monkeypatch.setattr(worker_checks, "WORKERS_ANSWER_IN", 0.1)
    monkeypatch.setattr(worker_checks, "PATIENCE", 30)
    (tmp_path / "mochocho.toml").write_text('home = "home"\n', "utf-8")
    return tmp_path


@pytest.fixture
def home(folder: Path) -> Iterator[Home]:
    opened = open_home(load_settings(folder / "mochocho.toml"))
    yield opened
    opened.engine.dispose()


def checks(folder: Path, broker: str) -> dict[str, Check]:
    (folder / "mochocho.toml").write_text(f'home = "home"\n[workers]\nbroker_url = "{broker}"\n', "utf-8")
    found = {check.name: check for check in examine(folder / "mochocho.toml")}
    assert all(check.state == "ok" or (check.advice.th and check.advice.en) for check in found.values())
    return found


def states(found: dict[str, Check]) -> dict[str, str]:
    names = ("broker", "workers", "shared folder", "shared store", "clocks", "conveyor")
    return {name: found[name].state for name in names if name in found}


def test_nothing_is_asked_of_one_process(folder: Path) -> None:
    assert states({check.name: check for check in examine(folder / "mochocho.toml")}) == {}


def test_workers_that_are_well(
    folder: Path, home: Home, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_checks, "WORKERS_ANSWER_IN", 2.0)
    names = ("broker", "workers", "shared folder", "clocks", "conveyor", "database")
    (folder / "mochocho.toml").write_text(f'home = "home"\n[workers]\nbroker_url = "{redis_url}"\n', "utf-8")
    with Workers(folder, 1) as workers:
        wait_for(lambda: look(home), lambda now: now.looked_at is not None, 300, workers.logs)
        for _ in range(20):  # on a busy machine it does not answer within two seconds, or asking takes longer
            found = checks(folder, redis_url)
            if all(found[name].state == "ok" for name in names):
                break
    assert {name: found[name].state for name in names} == dict.fromkeys(names, "ok")
    assert "shared store" not in found
    assert "1 answer" in found["workers"].found.en


def test_before_anybody_has_started(folder: Path, home: Home, redis_url: str) -> None:
    found = checks(folder, redis_url)
    assert (found["workers"].state, found["conveyor"].state) == ("warn", "warn")
    assert "mochocho worker" in found["workers"].advice.en
    assert "mochocho beat" in found["conveyor"].advice.en


def test_workers_that_have_stopped(folder: Path, home: Home, redis_url: str) -> None:
    pulses.note(home, pulses.CONVEYOR, datetime.now(UTC) - timedelta(hours=2))
    found = checks(folder, redis_url)["conveyor"]
    assert (found.state, "for 120 min" in found.found.en) == ("fail", True)


@pytest.mark.parametrize(
    ("broker", "said"),
    [
        (f"redis://:{SECRET}@127.0.0.1:1/0", "127.0.0.1:1"),
        (f"redis://:{SECRET}@nowhere.invalid:6379/0", "nowhere.invalid:6379"),
        (f"redis://:{SECRET}@ss/w#rd%@127.0.0.1:1/0", "127.0.0.1:1"),
    ],
)
def test_a_broker_that_does_not_answer_and_its_password(
    folder: Path, home: Home, broker: str, said: str
) -> None:
    with out.capture() as printed:
        found = checks(folder, broker)
        table(tuple(found.values()))
    assert found["broker"].state == "fail"
    assert said in found["broker"].found.en
    assert "workers" not in found
    assert SECRET not in printed.get()


@pytest.mark.parametrize(
    "broker", [f"redis://:{SECRET}@127.0.0.1:port/0", f"amqp://me:{SECRET}@127.0.0.1", SECRET]
)
def test_what_is_no_address_of_redis_is_no_setting(folder: Path, broker: str) -> None:
    with out.capture() as printed:
        found = checks(folder, broker)
        table(tuple(found.values()))
    assert found["settings"].state == "fail"
    assert "workers.broker_url: " in found["settings"].found.en
    assert "redis://" in found["settings"].found.en
    assert SECRET not in printed.get()


PASSWORD = "p@ss/w#rd%"


@pytest.fixture
def over_tls(tmp_path: Path) -> Iterator[int]:
    """The port of a Redis that speaks TLS alone, with a certificate of its own and a password."""
    need("redis-server", "openssl")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        str(key),
        "-out",
        str(certificate),
    ]
    made += ["-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run(made, check=True, capture_output=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    words = ["redis-server", "--port", "0", "--tls-port", str(port), "--bind", "127.0.0.1", "--save", ""]
    words += ["--tls-cert-file", str(certificate), "--tls-key-file", str(key), "--tls-auth-clients", "no"]
    process = subprocess.Popen([*words, "--requirepass", PASSWORD], cwd=tmp_path, stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            if _listens(port):
                break
            time.sleep(0.1)
        yield port
    finally:
        process.kill()
        process.wait()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_a_broker_over_tls_is_believed_only_with_its_certificate(
    folder: Path, home: Home, over_tls: int
) -> None:
    url = f"rediss://:{PASSWORD}@127.0.0.1:{over_tls}/0"
    stranger = checks(folder, url)["broker"]
    assert (stranger.state, "ssl_ca_certs" in stranger.advice.en) == ("fail", True)
    assert checks(folder, f"{url}?ssl_ca_certs={folder}/certificate.pem")["broker"].state == "ok"
    assert checks(folder, f"{url}?ssl_cert_reqs=none")["broker"].state == "ok"


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def test_a_broker_that_listens_and_says_nothing(
    folder: Path, home: Home, listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_checks, "PATIENCE", 1)
    found = checks(folder, f"redis://127.0.0.1:{listener.getsockname()[1]}/0")
    assert found["broker"].state == "fail"
    assert "start Redis" in found["broker"].advice.en


def test_a_broker_with_another_password(folder: Path, home: Home, redis_url: str) -> None:
    parts = make_url(redis_url)
    found = checks(folder, f"redis://somebody:{SECRET}@{parts.host}:{parts.port}/0")["broker"]
    assert found.state == "fail"
    assert "the password that Redis asks for" in found.advice.en


def test_workers_need_postgresql(folder: Path, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOCHOCHO_DATABASE_URL", "")
    found = checks(folder, redis_url)["broker"]
    assert (found.state, "PostgreSQL" in found.found.en) == ("fail", True)


def test_a_folder_that_is_not_the_one_the_others_use(folder: Path, home: Home, redis_url: str) -> None:
    builders.publish(home, builders.xform())
    builders.post(home, builders.application(), officer_id=builders.officer(home))
    run_once(home, stages=("pull",))
    assert "shared store" not in checks(folder, redis_url)
    (folder / "home" / "store").rename(folder / "elsewhere")
    found = checks(folder, redis_url)["shared store"]
    assert (found.state, "mount" in found.advice.en) == ("fail", True)


def test_a_folder_that_cannot_be_written(
    folder: Path, home: Home, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(worker_checks.tempfile, "TemporaryFile", refuse)
    found = checks(folder, redis_url)["shared folder"]
    assert (found.state, "Read-only" in found.found.en) == ("fail", True)


@pytest.mark.parametrize(("seconds", "state"), [(0, "ok"), (10, "warn"), (3600, "fail")])
def test_a_clock_that_goes_wrong(
    folder: Path, home: Home, redis_url: str, monkeypatch: pytest.MonkeyPatch, seconds: int, state: str
) -> None:
    class Wrong(datetime):
        @classmethod
        def now(cls, _zone: object = None) -> datetime:
            return datetime.now(UTC) + timedelta(seconds=seconds)

    monkeypatch.setattr(worker_checks, "datetime", Wrong)
    assert checks(folder, redis_url)["clocks"].state == state
