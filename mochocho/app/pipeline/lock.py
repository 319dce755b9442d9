"""Locks for one conveyor at a time and one process per lease: PostgreSQL advisory locks, or a lock file."""

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import filelock
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError

from mochocho.storage.home import Home
from mochocho.words.errors import Transient

FILE_NAME = "conveyor.lock"
ADVISORY_KEY = 0x6D6F63686F63686F  # "mochocho": every process of this database must use the same number
POLL_SECONDS = 0.2


@contextmanager
def conveyor_lock(home: Home, wait: float = 60.0) -> Iterator[None]:
    """Hold the conveyor lock of this home;
    raises Transient when another process holds it for `wait` seconds.
    """
    held = _advisory if home.engine.dialect.name == "postgresql" else _file
    with held(home, wait):
        yield


@contextmanager
def lease_lock(home: Home, lease: str) -> Iterator[bool]:
    """Hold the lock of a lease (PostgreSQL); False when another process holds it.

    The database releases it the moment the holding process is gone: a lease that is marked running and not
    locked is one whose process died.
    """
    key = _key(lease)
    with _alone(home) as connection:
        if not _try(connection, key):
            yield False
            return
        try:
            yield True
        finally:
            _release(connection, key)


def is_held(home: Home, lease: str) -> bool:
    """Whether a process is working on this lease now."""
    with lease_lock(home, lease) as free:
        return not free


def _key(lease: str) -> int:
    return int.from_bytes(hashlib.sha256(lease.encode()).digest()[:8], signed=True)


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
    with _alone(home) as connection:
        _acquire(lambda: _try(connection, ADVISORY_KEY), wait)
        try:
            yield
        finally:
            _release(connection, ADVISORY_KEY)


@contextmanager
def _alone(home: Home) -> Iterator[Connection]:
    # Autocommit: the lock belongs to the connection, and a transaction open that long would hold back vacuum.
    with home.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield connection


def _try(connection: Connection, key: int) -> bool:
    return bool(connection.execute(select(func.pg_try_advisory_lock(key))).scalar_one())


def _release(connection: Connection, key: int) -> None:
    try:
        connection.execute(select(func.pg_advisory_unlock(key)))
    except DBAPIError:  # the connection is gone, and with it the lock
        connection.invalidate()


def _acquire(attempt: Callable[[], bool], wait: float) -> None:
    until = time.monotonic() + wait
    while not attempt():
        if time.monotonic() >= until:
            raise _busy()
        time.sleep(POLL_SECONDS)


def _busy() -> Transient:
    return Transient(
        "มี mochocho อื่นทำงานกับที่เก็บนี้อยู่ ให้รอจนเสร็จ แล้วสั่งอีกครั้ง",
        "another mochocho is at work on this home; let it finish, then run this again",
    )
