"""The doctor's look at the way from a phone to this machine: the address in the QR codes, and firewalls."""

import os
import secrets
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import requests

from mochocho.app.checks import Check, State
from mochocho.app.network import (
    HOTSPOTS,
    Reach,
    in_container,
    is_ours,
    lasting_urls,
    only_this_machine,
    reach,
)
from mochocho.config import Endpoint, Settings
from sync.openrosa.address import told_url

PATIENCE = 5  # seconds for an answer
CLOCKS_APART = timedelta(minutes=2)
NONCE = "X-Mochocho-Doctor"
UFW = Path("/etc/ufw/ufw.conf")
FIREWALLD = (Path("/run/firewalld"), Path("/run/firewalld.pid"))


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back from an address. `here`: from this machine; `mochocho`: from an endpoint of ours."""

    said: str
    here: bool = False
    mochocho: bool = False
    at: datetime | None = None


def examine(settings: Settings) -> Iterator[Check]:
    """Whether the address lasts, reaches this machine, and is let through; nothing before one can be told."""
    endpoint = settings.endpoint
    url = told_url(endpoint)
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or reach(url) is Reach.MACHINE:
        return  # the check of public_url says why
    if in_container():
        yield _seen_from_inside(url)
        return
    yield _lasts(endpoint, url)
    found = _resolved(parts)
    if not found:
        yield _unknown(settings, parts.hostname)
        return
    with _answering(endpoint) as nonce:
        answer = _ask(url, nonce)
    yield _way(settings, url, found, answer)
    yield from _clock(answer)
    if reach(url) is not Reach.INTERNET:
        yield _firewall(endpoint.port, url)


def _seen_from_inside(url: str) -> Check:
    """In a container nothing leads to the proxy and its names are not the host's: phones must be asked."""
    if url.startswith("https://") and reach(url) is Reach.INTERNET:
        return Check("way", "ok", f"{url}: ตรวจจากใน container ไม่ได้ ให้เปิดที่อยู่นี้ในเบราว์เซอร์ของโทรศัพท์")
    return Check(
        "way",
        "warn",
        f"{url}: ที่อยู่นี้ไม่ผ่าน HTTPS ของ proxy หรือใช้ได้เฉพาะในเครือข่ายเดียว",
        "ตั้ง DOMAIN ใน .env เป็นชื่อที่โทรศัพท์เรียก แล้วสั่ง `docker compose up --detach --wait`",
    )


def _lasts(endpoint: Endpoint, url: str) -> Check:
    if reach(url) is not Reach.ADDRESS:
        return Check("address", "ok", f"{url} stays the same whatever the router gives")
    return Check(
        "address",
        "warn",
        f"{url}: the router may give this machine another address, and every QR code is void then",
        f"set endpoint.public_url to {' or '.join(lasting_urls(endpoint.port))}, or reserve the address in "
        "the router; then `mochocho officers renew` makes each officer's new code",
    )


# --- the way


def _resolved(parts: SplitResult) -> tuple[str, ...]:
    try:
        found = socket.getaddrinfo(parts.hostname, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ()
    return tuple(dict.fromkeys(str(address[0]).partition("%")[0] for *_, address in found))


def _unknown(settings: Settings, host: str) -> Check:
    if host.endswith(".local"):
        return Check(
            "way",
            "warn",
            f"{host} is not found from here",
            "is it this machine's name? On Linux install avahi-daemon and libnss-mdns; Windows 10 and macOS "
            f"answer by themselves on a private network. Else use a hotspot: {' or '.join(HOTSPOTS)}",
        )
    # Containers of workers may not ask for names outside.
    state: State = "warn" if settings.distributed else "fail"
    return Check(
        "way", state, f"{host} is not found from here", "mend endpoint.public_url, or the name in DNS"
    )


@contextmanager
def _answering(endpoint: Endpoint) -> Iterator[str]:
    """Answer in `mochocho serve`'s place as long as it does not run; yields what such an answer carries."""
    nonce = secrets.token_hex(8)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response_only(204)
            self.send_header(NONCE, nonce)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            pass

    class Listener(socketserver.ThreadingTCPServer):
        address_family = socket.AF_INET6 if ":" in endpoint.host else socket.AF_INET
        allow_reuse_address = os.name != "nt"  # there it would let two programs share a port
        daemon_threads = True

    try:
        listener = Listener((endpoint.host, endpoint.port), Handler)
    except OSError:  # it runs already, and answers itself
        yield nonce
        return
    with listener:
        thread = threading.Thread(target=listener.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield nonce
        finally:
            listener.shutdown()
            thread.join()


def _ask(url: str, nonce: str) -> Answer:
    """Call the address as a phone would, with a token that nobody has."""
    with requests.Session() as session:
        session.trust_env = False  # phones know nothing of this machine's proxy
        try:
            got = session.get(f"{url.rstrip('/')}/key/-/formList", timeout=PATIENCE, allow_redirects=False)
        except requests.exceptions.SSLError:
            return Answer("its certificate is not one that this machine trusts")
        except requests.exceptions.Timeout:
            return Answer(f"no answer within {PATIENCE} s")
        except requests.RequestException:
            return Answer("nothing answers there")
    return Answer(
        f"HTTP {got.status_code}",
        here=got.headers.get(NONCE) == nonce,
        mochocho=got.status_code == 403 and "X-OpenRosa-Version" in got.headers,
        at=_date(got.headers.get("Date", "")),
    )


def _date(header: str) -> datetime | None:
    try:
        return parsedate_to_datetime(header)
    except ValueError:
        return None


def _way(settings: Settings, url: str, found: tuple[str, ...], answer: Answer) -> Check:
    if answer.here or answer.mochocho:
        who = "this machine" if answer.here else "a running `mochocho serve`"
        return Check("way", "ok", f"{url} is answered by {who}")
    near = reach(url) is not Reach.INTERNET
    if near and not any(is_ours(address) for address in found):
        return _elsewhere(url, found, settings.endpoint)
    if near and only_this_machine(settings.endpoint.host):
        return Check(
            "way",
            "fail",
            f"{url}: {answer.said}; mochocho listens on {settings.endpoint.host} alone",
            'set endpoint.host = "0.0.0.0", on a network of your own',
        )
    if answer.said.startswith("HTTP"):
        return Check(
            "way",
            "fail",
            f"{url} is answered by something else ({answer.said})",
            "mend endpoint.public_url or the proxy; phones must be told the address of this endpoint",
        )
    return Check(
        "way",
        "warn",
        f"{url}: {answer.said}, as seen from here",
        "start `mochocho serve` and its proxy, and open the address on a phone: mochocho answers in Thai",
    )


def _elsewhere(url: str, found: tuple[str, ...], endpoint: Endpoint) -> Check:
    host = urlsplit(url).hostname
    if host in HOTSPOTS:
        return Check(
            "way",
            "warn",
            f"{host} is no address of this machine now",
            "open the mobile hotspot on this machine before phones come",
        )
    return Check(
        "way",
        "fail",
        f"{url} leads to {', '.join(found)}, which is not this machine: phones do not reach it",
        f"give this machine its old address or name back; else set endpoint.public_url to "
        f"{' or '.join(lasting_urls(endpoint.port))} and make new codes with `mochocho officers renew`",
    )


def _clock(answer: Answer) -> Iterator[Check]:
    """Whoever answers for us may be another machine, with a clock of its own."""
    if answer.at is None or answer.at.tzinfo is None:
        return
    apart = abs(answer.at - datetime.now(UTC))
    if apart > CLOCKS_APART:
        yield Check(
            "clocks",
            "warn",
            f"the machine that answers phones and this one differ by {apart // timedelta(minutes=1)} min",
            "set both clocks by the internet",
        )


# --- firewalls


def _firewall(port: int, url: str) -> Check:
    """What can be seen from inside is only that there is one: calls to oneself pass it by."""
    sure = f"; then open {url} in a phone's browser: mochocho answers in Thai"
    if os.name == "nt":
        return Check(
            "firewall",
            "warn",
            "Windows lets phones in only on a network that is set to Private, and only what was allowed",
            "Settings, Network, this Wi-Fi: Private; Windows Security, Firewall, Allow an app: Python" + sure,
        )
    if _ufw():
        return Check("firewall", "warn", "ufw is on", f"sudo ufw allow {port}/tcp{sure}")
    if any(path.exists() for path in FIREWALLD):
        command = f"sudo firewall-cmd --permanent --add-port={port}/tcp, sudo firewall-cmd --reload"
        return Check("firewall", "warn", "firewalld is on", command + sure)
    return Check("firewall", "ok", f"neither ufw nor firewalld is on{sure.replace('; then', '; to be sure')}")


def _ufw() -> bool:
    try:
        return "enabled=yes" in UFW.read_text("utf-8").lower()
    except OSError:
        return False
