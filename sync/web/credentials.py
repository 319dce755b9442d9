"""Our credentials at a server, requested and renewed by one thread at a time."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from mochocho.words.errors import Terminal

if TYPE_CHECKING:
    from sync.web.client import Client

SHORTEST = 8  # characters; a shorter value is no secret, and covering it would spoil sentences


class Auth(Protocol):
    """How we log in to a server. Requests that its two methods make with `client` carry no credentials."""

    def headers(self, client: "Client") -> Mapping[str, str]:
        """The headers with our credentials, after logging in if necessary; one thread at a time."""
        ...

    def refused(self, client: "Client") -> bool:
        """Called when the server answered 401. True: there are new credentials, try once more."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class Pass:
    """The headers with our credentials, and the number of refusals before `auth` gave them."""

    headers: Mapping[str, str]
    epoch: int

    def cover(self, text: str) -> str:
        """`text` without the secrets that a server may repeat in its messages."""
        for value in self.headers.values():
            secret = value.rpartition(" ")[2]  # "Bearer …"
            text = text.replace(secret, "…") if len(secret) >= SHORTEST else text
        return text


class Credentials:
    """Serves the threads of one client: where the server refuses many at once, only one logs in again."""

    def __init__(self, auth: Auth | None, client: "Client") -> None:
        self._auth = auth
        self._client = client
        self._door = threading.Lock()
        self._inside = threading.local()  # set in the thread whose requests `auth` makes
        self._refusals = 0
        self._mended = False

    def current(self) -> Pass:
        """The current credentials. Raises what logging in raises,
        and Terminal for values no header can carry.
        """
        if self._auth is None or getattr(self._inside, "asking", False):
            return Pass({}, self._refusals)
        with self._asking():
            given = Pass(self._auth.headers(self._client), self._refusals)
        # http.client would quote the value in its error.
        if not all(value.isascii() and value.isprintable() for value in given.headers.values()):
            raise Terminal(
                f"{self._client.origin}: รหัสผ่านหรือ token มีอักขระที่ HTTP ส่งไม่ได้ ให้ใส่รหัสลับใหม่",
                f"{self._client.origin}: the password or token holds characters that HTTP cannot carry; "
                "write it again",
            )
        return given

    def renew(self, refused: Pass) -> bool:
        """After a 401: whether there are newer credentials than `refused`."""
        if self._auth is None or not refused.headers:
            return False
        with self._asking():
            if refused.epoch == self._refusals:
                self._mended = self._auth.refused(self._client)
                self._refusals += 1
            return self._mended

    @contextmanager
    def _asking(self) -> Iterator[None]:
        with self._door:
            self._inside.asking = True
            try:
                yield
            finally:
                self._inside.asking = False
