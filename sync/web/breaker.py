"""Lets a server that does not answer rest, instead of asking it a thousand times."""

import threading
from collections.abc import Callable

from mochocho.errors import Transient
from sync.web.hosts import Origin


class Breaker:
    """Opens after `after` failures in a row; then one call in `rest` seconds may try, until one succeeds."""

    def __init__(self, clock: Callable[[], float], after: int = 5, rest: float = 30.0) -> None:
        self._clock = clock
        self._after = after
        self._rest = rest
        self._lock = threading.Lock()
        self._failures = 0
        self._last = ""
        self._again = 0.0  # when the next call may try, once open

    def admit(self) -> None:
        """Raises Transient while the server rests."""
        with self._lock:
            if self._failures < self._after:
                return
            left = self._again - self._clock()
            if left <= 0:
                self._again = self._clock() + self._rest  # this call tries; the others wait for its outcome
                return
        raise Transient(
            f"{self._last}; after {self._after} failures in a row this server is left alone for "
            f"{max(1, round(left))} more seconds"
        )

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0

    def failed(self, sentence: str) -> None:
        """After every try of one call; `sentence` says what happened."""
        with self._lock:
            self._last = sentence
            self._failures = min(self._failures + 1, self._after)
            self._again = self._clock() + self._rest


class Breakers:
    """One breaker for each host, storage apart from the server that sends us there."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._of: dict[Origin, Breaker] = {}

    def of(self, origin: Origin) -> Breaker:
        with self._lock:
            return self._of.setdefault(origin, Breaker(self._clock))
