"""Merges supplements into an application. Pure.

Supplements are applied in the order in which phones finished them (`days.finished`), so the newest page
counts, in whatever order they came. Replaced pages stay stored, as does the form that brought them. Where a
server received two of one document in the opposite order a person is asked: a phone's clock alone decides
nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from mochocho.words.model import (
    Application,
    DocumentAnswer,
    FileRef,
    Finding,
    ReadFrom,
    Replaces,
    Supplement,
    SupplementedDocument,
    Value,
)
from processing.findings.making import doubted, finding

_NEVER = datetime.min.replace(tzinfo=UTC)
_STATUS = {
    Replaces.WHOLE: "attached",
    Replaces.PAGE: "attached",
    Replaces.SIGNED: "signed",
    Replaces.WAIVED: "waived",
}


def merge(application: Application, supplements: Iterable[Supplement]) -> Application:
    """The application with its present documents."""
    counted = sorted((s for s in supplements if counts(application, s)), key=_order)
    for supplement in counted:
        documents = dict(application.documents)
        for code, later in supplement.documents.items():
            documents[code] = _merged(documents.get(code), later, application, supplement)
        application = replace(
            application, documents=documents, portrait=supplement.portrait or application.portrait
        )
    return application


def counts(application: Application, supplement: Supplement) -> bool:
    """Whether the sender works in the applicant's district, as far as that is known."""
    return application.is_theirs(supplement.officer_districts)


def remarks(application: Application, supplements: Iterable[Supplement]) -> Iterator[Finding]:
    """Findings about the supplements themselves; none keeps a gate shut."""
    ordered = sorted(supplements, key=_order)
    for supplement in ordered:
        if not counts(application, supplement):
            yield _about(supplement, "supplement.other_district")
        if supplement.conflict:
            yield _about(supplement, "supplement.conflict")
        for day in supplement.doubted:
            yield _about(supplement, "supplement.unlikely_date", day.path, **doubted(day))
    yield from _clocks_disagree([s for s in ordered if counts(application, s)])


def _clocks_disagree(ordered: Sequence[Supplement]) -> Iterator[Finding]:
    for place, earlier in enumerate(ordered):
        for later in ordered[place + 1 :]:
            both = sorted(earlier.documents.keys() & later.documents.keys())
            if both and earlier.received_at and later.received_at and earlier.received_at > later.received_at:
                yield _about(earlier, "supplement.clocks_disagree", earlier.documents[both[0]].path)


def _about(supplement: Supplement, code: str, path: str = "supplement", /, **values: Value) -> Finding:
    return finding(code, "supplement", ReadFrom(supplement.instance_id, path), **values)


def _order(supplement: Supplement) -> tuple[datetime, str]:
    return supplement.sent_at or _NEVER, supplement.root_id


def _merged(
    stands: DocumentAnswer | None,
    later: SupplementedDocument,
    application: Application,
    supplement: Supplement,
) -> DocumentAnswer:
    new = [
        (page, ReadFrom(supplement.instance_id, f"{later.path}[{n}]")) for n, page in _numbered(later.pages)
    ]
    if later.replaces is Replaces.PAGE and stands and stands.status == "attached":
        new = _in_place(_with_origins(stands, application), new, later.page)
    return DocumentAnswer(
        status=_STATUS[later.replaces],
        pages=tuple(page for page, _ in new),
        waived_by=later.waived_by or (stands.waived_by if stands else ""),
        path=later.path,
        read_from=tuple(origin for _, origin in new) or (ReadFrom(supplement.instance_id, later.path),),
    )


def _numbered(pages: Sequence[FileRef]) -> Iterator[tuple[int, FileRef]]:
    return enumerate(pages, start=1)


def _with_origins(stands: DocumentAnswer, application: Application) -> list[tuple[FileRef, ReadFrom]]:
    own = (ReadFrom(application.instance_id, f"{stands.path}[{n}]") for n, _ in _numbered(stands.pages))
    return list(zip(stands.pages, stands.read_from or own, strict=True))


def _in_place(
    stands: list[tuple[FileRef, ReadFrom]], new: list[tuple[FileRef, ReadFrom]], page: int
) -> list[tuple[FileRef, ReadFrom]]:
    """The pages with the new one in an old one's place, or at the end when no page has that number."""
    if not 1 <= page <= len(stands):
        return stands + new
    return stands[: page - 1] + new + stands[page:]
