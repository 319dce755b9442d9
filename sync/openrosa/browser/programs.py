"""The programs of ODK Web Forms, where they were installed; none is part of mochocho."""

import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOLDER = "webforms"  # of the home
INVENTORY = "installed.json"  # {file name: sha256}; written last
ENTRY, VUE = "index.js", "vue.js"
BESIDE_PYTHON = Path(sys.prefix) / FOLDER  # where an image has them, whatever home it is given


@dataclass(frozen=True, slots=True)
class Programs:
    """The files, each as it was installed: name -> content."""

    files: Mapping[str, bytes]


def folder_of(home: Path) -> Path:
    """Where they stand in a home's folder."""
    return home / FOLDER


def of_home(home: Path) -> Programs | None:
    """What an administrator installed into a home, else what came with the image; None where neither is."""
    return installed(folder_of(home)) or installed(BESIDE_PYTHON)


def installed(folder: Path) -> Programs | None:
    """None where they are not installed, or are not what was installed."""
    inventory = folder / INVENTORY
    try:
        return _read(folder, inventory.stat().st_mtime_ns)
    except OSError:
        return None


@lru_cache(maxsize=4)
def _read(folder: Path, _changed_at: int) -> Programs | None:
    digests: dict[str, str] = json.loads((folder / INVENTORY).read_text("utf-8"))
    files = {name: (folder / name).read_bytes() for name in digests}
    whole = all(hashlib.sha256(files[name]).hexdigest() == digest for name, digest in digests.items())
    return Programs(files) if whole and {ENTRY, VUE} <= files.keys() else None
