"""The entity lists, built from the current versions of the submissions that create and update entities.

An application creates its applicant; a supplement writes when it was sent. A form may write nothing else to
an entity that another submission created: names, districts and the server's columns are never changed from a
phone.
"""

from collections.abc import Iterable, Set
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from mochocho.words.thai import BUDDHIST_FROM
from sync.mirror.quarantine import MIRROR, Held, hold, release
from sync.tables import Entity, EntityUpdate, Quarantined, Submission, SubmissionVersion
from sync.xform.parse import EntityChange
from xlsforms.list_columns import SENT_AT

UPDATABLE = (SENT_AT,)
TAKEN = "entity.taken"

_NEVER = datetime.max.replace(tzinfo=UTC)
_EVER = datetime.min.replace(tzinfo=UTC)

_Key = tuple[str, str]  # list name, UUID
_NOTES = select(Quarantined.key).where(Quarantined.source == MIRROR, Quarantined.code == TAKEN)


def refresh(
    session: Session,
    root_id: str,
    former_roots: Set[str],
    changes: Iterable[EntityChange],
    versions: int,
    *,
    gone: bool = False,
) -> set[str]:
    """Make the entities of one submission what its current version creates and updates.

    An entity's version is the number of versions of all submissions that create or update it, plus their
    turns: it grows with every edit, in any order of arrival. Where two submissions create one entity, the
    better claim gets it and the other is noted. A submission that is `gone` creates and updates nothing.

    Returns the root ids of the heirs: submissions that also create an entity that this one has given up.
    """
    every = list(changes)
    created = {} if gone else {(change.list_name, change.id): change for change in every if change.create}
    updated = {(c.list_name, c.id): c for c in every if c.update and not c.create}
    if gone:
        updated = {key: replace(change, properties={}) for key, change in updated.items()}
    roots = {root_id, *former_roots}
    touched = _put_updates(session, root_id, roots, updated, versions)
    rows = session.scalars(select(Entity).where(Entity.root_id.in_(roots)))
    left = {(row.list_name, row.uuid) for row in rows} - created.keys()
    for list_name, uuid in left:
        session.execute(delete(Entity).where(Entity.list_name == list_name, Entity.uuid == uuid))
    release(session, MIRROR, _notes(session, roots))
    for key, change in sorted(created.items()):
        row = session.get(Entity, key)
        if row is None:
            row = Entity(list_name=change.list_name, uuid=change.id)
            session.add(row)
        elif row.root_id not in roots:
            loser = max(row.root_id, root_id, key=lambda root: _claim(session, root))
            hold(session, MIRROR, _taken(loser, change))
            if loser == root_id:
                continue
        row.root_id, row.label, row.properties = root_id, change.label, change.properties
        row.version = versions
        touched.add(key)
    session.flush()
    for key in sorted(touched):
        _apply_updates(session, key)
    return _heirs(session, left)


def _heirs(session: Session, left: Iterable[_Key]) -> set[str]:
    ends = [Quarantined.key.endswith(_note_key("", *key), autoescape=True) for key in left]
    return {key.partition("!")[0] for key in session.scalars(_NOTES.where(or_(*ends)))} if ends else set()


def _notes(session: Session, roots: Set[str]) -> list[str]:
    """Quarantine notes of these submissions, also about entities they no longer create."""
    begins = [Quarantined.key.startswith(f"{root}!", autoescape=True) for root in roots]
    return list(session.scalars(_NOTES.where(or_(*begins))))


def _put_updates(
    session: Session, root_id: str, roots: Set[str], updated: dict[_Key, EntityChange], versions: int
) -> set[_Key]:
    """Replace this submission's former updates by its current ones; returns the entities of both."""
    before = session.scalars(select(EntityUpdate).where(EntityUpdate.root_id.in_(roots))).all()
    touched = {(row.list_name, row.uuid) for row in before} | updated.keys()
    if before:
        session.execute(delete(EntityUpdate).where(EntityUpdate.root_id.in_(roots)))
    for (list_name, uuid), change in updated.items():
        kept = {name: change.properties[name] for name in UPDATABLE if name in change.properties}
        row = EntityUpdate(
            list_name=list_name, uuid=uuid, root_id=root_id, properties=kept, versions=versions
        )
        session.add(row)
    session.flush()
    return touched


def _apply_updates(session: Session, key: _Key) -> None:
    """Apply all updates of one entity to what created it; does nothing while it is not created."""
    row = session.get(Entity, key)
    if row is None:
        return
    query = select(EntityUpdate).where(EntityUpdate.list_name == key[0], EntityUpdate.uuid == key[1])
    updates = sorted(session.scalars(query), key=lambda u: (_moment(u.properties), u.root_id))
    own = (
        select(func.count() + func.coalesce(func.max(Submission.turns), 0))
        .select_from(SubmissionVersion)
        .join(Submission, SubmissionVersion.submission_id == Submission.id)
        .where(Submission.root_id == row.root_id)
    )
    properties = {name: value for name, value in row.properties.items() if name not in UPDATABLE}
    for update in updates:
        properties |= update.properties
    row.properties = properties
    row.version = session.scalars(own).one() + sum(update.versions for update in updates)
    session.flush()


def _moment(properties: dict[str, str]) -> datetime:
    """The time an update says it was sent;
    phones write various time zones, and Buddhist years do not count.
    """
    try:
        sent = datetime.fromisoformat(properties.get(SENT_AT, "")).astimezone(UTC)
    except (ValueError, OverflowError):
        return _EVER
    return sent if sent.year < BUDDHIST_FROM else _EVER


def _claim(session: Session, root_id: str) -> tuple[bool, datetime, str]:
    """Sort key, the least is the best: the original has been seen, then the earliest receipt, then the id.

    So an edit whose original is still on its way gives way, and no later claim takes an entity over.
    """
    query = (
        select(SubmissionVersion.instance_id, SubmissionVersion.received_at)
        .join(Submission, SubmissionVersion.submission_id == Submission.id)
        .where(Submission.root_id == root_id)
    )
    received = {instance_id: time or _NEVER for instance_id, time in session.execute(query)}
    return (root_id not in received, min(received.values()), root_id)


def _taken(root_id: str, change: EntityChange) -> Held:
    return Held(
        key=_note_key(root_id, change.list_name, change.id),
        code=TAKEN,
        message_th=(
            "แบบฟอร์มสองชุดใช้รหัสผู้สมัครเดียวกัน ระบบใช้ชื่อจากชุดที่มาก่อนและเก็บไว้ทั้งสองชุด "
            "ให้ตรวจว่าเป็นรายเดียวกันหรือไม่ หากไม่ใช่ให้กรอกรายนี้เป็นชุดใหม่"
        ),
    )


def _note_key(root_id: str, list_name: str, uuid: str) -> str:
    return f"{root_id}!{list_name}/{uuid}"
