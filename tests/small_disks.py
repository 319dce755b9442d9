"""A file system of its own that is full in a moment."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests import needs

SHARED_MEMORY = Path("/dev/shm")


@contextlib.contextmanager
def small_disk(place: Path, size: int) -> Iterator[Path]:
    """A folder on a file system of `size` bytes; skips (or fails) the test where none can be had."""
    place.mkdir()
    if _as_root("mount", "-t", "tmpfs", "-o", f"size={size},mode=0777", "mochocho", str(place)):
        try:
            yield place
        finally:
            _as_root("umount", "--lazy", str(place))
    elif SHARED_MEMORY.is_dir() and shutil.disk_usage(SHARED_MEMORY).total <= size:
        place = SHARED_MEMORY / place.parent.name
        place.mkdir()
        yield place
        shutil.rmtree(place)
    else:
        needs.absent("nobody here may mount a small file system, and /dev/shm is not a small one")


def fill(disk: Path, left: int) -> Path:
    """A file that takes all but `left` bytes of what is free."""
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, shutil.disk_usage(disk).free - left)
    return ballast


def _as_root(*command: str) -> bool:
    sudo = () if os.geteuid() == 0 else ("sudo", "-n")
    with contextlib.suppress(FileNotFoundError):
        return subprocess.run([*sudo, *command], capture_output=True, check=False).returncode == 0
    return False
