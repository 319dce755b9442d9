"""Files are written whole or not at all, for their owner only; the store keeps each content once."""

import hashlib
import io
import os
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mochocho.storage.files import CHUNK, Store, atomic_file, claim, private_dir, write_file

posix = pytest.mark.skipif(os.name == "nt", reason="Windows keeps no permission bits")


@pytest.fixture(autouse=True)
def wide_umask() -> Iterator[None]:
    """The mask of most offices' machines: what is not made private on purpose is readable by all."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


class TestPrivateDir:
    @posix
    def test_every_folder_it_makes_is_private(self, tmp_path: Path) -> None:
        made = private_dir(tmp_path / "a" / "b" / "c")
        assert made == tmp_path / "a" / "b" / "c"
        assert [mode(p) for p in (made, made.parent, made.parent.parent)] == [0o700] * 3

    def test_again_is_harmless(self, tmp_path: Path) -> None:
        assert private_dir(private_dir(tmp_path / "a")) == tmp_path / "a"

    def test_a_file_in_its_place_is_not_taken_for_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_text("x")
        with pytest.raises(FileExistsError):
            private_dir(tmp_path / "a")


class TestWriting:
    @posix
    @pytest.mark.parametrize("write", [write_file, claim])
    def test_a_new_file_is_its_owners_alone(
        self, tmp_path: Path, write: Callable[[Path, bytes], object]
    ) -> None:
        write(tmp_path / "f", b"x")
        assert mode(tmp_path / "f") == 0o600

    def test_a_folder_that_takes_no_file_is_named_and_not_the_temporary_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuses(path: Path, *_: object) -> int:
            raise PermissionError(13, "Permission denied", str(path))

        monkeypatch.setattr(os, "open", refuses)
        with pytest.raises(PermissionError) as refused:
            write_file(tmp_path / "a.xlsx", b"")
        assert refused.value.filename == str(tmp_path)

    def test_it_replaces_what_was_there(self, tmp_path: Path) -> None:
        write_file(tmp_path / "f", b"old")
        write_file(tmp_path / "f", b"new")
        assert (tmp_path / "f").read_bytes() == b"new"
        assert [p.name for p in tmp_path.iterdir()] == ["f"]

    @pytest.mark.parametrize("already", [None, b"old"])
    def test_a_failure_half_way_leaves_everything_as_it_was(
        self, tmp_path: Path, already: bytes | None
    ) -> None:
        if already is not None:
            write_file(tmp_path / "f", already)

        def half() -> None:
            with atomic_file(tmp_path / "f") as handle:
                handle.write(b"half")
                handle.flush()
                raise RuntimeError

        with pytest.raises(RuntimeError):
            half()
        assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == ({"f": already} if already else {})

    def test_of_many_claims_at_once_all_are_told_the_same_winner(self, tmp_path: Path) -> None:
        start, told = threading.Barrier(8), []

        def one(content: bytes) -> None:
            start.wait()
            told.append(claim(tmp_path / "first", content))

        threads = [threading.Thread(target=one, args=(bytes([n]) * 1000,)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert set(told) == {(tmp_path / "first").read_bytes()}
        assert len(told) == 8
        assert [p.name for p in tmp_path.iterdir()] == ["first"]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def kept(store: Store) -> list[Path]:
    return [p for p in store.root.rglob("*") if p.is_file()]


class TestStore:
    @settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.binary(max_size=200))
    def test_what_was_put_is_read_by_its_sha256(self, store: Store, content: bytes) -> None:
        name = store.put(content)
        assert name == hashlib.sha256(content).hexdigest()
        assert store.has(name)
        assert store.read(name) == content

    def test_a_stream_of_many_chunks(self, store: Store) -> None:
        content = os.urandom(2 * CHUNK + 17)
        name, size = store.put_stream(io.BytesIO(content))
        assert size == len(content)
        with store.open(name) as handle:
            assert handle.read() == content

    def test_the_same_bytes_are_kept_once(self, store: Store) -> None:
        assert store.put(b"x") == store.put(b"x")
        assert len(kept(store)) == 1

    def test_many_who_put_the_same_at_once(self, store: Store) -> None:
        start = threading.Barrier(8)

        def one() -> None:
            start.wait()
            store.put(b"the same photo")

        threads = [threading.Thread(target=one) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [p.read_bytes() for p in kept(store)] == [b"the same photo"]

    @posix
    def test_nobody_else_can_look_into_it(self, store: Store) -> None:
        store.put(b"x")
        assert {mode(p) for p in store.root.rglob("*") if p.is_dir()} | {mode(store.root)} == {0o700}
        assert [mode(p) for p in kept(store)] == [0o600]

    def test_a_stream_that_breaks_leaves_nothing(self, store: Store) -> None:
        class Broken(io.RawIOBase):
            sent = False

            def read(self, _size: int = -1) -> bytes:
                if self.sent:
                    raise ConnectionResetError
                self.sent = True
                return b"half"

        with pytest.raises(ConnectionResetError):
            store.put_stream(Broken())  # type: ignore[arg-type]
        assert kept(store) == []

    def test_what_it_does_not_hold(self, store: Store) -> None:
        absent = hashlib.sha256(b"absent").hexdigest()
        assert not store.has(absent)
        with pytest.raises(FileNotFoundError):
            store.open(absent)

    @pytest.mark.parametrize(
        "name", ["", "..", "../../etc/passwd", "/etc/passwd", "AB" * 32, "0" * 63, "0" * 64 + "\n"]
    )
    def test_only_a_sha256_becomes_a_path(self, store: Store, name: str) -> None:
        for use in (store.path, store.has, store.open, store.read):
            with pytest.raises(ValueError, match="not a sha256"):
                use(name)
