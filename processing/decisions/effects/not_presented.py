"""An applicant that is not presented because a person decided so: a withdrawn one. Pure."""

from dataclasses import replace

from mochocho.words.model import Assessment, Finding, NotPresented
from processing.decisions.decided import Decided
from processing.decisions.decision import Kind
from processing.findings.making import finding

SUBJECT = "application"


def applied(assessment: Assessment, decided: Decided) -> Assessment:
    """The assessment with what was decided.

    Nobody is asked for anything about an applicant that is not presented: of what was found, only that is
    told. Scores, documents, gates and resolutions stay as they are.
    """
    if found := _withdrawn(decided):
        return replace(assessment, not_presented=NotPresented.WITHDRAWN, findings=(found,))
    return assessment


def _withdrawn(decided: Decided) -> Finding | None:
    one = decided.the(Kind.WITHDRAW)
    return finding("applicant.withdrawn", SUBJECT, reason=one.reason, by=one.recorded_by) if one else None
