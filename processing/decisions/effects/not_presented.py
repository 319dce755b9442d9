"""An applicant that is not presented because a person decided so: withdrawn, or merged into another. Pure."""

from dataclasses import replace

from mochocho.words.model import Assessment, Finding, NotPresented
from processing.decisions.decided import Decided
from processing.decisions.decision import Kind
from processing.findings.making import finding

SUBJECT = "application"


def applied(assessment: Assessment, decided: Decided, into: str = "") -> Assessment:
    """The assessment with what was decided; `into`: the name of the applicant it is merged into.

    Nobody is asked for anything about an applicant that is not presented: of what was found, only that is
    told. Scores, documents, gates and resolutions stay as they are.
    """
    if found := _withdrawn(decided):
        return replace(assessment, not_presented=NotPresented.WITHDRAWN, findings=(found,))
    if found := _merged(decided, into):
        return replace(assessment, not_presented=NotPresented.MERGED, findings=(found,))
    return assessment


def _withdrawn(decided: Decided) -> Finding | None:
    one = decided.the(Kind.WITHDRAW)
    return finding("applicant.withdrawn", SUBJECT, reason=one.reason, by=one.recorded_by) if one else None


def _merged(decided: Decided, into: str) -> Finding | None:
    one = decided.the(Kind.MERGE)
    if one is None:
        return None
    return finding("applicant.merged", SUBJECT, into=into, reason=one.reason, by=one.recorded_by)
