"""kpi's records as JSON."""

import re
from collections.abc import Collection
from datetime import datetime
from typing import Any

from tests.models.kobo.state import (
    ANYONE,
    Asset,
    AssetVersion,
    Attachment,
    LogRow,
    MediaFile,
    Permission,
    Record,
)
from tests.models.kobo.web import Call

JSON = dict[str, Any]
PERMISSIONS: dict[str, Any] = {
    "view_asset": "View form",
    "change_asset": "Edit form",
    "manage_asset": "Manage project",
    "add_submissions": "Add submissions",
    "view_submissions": "View submissions",
    "partial_submissions": {
        "default": "Act on submissions only from specific users",
        "view_submissions": "View submissions only from specific users",
        "change_submissions": "Edit submissions only from specific users",
        "delete_submissions": "Delete submissions only from specific users",
        "validate_submissions": "Validate submissions only from specific users",
    },
    "change_submissions": "Edit submissions",
    "delete_submissions": "Delete submissions",
    "validate_submissions": "Validate submissions",
}
SETTINGS: JSON = {"sector": {}, "country": [], "description": "", "organization": "", "country_codes": []}
SHOWN_SIZES = ("large", "medium", "small")


def stamp(moment: datetime | None) -> str | None:
    """As the projects' dates are written: microseconds, Z."""
    return None if moment is None else f"{moment:%Y-%m-%dT%H:%M:%S.%f}Z"


def attachment(call: Call, record: Record, one: Attachment, fields: Collection[str] | None = None) -> JSON:
    """`question_xpath` is looked for among the fields asked for alone: of others it is empty."""
    path = record.questions[one.name]
    plain = re.sub(r"\[\d+\]", "", path)
    known = fields is None or any(plain == name or plain.startswith(f"{name}/") for name in fields)
    url = f"{call.base}/api/v2/assets/{record.asset.uid}/data/{record.id}/attachments/{one.uid}/"
    return {
        "download_url": url,
        "mimetype": one.mimetype,
        "filename": one.filename,
        "media_file_basename": one.name,
        "uid": one.uid,
        "is_deleted": one.deleted,
        **{f"download_{size}_url": f"{url}{size}/" for size in SHOWN_SIZES},
        "question_xpath": path if known else "",
    }


def record(call: Call, one: Record, fields: list[str] | None = None) -> JSON:
    """All of it, or the fields asked for and three more; the status is empty when it was not asked for."""
    kept = None if fields is None else {*fields, "_id", "_uuid", "meta/rootUuid"}
    found = {name: value for name, value in one.document.items() if kept is None or name in kept}
    if kept is None or "_attachments" in kept:
        found["_attachments"] = [attachment(call, one, each, fields) for each in one.listed]
    return {**found, "_validation_status": found.get("_validation_status", {})}


def media(call: Call, asset: Asset, one: MediaFile) -> JSON:
    path = f"/api/v2/assets/{asset.uid}/files/{one.uid}/"
    metadata = {"filename": one.name, "hash": one.hash, "mimetype": one.mimetype}
    if one.redirect_url is not None:
        metadata["redirect_url"] = one.redirect_url
    return {
        "uid": one.uid,
        "url": call.link(path),
        "asset": call.link(f"/api/v2/assets/{asset.uid}/"),
        "user": call.link(f"/api/v2/users/{one.user}/"),
        "user__username": one.user,
        "file_type": "form_media",
        "description": one.description,
        "date_created": stamp(one.made_at),
        "content": call.link(f"{path}content/"),
        "metadata": metadata,
    }


def version(call: Call, asset: Asset, one: AssetVersion) -> JSON:
    return {
        "uid": one.uid,
        "url": call.link(f"/api/v2/assets/{asset.uid}/versions/{one.uid}/"),
        "content_hash": one.hash,
        "date_deployed": stamp(one.deployed_at) if one.deployed_at else False,
        "date_modified": stamp(one.deployed_at or one.made_at),
        "version_number": asset.number_of(one),
    }


def permission(call: Call, asset: Asset, one: Permission) -> JSON:
    found: JSON = {
        "url": call.link(f"/api/v2/assets/{asset.uid}/permission-assignments/{one.uid}/"),
        "user": call.link(f"/api/v2/users/{one.user}/"),
        "permission": call.link(f"/api/v2/permissions/{one.codename}/"),
        "label": PERMISSIONS[one.codename],
    }
    if one.partial is not None:
        found["partial_permissions"] = [
            {**part, "url": call.link("/" + part["url"].split("/", 3)[3])} for part in one.partial
        ]
    return found


def by_user(asset: Asset) -> list[Permission]:
    return sorted(asset.permissions, key=lambda one: (one.user, one.codename))


def summary(asset: Asset) -> JSON:
    """What the sheets hold: asked questions, their first labels, columns."""
    survey = asset.current.content["survey"]
    without = ("begin_", "end_")
    rows = [one for one in survey if not one["type"].startswith(without)]
    rows = [one for one in rows if one["type"] not in ("start", "end")]
    asked = [one for one in rows if "label" in one]
    columns = dict.fromkeys(key for row in survey for key in row if not key.startswith("$"))
    quality = {"ok": 0, "bad": 0, "good": len(rows), "total": len(rows), "firsts": {}}
    return {
        "geo": any(row["type"] == "geopoint" for row in rows),
        "labels": [row["label"][0] for row in asked][:5],
        "columns": list(columns),
        "lock_all": False,
        "lock_any": False,
        "languages": [one for one in asset.current.content.get("translations", []) if one],
        "row_count": len(rows),
        "name_quality": quality,
        "default_translation": None,
    }


def _head(call: Call, asset: Asset) -> JSON:
    records = list(call.model.of(asset)) if asset.deployed else []
    last = max((one.submitted_at for one in records), default=None)
    path = f"/api/v2/assets/{asset.uid}/"
    return {
        "url": call.link(path),
        "date_created": stamp(asset.made_at),
        "date_modified": stamp(asset.changed_at),
        "date_deployed": stamp(asset.deployed_at),
        "owner": call.link(f"/api/v2/users/{asset.owner}/"),
        "summary": summary(asset),
        "owner__username": asset.owner,
        "parent": None,
        "uid": asset.uid,
        "tag_string": "",
        "settings": {**SETTINGS, **asset.extra.get("settings", {})},
        "kind": "asset",
        "name": asset.name,
        "asset_type": "survey",
        "version_id": asset.current.uid,
        "has_deployment": asset.deployed is not None,
        "deployed_version_id": asset.deployed.uid if asset.deployed else None,
        "deployment__active": asset.active,
        "deployment__submission_count": len(records),
        "deployment__last_submission_time": stamp(last),
        "deployment__encrypted": False,
        "deployment__uuid": asset.formhub,
        "deployment_status": asset.status,
        "permissions": [permission(call, asset, one) for one in by_user(asset)],
        "export_settings": [],
        "downloads": [{"format": kind, "url": f"{call.link(path)}.{kind}"} for kind in ("xls", "xml")],
        "data": call.link(f"{path}data/"),
        "subscribers_count": 0,
        "status": "shared" if any(one.user != asset.owner for one in asset.permissions) else "private",
        "access_types": None,
        "children": {"count": 0},
        "data_sharing": asset.extra.get("data_sharing", {}),
        "owner_label": asset.owner,
        "last_modified_by": asset.changed_by,
        "created_by": None,
    }


def asset_row(call: Call, asset: Asset) -> JSON:
    """As in the list: without `content`, so without our form id."""
    return _head(call, asset)


def asset_detail(call: Call, asset: Asset) -> JSON:
    path = f"/api/v2/assets/{asset.uid}/"
    deployed = [one for one in reversed(asset.versions) if one.deployed_at]
    return {
        **_head(call, asset),
        "files": [media(call, asset, one) for one in asset.files],
        "version__content_hash": asset.current.hash,
        "version_count": len(asset.versions),
        "deployed_versions": {
            "count": len(deployed),
            "next": None,
            "previous": None,
            "results": [version(call, asset, one) for one in deployed],
        },
        "deployment__links": {},
        "deployment__data_download_links": _downloads(call, asset),
        "report_custom": {},
        "advanced_features": {"_version": "20250820"},
        "map_styles": {},
        "map_custom": {},
        "content": asset.current.content,
        "embeds": [
            {"format": "xls", "url": call.link(f"{path}xls/")},
            {"format": "xform", "url": call.link(f"{path}xform/")},
        ],
        "analysis_form_json": {"additional_fields": []},
        "xform_link": call.link(f"{path}xform/"),
        "hooks_link": call.link(f"{path}hooks/"),
        "xls_link": call.link(f"{path}xls/"),
        "assignable_permissions": [
            {"url": call.link(f"/api/v2/permissions/{name}/"), "label": label}
            for name, label in PERMISSIONS.items()
        ],
        "effective_permissions": [{"codename": name} for name in _effective(call, asset)],
        "exports": call.link(f"{path}exports/"),
        "paired_data": call.link(f"{path}paired-data/"),
        "project_ownership": None,
    }


def _effective(call: Call, asset: Asset) -> list[str]:
    """What the user who asks may do, in no order."""
    name = call.user.name if call.user else ANYONE
    held = [one.codename for one in asset.permissions if one.user == name]
    return [*held, "delete_asset"] if name == asset.owner else held


def _downloads(call: Call, asset: Asset) -> JSON:
    if asset.deployed is None:
        return {}
    top = f"{call.base}/{asset.owner}"
    return {
        **{f"{kind}_legacy": f"{top}/exports/{asset.uid}/{kind}/" for kind in ("xls", "csv", "zip")},
        "xls": f"{top}/reports/{asset.uid}/export.xlsx",
        "csv": f"{top}/reports/{asset.uid}/export.csv",
    }


def log_row(call: Call, row: LogRow) -> JSON:
    user = call.model.users[row.user]
    metadata: JSON = {
        "source": "Python Requests (Other)",
        "asset_uid": row.asset,
        "ip_address": "127.0.0.1",
        "log_subtype": "project",
        "project_owner": call.model.assets[row.asset].owner,
    }
    if row.root is not None:
        status = {} if row.status is None else {"status": row.status}
        metadata["submission"] = {**status, "root_uuid": row.root, "submitted_by": row.submitted_by}
    return {
        "user": call.link(f"/api/v2/users/{row.user}/"),
        "user_uid": user.uid,
        "username": row.user,
        "action": row.action,
        "metadata": metadata,
        "date_created": f"{row.at:%Y-%m-%dT%H:%M:%SZ}",
    }
