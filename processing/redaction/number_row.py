"""Where the number of an ID card stands: thirteen digits alike in groups of 1, 4, 5, 2 and 1. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from processing.photographs.page import Page
from processing.photographs.planes.shapes import Mask
from processing.redaction.ink_marks import Boxes, marks, turned

GROUPS = (1, 4, 5, 2, 1)  # thai-papers.md 6
DIGITS = sum(GROUPS)
_BEHIND = np.cumsum(GROUPS)[:-1] - 1  # the digits behind which a group ends
_DARKER = 2  # a digit is darker than its paper by a quarter (2 ** 2) of it
_LEAST_DEPTH = 12  # grey levels, as of any stroke
_LEAST_HEIGHT = 6  # points: a lower digit runs into its neighbour
_HIGHEST_OF_PAGE = 0.2
_BEGINS = 4  # the column of `_parted`
_OWN_MARKS = 7  # of the thirteen, at least
_PITCH = 0.76  # of its height, from one digit to the next
_ALIKE = 0.3  # of a digit's height: by how much heights and places of one row may differ
_WIDEST_GAP = 4.0  # heights of a digit, between two groups
_PARTED = 1.35  # a gap between groups is wider than one within a group by so much at least
_INK_BETWEEN = 0.1  # of the paper between groups, at most: drawn cards have none there, noise has a quarter


@dataclass(frozen=True, slots=True)
class NumberRow:
    """The row's box in points of the page once it is turned by `turned` quarters, counter-clockwise, and
    where each digit begins and ends there.
    """

    left: int
    top: int
    right: int
    bottom: int
    digits: tuple[tuple[int, int], ...]
    turned: int = 0

    @property
    def width(self) -> int:
        return self.right - self.left


def number_rows(page: Page) -> list[NumberRow]:
    """Every such row, whichever way the page lies."""
    shape = page.grey.shape
    ink = page.depth > np.maximum(page.paper >> _DARKER, np.uint8(max(_LEAST_DEPTH, page.grain)))
    found = marks(ink)
    return [
        row
        for quarters in range(4)
        for row in _upright(turned(found, shape, quarters), max(shape), quarters)
        if _is_bare_between(np.rot90(ink, quarters), row)
    ]


def _upright(found: Boxes, side: int, quarters: int) -> Iterator[NumberRow]:
    heights = found[:, 3] - found[:, 1]
    high = (heights >= _LEAST_HEIGHT) & (heights <= side * _HIGHEST_OF_PAGE)
    wide = found[:, 2] - found[:, 0]
    digits = _parted(found[high & (wide <= heights * _PITCH * (max(GROUPS) + 0.5))])
    digits = digits[np.argsort(digits[:, 0], kind="stable")]
    for first in digits:
        row = _row_from(first, digits)
        if len(row) >= DIGITS and _is_number(row[:DIGITS]) and _stands_alone(row):
            thirteen = row[:DIGITS]
            yield NumberRow(
                int(thirteen[0, 0]),
                int(thirteen[:, 1].min()),
                int(thirteen[-1, 2]),
                int(thirteen[:, 3].max()),
                tuple((int(one[0]), int(one[2])) for one in thirteen),
                quarters,
            )


def _parted(found: Boxes) -> Boxes:
    """Marks as wide as several digits of their height, as those digits: on a copy neighbours run together.

    One column more than a box: whether a mark begins there.
    """
    heights, wide = found[:, 3] - found[:, 1], found[:, 2] - found[:, 0]
    count = np.maximum(1, np.rint(wide / (heights * _PITCH))).astype(np.int64)
    parts = np.repeat(np.column_stack((found, np.ones(len(found), np.int64))), count, axis=0)
    place = np.arange(len(parts)) - np.repeat(np.cumsum(count) - count, count)
    each = np.repeat(wide / count, count)
    parts[:, 2] = np.rint(parts[:, 0] + each * (place + 1))
    parts[:, 0] = np.rint(parts[:, 0] + each * place)
    parts[:, _BEGINS] = place == 0
    return parts


def _row_from(first: Boxes, digits: Boxes) -> Boxes:
    """The marks that follow on the same line, as high as this one, as far as none is far from the next."""
    height = first[3] - first[1]
    level = (
        (np.abs(digits[:, 1] - first[1]) <= height * _ALIKE)
        & (np.abs(digits[:, 3] - first[3]) <= height * _ALIKE)
        & (digits[:, 0] >= first[0])
    )
    row = digits[level][: DIGITS + 1]
    far = np.flatnonzero(row[1:, 0] - row[:-1, 2] > height * _WIDEST_GAP)
    return np.asarray(row[: far[0] + 1] if len(far) else row, np.int64)


def _is_number(row: Boxes) -> bool:
    """Whether the wider gaps part it into groups of 1, 4, 5, 2 and 1."""
    gaps = row[1:, 0] - row[:-1, 2]
    height = int(np.median(row[:, 3] - row[:, 1]))
    between = np.zeros(DIGITS - 1, np.bool_)
    between[_BEHIND] = True
    inside = max(1, int(gaps[~between].max()))
    own = int(row[:, _BEGINS].sum())  # marks of their own: a line of letters is cut anywhere
    return bool(
        own >= _OWN_MARKS and gaps.min() >= -1 and gaps[between].min() >= max(inside * _PARTED, height * 0.15)
    )


def _stands_alone(row: Boxes) -> bool:
    """Whether nothing follows as close as a digit would."""
    if len(row) == DIGITS:
        return True
    height = row[DIGITS - 1, 3] - row[DIGITS - 1, 1]
    return bool(row[DIGITS, 0] - row[DIGITS - 1, 2] > height)


def _is_bare_between(ink: Mask, row: NumberRow) -> bool:
    """Whether there is paper between its groups: in a texture marks may stand so by chance, amid other ink.

    `ink`: of the page once it is turned as the row is.
    """
    line = ink[row.top : row.bottom]
    gaps = [line[:, row.digits[last][1] : row.digits[last + 1][0]] for last in _BEHIND]
    return float(np.concatenate(gaps, axis=1).mean()) <= _INK_BETWEEN
