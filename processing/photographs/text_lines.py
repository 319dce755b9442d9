"""Lines of text, in narrow strips from the top to the bottom, in which even a crooked line is level. Pure."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from processing.photographs.planes.shapes import DOWN, Mask, in_strips, widest

Numbers = npt.NDArray[np.int64]

_NEIGHBOURHOOD = 25  # points: the densest row within it decides which rows belong to a line's body
_DENSEST_IS_A_RULE = 0.75  # of a strip's width: letters have gaps
_HIGHEST = 40  # points: no letter on a page is higher
_AROUND = 8  # points above and below a body, where tone marks and vowels stand
_EDGE = _NEIGHBOURHOOD + _AROUND


@dataclass(frozen=True, slots=True)
class Bodies:
    """Bodies of lines, one for each strip that crosses a line: where it begins (row) and how high it is, in
    points, and the ink in the rows right above and below it."""

    top: Numbers
    height: Numbers
    above: Numbers
    below: Numbers

    def __len__(self) -> int:
        return len(self.top)


def bodies(letters: Mask, strip: int, share: float) -> Bodies:
    """The bodies of all lines. `strip`: its width in points; `share`: a row's least, of the densest."""
    if letters.shape[1] < strip:
        nothing = np.zeros(0, np.int64)
        return Bodies(nothing, nothing, nothing, nothing)
    ink = np.pad(in_strips(letters, strip).astype(np.int16), ((_EDGE, _EDGE), (0, 0)))
    densest = widest(ink, _NEIGHBOURHOOD, DOWN)
    within = (ink > densest * share) & (densest >= strip // 6) & (densest < strip * _DENSEST_IS_A_RULE)
    strips, begin = np.nonzero((within[1:] & ~within[:-1]).T)
    _, end = np.nonzero((within[:-1] & ~within[1:]).T)
    height = end - begin
    fits = height <= _HIGHEST
    strips, begin, end, height = strips[fits], begin[fits] + 1, end[fits], height[fits]
    total = ink.cumsum(axis=0, dtype=np.int64)
    above = total[begin - 1, strips] - total[begin - 1 - _AROUND, strips]
    below = total[end + _AROUND, strips] - total[end, strips]
    return Bodies(begin - _EDGE, height, above, below)
