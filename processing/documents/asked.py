"""One required document together with all that its checks may look at."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from mochocho.standards.schema import Document
from mochocho.words.model import DocumentAnswer, FileRef, Finding, Measurement, ReadFrom
from processing.findings import finding


def read_from(answer: DocumentAnswer, instance_id: str, page: int | None = None) -> ReadFrom:
    """Where an answer, or one page of it (from 0), was read; `instance_id`: the application's."""
    sha256 = "" if page is None else answer.pages[page].sha256 or ""
    if answer.read_from:
        return replace(answer.read_from[page or 0], sha256=sha256)
    return ReadFrom(instance_id, answer.path if page is None else f"{answer.path}[{page + 1}]", sha256)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, what was answered, and what is known of the files (by sha256)."""

    document: Document
    answer: DocumentAnswer
    instance_id: str
    measurements: Mapping[str, Measurement]

    def finding(self, code: str, message_th: str, page: int | None = None) -> Finding:
        """A finding about this document; it blocks when the document is mandatory. `page` counts from 0."""
        return finding(
            code,
            self.document.code,
            message_th,
            blocking=self.document.mandatory,
            read_from=read_from(self.answer, self.instance_id, page),
        )

    def page_words(self, page: int) -> str:
        """`สำเนาทะเบียนบ้าน หน้าที่ 2`, or the document's name alone when it has one page."""
        return f"{self.document.th} หน้าที่ {page + 1}" if len(self.answer.pages) > 1 else self.document.th

    def measurement(self, page: FileRef) -> Measurement | None:
        return self.measurements.get(page.sha256) if page.sha256 else None
