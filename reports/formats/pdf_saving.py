"""Saves a PDF whole or not at all, also where the disk is full."""

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from mochocho.storage.files import atomic_file

if TYPE_CHECKING:
    import pikepdf


def save(book: "pikepdf.Pdf", target: Path) -> None:
    """Write `target`; the same book gives the same bytes. Raises OSError, and the old file stays."""
    import pikepdf

    with atomic_file(target) as file:
        to = _Withheld(file)
        mode = pikepdf.ObjectStreamMode.generate
        book.save(cast("BinaryIO", to), deterministic_id=True, object_stream_mode=mode)
        if to.error is not None:
            raise to.error


class _Withheld(io.RawIOBase):
    """A file whose errors wait: qpdf ends the whole process where one is raised to it while it writes."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.error: OSError | None = None

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        if self.error is None:
            try:
                self._file.write(content)
            except OSError as error:
                self.error = error
        return memoryview(content).nbytes
