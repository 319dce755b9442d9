"""What in a PDF or an Office file acts by itself, leads out of it, or carries another file. None of ours may.

Used before a packet is released, when one is verified, and by the lint of a meeting's own annexes.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from xml.etree import ElementTree

from mochocho.words.errors import DAMAGED

if TYPE_CHECKING:
    import pikepdf

UNREADABLE = "unreadable"
OFFICE = (".docx", ".xlsx")
_KEYS = frozenset(
    (
        "/JS",
        "/JavaScript",
        "/AA",
        "/OpenAction",
        "/EmbeddedFiles",
        "/EF",
        "/XFA",
        "/RichMediaContent",
        "/AcroForm",
    )
)
_ACTIONS = frozenset(
    (
        "/JavaScript",
        "/Launch",
        "/URI",
        "/SubmitForm",
        "/ImportData",
        "/GoToR",
        "/GoToE",
        "/Rendition",
        "/Movie",
        "/Sound",
        "/RichMediaExecute",
    )
)
_ANNOTATIONS = frozenset(("/FileAttachment", "/Movie", "/Sound", "/Screen", "/RichMedia", "/3D", "/Widget"))
_DEEPEST = 50  # direct objects within each other
_PARTS = (
    "vbaproject",
    "/activex/",
    "/embeddings/",
    "/externallinks/",
    "/customui/",
    "/ctrlprops/",
    "oleobject",
)
_FIELDS = ("DDE", "INCLUDE", "HYPERLINK", "LINK", "IMPORT")
_MOST_XML = 64_000_000  # bytes of one part


@dataclass(frozen=True, slots=True)
class Active:
    """One thing found: `what`, as the format calls it, and in which object or part of the file."""

    what: str
    where: str = ""


def active_content(path: Path, ending: str = "") -> tuple[Active, ...]:
    """What acts in this file, each kind once in each place; of a file of another kind nothing.

    `ending`: of its name, where it is kept under another, as in the store.
    """
    with path.open("rb") as file:
        match (ending or path.suffix).lower():
            case ".pdf":
                found = _of_pdf(file)
            case office if office in OFFICE:
                found = _of_office(file)
            case _:
                return ()
        return tuple(dict.fromkeys(found))


def _of_pdf(file: BinaryIO) -> Iterator[Active]:
    import pikepdf

    try:
        with pikepdf.open(file) as book:
            if book.is_encrypted:
                yield Active("/Encrypt")
            for number, one in enumerate(book.objects, 1):
                for what in _in_object(one, _DEEPEST):
                    yield Active(what, f"{number} 0 R")
            yield from (Active(what, "trailer") for what in _in_object(book.trailer, 1))
    except pikepdf.PdfError:
        yield Active(UNREADABLE)


def _in_object(one: "pikepdf.Object", deep: int) -> Iterator[str]:
    """Within an object itself; what it refers to is an object of its own."""
    import pikepdf

    if isinstance(one, pikepdf.Array) and deep:
        for value in one:
            yield from _direct(value, deep)
    if not isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        return
    for name, value in one.items():
        if name in _KEYS:
            yield name
        if (name == "/S" and str(value) in _ACTIONS) or (name == "/Subtype" and str(value) in _ANNOTATIONS):
            yield str(value)
        if deep:
            yield from _direct(value, deep)


def _direct(value: object, deep: int) -> Iterator[str]:
    import pikepdf

    if isinstance(value, pikepdf.Object) and not value.is_indirect:
        yield from _in_object(value, deep - 1)


def _of_office(file: BinaryIO) -> Iterator[Active]:
    try:
        with zipfile.ZipFile(file) as package:
            for info in package.infolist():
                name = f"/{info.filename}"
                if any(part in name.lower() for part in _PARTS):
                    yield Active("part", name)
                elif name.endswith((".xml", ".rels")):
                    if info.file_size > _MOST_XML:
                        yield Active(UNREADABLE, name)
                    else:
                        yield from (Active(what, name) for what in _in_part(name, package.read(info)))
    except (*DAMAGED, ElementTree.ParseError):
        yield Active(UNREADABLE)


def _in_part(name: str, content: bytes) -> Iterator[str]:
    """What one XML part says. Its texts are ours or an office template's: no entity of its own is taken."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        yield "DOCTYPE"
        return
    for element in ElementTree.fromstring(content).iter():  # noqa: S314 - without DOCTYPE there are no entities
        tag = element.tag.rpartition("}")[2]
        if tag == "Relationship" and element.get("TargetMode") == "External":
            yield "External"
        if tag == "f" and "/worksheets/" in name:
            yield "formula"
        if tag in ("instrText", "fldSimple"):
            said = next((v for k, v in element.attrib.items() if k.endswith("}instr")), element.text or "")
            if any(word in said.upper() for word in _FIELDS):
                yield "field"
        if tag in ("oleObject", "control", "ddeLink"):
            yield tag
