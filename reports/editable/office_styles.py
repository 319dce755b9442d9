"""The styles of an editable paper, named in Thai: what staff change when they want another look."""

from dataclasses import dataclass
from enum import Enum

from lxml import etree

from reports.editable.markup import element, qualified, twips
from reports.editable.typeface import OFFICIAL_POINTS, Typeface

TEXT_WIDTH = 16.0  # cm: A4 without its margins
RULE_INDENT = 6.0
_CELL_MARGIN = 0.1


@dataclass(frozen=True, slots=True)
class _Look:
    """Measures in cm, `size`, `before` and `after` in points; `first` < 0 hangs; `tabs`: (cm, leader)."""

    name: str
    size: float = OFFICIAL_POINTS
    bold: bool = False
    align: str = "left"
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    before: float = 0.0
    after: float = 0.0
    tabs: tuple[tuple[float, str], ...] = ()
    with_next: bool = False
    outline: int | None = None
    ruled: bool = False
    height: float = 0.0  # of a line, exactly; 0 = as the letters need


class Style(Enum):
    """A style of paragraphs; its value says how it looks, its name is its id in the file."""

    TITLE = _Look("ชื่อเอกสาร", 20, bold=True, align="center", with_next=True, outline=0)
    SUBTITLE = _Look("ชื่อเอกสาร บรรทัดรอง", 18, bold=True, align="center", with_next=True)
    RULE = _Look("เส้นคั่น", 8, align="center", left=RULE_INDENT, right=RULE_INDENT, after=8, ruled=True)
    ITEM = _Look("หัวข้อวาระ", bold=True, before=12, after=4, with_next=True, outline=1)
    HEADING = _Look("หัวข้อย่อย", bold=True, left=1.25, before=6, with_next=True, outline=2)
    BODY = _Look("เนื้อความ", align="thaiDistribute", first=2.5, before=6)
    POINT = _Look("รายการ", left=4.0, first=-0.5)
    DASH = _Look("รายการขีด", left=3.0, first=-0.5, tabs=((3.0, "none"),))
    CENTRE = _Look("กึ่งกลาง", align="center", before=6)
    RESOLUTION = _Look("มติที่ประชุม", bold=True, before=8, with_next=True)
    TO_FILL = _Look("บรรทัดให้เติม", before=3, tabs=((TEXT_WIDTH, "dot"),))
    HEAD = _Look("หัวเรื่องหนังสือ", before=6, left=1.5, first=-1.5, tabs=((1.5, "none"),))
    LONG_HEAD = _Look("หัวเรื่องหนังสือ ยาว", before=6, left=3.0, first=-3.0, tabs=((3.0, "none"),))
    SENDER = _Look("ที่และส่วนราชการ", left=10.5, first=-10.5, tabs=((10.5, "none"),))
    DAY = _Look("วันที่ของหนังสือ", left=8.0, before=6)
    URGENCY = _Look("ชั้นความเร็ว", 29, bold=True, height=2.0)
    EMBLEM = _Look("ที่สำหรับตราครุฑ", align="center", height=2.0)
    ORDER_TITLE = _Look("ชื่อคำสั่งหรือประกาศ", bold=True, align="center", before=4, with_next=True, outline=0)
    MEMO = _Look("ชื่อบันทึกข้อความ", 29, bold=True, align="center", after=6, outline=0)
    MEMO_LINE = _Look("หัวเรื่องบันทึก", tabs=((TEXT_WIDTH, "dot"),))
    MEMO_HALVES = _Look("ที่และวันที่ของบันทึก", tabs=((8.0, "dot"), (TEXT_WIDTH, "dot")))
    CLOSING = _Look("คำลงท้าย", align="center", left=7.0, before=12, with_next=True)
    GIVEN = _Look("วันที่สั่งหรือประกาศ", left=5.0, before=12, with_next=True)
    SIGNATURE = _Look("ลายมือชื่อ", align="center", left=7.0, before=52)
    SIGNED_ABOVE = _Look("ลายมือชื่อ ใต้บรรทัดลงชื่อ", align="center", left=7.0, before=6)
    FIELD = _Look("ช่องให้กรอก", before=6)
    CHECK = _Look("ช่องให้เลือก", left=0.7, first=-0.7, before=6, tabs=((0.7, "none"),))
    CODE = _Look("รหัส QR", 12, align="right")
    POSITION = _Look("ตำแหน่งผู้ลงนาม", align="center", left=7.0)
    FOOT = _Look("ส่วนราชการเจ้าของเรื่อง")
    SAMPLE = _Look("ป้ายเกณฑ์ตัวอย่าง", bold=True, align="right")
    TABLE_HEAD = _Look("หัวตาราง", 14, bold=True, align="center", with_next=True)
    CELL = _Look("ในตาราง", 14)
    CELL_CENTRE = _Look("ในตาราง กึ่งกลาง", 14, align="center")
    CELL_DASH = _Look("ในตาราง ขีด", 14, left=0.3, first=-0.3, tabs=((0.3, "none"),))
    LISTED = _Look("รายการในบัญชี", left=0.5, first=-0.5)
    BETWEEN = _Look("ใต้ตาราง", 6)
    PAGE_NUMBER = _Look("เลขหน้า", align="center", after=8)

    @property
    def id(self) -> str:
        return self.name.title().replace("_", "")


def styles_part(typeface: Typeface) -> etree._Element:
    """word/styles.xml. Thai letters are of a complex script, whose font, size and weight are said apart."""
    defaults = element(
        "w:docDefaults",
        element(
            "w:rPrDefault",
            element(
                "w:rPr",
                fonts(typeface),
                *_sizes(typeface.half_points(OFFICIAL_POINTS)),
                element("w:lang", val="en-US", eastAsia="en-US", bidi="th-TH"),
            ),
        ),
        element(
            "w:pPrDefault",
            element("w:pPr", element("w:spacing", before=0, after=0, line=240, lineRule="auto")),
        ),
    )
    normal = element(
        "w:style", element("w:name", val="Normal"), element("w:qFormat"), type="paragraph", styleId="Normal"
    )
    normal.set(qualified("w:default"), "1")
    return element("w:styles", defaults, normal, _grid(), *(_style(one, typeface) for one in Style))


def fonts(typeface: Typeface) -> etree._Element:
    """The font for each kind of letter; a missing one would be taken from the program's own defaults."""
    name = typeface.name
    return element("w:rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name)


def _sizes(half_points: int) -> tuple[etree._Element, etree._Element]:
    return element("w:sz", val=half_points), element("w:szCs", val=half_points)


def _style(style: Style, typeface: Typeface) -> etree._Element:
    look = style.value
    return element(
        "w:style",
        element("w:name", val=look.name),
        element("w:basedOn", val="Normal"),
        element("w:qFormat"),
        _paragraph_looks(look),
        _letter_looks(look, typeface),
        type="paragraph",
        styleId=style.id,
    )


def _paragraph_looks(look: _Look) -> etree._Element:
    """In the order that the schema asks for: Word refuses a file with another."""
    tabs = [
        element("w:tab", val="right" if at == TEXT_WIDTH else "left", leader=leader, pos=twips(at))
        for at, leader in look.tabs
    ]
    indent = {"left": twips(look.left), "right": twips(look.right)}
    indent["hanging" if look.first < 0 else "firstLine"] = twips(abs(look.first))
    line = element("w:bottom", val="single", sz=6, space=1, color="auto")
    return element(
        "w:pPr",
        element("w:keepNext") if look.with_next else None,
        element("w:pBdr", line) if look.ruled else None,
        element("w:tabs", *tabs) if tabs else None,
        element("w:spacing", before=round(look.before * 20), after=round(look.after * 20), **_line(look)),
        element("w:ind", **indent),
        element("w:jc", val=look.align),
        element("w:outlineLvl", val=look.outline) if look.outline is not None else None,
    )


def _line(look: _Look) -> dict[str, str | int]:
    return {"line": twips(look.height), "lineRule": "exact"} if look.height else {}


def _letter_looks(look: _Look, typeface: Typeface) -> etree._Element:
    bold = (element("w:b"), element("w:bCs")) if look.bold else ()
    return element("w:rPr", fonts(typeface), *bold, *_sizes(typeface.half_points(look.size)))


def _grid() -> etree._Element:
    """The look of tables with lines."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = (element(f"w:{side}", val="single", sz=4, space=0, color="auto") for side in sides)
    margins = (element(f"w:{side}", w=twips(_CELL_MARGIN), type="dxa") for side in ("left", "right"))
    return element(
        "w:style",
        element("w:name", val="ตารางมีเส้น"),
        element("w:qFormat"),
        element("w:tblPr", element("w:tblBorders", *lines), element("w:tblCellMar", *margins)),
        type="table",
        styleId="Grid",
    )
