"""What people type in several points is printed as a list, and nothing else is taken for one."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path

import pymupdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mochocho.settings.config import Settings
from mochocho.storage.home import Home, open_home
from mochocho.words import thai
from mochocho.words.model import Outcome
from reports.editable.editable_paper import Look, docx
from reports.editable.typeface import Typeface
from reports.single import letter_pages
from reports.view.after.results_letters import district_letters, unit_letters
from reports.view.blocks import Kind, Paper
from reports.view.printed_words import Words
from reports.view.resolved import condition, outcome_with_condition
from reports.wording import RESULTS_LETTERS, read_wording
from reports.wording.typed_points import in_lines, lines_of, set_apart
from reports.wording.wordings import ResultsLetters
from tests.unit.reports.test_after_papers import UNITS, convened, resolution

SAID = (
    "ขาดบัญชีของปี 2567 เวลา 09.00 น.",
    "ตัวบ่งชี้ที่ 1.5 ได้ 2.50 คะแนน",
    "ไม่ทำตามข้อ 1) และ 2) ของระเบียบ",
    "{{7*7}} #panic() <w:br/>",
    "ขาดรูป (ดูข้อ 3.)",
)
points = st.lists(st.sampled_from(SAID), min_size=2, max_size=12)
marks = st.sampled_from(("{}) ", "({}) ", "{}. ", "{}.", "- "))


@given(points, marks, st.booleans(), st.sampled_from(("", "เอกสารไม่ครบ 2 ข้อ ")))
def test_each_point_has_a_line_however_it_is_numbered(
    said: list[str], mark: str, thai_digits: bool, lead: str
) -> None:
    told = [f"{mark.format(i)}{one}" for i, one in enumerate(said, 1)]
    if mark == "- ":
        lead = ""
    typed = f"{lead}{' '.join(told)}"
    written = thai.digits if thai_digits else str
    lines = tuple(map(written, filter(None, (lead.strip(), *told))))
    assert lines_of(written(typed)) == lines
    assert lines_of(written("\n".join(told))) == lines[bool(lead) :]
    assert set_apart(written(typed)) == ("" if lead else "\n") + "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    "sentence",
    [
        "ได้ 1.5 คะแนน และ 2.5 คะแนน เวลา 09.00 - 12.00 น.",
        "ตามข้อ 1) ของระเบียบ และข้อ 2) ของประกาศ",
        "ตามข้อ (1) และ (2) ของระเบียบ",
        "เงื่อนไข (1) และ (2) ครบแล้ว",
        "ตัวบ่งชี้ที่ 1. และตัวบ่งชี้ที่ 2. ต่ำกว่าเกณฑ์",
        "มาตรา 5(1) และมาตรา 5(2)",
        "1) เพียงข้อเดียว",
        "1) 2) 3)",
        "ปี 2567 - 2568 วันจันทร์ - ศุกร์",
        "- ไม่มี -",
        "2) ก่อน 1) หลัง",
        "ณ ห้องประชุม (ห้องประชุม 1) ชั้น 4 ตามลำดับ (สิ่งที่ส่งมาด้วย 2) ทั้งนี้ ขอให้ตอบ",
    ],
)
def test_a_sentence_with_numbers_stays_one_line(sentence: str) -> None:
    assert lines_of(sentence) == (sentence,)
    assert lines_of(thai.digits(sentence)) == (thai.digits(sentence),)
    assert set_apart(sentence) == sentence


@pytest.mark.parametrize(
    "word", ["เจ้าหน้าที่", "พื้นที่", "สถานที่", "แผนที่", "ขออนุญาตล่วงหน้า", "ครั้งก่อนหน้า", "ตัวเลข", "เอกสารที่ไม่แนบ"]
)
def test_a_word_that_ends_as_what_is_cited_cites_nothing(word: str) -> None:
    assert lines_of(f"ขาด 1) {word} 2) ระเบียบ") == ("ขาด", f"1) {word}", "2) ระเบียบ")
    assert len(lines_of(f"ตามลำดับที่ 1) และที่ 2) ของ{word}")) == 1


@given(st.text(st.sampled_from("12๓.)( -–•:\nกขและ{}#")))
def test_nothing_is_lost_and_lines_have_no_lines(text: str) -> None:
    lines = lines_of(text)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert lines_of(in_lines(text)) == lines


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    opened = open_home(Settings(home=tmp_path_factory.mktemp("points") / "home"))
    yield opened
    opened.engine.dispose()


def letters(home: Home, reason: str) -> list[Paper]:
    """To the unit that was not certified for this reason, and to its district."""
    wording = read_wording.read(ResultsLetters, RESULTS_LETTERS, home.settings.papers.wording)
    told = UNITS[2].resolution
    assert told is not None
    units = [replace(UNITS[2], resolution=replace(told, reason=reason))]
    made = chain(district_letters(convened(), units, wording), unit_letters(convened(), units, wording))
    return [paper for _, paper in made]


def test_letters_print_reasons_as_a_list_on_pages_and_in_word(home: Home) -> None:
    papers = letters(home, " ".join(f"{i}) {one}" for i, one in enumerate(SAID, 1)))
    said = [thai.digits(f"{i}) {one}") for i, one in enumerate(SAID, 1)]
    to_unit = [block.text for block in papers[1].blocks if block.kind is Kind.PARAGRAPH]
    assert to_unit[2:7] == said
    assert to_unit[1].endswith("โดยมีเหตุผลว่า")
    with pymupdf.open(stream=letter_pages.pdf(home, papers)) as document:
        pages = [line.strip() for page in document for line in page.get_text().splitlines()]
    for one in said:
        begun = [line for line in pages if line.startswith(one[:6])]
        assert len(begun) == len(papers), one
    bare = re.sub(r"\s", "", "".join(pages))
    assert bare.count(re.sub(r"\s", "", "".join(said))) == len(papers)
    for paper in papers:
        with zipfile.ZipFile(io.BytesIO(docx(paper, Look(Typeface())))) as word:
            document_xml = word.read("word/document.xml").decode()
        text = document_xml.replace("&lt;", "<").replace("&gt;", ">")
        for one in said:
            assert f'preserve">{one}</w:t>' in text


def test_letters_print_lines_without_marks_as_they_were_typed(home: Home) -> None:
    to_district, to_unit = letters(home, "ไม่มีบัญชี\nไม่มีแผนพัฒนาตนเอง")
    said = [block.text for block in to_unit.blocks if block.kind is Kind.PARAGRAPH]
    assert said[1].endswith("โดยมีเหตุผลว่า")
    assert said[2:4] == ["ไม่มีบัญชี", "ไม่มีแผนพัฒนาตนเอง"]
    (table,) = [block for block in to_district.blocks if block.kind is Kind.TABLE]
    assert table.cells[1][3] == "ไม่รับรอง เหตุผล:\nไม่มีบัญชี\nไม่มีแผนพัฒนาตนเอง"
    owed = resolution(Outcome.CONDITIONAL, condition="ส่งบัญชี\nส่งระเบียบ", due=date(2025, 6, 30))
    assert outcome_with_condition(owed, Words(thai_digits=False)) == (
        "รับรองแบบมีเงื่อนไข:\nส่งบัญชี\nส่งระเบียบ\nทั้งนี้ ภายในวันที่ 30 มิถุนายน 2568"
    )


def test_a_day_that_several_conditions_share_stands_below_them() -> None:
    words = Words(thai_digits=False)
    for typed, printed in (
        ("1) ส่งบัญชี 2) ส่งระเบียบ", "1) ส่งบัญชี\n2) ส่งระเบียบ\nทั้งนี้ ภายในวันที่ 30 มิถุนายน 2568"),
        ("ส่งบัญชี", "ส่งบัญชี ภายในวันที่ 30 มิถุนายน 2568"),
    ):
        owed = resolution(Outcome.CONDITIONAL, condition=typed, due=date(2025, 6, 30))
        assert condition(owed, words) == printed


def test_an_own_wordings_block_of_lines_keeps_them_and_a_folded_text_does_not(
    home: Home, tmp_path: Path
) -> None:
    shipped = read_wording.shipped(RESULTS_LETTERS).decode()
    begins = "    - ตามที่อำเภอได้เสนอ"
    own = "    - |\n      แจ้งเพื่อ\n\n      ทราบและถือปฏิบัติ\n    - >\n      ข้อความยาว\n      บรรทัดเดียวกัน\n"
    (tmp_path / RESULTS_LETTERS).write_text(shipped.replace(begins, own + begins), "utf-8")
    wording = read_wording.read(ResultsLetters, RESULTS_LETTERS, tmp_path)
    (_, paper), *_ = district_letters(convened(), UNITS, wording)
    said = [block.text for block in paper.blocks if block.kind is Kind.PARAGRAPH]
    assert said[:3] == ["แจ้งเพื่อ", "ทราบและถือปฏิบัติ", "ข้อความยาว บรรทัดเดียวกัน"]
