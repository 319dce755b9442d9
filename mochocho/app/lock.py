"""One conveyor at a time: an advisory lock on PostgreSQL, a lock file beside an embedded database."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import filelock
from sqlalchemy import Connection, func, select

from mochocho.errors import Transient
from mochocho.home import Home

FILE_NAME = "conveyor.lock"
ADVISORY_KEY = 0x6D6F63686F63686F  # "mochocho": every process of this database must ask for the same one
POLL_SECONDS = 0.2


@contextmanager
def conveyor_lock(home: Home, wait: float = 60.0) -> Iterator[None]:
    """Hold the one conveyor lock of this home; raises Transient when another has it for `wait` seconds."""
    held = _advisory if home.engine.dialect.name == "postgresql" else _file
    with held(home, wait):
        yield


@contextmanager
def _file(home: Home, wait: float) -> Iterator[None]:
    lock = filelock.FileLock(home.settings.home / FILE_NAME, timeout=wait, mode=0o600)
    try:
        lock.acquire(poll_interval=POLL_SECONDS)
    except filelock.Timeout as error:
        raise _busy() from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _advisory(home: Home, wait: float) -> Iterator[None]:
    # Autocommit: the lock is the connection's, and a transaction open that long would hold back vacuum.
    with home.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        _acquire(lambda: _try(connection), wait)
        try:
            yield
        finally:
            connection.execute(select(func.pg_advisory_unlock(ADVISORY_KEY)))


def _try(connection: Connection) -> bool:
    return bool(connection.execute(select(func.pg_try_advisory_lock(ADVISORY_KEY))).scalar_one())


def _acquire(attempt: Callable[[], bool], wait: float) -> None:
    until = time.monotonic() + wait
    while not attempt():
        if time.monotonic() >= until:
            raise _busy()
        time.sleep(POLL_SECONDS)


def _busy() -> Transient:
    return Transient("another mochocho is at work on this home; let it finish, then run this again")
