"""waitress' work before the app: limits bodies, refuses strangers' ones, answers when the disk is full.

A body that will not be used is read to its end and dropped, because a phone that is cut off while sending
never sees the answer. The owner of a connection is determined as soon as the request's head has come.
"""

import logging
import re
import threading
import time
from collections.abc import Callable, Hashable
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from typing import Any

from waitress.adjustments import Adjustments
from waitress.buffers import OverflowableBuffer
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import ErrorTask

from sync.openrosa import answer_xml
from sync.openrosa.connections import door
from sync.openrosa.messages import PROBLEMS

MOST_DROPPED = 1 << 30  # a larger declared body is cut off, not read

_CODES = {413: "body.too_large", 431: "request.header_too_large", 500: "server.failed"}
_TOKEN_PATH = re.compile(r"/key/[^/?\s]*")

_CRUMB = 512  # bytes; a phone with more to send does not send less at once
_MOST_CRUMBS = 20  # of one request, before its connection pauses after each
_REST_SECONDS = 0.2

NOBODY = "nobody"  # the owner under which all strangers together get their turns

_MOST_IN_MEMORY = 1 << 20  # bytes of one body; a form with two photos has half of it

# a path -> the officer whose token is in it, 0 when that cannot be determined
Admits = Callable[[str], int | None]


class _Refusal:
    """An answer given without the app, in place of waitress' own errors."""

    def __init__(self, code: str, max_body: int) -> None:
        self.code, self._message_th, _ = PROBLEMS[code]
        self._headers = answer_xml.headers(max_body)

    def to_response(self, _ident: str | None) -> tuple[str, list[tuple[str, str]], bytes]:
        """The parts of an error that waitress asks for: status line, headers, body."""
        headers = [("Content-Type", answer_xml.XML), *self._headers.items()]
        return (
            f"{self.code} {HTTPStatus(self.code).phrase}",
            headers,
            answer_xml.message(self._message_th, "error"),
        )


class Room:
    """The bytes of bodies that may wait in memory, for all connections together."""

    def __init__(self, size: int) -> None:
        self._left = size
        self._lock = threading.Lock()

    def take(self, size: int) -> bool:
        """Take this many bytes if there is room; returns whether there was."""
        with self._lock:
            if size > self._left:
                return False
            self._left -= size
            return True

    def give_back(self, size: int) -> None:
        with self._lock:
            self._left += size


class _Body(OverflowableBuffer):  # type: ignore[misc] # waitress has no types
    """A request body while it arrives. Once refused, it drops its content and whatever follows.

    `size`: as declared; a body too large for `room`, or without a declared size, goes to a file beyond
    `overflow`.
    """

    def __init__(self, overflow: int, limit: int, room: Room, size: int) -> None:
        self._room, self._taken = room, 0
        if overflow <= size <= _MOST_IN_MEMORY and room.take(size):
            self._taken = size
            overflow = size + 1
        super().__init__(overflow)
        self._limit = limit
        self.refused = ""  # the code of a problem

    def append(self, data: bytes) -> None:
        if self.refused:
            return
        if len(self) + len(data) > self._limit:
            self.refuse("body.too_large")
            return
        try:
            super().append(data)
        except OSError:
            self.refuse("server.full")

    def refuse(self, code: str) -> None:
        self.refused = code
        self.close()

    def close(self) -> None:
        self._room.give_back(self._taken)
        self._taken = 0
        with suppress(OSError):  # closing writes the rest, which a full disk refuses again
            super().close()


class _Parser(HTTPRequestParser):  # type: ignore[misc] # waitress has no types
    """Checks a request when its head has come, and its body again when that is complete."""

    error: Any = None
    officer: int | None = None

    def __init__(
        self, adj: Adjustments, limit: int, room: Room, admits: Admits, admitted: Callable[[int], None]
    ) -> None:
        super().__init__(adj)
        self._limit = limit
        self._room = room
        self._admits = admits
        self._admitted = admitted
        self._judged = False
        self._body: _Body | None = None

    def received(self, data: bytes) -> int:
        consumed: int = super().received(data)
        if self.headers_finished and not self._judged:
            self._judged = True
            self._judge()
        if self.completed and self.error is None and self._body is not None and self._body.refused:
            self.error = _Refusal(self._body.refused, self._limit)
        return consumed

    def _judge(self) -> None:
        if self.error is None and not self.empty:
            self.officer = self._admits(self.path)
        if self.body_rcv is not None and not self.completed:
            self._body = self.body_rcv.buf = self._begin_body()
        if self.officer is not None:
            self._admitted(self.officer)

    def _begin_body(self) -> _Body:
        body = _Body(self.adj.inbuf_overflow, self._limit, self._room, self.content_length)
        if self.officer is None:
            body.refuse("token.unknown")
        elif self.content_length > self._limit:
            body.refuse("body.too_large")
        return body


class _ErrorTask(ErrorTask):  # type: ignore[misc] # waitress has no types
    """Words what waitress itself refuses as the app does, with the same headers."""

    def __init__(self, channel: HTTPChannel, request: HTTPRequestParser, limit: int) -> None:
        super().__init__(channel, request)
        if not isinstance(request.error, _Refusal):
            request.error = _Refusal(_CODES.get(request.error.code, "request.malformed"), limit)


class Channel(HTTPChannel):  # type: ignore[misc] # waitress has no types
    """A connection, as `door.Visitor` describes it."""

    def __init__(
        self,
        server: Any,
        sock: Any,
        addr: Any,
        adj: Adjustments,
        *,
        limit: int,
        room: Room,
        admits: Admits,
        **kwargs: Any,
    ) -> None:
        super().__init__(server, sock, addr, adj, **kwargs)
        self.address = str(addr[0])
        self.since = self.last_activity
        self._answered: int | None = None
        self._crumbs = 0
        self._rests_until = 0.0
        self.parser_class = partial(_Parser, limit=limit, room=room, admits=admits, admitted=self._admitted)
        self.error_task_class = partial(_ErrorTask, limit=limit)
        self._close(door.displaced(self._others()))

    @property
    def officer(self) -> int | None:
        whose = next(iter(self.requests), self.request)
        if whose is not None:
            officer: int | None = whose.officer
            return officer
        return self._answered if self.total_outbufs_len else None

    @property
    def owner(self) -> Hashable:
        """The owner in whose turn the complete request is answered."""
        return self.officer or NOBODY

    @property
    def busy(self) -> bool:
        return bool(self.requests)

    @property
    def in_head(self) -> bool:
        return self.request is not None and not self.request.headers_finished

    def readable(self) -> bool:
        return bool(super().readable()) and time.time() >= self._rests_until

    def received(self, data: bytes) -> bool:
        if self.request is None and not self.requests:
            self.since = self.last_activity
            self._crumbs = 0
        if len(data) < _CRUMB:
            self._crumbs += 1
            if self._crumbs > _MOST_CRUMBS:  # what comes meanwhile is read at once
                self._rests_until = time.time() + _REST_SECONDS
        more: bool = super().received(data)
        return more

    def service(self) -> None:
        self._answered = self.officer
        super().service()
        self.since = self.last_activity

    def handle_close(self) -> None:
        super().handle_close()
        if self.request is not None:  # half a body may be a temporary file
            self.request.close()

    def cancel(self) -> None:
        for request in self.requests:
            request.close()
        super().cancel()

    def _admitted(self, _officer: int) -> None:
        self._close(door.outgrown(self, self._others()))

    def _others(self) -> list["Channel"]:
        channels = list(self.server.active_channels.values())
        return [one for one in channels if one is not self and not one.will_close]

    def _close(self, visitor: door.Visitor | None) -> None:
        if visitor is not None:
            visitor.will_close = True


class TokenFilter(logging.Filter):
    """Removes tokens from log lines: waitress logs the path of a request that failed."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = _TOKEN_PATH.sub("/key/...", record.getMessage()), ()
        return True
