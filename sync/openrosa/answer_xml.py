"""The XML that Collect reads (form list, manifest, integrity, messages), and the headers of every answer."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

XML = "text/xml; charset=utf-8"  # Collect refuses application/xml
CSV = "text/csv; charset=utf-8"

_LIST = "http://openrosa.org/xforms/xformsList"
_MANIFEST = "http://openrosa.org/xforms/xformsManifest"
_RESPONSE = "http://openrosa.org/http/response"

_MULTIPART_MARGIN = 256 * 1024  # Collect counts only file sizes, without the lines between the parts


def headers(max_body: int) -> dict[str, str]:
    """The headers of every answer. `max_body`: the largest accepted request body, in bytes."""
    return {
        "X-OpenRosa-Version": "1.0",
        "X-OpenRosa-Accept-Content-Length": str(max_body - _MULTIPART_MARGIN),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",  # the address holds the token
    }


def md5(content: bytes) -> str:
    """The hash that OpenRosa asks for; it only detects stale files."""
    return "md5:" + hashlib.md5(content, usedforsecurity=False).hexdigest()


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of a form list or manifest."""

    fields: Mapping[str, str] = field(repr=False)  # element name -> text, in this order; some hold the token
    type: str = ""


def form_list(offers: Iterable[Offer]) -> bytes:
    return _listing(_LIST, "xforms", "xform", offers)


def manifest(offers: Iterable[Offer]) -> bytes:
    return _listing(_MANIFEST, "manifest", "mediaFile", offers)


def _listing(namespace: str, outer: str, inner: str, offers: Iterable[Offer]) -> bytes:
    root = etree.Element(f"{{{namespace}}}{outer}", nsmap=_default(namespace))
    for offer in offers:
        line = etree.SubElement(root, f"{{{namespace}}}{inner}")
        if offer.type:
            line.set("type", offer.type)
        for name, text in offer.fields.items():
            etree.SubElement(line, f"{{{namespace}}}{name}").text = text
    return _bytes(root)


def integrity(deleted: Mapping[str, bool]) -> bytes:
    """Which entity ids are deleted (without a namespace, as Collect reads it)."""
    root = etree.Element("data")
    entities = etree.SubElement(root, "entities")
    for id_, gone in deleted.items():
        etree.SubElement(etree.SubElement(entities, "entity", id=id_), "deleted").text = str(gone).lower()
    return _bytes(root)


def message(text: str, nature: str) -> bytes:
    """The sentence that Collect shows; `nature`: submit_success or error."""
    root = etree.Element(f"{{{_RESPONSE}}}OpenRosaResponse", nsmap=_default(_RESPONSE), items="0")
    etree.SubElement(root, f"{{{_RESPONSE}}}message", nature=nature).text = text
    return _bytes(root)


def _default(namespace: str) -> dict[str, str]:
    return {None: namespace}  # type: ignore[dict-item]  # the stubs do not know that None is the default one


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
