"""The doctor's checks of the way from a phone to this machine: the address in QR codes, and firewalls."""

import os
import secrets
import socket
import socketserver
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import requests

from mochocho.app.doctor.checks import Check, State
from mochocho.app.reachability import (
    HOTSPOTS,
    Reach,
    in_container,
    is_ours,
    lasting_urls,
    only_this_machine,
    reach,
)
from mochocho.settings.config import Endpoint, Settings
from mochocho.words.sentences import Sentence, plain
from sync.openrosa.address import told_url

PATIENCE = 5  # seconds to wait for an answer
CLOCKS_APART = timedelta(minutes=2)
NONCE = "X-Mochocho-Doctor"
UFW = Path("/etc/ufw/ufw.conf")
FIREWALLD = (Path("/run/firewalld"), Path("/run/firewalld.pid"))

_WINDOWS = Sentence(
    "Windows ให้โทรศัพท์เข้ามาเฉพาะในเครือข่ายที่ตั้งเป็น Private และเฉพาะโปรแกรมที่อนุญาต",
    "Windows lets phones in only on a network that is set to Private, and only what was allowed",
)
_WINDOWS_ALLOWS = Sentence(
    "Settings → Network → Wi-Fi นี้: เลือก Private; Windows Security → Firewall → Allow an app: เลือก Python",
    "Settings, Network, this Wi-Fi: Private; Windows Security, Firewall, Allow an app: Python",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer from an address. `here`: from this machine; `mochocho`: from an endpoint of ours."""

    said: Sentence
    status: int = 0  # of HTTP; 0 if there was no answer
    here: bool = False
    mochocho: bool = False
    at: datetime | None = None


def examine(settings: Settings) -> Iterator[Check]:
    """Whether the address is lasting, reaches this machine, and is not blocked; nothing if there is none."""
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
    """In a container the proxy cannot be reached and its names are not the host's: a phone must try."""
    if url.startswith("https://") and reach(url) is Reach.INTERNET:
        asked = Sentence(
            f"{url}: ตรวจจากใน container ไม่ได้ ให้เปิดที่อยู่นี้ในเบราว์เซอร์ของโทรศัพท์",
            f"{url}: it cannot be tried from inside a container; open it in a phone's browser",
        )
        return Check("way", "ok", asked)
    return Check(
        "way",
        "warn",
        Sentence(
            f"{url}: ที่อยู่นี้ไม่ผ่าน HTTPS ของ proxy หรือใช้ได้เฉพาะในเครือข่ายเดียว",
            f"{url}: not through the proxy's HTTPS, or of one network alone",
        ),
        Sentence(
            "ตั้ง DOMAIN ใน .env เป็นชื่อที่โทรศัพท์เรียก แล้วสั่ง `docker compose up --detach --wait`",
            "set DOMAIN in .env to the name that phones call, then `docker compose up --detach --wait`",
        ),
    )


def _lasts(endpoint: Endpoint, url: str) -> Check:
    if reach(url) is not Reach.ADDRESS:
        lasting = Sentence(
            f"{url} คงเดิมไม่ว่าเราเตอร์จะแจกเลขใด", f"{url} stays the same whatever the router gives"
        )
        return Check("address", "ok", lasting)
    others = _either(lasting_urls(endpoint.port))
    return Check(
        "address",
        "warn",
        Sentence(
            f"{url}: เราเตอร์อาจแจกเลขอื่นให้เครื่องนี้ แล้วคิวอาร์โค้ดทุกใบจะใช้ไม่ได้",
            f"{url}: the router may give this machine another address, and every QR code is void then",
        ),
        Sentence(
            f"ตั้ง public_url ใต้ [endpoint] เป็น {others.th} หรือจองเลขนี้ในเราเตอร์ "
            "แล้วสั่ง `mochocho officers renew` เพื่อออกคิวอาร์โค้ดใหม่ให้เจ้าหน้าที่ทุกคน",
            f"set endpoint.public_url to {others.en}, or reserve the address in "
            "the router; then `mochocho officers renew` makes each officer's new code",
        ),
    )


def _either(addresses: Sequence[str]) -> Sentence:
    return Sentence(" หรือ ".join(addresses), " or ".join(addresses))


# --- the way


def _resolved(parts: SplitResult) -> tuple[str, ...]:
    try:
        found = socket.getaddrinfo(parts.hostname, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ()
    return tuple(dict.fromkeys(str(address[0]).partition("%")[0] for *_, address in found))


def _unknown(settings: Settings, host: str) -> Check:
    found = Sentence(f"จากเครื่องนี้หา {host} ไม่พบ", f"{host} is not found from here")
    if host.endswith(".local"):
        hotspots = _either(HOTSPOTS)
        advice = Sentence(
            "ตรวจว่าเป็นชื่อของเครื่องนี้ ถ้าเป็น Linux ให้ติดตั้ง avahi-daemon และ libnss-mdns ส่วน Windows 10 และ macOS "
            f"ตอบเองเมื่อเครือข่ายตั้งเป็น Private ถ้ายังไม่พบ ให้ใช้ฮอตสปอต: {hotspots.th}",
            "is it this machine's name? On Linux install avahi-daemon and libnss-mdns; Windows 10 and macOS "
            f"answer by themselves on a private network. Else use a hotspot: {hotspots.en}",
        )
        return Check("way", "warn", found, advice)
    # Workers' containers may have no access to outside name servers.
    state: State = "warn" if settings.distributed else "fail"
    advice = Sentence(
        "แก้ public_url ใต้ [endpoint] หรือแก้ชื่อนี้ใน DNS", "mend endpoint.public_url, or the name in DNS"
    )
    return Check("way", state, found, advice)


@contextmanager
def _answering(endpoint: Endpoint) -> Iterator[str]:
    """Answer in place of `mochocho serve` if it is not running; yields the text that such an answer holds."""
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
        allow_reuse_address = os.name != "nt"  # on Windows it would let two programs share a port
        daemon_threads = True

    try:
        listener = Listener((endpoint.host, endpoint.port), Handler)
    except OSError:  # it is running, and answers itself
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
        session.trust_env = False  # phones do not use this machine's proxy
        try:
            got = session.get(f"{url.rstrip('/')}/key/-/formList", timeout=PATIENCE, allow_redirects=False)
        except requests.exceptions.SSLError:
            return Answer(
                Sentence("เครื่องนี้ไม่เชื่อถือใบรับรองของที่อยู่นี้", "its certificate is not one that this machine trusts")
            )
        except requests.exceptions.Timeout:
            return Answer(Sentence(f"ไม่ตอบภายใน {PATIENCE} วินาที", f"no answer within {PATIENCE} s"))
        except requests.RequestException:
            return Answer(Sentence("ไม่มีสิ่งใดตอบ", "nothing answers there"))
    return Answer(
        plain(f"HTTP {got.status_code}"),
        got.status_code,
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
        who = Sentence("เครื่องนี้", "this machine")
        if answer.mochocho:
            who = Sentence("`mochocho serve` ที่ทำงานอยู่", "a running `mochocho serve`")
        return Check("way", "ok", Sentence(f"{url}: {who.th}เป็นผู้ตอบ", f"{url} is answered by {who.en}"))
    near = reach(url) is not Reach.INTERNET
    if near and not any(is_ours(address) for address in found):
        return _elsewhere(url, found, settings.endpoint)
    said, host = answer.said, settings.endpoint.host
    if near and only_this_machine(host):
        return Check(
            "way",
            "fail",
            Sentence(
                f"{url}: {said.th} mochocho รับเฉพาะที่ {host}",
                f"{url}: {said.en}; mochocho listens on {host} alone",
            ),
            Sentence(
                'ตั้ง host = "0.0.0.0" ใต้ [endpoint] ในเครือข่ายของสำนักงาน',
                'set endpoint.host = "0.0.0.0", on a network of your own',
            ),
        )
    if answer.status:
        return Check(
            "way",
            "fail",
            Sentence(
                f"{url}: โปรแกรมอื่นเป็นผู้ตอบ ({said.th})", f"{url} is answered by something else ({said.en})"
            ),
            Sentence(
                "แก้ public_url ใต้ [endpoint] หรือแก้ proxy ให้โทรศัพท์เรียกมาถึงเครื่องรับนี้",
                "mend endpoint.public_url or the proxy; phones must be told the address of this endpoint",
            ),
        )
    return Check(
        "way",
        "warn",
        Sentence(f"{url}: {said.th} เมื่อเรียกจากเครื่องนี้", f"{url}: {said.en}, as seen from here"),
        Sentence(
            "เปิด `mochocho serve` และ proxy แล้วเปิดที่อยู่นี้ในเบราว์เซอร์ของโทรศัพท์ ต้องเห็นข้อความภาษาไทยของระบบ",
            "start `mochocho serve` and its proxy, and open the address on a phone: mochocho answers in Thai",
        ),
    )


def _elsewhere(url: str, found: tuple[str, ...], endpoint: Endpoint) -> Check:
    host = urlsplit(url).hostname
    if host in HOTSPOTS:
        return Check(
            "way",
            "warn",
            Sentence(f"ขณะนี้ {host} ไม่ใช่เลขของเครื่องนี้", f"{host} is no address of this machine now"),
            Sentence(
                "เปิดฮอตสปอต (hotspot) ของเครื่องนี้ก่อนให้โทรศัพท์ต่อ",
                "open the mobile hotspot on this machine before phones come",
            ),
        )
    there, others = ", ".join(found), _either(lasting_urls(endpoint.port))
    return Check(
        "way",
        "fail",
        Sentence(
            f"{url} ชี้ไปที่ {there} ซึ่งไม่ใช่เครื่องนี้ โทรศัพท์จึงเรียกมาไม่ถึง",
            f"{url} leads to {there}, which is not this machine: phones do not reach it",
        ),
        Sentence(
            f"ตั้งเลขหรือชื่อเดิมให้เครื่องนี้ ถ้าไม่ได้ ให้ตั้ง public_url ใต้ [endpoint] เป็น {others.th} "
            "แล้วออกคิวอาร์โค้ดใหม่ด้วย `mochocho officers renew`",
            f"give this machine its old address or name back; else set endpoint.public_url to "
            f"{others.en} and make new codes with `mochocho officers renew`",
        ),
    )


def _clock(answer: Answer) -> Iterator[Check]:
    """The answering machine may be another one (a proxy), with a clock of its own."""
    if answer.at is None or answer.at.tzinfo is None:
        return
    apart = abs(answer.at - datetime.now(UTC))
    if apart > CLOCKS_APART:
        minutes = apart // timedelta(minutes=1)
        yield Check(
            "clocks",
            "warn",
            Sentence(
                f"นาฬิกาของเครื่องที่ตอบโทรศัพท์กับของเครื่องนี้ต่างกัน {minutes} นาที",
                f"the machine that answers phones and this one differ by {minutes} min",
            ),
            Sentence("ตั้งนาฬิกาทั้งสองเครื่องให้ตรงกับอินเทอร์เน็ต", "set both clocks by the internet"),
        )


# --- firewalls


def _firewall(port: int, url: str) -> Check:
    """From inside, only the existence of a firewall can be seen: calls to oneself do not pass through it."""
    sure = Sentence(
        f"เปิด {url} ในเบราว์เซอร์ของโทรศัพท์ ต้องเห็นข้อความภาษาไทยของระบบ",
        f"open {url} in a phone's browser: mochocho answers in Thai",
    )
    if os.name == "nt":
        return Check("firewall", "warn", _WINDOWS, _then(_WINDOWS_ALLOWS, sure))
    if _ufw():
        allow = Sentence(f"สั่ง `sudo ufw allow {port}/tcp`", f"`sudo ufw allow {port}/tcp`")
        return Check("firewall", "warn", Sentence("ufw เปิดอยู่", "ufw is on"), _then(allow, sure))
    if any(path.exists() for path in FIREWALLD):
        add, load = (
            f"sudo firewall-cmd --permanent --add-port={port}/tcp",
            "sudo firewall-cmd --reload",
        )
        allow = Sentence(f"สั่ง `{add}` และ `{load}`", f"`{add}`, `{load}`")
        return Check("firewall", "warn", Sentence("firewalld เปิดอยู่", "firewalld is on"), _then(allow, sure))
    return Check(
        "firewall",
        "ok",
        Sentence(
            f"ไม่ได้เปิด ufw หรือ firewalld เพื่อความแน่ใจให้{sure.th}",
            f"neither ufw nor firewalld is on; to be sure {sure.en}",
        ),
    )


def _then(first: Sentence, second: Sentence) -> Sentence:
    return Sentence(f"{first.th} แล้ว{second.th}", f"{first.en}; then {second.en}")


def _ufw() -> bool:
    try:
        return "enabled=yes" in UFW.read_text("utf-8").lower()
    except OSError:
        return False
