"""Cropped: words run into an edge of the picture, so that some of them lie outside. Pure."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from mochocho.words.model import Doubtful, Suspicion
from processing.photographs.page import Page
from processing.photographs.shapes import Mask, counted
from processing.photographs.thresholds import THRESHOLDS

_SIDE, _END = (
    10,
    24,
)  # points of the reduced copy from the edge: no margin is as narrow (6 mm of A4), no line as high
_INSIDE = 84  # points from the edge: what stands there would have gone on
_LINE, _WORD = (
    8,
    24,
)  # points along the edge of a cell: at a side no two lines are one; at an end a letter or two
_BRIGHT = 0.72  # of the picture's light: what is darker at an edge is the table
_INK = 3  # points of ink in a cell
_LEAST = 12  # cells written on inside: fewer may be anything
_LEAST_RULES = 3
_LEAST_TEXT = 600  # points in words
_ONE_WAY = 82  # of a hundred points in words: leaves and heads run all ways

Region = tuple[int, int, int, int]
_LEFT, _RIGHT, _TOP, _BOTTOM = (0, 0, 5, 100), (95, 0, 100, 100), (0, 0, 100, 5), (0, 95, 100, 100)


def cropped(page: Page) -> Suspicion | None:
    """The edge at which most of the text goes on: in hundredths of what stands inside it."""
    least = THRESHOLDS[Doubtful.CROPPED]
    if max(page.words) < _LEAST_TEXT or 100 * max(page.words) < _ONE_WAY * sum(page.words):
        return None
    number, region = max(_edges(page))
    return Suspicion(Doubtful.CROPPED, number, least, region) if number >= least else None


def _edges(page: Page) -> Iterator[tuple[int, Region]]:
    """How much of it goes on at each edge; `down` and `across`: the picture with that edge uppermost."""
    sheet = page.paper > page.light * _BRIGHT
    letters, rules = page.letters & sheet, page.upright_rules & sheet
    across, level = (np.ascontiguousarray(mask.T) for mask in (letters, page.level_rules & sheet))
    yield max(_goes_on(across, _SIDE, _LINE), _rules_go_on(level)), _LEFT
    yield max(_goes_on(across[::-1], _SIDE, _LINE), _rules_go_on(level[::-1])), _RIGHT
    yield max(_goes_on(letters, _END, _WORD), _rules_go_on(rules)), _TOP
    yield max(_goes_on(letters[::-1], _END, _WORD), _rules_go_on(rules[::-1])), _BOTTOM


def _goes_on(letters: Mask, edge: int, cell: int) -> int:
    """Of the cells along the upper edge that are written on inside, how many reach it, in hundredths.

    Less the share of the other cells: what is at the edge everywhere is a table or the lid of a scanner.
    """
    if letters.shape[0] < 2 * _INSIDE or letters.shape[1] < cell:
        return 0
    inside = counted(letters[edge:_INSIDE], _INSIDE - edge, cell)[0] >= _INK
    at_edge = counted(letters[:edge], edge, cell)[0] >= _INK
    if np.count_nonzero(inside) < _LEAST:
        return 0
    return round(100 * (_share(at_edge[inside]) - _share(at_edge[~inside])))


def _rules_go_on(rules: Mask) -> int:
    """How many of the rules that stand near the upper edge reach it, in hundredths."""
    if rules.shape[0] < 2 * _INSIDE:
        return 0
    reaching, all_ = _number_of(rules[:_SIDE]), _number_of(rules[_INSIDE // 2 : _INSIDE])
    return round(100 * min(1, reaching / all_)) if min(reaching, all_) >= _LEAST_RULES else 0


def _number_of(rules: Mask) -> int:
    """How many rules go through the whole strip."""
    through = np.asarray(rules.all(axis=0))
    return int(np.count_nonzero(through[1:] & ~through[:-1])) + int(through[0])


def _share(mask: npt.NDArray[np.bool_]) -> float:
    return float(mask.mean()) if len(mask) else 0.0
