"""A small form engine: fills a form of `xlsforms` as JavaRosa would, without Java.

It fills the primary instance of the XForm itself (repeats, calculations, relevance, entity, metadata) and so
follows every change of a form. It does not ask questions, check constraints or filter choices: the given
answers must be ones that the form allows. A test compares it with JavaRosa.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from typing import Any, Protocol, cast

from lxml import etree

_XF = "{http://www.w3.org/2002/xforms}"
_JR = "{http://openrosa.org/javarosa}"
_LISTS = "__lists"
_DEVICE = "collect:demo"
_ABSOLUTE = re.compile(r"(?<![\w)\]])/[\w.-]+(?:/@?[\w.-]+)+")
_RELATIVE = re.compile(r"(?<![\w/)\]])((?:\.\./)+)([\w.-]+(?:/[\w.-]+)*)")

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answers:
    """A person's answers: question name -> answer, and repeat name -> one mapping per repetition."""

    values: Row = field(repr=False)  # may include a national ID
    repeats: Mapping[str, Sequence[Row]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the phone adds. Ids are UUIDs without `uuid:`; times have a zone, as JavaRosa's."""

    instance_id: str
    entity_id: str
    start: str
    end: str
    deprecated_id: str = ""


class _Nodes(Protocol):
    """A compiled nodeset."""

    def __call__(self, root: etree._Element) -> list[etree._Element]: ...


@dataclass(frozen=True, slots=True)
class _Rule:
    """A bind that computes: a nodeset with a relevance, a calculation, or both."""

    nodes: _Nodes
    relevant: etree.XPath | None
    calculate: etree.XPath | None


class Form:
    """One XForm as a phone has it, with its entity lists (list name -> rows of the CSV)."""

    def __init__(self, xform: bytes, lists: Mapping[str, Sequence[Row]] | None = None) -> None:
        model = etree.fromstring(xform).find(f".//{_XF}model")
        assert model is not None  # noqa: S101 - a form of our own
        instances = model.findall(f"{_XF}instance")
        self._primary = _plain(instances[0][0])
        self._lists = etree.Element(_LISTS)
        for instance in instances[1:]:
            self._lists.append(_secondary(instance, lists or {}))
        binds = model.findall(f"{_XF}bind")
        self._preloads = [bind for bind in binds if bind.get(f"{_JR}preload")]
        self._first_load = {v.get("ref", ""): v.get("value", "") for v in model.iter(f"{_XF}setvalue")}
        self._rules = _in_order([bind for bind in binds if bind.get("relevant") or bind.get("calculate")])

    def fill(self, answers: Answers, stamp: Stamp) -> bytes:
        """The finished instance as XML.

        Raises KeyError for an answer to a question that is not in the form.
        """
        root = deepcopy(self._primary)
        _repeat(root, answers.repeats)
        _answer(root, answers.values)
        self._preload(root, stamp)
        self._compute(root)
        if stamp.deprecated_id:
            _deprecate(root, stamp.deprecated_id)
        return b"<?xml version='1.0' ?>" + etree.tostring(root, encoding="utf-8")

    def _preload(self, root: etree._Element, stamp: Stamp) -> None:
        known = {
            "uid": f"uuid:{stamp.instance_id}",
            "start": stamp.start,
            "end": stamp.end,
            "deviceid": _DEVICE,
        }
        for bind in self._preloads:
            kind = bind.get(f"{_JR}preload")
            key = kind if kind == "uid" else bind.get(f"{_JR}preloadParams", "")
            for node in _find(root, bind.get("nodeset", "")):
                node.text = known[key]
        for ref, value in self._first_load.items():
            if value != "uuid()":
                raise KeyError(f"{ref}: a first value other than uuid()")
            path, _, attribute = ref.partition("/@")
            for node in _find(root, path):
                node.set(attribute, stamp.entity_id)

    def _compute(self, root: etree._Element) -> None:
        # The lists are attached to the instance for a while, so that `/data/…` in a predicate on a list is
        # found.
        lists = deepcopy(self._lists)
        root.append(lists)
        for rule in self._rules:
            for node in rule.nodes(root):
                _apply(rule, node)
        root.remove(lists)


def _apply(rule: _Rule, node: etree._Element) -> None:
    if rule.relevant is not None and not _truth(rule.relevant(node)):
        parent = node.getparent()
        assert parent is not None  # noqa: S101 - the root has no bind
        parent.remove(node)
    elif rule.calculate is not None:
        node.text = _text(rule.calculate(node)) or None


def _plain(element: etree._Element) -> etree._Element:
    """A copy without the XForms namespace, as instances are written."""
    name = element.tag.removeprefix(_XF)
    copy = etree.Element(name, nsmap={k: v for k, v in element.nsmap.items() if k and v != _XF[1:-1]})
    copy.text = (element.text or "").strip() or None
    for key, value in element.attrib.items():
        copy.set(key, value)
    for child in element.iterchildren(tag=etree.Element):
        copy.append(_plain(child))
    return copy


def _secondary(instance: etree._Element, lists: Mapping[str, Sequence[Row]]) -> etree._Element:
    name = instance.get("id", "")
    if instance.get("src") is None:
        return _plain(instance)
    held = etree.Element("instance", id=name)
    rows = etree.SubElement(held, "root")
    for row in lists.get(name, ()):
        item = etree.SubElement(rows, "item")
        for key, value in row.items():
            etree.SubElement(item, key).text = value
    return held


def _repeat(root: etree._Element, repeats: Mapping[str, Sequence[Row]]) -> None:
    """Replace each repeat's template and first repetition by the answered repetitions."""
    wanted = dict(repeats)
    for template in list(root.iter()):
        if template.get(f"{_JR}template") is None:
            continue
        parent = template.getparent()
        assert parent is not None  # noqa: S101 - a repeat is never the root
        at = parent.index(template)
        for old in parent.findall(template.tag):
            parent.remove(old)
        for row in reversed(wanted.pop(template.tag, ())):
            repetition = deepcopy(template)
            del repetition.attrib[f"{_JR}template"]
            repetition.tail = None
            _answer(repetition, row)
            parent.insert(at, repetition)
    if wanted:
        raise KeyError(f"no such repeat: {sorted(wanted)}")


def _answer(root: etree._Element, values: Row) -> None:
    leaves = {node.tag: node for node in root.iter(etree.Element) if len(node) == 0}
    for name, value in values.items():
        leaves[name].text = value or None


def _deprecate(root: etree._Element, instance_id: str) -> None:
    """Add to an edited instance, at the end of its meta, the id of the one it replaces."""
    (meta,) = (node for node in root.iter(etree.Element) if etree.QName(node).localname == "meta")
    namespace = etree.QName(meta).namespace
    tag = f"{{{namespace}}}deprecatedID" if namespace else "deprecatedID"
    etree.SubElement(meta, tag).text = f"uuid:{instance_id}"


def _find(root: etree._Element, nodeset: str) -> Sequence[etree._Element]:
    return _path(nodeset, root.nsmap)(root)


# --- expressions


def _path(nodeset: str, nsmap: Mapping[str | None, str]) -> _Nodes:
    return cast("_Nodes", etree.XPath(nodeset, namespaces={k: v for k, v in nsmap.items() if k}))


def _in_order(binds: Sequence[etree._Element]) -> tuple[_Rule, ...]:
    """The computing binds, each after those it reads."""
    by_path = {bind.get("nodeset", ""): bind for bind in binds}
    graph: TopologicalSorter[str] = TopologicalSorter()
    for path, bind in by_path.items():
        graph.add(path, *(other for other in _read_by(path, bind, by_path) if other != path))
    return tuple(_rule(by_path[path]) for path in graph.static_order())


def _read_by(path: str, bind: etree._Element, known: Mapping[str, Any]) -> Iterator[str]:
    """The computing binds that must be evaluated before this one:
    those it names, and every group around either.
    """
    named = [path.rpartition("/")[0]]
    for expression in (bind.get("relevant", ""), bind.get("calculate", "")):
        named += _ABSOLUTE.findall(expression)
        for ups, rest in _RELATIVE.findall(expression):
            named.append("/".join([*path.split("/")[: -(len(ups) // 3)], rest]))
    for name in named:
        parts = name.split("/")
        yield from (p for n in range(2, len(parts) + 1) if (p := "/".join(parts[:n])) in known)


def _rule(bind: etree._Element) -> _Rule:
    nodeset = bind.get("nodeset", "")
    return _Rule(
        nodes=_path(nodeset, bind.nsmap),
        relevant=_expression(bind.get("relevant")),
        calculate=_expression(bind.get("calculate")),
    )


def _expression(source: str | None) -> etree.XPath | None:
    if source is None:
        return None
    return etree.XPath(source, namespaces={"jr": _JR[1:-1]}, extensions=_FUNCTIONS, smart_strings=False)


def _text(value: Any) -> str:
    """XPath's string(), but with NaN as empty, as JavaRosa stores it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if value != value:
            return ""
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, list):
        return _text(_node_text(value[0])) if value else ""
    return str(value)


def _node_text(node: Any) -> str:
    return node if isinstance(node, str) else "".join(node.itertext())


def _truth(value: Any) -> bool:
    return value == value and bool(value)


def _number(value: Any) -> float:
    if isinstance(value, bool | float):
        return float(value)
    try:
        return float(_text(value))
    except ValueError:
        return float("nan")


def _instance(context: Any, name: str) -> list[etree._Element]:
    root = context.context_node.getroottree().getroot()
    return [held for held in root.find(_LISTS) if held.get("id") == _text(name)]


def _int(_context: Any, value: Any) -> float:
    number = _number(value)
    return float(int(number)) if number == number else number


def _coalesce(_context: Any, first: Any, second: Any) -> Any:
    return first if _text(first) else second


def _substr(_context: Any, value: Any, start: float, end: float | None = None) -> str:
    text = _text(value)
    return text[int(start) :] if end is None else text[int(start) : int(end)]


_FUNCTIONS: dict[Any, Any] = {
    (None, "if"): lambda _context, test, yes, no: yes if _truth(test) else no,
    (None, "int"): _int,
    (None, "coalesce"): _coalesce,
    (None, "count-non-empty"): lambda _context, nodes: float(sum(_text([node]) != "" for node in nodes)),
    (None, "instance"): _instance,
    (None, "substr"): _substr,
    (None, "selected"): lambda _context, chosen, one: _text(one) in _text(chosen).split(" "),
    (None, "once"): lambda context, value: _text([context.context_node]) or value,
}
