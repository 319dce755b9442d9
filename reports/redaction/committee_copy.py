"""The committee's copy of a paper shows no national ID, telephone number, signature or page of a document.

The full copy stays with the secretaries. A picture is left out, never drawn over: what is not in a file
cannot be uncovered.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

from processing.redaction.covered_numbers import cover_numbers
from reports.view.applicant.dossier_documents import DocumentRow
from reports.view.applicant_names import Name
from reports.view.dossier import Dossier
from reports.view.front import Cover
from reports.view.pictures import WITHHELD, Picture, Size
from reports.view.printed_words import Words, enumerated

COPY = "ฉบับกรรมการ"
TITLE = f"{COPY} (ปกปิดข้อมูลส่วนบุคคล)"
REDACTED_PACKET = "packet-redacted"  # as the names of its files begin
WITH_SECRETARIES = "ดูฉบับเต็มได้ที่ฝ่ายเลขานุการ"
_ALWAYS = ("เลขประจำตัวประชาชน", "หมายเลขโทรศัพท์", "ลายมือชื่อ", "ภาพเอกสาร")

MayShow = Callable[[str], bool]
_View = TypeVar("_View")


@dataclass(frozen=True, slots=True)
class CommitteeCopy:
    """Covers views. `is_a_face`: whether a portrait (by its sha256) is surely a picture, no paper."""

    words: Words
    is_a_face: MayShow

    def covered(self, view: _View) -> _View:
        """The view as the committee's copy prints it; every text and every picture in it."""
        if isinstance(view, Cover):
            view = replace(view, lines=(*view.lines, TITLE))
        covered: _View = self._covered(view)
        return covered

    def text(self, value: str | int) -> str:
        """A number or a text, in the copy's digits."""
        return cover_numbers(self.words.text(value))

    def file(self, name: str) -> str:
        """`packet-redacted.pdf` for packet.pdf: whoever sends a file sees which copy it is."""
        return name.replace("packet", REDACTED_PACKET, 1)

    def title(self, title: str) -> str:
        return f"{cover_numbers(title)} {COPY}"

    def _covered(self, value: Any) -> Any:
        if isinstance(value, str):
            return cover_numbers(value)
        if isinstance(value, Picture):
            return value if self._may_show(value) else Picture("", Size.WITHHELD)
        if isinstance(value, Name):
            return Name(cover_numbers(value.text), value.person)
        if isinstance(value, tuple):
            return tuple(map(self._covered, value))
        if isinstance(value, Dossier):
            value = self._dossier(value)
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{f.name: self._covered(getattr(value, f.name)) for f in fields(value)})
        return value

    def _may_show(self, picture: Picture) -> bool:
        if not picture.sha256 or picture.size is Size.EMBLEM:
            return True
        return picture.size is Size.PORTRAIT and self.is_a_face(picture.sha256)

    def _dossier(self, one: Dossier) -> Dossier:
        hidden = one.portrait is not None and not self._may_show(one.portrait)
        return replace(
            one,
            head=replace(one.head, sample=" ".join(filter(None, (COPY, one.head.sample)))),
            portrait=None if hidden else one.portrait,
            no_portrait=WITHHELD if hidden else one.no_portrait,
            scene=None,
            documents=tuple(map(self._document, one.documents)),
            veil_note=f"{COPY}ปกปิด{enumerated((*_ALWAYS, *self._photos(one.evidence)))} {WITH_SECRETARIES}",
            evidence_title="",
            evidence=(),
        )

    def _document(self, row: DocumentRow) -> DocumentRow:
        pages = len(row.pages) + len(row.leaves)
        if not pages:
            return row
        hidden = f"{WITHHELD}ภาพ {self.words.text(pages)} หน้า"
        return replace(row, pages=(), leaves=(), notes=(hidden, *row.notes))

    def _photos(self, evidence: tuple[object, ...]) -> Iterable[str]:
        return (f"ภาพประกอบการตรวจประเมิน {self.words.text(len(evidence))} ภาพ",) if evidence else ()
