"""Masks as bits: what is found in them is what is found point by point."""

from collections.abc import Callable, Iterable

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from processing.photographs.planes.mask_bits import count, packed, runs, thickened, unpacked
from processing.photographs.planes.shapes import ACROSS, DOWN, Mask

masks = arrays.arrays(np.bool_, st.tuples(st.integers(1, 21), st.integers(1, 21)))
axes = st.sampled_from([DOWN, ACROSS])


def lines(mask: Mask, axis: int) -> list[list[bool]]:
    return [[bool(point) for point in line] for line in (mask if axis == ACROSS else mask.T)]


def over(line: list[bool], length: int, of: Callable[[Iterable[bool]], bool]) -> list[bool]:
    """What comes of the window of this length around each point; beyond an end of the line is that end."""
    places = range(-((length - 1) // 2), length // 2 + 1)
    return [of(line[min(max(at + step, 0), len(line) - 1)] for step in places) for at in range(len(line))]


@given(masks, axes, st.integers(2, 9), st.integers(1, 4))
def test_runs_are_as_long_as_is_asked(mask: Mask, axis: int, length: int, gap: int) -> None:
    found = unpacked(runs(packed(mask, axis), length, axis, gap), axis, mask.shape)
    for line, shown in zip(lines(mask, axis), lines(found, axis), strict=True):
        filled = over(over(line, gap, any), gap, all)
        long = over(over(filled, length, all), length, any)
        assert shown == [a and b for a, b in zip(filled, long, strict=True)]


@given(masks, axes)
def test_packing_loses_nothing(mask: Mask, axis: int) -> None:
    bits = packed(mask, axis)
    assert (unpacked(bits, axis, mask.shape) == mask).all()
    assert count(bits) == np.count_nonzero(mask)


@given(masks, axes)
def test_thick_is_each_point_with_those_beside_it(mask: Mask, axis: int) -> None:
    beside = np.pad(mask, 1)
    inner = np.s_[1:-1]
    expected = {
        ACROSS: beside[:-2, inner] | mask | beside[2:, inner],
        DOWN: beside[inner, :-2] | mask | beside[inner, 2:],
    }
    assert (unpacked(thickened(packed(mask, axis), axis), axis, mask.shape) == expected[axis]).all()
