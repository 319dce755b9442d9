"""Cropped: words run into an edge of the picture, so that some of them lie outside. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mochocho.words.model import Doubtful, Suspicion
from processing.photographs.page import Page
from processing.photographs.planes.mask_bits import Bits, packed
from processing.photographs.planes.shapes import ACROSS, DOWN, Mask
from processing.photographs.thresholds import THRESHOLDS

_LEAST_SIZE = 560  # points of the longer side: on a smaller copy a margin is a few points wide
_SIDE = 10  # points of the reduced copy from an edge at the side: no margin is as narrow
_END = (
    24  # points from an edge above or below, 6 mm of A4: no line is as high, and the cut may be between two
)
_INSIDE = 84  # points from the edge: what stands there would have gone on
_LINE = 8  # points of a cell along a side, a multiple of 8: no two lines are one
_WORD = 24  # along the upper or lower edge: a letter or two
_BRIGHT = 0.72  # of the picture's light: what is darker at an edge is the table
_INK = 3  # points of ink in a cell
_LEAST = 12  # cells written on inside: fewer may be anything
_LEAST_RULES = 3
_LEAST_TEXT = 600  # points in words
_ONE_WAY = 76  # of a hundred points in words: leaves and heads run all ways

Region = tuple[int, int, int, int]
_LEFT, _RIGHT, _TOP, _BOTTOM = (0, 0, 5, 100), (95, 0, 100, 100), (0, 0, 100, 5), (0, 95, 100, 100)


def cropped(page: Page) -> Suspicion | None:
    """The edge at which most of the text goes on: in hundredths of what stands inside it."""
    least = THRESHOLDS[Doubtful.CROPPED]
    if max(page.grey.shape) < _LEAST_SIZE:
        return None
    if max(page.words) < _LEAST_TEXT or 100 * max(page.words) < _ONE_WAY * sum(page.words):
        return None
    number, region = max(_edges(page))
    return Suspicion(Doubtful.CROPPED, number, least, region) if number >= least else None


def _edges(page: Page) -> Iterator[tuple[int, Region]]:
    """How much of it goes on at each edge."""
    for axis, rules, edge, cell, regions in (
        (ACROSS, page.level_rules, _SIDE, _LINE, (_LEFT, _RIGHT)),
        (DOWN, page.upright_rules, _END, _WORD, (_TOP, _BOTTOM)),
    ):
        if page.grey.shape[axis] >= 2 * _INSIDE:
            cells = page.grey.shape[1 - axis] // cell
            ends = [_End(page, rules, axis, last) for last in (False, True)]
            for one, ruled, region in zip(ends, _rules_go_on(*ends), regions, strict=True):
                yield max(_goes_on(one, edge, cells), ruled), region


@dataclass(frozen=True, slots=True)
class _End:
    """What lies along an edge across an axis, its first edge or its `last`; `rules`: bits for that way."""

    page: Page
    rules: Bits
    axis: int
    last: bool

    def letters(self, first: int, end: int) -> Bits:
        """Of so many lines from the edge inwards; eight points of a line are one byte."""
        where = self._lines(first, end)
        return self._bits(self.page.letters[where] & self.page.brighter(_BRIGHT, where))

    def ruled(self, first: int, end: int) -> Bits:
        where = self._lines(first, end)
        rules = self.rules[where]
        return (rules if self.axis == DOWN else rules.T) & self._bits(self.page.brighter(_BRIGHT, where))

    def _lines(self, first: int, end: int) -> tuple[slice, slice]:
        lines = slice(-1 - first, -1 - end, -1) if self.last else slice(first, end)
        return (lines, slice(None)) if self.axis == DOWN else (slice(None), lines)

    def _bits(self, mask: Mask) -> Bits:
        bits = packed(mask, self.axis)
        return bits if self.axis == DOWN else bits.T


def _goes_on(end: _End, edge: int, cells: int) -> int:
    """Of the cells along an edge that are written on inside, how many reach it, in hundredths.

    Less the share of the other cells: what is at the edge everywhere is a table or the lid of a scanner.
    """
    at_edge = _written(end.letters(0, edge), cells) >= _INK
    if not at_edge.any():
        return 0
    inside = _written(end.letters(edge, _INSIDE), cells) >= _INK
    if np.count_nonzero(inside) < _LEAST:
        return 0
    return round(100 * (_share(at_edge[inside]) - _share(at_edge[~inside])))


def _written(letters: Bits, cells: int) -> npt.NDArray[np.uint16]:
    """How many points of ink are in each of the cells, which are as high as these lines."""
    eighths = np.bitwise_count(letters).sum(axis=0, dtype=np.uint16)
    each = len(eighths) // max(1, cells)
    return np.asarray(eighths[: cells * each].reshape(cells, each).sum(axis=1), np.uint16)


def _rules_go_on(one: _End, other: _End) -> tuple[int, int]:
    """How many of the rules near either edge reach it, in hundredths.

    Those of a notebook or of graph paper reach both, and nothing is lost of them.
    """
    first, last = _reaching(one), _reaching(other)
    return (0, 0) if first and last else (first, last)


def _reaching(end: _End) -> int:
    reaching = _number_of(end.ruled(0, _SIDE))
    if reaching < _LEAST_RULES:
        return 0
    near = _number_of(end.ruled(_INSIDE // 2, _INSIDE))
    return round(100 * min(1, reaching / near)) if near >= _LEAST_RULES else 0


def _number_of(rules: Bits) -> int:
    """How many rules go through the whole strip."""
    through = np.unpackbits(np.bitwise_and.reduce(rules, axis=0), bitorder="little")
    return int(np.count_nonzero(through[1:] > through[:-1])) + int(through[0])


def _share(mask: npt.NDArray[np.bool_]) -> float:
    return float(mask.mean()) if len(mask) else 0.0
