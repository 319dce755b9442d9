"""The last pull of each server: when the next one is due, and what kept the last from being complete."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from mochocho.settings.config import Server as Settings
from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from mochocho.words.clocks import within
from mochocho.words.errors import MochochoError
from mochocho.words.sentences import Sentence
from sync.tables import Sweep


def settings_of(home: Home, key: str) -> Settings | None:
    """The settings of the server that this source reads."""
    return next((server for server in home.settings.servers if server.source_key == key), None)


def last(home: Home, key: str) -> Sweep:
    """The last pull of a server; an empty row if there was none."""
    with reading(home.engine) as session:
        row = session.get(Sweep, key)
        if row is None:
            return _first(key)
        session.expunge(row)
        return row


def whole_is_due(home: Home, key: str, now: datetime) -> bool:
    """Whether it is time to list everything; also after the clock was set back."""
    settings, sweep = settings_of(home, key), last(home, key)
    return settings is None or not within(sweep.whole_at, now, settings.sweep_seconds)


def is_due(home: Home, key: str, now: datetime) -> bool:
    """Whether it is time to pull. A server with a problem is always due: retries are limited elsewhere."""
    settings, sweep = settings_of(home, key), last(home, key)
    if settings is None or sweep.problem is not None or whole_is_due(home, key, now):
        return True
    return not within(sweep.polled_at, now, settings.poll_seconds)


def share_is_due(home: Home, key: str, today: date) -> bool:
    """Whether today's share of all files has not been compared yet."""
    at = last(home, key).revalidated_at
    return at is None or at.date() != today


def files_are_old(home: Home, key: str, now: datetime, seconds: float) -> bool:
    """Whether every file was last compared more than `seconds` ago."""
    return not within(last(home, key).files_at, now, seconds)


@contextmanager
def kept(home: Home, key: str) -> Iterator[Sweep]:
    """The row, to be changed. No stage looks at it, so this does not count as a write."""
    with transaction(home.engine, counted=False) as session:
        yield _row(session, key)


def failed(home: Home, key: str, error: Exception) -> None:
    """Note that this pull was not complete: nothing else changes, and the reason is reported."""
    said = error.said if isinstance(error, MochochoError) else _unexpected(error)
    # If the database itself is away, there is no place for a note.
    with suppress(SQLAlchemyError), kept(home, key) as sweep:
        sweep.polled_at = datetime.now(UTC)
        sweep.problem, sweep.problem_th = said.en, said.th
        sweep.problem_since = sweep.problem_since or datetime.now(UTC)


def _unexpected(error: Exception) -> Sentence:
    kind = type(error).__name__
    return Sentence(
        f"เกิดข้อผิดพลาดที่ไม่คาดไว้ ({kind}) ดูรายละเอียดในบันทึกการทำงาน", f"unexpected {kind}; the log has more"
    )


def _row(session: Session, key: str) -> Sweep:
    row = session.get(Sweep, key)
    if row is None:
        row = _first(key)
        session.add(row)
    return row


def _first(key: str) -> Sweep:
    return Sweep(source=key, listed=0, due=0, vanished=0, unlisted=[])
