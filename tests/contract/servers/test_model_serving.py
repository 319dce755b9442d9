"""The HTTP server in front of the models: keep-alive, gzip, and each fault that tests can order."""

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
import requests

from tests.models.central.app import EMAIL, PASSWORD
from tests.models.faults import Faults
from tests.models.serving import Served, run_process, serve

LONG = "x" * 5000


def app(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Answers with what it was asked."""
    said = {
        "method": environ["REQUEST_METHOD"],
        "path": environ["PATH_INFO"],
        "query": environ["QUERY_STRING"],
        "body": environ["wsgi.input"].read().decode(),
        "peer": environ["REMOTE_PORT"],
        "long": LONG,
    }
    start("200 OK", [("Content-Type", "application/json"), ("ETag", '"strong"')])
    return [json.dumps(said).encode()]


@pytest.fixture
def served() -> Iterator[Served]:
    with serve(app) as running:
        yield running


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as made:
        yield made


def test_a_connection_serves_request_after_request(served: Served, session: requests.Session) -> None:
    answers = [session.post(f"{served.url}/a b?x=%2B", data="ก".encode()).json() for _ in range(3)]
    assert len({one.pop("peer") for one in answers}) == 1
    assert answers[0] == {"method": "POST", "path": "/a b", "query": "x=%2B", "body": "ก", "long": LONG}
    assert served.faults.asked == ("POST /a%20b?x=%2B",) * 3


def test_a_body_may_come_in_chunks(served: Served, session: requests.Session) -> None:
    assert session.put(served.url, data=iter([b"one ", b"two"])).json()["body"] == "one two"
    assert session.get(served.url).json()["method"] == "GET"


def test_gzip_is_given_when_asked_for_and_weakens_the_etag(served: Served, session: requests.Session) -> None:
    packed = session.get(served.url)
    plain = session.get(served.url, headers={"Accept-Encoding": "identity"})
    assert (packed.headers["Content-Encoding"], packed.headers["ETag"]) == ("gzip", 'W/"strong"')
    assert int(packed.headers["Content-Length"]) < len(LONG) < int(plain.headers["Content-Length"])
    assert plain.headers["ETag"] == '"strong"'
    assert packed.json()["long"] == plain.json()["long"]


def test_a_head_has_the_length_and_no_body(served: Served, session: requests.Session) -> None:
    answer = session.head(served.url, headers={"Accept-Encoding": "identity"})
    assert int(answer.headers["Content-Length"]) > len(LONG)
    assert answer.content == b""


@pytest.mark.parametrize("kind", ["reset", "cut", "lost"])
def test_a_broken_connection(kind: Any, served: Served, session: requests.Session) -> None:
    served.faults.add(kind, "/broken")
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        session.get(f"{served.url}/broken")
    assert session.get(f"{served.url}/broken").status_code == 200


def test_what_was_lost_was_carried_out_and_what_was_reset_was_not(session: requests.Session) -> None:
    seen: list[str] = []

    def recorder(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        seen.append(environ["PATH_INFO"])
        return app(environ, start)

    faults = Faults()
    faults.add("lost", "/lost")
    faults.add("reset", "/reset")
    with serve(recorder, faults=faults) as running:
        for path in ("/lost", "/reset"):
            with pytest.raises(requests.ConnectionError):
                session.get(running.url + path)
    assert seen == ["/lost"]


def test_an_error_instead_of_an_answer(served: Served, session: requests.Session) -> None:
    served.faults.add("status", status=429, seconds=7)
    served.faults.add("status", status=500)
    served.faults.add("html")
    answers = [session.get(served.url) for _ in range(4)]
    assert [one.status_code for one in answers] == [429, 500, 200, 200]
    assert answers[0].headers["Retry-After"] == "7"
    assert answers[2].headers["Content-Type"].startswith("text/html")


def test_which_requests_are_struck(served: Served, session: requests.Session) -> None:
    served.faults.add("status", "/photos/", method="GET", skip=1, times=2)
    statuses = [session.get(f"{served.url}/photos/1").status_code for _ in range(4)]
    others = [session.post(f"{served.url}/photos/1").status_code, session.get(served.url).status_code]
    assert (statuses, others) == ([200, 500, 500, 200], [200, 200])
    served.faults.add("status", times=None)
    assert [session.get(served.url).status_code for _ in range(3)] == [500] * 3
    served.faults.clear()
    assert session.get(served.url).status_code == 200


def test_a_model_that_breaks_makes_its_test_fail(session: requests.Session) -> None:
    def broken(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        raise RuntimeError("a bug of the model")

    def use() -> None:
        with serve(broken) as running, contextlib.suppress(requests.ConnectionError):
            session.get(running.url)

    with pytest.raises(AssertionError, match="a bug of the model"):
        use()


def test_a_model_runs_in_a_process_of_its_own(session: requests.Session) -> None:
    filling = ("--submissions", 3, "--photos", 1, "--photo-bytes", 2000, "--seed", 7)
    with run_process("tests.models.central", *filling) as url:
        login = session.post(f"{url}/v1/sessions", json={"email": EMAIL, "password": PASSWORD})
        session.headers["Authorization"] = f"Bearer {login.json()['token']}"
        form = f"{url}/v1/projects/1/forms/mochocho_application"
        rows = session.get(f"{form}.svc/Submissions").json()["value"]
        assert len(rows) == 3
        photo = f"{form}/submissions/{rows[0]['__id']}/attachments/{rows[0]['photo_0']}"
        assert len(session.get(photo).content) == 2000
    with pytest.raises(requests.ConnectionError):
        session.get(url)
