"""Bulk writing of simple edits of roots that the mirror holds as their server does.

Nearly all edits are simple: one new instance that edits the current one, of a root that only one server
holds. The rows are the same as `one_by_one` and `mirror.versions` would write; all other edits are left to
those. `bulk_insert` does the same for new roots.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, insert, or_, select, update
from sqlalchemy.orm import Session

from sync.mirror.entities import TAKEN, UPDATABLE
from sync.mirror.prepared import Prepared, Ready
from sync.mirror.quarantine import MIRROR
from sync.mirror.versions import LIVE
from sync.mirror.writing.bulk_insert import attachment_rows, known_officers, version_row
from sync.tables import (
    Attachment,
    Entity,
    EntityUpdate,
    Quarantined,
    Seen,
    Submission,
    SubmissionVersion,
)


@dataclass(frozen=True, slots=True)
class Edit:
    """One simple edit: the new instance, its submission, and the number of versions and turns it now has."""

    ready: Ready
    item: Prepared
    submission_id: int
    weight: int


def find(session: Session, source: str, fetched: Sequence[Ready]) -> list[Edit]:
    """The simple edits among these roots."""
    new = {ready.root_id: (ready, item) for ready in fetched if (item := _only_new(ready))}
    shared = Counter(id_ for ready in fetched for id_ in {i for _, item in ready.items for i in item.ids})
    alone = {root_id: one for root_id, one in new.items() if all(shared[id_] == 1 for id_ in one[1].ids)}
    if not alone:
        return []
    stands = _current_of(session, source, alone)
    plain = {root_id: alone[root_id] for root_id in alone.keys() & stands.keys()}
    odd = (
        _built_upon(session, plain)
        | _in_quarantine(session, source, plain)
        | _with_other_entities(session, plain)
    )
    return [
        Edit(ready, item, *stands[root_id])
        for root_id, (ready, item) in sorted(plain.items())
        if root_id not in odd
    ]


def write(session: Session, edits: Sequence[Edit]) -> None:
    """Write these edits, except that they were seen."""
    officers = known_officers(session, {edit.item.officer_id for edit in edits})
    versions = session.scalars(
        insert(SubmissionVersion).returning(SubmissionVersion.id, sort_by_parameter_order=True),
        [version_row(edit.submission_id, edit.item, officers) for edit in edits],
    ).all()
    session.execute(
        update(Submission),
        [{"id": edit.submission_id, "current_id": id_} for id_, edit in zip(versions, edits, strict=True)],
    )
    files = [
        row for id_, edit in zip(versions, edits, strict=True) for row in attachment_rows(id_, edit.item)
    ]
    if files:
        session.execute(insert(Attachment), files)
    entities = [
        {
            "list_name": change.list_name,
            "uuid": change.id,
            "label": change.label,
            "properties": {k: v for k, v in change.properties.items() if k not in UPDATABLE},
            "version": edit.weight,
        }
        for edit in edits
        for change in edit.item.entities
    ]
    if entities:
        session.execute(update(Entity), entities)


def _only_new(ready: Ready) -> Prepared | None:
    """The only instance that came of this root, if it is the server's current one."""
    items = [item for _, item in ready.items]
    if len(items) != 1 or ready.held or not ready.read_whole or items[0].instance_id != ready.current_id:
        return None
    item, names = items[0], [file.name for file in items[0].files]
    creates = [(one.list_name, one.id) for one in item.entities if one.create]
    fits = (
        item.server_root is not None
        and item.lacking is not None
        and item.deprecated_id is not None
        and len(names) == len(set(names))
        and len(creates) == len(set(creates)) == len(item.entities)
    )
    return item if fits else None


_Plain = Mapping[str, tuple[Ready, Prepared]]


def _current_of(session: Session, source: str, new: _Plain) -> dict[str, tuple[int, int]]:
    """Root id -> (submission, weight),
    where the instance edits the current version and one source holds it.
    """
    current = (
        select(
            Seen.root_id,
            Submission.id,
            Submission.form_id,
            Submission.root_id,
            Submission.turns,
            SubmissionVersion.instance_id,
        )
        .join(Submission, Seen.submission_root == Submission.root_id)
        .join(SubmissionVersion, Submission.current_id == SubmissionVersion.id)
        .where(
            Seen.source == source,
            Seen.root_id.in_(new),
            Seen.state == LIVE,
            ~Submission.gone,
            ~Submission.conflict,
        )
    )
    found = {}
    for root_id, submission_id, form_id, root, turns, instance_id in session.execute(current):
        item = new[root_id][1]
        if (form_id, root, instance_id) == (item.form_id, item.server_root, item.deprecated_id):
            found[root_id] = submission_id, root, turns
    several = select(Seen.submission_root).where(
        Seen.submission_root.in_([root for _, root, _ in found.values()])
    )
    holders = Counter(session.scalars(several))
    counted = select(SubmissionVersion.submission_id, func.count()).where(
        SubmissionVersion.submission_id.in_([id_ for id_, _, _ in found.values()])
    )
    sizes = dict(session.execute(counted.group_by(SubmissionVersion.submission_id)).all())
    return {
        root_id: (id_, sizes[id_] + 1 + turns)
        for root_id, (id_, root, turns) in found.items()
        if holders[root] == 1
    }


def _built_upon(session: Session, plain: _Plain) -> set[str]:
    """Roots whose new instance is already here,
    or which something here edits, or edits the same version as.
    """
    of = {item.instance_id: root_id for root_id, (_, item) in plain.items()}
    edits = of | {str(item.deprecated_id): root_id for root_id, (_, item) in plain.items()}
    query = select(
        SubmissionVersion.instance_id, SubmissionVersion.deprecated_id, SubmissionVersion.server_root
    ).where(
        or_(
            SubmissionVersion.instance_id.in_(of),
            SubmissionVersion.deprecated_id.in_(edits),
            SubmissionVersion.server_root.in_(of),
        )
    )
    rows = session.execute(query).all()
    named = {id_ for instance_id, _, server_root in rows for id_ in (instance_id, server_root)}
    edited = {deprecated_id for _, deprecated_id, _ in rows}
    return {of[id_] for id_ in of if id_ in named} | {edits[id_] for id_ in edits if id_ in edited}


def _in_quarantine(session: Session, source: str, plain: _Plain) -> set[str]:
    """Roots with anything in quarantine, or whose entities another submission claims too."""
    keys = {key: root_id for root_id, (ready, _) in plain.items() for key in ready.held_as()}
    held = select(Quarantined.key).where(Quarantined.source == source, Quarantined.key.in_(keys))
    found = {keys[key] for key in session.scalars(held)}
    claimed = select(Quarantined.key).where(Quarantined.source == MIRROR, Quarantined.code == TAKEN)
    taken = [key.partition("!") for key in session.scalars(claimed)]
    losers, entities = {root for root, _, _ in taken}, {entity for _, _, entity in taken}
    for root_id, (_, item) in plain.items():
        if item.server_root in losers or any(f"{e.list_name}/{e.id}" in entities for e in item.entities):
            found.add(root_id)
    return found


def _with_other_entities(session: Session, plain: _Plain) -> set[str]:
    """Roots whose new instance creates other entities than before, or whose entities others update."""
    of = {str(item.server_root): root_id for root_id, (_, item) in plain.items()}
    before = defaultdict[str, set[tuple[str, str]]](set)
    rows = select(Entity.root_id, Entity.list_name, Entity.uuid).where(Entity.root_id.in_(of))
    for root, *key in session.execute(rows):
        before[root].add((key[0], key[1]))
    creates = {
        root: {(e.list_name, e.id) for e in plain[root_id][1].entities} for root, root_id in of.items()
    }
    uuids = {uuid for keys in creates.values() for _, uuid in keys}
    updates = select(EntityUpdate.list_name, EntityUpdate.uuid, EntityUpdate.root_id).where(
        or_(EntityUpdate.uuid.in_(uuids), EntityUpdate.root_id.in_(of))
    )
    told = [(root, (list_name, uuid)) for list_name, uuid, root in session.execute(updates)]
    updating, updated = {root for root, _ in told}, {key for _, key in told}
    return {
        root_id
        for root, root_id in of.items()
        if creates[root] != before[root] or root in updating or creates[root] & updated
    }
