"""A secret goes to its own server and nowhere else: no other host, no log line, no error."""

import logging
import pickle
import ssl
import subprocess
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from mochocho.words.errors import MochochoError, Terminal, Transient
from sync.web import hosts
from sync.web.client import Client, Refused
from tests.needs import need
from tests.web_server import (
    RESET,
    Asked,
    Bytes,
    Waits,
    WebServer,
    always,
    answer,
    json_answer,
    opened,
    then,
    web_server,
)

TOKEN = "Geheim0123456789abcdefghijklmnopqrstuvwxyz!$ABCDEFGHIJKLMNOPQRST"  # 64 characters, as Central's are
FILE = b"a photo" * 1000


class Login:
    """Logs in as Central does: credentials for a session, and again when the session has ended."""

    def __init__(self, *, renews: bool = True) -> None:
        self.token = TOKEN
        self.renews = renews
        self.logins = 0
        self.told: list[int] = []  # threads at once
        self._inside = 0

    def headers(self, _client: Client) -> Mapping[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def refused(self, client: Client) -> bool:
        self._inside += 1
        self.told.append(self._inside)
        if self.renews:
            self.token = client.json("POST", "/v1/sessions", body={"password": "x"})["token"]
        self.logins += 1
        self._inside -= 1
        return self.renews


class Token:
    def __init__(self, text: str = TOKEN) -> None:
        self._text = text

    def headers(self, _client: Client) -> Mapping[str, str]:
        return {"Authorization": f"Token {self._text}", "X-Also": self._text}

    def refused(self, _client: Client) -> bool:
        return False


# --- other hosts


@contextmanager
def _storage(script: Callable[[Asked], Bytes] | None = None) -> Iterator[WebServer]:
    with web_server(
        script or always(answer(200, FILE, 'ETag: "00000000000000000000000000000000"'))
    ) as server:
        yield server


def test_storage_gives_the_file_and_is_told_nothing() -> None:
    with _storage() as storage:
        moved = answer(
            307, b"", f"Location: {storage.url}/photo?X-Amz-Signature=abc", "Set-Cookie: session=geheim"
        )
        with (
            web_server(always(moved)) as server,
            opened(server.url, Token()) as client,
            client.stream("/photo", headers={"X-Mine": TOKEN, "Cookie": TOKEN}) as file,
        ):
            assert file.read() == FILE
    assert TOKEN in server.asked[0].headers["Authorization"]
    asked = storage.asked[0]
    assert (asked.method, asked.path) == ("GET", "/photo?X-Amz-Signature=abc")
    assert {name.lower() for name in asked.headers} <= {
        "host",
        "accept",
        "accept-encoding",
        "user-agent",
        "connection",
    }
    assert TOKEN not in str(asked.headers)


def test_whoever_sends_us_back_does_not_get_our_secret_used() -> None:
    with _storage(lambda _asked: answer(302, b"", f"Location: {server.url}/v1/elsewhere")) as storage:
        script = then(answer(307, b"", f"Location: {storage.url}/photo"), answer(200, FILE))
        with (
            web_server(script) as server,
            opened(server.url, Token()) as client,
            client.stream("/photo") as file,
        ):
            assert file.read() == FILE
    assert [TOKEN in str(asked.headers) for asked in server.asked] == [True, False]


def test_our_own_server_may_send_us_on_with_it() -> None:
    script = then(answer(301, b"", "Location: /data/"), json_answer(200, "1"))
    with web_server(script) as server, opened(server.url, Token()) as client:
        client.json("GET", "/data")
    assert [TOKEN in str(asked.headers) for asked in server.asked] == [True, True]


def test_a_storage_that_wants_a_login_does_not_end_our_session() -> None:
    login = Login()
    with _storage(always(answer(401))) as storage:
        moved = answer(307, b"", f"Location: {storage.url}/photo")
        with (
            web_server(always(moved)) as server,
            opened(server.url, login) as client,
            pytest.raises(Refused, match=storage.host),
        ):
            client.stream("/photo")
    assert login.logins == 0


@pytest.mark.parametrize(
    "location",
    ["http://169.254.169.254/latest/meta-data/", "http://[fe80::1]/", "file:///etc/passwd", "http://0xa9fea9fe/",
     "http://[::ffff:169.254.169.254]/", "ftp://a.example/", "http://user:pw@a.example/", "http://:80/",
     "http://*.example/", "http://[bad/"],
)  # fmt: skip
def test_some_places_are_never_asked(location: str) -> None:
    moved = answer(302, b"", f"Location: {location}")
    with web_server(always(moved)) as server, opened(server.url, Token()) as client, pytest.raises(Terminal):
        client.stream("/photo")
    assert len(server.asked) == 1


def test_a_name_that_leads_to_such_a_place_is_not_asked_either(monkeypatch: pytest.MonkeyPatch) -> None:
    with web_server(always(json_answer(200, "1"))) as server:
        named = server.url.replace("127.0.0.1", "localhost")
        with opened(named, Token()) as client:
            client.json("GET", "/x")
        monkeypatch.setattr(hosts, "_METADATA", {hosts.ipaddress.ip_address("127.0.0.1")})
        with opened(named, Token()) as client, pytest.raises(Terminal, match="no request is sent there"):
            client.json("GET", "/x")
    assert len(server.asked) == 1


def test_an_absolute_address_is_called_on_our_own_server_alone() -> None:
    with (
        _storage() as other,
        web_server(always(json_answer(200, "1"))) as server,
        opened(server.url, Token()) as client,
    ):
        assert client.json("GET", f"{server.url}/data/?start=100") == 1
        with pytest.raises(Terminal, match="must not go"):
            client.json("GET", f"{other.url}/data/?start=100")
        with pytest.raises(Terminal, match="must not go"):
            client.stream(f"{other.url}/photo")
    assert other.asked == []


# --- the environment


def test_a_netrc_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login somebody password geheim\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    with web_server(always(json_answer(200, "1"))) as server, opened(server.url) as client:
        client.json("GET", "/x")
    assert "Authorization" not in server.asked[0].headers


@pytest.fixture
def proxied(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    for name in (
        "no_proxy",
        "NO_PROXY",
        "all_proxy",
        "ALL_PROXY",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "https_proxy",
    ):
        monkeypatch.delenv(name, raising=False)
    return lambda url: monkeypatch.setenv("http_proxy", url)


def test_a_proxy_of_the_environment_is_used(
    proxied: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        web_server(always(json_answer(200, "1"))) as proxy,
        web_server(always(json_answer(200, "2"))) as server,
    ):
        proxied(f"http://office:geheim@{proxy.host}")
        with opened("http://central.example.invalid") as client:
            assert client.json("GET", "/x") == 1
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        with opened(server.url) as client:
            assert client.json("GET", "/x") == 2
    assert proxy.paths() == ["http://central.example.invalid/x"]
    assert proxy.asked[0].headers["Proxy-Authorization"].startswith("Basic ")
    assert "Proxy-Authorization" not in server.asked[0].headers


@pytest.mark.parametrize("given", [answer(407), RESET])
def test_a_proxy_that_fails_is_named_without_its_password(
    proxied: Callable[[str], None], given: Bytes, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with web_server(always(given)) as proxy:
        proxied(f"http://office:geheim@{proxy.host}")
        with opened("http://central.example.invalid") as client, pytest.raises(MochochoError) as raised:
            client.json("GET", "/x")
    _nothing_of("geheim", raised.value, caplog)
    proxied(f"http://office:geheim@{proxy.host}")  # nobody listens there any more
    with (
        opened("http://central.example.invalid") as client,
        pytest.raises(Transient, match="the proxy") as raised,
    ):
        client.json("GET", "/x")
    _nothing_of("geheim", raised.value, caplog)
    proxied(f"socks5://office:geheim@{proxy.host}")
    with (
        opened("http://central.example.invalid") as client,
        pytest.raises(Transient, match="the proxy") as raised,
    ):
        client.json("GET", "/x")
    _nothing_of("geheim", raised.value, caplog)


# --- logs and errors


def _nothing_of(secret: str, error: BaseException, caplog: pytest.LogCaptureFixture) -> None:
    """Nowhere in what we raise, in what it carries along, or in what was logged."""
    chain: list[BaseException] = []
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is not None and one not in chain:
            chain.append(one)
            waiting += [one.__cause__, one.__context__]
    for one in chain:
        assert secret not in f"{one} {one!r} {one.args!r} {vars(one)!r}"
    assert secret not in "".join(traceback.format_exception(error))
    assert secret.encode() not in pickle.dumps(error)
    for record in caplog.records:
        assert secret not in f"{record.getMessage()} {record.args!r} {record.exc_info!r} {vars(record)!r}"


FAULTS = {
    "refused": json_answer(403, f'{{"message": "{TOKEN} may not", "code": 403.1}}'),
    "reason": Bytes(f"HTTP/1.1 404 {TOKEN}\r\nContent-Length: 0\r\n\r\n".encode()),
    "details": json_answer(400, f'{{"message": "No.", "code": 400.11, "details": {{"value": "{TOKEN}"}}}}'),
    "unknown": json_answer(401, f'{{"detail": "Invalid token {TOKEN}."}}'),
    "field": json_answer(400, f'{{"token": ["{TOKEN}"]}}'),
    "unwell": json_answer(500, f'{{"message": "{TOKEN}"}}'),
    "away": answer(503, TOKEN.encode()),
    "page": answer(200, TOKEN.encode(), "Content-Type: text/html"),
    "cut": answer(200, TOKEN.encode(), length=999),
    "no json": json_answer(200, TOKEN),
    "reset": RESET,
    "no http": Bytes(f"{TOKEN} {TOKEN}\r\n\r\n".encode(), "close"),
    "bad headers": Bytes(f"HTTP/1.1 403 No\r\n{TOKEN}\r\nContent-Length: 0\r\n\r\n".encode(), "close"),
    "sent on": answer(302, b"", f"Location: http://other.invalid/key/{TOKEN}?key={TOKEN}"),
    "sent nowhere": answer(302, b"", f"Location: file:///{TOKEN}"),
    "sent on and on": answer(302, b"", f"Location: /v1/key/{TOKEN}/x"),
    "long": json_answer(200, f'"{TOKEN}"'),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_no_fault_shows_the_secret(fault: Bytes, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    paths = (
        "/v1/projects",
        f"/v1/key/{TOKEN}/projects",
        f"/v1/sessions/{TOKEN}",
        f"/v1/x/{TOKEN}?st={TOKEN}",
    )
    with web_server(always(fault)) as server, opened(server.url, Token(), tries=2) as client:
        for path in paths:
            with pytest.raises(MochochoError) as raised:
                client.json("GET", path, limit=10)
            _nothing_of(TOKEN, raised.value, caplog)
            with pytest.raises(MochochoError) as raised:
                client.request("DELETE", path, limit=10)
            _nothing_of(TOKEN, raised.value, caplog)
        assert TOKEN not in f"{client!r} {client}"
    assert any(record.name.startswith("urllib3") for record in caplog.records)


@pytest.mark.parametrize(
    "path", ["/v1/key/kurz-geheim/projects", "/v1/sessions/kurz-geheim", "/x?st=kurz-geheim"]
)
def test_a_short_token_in_an_address_is_not_shown_either(path: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with (
        web_server(always(answer(403))) as server,
        opened(server.url) as client,
        pytest.raises(Refused, match=r"GET /.*…") as raised,
    ):
        client.json("GET", path)
    _nothing_of("kurz-geheim", raised.value, caplog)


def test_a_server_that_is_not_there_does_not_show_it_either(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with web_server(always(answer(200))) as server:
        url = server.url
    for _ in range(2):
        with opened(url, Token(), tries=1) as client:
            for _ in range(6):
                with pytest.raises(Transient) as raised:
                    client.json("GET", f"/v1/key/{TOKEN}/projects")
                _nothing_of(TOKEN, raised.value, caplog)


@pytest.mark.parametrize("text", [f"{TOKEN}\r\nX-Evil: 1", f"{TOKEN}ก", f"{TOKEN}\x00"])
def test_a_secret_that_no_header_carries_is_not_shown(text: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with web_server(always(answer(200))) as server, opened(server.url, Token(text)) as client:
        with pytest.raises(Terminal, match="HTTP cannot carry") as raised:
            client.json("GET", "/x")
        _nothing_of(TOKEN, raised.value, caplog)
        with pytest.raises(Terminal, match="HTTP cannot carry") as raised:
            client.request("GET", "/x", headers={"X-Mine": f"{TOKEN}\r\n"})
        _nothing_of(TOKEN, raised.value, caplog)
    assert server.asked == []


# --- logging in again


def _session_server(valid: set[str]) -> Callable[[Asked], Bytes]:
    """Answers 401 to every token but those of `valid`; a login, sent without one, makes one valid."""

    def script(asked: Asked) -> Bytes:
        if asked.path == "/v1/sessions":
            if asked.headers["Authorization"] is not None:
                return json_answer(400, "{}")
            valid.add("new")
            return json_answer(200, '{"token": "new"}')
        token = str(asked.headers["Authorization"]).removeprefix("Bearer ")
        return json_answer(200, "1") if token in valid else json_answer(401, '{"message":"No.","code":401.2}')

    return script


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_after_a_401_it_logs_in_once_and_asks_again(method: str) -> None:
    login = Login()
    with web_server(_session_server(set())) as server, opened(server.url, login) as client:
        assert client.json(method, "/v1/projects", files={"a": b"1"}) == 1
        assert client.json("GET", "/v1/projects") == 1
    assert server.paths() == ["/v1/projects", "/v1/sessions", "/v1/projects", "/v1/projects"]
    assert server.asked[0].body == server.asked[2].body
    assert login.logins == 1


def test_of_many_threads_one_logs_in() -> None:
    login, together = Login(), threading.Barrier(8)
    inner = _session_server(set())

    def script(asked: Asked) -> Bytes:
        if asked.headers["Authorization"] == f"Bearer {TOKEN}":
            together.wait(20)  # all eight were refused before one logs in
        return inner(asked)

    with web_server(script) as server, opened(server.url, login) as client, ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda _: client.json("GET", "/v1/projects"), range(8))) == [1] * 8
    assert login.logins == 1
    assert server.paths().count("/v1/sessions") == 1


def test_sessions_may_end_many_times() -> None:
    login, valid = Login(), set[str]()
    with web_server(_session_server(valid)) as server, opened(server.url, login) as client:
        for _ in range(3):
            valid.clear()
            assert client.json("GET", "/v1/projects") == 1
    assert login.logins == 3


@pytest.mark.parametrize("renews", [True, False])
def test_a_401_that_stays_is_a_no(renews: bool) -> None:
    login = Login(renews=renews)

    def script(asked: Asked) -> Bytes:
        return json_answer(200, '{"token": "new"}') if asked.path == "/v1/sessions" else answer(401)

    with (
        web_server(script) as server,
        opened(server.url, login) as client,
        pytest.raises(Refused, match="does not accept our password or token") as raised,
    ):
        client.json("GET", "/v1/projects")
    assert raised.value.status == 401
    assert login.logins == 1
    assert server.paths().count("/v1/projects") == (2 if renews else 1)


def test_a_wrong_password_is_not_tried_by_every_thread() -> None:
    login, together = Login(renews=False), threading.Barrier(8)

    def script(_asked: Asked) -> Bytes:
        together.wait(20)
        return answer(401)

    def ask(client: Client) -> int:
        with pytest.raises(Refused) as raised:
            client.json("GET", "/x")
        return int(raised.value.status)

    with web_server(script) as server, opened(server.url, login) as client, ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, [client] * 8)) == [401] * 8
    assert login.logins == 1


def test_a_login_that_fails_says_why_and_does_not_log_in_for_itself() -> None:
    with (
        web_server(always(json_answer(401, '{"message":"Wrong.","code":401.2}'))) as server,
        opened(server.url, Login()) as client,
        pytest.raises(Refused, match=r"/sessions: 401\.2 Wrong\."),
    ):
        client.json("GET", "/v1/projects")
    assert server.paths() == ["/v1/projects", "/v1/sessions"]


# --- certificates and names, in words for whoever runs the network


def _tls(folder: Path, names: str) -> tuple[ssl.SSLContext, Path]:
    need("openssl")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-keyout", key, "-out", certificate, "-days", "30", "-subj", "/CN=test",
         "-addext", f"subjectAltName={names}"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context, certificate


def test_a_certificate_that_nobody_vouches_for_is_said_and_not_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    context, certificate = _tls(tmp_path, "IP:127.0.0.1")
    waits = Waits()
    with web_server(always(json_answer(200, "1")), context) as server:
        with (
            opened(server.url, Token(), waits) as client,
            pytest.raises(Transient, match=r"not accepted \(self.signed.*date and time.*REQUESTS_CA"),
        ):
            client.json("GET", "/x")
        assert (waits.slept, server.asked) == ([], [])
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
        with opened(server.url, Token()) as client:
            assert client.json("GET", "/x") == 1


def test_a_certificate_of_another_host_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context, certificate = _tls(tmp_path, "DNS:central.example")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    with (
        web_server(always(json_answer(200, "1")), context) as server,
        opened(server.url, Token()) as client,
        pytest.raises(Transient, match=r"not valid for '127\.0\.0\.1'"),
    ):
        client.json("GET", "/x")
    assert server.asked == []


def test_certificates_that_are_not_where_the_variable_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "none.pem"))
    with (
        pytest.raises(Terminal, match=r"REQUESTS_CA_BUNDLE: .*none\.pem: no such file"),
        opened("http://a.example"),
    ):
        pass


def test_https_where_http_is_spoken_is_said() -> None:
    with (
        web_server(always(answer(200))) as server,
        opened(server.url.replace("http", "https"), tries=1) as client,
        pytest.raises(Transient, match="no HTTPS that we understand"),
    ):
        client.json("GET", "/x")


@pytest.mark.parametrize("host", ["central.example.invalid", "central..example"])
def test_a_name_that_nobody_knows_is_said(host: str) -> None:
    with (
        opened(f"http://{host}", tries=2) as client,
        pytest.raises(Transient, match="no computer of this name is known; check"),
    ):
        client.json("POST", "/x")
