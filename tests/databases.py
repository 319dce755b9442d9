"""Databases for tests: SQLite files that are copied, PostgreSQL made and dropped, emptied Redis."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import redis
from sqlalchemy import text
from sqlalchemy.engine import make_url

from mochocho.app.migrations.migrate import upgrade
from mochocho.settings.config import Settings
from mochocho.storage.db import make_engine
from mochocho.storage.home import Home, open_home
from tests import needs, workers

SERVER = "MOCHOCHO_TEST_POSTGRESQL"  # URL of a server where databases may be created


def migrated_sqlite(folder: Path) -> Path:
    """A database file with all tables and no row."""
    opened = open_home(Settings(home=folder))
    upgrade(opened.engine)
    opened.engine.dispose()
    return Path(opened.engine.url.database or "")


@contextmanager
def closing(opened: Home) -> Iterator[Home]:
    """This home, closed behind the block however that ends: a test may be skipped in its midst."""
    try:
        yield opened
    finally:
        opened.engine.dispose()


@contextmanager
def home_on_sqlite(folder: Path, template: Path) -> Iterator[Home]:
    """A home whose database is a copy of `template`."""
    with home_in(folder) as opened:
        shutil.copy(template, opened.engine.url.database or "")
        yield opened


@contextmanager
def home_in(folder: Path, url: str = "") -> Iterator[Home]:
    """The home in this folder, whose tables stand at `url`; '' = in the folder itself."""
    with closing(open_home(Settings(home=folder, database_url=url))) as opened:
        yield opened


@contextmanager
def postgresql(template: str = "") -> Iterator[str]:
    """The URL of a database that only the caller uses: a copy of `template`, or empty."""
    if not os.environ.get(SERVER):
        needs.absent(f"{SERVER} names no PostgreSQL server")
    name = f"mochocho_{secrets.token_hex(6)}"
    _command(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
    try:
        yield make_url(os.environ[SERVER]).set(database=name).render_as_string(hide_password=False)
    finally:
        _command(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def migrated_postgresql() -> Iterator[str]:
    """The name of a database with all tables and no row."""
    with postgresql() as url:
        engine = make_engine(url)
        upgrade(engine)
        engine.dispose()
        yield make_url(url).database or ""


def emptied_redis() -> str:
    """The URL of an emptied database of the test server: one for each process that tests (`pytest -n`)."""
    server = urlsplit(workers.broker_url())
    number = int(server.path.strip("/") or 0) + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])
    url = server._replace(path=f"/{number}").geturl()
    client = redis.Redis.from_url(url)
    client.flushdb()
    client.close()
    return url


def _command(statement: str) -> None:
    engine = make_engine(os.environ[SERVER]).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
