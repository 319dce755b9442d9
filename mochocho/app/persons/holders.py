"""Which applicant a row or a file belongs to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from processing.tables import (
    ApplicantFileRow,
    ApplicantRow,
    KnowledgeRow,
    PlanRow,
    SelfAssessmentRow,
    SheetRow,
    SupplementRow,
)
from sync.tables import Attachment, FormerFile, Quarantined, Submission, SubmissionVersion

_ABOUT = (SheetRow, SupplementRow, KnowledgeRow, PlanRow, SelfAssessmentRow)
_KEYS = ("applicant_key", "claimed_key")  # columns that hold an applicant's key
_OF_APPLICANTS = ("applicant", "identity", "former_result", "former_identity")  # tables whose `key` is one


@dataclass(frozen=True, slots=True)
class Holders:
    """The applicants' keys by root, by version of a submission, and by file; `kinds`: what a file is."""

    roots: Mapping[str, str]
    versions: Mapping[int, str]
    files: Mapping[str, str]
    kinds: Mapping[str, str]  # sha256 -> form, attachment or quarantined

    def of_row(self, table: str, row: Mapping[str, Any]) -> str:
        """The key of the applicant that a row of this table is about, '' = of none."""
        if table in _OF_APPLICANTS:
            return str(row["key"])
        for column in _KEYS:
            if row.get(column):
                return str(row[column])
        if table == "submission_version":
            return self.versions.get(row["id"], "")
        if "version_id" in row:
            return self.versions.get(row["version_id"], "")
        return self.roots.get(row.get("root_id", ""), "")


def holders(session: Session) -> Holders:
    """Read them all."""
    roots = dict(_roots(session))
    owned = {
        number: (roots.get(root, ""), xml)
        for number, root, xml in session.execute(
            select(SubmissionVersion.id, Submission.root_id, SubmissionVersion.xml_sha256).join(
                Submission, Submission.id == SubmissionVersion.submission_id
            )
        )
    }
    files, kinds = dict[str, str](), dict[str, str]()
    for sha256 in session.scalars(select(Quarantined.sha256).where(Quarantined.sha256.is_not(None))):
        kinds[str(sha256)] = "quarantined"
    for table in (Attachment, FormerFile):
        for number, sha256 in session.execute(
            select(table.version_id, table.sha256).where(table.sha256.is_not(None))
        ):
            files[str(sha256)], kinds[str(sha256)] = owned[number][0], "attachment"
    for key, xml in owned.values():
        files[xml], kinds[xml] = key, "form"
    return Holders(roots, {number: key for number, (key, _) in owned.items()}, files, kinds)


def _roots(session: Session) -> Iterator[tuple[str, str]]:
    about = [select(table.root_id, table.applicant_key) for table in (*_ABOUT, ApplicantFileRow)]
    for query in (*about, select(ApplicantRow.root_id, ApplicantRow.key)):
        yield from ((root, key) for root, key in session.execute(query))
