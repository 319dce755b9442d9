"""What Central reads from an XForm: ids, fields, files, the entity declaration."""

import io
import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from tests.models.central.problems import Problem, missing, not_unique

JR_TEMPLATE = "{http://openrosa.org/javarosa}template"
SAVE_TO = "{http://www.opendatakit.org/xforms/entities}saveto"
MEDIA = re.compile(r"^jr://(file|file-csv|images|audio|video)/([^/]+)$")
MEDIA_TYPES = {"images": "image", "file-csv": "file"}
PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
LENIENT = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=True)


@dataclass(frozen=True)
class Field:
    path: str  # "/hh/member/mage"
    name: str
    type: str
    multiple: bool = False

    def json(self) -> dict[str, Any]:
        return {
            "path": self.path,
            "name": self.name,
            "type": self.type,
            "binary": True if self.type == "binary" else None,
            "selectMultiple": True if self.multiple else None,
        }


@dataclass(frozen=True)
class XForm:
    """A form definition as read."""

    form_id: str
    version: str
    title: str
    fields: tuple[Field, ...]
    media: dict[str, str] = field(default_factory=dict)  # file name -> type
    dataset: str | None = None
    actions: frozenset[str] = frozenset()  # create, update
    saved: dict[str, str] = field(default_factory=dict)  # path -> property

    @property
    def of_path(self) -> dict[str, Field]:
        return {each.path: each for each in self.fields}


def local(node: etree._Element) -> str:
    """Without its namespace; a prefix of none is a part of the name in what was read of broken XML."""
    return str(node.tag).rpartition("}")[2].rpartition(":")[2]


def children(node: etree._Element) -> list[etree._Element]:
    return [child for child in node if isinstance(child.tag, str)]


def child(node: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of this local name, whatever its namespace."""
    return None if node is None else next((c for c in children(node) if local(c) == name), None)


def text(node: etree._Element | None) -> str:
    return "" if node is None else (node.text or "")


def read_xform(xml: bytes) -> XForm:
    """Raises Problem where Central refuses the definition."""
    root = etree.fromstring(xml.replace(b"\0", b"") or b"<none/>", LENIENT)
    if root is None:
        raise missing("formId")
    model = next((n for n in root.iter() if isinstance(n.tag, str) and local(n) == "model"), None)
    instance = child(model, "instance")
    main = children(instance)[0] if instance is not None and len(children(instance)) else None
    if main is None or not main.get("id"):
        raise missing("formId")
    binds = {str(n.get("nodeset")): n for n in root.iter() if isinstance(n.tag, str) and local(n) == "bind"}
    fields = _fields(main, f"/{local(main)}", binds, root)
    entity = next((n for n in main.iter() if isinstance(n.tag, str) and local(n) == "entity"), None)
    title = next((n.text for n in root.iter() if isinstance(n.tag, str) and local(n) == "title"), None)
    prefix = f"/{local(main)}"
    return XForm(
        form_id=str(main.get("id")),
        version=main.get("version") or "",
        title=title or str(main.get("id")),
        fields=fields,
        media=_media(root),
        dataset=None if entity is None else entity.get("dataset"),
        actions=frozenset(a for a in ("create", "update") if entity is not None and entity.get(a)),
        saved={path.removeprefix(prefix): str(b.get(SAVE_TO)) for path, b in binds.items() if b.get(SAVE_TO)},
    )


def _fields(
    main: etree._Element, prefix: str, binds: dict[str, etree._Element], root: etree._Element
) -> tuple[Field, ...]:
    names = [n for n in root.iter() if isinstance(n.tag, str)]
    repeats = {str(n.get("nodeset")) for n in names if local(n) == "repeat"}
    multiples = {str(n.get("ref")) for n in names if local(n) == "select"}
    found: dict[str, Field] = {}

    def walk(node: etree._Element, path: str) -> None:
        for each in children(node):
            here = f"{path}/{local(each)}"
            short = here.removeprefix(prefix)
            if short in found:
                if here not in repeats:
                    raise not_unique("form_fields", schemaId="1", path=short)
                if each.get(JR_TEMPLATE) is None:
                    continue  # the repeat's first instance follows its template
            found[short] = Field(short, local(each), _type(each, here, repeats, binds), here in multiples)
            walk(each, here)

    walk(main, prefix)
    for path, bind in binds.items():  # small forms of tests have binds alone
        short = path.removeprefix(prefix)
        if short not in found and "@" not in short:
            found[short] = Field(short, short.rpartition("/")[2], bind.get("type") or "string")
    return tuple(found.values())


def _type(node: etree._Element, path: str, repeats: set[str], binds: dict[str, etree._Element]) -> str:
    if path in repeats:
        return "repeat"
    if len(children(node)):
        return "structure"
    bind = binds.get(path)
    return "string" if bind is None else (bind.get("type") or "string")


def _media(root: etree._Element) -> dict[str, str]:
    found = {}
    for node in root.iter():
        if not isinstance(node.tag, str):
            continue
        said = node.text if local(node) == "value" and node.get("form") else None  # an image of a label
        written = node.get("src") or said or ""
        if match := MEDIA.match(written):
            found[match[2]] = MEDIA_TYPES.get(match[1], match[1])
    return found


def convert_xlsx(content: bytes, ignore_warnings: bool) -> bytes:
    """The XForm of an XLSForm, as pyxform-http answers Central."""
    try:
        result = convert(io.BytesIO(content))
    except PyXFormError as error:
        message = "The given XLSForm file was not valid. Please see the error details for more information."
        raise Problem(400.15, message, {"error": str(error), "warnings": None}) from error
    if result.warnings and not ignore_warnings:
        message = (
            "The Form is valid, but with warnings. Please check the warnings and if they are acceptable "
            "resubmit with ?ignoreWarnings=true"
        )
        raise Problem(400.16, message, {"warnings": {"xlsFormWarnings": list(result.warnings)}})
    return str(result.xform).encode()
