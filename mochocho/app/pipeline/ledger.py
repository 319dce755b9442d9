"""The rows of `work`: which process works on what until when, and what failed.

Leases are given only under the conveyor's lock. They save work but are not needed for correctness: every
stage may do an item twice and produces the same rows.
"""

import random
import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from mochocho.app.pipeline.lock import is_held
from mochocho.app.tables import WorkRow
from mochocho.app.terminal.faults import explain
from mochocho.app.terminal.redact import redact
from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from mochocho.words import clocks
from mochocho.words.errors import BadInput, MochochoError, Terminal, Transient
from mochocho.words.sentences import Sentence

QUEUED, RUNNING, FAILED = "queued", "running", "failed"
ITSELF = ""  # the item that stands for a stage which could not even determine what is due
FIRST_REST, LONGEST_REST = 10.0, 3600.0  # seconds before an item is tried again
DEATHS = 3  # of its process, before an item rests like any other failure


class ProcessDied(Transient):
    """The process that worked on an item ended before the item was done."""

    def __init__(self) -> None:
        super().__init__(
            "โปรเซสที่ทำรายการนี้จบไปก่อนทำเสร็จ", "the process that worked on this ended before it was done"
        )


@dataclass(frozen=True, slots=True)
class Chunk:
    """Items of one stage for one process to work on; `lease` identifies this attempt."""

    stage: str
    ids: tuple[str, ...]
    lease: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is stored of an error: a stable code, a sentence, and whether trying again may help."""

    code: str
    said: Sentence
    again: bool


def fault_of(error: Exception) -> Fault:
    """Transient errors and faults of the system are tried again; all others wait for a person."""
    match error:
        case ProcessDied():
            return Fault("worker.died", error.said, again=True)
        case BadInput():
            return Fault(error.code, error.message, again=False)
        case MochochoError():
            return Fault(type(error).__name__.lower(), error.said, again=not isinstance(error, Terminal))
        case OperationalError() | InterfaceError():
            return Fault("database", explain(error)[0], again=True)
        case OSError():
            return Fault("system", explain(error)[0], again=True)
    # Only the kind of fault: its text may quote what an applicant wrote.
    name = type(error).__name__
    said = Sentence(
        f"เกิดข้อผิดพลาดที่ไม่คาดไว้ ({name}) เป็นความบกพร่องของ mochocho ดูรายละเอียดในบันทึกการทำงาน",
        f"unexpected {name}; this is a fault of mochocho, see the log",
    )
    return Fault(f"fault.{name}", said, again=False)


# --- leasing


def claim(
    home: Home, stage: str, due: Sequence[str], size: int, room: int, before: Collection[str] = ()
) -> list[Chunk]:
    """Lease what is due, in order: at most `room` chunks of at most `size` items. Under the conveyor's lock.

    Items that are leased, wait for a person or rest are skipped. An item that failed before gets a chunk of
    its own, so that it cannot make others fail. An item that is no longer due has not failed: a process that
    died may have finished it, or it was withdrawn. `before`: the items leased before `due` was determined;
    those no longer leased have been done since.
    """
    now, longest = _now(), home.settings.workers.lease_seconds
    with transaction(home.engine, counted=False) as session:
        rows = {row.item: row for row in session.scalars(select(WorkRow).where(WorkRow.stage == stage))}
        for item in rows.keys() - set(due):
            if rows[item].state == FAILED or _may_be_tried(rows[item], now, longest):
                session.delete(rows[item])
        new = set(due) - rows.keys() - set(before)
        again = {item for item, row in rows.items() if _may_be_tried(row, now, longest)}
        free = [item for item in due if item in new or item in again]
        groups = _groups(free, {item for item in rows if rows[item].attempts}, size, room)
        chunks = [Chunk(stage, tuple(group), secrets.token_hex(16)) for group in groups]
        until = now + timedelta(seconds=home.settings.workers.lease_seconds)
        fresh = []
        for chunk in chunks:
            for item in chunk.ids:
                if row := rows.get(item):
                    row.state, row.lease, row.until = QUEUED, chunk.lease, until
                else:
                    fresh.append(_row(stage, item, QUEUED, now) | {"lease": chunk.lease, "until": until})
        if fresh:
            session.execute(insert(WorkRow), fresh)
    return chunks


def _may_be_tried(row: WorkRow, now: datetime, lease_seconds: float = LONGEST_REST) -> bool:
    if row.state == RUNNING or row.until is None:
        return False
    return not clocks.still(row.until, now, lease_seconds if row.state == QUEUED else LONGEST_REST)


def _groups(free: Sequence[str], alone: set[str], size: int, room: int) -> list[list[str]]:
    together = [item for item in free if item not in alone]
    groups = [together[start : start + size] for start in range(0, len(together), size)]
    return [*groups, *([item] for item in free if item in alone)][:room]


def begin(home: Home, chunk: Chunk) -> tuple[str, ...]:
    """Mark a chunk as running; returns its items, none if the lease was given to another process.

    Raises ProcessDied where it was running already: the caller holds the lease's lock, so that process is
    gone.
    """
    until = _now() + timedelta(seconds=_longest(home))
    with transaction(home.engine, counted=False) as session:
        rows = session.scalars(select(WorkRow).where(WorkRow.lease == chunk.lease)).all()
        if any(row.state == RUNNING for row in rows):
            raise ProcessDied
        for row in rows:
            row.state, row.until, row.attempts = RUNNING, until, row.attempts + 1
        return tuple(sorted(row.item for row in rows))


def finish(home: Home, chunk: Chunk, failed: Mapping[str, Exception]) -> int:
    """Remove what was done and record what failed, with the reason.

    Returns how many items are still leased.
    """
    with transaction(home.engine, counted=False) as session:
        session.execute(
            delete(WorkRow).where(WorkRow.lease == chunk.lease, WorkRow.item.not_in(list(failed)))
        )
        for row in session.scalars(select(WorkRow).where(WorkRow.lease == chunk.lease)):
            _fail(row, failed[row.item])
        return _leased(home, session, chunk.stage)


def abandon(home: Home, chunk: Chunk, error: Exception) -> int:
    """Record that a chunk failed as a whole:
    it is not known by which item, so each is tried by itself at once.
    """
    with transaction(home.engine, counted=False) as session:
        rows = session.scalars(select(WorkRow).where(WorkRow.lease == chunk.lease)).all()
        for row in rows:
            _fail(row, error)
            if len(rows) > 1 or (isinstance(error, ProcessDied) and row.attempts < DEATHS):
                row.until = _now()
        session.flush()
        return _leased(home, session, chunk.stage)


def give_back(home: Home, chunks: Collection[Chunk]) -> None:
    """Give back leases whose messages could not be sent."""
    with transaction(home.engine, counted=False) as session:
        mine = WorkRow.lease.in_([chunk.lease for chunk in chunks])
        session.execute(delete(WorkRow).where(mine, WorkRow.attempts == 0))
        session.execute(update(WorkRow).where(mine).values(state=FAILED, lease=None, until=_now()))


def reclaim(home: Home) -> list[Chunk]:
    """Take back the leases of dead processes; returns their chunks without items.

    Under the conveyor's lock.
    """
    with reading(home.engine) as session:
        query = select(WorkRow.lease, WorkRow.stage, func.min(WorkRow.until)).where(WorkRow.state == RUNNING)
        running = session.execute(query.group_by(WorkRow.lease, WorkRow.stage)).all()
    now = _now()
    dead = [
        Chunk(stage, (), lease or "")
        for lease, stage, until in running
        if until is None or until <= now or not is_held(home, lease or "")
    ]
    for chunk in dead:
        abandon(home, chunk, ProcessDied())
    return dead


def leased(home: Home, stage: str) -> dict[str, str]:
    """The items of a stage that are queued or running, with their leases."""
    query = select(WorkRow.item, WorkRow.lease).where(WorkRow.stage == stage, _is_leased(home))
    with reading(home.engine) as session:
        return {item: lease or "" for item, lease in session.execute(query)}


def _is_leased(home: Home) -> ColumnElement[bool]:
    # An expired lease does not count: its items must be sent again (`clocks.still`).
    now = _now()
    last = now + timedelta(seconds=home.settings.workers.lease_seconds)
    return (WorkRow.state == RUNNING) | (
        (WorkRow.state == QUEUED) & (WorkRow.until > now) & (WorkRow.until <= last)
    )


def _leased(home: Home, session: Session, stage: str) -> int:
    return session.scalar(select(func.count()).where(WorkRow.stage == stage, _is_leased(home))) or 0


def _longest(home: Home) -> float:
    return home.settings.workers.chunk_seconds + 60  # by then the worker has ended the process itself


# --- without leases


def record(home: Home, stage: str, done: Collection[str], failed: Mapping[str, Exception]) -> None:
    """Record the results of items that were done without a lease. Under the conveyor's lock."""
    with transaction(home.engine, counted=False) as session:
        rows = {row.item: row for row in session.scalars(select(WorkRow).where(WorkRow.stage == stage))}
        for item in rows.keys() & set(done) - failed.keys():
            session.delete(rows[item])
        for item, error in failed.items():
            row = rows.get(item)
            if row is None:
                row = WorkRow(**_row(stage, item, FAILED, _now()))
                session.add(row)
            row.attempts += 1
            _fail(row, error)


def resting(home: Home, stage: str) -> set[str]:
    """The failed items that are not to be tried now: they wait for a person, or rest for a while."""
    now = _now()
    with reading(home.engine) as session:
        rows = session.scalars(select(WorkRow).where(WorkRow.stage == stage, WorkRow.state == FAILED))
        return {row.item for row in rows if not _may_be_tried(row, now)}


def again_at(row: WorkRow) -> datetime | None:
    """When a failed item is tried again; a past time means at once, None that it waits for a person."""
    now = _now()
    return now if row.until is not None and _may_be_tried(row, now) else row.until


def _row(stage: str, item: str, state: str, now: datetime) -> dict[str, object]:
    return {
        "stage": stage, "item": item, "state": state, "lease": None,
        "attempts": 0, "code": "", "message": "", "message_th": "", "since": now, "until": None,
    }  # fmt: skip


def _fail(row: WorkRow, error: Exception) -> None:
    fault = fault_of(error)
    row.state, row.lease = FAILED, None
    row.code, row.message, row.message_th = fault.code, redact(fault.said.en), redact(fault.said.th)
    row.until = _now() + _rest(row.attempts) if fault.again else None


def _rest(attempts: int) -> timedelta:
    """The time to rest: exponential, with jitter,
    so that items that failed together are not retried together.
    """
    seconds = min(LONGEST_REST, FIRST_REST * 2 ** min(max(attempts - 1, 0), 12))
    return timedelta(seconds=seconds * random.uniform(0.5, 1.0))  # noqa: S311 - nothing secret


# --- what a person asks


def replay(home: Home, stage: str | None = None, item: str | None = None) -> int:
    """Have failures tried again at the next run: everything, one stage, one item. Returns how many."""
    statement = delete(WorkRow).where(WorkRow.state == FAILED).returning(WorkRow.item)
    if stage is not None:
        statement = statement.where(WorkRow.stage == stage)
    if item is not None:
        statement = statement.where(WorkRow.item == item)
    with transaction(home.engine, counted=False) as session:
        return len(session.execute(statement).all())


def under_way(session: Session) -> list[tuple[str, int, int]]:
    """What workers are at: each stage, how many of its items are being done, and how many wait for that."""
    running = func.count().filter(WorkRow.state == RUNNING)
    query = select(WorkRow.stage, running, func.count().filter(WorkRow.state == QUEUED))
    found = query.where(WorkRow.state != FAILED).group_by(WorkRow.stage).order_by(WorkRow.stage)
    return [(stage, now, then) for stage, now, then in session.execute(found)]


def everything(session: Session) -> Iterator[WorkRow]:
    """Every row, by stage and item."""
    yield from session.scalars(select(WorkRow).order_by(WorkRow.stage, WorkRow.item))


def _now() -> datetime:
    return datetime.now(UTC)
