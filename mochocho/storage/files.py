"""The content-addressed store, and the one safe way to write a file: whole or not at all, mode 0600."""

import errno
import hashlib
import io
import os
import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from mochocho.words.sentences import Sentence

CHUNK = 1 << 20
_SHA256 = re.compile("[0-9a-f]{64}")
_HALF_WRITTEN = re.compile(
    r"\.[0-9a-f]{16}\.(?:tmp|in|dir)|tmp[a-z0-9_]{8}"
)  # the last: written by an earlier version
_OWNER = ".owner"  # the file in a temporary folder that its process keeps locked

try:
    import fcntl
except ImportError:  # Windows deletes no open file

    def _hold(fd: int) -> bool:  # noqa: ARG001 - elsewhere it is used
        return True

else:

    def _hold(fd: int) -> bool:
        """Lock an open file as one of a living process. False: another process has locked it."""
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a file system without locks: only the file's age decides
            return True
        return True


def sha256_of(path: Path) -> str:
    """Of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def private_dir(path: Path) -> Path:
    """Create `path` and its missing parents, readable by the owner only (0700). Returns it."""
    if path.is_dir():
        return path
    missing = [p for p in (path, *path.parents) if not p.is_dir()]
    for folder in reversed(missing):
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_dir(folder.parent)
    return path


def shelves(root: Path) -> frozenset[str]:
    """Make the folders `00` to `ff` in `root`, synced to disk. Returns their names."""
    names = frozenset(f"{number:02x}" for number in range(256))
    for name in names - {path.name for path in private_dir(root).iterdir()}:
        (root / name).mkdir(mode=0o700, exist_ok=True)
    sync_dir(root)  # always: a process that made them may have been killed before this
    return names


def sync_dir(path: Path) -> None:
    """Make a rename inside `path` survive a power cut;
    does nothing where folders cannot be opened (Windows).
    """
    if os.name == "nt":
        return
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


@contextmanager
def atomic_file(target: Path, *, lasting: bool = True) -> Iterator[BinaryIO]:
    """Write `target` through a temporary file beside it (0600):
    readers see the old file or the whole new one.

    `lasting`: also after a power cut. Not where a file that was cut off is noticed and made again.
    """
    temporary, fd = new_file(target.parent, ".tmp")
    try:
        with os.fdopen(fd, "wb") as handle:
            yield handle
            if lasting:
                handle.flush()
                os.fsync(handle.fileno())
        os.replace(temporary, target)  # noqa: PTH105 - one call site to name in crash tests
        if lasting:
            sync_dir(target.parent)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_file(target: Path, content: bytes) -> None:
    """`atomic_file` for content in memory."""
    with atomic_file(target) as handle:
        handle.write(content)


def claim(target: Path, content: bytes) -> bytes:
    """Write `target` unless it exists, whole or not at all (0600).

    Returns its content: when several claim at once, all get the content of the one that won.
    """
    if not target.is_file():
        with draft(target.parent, content) as one:
            one.flush()
            one.name_once(target)
    sync_dir(target.parent)  # always: a process that made it may have been killed before this
    return target.read_bytes()


class NotInStore(FileNotFoundError):  # noqa: N818 - it says what is the matter
    """The store does not hold a file that a row names; `said` and, in Thai, str() say what to do."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.ENOENT, "not in the store", str(path))

    @property
    def said(self) -> Sentence:
        return Sentence(
            f"{self.filename}: ไฟล์นี้หายจากที่เก็บ ทั้งที่ฐานข้อมูลระบุไว้ ให้กู้ไฟล์เดียวกันจากไฟล์สำรอง (tar) มาวางที่เดิม "
            "`mochocho doctor` บอกว่าเป็นไฟล์ใดของแบบใด",
            f"{self.filename}: the store misses this file, which the database names; put it back from a "
            "backup (tar); `mochocho doctor` says of which form it is",
        )

    def __str__(self) -> str:
        return self.said.th

    def __reduce__(self) -> tuple[type["NotInStore"], tuple[Path]]:
        return type(self), (Path(self.filename),)


def _new(path: Path) -> int:
    """Create a file that is not swept while it is open; returns its descriptor."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        fd = os.open(path, flags, 0o600)
    except OSError as error:
        error.filename = str(path.parent)  # the reader of the error knows the folder, not the temporary name
        raise
    _hold(fd)
    return fd


@contextmanager
def temporary_dir(parent: Path) -> Iterator[Path]:
    """A folder (0700) in `parent` that is removed with the block;
    `sweep` removes what a killed process left.
    """
    folder = private_dir(parent) / f".{secrets.token_hex(8)}.dir"
    folder.mkdir(mode=0o700)
    fd = _new(folder / _OWNER)
    try:
        yield folder
    finally:
        os.close(fd)
        shutil.rmtree(folder, ignore_errors=True)


def sweep(folder: Path, older_than: float, *, below: bool) -> int:
    """Delete half-written files that killed processes left in `folder`, or with `below` in its subfolders.

    Returns how many. A living process, on any machine that shares the folder, keeps its files locked. An
    unlocked file is deleted once it is `older_than` seconds old: it is unlocked for a moment before it gets
    its name.
    """
    swept = 0
    try:
        with os.scandir(folder) as found:
            entries = list(found)
    except OSError:  # it has gone, or we may not read it
        return 0
    for entry in entries:
        if _HALF_WRITTEN.fullmatch(entry.name):
            swept += _swept(entry, older_than)
        elif below and entry.is_dir(follow_symlinks=False):
            swept += sweep(Path(entry.path), older_than, below=True)
    return swept


def _swept(entry: os.DirEntry[str], older_than: float) -> bool:
    path = Path(entry.path)
    is_folder = entry.is_dir(follow_symlinks=False)
    held = path / _OWNER if is_folder else path
    try:
        # abs(): a time in the future, from a clock that once ran ahead, must not keep the file for ever.
        if abs(time.time() - entry.stat(follow_symlinks=False).st_mtime) < older_than or _is_held(held):
            return False
        if is_folder:
            shutil.rmtree(path)
        else:
            path.unlink()
    except OSError:  # it got its name, another process deleted it, or Windows says that it is open
        return False
    return True


def _is_held(path: Path) -> bool:
    try:
        fd = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        return False
    try:
        return not _hold(fd)
    finally:
        os.close(fd)


def new_file(folder: Path, ending: str) -> tuple[Path, int]:
    """A new file (0600) that no other process knows, and its descriptor; its name begins with a dot."""
    path = folder / f".{secrets.token_hex(8)}{ending}"
    return path, _new(path)


@contextmanager
def draft(folder: Path, content: bytes) -> Iterator["Draft"]:
    """A temporary file with this content (0600), for the caller to flush and to name; removed at the end."""
    one = Draft(folder)
    try:
        one.write(content)
        yield one
    finally:
        one.discard()


class Draft:
    """A file without its final name yet: written, then flushed, then named. `path`: its temporary path.

    Few system calls, because each lets another thread of a busy server run first.
    """

    def __init__(self, folder: Path, ending: str = ".tmp") -> None:
        self.path, self._fd = new_file(folder, ending)
        self._left = True  # still under its temporary name

    def write(self, content: bytes) -> None:
        left = memoryview(content)
        while left:
            left = left[os.write(self._fd, left) :]

    def flush(self) -> None:
        """Flush to disk: after this the bytes survive a power cut, though not yet under their name."""
        os.fsync(self._fd)
        self._close()

    def name(self, target: Path) -> None:
        """Give the flushed file its name, replacing any file that has it."""
        os.replace(self.path, target)  # noqa: PTH105 - one call site to name in crash tests
        self._left = False

    def name_once(self, target: Path) -> bool:
        """Give the flushed file its name unless another file has it. Returns whether the name is now ours."""
        # Each refuses to replace a file: rename does on Windows only, link does elsewhere.
        try:
            (os.rename if os.name == "nt" else os.link)(self.path, target)
        except FileExistsError:
            return False
        return True

    def name_too(self, target: Path) -> bool:
        """`name_once` for the first of two names; `name` then gives the other."""
        if os.name != "nt":
            return self.name_once(target)
        with draft(self.path.parent, self.path.read_bytes()) as copy:
            copy.flush()
            return copy.name_once(target)

    def discard(self) -> None:
        """Delete the file unless it has been named."""
        self._close()
        if self._left:
            self.path.unlink(missing_ok=True)

    def _close(self) -> None:
        if self._fd >= 0:
            fd, self._fd = self._fd, -1
            os.close(fd)


def _shelved(sha256: str) -> str:
    if not _SHA256.fullmatch(sha256):
        raise ValueError("not a sha256 in lower-case hex")
    return f"{sha256[:2]}/{sha256[2:]}"


class Store:
    """Files by the sha256 of their bytes: `root/ab/cdef…`. Writing the same bytes twice keeps one file."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._shelves: frozenset[str] = frozenset()  # known to exist on disk

    def path(self, sha256: str) -> Path:
        """The path of these bytes, stored or not. Raises ValueError unless `sha256` is one in hex."""
        return self.root / _shelved(sha256)

    def has(self, sha256: str) -> bool:
        return os.path.isfile(os.path.join(self.root, _shelved(sha256)))  # noqa: PTH113, PTH118 - asked so often

    def open(self, sha256: str) -> BinaryIO:
        """Open the file with these bytes. Raises NotInStore."""
        try:
            return self.path(sha256).open("rb")
        except FileNotFoundError:
            raise NotInStore(self.path(sha256)) from None

    def read(self, sha256: str) -> bytes:
        """The bytes of this file. Raises NotInStore."""
        with self.open(sha256) as file:
            return file.read()

    def put(self, content: bytes) -> str:
        return self.put_stream(io.BytesIO(content))[0]

    def put_stream(self, stream: BinaryIO, note: Callable[[str, int], None] | None = None) -> tuple[str, int]:
        """Store the content of `stream` without holding it in memory. Returns (sha256, size in bytes).

        `note` is called with both when everything is on disk, just before the file gets its name.
        """
        incoming = self.incoming()
        try:
            sha256, size = incoming.fill(stream)
            incoming.flush()
            if note is not None:
                note(sha256, size)
            sync_dir(incoming.move_in())
        finally:
            incoming.discard()
        return sha256, size

    def incoming(self) -> "Incoming":
        """A new file on its way into the store, beside the shelves."""
        try:
            return Incoming(self)
        except FileNotFoundError:
            private_dir(self.root)
        return Incoming(self)

    def shelf(self, sha256: str) -> Path:
        """The folder for these bytes, created if missing."""
        shelf = self.path(sha256).parent
        # Known folders are not looked at again: nothing removes them.
        if shelf.name not in self._shelves:
            self._shelves = shelves(self.root)
        return shelf


class Incoming(Draft):
    """One file on its way into the store: filled, then flushed, then moved in, in this order."""

    def __init__(self, store: Store) -> None:
        super().__init__(store.root, ".in")
        self._store = store
        self._sha256 = ""

    def fill(self, stream: BinaryIO) -> tuple[str, int]:
        """Write all of `stream`. Returns (sha256, size in bytes)."""
        digest, size = hashlib.sha256(), 0
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            self.write(chunk)
        self._sha256 = digest.hexdigest()
        return self._sha256, size

    def move_in(self) -> Path:
        """Give the file its name.
        Returns the folder that must be synced before the name survives a power cut.
        """
        target = self._store.path(self._sha256)
        shelf = self._store.shelf(self._sha256)
        if not target.is_file():
            self.name(target)
        return shelf  # always: a process that renamed it may have been killed before syncing
