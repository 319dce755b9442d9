"""Tables as portable rows: JSON lines, with the same content and order on SQLite and PostgreSQL."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Connection, Engine, String, Table, func, insert, literal, select, update
from sqlalchemy.sql.elements import ColumnElement

import processing.meetings.tables
import processing.releases.tables
import processing.sittings.tables
import processing.tables  # noqa: F401 - importing them is what registers their tables
import reports.tables  # noqa: F401
import sync.tables  # noqa: F401
from mochocho.app.migrations import migrate
from mochocho.app.tables import (
    NothingDueRow,
    PortalSessionRow,
    PulseRow,
    SignInLinkRow,
    SignInRow,
    UsedTotpRow,
    WorkRow,
)
from mochocho.storage.db import Base, RevisionRow, UtcDateTime

CHUNK = 1 << 20  # approximate bytes of rows in one member
FETCHED = 500  # rows in memory at once
# Leases, failures and pulses belong to this moment and machine: in another home the work is simply due again,
# and people sign in again.
OF_THE_MOMENT = tuple(
    row.__table__
    for row in (
        WorkRow,
        PulseRow,
        NothingDueRow,
        RevisionRow,
        PortalSessionRow,
        SignInRow,
        SignInLinkRow,
        UsedTotpRow,
    )
)
# each after the tables it refers to
TABLES = tuple(t for t in Base.metadata.sorted_tables if t not in OF_THE_MOMENT)
BY_NAME = {table.name: table for table in TABLES}


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of a table, one JSON object a line; `number` counts from 1 within the table."""

    table: str
    number: int
    rows: int
    content: bytes


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection that sees a snapshot of the database."""
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        migrate.current(connection)  # the snapshot is taken by the first statement
        yield connection


def count(connection: Connection) -> int:
    """The number of rows in all tables."""
    return sum(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in TABLES)


def dump(connection: Connection) -> Iterator[Chunk]:
    """Every row of every table, in an order that does not depend on the database."""
    for table in TABLES:
        yield from _dump(connection, table)


def _dump(connection: Connection, table: Table) -> Iterator[Chunk]:
    query = select(table).order_by(*(_sorted(connection, column) for column in table.primary_key))
    found = connection.execute(query, execution_options={"stream_results": True, "yield_per": FETCHED})
    number, lines, size = 1, list[bytes](), 0
    for row in found.mappings():
        lines.append(encode(row))
        size += len(lines[-1])
        if size >= CHUNK:
            yield Chunk(table.name, number, len(lines), b"".join(lines))
            number, lines, size = number + 1, [], 0
    if lines:
        yield Chunk(table.name, number, len(lines), b"".join(lines))


def _sorted(connection: Connection, column: Column[Any]) -> ColumnElement[Any]:
    # SQLite compares bytes; PostgreSQL uses its locale unless told otherwise.
    if connection.dialect.name == "postgresql" and isinstance(column.type, String):
        return column.collate("C")
    return column


def encode(row: Mapping[Any, Any]) -> bytes:
    """One row as a line of ASCII; JSON keeps any text, line ends and NUL included."""
    plain = {
        str(name): value.isoformat() if isinstance(value, date) else value for name, value in row.items()
    }
    return json.dumps(plain, separators=(",", ":")).encode("ascii") + b"\n"


def decode(table: Table, line: bytes) -> dict[str, Any]:
    """The row written by `encode`. Raises ValueError when it does not fit this table."""
    plain = json.loads(line)
    if not isinstance(plain, dict) or list(plain) != table.columns.keys():
        raise ValueError(f"not a row of {table.name}")
    return {name: _value(table.columns[name], value) for name, value in plain.items()}


def _value(column: Column[Any], value: Any) -> Any:
    if value is None or isinstance(column.type, JSON):
        return value
    kind = datetime if isinstance(column.type, UtcDateTime) else column.type.python_type
    if kind in (date, datetime) and isinstance(value, str):
        return kind.fromisoformat(value)
    if type(value) is not kind:
        raise ValueError(f"{column} holds no {kind.__name__}")
    return value


def load(connection: Connection, table: Table, content: bytes) -> int:
    """Insert the rows of a chunk, without references to tables that come later. Returns how many."""
    later = dict.fromkeys(_forward(table))
    rows = [decode(table, line) | later for line in content.splitlines()]
    if rows:
        connection.execute(insert(table), rows)
    return len(rows)


def link(connection: Connection, table: Table, content: bytes) -> None:
    """Set the references that `load` left out; called when every table is filled."""
    for name in _forward(table):
        (key,) = table.primary_key
        for line in content.splitlines():
            row = decode(table, line)
            if row[name] is not None:
                connection.execute(update(table).where(key == row[key.name]).values({name: row[name]}))


def _forward(table: Table) -> list[str]:
    return [column.name for column in table.columns if any(key.use_alter for key in column.foreign_keys)]


def continue_counting(connection: Connection) -> None:
    """Make new rows' numbers continue after those of the loaded rows."""
    if connection.dialect.name != "postgresql":
        return  # SQLite numbers by the rows themselves
    for table in TABLES:
        column = table.autoincrement_column
        if column is not None:
            newest = select(func.max(column)).scalar_subquery()
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            connection.execute(select(func.setval(sequence, func.coalesce(newest, 1), newest.is_not(None))))


def any_rows(connection: Connection) -> bool:
    """Whether any table holds a row."""
    return any(connection.execute(select(literal(1)).select_from(table).limit(1)).first() for table in TABLES)
