"""An annex of the office's own: its PDF, opened apart from us and taken into the store as pages alone."""

from pathlib import Path

from mochocho.words.errors import BadInput, cannot_open
from mochocho.words.sentences import Sentence
from processing.decoding import jobs
from processing.decoding.keeper import Died, TooCostly, decoders
from processing.decoding.problem import Problem

_SAID = {
    "too_many_pages": (
        "pages",
        Sentence(
            f"ไฟล์ต้องมี 1 ถึง {jobs.ANNEX_PAGES} หน้า ให้แบ่งหรือรวมไฟล์แล้วแนบอีกครั้ง",
            f"the file must have 1 to {jobs.ANNEX_PAGES} pages; part or join files, and attach it again",
        ),
    ),
    "too_large": (
        "too_large",
        Sentence(
            f"ไฟล์ใหญ่เกิน {jobs.ANNEX_BYTES // 1_000_000} MB ให้ย่อไฟล์ก่อนแนบ",
            f"the file is larger than {jobs.ANNEX_BYTES // 1_000_000} MB; make it smaller first",
        ),
    ),
    "encrypted": (
        "locked",
        Sentence(
            "ไฟล์ PDF นี้มีรหัสผ่านหรือการจำกัดสิทธิ์ ให้พิมพ์หรือบันทึกเป็น PDF ใหม่ที่ไม่มีรหัสผ่านแล้วแนบอีกครั้ง",
            "the PDF has a password or is restricted; print or save it as a PDF without, and attach that",
        ),
    ),
    "damaged": (
        "broken",
        Sentence(
            "ไฟล์นี้ไม่ใช่ PDF หรือเสียหาย ให้เปิดดูว่าอ่านได้ แล้วบันทึกเป็น PDF ใหม่",
            "the file is no PDF or is damaged; see whether it opens, and save it as a new PDF",
        ),
    ),
}
_TOO_COSTLY = Sentence(
    "ไฟล์นี้ซับซ้อนเกินกว่าจะเปิดได้ ให้พิมพ์หรือบันทึกเป็น PDF ใหม่แล้วแนบอีกครั้ง",
    "the file is too complex to be opened; print or save it as a new PDF, and attach that",
)


def pages_only(path: Path) -> tuple[bytes, int]:
    """The PDF's pages as a PDF without scripts, links, forms and attached files, and how many they are.

    The same file gives the same bytes. Raises BadInput, annex.*, with what to do; Transient
    where no process can be had to open it in.
    """
    try:
        with path.open("rb"):  # why not is said in Thai here, and not by the child
            pass
        return decoders().annex(path)
    except Problem as found:
        code, said = _SAID[found.code]
        raise BadInput(f"annex.{code}", *said) from None
    except (Died, TooCostly):
        raise BadInput("annex.too_complex", *_TOO_COSTLY) from None
    except OSError as error:
        raise cannot_open("annex.unreadable", error) from error
