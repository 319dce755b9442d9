"""A home on PostgreSQL with worker processes: settings, workers, beat, waiting for the end.

with Workers(folder, count=2) as workers:   # `folder` holds mochocho.toml, see `write_settings`
    workers.drain()                         # until nothing is due, queued or running
    workers.processes[0].kill()             # a worker's main process; its `children()` do the work
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

import psutil

from mochocho.app.status.status_figures import Status, look
from mochocho.settings.config import load_settings
from mochocho.storage.home import Home, open_home
from tests import needs

ROOT = Path(__file__).parents[1]
COMMAND = (sys.executable, "-m", "mochocho.app.commands.cli")
REDIS = "MOCHOCHO_TEST_REDIS"  # URL of a server whose databases may be emptied


def write_settings(folder: Path, database_url: str, broker_url: str, **workers: float) -> None:
    """Have the home of `folder` (it has a mochocho.toml already) work on PostgreSQL, through workers."""
    file = folder / "mochocho.toml"
    text = file.read_text("utf-8")
    assert "workers" not in tomllib.loads(text)
    settings = {"tick_seconds": 0.5, "lease_seconds": 20, "packet_rest_seconds": 0, **workers}
    lines = "".join(f"{name} = {value}\n" for name, value in settings.items())
    file.write_text(
        f'database_url = "{database_url}"\n{text}\n[workers]\nbroker_url = "{broker_url}"\n{lines}', "utf-8"
    )


def opened(folder: Path) -> Home:
    return open_home(load_settings(folder / "mochocho.toml"))


class Workers:
    """`count` workers of one process each and `beats` beats, of the home whose settings lie in `folder`.

    What they log is in `folder/worker-<n>.log`, `folder/beat-<n>.log`.
    """

    def __init__(self, folder: Path, count: int = 2, *, beats: int = 1, concurrency: int = 1) -> None:
        self.folder = folder
        self.processes: list[psutil.Popen] = []
        self.beats: list[psutil.Popen] = []
        self._count, self._beats, self._concurrency = count, beats, concurrency

    def __enter__(self) -> "Workers":
        for _ in range(self._count):
            self.start_worker()
        for _ in range(self._beats):
            self.start_beat()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        ending = [(process, _told_to_end(process)) for process in (*self.beats, *self.processes)]
        for process, family in ending:
            _end(process, family)

    def start_worker(self) -> psutil.Popen:
        name = f"worker-{len(self.processes)}"
        process = self._start(name, "worker", "--concurrency", str(self._concurrency))
        self.processes.append(process)
        return process

    def start_beat(self) -> psutil.Popen:
        process = self._start(f"beat-{len(self.beats)}", "beat")
        self.beats.append(process)
        return process

    def _start(self, name: str, *words: str) -> psutil.Popen:
        with (self.folder / f"{name}.log").open("ab") as log:
            return psutil.Popen(
                [*COMMAND, "-v", "--config", str(self.folder / "mochocho.toml"), *words],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(ROOT)])},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def children(self) -> list[psutil.Process]:
        """The processes that do the work, of every worker that lives."""
        return [child for process in self.processes if process.is_running() for child in _children(process)]

    def drain(self, seconds: float = 300) -> Status:
        """Wait until nothing is due, queued or running any more; what failed for good does not count."""
        home = opened(self.folder)
        try:
            return wait_for(lambda: look(home), is_idle, seconds, self.logs)
        finally:
            home.engine.dispose()

    def logs(self) -> str:
        return "\n".join(f"--- {p.name}\n{p.read_text('utf-8')}" for p in sorted(self.folder.glob("*.log")))


def is_idle(now: Status) -> bool:
    """Nothing to do and nobody at it. What failed and is tried again is still to be done."""
    return all(
        not (stage.due or stage.queued or stage.running or any(f.again for f in stage.failed))
        for stage in now.stages
    )


def wait_for(
    look_now: Callable[[], Status],
    true: Callable[[Status], bool],
    seconds: float,
    tell: Callable[[], str] = str,
) -> Status:
    """Look until `true`, twice in a row; fails with what was seen last."""
    until, in_a_row = time.monotonic() + seconds, 0
    while True:
        now = look_now()
        in_a_row = in_a_row + 1 if true(now) else 0
        if in_a_row == 2:
            return now
        assert time.monotonic() < until, f"not within {seconds} s: {now.stages}\n{tell()}"
        time.sleep(0.3)


def broker_url() -> str:
    """The test server, or skip."""
    if not os.environ.get(REDIS):
        needs.absent(f"{REDIS} names no Redis server")
    return os.environ[REDIS]


def _children(process: psutil.Process) -> Sequence[psutil.Process]:
    try:
        found: Sequence[psutil.Process] = process.children(recursive=True)
    except psutil.NoSuchProcess:
        return ()
    return found


def _told_to_end(process: psutil.Popen) -> list[psutil.Process]:
    """Ask a worker or a beat to end; returns its processes. None are left of one that was killed."""
    if process.poll() is not None:
        return []
    family = [*_children(process), process]
    if process.status() == psutil.STATUS_STOPPED:
        process.send_signal(signal.SIGCONT)
    process.terminate()
    return family


def _end(process: psutil.Popen, family: Sequence[psutil.Process]) -> None:
    with contextlib.suppress(psutil.TimeoutExpired):
        process.wait(15)
    for one in family:
        if one.is_running():
            one.kill()
    process.wait(15)
