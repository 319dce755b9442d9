"""Texts of papers in front, in the pieces that a line may end between: one changed applicant changes few."""

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from reports.typesetting.cache import Cache
from reports.typesetting.typesetter import canonical


class KeptTexts:
    """The texts of one packet's papers. `common`: what pieces are made of besides a view, as text.

    `needs`: the keys in the cache of the texts that were asked for.
    """

    def __init__(self, cache: Cache, common: Iterable[str]) -> None:
        self._cache = cache
        self._common = "\n".join(common)
        self.needs: list[str] = []

    def of(self, view: Any, names: Iterable[str], boxed: Callable[[], bytes]) -> bytes:
        """The texts of `view`, which names these people and places; `boxed` makes those that are not kept."""
        made_of = canonical([self._common, repr(view), sorted({*names})])
        key = f"texts {hashlib.sha256(made_of).hexdigest()}"
        self.needs.append(key)
        kept = self._cache.get(key)
        if kept is None:
            kept = boxed()
            self._cache.put(key, kept)
        return kept
