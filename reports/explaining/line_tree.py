"""An explanation as a tree of Thai lines: the terminal indents it, the portal may fold it. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.view.printed_words import Words

SCREEN = Words(thai_digits=False)  # a screen's digits all have one width
INDENT = "  "


@dataclass(frozen=True, slots=True)
class Line:
    """One statement, and below it what it follows from. `about`: what `part_of` finds it by; '' = nothing."""

    text: str
    below: tuple["Line", ...] = ()
    about: str = ""


def line(text: str, *below: Line, about: str = "") -> Line:
    """A line with Arabic digits and without anybody's national ID, as a person may have typed one."""
    return Line(SCREEN.text(text), below, about)


def texts(lines: tuple[Line, ...], depth: int = 0) -> Iterator[str]:
    """The lines as a terminal shows them."""
    for one in lines:
        yield f"{INDENT * depth}{one.text}"
        yield from texts(one.below, depth + 1)


def part_of(lines: tuple[Line, ...], about: str) -> tuple[Line, ...]:
    """The lines about this, each with everything below it, in order."""
    found: list[Line] = []
    for one in lines:
        found += [one] if one.about == about else part_of(one.below, about)
    return tuple(found)
