"""The separate marks of a page: what hangs together of its ink, with the box around each. Pure."""

import numpy as np
import numpy.typing as npt

from processing.photographs.planes.shapes import Mask

Boxes = npt.NDArray[np.int64]  # rows of left, top, right, bottom (one beyond), in points


def marks(ink: Mask) -> Boxes:
    """One box for each mark of which the points touch, also over corners; in no order."""
    rows, begins, ends = _runs(ink)
    if not len(rows):
        return np.zeros((0, 4), np.int64)
    names = _joined(rows, begins, ends)
    boxes = np.zeros((names.max() + 1, 4), np.int64)
    boxes[:, :2] = np.iinfo(np.int64).max
    np.minimum.at(boxes[:, 0], names, begins)
    np.minimum.at(boxes[:, 1], names, rows)
    np.maximum.at(boxes[:, 2], names, ends)
    np.maximum.at(boxes[:, 3], names, rows + 1)
    return boxes[boxes[:, 2] > 0]


def _runs(ink: Mask) -> tuple[Boxes, Boxes, Boxes]:
    """Row, begin and end of each run of ink across, from the top."""
    edges = np.diff(np.pad(ink, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, begins = np.nonzero(edges == 1)
    _, ends = np.nonzero(edges == -1)
    return rows, begins, ends


def _joined(rows: Boxes, begins: Boxes, ends: Boxes) -> Boxes:
    """For each run the number of its mark; runs of neighbouring rows that touch are of one."""
    parents = list(range(len(rows)))

    def root(one: int) -> int:
        while parents[one] != one:
            parents[one] = parents[parents[one]]
            one = parents[one]
        return one

    firsts = np.searchsorted(rows, np.arange(rows[-1] + 2)).tolist()
    begin, end = begins.tolist(), ends.tolist()
    for one, stop, beyond in zip(firsts, firsts[1:], firsts[2:], strict=False):
        other = stop
        while one < stop and other < beyond:
            if begin[one] <= end[other] and begin[other] <= end[one]:
                parents[root(other)] = root(one)
            if end[one] < end[other]:
                one += 1
            else:
                other += 1
    return np.array([root(one) for one in range(len(parents))], np.int64)


def turned(boxes: Boxes, shape: tuple[int, ...], quarters: int) -> Boxes:
    """The boxes on a page of this shape (high, wide) once it is turned by quarters, counter-clockwise."""
    high, wide = shape
    left, top, right, bottom = boxes.T
    ways = (
        (left, top, right, bottom),
        (top, wide - right, bottom, wide - left),
        (wide - right, high - bottom, wide - left, high - top),
        (high - bottom, left, high - top, right),
    )
    return np.stack(ways[quarters], axis=1)
