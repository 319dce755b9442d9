"""How long a list is, told from its bytes before anything reads it."""

import re
import zipfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from mochocho.excel.workbooks import MAX_UNPACKED
from mochocho.words.errors import DAMAGED
from mochocho.words.progress import ProgressCall, RowCall, silent, unheard

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_CHUNK = 1 << 20
_LINE, _ROW = re.compile(rb"\n"), re.compile(rb"<row[\s/>]")
_CUT = 4  # bytes of a row's beginning that may stand at the end of a part


def is_longer(path: Path, rows: int) -> bool:
    """Whether a workbook's sheets, or a text, have more rows than this. No for what cannot be opened: its
    reader says why.
    """
    return any(seen > rows for seen in _counting(path))


def telling(path: Path, progress: ProgressCall) -> RowCall:
    """What a reader of this file calls at each row, for `progress` to be told how many of all were read.

    Excel leaves out empty rows, which a reader counts: never more are told than there are. Nothing is told
    before the first, as a reader of YAML counts none.
    """
    if progress is silent:
        return unheard
    total, read = max(_counting(path), default=0), count(1)
    return lambda: progress("read", min(next(read), total), total)


def _counting(path: Path) -> Iterator[int]:
    """How many rows were seen after each part of the file; nothing more of what cannot be opened."""
    seen = 0
    try:
        for found in _found(path):
            seen += found
            yield seen
    except DAMAGED:
        pass


def _found(path: Path) -> Iterator[int]:
    """How many rows begin or end in each part of the file."""
    if not zipfile.is_zipfile(path):
        with path.open("rb") as text:
            while chunk := text.read(_CHUNK):
                yield len(_LINE.findall(chunk))
        return
    left = MAX_UNPACKED
    with zipfile.ZipFile(path) as book:
        for name in filter(_SHEET.fullmatch, book.namelist()):
            with book.open(name) as sheet:
                before = b""
                while left > 0 and (chunk := sheet.read(_CHUNK)):
                    left -= len(chunk)
                    yield len(_ROW.findall(before + chunk))
                    before = chunk[-_CUT:]
