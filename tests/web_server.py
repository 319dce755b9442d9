"""A small threaded HTTP server that answers, byte for byte, what a test writes; also over TLS."""

import socket
import socketserver
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message

from sync.web.client import Auth, Client, Patience


@dataclass(frozen=True)
class Asked:
    """A request as it came. `connection` counts the connections it may have come over."""

    method: str
    path: str
    headers: Message
    body: bytes
    connection: int


@dataclass(frozen=True)
class Bytes:
    """What goes back; then the connection is kept, closed, or reset as a broken line would."""

    content: bytes
    then: str = "keep"


Script = Callable[[Asked], Bytes]


def answer(status: int = 200, body: bytes = b"", *headers: str, length: int | None = None) -> Bytes:
    """An answer with a Content-Length: that of `body`, or the given one."""
    lines = [
        f"HTTP/1.1 {status} Said",
        *headers,
        f"Content-Length: {len(body) if length is None else length}",
    ]
    if length is not None and length > len(body):
        return Bytes("\r\n".join([*lines, "", ""]).encode() + body, "close")
    return Bytes("\r\n".join([*lines, "", ""]).encode() + body)


def json_answer(status: int, text: str, *headers: str) -> Bytes:
    return answer(status, text.encode(), "Content-Type: application/json", *headers)


TLS_HELLO = b"\x16"
RESET = Bytes(b"", "reset")
CLOSED = Bytes(b"", "close")


def always(given: Bytes) -> Script:
    return lambda _asked: given


def then(*given: Bytes) -> Script:
    """Each answer once, in order; the last one for ever."""
    left = list(given)
    return lambda _asked: left.pop(0) if len(left) > 1 else left[0]


@dataclass
class WebServer:
    """Its address, and what it was asked, in order."""

    url: str
    asked: list[Asked] = field(default_factory=list)

    @property
    def host(self) -> str:
        return self.url.partition("://")[2]

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]


@contextmanager
def web_server(script: Script, tls: ssl.SSLContext | None = None) -> Iterator[WebServer]:
    """Serve `script` on a free port of 127.0.0.1."""
    lock = threading.Lock()
    connections = iter(range(1, 1_000_000))

    class Handler(socketserver.StreamRequestHandler):
        disable_nagle_algorithm = True

        def setup(self) -> None:
            super().setup()
            self.number = next(connections)

        def handle(self) -> None:
            if self.rfile.peek(1)[:1] == TLS_HELLO:
                self.rfile.read1()
                self.wfile.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                return
            while (asked := _read(self, self.number)) is not None:
                with lock:
                    served.asked.append(asked)
                given = script(asked)
                self.wfile.write(given.content)
                if given.then == "reset":
                    self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    self.request.close()
                if given.then != "keep":
                    return

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        request_queue_size = 64

        def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
            connection, address = super().get_request()
            if tls is None:
                return connection, address
            connection.settimeout(5)
            return tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False), address

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that went away or did not trust us is what many tests are about."""

    server = Server(("127.0.0.1", 0), Handler)
    scheme = "http" if tls is None else "https"
    served = WebServer(f"{scheme}://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Waits:
    """A clock that moves only when someone sleeps."""

    slept: list[float] = field(default_factory=list)
    now: float = 1000.0

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def patience(self, tries: int = 5) -> Patience:
        return Patience(tries=tries, base=0.5, cap=60.0, sleep=self.sleep, clock=lambda: self.now)


@contextmanager
def opened(
    url: str, auth: Auth | None = None, waits: Waits | None = None, tries: int = 5
) -> Iterator[Client]:
    """A client that does not really wait between tries, closed at the end."""
    client = Client(url, auth, patience=(waits or Waits()).patience(tries), timeouts=(60.0, 60.0))
    try:
        yield client
    finally:
        client.close()


def _read(handler: socketserver.StreamRequestHandler, connection: int) -> Asked | None:
    line = handler.rfile.readline().decode("latin-1").split()
    if len(line) != 3:
        return None
    head = b""
    while (row := handler.rfile.readline()) not in (b"\r\n", b""):
        head += row
    headers = message_from_bytes(head)
    body = handler.rfile.read(int(headers.get("Content-Length", 0)))
    return Asked(line[0], line[1], headers, body, connection)
