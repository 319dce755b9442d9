"""Cropped: words run into an edge of the picture, so that some of them lie outside. Pure."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from mochocho.words.model import Doubtful, Suspicion
from processing.photographs.page import Page
from processing.photographs.shapes import ACROSS, DOWN, Mask, counted
from processing.photographs.thresholds import THRESHOLDS

_LEAST_SIZE = 560  # points of the longer side: on a smaller copy a margin is a few points wide
_SIDE = 10  # points of the reduced copy from an edge at the side: no margin is as narrow
_END = (
    24  # points from an edge above or below, 6 mm of A4: no line is as high, and the cut may be between two
)
_INSIDE = 84  # points from the edge: what stands there would have gone on
_LINE = 8  # points of a cell along a side: no two lines are one
_WORD = 24  # points of a cell along the upper or lower edge: a letter or two
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
    sheet = page.brighter(_BRIGHT)
    letters = page.letters & sheet
    for axis, rules, edge, cell, regions in (
        (ACROSS, page.level_rules, _SIDE, _LINE, (_LEFT, _RIGHT)),
        (DOWN, page.upright_rules, _END, _WORD, (_TOP, _BOTTOM)),
    ):
        if letters.shape[axis] >= 2 * _INSIDE:
            go_on = _rules_go_on(*_ends(rules & sheet, axis))
            for strip, ruled, region in zip(_ends(letters, axis), go_on, regions, strict=True):
                yield max(_goes_on(strip, edge, cell), ruled), region


def _ends(mask: Mask, axis: int) -> tuple[Mask, Mask]:
    """What lies along both edges across an axis, each with its edge uppermost."""
    if axis == DOWN:
        return mask[:_INSIDE], mask[: -_INSIDE - 1 : -1]
    return np.ascontiguousarray(mask[:, :_INSIDE].T), np.ascontiguousarray(mask[:, : -_INSIDE - 1 : -1].T)


def _goes_on(letters: Mask, edge: int, cell: int) -> int:
    """Of the cells along the upper edge that are written on inside, how many reach it, in hundredths.

    Less the share of the other cells: what is at the edge everywhere is a table or the lid of a scanner.
    """
    inside = counted(letters[edge:], _INSIDE - edge, cell)[0] >= _INK
    at_edge = counted(letters[:edge], edge, cell)[0] >= _INK
    if np.count_nonzero(inside) < _LEAST:
        return 0
    return round(100 * (_share(at_edge[inside]) - _share(at_edge[~inside])))


def _rules_go_on(one: Mask, other: Mask) -> tuple[int, int]:
    """How many of the rules near either edge reach it, in hundredths.

    Those of a notebook or of graph paper reach both, and nothing is lost of them.
    """
    first, last = _reaching(one), _reaching(other)
    return (0, 0) if first and last else (first, last)


def _reaching(rules: Mask) -> int:
    reaching, near = _number_of(rules[:_SIDE]), _number_of(rules[_INSIDE // 2 :])
    return round(100 * min(1, reaching / near)) if min(reaching, near) >= _LEAST_RULES else 0


def _number_of(rules: Mask) -> int:
    """How many rules go through the whole strip."""
    through = np.asarray(rules.all(axis=0))
    return int(np.count_nonzero(through[1:] & ~through[:-1])) + int(through[0])


def _share(mask: npt.NDArray[np.bool_]) -> float:
    return float(mask.mean()) if len(mask) else 0.0
