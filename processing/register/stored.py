"""Reads everything stored about some applicants, for assessing and papers.

Only what is asked for is read, so a worker's memory depends on its chunk alone.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from mochocho.words.model import Application, Plan, ScoreSheet, SelfAssessment, Supplement
from processing import codec
from processing.decisions import recorded
from processing.decisions.decided import NOTHING_DECIDED, Decided
from processing.decoding.jobs import CHECK_VERSION
from processing.register.kinds import KINDS
from processing.register.supplements import merge
from processing.tables import (
    ApplicantFileRow,
    ApplicantRow,
    AssessmentRow,
    MeasurementRow,
    UnreadRow,
)
from xlsforms import names

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class State:
    """What one applicant's assessment is computed from, named by digests and not read.

    `forms`: (root id, state digest) of every form about it, by root id. `unread_edits`: why newer versions
    could not be read. `unmeasured`: sha256 of the files that arrived and are not measured. `assessed`: the
    digest of its current assessment.
    """

    key: str
    digest: str
    assessment_id: int | None
    assessed: str | None
    forms: tuple[tuple[str, str], ...] = ()
    decided: Decided = NOTHING_DECIDED
    unread_edits: tuple[str, ...] = ()
    unmeasured: tuple[str, ...] = ()


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
        )
        .outerjoin(AssessmentRow, ApplicantRow.assessment_id == AssessmentRow.id)
        .where(ApplicantRow.key.in_(wanted))
    )
    rows = sorted(session.execute(query).all(), key=lambda row: row.key)
    forms = _form_states(session, wanted)
    decided = recorded.decided(session, wanted)
    roots = [*(row.root_id for row in rows), *(root for own in forms.values() for root, _ in own)]
    unread = dict(
        session.execute(
            select(UnreadRow.root_id, UnreadRow.message_th).where(UnreadRow.root_id.in_(roots))
        ).all()
    )
    unmeasured = _unmeasured(session, wanted)
    return [
        State(
            key=row.key,
            digest=row.state_digest,
            assessment_id=row.assessment_id,
            assessed=row.digest,
            forms=tuple(forms.get(row.key, ())),
            decided=decided.get(row.key, NOTHING_DECIDED),
            unread_edits=tuple(
                unread[root]
                for root in (row.root_id, *(root for root, _ in forms.get(row.key, ())))
                if root in unread
            ),
            unmeasured=tuple(sorted(unmeasured.get(row.key, ()))),
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
    """The forms of one kind about these applicants, as read, by key; each applicant's by root id."""
    table = KINDS[form_id].table
    query = select(table.applicant_key, table.root_id, table.content).where(table.applicant_key.in_(wanted))
    found = defaultdict[str, list[T]](list)
    for key, _, stored in sorted(session.execute(query), key=lambda row: row.root_id):
        found[key].append(codec.load(model, stored))
    return {key: tuple(own) for key, own in found.items()}


def unmeasured(session: Session, wanted: Collection[str]) -> set[str]:
    """The sha256 of every file of these applicants without a measurement."""
    return {sha256 for own in _unmeasured(session, wanted).values() for sha256 in own}


def any_unmeasured(session: Session) -> bool:
    """Whether any file of any applicant has no measurement."""
    return session.execute(_unmeasured_files().limit(1)).first() is not None


def files_of(wanted: Collection[str]) -> Select[str]:
    """A query for the sha256 of every file that has arrived with these applicants."""
    return select(ApplicantFileRow.sha256).where(ApplicantFileRow.applicant_key.in_(wanted))


def _form_states(session: Session, wanted: Collection[str]) -> dict[str, list[tuple[str, str]]]:
    found = defaultdict[str, list[tuple[str, str]]](list)
    for table in (kind.table for kind in KINDS.values()):
        query = select(table.applicant_key, table.root_id, table.state_digest)
        for key, root_id, digest in session.execute(query.where(table.applicant_key.in_(wanted))):
            found[key].append((root_id, digest))
    return {key: sorted(own) for key, own in found.items()}


def _unmeasured(session: Session, wanted: Collection[str]) -> dict[str, set[str]]:
    query = _unmeasured_files().where(ApplicantFileRow.applicant_key.in_(wanted))
    found = defaultdict[str, set[str]](set)
    for key, sha256 in session.execute(query):
        found[key].add(sha256)
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
