"""The province of a fault test: a copy of a station, its workers, their output, and what must hold."""

import contextlib
import json
import re
import secrets
import shutil
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import psutil
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from mochocho.app import pulses
from mochocho.app.pipeline import ledger
from mochocho.app.status.metrics import to_prometheus
from mochocho.app.status.shown import to_json
from mochocho.app.status.status_figures import look
from mochocho.app.tables import WorkRow
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from tests.e2e import small_province
from tests.faults import evidence
from tests.faults.stations import Stations
from tests.servers import PostgreSQL, Redis
from tests.workers import COMMAND, ROOT, Workers, opened, write_settings

PATIENCE = 100.0
BEGINS = re.compile(r"dispatch: (\w+): begins \d+ items as (\w+)")
DIED = "the process that worked on {} ended before it was done"
ENDS = re.compile(r"dispatch: (\w+): (?:did (\d+) items in|\d+ items failed)")
T = TypeVar("T")


class Office:
    """One home on PostgreSQL and Redis, that nobody works for yet; `settings` are those of [workers]."""

    def __init__(
        self,
        stations: Stations,
        station: str,
        folder: Path,
        postgresql: PostgreSQL,
        redis: Redis,
        **settings: float,
    ) -> None:
        self.folder, self.stations, self.postgresql, self.redis = folder, stations, postgresql, redis
        self.database = f"office_{secrets.token_hex(6)}"
        postgresql.copy(f"station_{station}", self.database)
        shutil.copytree(stations.folder / station, folder)
        redis.flush()
        write_settings(folder, postgresql.url(self.database), redis.url, **settings)
        self.home: Home = opened(folder)

    def close(self) -> None:
        self.home.engine.dispose()
        self.postgresql.drop(self.database)
        shutil.rmtree(self.folder)

    # --- what its people see

    def mochocho(self, *words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        """One command to its end, whatever its exit status."""
        return subprocess.run(
            [*COMMAND, "--config", str(self.folder / "mochocho.toml"), *words],
            cwd=ROOT, env=small_province.environment(**environment), stdin=subprocess.DEVNULL,
            capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip

    def answer(self, *words: str) -> str:
        """What a command prints that does what it is asked."""
        done = self.mochocho(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def status(self) -> dict[str, Any]:
        """What `status --json` says."""
        told: dict[str, Any] = json.loads(to_json(look(self.home)))
        return told | {"stages": {stage["name"]: stage for stage in told["stages"]}}

    def metrics(self) -> dict[str, float]:
        """What `status --prometheus` says: sample with its labels -> value."""
        lines = to_prometheus(look(self.home), datetime.now(UTC)).splitlines()
        return {
            name: float(value)
            for name, value in (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
        }

    def looked_at(self) -> datetime:
        with reading(self.home.engine) as session:
            at = pulses.last(session, pulses.CONVEYOR)
        assert at is not None
        return at

    def work(self) -> list[tuple[str, str, str]]:
        """(stage, state, code) of every row of the ledger."""
        with reading(self.home.engine) as session:
            found = session.execute(select(WorkRow.stage, WorkRow.state, WorkRow.code))
            return [(stage, state, code) for stage, state, code in found]

    def runs(self, lease: str) -> bool:
        """The ledger has this lease as being worked on."""
        with reading(self.home.engine) as session:
            states = select(WorkRow.state).where(WorkRow.lease == lease)
            return ledger.RUNNING in session.scalars(states).all()

    # --- what must hold

    def check(self, *, longer_history: bool = False) -> None:
        """The same papers as undisturbed, nothing lost, nothing twice, nothing left over."""
        differ = evidence.differences(
            evidence.rows(self.home), self.stations.rows, longer_history=longer_history
        )
        assert differ == []
        packet = self.folder / "home" / "packet"
        assert small_province.papers(packet) == self.stations.papers
        # What is not of this packet: a half-made one, the name of one not yet written.
        assert {path.name for path in packet.iterdir()} == set(self.stations.papers)
        # Sources are looked at for ever: the last look may have found nobody to do it.
        assert [row for row in self.work() if row[:2] != ("pull", ledger.QUEUED)] == []
        assert list((self.folder / "home" / "cache" / "jobs").iterdir()) == []
        told = self.status()
        assert {name: s["due"] for name, s in told["stages"].items() if s["due"] or s["failed"]} == {}


class Watch:
    """Looks at the ledger while a test goes on: `seen` are the stages and codes of what failed."""

    def __init__(self, office: Office) -> None:
        self._office, self._over = office, threading.Event()
        self.seen: set[tuple[str, str]] = set()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.02):
            with contextlib.suppress(DBAPIError):  # the database may be away
                self.seen |= {(stage, code) for stage, _, code in self._office.work() if code}


class Log:
    """What the workers of an office have begun and done, as their logs tell."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def busy(self, worker: int) -> tuple[str, str] | None:
        """The stage and lease that this worker is at; of one whose child was killed, that it was at."""
        at: tuple[str, str] | None = None
        for line in self._lines(worker):
            if begins := BEGINS.search(line):
                at = begins[1], begins[2]
            elif ENDS.search(line):
                at = None
        return at

    def latest(self, stage: str) -> tuple[str, int]:
        """When a chunk of this stage was begun last, and the number of the worker."""
        numbers = (int(path.stem.partition("-")[2]) for path in self._folder.glob("worker-*.log"))
        return max(
            (line[:23], number)
            for number in numbers
            for line in self._lines(number)
            if (begins := BEGINS.search(line)) and begins[1] == stage
        )

    def begun(self, stage: str) -> int:
        """How many chunks of this stage were begun."""
        return sum(
            (begins := BEGINS.search(line)) is not None and begins[1] == stage for line in self._lines()
        )

    def done(self) -> Counter[str]:
        """Stage -> how many items were done, by all workers together; pulls apart, as they are endless."""
        counted = Counter[str]()
        for line in self._lines():
            if (ends := ENDS.search(line)) and ends[2] and ends[1] != "pull":
                counted[ends[1]] += int(ends[2])
        return counted

    def says(self, text: str) -> int:
        """How many lines hold this."""
        return sum(text in line for line in self._lines())

    def _lines(self, worker: int | None = None) -> list[str]:
        paths = sorted(self._folder.glob("worker-*.log" if worker is None else f"worker-{worker}.log"))
        return [line for path in paths for line in path.read_text("utf-8").splitlines()]


def at_work(workers: Workers, stage: str, before: int = 0) -> int:
    """Wait until one more worker than `before` has come to this stage, and is at it; its number."""
    log = Log(workers.folder)

    def found() -> int | None:
        if log.begun(stage) <= before:
            return None
        _, number = log.latest(stage)
        busy = log.busy(number)
        return number if busy and busy[0] == stage else None

    return until(found, PATIENCE, lambda: f"nobody came to {stage}\n{workers.logs()}", pause=0.005)


def until(look: Callable[[], T | None], seconds: float, tell: Callable[[], str], *, pause: float = 0.05) -> T:
    """Look until there is something, 0 included; fails with `tell`."""
    end = time.monotonic() + seconds
    while (found := look()) is None or found is False:
        assert time.monotonic() < end, tell()
        time.sleep(pause)
    return found


def child_of(worker: psutil.Popen) -> psutil.Process:
    """The process that does the work of a worker of one process."""
    (child,) = worker.children()
    found: psutil.Process = child
    return found
