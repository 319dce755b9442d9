"""Central's HTTP behaviour: its table of routes, its errors as JSON or OpenRosa XML, its ETags."""

import base64
import hashlib
import html
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from werkzeug.wrappers import Request, Response

from tests.models.central.entities import id_of
from tests.models.central.problems import Problem, no_number, not_found
from tests.models.central.state import Actor, Blob, Dataset, Entity, Form, Project, State, Submission, Version
from tests.models.central.submissions import By, disposition

JSON_TYPE = "application/json; charset=utf-8"
XML_TYPE = "application/xml; charset=utf-8"
OPENROSA_TYPE = "text/xml; charset=utf-8"
CSV_TYPE = "text/csv; charset=utf-8"
ODATA = {"OData-Version": "4.0"}
OPENROSA = {
    "Content-Language": "en",
    "X-OpenRosa-Version": "1.0",
    "X-OpenRosa-Accept-Content-Length": "100000000",
}
T = TypeVar("T")
LARGEST_JSON = 250 << 10
LARGEST_NUMBER = 2**31 - 1
LARGEST_ENTITIES = 100_000_000


@dataclass
class Context:
    """One request: who asks, and what the path names, as far as it is there."""

    state: State
    request: Request
    actor: Actor | None
    words: dict[str, str]
    token: str | None = None  # the app user's, where the path has it
    found: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def project(self) -> Project:
        return _there(self.state.projects.get(number_of(self.words["p"])))

    @cached_property
    def form(self) -> Form:
        return _there(self.project.forms.get(self.words["f"]))

    @property
    def namesakes(self) -> list[Form]:
        """The form, and those of its name in the trash: REST finds what they hold as well."""
        return [self.form, *(one for one in self.project.trashed_forms if one.id == self.form.id)]

    @cached_property
    def dataset(self) -> Dataset:
        return _there(self.project.datasets.get(self.words["d"]))

    @cached_property
    def entity(self) -> Entity:
        return _there(self.dataset.entities.get(id_of(self.words["e"])))

    @cached_property
    def submission(self) -> Submission:
        """By the id of its first version; one in the trash is not there."""
        held = _there(self.form.submissions.get(self.words["s"]))
        if held.hidden or held.deleted_at is not None:
            raise not_found()
        return held

    @cached_property
    def version(self) -> Version:
        """The one named in the path, else the current one."""
        if "v" not in self.words:
            return self.submission.current
        return _there(next((v for v in self.submission.versions if v.instance_id == self.words["v"]), None))

    @property
    def wide(self) -> bool:
        return self.request.headers.get("X-Extended-Metadata", "").lower() == "true"

    def flag(self, name: str) -> bool:
        return self.request.args.get(name) == "true"

    @property
    def reader(self) -> Actor:
        assert self.actor is not None
        return self.actor

    @property
    def by(self) -> By:
        return By(self.reader.id, self.request.args.get("deviceID"), self.request.headers.get("User-Agent"))

    @cached_property
    def body(self) -> dict[str, Any]:
        """The JSON of the request; raises Problem where it is too long or broken."""
        if self.request.mimetype != "application/json":
            return {}
        content = self.request.get_data()
        largest = LARGEST_ENTITIES if self.request.path.endswith("/entities") else LARGEST_JSON
        if len(content) > largest:
            raise Problem(400.36, "Request body too large.")
        try:
            found = json.loads(content or b"{}")
        except ValueError as error:
            message = f"Could not parse the given data ({len(content)} chars) as json."
            raise Problem(400.1, message, {"format": "json", "rawLength": len(content)}) from error
        return found if isinstance(found, dict) else {}

    def blob(self) -> Blob:
        return Blob(self.request.get_data(), self.request.headers.get("Content-Type", ""))


def number_of(written: str) -> int:
    """The number of a row, in a path."""
    if not re.fullmatch(r"-?\d+", written):
        raise no_number(written, "integer")
    if abs(int(written)) > LARGEST_NUMBER:
        message = f"Provided value '{written}' is out of range for type 'integer'"
        raise Problem(400.22, message, {"value": written, "type": "integer"})
    return int(written)


def _there(found: T | None) -> T:
    if found is None:
        raise not_found()
    return found


Handler = Callable[[Context], Response]


@dataclass(frozen=True)
class Route:
    method: str
    path: re.Pattern[str]
    verb: str | None  # what the reader must be allowed to; None: anybody
    of: str  # on what: site, project or form
    handler: Handler
    openrosa: bool
    literal: int  # how many characters of the path are its own


DEFINED: list[Route] = []


def route(
    method: str, path: str, verb: str | None = None, of: str = "project", *, openrosa: bool = False
) -> Callable[[Handler], Handler]:
    """Answer `method` on `path` (below /v1; `{p}` is a word without slash)."""
    pattern = re.compile(
        "".join(f"(?P<{w[1:-1]}>[^/]+)" if w[:1] == "{" else re.escape(w) for w in _split(path))
    )

    def keep(handler: Handler) -> Handler:
        literal = sum(len(word) for word in _split(path) if word[:1] != "{")
        DEFINED.append(Route(method, pattern, verb, of, handler, openrosa, literal))
        return handler

    return keep


def _split(path: str) -> list[str]:
    return re.split(r"(\{\w+\})", path)


def etag(content: bytes) -> str:
    """The weak one of Express."""
    digest = base64.b64encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode()[:27]
    return f'W/"{len(content):x}-{digest}"'


def answer(
    content: bytes,
    type_: str,
    status: int = 200,
    tag: str | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """`tag`: the ETag; None gives the weak one of the bytes, "" gives none."""
    response = Response(content, status, {"Content-Type": type_, **(headers or {})})
    written = etag(content) if tag is None else tag
    if written:
        response.headers["ETag"] = written
    return response


def as_json(
    body: Any, status: int = 200, tag: str | None = None, headers: dict[str, str] | None = None
) -> Response:
    written = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return answer(written, JSON_TYPE, status, tag, headers)


def success() -> Response:
    return as_json({"success": True})


def file(blob: Blob, name: str, kind: str = "inline") -> Response:
    """Whole whatever range was asked for; its ETag is the MD5 of the bytes."""
    headers = {"Content-Disposition": disposition(kind, name)}
    return answer(blob.content, blob.type, tag=f'"{blob.md5}"', headers=headers)


def openrosa_message(message: str, nature: str, status: int, headers: dict[str, str]) -> Response:
    written = (
        '\n  <OpenRosaResponse xmlns="http://openrosa.org/http/response" items="0">\n'
        f'    <message nature="{nature}">{html.escape(message).replace("&#x27;", "&#39;")}</message>\n'
        "  </OpenRosaResponse>"
    )
    return answer(written.encode(), OPENROSA_TYPE, status, headers=headers)


def refused(problem: Problem, openrosa: bool, greeted: bool, odata: bool) -> Response:
    """A problem in the language of the route; `greeted`: the phone said which OpenRosa it speaks."""
    if openrosa and not problem.plain:
        return openrosa_message(problem.message, "error", problem.status, OPENROSA if greeted else {})
    return as_json(problem.json(), problem.status, headers=ODATA if odata and not problem.early else {})


def conditional(request: Request, response: Response) -> Response:
    """304 for what the client has."""
    tag = response.headers.get("ETag")
    asked = request.headers.get("If-None-Match")
    if request.method not in ("GET", "HEAD") or response.status_code != 200 or not tag or not asked:
        return response
    if tag.removeprefix("W/") not in [one.strip().removeprefix("W/") for one in asked.split(",")]:
        return response
    kept = {"ETag": tag} | {k: v for k, v in response.headers.items() if k in ODATA}
    return Response(b"", 304, kept)
