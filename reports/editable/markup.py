"""WordprocessingML by hand: elements, paragraphs and literal text.

A library's base document brings 160 English styles, theme fonts that Thai does not use, a picture and a
clock; all of it would have to be taken out again (docs/architecture.md).
"""

import re
from collections.abc import Sequence

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = {"w": W, "r": R}
TWIPS_PER_CM = 1440 / 2.54
_GRAPHIC = """<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData
uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic
xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>
<pic:cNvPr id="{number}" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr>
<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>
</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>"""

# What XML 1.0 has no place for. A tab would jump to a stop that the paper has for something else.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
LINES = re.compile(r"\r\n|[\r\n\u2028\u2029]")


def qualified(name: str) -> str:
    """`w:p` as lxml names it."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def element(name: str, /, *children: etree._Element | None, **attributes: str | int) -> etree._Element:
    """`element("w:jc", val="center")`; attributes are of the same namespace, None is no child."""
    made = etree.Element(qualified(name), nsmap={"w": W, "r": R})
    prefix = name.partition(":")[0]
    for attribute, value in attributes.items():
        made.set(qualified(f"{prefix}:{attribute}"), str(value))
    made.extend(child for child in children if child is not None)
    return made


def twips(cm: float) -> int:
    """Centimetres in the unit of Word's measures."""
    return round(cm * TWIPS_PER_CM)


def possible(text: str) -> str:
    """What of this text a file can hold: no control characters, no halves of pairs; a tab as a space."""
    return _IMPOSSIBLE.sub("", text).replace("\t", " ")


def written(text: str) -> list[etree._Element]:
    """Literal text as a run's content, its line ends as line breaks."""
    made: list[etree._Element] = []
    for i, line in enumerate(LINES.split(text)):
        if i:
            made.append(element("w:br"))
        one = element("w:t")
        one.text = possible(line)
        one.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made.append(one)
    return made


def run(text: str, bold: bool = False) -> etree._Element:
    """Literal text in the paragraph's own letters, or in bold ones."""
    looks = element("w:rPr", element("w:b"), element("w:bCs")) if bold else None
    return element("w:r", looks, *written(text))


def tab() -> etree._Element:
    """A jump to the next tab stop."""
    return element("w:r", element("w:tab"))


def paragraph(
    style: str,
    *content: etree._Element | str,
    with_next: bool = False,
    dots_to: Sequence[float] = (),
) -> etree._Element:
    """A paragraph in this style; text is literal.

    `with_next`: on the page of the next paragraph. `dots_to`: where its tabs lead with dots, cm; what follows
    begins there, behind the last nothing does.
    """
    stops = [
        element("w:tab", val="right" if at == dots_to[-1] else "left", leader="dot", pos=twips(at))
        for at in dots_to
    ]
    properties = element(
        "w:pPr",
        element("w:pStyle", val=style),
        element("w:keepNext") if with_next else None,
        element("w:tabs", *stops) if stops else None,
    )
    return element("w:p", properties, *(run(one) if isinstance(one, str) else one for one in content))


def keep_with_next(one: etree._Element) -> None:
    """Set a paragraph on the page of the next one, whatever was said of it before."""
    properties = one.find(qualified("w:pPr"))
    if properties is not None and properties.find(qualified("w:keepNext")) is None:
        properties.insert(1, element("w:keepNext"))  # behind the style, as the schema asks for


def graphic(relation: str, number: int, name: str, wide: int, high: int) -> str:
    """The picture in a drawing, whose bytes are the part `relation`; sizes in Word's units of drawings."""
    return _GRAPHIC.format(relation=relation, number=number, name=name, wide=wide, high=high)
