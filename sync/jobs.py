"""Fetching from a server with several threads: small jobs, few of them at once, so that memory stays flat."""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import TypeVar

from mochocho.errors import Transient
from sync.prepare import Preparer, Ready
from sync.sources.protocol import HeldRoot, Server

LARGEST = 20  # roots in one job
_AHEAD = 2  # jobs for each thread, waiting or at work or waiting to be written
_WORKERS = 2  # for each request that may be under way: one waits for the server, one for our own disk

Job = TypeVar("Job")
Done = TypeVar("Done")


@dataclass(slots=True)
class Fetched:
    """What one job brought; `error`: why it could not bring more."""

    roots: int
    ready: list[Ready] = field(default_factory=list)
    error: Exception | None = None


def fetch(preparer: Preparer, server: Server, ids: Sequence[str]) -> Iterator[Fetched]:
    """Fetch these roots, their files into the store. In the order in which jobs end.

    A job that fails for a passing reason stops no other, unless as many failed as there are threads; then,
    and for any other reason, what is not begun is left.
    """
    workers = server.threads * _WORKERS if server.threads > 1 else 1  # one alone: one thing after the other
    size = max(1, min(LARGEST, -(-len(ids) // workers)))
    failed, stopped = 0, threading.Event()

    def work(some: Sequence[str]) -> Fetched:
        done = Fetched(len(some))
        if stopped.is_set():
            return done
        try:
            for one in server.fetch(some):
                done.ready.append(preparer.prepare(one))
        except Exception as error:
            done.error = error
            if not isinstance(error, Transient):
                stopped.set()
        return done

    jobs = (ids[start : start + size] for start in range(0, len(ids), size))
    for done in _side_by_side(workers, work, jobs):
        failed += done.error is not None
        if failed >= server.threads:
            stopped.set()
        yield done


def stale(server: Server, held: Iterable[Sequence[HeldRoot]]) -> Iterator[str]:
    """Those of these roots whose files are no longer ours. Raises what `Server.stale` raises."""

    def work(some: Sequence[HeldRoot]) -> list[str]:
        return list(server.stale(some))

    for found in _side_by_side(server.threads, work, held):
        yield from found


def _side_by_side(threads: int, work: Callable[[Job], Done], jobs: Iterable[Job]) -> Iterator[Done]:
    """What comes of each job, as they end; no job is taken long before a thread has time for it."""
    pool = ThreadPoolExecutor(threads, thread_name_prefix="pull")
    try:
        running = set[Future[Done]]()
        for job in jobs:
            running.add(pool.submit(work, job))
            if len(running) >= threads * _AHEAD:
                ended, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in ended)
        while running:
            ended, running = wait(running, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in ended)
    finally:
        pool.shutdown(cancel_futures=True)
