"""What is known of applicants when a resolution about them is recorded: what was assessed last."""

from collections.abc import Collection
from contextlib import suppress

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.words.model import Assessment
from processing import codec
from processing.tables import ApplicantRow, AssessmentRow


def of_applicants(session: Session, keys: Collection[str]) -> dict[str, Assessment]:
    """The assessment that each of these applicants has; who has none that can be read is left out."""
    query = (
        select(ApplicantRow.key, AssessmentRow.result)
        .join(AssessmentRow, ApplicantRow.assessment_id == AssessmentRow.id)
        .where(ApplicantRow.key.in_(keys))
    )
    found = {}
    for key, result in session.execute(query):
        # Told by whoever shows it; a resolution can be recorded all the same.
        with suppress(ValueError, TypeError, KeyError):
            found[key] = codec.load(Assessment, result)
    return found
