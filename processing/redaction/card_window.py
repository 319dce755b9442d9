"""What of a page with an ID card may be seen: number and names; all else is painted over. Pure.

Nothing is looked for that is to be hidden, as religion and blood group: what the page is known to hold is
shown, in a window that is measured from the card's number. So writing across a copy, the other side and the
card of somebody else are hidden as well.
"""

import numpy as np
import numpy.typing as npt
from PIL import Image

from processing.photographs.page import Page
from processing.redaction.number_row import NumberRow, number_rows

# In widths of the number's row, which is three to four tenths of the card's. Names end a quarter of the
# card's height below the number; days of birth follow, then religion and blood group, four tenths and more.
# No real card was measured for this: half a row's width leaves nearly as much again before religion begins.
ABOVE, BELOW = 0.12, 0.5
BEFORE, BEHIND = 1.3, 0.75
LAST_DIGITS = 8  # that are hidden: what other pages of the portal show are the last three
COVER = (70, 78, 88)

_Pixels = npt.NDArray[np.uint8]


def covered(picture: Image.Image, page: Page) -> Image.Image | None:
    """The picture (RGB, upright) with every pixel outside the window replaced; None where the machine is not
    sure: no number is found, or several are. `page`: a small copy of it.
    """
    rows = number_rows(page)
    if len(rows) != 1:
        return None
    (row,) = rows
    pixels = np.rot90(np.asarray(picture, np.uint8), row.turned)
    scale = max(picture.size) / max(page.grey.shape)
    shown = _shown(pixels, row, scale)
    return Image.fromarray(np.ascontiguousarray(np.rot90(shown, -row.turned)))


def _shown(pixels: _Pixels, row: NumberRow, scale: float) -> _Pixels:
    width = row.width
    left, right = row.left - width * BEFORE, row.right + width * BEHIND
    top, bottom = row.top - width * ABOVE, row.bottom + width * BELOW
    made = np.empty_like(pixels)
    made[:] = COVER
    window = _part(pixels.shape, scale, left, top, right, bottom)
    made[window] = pixels[window]
    margin = (row.bottom - row.top) / 2
    hidden = row.digits[-LAST_DIGITS:]
    before = (row.digits[-LAST_DIGITS - 1][1] + hidden[0][0]) / 2
    # to the window's end: nothing of the card's number may stand behind it
    made[_part(pixels.shape, scale, before, row.top - margin, right, row.bottom + margin)] = COVER
    return made


def _part(
    shape: tuple[int, ...], scale: float, left: float, top: float, right: float, bottom: float
) -> tuple[slice, slice]:
    return (
        slice(max(0, round(top * scale)), min(shape[0], max(0, round(bottom * scale)))),
        slice(max(0, round(left * scale)), min(shape[1], max(0, round(right * scale)))),
    )
