"""An incomplete answer is never taken to be complete."""

import gzip
import hashlib
import tracemalloc
from typing import BinaryIO

import pytest

from mochocho.words.errors import Terminal, Transient
from tests.web_server import Bytes, Waits, always, answer, json_answer, opened, then, web_server

FILE = bytes(range(256)) * 1000
TEXT = b'{"value": [' + b"1," * 20_000 + b"1]}"
PACKED = gzip.compress(TEXT)
GZIP = "Content-Encoding: gzip"


def _etag(content: bytes, weak: str = "") -> str:
    return f'ETag: {weak}"{hashlib.md5(content).hexdigest()}"'


def _read_out(file: BinaryIO) -> None:
    while file.read(1000):
        pass


def _chunked(content: bytes, *headers: str, end: bytes = b"0\r\n\r\n") -> Bytes:
    head = "\r\n".join(["HTTP/1.1 200 OK", "Transfer-Encoding: chunked", *headers, "", ""]).encode()
    pieces = [content[at : at + 5000] for at in range(0, len(content), 5000)]
    body = b"".join(f"{len(piece):x}\r\n".encode() + piece + b"\r\n" for piece in pieces)
    return Bytes(head + body + end, "keep" if end == b"0\r\n\r\n" else "close")


CUT = {
    "content length": answer(200, TEXT[:-10], length=len(TEXT)),
    "one byte": answer(200, TEXT[:-1], length=len(TEXT)),
    "nothing came": answer(200, b"", length=len(TEXT)),
    "chunk missing": _chunked(TEXT, end=b""),
    "within a chunk": _chunked(TEXT, end=b"ff\r\nabc"),
    "no chunk": _chunked(TEXT, end=b"zz\r\n"),
    "gzip cut, its length right": answer(200, PACKED[:-20], GZIP),
    "gzip without its end": answer(200, PACKED[:-8], GZIP),
    "gzip cut in chunks": _chunked(PACKED[:-1], GZIP),
    "gzip damaged": answer(200, PACKED[:50] + b"\xff" * 9 + PACKED[59:], GZIP),
    "no gzip": answer(200, TEXT, GZIP),
    "reset": Bytes(answer(200, TEXT[:-9], length=len(TEXT)).content, "reset"),
    "an encoding nobody asked for": answer(200, TEXT, "Content-Encoding: br"),
}


@pytest.mark.parametrize("cut", CUT.values(), ids=CUT)
def test_a_cut_answer_is_asked_for_again_and_never_believed(cut: Bytes) -> None:
    with web_server(then(cut, json_answer(200, "1"))) as server, opened(server.url) as client:
        assert client.json("GET", "/x") == 1
    with web_server(always(cut)) as server, opened(server.url) as client:
        with pytest.raises(Transient, match="GET /x"):
            client.json("GET", "/x")
        with pytest.raises(Transient, match="GET /x"):
            client.request("GET", "/x")


@pytest.mark.parametrize("cut", CUT.values(), ids=CUT)
def test_a_cut_file_raises_when_it_is_read_to_its_end_and_ever_after(cut: Bytes) -> None:
    with web_server(always(cut)) as server, opened(server.url) as client, client.stream("/x") as file:
        for _ in range(2):
            with pytest.raises(OSError, match="cut or damaged"):
                _read_out(file)


@pytest.mark.parametrize("text", ["{", '{"value": [1,', "nothing", '{"a": 1}{', "[" * 100_000, "\xff"])
def test_json_that_is_not_whole_is_asked_for_again_and_never_believed(text: str) -> None:
    with (
        web_server(then(json_answer(200, text), json_answer(200, "1"))) as server,
        opened(server.url) as client,
    ):
        assert client.json("GET", "/x") == 1
    waits = Waits()
    with web_server(always(json_answer(200, text))) as server, opened(server.url, None, waits) as client:
        with pytest.raises(Transient, match="GET /x is no whole JSON"):
            client.json("GET", "/x")
        assert len(waits.slept) == 4
        with pytest.raises(Transient):
            client.json("POST", "/x", body={})
        assert len(waits.slept) == 4


@pytest.mark.parametrize(
    "whole",
    [answer(200, TEXT), _chunked(TEXT), answer(200, PACKED, GZIP), _chunked(PACKED, GZIP),
     answer(200, gzip.compress(TEXT, 0), GZIP), Bytes(b"HTTP/1.0 200 OK\r\n\r\n" + TEXT, "close")],
)  # fmt: skip
def test_whole_answers_are_whole(whole: Bytes) -> None:
    with web_server(always(whole)) as server, opened(server.url) as client:
        assert len(client.json("GET", "/x")["value"]) == 20_001
        with client.stream("/x") as file:
            assert file.read() == TEXT
        with client.stream("/x") as file:
            assert b"".join(iter(lambda: file.read(777), b"")) == TEXT


@pytest.mark.parametrize(
    "etag", [_etag(FILE), _etag(b"other", "W/"), 'ETag: "59b77c5c-16a6"', 'ETag: "x"', "X: y"]
)
def test_a_file_is_compared_with_its_md5_where_the_etag_is_one(etag: str) -> None:
    with (
        web_server(always(answer(200, FILE, etag))) as server,
        opened(server.url) as client,
        client.stream("/x") as file,
    ):
        assert file.read() == FILE
    assert server.asked[0].headers["Accept-Encoding"] == "identity"


def test_other_bytes_than_the_md5_says_are_refused_at_the_end() -> None:
    with (
        web_server(always(answer(200, FILE, _etag(FILE[:-1] + b"x")))) as server,
        opened(server.url) as client,
    ):
        with client.stream("/x") as file, pytest.raises(OSError, match="MD5"):
            file.read()
        with client.stream("/x") as file:
            assert file.read(len(FILE)) == FILE
            with pytest.raises(OSError, match="MD5"):
                file.read(1)


def test_the_md5_is_that_of_the_file_not_of_what_was_packed() -> None:
    given = answer(200, gzip.compress(FILE), GZIP, _etag(FILE))
    with web_server(always(given)) as server, opened(server.url) as client, client.stream("/x") as file:
        assert file.read() == FILE


@pytest.mark.parametrize("given", [answer(200, FILE), _chunked(FILE), answer(200, gzip.compress(FILE), GZIP)])
def test_more_than_asked_for_is_refused(given: Bytes) -> None:
    with web_server(always(given)) as server, opened(server.url) as client:
        with pytest.raises(Terminal, match="larger than"):
            client.request("GET", "/x", limit=len(FILE) - 1)
        with pytest.raises(Terminal, match="larger than"):
            client.json("GET", "/x", limit=len(FILE) - 1)
        with client.stream("/x", limit=len(FILE) - 1) as file, pytest.raises(OSError, match="larger than"):
            file.read()
        assert client.request("GET", "/x", limit=len(FILE)).content == FILE


def test_a_small_answer_that_unpacks_to_a_huge_one_takes_no_memory() -> None:
    bomb = answer(200, gzip.compress(bytes(300 << 20)), GZIP)
    with web_server(always(bomb)) as server, opened(server.url) as client:
        tracemalloc.start()
        with pytest.raises(Terminal):
            client.request("GET", "/x", limit=1 << 20)
        with client.stream("/x") as file, pytest.raises(OSError, match="larger than 200 MB"):
            _read_out(file)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 20 << 20


def test_a_file_that_is_not_there_is_refused_before_it_is_read() -> None:
    with (
        web_server(always(answer(404, b'{"code": 404.1}'))) as server,
        opened(server.url) as client,
        pytest.raises(Terminal, match=r"404\.1"),
    ):
        client.stream("/x")


def test_a_file_left_unread_disturbs_no_other() -> None:
    with web_server(always(answer(200, FILE))) as server, opened(server.url) as client:
        client.stream("/x").close()
        with client.stream("/x") as file:
            file.read(10)
        with client.stream("/x") as file:
            assert file.read() == FILE
