"""The register: what the mirror holds, as applicants and score sheets. Reads again only what has changed.

Two submissions may claim one applicant key: the one with the smallest root id stands, whatever came first;
the others are recorded as unread until a person withdraws one. Where a newer version of something registered
cannot be read, the version before it stays, and the reason is recorded beside it.
"""

import hashlib
import json
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mochocho.db import Base, insert_or_ignore, reading, transaction
from mochocho.errors import BadInput
from mochocho.home import Home
from mochocho.model import Application, Identity, ScoreSheet
from mochocho.standards.schema import Pack
from processing import codec
from processing.read import READ_VERSION, read_application, read_sheet
from processing.tables import ApplicantRow, IdentityRow, SheetRow, UnreadRow
from sync.mirror import Mirrored, current
from sync.parse import Instance, parse_instance
from xlsforms import names

DUPLICATE = "application.duplicate_key"
ORPHAN = "sheet.unknown_applicant"
CHUNK = 400

log = logging.getLogger(__name__)
T = TypeVar("T")
_ReadApplication = tuple[Mirrored, tuple[Application, Identity]]
_ReadSheet = tuple[Mirrored, ScoreSheet]


@dataclass(frozen=True, slots=True)
class RegisterReport:
    """What one run read and what it let go."""

    applicants: int
    sheets: int
    unread: int
    gone: int


@dataclass(frozen=True, slots=True)
class _Unread:
    mirrored: Mirrored
    code: str
    message_th: str
    state_digest: str


@dataclass(frozen=True, slots=True)
class _Standing:
    """The register as it stands: state digests by root id, and which root holds which key."""

    applicants: Mapping[str, str]
    keys: Mapping[str, str]  # root id -> key
    sheets: Mapping[str, str]
    unread: Mapping[str, str]
    duplicates: frozenset[str]

    @property
    def roots(self) -> set[str]:
        return {*self.applicants, *self.sheets, *self.unread}


@dataclass(frozen=True, slots=True)
class _Change:
    """What one run writes: rows that come, and roots whose rows go."""

    applications: Sequence[_ReadApplication]
    sheets: Sequence[_ReadSheet]
    unread: Sequence[_Unread]
    gone: set[str]


def due(home: Home) -> list[str]:
    """Root ids of the submissions that a run would read or let go."""
    applications, onsite, standing = _both_sides(home)
    changed = _changed(home, applications, {**standing.applicants, **standing.unread})
    changed += _changed(home, onsite, {**standing.sheets, **standing.unread})
    return sorted({m.root_id for m in changed} | standing.roots - applications.keys() - onsite.keys())


def run(home: Home) -> RegisterReport:
    """Bring the register up to the mirror. A submission that cannot be read is recorded and passed over."""
    applications, onsite, standing = _both_sides(home)
    # A duplicate is read at every run: the one that stood before it may have gone.
    done = {
        root_id: digest for root_id, digest in standing.unread.items() if root_id not in standing.duplicates
    }
    read, unread = _read(
        home, _changed(home, applications, {**standing.applicants, **done}), read_application
    )
    winners, losers = _settle_keys(read, {r: k for r, k in standing.keys.items() if r in applications})
    sheets, unread_sheets = _read(home, _changed(home, onsite, {**standing.sheets, **done}), read_sheet)
    change = _Change(
        applications=winners,
        sheets=sheets,
        unread=[*unread, *unread_sheets, *(_duplicate(home, applications[root]) for root in losers)],
        gone=standing.roots - applications.keys() - onsite.keys() | set(losers),
    )
    if change.applications or change.sheets or change.unread or change.gone:
        with transaction(home.engine) as session:
            _write(session, home, standing, change)
            _name_orphans(session)
    return RegisterReport(len(winners), len(sheets), len(change.unread), len(change.gone))


def _both_sides(home: Home) -> tuple[dict[str, Mirrored], dict[str, Mirrored], _Standing]:
    """What the mirror holds of the two forms, by root id, and the register as it stands."""
    with reading(home.engine) as session:
        applications = {m.root_id: m for m in current(session, names.APPLICATION)}
        onsite = {m.root_id: m for m in current(session, names.ONSITE)}
        return applications, onsite, _standing(session)


def _standing(session: Session) -> _Standing:
    rows = session.execute(select(ApplicantRow.root_id, ApplicantRow.key, ApplicantRow.state_digest)).all()
    unread = session.execute(select(UnreadRow.root_id, UnreadRow.state_digest, UnreadRow.code)).all()
    return _Standing(
        applicants={r.root_id: r.state_digest for r in rows},
        keys={r.root_id: r.key for r in rows},
        sheets=dict(session.execute(select(SheetRow.root_id, SheetRow.state_digest)).all()),
        unread={r.root_id: r.state_digest for r in unread},
        duplicates=frozenset(r.root_id for r in unread if r.code == DUPLICATE),
    )


def _state_digest(home: Home, mirrored: Mirrored) -> str:
    """Names all that a row of the register is read from."""
    state = [READ_VERSION, home.pack_digest, mirrored.state_digest]
    return hashlib.sha256(json.dumps(state).encode()).hexdigest()


def _changed(home: Home, mirrored: Mapping[str, Mirrored], done: Mapping[str, str]) -> list[Mirrored]:
    return [m for m in mirrored.values() if done.get(m.root_id) != _state_digest(home, m)]


def _read(
    home: Home, mirrored: Iterable[Mirrored], reader: Callable[[Instance, Mirrored, Pack], T]
) -> tuple[list[tuple[Mirrored, T]], list[_Unread]]:
    read: list[tuple[Mirrored, T]] = []
    unread: list[_Unread] = []
    for m in mirrored:
        try:
            read.append((m, reader(parse_instance(home.store.read(m.xml_sha256)), m, home.pack)))
        except BadInput as error:
            unread.append(_Unread(m, error.code, error.message_th, _state_digest(home, m)))
        except OSError as error:
            log.warning("submission %s cannot be read from the store: %s", m.root_id, type(error).__name__)
            message = "อ่านแบบฟอร์มนี้จากคลังไฟล์ไม่ได้ ให้ผู้ดูแลระบบตรวจคลังไฟล์ ระบบจะลองใหม่เอง"
            unread.append(_Unread(m, "store.missing", message, state_digest=""))
    return read, unread


def _duplicate(home: Home, mirrored: Mirrored) -> _Unread:
    message = "มีใบสมัครอื่นใช้รหัสผู้สมัครเดียวกัน ใบนี้จึงยังไม่ขึ้นทะเบียน ให้ตรวจว่าส่งซ้ำหรือไม่ แล้วถอนใบที่ไม่ใช้"
    return _Unread(mirrored, DUPLICATE, message, _state_digest(home, mirrored))


def _settle_keys(
    read: Sequence[_ReadApplication], standing: Mapping[str, str]
) -> tuple[list[_ReadApplication], list[str]]:
    """Who holds each key: (those just read that do, every root that does not)."""
    claims = dict(standing) | {m.root_id: application.key for m, (application, _) in read}
    holders: dict[str, str] = {}
    for root_id, key in claims.items():
        holders[key] = min(root_id, holders.get(key, root_id))
    winners = [r for r in read if holders[r[1][0].key] == r[0].root_id]
    return winners, sorted(root_id for root_id, key in claims.items() if holders[key] != root_id)


def _write(session: Session, home: Home, standing: _Standing, change: _Change) -> None:
    read = {m.root_id for m, _ in (*change.applications, *change.sheets)}
    keys = {application.key for _, (application, _) in change.applications}
    keys |= {key for root_id, key in standing.keys.items() if root_id in change.gone | read}
    assessments = _assessment_ids(session, keys)
    _delete(session, IdentityRow, IdentityRow.key, keys)
    _delete(session, ApplicantRow, ApplicantRow.key, keys)
    _delete(session, SheetRow, SheetRow.root_id, change.gone | read)
    unread = {u.mirrored.root_id for u in change.unread}
    _delete(session, UnreadRow, UnreadRow.root_id, change.gone | read | unread)
    insert_or_ignore(
        session, ApplicantRow, [_applicant_row(home, r, assessments) for r in change.applications]
    )
    insert_or_ignore(
        session, IdentityRow, [_identity_row(identity) for _, (_, identity) in change.applications]
    )
    insert_or_ignore(session, SheetRow, [_sheet_row(home, m, sheet) for m, sheet in change.sheets])
    insert_or_ignore(session, UnreadRow, [_unread_row(u) for u in change.unread])


def _name_orphans(session: Session) -> None:
    """Record the sheets whose applicant is not registered (yet); they count as soon as it is."""
    query = select(SheetRow.root_id, SheetRow.instance_id, SheetRow.state_digest)
    orphans = session.execute(query.where(SheetRow.applicant_key.not_in(select(ApplicantRow.key)))).all()
    session.execute(delete(UnreadRow).where(UnreadRow.code == ORPHAN))
    message = "ไม่พบผู้สมัครของแบบให้คะแนนนี้ในทะเบียน ระบบจะนับเองเมื่อใบสมัครมาถึง หากไม่มาให้ตรวจว่าเลือกผู้สมัครถูก"
    rows = [
        {
            "root_id": root,
            "instance_id": instance,
            "state_digest": digest,
            "code": ORPHAN,
            "message_th": message,
        }
        for root, instance, digest in orphans
    ]
    insert_or_ignore(session, UnreadRow, rows)


def _chunks(items: Iterable[str]) -> list[list[str]]:
    ordered = sorted(items)
    return [ordered[start : start + CHUNK] for start in range(0, len(ordered), CHUNK)]


def _assessment_ids(session: Session, keys: Iterable[str]) -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    for chunk in _chunks(keys):
        query = select(ApplicantRow.key, ApplicantRow.assessment_id).where(ApplicantRow.key.in_(chunk))
        found.update(session.execute(query).all())
    return found


def _delete(session: Session, table: type[Base], column: Any, values: Iterable[str]) -> None:
    for chunk in _chunks(values):
        session.execute(delete(table).where(column.in_(chunk)))


def _applicant_row(
    home: Home, read: _ReadApplication, assessments: Mapping[str, int | None]
) -> dict[str, Any]:
    mirrored, (application, _) = read
    return {
        "key": application.key,
        "root_id": mirrored.root_id,
        "instance_id": mirrored.instance_id,
        "state_digest": _state_digest(home, mirrored),
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
        "state_digest": _state_digest(home, mirrored),
        "applicant_key": sheet.applicant_key,
        "sheet": codec.dump(sheet),
    }


def _unread_row(unread: _Unread) -> dict[str, Any]:
    return {
        "root_id": unread.mirrored.root_id,
        "instance_id": unread.mirrored.instance_id,
        "state_digest": unread.state_digest,
        "code": unread.code,
        "message_th": unread.message_th,
    }
