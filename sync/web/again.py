"""Remembers what was made of an answer, since most answers of a server are the same as the last time."""

import hashlib
import json
from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Again(Generic[T]):
    """The result of `make` for the last answer to one request; it is shared and must not be changed.

    `make` raises Transient or Terminal for what it cannot use; then nothing is remembered.
    """

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self._kept: tuple[bytes, T] | None = None

    def load(self, content: bytes) -> T:
        """The result for this answer. Raises ValueError for incomplete JSON."""
        digest = hashlib.sha256(content).digest()
        kept = self._kept
        if kept is None or kept[0] != digest:
            kept = self._kept = digest, self._make(json.loads(content))
        return kept[1]
