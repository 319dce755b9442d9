"""Comparing names: the same person, asked about, or different."""

import unicodedata
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mochocho.words.people import alike, key, sounds
from mochocho.words.thai import normalise

NAME = "แก้วธาร ผาเพียงดินทอง"
TITLES = [
    *("นาง", "นาง ", "นางสาว", "นางสาว  ", "น.ส.", "น.ส. ", "น.ส ", "นส. ", "นาย", "คุณ"),
    *("ดร.", "ดร. ", "ดร ", "ผศ.", "ผศ.ดร.", "ผศ. ดร. ", "รองศาสตราจารย์ ดร.", "ศ.ดร.", "อาจารย์", "อ."),
    *("ว่าที่ ร.ต.", "ว่าที่ร.ต.", "ว่าที่ร้อยตรี", "ว่าที่ ร.ต.หญิง ", "ว่าที่ร้อยตรีหญิง ", "ว่าที่ พ.ต. ดร."),
    *(
        "พ.ต.อ.",
        "พ.ต.อ. ",
        "พตอ. ",
        "พ.ต.อ.หญิง ",
        "พันตำรวจเอก ",
        "พันตำรวจเอก (หญิง) ",
        "ร.ต.ต.",
        "ด.ต.",
        "ดาบตำรวจ",
    ),
    *(
        "พลฯ",
        "น.อ.",
        "พ.จ.อ.",
        "จ.ต.",
        "พล.อ.ท.",
        "พ.อ.อ.",
        "ส.ต.อ.",
        "อส. ",
        "มว.ต.",
        "ม.ร.ว.",
        "ภก.",
        "ทพญ.",
    ),
    *("พันเอก", "นาวาอากาศโท", "เรือตรี", "จ่าสิบตำรวจ", "พลตำรวจตรี", "หมวดเอก", "หมวดตรี", "ผู้ใหญ่บ้าน"),
    *("จ.ส.อ.", "จ่าสิบเอก", "ส.อ.", "พล.ต.", "นายแพทย์", "นพ.", "พญ.", "ม.ล.", "นาย ว่าที่ ร.ต.", "กำนัน"),
]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_counts_for_nothing(title: str) -> None:
    assert key(f"{title}{NAME}") == key(NAME)


@pytest.mark.parametrize(
    "written",
    [
        "แก้วธารผาเพียงดินทอง",
        " แก้วธาร   ผาเพียงดินทอง ",
        "แก้วธาร ผาเพียง ดินทอง",
        "แก้ว\u200bธาร ผาเพียง\ufeffดินทอง",  # zero-width
        "แก้วธาร-ผาเพียงดินทอง",
        "แก้วธาร (ผาเพียงดินทอง)",
        "เเก้วธาร ผาเพียงดินทอง",  # two SARA E
        "แก้้วธาร ผาเพียงดินทอง",  # a tone mark twice
        "แก\uf70bวธาร ผาเพียงดินทอง",  # a glyph of an old font
        unicodedata.normalize("NFD", NAME),
    ],
)
def test_one_name_in_many_spellings(written: str) -> None:
    assert key(written) == key(NAME)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("นายพันธ์ุ สุขสิทธ์ิ", "พันธุ์ สุขสิทธิ์"),
        ("นายคําปัน น้ํา", "นายคำปัน น้ำ"),
        ("นายบุญ ที่ ๑", "นายบุญ ที่ 1"),
        ("นางสาวิตรี ใจดี", "นางสาวสาวิตรี ใจดี"),
        ("นางสาวิตรี ใจดี", "สาวิตรี ใจดี"),
        ("ว่าที่ร้อยตรีหญิงสมใจ ใจดี", "นางสาวสมใจ ใจดี"),
        ("ร.ต.อ.หญิงสมใจ ใจดี", "สมใจ ใจดี"),
        ("Mr. John  SMITH", "john smith"),
        ("กลุ่มทอผ้า บ้านดอนธาร", "กลุ่มทอผ้าบ้านดอนธาร"),
        ("กลุ่มทอผ้า “บ้านดอนธาร”", "กลุ่มทอผ้าบ้านดอนธาร"),
    ],
)
def test_the_same_for_whatever_looks_alike(one: str, other: str) -> None:
    assert key(one) == key(other)
    assert not alike(key(one), key(other))


@pytest.mark.parametrize("name", ["นายิกา ใจดี", "ดรุณี ใจดี", "อรุณ ใจดี", "คุณากร ใจดี", "นวลนาง ใจดี", "สมหญิง"])
def test_a_name_that_begins_like_a_title_stays_whole(name: str) -> None:
    assert key(name) == name.replace(" ", "")
    assert key(f"นางสาว{name}") == key(name)


@pytest.mark.parametrize("name", ["", " ", "นาย", "ดร.", "...", "\u200b"])
def test_no_name_has_a_key_of_somebody(name: str) -> None:
    assert key(name) in {"", "นาย", "ดร"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("แก้วธาร ผาเพียงดินทอง", "แก้วธาน ผาเพียงดินทอง"),
        ("แก้วธาร ผาเพียงดินทอง", "แก้วธาร ผาเพีงดินทอง"),
        ("แก้วธาร ผาเพียงดินทอง", "แก้วธาร ผาเพียงดินทองง"),
        ("แก้วธาร ผาเพียงดินทอง", "แก้วธาร ผาเพยีงดินทอง"),
        ("สมชาย ใจดี", "สมชาย ใจดิ"),
        ("สุขสันต์ รักษ์ไทย", "สุขสัน รักษ์ไทย"),
        ("ดรสมชาย ใจดีมาก", "สมชาย ใจดีมาก"),
    ],
)
def test_what_is_asked(one: str, other: str) -> None:
    assert alike(key(one), key(other))
    assert alike(key(other), key(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("แก้วธาร ผาเพียงดินทอง", "แก้วธาร ศรีสุข"),
        ("กรรมการ 1", "กรรมการ 2"),
        ("กลุ่มแม่บ้านหมู่ 3", "กลุ่มแม่บ้านหมู่ ๔"),
        ("ก", "ข"),
        ("ปัน", "ปอน"),
        ("", "ก"),
    ],
)
def test_what_is_not(one: str, other: str) -> None:
    assert not alike(key(one), key(other))


@given(st.text(max_size=30))
def test_the_spelling_that_is_stored_has_the_same_key(name: str) -> None:
    assert key(normalise(name)) == key(name)


@given(st.sampled_from(TITLES), st.randoms(use_true_random=False))
def test_spaces_between_words_never_matter(title: str, random: Random) -> None:
    spaced = "".join(f"{c} " if random.random() < 0.2 and not unicodedata.combining(c) else c for c in NAME)
    assert key(f"{title}{spaced}") == key(NAME)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("กลุ่มทอผ้าบ้านดอนธาร", "กลุ่มทอผ้าบ้านดอนทาร"),
        ("นายวิชัย ใจดีมาก", "นายวิไชย ใจดีมาก"),
    ],
)
def test_names_of_one_sound_have_the_same_consonants(one: str, other: str) -> None:
    assert sounds(key(one)) == sounds(key(other))
    assert alike(key(one), key(other))


def distance(one: str, other: str) -> int:
    """Letters added, removed, changed or swapped with the next, told plainly and slowly."""
    if not one or not other:
        return len(one) + len(other)
    ways = [
        distance(one[1:], other) + 1,
        distance(one, other[1:]) + 1,
        distance(one[1:], other[1:]) + (one[0] != other[0]),
    ]
    if len(one) > 1 and len(other) > 1 and (one[0], one[1]) == (other[1], other[0]):
        ways.append(distance(one[2:], other[2:]) + 1)
    return min(ways)


@given(st.text("กขค", min_size=4, max_size=7), st.text("กขค", min_size=4, max_size=7))
@example("กขคก", "ขกคก")
@example("กขคกข", "ขกคกข")
@example("กกขคก", "กกคขก")
@example("กขคกขค", "กขคกคข")
def test_one_edit_in_five_letters_is_asked(one: str, other: str) -> None:
    asked = one != other and distance(one, other) <= min(len(one), len(other)) // 5
    assert alike(one, other) is asked


@pytest.mark.parametrize(("edits", "asked"), [(1, True), (2, True), (3, False)])
def test_two_edits_at_most_in_a_long_name(edits: int, asked: bool) -> None:
    name = "กขคงจฉชซญดตถทธน"
    assert alike(name, name[:-edits] + "ม" * edits) is asked
    assert alike(name, name[edits:]) is asked


def test_a_second_civil_title_is_a_name() -> None:
    assert key("นางนางน้อย ใจดี") == key("นางสาวนางน้อย ใจดี") != key("นางน้อย ใจดี")


def test_consonants_of_other_names_differ() -> None:
    assert sounds(key("นายสมชาย ใจดี")) != sounds(key("นายบุญมี ใจดี"))
    assert sounds(key("Somchai")) == "somchai"
