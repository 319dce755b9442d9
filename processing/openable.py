"""Does one file open, and what is in it: the checks that need nothing but its bytes. Pure."""

import io
import re
import struct
import threading
import zipfile
import zlib
from itertools import islice

import pikepdf
from PIL import Image

from mochocho.model import Measurement
from processing.sniff import kind_of

CHECK_VERSION = 1  # raise it when a check below changes its mind

MAX_PIXELS = 50_000_000  # four times what phones take; a JPEG is decoded at an eighth of its size
MAX_PIXELS_WHOLE = 25_000_000  # PNG and WEBP have no small decode: 100 MB of memory
MAX_SCANS = 100  # a progressive JPEG has about ten; thousands keep a processor busy for minutes
MAX_PDF_PAGES = 100
MAX_PDF_OBJECTS = 50_000
MAX_PDF_STREAM = 128 << 20  # a megabyte of PDF can unpack to a thousand

_BROKEN_IMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    struct.error,
    zlib.error,
)
_MARKUP_INSIDE = re.compile(rb"<(?:script[\s>]|html[\s>]|!doctype\s)", re.IGNORECASE)
_PDF_INSIDE = re.compile(rb"%PDF-[12]\.")
_SCAN = b"\xff\xda"
_pdf_lock = threading.Lock()  # qpdf's limits belong to the process; its work is short


class _Problem(Exception):  # noqa: N818 - carries a code to `measure_bytes`, never leaves this module
    """A file that cannot be used; `code` as in `documents.decodable.PROBLEMS_TH`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def measure_bytes(sha256: str, content: bytes) -> Measurement:
    """Measure one file's content. Pure; never raises for what the content is."""
    kind = kind_of(content[:1024])
    width = height = pages = 0
    problem = ""
    try:
        if kind in ("jpeg", "png", "webp"):
            width, height = _measure_image(kind, content)
        elif kind == "pdf":
            pages = _measure_pdf(content)
        else:
            problem = kind if kind in ("empty", "heic") else "unsupported"
    except _Problem as error:
        problem = error.code
    return Measurement(sha256, len(content), kind, width, height, pages, problem)


def _measure_image(kind: str, content: bytes) -> tuple[int, int]:
    """(width, height) of an image all of which could be decoded."""
    if kind == "jpeg" and content.count(_SCAN) > MAX_SCANS:
        raise _Problem("too_complex")
    try:
        # Only the decoder of this kind may look at it: the others never see hostile bytes.
        with Image.open(io.BytesIO(content), formats=[kind.upper()]) as image:
            width, height = image.size
            if width * height > (MAX_PIXELS if kind == "jpeg" else MAX_PIXELS_WHOLE):
                raise _Problem("too_many_pixels")
            image.draft(
                "L", (max(1, width // 8), max(1, height // 8))
            )  # JPEG only: reads all, computes little
            image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _Problem("too_many_pixels") from None
    except _BROKEN_IMAGE as error:
        raise _Problem("truncated" if "truncated" in str(error) else "damaged") from None
    if _holds_something_else(content):
        raise _Problem("polyglot")
    return width, height


def _holds_something_else(content: bytes) -> bool:
    return (
        _MARKUP_INSIDE.search(content) is not None
        or _PDF_INSIDE.search(content) is not None
        or zipfile.is_zipfile(io.BytesIO(content))
    )


def _measure_pdf(content: bytes) -> int:
    """How many pages a harmless PDF has."""
    with _pdf_lock:
        pikepdf.settings.set_qpdf_limits(flate_max_memory=MAX_PDF_STREAM)
        try:
            with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
                return _pages_of(pdf)
        except pikepdf.PasswordError:
            raise _Problem("encrypted") from None
        except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError, OSError):
            raise _Problem("damaged") from None


def _pages_of(pdf: pikepdf.Pdf) -> int:
    if pdf.is_encrypted:
        raise _Problem("encrypted")
    if len(pdf.objects) > MAX_PDF_OBJECTS:
        raise _Problem("too_complex")
    pages = len(pdf.pages)
    if pages == 0:
        raise _Problem("no_pages")
    if pages > MAX_PDF_PAGES:
        raise _Problem("too_many_pages")
    if any(_is_active(thing) for thing in pdf.objects):
        raise _Problem("active")
    return pages


def _is_active(thing: pikepdf.Object, depth: int = 0) -> bool:
    """Whether an object, or one that stands directly inside it, is a script or starts a program."""
    if depth > 8:
        return False
    if isinstance(thing, pikepdf.Array):
        return any(_is_active(part, depth + 1) for part in islice(thing, 1000) if _is_nested(part))
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return False
    if "/JS" in thing or "/JavaScript" in thing or thing.get("/S") in _ACTIVE:
        return True
    return any(_is_active(part, depth + 1) for part in thing.values() if _is_nested(part))


_ACTIVE = (pikepdf.Name("/JavaScript"), pikepdf.Name("/Launch"))


def _is_nested(part: object) -> bool:
    return isinstance(part, pikepdf.Array | pikepdf.Dictionary) and not part.is_indirect
