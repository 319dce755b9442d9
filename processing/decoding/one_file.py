"""What can be known of one file by its bytes alone. Pure."""

from dataclasses import replace

from mochocho.words.model import Doubtful, Imprint, Measurement, Suspicion
from processing.decoding import drawn_pictures, pdf_pages, pdfs
from processing.decoding.file_kinds import HEAD, PICTURES, kind_of
from processing.decoding.jobs import MAX_BYTES
from processing.decoding.problem import Problem
from processing.photographs.all_looks import suspicions_of
from processing.same_pages.imprint import imprint

_TOLD = ("empty", "heic", "avif", "jxl", "video")  # kinds that say by themselves what to do


def measure(sha256: str, content: bytes, size: int | None = None) -> Measurement:
    """Measure one file's content; never raises for what the content is.

    `size`: of the file, where the content was cut as it is too large.
    """
    kind = kind_of(content[:HEAD])
    if len(content) > MAX_BYTES:
        return Measurement(sha256, size or len(content), kind, problem="too_large")
    width = height = pages = 0
    problem, suspicions, imprints = "", tuple[Suspicion, ...](), tuple[Imprint, ...]()
    try:
        if kind in PICTURES:
            taken, reduced = drawn_pictures.measure(kind, content)
            width, height = taken.size
            suspicions = suspicions_of(reduced, taken)
            imprints = (imprint(reduced.grey),)
        elif kind == "pdf":
            pages = pdfs.measure(content)
            suspicions, imprints = _looked_at(content, pages)
        else:
            problem = kind if kind in _TOLD else "unsupported"
    except Problem as error:
        problem = error.code
    return Measurement(sha256, len(content), kind, width, height, pages, problem, suspicions, imprints)


def _looked_at(content: bytes, pages: int) -> tuple[tuple[Suspicion, ...], tuple[Imprint, ...]]:
    """What a person should look at in a PDF, and the imprints of its pages.

    The back of a sheet is blank in many a scan: only where every page is, it is told.
    """
    suspicions, imprints, blank = list[Suspicion](), list[Imprint](), list[Suspicion]()
    for sheet, reduced in pdf_pages.drawn(content):
        imprints.append(imprint(reduced.grey, sheet))
        for found in suspicions_of(reduced):
            kept = blank if found.kind is Doubtful.BLANK else suspicions
            kept.append(replace(found, sheet=sheet))
    if len(blank) == len(imprints):
        suspicions += blank[:1]
    if pages > pdf_pages.LOOKED_AT:
        suspicions.append(Suspicion(Doubtful.LONG, pages, pdf_pages.LOOKED_AT))
    return tuple(suspicions), tuple(imprints)
