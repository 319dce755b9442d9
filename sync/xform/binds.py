"""What a published form says about its instances: which fields are files, which fill entity properties."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from mochocho.words.errors import BadInput
from sync.xform.safe_xml import read_xml

MAX_FORM_BYTES = 20 * 1024 * 1024
MAX_FORM_ELEMENTS = 1_000_000

Path = tuple[str, ...]  # local names below the root, without the numbers of a repeat's rows


@dataclass(frozen=True, slots=True)
class Binds:
    """`files`: paths whose values are file names. `lists` and `savetos`: entity lists, (path, property).

    `ends`: paths that the phone fills in when a person finalises the form. `fields`: every path of the form
    except `meta`.
    """

    files: tuple[Path, ...] = ()
    lists: frozenset[str] = frozenset()
    savetos: tuple[tuple[Path, str], ...] = ()
    ends: tuple[Path, ...] = ()
    fields: frozenset[Path] = frozenset()


def parse_binds(xform: bytes) -> Binds:
    """Read an XForm's binds. Raises BadInput `form.malformed` when it is not an XForm."""
    files: list[Path] = []
    savetos: list[tuple[Path, str]] = []
    ends: list[Path] = []
    model = model_of(read_form(xform))
    for bind in at(model, ("bind",)):
        attributes = {local(str(name)): str(value) for name, value in bind.attrib.items()}
        path = tuple(step.rpartition(":")[2] for step in attributes.get("nodeset", "").split("/")[2:])
        if attributes.get("type") == "binary":
            files.append(path)
        if "saveto" in attributes:
            savetos.append((path, attributes["saveto"]))
        if attributes.get("preload") == "timestamp" and attributes.get("preloadParams") == "end":
            ends.append(path)
    return Binds(tuple(files), _lists(model), tuple(savetos), tuple(ends), _fields(model))


def read_form(xform: bytes) -> etree._Element:
    """The root of an XForm. Raises BadInput for what is not XML or is too large."""
    return read_xml(xform, max_bytes=MAX_FORM_BYTES, max_elements=MAX_FORM_ELEMENTS)


def model_of(root: etree._Element) -> etree._Element:
    """The model of an XForm. Raises BadInput `form.malformed` when it has none."""
    model = next(at(root, ("head", "model")), None)
    if model is None:
        raise BadInput(
            "form.malformed",
            "ไฟล์แบบฟอร์มที่เผยแพร่ไว้ไม่ใช่ XForm ให้สร้างและเผยแพร่แบบฟอร์มใหม่",
            "the published form is no XForm; make the form anew and publish it",
        )
    return model


def _lists(model: etree._Element) -> frozenset[str]:
    primary = next(at(model, ("instance",)), None)
    roots = () if primary is None else tuple(primary)
    return frozenset(
        str(entity.get("dataset", "")) for root in roots for entity in at(root, ("meta", "entity"))
    )


def _fields(model: etree._Element) -> frozenset[Path]:
    """The paths in the instance that a phone fills in."""
    primary = next(at(model, ("instance",)), None)
    waiting: list[tuple[Path, etree._Element]] = [((), root) for root in (() if primary is None else primary)]
    found: set[Path] = set()
    while waiting:
        path, node = waiting.pop()
        below = [((*path, local(child.tag)), child) for child in node.iterchildren(etree.Element)]
        waiting += [one for one in below if one[0] != ("meta",)]
        found |= {one[0] for one in below if one[0] != ("meta",)}
    return frozenset(found)


def local(name: object) -> str:
    """An element's or attribute's name without its namespace; '' for nodes without a name."""
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def at(root: etree._Element, path: Path) -> Iterator[etree._Element]:
    """Every node at `path`, by local names, in document order."""
    level = [root]
    for step in path:
        level = [child for node in level for child in node.iterchildren(f"{{*}}{step}")]
    return iter(level)
