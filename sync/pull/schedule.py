"""The last look at each server: when it is time for the next one, and what kept it from being whole."""

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
    """What the settings say of the server that this source reads."""
    return next((server for server in home.settings.servers if server.source_key == key), None)


def last(home: Home, key: str) -> Sweep:
    """The last look at a server; an empty one when there was none."""
    with reading(home.engine) as session:
        row = session.get(Sweep, key)
        if row is None:
            return _first(key)
        session.expunge(row)
        return row


def whole_is_due(home: Home, key: str, now: datetime) -> bool:
    """Whether it is time to list everything; also when the clock was put back."""
    settings, sweep = settings_of(home, key), last(home, key)
    return settings is None or not within(sweep.whole_at, now, settings.sweep_seconds)


def is_due(home: Home, key: str, now: datetime) -> bool:
    """Whether it is time to look at all. A server with a problem always is: others say when to try again."""
    settings, sweep = settings_of(home, key), last(home, key)
    if settings is None or sweep.problem is not None or whole_is_due(home, key, now):
        return True
    return not within(sweep.polled_at, now, settings.poll_seconds)


def share_is_due(home: Home, key: str, today: date) -> bool:
    """Whether this day's share of all files has not been compared yet."""
    at = last(home, key).revalidated_at
    return at is None or at.date() != today


def files_are_old(home: Home, key: str, now: datetime, seconds: float) -> bool:
    """Whether it is longer ago that every file was compared."""
    return not within(last(home, key).files_at, now, seconds)


@contextmanager
def kept(home: Home, key: str) -> Iterator[Sweep]:
    """The row to be changed. No stage looks at it, so that nothing counts as written."""
    with transaction(home.engine, counted=False) as session:
        yield _row(session, key)


def failed(home: Home, key: str, error: Exception) -> None:
    """This look was not whole: everything stays as it was, and the reason is told."""
    said = error.said if isinstance(error, MochochoError) else _unexpected(error)
    # Where the database itself is away, there is nobody to tell.
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
