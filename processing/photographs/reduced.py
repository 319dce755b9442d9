"""The one small copy of a picture that every check looks at. Pure."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
from PIL import Image

LONG_SIDE = 1200  # pixels: the letters of a whole A4 page in 14 points are seven high

Grey = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file says of its picture. `long_side`: pixels in full; `by_a_camera`: EXIF names one."""

    kind: str
    long_side: int
    by_a_camera: bool


@dataclass(frozen=True, slots=True)
class Reduced:
    """Upright, grey (0 black to 255 white), rows by columns, at most LONG_SIDE long; what its file says."""

    grey: Grey
    facts: Facts

    @classmethod
    def of(cls, image: Image.Image, facts: Facts) -> Self:
        """Of a picture in mode L."""
        return cls(np.asarray(image), facts)

    @property
    def scale(self) -> float:
        """Pixels of the full picture in one of this copy."""
        longest: int = max(self.grey.shape)
        return self.facts.long_side / longest

    def level(self, per_cent: float) -> int:
        """The grey level that this share of the picture is not brighter than."""
        counts = np.bincount(self.grey.ravel(), minlength=256).cumsum()
        return int(np.searchsorted(counts, counts[-1] * per_cent / 100))
