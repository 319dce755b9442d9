"""Logs and audit rows go to a log server of their own, in the form that it reads, and name nobody there."""

import logging
import re
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from mochocho.app import access_chain
from mochocho.app.doctor.services import log_checks
from mochocho.app.terminal import log_forwarding
from mochocho.settings.config import Logs, load_settings
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
    digests = [re.search("[0-9a-f]{64}", said) for _, _, said in told]
    assert all(digests)
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


@pytest.fixture
def tls(tmp_path: Path) -> tuple[ssl.SSLContext, Path]:
    """What a log server at 127.0.0.1 speaks with, and the certificate that vouches for it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    since, until = (datetime(year, 1, 1, tzinfo=UTC) for year in (2020, 2120))
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, since, until)
        .add_extension(here, critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, both = tmp_path / "ca.pem", tmp_path / "both.pem"
    pem.write_bytes(made.public_bytes(Encoding.PEM))
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    both.write_bytes(secret + pem.read_bytes())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    return context, pem


@contextmanager
def log_server(context: ssl.SSLContext) -> Iterator[tuple[int, list[bytes]]]:
    """Takes one connection; its port, and all that came once it has ended."""
    came = list[bytes]()
    with listening(socket.SOCK_STREAM) as server:

        def serve() -> None:
            with suppress(OSError):
                connection, _ = server.accept()
                connection.settimeout(10)
                with connection, context.wrap_socket(connection, server_side=True) as encrypted:
                    while part := encrypted.recv(65_536):
                        came.append(part)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield server.getsockname()[1], came
        finally:
            thread.join()


def test_by_tls_lines_go_to_a_server_that_is_vouched_for_and_to_no_other(
    tls: tuple[ssl.SSLContext, Path],
) -> None:
    context, vouching = tls
    for ca_file, lines in ((vouching, 2), (None, 0)):
        with log_server(context) as (port, came):
            log_forwarding.forward(f"tls://127.0.0.1:{port}", ca_file)
            for said in ("ก", "ข")[: lines or 1]:
                logging.getLogger("sync.pull").warning(said)
            log_forwarding.forward("")
        frames = b"".join(came)
        for said in ("ก", "ข")[:lines]:
            count, _, rest = frames.partition(b" ")
            assert parts(rest[: int(count)])[2] == f"sync.pull: {said}"
            frames = rest[int(count) :]
        assert frames == b""


def test_the_doctor_says_whether_the_log_server_is_reached_and_what_is_sent_is_encrypted(
    tls: tuple[ssl.SSLContext, Path], tmp_path: Path
) -> None:
    context, vouching = tls

    def state(url: str, ca_file: Path | None = None) -> tuple[str, str]:
        (check,) = log_checks.examine(Logs(syslog=url, ca_file=ca_file))
        assert check.state == "ok" or check.advice.th
        return check.state, check.found.th

    assert list(log_checks.examine(Logs())) == []
    for ca_file, expected, said in ((vouching, "ok", "เข้ารหัสด้วย TLS"), (None, "warn", "ไม่มีผู้รับรอง")):
        with log_server(context) as (port, _):
            found = state(f"tls://127.0.0.1:{port}", ca_file)
        assert (found[0], said in found[1]) == (expected, True), found
    with listening(socket.SOCK_STREAM) as relay:
        assert state(f"tcp://127.0.0.1:{relay.getsockname()[1]}")[0] == "ok"
    for url, said in (
        (f"tcp://127.0.0.1:{server_away()}", "ปลายทางไม่รับการเชื่อมต่อ"),
        (f"tls://127.0.0.1:{server_away()}", "ปลายทางไม่รับการเชื่อมต่อ"),
        ("udp://127.0.0.1:514", "ไม่รู้ว่าถึงหรือไม่ และไม่เข้ารหัส"),
    ):
        found = state(url)
        assert (found[0], said in found[1]) == ("warn", True), found
    broken = tmp_path / "broken.pem"
    broken.write_text("no certificate")
    with log_server(context) as (port, _):
        found = state(f"tls://127.0.0.1:{port}", broken)
    assert (found[0], "ใช้ TLS ด้วยกันไม่ได้" in found[1]) == ("warn", True), found
