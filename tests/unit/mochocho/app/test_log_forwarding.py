"""Logs and audit rows go to a log server of their own, in the form that it reads, and name nobody there."""

import logging
import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from mochocho.app import access_chain
from mochocho.app.terminal import log_forwarding
from mochocho.settings.config import load_settings
from mochocho.storage.db import transaction
from mochocho.storage.home import Home, open_home
from mochocho.words.errors import Terminal
from processing.decisions import recorder
from processing.decisions.decision import Decision, Erased, Kind
from tests.builders import NOON, uid
from tests.integration import commands


class Undone(Exception):  # noqa: N818 - it undoes a transaction
    pass


KEY = uid("forwarded")
LINE = re.compile(
    r"<(?P<pri>\d+)>1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z \S+ mochocho \d+ (?P<id>\S+) - (?P<said>.*)",
    re.DOTALL,
)


@pytest.fixture(autouse=True)
def _ends() -> Iterator[None]:
    yield
    log_forwarding.forward("")


def listening(kind: socket.SocketKind) -> socket.socket:
    one = socket.socket(socket.AF_INET, kind)
    one.bind(("127.0.0.1", 0))
    one.settimeout(10)
    if kind is socket.SOCK_STREAM:
        one.listen()
    return one


def parts(line: bytes) -> tuple[str, str, str]:
    found = LINE.fullmatch(line.decode())
    assert found, line
    return found["pri"], found["id"], found["said"]


def test_rows_are_told_once_they_are_committed_and_without_names(home: Home) -> None:
    with listening(socket.SOCK_DGRAM) as server:
        log_forwarding.forward(f"udp://127.0.0.1:{server.getsockname()[1]}")
        who = access_chain.Who(7, "นางดู ตัวอย่าง", "/persons")
        with suppress(Undone), transaction(home.engine, counted=False) as session:
            access_chain.append(session, who, "person", KEY, "ไม่ได้บันทึก", NOON)
            session.flush()
            raise Undone
        with transaction(home.engine, counted=False) as session:
            access_chain.append(session, who, "person", KEY, "คำขอของ นายขอ ตัวอย่าง", NOON)
            access_chain.append(session, who, "account", "somchai", "เปิดบัญชี", NOON)
            erased = Decision(Kind.ERASE, KEY, "", Erased(), "คำขอ", "นางลบ ตัวอย่าง")
            recorder.append(session, [erased], home.pack)
        (second, first) = access_chain.last(home, 2)
        told = [parts(server.recv(65_536)) for _ in range(3)]
    assert [(pri, name) for pri, name, _ in told] == [("86", "audit")] * 3
    hashes = [re.search("[0-9a-f]{64}", said) for _, _, said in told]
    assert all(hashes)
    assert [said.split()[:2] + said.split()[3:] for _, _, said in told] == [
        ["portal_access", str(first.number), "person", KEY],
        ["portal_access", str(second.number), "account", "-"],
        ["decision", "1", "erase", KEY],
    ]


def test_logs_go_by_tcp_with_numbers_covered_and_a_server_that_is_away_stops_nothing(
    tmp_path: Path,
) -> None:
    with listening(socket.SOCK_STREAM) as server:
        log_forwarding.forward(f"tcp://127.0.0.1:{server.getsockname()[1]}")
        logging.getLogger("sync.pull").warning("ไม่ตอบ: %s\n%s", "1000000000009", "ก" * 9000)
        connection, _ = server.accept()
        with connection:
            connection.settimeout(10)
            count, _, line = connection.recv(65_536).partition(b" ")
            while len(line) < int(count):
                line += connection.recv(65_536)
    assert len(line) == int(count) <= 8192
    priority, name, said = parts(line)
    assert (priority, name) == ("132", "log")
    assert said.startswith("sync.pull: ไม่ตอบ: ")
    assert "1000000000009" not in said
    for kind in ("tcp", "udp"):
        log_forwarding.forward(f"{kind}://127.0.0.1:{server_away()}")
        logging.getLogger("sync.pull").warning("ไม่มีใครฟัง")


def server_away() -> int:
    with listening(socket.SOCK_STREAM) as one:
        return int(one.getsockname()[1])


def test_the_settings_say_where_to_and_a_command_sends_there(tmp_path: Path) -> None:
    with listening(socket.SOCK_DGRAM) as server:
        url = f"udp://127.0.0.1:{server.getsockname()[1]}"
        commands.settings(tmp_path, f'[logs]\nsyslog = "{url}"\n')
        (tmp_path / "home").mkdir()
        office = commands.Office(tmp_path, open_home(load_settings(tmp_path / "mochocho.toml")))
        office.done("person", "find", "--key", KEY, "--reason", "คำขอที่ 1/2568")
        assert parts(server.recv(65_536))[2].startswith("portal_access 1 ")
    for wrong in ("udp://127.0.0.1", "http://127.0.0.1:514", "tcp://a:70000"):
        with pytest.raises(Terminal, match="syslog"):
            load_settings(commands.settings(tmp_path, f'[logs]\nsyslog = "{wrong}"\n'))
