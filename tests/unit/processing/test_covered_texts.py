"""A person is taken out of texts in every spelling, and nobody else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processing.persons.covered_texts import ERASED, Eraser, longer_names, same_name
from processing.persons.sought_person import Sought

NAME, ID, TELEPHONE = "นางสาวกาญจนา ใจดีงาม", "1000012345679", "0000000012"
PERSONS = (Sought(national_id=ID), Sought(telephone=TELEPHONE), Sought(name=NAME))
WHO = Eraser(PERSONS)
BETWEEN = st.sampled_from(["", " ", "  ", "\u200b", "\u00a0", ". "])
TITLES = st.sampled_from(["", "นาง", "น.ส.", "นางสาว ", "คุณ"])
AROUND = st.text(st.sampled_from("บคมรกา ๒๕๖๘,."), max_size=12)


@given(
    title=st.sampled_from(["", "นาง", "น.ส.", "นางสาว ", "คุณ"]), between=BETWEEN, before=AROUND, after=AROUND
)
def test_the_name_goes_in_every_spelling_and_what_is_around_it_stays(
    title: str, between: str, before: str, after: str
) -> None:
    text = f"{before} {title}กาญจนา{between}ใจดีงาม {after}"
    covered = WHO.text(text)
    assert "ใจดีงาม" not in covered
    assert ERASED in covered
    assert covered == ERASED or covered.startswith(before)


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("โทร 000-000-0012 หรือ ๐๐๐๐๐๐๐๐๑๒ ครับ", f"โทร {ERASED} หรือ {ERASED} ครับ"),
        ("เลข 1-0000-12345-67-9", f"เลข {ERASED}"),
        ("เลข 21000012345679", "เลข 21000012345679"),
        ("นางกาญจนา ใจดี", "นางกาญจนา ใจดี"),
        ("กาญจนาใจดีงาม์", ERASED),
        ("", ""),
    ],
)
def test_numbers_go_and_others_stay(text: str, covered: str) -> None:
    assert WHO.text(text) == covered


def test_a_longer_name_is_another_persons() -> None:
    other = "นางกาญจนา ใจดีงามยิ่ง"
    longer = longer_names(PERSONS, [other, NAME, "นายสมชาย ใจดี"])
    assert longer == (other,)
    kept = Eraser(PERSONS, longer)
    assert kept.text(f"{other} และ {NAME} มา") == f"{other} และ {ERASED} มา"
    assert same_name(PERSONS, "น.ส. กาญจนา  ใจดีงาม")
    assert not same_name(PERSONS, other)


def test_values_keep_their_shape_and_what_names_nobody_its_spelling() -> None:
    row = {"content": f'{{"name": "{NAME}", "number": 1}}', "n": 3, "list": [NAME, None], NAME: "x"}
    assert WHO.value(row) == {
        "content": f'{{"name":"{ERASED}","number":1}}',
        "n": 3,
        "list": [ERASED, None],
        ERASED: "x",
    }
    assert WHO.value('{"a":   1}') == '{"a":   1}'


def test_markup_of_a_form_stays_and_what_is_typed_is_no_markup() -> None:
    xml = f"<a id='{NAME}'><b>{NAME} &amp; &lt;w:br/&gt;</b><c>&#3585; {{{{7*7}}}}</c></a>"
    covered = WHO.xml(xml)
    assert covered == f"<a id='{NAME}'><b>{ERASED} &amp; &lt;w:br/&gt;</b><c>&#3585; {{{{7*7}}}}</c></a>"
