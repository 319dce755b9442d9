"""What waitress does before the app is asked: bodies are bounded, strangers' refused, a full disk answered.

A body that will not be used is read to its end and dropped, because a phone that is cut off while it sends
never sees the answer.
"""

import logging
import re
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from typing import Any

from waitress.adjustments import Adjustments
from waitress.buffers import OverflowableBuffer
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import ErrorTask

from sync.openrosa import answers
from sync.openrosa.messages import PROBLEMS

MOST_DROPPED = 1 << 30  # a declared body beyond this is cut off, not read

_CODES = {413: "body.too_large", 431: "request.header_too_large", 500: "server.failed"}
_TOKEN_PATH = re.compile(r"/key/[^/?\s]*")

Admits = Callable[[str], bool]  # a path -> whether its token is known


class _Refusal:
    """An answer given without asking the app; takes the place of waitress' own errors."""

    def __init__(self, code: str, max_body: int) -> None:
        self.code, self._message_th = PROBLEMS[code]
        self._headers = answers.headers(max_body)

    def to_response(self, _ident: str | None) -> tuple[str, list[tuple[str, str]], bytes]:
        """What waitress asks of an error: status line, headers, body."""
        headers = [("Content-Type", answers.XML), *self._headers.items()]
        return (
            f"{self.code} {HTTPStatus(self.code).phrase}",
            headers,
            answers.message(self._message_th, "error"),
        )


class _Body(OverflowableBuffer):  # type: ignore[misc] # waitress has no types
    """A request body on its way in. Once it is refused, it drops what it holds and whatever follows."""

    def __init__(self, overflow: int, limit: int) -> None:
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
        with suppress(OSError):  # closing writes what is left, which a full disk refuses once more
            super().close()


class _Parser(HTTPRequestParser):  # type: ignore[misc] # waitress has no types
    """Judges a request's body when its headers have come, and again when it is complete."""

    error: Any = None

    def __init__(self, adj: Adjustments, limit: int, admits: Admits) -> None:
        super().__init__(adj)
        self._limit = limit
        self._admits = admits
        self._body: _Body | None = None

    def received(self, data: bytes) -> int:
        consumed: int = super().received(data)
        if self._body is None and self.body_rcv is not None and not self.completed:
            self._body = self.body_rcv.buf = self._begin_body()
        if self.completed and self.error is None and self._body is not None and self._body.refused:
            self.error = _Refusal(self._body.refused, self._limit)
        return consumed

    def _begin_body(self) -> _Body:
        body = _Body(self.adj.inbuf_overflow, self._limit)
        if not self._admits(self.path):
            body.refuse("token.unknown")
        elif self.content_length > self._limit:
            body.refuse("body.too_large")
        return body


class _ErrorTask(ErrorTask):  # type: ignore[misc] # waitress has no types
    """Says what waitress itself refuses in the same words and with the same headers as the app."""

    def __init__(self, channel: HTTPChannel, request: HTTPRequestParser, limit: int) -> None:
        super().__init__(channel, request)
        if not isinstance(request.error, _Refusal):
            request.error = _Refusal(_CODES.get(request.error.code, "request.malformed"), limit)


class _Channel(HTTPChannel):  # type: ignore[misc] # waitress has no types
    """A connection. Where there are nearly too many, a new one takes the place of the one longest silent."""

    def __init__(self, server: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(server, *args, **kwargs)
        others = [other for other in server.active_channels.values() if other is not self]
        waiting = [other for other in others if not other.requests and not other.will_close]
        if len(waiting) > self.adj.connection_limit * 3 // 4:
            min(waiting, key=lambda other: other.last_activity).will_close = True


def channel_class(limit: int, admits: Admits) -> type[HTTPChannel]:
    """The connections of a server that takes bodies of `limit` bytes from those whom `admits` knows."""

    class Channel(_Channel):
        parser_class = partial(_Parser, limit=limit, admits=admits)
        error_task_class = partial(_ErrorTask, limit=limit)

    return Channel


class TokenFilter(logging.Filter):
    """Takes tokens out of log lines: waitress names the path of a request that failed."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = _TOKEN_PATH.sub("/key/...", record.getMessage()), ()
        return True
