"""Places in a text that are filled from data: `{name}`. What fills one is never looked at again. Pure.

Twice the brackets, as in `{{name}}`, are no place: they are printed as they are.
"""

import re
from collections.abc import Iterable, Mapping

_PLACE = re.compile(r"(?<!\{)\{([^{}]*)\}(?!\})")


def unknown(texts: Iterable[str], known: Iterable[str]) -> list[str]:
    """The names of places that nothing fills, in order, each once."""
    wanted = set(known)
    return [name for name in dict.fromkeys(_named(texts)) if name not in wanted]


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its places filled; one that nothing fills stays as it is typed."""
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), text)


def named(text: str, values: Mapping[str, str]) -> str:
    """The text with `{name}` in place of what fills it, of longer values first: `filled` gives it back."""
    for name, value in sorted(values.items(), key=lambda one: (-len(one[1]), one[0])):
        text = text.replace(value, f"{{{name}}}") if value else text
    return text


def _named(texts: Iterable[str]) -> Iterable[str]:
    return (found[1] for text in texts for found in _PLACE.finditer(text))
