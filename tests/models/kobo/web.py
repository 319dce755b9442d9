"""Requests and answers as kpi has them: credentials, formats, HTML pages, links, paging."""

import json
import urllib.parse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from werkzeug import Request, Response

from tests.models.kobo import query
from tests.models.kobo.operations import Operations
from tests.models.kobo.state import Asset, Record, Refusal, User, crash

DEFAULT_PAGE = 100
MOST_ROWS = 1000
LARGEST_NUMBER = 2**63 - 1
FORBIDDEN = "You do not have permission to perform this action."
NOT_FOUND = {"detail": "Not found."}
HTML = """<!doctype html>
<html>
  <head>
    <!-- Setup -->
    <meta charset="utf-8">
    <meta http-equiv="X-UA-Compatible" content="IE=edge,chrome=1">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>KoboToolbox</title>
  </head>
  <body>
    <p>{message}</p>
  </body>
</html>
"""
PAGES = {400: "Bad Request", 404: "Page not found", 500: "Something went wrong"}


@dataclass
class Call:
    """One request: who asks, of what model, and how the answer is to be written."""

    model: Operations
    request: Request
    user: User | None
    format: str

    @property
    def base(self) -> str:
        return self.request.host_url.rstrip("/")

    @property
    def args(self) -> Mapping[str, str]:
        return self.request.args

    def link(self, path: str) -> str:
        """An absolute URL; it carries `format` on when the request had it."""
        given = self.request.args.get("format")
        return f"{self.base}{path}" + (f"?format={given}" if given else "")

    def need(self, asset: Asset, codename: str, *, seen: str = "view_asset") -> None:
        """403 for those who see the project, 404 for those who do not."""
        if self.model.can(self.user, asset, codename):
            return
        if self.user is not None and self.model.can(self.user, asset, seen):
            raise Refusal(403, FORBIDDEN)
        raise Refusal(404, "Not found.")

    def body(self) -> dict[str, Any]:
        """The JSON or the form fields sent."""
        if not self.request.is_json:
            return dict(self.request.form.items())
        try:
            found = json.loads(self.request.get_data())
            if not isinstance(found, dict):
                raise crash()
            return found
        except json.JSONDecodeError as error:
            raise Refusal(400, f"JSON parse error - {error}") from error


Handler = Callable[..., Response]


@dataclass(frozen=True)
class Route:
    """A pattern of paths with its methods; `allow` is what kpi says is allowed."""

    path: str
    allow: str
    handlers: Mapping[str, Handler]


def reply(body: Any, status: int = 200, **headers: str) -> Response:
    made = Response(json.dumps(body, ensure_ascii=False), status, content_type="application/json")
    made.headers.extend({name.replace("_", "-"): value for name, value in headers.items()})
    return made


def nothing(status: int = 204) -> Response:
    made = Response(b"", status)
    del made.headers["Content-Type"]
    return made


def page(status: int) -> Response:
    """A page for people, whatever format was asked for."""
    return Response(HTML.format(message=PAGES[status]), status, content_type="text/html; charset=utf-8")


def as_xml(fields: Mapping[str, Any], status: int) -> Response:
    inner = "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in fields.items())
    text = f'<?xml version="1.0" encoding="utf-8"?><root>{inner}</root>'
    return Response(text, status, content_type="application/xml; charset=utf-8")


def refusal(call: Call | None, refused: Refusal) -> Response:
    """In the format asked for, or the page for people that some refusals are."""
    if refused.page:
        return page(refused.status)
    detail = refused.detail if isinstance(refused.detail, dict | list) else {"detail": refused.detail}
    if call is not None and call.format == "xml" and isinstance(detail, dict):
        return as_xml(detail, refused.status)
    made = reply(detail, refused.status)
    if refused.status == 401:
        made.headers["WWW-Authenticate"] = "Session"
    return made


def user_of(model: Operations, request: Request) -> User | None:
    """Whose token or password it is; nobody's without, and `Bearer` is neither. Raises Refusal (401)."""
    given = request.headers.get("Authorization", "")
    kind, _, secret = given.partition(" ")
    if kind == "Token":
        found = next((one for one in model.users.values() if one.token == secret), None)
        if found is None:
            raise Refusal(401, "Invalid token.")
        return found
    basic = request.authorization
    if kind != "Basic" or basic is None:
        return None
    named = model.users.get(str(basic.username))
    if named is None or named.password != basic.password:
        raise Refusal(401, "Invalid username/password.")
    return named


def positive(args: Mapping[str, str], name: str, least: int, complaint: str) -> int | None:
    """A number from the query. Raises Refusal."""
    if name not in args:
        return None
    if not args[name].isdecimal() or int(args[name]) < least:
        raise Refusal(400, {name: complaint})
    return int(args[name])


def paged(call: Call, count: int, limit: int, start: int) -> dict[str, Any]:
    """count, next and previous; `start` and `limit` in the links, whatever else was asked."""

    def link(at: int) -> str:
        args = {**call.args, "limit": str(limit), "start": str(at)}
        if at <= 0:
            del args["start"]
        return f"{call.base}{call.request.path}?{urllib.parse.urlencode(sorted(args.items()))}"

    return {
        "count": count,
        "next": link(start + limit) if start + limit < count else None,
        "previous": link(start - limit) if start > 0 else None,
    }


def listed(call: Call, rows: Sequence[Any]) -> Response:
    """A page of anything but records."""
    limit = min(positive(call.args, "limit", 1, "A positive integer is required") or DEFAULT_PAGE, MOST_ROWS)
    start = positive(call.args, "start", 0, "A positive integer is required.") or 0
    return reply({**paged(call, len(rows), limit, start), "results": list(rows[start : start + limit])})


def project(call: Call, uid: str) -> Asset:
    """Raises Refusal: a page for people when there is none."""
    asset = call.model.assets.get(uid)
    if asset is None:
        raise Refusal(404, "", page=True)
    return asset


def visible(call: Call, asset: Asset) -> list[Record]:
    """The records this user may see. Raises Refusal."""
    if asset.deployed is None and call.model.can(call.user, asset, "view_asset"):
        raise Refusal(400, "The specified asset has not been deployed")
    if call.model.can(call.user, asset, "view_submissions"):
        return list(call.model.of(asset))
    if call.model.filters(call.user, asset) is None:
        raise Refusal(404, "Not found.")
    return [one for one in call.model.of(asset) if _shown(call, asset, one)]


def _shown(call: Call, asset: Asset, record: Record) -> bool:
    if call.model.can(call.user, asset, "view_submissions"):
        return True
    filters = call.model.filters(call.user, asset) or []
    return any(query.matches(record.document, part) for part in filters)


def the_record(call: Call, asset: Asset, key: str) -> Record:
    """By `_id`, root uuid or `uuid:` and root uuid. Raises Refusal."""
    model = call.model
    if key.isdecimal() and int(key) > LARGEST_NUMBER:
        raise crash()
    found = model.records.get(int(key)) if key.isdecimal() else model.by_root(key.removeprefix("uuid:"))
    if found is None or found.asset is not asset or found.hidden or not _shown(call, asset, found):
        raise Refusal(404, "Not found.")
    return found
