"""A screenshot: a telephone or computer showing the page, with the bars of its screen around it. Pure.

No single sign is enough: a scanner's file names no camera either, and a page that a program wrote is as even.
Signs are counted; each is something that a clerk can see or look up.
"""

import numpy as np

from mochocho.words.model import Doubtful, Suspicion
from processing.photographs.page import Page
from processing.photographs.planes.shapes import Grey, Mask, difference
from processing.photographs.thresholds import THRESHOLDS

# Widths and heights of screens, upright for telephones; pages are no multiples of these.
TELEPHONES = frozenset(
    [
        (640, 1136), (720, 1280), (720, 1520), (720, 1544), (720, 1560), (720, 1600), (720, 1612),
        (720, 1640), (720, 1650), (750, 1334), (828, 1792), (1080, 1920), (1080, 2160), (1080, 2220),
        (1080, 2280), (1080, 2310), (1080, 2316), (1080, 2340), (1080, 2376), (1080, 2388), (1080, 2392),
        (1080, 2400), (1080, 2408), (1080, 2412), (1080, 2460), (1125, 2436), (1170, 2532), (1179, 2556),
        (1206, 2622), (1220, 2712), (1240, 2772), (1242, 2208), (1242, 2688), (1284, 2778), (1290, 2796),
        (1320, 2868), (1440, 2560), (1440, 2960), (1440, 3040), (1440, 3088), (1440, 3120), (1440, 3200),
    ]
)  # fmt: skip
COMPUTERS = frozenset(
    [
        (1280, 720), (1280, 800), (1366, 768), (1440, 900), (1536, 864), (1600, 900), (1680, 1050),
        (1920, 1080), (1920, 1200), (2560, 1440),
    ]
)  # fmt: skip

_LONG = 1.7  # times as high as wide, at least: no sheet of paper is
_EVEN = 0.6  # of all neighbours equal: a camera's grain leaves a third
_BAR = 0.012, 0.075  # of the height: how far a bar at the top or bottom reaches
_SAME = 3  # grey levels: a bar of one colour, after JPEG
_MOST = 0.65  # of a row of a bar has its colour
_MARKS = 0.004, 0.3  # of a bar: the clock and symbols in it


def screenshot(page: Page) -> Suspicion | None:
    """How many signs of a screen there are."""
    least = THRESHOLDS[Doubtful.SCREENSHOT]
    taken = page.taken
    if taken is None or taken.camera:
        return None
    high, wide = page.grey.shape
    exact = taken.size in TELEPHONES or taken.size[::-1] in TELEPHONES or taken.size in COMPUTERS
    number = sum(
        (
            2 * exact,
            max(high, wide) >= _LONG * min(high, wide),
            taken.kind == "png",
            2 * _is_bar(page.grey),
            _is_bar(page.grey[::-1]),
        )
    )
    if number >= least - 1:  # with fewer it decides nothing
        number += _evenness(page.grey) >= _EVEN
    return Suspicion(Doubtful.SCREENSHOT, number, least, (0, 0, 100, 8)) if number >= least else None


def _evenness(grey: Grey) -> float:
    """The share of points that are as their left neighbour."""
    return float(np.count_nonzero(difference(grey[:, 1:], grey[:, :-1]) <= 1) / max(1, grey[:, 1:].size))


def _is_bar(grey: Grey) -> bool:
    """Whether the uppermost rows are of one colour from edge to edge, with small marks in them."""
    first, last = (round(part * grey.shape[0]) for part in _BAR)
    rows = grey[:last]
    if first < 2 or grey.shape[1] < 100:
        return False
    colour = int(np.bincount(rows[:first].ravel(), minlength=256).argmax())
    like: Mask = difference(rows, np.full_like(rows, colour)) <= _SAME
    whole = like.mean(axis=1) >= _MOST
    reaches = len(whole) if whole.all() else int(np.argmin(whole))
    marks = 1 - float(like[:reaches].mean()) if reaches else 0.0
    edges = like[:reaches, :2].all() and like[:reaches, -2:].all() if reaches else False
    return bool(reaches >= first and edges and _MARKS[0] <= marks <= _MARKS[1])
