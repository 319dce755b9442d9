"""What acts in a file, leads out of it or carries another is found, however deep it lies; ours have none."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from processing.releases.active_content import UNREADABLE, active_content
from reports.editable.editable_paper import Look, docx
from reports.editable.typeface import Typeface
from reports.view.blocks import Block, Form, Kind, Paper

PAPER = Paper(
    "ใบแทรก", Form.MEETING, (Block(Kind.PARAGRAPH, "{{7*7}} =1+1 http://example.org"),), ("ใบแทรก",)
)


def action(kind: str, **more: object) -> Dictionary:
    return Dictionary(S=Name(kind), **more)


def linked(book: Pdf, act: Dictionary) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=act)
    book.pages[0].obj.Annots = Array([book.make_indirect(note)])


def attached(book: Pdf) -> None:
    book.attachments["a.txt"] = b"a"


PLANTED: dict[str, Callable[[Pdf], None]] = {
    "/OpenAction": lambda book: setattr(book.Root, "OpenAction", action("/JavaScript", JS=String("x"))),
    "/JS": lambda book: linked(book, action("/JavaScript", JS=String("x"))),
    "/Launch": lambda book: linked(book, action("/Launch", F=String("a.exe"))),
    "/URI": lambda book: linked(book, action("/URI", URI=String("http://example.org"))),
    "/GoToR": lambda book: linked(
        book, action("/Named", N=Name("/x"), Next=[action("/GoToR", F=String("b"))])
    ),
    "/AA": lambda book: setattr(book.pages[0].obj, "AA", Dictionary(O=action("/Named"))),
    "/EmbeddedFiles": attached,
    "/AcroForm": lambda book: setattr(book.Root, "AcroForm", Dictionary(XFA=Stream(book, b"<x/>"))),
    "/RichMedia": lambda book: setattr(
        book.pages[0].obj, "Annots", Array([Dictionary(Subtype=Name("/RichMedia"))])
    ),
}


def kinds(path: Path) -> set[str]:
    return {one.what for one in active_content(path)}


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("what", PLANTED)
def test_what_acts_in_a_pdf_is_found(tmp_path: Path, what: str, packed: bool) -> None:
    path = tmp_path / "a.PDF"
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    with pikepdf.new() as book:
        book.add_blank_page()
        book.save(path, object_stream_mode=mode)
        assert kinds(path) == set()
        PLANTED[what](book)
        book.save(path, object_stream_mode=mode)
    assert what in kinds(path)


def test_a_pdf_that_cannot_be_read_or_is_locked_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7 nothing")
    assert kinds(path) == {UNREADABLE}
    with pikepdf.new() as book:
        book.add_blank_page()
        book.save(path, encryption=pikepdf.Encryption(owner="a", user=""))
    assert "/Encrypt" in kinds(path)


def changed(content: bytes, name: str, old: str, new: str) -> bytes:
    """An Office file with a part changed, or with a new one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w") as made:
        for info in given.infolist():
            part = given.read(info).decode()
            made.writestr(info, part.replace(old, new) if info.filename == name else part)
        if name not in given.namelist():
            made.writestr(name, new)
    return out.getvalue()


OUTSIDE = '<Relationship Id="r9" Type="http://x/y" Target="http://example.org" TargetMode="External"/>'
FIELD = '<w:p><w:r><w:instrText> dde "x" </w:instrText></w:r></w:p><w:sectPr'


@pytest.mark.parametrize(
    ("name", "old", "new", "what"),
    [
        ("word/_rels/document.xml.rels", "</Relationships>", f"{OUTSIDE}</Relationships>", "External"),
        ("word/document.xml", "<w:sectPr", FIELD, "field"),
        ("word/vbaProject.bin", "", "x", "part"),
        ("word/embeddings/a.xml", "", "<a/>", "part"),
        ("word/more.xml", "", '<!DOCTYPE a [<!ENTITY b "c">]><a/>', "DOCTYPE"),
        ("word/more.xml", "", "<a", UNREADABLE),
    ],
)
def test_what_leads_out_of_a_word_file_is_found(
    tmp_path: Path, name: str, old: str, new: str, what: str
) -> None:
    path, content = tmp_path / "a.docx", docx(PAPER, Look(Typeface("TH Sarabun New"), True))
    path.write_bytes(content)
    assert active_content(path) == ()
    path.write_bytes(changed(content, name, old, new))
    assert what in kinds(path)


def test_a_formula_of_a_workbook_is_found_and_a_text_that_looks_like_one_is_none(tmp_path: Path) -> None:
    path, book = tmp_path / "a.xlsx", openpyxl.Workbook()
    cell = book.active["A1"]
    cell.value, cell.data_type = "=1+1", "s"
    book.save(path)
    assert active_content(path) == ()
    book.active["A2"] = "=1+1"
    book.save(path)
    assert kinds(path) == {"formula"}


def test_other_files_are_not_looked_into(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"/JS")
    assert active_content(path) == ()
