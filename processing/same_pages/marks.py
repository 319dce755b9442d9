"""Places of a page that look the same in a copy: where they are, how large, what they look like. Pure.

A mark is a spot that is darker or lighter than what is around it, at the size at which it is most so (a
letter, a word): a copy in another size, frame or light has it in the same place of the page. What is around
it is told in 24 bits: the signs of its lowest waves, which neither light nor a little noise turns round.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
import numpy.typing as npt
from PIL import Image

from processing.same_pages.filters import Plane, blurred, turning_point

LONG_SIDE = 384  # pixels: a word of an A4 page is ten by thirty, its print of 14 points two high
MOST = 320  # marks of a page: the strongest
BITS = 24
TURNS = 4  # quarters of a turn

_FINEST = 1.8  # pixels of the smallest spot
_STEP = 2 ** (1 / 3)
_SIZES = tuple(_FINEST * _STEP**n for n in range(7))
_LEAST = 0.6  # grey levels between a spot and what is around it
_MOST_ALONG = 40.0  # (long + short)² / (long · short) of a spot: what is longer is a piece of a line
_AROUND = 7.0  # sizes of a spot to each side that are told
SAMPLES = 16  # to each side
# (down, across) of each bit's wave; for each the one turned by a quarter is there too
_WAVES = (
    *((u, total - u) for total in range(1, 6) for u in range(total + 1)),
    *((1, 5), (5, 1), (2, 4), (4, 2)),
)
_COSINES = np.array(
    [np.cos(np.pi * wave * (np.arange(SAMPLES) + 0.5) / SAMPLES) for wave in range(6)], np.float32
)
_STORED = np.dtype([("x", "<i2"), ("y", "<i2"), ("size", "<u2"), ("code", "<u4")])
_UNIT = 32_767  # of a stored length: the long side of the picture

Floats = npt.NDArray[np.float32]
Codes = npt.NDArray[np.uint32]
Numbers = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Marks:
    """`x`, `y` from the picture's middle and `size`, in parts of its long side; `codes`: BITS bits each."""

    x: Floats
    y: Floats
    size: Floats
    codes: Codes

    def __len__(self) -> int:
        return len(self.codes)

    @classmethod
    def of(cls, image: Image.Image) -> Self:
        """Of a picture in mode L whose longer side is LONG_SIDE, and none shorter than SAMPLES."""
        grey = np.asarray(image, np.float32)
        scales = _scales(grey)
        layer, y, x, size = _spots(scales)
        codes = _codes(np.stack(scales), layer, y, x, size)
        (rows, columns), long = grey.shape, np.float32(max(grey.shape))
        return cls(
            (x - np.float32(columns / 2)) / long, (y - np.float32(rows / 2)) / long, size / long, codes
        )

    @classmethod
    def load(cls, stored: bytes) -> Self:
        """Of what `dump` gave."""
        read = np.frombuffer(stored, _STORED)
        x, y, size = ((read[name] / _UNIT).astype(np.float32) for name in ("x", "y", "size"))
        return cls(x, y, size, read["code"].astype(np.uint32))

    @staticmethod
    def codes_of(stored: bytes) -> Codes:
        """The codes alone of what `dump` gave."""
        return np.frombuffer(stored, _STORED)["code"].astype(np.uint32)

    def dump(self) -> bytes:
        """Ten bytes a mark."""
        made = np.zeros(len(self), _STORED)
        for name, lengths in (("x", self.x), ("y", self.y), ("size", self.size)):
            made[name] = np.round(lengths * _UNIT)
        made["code"] = self.codes
        return made.tobytes()

    def turned(self) -> "Marks":
        """As found in the picture turned clockwise by a quarter."""
        return Marks(-self.y, self.x, self.size, turned(self.codes))


def turned(codes: Codes) -> Codes:
    """As found in the picture turned clockwise by a quarter: each wave is another one, or its opposite."""
    found = np.zeros_like(codes)
    for bit, (down, across) in enumerate(_WAVES):
        other = np.uint32(_WAVES.index((across, down)))
        found |= (codes >> other & np.uint32(1) ^ np.uint32(across % 2)) << np.uint32(bit)
    return found


def _scales(grey: Plane) -> list[Plane]:
    """The picture blurred to each of _SIZES."""
    made = [blurred(grey, _FINEST)]
    for finer, coarser in pairwise(_SIZES):
        made.append(blurred(made[-1], (coarser**2 - finer**2) ** 0.5))
    return made


def _spots(scales: list[Plane]) -> tuple[Numbers, Floats, Floats, Floats]:
    """(layer, row, column, size) of the strongest spots: extremes in place and size, between the pixels."""
    steps = np.stack([coarser - finer for finer, coarser in pairwise(scales)])
    inner = steps[1:-1, 1:-1, 1:-1]
    found = (inner == _extreme(steps, np.maximum)) | (inner == _extreme(steps, np.minimum))
    z, y, x = (place + 1 for place in np.nonzero(found & (np.abs(inner) > _LEAST)))
    kept = np.flatnonzero(~_is_line(steps, z, y, x))
    kept = kept[np.argsort(-np.abs(steps[z, y, x][kept]), kind="stable")[:MOST]]
    z, y, x = z[kept], y[kept], x[kept]
    here = steps[z, y, x]
    deeper = turning_point(steps[z - 1, y, x], here, steps[z + 1, y, x])
    down = turning_point(steps[z, y - 1, x], here, steps[z, y + 1, x])
    right = turning_point(steps[z, y, x - 1], here, steps[z, y, x + 1])
    return (
        z,
        (y + down).astype(np.float32),
        (x + right).astype(np.float32),
        np.float32(_FINEST) * np.float32(_STEP) ** (z + deeper).astype(np.float32),
    )


def _extreme(steps: Plane, of: np.ufunc) -> Plane:
    """Of each inner point and its 26 neighbours."""
    along = of(of(steps[:-2], steps[1:-1]), steps[2:])
    along = of(of(along[:, :-2], along[:, 1:-1]), along[:, 2:])
    found: Plane = of(of(along[:, :, :-2], along[:, :, 1:-1]), along[:, :, 2:])
    return found


def _is_line(steps: Plane, z: Numbers, y: Numbers, x: Numbers) -> npt.NDArray[np.bool_]:
    """Whether a spot goes on and on in one direction, so that it has no place along it."""
    here = 2 * steps[z, y, x]
    across = steps[z, y, x - 1] + steps[z, y, x + 1] - here
    down = steps[z, y - 1, x] + steps[z, y + 1, x] - here
    askew = (
        steps[z, y + 1, x + 1] - steps[z, y + 1, x - 1] - steps[z, y - 1, x + 1] + steps[z, y - 1, x - 1]
    ) / 4
    line: npt.NDArray[np.bool_] = (across * down - askew**2) * _MOST_ALONG < (across + down) ** 2
    return line


def _codes(scales: Plane, layer: Numbers, y: Floats, x: Floats, size: Floats) -> Codes:
    _, rows, columns = scales.shape
    offsets = ((np.arange(SAMPLES) + 0.5) / SAMPLES * 2 - 1).astype(np.float32) * _AROUND
    reach = size[:, None] * offsets
    down, across = np.broadcast_arrays((y[:, None] + reach)[:, :, None], (x[:, None] + reach)[:, None, :])
    down, across = down.clip(0, rows - 1.001), across.clip(0, columns - 1.001)
    top, left = down.astype(np.intp), across.astype(np.intp)
    low, right = down - top, across - left
    values, at = scales.ravel(), (layer[:, None, None] * rows + top) * columns + left
    upper = values[at] * (1 - right) + values[at + 1] * right
    lower = values[at + columns] * (1 - right) + values[at + columns + 1] * right
    waves = _COSINES @ (upper * (1 - low) + lower * low).astype(np.float32) @ _COSINES.T
    codes = np.zeros(len(y), np.uint32)
    for bit, (u, v) in enumerate(_WAVES):
        codes |= (waves[:, u, v] > 0).astype(np.uint32) << np.uint32(bit)
    return codes
