"""The verdict on every document of the pack, in its order: answered -> arrived -> decodable -> portrait
-> suspicious -> judged."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mochocho.standards.schema import Document, Standard
from mochocho.words.model import (
    Application,
    DocumentState,
    FileRef,
    Finding,
    Judgement,
    Measurement,
    ReadFrom,
    Verdict,
)
from processing.decisions.decision import Decision
from processing.decisions.on_documents import NO_ANSWER
from processing.documents import answered, arrived, copied, decodable, portrait, suspicious
from processing.documents.asked import Asked
from processing.documents.copies.page_copy import PageCopy
from processing.documents.judged import judged
from processing.findings.making import finding

NOTHING_DECIDED: Mapping[str, Decision] = {}


def verdicts(
    application: Application,
    standard: Standard,
    measurements: Mapping[str, Measurement],
    decided: Mapping[str, Decision] = NOTHING_DECIDED,
    copies: tuple[PageCopy, ...] = (),
) -> tuple[Verdict, ...]:
    """One verdict a document of the pack. `decided`: what holds about each, by its code.

    `copies`: where else the applicant's pages are.
    """
    every = (_asked(application, document, measurements, copies) for document in standard.documents)
    found = (judged(_verdict(asked), asked, decided.get(asked.document.code)) for asked in every)
    return tuple(replace(verdict, sheets=_sheets(verdict.pages, measurements)) for verdict in found)


def _sheets(pages: Sequence[FileRef], measurements: Mapping[str, Measurement]) -> tuple[int, ...]:
    """How many pages each PDF among these has; none where there is no PDF."""
    measured = [measurements.get(page.sha256 or "") for page in pages]
    counts = tuple(one.pages if one and one.kind == "pdf" and not one.problem else 0 for one in measured)
    return counts if any(counts) else ()


def unknown_documents(application: Application, standard: Standard) -> tuple[Finding, ...]:
    """Answers about documents the pack does not know: the form is of another pack (peers.md, fault 22)."""
    known = {d.code for d in standard.documents}
    return tuple(
        finding(
            "form.unknown_field",
            code,
            ReadFrom(application.instance_id, application.documents[code].path),
            document=code,
        )
        for code in sorted(set(application.documents) - known)
    )


def _asked(
    application: Application,
    document: Document,
    measurements: Mapping[str, Measurement],
    copies: tuple[PageCopy, ...],
) -> Asked:
    answer = application.documents.get(document.code, NO_ANSWER)
    return Asked(document, answer, application.instance_id, measurements, copies)


def _verdict(asked: Asked) -> Verdict:
    new = Verdict(asked.document.code, DocumentState.NOT_OFFERED, waivable=asked.document.waivable)
    if answered.not_offered(asked):
        return new
    if wrong := answered.check(asked):
        return replace(new, state=DocumentState.MISSING, findings=tuple(wrong))
    if asked.answer.status == "waived":
        waived = DocumentState.WAIVED
        return replace(new, state=waived, judged=Judgement(waived, seen_by=asked.answer.waived_by))
    missing, unreadable, remarks = arrived.check(asked), decodable.check(asked), list[Finding]()
    if asked.document.capture == "portrait":
        unreadable += portrait.not_a_picture(asked)
        remarks = portrait.too_small(asked)
    doubts = suspicious.check(asked) + copied.check(asked)
    return replace(
        new,
        state=_state(missing, unreadable, doubts),
        pages=_readable(asked),
        findings=(*missing, *unreadable, *remarks, *doubts),
    )


def _state(missing: list[Finding], unreadable: list[Finding], doubts: list[Finding]) -> DocumentState:
    """A page that has not come or does not open weighs more than one that a person has to look at."""
    if unreadable:
        return DocumentState.UNREADABLE
    if missing:
        return DocumentState.MISSING
    return DocumentState.SUSPICIOUS if doubts else DocumentState.ACCEPTED


def _readable(asked: Asked) -> tuple[FileRef, ...]:
    return tuple(
        page
        for place, page in enumerate(asked.answer.pages)
        if page.sha256 is not None and not decodable.problem_of(asked, place)
    )
