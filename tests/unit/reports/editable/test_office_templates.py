"""An office's own Word file as the look of a paper."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from mochocho.words.errors import BadInput
from mochocho.words.sentences import Sentence
from reports.editable.editable_paper import Look, docx
from reports.editable.markup import NAMESPACES, W
from reports.editable.office_templates.filling import Filled, WrongTemplateError, fill
from reports.editable.office_templates.named_places import values_of
from reports.editable.office_templates.starting_template import starting_template
from reports.editable.typeface import Typeface
from reports.formats.sealed_package import sealed
from reports.view.blocks import Block, Form, Kind, Paper
from reports.view.pictures import Code
from tests import qr_reader
from tests.house.tree import ROOT
from tests.unit.reports.editable.sample_papers import LETTER, ORDER, TYPED, papers
from tests.unit.reports.editable.test_editable_papers import parts, words

TYPEFACE = Typeface("TH SarabunPSK")
LOOK = Look(TYPEFACE, thai_digits=True)
NUMBER = re.compile(r"\d+")
SUBJECT = "ขอเชิญประชุม"
Change = Callable[[str], str]


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def template(body: str, **changed: Change) -> bytes:
    """A Word file with this body; `changed`: what else is different, by the part's name without `.xml`."""
    made = unpacked(docx(Paper("ก", Form.PLAIN, ()), LOOK))
    declared = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in NAMESPACES.items())
    made["word/document.xml"] = (
        f"<w:document {declared}><w:body>{body}<w:sectPr/></w:body></w:document>".encode()
    )
    for name, change in changed.items():
        made[f"word/{name}.xml"] = change(made[f"word/{name}.xml"].decode()).encode()
    return sealed(made)


def p(*runs: str, bold: bool = False) -> str:
    looks = "<w:rPr><w:b/><w:bCs/></w:rPr>" if bold else ""
    return f"<w:p>{''.join(f'<w:r>{looks}<w:t>{run}</w:t></w:r>' for run in runs)}</w:p>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{p(cell)}</w:tc>' for cell in cells)}</w:tr>"


def filled(body: str, paper: Paper = LETTER) -> Filled:
    return fill(template(body), paper, TYPEFACE)


def refused(body: str, paper: Paper = LETTER, **changed: Change) -> tuple[Sentence, ...]:
    with pytest.raises(WrongTemplateError) as wrong:
        fill(template(body, **changed), paper, TYPEFACE)
    return wrong.value.mistakes


def mistakes(body: str, paper: Paper = LETTER, **changed: Change) -> tuple[str, ...]:
    return tuple(one.th for one in refused(body, paper, **changed))


@pytest.mark.parametrize("paper", papers(), ids=lambda paper: paper.name)
def test_a_template_to_begin_with_has_a_place_for_every_word(paper: Paper) -> None:
    made = fill(starting_template(paper, LOOK), paper, TYPEFACE)
    assert "".join(words(made.content).split()) == "".join(words(docx(paper, LOOK)).split())
    assert made.left_out == ()


@settings(max_examples=40, deadline=None)
@given(st.sets(st.integers(1, 22)))
def test_a_placeholder_that_word_split_over_runs_is_still_one(cuts: set[int]) -> None:
    text = "เรื่อง: {{เรื่อง}} / {{ที่}}"
    edges = [0, *sorted(cut for cut in cuts if cut < len(text)), len(text)]
    runs = [text[a:b] for a, b in pairwise(edges)]
    assert words(filled(p(*runs)).content) == f"เรื่อง: {SUBJECT} / ชร ๐๐๑๙.๒/ว ๐๐๙๖"


def test_what_takes_a_placeholders_place_looks_as_its_beginning() -> None:
    half = "<w:r><w:rPr><w:b/></w:rPr><w:t>{{เรื</w:t></w:r>"
    body = f"<w:p>{half}<w:proofErr w:type='spellStart'/><w:r><w:t>่อง}}}} ท้าย</w:t></w:r></w:p>"
    document = parts(filled(body).content)["word/document.xml"]
    texts = [(t.text, t.getparent().find(f".//{{{W}}}b") is not None) for t in document.iter(f"{{{W}}}t")]
    assert texts == [(SUBJECT, True), (" ท้าย", False)]


def test_digits_and_spaces_of_a_placeholder_are_as_people_type_them() -> None:
    paper = replace(ORDER, signatures=ORDER.signatures * 2)
    for typed in ("{{ผู้ลงนาม 2}}", "{{ ผู้ลงนาม ๒ }}", "{{ผู้ลงนาม2}}"):
        assert words(filled(p(typed), paper).content) == "นายสมมุติ ตัวอย่าง"


def test_the_lines_of_a_value_are_lines_of_the_paper() -> None:
    document = parts(filled(p("ก {{ส่วนราชการ}} ข")).content)["word/document.xml"]
    shown = [one.text if one.tag == f"{{{W}}}t" else "|" for one in document.iter(f"{{{W}}}t", f"{{{W}}}br")]
    assert shown == ["ก ศาลากลางจังหวัดเชียงราย", "|", "ถนนสมมุติ ชร ๕๗๐๐๐ ข"]


HOSTILE = f"{{{{เรื่อง}}}} {{{{เนื้อความ}}}} {TYPED}"


def test_what_people_typed_is_no_placeholder_and_no_markup() -> None:
    """Neither in a text, nor in the body, nor in a row."""
    cells = (("ที่", "ชื่อ"), ("๑", HOSTILE), ("๒", "ข"))
    blocks = (Block(Kind.PARAGRAPH, HOSTILE), Block(Kind.TABLE, cells=cells))
    paper = Paper("ก", Form.ORDER, blocks, title=(HOSTILE,), head=(("เรื่อง", HOSTILE),))
    table = row("{{ทุกแถวของตารางที่ 1}}{{ช่องที่ 1}}", "{{ช่องที่ 2}}")
    body = f"{p('{{ชื่อเอกสาร}}')}{p('{{เรื่อง}}')}{p('{{เนื้อความส่วนที่ 1}}')}<w:tbl>{table}</w:tbl>"
    assert words(filled(body, paper).content) == f"{HOSTILE * 3}๑{HOSTILE}๒ข"


def test_what_no_file_can_hold_is_left_out_of_values_too() -> None:
    paper = Paper("ก", Form.ORDER, (), head=(("เรื่อง", "ก\x00ข\ud83dค\x1b\tง"),))
    assert words(filled(p("{{เรื่อง}}"), paper).content) == "กขค ง"


def test_a_template_is_no_program() -> None:
    """Expressions and attributes of a template language are names that nobody knows."""
    for typed in ("{{7*7}}", "{{ ''.__class__.__mro__ }}", "{{เรื่อง.upper()}}", "{{cycler.__init__}}"):
        assert any("ไม่รู้จักช่อง" in one for one in mistakes(p(typed)))
    assert words(filled(p("{% for x in y %} {{เรื่อง}}")).content) == f"{{% for x in y %}} {SUBJECT}"


def test_every_wrong_placeholder_is_named_with_where_it_stands() -> None:
    table = f"<w:tbl>{row('ก', 'ข')}{row('ก', '{{ผู้ลงนม}}')}</w:tbl>"
    body = f"{p('ก')}{p('{{เรือง}} และ {{เรื่อง}}')}{table}{p('{{เรื่อง')}"
    header = "<w:hdr xmlns:w='{}'>{}</w:hdr>".format(W, p("{{หัว}}"))
    found = mistakes(body, header1=lambda _: header)
    assert [one.split(" ช่องที่ใช้ได้")[0] for one in found] == [
        "ย่อหน้าที่ 2 “{{เรือง}} และ {{เรื่อง}}”: ไม่รู้จักช่อง {{เรือง}} อาจหมายถึง {{เรื่อง}}",
        "ตารางที่ 1 แถวที่ 2 ช่องที่ 2 “{{ผู้ลงนม}}”: ไม่รู้จักช่อง {{ผู้ลงนม}} อาจหมายถึง {{ผู้ลงนาม}}",
        "ย่อหน้าที่ 3 “{{เรื่อง”: วงเล็บ {{ และ }} ไม่ครบคู่ในย่อหน้าเดียวกัน",
        "หัวกระดาษ ย่อหน้าที่ 1 “{{หัว}}”: ไม่รู้จักช่อง {{หัว}}",
    ]
    assert "{{เนื้อความ}}" in found[0]
    (told,) = refused(table)
    assert told.en.startswith(
        "table 1, row 2, cell 2 “{{ผู้ลงนม}}”: there is no placeholder {{ผู้ลงนม}}; is {{ผู้ลงนาม}} meant?"
    )


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (p("ไม่มีช่อง"), "ไม่มีช่องให้เติมแม้แต่ช่องเดียว"),
        (p("ดังนี้ {{เนื้อความ}}"), "ต้องอยู่ในย่อหน้าของตนเอง"),
        (p("{{ทุกแถวของตารางที่ 1}}"), "ต้องอยู่ในแถวของตาราง"),
        (p("{{ช่องที่ 1}}"), "ใช้ได้เฉพาะในแถวที่มี {{ทุกแถวของตารางที่ 1}}"),
        (f"<w:tbl>{row('{{ทุกแถวของตารางที่ 1}}', '{{ช่องที่ 4}}')}</w:tbl>", "เกินจำนวนช่องของตาราง ซึ่งมี 3 ช่อง"),
        (f"<w:tbl>{row('{{ทุกแถวของตารางที่ 2}}')}</w:tbl>", "ไม่รู้จักช่อง {{ทุกแถวของตารางที่ 2}}"),
        (f"<w:tbl>{row('{{ทุกแถวของตารางที่ 1}}', '{{เนื้อความ}}')}</w:tbl>", "ไม่อยู่ในแถวที่ทำซ้ำ"),
        (p("{{เรื่อง").replace("</w:p>", "<w:r><w:tab/><w:t>}}</w:t></w:r></w:p>"), "ไม่ครบคู่"),
    ],
)
def test_a_placeholder_in_the_wrong_place(body: str, said: str) -> None:
    assert any(said in one for one in mistakes(body, ORDER))


LAO = "นางສີດາ ພົມມະຈັນ 🌾 ท่าน"


def sizes(content: bytes) -> dict[str, str]:
    """How large the letters of other scripts are, by themselves; each as it is printed."""
    runs = parts(content)["word/document.xml"].iter(f"{{{W}}}r")
    found = [(run, run.find(f"{{{W}}}rPr/{{{W}}}szCs")) for run in runs]
    return {
        "".join(map(str, run.itertext())): "" if size is None else size.get(f"{{{W}}}val", "")
        for run, size in found
    }


@pytest.mark.parametrize(
    ("font", "size", "small"),
    [
        ("", "", "21"),  # of the template's styles: TH SarabunPSK, 16 points
        ("", '<w:sz w:val="40"/><w:szCs w:val="40"/><w:u w:val="single"/>', "26"),
        ('<w:rFonts w:cs="Angsana New"/>', '<w:szCs w:val="36"/>', "24"),
        ('<w:rFonts w:ascii="Tahoma" w:cs="Tahoma"/>', "", None),  # whose letters are as large as others'
        ('<w:rFonts w:cs="Times New Roman"/>', '<w:szCs w:val="32"/>', None),
    ],
)
def test_names_of_neighbours_are_as_small_as_the_thai_letters_of_the_template(
    font: str, size: str, small: str | None
) -> None:
    paper = replace(ORDER, head=(("เรื่อง", LAO),))
    typed = f"<w:p><w:r><w:rPr>{font}<w:b/>{size}</w:rPr><w:t>{{{{เรื่อง}}}}</w:t></w:r></w:p>"
    made = filled(typed, paper).content
    assert words(made) == LAO
    assert sizes(made).get("ສີດາ ພົມມະຈັນ 🌾") == small
    for looks in parts(made)["word/document.xml"].iter(f"{{{W}}}rPr"):
        order = [etree.QName(child).localname for child in looks]
        assert order == [name for name in ("rFonts", "b", "sz", "szCs", "u") if name in order]


def test_names_of_neighbours_in_what_is_put_into_a_template_are_small_too() -> None:
    cells = (("ที่", "ชื่อ"), ("๑", LAO))
    paper = replace(ORDER, blocks=(Block(Kind.PARAGRAPH, LAO), Block(Kind.TABLE, cells=cells)))
    table = row("{{ทุกแถวของตารางที่ 1}}{{ช่องที่ 1}}", "{{ช่องที่ 2}}")
    for body, small in (("{{เนื้อความส่วนที่ 1}}", "21"), ("{{ตารางที่ 1}}", "18")):
        assert sizes(filled(p(body), paper).content)["ສີດາ ພົມມະຈັນ 🌾"] == small
    assert sizes(filled(f"<w:tbl>{table}</w:tbl>", paper).content)["ສີດາ ພົມມະຈັນ 🌾"] == "21"


def test_a_row_is_repeated_for_every_row_of_the_papers_table() -> None:
    table = f"<w:tbl>{row('ที่', 'ใคร')}{row('{{ทุกแถวของตารางที่ 1}}{{ช่องที่ ๑}})', '{{ช่องที่ 2}} {{เรื่อง}}')}</w:tbl>"
    document = parts(filled(table, ORDER).content)["word/document.xml"]
    rows = [["".join(tc.itertext()) for tc in tr.iter(f"{{{W}}}tc")] for tr in document.iter(f"{{{W}}}tr")]
    assert rows == [
        ["ที่", "ใคร"],
        ["๑)", "นายสมมุติ ตัวอย่าง แต่งตั้งคณะกรรมการ"],
        ["๒)", f"{TYPED} แต่งตั้งคณะกรรมการ"],
    ]


@pytest.mark.parametrize("paper", [p for p in papers() if sum(b.kind is Kind.TABLE for b in p.blocks) == 1])
def test_a_template_to_begin_with_has_the_columns_of_its_paper(paper: Paper) -> None:
    columns = [
        [one.get(f"{{{W}}}w") for one in parts(made)["word/document.xml"].iter(f"{{{W}}}gridCol")]
        for made in (docx(paper, LOOK), starting_template(paper, LOOK))
    ]
    assert columns[0] == columns[1]


def test_a_table_of_the_paper_without_rows_leaves_no_row() -> None:
    paper = replace(ORDER, blocks=(Block(Kind.TABLE, cells=(("ที่", "ชื่อ"),)),))
    marked = row("{{ทุกแถวของตารางที่ 1}}", "{{ช่องที่ 2}}")
    made = filled(f"<w:tbl>{row('ที่', 'ชื่อ')}{marked}</w:tbl>{p('{{เรื่อง}}')}", paper)
    assert words(made.content) == "ที่ชื่อแต่งตั้งคณะกรรมการ"
    assert "w:tbl" not in parts_text(filled(f"<w:tbl>{marked}</w:tbl>{p('{{เรื่อง}}')}", paper))


def parts_text(made: Filled) -> str:
    return etree.tostring(parts(made.content)["word/document.xml"]).decode()


def test_a_paragraph_whose_placeholders_are_all_empty_is_not_printed() -> None:
    calm = replace(LETTER, head=tuple(one for one in LETTER.head if one[0] != "อ้างถึง"))
    body = f"{p('อ้างถึง {{อ้างถึง}}')}{p('เรื่อง {{เรื่อง}} {{อ้างถึง}}')}"
    assert words(filled(body, calm).content) == f"เรื่อง {SUBJECT} "
    cell = f"<w:tbl><w:tr><w:tc>{p('{{อ้างถึง}}')}</w:tc></w:tr></w:tbl>{p('{{เรื่อง}}')}"
    assert parts(filled(cell, calm).content)["word/document.xml"].find(f".//{{{W}}}tc/{{{W}}}p") is not None


def test_whom_a_letter_goes_to_has_one_place_whatever_word_opens_it() -> None:
    to = ("นมัสการ", "พระครูสมมติ ฐานวีโร")
    monk = replace(LETTER, head=tuple(to if one[0] == "เรียน" else one for one in LETTER.head))
    assert words(filled(p("{{คำขึ้นต้น}} {{เรียน}}"), monk).content) == "นมัสการ พระครูสมมติ ฐานวีโร"
    assert words(filled(p("{{คำขึ้นต้น}} {{เรียน}}")).content) == "เรียน นายอำเภอ ทุกอำเภอ"
    assert "คำขึ้นต้น" not in filled(p("เรียน {{เรียน}}")).left_out  # offices' templates may say เรียน themselves
    begun = fill(starting_template(LETTER, LOOK), monk, TYPEFACE)
    assert "นมัสการพระครูสมมติ ฐานวีโร" in words(begun.content)


def test_words_without_a_place_are_told() -> None:
    made = filled(p("{{เรื่อง}}"))
    assert {"ที่", "วันที่", "คำลงท้าย", "ผู้ลงนาม", "เนื้อความ", "เจ้าของเรื่อง"} <= set(made.left_out)
    assert "เรื่อง" not in made.left_out
    assert "ชื่อเอกสาร" not in made.left_out  # a letter has none
    part = filled(p("{{เนื้อความส่วนที่ 1}}"), ORDER)
    assert "ตารางที่ 1" in part.left_out
    assert "เนื้อความ" not in part.left_out


def test_sample_criteria_are_never_printed_without_saying_so() -> None:
    paper = replace(LETTER, sample="เกณฑ์ตัวอย่าง")
    assert words(filled(p("{{เรื่อง}}"), paper).content) == f"เกณฑ์ตัวอย่าง{SUBJECT}"
    assert words(filled(p("{{เรื่อง}} {{ป้ายตัวอย่าง}}"), paper).content) == f"{SUBJECT} เกณฑ์ตัวอย่าง"


def test_the_body_takes_the_templates_own_styles_by_their_names() -> None:
    """Word in Thai calls `Normal` `a`; a style that an office changed keeps its Thai name."""

    def renamed(styles: str) -> str:
        return styles.replace('w:styleId="Normal"', 'w:styleId="a"').replace(
            'w:styleId="Body"', 'w:styleId="own1"'
        )

    paper = replace(ORDER, blocks=(*ORDER.blocks, Block(Kind.COUNTS, cells=(("ก", "1"),))))
    made = fill(template(p("{{เนื้อความ}}"), styles=renamed), paper, TYPEFACE)
    document, styles = (parts(made.content)[f"word/{name}.xml"] for name in ("document", "styles"))
    used = [one.get(f"{{{W}}}val") for one in document.iter(f"{{{W}}}pStyle")]
    assert used[0] == "own1"
    assert "Normal" not in used
    assert "a" in used
    assert set(used) <= {one.get(f"{{{W}}}styleId") for one in styles.iter(f"{{{W}}}style")}


def test_styles_that_the_template_lacks_come_along() -> None:
    normal = "<w:style w:type='paragraph' w:styleId='a'><w:name w:val='Normal'/></w:style>"
    bare = f"<w:styles xmlns:w='{W}'>{normal}</w:styles>"
    made = fill(template(p("{{เนื้อความ}}"), styles=lambda _: bare), ORDER, TYPEFACE)
    styles = parts(made.content)["word/styles.xml"]
    based = {one.get(f"{{{W}}}val") for one in styles.iter(f"{{{W}}}basedOn")}
    assert based == {"a"}
    ids = [one.get(f"{{{W}}}styleId") for one in styles.iter(f"{{{W}}}style")]
    assert len(ids) == len(set(ids))
    assert "Grid" in ids


def with_part(name: str, content: bytes) -> bytes:
    return sealed(unpacked(template(p("{{เรื่อง}}"))) | {name: content})


REMOTE = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" '
    'Target="http://127.0.0.1/x" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "template.unreadable"),
        (b"PK\x03\x04 not quite", "template.unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 a password's container", "template.unreadable"),
        (sealed({"word/document.xml": b"<a/>"}), "template.unreadable"),
        (with_part("word/document.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "template.unreadable"),
        (with_part("word/document.xml", b"<w:document/>"), "template.unreadable"),
        (with_part("word/vbaProject.bin", b"x"), "template.active"),
        (
            with_part("word/_rels/settings.xml.rels", REMOTE.format("attachedTemplate").encode()),
            "template.active",
        ),
        (with_part("word/media/a.bmp", bytes(61 << 20)), "template.too_large"),
    ],
    ids=["nothing", "no zip", "password", "no document", "dtd", "not bound", "macro", "remote", "bomb"],
)
def test_a_file_that_is_no_template(content: bytes, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        fill(content, LETTER, TYPEFACE)
    assert refused.value.code == code


def test_a_link_in_a_template_stays() -> None:
    linked = with_part("word/_rels/header1.xml.rels", REMOTE.format("hyperlink").encode())
    assert words(fill(linked, LETTER, TYPEFACE).content) == SUBJECT


def test_the_guide_names_every_placeholder() -> None:
    guide = (ROOT / "docs" / "office-templates.th.md").read_text("utf-8")
    for paper in papers():
        for name in values_of(paper):
            first = NUMBER.sub("1" if "ที่" in name else "2", name)
            assert f"{{{{{first}}}}}" in guide or name.endswith(" 3")


def test_a_code_is_drawn_in_the_paper_and_by_a_template() -> None:
    blocks = (Block(Kind.CODE, "รหัสผู้สมัคร", code=Code("8f14e45f")), Block(Kind.PARAGRAPH, "ก"))
    paper = Paper("ก", Form.PLAIN, blocks)
    for made in (docx(paper, LOOK), filled(p("{{เนื้อความ}}"), paper).content):
        (picture,) = [name for name in unpacked(made) if name.endswith(".png")]
        with Image.open(io.BytesIO(unpacked(made)[picture])) as image:
            assert qr_reader.text_in(image.convert("L")) == "8f14e45f"
        related = etree.fromstring(unpacked(made)["word/_rels/document.xml.rels"])
        target = picture.removeprefix("word/")
        (id_,) = [one.get("Id") for one in related if one.get("Target") == target]
        assert f'r:embed="{id_}"' in unpacked(made)["word/document.xml"].decode()
        assert b'Extension="png"' in unpacked(made)["[Content_Types].xml"]
