"""Docker's health check of the endpoint's container, run against a real endpoint."""

import importlib.util
import signal
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import text

from mochocho.app import init
from mochocho.app.portal.running import PortalServer
from mochocho.storage.home import Home
from sync.openrosa.server import Server

SCRIPT = Path(__file__).parents[2] / "deploy" / "health.py"


@pytest.fixture
def health(home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("health", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    server = Server(home, "127.0.0.1", 0)
    server.start()
    monkeypatch.setattr(module, "ENDPOINT", server.url)
    monkeypatch.setattr(module, "FAILURES", home.settings.home / "failures")
    monkeypatch.setattr(module, "PATIENCE", 0.5)
    monkeypatch.setattr("sys.argv", ["health.py", "endpoint"])
    yield module
    server.stop()


def test_an_endpoint_that_answers_is_well(health: ModuleType) -> None:
    assert health.main() == 0


def test_an_endpoint_without_its_database_is_not(health: ModuleType, home: Home) -> None:
    with home.engine.begin() as connection:
        connection.execute(text("ALTER TABLE officer RENAME TO gone"))
    assert health.main() == 1


def test_an_endpoint_that_is_gone_is_not(health: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "ENDPOINT", "http://127.0.0.1:1")
    assert health.main() == 1


@pytest.fixture
def killed(health: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """What would be sent to whom in the container."""
    sent: list[tuple[int, int]] = []
    monkeypatch.setattr(health.os, "kill", lambda *whom: sent.append(whom))
    return sent


def test_what_hangs_is_ended_so_that_docker_starts_it_anew(
    health: ModuleType, killed: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert health.main() == 0
    there = health.ENDPOINT
    monkeypatch.setattr(health, "ENDPOINT", "http://127.0.0.1:1")
    assert [health.main() for _ in range(2)] == [1, 1]
    assert killed == []
    monkeypatch.setattr(health, "ENDPOINT", there)
    assert health.main() == 0  # twice is no hanging
    monkeypatch.setattr(health, "ENDPOINT", "http://127.0.0.1:1")
    assert [health.main() for _ in range(4)] == [1] * 4
    assert killed == [(1, signal.SIGTERM), (-1, signal.SIGKILL)]


def test_what_is_still_starting_is_left_its_time(
    health: ModuleType, killed: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "ENDPOINT", "http://127.0.0.1:1")
    assert [health.main() for _ in range(9)] == [1] * 9
    assert killed == []


def test_nothing_is_restarted_for_a_database_that_is_away(
    health: ModuleType, killed: list[tuple[int, int]], home: Home
) -> None:
    assert health.main() == 0
    with home.engine.begin() as connection:
        connection.execute(text("ALTER TABLE officer RENAME TO gone"))
    assert [health.main() for _ in range(9)] == [1] * 9
    assert killed == []


@pytest.mark.parametrize("what", ["worker", "beat"])
def test_nor_for_a_broker_that_is_away(
    health: ModuleType,
    killed: list[tuple[int, int]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    what: str,
) -> None:
    health.FAILURES.write_text("0", "ascii")  # it was well once
    monkeypatch.setattr("sys.argv", ["health.py", what])
    monkeypatch.setattr(health, "SETTINGS", init.write_settings(tmp_path / "settings", "เชียงราย"))
    monkeypatch.setenv("MOCHOCHO_WORKERS__BROKER_URL", "redis://127.0.0.1:1/0")
    assert [health.main() for _ in range(4)] == [1] * 4
    assert killed == []


def test_the_portal_is_asked_for_its_database_too(
    health: ModuleType, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal = PortalServer(home, "127.0.0.1", 0, "https://office.example.go.th")
    portal.start()
    try:
        monkeypatch.setattr(health, "PORTAL", portal.listening)
        monkeypatch.setattr("sys.argv", ["health.py", "portal"])
        assert health.main() == 0
        with home.engine.begin() as connection:
            connection.execute(text("ALTER TABLE portal_session RENAME TO gone"))
        assert health.main() == 1
    finally:
        portal.stop()
    assert health.main() == 1
