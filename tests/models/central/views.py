"""Central's records as JSON; `wide` is X-Extended-Metadata."""

import re
from typing import Any

from tests.models.central import forms
from tests.models.central.entities import newest_first, used_by
from tests.models.central.roles import BY_ID
from tests.models.central.state import (
    Actor,
    AppUser,
    Audit,
    Comment,
    Dataset,
    Entity,
    EntityVersion,
    Form,
    FormFile,
    FormVersion,
    Project,
    State,
    Submission,
    User,
    Version,
    stamp,
)

JSON = dict[str, Any]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def actor(one: Actor) -> JSON:
    return {
        "id": one.id,
        "type": one.type,
        "displayName": one.name,
        "createdAt": stamp(one.created_at),
        "updatedAt": stamp(one.updated_at),
        "deletedAt": stamp(one.deleted_at),
    }


def user(one: User) -> JSON:
    return {"email": one.email, "lastLoginAt": stamp(one.last_login), **actor(one)}


def app_user(state: State, one: AppUser, wide: bool = False) -> JSON:
    body = {"projectId": one.project, **actor(one), "token": one.token}
    if wide:
        body |= {
            "createdBy": actor(state.actors[one.created_by]),
            "lastUsed": None,
            "properties": one.properties or None,
        }
    return body


def project(one: Project) -> JSON:
    return {
        "id": one.id,
        "name": one.name,
        "description": one.description,
        "archived": one.archived,
        "keyId": one.key_id,
        "createdAt": stamp(one.created_at),
        "updatedAt": stamp(one.updated_at),
        "deletedAt": None,
    }


def listed_project(state: State, one: Project, reader: Actor, wide: bool) -> JSON:
    """As in the list, which says what the reader may."""
    return wide_project(state, one, reader) if wide else project(one) | {"verbs": _verbs(state, one, reader)}


def _verbs(state: State, one: Project, reader: Actor) -> list[str]:
    roles = {role for who, role in one.assigned if who == reader.id}
    if reader.id in state.admins:
        roles.add(1)
    return sorted({verb for role in roles for verb in BY_ID[role]["verbs"]})


def wide_project(state: State, one: Project, reader: Actor) -> JSON:
    body = project(one) | {"verbs": _verbs(state, one, reader)}
    sent = [s.created_at for f in one.forms.values() for s in shown(f)]
    made = [e.created_at for d in one.datasets.values() for e in newest_first(d)]
    body |= {
        "forms": len(one.forms),
        "appUsers": len([u for u in one.app_users if u.deleted_at is None]),
        "datasets": len(one.datasets),
        "lastSubmission": stamp(max(sent, default=None)),
        "lastEntity": stamp(max(made, default=None)),
    }
    return body


def shown(one: Form, deleted: bool = False) -> list[Submission]:
    """The committed submissions that are, or are not, in the trash; newest first."""
    held = [s for s in one.submissions.values() if not s.hidden and (s.deleted_at is not None) == deleted]
    return sorted(held, key=lambda s: (s.created_at, s.id), reverse=True)


def form(one: Form, version: FormVersion | None = None) -> JSON:
    which = version or one.shown
    return {
        "projectId": one.project,
        "xmlFormId": one.id,
        "state": one.state,
        "enketoId": None,
        "enketoOnceId": None,
        "createdAt": stamp(one.created_at),
        "updatedAt": stamp(one.updated_at),
        "webformsEnabled": True,
        "keyId": which.key_id,
        "version": which.version,
        **forms.digests(which.xml),
        "draftToken": one.draft_token if which is one.draft else None,
        "publishedAt": stamp(which.published_at),
        "name": which.xform.title,
    }


def trashed_form(one: Form) -> JSON:
    return form(one) | {"deletedAt": stamp(one.deleted_at), "id": one.number}


def wide_form(state: State, one: Form, version: FormVersion | None = None, notes: bool = True) -> JSON:
    which = version or one.shown
    held = shown(one)
    states = [s.review_state for s in held]
    body = form(one, which) | {
        "submissions": len(held),
        "entityRelated": which.xform.dataset is not None,
        "reviewStates": {
            "received": states.count(None),
            "hasIssues": states.count("hasIssues"),
            "edited": states.count("edited"),
        },
        "lastSubmission": stamp(max((s.created_at for s in held), default=None)),
        "excelContentType": XLSX if which.xlsx else None,
        "publicLinks": 0,
        "createdBy": actor(state.actors[one.created_by]),
    }
    return body | {"publishNotes": None} if notes else body


def form_version(state: State, one: Form, version: FormVersion, wide: bool) -> JSON:
    body = form(one, version)
    if wide:
        publisher = version.published_by
        body |= {
            "excelContentType": XLSX if version.xlsx else None,
            "publishedBy": None if publisher is None else actor(state.actors[publisher]),
            "publishNotes": None,
        }
    return body


def form_file(one: FormFile) -> JSON:
    return {
        "name": one.name,
        "type": one.type,
        "hash": one.blob.md5 if one.blob else None,
        "exists": one.blob is not None or one.dataset is not None,
        "blobExists": one.blob is not None,
        "datasetExists": one.dataset is not None,
        "updatedAt": stamp(one.updated_at),
    }


def submission(state: State, one: Submission, wide: bool = False, current: bool = True) -> JSON:
    """`current`: with the current version, and so with the user agent."""
    body: JSON = {
        "instanceId": one.instance_id,
        "submitterId": one.first.submitter,
        "deviceId": one.first.device_id,
        "createdAt": stamp(one.created_at),
        "updatedAt": stamp(one.updated_at),
        "reviewState": one.review_state,
    }
    if current:
        body["userAgent"] = one.first.user_agent
    body["deletedAt"] = stamp(one.deleted_at)
    if wide:
        body["submitter"] = actor(state.actors[one.first.submitter])
    if current:
        body["currentVersion"] = version(state, one.current, True, wide)
    return body


def version(state: State, one: Version, current: bool, wide: bool = False) -> JSON:
    body: JSON = {
        "submitterId": one.submitter,
        "createdAt": stamp(one.created_at),
        "instanceName": one.instance_name,
        "instanceId": one.instance_id,
        "current": current,
        "deviceId": one.device_id,
        "userAgent": one.user_agent,
    }
    return body | {"submitter": actor(state.actors[one.submitter])} if wide else body


def versions(state: State, one: Submission, wide: bool) -> list[JSON]:
    """Newest first."""
    return [
        version(state, each, each is one.current, wide) | ({"formVersion": each.form_version} if wide else {})
        for each in reversed(one.versions)
    ]


def files(one: Version) -> list[JSON]:
    return [{"name": name, "exists": one.files[name] is not None} for name in sorted(one.files)]


def comment(state: State, one: Comment, wide: bool = False) -> JSON:
    body: JSON = {"body": one.body, "actorId": one.actor, "createdAt": stamp(one.created_at)}
    return body | {"actor": actor(state.actors[one.actor])} if wide else body


def audit(state: State, one: Audit, wide: bool = False) -> JSON:
    body: JSON = {
        "actorId": one.actor,
        "action": one.action,
        "acteeId": one.acting,
        "details": one.details,
        "loggedAt": stamp(one.at),
        "notes": one.notes,
    }
    return body | {"actor": actor(state.actors[one.actor])} if wide and one.actor is not None else body


def entity(state: State, one: Entity, wide: bool = False, data: bool = True) -> JSON:
    body: JSON = {
        "uuid": one.uuid,
        "creatorId": one.creator,
        "conflict": one.conflict,
        "createdAt": stamp(one.created_at),
        "updatedAt": stamp(one.updated_at),
        "deletedAt": stamp(one.deleted_at),
        "currentVersion": {"current": True, **entity_version(state, one.current, wide, data)},
    }
    return body | {"creator": actor(state.actors[one.creator])} if wide else body


def entity_version(state: State, one: EntityVersion, wide: bool = False, data: bool = True) -> JSON:
    body: JSON = {
        "label": one.label,
        "creatorId": one.creator,
        "userAgent": one.user_agent,
        "version": one.version,
        "baseVersion": one.base,
        "conflictingProperties": one.conflicting,
        "createdAt": stamp(one.created_at),
        "branchId": one.branch,
        "trunkVersion": one.trunk,
        "branchBaseVersion": one.branch_base,
    }
    if data:
        body |= {"data": one.data, "dataReceived": one.received}
    return body | {"creator": actor(state.actors[one.creator])} if wide else body


def odata_name(name: str) -> str:
    return re.sub(r"[^A-Za-z_]", "_", name[:1]) + re.sub(r"[^A-Za-z0-9_]+", "_", name[1:])


def dataset(project_: Project, one: Dataset) -> JSON:
    def named(ids: list[str]) -> list[JSON]:
        return [{"name": project_.forms[i].shown.xform.title, "xmlFormId": i} for i in ids]

    return {
        **listed_dataset(one),
        "lastUpdate": stamp(one.updated_at),
        "linkedForms": named([each.id for each in forms.linked(project_, one.name)]),
        "sourceForms": named([i for i, each in project_.forms.items() if used_by(one, each)]),
        "draftLinkedForms": [],
        "draftSourceForms": [],
        "properties": [
            {
                "name": each.name,
                "publishedAt": stamp(each.published_at),
                "odataName": odata_name(each.name),
                "forms": named(each.forms),
            }
            for each in one.properties.values()
        ],
        **_access(one),
    }


def _access(one: Dataset) -> JSON:
    """Named only where there is one."""
    if one.owner_only:
        return {"accessFilter": {"type": "ownerOnly"}}
    rules = [{"datasetProperty": ours, "actorProperty": theirs} for ours, theirs in one.rules]
    return {"accessFilter": {"type": "property", "rules": rules}} if rules else {}


def listed_dataset(one: Dataset, wide: bool = False) -> JSON:
    body: JSON = {
        "name": one.name,
        "createdAt": stamp(one.created_at),
        "projectId": one.project,
        "approvalRequired": one.approval_required,
        "ownerOnly": one.owner_only,
        "deletedAt": None,
    }
    if wide:
        held = newest_first(one)
        body |= {
            "entities": len(held),
            "lastEntity": stamp(max((e.created_at for e in held), default=None)),
            "conflicts": len([e for e in held if e.conflict]),
        }
    return body
