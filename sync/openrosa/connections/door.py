"""Limits on connections by their owner: how many, and for how long.

A connection belongs to an officer from the moment when the head of a request names a known token, until the
request is answered. Before and after that it has no owner, nor has one with an unknown token. Connections
without an owner are only closed in favour of each other; an officer's is closed for another of the same
officer, or, where there would be too many in all, for whoever has the most.
"""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterator
from typing import Protocol

MOST = 400  # connections in all; Windows waits for at most 512 at once
OF_NOBODY = 100
OF_OFFICER = 32  # of one token; Collect uses one, and a phone that lost its network leaves some behind

HEAD_SECONDS = 20.0  # for the head of a request, from its first byte on
SILENT_SECONDS = 60.0
NOBODY_SECONDS = 60.0  # for a stranger's request, so that it sees the answer and not a broken connection
WHOLE_SECONDS = 1800.0  # for one request: 32 MB at 18 KB/s


class Visitor(Protocol):
    """A connection. Times are seconds of one clock."""

    address: str
    officer: int | None  # whose request is arriving or being answered
    busy: bool  # a complete request waits for a thread or has one
    in_head: bool  # the head of a request has begun and is incomplete
    since: float  # when this request began, or the connection, or the last answer was ready
    last_activity: float  # when a byte last arrived or was sent
    will_close: bool


Visitors = Collection[Visitor]


def overdue(visitors: Visitors, now: float) -> Iterator[Visitor]:
    """The connections whose time is over; never one with a complete request."""
    for one in visitors:
        if one.busy:
            continue
        limit = NOBODY_SECONDS if one.officer is None else WHOLE_SECONDS
        if one.in_head:
            limit = HEAD_SECONDS
        if now - one.since > limit or now - one.last_activity > SILENT_SECONDS:
            yield one


def displaced(visitors: Visitors) -> Visitor | None:
    """The connection to close for a newcomer without an owner; `visitors` are the others."""
    waiting = [one for one in visitors if not one.busy]
    nobodys = [one for one in waiting if one.officer is None]
    if len(nobodys) >= OF_NOBODY:
        return _of_the_greediest(nobodys, lambda one: one.address, lambda one: one.since)
    if len(visitors) >= MOST:
        return _of_the_greediest(waiting, lambda one: one.officer or 0, lambda one: one.last_activity)
    return None


def outgrown(admitted: Visitor, visitors: Visitors) -> Visitor | None:
    """The connection that an officer gives up for one that has just been admitted."""
    own = [one for one in visitors if one.officer == admitted.officer]
    waiting = [one for one in own if not one.busy]
    if len(own) < OF_OFFICER:
        return None
    return min(waiting, key=lambda one: one.last_activity, default=admitted)


def _of_the_greediest(
    visitors: Visitors, who: Callable[[Visitor], Hashable], age: Callable[[Visitor], float]
) -> Visitor | None:
    """The oldest connection of the owner with the most."""
    count = Counter(map(who, visitors))
    return min(visitors, key=lambda one: (-count[who(one)], age(one)), default=None)
