"""An annex of the office's own: its PDF, taken into the store as pages and nothing else."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from mochocho.words.errors import BadInput, reason

if TYPE_CHECKING:
    import pikepdf

MAX_BYTES = 50_000_000
MAX_PAGES = 300
# What acts, or leads out of a page; comments and filled-in fields are drawn onto it first.
_ACTIVE = (
    "/AA",
    "/Annots",
    "/B",
    "/Metadata",
    "/PieceInfo",
    "/StructParents",
    "/Tabs",
    "/Trans",
    "/PresSteps",
)


def pages_only(path: Path) -> tuple[bytes, int]:
    """The PDF's pages as a PDF without scripts, links, forms and attached files, and how many they are.

    The same file gives the same bytes. Raises BadInput, annex.*, with a Thai sentence for a person.
    """
    import pikepdf

    with _opened(_read(path)) as given, pikepdf.new() as made:
        count = len(given.pages)
        if not 1 <= count <= MAX_PAGES:
            raise BadInput("annex.pages", f"ไฟล์มี {count} หน้า ให้แนบไฟล์ที่มี 1 ถึง {MAX_PAGES} หน้า")
        given.flatten_annotations("print")
        made.pages.extend(given.pages)
        for page in made.pages:
            for name in _ACTIVE:
                if name in page.obj:
                    del page.obj[name]
        out = io.BytesIO()
        made.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue(), count


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadInput("annex.unreadable", f"เปิดไฟล์ไม่ได้ ({reason(error).th})") from error
    if len(content) > MAX_BYTES:
        raise BadInput("annex.too_large", f"ไฟล์ใหญ่เกิน {MAX_BYTES // 1_000_000} MB ให้ย่อไฟล์ก่อนแนบ")
    return content


@contextmanager
def _opened(content: bytes) -> Iterator["pikepdf.Pdf"]:
    import pikepdf

    locked = "ไฟล์ PDF นี้มีรหัสผ่านหรือการจำกัดสิทธิ์ ให้พิมพ์หรือบันทึกเป็น PDF ใหม่ที่ไม่มีรหัสผ่านแล้วแนบอีกครั้ง"
    try:
        with pikepdf.open(io.BytesIO(content)) as given:
            if given.is_encrypted:
                raise BadInput("annex.locked", locked)
            yield given
    except pikepdf.PasswordError as error:
        raise BadInput("annex.locked", locked) from error
    except pikepdf.PdfError as error:
        said = "ไฟล์นี้ไม่ใช่ PDF หรือเสียหาย ให้เปิดดูว่าอ่านได้ แล้วบันทึกเป็น PDF ใหม่"
        raise BadInput("annex.broken", said) from error
