"""Derives a submission's state from all its versions and from its states at its sources.

Root, current version, whether it is gone, its entities: the same in whatever order versions arrived.
"""

from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass, field

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from sync.mirror.edit_order import Chain, arrange
from sync.mirror.entities import refresh
from sync.tables import Seen, Submission, SubmissionVersion
from sync.xform.parse import EntityChange
from sync.xform.reader import Reader

LIVE = "live"
# an arbitrary number used for nothing else in the database; only one writer merges chains at a time
WRITER_LOCK = 0x70756C6C


@dataclass(slots=True)
class Touched:
    """A submission to bring up to date: the roots merged into it, and whether it got a version.

    `claims`: the order of claims to its entities may have changed.
    """

    submission_id: int
    former_roots: set[str] = field(default_factory=set)
    grew: bool = False
    claims: bool = False

    def __or__(self, other: "Touched") -> "Touched":
        return Touched(
            other.submission_id,
            self.former_roots | other.former_roots,
            self.grew or other.grew,
            self.claims or other.claims,
        )


def update_submission(session: Session, reader: Reader, touched: Touched) -> None:
    """Bring root, current version, conflict, state and entities of one submission up to date."""
    submission = session.get_one(Submission, touched.submission_id)
    query = select(SubmissionVersion).where(SubmissionVersion.submission_id == submission.id)
    versions = {version.instance_id: version for version in session.scalars(query)}
    chain = arrange(
        {instance_id: version.deprecated_id for instance_id, version in versions.items()},
        {id_: version.server_root for id_, version in versions.items() if version.server_root is not None},
    )
    roots = {*touched.former_roots, submission.root_id}
    _rename(session, roots - {chain.root_id}, chain.root_id)
    gone, current_id = _server_state(session, chain)
    current = versions[current_id]
    before = (submission.root_id, submission.current_id, submission.gone)
    after = (chain.root_id, current.id, gone)
    if before[1:] != after[1:] and not touched.grew:
        submission.turns += 1
    submission.root_id, submission.current_id, submission.gone = after
    submission.conflict = chain.conflict and not _one_after_another(versions.values())
    session.flush()
    if before == after and not touched.grew and not touched.claims:
        return
    entities = _entities(reader, submission, current)
    weight = len(versions) + submission.turns
    heirs = refresh(session, submission.root_id, roots, entities, weight, gone=gone)
    _update_heirs(session, reader, heirs)


def update_submissions(session: Session, reader: Reader, root_ids: Iterable[str]) -> None:
    """`update_submission` for submissions that got no new version."""
    query = select(Submission.id).where(Submission.root_id.in_(list(root_ids))).order_by(Submission.id)
    for submission_id in session.scalars(query).all():
        update_submission(session, reader, Touched(submission_id))


def _one_after_another(versions: Iterable[SubmissionVersion]) -> bool:
    """Whether one server gave all edits of one version, so that they are no conflict.

    A server takes edits of its current version only: so the record was deleted there, the phone sent the
    original again, and then edited that.
    """
    edits = defaultdict[str, list[SubmissionVersion]](list)
    for version in versions:
        if version.deprecated_id is not None:
            edits[version.deprecated_id].append(version)
    rivals = [one for some in edits.values() if len(some) > 1 for one in some]
    said = {(one.source, one.server_root is not None) for one in rivals}
    return len(said) == 1 and all(by_server for _, by_server in said)


def _rename(session: Session, former: Set[str], root_id: str) -> None:
    if former:
        moved = update(Seen).where(Seen.submission_root.in_(former))
        session.execute(moved.values(submission_root=root_id))
        session.flush()


def _entities(reader: Reader, submission: Submission, current: SubmissionVersion) -> tuple[EntityChange, ...]:
    try:
        return reader.stored(current.xml_sha256, (submission.form_id, current.form_version)).entities
    except OSError:
        if submission.gone:  # it leaves the lists even if its XML cannot be read any more
            return ()
        raise


def _server_state(session: Session, chain: Chain) -> tuple[bool, str]:
    """Whether all sources say that it is gone, and which version those that hold it call current."""
    query = select(Seen.state, Seen.current_id).where(Seen.submission_root == chain.root_id)
    rows = session.execute(query).all()
    live = [current_id for state, current_id in rows if state == LIVE]
    said = {current_id for current_id in live if current_id is not None} & chain.depths.keys()
    return bool(rows) and not live, chain.last_of(said) if said else chain.current_id


def _update_heirs(session: Session, reader: Reader, root_ids: Set[str]) -> None:
    """Give the entities that a submission has given up to another that also creates them."""
    if not root_ids:
        return
    query = select(Submission.id).where(Submission.root_id.in_(list(root_ids)), ~Submission.gone)
    for submission_id in session.scalars(query.order_by(Submission.id)).all():
        update_submission(session, reader, Touched(submission_id, claims=True))
