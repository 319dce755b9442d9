"""The officers' phone papers: the setup sheet without a secret, the sealed sheet with one."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pymupdf
import pytest

from mochocho.settings.config import Papers, Settings
from mochocho.storage.home import Home, open_home
from mochocho.words.errors import Terminal
from reports.single import phone_papers
from reports.view import phone_sheets
from reports.view.phone_sheets import Posting
from reports.view.printed_words import Words
from sync.openrosa import qr
from tests import qr_reader

FORMS = ("ใบสมัคร มชช. 2568", "แผนพัฒนาตนเอง มชช. 2568", "แบบตรวจประเมินภาคสนาม มชช. 2568")
URL = "http://office-pc.local:8420/key/not-a-real-token-not-a-real-token-not-a-rea"
POSTING = Posting(
    name="นางสาวสมหญิง ตัวอย่าง",
    districts=("แม่จัน", "เวียงชัย"),
    province="เชียงราย",
    project="มชช. เชียงราย",
    server="http://office-pc.local:8420",
    reach="name",
    autosend="wifi_only",
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return open_home(Settings(home=tmp_path / "home"))


def everywhere(home: Home) -> Posting:
    """The longest that can stand on a sheet: every district, a long name and address."""
    districts = tuple(district.name_th for district in home.province.districts)
    name = "ว่าที่ร้อยตรีหญิง " + "สมหญิงยิ่งยวดนามยาว ณ ตัวอย่างนามสกุลยาวมาก"
    return replace(POSTING, name=name, districts=districts, server=f"https://{'forms.' * 9}example.go.th")


def words(pdf: bytes) -> str:
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        assert len(document) == 1
        return re.sub(r"\s", "", document[0].get_text())


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_setup_sheet_says_the_five_steps_for_this_officer(home: Home) -> None:
    said = words(phone_papers.setup(home, POSTING, FORMS))
    view = phone_sheets.setup(POSTING, FORMS, Words(thai_digits=True))
    assert [step.title for step in view.steps] == [
        "ติดตั้งแอป",
        "เริ่มตั้งค่า",
        "สแกน QR ของท่าน",
        "ดูว่าแบบมาครบ",
        "กรอกแล้วส่ง",
    ]
    for text in (POSTING.name, POSTING.server, "แม่จันและเวียงชัย", *FORMS, *view.notes, "รอจนครบ ๓ แบบ"):
        assert squeezed(text) in said, text
    for step in view.steps:
        assert squeezed(step.title) in said
        assert squeezed(step.text) in said
    assert "\u25cc" not in said  # a mark without its letter


def test_the_setup_sheet_can_lie_on_any_desk(home: Home) -> None:
    assert "/key/" not in words(phone_papers.setup(home, POSTING, FORMS))
    with pytest.raises(ValueError, match="not enough values"):
        qr_reader.text_in(qr_reader.page_of(phone_papers.setup(home, POSTING, FORMS)))


@pytest.mark.parametrize("reach", phone_sheets.NETWORK)
def test_the_sheets_say_which_network_the_phone_needs(home: Home, reach: str) -> None:
    posting = replace(POSTING, reach=reach)
    wanted = squeezed(phone_sheets.NETWORK[reach])
    assert wanted in words(phone_papers.setup(home, posting, FORMS))
    assert wanted in words(phone_papers.sealed(home, posting, qr.svg(qr.settings(URL, "มชช."))))


def test_a_phone_that_sends_nothing_by_itself_has_another_button(home: Home) -> None:
    said = words(phone_papers.setup(home, replace(POSTING, autosend="off"), FORMS))
    assert "แตะFinalize" in said
    assert "ออกไปเอง" not in said


def test_the_sealed_sheet_is_read_by_a_camera_and_not_by_a_search(home: Home) -> None:
    pdf = phone_papers.sealed(home, POSTING, qr.svg(qr.settings(URL, POSTING.project)))
    told = qr_reader.settings_in(qr_reader.text_in(qr_reader.page_of(pdf)))
    assert told["general"]["server_url"] == URL
    said = words(pdf)
    assert said.count("เฉพาะผู้รับห้ามเปิดเผย") == 2
    assert squeezed(POSTING.name) in said
    assert "/key/" not in said


def test_the_code_lies_in_the_middle_third_alone_with_the_pattern_on_both_sides(home: Home) -> None:
    page = qr_reader.page_of(phone_papers.sealed(home, POSTING, qr.svg(qr.settings(URL, "มชช."))))
    third = page.height // 3
    assert qr_reader.text_in(page.crop((0, third, page.width, 2 * third)))
    left = page.width * 4 // 10
    for top in (0, 2 * third):  # what is folded over the code's side is inked throughout
        beside = page.crop((0, top, left, top + third - 8))
        darkest = beside.reduce(page.width // 60).tobytes()
        assert max(darkest) < 250


@pytest.mark.parametrize("thai_digits", [True, False])
def test_the_longest_still_stands_on_one_page(tmp_path: Path, thai_digits: bool) -> None:
    home = open_home(Settings(home=tmp_path / "home", papers=Papers(thai_digits=thai_digits)))
    posting = replace(everywhere(home), reach="hotspot")
    said = words(phone_papers.setup(home, posting, (*FORMS, *FORMS)))
    assert squeezed(posting.name) in said
    assert "อีก14อำเภอ" in said.replace("๑๔", "14")
    pdf = phone_papers.sealed(
        home, posting, qr.svg(qr.settings(f"{posting.server}/key/{'Xy9_' * 10}", "มชช."))
    )
    assert "อีก14อำเภอ" in words(pdf).replace("๑๔", "14")
    qr_reader.text_in(qr_reader.page_of(pdf))


@pytest.mark.parametrize(
    "family", ["ตัวอย่าง", "ตัวอย่างนามสกุลยาวมากไพศาล ณ ตัวอย่าง พัฒนากรอำเภอแม่จันและอำเภอเวียงชัย"]
)
def test_no_line_beside_the_code_lies_on_another_however_long_the_name(home: Home, family: str) -> None:
    posting = replace(POSTING, name=f"ว่าที่ร้อยตรีหญิง สมหญิงยิ่งยวดนามยาว {family}", reach="hotspot")
    pdf = phone_papers.sealed(home, posting, qr.svg(qr.settings(URL, "มชช.")))
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        lines = sorted(
            span["origin"][1]
            for block in document[0].get_text("dict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
            if 281 < span["origin"][1] < 561 and span["text"].strip()
        )  # of the middle third
    gaps = [below - above for above, below in pairwise(lines) if below - above > 1]
    assert min(gaps) > 9, "points between the feet of two lines"


def test_nothing_is_kept_in_the_home(home: Home) -> None:
    before = sorted(home.settings.home.rglob("*"))
    phone_papers.sealed(home, POSTING, qr.svg(qr.settings(URL, "มชช.")))
    assert sorted(home.settings.home.rglob("*")) == before


def test_the_same_officer_gives_the_same_bytes(home: Home) -> None:
    assert phone_papers.setup(home, POSTING, FORMS) == phone_papers.setup(home, POSTING, FORMS)


def test_an_offices_font_that_is_not_there_is_said(tmp_path: Path) -> None:
    papers = Papers(font_dir=tmp_path, font_family="TH SarabunPSK")
    home = open_home(Settings(home=tmp_path / "home", papers=papers))
    with pytest.raises(Terminal, match="TH SarabunPSK"):
        phone_papers.setup(home, POSTING, FORMS)
