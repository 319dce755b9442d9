"""The cost of mirroring a server, against a bare loop that downloads the same bytes in the same run.

python -m benchmarks.pull [central|kobo …] [--submissions 2000] [--latency 0.02] [--many 20000] [--runs 2]

The server is the tests' model of it, in a process of its own, with all forms that a mirror asks for;
`--latency` is the round trip in seconds, 0 = on this machine, where mostly Python's own time on both sides is
measured. One line per case: name, ratio, the two times, the processor time of each client's process (without
the server's); each the fastest of several runs. Edits are compared with the bare sweep, and with it plus the
bare download of what was edited. Both sides of a first pull begin with an address and a secret, so both
include logging in and finding projects. The last line is the largest memory of a puller's process with
`--many` submissions.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.bare import BARE, Bare
from benchmarks.demo import INTERVAL, MB, resident
from mochocho.app.migrations.migrate import upgrade
from mochocho.settings import config
from mochocho.settings.config import Settings
from mochocho.storage.home import Home, open_home
from sync.central import source as central
from sync.kobo import source as kobo
from sync.pull.pull_source import pull
from sync.sources.protocol import Server
from tests import builders
from tests.models.central.app import EMAIL, PASSWORD
from tests.models.kobo.operations import TOKEN
from tests.models.serving import run_process

PHOTOS = 2
EDITS = 20
QUICK_RUNS = 5
KEY = "measured"
MAKE: dict[str, Callable[[Home, config.Server], Server]] = {"central": central.make, "kobo": kobo.make}
SECRETS = {"central": PASSWORD, "kobo": TOKEN}
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of the clock, and of the processor in this process."""

    clock: float
    processor: float

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(self.clock + other.clock, self.processor + other.processor)


@dataclass(frozen=True, slots=True)
class Case:
    """The cost of the bare client, and ours."""

    name: str
    bare: Spent
    ours: Spent

    def __str__(self) -> str:
        return (
            f"{self.name:<36} {self.ours.clock / self.bare.clock:5.2f}"
            f"   {self.bare.clock:7.2f} s -> {self.ours.clock:7.2f} s"
            f"   processor {self.bare.processor:6.2f} s -> {self.ours.processor:6.2f} s"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("kinds", nargs="*", help="central, kobo; both unless said")
    parser.add_argument("--submissions", type=int, default=2000)
    parser.add_argument("--latency", type=float, default=0.02)
    parser.add_argument("--many", type=int, default=20_000, help="0 = leave that out")
    parser.add_argument("--runs", type=int, default=2, help="of a first pull, of which the quickest counts")
    parser.add_argument("--alone", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    kinds = chosen.kinds or [*BARE]
    if chosen.alone:
        home, server = opened(kinds[0], chosen.alone, chosen.folder)
        pull(home, server)
        return
    for kind in kinds:
        for case in cases(kind, chosen.submissions, chosen.latency, chosen.runs):
            print(case, flush=True)
        if chosen.many:
            print(f"{kind}: {chosen.many} submissions: {memory(kind, chosen.many) / MB:.0f} MB", flush=True)


def cases(kind: str, submissions: int, latency: float, runs: int) -> Iterator[Case]:
    """A first pull, one with nothing new, one with a few edits: each beside the least that is necessary."""
    arguments = ("--submissions", submissions, "--photos", PHOTOS, "--latency", latency)
    with run_process(f"tests.models.{kind}", *arguments) as url, tempfile.TemporaryDirectory() as temporary:
        bare, folder = BARE[kind](url), Path(temporary)
        ids = bare.sweep()
        first = [_first(kind, url, folder / str(number)) for number in range(runs)]
        yield Case(
            f"{kind}: first pull", quickest(one for one, _ in first), quickest(one for _, one in first)
        )
        home, server = opened(kind, url, folder / "0" / "home")
        sweep = quickest(timed(bare.sweep) for _ in range(QUICK_RUNS))
        again = quickest(timed(lambda: pull(home, server)) for _ in range(QUICK_RUNS))
        yield Case(f"{kind}: nothing new", sweep, again)
        edited = [ids[start : start + EDITS] for start in range(0, QUICK_RUNS * EDITS, EDITS)]
        both = [_edits(home, server, bare, some, folder) for some in edited]
        down, ours = quickest(one for one, _ in both), quickest(one for _, one in both)
        yield Case(f"{kind}: {EDITS} edits, beside a sweep", sweep, ours)
        yield Case(f"{kind}: {EDITS} edits, and what they hold", sweep + down, ours)
        home.engine.dispose()


def _first(kind: str, url: str, folder: Path) -> tuple[Spent, Spent]:
    home, server = opened(kind, url, folder / "home")
    files = folder / "bare"
    files.mkdir()
    least = timed(lambda: _download(BARE[kind](url), files))
    ours = timed(lambda: pull(home, server))
    _same_files(home, files)
    home.engine.dispose()
    return least, ours


def _download(bare: Bare, files: Path) -> None:
    bare.download(bare.sweep(), files)


def _edits(home: Home, server: Server, bare: Bare, ids: Sequence[str], folder: Path) -> tuple[Spent, Spent]:
    bare.edit(ids)
    bare.sweep()  # brings its memory of the submissions up to date
    ours = timed(lambda: pull(home, server))
    return timed(lambda: bare.download(ids, folder)), ours


def timed(call: Callable[[], object]) -> Spent:
    clock, processor = time.perf_counter(), time.process_time()
    call()
    return Spent(time.perf_counter() - clock, time.process_time() - processor)


def quickest(spent: Iterable[Spent]) -> Spent:
    """The fastest of several runs, since other work on the machine is not to be measured."""
    return min(spent, key=lambda one: one.clock)


def memory(kind: str, submissions: int) -> int:
    """The largest resident bytes of a process that pulls this many submissions for the first time."""
    arguments = ("--submissions", submissions, "--photos", PHOTOS, "--photo-bytes", 200)
    with run_process(f"tests.models.{kind}", *arguments) as url, tempfile.TemporaryDirectory() as temporary:
        call = (
            *(sys.executable, "-m", "benchmarks.pull", kind),
            *("--alone", url, "--folder", str(Path(temporary) / "home")),
        )
        process, peak = psutil.Popen(call, cwd=ROOT), 0
        while process.poll() is None:
            peak = max(peak, resident(process))
            time.sleep(INTERVAL)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, call)
        return peak


def opened(kind: str, url: str, folder: Path) -> tuple[Home, Server]:
    """A new home in which the form is known, and the source."""
    os.environ[f"MOCHOCHO_SECRET_{KEY.upper()}"] = SECRETS[kind]
    home = open_home(Settings(home=folder))
    upgrade(home.engine)
    builders.publish(home, builders.xform(files=[f"photo_{number}" for number in range(PHOTOS)]))
    project, email = (1, EMAIL) if kind == "central" else (None, "")
    named = config.Server(key=KEY, kind=kind, url=url, project=project, email=email)
    return home, MAKE[kind](home, named)


def _same_files(home: Home, files: Path) -> None:
    """Check that both did the same work: every photo of the bare loop is in the store."""
    stored = {path.stat().st_size for path in home.store.root.rglob("*") if path.is_file()}
    photos = list(files.glob("*.jpg"))
    assert photos, "the bare loop found no photo"
    assert {path.stat().st_size for path in photos} <= stored
    assert sum(1 for path in home.store.root.rglob("*") if path.is_file()) >= len(photos)


if __name__ == "__main__":
    main()
