"""Too dark, or so bright that the print has gone. Pure."""

import numpy as np

from mochocho.words.model import Doubtful, Suspicion
from processing.photographs.page import Page
from processing.photographs.thresholds import THRESHOLDS

_FAINT = 7  # grey levels: what is no darker than this is paper
_LEAST_INK = 2  # of 10,000 points: a sheet without print is blank and not bright
_ROWS = 8
_ON_PAPER = 0.8  # of the picture's light: what is darker is the table, and the sheet's edge is on neither


def dark(page: Page) -> Suspicion | None:
    """Nothing in the picture is bright: what is paper at all is the brightest part of it."""
    least = THRESHOLDS[Doubtful.DARK]
    return Suspicion(Doubtful.DARK, page.light, least) if page.light < least else None


def bright(page: Page) -> Suspicion | None:
    """Something is written, and even its darkest part is light: the print has faded into the paper."""
    most = THRESHOLDS[Doubtful.BRIGHT]
    if page.light <= most:
        return None
    few = page.grey.size * _LEAST_INK // 10_000
    if _dark_letters(page, most) > few:
        return None
    strokes = (page.depth > np.uint8(max(_FAINT, page.grain))) & page.brighter(_ON_PAPER)
    strokes &= page.letters >= page.ink  # an edge of the sheet is a rule, however faded the print is
    if np.count_nonzero(strokes) <= few or np.count_nonzero(strokes & (page.grey <= most)) > few:
        return None
    return Suspicion(Doubtful.BRIGHT, int(np.partition(page.grey[strokes], few)[few]), most)


def _dark_letters(page: Page, most: int) -> int:
    """In some rows; of what is written at all they are a part, and most pages are told by them."""
    rows = (slice(None, None, _ROWS), slice(None))
    on_paper = page.letters[rows] & page.brighter(_ON_PAPER, rows)
    return int(np.count_nonzero(on_paper & (page.grey[rows] <= most)))
