"""The rows of the register: what is written when a submission was read, went, or lost its key."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from mochocho.db import Base, insert_or_ignore
from mochocho.errors import Transient
from mochocho.home import Home
from mochocho.model import Application, Identity, ScoreSheet
from processing import codec, known
from processing.cross import files_of, pages_of
from processing.read import READ_VERSION
from processing.tables import ApplicantFileRow, ApplicantRow, IdentityRow, SheetRow, UnreadRow
from sync.mirror import Mirrored

DUPLICATE = "application.duplicate_key"
DUPLICATE_TH = "มีใบสมัครอื่นใช้รหัสผู้สมัครเดียวกัน ใบนี้จึงยังไม่ขึ้นทะเบียน ให้ตรวจว่าส่งซ้ำหรือไม่ แล้วถอนใบที่ไม่ใช้"
ORPHAN = "sheet.unknown_applicant"
ORPHAN_TH = "ไม่พบผู้สมัครของแบบให้คะแนนนี้ในทะเบียน ระบบจะนับเองเมื่อใบสมัครมาถึง หากไม่มาให้ตรวจว่าเลือกผู้สมัครถูก"

ReadApplication = tuple[Mirrored, tuple[Application, Identity]]
ReadSheet = tuple[Mirrored, ScoreSheet]


@dataclass(frozen=True, slots=True)
class Unread:
    """A submission that is not registered, and why. `claimed_key`: of a duplicate.

    `again`: what passes, when this form itself is not at fault; it stays due then.
    """

    mirrored: Mirrored
    code: str
    message_th: str
    claimed_key: str | None = None
    again: Transient | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What is written: rows that come, and roots whose rows go.

    `displaced` lose their key to a smaller root; `woken` are duplicates that stand now and must be read.
    """

    applications: Sequence[ReadApplication]
    sheets: Sequence[ReadSheet]
    unread: Sequence[Unread]
    gone: frozenset[str]
    displaced: frozenset[str]
    woken: frozenset[str]


def state_digest(home: Home, mirrored: Mirrored) -> str:
    """Names all that a row of the register is read from."""
    state = [READ_VERSION, home.pack_digest, mirrored.state_digest]
    return hashlib.sha256(json.dumps(state).encode()).hexdigest()


def write(session: Session, home: Home, change: Change) -> None:
    """Write one change. The caller keeps other writers of the register out."""
    read = {m.root_id for m, _ in (*change.applications, *change.sheets)}
    replaced = change.gone | read
    keys = {application.key for _, (application, _) in change.applications}
    touched = keys | _keys_of(session, replaced | change.displaced)
    session.execute(known.in_order(touched).with_for_update())  # in the order in which assessing takes them
    assessments = _assessment_ids(session, keys)
    _displace(session, change.displaced)
    _delete(session, IdentityRow.key, touched)
    _delete(session, ApplicantRow.key, touched)
    _delete(session, SheetRow.root_id, replaced)
    _delete(session, ApplicantFileRow.root_id, replaced | change.displaced)
    _delete(session, UnreadRow.root_id, replaced | {u.mirrored.root_id for u in change.unread})
    _insert(session, ApplicantRow, [_applicant_row(home, r, assessments) for r in change.applications])
    _insert(session, IdentityRow, [_identity_row(identity) for _, (_, identity) in change.applications])
    _insert(session, SheetRow, [_sheet_row(home, m, sheet) for m, sheet in change.sheets])
    _insert(session, ApplicantFileRow, [row for r in change.applications for row in _application_files(r)])
    _insert(session, ApplicantFileRow, [row for r in change.sheets for row in _sheet_files(r)])
    insert_or_ignore(session, UnreadRow, [_unread_row(home, u) for u in change.unread])
    again = update(UnreadRow).where(UnreadRow.root_id.in_(change.woken))
    session.execute(again.values(state_digest=""))  # should this process end before it has read them
    _name_orphans(session, touched | {sheet.applicant_key for _, sheet in change.sheets})


def _keys_of(session: Session, roots: Set[str]) -> set[str]:
    return set(session.scalars(select(ApplicantRow.key).where(ApplicantRow.root_id.in_(roots))))


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


def _name_orphans(session: Session, keys: Set[str]) -> None:
    """Record the sheets of these keys whose applicant is not registered; they count as soon as it is."""
    sheets = select(SheetRow.root_id).where(SheetRow.applicant_key.in_(keys))
    session.execute(delete(UnreadRow).where(UnreadRow.code == ORPHAN, UnreadRow.root_id.in_(sheets)))
    query = select(SheetRow.root_id, SheetRow.instance_id, SheetRow.state_digest).where(
        SheetRow.applicant_key.in_(keys), ~exists().where(ApplicantRow.key == SheetRow.applicant_key)
    )
    rows = [
        {
            "root_id": root,
            "instance_id": instance,
            "state_digest": digest,
            "code": ORPHAN,
            "message_th": ORPHAN_TH,
        }
        for root, instance, digest in session.execute(query)
    ]
    insert_or_ignore(session, UnreadRow, rows)


def _assessment_ids(session: Session, keys: Set[str]) -> dict[str, int | None]:
    query = select(ApplicantRow.key, ApplicantRow.assessment_id).where(ApplicantRow.key.in_(keys))
    return dict(session.execute(query).all())


def _delete(session: Session, column: InstrumentedAttribute[str], values: Set[str]) -> None:
    if values:
        session.execute(delete(column.class_).where(column.in_(values)))


def _insert(session: Session, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        session.execute(insert(table), rows)


def _applicant_row(
    home: Home, read: ReadApplication, assessments: Mapping[str, int | None]
) -> dict[str, Any]:
    mirrored, (application, _) = read
    return {
        "key": application.key,
        "root_id": mirrored.root_id,
        "instance_id": mirrored.instance_id,
        "state_digest": state_digest(home, mirrored),
        "type": application.type.value,
        "name": application.name,
        "district": application.district,
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


def _sheet_row(home: Home, mirrored: Mirrored, sheet: ScoreSheet) -> dict[str, Any]:
    return {
        "root_id": mirrored.root_id,
        "instance_id": mirrored.instance_id,
        "state_digest": state_digest(home, mirrored),
        "applicant_key": sheet.applicant_key,
        "sheet": codec.dump(sheet),
    }


def _application_files(read: ReadApplication) -> Iterator[dict[str, Any]]:
    mirrored, (application, _) = read
    pages = {page.sha256 for page in pages_of(application)}
    for sha256 in sorted(files_of(application)):
        yield _file_row(mirrored, application.key, sha256, page=sha256 in pages)


def _sheet_files(read: ReadSheet) -> Iterator[dict[str, Any]]:
    mirrored, sheet = read
    for sha256 in sorted({photo.sha256 for photo in sheet.evidence.values() if photo.sha256}):
        yield _file_row(mirrored, sheet.applicant_key, sha256, page=False)


def _file_row(mirrored: Mirrored, key: str, sha256: str, *, page: bool) -> dict[str, Any]:
    return {"root_id": mirrored.root_id, "applicant_key": key, "sha256": sha256, "page": page}


def _unread_row(home: Home, unread: Unread) -> dict[str, Any]:
    return {
        "root_id": unread.mirrored.root_id,
        "instance_id": unread.mirrored.instance_id,
        "state_digest": "" if unread.again else state_digest(home, unread.mirrored),
        "code": unread.code,
        "message_th": unread.message_th,
        "claimed_key": unread.claimed_key,
    }
