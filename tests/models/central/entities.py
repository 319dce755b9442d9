"""Changes of entities: by the API at once, by submissions when the worker processes them."""

import csv
import hashlib
import io
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from tests.models.central.problems import (
    Problem,
    in_trash,
    invalid_entity,
    kept,
    missing,
    not_found,
    not_unique,
    unexpected,
    unexpected_attributes,
    wrong_type,
)
from tests.models.central.state import (
    Dataset,
    Entity,
    EntityVersion,
    Form,
    Pending,
    Project,
    State,
    stamp,
)
from tests.models.central.submissions import By
from tests.models.central.xforms import LENIENT, child, children, local, text

ATTRIBUTES = ["label", "uuid", "data"]
ID = re.compile(r"(uuid:)?([0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})", re.I)


@dataclass(frozen=True)
class Change:
    """What one write says of an entity."""

    label: str | None
    data: Mapping[str, str]
    by: By

    @property
    def received(self) -> dict[str, str]:
        return dict(self.data) | ({} if self.label is None else {"label": self.label})


def id_of(written: object) -> str:
    """An id as Central keeps it. Raises Problem for all but UUIDs of version 4."""
    if not isinstance(written, str):
        raise wrong_type("uuid", "string")
    if not written.strip():
        raise missing("uuid")
    found = ID.fullmatch(written)
    if found is None:
        raise wrong_type("uuid", "valid version 4 UUID")
    return found[2].lower()


def checked(dataset: Dataset, body: Mapping[str, Any], by: By) -> Change:
    """What the API may say of an entity. Raises Problem for all else."""
    if any(name not in ATTRIBUTES for name in body):
        raise unexpected_attributes(ATTRIBUTES, list(body))
    label, data = body.get("label"), body.get("data")
    if label is not None and not isinstance(label, str):
        raise wrong_type("label", "string")
    if label is not None and not label.strip():
        raise unexpected("label", "(empty string)", "Label cannot be blank.")
    if label is None and data is None:
        raise invalid_entity("No entity data or label provided.")
    if isinstance(data, list | str):
        data = {str(at): one for at, one in enumerate(data)}
    for name, value in (data or {}).items():
        if not isinstance(value, str):
            raise wrong_type(name, "string")
        if name not in dataset.properties:
            raise invalid_entity(f"You specified the dataset property [{name}] which does not exist.")
    for said in (label or "", *(data or {}).values()):
        kept(said)
    return Change(label, data or {}, by)


def new(dataset: Dataset, body: Mapping[str, Any], by: By) -> tuple[str, Change]:
    """What the API says of a new entity, with its id."""
    if any(name not in ATTRIBUTES for name in body):
        raise unexpected_attributes(ATTRIBUTES, list(body))
    key = id_of(body["uuid"]) if body.get("uuid") else str(uuid.uuid4())
    if body.get("label") is None:
        raise missing("label")
    return key, checked(dataset, body, by)


def refuse_taken(state: State, keys: Iterable[str]) -> None:
    """An id is an entity's in all projects together, in the trash too."""
    seen: set[str] = set()
    for key in keys:
        datasets = [d for p in state.projects.values() for d in (*p.datasets.values(), *p.trashed_datasets)]
        held = next((d.entities[key] for d in datasets if key in d.entities), None)
        if held is not None and held.deleted_at is not None:
            raise in_trash([key])
        if held is not None or key in seen:
            raise not_unique("entities", uuid=key)
        seen.add(key)


def create(state: State, dataset: Dataset, key: str, change: Change) -> Entity:
    refuse_taken(state, [key])
    if not (change.label or "").strip():
        raise missing("label")
    now = state.clock()
    first = EntityVersion(
        1, change.label or "", dict(change.data), change.received, change.by.actor, now, change.by.user_agent
    )
    entity = Entity(state.number("entity"), key, change.by.actor, now, [first])
    dataset.entities[key] = entity
    dataset.updated_at = now
    return entity


def create_many(state: State, dataset: Dataset, changes: Sequence[tuple[str, Change]]) -> None:
    """All or none."""
    refuse_taken(state, (key for key, _ in changes))
    for key, change in changes:
        create(state, dataset, key, change)


def append(
    state: State, dataset: Dataset, entity: Entity, change: Change, base: EntityVersion
) -> EntityVersion:
    """The next version, made from `base`; a base that is not the current version is a conflict."""
    before = entity.current
    version = EntityVersion(
        before.version + 1,
        change.label or before.label,
        before.data | dict(change.data),
        change.received,
        change.by.actor,
        state.clock(),
        change.by.user_agent,
        base=base.version,
    )
    if base is not before:
        moved = {name for name, value in before.data.items() if base.data.get(name) != value}
        clash = [name for name, value in change.data.items() if name in moved and before.data[name] != value]
        version.conflicting = clash
        version.conflict = "hard" if clash or entity.conflict == "hard" else "soft"
    entity.versions.append(version)
    entity.conflict = version.conflict or entity.conflict
    entity.updated_at = dataset.updated_at = version.created_at
    return version


def patch(
    state: State,
    dataset: Dataset,
    entity: Entity,
    body: Mapping[str, Any],
    by: By,
    base: str | None,
    force: bool,
    resolve: bool,
) -> None:
    """By the API: it must name the current version, or force; `resolve` ends a conflict."""
    if resolve and entity.conflict is None:
        raise Problem(400.32, "The Entity doesn't have any conflict")
    current = str(entity.current.version)
    if not force and base != current:
        message = (
            f"Current version of the Entity is '{current}' and you provided '{base or 'undefined'}'. Please "
            "correct the version number or pass '?force=true' in the URL to forcefully update the Entity."
        )
        raise Problem(409.15, message, {"current": current} | ({} if base is None else {"provided": base}))
    if body or not resolve:
        append(state, dataset, entity, checked(dataset, body, by), entity.current)
    if resolve:
        entity.conflict, entity.current.resolved = None, bool(body)
        entity.updated_at = state.clock()


def delete(state: State, dataset: Dataset, entity: Entity) -> None:
    entity.deleted_at = dataset.updated_at = state.clock()


def restore(state: State, dataset: Dataset, entity: Entity) -> None:
    """Moves updatedAt, as restoring a submission does not."""
    entity.deleted_at = None
    entity.updated_at = dataset.updated_at = state.clock()


def settle(state: State) -> None:
    """The worker comes to every submission that waits."""
    waiting, state.pending = state.pending, []
    for one in waiting:
        project = state.projects[one.form.project]
        try:
            _apply(state, project, one)
        except Problem as problem:
            details = {
                "problem": {"problemCode": problem.code, "problemDetails": problem.details},
                "errorMessage": problem.message,
                "submissionId": one.submission.id,
                "submissionDefId": one.version.id,
            }
            state.log(one.version.submitter, "entity.error", details)


def _apply(state: State, project: Project, one: Pending) -> None:
    """A submission makes or changes one entity, once; its edits change nothing more."""
    definition = one.form.version(one.version.form_version)
    if definition is None or definition.key_id is not None or one.submission.made_entity:
        return
    node = child(child(etree.fromstring(one.version.xml, LENIENT), "meta"), "entity")
    name = definition.xform.dataset
    if node is None or name is None or name not in project.datasets:
        return
    dataset = project.datasets[name]
    actions = {action for action in definition.xform.actions if node.get(action) in ("1", "true")}
    change = _change(node, one, definition.xform.saved)
    if "create" in actions:
        _made(
            state, one, create(state, dataset, id_of(node.get("id") or ""), change), dataset, "entity.create"
        )
    elif "update" in actions:
        entity = _update(state, dataset, node, change)
        if entity is not None:
            _made(state, one, entity, dataset, "entity.update.version")


def _change(node: etree._Element, one: Pending, saved: Mapping[str, str]) -> Change:
    root = etree.fromstring(one.version.xml, LENIENT)
    data = {saved[path]: value for path, value in _values(root, "") if path in saved}
    by = By(one.version.submitter, one.version.device_id, one.version.user_agent)
    return Change(text(child(node, "label")) or None, data, by)


def _values(node: etree._Element, path: str) -> Iterator[tuple[str, str]]:
    for each in children(node):
        here = f"{path}/{local(each)}"
        if not len(children(each)):
            yield here, text(each)
        yield from _values(each, here)


def _update(state: State, dataset: Dataset, node: etree._Element, change: Change) -> Entity | None:
    key = id_of(node.get("id") or "")
    entity = dataset.entities.get(key)
    trunk, branch = node.get("trunkVersion"), node.get("branchId")
    if trunk and not branch:
        raise missing("branchId")
    if entity is None or entity.deleted_at is not None:
        message = (
            f"The entity with UUID ({key}) specified in the submission does not exist in the dataset "
            f"({dataset.name})."
        )
        raise Problem(404.8, message, {"entityUuid": key, "datasetName": dataset.name})
    base = _base(entity, int(node.get("baseVersion") or 0), int(trunk) if trunk else None, branch)
    if base is None:
        return None  # an earlier one of the same offline branch has not come yet
    version = append(state, dataset, entity, change, base)
    if trunk:
        version.branch, version.trunk = branch, int(trunk)
        version.branch_base = int(node.get("baseVersion") or 0)
    return entity


def _base(entity: Entity, base: int, trunk: int | None, branch: str | None) -> EntityVersion | None:
    """Offline, a phone counts on from its trunk; the one before in its branch is the base."""
    if trunk is not None and base != trunk:
        found = [v for v in entity.versions if v.branch == branch and v.branch_base == base - 1]
        return found[0] if found else None
    if not 1 <= base <= len(entity.versions):
        details = {"baseVersion": base, "entityUuid": entity.uuid}
        raise Problem(
            404.9, f"Base version ({base}) does not exist for entity UUID ({entity.uuid}).", details
        )
    return entity.versions[base - 1]


def _made(state: State, one: Pending, entity: Entity, dataset: Dataset, action: str) -> None:
    one.submission.made_entity = True
    details = {
        "entity": {"uuid": entity.uuid, "dataset": dataset.name},
        "entityId": entity.id,
        "entityDefId": entity.current.version,
        "submissionId": one.submission.id,
        "submissionDefId": one.version.id,
    }
    state.log(one.version.submitter, action, details, dataset)


def newest_first(dataset: Dataset, deleted: bool = False) -> list[Entity]:
    held = [e for e in dataset.entities.values() if (e.deleted_at is not None) == deleted]
    return sorted(held, key=lambda e: (e.created_at, e.id), reverse=True)


def named(dataset: Dataset, key: str) -> Entity:
    """Raises Problem (404.1) for one that is not there; one in the trash is."""
    entity = dataset.entities.get(key)
    if entity is None:
        raise not_found()
    return entity


def list_csv(state: State, dataset: Dataset, rows: Iterable[Entity]) -> bytes:
    """`entities.csv`, for people and programs."""
    names = list(dataset.properties)
    system = ["__createdAt", "__creatorId", "__creatorName", "__updates", "__updatedAt", "__version"]
    out = [["__id", "label", *names, *system]]
    for one in rows:
        now = one.current
        out.append(
            [
                one.uuid,
                now.label,
                *(now.data.get(name, "") for name in names),
                stamp(one.created_at) or "",
                str(one.creator),
                state.actors[one.creator].name,
                str(now.version - 1),
                stamp(one.updated_at) or "",
                str(now.version),
            ]
        )
    return _csv(out)


def phone_csv(dataset: Dataset, rows: Iterable[Entity]) -> bytes:
    """The list as a phone downloads it."""
    names = list(dataset.properties)
    out = [["name", "label", "__version", *names]]
    for one in rows:
        now = one.current
        out.append([one.uuid, now.label, str(now.version), *(now.data.get(name, "") for name in names)])
    return _csv(out)


def _csv(rows: Iterable[list[str]]) -> bytes:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue().encode()


def digest(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def used_by(dataset: Dataset, form: Form) -> bool:
    return form.id in dataset.sources
