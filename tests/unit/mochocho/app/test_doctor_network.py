"""The doctor's checks of the way from a phone: real addresses, real listeners, no network needed."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from mochocho.app.doctor import network_checks
from mochocho.app.doctor.checks import Check
from mochocho.app.reachability import Reach, is_ours, lasting_urls, reach
from mochocho.settings.config import Endpoint, Settings
from mochocho.storage.db import Base
from mochocho.storage.home import open_home
from sync.openrosa.server import Server

# A name for 127.0.0.1 that is treated as a machine's on the office network, and one for nobody.
NAMES = {"office-pc.local": "127.0.0.1", "gone.local": "192.0.2.9", "forms.example.go.th": "127.0.0.1"}


@pytest.fixture(autouse=True)
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    """The names of the network, without asking it."""
    asked = socket.getaddrinfo

    def known(host: str, *rest: object, **more: object) -> object:
        if host in NAMES:
            host = NAMES[host]
        elif host.endswith((".local", ".th")):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return asked(host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", known)
    monkeypatch.setattr(network_checks, "UFW", Path("there is none"))
    monkeypatch.setattr(network_checks, "FIREWALLD", ())


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def look(tmp_path: Path, host: str = "127.0.0.1", **endpoint: object) -> dict[str, Check]:
    settings = Settings(home=tmp_path / "home", endpoint=Endpoint(host=host, **endpoint))  # type: ignore[arg-type]
    found = {check.name: check for check in network_checks.examine(settings)}
    assert all(check.advice.th and check.advice.en for check in found.values() if check.state != "ok")
    return found


def states(found: dict[str, Check]) -> dict[str, str]:
    return {name: check.state for name, check in found.items()}


@pytest.mark.parametrize(
    ("url", "state"),
    [
        ("https://forms.example.go.th", "ok"),
        ("http://forms.example.go.th", "warn"),
        ("http://172.18.0.5:8420", "warn"),
        ("https://office-pc.local", "warn"),
    ],
)
def test_in_a_container_the_way_is_for_phones_to_try(
    tmp_path: Path, port: int, monkeypatch: pytest.MonkeyPatch, url: str, state: str
) -> None:
    monkeypatch.setenv("MOCHOCHO_CONTAINER", "1")
    found = look(tmp_path, port=port, public_url=url)
    assert states(found) == {"way": state}
    assert "192.168.137.1" not in f"{found} {lasting_urls(80)}"  # the hotspot of another machine


def test_an_address_that_leads_here_is_found_to_do_so_before_the_first_start(
    tmp_path: Path, port: int
) -> None:
    found = look(tmp_path, port=port, public_url=f"http://office-pc.local:{port}")
    assert states(found) == {"address": "ok", "way": "ok", "firewall": "ok"}
    assert "answered by this machine" in found["way"].found.en


def test_an_address_that_leads_here_while_the_server_runs(tmp_path: Path, port: int) -> None:
    home = open_home(Settings(home=tmp_path / "home"))
    Base.metadata.create_all(home.engine)
    server = Server(home, "127.0.0.1", port)
    server.start()
    try:
        found = look(tmp_path, port=port, public_url=f"http://office-pc.local:{port}")
    finally:
        server.stop()
        home.engine.dispose()
    assert states(found)["way"] == "ok"
    assert "mochocho serve" in found["way"].found.en


def test_an_address_that_is_another_machines_now(tmp_path: Path, port: int) -> None:
    found = look(tmp_path, port=port, public_url=f"http://192.0.2.9:{port}")
    assert states(found) == {"address": "warn", "way": "fail", "firewall": "ok"}
    assert "not this machine" in found["way"].found.en
    assert "officers renew" in found["way"].advice.en
    assert ".local" in found["address"].advice.en or "192.168.137.1" in found["address"].advice.en
    assert look(tmp_path, port=port, public_url=f"http://gone.local:{port}")["way"].state == "fail"


def test_a_hotspot_that_is_not_open(tmp_path: Path, port: int) -> None:
    found = look(tmp_path, port=port, public_url=f"http://192.168.137.1:{port}")
    assert (found["address"].state, found["way"].state) == ("ok", "warn")
    assert "hotspot" in found["way"].advice.en


def test_a_name_that_nobody_knows(tmp_path: Path, port: int) -> None:
    local = look(tmp_path, port=port, public_url=f"http://unheard-of.local:{port}")
    assert local["way"].state == "warn"  # phones ask by mDNS, which this machine may be unable to
    assert "avahi-daemon" in local["way"].advice.en
    assert look(tmp_path, port=port, public_url="https://unheard-of.th")["way"].state == "fail"


def own_address() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            pytest.skip("this machine has no network")
        return str(probe.getsockname()[0])


def test_a_server_that_only_this_machine_can_call(tmp_path: Path, port: int) -> None:
    address = own_address()
    found = look(tmp_path, port=port, public_url=f"http://{address}:{port}")
    assert found["way"].state == "fail"
    assert "listens on 127.0.0.1 alone" in found["way"].found.en
    assert "0.0.0.0" in found["way"].advice.en
    open_to_all = look(tmp_path, host="0.0.0.0", port=port, public_url=f"http://{address}:{port}")
    assert open_to_all["way"].state == "ok"


def test_without_a_public_url_the_machines_own_address_is_told_and_doubted(tmp_path: Path, port: int) -> None:
    if reach(f"http://{own_address()}") is not Reach.ADDRESS:
        pytest.skip("this machine is on the internet itself")
    found = look(tmp_path, host="0.0.0.0", port=port)
    assert (found["address"].state, found["way"].state) == ("warn", "ok")


@pytest.fixture
def stranger() -> Iterator[int]:
    """Another program on a port, whose clock is far off."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()

        def date_time_string(self, timestamp: float | None = None) -> str:  # noqa: ARG002 - the base's name
            return "Thu, 01 May 2025 02:00:00 GMT"

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def test_another_program_at_the_address_and_its_clock(tmp_path: Path, port: int, stranger: int) -> None:
    found = look(tmp_path, port=port, public_url=f"http://forms.example.go.th:{stranger}")
    assert states(found) == {"address": "ok", "way": "fail", "clocks": "warn"}
    assert "HTTP 200" in found["way"].found.en


def test_a_server_on_the_internet_that_does_not_answer_from_here(
    tmp_path: Path, port: int, stranger: int
) -> None:
    closed = look(tmp_path, port=port, public_url=f"http://forms.example.go.th:{port + 1}")
    assert closed["way"].state == "warn"
    wrong = look(tmp_path, port=port, public_url=f"https://forms.example.go.th:{stranger}")
    assert wrong["way"].state == "warn"
    assert "firewall" not in wrong


@pytest.mark.parametrize(
    "url", ["", "http://localhost:8420", "ftp://192.168.1.10", "http://", "192.168.1.10"]
)
def test_what_phones_cannot_call_is_the_settings_check_to_say(tmp_path: Path, port: int, url: str) -> None:
    assert look(tmp_path, port=port, public_url=url) == {}


def test_firewalls_that_are_on(tmp_path: Path, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    here = f"http://office-pc.local:{port}"
    ufw = tmp_path / "ufw.conf"
    ufw.write_text("# comment\nENABLED=no\n")
    monkeypatch.setattr(network_checks, "UFW", ufw)
    assert look(tmp_path, port=port, public_url=here)["firewall"].state == "ok"
    ufw.write_text("ENABLED=yes\n")
    firewall = look(tmp_path, port=port, public_url=here)["firewall"]
    assert firewall.state == "warn"
    assert f"ufw allow {port}/tcp" in firewall.advice.en
    ufw.unlink()
    monkeypatch.setattr(network_checks, "FIREWALLD", (tmp_path,))
    assert "firewall-cmd" in look(tmp_path, port=port, public_url=here)["firewall"].advice.en


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://127.0.0.1:8420", Reach.MACHINE),
        ("http://[::1]:8420", Reach.MACHINE),
        ("http://localhost", Reach.MACHINE),
        ("http://192.168.137.1:8420", Reach.HOTSPOT),
        ("http://10.42.0.1", Reach.HOTSPOT),
        ("http://OFFICE-PC.local:8420", Reach.NAME),
        ("http://office-pc.local.:8420", Reach.NAME),
        ("http://192.168.1.10:8420", Reach.ADDRESS),
        ("http://10.42.0.2", Reach.ADDRESS),
        ("http://[fd00::1]:8420", Reach.ADDRESS),
        ("https://mochocho.example.go.th/field", Reach.INTERNET),
        ("http://8.8.8.8", Reach.INTERNET),
    ],
)
def test_how_phones_reach_an_address(url: str, expected: Reach) -> None:
    assert reach(url) is expected


def test_which_addresses_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: "OFFICE-PC.province.go.th")
    assert lasting_urls(80) == ("http://office-pc.local:80", "http://192.168.137.1:80", "http://10.42.0.1:80")
    monkeypatch.setattr(socket, "gethostname", lambda: "localhost")
    assert lasting_urls(80) == ("http://192.168.137.1:80", "http://10.42.0.1:80")
    assert all(reach(url) in {Reach.NAME, Reach.HOTSPOT} for url in lasting_urls(80))


def test_which_addresses_are_ours() -> None:
    assert is_ours("127.0.0.1")
    assert not is_ours("192.0.2.9")
    assert not is_ours("2001:db8::9")
