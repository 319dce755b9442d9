"""The questions of a built form, read from the form: what can be asked and chosen."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree

NS = {"x": "http://www.w3.org/2002/xforms", "h": "http://www.w3.org/1999/xhtml"}
CONTROLS = ("input", "select", "select1", "upload")
_ITEMS = re.compile(
    r"instance\('(?P<list>[^']+)'\)/root/item(\[\s*(?P<column>\w+)\s*=\s*'(?P<is>[^']*)'\s*\])?"
)


@dataclass(frozen=True)
class Question:
    """`kind`: the bind's type, or `one`/`many` of `items` (rows of its list); `repeat`: where it stands.

    `multiline`: what is typed may have several lines.
    """

    path: str
    name: str
    kind: str
    items: tuple[Mapping[str, str], ...] = ()
    repeat: str = ""
    multiline: bool = False


@dataclass(frozen=True)
class Description:
    """`questions` that a person may answer, in order; names of `repeats` of any number; paths of those
    `counted` by the form; `kinds`: path -> type; `many`: the paths of questions with several answers.
    """

    questions: tuple[Question, ...]
    repeats: tuple[str, ...]
    counted: frozenset[str]
    kinds: Mapping[str, str]

    @property
    def many(self) -> set[str]:
        return {question.path for question in self.questions if question.kind == "many"}


@cache
def describe(form: Path) -> Description:
    root = etree.parse(form).getroot()
    binds = {str(bind.get("nodeset")): bind for bind in root.iterfind(".//x:model/x:bind", NS)}
    kinds = {path: str(bind.get("type", "string")) for path, bind in binds.items()}
    counted = "{http://openrosa.org/javarosa}count"
    repeats = {str(r.get("nodeset")): counted in r.attrib for r in root.iterfind(".//h:body//x:repeat", NS)}
    found = []
    for control in root.find("h:body", NS).iter(*(f"{{{NS['x']}}}{name}" for name in CONTROLS)):
        path = str(control.get("ref"))
        if path in binds and binds[path].get("readonly") != "true()":
            found.append(_question(control, path, kinds[path], root, form.parent))
    free = tuple(path.rpartition("/")[2] for path, is_counted in repeats.items() if not is_counted)
    return Description(tuple(found), free, frozenset(path for path, yes in repeats.items() if yes), kinds)


def _question(control: etree._Element, path: str, type_: str, root: etree._Element, folder: Path) -> Question:
    kind = {"select": "many", "select1": "one"}.get(etree.QName(control).localname, type_)
    repeat = next((str(r.get("nodeset")) for r in control.iterancestors(f"{{{NS['x']}}}repeat")), "")
    items = tuple(_items(control, root, folder)) if kind in ("one", "many") else ()
    multiline = "multiline" in str(control.get("appearance", "")).split()
    return Question(path, path.rpartition("/")[2], kind, items, repeat.rpartition("/")[2], multiline)


def _items(control: etree._Element, root: etree._Element, folder: Path) -> Iterator[Mapping[str, str]]:
    """The rows of the list, less those a filter by a fixed word leaves out."""
    (itemset,) = control.iterfind("x:itemset", NS)
    found = _ITEMS.match(str(itemset.get("nodeset")))
    assert found, itemset.get("nodeset")
    (instance,) = root.iterfind(f".//x:model/x:instance[@id='{found['list']}']", NS)
    if instance.get("src"):
        with (folder / f"{found['list']}.csv").open(encoding="utf-8", newline="") as handle:
            rows = list(csv.DictReader(handle))
    else:
        rows = [
            {etree.QName(cell).localname: cell.text or "" for cell in item}
            for item in instance.iterfind("x:root/x:item", NS)
        ]
    column = found["column"]
    return (row for row in rows if column is None or row[column] == found["is"])
