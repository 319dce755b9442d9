"""Too small to read: a thumbnail, or a sheet photographed from far away. Pure."""

import numpy as np
import numpy.typing as npt

from mochocho.words.model import Doubtful, Suspicion
from processing.photographs.page import CELL, Page
from processing.photographs.planes.shapes import level
from processing.photographs.thresholds import THRESHOLDS

_LEASTCELLS = 8  # of the shorter side: a smaller picture is small as a whole
_BRIGHT = (0.75, 0.85, 0.92)  # of the brightest hundredth of cells: the sheet, on a lighter table the last
_OUTSIDE = 0.85  # of the sheet's grey, that its table is at most; the edge of a shadow is not as sharp
_MUCH = 0.3  # of the row or column of cells with most of them
_RING = 2  # cells beyond the sheet: its table begins there, a shadow has hardly begun
_LEAST_INK = 150  # points of letters on the sheet: a lamp or a window has none

Box = tuple[int, int, int, int]


def small(page: Page) -> Suspicion | None:
    """The longer side of the sheet, where it can be told from its table; else that of the picture."""
    least = THRESHOLDS[Doubtful.SMALL]
    high, wide = page.grey.shape
    box = _sheet(page) or (0, 0, wide, high)
    left, top, right, bottom = box
    number = round(max(right - left, bottom - top) * page.enlarged)
    if number >= least:
        return None
    region = (100 * left // wide, 100 * top // high, -(-100 * right // wide), -(-100 * bottom // high))
    return Suspicion(Doubtful.SMALL, number, least, region)


def _sheet(page: Page) -> Box | None:
    """(left, top, right, bottom) of one bright sheet with darker things all around it."""
    if min(page.grey.shape) < CELL * _LEASTCELLS:
        return None
    brightest = level(page.paper_of_cells, 99)
    return next(filter(None, (_brighter_than(page, brightest * part) for part in _BRIGHT)), None)


def _brighter_than(page: Page, least: float) -> Box | None:
    levels = page.paper_of_cells
    bright = levels > least
    if not bright.any():  # the lens was covered: nothing is brighter than black
        return None
    (x0, x1), (y0, y1) = _extent(bright.sum(axis=0)), _extent(bright.sum(axis=1))
    if min(x0, y0, levels.shape[1] - x1, levels.shape[0] - y1) < _RING:
        return None
    inside = level(levels[y0:y1, x0:x1], 50)
    ring = (
        levels[y0 - _RING, x0:x1],
        levels[y1 + _RING - 1, x0:x1],
        levels[y0:y1, x0 - _RING],
        levels[y0:y1, x1 + _RING - 1],
    )
    if max(level(side, 90) for side in ring) > inside * _OUTSIDE:
        return None
    box = (x0 * CELL, y0 * CELL, x1 * CELL, y1 * CELL)
    written = np.count_nonzero(page.letters[box[1] : box[3], box[0] : box[2]])
    return box if written >= _LEAST_INK else None


def _extent(bright: npt.NDArray[np.int64]) -> tuple[int, int]:
    """From where to where there is much of it: a bright line of the table is as long, but not as wide."""
    places = np.flatnonzero(bright >= max(1, bright.max() * _MUCH))
    return int(places[0]), int(places[-1]) + 1
