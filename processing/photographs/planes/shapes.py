"""Operations on grey copies and masks that checks share: neighbourhoods, cells. Pure.

All work on whole arrays of bytes or truths; a window that reaches over an edge sees the edge repeated.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]
Plane = npt.NDArray[Any]

DOWN, ACROSS = 0, 1


def widest(values: Plane, length: int, axis: int) -> Plane:
    """The largest value within a window of this length along an axis; of a mask: whether any is true."""
    return within(values, length, axis, np.logical_or if values.dtype == np.bool_ else np.maximum)


def narrowest(values: Plane, length: int, axis: int) -> Plane:
    """The smallest value within such a window; of a mask: whether all are true."""
    return within(values, length, axis, np.logical_and if values.dtype == np.bool_ else np.minimum)


def closed(values: Plane, length: int, axis: int) -> Plane:
    """With gaps of less than `length` along an axis filled."""
    return narrowest(widest(values, length, axis), length, axis)


def smoothed(grey: Grey) -> Grey:
    """Each point with its neighbours, 1-2-1 in both directions: the grain of a sensor shrinks to a third."""
    down, across = np.empty_like(grey), np.empty_like(grey)
    down[[0, -1]] = grey[[0, -1]]
    _middle(_middle(grey[:-2], grey[2:]), grey[1:-1], down[1:-1])
    flat = down.ravel()
    _middle(_middle(flat[:-2], flat[2:]), flat[1:-1], across.ravel()[1:-1])
    across[:, [0, -1]] = down[:, [0, -1]]  # they have no neighbour but the next row's
    return across


def halved(mask: Mask) -> Mask:
    """At half the size: whether any of four is true; an odd last row or column is left out."""
    high, wide = mask.shape[0] // 2 * 2, mask.shape[1] // 2 * 2
    rows = np.ascontiguousarray((mask[:high:2] | mask[1:high:2])[:, :wide])
    return np.asarray(rows.view(np.uint16) != 0, np.bool_)


def level(values: Plane, per_cent: int) -> float:
    """What this share of the values is below."""
    at = (values.size - 1) * per_cent // 100
    return float(np.partition(values.ravel(), at)[at])


def difference(one: Grey, other: Grey) -> Grey:
    """How far apart, without a sign."""
    apart = np.maximum(one, other)
    apart -= np.minimum(one, other)
    return apart


def largest(values: Plane, high: int, wide: int) -> Plane:
    """The largest value of each cell; what is left over at the right and below is not looked at."""
    rows, columns = values.shape[0] // high, values.shape[1] // wide
    whole = values[: rows * high, : columns * wide]
    lines = whole.reshape(rows, high, columns * wide).max(axis=1)
    beside = np.ascontiguousarray(lines.reshape(-1, wide).T)  # few long rows are done faster than many short
    return np.asarray(beside.max(axis=0).reshape(rows, columns))


def counted(mask: Mask, high: int, wide: int) -> Plane:
    """How many are true in each cell of at most 255 rows, likewise."""
    rows, columns = mask.shape[0] // high, mask.shape[1] // wide
    lines = mask[: rows * high, : columns * wide].view(np.uint8)
    if high > 1:
        lines = lines.reshape(rows, high, columns * wide).sum(axis=1, dtype=np.uint8)
    beside = np.ascontiguousarray(lines.reshape(-1, wide).T)
    return np.asarray(beside.sum(axis=0, dtype=np.uint16).reshape(rows, columns))


def in_strips(mask: Mask, wide: int) -> Plane:
    """How many are true in each row of each strip; `wide`: of a strip, a multiple of 8 up to 248."""
    strips = mask.shape[1] // wide
    eighths = np.bitwise_count(np.packbits(mask[:, : strips * wide], axis=1))
    return np.asarray(sum(eighths[:, place :: wide // 8] for place in range(wide // 8)))


def within(values: Plane, length: int, axis: int, either: np.ufunc) -> Plane:
    """What comes of a window of this length along an axis, by doubling: a window of 15 takes four steps.

    Rows stand one behind the other, for a long row is done faster than many short ones; what an end of a row
    sees of the next one is cut off.
    """
    wide = _padded(values, (length - 1) // 2, length // 2, axis)
    next_one = wide.shape[1] if axis == DOWN else 1
    found, spare, size = wide.ravel(), np.empty_like(wide.ravel()), 1
    while size < length:
        step = min(size, length - size) * next_one
        either(found[:-step], found[step:], out=spare[:-step])
        found, spare, size = spare, found, size + step // next_one
    return found.reshape(wide.shape)[: values.shape[0], : values.shape[1]]


def _padded(values: Plane, before: int, after: int, axis: int) -> Plane:
    """With its first and last row or column so many times more: `numpy.pad` takes twice the time."""
    more = [(before + after, 0), (0, before + after)][axis]
    wide = np.empty(np.add(values.shape, more), values.dtype)
    inside, around = (values, wide) if axis == DOWN else (values.T, wide.T)
    around[:before], around[len(around) - after :] = inside[0], inside[-1]
    around[before : len(around) - after] = inside
    return wide


def _middle(one: Grey, other: Grey, out: Grey | None = None) -> Grey:
    """The mean of two bytes, rounded down, without a wider type."""
    half = one ^ other
    half >>= 1
    return np.asarray(np.add(half, one & other, out=out), np.uint8)
