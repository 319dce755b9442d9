"""Saves a PDF whole or not at all, also where the disk is full."""

import hashlib
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from mochocho.storage.files import atomic_file

if TYPE_CHECKING:
    import pikepdf

AT_ONCE = 1 << 20  # bytes: qpdf writes a thousand small pieces to each page


def save(book: "pikepdf.Pdf", target: Path, identity: bytes) -> str:
    """Write `target`; the same book gives the same bytes. Returns their sha256.

    Raises OSError, and the old file stays.

    `identity`: 16 bytes by which programs tell it from other files, made from what is in it: qpdf would take
    them from all that it writes, by MD5, which takes longer than writing; the second half of an ID, for later
    versions of a file, is a constant of its.
    """
    import pikepdf

    with atomic_file(target) as file:
        withheld = _Withheld(file)
        to = io.BufferedWriter(withheld, AT_ONCE)
        book.trailer[pikepdf.Name.ID] = pikepdf.Array([pikepdf.String(identity)] * 2)
        mode = pikepdf.ObjectStreamMode.generate
        book.save(cast("BinaryIO", to), static_id=True, object_stream_mode=mode)
        to.flush()
        if withheld.error is not None:
            raise withheld.error
        return withheld.digest.hexdigest()


class _Withheld(io.RawIOBase):
    """A file whose errors wait: qpdf ends the whole process where one is raised to it while it writes."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.digest = hashlib.sha256()
        self.error: OSError | None = None

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        if self.error is None:
            try:
                self._file.write(content)
                self.digest.update(content)
            except OSError as error:
                self.error = error
        return memoryview(content).nbytes
