"""Blurred: out of focus or shaken, so that the strokes of letters run into one another. Pure.

An edge is sharp if grey changes within two points by most of what it changes within eight. Each direction is
measured by itself, for a shaken picture is sharp along its way; the sheet counts, not its table.
"""

import numpy as np

from mochocho.words.model import Doubtful, Suspicion
from processing.photographs.page import Page
from processing.photographs.shapes import Grey, Mask, difference, largest
from processing.photographs.thresholds import THRESHOLDS

_CELL = 24  # points of a side of a cell
_NEAR, _FAR = 2, 8  # points
_EDGE = 28  # grey levels: fewer are no edge to judge by
_LEAST_CELLS = 12  # with an edge in one direction: fewer say nothing
_BEST = 80  # of a hundred cells, this many are no sharper


def blurred(page: Page) -> Suspicion | None:
    """Even the sharper edges are soft, across or down."""
    least = THRESHOLDS[Doubtful.BLURRED]
    bright = largest(page.paper, _CELL) > page.light * 0.6
    found = [
        share
        for grey, here in ((page.smooth, bright), (np.ascontiguousarray(page.smooth.T), bright.T))
        if (share := _sharpness(grey, np.asarray(here))) is not None
    ]
    number = min(found, default=100)
    return Suspicion(Doubtful.BLURRED, number, least) if number < least else None


def _sharpness(grey: Grey, bright: Mask) -> int | None:
    """Of edges that one meets going across: near change in hundredths of far change; None without edges."""
    wide = grey.shape[1] - _FAR
    begin = (_FAR - _NEAR) // 2
    near = difference(grey[:, begin : begin + wide], grey[:, begin + _NEAR : begin + _NEAR + wide])
    far = difference(grey[:, :wide], grey[:, _FAR:])
    if wide < _CELL or grey.shape[0] < _CELL:
        return None
    close, distant = largest(near, _CELL), largest(far, _CELL)
    edges = (distant > _EDGE) & bright[: distant.shape[0], : distant.shape[1]]
    if np.count_nonzero(edges) < _LEAST_CELLS:
        return None
    return int(np.percentile(close[edges] * 100.0 / distant[edges], _BEST))
