"""What a decision about a document is bound to, and what it must say: one rule for form and office. Pure."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from mochocho.words import thai
from mochocho.words.model import DocumentAnswer, DocumentState, Severity, Verdict
from mochocho.words.sentences import Sentence
from processing.decisions.decision import Decision, Kind, Waived
from processing.findings.making import NOWHERE, finding
from processing.findings.saying import said

CODE_DIGITS = 12
NO_ANSWER = DocumentAnswer(status="")

_Part = Literal["about", "pages", "seen_by", "reason"]
Wrong = tuple[_Part, Sentence]  # which part of it, and what to do


@dataclass(frozen=True, slots=True)
class Submitted:
    """A document as it lies before whoever decides."""

    verdict: Verdict
    answer: DocumentAnswer

    @property
    def pages(self) -> tuple[str, ...]:
        return judged_pages(self.answer)


def judged_pages(answer: DocumentAnswer) -> tuple[str, ...]:
    """What a decision is about: the sha256 of each page, sorted, "" for one that has not arrived.

    A waiver in the form has no page; the sha256 of its words stands for one.
    """
    if answer.status == "waived" and not answer.pages:
        return (hashlib.sha256(f"waived {answer.waived_by}".encode()).hexdigest(),)
    return tuple(sorted(page.sha256 or "" for page in answer.pages))


def code_of(pages: tuple[str, ...]) -> str:
    """A short code of these pages, to be typed or kept in a cell beside them; "" where there is none."""
    return hashlib.sha256(" ".join(pages).encode()).hexdigest()[:CODE_DIGITS] if pages else ""


def waiver_problem(waivable: bool, seen_by: str) -> str:
    """The code of what is wrong with a waiver, whoever waived; "" = nothing."""
    if not waivable:
        return "document.not_waivable"
    if not thai.says_something(seen_by):
        return "document.waiver_unnamed"
    return ""


def wrong_with(decision: Decision, document: Submitted | None) -> Iterator[Wrong]:
    """What is to be put right in a decision about this document; None: nothing is known of it."""
    if document is None:
        yield "about", _UNKNOWN
        return
    if decision.seen.files and decision.seen.files != document.pages:
        yield "pages", _REPLACED
    match decision.kind, decision.content:
        case Kind.DOCUMENT_WAIVE, Waived(seen_by):
            if code := waiver_problem(document.verdict.waivable, seen_by):
                why = finding(code, decision.about, NOWHERE, Severity.BLOCKING, document="เอกสารนี้")
                part, english = _NOT_WAIVED[code]
                yield part, Sentence(said(why), english)
        case _ if not document.pages:
            yield "about", _NOTHING_SENT[decision.kind]
        case Kind.DOCUMENT_ACCEPT, _:
            yield from _wrong_with_acceptance(decision, document)


def _wrong_with_acceptance(decision: Decision, document: Submitted) -> Iterator[Wrong]:
    if "" in document.pages:
        yield "about", _NOT_ARRIVED
    elif document.verdict.state is DocumentState.UNREADABLE and not thai.says_something(decision.reason):
        yield "reason", _UNREADABLE


_UNKNOWN = Sentence(
    "ไม่มีเอกสารรหัสนี้ของผู้สมัครรายนี้ หรือยังไม่ได้ตรวจใบสมัคร ให้ดูรหัสด้วย `mochocho documents list`",
    "this applicant has no document of this code, or is not assessed yet; "
    "`mochocho documents list` shows the codes",
)
_REPLACED = Sentence(
    "เอกสารถูกแทนที่หลังจากที่เปิดดู ให้เปิดดูภาพใหม่แล้ววินิจฉัยอีกครั้ง",
    "the document was replaced since it was looked at; look at the new pictures and decide again",
)
_NOT_ARRIVED = Sentence(
    "ภาพของเอกสารนี้ยังมาไม่ครบ ให้รอภาพที่เหลือ หรือส่งคืนพร้อมเหตุผล",
    "pictures of this document have not all arrived; wait for the rest, or return it with a reason",
)
_UNREADABLE = Sentence(
    "ระบบเปิดเอกสารนี้ไม่ได้ และพิมพ์ให้คณะกรรมการเห็นไม่ได้ ต้องมีเหตุผลที่รับ เพราะจะพิมพ์ในแฟ้ม",
    "the document cannot be opened, nor printed for the committee; "
    "say why it is accepted: the dossier prints it",
)
_NOTHING_SENT = {
    Kind.DOCUMENT_ACCEPT: Sentence(
        "ยังไม่มีภาพของเอกสารนี้ให้รับ หากเห็นตัวจริงแล้วให้บันทึกว่ายกเว้น",
        "there is no picture of this document to accept; if the original was seen, waive it",
    ),
    Kind.DOCUMENT_RETURN: Sentence(
        "ยังไม่มีภาพของเอกสารนี้ให้ส่งคืน ระบบขอให้พื้นที่ส่งอยู่แล้ว",
        "there is no picture of this document to return; the field is asked for it already",
    ),
}
# By the code of `waiver_problem`; the Thai is the finding's.
_NOT_WAIVED: dict[str, tuple[_Part, str]] = {
    "document.not_waivable": ("about", "this document cannot be waived by this cycle's criteria"),
    "document.waiver_unnamed": ("seen_by", "it is waived, but nobody is named who saw the original"),
}
