"""Whether a list is long, told from its bytes before anything reads it."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from mochocho.excel.workbooks import MAX_UNPACKED
from mochocho.words.errors import DAMAGED

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_CHUNK = 1 << 20
_ROW = b"<row"


def is_longer(path: Path, rows: int) -> bool:
    """Whether a workbook's sheets, or a text, have more rows than this. No for what cannot be opened: its
    reader says why.
    """
    seen = 0
    try:
        for chunk, mark in _chunks(path):
            seen += chunk.count(mark)
            if seen > rows:
                return True
    except DAMAGED:
        pass
    return False


def _chunks(path: Path) -> Iterator[tuple[bytes, bytes]]:
    """Parts of the file, each with what begins or ends a row in it."""
    if not zipfile.is_zipfile(path):
        with path.open("rb") as text:
            while chunk := text.read(_CHUNK):
                yield chunk, b"\n"
        return
    left = MAX_UNPACKED
    with zipfile.ZipFile(path) as book:
        for name in filter(_SHEET.fullmatch, book.namelist()):
            with book.open(name) as sheet:
                while left > 0 and (chunk := sheet.read(_CHUNK)):
                    left -= len(chunk)
                    yield chunk, _ROW
