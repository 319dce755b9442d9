"""PDFs: whether one opens, its number of pages, and content that no page needs. Pure.

A line break, a BOM or a server's header lines may precede the header and are ignored.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

import pikepdf

from processing.decoding.drawing import COSTLY, cost_of
from processing.decoding.file_kinds import kind_of, pdf_start
from processing.decoding.problem import Problem

MAX_PAGES = 100
MAX_OBJECTS = 50_000
MAX_SIDE = 14_400  # units of 1/72 inch, five metres: a page has no longer side (ISO 32000, annex C)
MAX_PICTURE = 200_000_000  # pixels of a picture on a page: A2 at 600 dpi has 140 million
MAX_STREAM = 128 << 20  # a megabyte of PDF can unpack to a thousand

_END = b"%%EOF"
_MOST_BEHIND = 1024  # bytes that readers skip after the end
_PADDING = b"\0"  # a file copied by blocks is filled up with it
BROKEN = (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError, OSError)
_ACTIVE = (pikepdf.Name("/JavaScript"), pikepdf.Name("/Launch"))
_PLAYS = tuple(map(pikepdf.Name, ("/RichMedia", "/Movie", "/Sound", "/Screen", "/3D")))
_CARRIES_DATA = (pikepdf.Name("/SubmitForm"), pikepdf.Name("/ImportData"))
_PICTURE = pikepdf.Name("/Image")
_GOES_TO_A_PAGE = pikepdf.Name("/GoTo")
_DEEPEST = 8  # nested direct objects


def measure(content: bytes) -> int:
    """The number of pages of a PDF that is complete and harmless. Raises Problem."""
    with _opened(content) as pdf:
        pages = _pages_of(pdf)
        for found in (_problem_of(thing) for thing in pdf.objects):
            if found:
                raise Problem(found)
        if any(_is_too_large(page) for page in pdf.pages):
            raise Problem("page_too_large")
        if cost_of(pdf) > COSTLY:
            raise Problem("too_complex")
        return pages


def pages(content: bytes) -> int | None:
    """The number of pages of a PDF; None for anything else."""
    try:
        with _opened(content) as pdf:
            return len(pdf.pages)
    except Problem:
        return None


@contextmanager
def _opened(content: bytes) -> Iterator[pikepdf.Pdf]:
    pikepdf.settings.set_qpdf_limits(flate_max_memory=MAX_STREAM)
    content = content[max(0, pdf_start(content)) :].rstrip(_PADDING)
    try:
        with _repaired(content) as pdf:
            yield pdf
    except pikepdf.PasswordError:
        raise Problem("encrypted") from None
    except BROKEN:
        raise Problem("damaged") from None


def _repaired(content: bytes) -> pikepdf.Pdf:
    """Read a PDF even if its table of objects is wrong, unless the file is truncated."""
    try:
        return pikepdf.open(io.BytesIO(content), suppress_warnings=True, attempt_recovery=False)
    except pikepdf.PasswordError:
        raise
    except BROKEN:
        repaired = pikepdf.open(io.BytesIO(content), suppress_warnings=True)
    if _END not in content[-_MOST_BEHIND:]:
        repaired.close()
        raise Problem("truncated")
    return repaired


def _pages_of(pdf: pikepdf.Pdf) -> int:
    if pdf.is_encrypted:
        raise Problem("encrypted")
    if len(pdf.objects) > MAX_OBJECTS:
        raise Problem("too_complex")
    count = len(pdf.pages)
    if count == 0:
        raise Problem("no_pages")
    if count > MAX_PAGES:
        raise Problem("too_many_pages")
    return count


def _problem_of(thing: pikepdf.Object, depth: int = 0) -> str:
    """The problem of an object or of a direct object inside it: what it does or carries; "" for none."""
    if depth > _DEEPEST:
        return ""
    if isinstance(thing, pikepdf.Array):
        parts = iter(thing)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        if _is_active(thing):
            return "active"
        if _is_attachment(thing):
            return "attachment"
        if thing.get("/S") in _CARRIES_DATA:  # when somebody presses it: by itself it is active
            return "form_action"
        if _is_huge_picture(thing):
            return "too_many_pixels"
        parts = iter(thing.values())
    else:
        return ""
    inside = (_problem_of(part, depth + 1) for part in islice(parts, 1000) if _is_nested(part))
    return next(filter(None, inside), "")


def _is_too_large(page: pikepdf.Page) -> bool:
    box, unit = page.mediabox, page.obj.get("/UserUnit", 1)
    if not isinstance(box, pikepdf.Array) or len(box) != 4:
        return False
    left, bottom, right, top = (float(edge) for edge in box)
    return max(abs(right - left), abs(top - bottom)) * float(unit) > MAX_SIDE


def _is_huge_picture(thing: pikepdf.Object) -> bool:
    """A picture that would be unpacked whole to draw its page, however small it stands there."""
    if thing.get("/Subtype") != _PICTURE:
        return False
    width, height = thing.get("/Width", 0), thing.get("/Height", 0)
    return isinstance(width, int) and isinstance(height, int) and width * height > MAX_PICTURE


def _is_nested(part: object) -> bool:
    return isinstance(part, pikepdf.Array | pikepdf.Dictionary) and not part.is_indirect


def _is_active(thing: pikepdf.Object) -> bool:
    """Whether an action runs a script or program, happens by itself and does more than turn the page, or
    something is played on a page.

    A link that must be clicked does not count.
    """
    if "/JS" in thing or "/JavaScript" in thing or thing.get("/S") in _ACTIVE:
        return True
    if thing.get("/Subtype") in _PLAYS:
        return True
    by_itself = [thing.get("/OpenAction")]
    occasions = thing.get("/AA")
    if isinstance(occasions, pikepdf.Dictionary):
        by_itself += list(occasions.values())
    return any(_acts(action) for action in by_itself)


def _acts(action: object, depth: int = 0) -> bool:
    if isinstance(action, pikepdf.Array):  # of a /Next; the only dictionary in a destination is the page
        return any(_acts(one, depth) for one in islice(action, 100) if _is_action(one))
    if not isinstance(action, pikepdf.Dictionary) or not _is_action(action):
        return False
    follows = action.get("/Next")
    return depth > _DEEPEST or action.get("/S") != _GOES_TO_A_PAGE or _acts(follows, depth + 1)


def _is_action(thing: object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and isinstance(thing.get("/S"), pikepdf.Name)


def _is_attachment(thing: pikepdf.Object) -> bool:
    """Whether an object is an embedded file, except the XML of an electronic tax invoice (PDF/A-3)."""
    held = thing.get("/EF")
    if not isinstance(held, pikepdf.Dictionary):
        return False
    files = [file for file in held.values() if isinstance(file, pikepdf.Stream)]
    named_xml = str(thing.get("/UF", thing.get("/F", ""))).lower().endswith(".xml")
    return not (named_xml and all(kind_of(file.read_bytes()) == "markup" for file in files))
