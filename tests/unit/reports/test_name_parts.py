"""Names of groups, networks, communities and places go on in the next line between their parts only."""

from pathlib import Path

import pymupdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mochocho.settings.config import Settings
from mochocho.storage.home import open_home
from reports.single import letter_pages
from reports.typesetting.line_breaks import Breaker, Part, person
from reports.typesetting.never_parted.compounds import letters
from reports.typesetting.never_parted.name_parts import LONGEST_PART
from reports.view.blocks import Block, Form, Kind, Paper
from tests.torn_words import FREQUENT, lines_of, torn, turns

BREAKER = Breaker()
LONG = "วัฒนสุวรรณกิจเจริญทรัพย์ไพศาลโสภณ"


def parts(name: list[Part]) -> list[str]:
    """The name's parts, each as a whole."""
    return ["".join(part) for part in name]


@pytest.mark.parametrize(
    "parted",
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
        "กลุ่ม| |OTOP| |ปลาตะเพียน| |(บ้านหัวแหลม)",
        "กลุ่มสตรีจักสาน| |ต.บ้านกุ่ม",
        "กลุ่มแม่บ้านเกษตรกร|ตำบลบ้านเกาะพัฒนา",
        "กลุ่มสมุนไพรพื้นบ้าน|บ้านเกาะ",
        "เครือข่ายเกษตรกร| |(5 อำเภอ)",
        "ว่าที่ร้อยตรีหญิง| |ดวง| |ณ ตัวอย่าง",
    ],
)
def test_a_name_breaks_between_its_parts_only(parted: str) -> None:
    whole = parted.replace("|", "")
    expected = parted.replace("สตรีหมู่บ้าน", "สตรี|หมู่บ้าน").split("|")
    assert parts(BREAKER.unit(whole)) == expected


@pytest.mark.parametrize("word", [LONG, "ธรรมสอน"])
def test_a_surname_is_one_part(word: str) -> None:
    assert parts(person(f"นายหนึ่ง {word}")) == ["นายหนึ่ง", " ", word]


def test_a_long_part_falls_into_words_a_surname_into_syllables() -> None:
    assert BREAKER.unit("กลุ่มสตรีทอผ้าไหมมัดหมี่บ้านดอน") == [["กลุ่มสตรี", "ทอผ้าไหม", "มัดหมี่"], "บ้านดอน"]
    assert person(LONG) == [["วัฒนสุวรรณ", "กิจเจริญทรัพย์", "ไพศาลโสภณ"]]


@given(st.text("กขบ้านเพื่อและตำบล ลุ่มน้ำ0๑", max_size=90))
def test_nothing_of_a_name_is_lost_and_no_part_is_too_long(name: str) -> None:
    pieces = parts(BREAKER.unit(name))
    assert "".join(pieces).replace(" ", "") == name.replace(" ", "")
    assert all(piece and letters(piece) <= LONGEST_PART for piece in pieces)


def test_names_in_the_tables_of_letters_are_parted_as_names() -> None:
    rows = (
        ("ลำดับ", "ชื่อ", "อำเภอ"),
        ("1", "กลุ่มออมทรัพย์เพื่อการผลิตบ้านทุ่งดาวคำ", "เชียงของ"),
        ("2", f"นางสาวหนึ่ง {LONG}", "พาน"),
    )
    table = BREAKER.boxed(Block(Kind.TABLE, cells=rows))["cells"]
    assert parts(table[1][1]) == ["กลุ่มออมทรัพย์", "เพื่อการผลิต", "บ้านทุ่งดาวคำ"]
    assert parts(table[2][1]) == ["นางสาวหนึ่ง", " ", LONG]


@pytest.mark.parametrize("width", [7, 4])
def test_a_name_in_a_narrow_column_can_be_read(tmp_path: Path, width: int) -> None:
    """As large as 9 points, on lines that end between its parts or words, no compound torn."""
    names = ("กลุ่มสตรีทอผ้าไหมมัดหมี่ย้อมสีธรรมชาติ", f"นายหนึ่ง {LONG}", "ກຸ່ມແມ່ບ້ານກະສິກອນພັດທະນາຊຸມຊົນ", "บ้านดอน")
    rows = tuple((str(i), name, "") for i, name in enumerate(names))
    table = Block(Kind.TABLE, cells=(("ลำดับ", "ชื่อ", "มติ"), *rows), widths=(3, width, 20 - width))
    home = open_home(Settings(home=tmp_path / "home"))
    with pymupdf.open(stream=letter_pages.pdf(home, [Paper("ก", Form.PLAIN, (table,), ("ก",))])) as document:
        (page,) = document
        lines, ends = lines_of(page), list(turns(page))
        said = "".join(page.get_text().split())
    assert [name for name in names if name.replace(" ", "") not in said] == []
    assert [line for line in lines if line.size < 8.9] == []
    assert torn(ends, FREQUENT) == []
