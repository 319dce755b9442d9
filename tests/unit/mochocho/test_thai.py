"""Thai as offices write it, compared with literal tables, and its order of names with ICU's collator."""

import ctypes
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import cache
from importlib.metadata import files
from itertools import pairwise
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mochocho.words.thai import (
    and_,
    be,
    cover_national_ids,
    date_short,
    date_words,
    digits,
    mask_national_id,
    national_id_check_digit,
    normalise,
    sort_key,
    time_words,
    valid_national_id,
)
from tests.needs import absent


class TestDigits:
    @pytest.mark.parametrize(
        ("given_", "wanted"),
        [
            (1234567890, "๑๒๓๔๕๖๗๘๙๐"),
            (-5, "-๕"),
            ("คำสั่งที่ 6459/2567", "คำสั่งที่ ๖๔๕๙/๒๕๖๗"),
            ("ร้อยละ 70.50", "ร้อยละ ๗๐.๕๐"),
            ("๗ แล้ว 8", "๗ แล้ว ๘"),
            ("", ""),
            (
                "โทร 000-000-0000 ส่ง crd57@example.go.th ภายใน 28",
                "โทร ๐๐๐-๐๐๐-๐๐๐๐ ส่ง crd57@example.go.th ภายใน ๒๘",
            ),
            (
                "ดูที่https://example.go.th/2025/04?p=12แล้วตอบ 1 ฉบับ",
                "ดูที่https://example.go.th/2025/04?p=12แล้วตอบ ๑ ฉบับ",
            ),
            ("example.go.th/57 หน้า 2", "example.go.th/57 หน้า ๒"),
            ("LINE ID: 0000123 ปี 2568", "LINE ID: 0000123 ปี ๒๕๖๘"),
            ("ไอดีไลน์ : @57000 ชั้น 3", "ไอดีไลน์ : @57000 ชั้น ๓"),
            ("Line: 57crd", "Line: 57crd"),
            ("ตัวบ่งชี้ L1.2.1 ได้ 5", "ตัวบ่งชี้ L1.2.1 ได้ ๕"),
            ("ปี2568รุ่นCOVID-19", "ปี๒๕๖๘รุ่นCOVID-19"),
        ],
    )
    def test_papers_have_thai_digits_but_addresses_of_the_net_stay(
        self, given_: str | int, wanted: str
    ) -> None:
        assert digits(given_) == wanted

    @given(st.text())
    def test_nothing_but_digits_changes(self, text: str) -> None:
        for before, after in zip(text, digits(text), strict=True):
            assert after == before or int(after) == int(before)

    @given(st.integers())
    def test_a_number_keeps_its_value(self, number: int) -> None:
        assert int(digits(number)) == number
        assert not re.search("[0-9]", digits(number))


class TestDates:
    @pytest.mark.parametrize(
        ("day", "words", "short"),
        [
            (date(2025, 5, 1), "วันพฤหัสบดีที่ ๑ พฤษภาคม ๒๕๖๘", "๑ พ.ค. ๒๕๖๘"),
            (date(2018, 4, 30), "วันจันทร์ที่ ๓๐ เมษายน ๒๕๖๑", "๓๐ เม.ย. ๒๕๖๑"),
            (date(2025, 4, 25), "วันศุกร์ที่ ๒๕ เมษายน ๒๕๖๘", "๒๕ เม.ย. ๒๕๖๘"),
            (date(2021, 7, 21), "วันพุธที่ ๒๑ กรกฎาคม ๒๕๖๔", "๒๑ ก.ค. ๒๕๖๔"),
            (date(2024, 11, 18), "วันจันทร์ที่ ๑๘ พฤศจิกายน ๒๕๖๗", "๑๘ พ.ย. ๒๕๖๗"),
            (date(2024, 2, 29), "วันพฤหัสบดีที่ ๒๙ กุมภาพันธ์ ๒๕๖๗", "๒๙ ก.พ. ๒๕๖๗"),
            (date(2025, 1, 4), "วันเสาร์ที่ ๔ มกราคม ๒๕๖๘", "๔ ม.ค. ๒๕๖๘"),
            (date(2025, 3, 2), "วันอาทิตย์ที่ ๒ มีนาคม ๒๕๖๘", "๒ มี.ค. ๒๕๖๘"),
            (date(2025, 6, 3), "วันอังคารที่ ๓ มิถุนายน ๒๕๖๘", "๓ มิ.ย. ๒๕๖๘"),
            (date(2025, 8, 5), "วันอังคารที่ ๕ สิงหาคม ๒๕๖๘", "๕ ส.ค. ๒๕๖๘"),
            (date(2025, 9, 6), "วันเสาร์ที่ ๖ กันยายน ๒๕๖๘", "๖ ก.ย. ๒๕๖๘"),
            (date(2025, 10, 7), "วันอังคารที่ ๗ ตุลาคม ๒๕๖๘", "๗ ต.ค. ๒๕๖๘"),
            (date(2025, 12, 31), "วันพุธที่ ๓๑ ธันวาคม ๒๕๖๘", "๓๑ ธ.ค. ๒๕๖๘"),
        ],
    )
    def test_words_and_short_form(self, day: date, words: str, short: str) -> None:
        assert date_words(day, weekday=True) == words
        assert date_words(day) == words.partition("ที่ ")[2]
        assert date_short(day) == short

    def test_arabic_digits_where_an_office_wants_them(self) -> None:
        day = date(2025, 5, 1)
        assert date_words(day, thai_digits=False, weekday=True) == "วันพฤหัสบดีที่ 1 พฤษภาคม 2568"
        assert date_short(day, thai_digits=False) == "1 พ.ค. 2568"
        assert time_words("08:30", thai_digits=False) == "08.30"

    def test_year_and_time(self) -> None:
        assert be(2025) == 2568
        assert time_words("09:00") == "๐๙.๐๐"
        assert time_words("14:30") == "๑๔.๓๐"


class TestNormalise:
    @pytest.mark.parametrize(
        ("typed", "wanted"),
        [
            ("น\u0e4d\u0e49า", "น้ำ"),  # NIKHAHIT, tone, AA
            ("น\u0e49\u0e4dา", "น้ำ"),  # tone, NIKHAHIT, AA
            ("น\u0e33\u0e49", "น้ำ"),  # SARA AM, tone
            ("ก\u0e4dา", "กำ"),
            ("ท\u0e48\u0e35", "ที่"),  # the tone typed first
            ("ป\u0e49\u0e31น", "ปั้น"),
            ("ผ\u0e49\u0e39", "ผู้"),
            ("เเม่จัน", "แม่จัน"),
            ("  แม่\u00a0\t จัน\n", "แม่ จัน"),
            ("แม่\u200bจัน\ufeff\u202e\x00", "แม่จัน"),
            ("cafe\u0301", "café"),
            ("พันธ\u0e4c\u0e38 สุขสิทธ\u0e4c\u0e34", "พันธุ์ สุขสิทธิ์"),  # การันต์ before the vowel
            ("โพธ\u0e4c\u0e34", "โพธิ์"),
            ("บริสุทธ\u0e4c\u0e34", "บริสุทธิ์"),
            ("จันทร\u0e4c\u0e4c", "จันทร์"),  # a mark twice
            ("แม\u0e48\u0e48จัน", "แม่จัน"),
            ("ป\u0e34\u0e34น", "ปิน"),
            ("ก\u0e48\u0e47", "ก\u0e47\u0e48"),
            ("ล\u0e34\u0e4d", "ลึ"),  # SARA I and NIKHAHIT are drawn as SARA UE
            ("กว้างขวางน\u0e4d\u0e49\u0e49า", "กว้างขวางน้ำ"),
            ("แม\uf70aจัน", "แม่จัน"),  # marks of old fonts
            ("ป\uf702\uf714\u200b", "ปี้"),
            ("ส\uf70aวนดี", "ส่วนดี"),
            ("\uf70fาติ \uf700าน", "ญาติ ฐาน"),
            ("บ\uf711\uf70aา", "บ่ำ"),
            ("นายป\uf70aอง ทองคำ\uf70e", "นายป่อง ทองคำ์"),
            ("พันธ\uf70e\uf718", "พันธุ์"),
            ("แม่\u034f\u2060จัน\u3164", "แม่จัน"),  # nothing that is seen
            ("\u200b \u200b", ""),
        ],
    )
    def test_one_spelling(self, typed: str, wanted: str) -> None:
        assert normalise(typed) == wanted

    @given(st.text() | st.text(alphabet="กน่้๊๋ัิีุูําำเแ็์๎ฺ \u200b\uf701\uf70a\uf711\uf71a\u034f"))
    @example("\u0e48\u0e4d\u0334")  # marks of another script, which NFC moves between ours
    @example("\u0301\u0e4e\u0e48")
    def test_a_second_time_changes_nothing(self, text: str) -> None:
        once = normalise(text)
        assert normalise(once) == once
        assert once == " ".join(once.split())
        assert not {unicodedata.category(c) for c in once} & {"Cc", "Cf", "Cs"}
        assert unicodedata.is_normalized("NFC", once)

    @given(st.sampled_from(["พันธุ์", "สิทธิ์", "น้ำผึ้ง", "เกี้ยว", "ผู้ใหญ่", "ป๋ำ"]), st.randoms(use_true_random=False))
    def test_marks_in_any_order_come_to_one_spelling(self, word: str, order: Random) -> None:
        def shuffled(stack: re.Match[str]) -> str:
            return "".join(order.sample(stack[0], len(stack[0])))

        assert normalise(re.sub("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]+", shuffled, word)) == word

    @pytest.mark.parametrize("glyph", range(0xF700, 0xF71B))
    def test_no_glyph_of_an_old_font_is_left(self, glyph: int) -> None:
        (letter,) = normalise(f"{chr(glyph)}")
        assert unicodedata.name(letter).startswith("THAI CHARACTER")


# As ICU 78 sorts them for Thai, from left to right.
ORDERED = [
    ["กก", "กา", "ก้า", "กาง", "กำ", "กิ่ง", "กุ", "เกา", "เก่า", "เก้า", "แก", "โก", "ใก้", "ไก่", "ขา"],
    ["ขุนตาล", "เชียงของ", "เชียงแสน", "ดอยหลวง", "เทิง", "ป่าแดด", "พญาเม็งราย", "พาน", "เมืองเชียงราย"],
    ["แม่จัน", "แม่ฟ้าหลวง", "แม่ลาว", "แม่สรวย", "แม่สาย", "เวียงแก่น", "เวียงชัย", "เวียงเชียงรุ้ง", "เวียงป่าเป้า"],
    ["ปลา", "ปลื้ม", "ปา", "ป่า", "ป้า", "ป๊า", "ป๋า", "เปล", "แปล", "ไป"],
    ["รวย", "ริม", "ฤกษ์", "ฤาษี", "ลม", "ลำพูน", "ลี้"],
    ["กลุ่ม 1", "กลุ่ม 12", "กลุ่ม 2", "กลุ่มทอผ้า", "กลุ่ม ทำนา", "กลุ่มเย็บผ้า"],
    ["1", "๒", "3", "ก", "ฮ", "A", "b", "Z"],
    ["กรุงเทพฯ", "กรุงเทพมหานคร", "ต่าง ๆ", "ต่างกัน"],
    ["เก่า", "เก่าๆ", "เก้า", "เก่า ๆ แก่ ๆ"],
    ["กลุ่มผ้าฯ", "กลุ่มผ้า 1", "กลุ่มผ้าฯ 2", "กลุ่มผ้าทอ", "กลุ่มผ้าฯ ไหม", "กลุ่มยา"],
    ["ข้าว", "ข้าว ฯลฯ", "ข้าวสาร"],
    ["฿", "฿5", "1", "ก"],
    ["", "-", "0", "ก"],
    ["บ้านใหม่", "บ้าน-ใหม่ 2", "บ้านใหม่ 3"],
]


class TestSortKey:
    @pytest.mark.parametrize("wanted", ORDERED, ids=lambda names: names[-1])
    def test_dictionary_order(self, wanted: list[str]) -> None:
        names = wanted[::-1]
        names.sort(key=sort_key)
        assert names == wanted

    @pytest.mark.parametrize(
        ("one", "other"), [("แม่ จัน", "แม่จัน"), ("OTOP", "otop"), ("หมู่ ๒", "หมู่ 2"), ("(กลุ่ม)", "กลุ่ม")]
    )
    def test_spaces_punctuation_case_and_kind_of_digit_decide_last(self, one: str, other: str) -> None:
        assert sort_key(one)[:2] == sort_key(other)[:2]
        assert sort_key(one) != sort_key(other)
        later = other + "ก"
        assert max(sort_key(one), sort_key(other)) < sort_key(later)

    @given(st.text(), st.text())
    def test_only_one_spelling_of_a_text_ties(self, one: str, other: str) -> None:
        assert (sort_key(one) == sort_key(other)) == (normalise(one) == normalise(other))


CONSONANTS = [chr(c) for c in range(0x0E01, 0x0E2F)]


@st.composite
def syllables(draw: st.DrawFn) -> str:
    consonant = st.sampled_from(CONSONANTS) | st.sampled_from("กขร")  # few, so that words often begin alike
    lead, first, second = (
        draw(st.sampled_from(["", *"เแโใไ"])),
        draw(consonant),
        draw(st.just("") | consonant),
    )
    vowel, tone = draw(st.sampled_from(["", *"ัิีึืุู"])), draw(st.sampled_from(["", *"่้๊๋็์"]))
    return lead + first + second + vowel + tone + draw(st.sampled_from(["", *"าะำ"]))


words = st.lists(
    syllables()
    | st.sampled_from(["0", "12", "๓", "a", "Bc"])
    | st.sampled_from([" ก", "-ก", ".ข", "ฯ", "ๆ", " ๆ", "ฯลฯ", "ฯ ก", "ๆข", "฿", "๏", "๛", "ฤๅ"]),
    max_size=4,
).map(lambda parts: normalise("".join(parts)))


@cache
def icu_compare() -> Callable[[str, str], int]:
    """ICU's Thai collator (letters and marks, not case) out of the library that icu4py brings."""
    found = {}
    for file in files("icu4py") or ():
        if match := re.match(r"libicu(data|uc|i18n)-\w+\.so\.(\d+)", file.name):
            found[match[1]] = (str(file.locate()), match[2])
    if len(found) < 3:
        absent("icu4py brings no ICU library of its own here")
    data, common, (path, version) = found["data"], found["uc"], found["i18n"]
    for needed in (data, common):
        ctypes.CDLL(needed[0], mode=ctypes.RTLD_GLOBAL)
    icu = ctypes.CDLL(path)
    failed = ctypes.c_int(0)
    opened = getattr(icu, f"ucol_open_{version}")
    opened.restype, opened.argtypes = ctypes.c_void_p, [ctypes.c_char_p, ctypes.POINTER(ctypes.c_int)]
    collator = opened(b"th", ctypes.byref(failed))
    assert failed.value <= 0  # negative is a warning: the same rules under a shorter name
    set_strength = getattr(icu, f"ucol_setStrength_{version}")
    set_strength.argtypes = [ctypes.c_void_p, ctypes.c_int]
    set_strength(collator, 1)  # UCOL_SECONDARY
    compare = getattr(icu, f"ucol_strcoll_{version}")
    text = [ctypes.c_char_p, ctypes.c_int32]
    compare.argtypes = [ctypes.c_void_p, *text, *text]

    def call(one: str, other: str) -> int:
        a, b = one.encode("utf-16-le"), other.encode("utf-16-le")
        return int(compare(collator, a, len(a) // 2, b, len(b) // 2))

    return call


class TestAgainstIcu:
    @pytest.mark.parametrize("wanted", ORDERED, ids=lambda names: names[-1])
    def test_the_literal_orders_are_those_of_icu(self, wanted: list[str]) -> None:
        compare = icu_compare()
        assert all(compare(a, b) <= 0 for a, b in pairwise(wanted))

    @given(words, words)
    def test_any_two_words_come_in_the_order_of_icu(self, one: str, other: str) -> None:
        ours, theirs = sort_key(one)[:2], sort_key(other)[:2]
        assert (ours > theirs) - (ours < theirs) == icu_compare()(one, other)

    @given(words, st.data())
    def test_words_that_differ_in_one_mark_too(self, word: str, data: st.DataObject) -> None:
        at = data.draw(st.integers(0, len(word)))
        other = normalise(word[:at] + data.draw(st.sampled_from("่้๋์ะาเก -ฯๆ฿")) + word[at:])
        if re.search("[ -.ฯๆ฿๏๛][็-์]|[เ-ไ][็-์]", other):
            return  # a mark that stands on nothing; nobody writes it
        ours, theirs = sort_key(word)[:2], sort_key(other)[:2]
        assert (ours > theirs) - (ours < theirs) == icu_compare()(word, other)


class TestNationalId:
    # The sum of the fourth to sixth leaves 0, 1 and 10: there the check digit folds over.
    VALID = (
        "1000000000009",
        "1000000000017",
        "1100000000008",
        "1000100000001",
        "1001000000000",
        "1000010000001",
        "8000000000006",
        "1000000000106",
        "1000000001005",
    )

    @pytest.mark.parametrize("number", VALID)
    def test_the_right_check_digit_alone_is_accepted(self, number: str) -> None:
        accepted = [d for d in "0123456789" if valid_national_id(number[:12] + d)]
        assert accepted == [number[12]] == [national_id_check_digit(number[:12])]

    @given(st.from_regex("[1-8][0-9]{11}", fullmatch=True))
    def test_digits_and_their_weights_add_up(self, first12: str) -> None:
        number = first12 + national_id_check_digit(first12)
        assert valid_national_id(number)
        weighted = sum(int(d) * w for d, w in zip(number, range(13, 0, -1), strict=True))
        assert weighted % 11 in {0, 1}  # 1 where the check digit would have had two digits

    @pytest.mark.parametrize(
        "wrong",
        [
            "",
            "1",
            "0000000000001",
            "9000000000000",
            "100000000000",
            "10000000000090",
            "1-0000-00000-00-9",
            "๑๐๐๐๐๐๐๐๐๐๐๐๙",
            " 1000000000009",
            "1000000000009\n",
            "100000000000x",
            "1000000000008",
        ],
    )
    def test_what_is_no_number_of_a_citizen(self, wrong: str) -> None:
        assert not valid_national_id(wrong)

    def test_mask(self) -> None:
        assert mask_national_id("1000000000106") == "x-xxxx-xxxxx-10-6"
        assert mask_national_id("") == ""

    @given(st.text(min_size=1) | st.from_regex("[0-9]{1,20}", fullmatch=True))
    def test_a_mask_never_shows_more_than_three_digits(self, text: str) -> None:
        shown = re.sub("[^0-9]", "", mask_national_id(text))
        assert shown == (text[10:] if re.fullmatch("[0-9]{13}", text) else "")

    @pytest.mark.parametrize(
        "written",
        [
            *("1000000000121", "1-0000-00000-12-1", "1 0000 00000 12 1", "1.0000.00000.12.1"),
            *("๑๐๐๐๐๐๐๐๐๐๑๒๑", "๑-๐๐๐๐-๐๐๐๐๐-๑๒-๑", "๑.๐๐๐๐.๐๐๐๐๐.๑๒.๑", "1-0000 00000.๑๒-1"),
        ],
    )
    @pytest.mark.parametrize("around", ["{}", "เลข{}ของนายสมมติ", "({}) และ {}"])
    def test_however_an_id_is_written_in_a_text_it_is_covered(self, written: str, around: str) -> None:
        assert cover_national_ids(around.replace("{}", written)) == around.replace("{}", "x-xxxx-xxxxx-xx-x")

    @pytest.mark.parametrize(
        "text",
        [
            *("", "000-000-0000", "100000000012", "10000000001211", "๑10000000001211"),
            *("a1000000000121", "1000000000121b", "1--0000-00000-12-1", "10-000-00000-12-1"),
        ],
    )
    def test_what_is_no_id_is_left_as_it_is(self, text: str) -> None:
        assert cover_national_ids(text) == text


def test_and_stands_close_to_a_thai_word_and_apart_from_what_is_none() -> None:
    for last in ("นายสอง ใจดี", "เอกสาร", "อีก 2 รายการ"):
        assert and_(last) == f"และ{last}"
    for last in ("20 ชุมชน", "๓", "OTOP", "“ไม่ทราบ”", "(ก)"):
        assert and_(last) == f"และ {last}"
