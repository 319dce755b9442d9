"""Entity lists and their entities."""

import re
from typing import Any

from werkzeug.wrappers import Response

from tests.models.central import access, conflicts, entities, forms, odata, views
from tests.models.central.problems import missing, no_number, not_found, unexpected, unexpected_attributes
from tests.models.central.submissions import disposition
from tests.models.central.web import CSV_TYPE, ODATA, Context, answer, as_json, route, success

LIST = "/projects/{p}/datasets/{d}"
ALL = LIST + "/entities"
ONE = ALL + "/{e}"
SERVICE = LIST + ".svc"
LIST_NAME = re.compile(r"(?!__)(:|_|[^\W\d])(:|-|\w)*")


@route("GET", "/projects/{p}/datasets", "dataset.list")
def datasets(ctx: Context) -> Response:
    return as_json([views.listed_dataset(one, ctx.wide) for one in ctx.project.datasets.values()])


@route("POST", "/projects/{p}/datasets", "dataset.create")
def create_dataset(ctx: Context) -> Response:
    made = forms.create_dataset(ctx.state, ctx.project, _name(ctx, LIST_NAME, "dataset"))
    return as_json(views.dataset(ctx.project, made))


def _name(ctx: Context, pattern: re.Pattern[str], of: str) -> str:
    """Letters without the marks above and below them, digits, - and _; none of Central's own."""
    given = ctx.body.get("name")
    if isinstance(given, str) and pattern.fullmatch(given):
        return given
    raise unexpected("name", given, f"This is not a valid {of} name.")


@route("DELETE", LIST, "dataset.delete")
def delete_dataset(ctx: Context) -> Response:
    forms.delete_dataset(ctx.project, ctx.dataset)
    return success()


@route("GET", LIST, "dataset.read")
def get_dataset(ctx: Context) -> Response:
    return as_json(views.dataset(ctx.project, ctx.dataset))


@route("PATCH", LIST, "dataset.update")
def patch_dataset(ctx: Context) -> Response:
    if "approvalRequired" in ctx.body:
        ctx.dataset.approval_required = bool(ctx.body["approvalRequired"])
    if "accessFilter" in ctx.body:
        access.set_filter(ctx.project, ctx.dataset, ctx.body["accessFilter"])
    elif "ownerOnly" in ctx.body:
        if not isinstance(ctx.body["ownerOnly"], bool):
            raise no_number(str(ctx.body["ownerOnly"]), "boolean")
        access.set_filter(ctx.project, ctx.dataset, {"type": "ownerOnly"} if ctx.body["ownerOnly"] else None)
    ctx.dataset.updated_at = ctx.state.clock()
    return as_json(views.dataset(ctx.project, ctx.dataset))


@route("POST", LIST + "/properties", "dataset.update")
def add_property(ctx: Context) -> Response:
    forms.add_property(ctx.state, ctx.dataset, _name(ctx, access.PROPERTY_NAME, "property"))
    return success()


@route("GET", LIST + "/entities.csv", "entity.list")
def as_csv(ctx: Context) -> Response:
    """A strong ETag of the whole list; a part of it has none."""
    query = odata.Query({k: v for k, v in ctx.request.args.items() if k == "$filter"})
    rows = odata.entities(ctx.dataset).page(query).rows
    content = entities.list_csv(ctx.state, ctx.dataset, rows)
    tag = "" if query.given else f'"{entities.digest(content)}"'
    headers = {"Content-Disposition": disposition("attachment", f"{ctx.dataset.name}.csv")}
    return answer(content, CSV_TYPE, tag=tag, headers=headers)


@route("GET", SERVICE, "dataset.read")
def service(ctx: Context) -> Response:
    value = [{"name": "Entities", "kind": "EntitySet", "url": "Entities"}]
    body = {"@odata.context": f"{_service(ctx)}/$metadata", "value": value}
    minimal = {"Content-Type": "application/json; charset=utf-8; odata.metadata=minimal"}
    return as_json(body, headers=ODATA | minimal)


def _service(ctx: Context) -> str:
    return f"{ctx.state.domain}/v1/projects/{ctx.project.id}/datasets/{ctx.dataset.name}.svc"


@route("GET", SERVICE + "/Entities", "entity.list")
def feed(ctx: Context) -> Response:
    """No ETag at all."""
    query = odata.Query(ctx.request.args)
    query.check()
    table = odata.entities(ctx.dataset)
    page = table.page(query)
    known = frozenset({"__id", "__system", "label", *ctx.dataset.properties})
    odata.check_selected(query.select, known)
    top = query.number("$top") != 0
    rows = [odata.entity_row(ctx.state, ctx.dataset, one, query.select) for one in page.rows if top]
    return as_json(odata.envelope(_service(ctx), "Entities", query, page, rows, table), tag="", headers=ODATA)


@route("GET", ALL, "entity.list")
def listed(ctx: Context) -> Response:
    rows = entities.newest_first(ctx.dataset, ctx.flag("deleted"))
    offset, limit = ctx.request.args.get("offset", 0, type=int), ctx.request.args.get("limit", type=int)
    return as_json([views.entity(ctx.state, one, ctx.wide, data=False) for one in rows[offset:][:limit]])


@route("POST", ALL, "entity.create")
def create(ctx: Context) -> Response:
    """One; or many at once, which says where they came from."""
    many = ctx.body.get("entities")
    if many is not None:
        if not many:
            raise unexpected_attributes(["entities: [...]"], ["empty array"])
        changes = [entities.new(ctx.dataset, one, ctx.by) for one in many]
        _check_source(ctx.body.get("source"))
        entities.create_many(ctx.state, ctx.dataset, changes)
        return success()
    made = entities.create(ctx.state, ctx.dataset, *entities.new(ctx.dataset, ctx.body, ctx.by))
    return as_json(views.entity(ctx.state, made))


def _check_source(source: Any) -> None:
    if source is None:
        raise missing("source")
    if not source.get("name"):
        raise missing("source.name")


@route("POST", ALL + "/bulk-delete", "entity.delete")
def delete_many(ctx: Context) -> Response:
    held = [ctx.dataset.entities[key] for key in ctx.body.get("ids", ()) if key in ctx.dataset.entities]
    live = [one for one in held if one.deleted_at is None]
    for one in live:
        entities.delete(ctx.state, ctx.dataset, one)
    return as_json({"count": len(live)})


def _live(ctx: Context) -> Any:
    if ctx.entity.deleted_at is not None:
        raise not_found()
    return ctx.entity


@route("GET", ONE, "entity.read")
def one(ctx: Context) -> Response:
    return as_json(views.entity(ctx.state, _live(ctx), ctx.wide))


@route("PATCH", ONE, "entity.update")
def patch(ctx: Context) -> Response:
    base, force, resolve = ctx.request.args.get("baseVersion"), ctx.flag("force"), ctx.flag("resolve")
    entities.patch(ctx.state, ctx.dataset, _live(ctx), ctx.body, ctx.by, base, force, resolve)
    return as_json(views.entity(ctx.state, ctx.entity))


@route("DELETE", ONE, "entity.delete")
def delete(ctx: Context) -> Response:
    entities.delete(ctx.state, ctx.dataset, _live(ctx))
    return success()


@route("POST", ONE + "/restore", "entity.restore")
def restore(ctx: Context) -> Response:
    if ctx.entity.deleted_at is None:
        raise not_found()
    entities.restore(ctx.state, ctx.dataset, ctx.entity)
    return success()


@route("GET", ONE + "/versions", "entity.read")
def versions(ctx: Context) -> Response:
    rows = conflicts.versions(ctx.state, _live(ctx))
    return as_json([row for row in rows if row["relevantToConflict"] or not ctx.flag("relevantToConflict")])


@route("GET", ONE + "/diffs", "entity.read")
def diffs(ctx: Context) -> Response:
    return as_json(conflicts.diffs(_live(ctx)))


@route("GET", ONE + "/audits", "entity.read")
def audits(ctx: Context) -> Response:
    key = _live(ctx).uuid
    found = [a for a in ctx.state.audits if ((a.details or {}).get("entity") or {}).get("uuid") == key]
    return as_json([views.audit(ctx.state, one, wide=True) for one in reversed(found)])
