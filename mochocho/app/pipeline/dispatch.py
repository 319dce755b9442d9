"""The conveyor for workers: `tick` leases what is due and sends it out in chunks, `work_on` does one chunk.

Both are independent of the message broker. Nothing waits for results: a chunk whose message is lost is due
again when its lease expires, and one whose process died at the next tick.
"""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime

from mochocho.app import pulses
from mochocho.app.pipeline import held_back, ledger, skip_cache
from mochocho.app.pipeline.conveyor import STAGES, Outcome, Stage, stage_named
from mochocho.app.pipeline.ledger import Chunk, ProcessDied
from mochocho.app.pipeline.leftovers import sweep_now_and_then
from mochocho.app.pipeline.lock import conveyor_lock, lease_lock
from mochocho.storage.db import reading, refuse_closed
from mochocho.storage.home import Home
from mochocho.words.errors import Transient

AHEAD = 64  # chunks of a stage that are queued or running; below half of it more are sent

log = logging.getLogger(__name__)
Send = Callable[[Chunk], None]


def tick(home: Home, send: Send, *, pulling: bool = True) -> int:
    """Lease and send what is due, stage by stage; returns the number of chunks. `pulling`: pull sources too.

    Only one process at a time: raises Transient when another is doing it, Closed when the cycle is closed.
    """
    sent = 0
    with reading(home.engine) as session:
        refuse_closed(session.connection())
    with conveyor_lock(home, wait=0):
        sweep_now_and_then(home)
        for chunk in ledger.reclaim(home):
            _tell_death(chunk)
        for stage in STAGES if pulling else STAGES[1:]:
            chunks, busy = _hand_out(home, stage, send)
            sent += chunks
            if stage.barrier and (chunks or busy):
                break
        pulses.note(home, pulses.CONVEYOR, datetime.now(UTC))
    return sent


def _hand_out(home: Home, stage: Stage, send: Send) -> tuple[int, bool]:
    """Returns the number of chunks sent, and whether any were queued or running before."""
    leased = ledger.leased(home, stage.name)
    busy = len(set(leased.values()))
    size = stage.chunk(home.settings.workers) if stage.chunk else None
    room = AHEAD - busy if size else 1 - busy
    if busy > AHEAD / 2 or room <= 0:
        return 0, True
    if not stage.rested(home):
        return 0, False
    try:
        every = skip_cache.look(home, stage.name, stage.due)
        held = held_back.of_stage(home, stage.name) if every else set()
        due = [one for one in every if one not in held]
    except Exception as error:
        log.warning("%s: what is due cannot be told: %s", stage.name, ledger.fault_of(error).said)
        ledger.record(home, stage.name, (), {ledger.ITSELF: error})
        return 0, True  # whatever later stages made would rest on unknown input
    chunks = ledger.claim(home, stage.name, due, size or max(len(due), 1), room, leased)
    _send(home, chunks, send)
    if chunks:
        log.info("%s: %d due, sent %d chunks", stage.name, len(due), len(chunks))
    return len(chunks), busy > 0


def _send(home: Home, chunks: list[Chunk], send: Send) -> None:
    for number, chunk in enumerate(chunks):
        try:
            send(chunk)
        except Exception as error:
            ledger.give_back(home, chunks[number:])
            kind = type(error).__name__
            raise Transient(
                f"Redis ไม่รับข้อความ ({kind}) ให้ตรวจว่า Redis ทำงานอยู่",
                f"the broker took no message ({kind}); is it running?",
            ) from error


def work_on(home: Home, chunk: Chunk) -> bool:
    """Do one chunk, unless another process does or has done it. True when a later stage may now have work."""
    with lease_lock(home, chunk.lease) as mine:
        if not mine:
            log.info("%s: %s is being worked on elsewhere", chunk.stage, chunk.lease)
            return False
        try:
            ids = ledger.begin(home, chunk)
        except ProcessDied as error:
            _tell_death(chunk)
            ledger.abandon(home, chunk, error)
            return True
        return bool(ids) and _attempt(home, Chunk(chunk.stage, ids, chunk.lease))


def _tell_death(chunk: Chunk) -> None:
    # Where the work was done and only its record was missing, the ledger forgets it at once.
    log.warning("%s: the process that worked on %s ended before it was done", chunk.stage, chunk.lease)


def _attempt(home: Home, chunk: Chunk) -> bool:
    log.info("%s: begins %d items as %s", chunk.stage, len(chunk.ids), chunk.lease)
    began = time.monotonic()
    try:
        outcome: Outcome = stage_named(chunk.stage).do(home, chunk.ids, None)
    except Exception as error:  # any fault: the worker goes on, and the ledger records it
        fault = ledger.fault_of(error)
        # The traceback may quote what an applicant wrote; the place is enough for finding a fault of ours.
        log.error("%s: %d items failed: %s", chunk.stage, len(chunk.ids), fault.said)
        log.debug("%s", chunk.stage, exc_info=True)
        return ledger.abandon(home, chunk, error) == 0
    took = time.monotonic() - began
    for item, reason in outcome.failed.items():
        log.warning("%s: %s failed: %s", chunk.stage, item, ledger.fault_of(reason).said)
    left = ledger.finish(home, chunk, outcome.failed)
    log.info("%s: did %d items in %.3f s, %d are still leased", chunk.stage, len(chunk.ids), took, left)
    return outcome.changed and left == 0
