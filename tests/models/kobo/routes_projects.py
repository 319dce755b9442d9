"""Projects: imports, assets, deployment, media files, permissions, the log."""

import base64
import json
import mimetypes
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from pyxform.errors import PyXFormError
from werkzeug import Response

from tests.models.kobo import query, views
from tests.models.kobo.forms import UnreadableError, content_of
from tests.models.kobo.state import Asset, LogRow, MediaFile, Refusal, Task, crash
from tests.models.kobo.web import FORBIDDEN, Call, Route, listed, nothing, project, reply

API = "/api/v2"
LONGEST_NAME = 255
ASSET = f"{API}/assets/(?P<uid>[^/]+)"
TYPES = (
    "Only `image`, `audio`, `video`, `text/csv`, `application/xml`, `application/zip`, "
    "`application/geo+json` MIME types are allowed"
)
TAKEN = (
    *("image/", "audio/", "video/", "text/csv", "application/xml", "text/xml", "application/zip"),
    "application/geo+json",
)
NLP = ("asr_seconds", "mt_characters", "llm_requests")
LOG_FIELDS: dict[str, Callable[[LogRow], Any]] = {
    "action": lambda row: row.action,
    "date_created": lambda row: f"{row.at:%Y-%m-%dT%H:%M:%SZ}",
    "username": lambda row: row.user,
    "user__username": lambda row: row.user,
    "metadata__submission__root_uuid": lambda row: row.root,
    "metadata__submission__status": lambda row: row.status,
}
ASSET_FIELDS: dict[str, Callable[[Asset], Any]] = {
    "asset_type": lambda _: "survey",
    "_deployment_status": lambda one: one.status,
    "name": lambda one: one.name,
    "uid": lambda one: one.uid,
    "owner__username": lambda one: one.owner,
}


def _seen(call: Call, uid: str) -> Asset:
    asset = project(call, uid)
    if not call.model.can(call.user, asset, "view_asset"):
        raise Refusal(404, "Not found.")
    return asset


def _known(call: Call) -> str:
    if call.user is None:
        raise Refusal(401, "Authentication credentials were not provided.")
    return call.user.name


# imports


def start_import(call: Call) -> Response:
    owner = _known(call)
    given = call.body()
    upload = call.request.files.get("file")
    encoded = given.get("base64Encoded", "").partition(",")[2]
    content = upload.read() if upload is not None else base64.b64decode(encoded)
    name = given.get("name") or (upload.filename if upload and upload.filename else "Untitled")
    task = _import(call, content, name, given, owner)
    call.model.tasks[task.uid] = task
    url = call.link(f"{API}/imports/{task.uid}/")
    return reply({"uid": task.uid, "url": url, "status": "processing"}, 201)


def _import(call: Call, xlsx: bytes, name: str, given: dict[str, Any], owner: str) -> Task:
    now, uid, polls = call.model.clock(), call.model.uid("i"), call.model.import_polls
    try:
        content = content_of(xlsx)
    except UnreadableError as error:
        return Task(uid, now, {"error": str(error), "error_type": "ValueError"}, "error", polls)
    titled = content["settings"].pop("title", None)
    known = given.get("destination", "").split("?")[0].rstrip("/").rpartition("/")[2] or given.get("assetUid")
    if known:
        asset = project(call, known)
        call.need(asset, "change_asset")
        call.model.add_content(asset, content, xlsx=xlsx)
        word = "updated"
    else:
        asset = call.model.new_asset(titled or name.removesuffix(".xlsx"), content, owner, xlsx=xlsx)
        word = "created"
    item = {
        "uid": asset.uid,
        "kind": "asset",
        "summary": views.summary(asset),
        "owner__username": asset.owner,
    }
    messages: dict[str, Any] = {word: [item]}
    if known:
        messages["audit_logs"] = [_replaced(asset)]
    return Task(uid, now, messages, "complete", polls)


def _replaced(asset: Asset) -> dict[str, Any]:
    return {
        "source": "Python Requests (Other)",
        "asset_id": asset.pk or 0,
        "new_name": asset.name,
        "old_name": asset.name,
        "asset_uid": asset.uid,
        "ip_address": "127.0.0.1",
        "project_owner": asset.owner,
        "latest_version_uid": asset.current.uid,
    }


def poll_import(call: Call, task: str) -> Response:
    found = call.model.tasks.get(task)
    if found is None:
        raise Refusal(404, "No ImportTask matches the given query.")
    facts = {"uid": found.uid, "date_created": views.stamp(found.made_at)}
    if found.polls > 0:
        found.polls -= 1
        return reply({**facts, "status": "processing", "messages": {}})
    return reply({**facts, "status": found.status, "messages": found.messages})


# assets


def assets(call: Call) -> Response:
    seen = [one for one in call.model.assets.values() if call.model.can(call.user, one, "view_asset")]
    seen = _asked(call, [one for one in seen if call.user is not None], ASSET_FIELDS)
    answer = listed(call, [views.asset_row(call, one) for one in reversed(seen)])
    if call.args.get("metadata") != "on":
        return answer
    metadata: dict[str, list[Any]] = {"languages": [], "countries": [], "sectors": [], "organizations": []}
    return reply({**json.loads(answer.get_data()), "metadata": metadata})


def _asked(call: Call, rows: list[Any], fields: dict[str, Callable[[Any], Any]]) -> list[Any]:
    if "q" not in call.args:
        return rows
    try:
        return list(filter(query.words(call.args["q"], fields), rows))
    except query.NotOursError:
        return []


def asset(call: Call, uid: str) -> Response:
    if uid not in call.model.assets:
        raise Refusal(404, "Not found.")
    return reply(views.asset_detail(call, _seen(call, uid)))


def patch_asset(call: Call, uid: str) -> Response:
    found = project(call, uid)
    call.need(found, "change_asset")
    given = call.body()
    if len(given.get("name", "")) > LONGEST_NAME:
        raise Refusal(400, {"name": [f"Ensure this field has no more than {LONGEST_NAME} characters."]})
    found.name = given.get("name", found.name)
    found.extra.update({key: given[key] for key in ("settings", "data_sharing") if key in given})
    found.changed_at, found.changed_by = call.model.clock(), _known(call)
    return reply(views.asset_detail(call, found))


def delete_asset(call: Call, uid: str) -> Response:
    found = project(call, uid)
    call.need(found, "manage_asset")
    for one in [one for one in call.model.records.values() if one.asset is found]:
        call.model.remove(one)
    del call.model.assets[uid]
    return nothing()


def asset_xml(call: Call, uid: str) -> Response:
    found = _seen(call, uid)
    answer = Response(found.current.xform.text, content_type="application/xml; charset=utf-8")
    answer.headers["Content-Disposition"] = f"attachment; filename={uid}.xml"
    return answer


def versions(call: Call, uid: str) -> Response:
    found = _seen(call, uid)
    return listed(call, [views.version(call, found, one) for one in reversed(found.versions)])


def version(call: Call, uid: str, version: str) -> Response:
    found = _seen(call, uid)
    for one in found.versions:
        if one.uid == version:
            return reply({**views.version(call, found, one), "content": one.content})
    raise Refusal(404, "No AssetVersion matches the given query.")


# deployment


def deployment(call: Call, uid: str) -> Response:
    found = _seen(call, uid)
    if found.deployed is None:
        raise Refusal(404, "Not found.")
    return _deployed(call, found)


def _deployed(call: Call, found: Asset) -> Response:
    assert found.deployed is not None
    facts = {"backend": "openrosa", "active": found.active, "version_id": found.deployed.uid}
    return reply({**facts, "asset": views.asset_detail(call, found)})


def deploy(call: Call, uid: str) -> Response:
    found = project(call, uid)
    call.need(found, "change_asset")
    if found.deployed is not None:
        raise Refusal(405, "Use PATCH to update an existing deployment")
    given = call.body()
    _deploy(call, found, given, bool(given.get("active")))
    return _deployed(call, found)


def redeploy(call: Call, uid: str) -> Response:
    """Only with the current version's uid is anything deployed anew, media included."""
    found = project(call, uid)
    call.need(found, "change_asset")
    if found.deployed is None:
        raise Refusal(404, "Not found.")
    given = call.body()
    active = given.get("active", found.active)
    if not isinstance(active, bool):
        raise Refusal(400, {"active": ["Must be a valid boolean."]})
    if "version_id" in given:
        _deploy(call, found, given, active)
    else:
        if active != found.active:
            call.model.log(found, "unarchive" if active else "archive", _known(call))
        found.active, found.changed_at = active, call.model.clock()
    return _deployed(call, found)


def _deploy(call: Call, found: Asset, given: dict[str, Any], active: bool) -> None:
    if given.get("version_id", found.current.uid) != found.current.uid:
        if not any(one.uid == given["version_id"] for one in found.versions):
            raise crash()
        raise Refusal(400, {"version_id": ["Only the current version of an asset can be deployed"]})
    try:
        call.model.deploy(found, active=active)
    except PyXFormError as error:
        raise Refusal(400, str(error)) from error


# media files


def files(call: Call, uid: str) -> Response:
    found = _seen(call, uid)
    kind = call.args.get("file_type", "form_media")
    return listed(call, [views.media(call, found, one) for one in found.listed_files if kind == "form_media"])


def add_file(call: Call, uid: str) -> Response:
    found = project(call, uid)
    call.need(found, "change_asset")
    given = call.body()
    metadata = _metadata(given)
    upload = call.request.files.get("content")
    encoded = given.get("base64Encoded", "")
    redirect = metadata.get("redirect_url")
    if upload is None and not encoded and not redirect:
        raise Refusal(400, {"content": ["No files have been submitted"]})
    content = upload.read() if upload is not None else base64.b64decode(encoded.partition(",")[2])
    named = metadata.get("filename") or (redirect or "").rpartition("/")[2]
    name = _short(named.rpartition("/")[2])
    mimetype = encoded[5:].partition(";")[0] if encoded else mimetypes.guess_type(name)[0] or ""
    if not mimetype.startswith(TAKEN):
        raise Refusal(400, {"content": [TYPES]})
    if any(one.name == name for one in found.listed_files):
        raise Refusal(400, {"content": ["File already exists"]})
    made = call.model.add_media(found, name, content, _known(call), mimetype=mimetype)
    made.redirect_url, made.description = redirect, given.get("description", "")
    answer = views.media(call, found, made)
    return reply(answer, 201, Location=answer["url"])


def _metadata(given: dict[str, Any]) -> dict[str, Any]:
    """What a file is called. Raises Refusal for what is wrong in the form."""
    if not given.get("description"):
        raise Refusal(400, {"description": ["This field may not be blank."]})
    if given.get("file_type") not in ("form_media", "map_layer"):
        raise Refusal(400, {"file_type": [f'"{given.get("file_type")}" is not a valid choice.']})
    if not given.get("metadata"):
        raise crash()
    try:
        return dict(json.loads(given["metadata"]))
    except ValueError as error:
        raise Refusal(400, {"metadata": ["Unable to parse JSON"]}) from error


def _short(name: str) -> str:
    """As a file system keeps a name: 255 letters, its ending kept."""
    stem, dot, ending = name.rpartition(".")
    return name if len(name) <= LONGEST_NAME else f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}"


def _file(call: Call, uid: str, file: str) -> tuple[Asset, MediaFile]:
    found = _seen(call, uid)
    for one in found.listed_files:
        if one.uid == file:
            return found, one
    raise Refusal(404, "No AssetFile matches the given query.")


def file(call: Call, uid: str, file: str) -> Response:
    return reply(views.media(call, *_file(call, uid, file)))


def put_file(call: Call, uid: str, file: str) -> Response:
    _file(call, uid, file)
    raise Refusal(405, f'Method "{call.request.method}" not allowed.')


def delete_file(call: Call, uid: str, file: str) -> Response:
    found, one = _file(call, uid, file)
    call.need(found, "change_asset")
    one.deleted = True
    return nothing()


def file_content(call: Call, uid: str, file: str) -> Response:
    _, one = _file(call, uid, file)
    if one.redirect_url is not None:
        return Response(status=302, headers={"Location": one.redirect_url})
    answer = Response(one.content)
    answer.headers["Content-Type"] = one.mimetype
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{one.name}"
    return answer


# who may what


def permissions(call: Call, uid: str) -> Response:
    found = _seen(call, uid)
    return reply([views.permission(call, found, one) for one in views.by_user(found)])


def add_permission(call: Call, uid: str) -> Response:
    found = project(call, uid)
    call.need(found, "manage_asset")
    given = call.body()
    for name in ("user", "permission"):
        if name not in given:
            raise Refusal(400, {name: ["This field is required."]})
        if "/" not in str(given[name]):
            raise Refusal(400, {name: ["Invalid hyperlink - No URL match."]})
    user = str(given.get("user", "")).rstrip("/").rpartition("/")[2]
    codename = str(given.get("permission", "")).rstrip("/").rpartition("/")[2]
    if user not in call.model.users and user != "AnonymousUser":
        raise Refusal(400, {"user": ["Invalid hyperlink - Object does not exist."]})
    if codename not in views.PERMISSIONS:
        raise Refusal(400, {"permission": ["Invalid hyperlink - Object does not exist."]})
    if user == found.owner:
        raise Refusal(400, {"user": "Owner's permissions cannot be assigned explicitly"})
    made = call.model.grant(found, user, codename, given.get("partial_permissions"))
    answer = views.permission(call, found, made)
    return reply(answer, 201, Location=answer["url"])


def delete_permission(call: Call, uid: str, permission: str) -> Response:
    found = project(call, uid)
    call.need(found, "manage_asset")
    for one in found.permissions:
        if one.uid != permission:
            continue
        if one.user == found.owner:
            raise Refusal(409, "Owner's permissions cannot be deleted")
        call.model.take_back(found, one)
        return nothing()
    raise Refusal(404, "No ObjectPermission matches the given query.")


def user(call: Call, name: str) -> Response:
    if name not in call.model.users:
        raise Refusal(404, "No User matches the given query.")
    return reply({"url": call.link(f"{API}/users/{name}/"), "username": name})


# the log


def history(call: Call, uid: str) -> Response:
    """Newest first; a query that cannot be read gives nothing."""
    found = project(call, uid)
    if not call.model.can(call.user, found, "manage_asset"):
        raise Refusal(403, FORBIDDEN)
    rows = [row for row in reversed(call.model.history) if row.asset == uid]
    return listed(call, [views.log_row(call, row) for row in _asked(call, rows, LOG_FIELDS)])


def history_actions(call: Call, uid: str) -> Response:
    found = project(call, uid)
    if not call.model.can(call.user, found, "manage_asset"):
        raise Refusal(403, FORBIDDEN)
    return reply({"actions": sorted({row.action for row in call.model.history if row.asset == uid})})


# the site


def token(call: Call) -> Response:
    _known(call)
    assert call.user is not None
    return reply({"token": call.user.token})


def service_usage(call: Call) -> Response:
    """Of the account that asks. A server without plans has no limits."""
    used = call.model.used(_known(call))
    (storage, _), (count, _) = used["storage_bytes"], used["submission"]
    first = call.model.clock().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    zeros = {f"{word}_{when}": 0 for when in ("current_period", "all_time") for word in NLP}
    return reply(
        {
            "total_nlp_usage": zeros,
            "total_storage_bytes": storage,
            "total_submission_count": {"all_time": count, "current_period": count},
            "balances": {name: _balance(*one) for name, one in used.items()} | dict.fromkeys(NLP),
            "current_period_start": first.isoformat(),
            "current_period_end": (first + timedelta(days=32)).replace(day=1).isoformat(),
            "last_updated": call.model.clock().isoformat(),
        }
    )


def _balance(used: int, limit: int | None) -> dict[str, Any] | None:
    if limit is None:
        return None
    left = limit - used
    percent = used * 100 // limit
    return {"effective_limit": limit, "balance_value": left, "balance_percent": percent, "exceeded": left < 0}


def me(call: Call) -> Response:
    if call.user is None:
        return reply({"message": "user is not logged in"})
    name = call.user.name
    return reply(
        {
            "username": name,
            "first_name": "",
            "last_name": "",
            "email": f"{name}@example.org",
            "is_superuser": False,
            "server_time": f"{call.model.clock():%Y-%m-%dT%H:%M:%SZ}",
            "date_joined": "2026-11-20T21:57:40Z",
            "projects_url": f"{call.base}/{name}",
            "gravatar": "https://www.gravatar.com/avatar/0?s=40",
            "last_login": None,
            "extra_details": {"name": "", "organization": "", "require_auth": True},
            "git_rev": False,
            "social_accounts": [],
            "validated_password": True,
            "accepted_tos": False,
            "organization": {
                "url": call.link(f"{API}/organizations/org{call.user.uid[1:]}/"),
                "name": f"{name}'s organization",
                "uid": f"org{call.user.uid[1:]}",
            },
            "extra_details__uid": call.user.uid,
        }
    )


_ANY = "GET, PUT, PATCH, DELETE, HEAD, OPTIONS"
_LIST = "GET, POST, HEAD, OPTIONS"
_READ = "GET, HEAD, OPTIONS"
ROUTES = (
    Route("/token/", _READ, {"GET": token}),
    Route(f"{API}/service_usage/", _READ, {"GET": service_usage}),
    Route("/me/", "GET, PATCH, DELETE, HEAD, OPTIONS", {"GET": me}),
    Route(f"{API}/imports/", _LIST, {"POST": start_import}),
    Route(f"{API}/imports/(?P<task>[^/]+)/", _READ, {"GET": poll_import}),
    Route(f"{API}/users/(?P<name>[^/]+)/", _READ, {"GET": user}),
    Route(f"{API}/assets/", _LIST, {"GET": assets}),
    Route(rf"{API}/assets/(?P<uid>[^/.]+)\.xml", _ANY, {"GET": asset_xml}),
    Route(f"{ASSET}/", _ANY, {"GET": asset, "PATCH": patch_asset, "DELETE": delete_asset}),
    Route(f"{ASSET}/versions/", _LIST, {"GET": versions}),
    Route(f"{ASSET}/versions/(?P<version>[^/]+)/", _ANY, {"GET": version}),
    Route(
        f"{ASSET}/deployment/",
        "GET, POST, PATCH, HEAD, OPTIONS",
        {"GET": deployment, "POST": deploy, "PATCH": redeploy},
    ),
    Route(f"{ASSET}/files/", _LIST, {"GET": files, "POST": add_file}),
    Route(
        f"{ASSET}/files/(?P<file>[^/]+)/",
        _ANY,
        {"GET": file, "PUT": put_file, "PATCH": put_file, "DELETE": delete_file},
    ),
    Route(f"{ASSET}/files/(?P<file>[^/]+)/content/", _READ, {"GET": file_content}),
    Route(f"{ASSET}/permission-assignments/", _LIST, {"GET": permissions, "POST": add_permission}),
    Route(
        f"{ASSET}/permission-assignments/(?P<permission>[^/]+)/",
        "GET, DELETE, HEAD, OPTIONS",
        {"DELETE": delete_permission},
    ),
    Route(f"{ASSET}/history/", _READ, {"GET": history}),
    Route(f"{ASSET}/history/actions/", _READ, {"GET": history_actions}),
)
