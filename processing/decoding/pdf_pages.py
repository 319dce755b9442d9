"""The pages of a PDF, drawn small, to be looked at as photographs are. Pure."""

from collections.abc import Iterator
from contextlib import closing

import pypdfium2
from PIL import Image

from mochocho.words.model import Doubtful
from processing.decoding.file_kinds import pdf_start
from processing.decoding.problem import Problem
from processing.photographs.reduced import LONG_SIDE, Reduced
from processing.photographs.thresholds import THRESHOLDS

LOOKED_AT = THRESHOLDS[Doubtful.LONG]  # pages, from the first; of a longer document a person is told so


def drawn(content: bytes) -> Iterator[tuple[int, Reduced]]:
    """(number from 1, small copy) of each page that is looked at. Raises Problem damaged.

    Nothing in the file runs: neither scripts nor forms are drawn by a program that has them.
    """
    try:
        with closing(pypdfium2.PdfDocument(content[max(0, pdf_start(content)) :])) as pdf:
            for number in range(min(len(pdf), LOOKED_AT)):
                with closing(_opened(pdf, number)) as page:
                    yield number + 1, _small(page)
    except pypdfium2.PdfiumError:
        raise Problem("damaged") from None


def page(content: bytes, number: int, longest: int) -> Image.Image:
    """The page of this number (from 1), drawn within `longest` pixels. Raises Problem damaged."""
    try:
        with (
            closing(pypdfium2.PdfDocument(content[max(0, pdf_start(content)) :])) as pdf,
            closing(_opened(pdf, number - 1)) as one,
            closing(one.render(scale=longest / max(1.0, *one.get_size()))) as bitmap,
        ):
            image: Image.Image = bitmap.to_pil().convert("RGB")
            return image
    except pypdfium2.PdfiumError:
        raise Problem("damaged") from None


def _opened(pdf: pypdfium2.PdfDocument, place: int) -> pypdfium2.PdfPage:
    """The page at this place, from 0; a crop box that leaves nothing of it is passed over."""
    found = pdf[place]
    if not all(found.get_size()):
        found.set_cropbox(*found.get_mediabox())
    return found


def _small(page: pypdfium2.PdfPage) -> Reduced:
    scale = LONG_SIDE / max(1.0, *page.get_size())
    with closing(page.render(scale=scale, grayscale=True)) as bitmap:
        return Reduced.of(bitmap.to_pil().convert("L").copy())
