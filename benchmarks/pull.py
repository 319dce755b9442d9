"""What it costs to mirror a server, against a bare loop that downloads the same bytes in the same run.

python -m benchmarks.pull [central|kobo …] [--submissions 2000] [--latency 0.02] [--many 20000]

The server is the tests' model of it, in a process of its own; `--latency` is the way to it and back in
seconds, 0 = this machine itself, where what is measured is mostly Python's own time on both sides. One line
a case: name, ratio, the two times; then the greatest memory of a puller's process at `--many` submissions.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.bare import BARE
from benchmarks.demo import INTERVAL, MB, resident
from mochocho import config
from mochocho.app.migrate import upgrade
from mochocho.config import Settings
from mochocho.home import Home, open_home
from sync.central import source as central
from sync.kobo import source as kobo
from sync.pull import pull
from sync.sources.protocol import Server
from tests import builders
from tests.models.central.app import EMAIL, PASSWORD
from tests.models.serving import run_process

PHOTOS = 2
EDITS = 20
KEY = "measured"
MAKE: dict[str, Callable[[Home, config.Server], Server]] = {"central": central.make, "kobo": kobo.make}
SECRETS = {"central": PASSWORD}
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Case:
    """Seconds of the bare loop and ours."""

    name: str
    bare: float
    ours: float

    def __str__(self) -> str:
        return f"{self.name:<28} {self.ours / self.bare:5.2f}   {self.bare:7.2f} s -> {self.ours:7.2f} s"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("kinds", nargs="*", help="central, kobo; both unless said")
    parser.add_argument("--submissions", type=int, default=2000)
    parser.add_argument("--latency", type=float, default=0.02)
    parser.add_argument("--many", type=int, default=20_000, help="0 = leave that out")
    parser.add_argument("--alone", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    kinds = chosen.kinds or [*BARE]
    if chosen.alone:
        home, server = opened(kinds[0], chosen.alone, chosen.folder)
        pull(home, server)
        return
    for kind in kinds:
        for case in cases(kind, chosen.submissions, chosen.latency):
            print(case, flush=True)
        if chosen.many:
            print(f"{kind}: {chosen.many} submissions: {memory(kind, chosen.many) / MB:.0f} MB", flush=True)


def cases(kind: str, submissions: int, latency: float) -> Iterator[Case]:
    """A first pull, one with nothing new, one with a few edits: each beside what it must at least do."""
    arguments = ("--submissions", submissions, "--photos", PHOTOS, "--latency", latency)
    with run_process(f"tests.models.{kind}", *arguments) as url, tempfile.TemporaryDirectory() as temporary:
        bare = BARE[kind](url)
        home, server = opened(kind, url, Path(temporary) / "home")
        files = Path(temporary) / "bare"
        files.mkdir()
        ids: list[str] = []

        def all_of_it() -> None:
            ids.extend(bare.sweep())
            bare.download(ids, files)

        yield Case(f"{kind}: first pull", timed(all_of_it), timed(lambda: pull(home, server)))
        _same_files(home, files)
        yield Case(f"{kind}: nothing new", least(bare.sweep), least(lambda: pull(home, server)))
        bare.edit(ids[:EDITS])
        yield Case(f"{kind}: {EDITS} edits", least(bare.sweep), timed(lambda: pull(home, server)))
        home.engine.dispose()


def timed(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def least(call: Callable[[], object], times: int = 5) -> float:
    """The quickest of several: what the machine does besides is not what is measured."""
    return min(timed(call) for _ in range(times))


def memory(kind: str, submissions: int) -> int:
    """The greatest resident bytes of a process that pulls so many for the first time."""
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
    """A fresh home in which the form is known, and the source."""
    os.environ[f"MOCHOCHO_SECRET_{KEY.upper()}"] = SECRETS[kind]
    home = open_home(Settings(home=folder))
    upgrade(home.engine)
    builders.publish(home, builders.xform(files=[f"photo_{number}" for number in range(PHOTOS)]))
    project, email = (1, EMAIL) if kind == "central" else (None, "")
    named = config.Server(key=KEY, kind=kind, url=url, project=project, email=email)
    return home, MAKE[kind](home, named)


def _same_files(home: Home, files: Path) -> None:
    """The comparison is of the same work: every photo of the bare loop is in the store."""
    stored = {path.stat().st_size for path in home.store.root.rglob("*") if path.is_file()}
    photos = list(files.glob("*.jpg"))
    assert photos, "the bare loop found no photo"
    assert {path.stat().st_size for path in photos} <= stored
    assert sum(1 for path in home.store.root.rglob("*") if path.is_file()) >= len(photos)


if __name__ == "__main__":
    main()
