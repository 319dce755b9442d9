"""The correction slip: its text for LINE, its paper, and the code on it."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pymupdf
import pytest
from PIL import Image

from mochocho.settings.config import Settings
from mochocho.storage.home import Home, open_home
from mochocho.words.model import ApplicantType, DocumentAnswer, Gate, Outcome
from processing.assessment.evaluate import Inputs
from processing.decisions.decided import Decided
from reports.notices.slip import To, slip, slip_text
from reports.single import small_paper
from reports.single.small_paper import code
from reports.view.printed_words import Words
from tests import qr_reader
from tests.pins.applicants import resolution
from tests.unit.reports.made_inputs import LEADER, TH, inputs, pages, said, yes

KEY = "10000000-0000-4000-8000-000000000001"
TO = To(KEY, "นางสมหญิง ตัวอย่าง", ApplicantType.LEADER, "เมืองเชียงราย", "เชียงราย", date(2025, 5, 1))
LINK = "https://central.example/f/" + "Ab1" * 30
LACKING = inputs(
    {"id_card_copy": DocumentAnswer("later"), "house_registration_copy": pages("good", "damaged")}
)
EVERYTHING = inputs(
    {document.code: pages("damaged", "truncated", "heic", None) for document in LEADER.documents},
    eligibility={},
    applied_on=None,
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return open_home(Settings(home=tmp_path / "home"))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_text_says_who_what_until_when_and_how() -> None:
    text = slip_text(said(LACKING), TO)
    for words in (
        "ผู้สมัคร: นางสมหญิง ตัวอย่าง",
        "ผู้นำชุมชน อำเภอเมืองเชียงราย",
        f"- {TH['id_card_copy']} (แจ้งว่าจะส่งภายหลัง)",
        f"- {TH['house_registration_copy']} หน้าที่ ๒ (ไฟล์เสีย เปิดไม่ได้)",
        "ขอให้ส่งก่อนการประชุมวันที่ ๑ พฤษภาคม ๒๕๖๘",
        "ODK Collect",
    ):
        assert words in text
    assert KEY not in text
    assert "http" not in text


def test_where_a_browser_opens_the_form_its_address_is_given() -> None:
    text = slip_text(said(LACKING), replace(TO, link=LINK))
    assert LINK in text
    assert "ODK Collect" not in text


def test_no_day_is_named_that_nobody_set() -> None:
    assert "การประชุม" not in slip_text(said(LACKING), replace(TO, meeting=None))


def test_a_condition_has_a_day_of_its_own_and_no_meeting_to_be_met_before() -> None:
    passed = Decided((resolution(Gate.DISTRICT, Outcome.CONDITIONAL),))
    text = slip_text(said(replace(inputs(), decided=passed)), TO)
    assert "- ส่งสำเนาทะเบียนบ้าน ภายในวันที่ ๓๐ มิ.ย. ๒๕๖๘" in text
    assert "ก่อนการประชุม" not in text
    lacking = slip_text(said(replace(LACKING, decided=passed)), TO)
    assert "ขอให้ส่งก่อนการประชุมวันที่ ๑ พฤษภาคม ๒๕๖๘" in lacking


def test_nobody_is_shown_a_form_that_cannot_help() -> None:
    of = inputs(eligibility={**yes(), LEADER.eligibility[0].code: ""})
    assert "ส่งเอกสารเพิ่มเติม" not in slip_text(said(of), TO)
    assert slip(said(of), TO, Words()).steps == ()


@pytest.mark.parametrize("thai_digits", [True, False])
def test_digits_are_those_of_the_office_s_papers(thai_digits: bool) -> None:
    to = replace(TO, name="กลุ่มตัวอย่าง หมู่ที่ 5 เลข 1000000000009")
    text = slip_text(
        said(inputs(applied_on=None, documents={"id_card_copy": pages()})), to, Words(thai_digits)
    )
    assert ("หมู่ที่ ๕" in text) == thai_digits
    assert "1000000000009" not in text
    assert "๑๐๐๐๐๐๐๐๐๐๐๐๙" not in text


@pytest.mark.parametrize("of", [LACKING, EVERYTHING])
@pytest.mark.parametrize("link", ["", LINK])
def test_the_paper_says_the_same_and_its_code_is_the_applicant_s_key(
    home: Home, of: Inputs, link: str
) -> None:
    to = replace(TO, link=link)
    now = said(of)
    pdf = small_paper.pdf(home, "slip", slip(now, to, Words()), code=code(KEY))
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        on_paper = squeezed("".join(page.get_text() for page in document))
        assert {(round(page.rect.width), round(page.rect.height)) for page in document} == {(420, 595)}
        assert (len(document) == 1) == (of is LACKING)
        seen = document[0].get_pixmap(dpi=150, colorspace=pymupdf.csGRAY, alpha=False)
    assert "\u25cc" not in on_paper  # a mark without its letter
    for line in slip_text(now, to).splitlines():
        wanted = squeezed(line.removeprefix("- ").removeprefix("ผู้สมัคร: ").rstrip(":").partition(" (มชช.")[0])
        assert wanted in on_paper, line
    first = Image.frombytes("L", (seen.width, seen.height), seen.samples)
    assert qr_reader.text_in(first) == KEY


def test_the_same_slip_gives_the_same_bytes(home: Home) -> None:
    one, other = (
        small_paper.pdf(home, "slip", slip(said(LACKING), TO, Words()), code=code(KEY)) for _ in range(2)
    )
    assert one == other
