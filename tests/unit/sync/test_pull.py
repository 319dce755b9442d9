"""Pulling from a test source: what is fetched, what is marked as seen, what a fault leaves undone."""

import errno
import io
import tracemalloc
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

import pytest
from sqlalchemy import select

from mochocho.storage.db import reading
from mochocho.storage.files import Store
from mochocho.storage.home import Home
from mochocho.words.errors import Transient
from sync.mirror.queries import current
from sync.pull import pull_source as pull_module
from sync.pull.pull_source import pull
from sync.sources.protocol import AttachmentRef, Entry, FetchedSubmission, FetchedVersion, Unusable
from sync.tables import Quarantined
from tests.builders import JPEG, application, publish, uid, xform
from xlsforms import names


@dataclass
class Shelf:
    """A source that a test fills; it remembers what was asked of it."""

    key: str = "shelf"
    roots: dict[str, list[FetchedVersion]] = field(default_factory=dict)
    fingerprints: dict[str, str] = field(default_factory=dict)
    refused: list[Unusable] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    fetched: list[list[str]] = field(default_factory=list)
    breaks_after: int | None = None

    def put(self, root_id: str, *versions: bytes, files: Sequence[str] = ()) -> None:
        refs = tuple(AttachmentRef(name, name) for name in files)
        self.roots[root_id] = [FetchedVersion(xml, refs) for xml in versions]
        self.fingerprints[root_id] = f"{self.fingerprints.get(root_id, '')}x"

    def index(self) -> Iterator[Entry]:
        for n, (root_id, fingerprint) in enumerate(self.fingerprints.items()):
            if n == self.breaks_after:
                raise Transient("สายขาด", "the line broke")
            yield Entry(root_id, fingerprint)

    def unusable(self) -> Iterator[Unusable]:
        return iter(self.refused)

    def fetch(self, root_ids: Sequence[str]) -> Iterator[FetchedSubmission]:
        self.fetched.append(list(root_ids))
        for root_id in root_ids:
            if root_id in self.roots:
                yield FetchedSubmission(root_id, self.fingerprints[root_id], tuple(self.roots[root_id]))

    def open(self, attachment: AttachmentRef) -> BinaryIO:
        if attachment.locator not in self.files:
            raise FileNotFoundError(errno.ENOENT, "gone")
        return io.BytesIO(self.files[attachment.locator])


@pytest.fixture
def shelf(home: Home) -> Shelf:
    publish(home, xform())
    return Shelf()


def one(n: int, village: str = "บ้านสมมติ", **edit: str) -> bytes:
    return application(uid("k", n), {"village": village}, instance_id=uid("i", n), **edit)


def mirrored(home: Home) -> list[str]:
    with reading(home.engine) as session:
        return [item.instance_id for item in current(session, names.APPLICATION)]


def held(home: Home) -> dict[str, str]:
    with reading(home.engine) as session:
        return dict(session.execute(select(Quarantined.key, Quarantined.code)).all())


def test_only_what_differs_is_fetched(home: Home, shelf: Shelf) -> None:
    for n in range(3):
        shelf.put(f"r{n}", one(n))
    pull(home, shelf)
    shelf.put("r1", one(1), application(uid("k", 1), instance_id=uid("e"), deprecated_id=uid("i", 1)))
    shelf.put("r3", one(3))
    shelf.fetched.clear()

    report = pull(home, shelf)

    assert shelf.fetched == [["r1", "r3"]]
    assert (report.indexed, report.due, report.new) == (4, 2, 2)
    assert sorted(mirrored(home)) == sorted([uid("i", 0), uid("e"), uid("i", 2), uid("i", 3)])


def test_the_fingerprint_kept_is_that_of_what_was_fetched(home: Home, shelf: Shelf) -> None:
    shelf.put("r", one(0))
    fingerprints = shelf.index()
    stale = list(fingerprints)
    shelf.index = lambda: iter(stale)  # type: ignore[method-assign]
    shelf.put("r", one(0))  # changes between index and fetch
    pull(home, shelf)
    del shelf.index  # type: ignore[method-assign]

    assert pull(home, shelf).due == 0


def test_an_index_that_breaks_off_advances_nothing(home: Home, shelf: Shelf) -> None:
    for n in range(3):
        shelf.put(f"r{n}", one(n))
    shelf.breaks_after = 2

    with pytest.raises(Transient, match="the line broke"):
        pull(home, shelf)
    assert (shelf.fetched, mirrored(home)) == ([], [])

    shelf.breaks_after = None
    assert pull(home, shelf).new == 3


def test_a_root_that_vanished_between_index_and_fetch_stops_nothing(home: Home, shelf: Shelf) -> None:
    shelf.put("a", one(0))
    shelf.put("b", one(1))
    del shelf.roots["a"]

    assert pull(home, shelf).new == 1


def test_work_is_done_in_batches_and_reported(
    home: Home, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pull_module, "BATCH", 2)
    monkeypatch.setattr(pull_module, "INDEX_CHUNK", 2)
    for n in range(5):
        shelf.put(f"r{n}", one(n))
    shown: list[tuple[str, int, int]] = []

    pull(home, shelf, lambda stage, done, total: shown.append((stage, done, total)))

    assert [len(batch) for batch in shelf.fetched] == [2, 2, 1]
    assert shown == [("pull", 2, 5), ("pull", 4, 5), ("pull", 5, 5)]


def test_of_several_versions_the_bad_one_alone_is_held(home: Home, shelf: Shelf) -> None:
    shelf.put("r", one(0), b"<data")
    report = pull(home, shelf)

    assert (report.new, report.held) == (1, 1)
    assert list(held(home).values()) == ["xml.malformed"]
    assert next(iter(held(home))).startswith("r#")


def test_a_file_that_cannot_be_had_is_asked_for_again(home: Home, shelf: Shelf) -> None:
    xml = application(fields={"photo": "1.jpg"})
    shelf.put("r", xml, files=["1.jpg"])
    assert (pull(home, shelf).new, held(home)) == (1, {"r/1.jpg": "file.unreadable"})

    shelf.files["1.jpg"] = JPEG
    report = pull(home, shelf)

    assert (report.due, report.new, report.files) == (1, 0, 1)
    assert held(home) == {}
    assert pull(home, shelf).due == 0


def test_a_full_disk_of_ours_is_no_fault_of_the_file(
    home: Home, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.put("r", application(fields={"photo": "1.jpg"}), files=["1.jpg"])
    shelf.files["1.jpg"] = JPEG

    def full(self: Store, stream: BinaryIO) -> tuple[str, int]:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Store, "put_stream", full)
        with pytest.raises(Transient, match="free some space"):
            pull(home, shelf)
    assert (mirrored(home), held(home)) == ([], {})

    assert pull(home, shelf).files == 1


def test_what_a_source_cannot_use_is_kept_with_its_bytes(home: Home, shelf: Shelf) -> None:
    shelf.refused = [Unusable("x", "file.link", "ข้อความ", b"content")]
    assert [pull(home, shelf).held for _ in range(2)] == [1, 0]

    shelf.refused = [Unusable("x", "file.special", "ข้อความ")]
    assert pull(home, shelf).held == 1
    assert held(home) == {"x": "file.special"}


def test_what_was_written_before_a_fault_stays_and_the_rest_is_due(
    home: Home, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pull_module, "BATCH", 1)
    for n in range(3):
        shelf.put(f"r{n}", one(n))
    broken = shelf.roots.pop("r1")

    def fetch(root_ids: Sequence[str]) -> Iterator[FetchedSubmission]:
        if root_ids == ["r1"]:
            raise Transient("สายขาด", "the line broke")
        yield from Shelf.fetch(shelf, root_ids)

    shelf.fetch = fetch  # type: ignore[method-assign]
    with pytest.raises(Transient):
        pull(home, shelf)
    assert mirrored(home) == [uid("i", 0)]

    del shelf.fetch  # type: ignore[method-assign]
    shelf.roots["r1"] = broken
    assert pull(home, shelf).due == 2


def test_memory_does_not_grow_with_the_size_of_files(
    home: Home, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = 64 << 20

    class Zeros(io.RawIOBase):
        left = size

        def readable(self) -> bool:
            return True

        def read(self, n: int = -1) -> bytes:
            piece = min(n, self.left)
            self.left -= piece
            return bytes(piece)

    shelf.put("r", application(fields={"photo": "1.jpg"}), files=["1.jpg"])
    monkeypatch.setattr(shelf, "open", lambda _: Zeros())
    tracemalloc.start()
    pull(home, shelf)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < size / 4
