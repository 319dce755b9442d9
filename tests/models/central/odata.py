"""The OData feeds: selection, order, paging, and the format of a row."""

import base64
import binascii
import hashlib
import json
import re
import urllib.parse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from lxml import etree

from tests.models.central import odata_filter
from tests.models.central.problems import Crash, Problem, early, no_number, unsupported
from tests.models.central.state import Dataset, Entity, Form, State, Submission, stamp
from tests.models.central.xforms import LENIENT, children, local, text

JSON = dict[str, Any]
KNOWN = {
    "$format",
    "$top",
    "$skip",
    "$skiptoken",
    "$count",
    "$filter",
    "$orderby",
    "$select",
    "$expand",
    "$wkt",
}
SUBMISSION_SYSTEM = ("submissionDate", "updatedAt", "deletedAt", "submitterId", "reviewState")
SUBMISSION_FIELDS = frozenset({"__id", *(f"__system/{name}" for name in SUBMISSION_SYSTEM)})
ENTITY_SYSTEM = ("createdAt", "updatedAt", "deletedAt", "creatorId", "conflict")
ENTITY_FIELDS = frozenset({"__id", *(f"__system/{name}" for name in ENTITY_SYSTEM)})
NOTHING = "0" * 32
T = TypeVar("T")


@dataclass(frozen=True)
class Query:
    """The parameters of a request, as they were given."""

    given: Mapping[str, str]

    def number(self, name: str) -> int | None:
        written = self.given.get(name)
        if written is None:
            return None
        if not re.fullmatch(r"-?\d+", written):
            raise no_number("NaN", "bigint")
        if int(written) < 0:
            raise Crash
        return int(written)

    @property
    def select(self) -> list[str] | None:
        written = self.given.get("$select")
        return None if written in (None, "*") else [one.strip() for one in str(written).split(",")]

    def check(self) -> None:
        """What the server refuses before it looks at any row."""
        for name in self.given:
            if name not in KNOWN:
                raise early(unsupported(name))
        form = self.given.get("$format", "json")
        if form not in ("json", "application/json"):
            allowed = ["application/json", "json"]
            message = f"Requested format not acceptable; this resource allows: {','.join(allowed)}."
            raise early(Problem(406.1, message, {"allowed": allowed, "got": form}))
        expand = self.given.get("$expand")
        if expand not in (None, "*"):
            message = (
                f'The given OData expand expression is not supported by this server: "{expand}". '
                'Currently, only "$expand=*" is supported.'
            )
            raise early(Problem(501.6, message, {"text": expand}))
        if expand and "$select" in self.given:
            message = "This server doesn't support $select query parameter with $expand."
            raise early(Problem(501.11, message))


@dataclass(frozen=True)
class Page(Generic[T]):
    rows: Sequence[T]
    total: int
    more: bool


@dataclass(frozen=True)
class Feed(Generic[T]):
    """A table: all its rows newest first (trash too), and how each is looked at."""

    rows: Sequence[T]
    fields: frozenset[str]
    values: Callable[[T], Mapping[str, Any]]
    key: Callable[[T], str]
    cursor: str  # the name of the key in a $skiptoken
    deleted: Callable[[T], bool]

    def page(self, query: Query) -> Page[T]:
        written = query.given.get("$filter")
        test = odata_filter.parse(written, self.fields) if written else None
        named = odata_filter.ids(written or "")
        order = _order(query.given.get("$orderby"), self.fields)
        skiptoken = query.given.get("$skiptoken")
        if skiptoken is not None and order is not None:
            raise unsupported("using $orderby and $skiptoken together")
        start = self._after(skiptoken)
        trash_too = written is not None and "deletedAt" in written
        found = [
            (place, row)
            for place, row in enumerate(self.rows)
            if (trash_too or not self.deleted(row))
            and (named is None or self.key(row) in named)
            and (test is None or test(self.values(row)) is True)
        ]
        if order is not None:
            found = self._sorted(found, *order)
        remaining = (
            [row for place, row in found if place >= start]
            if skiptoken is not None
            else [r for _, r in found]
        )
        skip, top = query.number("$skip") or 0, query.number("$top")
        rows = remaining[skip:] if top is None else remaining[skip : skip + top]
        # Central compares with what remains after the cursor, not after $skip: so a last page may link on.
        return Page(rows, len(found), len(rows) < len(remaining))

    def _after(self, skiptoken: str | None) -> int:
        """Where the rows after the cursor's begin; after the last one if that row is gone."""
        if skiptoken is None:
            return 0
        cursor = _cursor(skiptoken).get(self.cursor)
        places = (place for place, row in enumerate(self.rows) if self.key(row) == cursor)
        return next(places, len(self.rows)) + 1

    def _sorted(self, found: list[tuple[int, T]], name: str, down: bool) -> list[tuple[int, T]]:
        oldest_first = found if down else found[::-1]

        def value(one: tuple[int, T]) -> tuple[bool, Any]:
            seen = self.values(one[1])[name]
            return (seen is not None, seen if seen is not None else "")

        return sorted(oldest_first, key=value, reverse=down)


def _order(written: str | None, fields: frozenset[str]) -> tuple[str, bool] | None:
    if not written:
        return None
    name, _, direction = written.strip().partition(" ")
    if name not in fields:
        raise odata_filter.unknown_field(name)
    return name, direction.strip() == "desc"


def _cursor(skiptoken: str) -> JSON:
    try:
        found = json.loads(base64.b64decode(skiptoken.removeprefix("01"), validate=True))
    except (binascii.Error, ValueError) as error:
        raise Problem(400.35, "Invalid $skiptoken") from error
    if not skiptoken.startswith("01") or not isinstance(found, dict):
        raise Problem(400.35, "Invalid $skiptoken")
    return found


def envelope(service: str, table: str, query: Query, page: Page[T], rows: list[JSON], feed: Feed[T]) -> JSON:
    """The answer around rows; `service` is absolute, on the configured domain."""
    body: JSON = {"value": rows, "@odata.context": f"{service}/$metadata#{table}"}
    if page.more and query.number("$top") != 0:
        last = feed.key(page.rows[-1]) if page.rows else None
        cursor = json.dumps({feed.cursor: last}, separators=(",", ":")).encode()
        kept = [(k, v) for k, v in query.given.items() if k not in ("$skip", "$skiptoken")]
        asked = [*kept, ("$skiptoken", "01" + base64.b64encode(cursor).decode())]
        body["@odata.nextLink"] = f"{service}/{table}?{urllib.parse.urlencode(asked, safe='*')}"
    if query.given.get("$count") == "true":
        body["@odata.count"] = page.total
    return body


def event_hash(rows: Sequence[Submission]) -> str:
    """Of what was created, edited, reviewed, deleted or restored; attachments and comments do not move it."""
    if not rows:
        return NOTHING
    seen = ",".join(f"{one.id}:{one.events}" for one in rows)
    return hashlib.md5(seen.encode(), usedforsecurity=False).hexdigest()


def submissions(form: Form) -> Feed[Submission]:
    rows = sorted(
        (one for one in form.submissions.values() if not one.hidden),
        key=lambda s: (s.created_at, s.id),
        reverse=True,
    )
    return Feed(
        rows, SUBMISSION_FIELDS, _submission_values, lambda s: s.instance_id, "instanceId", _is_deleted
    )


def _is_deleted(one: Submission | Entity) -> bool:
    return one.deleted_at is not None


def _submission_values(one: Submission) -> Mapping[str, Any]:
    return {
        "__id": one.instance_id,
        "__system/submissionDate": one.created_at,
        "__system/updatedAt": one.updated_at,
        "__system/deletedAt": one.deleted_at,
        "__system/submitterId": str(one.first.submitter),
        "__system/reviewState": one.review_state,
    }


def submission_system(state: State, one: Submission) -> JSON:
    current = one.current
    return {
        "submissionDate": stamp(one.created_at),
        "updatedAt": stamp(one.updated_at),
        "submitterId": str(one.first.submitter),
        "submitterName": state.actors[one.first.submitter].name,
        "attachmentsPresent": sum(blob is not None for blob in current.files.values()),
        "attachmentsExpected": len(current.files),
        "status": "notDecrypted" if current.encrypted else None,
        "reviewState": one.review_state,
        "deviceId": one.first.device_id,
        "edits": len(one.versions) - 1,
        "formVersion": current.form_version,
        "deletedAt": stamp(one.deleted_at),
    }


def submission_row(state: State, form: Form, one: Submission, query: Query) -> JSON:
    """One row; an encrypted one says nothing but what the server knows itself."""
    system = {"__id": one.instance_id, "__system": submission_system(state, one)}
    wanted = query.select
    if one.current.encrypted or (wanted is not None and all(w.startswith("__") for w in wanted)):
        return system if wanted is None else chosen(system, wanted)
    expand = query.given.get("$expand") == "*"
    row, ends = _Writer(form, one, expand, query.given.get("$wkt") == "true").row()
    whole = {**row, **system, **ends}
    return whole if wanted is None else chosen(whole, wanted)


def check_selected(wanted: list[str] | None, known: frozenset[str]) -> None:
    for name in wanted or ():
        if name not in known and not name.startswith("__system/"):
            raise Problem(400.23, f"Could not find a property named '{name}'", {"property": name})


def selectable(form: Form) -> frozenset[str]:
    paths = {one.path[1:] for one in form.shown.xform.fields}
    return frozenset({"__id", "__system", *paths})


def chosen(row: JSON, wanted: list[str]) -> JSON:
    """The parts of a row that are wanted, in the row's order."""
    kept: JSON = {}
    for name, value in row.items():
        inner = [w.partition("/")[2] for w in wanted if w.startswith(f"{name}/")]
        if name in wanted:
            kept[name] = value
        elif inner and isinstance(value, dict):
            kept[name] = chosen(value, inner)
    return kept


class _Writer:
    """Writes the XML of one submission as JSON, by the fields of its form."""

    def __init__(self, form: Form, one: Submission, expand: bool, wkt: bool) -> None:
        self.fields = form.shown.xform.fields
        self.id = one.instance_id
        self.root = etree.fromstring(one.current.xml, LENIENT)
        self.expand = expand
        self.point = _wkt if wkt else _geojson

    def row(self) -> tuple[JSON, JSON]:
        """The row, and what follows `__system`: its own repeats."""
        ends: JSON = {}
        return self._group(
            "", self.root, f"Submissions('{urllib.parse.quote(self.id, safe='')}')", ends
        ), ends

    def _group(self, path: str, node: etree._Element | None, link: str, repeats: JSON | None = None) -> JSON:
        written: JSON = {}
        for one in self.fields:
            if one.path.rpartition("/")[0] != path:
                continue
            found = [] if node is None else [c for c in children(node) if local(c) == one.name]
            if one.type == "repeat":
                into = written if repeats is None else repeats
                into |= {} if not found else self._repeat(one.path, one.name, found, f"{link}/{one.name}")
            elif one.type == "structure":
                written[one.name] = self._group(one.path, found[0] if found else None, f"{link}/{one.name}")
            else:
                written[one.name] = self._typed(one.type, text(found[0]) if found else "")
        return written

    def _typed(self, type_: str, written: str) -> Any:
        if not written:
            return None
        if type_ == "geopoint":
            return self.point(written)
        return _number(written) if type_ in ("int", "decimal") else written

    def _repeat(self, path: str, name: str, found: list[etree._Element], link: str) -> JSON:
        written: JSON = {f"{name}@odata.navigationLink": link}
        if self.expand:
            written[name] = [
                {
                    **self._group(path, each, f"{link}('{_hash(self.id, path, at)}')"),
                    "__id": _hash(self.id, path, at),
                }
                for at, each in enumerate(found)
            ]
        return written


def _hash(*words: object) -> str:
    return hashlib.sha1(repr(words).encode(), usedforsecurity=False).hexdigest()


def _number(written: str) -> float:
    number = float(written)
    return int(number) if number.is_integer() else number


def _geojson(written: str) -> JSON:
    latitude, longitude, *rest = map(_number, written.split())
    point: JSON = {"type": "Point", "coordinates": [longitude, latitude, *rest[:1]]}
    return point | ({"properties": {"accuracy": rest[1]}} if len(rest) > 1 else {})


def _wkt(written: str) -> str:
    latitude, longitude, *rest = map(_number, written.split())
    return f"POINT ({' '.join(f'{part}' for part in (longitude, latitude, *rest[:1]))})"


def entities(dataset: Dataset) -> Feed[Entity]:
    rows = sorted(dataset.entities.values(), key=lambda e: (e.created_at, e.id), reverse=True)
    return Feed(rows, ENTITY_FIELDS, _entity_values, lambda e: e.uuid, "uuid", _is_deleted)


def _entity_values(one: Entity) -> Mapping[str, Any]:
    return {
        "__id": one.uuid,
        "__system/createdAt": one.created_at,
        "__system/updatedAt": one.updated_at,
        "__system/deletedAt": one.deleted_at,
        "__system/creatorId": str(one.creator),
        "__system/conflict": one.conflict,
    }


def entity_row(state: State, dataset: Dataset, one: Entity, wanted: list[str] | None) -> JSON:
    row = {
        "__id": one.uuid,
        "label": one.current.label,
        "__system": {
            "createdAt": stamp(one.created_at),
            "creatorId": str(one.creator),
            "creatorName": state.actors[one.creator].name,
            "updates": one.current.version - 1,
            "updatedAt": stamp(one.updated_at),
            "deletedAt": stamp(one.deleted_at),
            "version": one.current.version,
            "conflict": one.conflict,
        },
        **{name: one.current.data.get(name, "") for name in dataset.properties},
    }
    return row if wanted is None else chosen(row, wanted)
