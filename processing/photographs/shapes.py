"""Operations on grey copies and masks that checks share: neighbourhoods, runs, cells. Pure.

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
    return _within(values, length, axis, np.logical_or if values.dtype == np.bool_ else np.maximum)


def narrowest(values: Plane, length: int, axis: int) -> Plane:
    """The smallest value within such a window; of a mask: whether all are true."""
    return _within(values, length, axis, np.logical_and if values.dtype == np.bool_ else np.minimum)


def closed(values: Plane, length: int, axis: int) -> Plane:
    """With gaps of less than `length` along an axis filled."""
    return narrowest(widest(values, length, axis), length, axis)


def runs(mask: Mask, length: int, axis: int, gap: int = 1) -> Mask:
    """What lies in a run of at least `length` along an axis, once gaps of less than `gap` are filled.

    Eight neighbours that lie beside each other on the way are one byte, and are done at once.
    """
    bits: Plane = np.packbits(mask, axis=1) if axis == DOWN else _eight_rows(mask)
    if gap > 1:
        bits = _within(_within(bits, gap, axis, np.bitwise_or), gap, axis, np.bitwise_and)
    begins = _within(bits, length, axis, np.bitwise_and)
    if not begins.any():
        return np.zeros_like(mask)
    found = np.asarray(_within(begins, length, axis, np.bitwise_or) & bits, np.uint8)
    if axis == DOWN:
        return np.unpackbits(found, axis=1, count=mask.shape[1]).view(np.bool_)
    rows = found[:, None] >> np.arange(8, dtype=np.uint8)[:, None] & 1
    return rows.reshape(-1, mask.shape[1])[: len(mask)].view(np.bool_)


def _eight_rows(mask: Mask) -> Plane:
    """Eight rows in one, the first in the lowest bit; what is missing of the last is false."""
    bits = np.zeros((-(-len(mask) // 8) * 8, mask.shape[1]), np.uint8)
    bits[: len(mask)] = mask
    for shifted in (2, 4, 16):
        bits = bits[::2] | bits[1::2] * np.uint8(shifted)
    return bits


def smoothed(grey: Grey) -> Grey:
    """Each point with its neighbours, 1-2-1 in both directions: the grain of a sensor shrinks to a third."""
    down = grey.copy()
    down[1:-1] = _middle(_middle(grey[:-2], grey[2:]), grey[1:-1])
    across, flat = down.copy(), down.ravel()
    across.ravel()[1:-1] = _middle(_middle(flat[:-2], flat[2:]), flat[1:-1])
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
    return np.asarray(np.maximum(one, other) - np.minimum(one, other), np.uint8)


def largest(values: Plane, high: int, wide: int) -> Plane:
    """The largest value of each cell; what is left over at the right and below is not looked at."""
    rows, columns = values.shape[0] // high, values.shape[1] // wide
    whole = values[: rows * high, : columns * wide]
    lines = whole.reshape(rows, high, columns * wide).max(axis=1)
    return np.asarray(lines.reshape(rows, columns, wide).max(axis=2))


def counted(mask: Mask, high: int, wide: int) -> Plane:
    """How many are true in each cell of at most 255 rows, likewise."""
    rows, columns = mask.shape[0] // high, mask.shape[1] // wide
    lines = mask[: rows * high, : columns * wide].view(np.uint8)
    if high > 1:
        lines = lines.reshape(rows, high, columns * wide).sum(axis=1, dtype=np.uint8)
    return np.asarray(lines.reshape(rows, columns, wide).sum(axis=2, dtype=np.uint16))


def in_strips(mask: Mask, wide: int) -> Plane:
    """How many are true in each row of each strip; `wide`: of a strip, a multiple of 8 up to 248."""
    rows, strips = mask.shape[0], mask.shape[1] // wide
    bits = np.packbits(mask[:, : strips * wide], axis=1)
    return np.asarray(np.bitwise_count(bits).reshape(rows, strips, wide // 8).sum(axis=2, dtype=np.uint8))


def _within(values: Plane, length: int, axis: int, either: np.ufunc) -> Plane:
    """By doubling: a window of 15 takes four steps.

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


def _middle(one: Grey, other: Grey) -> Grey:
    """The mean of two bytes, rounded down, without a wider type."""
    return (one & other) + ((one ^ other) >> 1)
