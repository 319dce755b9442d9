"""Whether a text names a person, however numbers and names are typed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mochocho.words.errors import Terminal
from processing.persons.sought_person import By, Certainty, Hit, Sought, hits, hits_in_value, sought

ID = "1000012345679"
TELEPHONE = "0000000012"
NAME = "นางสาวกาญจนา ใจดีงาม"
PERSON = sought(ID, TELEPHONE, NAME)
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def kinds(text: str, person: Sought = PERSON) -> set[tuple[By, Certainty]]:
    return {(hit.by, hit.certainty) for hit in hits(person, text)}


@given(st.lists(st.sampled_from(["", "-", " ", " - "]), min_size=12, max_size=12), st.booleans())
def test_a_number_is_found_however_it_is_typed(between: list[str], thai: bool) -> None:
    typed = "".join(digit + gap for digit, gap in zip(ID, [*between, ""], strict=True))
    text = f"บัตร {typed.translate(THAI) if thai else typed} ออกให้"
    assert kinds(text) == {(By.NATIONAL_ID, Certainty.SAME)}


@pytest.mark.parametrize(
    "typed",
    ["0000000012", "000-000-0012", "๐๐๐ ๐๐๐ ๐๐๑๒", "+66 00-000-0012", "66(0)000000012", "โทร.0000000012"],
)
def test_a_telephone_is_found_from_abroad_too(typed: str) -> None:
    assert kinds(typed) == {(By.TELEPHONE, Certainty.SAME)}


@pytest.mark.parametrize("typed", [f"9{ID}", f"{ID}0", ID[:-1], "000000001", "00000000121", ""])
def test_a_longer_or_shorter_number_is_another(typed: str) -> None:
    assert kinds(typed) == set()


@pytest.mark.parametrize(
    "typed",
    ["กาญจนา ใจดีงาม", "น.ส.กาญจนาใจดีงาม", "ดร. กาญจนา  ใจดีงาม", "กาญ\u200bจนา ใจดีงาม", "นางกาญจนา ใจดีีงาม"],
)
def test_a_name_is_the_same_in_another_spelling(typed: str) -> None:
    assert hits(PERSON, typed) == (Hit(By.NAME, Certainty.SAME, typed),)


def test_a_name_is_found_inside_a_text_and_a_misspelt_one_is_asked_about() -> None:
    assert kinds("ที่ประชุมรับทราบว่า นางกาญจนา ใจดีงาม ลาประชุม") == {(By.NAME, Certainty.WITHIN)}
    assert kinds("เหตุผล " * 200 + NAME) == {(By.NAME, Certainty.WITHIN)}
    assert kinds("นางสาวกาญจนา ใจดีงาน") == {(By.NAME, Certainty.NEAR)}
    assert kinds("นางสาวสมศรี ใจดีงาม") == kinds("กลุ่มทอผ้าบ้านใจดี") == set()


@given(st.text(max_size=60))
def test_no_text_breaks_the_search_and_a_text_with_the_person_is_found(text: str) -> None:
    hits(PERSON, text)
    assert (By.KEY, Certainty.SAME) in kinds(f"{text}ab-1{text}", Sought(key="AB-1"))
    assert By.NAME in {by for by, _ in kinds(f"{text}\n{NAME}\n{text}")}


def test_every_text_of_a_stored_value_is_read_keys_and_json_in_a_text_too() -> None:
    value = {"a": [{"b": NAME}, 7, None, True], NAME: {"c": json.dumps({"reason": ID})}, "d": f"[{ID}"}
    assert [(path, hit.by) for path, hit in hits_in_value(PERSON, value)] == [
        ("a.b", By.NAME),
        ("", By.NAME),
        (f"{NAME}.c.reason", By.NATIONAL_ID),
        ("d", By.NATIONAL_ID),
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "อย่างน้อยหนึ่งอย่าง"),
        ({"national_id": "1234"}, "13 หลัก"),
        ({"telephone": "12345"}, "ขึ้นต้นด้วย 0"),
        ({"name": "นายมี"}, "สั้นเกินกว่าจะค้นได้"),
    ],
)
def test_what_cannot_be_searched_for_is_refused(typed: dict[str, str], said: str) -> None:
    with pytest.raises(Terminal) as refused:
        sought(**typed)
    assert said in refused.value.th
