"""The Garuda in an editable paper, at its place on the first page (thai-papers.md 2)."""

from lxml import etree

from reports.editable.markup import TWIPS_PER_CM, R, W, graphic
from reports.formats.garuda import LETTER_CM, MEMO_CM, Garuda
from reports.view.blocks import Form, Paper

RELATION = "rIdGaruda"
_PER_CM = round(TWIPS_PER_CM * 635)  # Word's units of drawings
# By form: height, distance from the upper edge, in cm, and where it stands between the margins.
_PLACED = {
    Form.LETTER: (LETTER_CM, 1.5, "center"),
    Form.ORDER: (LETTER_CM, 1.5, "center"),
    Form.ANNOUNCEMENT: (LETTER_CM, 1.5, "center"),
    Form.MEMO: (MEMO_CM, 1.9, "left"),
}
_DRAWING = """<w:r xmlns:w="{w}" xmlns:r="{r}"><w:drawing><wp:anchor
xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0"
distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="1" locked="0" layoutInCell="1"
allowOverlap="1">
<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin"><wp:align>{align}</wp:align></wp:positionH>
<wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>
<wp:extent cx="{wide}" cy="{high}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>
<wp:docPr id="1" name="ตราครุฑ" descr="ตราครุฑ"/><wp:cNvGraphicFramePr/>
{graphic}</wp:anchor>
</w:drawing></w:r>"""


def stands_on(paper: Paper) -> bool:
    """Whether this paper carries the Garuda: a list that is appended, which nobody signs, does not."""
    return paper.form in _PLACED and bool(paper.signatures)


def drawn(picture: Garuda, form: Form) -> etree._Element:
    """The run that shows it, for any paragraph of the first page; its PNG is the file's part `RELATION`."""
    height, top, align = _PLACED[form]
    high = round(height * _PER_CM)
    wide = round(height * _PER_CM * picture.width / picture.height)
    return etree.fromstring(
        _DRAWING.format(
            w=W,
            r=R,
            align=align,
            top=round(top * _PER_CM),
            high=high,
            wide=wide,
            graphic=graphic(RELATION, 1, "ตราครุฑ", wide, high),
        )
    )
