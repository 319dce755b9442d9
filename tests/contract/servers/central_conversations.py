"""Recorded conversations with ODK Central, each in a new project, so that any Central can repeat them.

A conversation is a list of steps in a file of its own. `path` is below the project, or begins with `/v1`;
words in braces stand for values kept from an earlier step, `{letters:N}` for N letters, and `{mark}` for
eight hexadecimal digits that no other conversation has, because an entity's id is unique in a whole Central.
`as`: the user who asks, `admin` by default. Answers are stored masked, in the form in which they are
compared. `python -m tests.contract.servers.central_conversations NAME…` records them from the Central named
in the environment.
"""

import json
import os
import re
import secrets
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import requests
from werkzeug.test import Client

from tests.contract.servers.central_shapes import mask, masked
from tests.contract.servers.conversations import Said, Step, names, record, with_letters, without_letters
from tests.models.central.app import EMAIL, PASSWORD, CentralModel

FOLDER = Path(__file__).parents[2] / "models" / "central" / "conversations"
NAMES = names(FOLDER)

_WORD = re.compile(r"\{(\w+)\}")
_WORKER = 60.0  # seconds in which a real Central's worker has made what it makes
_VIEWER = "viewer-{}@example.org"
_VIEWER_PASSWORD = "viewer-of-a-test"


class Central(Protocol):
    """Where a conversation is held."""

    email: str
    password: str

    def send(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes | None
    ) -> tuple[int, str, bytes]:
        """Status, content type, body."""
        ...

    def settle(self) -> None:
        """Let the worker come to all that waits."""
        ...


class ModelOfCentral:
    email, password = EMAIL, PASSWORD

    def __init__(self) -> None:
        self._model = CentralModel(project=None)
        self._client = Client(self._model, use_cookies=False)

    def send(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes | None
    ) -> tuple[int, str, bytes]:
        answer = self._client.open(path, method=method, headers=dict(headers), data=body)
        return answer.status_code, answer.headers.get("Content-Type", ""), answer.data

    def settle(self) -> None:
        self._model.settle()


class RealCentral:
    """The one that the environment names."""

    def __init__(self) -> None:
        self._url = os.environ["MOCHOCHO_CENTRAL_URL"].rstrip("/")
        self.email = os.environ["MOCHOCHO_CENTRAL_EMAIL"]
        self.password = os.environ["MOCHOCHO_CENTRAL_PASSWORD"]

    def send(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes | None
    ) -> tuple[int, str, bytes]:
        answer = requests.request(
            method, self._url + path, headers=dict(headers), data=body, timeout=_WORKER, allow_redirects=False
        )
        return answer.status_code, answer.headers.get("Content-Type", ""), answer.content

    def settle(self) -> None:
        """It says nothing of when it comes."""
        time.sleep(_WORKER / 4)


@dataclass
class Talk:
    """One conversation with one Central, in a project that is made for it."""

    central: Central
    words: dict[str, str] = field(default_factory=dict)
    _tokens: dict[str, str] = field(default_factory=dict)

    def begin(self) -> None:
        self._tokens["admin"] = self._login(self.central.email, self.central.password)
        mark = secrets.token_hex(4)
        project = self._json("POST", "/v1/projects", {"name": f"mochocho_test_{mark}"})
        self.words |= {"project": str(project["id"]), "mark": mark, "MARK": mark.upper()}
        email = _VIEWER.format(mark)
        viewer = self._json("POST", "/v1/users", {"email": email, "password": _VIEWER_PASSWORD})
        self.words["viewer"] = str(viewer["id"])
        self._tokens["viewer"] = self._login(email, _VIEWER_PASSWORD)

    def end(self) -> None:
        for path in (f"/v1/projects/{self.words['project']}", f"/v1/users/{self.words['viewer']}"):
            self._send("DELETE", path, {}, None)

    def say(self, step: Step) -> Said:
        """Take one step. Returns what was answered, masked."""
        if step.get("settled"):
            self.central.settle()
        path = self._filled(step["path"])
        if not path.startswith("/v1"):
            path = f"/v1/projects/{self.words['project']}{path}"
        headers = {name: self._filled(value) for name, value in step.get("headers", {}).items()}
        body = step.get("body")
        if body is not None and not isinstance(body, str):
            headers.setdefault("Content-Type", "application/json")
            body = json.dumps(body)
        content = None if body is None else self._filled(body).encode()
        status, type_, answer = self._send(step["method"], path, headers, content, step.get("as", "admin"))
        said = json.loads(answer) if type_.startswith("application/json") else answer.decode()
        for word, key in step.get("keep", {}).items():
            self.words[word] = str(_at(said, key))
        return status, self._masked(said)

    def _masked(self, said: Any) -> Any:
        return self._named(mask(said) if isinstance(said, str) else masked(said))

    def _named(self, said: Any, key: str = "") -> Any:
        """With the project's number and the conversation's mark by their words, and no numbers of rows."""
        number = self.words["project"]
        if isinstance(said, dict):
            return {name: self._named(value, name) for name, value in said.items()}
        if isinstance(said, list):
            return [self._named(one, key) for one in said]
        if key == "projectId" and str(said) == number:
            return "{project}"
        if key == "values" and str(said).isdigit():
            return "<number>"
        if isinstance(said, str):
            said = said.replace(f"/projects/{number}/", "/projects/{project}/")
            said = said.replace(self.words["mark"], "{mark}")
            said = without_letters(said)
            head, names, values = said.partition(" value(s) of ")
            return head + names + re.sub(r"(?<![^ ,])\d+(?=[,.])", "<number>", values)
        return said

    def _filled(self, text: str) -> str:
        text = with_letters(text)
        return _WORD.sub(lambda found: self.words.get(found[1], found[0]), text)

    def _login(self, email: str, password: str) -> str:
        said = self._json("POST", "/v1/sessions", {"email": email, "password": password})
        return str(said["token"])

    def _json(self, method: str, path: str, body: Any) -> dict[str, Any]:
        headers = {"Content-Type": "application/json"}
        status, _, answer = self._send(method, path, headers, json.dumps(body).encode())
        assert status == 200, answer
        found: dict[str, Any] = json.loads(answer)
        return found

    def _send(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str],
        body: bytes | None,
        who: str = "admin",
    ) -> tuple[int, str, bytes]:
        own = {"User-Agent": "conversation", **headers}
        if who in self._tokens:
            own["Authorization"] = f"Bearer {self._tokens[who]}"
        return self.central.send(method, path, own, body)


def _at(said: Any, path: str) -> Any:
    """`0.id`: the id of the first."""
    for step in path.split("."):
        said = said[int(step)] if isinstance(said, list) else said[step]
    return said


@contextmanager
def talking(central: Central) -> Iterator[Talk]:
    """A conversation; what was made for it goes at the end."""
    talk = Talk(central)
    talk.begin()
    try:
        yield talk
    finally:
        talk.end()


if __name__ == "__main__":
    for one in sys.argv[1:]:
        record(FOLDER, one, talking(RealCentral()))
