"""The figures that a dossier prints, to compare with what is said of them elsewhere."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from reports.view.dossier import Dossier
from reports.view.pictures import Code, Picture

# What a person typed in their own words, and what is drawn or is no figure.
WORDS = {
    "lead_team",
    "advisers",
    "remarks",
    "key",
    "code",
    "no",
    "number",
    "axes",
    "picture",
    "portrait",
    "scene",
}
FIGURE = re.compile("[0-9]+(?:[.][0-9]+)?")


def figures(text: str) -> list[str]:
    return FIGURE.findall(text)


def printed(view: Dossier) -> set[str]:
    """Every figure of a dossier that was made with Arabic digits."""
    return {figure for text in _texts(view) for figure in figures(text)}


def _texts(value: Any) -> Iterator[str]:
    if is_dataclass(value) and not isinstance(value, Picture | Code):
        for one in fields(value):
            if one.name not in WORDS:
                yield from _texts(getattr(value, one.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, str):
        yield value
