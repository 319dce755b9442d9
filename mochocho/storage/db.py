"""The database: declarative base, engines, transactions, the UTC time type, insert-or-ignore."""

import os
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    DateTime,
    Dialect,
    Engine,
    MetaData,
    Table,
    TypeDecorator,
    create_engine,
    event,
    exists,
    func,
    select,
    true,
    update,
)
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.pool import ConnectionPoolEntry

from mochocho.storage.closed import Closed
from mochocho.words.errors import Transient

BUSY_TIMEOUT_MS = 30_000


class Base(DeclarativeBase):
    """Base of all tables. Constraint names are fixed, so that migrations can use them on every database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class RevisionRow(Base):
    """One row that counts the transactions a stage may need to look at."""

    __tablename__ = "revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, stored and returned in UTC. Raises ValueError for a naive one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - the base passes it
    ) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - the base passes it
    ) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def is_made(url: str) -> bool:
    """Whether the database exists: merely connecting would create SQLite's file."""
    where = make_url(url)
    return where.get_backend_name() != "sqlite" or not where.database or Path(where.database).exists()


def make_engine(url: str) -> Engine:
    """An engine for this process only: engines are never carried across a fork or spawn."""
    # hide_parameters: errors and debug logs must not repeat what people typed
    engine = create_engine(url, pool_pre_ping=not url.startswith("sqlite"), hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "do_connect", _make_private)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_immediate)
    return engine


def _make_private(_dialect: Dialect, _record: object, args: list[Any], _options: object) -> None:
    # SQLite would create the file with the umask's mode; the WAL takes the mode of its database. Where the
    # file exists or cannot be made, SQLite's own error is better.
    if args[0] != ":memory:":
        with suppress(OSError):
            os.close(os.open(args[0], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver must not begin transactions by itself
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    _switch_to_wal(cursor)
    for pragma in ("foreign_keys=ON", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _switch_to_wal(cursor: DBAPICursor) -> None:
    # When several processes open a new database at once, all but one are refused immediately: SQLite cannot
    # wait for this lock, whatever the busy timeout. The lock is held for milliseconds only.
    for _ in range(BUSY_TIMEOUT_MS // 10):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(0.01)
    raise Transient(
        "ฐานข้อมูลถูกล็อกอยู่ ให้ตรวจว่ามีโปรแกรมอื่นเปิดไฟล์ฐานข้อมูลไว้หรือไม่ แล้วสั่งอีกครั้ง",
        "the database stays locked; is another program using its file?",
    )


def _begin_immediate(connection: Any) -> None:
    # A deferred transaction that starts writing fails at once if another has written in between.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class ClosingRow(Base):
    """Who closed the cycle for writing, and who opened it again; open where every row says so.

    `next`: the settings of the next cycle, '' = not said.
    """

    __tablename__ = "closing"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str]
    next: Mapped[str]
    reopened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reopened_by: Mapped[str | None]
    reopened_for: Mapped[str | None]  # the reason


_CLOSED = ClosingRow.reopened_at.is_(None)
# Made once: every post of a phone asks it, and SQLAlchemy fits the columns of each new statement anew.
_CLOSING = select(ClosingRow.at, ClosingRow.by, ClosingRow.next).where(_CLOSED)


@contextmanager
def transaction(engine: Engine, *, counted: bool = True) -> Iterator[Session]:
    """A short writing transaction: commits at the end, rolls back on any exception. No network inside.

    `counted`: it advances the `revision`. False only for writes that no stage looks at; all others raise
    Closed when the cycle is closed.
    """
    with Session(engine.execution_options(writes=True)) as session, session.begin():
        yield session
        if counted:
            session.flush()
            count(session.connection())


def count(connection: Connection) -> None:
    """Advance the revision. It must be the last statement of a transaction: other writers wait from then on.

    So revisions are in the order of commits: a reader of a revision sees everything written up to it.
    Raises Closed when the cycle is closed: asked in the same statement, whoever wants to write.
    """
    if not _advanced(connection, ~exists().where(_CLOSED)):
        refuse_closed(connection)


def advance(connection: Connection) -> None:
    """As `count`, also where the cycle is closed: for closing, opening and restoring it."""
    _advanced(connection, true())


def _advanced(connection: Connection, where: ColumnElement[bool]) -> bool:
    statement = update(RevisionRow).values(number=RevisionRow.number + 1).where(where)
    return connection.execute(statement).rowcount > 0


def closed(connection: Connection) -> Closed | None:
    """The error of whatever would write into this cycle; None while it is open."""
    row = connection.execute(_CLOSING).first()
    return None if row is None else Closed(row.at, row.by, row.next)


def refuse_closed(connection: Connection) -> None:
    """Raise Closed when the cycle is closed for writing."""
    if error := closed(connection):
        raise error


def revision(engine: Engine) -> int | None:
    """The number of counted transactions: if it is unchanged, nothing was written. None: not known."""
    with reading(engine) as session:
        return session.scalar(select(RevisionRow.number))


@contextmanager
def alone(engine: Engine, lock: int) -> Iterator[Session]:
    """A `transaction` that runs at the same time as no other with this `lock` number."""
    with transaction(engine) as session:
        session.connection()  # begins the transaction; on SQLite no other writer can run from here on
        if engine.dialect.name == "postgresql":
            session.execute(select(func.pg_advisory_xact_lock(lock)))
        yield session


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session for reading; everything read in it is from the same snapshot."""
    if engine.dialect.name == "postgresql":  # by default each statement there has its own snapshot
        engine = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with Session(engine) as session:
        yield session


def insert_or_ignore(
    session: Session, table: type[DeclarativeBase], rows: Sequence[Mapping[str, Any]]
) -> int:
    """Insert rows, skipping those that violate a unique constraint. Returns how many were inserted."""
    if not rows:
        return 0
    target = table.__table__
    assert isinstance(target, Table)  # noqa: S101 - narrows FromClause for mypy
    # Returned rows are counted: psycopg has no row count for a statement that returns the new key.
    statement = (
        _insert(session.get_bind().dialect.name, target)
        .on_conflict_do_nothing()
        .returning(*target.primary_key)
    )
    return sum(len(session.connection().execute(statement, dict(row)).all()) for row in rows)


def _insert(dialect: str, target: Table) -> Any:
    """The INSERT of this database's dialect; SQLAlchemy's other dialects are not loaded."""
    return import_module(f"sqlalchemy.dialects.{dialect}").insert(target)
