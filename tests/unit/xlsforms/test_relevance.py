"""No form computes with irrelevant answers: Collect reads them as empty, Enketo uses them."""

import re
from collections.abc import Iterator, Mapping

import pytest
from lxml import etree

from tests.engines.questions import NS
from tests.engines.world import form_path
from xlsforms.build import FORMS
from xlsforms.built import Profile

READING = ("calculate", "relevant", "constraint", "required")


def binds(form: etree._Element) -> dict[str, Mapping[str, str]]:
    return {str(b.get("nodeset")): dict(b.attrib) for b in form.iterfind(".//x:model/x:bind", NS)}  # type: ignore[arg-type]


def conditions(path: str, of: Mapping[str, Mapping[str, str]]) -> set[str]:
    """What must hold for a node to be relevant, its groups' conditions among it, clause by clause."""
    steps = path.split("/")
    above = ("/".join(steps[:n]) for n in range(2, len(steps) + 1))
    return {plain(c) for p in above for c in of.get(p, {}).get("relevant", "").split(" and ") if c}


def plain(expression: str) -> str:
    return re.sub(r"\s+", " ", expression).strip(" ()")


def unguarded(of: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str, set[str]]]:
    """(who reads, what is read, the conditions of what is read that the reader does not ask)."""
    computed = {path for path, bind in of.items() if "calculate" in bind and conditions(path, of)}
    for path, bind in of.items():
        for kind in READING:
            expression = plain(bind.get(kind, ""))
            here = conditions(path.rpartition("/")[0] if kind == "relevant" else path, of)
            for read in computed & set(re.findall(r"/data(?:/\w+)+", expression)) - {path}:
                if missing := {c for c in conditions(read, of) - here if c not in expression}:
                    yield path, read, missing


@pytest.mark.parametrize("profile", ["odk", "kobo"])
@pytest.mark.parametrize("form_id", FORMS.values())
def test_nothing_reads_a_calculation_that_may_not_be_relevant(form_id: str, profile: Profile) -> None:
    assert list(unguarded(binds(etree.parse(form_path(form_id, profile)).getroot()))) == []


def test_one_that_does_is_found() -> None:
    total = {"calculate": "1 + 1", "relevant": "/data/conflict = 'no'"}
    text = {"calculate": "concat(/data/total, '.')"}
    guarded = {"calculate": "if(/data/conflict = 'no', /data/total, '')"}
    form = {"/data/total": total, "/data/text": text, "/data/guarded": guarded}
    assert list(unguarded(form)) == [("/data/text", "/data/total", {"/data/conflict = 'no'"})]
