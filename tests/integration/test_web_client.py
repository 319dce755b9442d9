"""The client's requests, its retries, and its handling of answers."""

import json
import pickle
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from mochocho.words.errors import Terminal, Transient
from sync.web.client import Client, Refused
from tests.web_server import (
    CLOSED,
    RESET,
    Asked,
    Bytes,
    Waits,
    always,
    answer,
    json_answer,
    opened,
    then,
    web_server,
)

FINE = json_answer(200, '{"fine": true}')
UNWELL = answer(503, b"")
PAGE = b'<!doctype html>\n<html>\n  <head>\n    <meta charset="utf-8">'
HTML = "Content-Type: text/html; charset=utf-8"


# --- what goes out


def test_a_request_carries_what_its_caller_gave() -> None:
    with web_server(always(json_answer(201, "[1]"))) as server, opened(f"{server.url}/base/") as client:
        given = client.json(
            "post",
            "/v1/a",
            params={"$filter": "x eq 'ก+'"},
            body={"a": 1},
            headers={"X-A": "b"},
            ok=(200, 201),
        )
        assert given == [1]
    asked = server.asked[0]
    assert (asked.method, asked.path) == ("POST", "/base/v1/a?%24filter=x+eq+%27%E0%B8%81%2B%27")
    assert (json.loads(asked.body), asked.headers["X-A"]) == ({"a": 1}, "b")
    assert asked.headers["Accept"] == "application/json"
    assert asked.headers["Accept-Encoding"] == "gzip"
    assert "Authorization" not in asked.headers


def test_a_head_asks_for_the_etag_of_the_bytes_themselves() -> None:
    head = Bytes(b'HTTP/1.1 200 OK\r\nETag: "abc"\r\nContent-Length: 5000\r\n\r\n')
    with web_server(always(head)) as server, opened(server.url) as client:
        replies = [client.request("HEAD", "/file") for _ in range(3)]
    assert [(reply.headers["etag"], reply.content) for reply in replies] == [('"abc"', b"")] * 3
    assert server.asked[0].headers["Accept-Encoding"] == "identity"


def test_files_go_as_multipart_and_the_same_again() -> None:
    with web_server(then(UNWELL, json_answer(201, "{}"))) as server, opened(server.url) as client:
        client.json(
            "POST", "/f", files={"content": ("a.csv", b"k,l\n", "text/csv")}, data={"t": "m"}, ok=(201,)
        )
    first, second = server.asked
    assert first.body == second.body
    assert b'name="content"; filename="a.csv"' in first.body
    assert b'name="t"\r\n\r\nm\r\n' in first.body
    assert first.headers["Content-Type"] == second.headers["Content-Type"]


def test_requests_one_after_another_share_a_connection() -> None:
    def script(asked: Asked) -> Bytes:
        if asked.path == "/moved":
            return answer(301, b"moved", "Location: /here")
        return FINE if asked.path == "/here" else json_answer(403, '{"code": 403.1}')

    with web_server(script) as server, opened(server.url) as client:
        for _ in range(5):
            client.json("GET", "/moved")
            with pytest.raises(Refused):
                client.json("GET", "/refused")
            client.stream("/here").read()
    assert {asked.connection for asked in server.asked} == {1}


def test_threads_share_a_pool_and_never_mix_their_answers() -> None:
    def script(asked: Asked) -> Bytes:
        return json_answer(200, json.dumps(asked.path))

    with web_server(script) as server, opened(server.url) as client, ThreadPoolExecutor(8) as pool:
        paths = [f"/{number}" for number in range(400)]
        assert list(pool.map(lambda path: client.json("GET", path), paths)) == paths
    assert len({asked.connection for asked in server.asked}) <= 8


def test_cookies_are_not_kept() -> None:
    cookie = json_answer(200, "1", "Set-Cookie: session=geheim; Path=/", "Set-Cookie: __csrf=geheim; Path=/")
    with web_server(always(cookie)) as server, opened(server.url) as client:
        client.json("POST", "/v1/sessions")
        client.json("GET", "/v1/projects")
    assert [asked.headers["Cookie"] for asked in server.asked] == [None, None]


def test_a_relative_redirect_is_followed_with_its_query() -> None:
    moved = Bytes(
        b"HTTP/1.1 301 Moved\r\nLocation: /data/?limit=1&n=\xe0\xb8\x81\r\nContent-Length: 0\r\n\r\n"
    )
    with web_server(then(moved, FINE)) as server, opened(server.url) as client:
        assert client.json("GET", "/data?limit=1") == {"fine": True}
    assert server.paths() == ["/data?limit=1", "/data/?limit=1&n=%E0%B8%81"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_only_get_and_head_are_sent_on(method: str) -> None:
    with (
        web_server(then(answer(307, b"", "Location: /there"), FINE)) as server,
        opened(server.url) as client,
        pytest.raises(Terminal, match="set `url` to the address"),
    ):
        client.json(method, "/here", again=True)
    assert server.paths() == ["/here"]


def test_it_is_not_sent_on_for_ever() -> None:
    with (
        web_server(always(answer(302, b"", "Location: /again"))) as server,
        opened(server.url) as client,
        pytest.raises(Terminal, match="sent on and on"),
    ):
        client.json("GET", "/again")
    assert len(server.asked) == 6


# --- trying again


@pytest.mark.parametrize(
    "fault", [answer(500), answer(502), UNWELL, answer(504), answer(429), answer(408), RESET, CLOSED]
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_passing_fault_is_tried_again(method: str, fault: Bytes) -> None:
    waits = Waits()
    with web_server(then(fault, fault, answer(200))) as server, opened(server.url, None, waits) as client:
        assert client.request(method, "/x").status == 200
    assert len(server.asked) == 3
    assert len(waits.slept) == 2
    assert waits.slept[0] <= 0.5
    assert waits.slept[1] <= 1.0


@pytest.mark.parametrize("fault", [answer(500), answer(502), answer(504), RESET, CLOSED])
@pytest.mark.parametrize("method", ["POST", "PATCH", "PUT", "DELETE"])
def test_what_may_have_been_done_is_not_done_twice_unless_that_is_harmless(method: str, fault: Bytes) -> None:
    with web_server(then(fault, answer(200))) as server, opened(server.url) as client:
        with pytest.raises(Transient):
            client.request(method, "/x", body={})
        assert len(server.asked) == 1
    with web_server(then(fault, answer(200))) as server, opened(server.url) as client:
        assert client.request(method, "/x", body={}, again=True).status == 200


@pytest.mark.parametrize("status", [408, 429, 503])
def test_what_the_server_put_off_is_sent_again_whatever_it_is(status: int) -> None:
    with web_server(then(answer(status), answer(200))) as server, opened(server.url) as client:
        assert client.request("POST", "/x", body={}).status == 200


def test_what_never_connected_is_sent_again_whatever_it_is() -> None:
    with web_server(always(FINE)) as server:
        url = server.url
    waits = Waits()
    with opened(url, None, waits, tries=4) as client, pytest.raises(Transient, match="refuses connections"):
        client.json("POST", "/x", body={})
    assert len(waits.slept) == 3


def test_tries_end() -> None:
    waits = Waits()
    with (
        web_server(always(answer(500))) as server,
        opened(server.url, None, waits, tries=3) as client,
        pytest.raises(Transient, match="GET /x: 500"),
    ):
        client.json("GET", "/x")
    assert (len(server.asked), len(waits.slept)) == (3, 2)


@pytest.mark.parametrize(
    ("header", "waited"),
    [
        ("Retry-After: 7", 7.0),
        ("Retry-After: 60", 60.0),
        ("Date: Sat, 21 Nov 2020 06:00:00 GMT\r\nRetry-After: Sat, 21 Nov 2020 06:00:09 GMT", 9.0),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_a_server_says_how_long_to_wait(status: int, header: str, waited: float) -> None:
    waits = Waits()
    with (
        web_server(then(answer(status, b"", header), FINE)) as server,
        opened(server.url, None, waits) as client,
    ):
        client.json("GET", "/x")
    assert waits.slept == [waited]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("Retry-After: 3600", "60 minutes"),
        ("Retry-After: 61", "61 seconds"),
        ("Retry-After: 86400", "1440 minutes"),
        ("Date: Sat, 21 Nov 2020 06:00:00 GMT\r\nRetry-After: Sat, 21 Nov 2020 07:00:00 GMT", "60 minutes"),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_who_asks_for_longer_holds_no_command_and_is_asked_nothing_more(
    status: int, header: str, said: str, method: str
) -> None:
    waits = Waits()
    with (
        web_server(always(answer(status, b"", header))) as server,
        opened(server.url, None, waits) as client,
    ):
        for told in (f"asks to be left alone for {said}$", "left alone for .* more$"):
            with pytest.raises(Transient, match=told):
                client.json(method, "/x")
        assert len(server.asked) == 1
        waits.now += 3601
        with pytest.raises(Transient, match="asks to be left alone"):
            client.json(method, "/x")
    assert len(server.asked) == 2
    assert waits.slept == []


def test_what_is_asked_for_again_and_again_is_waited_for_once() -> None:
    waits = Waits()
    with (
        web_server(always(answer(429, b"", "Retry-After: 40"))) as server,
        opened(server.url, None, waits) as client,
        pytest.raises(Transient, match="left alone for 40 seconds"),
    ):
        client.json("GET", "/x")
    assert waits.slept == [40.0]


def test_a_silent_server_is_not_waited_for_for_ever() -> None:
    came, release = threading.Semaphore(0), threading.Event()

    def script(_asked: Asked) -> Bytes:
        came.release()
        release.wait(60)
        return FINE

    with web_server(script) as server:
        client = Client(server.url, None, patience=Waits().patience(tries=2), timeouts=(60.0, 0.1))
        with pytest.raises(Transient, match="did not answer in time"):
            client.json("GET", "/x")
        client.close()
        assert all(came.acquire(timeout=60) for _ in range(2))  # the server may have been slower than 0.1 s
        release.set()
    assert len(server.asked) == 2


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("asked_before", [False, True], ids=["new connection", "kept connection"])
def test_an_answer_may_take_longer_than_connecting(method: str, asked_before: bool) -> None:
    """A KoboToolbox took 14 s to deploy a form: its connection had stood in a moment."""

    def script(asked: Asked) -> Bytes:
        if asked.path == "/slow":
            time.sleep(0.6)
        return FINE

    with web_server(script) as server:
        client = Client(server.url, None, patience=Waits().patience(tries=1), timeouts=(0.3, 60.0))
        if asked_before:
            client.json("GET", "/warm")
        assert client.json(method, "/slow") == {"fine": True}
        client.close()
    assert server.paths() == [*(["/warm"] if asked_before else []), "/slow"]


def test_a_long_answer_may_take_longer_than_one_piece_of_it() -> None:
    """The second limit is that between two pieces, as long as the whole may take."""
    pieces = [b"a"] * 9  # 2.25 s together; one may come nearly two seconds late

    class Dripping(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(pieces)))
            self.end_headers()
            for piece in pieces:
                time.sleep(0.25)
                self.wfile.write(piece)
                self.wfile.flush()

        def log_message(self, *_: object) -> None:
            """Nothing on the test's output."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Dripping) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        client = Client(
            f"http://127.0.0.1:{server.server_port}",
            None,
            patience=Waits().patience(tries=1),
            timeouts=(0.3, 2.0),
        )
        assert client.request("GET", "/file").content == b"".join(pieces)
        client.close()
        server.shutdown()
        thread.join()


def test_after_failures_in_a_row_a_server_is_left_alone() -> None:
    waits, state = Waits(), [answer(502)]
    with web_server(lambda _asked: state[0]) as server, opened(server.url, None, waits, tries=2) as client:
        for _ in range(5):
            with pytest.raises(Transient, match="GET /x: 502"):
                client.json("GET", "/x")
        asked = len(server.asked)
        assert asked == 10
        with pytest.raises(Transient, match=r"GET /x: 502.*left alone for 30 seconds more"):
            client.json("GET", "/y")
        assert len(server.asked) == asked
        state[0] = FINE
        waits.now += 31
        assert client.json("GET", "/y") == {"fine": True}
        assert client.json("GET", "/y") == {"fine": True}


@pytest.mark.parametrize("given", [answer(500), json_answer(200, "{"), answer(200, PAGE, HTML), answer(404)])
def test_a_server_that_answers_is_not_left_alone(given: Bytes) -> None:
    with web_server(always(given)) as server, opened(server.url, tries=1) as client:
        for _ in range(8):
            with pytest.raises((Transient, Refused)):
                client.json("GET", "/x")
    assert len(server.asked) == 8


# --- what it makes of answers


@pytest.mark.parametrize(
    ("given", "code", "detail"),
    [
        (json_answer(403, '{"message":"You may not.","code":403.1}'), "403.1", "You may not."),
        (json_answer(409, '{"message":"Old.","code":409.10,"details":{"current":2}}'), "409.10", "Old."),
        (json_answer(404, '{"detail":"Not found."}'), "", "Not found."),
        (json_answer(400, '{"limit":"ต้องเป็นจำนวนเต็ม"}'), "", '{"limit": "ต้องเป็นจำนวนเต็ม"}'),
        (answer(404, PAGE, HTML), "", ""),
        (
            answer(409, b'<R><message nature="error">Gone.</message></R>', "Content-Type: text/xml"),
            "",
            "Gone.",
        ),
        (answer(410), "", ""),
        (answer(404, b"{", length=99), "", ""),
        (answer(501, b'{"message":"Not this OData.","code":501.5}'), "501.5", "Not this OData."),
        (answer(204), "", ""),
        (answer(418, b"[" * 100_000), "", ""),
    ],
)
def test_a_no_is_told_with_its_status_code_and_words(given: Bytes, code: str, detail: str) -> None:
    waits = Waits()
    with (
        web_server(always(given)) as server,
        opened(server.url, None, waits) as client,
        pytest.raises(Refused) as raised,
    ):
        client.json("GET", "/v1/x?secret=1")
    status = int(given.content.split()[1])
    assert (raised.value.status, raised.value.code, raised.value.detail) == (status, code, detail)
    assert str(raised.value).startswith(f"{server.url}: GET /v1/x?…: {code or status} {detail}".rstrip())
    assert waits.slept == []


def test_a_refusal_keeps_what_central_says_for_programs() -> None:
    given = json_answer(409, '{"message":"Old.","code":409.9,"details":{"current":"a"}}')
    with web_server(always(given)) as server, opened(server.url) as client, pytest.raises(Refused) as raised:
        client.json("PUT", "/x")
    assert raised.value.details == {"current": "a"}
    travelled = pickle.loads(pickle.dumps(raised.value))
    assert (str(travelled), vars(travelled)) == (str(raised.value), vars(raised.value))


def test_a_status_that_was_expected_is_no_error() -> None:
    with web_server(always(answer(404, PAGE, HTML))) as server, opened(server.url) as client:
        assert client.request("GET", "/x", ok=(200, 404)).status == 404
        assert client.json("GET", "/x", ok=(200, 404)) is None
    with (
        web_server(always(Bytes(b'HTTP/1.1 304 Same\r\nETag: "a"\r\n\r\n'))) as server,
        opened(server.url) as client,
    ):
        assert client.request("GET", "/x", ok=(200, 304)).status == 304
    with web_server(always(answer(500))) as server, opened(server.url) as client:
        assert client.request("GET", "/x", ok=(500,)).status == 500
    with web_server(always(answer(302, b"", "Location: /y"))) as server, opened(server.url) as client:
        assert client.request("GET", "/x", ok=(302,)).headers["location"] == "/y"


def test_an_empty_answer_is_none() -> None:
    with web_server(always(answer(204))) as server, opened(server.url) as client:
        assert client.json("DELETE", "/x", ok=(204,)) is None


@pytest.mark.parametrize("ask", [Client.json, Client.request, lambda client, _get, path: client.stream(path)])
def test_a_web_page_is_no_answer(ask: Callable[..., object]) -> None:
    with (
        web_server(always(answer(200, PAGE, HTML))) as server,
        opened(server.url) as client,
        pytest.raises(Transient, match="web page; is there a login page"),
    ):
        ask(client, "GET", "/x")
    assert len(server.asked) == 1


def test_a_web_page_that_someone_attached_is_a_file() -> None:
    given = answer(200, PAGE, HTML, "Content-Disposition: inline; filename=a.html")
    with web_server(always(given)) as server, opened(server.url) as client, client.stream("/x") as file:
        assert file.read() == PAGE


def test_a_gate_that_sends_us_to_its_own_page_is_not_believed() -> None:
    with web_server(always(FINE)) as gate:
        moved = answer(302, b"", f"Location: {gate.url}/login")
        with (
            web_server(always(moved)) as server,
            opened(server.url) as client,
            pytest.raises(Transient, match="login page of the network"),
        ):
            client.json("GET", "/x")
    assert gate.asked == []
