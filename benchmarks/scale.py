"""How time and memory grow: the sample ten times over compared with the sample, both with small photos.

python -m benchmarks.scale [--times 10] [--folder DIR] [--workers]

Plays both sizes once, part by part, each part in a process of its own: collecting through the endpoint, then
the commands that an office runs. One line per figure: name, ratio, the two values. Time is given twice, on
the clock and of the processors: on a busy machine only the second one means much.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.demo import INTERVAL, MB, resident

SAMPLE_UNITS = 149
WORK = ("pull", "assess", "decide", "assess again", "packet")
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Cost:
    """Wall and processor seconds, and the largest sum of resident bytes of a process and its children."""

    seconds: float
    processor: float
    peak: int

    def __add__(self, other: "Cost") -> "Cost":
        """Both costs one after the other."""
        return Cost(
            self.seconds + other.seconds, self.processor + other.processor, max(self.peak, other.peak)
        )


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the result: the value of the small province and that of the large one."""

    name: str
    small: float
    large: float

    @property
    def ratio(self) -> float:
        return self.large / self.small

    def __str__(self) -> str:
        return f"{self.name:<28} {self.ratio:6.2f}   {self.small:8.1f} -> {self.large:8.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--workers", action="store_true", help="one worker against two, on PostgreSQL")
    parser.add_argument("--folder", type=Path, help="keep what was made there")
    parser.add_argument("--collect", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--decide", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.collect:
        collect(chosen.folder, chosen.collect)
    elif chosen.decide:
        decide(chosen.folder, chosen.decide)
    else:
        from benchmarks import workers

        figures = workers.compare if chosen.workers else compare
        with tempfile.TemporaryDirectory() as temporary:
            folder = chosen.folder or Path(temporary)
            for figure in figures(folder, chosen.times):
                print(figure, flush=True)


def compare(folder: Path, times: int) -> Iterator[Figure]:
    """The figures of the sample `times` over compared with the sample; works in `folder`."""
    small, large = play(folder / "small", 1), play(folder / "large", times)
    for name, one in small.items():
        many = large[name]
        yield Figure(f"{name}: seconds", one.seconds, many.seconds)
        yield Figure(f"{name}: processor seconds", one.processor, many.processor)
        yield Figure(f"{name}: peak MB", one.peak / MB, many.peak / MB)


def play(folder: Path, times: int) -> Mapping[str, Cost]:
    """Part -> cost; the last two are everything after collecting, and everything."""
    script = (sys.executable, "-m", "benchmarks.scale", "--folder", str(folder))
    command = (sys.executable, "-m", "mochocho.app.commands.cli", "--config", str(folder / "mochocho.toml"))
    calls = {
        "collect": (*script, "--collect", str(times)),
        "pull": (*command, "pull"),
        "assess": (*command, "assess"),
        "decide": (*script, "--decide", str(times)),
        "assess again": (*command, "assess"),
        "packet": (*command, "packet"),
    }
    costs = {}
    for name, call in calls.items():
        costs[name] = measure(call)
        print(f"  {times * SAMPLE_UNITS} {name}: {costs[name]}", file=sys.stderr, flush=True)
    work = sum((costs[name] for name in WORK), start=Cost(0, 0, 0))
    return costs | {"after collecting": work, "everything": costs["collect"] + work}


def measure(call: Sequence[str], *, silent: bool = False) -> Cost:
    """Run `call` to its end. Raises AssertionError when it fails."""
    began, used, peak = time.monotonic(), _processor(), 0
    process = psutil.Popen(call, cwd=ROOT, stdout=subprocess.DEVNULL if silent else None)
    while process.poll() is None:
        peak = max(peak, resident(process))
        time.sleep(INTERVAL)
    assert process.returncode == 0, call
    return Cost(time.monotonic() - began, _processor() - used, peak)


def _processor() -> float:
    """Processor seconds of all ended children and their descendants."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def collect(folder: Path, times: int) -> None:
    """Send everything through the endpoint into the spool; the mirror is emptied afterwards."""
    from mochocho.app.demo import field_day
    from mochocho.app.demo.sample_folder import fresh_home
    from mochocho.app.demo.sample_province import scaled
    from mochocho.app.pipeline.conveyor import run_once

    home, plan = fresh_home(folder, scaled(times)), scaled(times)
    field_day.collect(home, plan, lambda: run_once(home, stages=("pull",)))
    home.engine.dispose()
    _begin_mirror_anew(folder)


def _begin_mirror_anew(folder: Path) -> None:
    """Keep forms and officers, delete what was pulled: the next pull then has everything to do."""
    from sqlalchemy import delete, update

    from mochocho.settings.config import load_settings
    from mochocho.storage.db import transaction
    from mochocho.storage.home import open_home
    from sync.tables import Attachment, Entity, Seen, Submission, SubmissionVersion

    home = open_home(load_settings(folder / "mochocho.toml"))
    with transaction(home.engine) as session:
        session.execute(update(Submission).values(current_id=None))
        for table in (Attachment, SubmissionVersion, Submission, Entity, Seen):
            session.execute(delete(table))
    home.engine.dispose()


def decide(folder: Path, times: int) -> None:
    """Record the district committees' resolutions through the clerk's Excel file."""
    from mochocho.app.demo import committee
    from mochocho.app.demo.sample_province import scaled
    from mochocho.settings.config import load_settings
    from mochocho.storage.home import open_home

    home = open_home(load_settings(folder / "mochocho.toml"))
    committee.resolve(home, scaled(times), folder)
    home.engine.dispose()


if __name__ == "__main__":
    main()
