"""`kill -9` wherever something is made durable, and at random points: nothing that was answered is lost.

An undisturbed province gives the papers that every disturbed one must equal byte for byte, and the list of
all crash points: every one of them, and 20 random moments. All of it is of the long run.
"""

import random
import signal
from collections import Counter
from pathlib import Path

import pytest

from tests.crash import road as roads
from tests.crash.road import Road

RANDOM_MOMENTS = 20
SEED = 20261120


pytestmark = pytest.mark.long


class Undisturbed:
    """The road without a crash: a copy at each station, the names of all points, the papers."""

    def __init__(self, folder: Path) -> None:
        self.empty = roads.prepare(folder / "empty")
        collected = self.empty.copy(folder / "collected")
        roads.collect(collected, ("record", str(folder / "serve.txt")))
        self.answered = collected.answered
        self.decided = collected.copy(folder / "decided")
        roads.decide(self.decided)
        finished = self.decided.copy(folder / "finished")
        roads.finish(finished, ("record", str(folder / "run.txt")))
        self.papers = roads.papers(finished)
        self.serve_points = _points(folder / "serve.txt")
        self.run_points = _points(folder / "run.txt")


def _points(file: Path) -> list[tuple[str, int]]:
    """Each name once, with a passing in the middle of the run rather than always the first."""
    counts = Counter(line.split("\t")[1] for line in file.read_text().splitlines())
    return [(name, (times + 1) // 2) for name, times in sorted(counts.items())]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    return Undisturbed(tmp_path_factory.mktemp("road"))


def _check(road: Road, undisturbed: Undisturbed) -> None:
    roads.decide(road)
    roads.finish(road)
    assert road.answered == undisturbed.answered
    assert road.answered <= roads.in_database(road)
    assert roads.papers(road) == undisturbed.papers


def _die_while_collecting(undisturbed: Undisturbed, folder: Path, name: str, nth: int) -> None:
    road = undisturbed.empty.copy(folder)
    roads.collect(road, ("kill", name, str(nth)))
    _check(road, undisturbed)


def _die_while_running(undisturbed: Undisturbed, folder: Path, name: str, nth: int) -> None:
    road = undisturbed.decided.copy(folder)
    assert roads.finish(road, ("kill", name, str(nth))) == -signal.SIGKILL
    roads.finish(road)
    assert roads.papers(road) == undisturbed.papers


def test_there_are_points_on_every_part_of_the_road(undisturbed: Undisturbed) -> None:
    named = {name for name, _ in undisturbed.serve_points + undisturbed.run_points}
    for part in (
        "fsync sync.openrosa",
        "commit sync.",
        "commit processing.",
        "fsync reports.",
        "replace reports.",
    ):
        for when in ("before", "after"):
            assert any(name.startswith(f"{when} {part}") for name in named), (when, part, sorted(named))


def test_the_packet_is_the_same_after_dying_at_every_point(undisturbed: Undisturbed, tmp_path: Path) -> None:
    for i, (name, nth) in enumerate(undisturbed.serve_points):
        _die_while_collecting(undisturbed, tmp_path / f"serve{i}", name, nth)
    for i, (name, nth) in enumerate(undisturbed.run_points):
        _die_while_running(undisturbed, tmp_path / f"run{i}", name, nth)


def test_the_packet_is_the_same_after_dying_at_random_moments(
    undisturbed: Undisturbed, tmp_path: Path
) -> None:
    rng = random.Random(SEED)
    for i in range(RANDOM_MOMENTS):
        road = undisturbed.empty.copy(tmp_path / str(i))
        roads.collect(road, kill_after=rng.uniform(0.0, 12.0))
        _check(road, undisturbed)
