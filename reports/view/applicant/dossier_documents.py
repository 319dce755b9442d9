"""The documents of a unit: the state of each, what was decided about it, and its pages."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import repeat

from mochocho.standards.schema import Document, Standard
from mochocho.words.model import Application, Case, DocumentState, Verdict
from processing.decisions.effects.on_cards import CardPage
from processing.findings.entry import Audience
from processing.findings.saying import worded
from reports.view.pictures import Picture, Size, picture
from reports.view.printed_words import Tone, Words, document_state, judged_words
from reports.view.resolved import NOTHING_YET

PAGES_SHOWN = 6
NO_PHOTO_CONSENT = "ไม่ยินยอมให้พิมพ์ภาพถ่าย"
ON_THE_FIRST_PAGE = "ดูรูปถ่ายที่หน้าแรกของแฟ้ม"
VEIL_NOTE = "ภาพเอกสารที่มีข้อมูลส่วนบุคคลย่อให้อ่านไม่ได้ ตรวจฉบับเต็มได้ที่ฝ่ายเลขานุการ"
TONE: Mapping[DocumentState, Tone] = {
    DocumentState.ACCEPTED: Tone.GOOD,
    DocumentState.WAIVED: Tone.GOOD,
    DocumentState.MISSING: Tone.BAD,
    DocumentState.UNREADABLE: Tone.BAD,
    DocumentState.SUSPICIOUS: Tone.PLAIN,
    DocumentState.RETURNED: Tone.BAD,
    DocumentState.NEEDS_PERSON: Tone.PLAIN,
    DocumentState.NOT_OFFERED: Tone.PLAIN,
}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a document, shown large enough to be read: half a sheet."""

    caption: str
    picture: Picture


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """`pages`: shown small; `leaves`: shown large, on sheets after everything else."""

    name: str
    state: str
    tone: Tone
    notes: tuple[str, ...]
    pages: tuple[Picture, ...]
    leaves: tuple[Leaf, ...]


def documents(case: Case, standard: Standard, w: Words) -> Iterator[DocumentRow]:
    """A row for each document that the standard asks for, in its order."""
    verdicts = {v.document: v for v in case.assessment.verdicts}
    for document in standard.documents:
        verdict = verdicts.get(document.code)
        if verdict is None:
            yield DocumentRow(w.text(document.th), NOTHING_YET, Tone.PLAIN, (), (), ())
        else:
            yield _document(document, verdict, case, w)


def _document(document: Document, verdict: Verdict, case: Case, w: Words) -> DocumentRow:
    name, size = w.text(document.th), _size(document)
    notes = [
        *map(w.text, judged_words(verdict)),
        *(w.text(worded(f, Audience.COMMITTEE)) for f in verdict.findings),
    ]
    if document.capture == "portrait":
        notes += _instead_of_portrait(verdict, case.application)
        verdict = replace(verdict, pages=())
    every = [*_every_page(verdict, size, case.without_card)]
    shown = tuple(every[:PAGES_SHOWN])
    if len(every) > PAGES_SHOWN:
        notes.append(f"แสดง {w.text(PAGES_SHOWN)} หน้าแรก จากทั้งหมด {w.text(len(every))} หน้า")
    return DocumentRow(
        name=name,
        state=document_state(verdict),
        tone=TONE[verdict.state],
        notes=tuple(dict.fromkeys(notes)),
        pages=tuple(page for page in shown if page.size is not Size.READING),
        leaves=tuple(
            Leaf(f"{name} หน้า {w.text(no)}" if len(shown) > 1 else name, page)
            for no, page in enumerate(shown, 1)
            if page.size is Size.READING
        ),
    )


def _every_page(verdict: Verdict, size: Size, without_card: Collection[str]) -> Iterator[Picture]:
    """Each picture; of a PDF each page that may be read, and the file once for those that may not."""
    for page, sheets in zip(verdict.pages, verdict.sheets or repeat(0), strict=False):
        every = range(1, sheets + 1) if sheets else (0,)
        may_be_read = [
            no for no in every if _may_be_read(CardPage(page.sha256 or "", no), size, without_card)
        ]
        yield from (picture(page, Size.READING, no) for no in may_be_read)
        if len(may_be_read) < len(every):
            yield picture(page, size)


def _may_be_read(page: CardPage, size: Size, without_card: Collection[str]) -> bool:
    return size is Size.READING or (size is Size.VEILED and page.place in without_card)


def _size(document: Document) -> Size:
    """Half a sheet, except where others must not read it. The application itself stays small: the dossier
    says what is in it, and its address and telephone are nobody's to read.
    """
    if document.identifies:
        return Size.VEILED
    return Size.THUMB if document.capture == "signed_form" else Size.READING


def _instead_of_portrait(verdict: Verdict, application: Application) -> Iterator[str]:
    """It stands on the first page, and nowhere twice."""
    if application.photo_consent is False:
        yield NO_PHOTO_CONSENT
    elif verdict.pages:
        yield ON_THE_FIRST_PAGE
