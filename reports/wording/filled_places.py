"""Places in a wording that are filled from data: `{name}`. What fills one is never looked at again. Pure."""

import re
from collections.abc import Iterable, Mapping

_PLACE = re.compile(r"\{([^{}]*)\}")


def unknown(texts: Iterable[str], known: Iterable[str]) -> list[str]:
    """The names of places that nothing fills, in order, each once."""
    wanted = set(known)
    return [name for name in dict.fromkeys(_named(texts)) if name not in wanted]


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its places filled."""
    return _PLACE.sub(lambda found: values[found[1]], text)


def _named(texts: Iterable[str]) -> Iterable[str]:
    return (found[1] for text in texts for found in _PLACE.finditer(text))
