"""All checks of one picture, in their order. Pure."""

from collections.abc import Callable

from mochocho.words.model import Suspicion
from processing.photographs import (
    brightness,
    cropped_edges,
    emptiness,
    orientation,
    screens,
    sharpness,
    sheet_size,
)
from processing.photographs.page import Page, Taken
from processing.photographs.reduced import Reduced

Check = Callable[[Page], Suspicion | None]

# The first stage that finds something ends the search: what is dark or small shows no strokes to judge, what
# is blurred, faded or blank no lines.
STAGES: tuple[tuple[Check, ...], ...] = (
    (brightness.dark, sheet_size.small),
    (sharpness.blurred, brightness.bright, emptiness.blank),
    (orientation.sideways, orientation.upside_down, cropped_edges.cropped),
)
LEAST_SIDE = 100  # points: what is smaller shows no line of text
ALWAYS: tuple[Check, ...] = (screens.screenshot,)


def suspicions_of(reduced: Reduced, taken: Taken | None = None) -> tuple[Suspicion, ...]:
    """What a person should look at; whether it suits a document, the document's check knows.

    `taken`: what the picture's file says; None for a page that was drawn and never photographed.
    """
    page = Page(reduced, taken)
    if min(page.grey.shape) < LEAST_SIDE:
        return _found((brightness.dark, sheet_size.small), page)
    first = next(filter(None, (_found(stage, page) for stage in STAGES)), ())
    return first + _found(ALWAYS, page)


def _found(checks: tuple[Check, ...], page: Page) -> tuple[Suspicion, ...]:
    return tuple(found for check in checks if (found := check(page)))
