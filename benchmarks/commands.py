"""The cost of short commands, against a bare process that only loads click and SQLAlchemy.

python -m benchmarks.commands [--submissions 2000] [--folder DIR] [--runs 7]

Plays the sample several times over, with small photos, until it has that many submissions, then calls
`--version`, `status` and `forms publish` when everything is done and published. One line per command: the
ratio and the processor seconds of both, each the least of several runs taken in turn. `--folder` keeps the
home and uses it again.
"""

import argparse
import math
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.scale import measure

SENT = 323  # submissions of the sample
BARE = (sys.executable, "-c", "import click, sqlalchemy")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--submissions", type=int, default=2000)
    parser.add_argument("--folder", type=Path, help="keep what was made there")
    parser.add_argument("--runs", type=int, default=7)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.folder or Path(temporary) / "home"
        if not (folder / "mochocho.toml").exists():
            prepare(folder, math.ceil(chosen.submissions / SENT))
        spent = least({"bare": BARE, **commands(folder)}, chosen.runs)
    bare = spent.pop("bare")
    for name, seconds in spent.items():
        print(f"{name:<32} {seconds / bare:6.2f}   {bare:6.2f} s -> {seconds:6.2f} s of processor")


def commands(folder: Path) -> Mapping[str, Sequence[str]]:
    """Name -> call; the second publishing finds nothing to change."""
    program = (sys.executable, "-m", "mochocho.app.commands.cli")
    home = (*program, "--config", str(folder / "mochocho.toml"))
    return {
        "--version": (*program, "--version"),
        "status": (*home, "status"),
        "forms publish, nothing changed": (*home, "forms", "publish", "--to", "embedded"),
    }


def prepare(folder: Path, times: int) -> None:
    """A home with the sample `times` over, all of it pulled and assessed, and its forms published."""
    collect = ("-m", "benchmarks.scale", "--folder", str(folder), "--collect", str(times))
    measure((sys.executable, *collect))
    called = commands(folder)
    measure(called["forms publish, nothing changed"])
    for command in ("pull", "assess"):
        measure((*called["status"][:-1], command))


def least(calls: Mapping[str, Sequence[str]], runs: int) -> dict[str, float]:
    """The processor seconds of each, the least of `runs` rounds. Raises AssertionError when one fails."""
    rounds = [
        {name: measure(call, silent=True).processor for name, call in calls.items()} for _ in range(runs)
    ]
    return {name: min(one[name] for one in rounds) for name in calls}


if __name__ == "__main__":
    main()
