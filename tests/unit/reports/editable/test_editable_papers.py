"""Papers as DOCX: what LibreOffice makes of them, what a text may hold, the same bytes everywhere."""

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from reports.editable.editable_paper import Look, docx
from reports.editable.markup import W, possible
from reports.editable.typeface import SARABUN, USUAL, Typeface
from reports.formats.garuda import garuda
from reports.typesetting.fonts import OWN
from reports.view.blocks import Block, Form, Kind, Paper, Signature
from tests.once import made_once
from tests.unit.reports.editable import sample_papers
from tests.unit.reports.editable.office_machine import converted
from tests.unit.reports.editable.sample_papers import LETTER, MEMO, ORDER, TYPED, papers

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
FONT = USUAL[0]
LOOK = Look(Typeface(FONT), thai_digits=True)
TITLE_SIZES = {Form.ORDER: 16.0, Form.ANNOUNCEMENT: 16.0, Form.MEMO: 29.0}
BY_TEMPLATE = "ตามแบบ "  # before the names of papers made by a template
Span = tuple[str, str, float]  # text, font, size


def write_all(folder: Path) -> None:
    subprocess.run([sys.executable, "-m", sample_papers.__name__, str(folder)], check=True)


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every sample paper as DOCX, also by a template, and as the PDF that LibreOffice makes of it."""

    def make(folder: Path) -> None:
        write_all(folder)
        for path in (folder / "filled").iterdir():
            path.rename(folder / f"{BY_TEMPLATE}{path.name}")
        converted(sorted(folder.glob("*.docx")), FONT, folder)

    return made_once(tmp_path_factory, "editable-papers", make)


def before_name(paper: Paper, before: str) -> str:
    return f"{before}{paper.name} {paper.recipient}".rstrip() + ".pdf"


def squeezed(text: str) -> str:
    return "".join(text.split())


def said(paper: Paper) -> Iterator[str]:
    """The texts of a paper, in the order in which no form moves them."""
    yield from paper.title
    for block in paper.blocks:
        yield block.text
        for row in block.cells:
            yield from row
    yield paper.closing
    for one in paper.signatures:
        yield from (one.name, *one.lines)
    yield from paper.foot


def spans(pdf: Path) -> Iterator[Span]:
    with pymupdf.open(pdf) as document:
        for page in document:
            for block in page.get_text("dict")["blocks"]:
                for line in block.get("lines", ()):
                    yield from ((one["text"], one["font"], round(one["size"], 1)) for one in line["spans"])


def text_of(pdf: Path) -> str:
    with pymupdf.open(pdf) as document:
        return squeezed("".join(page.get_text() for page in document))


@pytest.mark.parametrize("before", ["", BY_TEMPLATE])
@pytest.mark.parametrize("paper", papers(), ids=lambda paper: paper.name)
def test_libreoffice_shows_every_letter_of_a_paper(opened: Path, paper: Paper, before: str) -> None:
    shown = text_of(opened / before_name(paper, before))
    for text in (*said(paper), *(value for _, value in paper.head)):
        for line in text.split("\n"):
            assert squeezed(line) in shown
    assert "\u25cc" not in shown


@pytest.mark.parametrize("before", ["", BY_TEMPLATE])
@pytest.mark.parametrize("paper", papers(), ids=lambda paper: paper.name)
def test_libreoffice_keeps_font_weight_and_size(opened: Path, paper: Paper, before: str) -> None:
    found = list(spans(opened / before_name(paper, before)))
    assert {font for _, font, _ in found} <= {"THSarabunPSK-Regular", "THSarabunPSK-Bold"}
    body = next(squeezed(block.text)[:20] for block in paper.blocks if block.kind is Kind.PARAGRAPH)
    assert {(font, size) for text, font, size in found if body in squeezed(text)} == {
        ("THSarabunPSK-Regular", 16.0)
    }
    if paper.title:
        first = squeezed(paper.title[0])
        assert ("THSarabunPSK-Bold", TITLE_SIZES.get(paper.form, 20.0)) in {
            (font, size) for text, font, size in found if text.strip() and first.startswith(squeezed(text))
        }


def test_a_letter_stands_as_the_rules_of_correspondence_say(opened: Path) -> None:
    """thai-papers.md 2: the day from the middle, the labels at the margin, the body 2.5 cm in."""
    with pymupdf.open(opened / "หนังสือเชิญประชุม.pdf") as document:
        (page,) = document
        at = {
            squeezed(line["spans"][0]["text"]): line["bbox"][0] / 72 * 2.54
            for block in page.get_text("dict")["blocks"]
            for line in block.get("lines", ())
        }
        assert (round(page.rect.width), round(page.rect.height)) == (595, 842)
    left = {text: round(x, 1) for text, x in at.items()}
    assert left["ด่วนที่สุด"] == left["เรื่อง"] == 3.0
    assert left["๒๓เมษายน๒๕๖๘"] == 11.0
    assert next(x for text, x in left.items() if text.startswith("ตามที่กรม")) == 5.5


def test_what_shares_a_line_of_dots_begins_where_its_part_of_the_line_does(opened: Path) -> None:
    with pymupdf.open(opened / f"{MEMO.name}.pdf") as document:
        day = document[0].search_for("วันที่")[0]
    assert round(day.x0 / 72 * 2.54, 1) == 11.0, "in the middle"
    fields = Block(Kind.FIELDS, cells=(("ชื่อ", "", "ตำแหน่ง", ""),))
    document_xml = parts(docx(Paper("ก", Form.PLAIN, (fields,)), LOOK))["word/document.xml"]
    stops = [
        (one.get(f"{{{W}}}val"), one.get(f"{{{W}}}leader"))
        for one in document_xml.iter(f"{{{W}}}tab")
        if one.get(f"{{{W}}}pos")
    ]
    assert stops == [("left", "dot"), ("right", "dot")]


def test_who_signs_stands_on_one_page_with_all_who_sign() -> None:
    signatures = (Signature("ก", ("ผู้จด",)), Signature("ข", ("ผู้ตรวจ",)))
    paper = Paper("ก", Form.MEETING, (Block(Kind.ITEM, "เลิกประชุม"),), signatures=signatures)
    kept = [
        one.find(f"{{{W}}}pPr/{{{W}}}keepNext") is not None
        for one in parts(docx(paper, LOOK))["word/document.xml"].iter(f"{{{W}}}p")
    ]
    assert kept[-4:] == [True, True, True, False]


def test_lines_of_a_list_hang_and_no_table_touches_the_text_above_it() -> None:
    members = Block(Kind.COUNTS, cells=(("๑. นายสมมุติ ตัวอย่าง", "ประธานกรรมการ"),))
    table = Block(Kind.TABLE, cells=(("ที่",), ("๑",)))
    made = parts(docx(Paper("ก", Form.PLAIN, (members, Block(Kind.DASH, "ไม่มี"), table)), LOOK))
    used = [one.get(f"{{{W}}}val") for one in made["word/document.xml"].iter(f"{{{W}}}pStyle")]
    assert used[0] == "Listed"
    assert used[used.index("Dash") + 1] == "Between"


@pytest.mark.parametrize("before", ["", BY_TEMPLATE])
def test_what_is_sent_with_a_letter_stands_behind_its_signature(opened: Path, before: str) -> None:
    (paper,) = (one for one in papers() if any(block.kind is Kind.ENCLOSURE for block in one.blocks))
    (title,) = (block.text for block in paper.blocks if block.kind is Kind.ENCLOSURE)
    with pymupdf.open(opened / before_name(paper, before)) as document:
        pages = [squeezed(page.get_text()) for page in document]
    assert pages[-1].startswith(squeezed(title))
    assert squeezed(f"{paper.closing}({paper.signatures[0].name})") in pages[-2]


def test_another_zone_locale_umask_and_hash_seed_give_the_same_bytes(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    elsewhere = {
        **os.environ,
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "th_TH.UTF-8",
        "PYTHONHASHSEED": "4711",
        "HOME": str(tmp_path),
    }
    write_all(here)
    command = [sys.executable, "-m", sample_papers.__name__, str(there)]
    subprocess.run(command, env=elsewhere, check=True, umask=0o002)
    first = contents(here)
    assert len(first) == 3 * len(papers())  # papers, templates, papers by them
    assert contents(there) == first


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.docx")}


def parts(content: bytes) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {
            name: etree.fromstring(file.read(name)) for name in file.namelist() if not name.endswith(".png")
        }


def words(content: bytes) -> str:
    return "".join(str(t.text or "") for t in parts(content)["word/document.xml"].iter(f"{{{W}}}t"))


any_text = st.text(
    st.one_of(st.characters(), st.sampled_from("\x00\x0b\ud800\ufffe{}<>&\n\r\t\u2028ำี่")), max_size=12
)
any_block = st.builds(
    Block,
    st.sampled_from(Kind),
    any_text,
    st.lists(st.tuples(any_text, any_text), max_size=3).map(tuple),
    st.integers(0, 3),
)
any_paper = st.builds(
    Paper,
    any_text,
    st.sampled_from(Form),
    st.lists(any_block, max_size=4).map(tuple),
    title=st.lists(any_text, max_size=2).map(tuple),
    head=st.lists(
        st.tuples(st.sampled_from(["ที่", "วันที่", "เรื่อง", "ส่วนราชการ", "หมายเหตุ"]), any_text), max_size=3
    ).map(tuple),
    closing=any_text,
    signatures=st.lists(st.builds(Signature, any_text, st.just(("ก",))), max_size=2).map(tuple),
    foot=st.lists(any_text, max_size=2).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(any_paper)
def test_whatever_people_type_is_text(paper: Paper) -> None:
    made = docx(paper, LOOK)
    shown = squeezed(words(made))
    of_cells = (Kind.COUNTS, Kind.STEPS, Kind.TABLE, Kind.FIELDS)
    for block in paper.blocks:
        texts = [cell for row in block.cells for cell in row] if block.kind in of_cells else [block.text]
        assert all(squeezed(possible(text)) in shown for text in texts)
    assert squeezed(possible(paper.closing)) in shown


def test_markup_that_somebody_typed_is_printed_as_it_stands() -> None:
    made = docx(LETTER, LOOK)
    assert TYPED in words(made)
    assert "99" not in words(made).replace("๐๐๙๖", "")


def test_what_no_file_can_hold_is_left_out() -> None:
    paper = Paper("ก", Form.PLAIN, (Block(Kind.PARAGRAPH, "ก\x00ข\x1bค\ud83dง\ufffeจ\tฉ"),))
    assert words(docx(paper, LOOK)) == "กขคงจ ฉ"


@pytest.mark.parametrize("signed", [True, False])
def test_no_row_stands_alone_and_the_last_go_with_what_is_signed(signed: bool) -> None:
    table = Block(Kind.TABLE, cells=tuple((str(i), "ก") for i in range(9)))
    paper = Paper("ก", Form.MEETING, (table,), signatures=(Signature("ข", ()),) if signed else ())
    rows = parts(docx(paper, LOOK))["word/document.xml"].iter(f"{{{W}}}tr")
    kept = [
        all(p.find(f"{{{W}}}pPr/{{{W}}}keepNext") is not None for p in row.iter(f"{{{W}}}p")) for row in rows
    ]
    assert kept[1:] == [True, *[False] * 5, True, signed]


def test_a_row_of_several_lines_stays_on_one_page_and_a_row_of_figures_does_not_say_so() -> None:
    """LibreOffice loses rows of a table in which each row says so."""
    table = Block(Kind.TABLE, cells=(("ที่", "ชื่อ", "รวม"), ("๑", "เครือข่าย" * 30, "๙"), ("๒", "พาน", "๙")))
    rows = parts(docx(Paper("ก", Form.MEETING, (table,)), LOOK))["word/document.xml"].iter(f"{{{W}}}tr")
    whole = [row.find(f"{{{W}}}trPr/{{{W}}}cantSplit") is not None for row in rows]
    assert whole == [False, True, False]


def test_official_papers_carry_the_garuda_and_others_none(tmp_path: Path) -> None:
    Image.new("RGB", (400, 800)).save(tmp_path / "garuda.png")
    look = replace(LOOK, garuda=garuda(tmp_path / "garuda.png"))
    shown: dict[tuple[Form, bool], list[tuple[float, float]]] = {}
    for paper in papers():
        made = docx(paper, look)
        extents = parts(made)["word/document.xml"].iterfind(f".//{{{DRAWING}}}anchor/{{{DRAWING}}}extent")
        sizes = [(int(one.get("cx", "")) / 360_000, int(one.get("cy", "")) / 360_000) for one in extents]
        with zipfile.ZipFile(io.BytesIO(made)) as file:
            assert ("word/media/rIdGaruda.png" in file.namelist()) == bool(sizes)
        shown.setdefault((paper.form, bool(paper.signatures)), sizes)
    for form in (Form.LETTER, Form.ORDER, Form.ANNOUNCEMENT):
        assert shown[form, True] == [(1.5, 3.0)]
    assert shown[Form.MEMO, True] == [(0.75, 1.5)]
    assert shown[Form.ANNOUNCEMENT, False] == shown[Form.MEETING, True] == shown[Form.PLAIN, False] == []


def test_pages_after_the_first_are_numbered_in_the_digits_of_the_settings() -> None:
    for thai, form in ((True, "thaiNumbers"), (False, "decimal")):
        made = parts(docx(MEMO, Look(Typeface(FONT), thai)))
        section = made["word/document.xml"].find(f".//{{{W}}}sectPr")
        assert section is not None
        numbering = section.find(f"{{{W}}}pgNumType")
        assert numbering is not None
        assert numbering.get(f"{{{W}}}fmt") == form
        assert section.find(f"{{{W}}}titlePg") is not None
        assert "".join(made["word/header1.xml"].itertext()) == "-  PAGE 2 -"


def test_every_font_is_named_for_thai_too_and_what_stands_in_for_it() -> None:
    made = parts(docx(ORDER, Look(Typeface("TH Sarabun New"), thai_digits=True)))
    named = [font.attrib for font in made["word/styles.xml"].iter(f"{{{W}}}rFonts")]
    kinds = [f"{{{W}}}{kind}" for kind in ("ascii", "hAnsi", "eastAsia", "cs")]
    assert all({font[kind] for kind in kinds} == {"TH Sarabun New"} for font in named)
    other = made["word/fontTable.xml"].find(f".//{{{W}}}altName")
    assert other is not None
    assert other.get(f"{{{W}}}val") == "TH SarabunPSK,Sarabun"


def test_sarabun_is_set_smaller_as_its_letters_are_larger() -> None:
    made = parts(docx(ORDER, Look(Typeface("Sarabun"), thai_digits=True)))["word/styles.xml"]
    size = made.find(f"{{{W}}}docDefaults//{{{W}}}szCs")
    assert size is not None
    assert size.get(f"{{{W}}}val") == "21"


def test_names_of_neighbours_and_emoji_are_as_small_as_the_thai_letters_beside_them() -> None:
    said = "นางສີດາ ພົມມະຈັນ และ王小明 🌾 ท่าน"
    paper = Paper("ก", Form.PLAIN, (Block(Kind.PARAGRAPH, said), Block(Kind.TABLE, cells=(("ชื่อ",), (said,)))))
    for typeface in (Typeface(), Typeface(SARABUN)):
        document = parts(docx(paper, Look(typeface)))["word/document.xml"]
        sized: dict[str, list[str]] = {}
        for run in document.iter(f"{{{W}}}r"):
            size = run.find(f"{{{W}}}rPr/{{{W}}}szCs")
            if size is not None:
                sized.setdefault(size.get(f"{{{W}}}val", ""), []).append("".join(map(str, run.itertext())))
        assert sized == {size: ["ສີດາ ພົມມະຈັນ", "王小明 🌾"] for size in ("21", "18")}
        assert ["".join(map(str, p.itertext())) for p in document.iter(f"{{{W}}}p")].count(said) == 2


@pytest.mark.parametrize("heading", ["ประเภท", "ตำแหน่ง", "หมายเหตุ"])
def test_a_word_of_a_tables_heading_is_wider_than_no_column(heading: str) -> None:
    table = Block(Kind.TABLE, cells=(("ชื่อ", heading), ("ก" * 60, "ก")), widths=(20, 1))
    (grid,) = (
        one
        for one in parts(docx(Paper("ก", Form.PLAIN, (table,)), LOOK))["word/document.xml"].iter(
            f"{{{W}}}tblGrid"
        )
    )
    wide = [int(column.get(f"{{{W}}}w", "")) / 1440 * 2.54 for column in grid]
    letters = TTFont(OWN / "SarabunPacket-Bold.ttf")
    advances, names = letters["hmtx"], letters.getBestCmap()
    units = sum(advances[names[ord(letter)]][0] for letter in heading)
    assert wide[1] > units / letters["head"].unitsPerEm * 14 * 10.5 / 16 / 72 * 2.54 + 0.2
    assert sum(wide) == pytest.approx(16, abs=0.01)


def test_styles_are_named_in_thai_and_used() -> None:
    for paper in papers():
        made = parts(docx(paper, LOOK))
        styles = {
            one.get(f"{{{W}}}styleId"): one.find(f"{{{W}}}name").get(f"{{{W}}}val")  # type: ignore[union-attr]
            for one in made["word/styles.xml"].iter(f"{{{W}}}style")
        }
        used = {one.get(f"{{{W}}}val") for one in made["word/document.xml"].iter(f"{{{W}}}pStyle")}
        assert used <= set(styles)
        assert all(any("ก" <= c <= "๎" for c in name or "") for id_, name in styles.items() if id_ != "Normal")
