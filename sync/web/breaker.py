"""A circuit breaker: a server that does not answer is left alone for a while."""

import threading
from collections.abc import Callable

from mochocho.words.errors import Transient
from mochocho.words.sentences import Sentence
from sync.web.hosts import Origin

LONGEST = 3600.0  # seconds; the longest rest that a server may ask for


class Breaker:
    """Opens after `after` failures in a row, or when the server asks to be left alone.

    Then one call may try every `rest` seconds, or after the time that the server asked for, until one
    succeeds.
    """

    def __init__(self, clock: Callable[[], float], after: int = 5, rest: float = 30.0) -> None:
        self._clock = clock
        self._after = after
        self._rest = rest
        self._lock = threading.Lock()
        self._failures = 0
        self._last = Sentence("", "")
        self._since = 0.0  # when it opened, or when the last call tried
        self._resting = rest  # seconds after that in which no call may try

    def admit(self) -> None:
        """Raises Transient while the server rests."""
        with self._lock:
            if self._failures < self._after:
                return
            now = self._clock()
            rested = now - self._since  # computed by sums, the rest may exceed the whole by a rounding error
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
        """To be called after every failed try; `sentence` says what happened.

        `asked`: seconds, if the server asked to be left alone.
        """
        with self._lock:
            self._last = sentence
            self._failures = self._after if asked else min(self._failures + 1, self._after)
            self._since, self._resting = self._clock(), max(min(asked, LONGEST), self._rest)


def length(seconds: float) -> Sentence:
    """A duration for people: `40 seconds`, `12 minutes`."""
    if seconds < 100:
        number = max(1, round(seconds))
        return Sentence(f"{number} วินาที", f"{number} seconds")
    number = round(seconds / 60)
    return Sentence(f"{number} นาที", f"{number} minutes")


class Breakers:
    """One breaker per host; object storage is apart from the server that redirects to it."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._of: dict[Origin, Breaker] = {}

    def of(self, origin: Origin) -> Breaker:
        with self._lock:
            return self._of.setdefault(origin, Breaker(self._clock))
