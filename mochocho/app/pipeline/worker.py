"""Celery: it only wakes workers; what there is to do is in the database. Only this module imports Celery.

Losing the broker loses nothing: no result, state or order is kept there.
"""

import os
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from celery import Celery
from celery.exceptions import Reject, SecurityWarning
from celery.schedules import schedule
from celery.signals import setup_logging
from kombu.entity import Exchange, Queue
from kombu.exceptions import OperationalError

from mochocho.app.pipeline import dispatch, ledger
from mochocho.app.pipeline.conveyor import STAGES
from mochocho.app.pipeline.ledger import Chunk
from mochocho.settings.config import Settings
from mochocho.storage.home import Home, open_home
from mochocho.words.errors import Terminal, Transient

TICK = "mochocho.tick"
BESIDE = "mochocho.beside"
# Queues of their own, so that neither a tick nor what a person asked for waits behind the work.
TICKS, WORK, ASKED = "mochocho.tick", "mochocho.work", "mochocho.asked"
CONNECT_SECONDS = 5
AWAY_SECONDS = 2


@setup_logging.connect  # type: ignore[untyped-decorator] # celery has no types
def _keep_our_log(**_: Any) -> None:
    """Celery sets up no log of its own while this is connected: ours masks tokens and people's numbers."""


class _Every(schedule):  # type: ignore[misc] # celery has no types
    """Celery's schedule waits for years if a clock that ran ahead is corrected while beat runs;
    this does not.
    """

    def remaining_estimate(self, last_run_at: datetime) -> timedelta:
        remaining: timedelta = super().remaining_estimate(last_run_at)
        longest: timedelta = self.run_every
        return min(remaining, longest)


def task_name(stage: str) -> str:
    """A fixed name, so that moving a module changes no message."""
    return f"mochocho.{stage}"


@dataclass(frozen=True, slots=True)
class Beside:
    """Work beside the stages, by numbers: what waits for somebody, and who does one of them once."""

    waiting: Callable[[Home], Sequence[int]]
    do: Callable[[Home, int], None]


class _Opened:
    """The home, opened anew in each process: an engine is never carried across a fork."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._home: Home | None = None
        self._pid = 0

    def __call__(self) -> Home:
        if self._home is None or self._pid != os.getpid():
            self._home, self._pid = replace(open_home(self._settings), processors=1), os.getpid()
        return self._home


def make_app(settings: Settings, beside: Beside | None = None, **overrides: Any) -> Celery:
    """The app of one home. `beside`: of whoever works, None for one that only sends; `overrides`: settings of
    Celery. Raises Terminal without broker or PostgreSQL.
    """
    _check(settings)
    app = Celery("mochocho", broker=settings.workers.broker, set_as_current=False)
    app.conf.update(_configuration(settings) | overrides)
    home = _Opened(settings)

    def send(chunk: Chunk) -> None:
        app.send_task(
            task_name(chunk.stage),
            args=[list(chunk.ids), chunk.lease],
            expires=settings.workers.lease_seconds,
        )

    def look(pulling: bool) -> None:
        for number in beside.waiting(home()) if beside else ():
            send_beside(app, number)
        dispatch.tick(home(), send, pulling=pulling)

    if beside:
        app.task(name=BESIDE, shared=False)(_beside_task(beside, home))
    app.task(name=TICK, shared=False)(_quietly(look))
    for stage in STAGES:
        app.task(name=task_name(stage.name), shared=False)(_chunk_task(app, stage.name, home))
    return app


def _check(settings: Settings) -> None:
    if not settings.distributed:
        raise Terminal(
            "workers.broker_url: ยังไม่ได้ระบุ Redis ที่ปลุก worker เช่น redis://host:6379/0",
            "workers.broker_url: name the Redis that wakes the workers, redis://host:6379/0",
        )
    if not settings.url.startswith("postgresql"):
        raise Terminal(
            "database_url: worker ต้องใช้ PostgreSQL ส่วน SQLite ใช้ได้กับโปรเซสเดียว",
            "database_url: workers need PostgreSQL; SQLite is for one process",
        )


def _configuration(settings: Settings) -> dict[str, Any]:
    workers = settings.workers
    return {
        "accept_content": ["json"],
        "task_serializer": "json",
        "task_ignore_result": True,
        "result_backend": None,
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "worker_prefetch_multiplier": 1,
        "task_time_limit": workers.chunk_seconds,
        # The typesetter's memory grows by some kilobytes per dossier, and its process may live for a season.
        "worker_max_memory_per_child": workers.process_mb * 1024,  # KiB
        "task_queues": tuple(_queue(name) for name in (TICKS, WORK, ASKED)),
        "task_default_queue": WORK,
        "task_routes": {TICK: {"queue": TICKS}, BESIDE: {"queue": ASKED}},
        "task_publish_retry_policy": {"max_retries": 1, "interval_start": 0.2},
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        "broker_transport_options": {
            # Longer than the longest chunk, so that what is being worked on is not delivered again. The
            # lease's lock would refuse it, but a worker would have been woken for nothing.
            "visibility_timeout": workers.chunk_seconds + 300,
            "socket_connect_timeout": CONNECT_SECONDS,
        },
        "worker_redirect_stdouts": False,
        "enable_utc": True,
        "beat_scheduler": "celery.beat:Scheduler",  # in memory: the database knows what is due
        "beat_schedule": {
            "look": {
                "task": TICK,
                "schedule": _Every(workers.tick_seconds),
                "args": [True],
                "options": {"expires": workers.tick_seconds},
            }
        },
    }


def _queue(name: str) -> Queue:
    return Queue(name, Exchange(name, type="direct"), routing_key=name)  # type: ignore[no-untyped-call] # kombu's


def _quietly(look: Callable[[bool], None]) -> Callable[[bool], None]:
    def tick(pulling: bool) -> None:
        """Look for what is due; it is no fault if another process does it already, or the broker is away."""
        try:
            look(pulling)
        except Transient as error:
            dispatch.log.info("tick: %s", error)
        except Exception as error:
            dispatch.log.warning("tick: %s; the next one tries again", ledger.fault_of(error).said)

    return tick


def _chunk_task(app: Celery, stage: str, home: Callable[[], Home]) -> Callable[[Sequence[str], str], None]:
    def work(ids: Sequence[str], lease: str) -> None:
        try:
            more = dispatch.work_on(home(), Chunk(stage, tuple(ids), lease))
        except Exception as error:
            if not ledger.fault_of(error).again:
                raise
            dispatch.log.warning("%s: %s; the message goes back", stage, ledger.fault_of(error).said)
            time.sleep(AWAY_SECONDS)  # otherwise a restarting database would find every message consumed
            raise Reject(error, requeue=True) from error
        if more:
            nudge(app)

    return work


def _beside_task(beside: Beside, home: Callable[[], Home]) -> Callable[[int], None]:
    def work(number: int) -> None:
        beside.do(home(), number)

    return work


def nudge(app: Celery, *, pulling: bool = False) -> None:
    """Have a worker look for what is due now. Raises nothing, since beat does the same a moment later."""
    try:
        app.send_task(TICK, args=[pulling], expires=app.conf.beat_schedule["look"]["options"]["expires"])
    except Exception as error:
        dispatch.log.info("no nudge: %s", type(error).__name__)


def send_beside(app: Celery, number: int) -> None:
    """Have a worker do this piece of work beside the stages. Raises nothing: the next tick sends it again."""
    try:
        app.send_task(BESIDE, args=[number], expires=app.conf.beat_schedule["look"]["options"]["expires"])
    except Exception as error:
        dispatch.log.info("work %d waits for the next tick: %s", number, type(error).__name__)


def start_work(app: Celery) -> None:
    """Have a worker look for what is due and pull sources. Raises Transient when the broker is away."""
    try:
        app.send_task(TICK, args=[True])
    except OperationalError as error:
        raise Transient(
            "Redis ไม่รับข้อความ ให้ตรวจว่า Redis ทำงานอยู่ และ workers.broker_url ถูกต้อง",
            "the broker took no message; is it running, and is workers.broker_url right?",
        ) from error


def work(app: Celery, concurrency: int) -> int:
    """Be a worker with this many processes until told to stop. Returns the exit status."""
    # Each process is to keep one core busy; the typesetter in one would use them all.
    os.environ.setdefault("RAYON_NUM_THREADS", "1")
    _expect_a_group_without_a_name()
    worker = app.Worker(
        concurrency=concurrency, pool="prefork", queues=[TICKS, WORK, ASKED],
        quiet=True, without_gossip=True, without_mingle=True, without_heartbeat=True,
    )  # fmt: skip
    worker.start()
    return int(worker.exitcode or 0)


def _expect_a_group_without_a_name() -> None:
    """In a container no file names the owner's group, and Celery takes such a group for root's."""
    if hasattr(os, "geteuid") and os.geteuid() != 0:
        warnings.filterwarnings("ignore", category=SecurityWarning)


def beat(app: Celery) -> None:
    """Send a tick every `tick_seconds` until told to stop. A second sender does no harm."""
    app.Beat(quiet=True).run()
