"""The last page of แนบ ๔, of who is not presented and of who is certified is at least a third full."""

from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest

from mochocho.settings.config import Settings
from mochocho.storage.home import open_home
from mochocho.words.places import Province
from reports.packet.volumes import books
from reports.single import letter_pages
from reports.typesetting.fonts import face
from reports.typesetting.printing import Printer, whole_names
from reports.typesetting.typesetter import Typesetter
from reports.view.blocks import Block, Form, Kind, Paper, Signature
from reports.view.printed_words import Words
from tests.unit.reports.bound_sheets import as_bound
from tests.unit.reports.made_cases import TYPES, Cases, arranged, blocking, occasion, of, pack_of

PROVINCE = Province.named("ลำพูน")
A_THIRD = (2.5 + 25.2 / 3) / 29.7  # of the height of a page, from its top


@pytest.fixture(scope="module")
def typesetter(tmp_path_factory: pytest.TempPathFactory) -> Typesetter:
    folder = tmp_path_factory.mktemp("lists")
    return Typesetter(folder / "store", folder / "cache", face(None, ""), thai_digits=True)


def listed(typesetter: Typesetter, paper: str, units: int) -> pymupdf.Document:
    """The list of so many units that passed, or that were held back."""
    cases = [
        Cases(PROVINCE).case(
            "ลี้", TYPES[no % 4], no, passed=paper == "names", findings=[blocking("ขาดใบสมัคร")]
        )
        for no in range(units)
    ]
    (book,) = books(arranged(cases, PROVINCE, ()), pack_of, occasion(), None)
    (part,) = (part for part in book.parts if part.paper == paper)
    sheet = Printer(typesetter, whole_names(PROVINCE)).sheet(part, of(cases, part.keys))
    return as_bound(typesetter, sheet)


@pytest.mark.parametrize(
    ("paper", "units", "pages"), [("names", 14, 1), ("names", 15, 2), ("blocked", 17, 1), ("blocked", 19, 2)]
)
def test_a_page_that_would_hold_next_to_nothing_is_joined_or_filled(
    typesetter: Typesetter, paper: str, units: int, pages: int
) -> None:
    """Closed up where that takes it in, loosened where it does not; no unit is lost."""
    with listed(typesetter, paper, units) as document:
        last = document[-1]
        assert len(document) == pages
        assert pages == 1 or max(block[3] for block in last.get_text("blocks")) / last.rect.height > A_THIRD
        assert Words().text(units) in last.get_text().split()


@pytest.mark.parametrize(("units", "pages"), [(36, 1), (42, 2)])
def test_so_is_the_list_behind_an_announcement(tmp_path: Path, units: int, pages: int) -> None:
    home = open_home(Settings(home=tmp_path / "home"))
    rows = tuple((str(no), f"นายหนึ่ง ตัวอย่าง{no}") for no in range(1, units + 1))
    listed = Paper("ก", Form.ANNOUNCEMENT, (Block(Kind.TABLE, cells=(("ลำดับ", "ชื่อ"), *rows)),), ("บัญชีรายชื่อ",))
    signed = replace(listed, blocks=listed.blocks[:1], signatures=(Signature("", ()),))
    with pymupdf.open(stream=letter_pages.pdf(home, [signed, listed])) as document:
        begins = [page.number for page in document if "บัญชีรายชื่อ" in page.get_text()]
        last = document[-1]
        assert len(document) - begins[-1] == pages
        assert pages == 1 or max(block[3] for block in last.get_text("blocks")) / last.rect.height > A_THIRD
