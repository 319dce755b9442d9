"""What a file does to its decoding process is reported, and never harms the caller."""

import io
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from PIL import Image

from mochocho.words.errors import Transient
from mochocho.words.model import Measurement
from processing.decoding import jobs, keeper
from processing.decoding.keeper import Decoders, Died, TooCostly
from tests import deadly

OTHERS = set[int]()
only_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")


def picture(*words: bytes) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (80, 60), "green").save(out, "JPEG")
    return out.getvalue() + b"".join(words)


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    def write(*words: bytes) -> Path:
        path = tmp_path / "file"
        path.write_bytes(picture(*words))
        return path

    return write


@pytest.fixture
def asked() -> Iterator[Decoders]:
    children = Decoders(deadly.COMMAND)
    yield children
    children.close()


def one(children: Decoders, path: Path) -> Measurement:
    """What is found of one file. Raises what was found to be wrong."""
    (found,) = children.measure([(path, "s")])
    if isinstance(found, Exception):
        raise found
    return found


@pytest.fixture(autouse=True)
def _others() -> None:
    """Children that tests of other files have asked may still wait for more to do."""
    OTHERS.update(one.pid for one in psutil.Process().children())


def processes() -> list[psutil.Process]:
    found = [one for one in psutil.Process().children() if one.status() != psutil.STATUS_ZOMBIE]
    return [one for one in found if one.pid not in OTHERS]


def test_one_child_serves_many_files(asked: Decoders, file: Callable[..., Path]) -> None:
    path = file()
    for _ in range(20):
        found = one(asked, path)
        assert (found.sha256, found.kind, found.width, found.problem) == ("s", "jpeg", 80, "")
    shown = Image.open(io.BytesIO(asked.show(path, 20)))
    assert (shown.format, shown.width) == ("JPEG", 20)
    assert len(processes()) == 1


def test_a_child_is_replaced_after_so_many_files(
    asked: Decoders, file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "FILES_EACH", 2)
    path, seen = file(), set()
    for _ in range(6):
        one(asked, path)
        seen |= {one.pid for one in processes()}
    assert len(seen) == 3
    assert len(processes()) <= 1


def test_children_end_when_nobody_asks(
    asked: Decoders, file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "IDLE_SECONDS", 0.1)
    one(asked, file())
    until = time.monotonic() + 20
    while processes() and time.monotonic() < until:
        time.sleep(0.05)
    assert processes() == []
    assert one(asked, file()).problem == ""


@only_posix
@pytest.mark.parametrize("word", [deadly.CRASHES, deadly.BABBLES])
def test_a_file_that_ends_its_child_ends_nothing_else(
    asked: Decoders, file: Callable[..., Path], word: bytes
) -> None:
    for _ in range(2):
        with pytest.raises(Died):
            one(asked, file(word))
        assert one(asked, file()).problem == ""


@only_posix
def test_of_several_files_asked_for_at_once_only_those_at_fault_are_lost(
    asked: Decoders, tmp_path: Path
) -> None:
    paths = []
    for n in range(20):
        paths.append(tmp_path / str(n))
        paths[-1].write_bytes(picture(deadly.CRASHES if n in (3, 9, 19) else b"", str(n).encode()))
    found = asked.measure([(path, path.name) for path in paths])
    for n, told in enumerate(found):
        if n in (3, 9, 19):
            assert isinstance(told, Died)
        else:
            assert isinstance(told, Measurement)
            assert (told.sha256, told.problem) == (str(n), "")


def test_a_file_that_takes_too_long_ends_its_child(
    asked: Decoders, file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    one(asked, file())
    monkeypatch.setattr(jobs, "WALL_SECONDS", 0.5)
    with pytest.raises(Died):
        one(asked, file(deadly.SLEEPS))


@only_posix
def test_a_file_that_uses_up_the_processor_is_too_costly(file: Callable[..., Path], tmp_path: Path) -> None:
    short = tmp_path / "short.py"
    short.write_text(
        "import runpy\nfrom processing.decoding import jobs\njobs.CPU_SECONDS = 0\n"
        f"runpy.run_path({str(Path(deadly.__file__))!r}, run_name='__main__')\n"
    )
    children = Decoders((sys.executable, "-P", str(short)))
    with pytest.raises(TooCostly):
        one(children, file(deadly.SPINS))
    children.close()


@only_posix
@pytest.mark.skipif(sys.platform == "darwin", reason="macOS keeps no limit of the address space")
def test_a_file_that_asks_for_too_much_memory_is_too_costly(
    asked: Decoders, file: Callable[..., Path]
) -> None:
    with pytest.raises(TooCostly):
        one(asked, file(deadly.EATS))
    assert one(asked, file()).problem == ""


@only_posix
def test_no_file_is_written_by_whoever_opens_files(
    asked: Decoders, file: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEADLY_FILE", str(tmp_path / "left"))
    with pytest.raises(RuntimeError, match="OSError"):
        one(asked, file(deadly.WRITES))
    assert not (tmp_path / "left").exists() or (tmp_path / "left").stat().st_size == 0


def test_what_a_library_prints_is_no_answer(asked: Decoders, file: Callable[..., Path]) -> None:
    assert one(asked, file(deadly.SHOUTS)).problem == ""


def test_a_fault_of_ours_is_told_by_its_kind(asked: Decoders, file: Callable[..., Path]) -> None:
    with pytest.raises(RuntimeError, match=r"^ZeroDivisionError$"):
        one(asked, file(deadly.BREAKS))


def test_a_child_that_ended_while_it_had_nothing_to_do_is_no_files_fault(
    asked: Decoders, file: Callable[..., Path]
) -> None:
    one(asked, file())
    for child in processes():
        child.kill()
        child.wait()
    assert one(asked, file()).problem == ""


def test_a_file_that_cannot_be_read_is_no_fault_of_a_child(asked: Decoders, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        one(asked, tmp_path / "none")
    with pytest.raises(OSError, match="directory"):
        asked.show(tmp_path, 20)


def test_a_file_that_is_too_large_is_not_opened(asked: Decoders, tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as large:
        large.write(picture(deadly.CRASHES))
        large.truncate(jobs.MAX_BYTES + 10)
    found = one(asked, path)
    assert (found.problem, found.size, found.kind) == ("too_large", jobs.MAX_BYTES + 10, "jpeg")


def test_a_child_that_does_not_start_is_a_passing_fault(file: Callable[..., Path]) -> None:
    for command in ((sys.executable, "-c", "raise SystemExit(1)"), ("/no/such/program",)):
        with pytest.raises(Transient):
            one(Decoders(command), file())


def test_several_threads_have_a_child_each(asked: Decoders, file: Callable[..., Path]) -> None:
    path = file()
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda _: one(asked, path).problem, range(30)))
    assert found == [""] * 30
    assert 1 <= len(processes()) <= 3


@only_posix
def test_a_child_outlives_the_signals_of_a_terminal_and_of_a_service(
    asked: Decoders, file: Callable[..., Path]
) -> None:
    one(asked, file())
    (child,) = processes()
    for number in (signal.SIGINT, signal.SIGTERM):
        child.send_signal(number)
    assert one(asked, file()).problem == ""
    assert processes() == [child]


def test_a_child_is_told_none_of_our_settings(
    monkeypatch: pytest.MonkeyPatch, file: Callable[..., Path]
) -> None:
    monkeypatch.setenv("MOCHOCHO_SECRET_NORTH", "a password")
    children = Decoders(deadly.COMMAND)
    one(children, file())
    (child,) = processes()
    assert "MOCHOCHO_SECRET_NORTH" not in child.environ()
    children.close()


def test_one_page_of_a_pdf_is_drawn_where_it_has_it(asked: Decoders, tmp_path: Path) -> None:
    path = tmp_path / "scan"
    first, second = (Image.new("L", (200, 300), level) for level in (250, 20))
    first.save(path, "PDF", save_all=True, append_images=[second])
    shown = Image.open(io.BytesIO(asked.show(path, 150, 2)))
    assert (shown.format, max(shown.size)) == ("JPEG", 150)
    assert shown.convert("L").getpixel((50, 70)) < 40  # type: ignore[operator] # one channel
    assert json.loads(asked.show(path, 150, 3)) == {"pages": 2}


def test_a_pdf_is_shown_by_its_pages_and_nothing_else_is(asked: Decoders, tmp_path: Path) -> None:
    path = tmp_path / "text"
    path.write_bytes(b"no picture")
    assert json.loads(asked.show(path, 20)) == {"pages": None}
