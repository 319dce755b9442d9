"""One required document together with all that its checks may look at."""

from collections.abc import Mapping
from dataclasses import dataclass

from mochocho.model import DocumentAnswer, FileRef, Finding, Measurement, ReadFrom
from mochocho.standards.schema import Document
from processing.findings import finding


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, what was answered, and what is known of the files (by sha256)."""

    document: Document
    answer: DocumentAnswer
    instance_id: str
    measurements: Mapping[str, Measurement]

    def finding(self, code: str, message_th: str, page: int | None = None) -> Finding:
        """A finding about this document; it blocks when the document is mandatory. `page` counts from 0."""
        path = self.answer.path if page is None else f"{self.answer.path}[{page + 1}]"
        sha256 = "" if page is None else self.answer.pages[page].sha256 or ""
        return finding(
            code,
            self.document.code,
            message_th,
            blocking=self.document.mandatory,
            read_from=ReadFrom(self.instance_id, path, sha256),
        )

    def page_words(self, page: int) -> str:
        """`สำเนาทะเบียนบ้าน หน้าที่ 2`, or the document's name alone when it has one page."""
        return f"{self.document.th} หน้าที่ {page + 1}" if len(self.answer.pages) > 1 else self.document.th

    def measurement(self, page: FileRef) -> Measurement | None:
        return self.measurements.get(page.sha256) if page.sha256 else None
