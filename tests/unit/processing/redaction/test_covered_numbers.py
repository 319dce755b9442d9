"""What people typed keeps no number of a person, and every other number."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mochocho.words.thai import digits, national_id_check_digit
from processing.redaction.covered_numbers import COVERED, cover_numbers

BETWEEN = st.sampled_from(["", "-", " ", ".", "–", " - ", "\u200b", "\u2060", "\u00a0", "/", "\n"])
AROUND = st.sampled_from(["", "โทร", "คุณ ", "ok ", "(", "x", "ติดต่อ: ", "ข้อ 1 ", "หมู่ 12 "])


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """A national ID or a telephone number in any groups, with anything between them, in any digits."""
    twelve = "10000" + "".join(draw(st.lists(st.sampled_from("0123456789"), min_size=7, max_size=7)))
    call = draw(st.sampled_from(["0000", "00000"])) + twelve[-5:]
    number = draw(st.sampled_from([twelve + national_id_check_digit(twelve), call]))
    written = number[0]
    for digit in number[1:]:
        written += draw(BETWEEN) + digit
    written = (
        written.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
        if draw(st.booleans())
        else written
    )
    return digits(written) if draw(st.booleans()) else written


@given(numbers(), AROUND, AROUND)
def test_a_number_of_a_person_is_covered_however_it_is_written(number: str, before: str, after: str) -> None:
    covered = cover_numbers(f"{before}{number}{after}")
    assert COVERED in covered
    left = re.sub(r"\D", "", covered.replace(before, "", 1).replace(after, ""))
    assert len(left) <= 3, covered  # of what stood around it
    assert cover_numbers(covered) == covered


@pytest.mark.parametrize(
    "text",
    [
        "วันที่ 01-05-2568 09.30 น. ถึง 1/5/2568 เวลา 09.00 - 12.00 13.00 น.",
        "ที่ นว 0019/ว 1234 ลงวันที่ 5 มีนาคม พ.ศ. 2568",
        "ได้ 56.33 จาก 75 คะแนน (ร้อยละ 75.11) ปี 2566 2567 2568",
        "สมาชิก 1,234,567 คน งบประมาณ 12,500,000.50 บาท",
        "หมู่ที่ 12 ตำบลแม่คำ รหัส 57150",
    ],
)
def test_every_other_number_stays(text: str) -> None:
    assert cover_numbers(text) == text
    assert cover_numbers(digits(text)) == digits(text)


@pytest.mark.parametrize(
    "key", ["01234567-8901-4012-8345-678901234567", "01234567-8901-4012-", "8345-678901234567"]
)
def test_an_applicants_key_stays_as_its_code_says_it(key: str) -> None:
    assert cover_numbers(key) == key


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("โทร (053) 000-000 ต่อ 12", f"โทร {COVERED} ต่อ 12"),
        ("โทร +66 00 000 0000, 0000000001", f"โทร {COVERED}, {COVERED}"),
        ("เลข x-xxxx-xxxxx-12-3", f"เลข {COVERED}"),
        ("บัญชี 1234567890", f"บัญชี {COVERED}"),
        ("ข้อ 1 1-0000-00000-00-9", f"ข้อ {COVERED}"),
    ],
)
def test_numbers_are_covered_whole_with_what_opens_them(text: str, left: str) -> None:
    assert cover_numbers(text) == left
