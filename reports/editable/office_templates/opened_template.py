"""Opens a Word file from an office: bounded, without programs and without what lies elsewhere."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping

from lxml import etree

from mochocho.words.errors import DAMAGED, BadInput
from mochocho.words.sentences import Sentence
from reports.editable.docx_package import IMAGE, PNG, picture_part, serialised
from reports.editable.markup import qualified
from reports.editable.office_templates.marked_text import MarkedText

MOST_BYTES = 20 << 20
MOST_UNPACKED = 60 << 20
MOST_PARTS = 500
DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"
_KINDS, _RELATED = "[Content_Types].xml", "word/_rels/document.xml.rels"
_WITH_TEXT = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .doc up to 2003, and what a password protects
_SAVE = Sentence(
    "ให้เปิดใน Word แล้วบันทึกเป็นชนิด Word Document (.docx) โดยไม่ใส่รหัสผ่าน",
    "open it in Word and save it as a Word Document (.docx) without a password",
)
_HARMLESS = "/hyperlink"


class OpenedTemplate:
    """The parts of a DOCX file; those with text as trees, to be changed in place."""

    def __init__(self, content: bytes) -> None:
        """Raises BadInput: template.unreadable, template.too_large, template.active."""
        self._parts = _parts(content)
        self.trees = {name: _tree(part) for name, part in self._parts.items() if _WITH_TEXT.fullmatch(name)}
        if not {STYLES, DOCUMENT, _KINDS, _RELATED} <= self._parts.keys():
            raise _unreadable()
        self.styles = _tree(self._parts[STYLES])
        if self.trees[DOCUMENT].find(qualified("w:body")) is None:  # such as one in the strict form
            raise _unreadable()

    def marked(self) -> Iterator[tuple[str, MarkedText]]:
        """(part, paragraph) of each that has braces, in order."""
        for part, tree in self.trees.items():
            for text in map(MarkedText, tree.iter(qualified("w:p"))):
                if text.marks or text.loose:
                    yield part, text

    def add(self, pictures: Mapping[str, bytes]) -> None:
        """Make these a part of the file, for the document to draw; PNG by the relation's id."""
        if not pictures:
            return
        kinds, related = _tree(self._parts[_KINDS]), _tree(self._parts[_RELATED])
        child = f"{{{etree.QName(kinds).namespace}}}Default"
        if not any(str(one.get("Extension")).lower() == "png" for one in kinds.iter(child)):
            kinds.insert(0, etree.Element(child, Extension="png", ContentType=PNG))
        for name, png in pictures.items():
            child = f"{{{etree.QName(related).namespace}}}Relationship"
            etree.SubElement(related, child, Id=name, Type=IMAGE, Target=picture_part(name))
            self._parts[f"word/{picture_part(name)}"] = png
        self._parts |= {_KINDS: serialised(kinds), _RELATED: serialised(related)}

    def parts(self) -> Mapping[str, bytes]:
        """Every part as it is now, in the file's order."""
        changed = {name: serialised(tree) for name, tree in self.trees.items()}
        return self._parts | changed | {STYLES: serialised(self.styles)}


def _parts(content: bytes) -> dict[str, bytes]:
    if content.startswith(_OLE):
        raise _unreadable()
    if len(content) > MOST_BYTES:
        raise _too_large()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            entries = [entry for entry in file.infolist() if not entry.is_dir()]
            if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
                raise _too_large()
            parts = {entry.filename: file.read(entry) for entry in entries}
    except DAMAGED as error:
        raise _unreadable() from error
    _refuse_active(parts)
    return parts


def _refuse_active(parts: Mapping[str, bytes]) -> None:
    """A macro would run, a remote part would be fetched, by whoever opens the paper."""
    if any(name.endswith("vbaProject.bin") for name in parts):
        raise BadInput("template.active", f"ไฟล์แบบมีแมโคร {_SAVE.th}", f"the template has macros; {_SAVE.en}")
    for name, content in parts.items():
        if not name.endswith(".rels"):
            continue
        for relation in _tree(content):
            if relation.get("TargetMode") == "External" and not str(relation.get("Type")).endswith(_HARMLESS):
                raise BadInput(
                    "template.active",
                    "ไฟล์แบบใช้แม่แบบหรือภาพที่อยู่นอกไฟล์ ให้ฝังภาพไว้ในไฟล์ และเลือกแม่แบบ Normal ใน Word แล้วบันทึกใหม่",
                    "the template uses another one, or a picture, that lies outside it; embed the "
                    "picture, choose "
                    "Word's template Normal, and save it again",
                )


def _tree(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise _unreadable() from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _unreadable()
    return root


def _unreadable() -> BadInput:
    return BadInput(
        "template.unreadable",
        f"ไฟล์แบบเปิดไม่ได้หรือไม่ใช่ .docx {_SAVE.th}",
        f"the template cannot be opened or is no .docx; {_SAVE.en}",
    )


def _too_large() -> BadInput:
    return BadInput(
        "template.too_large",
        "ไฟล์แบบใหญ่เกินไป (เกิน 20 เมกะไบต์) ให้ย่อภาพในไฟล์แล้วบันทึกใหม่",
        "the template is too large (more than 20 MB); make its pictures smaller and save it again",
    )
