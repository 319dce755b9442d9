"""QR codes in an editable paper: pictures by the name of what they say."""

import hashlib
import io
from collections.abc import Iterable, Mapping

import segno
from lxml import etree

from reports.editable.markup import R, W, graphic
from reports.view.blocks import Block
from reports.view.pictures import Code

_SIDE = 900_000  # 2.5 cm, in Word's units of drawings
_DRAWING = """<w:r xmlns:w="{w}" xmlns:r="{r}"><w:drawing><wp:inline
xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0"
distL="0" distR="0"><wp:extent cx="{side}" cy="{side}"/><wp:docPr id="{number}" name="QR" descr="QR"/>
{graphic}</wp:inline>
</w:drawing></w:r>"""


def drawn(code: Code) -> etree._Element:
    """The run that shows a code, whose picture is a part of the file (`pictures`)."""
    digest = _digest(code)
    number = int(digest[:7], 16)
    shown = graphic(_relation(digest), 0, "QR", _SIDE, _SIDE)
    return etree.fromstring(_DRAWING.format(w=W, r=R, side=_SIDE, number=number, graphic=shown))


def pictures(blocks: Iterable[Block]) -> Mapping[str, bytes]:
    """The pictures of the blocks' codes as PNG, by the relation's id."""
    return {_relation(_digest(b.code)): _png(b.code) for b in blocks if b.code is not None}


def _png(code: Code) -> bytes:
    made = io.BytesIO()
    segno.make(code.text, error="m", micro=False).save(made, kind="png", scale=8, border=2)
    return made.getvalue()


def _digest(code: Code) -> str:
    return hashlib.sha256(code.text.encode("utf-8", "surrogatepass")).hexdigest()


def _relation(digest: str) -> str:
    return f"rIdCode{digest[:16]}"
