"""The client of one server: every request to Central, Kobo or their storage goes through it."""

import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, BinaryIO, cast

import requests

from mochocho.words.errors import Terminal, Transient
from mochocho.words.sentences import Sentence
from sync.web.bodies import Body, NotAsSent, TooLarge, md5_of
from sync.web.breaker import Breakers, length
from sync.web.credentials import Auth, Credentials, Pass
from sync.web.hosts import Base, Hop, Origin
from sync.web.patience import Patience, retry_after
from sync.web.redacted import redact_logs, redacted
from sync.web.refusals import Refused, words_of
from sync.web.wire import Answer, Broken, Wire

__all__ = ["Auth", "Client", "Patience", "Refused", "Reply"]

MAX_ANSWER = 64 << 20  # bytes, unpacked, of an answer held in memory
MAX_FILE = 200 << 20
MAX_REFUSAL = 1 << 20
MAX_HOPS = 5
TIMEOUTS = (10.0, 60.0)  # to connect; between two pieces of an answer

_SAFE = {"GET", "HEAD"}
_MOVED = {301, 302, 303, 307, 308}
_LATER = {408, 429, 503}  # the server did nothing and says so: any method may be repeated
_BUSY = {429, 502, 503, 504}  # the server is not well
_NEVER = {501, 505}  # a permanent refusal: Central's status for OData that it does not know
_HELP = {
    401: Sentence(
        "; เซิร์ฟเวอร์ไม่รับรหัสผ่านหรือ token ของเรา ให้ตรวจรหัสลับในการตั้งค่า",
        "; the server does not accept our password or token: check the secret in the settings",
    ),
    407: Sentence(
        "; พร็อกซีของเครือข่ายนี้ต้องการชื่อและรหัสผ่าน ให้ระบุใน HTTPS_PROXY",
        "; the proxy of this network wants a name and a password: set them in HTTPS_PROXY",
    ),
}
_UNEXPECTED = Sentence(
    "; ไม่ใช่คำตอบที่ควรได้ ให้ตรวจว่า `url` ในการตั้งค่าเป็นของเซิร์ฟเวอร์ที่ต้องการ",
    "; another answer was expected: does `url` in the settings name the right server?",
)
_NO_HELP = Sentence("", "")
_A_GATE = Sentence(
    "ให้ตรวจว่าเครือข่ายนี้มีหน้าเข้าสู่ระบบที่ต้องผ่านก่อน หรือมีระบบอื่นอยู่ที่อยู่นี้",
    "is there a login page of the network to pass, or another software at this address?",
)
_HARMLESS = {"accept", "accept-encoding", "user-agent"}  # headers that another origin may get
_HTML = ("text/html", "application/xhtml+xml")

Pairs = Mapping[str, Any] | Iterable[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Reply:
    """An accepted answer. `headers` are found in upper or lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes = field(repr=False)  # holds personal data


@dataclass(frozen=True, slots=True)
class _Call:
    """One request as its caller described it."""

    prepared: requests.PreparedRequest = field(repr=False)
    ok: frozenset[int]
    again: bool  # may be sent twice
    away: bool  # another origin may answer; it gets no secret

    @property
    def name(self) -> str:
        return redacted(f"{self.prepared.method} {self.prepared.path_url}")


class Client:
    """One session with one server: pool, timeouts, retries, breaker; its secret goes to that server only.

    Threads may share it. Methods raise Refused where the server says no, Transient where it is away or its
    answer incomplete, Terminal where a person must act.
    """

    def __init__(
        self,
        base: str,
        auth: Auth | None,
        *,
        threads: int = 8,
        patience: Patience = Patience(),  # noqa: B008 - frozen
        timeouts: tuple[float, float] = TIMEOUTS,
    ) -> None:
        redact_logs()
        self._base = Base(base)
        self._patience = patience
        self._wire = Wire(threads, timeouts)
        self._breakers = Breakers(patience.clock)
        self._credentials = Credentials(auth, self)

    def __repr__(self) -> str:
        return f"Client({str(self.origin)!r})"

    @property
    def origin(self) -> Origin:
        """The origin of the server in the settings."""
        return self._base.origin

    def json(
        self,
        method: str,
        path: str,
        *,
        params: Pairs | None = None,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        files: Any = None,
        data: Any = None,
        ok: Iterable[int] = (200,),
        again: bool | None = None,
        limit: int = MAX_ANSWER,
        load: Callable[[bytes], Any] = json.loads,
    ) -> Any:
        """The answer's JSON, read by `load`; None where the answer has no body. Otherwise as `request`.

        Answers from another origin, HTML pages and incomplete documents are not accepted.
        """
        asked = {"Accept": "application/json", **(headers or {})}
        call = self._call(method, path, params, body, asked, files, data, ok, again)

        def read(response: Answer) -> Any:
            content = _content(response, limit)
            _refuse_html(response, call)
            try:
                return load(content) if content.strip() else None
            except (ValueError, RecursionError):
                if not response.ok:
                    return None
            raise Broken(
                Sentence(
                    f"{self.origin}: คำตอบของ {call.name} ไม่ใช่ JSON ที่ครบถ้วน",
                    f"{self.origin}: the answer to {call.name} is no whole JSON",
                )
            )

        return self._run(replace(call, away=False), read)

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Pairs | None = None,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        files: Any = None,
        data: Any = None,
        ok: Iterable[int] = (200,),
        again: bool | None = None,
        limit: int = MAX_ANSWER,
    ) -> Reply:
        """The answer, if its status is in `ok`; at most `limit` bytes.

        `body` is sent as JSON, `data` as bytes or a form, `files` as multipart as requests takes them. GET
        and HEAD are retried; other methods only when the server cannot have carried them out, or when `again`
        says that repeating does no harm.
        """
        call = self._call(method, path, params, body, headers, files, data, ok, again)

        def read(response: Answer) -> Reply:
            content = _content(response, limit)
            _refuse_html(response, call)
            return Reply(response.status_code, response.headers, content)

        return cast("Reply", self._run(call, read))

    def stream(
        self, path: str, *, headers: Mapping[str, str] | None = None, limit: int = MAX_FILE
    ) -> BinaryIO:
        """A file, which the caller closes. Reading it to its end raises OSError where it is incomplete.

        Redirects to object storage are followed without our secret.
        """
        asked = {"Accept-Encoding": "identity", **(headers or {})}
        call = self._call("GET", path, None, None, asked, None, None, (200,), True)

        def read(response: Answer) -> BinaryIO:
            _refuse_html(response, call)
            # Object storage may use ETags that look like an MD5 but are not; Central's are MD5s.
            md5 = md5_of(response.headers.get("ETag", "")) if self._ours(response) else None
            return io.BufferedReader(Body(response, limit, md5), 1 << 16)

        return cast("BinaryIO", self._run(call, read))

    def close(self) -> None:
        self._wire.close()

    def _call(
        self,
        method: str,
        path: str,
        params: Pairs | None,
        body: Any,
        headers: Mapping[str, str] | None,
        files: Any,
        data: Any,
        ok: Iterable[int],
        again: bool | None,
    ) -> _Call:
        url, method = self._base.url(path), method.upper()
        packed = "identity" if method == "HEAD" else "gzip"  # compression would weaken the ETag asked for
        asked = {"Accept": "*/*", "Accept-Encoding": packed, "User-Agent": "mochocho", **(headers or {})}
        prepared = self._wire.prepare(
            requests.Request(method, url, asked, files, data, cast("Any", params), json=body)
        )
        return _Call(prepared, frozenset(ok), method in _SAFE if again is None else again, away=True)

    def _run(self, call: _Call, read: Callable[[Answer], Any]) -> Any:
        admitted: set[Origin] = set()
        waited = 0.0
        for failed in count(1):
            try:
                return self._once(call, read, admitted)
            except Broken as error:
                broken = error
            pause = self._patience.pause(failed, broken.headers, waited)
            may = broken.again and (call.again or not broken.sent)
            if failed >= self._patience.tries or not may or pause is None:
                break
            self._patience.sleep(pause)
            waited += pause
        raise self._gives_up(broken)

    def _gives_up(self, broken: Broken) -> Transient:
        asked = retry_after(broken.headers) or 0.0
        if broken.ill is not None:
            self._breakers.of(broken.ill).failed(broken.said, asked)
        if not asked:
            return Transient(*broken.said)
        said, lasts = broken.said, length(asked)
        return Transient(
            f"{said.th}; เซิร์ฟเวอร์ขอให้เว้นการติดต่อ {lasts.th}",
            f"{said.en}; the server asks to be left alone for {lasts.en}",
        )

    def _once(self, call: _Call, read: Callable[[Answer], Any], admitted: set[Origin]) -> Any:
        entry = self._credentials.current()
        response = self._follow(call, entry, admitted)
        refused = b""
        if response.status_code == 401 and 401 not in call.ok and self._ours(response):
            refused = _said(
                response
            )  # first: logging in needs a connection, and all may be taken by refused requests
            if self._credentials.renew(entry):
                entry = self._credentials.current()
                response, refused = self._follow(call, entry, admitted), b""
        try:
            if response.status_code not in call.ok:
                raise self._refusal(call, response, refused or _said(response), entry)
            return read(response)
        except BaseException:
            response.close()
            raise

    def _follow(self, call: _Call, entry: Pass, admitted: set[Origin]) -> Answer:
        """The answer at the end of all redirects; other origins never get our credentials."""
        request, origin = call.prepared.copy(), self.origin
        request.headers.update(entry.headers)
        for _ in range(MAX_HOPS + 1):
            if origin not in admitted:
                self._breakers.of(origin).admit()
                admitted.add(origin)
            response = self._wire.send(request, origin)
            if response.status_code not in _BUSY:
                self._breakers.of(origin).succeeded()
            location = response.headers.get("Location")
            if response.status_code in call.ok or response.status_code not in _MOVED or not location:
                return response
            _said(response)
            hop = self._hop(call, request, location)
            origin = hop.origin
            kept = {n: v for n, v in request.headers.items() if hop.ours or n.lower() in _HARMLESS}
            request = self._wire.prepare(requests.Request(request.method, hop.url, kept))
        raise Terminal(
            f"{self.origin}: {call.name} ถูกส่งต่อไปไม่รู้จบ ให้ตรวจ `url` ในการตั้งค่า",
            f"{self.origin}: {call.name} is sent on and on; check `url` in the settings",
        )

    def _hop(self, call: _Call, request: requests.PreparedRequest, location: str) -> Hop:
        hop = self._base.hop(str(request.url), _text(location))
        if request.method not in _SAFE:
            raise Terminal(
                f"{self.origin}: {call.name} ถูกส่งต่อไปที่ {hop.origin} ให้ตั้ง `url` เป็นที่อยู่ที่เซิร์ฟเวอร์ใช้เอง",
                f"{self.origin}: {call.name} is sent on to {hop.origin}; set `url` to the address that "
                "the server itself uses",
            )
        if not hop.ours and not call.away:
            raise Broken(
                Sentence(
                    f"{self.origin}: {call.name} ถูกส่งต่อไปที่ {hop.origin} {_A_GATE.th}",
                    f"{self.origin}: {call.name} is sent on to {hop.origin}; {_A_GATE.en}",
                ),
                again=False,
            )
        return hop

    def _ours(self, response: Answer) -> bool:
        return response.origin == self.origin

    def _refusal(self, call: _Call, response: Answer, said: bytes, entry: Pass) -> Refused | Broken:
        status, origin = response.status_code, response.origin
        code, words, details = words_of(entry.cover(said.decode("utf-8", "replace")))
        words = redacted(words)
        shown = words or redacted(entry.cover(str(response.reason or "")))
        help_ = _HELP.get(status, _NO_HELP) if status >= 400 else _UNEXPECTED
        sentence = Sentence(
            f"{origin}: {call.name}: เซิร์ฟเวอร์ตอบ {code or status} {shown}{help_.th}",
            f"{origin}: {call.name}: {code or status} {shown}{help_.en}",
        )
        if status in _LATER or (status >= 500 and status not in _NEVER):
            return Broken(sentence, sent=status not in _LATER, ill=origin, headers=response.headers)
        return Refused(sentence, status, code, words, details)


def _content(response: Answer, limit: int) -> bytes:
    what = redacted(f"{response.origin}: {response.request.method} {response.request.path_url}")
    try:
        return Body(response, limit).readall()
    except TooLarge as error:
        raise Terminal(
            f"{what}: {error.said.th} ให้ตรวจว่าเป็นเซิร์ฟเวอร์ที่ต้องการ",
            f"{what}: {error.said.en}; is this the right server?",
        ) from None
    except NotAsSent as error:
        sentence = Sentence(f"{what}: {error.said.th}", f"{what}: {error.said.en}")
    raise Broken(sentence)


def _refuse_html(response: Answer, call: _Call) -> None:
    """Refuse an HTML page unless it is an attached file: servers send none, but captive portals do."""
    kind = response.headers.get("Content-Type", "").strip().lower()
    if response.ok and kind.startswith(_HTML) and "Content-Disposition" not in response.headers:
        raise Broken(
            Sentence(
                f"{response.origin}: {call.name} ได้หน้าเว็บเป็นคำตอบ {_A_GATE.th}",
                f"{response.origin}: {call.name} is answered with a web page; {_A_GATE.en}",
            ),
            again=False,
        )


def _said(response: Answer) -> bytes:
    """The body of an unused answer, as far as it comes; once it is read, the connection can be reused."""
    try:
        return Body(response, MAX_REFUSAL).readall()
    except OSError:
        return b""


def _text(location: str) -> str:
    """A header's text: UTF-8, which the HTTP library hands over as Latin-1."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location
