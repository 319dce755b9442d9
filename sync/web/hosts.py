"""Which addresses may be called, and which may get our secret: it stays with its own origin."""

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import unquote, urljoin

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url  # the parser that is also used for sending

from mochocho.words.errors import Terminal

PORTS = {"http": 80, "https": 443}

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_AUTHORITY = re.compile(r"https?://([^/?#]*)", re.IGNORECASE)
_NO_HOST = re.compile(r"[\\@%\s]")  # parsers disagree on where the host ends
_NUMBER = re.compile(r"[0-9a-fx.]+", re.IGNORECASE)  # 169.254.169.254, and 0xa9fea9fe, which is the same

# Addresses, beside 169.254.169.254, at which clouds give out their machines' credentials.
_METADATA = {ipaddress.ip_address("100.100.100.200"), ipaddress.ip_address("fd00:ec2::254")}


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host and port, normalised; equal exactly when a secret for one may go to the other."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self.host}{port}"


@dataclass(frozen=True, slots=True)
class Hop:
    """The target of a redirect. `ours`: the origin it came from, which may have our secret."""

    url: str
    origin: Origin
    ours: bool


class Base:
    """The address of one server in the settings; every address that is called is made here."""

    def __init__(self, url: str) -> None:
        """Raises Terminal where `url` is not the address of a server."""
        parsed = _parsed(url)
        self.origin = _origin(parsed)
        self._prefix = (parsed.path or "").rstrip("/")

    def url(self, path: str) -> str:
        """The address of `path` below this base, or `path` itself if it is absolute and of our origin.

        Raises Terminal for everything else, and for paths that would leave the base.
        """
        if not path.startswith("/"):
            parsed = _parsed(path)
            if _origin(parsed) != self.origin:
                raise Terminal(
                    f"{self.origin} อ้างที่อยู่บน {_origin(parsed)} ซึ่งรหัสลับของเซิร์ฟเวอร์ต้องไม่ไปถึง "
                    "ให้ถามผู้ดูแลว่าเซิร์ฟเวอร์ตั้งที่อยู่ของตนไว้อย่างไร",
                    f"{self.origin} names an address on {_origin(parsed)}, where its secret must not go; "
                    "ask its administrator which address the server is set to",
                )
            return path
        segments = unquote(re.split("[?#]", path, maxsplit=1)[0]).replace("\\", "/").split("/")
        if _CONTROL.search(path) or not {".", ".."}.isdisjoint(segments):
            raise Terminal(
                f"{self.origin}: ไม่เรียกเส้นทางที่ถอยออกนอกเซิร์ฟเวอร์หรือมีอักขระควบคุม",
                f"{self.origin}: a path that climbs or holds control characters is not called",
            )
        return f"{self.origin}{self._prefix}{path}"

    def hop(self, current: str, location: str) -> Hop:
        """Where an answer from `current` redirects us. Raises Terminal where none of our requests may go."""
        try:
            url = urljoin(current, location)
        except ValueError:
            url = ""
        origin, before = _origin(_parsed(url)), _origin(_parsed(current))
        if origin == Origin("https", before.host, origin.port) and before.scheme == "http":
            raise Terminal(
                f"{before} ตอบทาง https เท่านั้น ให้ตั้ง `url` เป็น https://",
                f"{before} answers over https alone; set its `url` to https://",
            )
        if before.scheme == "https" and origin.scheme == "http":
            raise Terminal(
                f"{before} ส่งต่อไปที่ {origin} ซึ่งไม่เข้ารหัส โปรแกรมจึงไม่ตามไป ให้แจ้งผู้ดูแลเซิร์ฟเวอร์",
                f"{before} sends us on to {origin}, which is not encrypted; that is not followed: "
                "tell who runs the server",
            )
        return Hop(url, origin, origin == self.origin)


def refuse_address(address: str) -> None:
    """Raises Terminal where `address`, an IP address, cannot be that of a server of ours."""
    ip = _ip(address)
    if ip is None:
        return
    mapped = getattr(ip, "ipv4_mapped", None)
    ip = mapped or ip
    if ip.is_link_local or ip.is_multicast or ip.is_unspecified or ip in _METADATA:
        raise Terminal(
            f"{ip} เป็นที่อยู่ภายในเครื่องหรือเครือข่าย โปรแกรมไม่ส่งคำขอไปที่นั่น ให้ตรวจ `url` ในการตั้งค่า",
            f"{ip} is an address inside machines and networks; no request is sent there; check `url` in the "
            "settings",
        )


def _parsed(url: str) -> Url:
    authority = _AUTHORITY.match(url)
    if authority is None or _CONTROL.search(url) or _NO_HOST.search(authority[1]):
        raise Terminal(
            "ไม่เรียกที่อยู่ที่ไม่ใช่ http:// หรือ https:// ธรรมดา ให้ตรวจ `url` ในการตั้งค่า",
            "an address that is no plain http:// or https:// one is not called; check `url` in the settings",
        )
    try:
        parsed = parse_url(url)
    except LocationParseError:
        raise Terminal(
            "อ่านที่อยู่ของเซิร์ฟเวอร์ไม่ออก ให้ตรวจ `url` ในการตั้งค่า",
            "an address that cannot be read is not called; check `url` in the settings",
        ) from None
    if not parsed.host:
        raise Terminal(
            "ที่อยู่ของเซิร์ฟเวอร์ไม่มีชื่อเครื่อง ให้ตรวจ `url` ในการตั้งค่า",
            "an address without a host is not called; check `url` in the settings",
        )
    refuse_address(parsed.host)
    return parsed


def _origin(parsed: Url) -> Origin:
    scheme, host = str(parsed.scheme), str(parsed.host)
    return Origin(scheme, host.lower(), parsed.port or PORTS[scheme])


def _ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The IP address that `host` writes in any way that a resolver accepts; None for a name."""
    plain = host.strip("[]").split("%", 1)[0].rstrip(".")
    try:
        return ipaddress.ip_address(plain)
    except ValueError:
        pass
    if not _NUMBER.fullmatch(plain):
        return None
    try:
        return ipaddress.ip_address(socket.inet_aton(plain))
    except OSError:
        return None
