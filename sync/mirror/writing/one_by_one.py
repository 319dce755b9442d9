"""Writes one instance into the mirror; the rows are the same in whatever order instances come.

What several sources or posts say about one instance is merged by rules that do not depend on order: the
lesser sha256 of equivalent XML, the earliest receipt. One thing depends on order: where an instanceID comes
with two contents, the one stored first stays and the other is quarantined, because a later post must not be
able to replace a record that others build on. Files: `sync.mirror.attachments`.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, or_, select, update
from sqlalchemy.orm import Session

from mochocho.words.errors import BadInput
from sync.mirror.attachments import unite_files
from sync.mirror.prepared import Prepared
from sync.mirror.versions import Touched
from sync.tables import Officer, Submission, SubmissionVersion
from sync.xform.reader import Reader

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Written:
    """What writing one instance changed: whether it was new,
    how many files arrived, what to bring up to date.
    """

    new: bool
    files: int
    touched: Touched


def write_instance(session: Session, reader: Reader, item: Prepared) -> Written:
    """Write one instance; bringing its submission up to date is left to the caller.

    Raises BadInput submission.conflict, instance.other_form: then the transaction must be rolled back.
    """
    officer_id = _known_officer(session, item.officer_id)
    version = session.scalar(
        select(SubmissionVersion).where(SubmissionVersion.instance_id == item.instance_id)
    )
    new = version is None
    if version is None:
        version, touched = _append(session, item, officer_id)
    else:
        _check_same(session, reader, version, item)
        claims = _unite_receipts(version, item, officer_id)
        touched = _unite_roots(session, version, item)
        touched.claims |= claims
    return Written(new, unite_files(session, version.id, item), touched)


def _known_officer(session: Session, officer_id: int | None) -> int | None:
    # A spool may outlive its database: its receipts may name officers that a restored database lacks.
    return None if officer_id is None or session.get(Officer, officer_id) is None else officer_id


def _check_same(session: Session, reader: Reader, version: SubmissionVersion, item: Prepared) -> None:
    if version.xml_sha256 == item.xml_sha256:
        return
    form_id = session.get_one(Submission, version.submission_id).form_id
    if (
        reader.stored(version.xml_sha256, (form_id, version.form_version)).answers_sha256
        != item.answers_sha256
    ):
        raise BadInput(
            "submission.conflict",
            "มีแบบฟอร์มชุดนี้ (instanceID เดียวกัน) ในระบบแล้วแต่เนื้อหาไม่ตรงกัน ระบบเก็บไว้ทั้งสองชุด "
            "ให้สอบถามผู้กรอกว่าชุดใดถูกต้อง แล้วให้กรอกชุดที่ถูกต้องใหม่หากจำเป็น",
            "a form of the same instanceID came before with other content; both are kept; ask who filled it "
            "in which is right, and have that one filled in anew if need be",
        )


def _unite_receipts(version: SubmissionVersion, item: Prepared, officer_id: int | None) -> bool:
    """Keep the earliest receipt; returns whether this one is earlier."""
    version.xml_sha256 = min(version.xml_sha256, item.xml_sha256)
    stands = (version.received_at or _NEVER, version.officer_id or 0, version.source)
    comes = (item.received_at or _NEVER, officer_id or 0, item.source)
    if comes < stands:
        version.received_at, version.officer_id, version.source = item.received_at, officer_id, item.source
    return comes < stands


def _unite_roots(session: Session, version: SubmissionVersion, item: Prepared) -> Touched:
    """Connect a known version to the root that the server names."""
    known = version.server_root
    if item.server_root is None or item.server_root == known:
        return Touched(version.submission_id)
    version.server_root = item.server_root if known is None else min(known, item.server_root)
    session.flush()
    submission, roots = _linked(session, item)
    return Touched(submission.id, roots, grew=len(roots) > 1)


def _append(session: Session, item: Prepared, officer_id: int | None) -> tuple[SubmissionVersion, Touched]:
    """Add a version to the submission it belongs to."""
    submission, roots = _linked(session, item)
    version = SubmissionVersion(
        submission_id=submission.id,
        source=item.source,
        instance_id=item.instance_id,
        deprecated_id=item.deprecated_id,
        server_root=item.server_root,
        form_version=item.form_version,
        xml_sha256=item.xml_sha256,
        officer_id=officer_id,
        received_at=item.received_at,
        unknown_fields=list(item.unknown_fields),
        not_offered=[astuple(answer) for answer in item.not_offered],
    )
    session.add(version)
    session.flush()
    return version, Touched(submission.id, roots, grew=True)


def _linked(session: Session, item: Prepared) -> tuple[Submission, set[str]]:
    """The submission that this instance belongs to, and the roots of those it connects to it.

    Submissions are one if they share an id: of an instance, of what it edits, of its root on a server.
    """
    linked = list(session.scalars(_sharing(item)))
    if any(submission.form_id != item.form_id for submission in linked):
        raise BadInput(
            "instance.other_form",
            "แบบฟอร์มนี้อ้างว่าแก้ไขชุดที่เป็นของแบบฟอร์มอื่น ให้ตรวจกับผู้กรอกแล้วกรอกเป็นชุดใหม่",
            "it says that it edits what was sent by another form; ask who filled it in, and have it "
            "filled in "
            "as a new one",
        )
    roots = {submission.root_id for submission in linked}
    submission = _one_of(session, linked)
    if submission is None:
        submission = Submission(form_id=item.form_id, root_id=item.instance_id)
        session.add(submission)
    session.flush()
    return submission, roots


def _sharing(item: Prepared) -> Select[Submission]:
    columns = (SubmissionVersion.instance_id, SubmissionVersion.deprecated_id, SubmissionVersion.server_root)
    versions = select(SubmissionVersion.submission_id).where(
        or_(*(column.in_(item.ids) for column in columns))
    )
    return select(Submission).where(Submission.id.in_(versions)).order_by(Submission.id)


def _one_of(session: Session, linked: Sequence[Submission]) -> Submission | None:
    """The first submission, with the versions of the others, which are removed."""
    for other in linked[1:]:
        linked[0].turns += other.turns
        other.current_id = None
        session.flush()
        moved = update(SubmissionVersion).where(SubmissionVersion.submission_id == other.id)
        session.execute(moved.values(submission_id=linked[0].id))
        session.delete(other)
        session.flush()
    return linked[0] if linked else None
