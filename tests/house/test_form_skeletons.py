"""The page about form skeletons lists every word, tag and thing there is."""

import re
from collections.abc import Iterator

from mochocho.standards.load import load_pack
from mochocho.words.places import Province
from tests.house.tree import ROOT
from xlsforms.build import FORMS
from xlsforms.things import PARTS, TAGS, Thing, form_things

PAGE = (ROOT / "docs" / "form-skeletons.md").read_text("utf-8")
CODED = set(re.findall(r"`([^`]+)`", PAGE))


def everything(thing: Thing) -> Iterator[Thing]:
    yield thing
    for part in (part for parts in thing.parts.values() for part in parts):
        yield from everything(part)


def test_the_page_names_every_word_and_no_other() -> None:
    form = form_things(load_pack("2568-sample").pack, Province.named("เชียงราย"))
    words = {word for thing in everything(form) for word in thing.words}
    shown = set(re.findall(r"<<([a-z_.]+)>>", PAGE))
    assert {word for word in shown if not word.startswith("text.")} - {"word"} == words


def test_the_page_names_every_tag_thing_and_form() -> None:
    assert {*map(str, TAGS), *PARTS, *FORMS} - CODED == set()
