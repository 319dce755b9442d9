"""A puller that dies at a chosen point: at its nth request, file stored, row written or commit."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine, event

from mochocho.storage.files import Store
from sync.web.wire import Wire

REQUEST, STORE, WRITE, COMMIT = "request", "store", "write", "commit"
KINDS = (REQUEST, STORE, WRITE, COMMIT)


class Ended(BaseException):
    """The process is no more: nothing may catch it, and whatever is still tried ends as well."""


class _Count:
    def __init__(self, kind: str, number: int) -> None:
        self._kind, self._left, self.dead = kind, number, False
        self._lock = Lock()

    def __call__(self, kind: str) -> None:
        with self._lock:
            self._left -= kind == self._kind
            self.dead = self.dead or self._left <= 0
            if self.dead:
                raise Ended


@contextmanager
def ended_at(kind: str, number: int) -> Iterator[None]:
    """Whatever runs in this block ends, in all its threads, at the nth moment of this kind, if it comes."""
    count = _Count(kind, number)
    send, put = Wire.send, Store.put_stream

    def counted_send(self: Wire, *args: Any) -> Any:
        count(REQUEST)
        return send(self, *args)

    def counted_put(self: Store, *args: Any) -> Any:
        count(STORE)
        return put(self, *args)

    def write(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            count(WRITE)

    def commit(_connection: Any) -> None:
        count(COMMIT)

    event.listen(Engine, "before_cursor_execute", write)
    event.listen(Engine, "commit", commit)
    try:
        with patch.object(Wire, "send", counted_send), patch.object(Store, "put_stream", counted_put):
            try:
                yield
            except Ended:
                assert count.dead
    finally:
        event.remove(Engine, "before_cursor_execute", write)
        event.remove(Engine, "commit", commit)
