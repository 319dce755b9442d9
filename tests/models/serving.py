"""Serves a WSGI app as a production server does: HTTP/1.1 keep-alive, threads, gzip, faults to order.

Werkzeug's own server closes every connection, and waitress gives no access to its socket: neither can show a
client that keeps connections how a broken one looks.
"""

import argparse
import contextlib
import gzip
import http.server
import io
import socket
import struct
import subprocess
import sys
import threading
import time
import traceback
import urllib.parse
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

from tests.models.faults import Fault, Faults

ROOT = Path(__file__).parents[2]
WORTH_GZIP = 1024  # bytes; below that a proxy does not compress
TEXTS = ("application/json", "application/xml", "text/")
PAGE = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>Welcome to the network</body></html>"
WITHOUT_BODY = {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED}

WSGIApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Headers = list[tuple[str, str]]


@dataclass
class Served:
    """A server that runs: where, what goes wrong with it, and the tracebacks of a model that broke."""

    url: str
    faults: Faults
    broken: list[str] = field(default_factory=list)


@contextlib.contextmanager
def serve(app: WSGIApp, *, faults: Faults | None = None, port: int = 0) -> Iterator[Served]:
    """Serve an app on 127.0.0.1 until the block ends; an app that raised makes the block fail."""
    server = _Server(app, faults or Faults(), port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert not server.served.broken, server.served.broken[0]


@contextlib.contextmanager
def run_process(module: str, *arguments: object) -> Iterator[str]:
    """The model of a module (`tests.models.central`) in a process of its own; gives its URL."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        url = process.stdout.readline().strip()
        assert url, f"{module} ended with {process.wait()}"
        yield url
    finally:
        process.stdin.close()  # it ends with its stdin, also when nobody lives to end it
        process.wait()
        process.stdout.close()


def options(description: str, argv: Sequence[str] | None = None) -> argparse.Namespace:
    """What a model in its own process can be told: port, latency, submissions, photos, photo_bytes, seed."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before every answer")
    parser.add_argument("--submissions", type=int, default=0, help="how many there are from the start")
    parser.add_argument("--photos", type=int, default=2, help="of each submission")
    parser.add_argument("--photo-bytes", type=int, default=31_000)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args(argv)


def stand(app: WSGIApp, given: argparse.Namespace) -> None:
    """Serve until stdin ends; the first line printed is the URL."""
    with serve(app, faults=Faults(latency=given.latency), port=given.port) as served:
        print(served.url, flush=True)
        sys.stdin.read()


class _Server(http.server.ThreadingHTTPServer):
    """Remembers its connections, so that its end is theirs."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, app: WSGIApp, faults: Faults, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.app = app
        self.served = Served(f"http://127.0.0.1:{self.server_address[1]}", faults)
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        super().server_close()
        with self._lock:
            waiting = tuple(self._open)
        for connection in waiting:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002  # socketserver's signature
        if not isinstance(sys.exc_info()[1], OSError):  # a client that went away is no error of ours
            self.served.broken.append(traceback.format_exc())


class _Handler(http.server.BaseHTTPRequestHandler):
    """One connection, request after request."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body leave in one packet, or each answer waits for a delayed acknowledgement
    server: _Server

    def _answer(self) -> None:
        body = self._body()
        fault = self.server.served.faults.strike(self.command, self.path)
        late = self.server.served.faults.latency
        time.sleep(late + (fault.seconds if fault and fault.kind == "latency" else 0.0))
        if fault and fault.kind == "reset":
            self._reset()
        elif fault and fault.kind in ("status", "html"):
            self._send(*_instead(fault))
        else:
            self._carry_out(body, fault)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _answer  # noqa: N815  # http.server's

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass
        return b"".join(parts)

    def _carry_out(self, body: bytes, fault: Fault | None) -> None:
        status, headers, content = call(self.server.app, self._environ(body))
        if fault and fault.kind == "lost":
            self._reset()
            return
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            headers, content = _gzipped(status, headers, content)
        cut = len(content) // 2 if fault and fault.kind == "cut" else None
        self._send(status, headers, content, cut)

    def _environ(self, body: bytes) -> dict[str, Any]:
        path, _, query = self.path.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": self.command,
            "SCRIPT_NAME": "",
            "PATH_INFO": urllib.parse.unquote(path, "latin-1"),
            "QUERY_STRING": query,
            "REQUEST_URI": self.path,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": str(self.server.server_address[1]),
            "SERVER_PROTOCOL": self.request_version,
            "REMOTE_ADDR": self.client_address[0],
            "REMOTE_PORT": str(self.client_address[1]),
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        for name, value in self.headers.items():
            key = "HTTP_" + name.upper().replace("-", "_")
            if key not in ("HTTP_CONTENT_TYPE", "HTTP_CONTENT_LENGTH"):
                environ[key] = f"{environ[key]},{value}" if key in environ else value
        return environ

    def _send(self, status: int, headers: Headers, content: bytes, cut: int | None = None) -> None:
        self.send_response_only(status)
        names = {name.lower() for name, _ in headers}
        for name, value in headers:
            self.send_header(name, value)
        if "date" not in names:
            self.send_header("Date", self.date_time_string())
        if "content-length" not in names and status not in WITHOUT_BODY:
            self.send_header("Content-Length", str(len(content)))
        if self.close_connection:  # as it was asked for; unsaid, the client would send on it again
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD" and status not in WITHOUT_BODY:
            self.wfile.write(content if cut is None else content[:cut])
        self.close_connection = self.close_connection or cut is not None

    def _reset(self) -> None:
        self.close_connection = True
        # Lingering for zero seconds makes the close a reset instead of an orderly end.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # http.server's name
        """Quiet: `Faults.asked` has the requests."""


def call(app: WSGIApp, environ: dict[str, Any]) -> tuple[int, Headers, bytes]:
    """What an app answers to one WSGI request: status, headers, body."""
    began: list[tuple[int, Headers]] = []

    def start(status: str, headers: Headers, exc_info: object = None) -> None:
        began.append((int(status.split()[0]), list(headers)))

    answer = app(environ, start)
    try:
        content = b"".join(answer)
    finally:
        if hasattr(answer, "close"):
            answer.close()
    return *began[-1], content


def _gzipped(status: int, headers: Headers, content: bytes) -> tuple[Headers, bytes]:
    """As nginx does it: texts only, and a strong ETag becomes a weak one."""
    kept = {name.lower(): value for name, value in headers}
    text = kept.get("content-type", "").startswith(TEXTS)
    if not text or len(content) < WORTH_GZIP or "content-encoding" in kept or status in WITHOUT_BODY:
        return headers, content
    packed = gzip.compress(content, compresslevel=1, mtime=0)
    changed = [(name, _weak(value) if name.lower() == "etag" else value) for name, value in headers]
    changed = [(name, value) for name, value in changed if name.lower() != "content-length"]
    return [*changed, ("Content-Encoding", "gzip")], packed


def _weak(etag: str) -> str:
    return etag if etag.startswith("W/") else f"W/{etag}"


def _instead(fault: Fault) -> tuple[int, Headers, bytes]:
    if fault.kind == "html":
        return 200, [("Content-Type", "text/html; charset=utf-8")], PAGE
    headers = [("Content-Type", "text/html")]
    if fault.status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        headers.append(("Retry-After", f"{fault.seconds:g}"))
    title = HTTPStatus(fault.status).phrase.encode()
    return fault.status, headers, b"<html><head><title>%d %s</title></head></html>" % (fault.status, title)
