"""An answer that comes again byte for byte is not read again: most looks at a server find nothing new."""

import hashlib
import json
from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Again(Generic[T]):
    """What `make` made of the last answer's JSON to one question. It must not be changed by who gets it.

    `make` raises Transient or Terminal for what it cannot use; nothing is kept then.
    """

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self._kept: tuple[bytes, T] | None = None

    def load(self, content: bytes) -> T:
        """Raises ValueError for what is no whole JSON."""
        digest = hashlib.sha256(content).digest()
        kept = self._kept
        if kept is None or kept[0] != digest:
            kept = self._kept = digest, self._make(json.loads(content))
        return kept[1]
