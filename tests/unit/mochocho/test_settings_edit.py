"""Changing mochocho.toml: what was not changed stays, comments too, and the values are those wanted."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mochocho.app
from mochocho.settings.settings_edit import edited

TEMPLATE = (Path(mochocho.app.__file__).parent / "settings_template.toml").read_text("utf-8")
CHANGES = {
    ("recorder",): "นางบันทึก ตัวอย่าง",
    ("presentation_order",): ["พาน", "แม่จัน"],
    ("meeting", "number"): "1/2568",
    ("meeting", "date"): date(2025, 5, 1),
    ("calendar", "plan", "due"): date(2024, 12, 31),
    ("committees", "assessors"): [{"name": "นายหนึ่ง ตัวอย่าง", "districts": ["พาน"]}, {"name": "นางสอง"}],
    ("papers", "thai_digits"): False,
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_file_that_init_writes_is_filled_in(newline: str) -> None:
    before = TEMPLATE.replace("\n", newline)
    after = edited(before, CHANGES)
    values = tomllib.loads(after)
    for place, value in CHANGES.items():
        found = values
        for name in place:
            found = found[name]
        assert found == value, place
    lines = after.split(newline)
    kept = [line for line in lines if line.startswith("#")]
    assert kept == [line for line in before.split(newline) if line.startswith("#")]
    assert "\n" not in "".join(lines)
    assert edited(after, CHANGES) == after
    taken_out = edited(after, dict.fromkeys([*list(CHANGES), ("meeting",)]))
    assert {**tomllib.loads(taken_out), "presentation_order": []} == tomllib.loads(before)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_whatever_is_typed_is_text(typed: str) -> None:
    after = edited(TEMPLATE, {("meeting", "place"): typed, ("recorder",): typed})
    values = tomllib.loads(after)
    assert values["meeting"]["place"] == values["recorder"] == typed


def test_a_list_written_as_tables_becomes_one_of_lines() -> None:
    text = '[committees]\n[[committees.assessors]]\nname = "นายหนึ่ง"\n[meeting]\nplace = "x"\n'
    text += '[committees.provincial_order]\nnumber = "1/2567"\n'
    after = edited(text, {("committees", "assessors"): [{"name": "นางสอง"}]})
    assert tomllib.loads(after)["committees"] == {
        "assessors": [{"name": "นางสอง"}],
        "provincial_order": {"number": "1/2567"},
    }
