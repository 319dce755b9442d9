"""A low table keeps on one page with its heading: no row of it stands alone before or after the rest."""

from pathlib import Path

import pymupdf

from mochocho.settings.config import Settings
from mochocho.storage.home import open_home
from reports.single import letter_pages
from reports.view.blocks import Block, Form, Kind, Paper

HEADING, ROW = "หลักฐานของผู้สมัคร", "เอกสารที่"
LOW = (
    Block(Kind.ITEM, HEADING),
    Block(Kind.TABLE, cells=(("ลำดับ", "เอกสาร"), *((str(i), f"{ROW} {i}") for i in range(5))), lines=2),
    *(Block(Kind.DASH, "ต่อจากตาราง"),) * 40,
)


def test_the_end_of_a_page_parts_no_low_table(tmp_path: Path) -> None:
    home = open_home(Settings(home=tmp_path / "home"))
    papers = [
        Paper("ก", Form.PLAIN, (*(Block(Kind.DASH, "ก่อน"),) * n, *LOW), ("ก",)) for n in range(24, 44, 2)
    ]
    with pymupdf.open(stream=letter_pages.pdf(home, papers)) as document:
        said = [page.get_text() for page in document]
    assert [(page.count(HEADING), page.count(ROW)) for page in said if ROW in page] == [(1, 5)] * len(papers)
    assert len({page.index(HEADING) < 20 for page in said if ROW in page}) == 2, (
        "some begin a page, some do not"
    )
