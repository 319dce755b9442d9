"""Operations on grey copies and masks that checks share: neighbourhoods, runs, cells. Pure.

All work on whole arrays of bytes or truths; a window that reaches over an edge sees the edge repeated.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]
Plane = npt.NDArray[Any]

DOWN, ACROSS = 0, 1


def widest(values: Plane, length: int, axis: int) -> Plane:
    """The largest value within a window of this length along an axis; of a mask: whether any is true."""
    return _within(values, length, axis, np.logical_or if values.dtype == np.bool_ else np.maximum)


def narrowest(values: Plane, length: int, axis: int) -> Plane:
    """The smallest value within such a window; of a mask: whether all are true."""
    return _within(values, length, axis, np.logical_and if values.dtype == np.bool_ else np.minimum)


def closed(values: Plane, length: int, axis: int) -> Plane:
    """With gaps of less than `length` along an axis filled."""
    return narrowest(widest(values, length, axis), length, axis)


def runs(mask: Mask, length: int, axis: int) -> Mask:
    """What lies in a run of at least `length` along an axis."""
    begins = narrowest(mask, length, axis)
    return widest(begins, length, axis) & mask if begins.any() else begins


def smoothed(grey: Grey) -> Grey:
    """Each point with its neighbours, 1-2-1 in both directions: the grain of a sensor shrinks to a third."""
    down = grey.copy()
    down[1:-1] = _middle(_middle(grey[:-2], grey[2:]), grey[1:-1])
    across = down.copy()
    across[:, 1:-1] = _middle(_middle(down[:, :-2], down[:, 2:]), down[:, 1:-1])
    return across


def difference(one: Grey, other: Grey) -> Grey:
    """How far apart, without a sign."""
    return np.asarray(np.maximum(one, other) - np.minimum(one, other), np.uint8)


def largest(values: Plane, side: int) -> Plane:
    """The largest value of each square cell; what is left over at the right and below is not looked at."""
    rows, columns = values.shape[0] // side, values.shape[1] // side
    whole = values[: rows * side, : columns * side]
    lines = whole.reshape(rows, side, columns * side).max(axis=1)
    return np.asarray(lines.reshape(rows, columns, side).max(axis=2))


def counted(mask: Mask, high: int, wide: int) -> Plane:
    """How many are true in each cell of at most 255 rows, likewise."""
    rows, columns = mask.shape[0] // high, mask.shape[1] // wide
    lines = mask[: rows * high, : columns * wide].view(np.uint8)
    if high > 1:
        lines = lines.reshape(rows, high, columns * wide).sum(axis=1, dtype=np.uint8)
    return np.asarray(lines.reshape(rows, columns, wide).sum(axis=2, dtype=np.uint16))


def _within(values: Plane, length: int, axis: int, either: Callable[[Plane, Plane], Plane]) -> Plane:
    """By doubling: a window of 15 takes four steps."""
    before = (length - 1) // 2
    around = [(0, 0), (0, 0)]
    around[axis] = (before, length - 1 - before)
    found, size = np.pad(values, around, mode="edge"), 1
    while size < length:
        step = min(size, length - size)
        found = (
            either(found[:-step], found[step:]) if axis == DOWN else either(found[:, :-step], found[:, step:])
        )
        size += step
    return found


def _middle(one: Grey, other: Grey) -> Grey:
    """The mean of two bytes, rounded down, without a wider type."""
    return (one & other) + ((one ^ other) >> 1)
