"""The disk of the home is full for a while."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import needs
from tests.faults.conftest import OpenOffice
from tests.faults.office import PATIENCE, Log, Office, until
from tests.workers import Workers

SIZE = 64 << 20  # bytes; Docker gives every container a /dev/shm of this size
SHARED_MEMORY = Path("/dev/shm")
LEFT = 64 << 10  # bytes that are left: less than one sheet needs


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a file system of its own that can be filled in a moment."""
    place = tmp_path / "disk"
    place.mkdir()
    if _as_root("mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=0777", "mochocho", str(place)):
        try:
            yield place
        finally:
            _as_root("umount", "--lazy", str(place))
    elif SHARED_MEMORY.is_dir() and shutil.disk_usage(SHARED_MEMORY).total <= SIZE:
        place = SHARED_MEMORY / tmp_path.name
        place.mkdir()
        yield place
        shutil.rmtree(place)
    else:
        needs.absent("nobody here may mount a small file system, and /dev/shm is not a small one")


def _as_root(*command: str) -> bool:
    sudo = () if os.geteuid() == 0 else ("sudo", "-n")
    with contextlib.suppress(FileNotFoundError):
        return subprocess.run([*sudo, *command], capture_output=True, check=False).returncode == 0
    return False


def fill(disk: Path) -> Path:
    """A file that takes all but a little of what is free."""
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, shutil.disk_usage(disk).free - LEFT)
    return ballast


def failures(office: Office) -> list[dict[str, str]]:
    stages = office.status()["stages"].values()
    return [failed for stage in stages for failed in stage["failed"]]


def test_a_full_disk_is_told_and_the_work_goes_on_when_there_is_room(
    small_disk: Path, office: OpenOffice
) -> None:
    place = office("layout", small_disk)
    ballast = fill(small_disk)
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


def test_workers_start_on_their_own_again_when_there_is_room(small_disk: Path, office: OpenOffice) -> None:
    place = office("typeset", small_disk)
    ballast = fill(small_disk)
    with Workers(place.folder) as workers:
        until(lambda: any(code == "system" for _, _, code in place.work()) or None, PATIENCE, workers.logs)
        ballast.unlink()
        workers.drain(PATIENCE)  # without anybody's replay
    assert "Traceback" not in workers.logs()
    place.check()
    assert Log(place.folder).begun("typeset") > 1
