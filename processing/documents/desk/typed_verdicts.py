"""A verdict on a document as it is typed: read and recorded in one way for command, Excel and page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mochocho.storage.home import Home
from processing.decisions.decision import Decision, Kind, Plain, Seen, Waived
from processing.decisions.on_documents import code_of
from processing.decisions.recorder import Recorded, record_decisions
from processing.documents.desk.on_desk import present_pages

Present = Mapping[tuple[str, str], tuple[str, ...]]  # (applicant key, document code) -> its pages now


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed about one document.

    `pages`: the code that stood beside it (`OnDesk.code`), '' = not said, so that it is about whatever lies
    there now; `seen_by`: of a waiver.
    """

    kind: Kind
    key: str
    document: str
    reason: str = ""
    seen_by: str = ""
    pages: str = ""


def decision_of(typed: Typed, present: Present, by: str) -> Decision:
    """The decision; whether it can be recorded, the recorder says."""
    return Decision(
        kind=typed.kind,
        applicant_key=typed.key,
        about=typed.document,
        content=Waived(typed.seen_by) if typed.kind is Kind.DOCUMENT_WAIVE else Plain(),
        reason=typed.reason,
        recorded_by=by,
        seen=_seen(typed.pages, present.get((typed.key, typed.document), ())),
    )


def record(home: Home, typed: Sequence[Typed], by: str, *, shown: int | None = None) -> tuple[Recorded, ...]:
    """Record all of these or none; returns those that did not stand already.

    `shown` and errors: as of `record_decisions`; Refused.part says which of what was typed is wrong: key,
    about, pages, reason, seen_by, by.
    """
    present = present_pages(home, {one.key for one in typed})
    return record_decisions(home, [decision_of(one, present, by) for one in typed], shown=shown)


def _seen(code: str, pages: tuple[str, ...]) -> Seen:
    """What lay before whoever gives this code: these pages, or others; not said where there is no code."""
    if not code:
        return Seen()
    return Seen(files=pages if code == code_of(pages) else (code,))
