"""The content of the tables without numbers and times that differ from run to run."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from processing.tables import (
    ApplicantFileRow,
    ApplicantRow,
    AssessmentRow,
    DecisionRow,
    IdentityRow,
    MeasurementRow,
    SheetRow,
    UnreadRow,
)
from reports.tables import PacketRow
from sync.tables import Attachment, Entity, Quarantined, Seen, Submission, SubmissionVersion

Rows = dict[str, Counter[tuple[object, ...]]]

_QUERIES = {
    "seen": select(Seen.source, Seen.root_id, Seen.fingerprint),
    "submission": select(
        Submission.form_id, Submission.root_id, Submission.conflict, SubmissionVersion.instance_id
    ).join(SubmissionVersion, Submission.current_id == SubmissionVersion.id),
    "submission_version": select(
        SubmissionVersion.instance_id, SubmissionVersion.deprecated_id, SubmissionVersion.xml_sha256
    ),
    "attachment": select(SubmissionVersion.instance_id, Attachment.name, Attachment.sha256).join(
        SubmissionVersion, Attachment.version_id == SubmissionVersion.id
    ),
    "entity": select(Entity.list_name, Entity.uuid, Entity.root_id, Entity.label),
    "quarantined": select(Quarantined.source, Quarantined.key, Quarantined.code),
    "applicant": select(ApplicantRow.key, ApplicantRow.instance_id, ApplicantRow.state_digest),
    "identity": select(IdentityRow.key, IdentityRow.national_id),
    "score_sheet": select(SheetRow.root_id, SheetRow.instance_id, SheetRow.state_digest),
    "applicant_file": select(ApplicantFileRow.root_id, ApplicantFileRow.sha256),
    "unread": select(UnreadRow.root_id, UnreadRow.code),
    "measurement": select(MeasurementRow.sha256, MeasurementRow.check_version),
    "assessment": select(AssessmentRow.applicant_key, AssessmentRow.digest),
    "assessed": select(ApplicantRow.key, AssessmentRow.digest).join(
        AssessmentRow, ApplicantRow.assessment_id == AssessmentRow.id
    ),
    "decision": select(DecisionRow.applicant_key, DecisionRow.about, DecisionRow.content),
    "packet": select(PacketRow.manifest_sha256),
}
# Appended whenever what is known changes: where a pull was cut in two, there may be more of these.
HISTORY = ("assessment", "packet")


@dataclass(frozen=True)
class Difference:
    """Rows of one table that should be there and are not, and those that should not be there."""

    table: str
    missing: list[tuple[object, ...]]
    surplus: list[tuple[object, ...]]


def rows(home: Home) -> Rows:
    """Table -> how often each row stands in it."""
    with reading(home.engine) as session:
        return {table: _count(session, table) for table in _QUERIES}


def _count(session: Session, table: str) -> Counter[tuple[object, ...]]:
    return Counter(tuple(row) for row in session.execute(_QUERIES[table]))


def differences(found: Rows, expected: Rows, *, longer_history: bool = False) -> list[Difference]:
    """How tables differ. `longer_history`: there may be more of what is appended, though nothing twice."""
    differ = []
    for table, wanted in expected.items():
        missing, surplus = wanted - found[table], found[table] - wanted
        if longer_history and table in HISTORY:
            surplus = Counter({row: n for row, n in found[table].items() if n > 1})
        if missing or surplus:
            differ.append(Difference(table, list(missing.elements()), list(surplus.elements())))
    return differ
