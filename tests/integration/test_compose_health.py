"""What Docker asks of the endpoint's container, asked of a real endpoint."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import text

from mochocho.home import Home
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
