"""The disk of the home is full for a while."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.conftest import OpenOffice
from tests.faults.office import PATIENCE, Log, Office, until
from tests.small_disks import fill, small_disk
from tests.workers import Workers

SIZE = 64 << 20  # bytes; Docker gives every container a /dev/shm of this size
LEFT = 64 << 10  # bytes that are left: less than one sheet needs


@pytest.fixture(name="small_disk")
def disk_of_its_own(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", SIZE) as place:
        yield place


def failures(office: Office) -> list[dict[str, str]]:
    stages = office.status()["stages"].values()
    return [failed for stage in stages for failed in stage["failed"]]


def test_a_full_disk_is_told_and_the_work_goes_on_when_there_is_room(
    small_disk: Path, office: OpenOffice
) -> None:
    place = office("layout", small_disk)
    ballast = fill(small_disk, LEFT)
    with Workers(place.folder) as workers:
        told = until(lambda: failures(place) or None, PATIENCE, workers.logs)
        sentence = place.answer("status")
        metrics = place.metrics()
        ballast.unlink()
        replayed = place.answer("replay")
        workers.drain(PATIENCE)
    assert {failed["code"] for failed in told} == {"system"}
    assert all("the disk is full" in failed["message"] and failed["again"] for failed in told)
    assert "the disk is full" in sentence
    assert "again in" in sentence
    assert any('code="system",retried="true"' in name and value for name, value in metrics.items())
    assert "will be tried again" in replayed
    place.check()


@pytest.mark.long
def test_workers_start_on_their_own_again_when_there_is_room(small_disk: Path, office: OpenOffice) -> None:
    place = office("typeset", small_disk)
    ballast = fill(small_disk, LEFT)
    with Workers(place.folder) as workers:
        until(lambda: any(code == "system" for _, _, code in place.work()) or None, PATIENCE, workers.logs)
        ballast.unlink()
        workers.drain(PATIENCE)  # without anybody's replay
    assert "Traceback" not in workers.logs()
    place.check()
    assert Log(place.folder).begun("typeset") > 1
