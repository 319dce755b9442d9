"""What several forms have in common is written once, in a part that they include."""

from pathlib import Path

import pytest

from mochocho.standards.load import load_pack
from mochocho.words.errors import Terminal
from mochocho.words.places import Province
from xlsforms.expand import Row, expand
from xlsforms.skeleton import read_skeleton
from xlsforms.things import Thing, form_things

PACK, CHIANG_RAI = load_pack("2568-sample").pack, Province.named("เชียงราย")
FORM = """\
settings: {form_id: x, form_title: X}
survey:
  - type: text
    name: before
  - include: shared.yaml
  - type: text
    name: after
choices:
  - list_name: own
    name: a
"""
PART = """\
texts:
  only: {other: ""}
  greeting: {other: {th: สวัสดี, en: Hello}}
survey:
  - type: note
    name: shared
    label: <<text.greeting>>
    relevant: ${before} != '' <<text.only>>
choices:
  - list_name: theirs
    name: b
"""


def sheets(
    folder: Path, form: str = FORM, part: str = PART, things: Thing | None = None
) -> dict[str, list[Row]]:
    (folder / "parts").mkdir()
    (folder / "parts" / "shared.yaml").write_text(part, encoding="utf-8")
    (folder / "form.yaml").write_text(form, encoding="utf-8")
    things = things or form_things(PACK, CHIANG_RAI, ("odk",))
    return expand(read_skeleton(folder / "form.yaml"), things).sheets


def test_the_rows_of_a_part_stand_where_it_is_included_and_its_choices_follow(tmp_path: Path) -> None:
    made = sheets(tmp_path)
    assert [row["name"] for row in made["survey"]] == ["before", "shared", "after"]
    assert made["survey"][1] == {
        "type": "note",
        "name": "shared",
        "label::ไทย (th)": "สวัสดี",
        "label::English (en)": "Hello",
        "relevant": "${before} != ''",
    }
    assert [row["list_name"] for row in made["choices"]] == ["own", "theirs"]


def test_the_forms_own_texts_win(tmp_path: Path) -> None:
    own = FORM + "texts:\n  only: {other: and 1 = 1}\n  greeting: {other: {th: ไง, en: Hi}}\n"
    (_, shared, _) = sheets(tmp_path, own)["survey"]
    assert shared["label::English (en)"] == "Hi"
    assert shared["relevant"] == "${before} != '' and 1 = 1"


@pytest.mark.parametrize(
    ("tag", "names"), [("odk", ["before", "shared", "after"]), ("kobo", ["before", "after"])]
)
def test_a_part_may_be_wanted_in_one_profile_only(tmp_path: Path, tag: str, names: list[str]) -> None:
    form = FORM.replace("include: shared.yaml", "when: odk\n    include: shared.yaml")
    made = sheets(tmp_path, form, things=form_things(PACK, CHIANG_RAI, (tag,)))
    assert [row["name"] for row in made["survey"]] == names


WRONG = {
    "not there": (
        FORM.replace("shared.yaml", "other.yaml"),
        PART,
        r"form.yaml, line 5: there is no part other.yaml; ",
    ),
    "elsewhere": (FORM.replace("shared.yaml", "../form.yaml"), PART, "line 5: an included part is written"),
    "with a label": (
        FORM.replace("  - type: text\n    name: after", "    label: x"),
        PART,
        "line 5: an included part",
    ),
    "twice": (
        FORM.replace("  - type: text\n    name: after", "  - include: shared.yaml"),
        PART,
        "line 6: .* twice",
    ),
    "settings in a part": (FORM, PART + "settings: {}\n", "shared.yaml, line 1: unknown part 'settings'"),
    "no survey": (FORM, "choices: []", "shared.yaml, line 1: `survey:` must be a list"),
    "wrong inside": (FORM, PART.replace("label:", "lable:"), "shared.yaml, line 5: unknown column 'lable'"),
    "two languages where there are none": (
        FORM,
        PART.replace("<<text.only>>", "<<text.greeting>>"),
        "shared.yaml, line 5: <<text.greeting>> has two languages",
    ),
    "a text in itself": (
        FORM,
        PART.replace("Hello", "<<text.greeting>>"),
        "line 3: <<text.greeting>> contains itself",
    ),
}


@pytest.mark.parametrize(("form", "part", "sentence"), WRONG.values(), ids=WRONG)
def test_a_wrong_part_is_refused_with_its_place(tmp_path: Path, form: str, part: str, sentence: str) -> None:
    with pytest.raises(Terminal, match=sentence):
        sheets(tmp_path, form, part)
