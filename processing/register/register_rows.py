"""Writes the rows of the register when a submission was read, has gone, or has lost its key."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from mochocho.storage.db import insert_or_ignore
from mochocho.words.errors import Transient
from mochocho.words.model import Application, Identity
from processing import codec
from processing.register import stored
from processing.register.index_keys import alike_key, files_of, pages_of
from processing.register.kinds import KINDS, About, Kind
from processing.tables import (
    AboutApplicant,
    ApplicantFileRow,
    ApplicantRow,
    IdentityRow,
    SupplementRow,
    UnreadRow,
)
from sync.mirror.queries import Mirrored

DUPLICATE = "application.duplicate_key"
DUPLICATE_TH = "มีใบสมัครอื่นใช้รหัสผู้สมัครเดียวกัน ใบนี้จึงยังไม่ขึ้นทะเบียน ให้ตรวจว่าส่งซ้ำหรือไม่ แล้วถอนใบที่ไม่ใช้"

ReadApplication = tuple[Mirrored, tuple[Application, Identity]]
ReadAbout = tuple[Kind, Mirrored, About]


@dataclass(frozen=True, slots=True)
class Unread:
    """A submission that is not registered, and why. `claimed_key`: of a duplicate.

    `again`: the passing error, when the form itself is not at fault; it then stays due.
    """

    mirrored: Mirrored
    code: str
    message_th: str
    claimed_key: str | None = None
    again: Transient | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """The rows to write, and the roots whose rows are removed.

    `displaced`: applicants that lose their key to a smaller root; `woken`: duplicates that get their key now
    and must be read.
    """

    applications: Sequence[ReadApplication]
    about: Sequence[ReadAbout]
    unread: Sequence[Unread]
    gone: frozenset[str]
    displaced: frozenset[str]
    woken: frozenset[str]


def write(session: Session, change: Change) -> None:
    """Write one change. The caller keeps other writers of the register out."""
    read = {m.root_id for m, _ in change.applications} | {m.root_id for _, m, _ in change.about}
    replaced = change.gone | read
    keys = {application.key for _, (application, _) in change.applications}
    touched = keys | _keys_of(session, replaced | change.displaced)
    # locked in the order in which assessing locks them
    session.execute(stored.in_order(touched).with_for_update())
    assessments = _assessment_ids(session, keys)
    concerned = touched | {about.applicant_key for _, _, about in change.about}
    concerned |= {key for kind in KINDS.values() for key in _concerned(session, kind.table, replaced)}
    supplemented = _concerned(session, SupplementRow, replaced)
    _displace(session, change.displaced)
    _delete(session, IdentityRow.key, touched)
    _delete(session, ApplicantRow.key, touched)
    for kind in KINDS.values():
        _delete(session, kind.table.root_id, replaced)
    _delete(session, ApplicantFileRow.root_id, replaced | change.displaced)
    _delete(session, UnreadRow.root_id, replaced | {u.mirrored.root_id for u in change.unread})
    _insert(session, ApplicantRow, [_applicant_row(r, assessments) for r in change.applications])
    _insert(session, IdentityRow, [_identity_row(identity) for _, (_, identity) in change.applications])
    for kind in KINDS.values():
        _insert(session, kind.table, [_about_row(r) for r in change.about if r[0] is kind])
    _insert(session, ApplicantFileRow, [row for r in change.applications for row in _application_files(r)])
    _insert(session, ApplicantFileRow, [row for r in change.about for row in _about_files(r)])
    insert_or_ignore(session, UnreadRow, [_unread_row(u) for u in change.unread])
    again = update(UnreadRow).where(UnreadRow.root_id.in_(change.woken))
    session.execute(again.values(state_digest=""))  # if this process ends before reading them, they are due
    for kind in KINDS.values():
        _name_orphans(session, kind, concerned)
    query = select(SupplementRow.applicant_key).where(SupplementRow.applicant_key.in_(concerned))
    _mark_pages(session, supplemented.union(session.scalars(query)))


def _keys_of(session: Session, roots: Set[str]) -> set[str]:
    return set(session.scalars(select(ApplicantRow.key).where(ApplicantRow.root_id.in_(roots))))


def _concerned(session: Session, table: type[AboutApplicant], roots: Set[str]) -> set[str]:
    """The applicants that these roots' forms were about when last read."""
    return set(session.scalars(select(table.applicant_key).where(table.root_id.in_(roots))))


def _displace(session: Session, roots: Set[str]) -> None:
    """Record these applicants as duplicates, as they were last read."""
    query = select(ApplicantRow).where(ApplicantRow.root_id.in_(roots))
    rows = [
        {
            "root_id": row.root_id,
            "instance_id": row.instance_id,
            "state_digest": row.state_digest,
            "code": DUPLICATE,
            "message_th": DUPLICATE_TH,
            "claimed_key": row.key,
        }
        for row in session.scalars(query)
    ]
    insert_or_ignore(session, UnreadRow, rows)


def _name_orphans(session: Session, kind: Kind, keys: Set[str]) -> None:
    """Record the forms about these keys whose applicant is not registered; they count once it is."""
    table = kind.table
    theirs = select(table.root_id).where(table.applicant_key.in_(keys))
    session.execute(delete(UnreadRow).where(UnreadRow.code == kind.orphan, UnreadRow.root_id.in_(theirs)))
    query = select(table.root_id, table.instance_id, table.state_digest).where(
        table.applicant_key.in_(keys), ~exists().where(ApplicantRow.key == table.applicant_key)
    )
    rows = [
        {
            "root_id": root,
            "instance_id": instance,
            "state_digest": digest,
            "code": kind.orphan,
            "message_th": kind.orphan_th,
        }
        for root, instance, digest in session.execute(query)
    ]
    insert_or_ignore(session, UnreadRow, rows)


def _mark_pages(session: Session, keys: Set[str]) -> None:
    """Update which files are pages now: a supplement may replace some, or wait for its application."""
    pages = {
        (key, page.sha256)
        for key, one in stored.applications(session, keys).items()
        for page in pages_of(one)
    }
    query = select(ApplicantFileRow).where(ApplicantFileRow.applicant_key.in_(keys))
    for row in session.scalars(query):
        row.page = (row.applicant_key, row.sha256) in pages
    session.flush()


def _assessment_ids(session: Session, keys: Set[str]) -> dict[str, int | None]:
    query = select(ApplicantRow.key, ApplicantRow.assessment_id).where(ApplicantRow.key.in_(keys))
    return dict(session.execute(query).all())


def _delete(session: Session, column: InstrumentedAttribute[str], values: Set[str]) -> None:
    if values:
        session.execute(delete(column.class_).where(column.in_(values)))


def _insert(session: Session, table: type[Any], rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        session.execute(insert(table), rows)


def _applicant_row(read: ReadApplication, assessments: Mapping[str, int | None]) -> dict[str, Any]:
    mirrored, (application, _) = read
    return {
        "key": application.key,
        "root_id": mirrored.root_id,
        "instance_id": mirrored.instance_id,
        "state_digest": mirrored.state_digest,
        "type": application.type.value,
        "name": application.name,
        "district": application.district,
        "alike": alike_key(application),
        "application": codec.dump(application),
        "assessment_id": assessments.get(application.key),
    }


def _identity_row(identity: Identity) -> dict[str, Any]:
    return {
        "key": identity.key,
        "national_id": identity.national_id,
        "phone": identity.phone,
        "address": identity.address,
    }


def _about_row(read: ReadAbout) -> dict[str, Any]:
    _, mirrored, about = read
    return {
        "root_id": mirrored.root_id,
        "instance_id": mirrored.instance_id,
        "state_digest": mirrored.state_digest,
        "applicant_key": about.applicant_key,
        "content": codec.dump(about),
    }


def _application_files(read: ReadApplication) -> Iterator[dict[str, Any]]:
    mirrored, (application, _) = read
    pages = {page.sha256 for page in pages_of(application)}
    for sha256 in sorted(files_of(application)):
        yield _file_row(mirrored, application.key, sha256, page=sha256 in pages)


def _about_files(read: ReadAbout) -> Iterator[dict[str, Any]]:
    kind, mirrored, about = read
    for sha256 in sorted({file.sha256 for file in kind.files(about) if file.sha256}):
        yield _file_row(mirrored, about.applicant_key, sha256, page=False)


def _file_row(mirrored: Mirrored, key: str, sha256: str, *, page: bool) -> dict[str, Any]:
    return {"root_id": mirrored.root_id, "applicant_key": key, "sha256": sha256, "page": page}


def _unread_row(unread: Unread) -> dict[str, Any]:
    return {
        "root_id": unread.mirrored.root_id,
        "instance_id": unread.mirrored.instance_id,
        "state_digest": "" if unread.again else unread.mirrored.state_digest,
        "code": unread.code,
        "message_th": unread.message_th,
        "claimed_key": unread.claimed_key,
    }
