"""One required document with everything its checks need."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from mochocho.standards.schema import Document
from mochocho.words.model import DocumentAnswer, FileRef, Finding, Measurement, ReadFrom, Severity, Value
from processing.documents.copies.page_copy import PageCopy
from processing.findings.making import finding


def read_from(answer: DocumentAnswer, instance_id: str, page: int | None = None) -> ReadFrom:
    """Where an answer, or one page of it (from 0), was read; `instance_id`: the application's."""
    sha256 = "" if page is None else answer.pages[page].sha256 or ""
    if answer.read_from:
        return replace(answer.read_from[page or 0], sha256=sha256)
    return ReadFrom(instance_id, answer.path if page is None else f"{answer.path}[{page + 1}]", sha256)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, what was answered, and the measurements of its files (by sha256)."""

    document: Document
    answer: DocumentAnswer
    instance_id: str
    measurements: Mapping[str, Measurement]
    copies: tuple[PageCopy, ...] = ()  # of the applicant's pages, elsewhere

    def finding(self, code: str, place: int | None = None, /, **values: Value) -> Finding:
        """A finding about this document, or one page of it (`place`, from 0).

        It blocks when the document is mandatory, unless the catalogue says otherwise.
        """
        return finding(
            code,
            self.document.code,
            read_from(self.answer, self.instance_id, place),
            Severity.BLOCKING if self.document.mandatory else Severity.WARNING,
            document=self.document.th,
            **values,
        )

    def page_number(self, place: int) -> int:
        """The page's number from 1; 0 where the document has one page only, which needs no number."""
        return place + 1 if len(self.answer.pages) > 1 else 0

    def measurement(self, page: FileRef) -> Measurement | None:
        return self.measurements.get(page.sha256) if page.sha256 else None
