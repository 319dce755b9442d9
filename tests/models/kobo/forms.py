"""Forms as kpi stores them: the sheets as `content`, and the XForm served under the asset's uid."""

import contextlib
import hashlib
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lxml import etree
from openpyxl import load_workbook
from pyxform.xls2xform import convert

XFORMS = "http://www.w3.org/2002/xforms"
XHTML = "http://www.w3.org/1999/xhtml"
_NS = {"x": XFORMS, "h": XHTML}
_SELECT = re.compile(r"^(select_one|select_multiple|select_one_from_file|select_multiple_from_file) (\S+)")
_TRANSLATED = re.compile(r"^([a-z_]+)::(.+)$")
_SETTINGS = {"form_id": "id_string", "form_title": "title"}


class UnreadableError(ValueError):
    """No workbook with a survey sheet."""


@dataclass(frozen=True)
class XForm:
    """What the model needs to know of an XForm: one primary instance, binds and repeats."""

    text: str

    @cached_property
    def _root(self) -> etree._Element:
        return etree.fromstring(self.text.encode())

    @cached_property
    def primary(self) -> etree._Element:
        """The root element of the primary instance."""
        return _primary(self._root)

    @property
    def form_id(self) -> str:
        return self.primary.get("id", "")

    @property
    def version(self) -> str:
        return self.primary.get("version", "")

    @property
    def title(self) -> str:
        return str(self._root.findtext("h:head/h:title", namespaces=_NS))

    @cached_property
    def repeats(self) -> frozenset[str]:
        """Paths below the root, without a leading slash."""
        return frozenset(_paths(self._root, "//x:repeat/@nodeset"))

    @cached_property
    def files(self) -> frozenset[str]:
        """Paths of questions that ask for a file."""
        return frozenset(_paths(self._root, '//x:bind[@type="binary"]/@nodeset'))

    @cached_property
    def geopoints(self) -> tuple[str, ...]:
        return tuple(_paths(self._root, '//x:bind[@type="geopoint"]/@nodeset'))

    def as_deployed(self, uid: str, version: str, formhub: str, version_uid: str) -> str:
        """As phones get it: the root and every path renamed, formhub/uuid and __version__ added."""
        old = etree.QName(self.primary).localname
        root = etree.fromstring(
            re.sub(rf"(?<![\w/])/{re.escape(old)}(?=[/\s\"'])", f"/{uid}", self.text).encode()
        )
        primary = _primary(root)
        primary.tag = f"{{{XFORMS}}}{uid}"
        primary.attrib.update({"id": uid, "version": version})
        hub = etree.Element(f"{{{XFORMS}}}formhub")
        etree.SubElement(hub, f"{{{XFORMS}}}uuid")
        primary.insert(0, hub)
        primary.insert(len(primary) - 1, etree.Element(f"{{{XFORMS}}}__version__"))
        model = root.find(".//x:model", namespaces=_NS)
        assert model is not None
        for path, value in (("formhub/uuid", formhub), ("__version__", version_uid)):
            facts = {"nodeset": f"/{uid}/{path}", "type": "string", "calculate": f"'{value}'"}
            model.append(etree.Element(f"{{{XFORMS}}}bind", attrib=facts))
        return '<?xml version="1.0" encoding="utf-8"?>\n' + etree.tostring(root, encoding="unicode")


def _primary(root: etree._Element) -> etree._Element:
    found: Any = root.xpath("(//x:model/x:instance)[1]/*[1]", namespaces=_NS)
    one: etree._Element = found[0]
    return one


def _paths(root: etree._Element, nodesets: str) -> list[str]:
    """Below the root element, without a leading slash."""
    found: Any = root.xpath(nodesets, namespaces=_NS)
    return [str(path).split("/", 2)[2] for path in found]


def xform_of(xlsx: bytes) -> XForm:
    """By our own pyxform: near enough to Kobo's for paths. Raises what pyxform raises."""
    with contextlib.redirect_stderr(io.StringIO()):
        return XForm(convert(io.BytesIO(xlsx), file_type=".xlsx").xform)


def content_of(xlsx: bytes) -> dict[str, Any]:
    """The sheets as an asset's `content`. Raises UnreadableError."""
    try:
        book = load_workbook(io.BytesIO(xlsx), read_only=True, data_only=True)
    except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise UnreadableError(str(error)) from error
    with contextlib.closing(book):
        sheets = {name.strip().lower(): _rows(list(book[name].values)) for name in book.sheetnames}
    if "survey" not in sheets:
        raise UnreadableError("The survey sheet is either empty or missing important column headers.")
    languages = sorted({m[2] for row in sheets["survey"] for key in row if (m := _TRANSLATED.match(key))})
    content: dict[str, Any] = {"schema": "1", "survey": [], "choices": []}
    content["survey"] = [_question(row, languages) for row in sheets["survey"]]
    content["choices"] = [_translate(row, languages) for row in sheets.get("choices", [])]
    if not content["choices"]:
        del content["choices"]
    _place(content["survey"])
    settings = sheets.get("settings") or [{}]
    content["settings"] = {_SETTINGS.get(key, key): str(value) for key, value in settings[0].items()}
    content["translated"] = sorted(
        {key for row in content["survey"] for key in row if row[key].__class__ is list}
    )
    content["translations"] = languages or [None]
    return content


def _rows(values: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    if not values:
        return []
    heads = [None if head is None else str(head).strip() for head in values[0]]
    rows = [
        {head: value for head, value in zip(heads, line, strict=False) if head and value not in (None, "")}
        for line in values[1:]
    ]
    return [row for row in rows if row]


def _question(row: dict[str, Any], languages: Sequence[str]) -> dict[str, Any]:
    made = _translate(row, languages)
    kind = re.sub(r"\s+", " ", str(made.get("type", ""))).strip()
    made["type"] = re.sub(r"^(begin|end) (group|repeat)$", r"\1_\2", kind)
    if chosen := _SELECT.match(kind):
        made |= {"type": chosen[1], "select_from_list_name": chosen[2]}
    if "required" in made:
        made["required"] = str(made["required"]).lower() in ("true", "yes", "true()", "1")
    return made


def _translate(row: dict[str, Any], languages: Sequence[str]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in row.items():
        named = _TRANSLATED.match(key)
        if named and named[2] in languages:
            made.setdefault(named[1], [None] * len(languages))[languages.index(named[2])] = value
        else:
            made[key] = [value] if key in ("label", "hint") else value
    return made


def _place(survey: list[dict[str, Any]]) -> None:
    """`$kuid`, `$autoname` and `$xpath`, which stand on every row."""
    above: list[str] = []
    for number, row in enumerate(survey):
        row["$kuid"] = hashlib.sha256(f"{number}{row.get('name')}".encode()).hexdigest()[:9]
        if row["type"].startswith("end_"):
            above.pop()
            continue
        row["$autoname"] = row.get("name")
        row["$xpath"] = "/".join([*above, str(row.get("name"))])
        if row["type"].startswith("begin_"):
            above.append(str(row.get("name")))
