"""Fixtures that every test may ask for: a province's home on SQLite, on PostgreSQL, on both."""

import logging
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import redis
from sqlalchemy import text
from sqlalchemy.engine import make_url

from mochocho.app.migrations.migrate import upgrade
from mochocho.app.terminal import language
from mochocho.app.terminal.console import QUIET
from mochocho.settings.config import Settings
from mochocho.storage.db import make_engine
from mochocho.storage.home import Home, open_home
from tests import needs, workers

SERVER = "MOCHOCHO_TEST_POSTGRESQL"  # URL of a server where databases may be created
# Where the sentence is not the point, a test reads the English one; those of the Thai one ask for it.
os.environ["MOCHOCHO_LANG"] = "en"


@pytest.fixture(autouse=True)
def _in_english() -> None:
    """What is printed without the command line before it; with it, MOCHOCHO_LANG says so."""
    language.speak("en")


@pytest.fixture(autouse=True)
def _levels_of_logs() -> Iterator[None]:
    """The command line sets them for its whole process; called inside ours, it sets them for one test."""
    loggers = [logging.getLogger(name) for name in ("", *QUIET)]
    levels = [logger.level for logger in loggers]
    yield
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database to copy: far quicker than migrating one for each test."""
    opened = open_home(Settings(home=tmp_path_factory.mktemp("template")))
    upgrade(opened.engine)
    opened.engine.dispose()
    return Path(opened.engine.url.database or "")


@pytest.fixture
def home(tmp_path: Path, sqlite_template: Path) -> Iterator[Home]:
    """A fresh, migrated home on SQLite."""
    opened = open_home(Settings(home=tmp_path / "home"))
    shutil.copy(sqlite_template, opened.engine.url.database or "")
    yield opened
    opened.engine.dispose()


@pytest.fixture
def postgresql_home(tmp_path: Path, postgresql_url: str) -> Iterator[Home]:
    """A fresh home whose tables stand in a PostgreSQL database of its own."""
    opened = open_home(Settings(home=tmp_path / "home", database_url=postgresql_url))
    yield opened
    opened.engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_home(request: pytest.FixtureRequest) -> Home:
    """The same test on both databases."""
    name = "home" if request.param == "sqlite" else "postgresql_home"
    opened: Home = request.getfixturevalue(name)
    return opened


@pytest.fixture
def postgresql_url(postgresql_template: str) -> Iterator[str]:
    """The URL of a migrated database that only this test uses."""
    name = f"mochocho_{secrets.token_hex(6)}"
    _command(f"CREATE DATABASE {name} TEMPLATE {postgresql_template}")
    yield _database(name)
    _command(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def empty_postgresql_url() -> Iterator[str]:
    """The URL of a database without tables."""
    _need_server()
    name = f"mochocho_{secrets.token_hex(6)}"
    _command(f"CREATE DATABASE {name}")
    yield _database(name)
    _command(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgresql_template() -> Iterator[str]:
    """As `sqlite_template`, on the test server."""
    _need_server()
    name = f"mochocho_template_{secrets.token_hex(6)}"
    _command(f"CREATE DATABASE {name}")
    engine = make_engine(_database(name))
    upgrade(engine)
    engine.dispose()
    yield name
    _command(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def redis_url() -> str:
    """The URL of an emptied database of the test server: one for each process that tests (`pytest -n`)."""
    server = urlsplit(workers.broker_url())
    number = int(server.path.strip("/") or 0) + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])
    url = server._replace(path=f"/{number}").geturl()
    client = redis.Redis.from_url(url)
    client.flushdb()
    client.close()
    return url


def _need_server() -> None:
    if not os.environ.get(SERVER):
        needs.absent(f"{SERVER} names no PostgreSQL server")


def _command(statement: str) -> None:
    engine = make_engine(os.environ[SERVER]).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def _database(name: str) -> str:
    return make_url(os.environ[SERVER]).set(database=name).render_as_string(hide_password=False)
