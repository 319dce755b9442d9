"""The choices that a published form offers, and answers in an instance that are none of them. Pure.

Such an answer may come from an older form, another program or an edit on a server. It stays as it was
written; a person must be told, because what reads the form may take it for no answer.

Lists in files of their own (applicants, assessors, villages) change after a form is published and are not
compared. A filter of a list is not either: every choice of the list counts as offered.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from mochocho.words.model import NotOffered
from mochocho.words.thai import normalise
from sync.xform.binds import Path, at, local, model_of, read_form

MOST = 50  # of one instance: a stranger may send thousands
MAX_TEXT = 100  # characters of a question, and of an answer

_SELECTS = {"select1", "select", "rank"}
_OF_LIST = re.compile(r"""instance\(\s*['"]([^'"]+)['"]\s*\)/root/item\b""")
_OF_TEXT = re.compile(r"""jr:itext\(\s*['"](.+)['"]\s*\)""")


@dataclass(frozen=True, slots=True)
class Choices:
    """What one question offers. `several`: more than one may be chosen, written with spaces between."""

    question: str
    values: frozenset[str]
    several: bool


def parse_choices(xform: bytes) -> Mapping[Path, Choices]:
    """The choices of every question whose list is in the form itself, by its path.

    Raises BadInput `form.malformed` when it is not an XForm.
    """
    root = read_form(xform)
    model = model_of(root)
    lists, texts = dict(_lists(model)), dict(_texts(model))
    found: dict[Path, Choices] = {}
    for control in root.iter(etree.Element):
        if local(control.tag) not in _SELECTS:
            continue
        values = _values(control, lists)
        if not values:
            continue
        path = tuple(step.rpartition(":")[2] for step in control.get("ref", "").split("/")[2:])
        several = local(control.tag) != "select1"
        before = found.get(path)
        known = before.values if before else frozenset()
        found[path] = Choices(_question(control, texts), values | known, several)
    return found


def not_offered(root: etree._Element, choices: Mapping[Path, Choices]) -> tuple[NotOffered, ...]:
    """Answers of an instance that its form does not offer, by path; each once."""
    found: dict[NotOffered, None] = {}
    for path, asked in choices.items():
        for node in at(root, path):
            for written in _written(node, asked):
                if written not in asked.values:
                    said = normalise(written)[:MAX_TEXT]
                    found[NotOffered("/".join(path), asked.question, said)] = None
        if len(found) >= MOST:
            break
    return tuple(sorted(found, key=lambda one: (one.path, one.written)))[:MOST]


def _written(node: etree._Element, asked: Choices) -> list[str]:
    text = (node.text or "").strip()
    if not text:
        return []
    return text.split() if asked.several else [text]


def _lists(model: etree._Element) -> Iterator[tuple[str, frozenset[str]]]:
    """The lists that the form holds, by name."""
    for instance in at(model, ("instance",)):
        name = instance.get("id")
        if name and instance.get("src") is None:
            values = (node.text or "" for node in at(instance, ("root", "item", "name")))
            yield name, frozenset(values)


def _values(control: etree._Element, lists: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """What a question offers; empty where that is not in the form."""
    found = {(node.text or "").strip() for node in at(control, ("item", "value"))}
    for itemset in at(control, ("itemset",)):
        names = set(_OF_LIST.findall(itemset.get("nodeset", "")))
        if len(names) != 1 or not (names <= lists.keys()):
            return frozenset()  # another list, or rows of the instance itself
        found |= lists[names.pop()]
    return frozenset(found)


def _texts(model: etree._Element) -> Iterator[tuple[str, str]]:
    """The labels of the form's first language, by the id of the text."""
    for translation in at(model, ("itext", "translation")):
        for text in at(translation, ("text",)):
            value = next((v for v in at(text, ("value",)) if v.get("form") is None), None)
            if value is not None:
                yield text.get("id", ""), _plain(value)
        return


def _question(control: etree._Element, texts: Mapping[str, str]) -> str:
    """The question as people read it; the name of its field where it has no words."""
    label = next(at(control, ("label",)), None)
    known = _OF_TEXT.fullmatch(label.get("ref", "")) if label is not None else None
    said = texts.get(known[1], "") if known else _plain(label) if label is not None else ""
    return said or control.get("ref", "").rpartition("/")[2]


def _plain(node: etree._Element) -> str:
    return normalise(re.sub("[*_#]", "", "".join(map(str, node.itertext()))))[:MAX_TEXT]
