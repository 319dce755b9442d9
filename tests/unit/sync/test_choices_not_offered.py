"""An answer that its question does not offer is found in every form, and nothing else is."""

import random
from collections.abc import Mapping
from functools import cache

import pytest
from lxml import etree

from sync.xform.binds import Path
from sync.xform.choices import MAX_TEXT, MOST, Choices, not_offered, parse_choices
from tests.pins.applicants import PACK
from tests.unit.xlsforms.test_languages import CHIANG_RAI
from xlsforms import names
from xlsforms.build import build_forms


@cache
def offered() -> dict[str, Mapping[Path, Choices]]:
    """Form id -> what can be chosen in it."""
    return {form.form_id: parse_choices(form.xform.encode()) for form in build_forms(PACK, CHIANG_RAI, "odk")}


def instance(answers: dict[Path, str]) -> etree._Element:
    root = etree.Element("data")
    for path, value in answers.items():
        node = root
        for step in path:
            node = etree.SubElement(node, step)
        node.text = value
    return root


def chosen(asked: Choices, dice: random.Random) -> str:
    several = dice.sample(sorted(asked.values), min(2, len(asked.values)))
    return " ".join(several) if asked.several else several[0]


@pytest.mark.parametrize("form_id", names.FORMS)
def test_whatever_a_form_offers_is_offered_and_another_answer_is_found_at_each_question(form_id: str) -> None:
    choices, dice = offered()[form_id], random.Random(7)
    good = {path: chosen(asked, dice) for path, asked in choices.items()}
    assert not_offered(instance(good), choices) == ()
    for path, asked in choices.items():
        (found,) = not_offered(instance({**good, path: "renamed_choice"}), choices)
        assert (found.path, found.question, found.written) == (
            "/".join(path),
            asked.question,
            "renamed_choice",
        )


def test_the_question_is_as_people_read_it_and_lists_that_change_are_left_alone() -> None:
    asked = offered()[names.PLAN]
    by_name = {path[-1]: choices for path, choices in asked.items()}
    assert by_name["mentor_from"].question == "พี่เลี้ยงเป็นใคร"
    assert "picked" not in by_name  # the applicants' list changes after the form is published
    several = offered()[names.SUPPLEMENT]["what_is_missing", "also"]
    assert several.several


@pytest.mark.parametrize(
    ("xml", "found"),
    [
        ("<d><a>x</a><g><b>1 2</b></g></d>", []),
        ("<d><a>  x </a></d>", []),  # white space around it
        ("<d><a>x y</a></d>", [("a", "x y")]),  # one choice of two words is none of two
        ("<d><a>X</a></d>", [("a", "X")]),  # a choice's name has one spelling
        ("<d><g><b>1 3  4</b></g></d>", [("g/b", "3"), ("g/b", "4")]),
        ("<d><g><b>3</b></g><g><b>3</b><b>1</b></g></d>", [("g/b", "3")]),  # rows of a repeat; each once
        ("<d><b>3</b></d>", []),  # moved out of its group: `unknown_fields` tells
        ("<d><a/><g><b>   </b></g></d>", []),
        ('<o:d xmlns:o="urn:o"><o:a>y</o:a></o:d>', [("a", "y")]),
    ],
)
def test_answers_of_one_and_of_several_choices(xml: str, found: list[tuple[str, str]]) -> None:
    choices = {
        ("a",): Choices("ข้อหนึ่ง", frozenset({"x", "y z"}), several=False),
        ("g", "b"): Choices("ข้อสอง", frozenset({"1", "2"}), several=True),
    }
    assert [(one.path, one.written) for one in not_offered(etree.fromstring(xml), choices)] == found


def test_thousands_are_not_kept_and_a_long_answer_is_cut() -> None:
    choices = {("a",): Choices("a", frozenset({"x"}), several=True)}
    root = instance({("a",): " ".join(f"{'n' * 300}{n}" for n in range(5000))})
    assert all(len(one.written) <= MAX_TEXT for one in not_offered(root, choices))
    assert len(not_offered(instance({("a",): " ".join(map(str, range(5000)))}), choices)) == MOST


FORM = """<h:html xmlns:h="http://www.w3.org/1999/xhtml" xmlns="http://www.w3.org/2002/xforms"><h:head><model>
<itext><translation lang="th"><text id="/data/a:label">
<value>**ข้อ** <output value="/data/b"/> แรก</value></text></translation>
<translation lang="en"><text id="/data/a:label"><value>first</value></text></translation></itext>
<instance><data id="f"/></instance>
<instance id="inside"><root><item><name>1</name></item><item><name>2</name></item></root></instance>
<instance id="outside" src="jr://file-csv/outside.csv"/></model></h:head><h:body>{}</h:body></h:html>"""


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (
            """<select1 ref="/data/a"><label ref="jr:itext('/data/a:label')"/>
            <itemset nodeset="randomize(instance('inside')/root/item[x = 'y'], 4)"><value ref="name"/>
            </itemset></select1>""",
            {("a",): ("ข้อ แรก", {"1", "2"}, False)},
        ),
        (
            """<group ref="/data/g"><select ref="/data/g/b"><label>สอง</label><item><value>p</value></item>
            </select></group>""",
            {("g", "b"): ("สอง", {"p"}, True)},
        ),
        (
            """<select1 ref="/data/c"><itemset nodeset="instance('outside')/root/item"><value ref="name"/>
            </itemset></select1>""",
            {},
        ),
        (
            """<select1 ref="/data/c"><itemset nodeset="/data/r[n != '']"><value ref="n"/></itemset>
            </select1>""",
            {},
        ),
        (
            """<select1 ref="/data/c"><item><value>other</value></item>
            <itemset nodeset="instance('outside')/root/item"><value ref="name"/></itemset></select1>""",
            {},  # what else is offered is not in the form
        ),
        ('<input ref="/data/d"><label>ห้า</label></input>', {}),
        ('<select1 ref="/data/e"><item><value>k</value></item></select1>', {("e",): ("e", {"k"}, False)}),
    ],
)
def test_what_forms_of_any_making_offer(body: str, found: dict[Path, tuple[str, set[str], bool]]) -> None:
    read = parse_choices(FORM.format(body).encode())
    assert {path: (one.question, set(one.values), one.several) for path, one in read.items()} == found
