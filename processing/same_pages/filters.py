"""Filters of grey pictures and of masks, as sums of shifted copies. Pure."""

from typing import TypeVar

import numpy as np
import numpy.typing as npt

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
    for n in range(reach):
        far = 2 * reach - n
        summed += weights[n] * (wide[n : n + rows] + wide[far : far + rows])
    return summed


def sums(plane: Plane, side: int) -> npt.NDArray[np.float64]:
    """Of every square of `side` pixels that lies inside: by its upper left corner."""
    below = np.cumsum(np.cumsum(np.pad(plane, ((1, 0), (1, 0))), axis=0, dtype=np.float64), axis=1)
    return below[side:, side:] - below[:-side, side:] - below[side:, :-side] + below[:-side, :-side]


def between(plane: Plane, fine: float, coarse: float) -> Plane:
    """What is finer than `coarse` and coarser than `fine`: print, without light, shadow and grain."""
    return blurred(plane, fine) - blurred(plane, coarse)


def turning_point(before: Floats, here: Floats, after: Floats) -> Floats:
    """Where the parabola through three neighbours turns: -0.5 to 0.5."""
    bend = before - 2 * here + after
    bend[bend == 0] = 1
    found: Floats = ((before - after) / (2 * bend)).clip(-0.5, 0.5)
    return found
