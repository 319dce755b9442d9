"""Instances as kpi reads and writes them: JSON keys by path, question paths of files, ids in `meta`."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

JR = "http://openrosa.org/javarosa"
ORX = "http://openrosa.org/xforms"
PROLOG = '<?xml version="1.0" ?>'
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
)


@dataclass(frozen=True)
class Ids:
    """What an instance says it is; ids without `uuid:`."""

    form: str  # the root's id attribute
    formhub: str | None
    instance: str | None
    deprecated: str | None
    version: str | None  # __version__: the uid of an asset's version


def parse(xml: bytes | str) -> etree._Element:
    """Raises etree.XMLSyntaxError."""
    return etree.fromstring(xml.encode() if isinstance(xml, str) else xml, _PARSER)


def identify(root: etree._Element) -> Ids:
    """As kpi does, by literal tag names: elements with another prefix than orx are not seen."""
    meta = _child(root, "meta")
    return Ids(
        form=root.get("id", ""),
        formhub=_text(_child(_child(root, "formhub"), "uuid")),
        instance=_bare(_text(_child(meta, "instanceID"))),
        deprecated=_bare(_text(_child(meta, "deprecatedID"))),
        version=_text(_child(root, "__version__")),
    )


def answers(root: etree._Element, repeats: Collection[str]) -> dict[str, Any]:
    """The record's answers: strings by path, repeats as lists, what is empty left out."""
    found: dict[str, Any] = {}
    _gather(root, "", repeats, found)
    return found


def _gather(parent: etree._Element, above: str, repeats: Collection[str], found: dict[str, Any]) -> None:
    for child in parent:
        path = f"{above}{_local(child)}"
        if path in repeats:
            row: dict[str, Any] = {}
            _gather(child, f"{path}/", repeats, row)
            if row:
                found.setdefault(path, []).append(row)
        elif len(child):
            _gather(child, f"{path}/", repeats, found)
        elif child.text:
            found[path] = child.text


def question_paths(root: etree._Element, repeats: Collection[str]) -> dict[str, str]:
    """Text of every leaf -> the path kpi says asks for it; of two with one text, the last."""
    return {text: path for path, text in _leaves(root, "", "", repeats) if text}


def _leaves(
    parent: etree._Element, above: str, shown: str, repeats: Collection[str]
) -> Iterator[tuple[str, str | None]]:
    numbers: dict[str, int] = {}
    for child in parent:
        name = _local(child)
        path, label = f"{above}{name}", f"{shown}{name}"
        if path in repeats:
            number = numbers[path] = numbers.get(path, 0) + 1
            for below, text in _leaves(child, f"{path}/", "", repeats):
                yield f"{label}[{number}]/{_garbled(below, name, number)}", text
        elif len(child):
            yield from _leaves(child, f"{path}/", f"{label}/", repeats)
        else:
            yield label, child.text


def _garbled(path: str, repeat: str, number: int) -> str:
    """kpi numbers a repeat by replacing its name, in its questions' names too: spot[1]/spot[1]_photo."""
    parts = path.split("/")
    return "/".join(
        f"{repeat}[{number}]{part[len(repeat) :]}" if part.startswith(repeat) else part for part in parts
    )


def as_kobo(xml: bytes, *, uid: str, version: str, formhub: str, version_uid: str) -> bytes:
    """What a phone with Kobo's form posts, of the content that a phone with our own form posted.

    Kobo has no entities: `meta/entity` does not come along.
    """
    ours = parse(xml)
    root = etree.Element(uid, nsmap={"jr": JR, "orx": ORX}, attrib={"id": uid, "version": version})
    etree.SubElement(etree.SubElement(root, "formhub"), "uuid").text = formhub
    meta = etree.Element("meta")
    for child in ours:
        if _local(child) != "meta":
            root.append(_plain(child))
            continue
        meta.extend(_plain(fact) for fact in child if _local(fact) != "entity")
    etree.SubElement(root, "__version__").text = version_uid
    root.append(meta)
    return written(root)


def edited(xml: bytes, answers: Mapping[str, str | None], *, instance_id: str, deprecated: str) -> bytes:
    """The instance as a phone or browser edits it: answers by path, a new id, the old one deprecated."""
    root = parse(xml)
    for path, value in answers.items():
        put(root, path, value)
    put(root, "meta/instanceID", f"uuid:{instance_id}")
    put(root, "meta/deprecatedID", f"uuid:{deprecated}")
    return written(root)


def edited_by_api(
    xml: bytes, answers: Mapping[str, str], *, instance_id: str, deprecated: str, root_id: str
) -> bytes:
    """As kpi's bulk edit writes it: with `meta/rootUuid`, unknown fields appended, nothing calculated."""
    root = parse(xml)
    put(root, "meta/instanceID", f"uuid:{instance_id}")
    put(root, "meta/deprecatedID", f"uuid:{deprecated}")
    put(root, "meta/rootUuid", f"uuid:{root_id}")
    for path, value in answers.items():
        put(root, path, value)
    etree.cleanup_namespaces(root)
    return written(root)


def duplicated(xml: bytes, *, instance_id: str, now: str) -> bytes:
    """A copy with an id of its own, no history, and `start` and `end` of the moment."""
    root = parse(xml)
    meta = _child(root, "meta")
    assert meta is not None
    for name in ("deprecatedID", "rootUuid"):
        old = _child(meta, name)
        if old is not None:
            meta.remove(old)
    for name in ("start", "end"):
        if _child(root, name) is not None:
            put(root, name, now)
    put(root, "meta/instanceID", f"uuid:{instance_id}")
    return written(root)


def put(root: etree._Element, path: str, value: str | None) -> None:
    """Set a leaf by its path, of a repeat its first instance; what is not there is made."""
    node = root
    for name in path.split("/"):
        below = _child(node, name)
        node = etree.SubElement(node, name) if below is None else below
    node.text = value


def written(root: etree._Element) -> bytes:
    """With the XML declaration that Collect's and kpi's serialisers write."""
    return (PROLOG + etree.tostring(root, encoding="unicode")).encode()


def bare(xml: bytes) -> str:
    """Without its XML declaration, as it stands in a list of records."""
    text = xml.decode().lstrip("\ufeff").lstrip()
    return text[text.index("?>") + 2 :].lstrip() if text.startswith("<?xml") else text


def _plain(node: etree._Element) -> etree._Element:
    made = etree.Element(_local(node))
    for key, value in node.attrib.items():
        if "}" not in str(key):
            made.set(key, value)
    made.text = node.text
    made.extend(_plain(child) for child in node)
    return made


def _child(node: etree._Element | None, name: str) -> etree._Element | None:
    if node is None:
        return None
    return next((child for child in node if child.prefix in (None, "orx") and _local(child) == name), None)


def _local(node: etree._Element) -> str:
    return etree.QName(node).localname


def _text(node: etree._Element | None) -> str | None:
    return None if node is None else node.text


def _bare(value: str | None) -> str | None:
    return value.strip().removeprefix("uuid:") if value else None
