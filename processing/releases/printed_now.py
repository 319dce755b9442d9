"""What a packet of a meeting would be made of now, and how that differs from one that was released."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.storage.home import Home
from mochocho.words import thai
from mochocho.words.model import RESOLVED_GATES, ApplicantType, Assessment, Gate, GateState, Resolution
from processing import codec
from processing.chunks import batched
from processing.decisions import recorded
from processing.decisions.chain import canonical
from processing.decisions.meetings.settled_before import settled_before
from processing.findings.of_resolutions import AGAINST, RESOLVED
from processing.meetings import kept
from processing.meetings.meeting import Meeting
from processing.meetings.packet_meeting import as_bound, of_settings
from processing.releases.decided_since import decided_since
from processing.releases.kept_releases import KeptRelease
from processing.releases.release import Printed, PrintedUnit, Stands
from processing.releases.release_changes import Change, changes_between
from processing.standings.standing import Standing, standing_of, states_of
from processing.tables import ApplicantRow, AssessmentRow, StandingRow

CHUNK = 500  # applicants
_DISTRICT = list(Gate).index(Gate.DISTRICT)
_BY_COMMITTEES = {gate.value for gate in RESOLVED_GATES}
_Known = Mapping[str, PrintedUnit]


def changes_since(home: Home, session: Session, released: KeptRelease) -> tuple[Change, ...]:
    """What changed since a released packet or an addendum, whose numbers of dossiers stay.

    `released`: `kept_releases.last_addendum` of it, for what no paper tells yet.
    """
    before = released.release.printed
    now = printed_now(home, session, meeting_now(home, session, before.meeting), before.by_key)
    return changes_until(session, released, now)


def changes_until(session: Session, released: KeptRelease, now: Printed) -> tuple[Change, ...]:
    """What changed from a released packet or an addendum to what stands now, with what people decided."""
    before = released.release.printed
    decided = decided_since(session, before, released.release.decisions.number)
    return (*changes_between(before, now), *decided)


def printed_now(home: Home, session: Session, meeting: Meeting, known: _Known | None = None) -> Printed:
    """What stands now, by the keys of the applicants; without numbers of dossiers and pages.

    `known`: applicants as they stood earlier: the results of those that were not assessed since are not read.
    """
    units = tuple(_units(home, session, meeting, known or {}))
    return Printed(as_bound(meeting), home.pack_digest, units)


def meeting_now(home: Home, session: Session, before: Meeting) -> Meeting:
    """The meeting as it is now; one that was called off stands as it was."""
    now = kept.meeting_of(session, before.key) or of_settings(home.settings)
    return now if now and now.key == before.key else before


def _units(home: Home, session: Session, meeting: Meeting, known: _Known) -> Iterator[PrintedUnit]:
    keys = session.scalars(
        select(ApplicantRow.key).where(ApplicantRow.assessment_id.is_not(None)).order_by(ApplicantRow.key)
    ).all()
    for chunk in batched(keys, CHUNK):
        yield from _chunk(home, session, meeting, chunk, known)


def _chunk(home: Home, session: Session, meeting: Meeting, keys: Any, known: _Known) -> Iterator[PrintedUnit]:
    query = (
        select(
            ApplicantRow.key,
            ApplicantRow.name,
            ApplicantRow.type,
            ApplicantRow.district,
            ApplicantRow.instance_id,
            AssessmentRow.id,
            AssessmentRow.digest,
            StandingRow.gates,
            StandingRow.presented,
        )
        .join(AssessmentRow, ApplicantRow.assessment_id == AssessmentRow.id)
        .outerjoin(StandingRow, StandingRow.assessment_id == AssessmentRow.id)
        .where(ApplicantRow.key.in_(keys))
        .order_by(ApplicantRow.key)
    )
    rows = session.execute(query).all()
    unread = [row.id for row in rows if row.gates is None or not _as_known(row, known)]
    of_these = select(AssessmentRow.id, AssessmentRow.result).where(AssessmentRow.id.in_(unread))
    results: dict[int, dict[str, Any]] = dict(session.execute(of_these).all())
    resolutions = recorded.latest_resolutions(session, keys)
    numbers = recorded.register_numbers(session, keys)
    for row in rows:
        result, resolved = results.get(row.id), resolutions.get(row.key, ())
        settled = settled_before(meeting, resolved)
        yield PrintedUnit(
            key=row.key,
            name=thai.cover_national_ids(row.name),
            type=ApplicantType(row.type),
            district=district.name_th if (district := home.province.district(row.district)) else "",
            stands=Stands.SETTLED if settled else _stands(row.gates, row.presented, result),
            instance=row.instance_id,
            assessment=row.digest,
            result=known[row.key].result if _as_known(row, known) else result_digest(result or {}),
            resolutions=tuple(map(_covered, resolved)),
            register_no=numbers.get(row.key),
        )


def _covered(resolution: Resolution) -> Resolution:
    """People type a national ID where it does not belong; a release's file is given out."""
    reason, condition, note = map(
        thai.cover_national_ids, (resolution.reason, resolution.condition, resolution.note)
    )
    return replace(resolution, reason=reason, condition=condition, note=note)


def _as_known(row: Any, known: _Known) -> bool:
    one = known.get(row.key)
    return one is not None and one.assessment == row.digest


def _stands(gates: str | None, presented: bool | None, result: Mapping[str, Any] | None) -> Stands:
    if gates is None:  # assessed by an earlier version: its row is lacking until it is assessed again
        standing: Standing = standing_of(codec.load(Assessment, result))
        states, presented = standing.gates, standing.presented
    else:
        states = states_of(gates)
    if not presented:
        return Stands.ASIDE
    return Stands.DOSSIER if states[_DISTRICT] is GateState.PASSED else Stands.WAITING


def result_digest(result: Mapping[str, Any]) -> str:
    """Of a stored assessment, but for the digest of its inputs and for what committees resolved."""
    kept_of = {name: value for name, value in result.items() if name not in ("digest", "resolutions")}
    kept_of["gates"] = [one for one in result.get("gates", ()) if one["gate"] not in _BY_COMMITTEES]
    kept_of["findings"] = [
        one for one in result.get("findings", ()) if not one["code"].startswith((AGAINST, RESOLVED))
    ]
    return hashlib.sha256(canonical(kept_of).encode()).hexdigest()
