"""Real messages of databases, and what they mean for a home."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from mochocho.app.terminal.faults import NEEDS_A_PERSON, TRY_AGAIN, explain
from mochocho.storage.db import make_engine


def refusal(engine: Engine, statement: str) -> tuple[str, int]:
    try:
        with pytest.raises(SQLAlchemyError) as refused, engine.connect() as connection:
            connection.execute(text(statement))
    finally:
        engine.dispose()
    said, status = explain(refused.value)
    return str(said), status


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "mochocho.db"
    path.write_bytes(b"this is a letter, not a database" * 100)
    said, status = refusal(make_engine(f"sqlite:///{path}"), "SELECT 1")
    assert ("mochocho restore" in said, status) == (True, NEEDS_A_PERSON)


def test_tables_that_are_not_there(tmp_path: Path) -> None:
    said, status = refusal(make_engine(f"sqlite:///{tmp_path}/mochocho.db"), "SELECT * FROM officer")
    assert ("mochocho status" in said, status) == (True, NEEDS_A_PERSON)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    said, status = refusal(make_engine(f"sqlite:///{tmp_path}/none/mochocho.db"), "SELECT 1")
    assert ("home" in said, status) == (True, NEEDS_A_PERSON)


def test_one_that_another_program_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mochocho.storage.db.BUSY_TIMEOUT_MS", 10)
    path = tmp_path / "mochocho.db"
    engine = make_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        said, status = refusal(engine.execution_options(writes=True), "SELECT 1")
    other.close()
    assert status == TRY_AGAIN
    assert said


@pytest.mark.parametrize(
    ("change", "words", "status"),
    [
        ({"port": 1}, "database_url", TRY_AGAIN),
        ({"database": "none_of_this_name"}, "database_url", NEEDS_A_PERSON),
        ({"username": "nobody_of_this_name"}, "database_url", NEEDS_A_PERSON),
    ],
    ids=["away", "no database", "no user"],
)
def test_what_postgresql_says(
    postgresql_url: str, change: dict[str, object], words: str, status: int
) -> None:
    url = make_url(postgresql_url).set(**change)  # type: ignore[arg-type] # its parts by name
    said, found = refusal(make_engine(url.render_as_string(hide_password=False)), "SELECT 1")
    assert (words in said, found) == (True, status)
