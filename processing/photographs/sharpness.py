"""Blurred: out of focus or shaken, so that the strokes of letters run into one another. Pure.

An edge is sharp if grey changes within two points by most of what it changes within eight. Each direction is
measured by itself, for a shaken picture is sharp along its way; the sheet counts, not its table.
"""

import numpy as np

from mochocho.words.model import Doubtful, Suspicion
from processing.photographs.page import CELL, Page
from processing.photographs.shapes import ACROSS, DOWN, Grey, Mask, difference, largest
from processing.photographs.thresholds import THRESHOLDS

_CELL = 2 * CELL  # points of a side of a cell
_NEAR, _FAR = 2, 8  # points
_EDGE = 28  # grey levels: fewer are no edge to judge by
_LEAST_CELLS = 12  # with an edge in one direction: fewer say nothing
_ON_PAPER = 0.6  # of the picture's light: what is darker is the table
_BEST = 80  # of a hundred cells, this many are no sharper


def blurred(page: Page) -> Suspicion | None:
    """Even the sharper edges are soft, across or down."""
    least = THRESHOLDS[Doubtful.BLURRED]
    if min(page.grey.shape) < _CELL + _FAR:
        return None
    bright = np.asarray(largest(page.paper_of_cells, _CELL // CELL) > page.light * _ON_PAPER)
    found = [_sharpness(page.smooth, bright, axis) for axis in (DOWN, ACROSS)]
    number = min((share for share in found if share is not None), default=100)
    return Suspicion(Doubtful.BLURRED, number, least) if number < least else None


def _sharpness(grey: Grey, bright: Mask, axis: int) -> int | None:
    """Of edges met along an axis: near change in hundredths of far change; None without edges."""
    begin = (_FAR - _NEAR) // 2
    close = largest(_change(grey, begin, _NEAR, axis), _CELL)
    distant = largest(_change(grey, 0, _FAR, axis), _CELL)
    edges = (distant > _EDGE) & bright[: distant.shape[0], : distant.shape[1]]
    if np.count_nonzero(edges) < _LEAST_CELLS:
        return None
    return int(np.percentile(close[edges] * 100.0 / distant[edges], _BEST))


def _change(grey: Grey, begin: int, over: int, axis: int) -> Grey:
    """How far each point with one this far beyond it is from it, for all that have one _FAR beyond."""
    along = grey.shape[axis] - _FAR
    one, other = slice(begin, begin + along), slice(begin + over, begin + over + along)
    if axis == DOWN:
        return difference(grey[one], grey[other])
    return difference(grey[:, one], grey[:, other])
