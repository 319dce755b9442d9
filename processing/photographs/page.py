"""A picture with what several checks read of it, each found once: its strokes, its lines of text. Pure."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from processing.photographs.planes.mask_bits import Bits, count, packed, runs, thickened, unpacked
from processing.photographs.planes.shapes import (
    ACROSS,
    DOWN,
    Grey,
    Mask,
    closed,
    halved,
    largest,
    smoothed,
    widest,
)
from processing.photographs.reduced import Reduced

STROKE = (
    15  # points of the reduced copy: what is darker than all around it and narrower than this is a stroke
)
CELL = 12  # points of a side of a cell
_LEAST_DEPTH = 12  # grey levels: pencil on paper, in shadow
_OF_THE_PAPER = 3  # a stroke is darker than its paper by an eighth (2 ** 3) of it
_GRAINS = 4  # and by four times the picture's grain
_ROWS = 16  # one of so many tells it
_MOST_GRAIN = 60  # grey levels: texture is no noise
_ON_PAPER = 0.6  # of the picture's light: what is darker is no sheet but the table; a shadow takes a third
_RULE = 64  # points: a straight run as long as this is a rule or a frame and no letter
_LEADER = 60  # points of dots, each less than _DOTS from the next, on one line: a place to write on
_DOTS = 7
_WHOLE = (slice(None), slice(None))
_GAP, _WORD = 3, 14  # points of half the reduced copy: between letters; the least that is a word


@dataclass(frozen=True, slots=True)
class Taken:
    """What the file says of its picture: (width, height) as stored, kind, whether a camera is named."""

    size: tuple[int, int]
    kind: str
    camera: bool


@dataclass(frozen=True)
class Page:
    """The reduced copy; `taken`: None for what was never a file of its own, as a page of a PDF."""

    reduced: Reduced
    taken: Taken | None = None

    @property
    def grey(self) -> Grey:
        return self.reduced.grey

    @cached_property
    def light(self) -> int:
        """The grey level of the paper: a twentieth of the picture is brighter."""
        return self.reduced.level(95)

    @cached_property
    def enlarged(self) -> float:
        """How many points of the file one point of the reduced copy stands for, at least 1."""
        return max(1.0, max(self.taken.size) / max(self.grey.shape)) if self.taken else 1.0

    @cached_property
    def smooth(self) -> Grey:
        return smoothed(self.grey)

    @cached_property
    def paper(self) -> Grey:
        """The picture without its strokes."""
        return np.ascontiguousarray(closed(closed(self.smooth, STROKE, DOWN), STROKE, ACROSS), np.uint8)

    @cached_property
    def paper_of_cells(self) -> Grey:
        """The brightest paper of each cell."""
        return np.asarray(largest(self.paper, CELL, CELL), np.uint8)

    @cached_property
    def depth(self) -> Grey:
        """By how much each point is darker than the paper there."""
        return np.asarray(self.paper - self.smooth, np.uint8)

    @cached_property
    def grain(self) -> int:
        """Grey levels: what differs from its neighbours by less may be the noise of the sensor."""
        return min(_MOST_GRAIN, round(_GRAINS * _noise(self.grey)))

    @cached_property
    def ink(self) -> Mask:
        """Strokes on bright ground, whatever the light."""
        deepest = widest(widest(self.depth, STROKE, ACROSS), STROKE, DOWN)
        deep = self.depth > np.maximum(self.paper >> _OF_THE_PAPER, deepest >> 1)
        deep &= self.depth > np.uint8(max(_LEAST_DEPTH, self.grain))
        return np.asarray(deep & self.brighter(_ON_PAPER), np.bool_)

    def brighter(self, part: float, where: tuple[slice, slice] = _WHOLE) -> Mask:
        """Where the paper is brighter than this part of the picture's light: a sheet and no table."""
        return self.paper[where] > np.uint8(self.light * part)

    @cached_property
    def level_rules(self) -> Bits:
        """Rules, frames and edges that run across, a few degrees askew as well; bits for ACROSS."""
        return _rules(self.ink, ACROSS)

    @cached_property
    def upright_rules(self) -> Bits:
        """Those that run down; bits for DOWN."""
        return _rules(self.ink, DOWN)

    @cached_property
    def letters(self) -> Mask:
        """The ink without rules and rows of dots."""
        shape, ink = self.grey.shape, self.ink
        if self.upright_rules.any():
            ink = ink > unpacked(self.upright_rules, DOWN, shape)
        bare = packed(ink, ACROSS) & ~self.level_rules
        letters, dots = unpacked(bare, ACROSS, shape), runs(bare, _LEADER, ACROSS, _DOTS)
        if dots.any():
            apart = packed(unpacked(dots, ACROSS, shape), DOWN)
            letters &= ~unpacked(apart & ~runs(apart, 4, DOWN), DOWN, shape)
        return letters

    @cached_property
    def words(self) -> tuple[int, int]:
        """Points of half the copy in words that run across, and in words that run down."""
        half = halved(self.letters)
        return _in_words(half, ACROSS), _in_words(half, DOWN)


def _in_words(letters: Mask, axis: int) -> int:
    """What has joined with its neighbours; the stem of a large letter is as long by itself."""
    bits = packed(letters, axis)
    return count(runs(bits, _WORD, axis, _GAP) & ~runs(bits, _WORD, axis))


def _rules(ink: Mask, axis: int) -> Bits:
    long = runs(thickened(packed(ink, axis), axis), _RULE, axis)
    return thickened(long, axis) if long.any() else long


def _noise(grey: Grey) -> float:
    """The standard deviation of the noise, from the second difference along some rows (Immerkær 1996)."""
    rows = grey[::_ROWS].astype(np.int16)
    second = 2 * rows[:, 1:-1]
    second -= rows[:, :-2]
    second -= rows[:, 2:]
    np.abs(second, out=second)
    half = np.cumsum(np.bincount(second.ravel(), minlength=1))
    return int(np.searchsorted(half, (second.size - 1) // 2, side="right")) / (0.6745 * 2.449)
