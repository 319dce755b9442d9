"""Wrong way up: lines of text that run from top to bottom, or stand on their heads. Pure.

Only text tells. Letters stand close to each other and lines do not, so ink runs together along a line. Vowels
and tone marks of Thai stand above the letters far more often than below, and Latin has more ascenders than
descenders. Where a page says too little, nothing is said of it.
"""

import numpy as np

from mochocho.words.model import Doubtful, Suspicion
from processing.photographs.page import Page
from processing.photographs.text_lines import bodies
from processing.photographs.thresholds import THRESHOLDS

_LEAST_TEXT = 20  # of 10,000 points, in words
_STRIP = 64  # points
_SHARE = 0.5
_LOWEST, _HIGHEST = 4, 24  # points of a body that has room above and below it
_MOST_INK = (
    _STRIP  # points above or below one piece of a line: a stamp or rule that is left counts as marks do
)
_LEAST_LINES = 20  # pieces of lines: fewer do not tell


def sideways(page: Page) -> Suspicion | None:
    """Nearly all words run from top to bottom."""
    least = THRESHOLDS[Doubtful.SIDEWAYS]
    level, upright = page.words
    number = round(100 * upright / max(1, level + upright))
    enough = level + upright >= page.letters.size / 4 * _LEAST_TEXT / 10_000
    return Suspicion(Doubtful.SIDEWAYS, number, least) if enough and number >= least else None


def upside_down(page: Page) -> Suspicion | None:
    """More ink stands below the bodies of letters than above them."""
    least = THRESHOLDS[Doubtful.UPSIDE_DOWN]
    found = bodies(page.letters, _STRIP, _SHARE)
    telling = (found.height >= _LOWEST) & (found.height <= _HIGHEST)
    above, below = (int(np.minimum(ink[telling], _MOST_INK).sum()) for ink in (found.above, found.below))
    number = round(100 * below / max(1, above + below))
    enough = np.count_nonzero(telling) >= _LEAST_LINES
    return Suspicion(Doubtful.UPSIDE_DOWN, number, least) if enough and number >= least else None
