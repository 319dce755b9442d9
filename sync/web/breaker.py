"""Lets a server that does not answer rest, instead of asking it a thousand times."""

import threading
from collections.abc import Callable

from mochocho.words.errors import Transient
from mochocho.words.sentences import Sentence
from sync.web.hosts import Origin

LONGEST = 3600.0  # seconds that a server may ask to be left alone for


class Breaker:
    """Opens after `after` failures in a row, or when the server asks to be left alone.

    Then one call in `rest` seconds, or after as long as it asked, may try, until one succeeds.
    """

    def __init__(self, clock: Callable[[], float], after: int = 5, rest: float = 30.0) -> None:
        self._clock = clock
        self._after = after
        self._rest = rest
        self._lock = threading.Lock()
        self._failures = 0
        self._last = Sentence("", "")
        self._since = 0.0  # the failure that opened it, or the last that tried
        self._resting = rest  # seconds from then on in which nobody may try, once open

    def admit(self) -> None:
        """Raises Transient while the server rests."""
        with self._lock:
            if self._failures < self._after:
                return
            now = self._clock()
            rested = now - self._since  # what is left, by sums, is at times a bit more than all of it
            if not 0 <= rested < self._resting:
                self._since, self._resting = (
                    now,
                    self._rest,
                )  # this call tries; the others wait for its outcome
                return
            left = self._resting - rested
        last, more = self._last, length(left)
        raise Transient(
            f"{last.th}; จะไม่ติดต่อเซิร์ฟเวอร์นี้อีก {more.th}",
            f"{last.en}; this server is left alone for {more.en} more",
        )

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0

    def failed(self, sentence: Sentence, asked: float = 0.0) -> None:
        """After every try of one call; `sentence` says what happened. `asked`: seconds, where the server
        wants nobody before.
        """
        with self._lock:
            self._last = sentence
            self._failures = self._after if asked else min(self._failures + 1, self._after)
            self._since, self._resting = self._clock(), max(min(asked, LONGEST), self._rest)


def length(seconds: float) -> Sentence:
    """As a person would say it: `40 seconds`, `12 minutes`."""
    if seconds < 100:
        number = max(1, round(seconds))
        return Sentence(f"{number} วินาที", f"{number} seconds")
    number = round(seconds / 60)
    return Sentence(f"{number} นาที", f"{number} minutes")


class Breakers:
    """One breaker for each host, storage apart from the server that sends us there."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._of: dict[Origin, Breaker] = {}

    def of(self, origin: Origin) -> Breaker:
        with self._lock:
            return self._of.setdefault(origin, Breaker(self._clock))
