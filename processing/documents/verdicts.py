"""The verdict on every document of the pack, in its order: answered -> arrived -> decodable -> portrait
-> suspicious."""

from collections.abc import Mapping

from mochocho.standards.schema import Document, Standard
from mochocho.words.model import (
    Application,
    DocumentAnswer,
    DocumentState,
    FileRef,
    Finding,
    Measurement,
    ReadFrom,
    Verdict,
)
from processing.documents import answered, arrived, decodable, portrait, suspicious
from processing.documents.asked import Asked
from processing.findings.making import finding

NO_ANSWER = DocumentAnswer(status="")


def verdicts(
    application: Application, standard: Standard, measurements: Mapping[str, Measurement]
) -> tuple[Verdict, ...]:
    """One verdict a document of the pack. `pages` of a verdict are those that can be shown."""
    return tuple(_verdict(_asked(application, document, measurements)) for document in standard.documents)


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


def _asked(application: Application, document: Document, measurements: Mapping[str, Measurement]) -> Asked:
    answer = application.documents.get(document.code, NO_ANSWER)
    return Asked(document, answer, application.instance_id, measurements)


def _verdict(asked: Asked) -> Verdict:
    code, answer = asked.document.code, asked.answer
    if answered.not_offered(asked):
        return Verdict(code, DocumentState.NOT_OFFERED)
    if wrong := answered.check(asked):
        return Verdict(code, DocumentState.MISSING, findings=tuple(wrong))
    if answer.status == "waived":
        return Verdict(code, DocumentState.WAIVED)
    missing, unreadable, remarks = arrived.check(asked), decodable.check(asked), list[Finding]()
    if asked.document.capture == "portrait":
        unreadable += portrait.not_a_picture(asked)
        remarks = portrait.too_small(asked)
    doubts = suspicious.check(asked)
    return Verdict(
        code,
        _state(missing, unreadable, doubts),
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
