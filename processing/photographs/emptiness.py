"""Blank: the back of a sheet, an empty sheet, a wall: nothing is written, printed or drawn. Pure."""

import numpy as np
import numpy.typing as npt

from mochocho.words.model import Doubtful, Suspicion
from processing.photographs.page import Page
from processing.photographs.planes.shapes import Mask, counted
from processing.photographs.thresholds import THRESHOLDS

_CELL = 16  # points of a side of a cell
_STROKE = 6  # points of ink that make a cell a written one
_DEEP = 5  # a stroke is darker than the paper by a fifth of it: print shows through a sheet by less
_ON_PAPER = 0.65  # of the picture's light: what is darker is the table
_TOGETHER = 3  # written cells among a cell and its eight neighbours: what stands alone is dust


def blank(page: Page) -> Suspicion | None:
    """Hardly any cell is written in."""
    most, (high, wide) = THRESHOLDS[Doubtful.BLANK], page.grey.shape
    cells = max(1, (high // _CELL) * (wide // _CELL))
    middle = slice(high // 5 * 2, high // 5 * 3)  # of nearly all pages it holds enough
    for rows in (middle, slice(None)):
        number = round(_written(page, (rows, slice(None))) * 10_000 / cells)
        if number >= most:
            return None
    return Suspicion(Doubtful.BLANK, number, most)


def _written(page: Page, where: tuple[slice, slice]) -> int:
    """How many cells are written in, not alone."""
    plain = page.letters[where] & (page.depth[where] > page.paper[where] // _DEEP)
    written = counted(plain & page.brighter(_ON_PAPER, where), _CELL, _CELL) >= _STROKE
    return int(np.count_nonzero(written & (_neighbours(written) >= _TOGETHER)))


def _neighbours(mask: Mask) -> npt.NDArray[np.int64]:
    """Of each cell, how many of the nine around it are written."""
    around = np.pad(mask, 1).astype(np.int64)
    down = around[:-2] + around[1:-1] + around[2:]
    return np.asarray(down[:, :-2] + down[:, 1:-1] + down[:, 2:])
