"""What committees resolved, as recorded: appended, never changed. The last recorded of a gate stands."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from operator import itemgetter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mochocho.storage.db import transaction
from mochocho.storage.home import Home
from mochocho.words import thai
from mochocho.words.errors import BadInput
from mochocho.words.model import Assessment, Finding, Gate, Outcome, Resolution
from processing.chunks import batched
from processing.resolutions import against_evidence, last_assessed
from processing.resolutions.acceptable import refusals
from processing.tables import ApplicantRow, DecisionRow

CHUNK = 500  # applicants asked for at once


def record(home: Home, resolutions: Mapping[str, Resolution]) -> int:
    """Record one resolution an applicant (by key); as `record_all`."""
    return record_all(home, sorted(resolutions.items(), key=itemgetter(0)))


def record_all(home: Home, resolutions: Sequence[tuple[str, Resolution]]) -> int:
    """Record resolutions by applicant key, all or none. Returns how many were not standing already.

    Raises BadInput: decision.gate, decision.committee, decision.meeting_no, decision.meeting_date,
    decision.reason, decision.unknown_applicant.
    """
    with transaction(home.engine) as session:
        weighed = against(session, resolutions)
        for (_, resolution), found in zip(resolutions, weighed, strict=True):
            if refusal := next(refusals(resolution, home.pack.fiscal_year_be, found), None):
                raise BadInput(f"decision.{refusal.part}", refusal.message_th)
        applicants, present = _concerned(session, {key for key, _ in resolutions})
        new = 0
        for key, resolution in resolutions:
            if key not in applicants:
                message = f"ไม่มีผู้สมัครรหัส {key[:60]} ในทะเบียน ให้ตรวจรหัสจากไฟล์ที่ระบบสร้างให้"
                raise BadInput("decision.unknown_applicant", message)
            if not _stands(resolution, present.get(key, ())):
                session.add(_row(key, applicants[key], resolution))
                new += 1
    return new


def against(session: Session, resolutions: Sequence[tuple[str, Resolution]]) -> list[tuple[Finding, ...]]:
    """The evidence against each, as its applicant was last assessed; none where it stands already."""
    keys = {key for key, _ in resolutions}
    present: dict[str, tuple[Resolution, ...]] = {}
    known: dict[str, Assessment] = {}
    for chunk in batched(keys, CHUNK):
        present |= standing(session, chunk)
        known |= last_assessed.of_applicants(session, chunk)
    return [
        () if _stands(resolution, present.get(key, ())) else against_evidence.of(resolution, known.get(key))
        for key, resolution in resolutions
    ]


def standing(session: Session, keys: Collection[str]) -> dict[str, tuple[Resolution, ...]]:
    """The standing resolution of each gate, by applicant key, in the order of the gates; of these keys."""
    newest = (
        select(func.max(DecisionRow.id))
        .where(DecisionRow.applicant_key.in_(keys))
        .group_by(DecisionRow.applicant_key, DecisionRow.gate)
    )
    rows = session.scalars(select(DecisionRow).where(DecisionRow.id.in_(newest)).order_by(DecisionRow.gate))
    found = defaultdict[str, list[Resolution]](list)
    for row in rows:
        found[row.applicant_key].append(_resolution(row))
    return {key: tuple(resolutions) for key, resolutions in found.items()}


def _concerned(
    session: Session, keys: Iterable[str]
) -> tuple[dict[str, str], dict[str, tuple[Resolution, ...]]]:
    """Of these keys: the version of the application that stands now, and what was resolved."""
    applicants: dict[str, str] = {}
    present: dict[str, tuple[Resolution, ...]] = {}
    for chunk in batched(keys, CHUNK):
        query = select(ApplicantRow.key, ApplicantRow.instance_id).where(ApplicantRow.key.in_(chunk))
        applicants |= dict(session.execute(query).all())
        present |= standing(session, chunk)
    return applicants, present


def _stands(resolution: Resolution, present: tuple[Resolution, ...]) -> bool:
    """Whether the same was resolved by the same committee at the same meeting, whoever typed it."""
    return any(_said(resolution) == _said(other) for other in present)


def _said(resolution: Resolution) -> tuple[object, ...]:
    return (
        resolution.gate,
        resolution.outcome,
        thai.normalise(resolution.committee),
        resolution.meeting_no,
        resolution.meeting_date,
        thai.normalise(resolution.reason),
    )


def _row(key: str, instance_id: str, resolution: Resolution) -> DecisionRow:
    return DecisionRow(
        applicant_key=key,
        gate=resolution.gate.value,
        outcome=resolution.outcome.value,
        committee=thai.normalise(resolution.committee),
        meeting_no=resolution.meeting_no,
        meeting_date=resolution.meeting_date,
        reason=thai.normalise(resolution.reason),
        recorded_by=thai.normalise(resolution.recorded_by),
        instance_id=instance_id,
        recorded_at=datetime.now(UTC),
    )


def _resolution(row: DecisionRow) -> Resolution:
    return Resolution(
        gate=Gate(row.gate),
        outcome=Outcome(row.outcome),
        committee=row.committee,
        meeting_no=row.meeting_no,
        meeting_date=row.meeting_date,
        reason=row.reason,
        recorded_by=row.recorded_by,
        instance_id=row.instance_id,
    )
