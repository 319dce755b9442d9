"""The one small copy of a picture that every check looks at. Pure."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
from PIL import Image

LONG_SIDE = 1200  # pixels: the letters of a whole A4 page in 14 points are seven high

_ROWS = 4

Grey = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Reduced:
    """Upright, grey (0 black to 255 white), rows by columns, at most LONG_SIDE long."""

    grey: Grey

    @classmethod
    def of(cls, image: Image.Image) -> Self:
        """Of a picture in mode L."""
        return cls(np.asarray(image))

    def level(self, per_cent: float) -> int:
        """The grey level that this share of the picture, by every fourth row, is not brighter than."""
        counts = np.cumsum(Image.fromarray(self.grey[::_ROWS]).histogram())
        return int(np.searchsorted(counts, counts[-1] * per_cent / 100))
