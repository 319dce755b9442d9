"""Writing one instance into the mirror: the same rows in whatever order instances come.

What several sources or posts say of one instance is joined by rules that do not ask which came first: the
lesser sha256 of XML that means the same, the earliest receipt, of two files with one name the larger one and
then the lesser sha256. What loses stays in the store and is noted. One thing does depend on order: where an
instanceID comes with two contents, the one stored first stands and the other is held for a person to look at;
a later post must not be able to push out a record that others have built on.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, or_, select, update
from sqlalchemy.orm import Session

from mochocho.errors import BadInput
from sync.chain import arrange
from sync.entities import refresh
from sync.held import MIRROR, Held, hold
from sync.parse import EntityChange
from sync.reader import Reader
from sync.tables import Attachment, Officer, Submission, SubmissionVersion

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class File:
    """A file that an instance names and that stands in the store."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """One instance, read and checked, its files in the store: all that a transaction needs to know of it."""

    source: str
    form_id: str
    form_version: str
    instance_id: str
    deprecated_id: str | None
    xml_sha256: str
    canonical_sha256: str
    entities: tuple[EntityChange, ...]
    file_names: tuple[str, ...]
    files: tuple[File, ...]
    officer_id: int | None
    received_at: datetime | None


@dataclass(frozen=True, slots=True)
class Absorbed:
    """What one instance changed: whether it was new, how many of its files arrived."""

    new: bool
    files: int


def absorb(session: Session, reader: Reader, item: Prepared) -> Absorbed:
    """Write one instance. Raises BadInput submission.conflict, instance.other_form: nothing is written."""
    officer_id = _known_officer(session, item.officer_id)
    version = session.scalar(
        select(SubmissionVersion).where(SubmissionVersion.instance_id == item.instance_id)
    )
    new = version is None
    if version is None:
        version = _append(session, reader, item, officer_id)
    else:
        _check_same(reader, version, item)
        _unite_receipts(session, reader, version, item, officer_id)
    return Absorbed(new, _unite_files(session, version, item))


def _known_officer(session: Session, officer_id: int | None) -> int | None:
    # A spool may outlive its database: receipts then name officers that a restored one has not.
    return None if officer_id is None or session.get(Officer, officer_id) is None else officer_id


def _check_same(reader: Reader, version: SubmissionVersion, item: Prepared) -> None:
    if version.xml_sha256 == item.xml_sha256:
        return
    if reader.stored(version.xml_sha256).canonical_sha256 != item.canonical_sha256:
        raise BadInput(
            "submission.conflict",
            "มีแบบฟอร์มชุดนี้ (instanceID เดียวกัน) ในระบบแล้วแต่เนื้อหาไม่ตรงกัน ระบบเก็บไว้ทั้งสองชุด "
            "ให้สอบถามผู้กรอกว่าชุดใดถูกต้อง แล้วให้กรอกชุดที่ถูกต้องใหม่หากจำเป็น",
        )


def _unite_receipts(
    session: Session, reader: Reader, version: SubmissionVersion, item: Prepared, officer_id: int | None
) -> None:
    version.xml_sha256 = min(version.xml_sha256, item.xml_sha256)
    stands = (version.received_at or _NEVER, version.officer_id or 0, version.source)
    comes = (item.received_at or _NEVER, officer_id or 0, item.source)
    if comes < stands:
        version.received_at, version.officer_id, version.source = item.received_at, officer_id, item.source
        session.flush()
        submission = session.get_one(Submission, version.submission_id)
        _arrange(session, reader, submission, {submission.root_id}, item)


def _append(session: Session, reader: Reader, item: Prepared, officer_id: int | None) -> SubmissionVersion:
    """Add a version to the submission it belongs to; submissions that it links become one."""
    linked = list(session.scalars(_linked(item)))
    if any(submission.form_id != item.form_id for submission in linked):
        raise BadInput(
            "instance.other_form",
            "แบบฟอร์มนี้อ้างว่าแก้ไขชุดที่เป็นของแบบฟอร์มอื่น ให้ตรวจกับผู้กรอกแล้วกรอกเป็นชุดใหม่",
        )
    roots = {submission.root_id for submission in linked}
    submission = _one_of(session, linked) or Submission(form_id=item.form_id, root_id=item.instance_id)
    session.add(submission)
    session.flush()
    version = SubmissionVersion(
        submission_id=submission.id,
        source=item.source,
        instance_id=item.instance_id,
        deprecated_id=item.deprecated_id,
        form_version=item.form_version,
        xml_sha256=item.xml_sha256,
        officer_id=officer_id,
        received_at=item.received_at,
    )
    session.add(version)
    session.flush()
    _arrange(session, reader, submission, roots, item)
    return version


def _linked(item: Prepared) -> Select[Submission]:
    """The submission that this instance edits, and those that wait for it as their unseen root."""
    edited = select(SubmissionVersion.submission_id).where(
        SubmissionVersion.instance_id == item.deprecated_id
    )
    waiting = [item.instance_id] if item.deprecated_id is None else [item.instance_id, item.deprecated_id]
    return (
        select(Submission)
        .where(or_(Submission.id.in_(edited), Submission.root_id.in_(waiting)))
        .order_by(Submission.id)
    )


def _one_of(session: Session, linked: Sequence[Submission]) -> Submission | None:
    """The first, after it has taken over the versions of the others, which are removed."""
    for other in linked[1:]:
        other.current_id = None
        session.flush()
        moved = update(SubmissionVersion).where(SubmissionVersion.submission_id == other.id)
        session.execute(moved.values(submission_id=linked[0].id))
        session.delete(other)
        session.flush()
    return linked[0] if linked else None


def _arrange(
    session: Session, reader: Reader, submission: Submission, former_roots: Set[str], item: Prepared
) -> None:
    """Bring root, current version, conflict and entities up to date."""
    query = select(SubmissionVersion).where(SubmissionVersion.submission_id == submission.id)
    versions = {version.instance_id: version for version in session.scalars(query)}
    chain = arrange({instance_id: version.deprecated_id for instance_id, version in versions.items()})
    current = versions[chain.current_id]
    submission.root_id, submission.current_id, submission.conflict = chain.root_id, current.id, chain.conflict
    session.flush()
    at_hand = current.instance_id == item.instance_id
    entities = item.entities if at_hand else reader.stored(current.xml_sha256).entities
    refresh(session, submission.root_id, former_roots, entities, len(versions))


def _unite_files(session: Session, version: SubmissionVersion, item: Prepared) -> int:
    """Fill in what arrived. Returns how many names got their first file."""
    query = select(Attachment).where(Attachment.version_id == version.id)
    rows = {row.name: row for row in session.scalars(query)}
    for name in item.file_names:
        if name not in rows:
            rows[name] = Attachment(version_id=version.id, name=name)
            session.add(rows[name])
    arrived = 0
    for file in item.files:
        row = rows[file.name]
        arrived += row.sha256 is None
        if row.sha256 in (None, file.sha256):
            row.sha256, row.size = file.sha256, file.size
            continue
        standing = File(row.name, str(row.sha256), row.size or 0)
        better, worse = sorted((standing, file), key=lambda one: (-one.size, one.sha256))
        row.sha256, row.size = better.sha256, better.size
        hold(session, MIRROR, _other_content(item, worse))
    return arrived


def _other_content(item: Prepared, file: File) -> Held:
    return Held(
        key=f"{item.instance_id}/{file.name}#{file.sha256[:16]}",
        code="file.other_content",
        message_th=f"ไฟล์ชื่อ {file.name} มาสองครั้งด้วยเนื้อหาต่างกัน ระบบใช้ไฟล์ที่ใหญ่กว่าและเก็บอีกไฟล์ไว้ ให้เปิดดูทั้งสองไฟล์",
        sha256=file.sha256,
        officer_id=item.officer_id,
        received_at=item.received_at,
    )
