"""Notes which files of a server are in the store although the rows of their submission are not written yet.

A killed process has stored more than it has written: files noted here are not downloaded again. Where a note
does not hold (a cut-off line, a file that never got its name, a new fingerprint), the file is downloaded.
"""

import hashlib
import json
import os
import threading
from collections.abc import Collection
from contextlib import suppress

from mochocho.storage.files import private_dir
from mochocho.storage.home import Home
from sync.sources.protocol import AttachmentRef, FetchedSubmission

FOLDER = "pull"

_Key = tuple[str, str, str]  # root id, fingerprint, locator


class Journal:
    """The notes of one source, one line per file; deleted once a pull is complete."""

    def __init__(self, home: Home, source: str) -> None:
        self._path = (
            home.settings.home / FOLDER / f"{hashlib.sha256(source.encode()).hexdigest()[:32]}.journal"
        )
        self._lock = threading.Lock()
        self._known: dict[_Key, tuple[str, int]] = {}
        with suppress(OSError):
            for line in self._path.read_bytes().splitlines():
                self._read(line)

    def find(self, root: FetchedSubmission, ref: AttachmentRef) -> tuple[str, int] | None:
        """The sha256 and size of this file, if it was noted for exactly this state of the root."""
        return self._known.get((root.root_id, root.fingerprint, ref.locator))

    def note(self, root: FetchedSubmission, ref: AttachmentRef, sha256: str, size: int) -> None:
        """Note a file just before it gets its name in the store."""
        line = json.dumps([root.root_id, root.fingerprint, ref.locator, sha256, size]).encode()
        with self._lock:  # line breaks on both sides, so that an earlier cut-off line spoils nothing
            fd = self._opened()
            try:
                os.write(fd, b"\n" + line + b"\n")
            finally:
                os.close(fd)

    def distrust(self, roots: Collection[str]) -> None:
        """Forget the notes about these roots: their files are to be compared."""
        self._known = {key: file for key, file in self._known.items() if key[0] not in roots}

    def end(self) -> None:
        """Everything noted has been written."""
        self._known = {}
        with suppress(OSError):  # Windows keeps a file that another pull has open
            self._path.unlink(missing_ok=True)

    def _opened(self) -> int:
        """Opened anew for each note, since another pull that ends deletes the file."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        try:
            return os.open(self._path, flags, 0o600)
        except FileNotFoundError:
            private_dir(self._path.parent)
        return os.open(self._path, flags, 0o600)

    def _read(self, line: bytes) -> None:
        with suppress(ValueError, TypeError):
            root_id, fingerprint, locator, sha256, size = json.loads(line)
            self._known[root_id, fingerprint, locator] = (sha256, size)
