"""Starting, addressing and stopping the server, and its messages."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from mochocho.settings.config import Endpoint, Settings
from mochocho.storage.db import Base
from mochocho.storage.home import Home, open_home
from mochocho.words.errors import Terminal
from sync import officers
from sync.openrosa.address import told_url
from sync.openrosa.server import Server


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = open_home(Settings(home=tmp_path / "home"))
    Base.metadata.create_all(home.engine)
    yield home
    home.engine.dispose()


def _status(base: str, token: str) -> int:
    with requests.Session() as session:
        return session.get(f"{base}/key/{token}/formList", timeout=30).status_code


def test_it_serves_between_start_and_stop(home: Home) -> None:
    token = officers.add(home, "เอ", ["5701"])[1]
    server = Server(home, "127.0.0.1", 0)
    server.start()
    url = server.url
    assert _status(url, token) == 200
    server.stop()
    server.stop()
    with pytest.raises(requests.ConnectionError):
        _status(url, token)


def test_a_port_is_free_again_at_once(home: Home) -> None:
    token = officers.add(home, "เอ", ["5701"])[1]
    first = Server(home, "127.0.0.1", 0)
    first.start()
    port = int(first.url.rpartition(":")[2])
    assert _status(first.url, token) == 200
    first.stop()
    second = Server(home, "127.0.0.1", port)
    second.start()
    assert _status(second.url, token) == 200
    second.stop()


def test_a_port_in_use_is_said_and_leaves_nothing_behind(home: Home) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        server = Server(home, "127.0.0.1", port)
        with pytest.raises(Terminal, match=f"127.0.0.1:{port}.*--port"):
            server.start()
    server.stop()


def test_a_host_that_is_not_ours_is_said(home: Home) -> None:
    with pytest.raises(Terminal, match=r"host\.invalid"):
        Server(home, "host.invalid", 0).start()


@pytest.mark.parametrize(("host", "begins"), [("::1", "http://[::1]:"), ("localhost", "http://localhost:")])
def test_other_ways_to_name_this_machine(home: Home, host: str, begins: str) -> None:
    if host == "::1" and not socket.has_ipv6:
        pytest.skip("no IPv6 here")
    server = Server(home, host, 0)
    try:
        server.start()
    except Terminal:
        pytest.skip("no IPv6 here")
    assert server.url.startswith(begins)
    assert _status(server.url, officers.add(home, "เอ", ["5701"])[1]) == 200
    server.stop()


def test_phones_are_told_an_address_they_can_reach(home: Home) -> None:
    server = Server(home, "0.0.0.0", 0)
    server.start()
    assert "0.0.0.0" not in server.url
    assert _status(server.url, officers.add(home, "เอ", ["5701"])[1]) == 200
    server.stop()


def test_the_qr_is_told_the_public_address_when_there_is_one() -> None:
    assert told_url(Endpoint(host="192.0.2.7", port=80)) == "http://192.0.2.7:80"
    assert told_url(Endpoint(public_url="https://m.example.go.th")) == "https://m.example.go.th"
    assert "0.0.0.0" not in told_url(Endpoint(host="0.0.0.0"))
