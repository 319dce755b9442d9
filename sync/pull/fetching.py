"""Fetching from a server with several threads: small jobs, few of them at once, so that memory stays flat."""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import TypeVar

from mochocho.words.errors import Transient
from sync.mirror.prepared import Ready
from sync.pull.prepare import Preparer
from sync.sources.protocol import HeldRoot, Server

LARGEST = 40  # roots in one job
_AHEAD = 2  # jobs per thread that are waiting, running, or waiting to be written

Job = TypeVar("Job")
Done = TypeVar("Done")


@dataclass(slots=True)
class Fetched:
    """The result of one or several jobs; `errors`: why they brought no more."""

    roots: int
    ready: list[Ready] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)


def fetch(preparer: Preparer, server: Server, ids: Sequence[str]) -> Iterator[Fetched]:
    """Fetch these roots, with their files into the store, in the order in which jobs end.

    Jobs that ended while the caller was busy come together, so that it writes as often as it can and no more.
    A job that fails for a passing reason does not stop the others, unless as many have failed as there are
    threads; then, or for any other reason, jobs that have not begun are dropped.
    """
    failed, stopped = 0, threading.Event()
    # Twice as many: while one thread puts a file into the store, another uses its connection.
    preparing = ThreadPoolExecutor(2 * server.threads, thread_name_prefix="prepare")

    def work(some: Sequence[str]) -> Fetched:
        done = Fetched(len(some))
        if not stopped.is_set():
            _fetch(preparer, server, some, preparing, done)
            if any(not isinstance(error, Transient) for error in done.errors):
                stopped.set()
        return done

    try:
        for ended in _side_by_side(server.threads, work, _portions(ids, server)):
            done = Fetched(sum(one.roots for one in ended))
            done.ready = [ready for one in ended for ready in one.ready]
            done.errors = [error for one in ended for error in one.errors]
            failed += len(done.errors)
            if failed >= server.threads:
                stopped.set()
            yield done
    finally:
        preparing.shutdown(wait=False)  # each job has waited for its own work: the threads only end


def _fetch(
    preparer: Preparer,
    server: Server,
    some: Sequence[str],
    preparing: ThreadPoolExecutor,
    done: Fetched,
) -> None:
    """Several threads prepare the roots of one request: each fetches the files of its root."""
    begun = list[Future[Ready]]()
    try:
        for one in server.fetch(some):
            begun.append(preparing.submit(preparer.prepare, one))
    except Exception as error:
        done.errors.append(error)
    for future in begun:
        try:
            done.ready.append(future.result())
        except Exception as error:
            done.errors.append(error)


def _portions(ids: Sequence[str], server: Server) -> Iterator[Sequence[str]]:
    """Portions that become smaller towards the end, so that no thread works long after the others are done.

    None is smaller than what one request brings.
    """
    start = 0
    while left := len(ids) - start:
        size = min(LARGEST, left, max(server.batch, -(-left // server.threads)))
        yield ids[start : start + size]
        start += size


def stale(server: Server, held: Iterable[Sequence[HeldRoot]]) -> Iterator[str]:
    """Those of these roots whose files are no longer ours. Raises what `Server.stale` raises."""

    def work(some: Sequence[HeldRoot]) -> list[str]:
        return list(server.stale(some))

    for ended in _side_by_side(server.threads, work, held):
        for found in ended:
            yield from found


def _side_by_side(threads: int, work: Callable[[Job], Done], jobs: Iterable[Job]) -> Iterator[list[Done]]:
    """The results of jobs, as they end; a job is taken only shortly before a thread can do it."""
    pool = ThreadPoolExecutor(threads, thread_name_prefix="pull")
    try:
        running = set[Future[Done]]()
        for job in jobs:
            running.add(pool.submit(work, job))
            if len(running) >= threads * _AHEAD:
                ended, running = wait(running, return_when=FIRST_COMPLETED)
                yield [future.result() for future in ended]
        while running:
            ended, running = wait(running, return_when=FIRST_COMPLETED)
            yield [future.result() for future in ended]
    finally:
        pool.shutdown(cancel_futures=True)
