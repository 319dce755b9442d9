"""Reads everything stored about some applicants, for assessing and papers.

Only what is asked for is read, so a worker's memory depends on its chunk alone.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from mochocho.words.model import Application, Gate, Plan, ScoreSheet, SelfAssessment, Supplement
from processing import codec
from processing.decisions import recorded
from processing.decisions.decided import NOTHING_DECIDED, Decided, lay_before
from processing.decoding.jobs import CHECK_VERSION
from processing.register.kinds import KINDS
from processing.register.supplements import merge
from processing.tables import (
    ApplicantFileRow,
    ApplicantRow,
    AssessmentRow,
    MeasurementRow,
    StandingRow,
    UnreadRow,
)
from xlsforms import names

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class State:
    """What one applicant's assessment is computed from, named by digests and not read.

    `forms`: (root id, state digest) of every form about it, by root id. `unread_edits`: why newer versions
    could not be read. `unmeasured`: sha256 of the files that arrived and are not measured. `assessed`: the
    digest of its current assessment, None where that has no standing yet. `into`: the name of the one it is
    merged into.
    """

    key: str
    digest: str
    assessment_id: int | None
    assessed: str | None
    forms: tuple[tuple[str, str], ...] = ()
    decided: Decided = NOTHING_DECIDED
    lay_before: tuple[tuple[Gate, str], ...] = ()  # digests of assessments
    unread_edits: tuple[str, ...] = ()
    unmeasured: tuple[str, ...] = ()
    into: str = ""


def keys(session: Session) -> list[str]:
    """The key of every applicant, in order."""
    return sorted(session.scalars(select(ApplicantRow.key)))


def in_order(wanted: Collection[str]) -> Select[str]:
    """A query for these keys in the database's own order."""
    return select(ApplicantRow.key).where(ApplicantRow.key.in_(wanted)).order_by(ApplicantRow.key)


def states(session: Session, wanted: Collection[str]) -> list[State]:
    """The states of these applicants, by key; keys that are not registered are skipped."""
    query = (
        select(
            ApplicantRow.key,
            ApplicantRow.root_id,
            ApplicantRow.state_digest,
            ApplicantRow.assessment_id,
            AssessmentRow.digest,
            StandingRow.done.label("standing"),
        )
        .outerjoin(AssessmentRow, ApplicantRow.assessment_id == AssessmentRow.id)
        .outerjoin(StandingRow, ApplicantRow.assessment_id == StandingRow.assessment_id)
        .where(ApplicantRow.key.in_(wanted))
    )
    rows = sorted(session.execute(query).all(), key=lambda row: row.key)
    forms = _form_states(session, wanted)
    decisions = recorded.of_assessments(session, wanted)
    decided = {key: Decided.of(own) for key, own in decisions.items()}
    roots = [*(row.root_id for row in rows), *(root for own in forms.values() for root, _ in own)]
    unread = dict(
        session.execute(
            select(UnreadRow.root_id, UnreadRow.message_th).where(UnreadRow.root_id.in_(roots))
        ).all()
    )
    unmeasured, into = _unmeasured(session, wanted), _into(session, decided)
    return [
        State(
            key=row.key,
            digest=row.state_digest,
            assessment_id=row.assessment_id,
            assessed=row.digest if row.standing is not None else None,
            forms=tuple(forms.get(row.key, ())),
            decided=decided.get(row.key, NOTHING_DECIDED),
            lay_before=lay_before(decisions.get(row.key, ())),
            unread_edits=tuple(
                unread[root]
                for root in (row.root_id, *(root for root, _ in forms.get(row.key, ())))
                if root in unread
            ),
            unmeasured=tuple(sorted(unmeasured.get(row.key, ()))),
            into=into.get(row.key, ""),
        )
        for row in rows
    ]


def applications(session: Session, wanted: Collection[str]) -> dict[str, Application]:
    """The applications of these applicants, by key, with supplements merged into their documents."""
    query = select(ApplicantRow.key, ApplicantRow.application).where(ApplicantRow.key.in_(wanted))
    later = supplements(session, wanted)
    return {
        key: merge(codec.load(Application, stored), later.get(key, ()))
        for key, stored in session.execute(query)
    }


def sheets(session: Session, wanted: Collection[str]) -> dict[str, tuple[ScoreSheet, ...]]:
    """The score sheets of these applicants, by key; each applicant's by root id."""
    return about(session, names.ONSITE, ScoreSheet, wanted)


def plans(session: Session, wanted: Collection[str]) -> dict[str, tuple[Plan, ...]]:
    """The self-development plans of these applicants, by key; each applicant's by root id."""
    return about(session, names.PLAN, Plan, wanted)


def self_assessments(session: Session, wanted: Collection[str]) -> dict[str, tuple[SelfAssessment, ...]]:
    """The self-assessments of these applicants, by key; each applicant's by root id."""
    return about(session, names.SELF_ASSESSMENT, SelfAssessment, wanted)


def supplements(session: Session, wanted: Collection[str]) -> dict[str, tuple[Supplement, ...]]:
    """The supplements of these applicants, by key; each applicant's by root id."""
    return about(session, names.SUPPLEMENT, Supplement, wanted)


def about(
    session: Session, form_id: str, model: type[T], wanted: Collection[str]
) -> dict[str, tuple[T, ...]]:
    """The forms of one kind that count for these applicants, as read, by key; each applicant's by root id."""
    table, counted = KINDS[form_id].table, _counted_for(session, wanted)
    query = select(table.applicant_key, table.root_id, table.content).where(table.applicant_key.in_(counted))
    found = defaultdict[str, list[T]](list)
    for key, _, stored in sorted(session.execute(query), key=lambda row: row.root_id):
        read = codec.load(model, stored)
        for one in counted[key]:
            found[one].append(read)
    return {key: tuple(own) for key, own in found.items()}


def unmeasured(session: Session, wanted: Collection[str]) -> set[str]:
    """The sha256 of every file of these applicants without a measurement."""
    return {sha256 for own in _unmeasured(session, wanted).values() for sha256 in own}


def any_unmeasured(session: Session) -> bool:
    """Whether any file of any applicant has no measurement."""
    return session.execute(_unmeasured_files().limit(1)).first() is not None


def files_of(session: Session, wanted: Collection[str]) -> Select[str]:
    """A query for the sha256 of every file that has arrived and counts for these applicants."""
    counted = _counted_for(session, wanted)
    return select(ApplicantFileRow.sha256).where(ApplicantFileRow.applicant_key.in_(counted))


def _counted_for(session: Session, wanted: Collection[str]) -> dict[str, list[str]]:
    """Key -> the applicants of these that its forms count for."""
    found = defaultdict[str, list[str]](list)
    for key, own in recorded.counting_for(session, wanted).items():
        for one in own:
            found[one].append(key)
    return found


def _into(session: Session, decided: Mapping[str, Decided]) -> dict[str, str]:
    """Key -> the name of the applicant it is merged into."""
    merged = {key: one.merged_into for key, one in decided.items() if one.merged_into}
    query = select(ApplicantRow.key, ApplicantRow.name).where(ApplicantRow.key.in_(merged.values()))
    names_of = dict(session.execute(query).all()) if merged else {}
    return {key: names_of.get(into, into) for key, into in merged.items()}


def _form_states(session: Session, wanted: Collection[str]) -> dict[str, list[tuple[str, str]]]:
    found, counted = defaultdict[str, list[tuple[str, str]]](list), _counted_for(session, wanted)
    for table in (kind.table for kind in KINDS.values()):
        query = select(table.applicant_key, table.root_id, table.state_digest)
        for key, root_id, digest in session.execute(query.where(table.applicant_key.in_(counted))):
            for one in counted[key]:
                found[one].append((root_id, digest))
    return {key: sorted(own) for key, own in found.items()}


def _unmeasured(session: Session, wanted: Collection[str]) -> dict[str, set[str]]:
    counted = _counted_for(session, wanted)
    query = _unmeasured_files().where(ApplicantFileRow.applicant_key.in_(counted))
    found = defaultdict[str, set[str]](set)
    for key, sha256 in session.execute(query):
        for one in counted[key]:
            found[one].add(sha256)
    return found


def _unmeasured_files() -> Select[str, str]:
    """A query for (applicant key, sha256) of the files without a measurement."""
    return (
        select(ApplicantFileRow.applicant_key, ApplicantFileRow.sha256)
        .outerjoin(
            MeasurementRow,
            (MeasurementRow.sha256 == ApplicantFileRow.sha256)
            & (MeasurementRow.check_version == CHECK_VERSION),
        )
        .where(MeasurementRow.sha256.is_(None))
    )
