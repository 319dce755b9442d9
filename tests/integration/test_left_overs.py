"""Half-written files of killed processes are deleted; those of living ones stay."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mochocho.app.pipeline import leftovers
from mochocho.app.pipeline.conveyor import run_once
from mochocho.app.pipeline.dispatch import tick
from mochocho.storage.files import Store, sweep
from mochocho.storage.home import Home

# Begins to write a file in every way there is, says so, and never comes to an end.
WRITER = """
import sys, time
from pathlib import Path
from mochocho.storage import files
home = Path(sys.argv[1])
class Slow:
    def __init__(self):
        self.content = [b"a photo"]
    def read(self, _size):
        if self.content:
            return self.content.pop()
        with files.atomic_file(home / "spool" / "posts" / "ab" / "r.json") as receipt, \\
             files.atomic_file(home / "cache" / "papers" / "cd" / "sheet") as sheet, \\
             files.atomic_file(home / "journal") as journal, \\
             files.temporary_dir(home / "cache" / "papers" / "desk") as desk:
            (desk / "picture-0.jpg").write_bytes(b"a photo")
            print("writing", flush=True)
            time.sleep(600)
files.Store(home / "store").put_stream(Slow())
"""
FOLDERS = ("spool/posts/ab", "cache/papers/cd", "store")


def half_written(home: Home) -> set[str]:
    top = home.settings.home
    found = (path for path in top.rglob(".*") if path.suffix in {".tmp", ".in", ".dir"})
    return {f"{path.parent.relative_to(top).as_posix()} {path.suffix}" for path in found}


def made_old(home: Home) -> None:
    for path in home.settings.home.rglob(".*"):
        os.utime(path, (time.time() - 7200,) * 2)


@pytest.fixture
def writer(home: Home) -> Iterator[subprocess.Popen[str]]:
    for folder in FOLDERS:
        (home.settings.home / folder).mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(home.settings.home)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "writing\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


@pytest.fixture(autouse=True)
def not_swept_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leftovers, "_swept_at", {})


EVERYWHERE = {"spool/posts/ab .tmp", "cache/papers/cd .tmp", ". .tmp", "cache/papers/desk .dir", "store .in"}


def test_what_a_killed_process_left_is_swept(home: Home, writer: subprocess.Popen[str]) -> None:
    assert half_written(home) == EVERYWHERE
    writer.kill()
    writer.wait()
    run_once(home)
    assert half_written(home) == EVERYWHERE  # it may be let go and named this very moment
    made_old(home)
    leftovers._swept_at.clear()
    run_once(home)
    assert half_written(home) == set()


def test_what_a_living_process_writes_stays_however_old_it_is(
    home: Home, writer: subprocess.Popen[str]
) -> None:
    made_old(home)
    run_once(home)
    assert half_written(home) == EVERYWHERE
    assert writer.poll() is None


def test_workers_sweep_too(home: Home, writer: subprocess.Popen[str]) -> None:
    writer.kill()
    writer.wait()
    made_old(home)
    tick(home, lambda _chunk: None)
    assert half_written(home) == set()


def test_a_process_that_runs_for_long_sweeps_every_hour(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(leftovers.time, "monotonic", lambda: now)
    left = home.store.root / ".0123456789abcdef.in"
    for passed, gone in ((0, True), (1800, False), (3700, True)):
        now = 1000.0 + passed
        left.write_bytes(b"a photo")
        made_old(home)
        leftovers.sweep_now_and_then(home)
        assert left.exists() is not gone


@pytest.mark.parametrize("age", [-86_400, 86_400])
def test_a_clock_that_ran_ahead_keeps_nothing(tmp_path: Path, age: int) -> None:
    left = tmp_path / ".0123456789abcdef.tmp"
    left.write_bytes(b"x")
    os.utime(left, (time.time() - age,) * 2)
    assert sweep(tmp_path, 600, below=False) == 1


@pytest.mark.parametrize(
    "name", [".env", ".hidden.tmp", "0123456789abcdef.tmp", ".0123456789abcdef.json", "0a" * 31, "tmp.txt"]
)
def test_what_is_not_ours_stays(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    os.utime(tmp_path / name, (0, 0))
    assert sweep(tmp_path, 600, below=True) == 0
    assert (tmp_path / name).exists()


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "else").mkdir()
    kept = tmp_path / "else" / ".0123456789abcdef.tmp"
    kept.write_bytes(b"x")
    os.utime(kept, (0, 0))
    (tmp_path / "swept").mkdir()
    (tmp_path / "swept" / "link").symlink_to(tmp_path / "else")
    assert sweep(tmp_path / "swept", 600, below=True) == 0
    assert kept.exists()


def test_a_folder_that_is_not_there_has_nothing_to_sweep(tmp_path: Path) -> None:
    assert sweep(tmp_path / "none", 0, below=True) == 0


def test_a_whole_file_is_let_go(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    sha256 = store.put(b"a photo")
    assert sweep(store.root, 0, below=True) == 0
    assert store.read(sha256) == b"a photo"
