"""Every reader of what strangers send takes any bytes: it reads them or refuses in one of its own ways, soon.

In CI some hundred files a reader; `pytest -m long` ten minutes of them. What once broke one lies in
corpus/NAME.
"""

import hashlib
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from processing.decoding.keeper import Decoders
from tests.fuzz.mutated import mutated
from tests.fuzz.readers import NAMES, Reader, every

CORPUS = Path(__file__).with_name("corpus")
IN_CI = 240  # files for the cheapest of them
LONG = 600 / len(NAMES)  # seconds a reader
LONGEST = 10.0  # seconds of processor for one file: none comes near it
FOUND = os.environ.get("MOCHOCHO_FUZZ_FOUND", "")  # a folder in which a file that breaks a reader is left


@pytest.fixture(scope="module")
def readers() -> Iterator[dict[str, Reader]]:
    decoders = Decoders()
    yield dict(every(decoders))
    decoders.close()


def takes(name: str, reader: Reader, content: bytes, folder: Path) -> None:
    began = time.process_time()
    try:
        reader.read(content, folder)
    except reader.refuses:
        pass
    except BaseException:
        if FOUND:
            (Path(FOUND) / f"{name}-{hashlib.sha256(content).hexdigest()[:12]}").write_bytes(content)
        raise
    assert time.process_time() - began < LONGEST


@pytest.mark.parametrize("name", NAMES)
def test_good_files_are_read(readers: dict[str, Reader], name: str, tmp_path: Path) -> None:
    """Or nothing would be shown by files that are refused."""
    if name not in ("certificate", "meeting"):
        for content in readers[name].seeds:
            readers[name].read(content, tmp_path)


@pytest.mark.parametrize("name", NAMES)
def test_broken_files_are_read_or_refused(readers: dict[str, Reader], name: str, tmp_path: Path) -> None:
    files = mutated(readers[name].seeds, random.Random(f"20261130 {name}"))
    for _ in range(IN_CI // readers[name].cost):
        takes(name, readers[name], next(files), tmp_path)


@pytest.mark.parametrize(
    "path", sorted(CORPUS.glob("*/*")), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_what_once_broke_one_is_taken(readers: dict[str, Reader], path: Path, tmp_path: Path) -> None:
    takes(path.parent.name, readers[path.parent.name], path.read_bytes(), tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_broken_files_for_ten_minutes(readers: dict[str, Reader], name: str, tmp_path: Path) -> None:
    files = mutated(readers[name].seeds, random.Random())
    until, taken = time.monotonic() + LONG, 0
    while time.monotonic() < until:
        takes(name, readers[name], next(files), tmp_path)
        taken += 1
    print(f"{name}: {taken} files")
