"""An office's own Excel file: filled in its look, and every mistake told by sheet and cell."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font, PatternFill

from mochocho.words.errors import BadInput
from reports.formats.office_books.cell_marks import Content
from reports.formats.office_books.filled_book import WrongBookError, filled_book
from reports.formats.table import Table
from tests.unit.reports.formats.test_tables_as_files import RISKY, plain

# openpyxl reads `_x005F_x000D_` as it stands; Excel and LibreOffice show `_x000D_`
TYPED = [text for text in RISKY if not text.startswith("_x")]
TABLE = Table("ทะเบียนผู้สมัคร", {"ชื่อ": 30, "จำนวน": 10}, [(text, n) for n, text in enumerate(TYPED)])
CONTENT = Content([TABLE, Table("สถิติ", {"อำเภอ": 20}, [])], {"จังหวัด": "เชียงราย", "ปี": "2568"})


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A title over merged cells, headings, a row in green that is repeated, and a merged line below it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "ทะเบียน"
    sheet["A1"] = "ทะเบียนจังหวัด{{จังหวัด}} ปี {{ปี}}"
    sheet.merge_cells("A1:C1")
    sheet.append(["ที่", "ชื่อ", "คะแนน"])
    sheet.append(["{{ทุกแถว}}{{ลำดับ}}", "นาย {{ ชื่อ }}", "{{จำนวน}}"])
    sheet["B3"].font = Font(name="TH Sarabun New", size=16)
    sheet["B3"].fill = PatternFill("solid", "00FF00")
    sheet.row_dimensions[3].height = 33
    sheet["A5"] = "รวม {{จำนวนแถว}} ราย"
    sheet.merge_cells("A5:C5")
    sheet.row_dimensions[5].height = 44
    path = tmp_path / "own.xlsx"
    book.save(path)
    return path


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_rows_come_in_the_look_of_the_repeated_one_and_stay_texts(own: Path) -> None:
    sheet = opened(filled_book(own, CONTENT))["ทะเบียน"]
    assert sheet["A1"].value == "ทะเบียนจังหวัดเชียงราย ปี 2568"
    last = 2 + len(TYPED)
    assert [sheet.cell(row, 1).value for row in range(3, last + 1)] == list(range(1, len(TYPED) + 1))
    assert [sheet.cell(row, 3).value for row in range(3, last + 1)] == list(range(len(TYPED)))
    names = [sheet.cell(row, 2) for row in range(3, last + 1)]
    assert [plain(cell.value) for cell in names] == [plain(f"นาย {text}") for text in TYPED]
    assert {(cell.font.name, cell.fill.fgColor.rgb[-6:]) for cell in names} == {("TH Sarabun New", "00FF00")}
    assert {sheet.row_dimensions[row].height for row in range(3, last + 1)} == {33}
    assert sheet.cell(last + 2, 1).value == f"รวม {len(TYPED)} ราย"
    assert sheet.row_dimensions[last + 2].height == 44
    assert {str(one) for one in sheet.merged_cells.ranges} == {"A1:C1", f"A{last + 2}:C{last + 2}"}


def test_what_was_typed_is_no_formula_and_no_placeholder(own: Path) -> None:
    change(own, B3="{{ชื่อ}}")
    sheet = opened(filled_book(own, CONTENT))["ทะเบียน"]
    cells = [sheet.cell(row, 2) for row in range(3, 3 + len(TYPED))]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [plain(str(cell.value)) for cell in cells] == [plain(text) for text in TYPED]


def test_a_text_longer_than_a_cell_ends_in_an_ellipsis(own: Path) -> None:
    long = Table("ทะเบียนผู้สมัคร", TABLE.columns, [("😀" * 20_000, 1)])
    assert opened(filled_book(own, Content([long], CONTENT.general)))["ทะเบียน"]["B3"].value.endswith("😀…")


def test_the_same_content_has_the_same_bytes(own: Path) -> None:
    assert filled_book(own, CONTENT) == filled_book(own, CONTENT)


def test_a_table_without_rows_leaves_none(own: Path) -> None:
    change(own, A3="{{ทุกแถวของสถิติ}}{{ลำดับ}}", B3="{{อำเภอ}}", C3=None)
    sheet = opened(filled_book(own, CONTENT))["ทะเบียน"]
    assert [cell.value for cell in sheet[3]] == [None, None, None]
    assert sheet["A5"].value == "รวม 0 ราย"


def change(path: Path, **cells: str | None) -> None:
    book = openpyxl.load_workbook(path)
    for address, value in cells.items():
        book["ทะเบียน"][address] = value
    book.save(path)
    book.close()


def test_every_mistake_is_told_with_its_cell_and_what_may_be_meant(own: Path) -> None:
    change(own, A2="{{ชื่", B2="{{ชื่อ}}", C3="{{จำนวนน}}", C2="=SUM(C3:C3)", B4="{{ทุกแถวของสถิติ}}")
    with pytest.raises(WrongBookError) as told:
        filled_book(own, CONTENT)
    said = [str(one) for one in told.value.mistakes]
    assert said[0] == "แผ่นงาน “ทะเบียน” แถว 2 (A2): วงเล็บ {{ และ }} ไม่ครบคู่ในช่องเดียวกัน"
    assert said[1].endswith("(B2): {{ชื่อ}} ใช้ได้เฉพาะในแถวที่มี {{ทุกแถว}}")
    assert "(C2): ช่องนี้เป็นสูตร" in said[2]
    assert "(C3): ไม่รู้จักช่อง {{จำนวนน}} อาจหมายถึง {{จำนวน" in said[3]
    assert "(B4): {{ทุกแถวของสถิติ}} อยู่ได้แถวเดียวในแผ่นงาน" in said[4]
    assert len(said) == 5


@pytest.mark.parametrize("kind", ["merged", "none", "text"])
def test_a_file_that_cannot_be_filled_is_refused(own: Path, kind: str) -> None:
    if kind == "text":
        own.write_bytes(b"a,b")
        with pytest.raises(BadInput):
            filled_book(own, CONTENT)
        return
    book = openpyxl.load_workbook(own)
    if kind == "merged":
        book["ทะเบียน"].merge_cells("B3:C4")
    else:
        book.remove(book["ทะเบียน"])
        book.create_sheet("ว่าง")["A1"] = "ไม่มีช่อง"
    book.save(own)
    with pytest.raises(WrongBookError) as told:
        filled_book(own, CONTENT)
    assert {"merged": "ผสาน", "none": "ไม่มีช่องให้เติม"}[kind] in str(told.value.mistakes[0])
