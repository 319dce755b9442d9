"""Threads that flush to disk in parallel: one flush after the other would take most of a post's time."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait

_THREADS = 16  # for all posts


class Flushers:
    """A pool of threads, each of which makes one thing durable."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(_THREADS, "flush")

    def begin(self, *flushes: Callable[[], None]) -> "Future[None]":
        return self._pool.submit(_run, *flushes)

    def together(self, flushes: Sequence[Callable[[], None]]) -> None:
        """Return when all are done, half of them in this thread. Raises what one of them raised.

        One more thread and not one each: handing work over costs more than the disk's second answer.
        """
        half = len(flushes) // 2
        other = self.begin(*flushes[:half])
        try:
            _run(*flushes[half:])
        finally:
            wait([other])
        other.result()


def _run(*flushes: Callable[[], None]) -> None:
    for flush in flushes:
        flush()  # called from this package, so that crash tests can tell whose flush it is
