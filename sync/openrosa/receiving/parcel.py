"""The files of one post on their way into the store: flushed in parallel, and named before the receipt is.

Each file is flushed by another thread while the rest of the post is still read; all flushes end before the
first file gets its name.
"""

from collections.abc import Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from mochocho.storage.files import Incoming, Store, sync_dir
from sync.openrosa.receiving.flushers import Flushers

_MOST_OPEN = 16  # files of one post that are not flushed yet; each holds a descriptor


class Parcel:
    """The files of one post, in the order in which they came."""

    def __init__(self, store: Store, flushers: Flushers) -> None:
        self._store = store
        self._flushers = flushers
        self._files: list[Incoming] = []
        self._flushes: list[Future[None]] = []

    def add(self, stream: BinaryIO) -> tuple[str, int]:
        """Write one more file. Returns (sha256, size in bytes). Raises OSError on a full disk."""
        incoming = self._store.incoming()
        self._files.append(incoming)
        sha256, size = incoming.fill(stream)
        if len(self._flushes) >= _MOST_OPEN:
            self._flushes.pop(0).result()
        self._flushes.append(self._flushers.begin(incoming.flush))
        return sha256, size

    def move_in(self) -> set[Path]:
        """Name every file, once all are on the disk. Returns the folders to sync before a name survives."""
        while self._flushes:
            self._flushes.pop(0).result()
        return {incoming.move_in() for incoming in self._files}

    def keep(self) -> None:
        """Put everything into the store; when this returns, it survives a power cut."""
        self._flushers.together([partial(sync_dir, shelf) for shelf in self.move_in()])

    def discard(self) -> None:
        """Delete what has not been named."""
        wait(self._flushes)
        for incoming in self._files:
            incoming.discard()


@contextmanager
def parcel(store: Store, flushers: Flushers) -> Iterator[Parcel]:
    """A parcel whose unnamed files are deleted at the end."""
    one = Parcel(store, flushers)
    try:
        yield one
    finally:
        one.discard()
