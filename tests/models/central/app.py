"""A model of ODK Central v2026.2.2 made from recordings: the operations of tests, and the WSGI app.

`exchanges` holds the recorded requests and answers, a to j. tests/contract/servers/test_central_model.py
sends them all to the model; its UNLIKE lists those that are not answered as Central did, with the reason.
"""

import contextlib
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.models.central import auth, entities, forms, submissions
from tests.models.central.problems import Problem, not_found
from tests.models.central.roles import APP_USER, BY_SYSTEM
from tests.models.central.routes import ROUTES, Route
from tests.models.central.state import (
    AppUser,
    Blob,
    Clock,
    Form,
    Project,
    State,
    Submission,
    User,
    token,
)
from tests.models.central.submissions import By
from tests.models.central.web import Context, answer, conditional, refused
from tests.models.central.xforms import read_xform

EMAIL = "admin@example.org"
PASSWORD = "correct horse battery"  # of a model, which guards nothing
LONGEST_URI = 14_000  # 13 kB was answered; 250 ids, more than Node reads of a head, were not
KEY = re.compile(r"^/key/([^/]+)(/.*)$")


@dataclass(frozen=True)
class Held:
    """What the server holds of one submission, to compare a mirror with."""

    root: str  # instance id of the first version, with uuid:
    current: str
    versions: tuple[bytes, ...]  # oldest first
    files: Mapping[str, bytes | None]  # of the current version; None: has not arrived
    deleted: bool
    review_state: str | None
    comments: tuple[str, ...]  # oldest first


class CentralModel:
    """One server with an administrator and one project; call it as a WSGI app, or change it by its methods.

    A root is named by the instance id of its first version, with or without `uuid:`. What Central would
    refuse raises Problem here as well. Safe to use from every thread.
    """

    def __init__(
        self,
        *,
        domain: str = "https://central.example.org",
        email: str = EMAIL,
        password: str = PASSWORD,
        project: str | None = "มชช.",
        clock: Clock | None = None,
    ) -> None:
        self.state = State(clock or Clock(), domain)
        self.email, self.password = email, password
        self._lock = threading.RLock()
        self.admin = self.user(email, password)
        self.state.admins.add(self.admin.id)
        if project is not None:
            self.project(project)

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        request = Request(environ)
        with self._lock:
            response = self._answer(request)
        return response(environ, start)

    # What people do by Central's pages.

    def user(self, email: str, password: str, role: str | None = None, project: int = 1) -> User:
        """A web user; with a role (`viewer`, `manager`) in a project."""
        with self._lock:
            made = User(
                self.state.number("actor"), "user", email, self.state.clock(), email=email, password=password
            )
            self.state.actors[made.id] = made
            if role is not None:
                self.state.projects[project].assigned.add((made.id, BY_SYSTEM[role]["id"]))
            return made

    def project(self, name: str) -> Project:
        with self._lock:
            made = Project(self.state.number("project"), name, self.state.clock())
            self.state.projects[made.id] = made
            return made

    def drop_project(self, number: int = 1) -> None:
        with self._lock:
            del self.state.projects[number]

    def rename_form(self, form_id: str, to: str, project: int = 1) -> None:
        """No page of Central can; somebody who deletes a form and uploads another makes it look so."""
        with self._lock:
            held = self.state.projects[project].forms
            held[to] = held.pop(form_id)
            held[to].id = to

    def publish(self, xform: bytes | str, media: Mapping[str, bytes] | None = None, project: int = 1) -> Form:
        """A form, or its next version, with its files."""
        xml = xform.encode() if isinstance(xform, str) else xform
        with self._lock:
            home = self.state.projects[project]
            known = home.forms.get(read_xform(xml).form_id)
            form = known or forms.create(self.state, home, xml, self.admin.id)
            if known is not None:
                forms.draft(self.state, home, form, xml)
            assert form.draft is not None
            for name, content in (media or {}).items():
                forms.upload(self.state, form.draft, name, Blob(content), None)
            forms.publish(self.state, home, form, self.admin.id)
            return form

    def app_user(self, name: str, *form_ids: str, project: int = 1) -> AppUser:
        """A phone's user that may send these forms; without any named, all that there are."""
        with self._lock:
            home = self.state.projects[project]
            made = AppUser(
                self.state.number("actor"), "field_key", name, self.state.clock(),
                project=project, token=token(), created_by=self.admin.id,
            )  # fmt: skip
            self.state.actors[made.id] = made
            home.app_users.append(made)
            for form_id in form_ids or tuple(home.forms):
                home.forms[form_id].assigned.add((made.id, APP_USER))
            return made

    def close(self, form_id: str, state: str = "closed", project: int = 1) -> None:
        with self._lock:
            forms.set_state(self.state, self.state.projects[project].forms[form_id], state)

    def expire_sessions(self) -> None:
        """24 hours have passed for everyone who is logged in."""
        with self._lock:
            self.state.sessions.clear()

    def settle(self) -> None:
        """The worker has come to every submission that makes or changes an entity."""
        with self._lock:
            entities.settle(self.state)

    # What happens to submissions.

    def submit(
        self,
        xml: bytes,
        files: Mapping[str, bytes | Blob] | None = None,
        *,
        by: AppUser | None = None,
        project: int = 1,
    ) -> str:
        """As a phone sends it: new, the same again with more files, or an edit. Gives its root."""
        blobs = {n: c if isinstance(c, Blob) else Blob(c, "image/jpeg") for n, c in (files or {}).items()}
        with self._lock:
            home = self.state.projects[project]
            return submissions.receive(self.state, home, xml, blobs, self._by(by)).instance_id

    edit = submit  # its XML has a deprecatedID

    def delete(self, root: str) -> None:
        with self._at(root) as (form, one):
            submissions.delete(self.state, form, one, self._by())

    def restore(self, root: str) -> None:
        with self._at(root) as (form, one):
            submissions.restore(self.state, form, one, self._by())

    def purge(self, root: str) -> None:
        with self._at(root) as (form, one):
            submissions.purge(self.state, form, one)

    def late_photo(self, root: str, name: str, content: bytes) -> None:
        """Or another one under the same name: Central makes no difference."""
        with self._at(root) as (form, one):
            blob = Blob(content, "image/jpeg")
            submissions.put_file(self.state, form, one.current, name, blob, self._by())

    replace_photo = late_photo

    def remove_photo(self, root: str, name: str) -> None:
        with self._at(root) as (form, one):
            submissions.clear_file(self.state, form, one.current, name, self._by())

    def review(self, root: str, to: str | None) -> None:
        with self._at(root) as (form, one):
            submissions.review(self.state, form, one, to, self._by())

    def comment(self, root: str, body: str) -> None:
        with self._at(root) as (_, one):
            submissions.comment(self.state, one, body, self._by())

    def hide(self, root: str) -> None:
        """Its upload has begun, its dates are set, and nobody sees it yet."""
        with self._at(root) as (_, one):
            one.hidden = True

    def show(self, root: str) -> None:
        """Committed: it appears among older ones."""
        with self._at(root) as (_, one):
            one.hidden = False

    def held(self, form_id: str, project: int = 1) -> dict[str, Held]:
        """All that is to be seen of a form, trash included, by root."""
        with self._lock:
            form = self.state.projects[project].forms.get(form_id)
            seen = [one for one in form.submissions.values() if not one.hidden] if form else []
            return {one.instance_id: _held(one) for one in seen}

    @contextlib.contextmanager
    def _at(self, root: str) -> Iterator[tuple[Form, Submission]]:
        key = root if root.startswith("uuid:") else f"uuid:{root}"
        with self._lock:
            for project in self.state.projects.values():
                for form in project.forms.values():
                    if key in form.submissions:
                        yield form, form.submissions[key]
                        return
            raise not_found()

    def _by(self, who: AppUser | None = None) -> By:
        return By((who or self.admin).id, "collect:model", "org.odk.collect.android/v2025.3.3")

    # What is answered.

    def _answer(self, request: Request) -> Response:
        if len(request.environ.get("REQUEST_URI", "")) > LONGEST_URI:
            return answer(b"", "text/plain", 431, "")
        try:
            path, key = _address(request.path)
        except Problem as problem:
            return refused(problem, False, False, False)
        method = request.method
        found = _route(method, path) or (_route("GET", path) if method == "HEAD" else None)
        response = self._handle(request, key, found)
        manners = {"Cache-Control": "private, no-cache", "Vary": "Accept-Encoding, Origin"}
        if method not in ("GET", "HEAD") or path.startswith("/sessions"):
            manners = {"Cache-Control": "no-store", "Vary": "*"}
        response = conditional(request, response)
        response.headers.update(manners)
        return response

    def _handle(
        self, request: Request, key: str | None, found: tuple[Route, dict[str, str]] | None
    ) -> Response:
        openrosa, greeted = found is not None and found[0].openrosa, False
        try:
            reader = auth.reader(self.state, request, key)
            if found is None:
                raise not_found()
            route, words = found
            if openrosa:
                _greet(request)
                greeted = True
            ctx = Context(self.state, request, reader, words, key)
            auth.permit(ctx, route)
            return route.handler(ctx)
        except Problem as problem:
            return refused(problem, openrosa, greeted, ".svc" in request.path)


def _held(one: Submission) -> Held:
    return Held(
        root=one.instance_id,
        current=one.current.instance_id,
        versions=tuple(version.xml for version in one.versions),
        files={name: None if blob is None else blob.content for name, blob in one.current.files.items()},
        deleted=one.deleted_at is not None,
        review_state=one.review_state,
        comments=tuple(said.body for said in one.comments),
    )


def _address(path: str) -> tuple[str, str | None]:
    """The path below /v1 and the app user's key in it."""
    match = re.match(r"^/v(\d+)(/.*)$", path)
    if match is None:
        raise Problem(404.2, "Expected an API version (eg /v1) at the start of the request URL.")
    if match[1] != "1":
        details = {"got": match[1]}
        raise Problem(404.3, f"Unexpected an API version (accepts: 1) (got: {match[1]}).", details)
    keyed = KEY.match(match[2])
    return (keyed[2], keyed[1]) if keyed else (match[2], None)


def _route(method: str, path: str) -> tuple[Route, dict[str, str]] | None:
    for route in ROUTES:
        if route.method == method and (match := route.path.fullmatch(path)):
            return route, match.groupdict()
    return None


def _greet(request: Request) -> None:
    said = request.headers.get("X-OpenRosa-Version")
    if said != "1.0":
        got = f" (got: {said})" if said else ""
        message = f"An expected header field (X-OpenRosa-Version) did not match the expected format{got}."
        raise Problem(400.6, message, {"field": "X-OpenRosa-Version"})
