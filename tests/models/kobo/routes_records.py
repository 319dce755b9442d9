"""Records: the list with its pitfalls, single records, files, statuses, and bulk actions."""

import json
from typing import Any

from werkzeug import Response

from tests.models.kobo import changes, instances, query, views
from tests.models.kobo.routes_projects import ASSET
from tests.models.kobo.state import Asset, Attachment, Record, Refusal
from tests.models.kobo.web import (
    DEFAULT_PAGE,
    MOST_ROWS,
    Call,
    Route,
    nothing,
    paged,
    positive,
    project,
    reply,
    the_record,
    visible,
)

DATA = f"{ASSET}/data"
ONE = rf"{DATA}/(?P<key>[^/]+)"
NOT_JSON = "Value must be valid JSON."


def _json(call: Call, name: str) -> Any:
    if name not in call.args:
        return None
    try:
        return json.loads(call.args[name])
    except json.JSONDecodeError as error:
        raise Refusal(400, {name: NOT_JSON}) from error


def data_list(call: Call, uid: str) -> Response:
    """Only `start` and `limit` page; `offset` and `page` change the links alone."""
    asset = project(call, uid)
    rows = visible(call, asset)
    if "count" in call.args:
        complaint = "This param is not implemented. Use `count` property of the response instead."
        raise Refusal(400, {"count": complaint})
    _refuse_in_xml(call)
    limit = positive(call.args, "limit", 1, "A positive integer is required")
    start = positive(call.args, "start", 0, "A positive integer is required.")
    fields, wanted, order = (_json(call, name) for name in ("fields", "query", "sort"))
    if wanted is not None and not isinstance(wanted, dict):
        raise Refusal(500, "", page=True)
    if wanted:
        rows = [one for one in rows if query.matches(one.document, wanted)]
    if order and order != {"_id": 1}:  # as they stand
        rows = _sorted(rows, order)
    size = min(limit or DEFAULT_PAGE, MOST_ROWS)
    found = rows[start or 0 : (start or 0) + size]
    call.model.log(asset, "view-data", call.user.name if call.user else asset.owner)
    links = paged(call, len(rows), *_links(call, limit, start))
    if call.format == "xml":
        return _xml_list(found, links)
    return reply({**links, "results": [views.record(call, one, fields) for one in found]})


def _refuse_in_xml(call: Call) -> None:
    for name in ("sort", "fields"):
        if call.format == "xml" and name in call.args:
            raise Refusal(400, {name: "This param is not supported in `XML` format"})


def _links(call: Call, limit: int | None, start: int | None) -> tuple[int, int]:
    """Limit and start as the links have them, which is not always how the rows were chosen."""
    number = call.args.get
    size = min(limit or int(number("page_size", DEFAULT_PAGE)), MOST_ROWS)
    if start is not None:
        return size, start
    if "offset" in call.args:
        return size, int(number("offset", 0))
    return size, (int(number("page", 1)) - 1) * int(number("page_size", DEFAULT_PAGE))


def _sorted(rows: list[Record], order: dict[str, int]) -> list[Record]:
    for name, direction in reversed(order.items()):

        def rank(one: Record, name: str = name) -> tuple[int, Any]:
            return _rank(one.document.get(name))

        rows = sorted(rows, key=rank, reverse=direction < 0)
    return rows


def _rank(value: Any) -> tuple[int, Any]:
    """As Mongo ranks kinds: what is missing, numbers, texts, the rest."""
    if value is None:
        return 0, 0
    if isinstance(value, int | float):
        return 1, value
    return (2, value) if isinstance(value, str) else (3, json.dumps(value, sort_keys=True))


def _xml_list(found: list[Record], links: dict[str, Any]) -> Response:
    def text(value: Any) -> str:
        return str(value).replace("&", "&amp;")

    heads = "".join(f"<{name}>{text(value)}</{name}>" for name, value in links.items())
    rows = "".join(instances.bare(one.xml) for one in found)
    return Response(
        f'<?xml version="1.0" encoding="utf-8"?><root>{heads}<results>{rows}</results></root>',
        content_type="application/xml; charset=utf-8",
    )


def data_one(call: Call, uid: str, key: str) -> Response:
    found = the_record(call, project(call, uid), key)
    if call.format == "xml":
        return Response(found.xml, content_type="application/xml; charset=utf-8")
    return reply(views.record(call, found, _json(call, "fields")))


def data_delete(call: Call, uid: str, key: str) -> Response:
    asset, found = _for(call, uid, key, "delete_submissions")
    assert call.user is not None
    assert found.asset is asset
    changes.delete(call.model, call.user, found)
    return nothing()


def _for(call: Call, uid: str, key: str, codename: str) -> tuple[Asset, Record]:
    asset = project(call, uid)
    call.need(asset, codename)
    return asset, the_record(call, asset, key)


def data_duplicate(call: Call, uid: str, key: str) -> Response:
    _, found = _for(call, uid, key, "change_submissions")
    assert call.user is not None
    return reply(views.record(call, changes.duplicate(call.model, call.user, found)), 201)


def enketo(call: Call, uid: str, key: str, what: str) -> Response:
    asset, found = _for(call, uid, key, "change_submissions" if what == "edit" else "view_submissions")
    assert asset.deployed is not None
    url = f"https://enketo.example.org/{what}/{asset.uid[:8]}?instance_id={found.instance_id}"
    return reply({"url": url, "version_uid": asset.deployed.uid})


# files


def attachment(call: Call, uid: str, key: str, att: str) -> Response:
    found = the_record(call, project(call, uid), key)
    return _download(next((one for one in found.listed if one.uid == att), None))


def attachment_by_path(call: Call, uid: str, key: str) -> Response:
    found = the_record(call, project(call, uid), key)
    names = [name for name, path in found.questions.items() if path == call.args.get("xpath")]
    if not names:
        raise Refusal(400, "The path could not be found in the submission")
    return _download(found.live(names[0]))


def _download(one: Attachment | None) -> Response:
    """Streamed: neither a length of its own nor an ETag."""
    if one is None or one.deleted:
        raise Refusal(404, "Not found.")
    answer = Response(one.data)
    answer.headers["Content-Type"] = one.mimetype
    name = one.name.encode().decode("latin-1")  # the raw bytes of the name, as it was recorded
    answer.headers["Content-Disposition"] = f"inline; filename={name}"
    return answer


def attachment_delete(call: Call, uid: str, att: str) -> Response:
    asset = project(call, uid)
    call.need(asset, "change_submissions")
    found = [one for each in visible(call, asset) for one in each.listed if one.uid == att]
    if not found or found[0].deleted:
        raise Refusal(404, "Not found.")
    assert call.user is not None
    changes.delete_attachments(call.model, call.user, asset, found)
    return nothing()


def attachments_bulk_delete(call: Call, uid: str) -> Response:
    asset = project(call, uid)
    call.need(asset, "change_submissions")
    roots = set(call.body().get("submission_root_uuids", []))
    found = [one for each in visible(call, asset) if each.root in roots for one in each.listed]
    assert call.user is not None
    gone = changes.delete_attachments(call.model, call.user, asset, found)
    return reply({"message": f"{gone} attachments deleted"}, 202)


# status


def status(call: Call, uid: str, key: str) -> Response:
    return reply(the_record(call, project(call, uid), key).status)


def status_patch(call: Call, uid: str, key: str) -> Response:
    _, found = _for(call, uid, key, "validate_submissions")
    assert call.user is not None
    return reply(changes.review(call.model, call.user, found, call.body().get("validation_status.uid")))


def status_delete(call: Call, uid: str, key: str) -> Response:
    _, found = _for(call, uid, key, "validate_submissions")
    assert call.user is not None
    changes.clear_review(call.model, call.user, found)
    return nothing()


def statuses_patch(call: Call, uid: str) -> Response:
    asset = project(call, uid)
    call.need(asset, "validate_submissions")
    try:
        payload = _payload(call)
    except Refusal as refused:
        broken = str(refused.detail).startswith("JSON parse error")
        raise (Refusal(500, "", page=True) if broken else refused) from refused
    if "validation_status.uid" not in payload:
        raise Refusal(400, {"payload": ["`validation_status.uid` is required"]})
    found = _chosen(call, asset, payload)
    assert call.user is not None
    for one in reversed(found):
        changes.review(call.model, call.user, one, payload["validation_status.uid"])
    return reply({"detail": f"{len(found)} submissions have been updated"})


def statuses_delete(call: Call, uid: str) -> Response:
    asset = project(call, uid)
    call.need(asset, "validate_submissions")
    payload = _payload(call)
    if "validation_status.uid" not in payload:
        raise Refusal(400, {"payload": ["`validation_status.uid` is required"]})
    found = _chosen(call, asset, payload)
    assert call.user is not None
    for one in found:
        changes.clear_review(call.model, call.user, one)
    return reply({"detail": f"{len(found)} submissions have been updated"})


# in bulk


def _payload(call: Call) -> dict[str, Any]:
    given = call.body().get("payload")
    if given is None:
        raise Refusal(400, {"payload": ["This field is required."]})
    return dict(json.loads(given) if isinstance(given, str) else given)


def _chosen(call: Call, asset: Asset, payload: dict[str, Any]) -> list[Record]:
    """By ids, all of which must be there, or by a query that is confirmed. Raises Refusal."""
    rows = visible(call, asset)
    if "submission_ids" not in payload:
        if not payload.get("confirm"):
            raise Refusal(400, {"payload": ["Confirmation is required"]})
        return [one for one in rows if query.matches(one.document, payload.get("query", {}))]
    ids = {str(one) for one in payload["submission_ids"]}
    found = [one for one in rows if str(one.id) in ids]
    if len(found) != len(ids):
        raise Refusal(400, "One or more submission ids are invalid")
    return found


def bulk_patch(call: Call, uid: str) -> Response:
    asset = project(call, uid)
    call.need(asset, "change_submissions")
    payload = _payload(call)
    if not payload.get("data"):
        raise Refusal(400, {"payload": ["`data` is required"]})
    ids = {str(one) for one in payload.get("submission_ids", [])}
    found = [one for one in visible(call, asset) if str(one.id) in ids]
    if not found:
        raise Refusal(400, ["No submissions match the given `submission_ids`"])
    assert call.user is not None
    made = [(changes.edit_by_api(call.model, call.user, one, payload["data"]), one.root) for one in found]
    results = [
        {"uuid": new, "root_uuid": root, "status_code": 201, "message": "Successful submission"}
        for new, root in made
    ]
    return reply({"count": len(made), "successes": len(made), "failures": 0, "results": results})


def bulk_delete(call: Call, uid: str) -> Response:
    """By a query without confirmation: a page for people, and deletions in the log that never were."""
    asset = project(call, uid)
    call.need(asset, "delete_submissions")
    payload = _payload(call)
    assert call.user is not None
    if "submission_ids" not in payload and not payload.get("confirm"):
        for one in visible(call, asset):
            if query.matches(one.document, payload.get("query", {})):
                call.model.log(asset, "delete-submission", call.user.name, one)
        raise Refusal(500, "", page=True)
    found = _chosen(call, asset, payload)
    for one in found:
        changes.delete(call.model, call.user, one)
    return reply({"detail": f"{len(found)} submissions have been deleted"})


_READ = "GET, HEAD, OPTIONS"
_STATUS = "GET, PATCH, DELETE, HEAD, OPTIONS"
ROUTES = (
    Route(f"{DATA}/", _READ, {"GET": data_list}),
    Route(f"{DATA}/bulk/", "PATCH, DELETE, OPTIONS", {"PATCH": bulk_patch, "DELETE": bulk_delete}),
    Route(
        f"{DATA}/validation_statuses/",
        "PATCH, DELETE, OPTIONS",
        {"PATCH": statuses_patch, "DELETE": statuses_delete},
    ),
    Route(f"{ONE}/", "GET, DELETE, HEAD, OPTIONS", {"GET": data_one, "DELETE": data_delete}),
    Route(f"{ONE}/duplicate/", "POST, OPTIONS", {"POST": data_duplicate}),
    Route(f"{ONE}/enketo/(?P<what>edit|view)/", _READ, {"GET": enketo}),
    Route(
        f"{ONE}/validation_status/",
        _STATUS,
        {"GET": status, "PATCH": status_patch, "DELETE": status_delete},
    ),
    Route(f"{ONE}/attachments/", _READ, {"GET": attachment_by_path}),
    Route(f"{ONE}/attachments/(?P<att>[^/]+)/(?:(?:large|medium|small)/)?", _READ, {"GET": attachment}),
    Route(f"{ASSET}/attachments/bulk/", "DELETE", {"DELETE": attachments_bulk_delete}),
    Route(f"{ASSET}/attachments/(?P<att>[^/]+)/", "DELETE", {"DELETE": attachment_delete}),
)
