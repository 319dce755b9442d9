"""A low table keeps on one page with its heading; of a higher one no row stands alone."""

from collections.abc import Sequence

import pymupdf
import pytest

from mochocho.settings.config import Settings
from mochocho.storage.home import Home, open_home
from reports.single import letter_pages
from reports.view.blocks import Block, Form, Kind, Paper, Signature

HEADING, ROW = "หลักฐานของผู้สมัคร", "เอกสารที่"
SIGNED = (Signature("(นายลงนาม ตัวอย่าง)", ()),)  # minutes that are signed keep their rows as they stand


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return open_home(Settings(home=tmp_path_factory.mktemp("low") / "home"))


def pages(home: Home, rows: Sequence[str], befores: Sequence[int]) -> list[str]:
    """What the pages say that have the heading or rows of a table that stands behind so many lines."""
    table = Block(
        Kind.TABLE, cells=(("ลำดับ", "เอกสาร"), *((str(i), one) for i, one in enumerate(rows))), lines=2
    )
    end = (Block(Kind.DASH, "ต่อจากตาราง"),) * 40
    papers = [
        Paper(
            "ก",
            Form.MEETING,
            (*(Block(Kind.DASH, "ก่อน"),) * n, Block(Kind.ITEM, HEADING), table, *end),
            ("ก",),
            signatures=SIGNED,
        )
        for n in befores
    ]
    with pymupdf.open(stream=letter_pages.pdf(home, papers)) as document:
        return [said for page in document if ROW in (said := page.get_text()) or HEADING in said]


def test_the_end_of_a_page_parts_no_low_table(home: Home) -> None:
    befores = range(24, 44, 2)
    said = pages(home, [f"{ROW} {i}" for i in range(5)], befores)
    assert [(page.count(HEADING), page.count(ROW)) for page in said] == [(1, 5)] * len(befores)
    assert len({page.index(HEADING) < 20 for page in said}) == 2, "some begin a page, some do not"


def test_no_row_of_a_higher_table_stands_alone(home: Home) -> None:
    """So that the page before is not left as empty as the table is high."""
    befores = range(24, 38, 2)
    said = pages(home, [f"{ROW} {i}" for i in range(7)], befores)
    assert sum(page.count(ROW) for page in said) == 7 * len(befores)
    assert {page.count(ROW) for page in said if HEADING in page} == {2, 3, 4, 5, 7}
    assert min(page.count(ROW) for page in said) == 2


def test_the_steps_of_the_programme_stand_on_one_page_with_what_introduces_them(home: Home) -> None:
    steps = Block(Kind.STEPS, cells=(("เตรียมการ", "ประชาสัมพันธ์", "(พ.ย.)"), ("พัฒนา", "ลงมือพัฒนา", "(ม.ค.)")))
    befores, end = range(30, 44), (Block(Kind.DASH, "ต่อจากตาราง"),) * 20
    papers = [
        Paper(
            "ก",
            Form.MEETING,
            (*(Block(Kind.DASH, "ก่อน"),) * n, Block(Kind.PARAGRAPH, HEADING), steps, *end),
            signatures=SIGNED,
        )
        for n in befores
    ]
    with pymupdf.open(stream=letter_pages.pdf(home, papers)) as document:
        said = [text for page in document if HEADING in (text := page.get_text()) or "(พ.ย.)" in text]
    assert [(page.count(HEADING), page.count("เตรียมการ"), page.count("(พ.ย.)")) for page in said] == [
        (1, 1, 1)
    ] * len(befores)
    assert len({page.index(HEADING) < 20 for page in said}) == 2, "some begin a page, some do not"


def test_numbers_stand_in_the_middle_of_their_column(home: Home) -> None:
    rows = (("พาน", "4", "82.50"), ("เมืองตัวอย่าง", "12", "-"))
    table = Block(Kind.TABLE, cells=(("อำเภอ", "รวม", "ร้อยละ"), *rows))
    with pymupdf.open(stream=letter_pages.pdf(home, [Paper("ก", Form.PLAIN, (table,))])) as document:
        middles = {word[4]: round((word[0] + word[2]) / 2) for word in document[0].get_text("words")}
    assert middles["4"] == middles["12"] == middles["รวม"]
    assert middles["82.50"] == middles["-"] == middles["ร้อยละ"]
    assert middles["พาน"] < middles["เมืองตัวอย่าง"]


RESOLVED = (Block(Kind.RESOLUTION, "มติที่ประชุม"), Block(Kind.PARAGRAPH, "รับทราบ"))
OPENED = (Block(Kind.PARAGRAPH, "ดำเนินการ ดังนี้"), Block(Kind.DASH, "ข้อแรก"))
NOTED = (
    Block(Kind.TABLE, cells=(("ลำดับ", "ชื่อ"), *((str(i), "นายแถว") for i in range(20)))),
    Block(Kind.PARAGRAPH, "ไม่ประสงค์ให้เผยแพร่ชื่อ"),
)


@pytest.mark.parametrize(
    ("blocks", "first", "second"),
    [
        (RESOLVED, "มติที่ประชุม", "รับทราบ"),
        (OPENED, "ดำเนินการ", "ข้อแรก"),
        (NOTED, "นายแถว", "ไม่ประสงค์"),
    ],
    ids=["resolution", "opening", "note"],
)
def test_no_page_parts_what_opens_from_what_follows(
    home: Home, blocks: tuple[Block, ...], first: str, second: str
) -> None:
    """A resolution from its heading, a list from what introduces it, a note from its table's last row."""
    filler, end = Block(Kind.CENTRE, "ก่อน"), (Block(Kind.CENTRE, "ต่อ"),) * 10
    papers = [
        Paper("ก", Form.MEETING, ((filler,) * n + blocks + end), ("ก",), signatures=SIGNED)
        for n in range(12, 44)
    ]
    with pymupdf.open(stream=letter_pages.pdf(home, papers)) as document:
        said = [text for page in document if second in (text := page.get_text())]
    assert len(said) == len(papers)
    assert all(first in page for page in said)
    assert len({page.index(first) < 20 for page in said}) == 2, "some begin a page, some do not"
