"""Names of groups, networks, communities and places go on in the next line between their parts only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.typesetting.line_breaks import Breaker, person
from reports.typesetting.never_parted.compounds import letters
from reports.typesetting.never_parted.name_parts import LONGEST_PART
from reports.view.blocks import Block, Kind

BREAKER = Breaker()


@pytest.mark.parametrize(
    "parts",
    [
        "กลุ่มแม่บ้านเกษตรกร|บ้านเหล่าฝนแก้ว",
        "ชุมชน|บ้านต้นธารแก้วใส",
        "กลุ่มออมทรัพย์|เพื่อการผลิต|บ้านทุ่งดาวคำ",
        "เครือข่ายผู้ผลิตผ้าทอ|ลุ่มน้ำหนองธารเมฆ",
        "เครือข่ายกองทุนชุมชน|ตำบลแม่คำ",
        "กลุ่มทอผ้า|บ้านวังฝนแก้ว| |หมู่ที่ 12",
        "กลุ่มออมทรัพย์สตรีหมู่บ้าน| |ห้วยไคร้",
        "กลุ่มชาวบ้านเพื่อนบ้าน|ตำบลดงมะดะ",
        "เครือข่ายองค์กรชุมชน|เพื่อการอนุรักษ์ทรัพยากรธรรมชาติ|และสิ่งแวดล้อม|ลุ่มน้ำแม่ลาวตอนบน",
        "ตำบลจอมสวรรค์| |หมู่ที่ 12| |บ้านม่อนเดือนหงาย",
    ],
)
def test_a_name_breaks_between_its_parts_only(parts: str) -> None:
    whole = parts.replace("|", "")
    expected = parts.replace("สตรีหมู่บ้าน", "สตรี|หมู่บ้าน").split("|")
    assert BREAKER.unit(whole) == expected


@pytest.mark.parametrize("word", ["วัฒนสุวรรณกิจเจริญทรัพย์ไพศาลโสภณ", "ธรรมสอน"])
def test_a_surname_is_whole_however_narrow_its_column(word: str) -> None:
    assert person(f"นายหนึ่ง {word}") == ["นายหนึ่ง", " ", word]


@given(st.text("กขบ้านเพื่อและตำบล ลุ่มน้ำ0๑", max_size=90))
def test_nothing_of_a_name_is_lost_and_no_part_is_too_long(name: str) -> None:
    pieces = BREAKER.unit(name)
    assert "".join(pieces).replace(" ", "") == name.replace(" ", "")
    assert all(piece and letters(piece) <= LONGEST_PART for piece in pieces)


def test_names_in_the_tables_of_letters_are_parted_as_names() -> None:
    rows = (
        ("ลำดับ", "ชื่อ", "อำเภอ"),
        ("1", "กลุ่มออมทรัพย์เพื่อการผลิตบ้านทุ่งดาวคำ", "เชียงของ"),
        ("2", "นางสาวหนึ่ง วัฒนสุวรรณกิจเจริญทรัพย์ไพศาลโสภณ", "พาน"),
    )
    table = BREAKER.boxed(Block(Kind.TABLE, cells=rows))["cells"]
    assert table[1][1] == ["กลุ่มออมทรัพย์", "เพื่อการผลิต", "บ้านทุ่งดาวคำ"]
    assert table[2][1] == ["นางสาวหนึ่ง", " ", "วัฒนสุวรรณกิจเจริญทรัพย์ไพศาลโสภณ"]
