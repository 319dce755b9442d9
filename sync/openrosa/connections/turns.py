"""Threads that answer requests, shared between owners: a heavy user does not keep the others waiting.

waitress answers in the order in which requests are complete, so one officer's token could occupy every
thread.
"""

import logging
import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Hashable
from typing import Protocol

log = logging.getLogger(__name__)

_WINDOW = 60.0  # seconds over which each owner's use is counted
_MUCH = 3.0  # seconds of a processor in one window; an honest phone's form takes a hundredth of one
# threads left to owners who did not use much: two busy ones keep the interpreter from all others
_RESERVED = 7


class Task(Protocol):
    """A connection with a complete request, as waitress hands it over, and its owner."""

    @property
    def owner(self) -> Hashable: ...

    def service(self) -> None: ...

    def cancel(self) -> None: ...


class Turns:
    """A pool of threads, of which one owner uses at most `of_one`; replaces waitress' dispatcher.

    The next request is that of the owner who used the processor least in the last window. Heavy users
    together get only the threads that are not reserved.
    """

    def __init__(self, threads: int, of_one: int) -> None:
        self._threads, self._of_one = threads, of_one
        self._changed = threading.Condition()
        self._waiting: dict[Hashable, deque[Task]] = defaultdict(deque)
        self._running: Counter[Hashable] = Counter()
        self._used: dict[Hashable, float] = defaultdict(float)
        self._used_since = time.monotonic()
        self._stopped = False
        self._alive = threads
        for number in range(threads):
            threading.Thread(target=self._work, name=f"answer-{number}", daemon=True).start()

    def add_task(self, task: Task) -> None:
        with self._changed:
            self._waiting[task.owner].append(task)
            self._changed.notify()

    def shutdown(self, timeout: float = 5) -> None:
        """Start nothing more, wait `timeout` seconds for running requests, cancel waiting ones."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._alive, timeout)
            waiting = [task for tasks in self._waiting.values() for task in tasks]
            self._waiting.clear()
        for task in waiting:
            task.cancel()

    def _work(self) -> None:
        while (turn := self._next()) is not None:
            owner, task = turn
            began = time.thread_time()
            try:
                task.service()
            except BaseException:
                log.exception("a request failed")
            self._done(owner, time.thread_time() - began)

    def _next(self) -> tuple[Hashable, Task] | None:
        """The next request, waiting for one; None when it is time to stop."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopped or self._chosen() is not None)
            owner = None if self._stopped else self._chosen()
            if owner is None:
                self._alive -= 1
                self._changed.notify_all()
                return None
            task = self._waiting[owner].popleft()
            if not self._waiting[owner]:
                del self._waiting[owner]
            self._running[owner] += 1
            return owner, task

    def _chosen(self) -> Hashable | None:
        ready = [owner for owner in self._waiting if self._running[owner] < self._of_one]
        if self._heavy() >= max(1, self._threads - _RESERVED):
            ready = [owner for owner in ready if self._used[owner] < _MUCH]
        # of equals, the first to come
        return min(ready, key=lambda owner: int(self._used[owner]), default=None)

    def _heavy(self) -> int:
        """The number of threads used by heavy users."""
        return sum(count for owner, count in self._running.items() if self._used[owner] >= _MUCH)

    def _done(self, owner: Hashable, seconds: float) -> None:
        with self._changed:
            self._running[owner] -= 1
            if not self._running[owner]:
                del self._running[owner]
            now = time.monotonic()
            if now - self._used_since > _WINDOW:
                self._used.clear()
                self._used_since = now
                self._changed.notify_all()
            self._used[owner] += seconds
            self._changed.notify()
