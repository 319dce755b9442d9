"""The Garuda of official papers: the office's own picture of it, as none is given out with the program."""

import base64
import io
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mochocho.words.errors import DAMAGED, Terminal, reason

if TYPE_CHECKING:  # most offices name no picture
    from PIL import Image

LETTER_CM, MEMO_CM = 3.0, 1.5  # its height (thai-papers.md 2)
LEAST_PIXELS = 354  # of its height: what 3 cm need at 300 dots per inch
_MOST_PIXELS = 1200
_MOST_BYTES = 20 << 20
_KINDS = ("PNG", "JPEG")


@dataclass(frozen=True, slots=True)
class Garuda:
    """The picture as PNG, and its size in pixels."""

    png: bytes
    width: int
    height: int

    @property
    def svg(self) -> str:
        """The picture as SVG, which the typesetter takes from memory."""
        size = f'width="{self.width}" height="{self.height}"'
        data = base64.b64encode(self.png).decode("ascii")
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
            f'<image {size} href="data:image/png;base64,{data}"/></svg>'
        )


def garuda(path: Path | None) -> Garuda | None:
    """The picture that the setting names, None where it names none. Raises Terminal for an unfit one."""
    if path is None:
        return None
    from PIL import Image

    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except OSError as error:
        why = reason(error)
        raise _unfit(path, f"เปิดไม่ได้ ({why.th})", f"cannot be read ({why.en})") from error
    if len(content) > _MOST_BYTES:
        raise _unfit(path, "ใหญ่เกิน 20 เมกะไบต์", "is larger than 20 megabytes")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=_KINDS) as opened:
                return _drawn(path, opened)
    except (*DAMAGED, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _unfit(
            path, "ไม่ใช่ภาพ PNG หรือ JPEG หรือเปิดไม่ครบ", "is no PNG or JPEG picture, or not a whole one"
        ) from error


def _drawn(path: Path, opened: "Image.Image") -> Garuda:
    if opened.height < LEAST_PIXELS:
        raise _unfit(
            path,
            f"สูง {opened.height} พิกเซล พิมพ์สูง 3 เซนติเมตรแล้วไม่คม ต้องสูงอย่างน้อย {LEAST_PIXELS} พิกเซล",
            f"is {opened.height} pixels high; sharp at 3 cm it has {LEAST_PIXELS} at least",
        )
    picture = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
    if picture.height > _MOST_PIXELS:
        picture = picture.resize((round(picture.width * _MOST_PIXELS / picture.height), _MOST_PIXELS))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return Garuda(out.getvalue(), *picture.size)


def _unfit(path: Path, th: str, en: str) -> Terminal:
    return Terminal(
        f"papers.garuda: ภาพตราครุฑ {path} {th} ให้แก้หรือลบ `garuda` ใน [papers]",
        f"papers.garuda: {path} {en}; mend or unset `garuda` in [papers]",
    )
