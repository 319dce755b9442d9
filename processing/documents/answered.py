"""Whether the question about a document is answered in a way the pack allows (rules.md, section C)."""

from mochocho.words.model import Finding
from processing.decisions.on_documents import waiver_problem
from processing.documents.asked import Asked


def not_offered(asked: Asked) -> bool:
    """Whether an optional document was not sent, which is no problem."""
    return not asked.document.mandatory and asked.answer.status in ("", "later")


def check(asked: Asked) -> list[Finding]:
    """Problems of the answer itself; files are checked elsewhere."""
    match asked.answer.status:
        case "attached":
            return _attached(asked)
        case "signed":
            return _signed(asked)
        case "waived":
            return _waived(asked)
        case "later":
            return [asked.finding("document.later")]
        case "":
            return [asked.finding("document.not_answered")]
        case unknown:
            return [asked.finding("document.unknown_answer", answer=unknown)]


def _attached(asked: Asked) -> list[Finding]:
    if asked.answer.pages:
        return []
    return [asked.finding("document.no_pages")]


def _signed(asked: Asked) -> list[Finding]:
    if asked.document.capture != "signed_form":
        return [asked.finding("document.unknown_answer", answer="signed")]
    if asked.answer.pages:
        return []
    return [asked.finding("document.signature_missing")]


def _waived(asked: Asked) -> list[Finding]:
    problem = waiver_problem(asked.document.waivable, asked.answer.waived_by)
    return [asked.finding(problem)] if problem else []
