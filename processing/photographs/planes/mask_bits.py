"""Masks as bits, in which runs along an axis are found for eight points at once. Pure.

Eight neighbours that lie beside each other on the way are one byte, the first in the lowest bit: columns for
DOWN, rows for ACROSS. What is missing of the last eight is of no mask.
"""

import numpy as np

from processing.photographs.planes.shapes import ACROSS, DOWN, Grey, Mask, within

Bits = Grey


def packed(mask: Mask, axis: int) -> Bits:
    """A mask as bits for the way along this axis."""
    if axis == DOWN:
        return np.packbits(mask, axis=1, bitorder="little")
    bits = mask.view(np.uint8)
    if short := -len(mask) % 8:
        bits = np.concatenate([bits, np.zeros((short, mask.shape[1]), np.uint8)])
    for shifted in (2, 4, 16):
        bits = bits[::2] | bits[1::2] * np.uint8(shifted)
    return bits


def unpacked(bits: Bits, axis: int, shape: tuple[int, ...]) -> Mask:
    """The mask of this shape."""
    high, wide = shape
    if axis == DOWN:
        return np.unpackbits(bits, axis=1, count=wide, bitorder="little").view(np.bool_)
    rows = np.empty((8 * len(bits), wide), np.uint8)
    for row in range(8):
        np.bitwise_and(bits >> np.uint8(row), np.uint8(1), out=rows[row::8])
    return rows[:high].view(np.bool_)


def runs(bits: Bits, length: int, axis: int, gap: int = 1) -> Bits:
    """What lies in a run of at least `length` along the axis, once gaps of less than `gap` are filled."""
    if gap > 1:
        bits = within(within(bits, gap, axis, np.bitwise_or), gap, axis, np.bitwise_and)
    begins = within(bits, length, axis, np.bitwise_and)
    if not begins.any():
        return np.zeros_like(bits)
    return np.asarray(within(begins, length, axis, np.bitwise_or) & bits, np.uint8)


def thickened(bits: Bits, axis: int) -> Bits:
    """Each point with both of those beside it on the way."""
    before, after = (np.s_[:-1], np.s_[1:]) if axis == ACROSS else (np.s_[:, :-1], np.s_[:, 1:])
    thick = bits + bits  # to the left by one; numpy shifts bytes to the left far slower than it adds them
    thick |= bits >> np.uint8(1)
    thick |= bits
    thick[after] |= bits[before] >> np.uint8(7)
    thick[before] |= bits[after] * np.uint8(128)
    return thick


def count(bits: Bits) -> int:
    """How many are true."""
    return int(np.bitwise_count(bits).sum(dtype=np.int64))
