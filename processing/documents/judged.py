"""The verdict on a document once a person has decided: measured state, what holds, the pages now. Pure.

What a person decided about these pages stands against whatever the checks found, which is still shown. About
other pages (one was replaced, added or removed) it is void, and the document is open again: as measured, and
for a person to look at. What was returned keeps its gate shut until a person has seen what came instead.
"""

from collections.abc import Iterable
from dataclasses import replace

from mochocho.words.model import DocumentState, Finding, Judgement, Severity, Verdict
from processing.decisions.decision import Decision, Kind, Waived
from processing.decisions.on_documents import judged_pages
from processing.documents.asked import Asked

_STATES = {
    Kind.DOCUMENT_ACCEPT: DocumentState.ACCEPTED,
    Kind.DOCUMENT_WAIVE: DocumentState.WAIVED,
    Kind.DOCUMENT_RETURN: DocumentState.RETURNED,
}
_COMPLETE = (DocumentState.ACCEPTED, DocumentState.WAIVED)


def judged(measured: Verdict, asked: Asked, decision: Decision | None) -> Verdict:
    """`measured`: the verdict without any decision; `decision`: the one about this document that holds."""
    if decision is None:
        return measured
    judgement = _judgement(decision, asked)
    if judgement.void:
        return _reopened(measured, asked, judgement)
    if judgement.state is DocumentState.RETURNED:
        returned = asked.finding("document.returned", by=judgement.by, reason=judgement.reason)
        return replace(
            measured,
            state=DocumentState.RETURNED,
            findings=(returned, *measured.findings),
            judged=judgement,
        )
    waived = DocumentState.WAIVED in (measured.state, judgement.state)
    return replace(
        measured,
        state=DocumentState.WAIVED if waived else DocumentState.ACCEPTED,
        findings=tuple(_shown(measured.findings)),
        judged=judgement,
    )


def _judgement(decision: Decision, asked: Asked) -> Judgement:
    return Judgement(
        state=_STATES[decision.kind],
        by=decision.recorded_by,
        reason=decision.reason,
        seen_by=decision.content.seen_by if isinstance(decision.content, Waived) else asked.answer.waived_by,
        void=decision.seen.files != judged_pages(asked.answer),
    )


def _reopened(measured: Verdict, asked: Asked, void: Judgement) -> Verdict:
    if void.state is DocumentState.RETURNED:
        found = asked.finding("document.replaced", by=void.by, returned=void.reason)
    else:
        found = asked.finding("document.replaced", by=void.by, taken=void.state.value)
    open_again = measured.state in _COMPLETE
    return replace(
        measured,
        state=DocumentState.NEEDS_PERSON if open_again else measured.state,
        findings=(found, *measured.findings),
        judged=void,
    )


def _shown(findings: Iterable[Finding]) -> Iterable[Finding]:
    """What the checks found, which keeps no gate shut any more."""
    return (replace(found, severity=Severity.WARNING) for found in findings)
