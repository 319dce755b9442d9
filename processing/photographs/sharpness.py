"""Blurred: out of focus or shaken, so that the strokes of letters run into one another. Pure.

An edge is sharp if grey changes within two points by most of what it changes within eight. Each direction is
measured by itself, for a shaken picture is sharp along its way; the sheet counts, not its table.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from mochocho.words.model import Doubtful, Suspicion
from processing.photographs.page import CELL, Page
from processing.photographs.planes.shapes import Grey, Mask, difference, largest, level
from processing.photographs.thresholds import THRESHOLDS

_CELL = 2 * CELL  # points of a side of a cell
_ROWS = 2  # of so many rows one is looked at: an edge is longer
_EDGE = 28  # grey levels: fewer are no edge to judge by
_ON_PAPER = 0.6  # of the picture's light: what is darker is the table
_LEAST_CELLS = 12  # with an edge in one direction: fewer say nothing
_BEST = 80  # of a hundred cells, this many are no sharper


@dataclass(frozen=True, slots=True)
class _Way:
    """A direction, in steps down and across; `near`, `far`: steps within which grey may change.

    `full`: what near change is of far change, in hundredths, has this worth: aslant a step is longer, and
    near to far is one to five.
    """

    down: int
    across: int
    near: int
    far: int
    full: int


_STRAIGHT = _Way(1, 0, 2, 8, 100), _Way(0, 1, 2, 8, 100)
_ASLANT = _Way(1, 1, 1, 5, 140), _Way(1, -1, 1, 5, 140)
_SHARP = 80  # hundredths: what is as sharp both across and down was not shaken aslant


def blurred(page: Page) -> Suspicion | None:
    """Even the sharper edges are soft, in one of four directions."""
    least = THRESHOLDS[Doubtful.BLURRED]
    if min(page.grey.shape) < 2 * _CELL:
        return None
    bright = np.asarray(largest(page.paper_of_cells, 2, 2) > page.light * _ON_PAPER)
    rows = _EveryOther(page.smooth)
    number = _softest(rows, bright, _STRAIGHT)
    if number < _SHARP:
        number = min(number, _softest(rows, bright, _ASLANT))
    return Suspicion(Doubtful.BLURRED, number, least) if number < least else None


def _softest(rows: "_EveryOther", bright: Mask, ways: Iterable[_Way]) -> int:
    found = (_sharpness(rows, bright, way) for way in ways)
    return min((share for share in found if share is not None), default=100)


def _sharpness(rows: "_EveryOther", bright: Mask, way: _Way) -> int | None:
    """Of edges met on the way: near change in hundredths of far change; None without edges."""
    begin = (way.far - way.near) // 2
    close, distant = (
        largest(rows.change(way, *steps), _CELL // _ROWS, _CELL)
        for steps in ((begin, begin + way.near), (0, way.far))
    )
    edges = (distant > _EDGE) & bright[: distant.shape[0], : distant.shape[1]]
    if np.count_nonzero(edges) < _LEAST_CELLS:
        return None
    return int(level(close[edges] * float(way.full) / distant[edges], _BEST))


class _EveryOther:
    """Every other row of a picture and those between, each row behind the one before it: two points that are
    far apart by so many steps are so in each row, and a whole picture is done as one long row.
    """

    def __init__(self, grey: Grey) -> None:
        self._shape = grey.shape
        self._rows = [_one_behind_the_other(grey[first::_ROWS]) for first in range(_ROWS)]

    def change(self, way: _Way, one: int, other: int) -> Grey:
        """How far apart those points are to which so many steps lead, where `far` of them are possible."""
        high = (self._shape[0] - way.far * way.down) // _ROWS
        wide = self._shape[1] - way.far * abs(way.across)
        size = high * self._shape[1]

        def reached(steps: int) -> Grey:
            down, which = divmod(steps * way.down, _ROWS)
            left = (steps if way.across >= 0 else way.far - steps) * abs(way.across)
            begin = down * self._shape[1] + left
            return self._rows[which][begin : begin + size]

        return difference(reached(one), reached(other)).reshape(high, -1)[:, :wide]


def _one_behind_the_other(rows: Grey) -> Grey:
    """All rows as one, with as many points behind them as the longest way goes across."""
    line = np.zeros(rows.size + max(way.far for way in (*_STRAIGHT, *_ASLANT)), np.uint8)
    line[: rows.size].reshape(rows.shape)[:] = rows
    return line
