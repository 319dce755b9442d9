"""Threads that wait for the disk side by side: one after the other, that would be most of a post's time."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait

_THREADS = 16  # for all posts


class Flushers:
    """A pool of such threads, for what makes one thing durable each."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(_THREADS, "flush")

    def begin(self, flush: Callable[[], None]) -> "Future[None]":
        return self._pool.submit(_run, flush)

    def together(self, flushes: Iterable[Callable[[], None]]) -> None:
        """Return when all are done. Raises what one of them raised."""
        running = [self.begin(flush) for flush in flushes]
        wait(running)
        for one in running:
            one.result()


def _run(
    flush: Callable[[], None],
) -> None:  # of this package, so that crash tests can tell whose flush it is
    flush()
