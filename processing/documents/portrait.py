"""Whether the portrait is a picture, and large enough to print."""

from mochocho.words.model import Finding
from processing.documents.asked import Asked

# 2 x 2.5 cm at 300 dpi, about the printed size in a dossier; no source states a size (rules.md, section K).
MIN_SHORT_SIDE = 240
MIN_LONG_SIDE = 300


def not_a_picture(asked: Asked) -> list[Finding]:
    """A readable file that is not a picture cannot be the portrait."""
    return [
        asked.finding("portrait.not_a_picture", place)
        for place, page in enumerate(asked.answer.pages)
        if (m := asked.measurement(page)) and not m.problem and m.kind == "pdf"
    ]


def too_small(asked: Asked) -> list[Finding]:
    """A portrait too small to print well; it is accepted nevertheless."""
    return [
        asked.finding(
            "portrait.too_small",
            place,
            width=m.width,
            height=m.height,
            least_width=MIN_SHORT_SIDE,
            least_height=MIN_LONG_SIDE,
        )
        for place, page in enumerate(asked.answer.pages)
        if (m := asked.measurement(page))
        and not m.problem
        and m.width
        and (min(m.width, m.height) < MIN_SHORT_SIDE or max(m.width, m.height) < MIN_LONG_SIDE)
    ]
