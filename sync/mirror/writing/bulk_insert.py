"""Bulk writing of new roots that are unrelated to each other and to anything known.

Nearly all roots of a first pull are such. The rows are the same as `one_by_one` and `mirror.versions` would
write; all other roots are left to those.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Any

from sqlalchemy import insert, or_, select, update
from sqlalchemy.orm import Session

from sync.mirror.edit_order import arrange
from sync.mirror.entities import UPDATABLE, refresh
from sync.mirror.prepared import Prepared, Ready
from sync.tables import (
    Attachment,
    Entity,
    EntityUpdate,
    Officer,
    Quarantined,
    Seen,
    Submission,
    SubmissionVersion,
)
from sync.xform.parse import EntityChange

_SHARED = (SubmissionVersion.instance_id, SubmissionVersion.deprecated_id, SubmissionVersion.server_root)
_Key = tuple[str, str]  # list name, UUID


@dataclass(frozen=True, slots=True)
class NewRoot:
    """One such root: its only instance and the root id that follows from it."""

    ready: Ready
    item: Prepared
    root_id: str


def find(session: Session, source: str, fetched: Sequence[Ready]) -> list[NewRoot]:
    """The roots among these that can be written in bulk."""
    ids = Counter(id_ for ready in fetched for id_ in {i for _, item in ready.items for i in item.ids})
    plain = [
        ready for ready in fetched if _is_plain(ready) and all(ids[i] == 1 for i in ready.items[0][1].ids)
    ]
    if not plain:
        return []
    theirs = [id_ for ready in plain for id_ in ready.items[0][1].ids]
    versions = select(*_SHARED).where(or_(*(column.in_(theirs) for column in _SHARED)))
    taken = {id_ for row in session.execute(versions) for id_ in row}
    roots = [ready.root_id for ready in plain]
    seen = set(session.scalars(select(Seen.root_id).where(Seen.source == source, Seen.root_id.in_(roots))))
    keys = {key: ready.root_id for ready in plain for key in ready.held_as()}
    held = select(Quarantined.key).where(Quarantined.source == source, Quarantined.key.in_(keys))
    seen |= {keys[key] for key in session.scalars(held)}
    return [
        NewRoot(ready, item, _root_of(item))
        for ready in plain
        for _, item in ready.items
        if ready.root_id not in seen and taken.isdisjoint(item.ids)
    ]


def write(session: Session, new_roots: Sequence[NewRoot]) -> None:
    """Write these roots, except that they were seen."""
    submissions = [{"form_id": one.item.form_id, "root_id": one.root_id} for one in new_roots]
    made = session.scalars(
        insert(Submission).returning(Submission.id, sort_by_parameter_order=True), submissions
    ).all()
    officers = known_officers(session, {one.item.officer_id for one in new_roots})
    rows = [version_row(id_, one.item, officers) for id_, one in zip(made, new_roots, strict=True)]
    versions = session.scalars(
        insert(SubmissionVersion).returning(SubmissionVersion.id, sort_by_parameter_order=True), rows
    ).all()
    current = select(SubmissionVersion.id).where(SubmissionVersion.submission_id == Submission.id)
    session.execute(
        update(Submission)
        .where(Submission.id.in_(made))
        .values(current_id=current.scalar_subquery())
        .execution_options(synchronize_session=False)
    )
    files = [
        row for id_, one in zip(versions, new_roots, strict=True) for row in attachment_rows(id_, one.item)
    ]
    if files:
        session.execute(insert(Attachment), files)
    _write_entities(session, new_roots)


def _is_plain(ready: Ready) -> bool:
    if len(ready.items) != 1 or ready.held:
        return False
    files = [file.name for file in ready.items[0][1].files]
    return len(files) == len(set(files))


def _root_of(item: Prepared) -> str:
    said = {} if item.server_root is None else {item.instance_id: item.server_root}
    return arrange({item.instance_id: item.deprecated_id}, said).root_id


def known_officers(session: Session, officers: Collection[int | None]) -> set[int]:
    """The officers among these that this database has: a spool may outlive its database."""
    some = [id_ for id_ in officers if id_ is not None]
    return set(session.scalars(select(Officer.id).where(Officer.id.in_(some)))) if some else set()


def version_row(submission_id: int, item: Prepared, officers: Collection[int]) -> Mapping[str, Any]:
    """The row of a new version; `officers`: those in this database."""
    return {
        "submission_id": submission_id,
        "source": item.source,
        "instance_id": item.instance_id,
        "deprecated_id": item.deprecated_id,
        "server_root": item.server_root,
        "form_version": item.form_version,
        "xml_sha256": item.xml_sha256,
        "officer_id": item.officer_id if item.officer_id in officers else None,
        "received_at": item.received_at,
        "unknown_fields": list(item.unknown_fields),
        "not_offered": [astuple(answer) for answer in item.not_offered],
    }


def attachment_rows(version_id: int, item: Prepared) -> Iterator[Mapping[str, Any]]:
    """The rows of all files that a new version names, arrived or not."""
    here = {file.name: file for file in item.files}
    for name in item.file_names:
        file = here.get(name)
        yield {
            "version_id": version_id,
            "name": name,
            "sha256": file.sha256 if file else None,
            "size": file.size if file else None,
            "server": item.source if file and item.lacking is not None else None,
        }


def _write_entities(session: Session, new_roots: Sequence[NewRoot]) -> None:
    """Write entities of only one submission in bulk, the others one by one."""
    touched = Counter(_key(change) for one in new_roots for change in one.item.entities)
    if not touched:
        return
    known = _known_keys(session, {uuid for _, uuid in touched})
    alone = [
        one
        for one in new_roots
        if all(c.create and touched[_key(c)] == 1 and _key(c) not in known for c in one.item.entities)
    ]
    if rows := [_entity(one.root_id, change) for one in alone for change in one.item.entities]:
        session.execute(insert(Entity), rows)
    for one in new_roots:
        if one not in alone:
            refresh(session, one.root_id, set(), one.item.entities, versions=1)


def _known_keys(session: Session, uuids: Collection[str]) -> set[_Key]:
    return {
        (list_name, uuid)
        for table in (Entity, EntityUpdate)
        for list_name, uuid in session.execute(
            select(table.list_name, table.uuid).where(table.uuid.in_(uuids))
        )
    }


def _key(change: EntityChange) -> _Key:
    return change.list_name, change.id


def _entity(root_id: str, change: EntityChange) -> Mapping[str, Any]:
    properties = {name: value for name, value in change.properties.items() if name not in UPDATABLE}
    return {
        "list_name": change.list_name,
        "uuid": change.id,
        "root_id": root_id,
        "label": change.label,
        "properties": properties,
        "version": 1,
    }
