"""The entity lists, as the current versions of the submissions that create them say."""

from collections.abc import Iterable, Set
from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from sync.held import MIRROR, Held, hold, release
from sync.parse import EntityChange
from sync.tables import Entity, Submission, SubmissionVersion

_NEVER = datetime.max.replace(tzinfo=UTC)


def refresh(
    session: Session, root_id: str, former_roots: Set[str], changes: Iterable[EntityChange], versions: int
) -> None:
    """Make the entities of one submission what its current version creates.

    An entity's version is the number of versions its submission has: it grows with every edit, in whatever
    order they came. Where two submissions create one entity, the better claim has it and the other is noted.
    """
    created = {(change.list_name, change.id): change for change in changes if change.create}
    roots = {root_id, *former_roots}
    rows = session.scalars(select(Entity).where(Entity.root_id.in_(roots)))
    for gone in {(row.list_name, row.uuid) for row in rows} - created.keys():
        session.execute(delete(Entity).where(Entity.list_name == gone[0], Entity.uuid == gone[1]))
    release(session, MIRROR, [_note_key(root, *key) for root in roots for key in created])
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
    session.flush()


def _claim(session: Session, root_id: str) -> tuple[bool, datetime, str]:
    """The least is the best: an original that was seen, then the earliest receipt, then the id.

    So an edit whose original is on its way gives way to it, and a later claim pushes nobody out.
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
        code="entity.taken",
        message_th=(
            "แบบฟอร์มสองชุดใช้รหัสผู้สมัครเดียวกัน ระบบใช้ชื่อจากชุดที่มาก่อนและเก็บไว้ทั้งสองชุด "
            "ให้ตรวจว่าเป็นรายเดียวกันหรือไม่ หากไม่ใช่ให้กรอกรายนี้เป็นชุดใหม่"
        ),
    )


def _note_key(root_id: str, list_name: str, uuid: str) -> str:
    return f"{root_id}!{list_name}/{uuid}"
