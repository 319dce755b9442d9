"""Filters of grey pictures and of masks, as sums of shifted copies. Pure."""

import numpy as np
import numpy.typing as npt

Plane = npt.NDArray[np.float32]


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
