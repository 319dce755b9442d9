"""How far two pages agree where they agree least: a copy does, a form filled in anew does not. Pure."""

import io
from base64 import b64decode
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
from PIL import Image

from processing.same_pages import registration
from processing.same_pages.filters import Plane, between, sums
from processing.same_pages.marks import TURNS, Marks

_PLACE = 16  # pixels of a side of a place that is compared: a written word
_EVERY = 3  # pixels from one place to the next
_WRITTEN = 0.3  # of the mean contrast: on less there is nothing to compare
_EDGE = 16  # pixels at the edge of the overlap: a page turned by two degrees in its frame lacks 14 there
_LEAST_PLACES = 60  # written ones: fewer are no page, but a line or a stamp
_LEAST_COVER = 0.4  # of the page: what was cut out of it
_LEAST_CONTRAST = 1.0  # grey levels
HOPELESS = 0  # per cent: what agrees less once it is laid on roughly is not the same page
_AGAIN = 8  # places that agree less are dust, a fold or a shine; a differing word covers twenty
_ROUGHLY = Image.Resampling.BILINEAR

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a page, unpacked. `copy`: a JPEG."""

    marks: Marks
    copy: bytes

    @classmethod
    def load(cls, marks: str, copy: str) -> Self:
        """Of an `Imprint`'s."""
        return cls(Marks.load(b64decode(marks)), b64decode(copy))


def agreement(one: Kept, other: Kept, quarters: int) -> int | None:
    """Per cent at the place where the pages agree least, or None: nothing shows that they are the same page.

    `quarters`: the turns, clockwise, by which `other` comes upright beside `one`.
    """
    try:
        with np.errstate(all="ignore"):  # what cannot be computed is not laid on each other
            return _agreement(one, other, quarters)
    except np.linalg.LinAlgError:
        return None


def _agreement(one: Kept, other: Kept, quarters: int) -> int | None:
    marks, picture = other.marks, _opened(other.copy)
    for _ in range(quarters % TURNS):
        marks, picture = marks.turned(), picture.transpose(Image.Transpose.ROTATE_270)
    places = registration.laid(one.marks, marks)
    if places is None:
        return None
    here, there = _opened(one.copy), picture
    first, second = (_pixels(points, of) for points, of in zip(places, (here, there), strict=True))
    by = registration.flat(first, second)
    if np.linalg.det(by[:2, :2]) > 1:  # in the frame of the one whose page is smaller, as it holds no more
        here, there, by = there, here, registration.flat(second, first)
    return _least(here, there, by)


def _opened(copy: bytes) -> Image.Image:
    return Image.open(io.BytesIO(copy), formats=["JPEG"]).convert("L")


def _pixels(points: registration.Points, of: Image.Image) -> registration.Points:
    found: registration.Points = points * max(of.size) + (of.width / 2, of.height / 2)
    return found


def _least(here: Image.Image, there: Image.Image, by: registration.Transform) -> int | None:
    one, number = between(np.asarray(here, np.float32)), None
    other, covered = _beneath(there, by, here.size, _ROUGHLY)
    for sampled in (
        _ROUGHLY,
        Image.Resampling.BICUBIC,
    ):  # finer where it counts, for it takes thrice the time
        better = registration.refined(one, other, covered, by)
        if better is None:
            return None
        by = better
        other, covered = _beneath(there, by, here.size, sampled)
        number = _where_covered(one, other, covered, here, there, by)
        if number is None or number < HOPELESS:
            break
    return number


def _where_covered(
    one: Plane,
    other: Plane,
    covered: Mask,
    here: Image.Image,
    there: Image.Image,
    by: registration.Transform,
) -> int | None:
    if covered.sum() < _LEAST_COVER * min(
        covered.size, there.width * there.height * np.linalg.det(by[:2, :2])
    ):
        return None
    return _compared(one, other, registration.covered(there.size, by, here.size, _EDGE))


def _beneath(
    image: Image.Image, by: registration.Transform, size: tuple[int, int], sampled: Image.Resampling
) -> tuple[Plane, Mask]:
    """The print of a picture drawn into a frame of this size, and which pixels of the frame it covers."""
    covered = registration.covered(image.size, by, size)
    shown = registration.drawn(image, by, size, sampled)
    shown[~covered] = shown[covered].mean() if covered.any() else 0
    return between(shown), covered


def _compared(one: Plane, other: Plane, kept: Mask) -> int | None:
    level = np.sqrt([(plane[kept] ** 2).mean() if kept.any() else np.float32(0) for plane in (one, other)])
    if level.min() < _LEAST_CONTRAST:
        return None
    first, second = (
        np.where(kept, plane / np.float32(by), np.float32(0))
        for plane, by in zip((one, other), level, strict=True)
    )
    area = _PLACE**2
    in_one, in_other, in_both = (
        sums(a * b, _PLACE, _EVERY) / area for a, b in ((first, first), (second, second), (first, second))
    )
    inside = sums(kept.astype(np.float32), _PLACE, _EVERY) > 0.98 * area
    told = inside & (np.maximum(in_one, in_other) > _WRITTEN)
    if told.sum() < _LEAST_PLACES:
        return None
    agreed = (in_both / np.sqrt(in_one * in_other + 1e-4))[told]
    return int(np.floor(100 * np.partition(agreed, _AGAIN)[_AGAIN]))
