"""The model as a WSGI app: maps paths to routes, as kpi's front end does."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from werkzeug import Request, Response

from tests.models.kobo import routes_openrosa, routes_projects, routes_records
from tests.models.kobo.operations import Operations
from tests.models.kobo.state import Refusal
from tests.models.kobo.web import Call, Route, page, refusal, reply, user_of

ROUTES = [
    (re.compile(route.path + r"\Z"), route)
    for route in (*routes_projects.ROUTES, *routes_records.ROUTES, *routes_openrosa.ROUTES)
]
REMOVED = re.compile(
    "/(api/v1|asset_snapshots|asset_subscriptions|assets|authorized_application|environment|exports|imports"
    "|permissions|reports|sitewide_messages|tags|users|formUpload|upload)(/.*)?\\Z"
)
GONE = (
    "The V1 API has been removed. Please read the migration article at "
    "https://support.kobotoolbox.org/migrating_api.html"
)
FORMATS = ("json", "xml")


class KoboModel(Operations):
    """A KoboToolbox: a state with operations, and the WSGI app that answers for it.

    `on_request` is called with method and path before every request, without the lock: what happens in
    between (a page that shifts, an id that shows late) is done there.
    """

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self.on_request: Callable[[str, str], object] | None = None

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        request = Request(environ)
        request.max_form_memory_size = None
        if self.on_request is not None:
            self.on_request(request.method, request.full_path)
        with self.lock, request:
            answer = self._answer(request)
        return answer(environ, start_response)

    def _answer(self, request: Request) -> Response:
        if REMOVED.match(request.path):
            return reply({"detail": GONE}, 410, Allow="OPTIONS")
        path, kind = _formatted(request)
        found = _route(path)
        if found is None:
            return _elsewhere(request, path)
        route, parts = found
        call: Call | None = None
        try:
            call = Call(self, request, user_of(self, request), kind)
            answer = _carried_out(call, route, parts)
        except Refusal as refused:
            answer = refusal(call, refused)
        if answer.status_code < 500 and "html" not in (answer.content_type or ""):
            answer.headers["Allow"] = route.allow
        if call is not None and call.user is not None:
            answer.headers["X-KoBoNaUt"] = call.user.name
        return answer


def _formatted(request: Request) -> tuple[str, str]:
    """The path without its suffix, and the format asked for by query or suffix."""
    path, kind = request.path, request.args.get("format", "json")
    for suffix in FORMATS:
        bare = path.removesuffix(f".{suffix}")
        if path.startswith("/api/v2/") and bare != path and _route(path) is None:
            return f"{bare}/", suffix
    return path, kind


def _route(path: str) -> tuple[Route, dict[str, str]] | None:
    for pattern, route in ROUTES:
        found = pattern.match(path)
        if found is not None:
            return route, found.groupdict()
    return None


def _elsewhere(request: Request, path: str) -> Response:
    """To the path with a slash at its end, if there is one; else a page for people."""
    if request.method in ("GET", "HEAD") and not path.endswith("/") and _route(f"{path}/"):
        asked = f"?{request.query_string.decode()}" if request.query_string else ""
        made = Response(b"", 301, content_type="text/html; charset=utf-8")
        made.headers["Location"] = f"{path}/{asked}"
        made.autocorrect_location_header = False
        return made
    return page(404)


def _carried_out(call: Call, route: Route, parts: dict[str, str]) -> Response:
    method = call.request.method
    if call.format not in FORMATS:
        raise Refusal(404, "Not found.")
    if method == "OPTIONS":
        return reply({})
    handler = route.handlers.get(method) or (route.handlers.get("GET") if method == "HEAD" else None)
    if handler is None:
        raise Refusal(405, f'Method "{method}" not allowed.')
    return handler(call, **parts)
