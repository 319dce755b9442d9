"""Several processes where there should be one: beats, conveyors, an embedded run beside the workers."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mochocho.app.terminal.faults import TRY_AGAIN
from tests.e2e import small_province
from tests.faults.conftest import OpenOffice
from tests.faults.office import PATIENCE, Log, Office
from tests.faults.test_faults_redis import NARROW
from tests.workers import ROOT, Workers

TICKER = Path(__file__).with_name("ticker.py")
CONVEYORS = 4
EMBEDDED = {"MOCHOCHO_WORKERS__BROKER_URL": ""}  # the same home, and all of it done by this process


@contextlib.contextmanager
def conveyors(office: Office, rest: float = 0.05) -> Iterator[None]:
    """Four processes that look for what is due again and again, resting so many seconds in between."""
    with contextlib.ExitStack() as running:
        looking = []
        for number in range(CONVEYORS):
            log = running.enter_context((office.folder / f"ticker-{number}.log").open("wb"))
            looking.append(
                subprocess.Popen(
                    [sys.executable, TICKER, office.folder / "mochocho.toml", str(rest)],
                    cwd=ROOT, env=small_province.environment(), stderr=log,
                )
            )  # fmt: skip
        try:
            yield
            assert [one.poll() for one in looking] == [None] * CONVEYORS
        finally:
            for one in looking:
                one.kill()
                one.wait()


def looked(office: Office) -> tuple[int, int]:
    """How many of the conveyors sent something, and how many found another one at it."""
    said = [path.read_text("utf-8") for path in sorted(office.folder.glob("ticker-*.log"))]
    return sum("sent" in one for one in said), sum("another mochocho" in one for one in said)


@pytest.mark.long
def test_two_beats_do_nothing_twice(office: OpenOffice) -> None:
    place = office("register", tick_seconds=0.1, **NARROW)
    with Workers(place.folder, 2, beats=2) as workers:
        workers.drain(PATIENCE)
        assert [beat.poll() for beat in workers.beats] == [None, None]
    place.check()
    assert Log(place.folder).done() == place.stations.items


@pytest.mark.long
def test_four_conveyors_at_once_do_nothing_twice(office: OpenOffice) -> None:
    place = office("register", **NARROW)
    with conveyors(place), Workers(place.folder) as workers:
        workers.drain(PATIENCE)
    sent, turned_away = looked(place)
    assert sent > 1
    assert turned_away == CONVEYORS
    place.check()
    assert Log(place.folder).done() == place.stations.items


@pytest.mark.long
def test_an_embedded_run_beside_four_conveyors_and_workers(office: OpenOffice) -> None:
    place = office("pull", **NARROW)
    with conveyors(place, 0.5), Workers(place.folder) as workers, ThreadPoolExecutor(2) as beside:
        runs = [beside.submit(place.mochocho, "run", **EMBEDDED) for _ in range(2)]
        ended = [run.result() for run in runs]
        workers.drain(PATIENCE)
    # Of all who make the packet at once one does; the others are told to come again.
    assert {one.returncode for one in ended} <= {0, TRY_AGAIN}, [one.stderr for one in ended]
    assert all("is at work" in one.stderr or "is being made" in one.stderr for one in ended if one.returncode)
    place.check(longer_history=True)
