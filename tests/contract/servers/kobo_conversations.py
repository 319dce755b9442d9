"""Recorded conversations with KoboToolbox, each with a project of its own,
so that any server can repeat them.

A conversation is a list of steps in a file of its own. Words in braces stand for values of the project
(`uid`, `formhub`, `label`, `version`, as kpi calls its form), `{mark}` for eight hexadecimal digits of this
conversation only, `{letters:N}` for N letters. `parts` are those of a post: name, file name or null, type,
content. Answers are stored masked, in the form in which they are compared; of a page for people only the fact
that it is one. `python -m tests.contract.servers.kobo_conversations NAME…` records them from the KoboToolbox
named in the environment.
"""

import json
import os
import re
import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
from lxml import etree

from tests.contract.servers.conversations import Said, Step, names, record, with_letters, without_letters
from tests.contract.servers.live_worlds import built

FOLDER = Path(__file__).parents[2] / "models" / "kobo" / "conversations"
NAMES = names(FOLDER)
FORM = "mochocho_application"
TIMEOUT = 60.0  # seconds
BOUNDARY = "a-boundary-of-a-test"

_WORD = re.compile(r"\{(\w+)\}")
_MADE = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)?"
    r"|\b(?:att|af|org|a|v|i|p|u)[2-9A-HJ-NP-Za-km-z]{21}\b"
)


@dataclass
class Talk:
    """One conversation with the KoboToolbox at `url`, about a project that is made for it."""

    url: str
    token: str = field(repr=False)
    words: dict[str, str] = field(default_factory=dict)
    session: requests.Session = field(default_factory=requests.Session)

    def begin(self) -> None:
        self.session.trust_env = False
        self.session.headers["Authorization"] = f"Token {self.token}"
        mark = secrets.token_hex(4)
        xlsx = built(FORM, f"mochocho_test_{mark}").xlsx
        said = {"name": f"mochocho_test_{mark}", "library": "false"}
        task = self._json("POST", "/api/v2/imports/", data=said, files={"file": ("form.xlsx", xlsx)})
        while (found := self._json("GET", f"/api/v2/imports/{task['uid']}/"))["status"] != "complete":
            time.sleep(0.5)
        uid = found["messages"]["created"][0]["uid"]
        self.words |= {"uid": uid, "mark": mark, "url": self.url}
        self._json("POST", f"/api/v2/assets/{uid}/deployment/", json={"active": True})
        project = self._json("GET", f"/api/v2/assets/{uid}/")
        self.words |= {
            "formhub": project["deployment__uuid"],
            "version": project["deployed_version_id"],
            "owner": project["owner__username"],
        }
        listed = self.session.get(f"{self.url}/formList", params={"formID": uid}, timeout=TIMEOUT)
        label = next(etree.fromstring(listed.content).iter("{*}version")).text
        self.words["label"] = str(label)

    def end(self) -> None:
        self.session.delete(f"{self.url}/api/v2/assets/{self.words['uid']}/", timeout=TIMEOUT)
        self.session.close()

    def say(self, step: Step) -> Said:
        """Take one step. Returns what was answered, masked."""
        headers = {name: self._filled(value) for name, value in step.get("headers", {}).items()}
        body = step.get("body")
        if "parts" in step:
            content: bytes | None = self._parts(step["parts"], whole=not step.get("cut"))
            headers.setdefault("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")
        elif body is None or isinstance(body, str):
            content = None if body is None else self._filled(body).encode()
        else:
            headers.setdefault("Content-Type", "application/json")
            content = self._filled(json.dumps(body)).encode()
        answer = self.session.request(
            step["method"],
            self.url + self._filled(step["path"]),
            headers=headers,
            data=content,
            timeout=TIMEOUT,
            allow_redirects=False,
        )
        return answer.status_code, self._masked(answer)

    def _parts(self, parts: list[list[str | None]], *, whole: bool) -> bytes:
        text = ""
        for name, file, type_, content in parts:
            of_file = f'; filename="{file}"' if file is not None else ""
            text += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{of_file}\r\n'
            text += f"Content-Type: {type_}\r\n\r\n{content}\r\n"
        return self._filled(text + (f"--{BOUNDARY}--\r\n" if whole else "")).encode()

    def _masked(self, answer: requests.Response) -> Any:
        type_ = answer.headers.get("Content-Type", "")
        if "html" in type_:
            return "<page>"
        return self._named(answer.json() if "json" in type_ and answer.content else answer.text)

    def _named(self, said: Any) -> Any:
        if isinstance(said, dict):
            return {name: self._named(value) for name, value in said.items()}
        if isinstance(said, list):
            return [self._named(one) for one in said]
        if not isinstance(said, str):
            return said
        for word in ("uid", "formhub", "label", "version", "mark", "url"):
            said = said.replace(self.words[word], f"{{{word}}}")
        said = re.sub(rf"\b{re.escape(self.words['owner'])}\b", "{owner}", said)
        said = without_letters(said)
        return _MADE.sub("<made>", said)

    def _filled(self, text: str) -> str:
        text = with_letters(text)
        return _WORD.sub(lambda found: self.words.get(found[1], found[0]), text)

    def _json(self, method: str, path: str, **how: Any) -> dict[str, Any]:
        asked = {"format": "json"}
        answer = self.session.request(method, self.url + path, params=asked, timeout=TIMEOUT, **how)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found


@contextmanager
def talking(url: str, token: str) -> Iterator[Talk]:
    """A conversation; what was made for it goes at the end."""
    talk = Talk(url.rstrip("/"), token)
    talk.begin()
    try:
        yield talk
    finally:
        talk.end()


if __name__ == "__main__":
    for one in sys.argv[1:]:
        record(FOLDER, one, talking(os.environ["MOCHOCHO_KOBO_URL"], os.environ["MOCHOCHO_KOBO_TOKEN"]))
