"""Finds where a picture ends in its file, and whether the rest makes the file something else too. Pure.

Phones put much into and behind a photo: the video of a motion photo, a second picture (MPO), a comment or
EXIF with any text. None of that is part of the picture, and none of it opens as anything but a photo.
"""

import io
import re
import zipfile

from mochocho.words.errors import DAMAGED
from processing.decoding.file_kinds import pdf_start
from processing.decoding.problem import Problem

MAX_SCANS = 100  # a progressive JPEG has about ten; thousands keep a processor busy for minutes
MAX_PARTS = 20_000  # segments or chunks: a photo has dozens, a PNG with one row in each has thousands

_MARKUP_INSIDE = re.compile(rb"<(?:script[\s>]|html[\s>]|!doctype\s)", re.IGNORECASE)
_PDF_INSIDE = re.compile(rb"%PDF-[12]\.")
_PDF_END = re.compile(rb"startxref\s+[0-9]+\s+%%EOF")
_NEXT_JPEG = re.compile(rb"\x00*\xff\xd8(?=\xff)")
# inside a scan, FF00 is a byte FF, and FFD0-FFD7 number its parts
MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # of several FF the last: a search for one byte is fast
_SOS, _EOI, _TEM = 0xDA, 0xD9, 0x01


def end_of(kind: str, content: bytes) -> int:
    """Where the picture ends, at most the end of the file. Raises Problem too_complex."""
    return {"jpeg": _end_of_jpeg, "png": _end_of_png, "webp": _end_of_webp}[kind](content)


def holds_something_else(content: bytes, end: int) -> bool:
    """Whether another program would find a page,
    a PDF or an archive in a file whose picture ends at `end`.
    """
    behind = content[end:]
    return (
        _MARKUP_INSIDE.search(behind) is not None
        or _PDF_INSIDE.search(behind) is not None
        or (pdf_start(content) >= 0 and _PDF_END.search(content) is not None)
        or _is_archive(content)
    )


def _is_archive(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return bool(archive.namelist())
    except DAMAGED:
        return False


def _end_of_jpeg(content: bytes) -> int:
    """The end of the last of several pictures one after the other; only the first is drawn."""
    at, scans = 2, 0
    for _ in range(MAX_PARTS):
        marker = MARKER.search(content, at)
        if marker is None:
            return len(content)
        code, at = content[marker.end() - 1], marker.end()
        if code == _EOI and (another := _NEXT_JPEG.match(content, at)):
            at, scans = another.end(), 0
        elif code == _EOI:
            return at
        if code in (_EOI, _TEM):
            continue
        if code == _SOS:
            scans += 1
        if scans > MAX_SCANS:
            break
        at += int.from_bytes(content[at : at + 2])
    raise Problem("too_complex")


def _end_of_png(content: bytes) -> int:
    at = 8
    for _ in range(MAX_PARTS):
        size, kind = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        at += 12 + size
        if kind == b"IEND" or at >= len(content):
            return min(at, len(content))
    raise Problem("too_complex")


def _end_of_webp(content: bytes) -> int:
    return min(8 + int.from_bytes(content[4:8], "little"), len(content))
