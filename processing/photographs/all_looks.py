"""All checks of one picture, in their order. Pure."""

from collections.abc import Callable

from mochocho.words.model import Suspicion
from processing.photographs import brightness
from processing.photographs.reduced import Reduced

CHECKS: tuple[Callable[[Reduced], Suspicion | None], ...] = (brightness.dark, brightness.bright)


def suspicions_of(reduced: Reduced) -> tuple[Suspicion, ...]:
    """What a person should look at; whether it suits a document, the document's check knows."""
    return tuple(found for check in CHECKS if (found := check(reduced)))
