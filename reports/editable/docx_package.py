"""The file around a document: parts, relations, settings; the same parts give the same bytes."""

from collections.abc import Callable, Mapping

from lxml import etree

from reports.editable.markup import R, element, paragraph, possible, qualified, run, twips
from reports.editable.office_styles import Style, styles_part
from reports.editable.typeface import Typeface
from reports.formats.sealed_package import sealed

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PARTS = {
    "styles": ("styles.xml", "styles+xml"),
    "settings": ("settings.xml", "settings+xml"),
    "fontTable": ("fontTable.xml", "fontTable+xml"),
    "header": ("header1.xml", "header+xml"),
}
PNG, IMAGE = "image/png", f"{_RELATION}/image"


def section(thai_digits: bool) -> etree._Element:
    """A4, official margins, pages numbered from one; the first has no header (thai-papers.md 2)."""
    reference = element("w:headerReference", type="default")
    reference.set(f"{{{R}}}id", "rIdheader")
    return element(
        "w:sectPr",
        reference,
        element("w:pgSz", w=twips(21), h=twips(29.7)),
        element(
            "w:pgMar",
            top=twips(2.5),
            right=twips(2),
            bottom=twips(2),
            left=twips(3),
            header=twips(1.25),
            footer=twips(1),
            gutter=0,
        ),
        # LibreOffice numbers in Arabic digits: of Word's ways to say Thai ones it knows only Thai letters
        element("w:pgNumType", fmt="thaiNumbers" if thai_digits else "decimal", start=1),
        element("w:titlePg"),
    )


def end_section(last: etree._Element, thai_digits: bool) -> None:
    """After this paragraph a page begins, numbered from one again."""
    properties = last.find(qualified("w:pPr"))
    if properties is not None:
        properties.append(section(thai_digits))


def packed(
    body: list[etree._Element],
    title: str,
    typeface: Typeface,
    thai_digits: bool,
    pictures: Mapping[str, bytes],
) -> bytes:
    """A DOCX file with this body. `pictures`: PNG that the body draws, by the relation's id."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            {
                "rId1": (f"{_RELATION}/officeDocument", "word/document.xml"),
                "rId2": (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            }
        ),
        "docProps/core.xml": _core(possible(title)),
        "word/document.xml": serialised(
            element("w:document", element("w:body", *body, section(thai_digits)))
        ),
        "word/_rels/document.xml.rels": _of_the_document(pictures),
        "word/styles.xml": serialised(styles_part(typeface)),
        "word/settings.xml": serialised(_settings()),
        "word/fontTable.xml": serialised(_font_table(typeface)),
        "word/header1.xml": serialised(_header()),
    }
    return sealed(parts | {f"word/{picture_part(name)}": png for name, png in pictures.items()})


def picture_part(relation: str) -> str:
    """Where in `word/` the picture of this relation is."""
    return f"media/{relation}.png"


def serialised(root: etree._Element) -> bytes:
    """A part's bytes."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _content_types() -> bytes:
    root, child = _root(f"{_PACKAGE}/content-types", "Types")
    kinds = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "png": PNG,
    }
    for suffix, kind in kinds.items():
        etree.SubElement(root, child("Default"), Extension=suffix, ContentType=kind)
    names = {
        "/word/document.xml": f"{_TYPE}document.main+xml",
        **{f"/word/{name}": f"{_TYPE}{kind}" for name, kind in _PARTS.values()},
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    for name, kind in names.items():
        etree.SubElement(root, child("Override"), PartName=name, ContentType=kind)
    return serialised(root)


def _root(space: str, name: str) -> tuple[etree._Element, Callable[[str], str]]:
    """An element in a namespace of its own, and how its children are named."""

    def child(local: str) -> str:
        return f"{{{space}}}{local}"

    return etree.Element(child(name), nsmap={None: space}), child  # type: ignore[dict-item]  # the stub lacks a default namespace


def _of_the_document(pictures: Mapping[str, bytes]) -> bytes:
    named = {f"rId{part}": (f"{_RELATION}/{part}", file) for part, (file, _) in _PARTS.items()}
    return _relations(named | {name: (IMAGE, picture_part(name)) for name in pictures})


def _relations(named: Mapping[str, tuple[str, str]]) -> bytes:
    root, child = _root(f"{_PACKAGE}/relationships", "Relationships")
    for name, (kind, target) in named.items():
        etree.SubElement(root, child("Relationship"), Id=name, Type=kind, Target=target)
    return serialised(root)


def _core(title: str) -> bytes:
    """Only the title: who made it and when would differ from machine to machine."""
    spaces = {"cp": f"{_PACKAGE}/metadata/core-properties", "dc": "http://purl.org/dc/elements/1.1/"}
    root = etree.Element(f"{{{spaces['cp']}}}coreProperties", nsmap=spaces)
    etree.SubElement(root, f"{{{spaces['dc']}}}title").text = title
    etree.SubElement(root, f"{{{spaces['dc']}}}creator").text = ""
    return serialised(root)


def _settings() -> etree._Element:
    word = "http://schemas.microsoft.com/office/word"
    return element(
        "w:settings",
        element("w:defaultTabStop", val=720),
        element("w:characterSpacingControl", val="doNotCompress"),
        element("w:compat", element("w:compatSetting", name="compatibilityMode", uri=word, val=15)),
        element("w:themeFontLang", val="en-US", bidi="th-TH"),
        element("w:decimalSymbol", val="."),
        element("w:listSeparator", val=","),
    )


def _font_table(typeface: Typeface) -> etree._Element:
    """Which font Word takes where the first is missing."""
    return element(
        "w:fonts",
        element(
            "w:font",
            element("w:altName", val=",".join(typeface.others)),
            element("w:charset", val="DE"),  # Thai
            element("w:family", val="swiss"),
            element("w:pitch", val="variable"),
            name=typeface.name,
        ),
    )


def _header() -> etree._Element:
    """`- ๒ -`"""
    code = element("w:instrText")
    code.text = " PAGE "
    field = [
        element("w:r", element("w:fldChar", fldCharType="begin")),
        element("w:r", code),
        element("w:r", element("w:fldChar", fldCharType="separate")),
        run("2"),
        element("w:r", element("w:fldChar", fldCharType="end")),
    ]
    return element("w:hdr", paragraph(Style.PAGE_NUMBER.id, "- ", *field, " -"))
