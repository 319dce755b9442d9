"""Lays one page on another: from marks that look alike, then from what is written there. Pure."""

import numpy as np
import numpy.typing as npt
from PIL import Image

from processing.same_pages.filters import Plane, sums, turning_point
from processing.same_pages.marks import Marks

LEAST_MARKS = 6  # alike and in the same places: fewer lie so by chance
_MOST_ALIKE = (
    4  # marks of one page with the same code: letters that come again and again say nothing of a place
)
_GUESSES = 300
_APART = 0.15  # of the long side: two marks closer than this say little of size and turn
_NEAR = 0.02  # of the long side, between a mark and where it should be: perspective is not told yet
_SMALLEST, _MOST_TURNED = 0.4, 0.25  # a copy's size, at least; radians
_BLOCK = 32  # pixels of a side of a piece that is laid on what is under it
_MOST_BLOCKS = 64
_REACH = 9  # pixels that a piece may have to be moved
_CLEAR = 0.35  # correlation of a piece that was found
_LEAST_BLOCKS = 6
_FOR_PERSPECTIVE = 10
_INSIDE = 0.01  # pixels: what lies on the edge itself is drawn black

Points = npt.NDArray[np.floating]
Transform = npt.NDArray[np.floating]  # 3 x 3, of points (x, y, 1)


def laid(one: Marks, other: Marks) -> tuple[Points, Points] | None:
    """The places of the marks that both pages have in the same arrangement, on one and on the other."""
    here, there = _alike(one, other)
    if len(here) < LEAST_MARKS:
        return None
    first, second = one.x[here] + 1j * one.y[here], other.x[there] + 1j * other.y[there]
    kept = _agreeing(first, second)
    if kept.sum() < LEAST_MARKS:
        return None
    return _points(first[kept]), _points(second[kept])


def _points(numbers: npt.NDArray[np.complex64]) -> Points:
    return np.column_stack([numbers.real, numbers.imag]).astype(np.float64)


def _alike(one: Marks, other: Marks) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Which marks of one have the code of which of the other."""
    order = np.argsort(other.codes, kind="stable")
    sorted_codes = other.codes[order]
    begins, ends = (np.searchsorted(sorted_codes, one.codes, side) for side in ("left", "right"))
    count = ends - begins
    few = np.flatnonzero((count > 0) & (count <= _MOST_ALIKE))
    here = np.repeat(few, count[few])
    there = [order[begins[n] : ends[n]] for n in few]
    return here, np.concatenate(there) if there else np.zeros(0, np.intp)


def _agreeing(first: npt.NDArray[np.complex64], second: npt.NDArray[np.complex64]) -> npt.NDArray[np.bool_]:
    """The pairs that the shift, size and turn agree with on which most of them agree."""
    chosen = np.random.default_rng(0).integers(0, len(first), (2, _GUESSES))
    apart = second[chosen[1]] - second[chosen[0]]
    a, b = chosen[:, np.abs(apart) > _APART]
    size = (first[b] - first[a]) / (second[b] - second[a])
    likely = (np.abs(np.log(np.abs(size) + 1e-9)) < -np.log(_SMALLEST)) & (
        np.abs(np.angle(size)) < _MOST_TURNED
    )
    size, a = size[likely], a[likely]
    if not len(size):
        return np.zeros(len(first), np.bool_)
    shift = first[a] - size * second[a]
    near = np.abs(size[:, None] * second + shift[:, None] - first) < _NEAR
    best: npt.NDArray[np.bool_] = near[near.sum(axis=1).argmax()]
    return best


def flat(onto: Points, points: Points) -> Transform:
    """What brings `points` nearest to `onto` without perspective, of which marks are too coarse to tell."""
    rows, *_ = np.linalg.lstsq(np.column_stack([points, np.ones(len(points))]), onto, rcond=None)
    return np.vstack([rows.T, [0, 0, 1]])


def _fitted(onto: Points, points: Points) -> Transform:
    """As `flat`, with perspective where the points are enough."""
    if len(points) < _FOR_PERSPECTIVE:
        return flat(onto, points)
    x, y, one = points[:, 0], points[:, 1], np.ones(len(points))
    u, v, none = onto[:, 0], onto[:, 1], np.zeros(len(points))
    equations = np.vstack(
        [
            np.column_stack([x, y, one, none, none, none, -u * x, -u * y]),
            np.column_stack([none, none, none, x, y, one, -v * x, -v * y]),
        ]
    )
    eight, *_ = np.linalg.lstsq(equations, np.concatenate([u, v]), rcond=None)
    return np.append(eight, 1).reshape(3, 3)


def moved(points: Points, by: Transform) -> Points:
    """Where each point comes to."""
    brought = np.column_stack([points, np.ones(len(points))]) @ by.T
    found: Points = brought[:, :2] / brought[:, 2:]
    return found


def drawn(image: Image.Image, by: Transform, size: tuple[int, int], sampled: Image.Resampling) -> Plane:
    """The picture in another's frame, whose pixels `by` leads to from its own."""
    back = np.linalg.inv(by)
    eight = tuple((back / back[2, 2]).ravel()[:8].tolist())
    shown = image.transform(size, Image.Transform.PERSPECTIVE, eight, sampled)
    return np.array(shown, np.float32)


def covered(
    of: tuple[int, int], by: Transform, size: tuple[int, int], margin: int = 0
) -> npt.NDArray[np.bool_]:
    """Which pixels of that frame a picture of the size `of` covers, without so wide a margin of its own."""
    back = np.linalg.inv(by)
    back, (wide, high) = back / back[2, 2], of
    x, y = np.arange(size[0]) + 0.5, np.arange(size[1]) + 0.5
    inside = np.ones(size[::-1], np.bool_)
    for across, down, least in (back[0], back[1], wide * back[2] - back[0], high * back[2] - back[1]):
        edge = max(_INSIDE, margin) * (abs(across) + abs(down)) - least
        inside &= across * x > (edge - down * y)[:, None]
    return inside


def refined(one: Plane, other: Plane, covered: npt.NDArray[np.bool_], by: Transform) -> Transform | None:
    """A better `by`: each piece of `other`, drawn by it onto `one`, is moved to where it fits best.

    None where too few pieces fit anywhere near.
    """
    middles, shifts, peaks = _fits(one, other, covered)
    clear = peaks > _CLEAR
    if clear.sum() < _LEAST_BLOCKS:
        return None
    onto = middles[clear] + shifts[clear]
    points = moved(middles[clear], np.linalg.inv(by))
    use, better = np.ones(len(points), np.bool_), np.asarray(by)
    for _ in range(3):  # without the pieces that were laid on another line of the same print
        better = _fitted(onto[use], points[use])
        off = np.linalg.norm(moved(points, better) - onto, axis=1)
        use = off <= max(1.5, 2 * float(np.median(off)))
    return better if _is_likely(better) else None


def _is_likely(by: Transform) -> bool:
    area = np.linalg.det(by[:2, :2])
    return bool(np.isfinite(by).all() and _SMALLEST**2 < area < _SMALLEST**-2)


def _fits(one: Plane, other: Plane, covered: npt.NDArray[np.bool_]) -> tuple[Points, Points, Points]:
    """Middles (x, y) of the pieces with the most print, how far each is moved, and how well it fits there."""
    corners = _pieces(one, other, covered)
    if not len(corners):
        return np.zeros((0, 2)), np.zeros((0, 2)), np.zeros(0)
    window = np.outer(np.hanning(_BLOCK), np.hanning(_BLOCK)).astype(np.float32)
    here, there = (_cut(plane, corners) * window for plane in (one, other))
    waves = np.fft.rfft2(here) * np.conj(np.fft.rfft2(there))
    scale = np.sqrt((here**2).sum((1, 2)) * (there**2).sum((1, 2))) + 1e-6
    fit = np.fft.fftshift(np.fft.irfft2(waves, s=(_BLOCK, _BLOCK)), axes=(1, 2)) / scale[:, None, None]
    middle = _BLOCK // 2
    near = fit[:, middle - _REACH : middle + _REACH + 1, middle - _REACH : middle + _REACH + 1]
    best = near.reshape(len(near), -1).argmax(axis=1)
    down, right = np.divmod(best, 2 * _REACH + 1)
    piece, y, x = np.arange(len(best)), down + middle - _REACH, right + middle - _REACH
    peak = fit[piece, y, x]
    shifts = np.column_stack(
        [
            right - _REACH + turning_point(fit[piece, y, x - 1], peak, fit[piece, y, x + 1]),
            down - _REACH + turning_point(fit[piece, y - 1, x], peak, fit[piece, y + 1, x]),
        ]
    )
    return corners[:, ::-1] + _BLOCK / 2, shifts, peak


def _cut(plane: Plane, corners: npt.NDArray[np.intp]) -> Plane:
    """The pieces at these corners, each without its mean."""
    cut = np.lib.stride_tricks.sliding_window_view(plane, (_BLOCK, _BLOCK))[corners[:, 0], corners[:, 1]]
    mean: Plane = cut.mean(axis=(1, 2), keepdims=True)
    return cut - mean


def _pieces(one: Plane, other: Plane, covered: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
    """Upper left corners (row, column) of the pieces on which most is written in both."""
    step, area = _BLOCK // 2, _BLOCK**2
    under = sums(covered.astype(np.float32), _BLOCK, step) > 0.9 * area
    least = np.minimum(*(_spread(plane, step) for plane in (one, other)))
    rows, columns = np.nonzero(under)
    order = np.argsort(-least[rows, columns], kind="stable")[:_MOST_BLOCKS]
    return np.column_stack([rows[order], columns[order]]) * step


def _spread(plane: Plane, step: int) -> Plane:
    """The variance of every piece, by its upper left corner."""
    area = _BLOCK**2
    squares, mean = (sums(of, _BLOCK, step) / np.float32(area) for of in (plane**2, plane))
    spread: Plane = squares - mean**2
    return spread
