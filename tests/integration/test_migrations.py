"""A new home's database, made by migrations only, equals what the code declares."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

import mochocho.app.tables  # noqa: F401 - the tables that must have been made
import processing.meetings.tables
import processing.releases.tables
import processing.sittings.tables
import processing.tables  # noqa: F401
import reports.tables  # noqa: F401
import sync.tables  # noqa: F401
from mochocho.app.migrations import migrate
from mochocho.app.migrations.migrate import upgrade
from mochocho.storage.db import Base, make_engine
from mochocho.storage.home import Home
from tests import new_tables


@pytest.fixture(autouse=True)
def _every_revision(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate, "_walk_up", new_tables.walked)


def test_migrations_make_exactly_the_tables_that_the_code_declares(any_home: Home) -> None:
    with any_home.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_every_reference_of_the_code_is_enforced(any_home: Home) -> None:
    made = inspect(any_home.engine)

    for table in Base.metadata.sorted_tables:
        declared = {(column.name, key.column.table.name) for column in table.c for key in column.foreign_keys}
        enforced = {
            (key["constrained_columns"][0], key["referred_table"])
            for key in made.get_foreign_keys(table.name)
        }
        assert enforced == declared


def test_the_newest_revision_is_the_one_that_alembic_ends_at() -> None:
    scripts = ScriptDirectory(str(Path(migrate.__file__).parent))
    assert scripts.get_heads() == [migrate.newest()]


def test_upgrading_again_changes_nothing_and_loses_nothing(any_home: Home) -> None:
    with any_home.engine.begin() as connection:
        connection.execute(text("INSERT INTO seen (source, root_id, fingerprint) VALUES ('spool', 'a', 'b')"))

    upgrade(any_home.engine)

    with any_home.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM seen")).scalar_one() == 1


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_several_may_upgrade_an_empty_database_at_once(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    if database == "postgresql":
        url = request.getfixturevalue("empty_postgresql_url")
    engines = [make_engine(url) for _ in range(4)]

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(upgrade, engines))

    assert _tables(engines[0]) == {*Base.metadata.tables, "alembic_version"}
    for engine in engines:
        engine.dispose()


def test_it_needs_nothing_but_the_packages(tmp_path: Path) -> None:
    script = (
        "import sys; from mochocho.app.migrations.migrate import upgrade; "
        "from mochocho.storage.db import make_engine; "
        "e = make_engine(sys.argv[1]); upgrade(e); e.dispose()"
    )
    url = f"sqlite:///{tmp_path / 'elsewhere.db'}"
    done = subprocess.run([sys.executable, "-c", script, url], cwd=tmp_path, capture_output=True, text=True)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    engine = make_engine(url)
    assert "submission" in _tables(engine)
    engine.dispose()


def _tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())
