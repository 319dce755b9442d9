"""Fixtures for all tests: a province's home on SQLite, on PostgreSQL, or on both.

Their imports are made when they are used: a test of a pure rule loads no database library.
"""

import gc
import logging
import os
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from mochocho.app.terminal import console, language
from mochocho.app.terminal.console import QUIET
from tests import own_numbers, unclosed

if TYPE_CHECKING:
    from mochocho.storage.home import Home
    from tests.prepared_homes import Copy, PreparedHomes

# Where the sentence is not the point, a test reads the English one; those of the Thai one ask for it.
os.environ["MOCHOCHO_LANG"] = "en"
# No test asks how fast the machine is.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# CI judges a commit, not the draw of the day: a new fault is looked for wherever else the tests run.
settings.register_profile("ci", settings.get_profile("any machine"), derandomize=True)
settings.load_profile("any machine")
# Modules and thousands of tests are no garbage: looking through them again and again took a quarter of a run.
gc.set_threshold(20_000, 20, 20)
unclosed.watch()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    from tests.spreading import Spread

    return Spread(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if "PYTEST_XDIST_WORKER" in os.environ:
        from tests.spreading import longest_first

        items[:] = longest_first(items)


def pytest_collection_finish() -> None:
    """What costs much is made once for this process; a test of a pure rule loads nothing for it."""
    if "sqlalchemy" in sys.modules:
        from tests.statements import compile_once

        compile_once()
    if "mochocho.app.migrations.migrate" in sys.modules:
        from tests.new_tables import walk_once

        walk_once()
    if "xlsforms.build" in sys.modules:
        from tests.conversions import convert_once

        convert_once()
    if settings.default.derandomize:
        from tests.same_examples import draw_from_no_module

        draw_from_no_module()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    own_numbers.begin(item.nodeid)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[object], request: pytest.FixtureRequest
) -> Generator[None, object, object]:
    """What several tests share is the same whichever of them asks first."""
    if fixturedef.scope == "function":
        return (yield)
    with own_numbers.numbers_of(f"{fixturedef.baseid} {fixturedef.argname} {request.param_index}"):
        return (yield)


@pytest.fixture(autouse=True)
def _in_english() -> None:
    """What is printed without the command line before it; with it, MOCHOCHO_LANG says so."""
    language.speak("en")


@pytest.fixture(autouse=True)
def _logs() -> Iterator[None]:
    """The command line sets up those of its process; called inside ours, it sets up those of one test."""
    loggers = [logging.getLogger(name) for name in ("", *QUIET)]
    levels = [logger.level for logger in loggers]
    yield
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)
    root = loggers[0]
    for handler in [one for one in root.handlers if isinstance(one, console._Handler)]:
        root.removeHandler(handler)  # it would write what later tests log among what they print


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database to copy: far quicker than migrating one for each test."""
    from tests import databases
    from tests.once import made_once

    def migrate(folder: Path) -> None:
        databases.migrated_sqlite(folder / "home").rename(folder / "migrated.db")

    return made_once(tmp_path_factory, "template", migrate) / "migrated.db"


@pytest.fixture
def home(tmp_path: Path, sqlite_template: Path) -> "Iterator[Home]":
    """A fresh, migrated home on SQLite."""
    from tests import databases

    with databases.home_on_sqlite(tmp_path / "home", sqlite_template) as opened:
        yield opened


@pytest.fixture
def postgresql_home(tmp_path: Path, postgresql_url: str) -> "Iterator[Home]":
    """A fresh home whose tables stand in a PostgreSQL database of its own."""
    from tests import databases

    with databases.home_in(tmp_path / "home", postgresql_url) as opened:
        yield opened


@pytest.fixture(params=["sqlite", "postgresql"])
def any_home(request: pytest.FixtureRequest) -> "Home":
    """The same test on both databases."""
    name = "home" if request.param == "sqlite" else "postgresql_home"
    opened: Home = request.getfixturevalue(name)
    return opened


@pytest.fixture(scope="session")
def prepared_homes(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, request: pytest.FixtureRequest
) -> "Iterator[PreparedHomes]":
    from tests.prepared_homes import PreparedHomes

    def postgresql() -> str:
        return str(request.getfixturevalue("postgresql_template"))

    prepared = PreparedHomes(tmp_path_factory.mktemp("prepared"), sqlite_template, postgresql)
    yield prepared
    prepared.close()


@pytest.fixture
def copy(prepared_homes: "PreparedHomes", tmp_path: Path) -> "Iterator[Copy]":
    """`copy(fill)`: a home on SQLite as the function `fill` has filled one before."""
    with prepared_homes.copying("sqlite", tmp_path / "home") as copied:
        yield copied


@pytest.fixture(params=["sqlite", "postgresql"])
def any_copy(
    prepared_homes: "PreparedHomes", tmp_path: Path, request: pytest.FixtureRequest
) -> "Iterator[Copy]":
    """As `copy`, on both databases."""
    with prepared_homes.copying(request.param, tmp_path / "home") as copied:
        yield copied


@pytest.fixture(params=["sqlite", "postgresql"])
def other_home(request: pytest.FixtureRequest, tmp_path: Path) -> "Iterator[Home]":
    """A second home, without anything in it, on each database in turn."""
    from mochocho.app.migrations.migrate import upgrade
    from mochocho.settings.config import Settings
    from mochocho.storage.home import open_home

    url = request.getfixturevalue("empty_postgresql_url") if request.param == "postgresql" else ""
    opened = open_home(Settings(home=tmp_path / "other", database_url=url))
    upgrade(opened.engine)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def postgresql_url(postgresql_template: str) -> Iterator[str]:
    """The URL of a migrated database that only this test uses."""
    from tests import databases

    with databases.postgresql(postgresql_template) as url:
        yield url


@pytest.fixture
def empty_postgresql_url() -> Iterator[str]:
    """The URL of a database without tables."""
    from tests import databases

    with databases.postgresql() as url:
        yield url


@pytest.fixture(scope="session")
def postgresql_template() -> Iterator[str]:
    """As `sqlite_template`, on the test server."""
    from tests import databases

    with databases.migrated_postgresql() as name:
        yield name


@pytest.fixture
def redis_url() -> str:
    """The URL of an emptied database of the test server: one for each process that tests (`pytest -n`)."""
    from tests import databases

    return databases.emptied_redis()
