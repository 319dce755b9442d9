"""An annex of the office's own: its PDF, opened apart from us and taken into the store as pages alone."""

from pathlib import Path

from mochocho.words.errors import BadInput, reason
from processing.decoding import jobs
from processing.decoding.keeper import Died, TooCostly, decoders
from processing.decoding.problem import Problem

_SAID = {
    "too_many_pages": ("pages", f"ไฟล์ต้องมี 1 ถึง {jobs.ANNEX_PAGES} หน้า ให้แบ่งหรือรวมไฟล์แล้วแนบอีกครั้ง"),
    "too_large": ("too_large", f"ไฟล์ใหญ่เกิน {jobs.ANNEX_BYTES // 1_000_000} MB ให้ย่อไฟล์ก่อนแนบ"),
    "encrypted": (
        "locked",
        "ไฟล์ PDF นี้มีรหัสผ่านหรือการจำกัดสิทธิ์ ให้พิมพ์หรือบันทึกเป็น PDF ใหม่ที่ไม่มีรหัสผ่านแล้วแนบอีกครั้ง",
    ),
    "damaged": ("broken", "ไฟล์นี้ไม่ใช่ PDF หรือเสียหาย ให้เปิดดูว่าอ่านได้ แล้วบันทึกเป็น PDF ใหม่"),
}
_TOO_COSTLY = "ไฟล์นี้ซับซ้อนเกินกว่าจะเปิดได้ ให้พิมพ์หรือบันทึกเป็น PDF ใหม่แล้วแนบอีกครั้ง"


def pages_only(path: Path) -> tuple[bytes, int]:
    """The PDF's pages as a PDF without scripts, links, forms and attached files, and how many they are.

    The same file gives the same bytes. Raises BadInput, annex.*, with a Thai sentence for a person; Transient
    where no process can be had to open it in.
    """
    try:
        with path.open("rb"):  # why not is said in Thai here, and not by the child
            pass
        return decoders().annex(path)
    except Problem as found:
        code, said = _SAID[found.code]
        raise BadInput(f"annex.{code}", said) from None
    except (Died, TooCostly):
        raise BadInput("annex.too_complex", _TOO_COSTLY) from None
    except OSError as error:
        raise BadInput("annex.unreadable", f"เปิดไฟล์ไม่ได้ ({reason(error).th})") from error
