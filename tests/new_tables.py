"""All revisions are walked once for a whole process that tests: hundreds of tests make a home on SQLite, and
each would walk them from the first. The later ones get the same statements as the first one ended with.

Tests of the revisions themselves walk them: `mochocho.app.migrations.migrate` as it was, see `walked`.
"""

import sqlite3
from typing import cast

from sqlalchemy import Connection, Engine, inspect

from mochocho.app.migrations import migrate

walked = migrate._walk_up
_SCRIPTS: dict[str, list[str]] = {}  # revision -> statements


def walk_once() -> None:
    """From now on, an empty SQLite database comes to a revision by what SQLite tells of one that is there."""
    migrate._walk_up = _walk_up


def _walk_up(engine: Engine, revision: str) -> None:
    if engine.dialect.name != "sqlite":
        walked(engine, revision)
        return
    with engine.execution_options(writes=True).begin() as connection:  # others wait until it is done
        new = _is_empty(connection)
        for statement in _SCRIPTS.get(revision, ()) if new else ():
            _sqlite(connection).execute(statement)
    if not new:
        walked(engine, revision)
    elif revision not in _SCRIPTS:
        walked(engine, revision)
        with engine.connect() as connection:
            _SCRIPTS[revision] = list(_sqlite(connection).iterdump())[1:-1]  # without BEGIN and COMMIT


def _is_empty(connection: Connection) -> bool:
    return not inspect(connection).get_table_names()


def _sqlite(connection: Connection) -> sqlite3.Connection:
    return cast("sqlite3.Connection", connection.connection.driver_connection)
