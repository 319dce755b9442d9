"""What the field will read once a document is returned, before it is: the very lines of its notice. Pure."""

from dataclasses import replace

from mochocho.standards.schema import Document
from mochocho.words.model import Application, Verdict
from processing.decisions.decision import Decision, Kind, Seen
from processing.decisions.on_documents import Submitted
from processing.documents.asked import Asked
from processing.documents.judged import judged
from reports.notices.review import documents_told

_OF_VERDICTS = ("document.returned", "document.replaced")


def if_returned(
    application: Application, document: Document, submitted: Submitted, reason: str, by: str
) -> tuple[str, ...]:
    """The lines about this document where it is returned for this reason by this person."""
    decision = Decision(
        Kind.DOCUMENT_RETURN,
        application.key,
        document.code,
        reason=reason,
        recorded_by=by,
        seen=Seen(files=submitted.pages),
    )
    asked = Asked(document, submitted.answer, application.instance_id, {})
    returned = judged(_measured(submitted.verdict), asked, decision)
    wanted, awaited = documents_told(application, [returned], {document.code: document.th})
    return (*wanted, *awaited)


def _measured(verdict: Verdict) -> Verdict:
    """Without what a person decided earlier."""
    kept = tuple(found for found in verdict.findings if found.code not in _OF_VERDICTS)
    return replace(verdict, findings=kept, judged=None)
