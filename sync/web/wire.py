"""The connections of one client, and sentences for what goes wrong on them."""

import os
import socket
import ssl
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

import requests
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies, select_proxy
from urllib3 import BaseHTTPResponse, HTTPConnectionPool, HTTPSConnectionPool, Timeout, exceptions
from urllib3.connection import HTTPConnection, HTTPSConnection

from mochocho.words.errors import Terminal
from mochocho.words.sentences import Sentence
from sync.web.hosts import Origin, refuse_address

_ORIGINS = 8  # a server and its storage make two
CERTIFICATES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")

_CERTIFICATE_TH = {  # by OpenSSL's error numbers; OpenSSL has the English texts
    9: "ยังไม่ถึงวันเริ่มใช้",
    10: "หมดอายุแล้ว",
    18: "ลงนามรับรองตนเอง",
    19: "ลงนามรับรองตนเอง",
    20: "ไม่รู้จักผู้ออกใบรับรอง",
    21: "ไม่รู้จักผู้ออกใบรับรอง",
    62: "เป็นของเครื่องชื่ออื่น",
    64: "เป็นของเครื่องที่อยู่อื่น",
}

_PROXY = Sentence(
    "พร็อกซีที่ HTTPS_PROXY หรือ HTTP_PROXY ระบุไม่ให้ผ่าน ให้แก้ตัวแปรนั้น หรือเพิ่มชื่อเครื่องนี้ใน NO_PROXY",
    "the proxy that HTTPS_PROXY or HTTP_PROXY names does not let us through; correct the variable, or add "
    "this host to NO_PROXY",
)
_NAME = Sentence(
    "หาเครื่องชื่อนี้ไม่พบ ให้ตรวจ `url` ในการตั้งค่า เครือข่ายของเครื่องนี้ และ DNS",
    "no computer of this name is known; check `url` in the settings, this computer's network and its DNS",
)
_AWAY = Sentence(
    "ติดต่อไม่ได้ ให้ตรวจเครือข่าย หรือถามผู้ดูแลว่าไฟร์วอลล์ปิดพอร์ตนี้หรือไม่",
    "cannot be reached; check the network, or ask whether a firewall closes this port",
)
_CLOSED = Sentence(
    "ไม่รับการเชื่อมต่อ ให้ตรวจว่าเซิร์ฟเวอร์เปิดอยู่และพอร์ตใน `url` ถูกต้อง",
    "refuses connections; check that the server runs and that `url` names its port",
)
_NO_TLS = Sentence(
    "ไม่พูด HTTPS แบบที่ใช้ได้ ให้ตรวจ `url` ว่าเป็น http:// หรือ https:// และพอร์ต",
    "speaks no HTTPS that we understand; check `url`: http:// or https://, and the port",
)
_SILENT = Sentence(
    "รับคำขอแล้วแต่ไม่ตอบภายในเวลา ให้ลองใหม่ภายหลัง หรือถามผู้ดูแลเซิร์ฟเวอร์",
    "took the request and did not answer in time; look again later, or ask who runs the server",
)
_BROKEN = Sentence(
    "ตัดการเชื่อมต่อก่อนตอบเสร็จ ให้ลองใหม่ภายหลัง",
    "broke the connection off before it had answered; look again later",
)

_SOCKS = "socks"  # PySocks, where it is installed: urllib3 tells its errors as those of the server

# The first match counts: exception types, the sentence, whether the request may have gone out.
_SENTENCES: tuple[tuple[tuple[type[BaseException], ...], Sentence, bool], ...] = (
    ((exceptions.ProxyError, requests.exceptions.InvalidProxyURL), _PROXY, False),
    ((requests.exceptions.InvalidSchema,), _PROXY, False),  # a proxy that needs another library: SOCKS
    # UnicodeError: not a host name at all, `a..th`
    ((exceptions.NameResolutionError, UnicodeError), _NAME, False),
    ((exceptions.NewConnectionError,), _CLOSED, False),
    ((exceptions.ConnectTimeoutError,), _AWAY, False),
    ((ssl.SSLError,), _NO_TLS, True),
    ((exceptions.ReadTimeoutError, TimeoutError), _SILENT, True),
    ((BaseException,), _BROKEN, True),
)


class Broken(Exception):  # noqa: N818 - caught by the client alone
    """No answer, or an unusable one. `sent`: the request may have been carried out; `again`: try once more.

    `ill`: the origin that is not well, where that is the reason. `headers`: of the answer, if any.
    """

    def __init__(
        self,
        said: Sentence,
        *,
        sent: bool = True,
        again: bool = True,
        ill: Origin | None = None,
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        super().__init__(said)
        self.said = said
        self.sent = sent
        self.again = again
        self.ill = ill
        self.headers = headers


class Answer(requests.Response):
    """An answer of requests, its body unread, with the origin that gave it."""

    def __init__(self, raw: BaseHTTPResponse, request: requests.PreparedRequest, origin: Origin) -> None:
        super().__init__()
        self.raw, self.request, self.origin = raw, request, origin
        self.status_code, self.reason = raw.status, raw.reason or ""
        self.headers = cast("Any", raw.headers)  # case-insensitive as well
        self.url = str(request.url)


class Wire:
    """At most `threads` requests at once to one origin; a further one waits until a body has been read.

    Proxies and certificates come from the environment; .netrc is not used. Most of what a `requests.Session`
    does for each request is not needed here (cookies, hooks, redirects, the session's settings) and would
    take a third of the time of a small file.
    """

    def __init__(self, threads: int, timeouts: tuple[float, float]) -> None:
        self._timeouts = timeouts
        self._verify = _certificates()
        self._proxies: dict[Origin, dict[str, str]] = {}  # asked of the environment once, which is slow
        # One for the few origins that are called directly: it never drops their pools. One for all others.
        self._direct, self._other = (
            _Adapter(pool_connections=_ORIGINS, pool_maxsize=threads, max_retries=0, pool_block=True)
            for _ in range(2)
        )
        self._pools: dict[Origin, HTTPConnectionPool] = {}

    def prepare(self, request: requests.Request) -> requests.PreparedRequest:
        """The request's bytes, ready to be sent more than once.

        Raises Terminal for what HTTP cannot carry.
        """
        try:
            return _prepared(request)
        except (requests.RequestException, UnicodeError):
            pass  # the error may quote a header's value
        raise Terminal(
            "ที่อยู่หรือหัวคำขอมีอักขระที่ HTTP ส่งไม่ได้ จึงไม่ได้ส่ง ให้ตรวจ `url` และรหัสลับในการตั้งค่า",
            "an address or header that HTTP cannot carry is not sent; check `url` and the secret "
            "in the settings",
        )

    def send(self, request: requests.PreparedRequest, origin: Origin) -> Answer:
        """The answer, its body unread and redirects not followed. Raises Broken, Terminal."""
        try:
            pool = self._pool(request, origin)
            return Answer(self._through(request, origin, pool), request, origin)
        except (requests.RequestException, exceptions.HTTPError, OSError, UnicodeError) as error:
            sentence, sent, again = _explained(error, origin)
        # Outside the handler: the chained error would name paths and headers.
        raise Broken(sentence, sent=sent, again=again, ill=origin)

    def close(self) -> None:
        self._direct.close()
        self._other.close()

    def _through(
        self, request: requests.PreparedRequest, origin: Origin, pool: HTTPConnectionPool | None
    ) -> BaseHTTPResponse:
        if pool is None:
            response = self._other.send(
                request,
                stream=True,
                timeout=self._timeouts,
                verify=self._verify,
                proxies=self._proxies_to(origin),
            )
            return cast("BaseHTTPResponse", response.raw)
        return pool.urlopen(
            str(request.method),
            request.path_url,
            request.body,
            cast("Any", request.headers),
            self._direct.max_retries,
            redirect=False,
            assert_same_host=False,
            timeout=Timeout(connect=self._timeouts[0], read=self._timeouts[1]),
            preload_content=False,
            decode_content=False,
        )

    def _pool(self, request: requests.PreparedRequest, origin: Origin) -> HTTPConnectionPool | None:
        """The connections to this origin; None where a proxy is used or there are many origins."""
        pool = self._pools.get(origin)
        if pool is None and len(self._pools) < _ORIGINS and not self._has_proxy(request, origin):
            made = cast("Any", self._direct).get_connection_with_tls_context(request, self._verify)
            cast("Any", self._direct).cert_verify(made, str(request.url), self._verify, None)
            pool = self._pools[origin] = made
        return pool

    def _has_proxy(self, request: requests.PreparedRequest, origin: Origin) -> bool:
        return select_proxy(str(request.url), self._proxies_to(origin)) is not None

    def _proxies_to(self, origin: Origin) -> dict[str, str]:
        if origin not in self._proxies:
            self._proxies[origin] = get_environ_proxies(str(origin))
        return self._proxies[origin]


class _Plain(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _checked(super()._new_conn())


class _Tls(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _checked(super()._new_conn())


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _Tls


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _TlsPool}


def _prepared(request: requests.Request) -> requests.PreparedRequest:
    """`Request.prepare` without cookies and anything else that carries credentials."""
    prepared = requests.PreparedRequest()
    prepared.prepare_method(request.method)
    prepared.prepare_url(request.url, request.params or None)
    prepared.prepare_headers(request.headers)
    prepared.prepare_body(request.data, request.files, request.json)
    return prepared


def _certificates() -> str | bool:
    """The office's own certificates, if a variable names them; True: the ones we ship."""
    for name in CERTIFICATES:
        path = os.environ.get(name)
        if path and not Path(path).exists():
            raise Terminal(
                f"{name}: ไม่มีไฟล์ {path} ให้แก้หรือลบตัวแปรนี้",
                f"{name}: {path}: no such file; correct or unset the variable",
            )
        if path:
            return path
    return True


def _checked(connection: socket.socket) -> socket.socket:
    """Check the address after connecting: a name may lead to an address that must never be called."""
    try:
        refuse_address(str(connection.getpeername()[0]))
    except Terminal:
        connection.close()
        raise
    return connection


def _explained(error: BaseException, origin: Origin) -> tuple[Sentence, bool, bool]:
    """What happened and what to do; whether the request may have gone out; whether to try again."""
    causes = list(_causes(error))
    certificate = next((c for c in causes if isinstance(c, ssl.SSLCertVerificationError)), None)
    if certificate is not None:
        return _refused_certificate(certificate, origin), False, False
    fits = (row for row in _SENTENCES if any(isinstance(cause, row[0]) for cause in causes))
    _kinds, sentence, sent = next(fits)
    if any(type(cause).__module__ == _SOCKS for cause in causes):
        sentence, sent = _PROXY, False
    return Sentence(f"{origin}: {sentence.th}", f"{origin}: {sentence.en}"), sent, True


def _refused_certificate(error: ssl.SSLCertVerificationError, origin: Origin) -> Sentence:
    en = str(error.verify_message)
    why = Sentence(_CERTIFICATE_TH.get(error.verify_code, en), en)
    return Sentence(
        f"{origin}: ใบรับรองของเซิร์ฟเวอร์ใช้ไม่ได้ ({why.th}) ให้ตรวจวันและเวลาของเครื่องนี้ ต่ออายุใบรับรองที่เซิร์ฟเวอร์ "
        f"หรือถ้าสำนักงานตรวจ HTTPS เอง ให้ระบุไฟล์ใบรับรองของสำนักงานใน {CERTIFICATES[0]}",
        f"{origin}: its certificate is not accepted ({why.en}); check this computer's date and time, "
        "renew the certificate on the server, or, where the office inspects HTTPS, name the office's "
        f"certificate file in {CERTIFICATES[0]}",
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and its causes: requests wraps urllib3's errors, which wrap the socket's."""
    waiting, seen = [error], set()
    while waiting:
        cause = waiting.pop()
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        inner = [*cause.args, getattr(cause, "reason", None), cause.__cause__, cause.__context__]
        waiting += [item for item in inner if isinstance(item, BaseException)]
