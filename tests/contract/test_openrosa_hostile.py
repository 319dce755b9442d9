"""Nine hostile senders beside honest phones: every honest phone is answered.

`HOSTILE` describes what each of the nine does. In CI each honest phone only has to be answered; with `pytest
-m long` the nine go on for a minute and each answer comes within five seconds.
"""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mochocho.storage.home import Home
from sync.openrosa.server import Server
from tests.contract.openrosa_phone import (
    Listening,
    Phone,
    instance,
    make_home,
    multipart,
    new_phone,
    part,
    publish,
    xml_part,
)

MB = 1 << 20
AT_ONCE = 60  # connections of one who holds many


@dataclass(frozen=True)
class Process:
    """A server that shares no interpreter with those who send to it."""

    url: str


@dataclass
class Hostile:
    """One hostile sender: where it sends, and the connections that it leaves open."""

    server: Listening
    path: str  # with its token
    stop: threading.Event
    held: list[socket.socket] = field(default_factory=list)
    rounds: int = 0

    def connect(self) -> socket.socket:
        host, port = self.server.url.removeprefix("http://").split(":")
        connection = socket.create_connection((host, int(port)), timeout=10)
        self.held.append(connection)
        if len(self.held) > AT_ONCE:
            self.held.pop(0).close()
        return connection

    def head(self, length: int, kind: str = "multipart/form-data; boundary=b") -> bytes:
        lines = f"Host: x\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n"
        return f"POST {self.path}/submission HTTP/1.1\r\n{lines}".encode()

    def post(self, xml: bytes, *parts: bytes, hang_up: bool = False) -> None:
        body, kind = multipart([xml_part(xml), *parts])
        connection = self.connect()
        connection.sendall(self.head(len(body), kind) + body)
        if not hang_up:
            connection.recv(4096)
        connection.close()

    def drip(self, begun: bytes) -> None:
        """One more connection that has begun, and a byte on each of the others."""
        self.connect().sendall(begun)
        for connection in list(self.held):
            with suppress(OSError):
                connection.sendall(b"x")


def _attributes(one: Hostile) -> None:
    many = " ".join(f'a{n}="{n}"' for n in range(60_000))
    one.post(instance().replace(b"<data ", f"<data {many} ".encode()))


def _deep(one: Hostile) -> None:
    one.post(instance().replace(b"</data>", b"<a>" * 10_000 + b"</a>" * 10_000 + b"</data>"))


def _namespaces(one: Hostile) -> None:
    """As much work as an XML may make and still be read."""
    many = " ".join(f'xmlns:n{n}="http://{n}"' for n in range(9))
    one.post(
        instance()
        .replace(b"<data ", f"<data {many} ".encode())
        .replace(b"</data>", b"<n1:a/>" * 45_000 + b"</data>")
    )


HOSTILE: dict[str, Callable[[Hostile], None]] = {
    "many attributes": _attributes,
    "deep XML": _deep,
    "senders that hang up": lambda one: one.post(instance(name="x" * 1_900_000), hang_up=True),
    "many namespaces and elements": _namespaces,
    "many parts": lambda one: one.post(
        instance(), *(part(f"{n}", b"%d" % n, f"{n}.jpg") for n in range(250))
    ),
    "huge bodies": lambda one: one.post(instance(), part("1.jpg", b"x" * 40 * MB, "1.jpg")),
    "dripping bodies of one token": lambda one: one.drip(one.head(900_000) + b"--b"),
    "dripping heads": lambda one: one.drip(f"POST {one.path}/submission HTTP/1.1\r\nX-".encode()),
    "strangers with bodies": lambda one: one.drip(
        one.head(900_000).replace(one.path.encode(), b"/key/nobody", 1)
    ),
}


@contextmanager
def hostile(home: Home, server: Listening) -> Iterator[list[Hostile]]:
    """All nine at work, each with a token of its own."""
    stop = threading.Event()
    senders = [Hostile(server, new_phone(home, server).base.removeprefix(server.url), stop) for _ in HOSTILE]
    with ThreadPoolExecutor(len(senders)) as pool:
        for sender, act in zip(senders, HOSTILE.values(), strict=True):
            pool.submit(_go_on, sender, act)
        try:
            yield senders
        finally:
            stop.set()


def _go_on(sender: Hostile, act: Callable[[Hostile], None]) -> None:
    while not sender.stop.is_set():
        with suppress(OSError):  # cut, refused, not answered: it does not care
            act(sender)
        sender.rounds += 1
        sender.stop.wait(0.01)
    for connection in sender.held:
        connection.close()


def _begun(senders: list[Hostile]) -> bool:
    return all(sender.rounds for sender in senders)


def _send(phone: Phone) -> float:
    """Seconds until a form with a photo was taken."""
    began = time.monotonic()
    answer = phone.send(instance(photo="1.jpg"), {"1.jpg": b"photo" * 40_000})
    assert answer.status_code == 201
    return time.monotonic() - began


def _slowly(phone: Phone, server: Listening, pieces: int) -> bytes:
    """A post in pieces with a pause between them, as over a poor network; the first line of the answer."""
    body, kind = multipart([xml_part(instance())])
    path = phone.base.removeprefix(server.url)
    host, port = server.url.removeprefix("http://").split(":")
    lines = f"Host: x\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    step = -(-len(body) // pieces)
    with socket.create_connection((host, int(port)), timeout=60) as connection:
        connection.sendall(f"POST {path}/submission HTTP/1.1\r\n{lines}".encode())
        for start in range(0, len(body), step):
            time.sleep(0.2)
            connection.sendall(body[start : start + step])
        return connection.recv(4096).partition(b"\r\n")[0]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = make_home(tmp_path / "home")
    publish(home)
    return home


def test_every_honest_phone_is_answered_beside_nine_hostile_senders(home: Home, server: Server) -> None:
    phones = [new_phone(home, server) for _ in range(6)]
    with hostile(home, server) as senders, ThreadPoolExecutor(len(phones) + 1) as pool:
        slow = pool.submit(_slowly, new_phone(home, server), server, 10)
        while not _begun(senders):
            time.sleep(0.05)
        list(pool.map(_send, phones * 2))
        assert b" 201 " in slow.result()


SERVE = """
import sys
from pathlib import Path
from mochocho.settings.config import Settings
from mochocho.storage.home import open_home
from sync.openrosa.server import Server

server = Server(open_home(Settings(home=Path(sys.argv[1]))), "127.0.0.1", 0)
server.start()
print(server.url, flush=True)
sys.stdin.read()
server.stop()
"""


@contextmanager
def serving_alone(home: Home) -> Iterator[Process]:
    call = [sys.executable, "-c", SERVE, str(home.settings.home)]
    with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield Process(process.stdout.readline().strip())
        process.communicate(timeout=60)


@pytest.mark.long
def test_every_honest_phone_is_answered_within_five_seconds_for_a_minute(home: Home) -> None:
    with serving_alone(home) as server:
        phones = [new_phone(home, server) for _ in range(50)]
        took: list[float] = []
        with hostile(home, server) as senders, ThreadPoolExecutor(len(phones) + 1) as pool:
            slow = pool.submit(_slowly, new_phone(home, server), server, 150)
            until = time.monotonic() + 60
            while time.monotonic() < until:
                took += pool.map(_send, phones)
                time.sleep(2)
            assert b" 201 " in slow.result()
            assert _begun(senders)
    print(f"{len(took)} posts, p50 {sorted(took)[len(took) // 2]:.2f} s, longest {max(took):.2f} s")
    assert max(took) <= 5
