"""Filters of grey pictures and of masks, as sums of shifted copies. Pure."""

from typing import TypeVar

import numpy as np
import numpy.typing as npt

_FINE = 1.0  # pixels: what print and handwriting are between
_COARSE = 16  # pixels of a side of two means, one after the other: as a Gaussian of six and a half

Plane = npt.NDArray[np.float32]
Floats = TypeVar("Floats", bound=npt.NDArray[np.floating])


def blurred(plane: Plane, sigma: float) -> Plane:
    """With a Gaussian of this width in pixels; the edge goes on outside."""
    reach = int(2.6 * sigma + 0.5)
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2).astype(np.float32)
    weights /= weights.sum()
    return _along(_along(plane, weights).T, weights).T


def _along(plane: Plane, weights: Plane) -> Plane:
    """Each column with these weights, symmetric about their middle."""
    reach, rows = len(weights) // 2, len(plane)
    wide = np.pad(plane, ((reach, reach), (0, 0)), mode="edge")
    summed: Plane = weights[reach] * plane
    pair = np.empty_like(summed)
    for n in range(reach):
        far = 2 * reach - n
        np.add(wide[n : n + rows], wide[far : far + rows], out=pair)
        pair *= weights[n]
        summed += pair
    return summed


def sums(plane: Plane, side: int, step: int = 1) -> Plane:
    """Of every square of `side` pixels that lies inside, by its upper left corner.

    `side`: a power of two; `step`: from one square to the next.
    """
    down = _summed(plane, side)[::step]
    return _summed(np.ascontiguousarray(down.T), side)[::step].T


def _summed(plane: Plane, side: int) -> Plane:
    """Of so many rows, from each on."""
    size = 1
    while size < side:
        plane, size = plane[:-size] + plane[size:], 2 * size
    return plane


def between(plane: Plane) -> Plane:
    """What is finer than _COARSE and coarser than _FINE: print, without light, shadow and grain."""
    half = _COARSE // 2
    coarse = sums(np.pad(plane, (half, half - 1), mode="edge"), _COARSE)
    coarse = sums(np.pad(coarse, (half - 1, half), mode="edge"), _COARSE)
    return blurred(plane, _FINE) - coarse / np.float32(_COARSE**4)


def turning_point(before: Floats, here: Floats, after: Floats) -> Floats:
    """Where the parabola through three neighbours turns: -0.5 to 0.5."""
    bend = before - 2 * here + after
    bend[bend == 0] = 1
    found: Floats = ((before - after) / (2 * bend)).clip(-0.5, 0.5)
    return found
