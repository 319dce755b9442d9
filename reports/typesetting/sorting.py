"""Sorting on disk: sorted runs that are merged while they are read."""

import heapq
import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from mochocho.storage.files import atomic_file, write_file

AT_ONCE = 5_000


class Sorter:
    """Sorts strings or tuples of strings; `write` writes each once, in order, one per line."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._held: set[Any] = set()
        self._runs: list[Path] = []

    def add(self, item: Any) -> None:
        """A string, or a tuple of strings."""
        self._held.add(item)
        if len(self._held) >= AT_ONCE:
            self._put_down()

    def write(self) -> None:
        """Write `target`; nothing can be added afterwards."""
        held = (list(item) if isinstance(item, tuple) else item for item in sorted(self._held))
        runs = (*map(lines, self._runs), held)
        with atomic_file(self._target) as file:
            for item, _ in groupby(heapq.merge(*runs)):
                file.write(line(item))
        for run in self._runs:
            run.unlink()

    def _put_down(self) -> None:
        run = self._target.with_suffix(f".{len(self._runs)}")
        write_file(run, b"".join(map(line, sorted(self._held))))
        self._runs.append(run)
        self._held.clear()


def lines(path: Path) -> Iterator[Any]:
    """The value on each line of a file of JSON lines; arrays are lists."""
    with path.open("rb") as file:
        for line in file:
            yield json.loads(line)


def line(item: Any) -> bytes:
    """One line of such a file."""
    return json.dumps(item, separators=(",", ":")).encode() + b"\n"
