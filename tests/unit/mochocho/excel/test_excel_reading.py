"""Cells as a reader sees them, and files that are malicious or only look so."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.pagebreak import Break

from mochocho.excel import row_counts, workbooks
from mochocho.excel.cells import Cell, Merge
from mochocho.excel.typed import Wrong, day_of, text_of, whole_of
from mochocho.excel.workbooks import read_workbook
from mochocho.excel.writing import new_book
from mochocho.words import thai
from mochocho.words.errors import BadInput
from tests.workbooks import replaced, written


def book(*rows: list[Any], number_format: str = "General") -> bytes:
    out, workbook = io.BytesIO(), Workbook()
    for row in rows:
        workbook.worksheets[0].append(row)
    for cell in (c for row in workbook.worksheets[0].iter_rows() for c in row):
        cell.number_format = number_format
    workbook.save(out)
    return out.getvalue()


def cells(folder: Path, content: bytes) -> list[list[str]]:
    (sheet,) = read_workbook(written(folder, content))
    return [[cell.text for cell in row] for row in sheet.rows]


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (5, "General", "5"),
        (5.0, "0.00", "5"),
        (5.5, "0", "5.5"),
        (True, "General", "TRUE"),
        (0.7, "0%", "70%"),
        (0.07, "0.00%", "7%"),
        (0.705, "0%", "70.5%"),
        (1e15, "General", "1000000000000000"),
        (0.1, "General", "0.1"),
        (" ก\u00a0\u200bข ", "@", "ก ข"),
    ],
)
def test_a_cell_reads_as_it_looks(tmp_path: Path, value: object, number_format: str, shown: str) -> None:
    assert cells(tmp_path, book([value], number_format=number_format)) == [[shown]]


@pytest.mark.parametrize("size", range(4, 12))
def test_rows_are_counted_wherever_the_bytes_are_parted(
    size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = load_workbook(io.BytesIO(book(["ก"], [], ["ข"])))
    whole.worksheets[0].row_breaks.append(Break(id=1))
    path = tmp_path / "parted.xlsx"
    whole.save(path)
    monkeypatch.setattr(row_counts, "_CHUNK", size)
    told: list[tuple[str, int, int]] = []
    read_workbook(path, row_counts.telling(path, lambda *one: told.append(one)))
    assert told == [("read", 1, 2), ("read", 2, 2), ("read", 2, 2)]


def test_rows_end_with_their_last_cell_and_empty_ones_keep_their_place(tmp_path: Path) -> None:
    assert cells(tmp_path, book(["ก", None, "ข", None, " "], [], [None, "ค"])) == [
        ["ก", "", "ข"],
        [],
        ["", "ค"],
    ]


def test_lines_of_a_cell() -> None:
    assert Cell("ก ข", written="ก\r\n\n ข ").lines == ("ก", "ข")
    assert Cell("ก").lines == ("ก",)
    assert Cell().lines == ()


def test_merges_and_hidden_rows_are_told(tmp_path: Path) -> None:
    out, workbook = io.BytesIO(), Workbook()
    sheet = workbook.worksheets[0]
    sheet["A1"], sheet["A5"] = "ก", "ข"
    sheet.merge_cells("A1:A3")
    sheet.merge_cells("B2:D2")
    sheet.row_dimensions[5].hidden = True
    workbook.save(out)
    (found,) = read_workbook(written(tmp_path, out.getvalue()))
    assert found.merges == (Merge(range(1, 4), range(1, 2)), Merge(range(2, 3), range(2, 5)))
    assert found.hidden_rows == {5}


SHEET = "xl/worksheets/sheet1.xml"


def test_a_merge_of_the_whole_sheet_costs_nothing(tmp_path: Path) -> None:
    merge = '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    content = replaced(book(["ก"]), SHEET, "</sheetData>", merge)
    assert cells(tmp_path, content) == [["ก"]]


def test_a_day_past_all_calendars_is_an_error_in_its_cell(tmp_path: Path) -> None:
    content = replaced(
        book([date(2025, 1, 1)], number_format="yyyy-mm-dd"), SHEET, "<v>[0-9.]+</v>", "<v>9999999</v>"
    )
    (sheet,) = read_workbook(written(tmp_path, content))
    assert sheet.rows[0][0].broken


@pytest.mark.parametrize(
    "body",
    [
        '<row r="20500"><c r="A20500"><v>1</v></c></row></sheetData>',
        "</sheetData><mergeCells>" + '<mergeCell ref="A1:B2"/>' * 20_001 + "</mergeCells>",
    ],
    ids=["rows", "merges"],
)
def test_more_than_any_office_writes_is_refused(tmp_path: Path, body: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_workbook(written(tmp_path, replaced(book(["ก"]), SHEET, "</sheetData>", body)))
    assert caught.value.code == "excel.too_large"


def test_more_sheets_than_any_office_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MAX_SHEETS", 2)
    out, workbook = io.BytesIO(), Workbook()
    workbook.create_sheet("ข")
    workbook.create_sheet("ค")
    workbook.save(out)
    with pytest.raises(BadInput) as caught:
        read_workbook(written(tmp_path, out.getvalue()))
    assert caught.value.code == "excel.too_large"


CONTENT = book(["ก", 1, date(2025, 1, 1)], ["ข", 0.5])
PARTS = zipfile.ZipFile(io.BytesIO(CONTENT)).namelist()


@given(st.sampled_from(PARTS), st.integers(0, 2000), st.binary(max_size=6))
def test_any_damage_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, part: str, at: int, new: bytes
) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(CONTENT)) as old, zipfile.ZipFile(out, "w") as damaged:
        for name in PARTS:
            body = old.read(name)
            damaged.writestr(name, body[:at] + new + body[at + len(new) :] if name == part else body)
    path = written(tmp_path_factory.getbasetemp(), out.getvalue())
    try:
        read_workbook(path)
    except BadInput as refused:
        if not refused.code.startswith("excel."):
            raise


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5", 5),
        ("๕", 5),
        ("5.0", 5),
        ("5.", 5),
        ("1,000", 1000),
        ("70%", 70),
        ("๗๐ %", 70),
        ("-3", -3),
        (" 12 ", 12),
        ("12 000", 12_000),
    ],
)
def test_whole_numbers(text: str, number: int) -> None:
    assert whole_of(Cell(thai.normalise(text))) == number


@pytest.mark.parametrize(
    "text", ["5.5", "ห้า", "5 ครั้ง", "1,00", "1 2", "1,0000", "1e3", "", "0x5", "5-6", "9" * 30]
)
def test_what_is_no_whole_number(text: str) -> None:
    with pytest.raises(Wrong, match="ไม่ใช่จำนวนเต็ม"):
        whole_of(Cell(text))


@pytest.mark.parametrize(
    "cells",
    ['<row r="2"/><row r="1"><c r="A1"><v>5</v></c></row>', '<row r="1"><c r="A1"><v>1E400</v></c></row>'],
)
def test_what_would_be_read_in_part_is_refused(tmp_path: Path, cells: str) -> None:
    made = new_book(out := io.BytesIO())
    made.add_worksheet("แผ่น")
    made.close()
    content = replaced(
        out.getvalue(), "xl/worksheets/sheet1.xml", "<sheetData ?/>", f"<sheetData>{cells}</sheetData>"
    )
    with pytest.raises(BadInput, match=r"excel\.not_excel|ไม่ใช่ Excel"):
        read_workbook(written(tmp_path, content))


def test_dates_that_excel_made_of_something_else() -> None:
    day = Cell(day=date(2025, 1, 2))
    for read in (whole_of, text_of):
        with pytest.raises(Wrong, match="Excel เปลี่ยน"):
            read(day)
    assert day_of(day) == date(2025, 1, 2)
    assert day_of(Cell(day=date(2568, 1, 2))) == date(2025, 1, 2)


def shared(text: str) -> bytes:
    """A workbook with one cell, whose text stands among the shared ones."""
    made = new_book(out := io.BytesIO())
    made.add_worksheet().write_string(0, 0, text)
    made.close()
    return out.getvalue()


@pytest.mark.parametrize(
    ("ending", "left"),
    [
        ("ขค", "ขค"),  # as long as a cell may be
        ("😀", "😀"),
        ("ขคง", "ข…"),
        ("😀ข", "…"),  # no half of an emoji
        ("ขี่ค", "…"),  # no consonant without its vowel
        ("เมือง", "…"),  # and no vowel without its consonant
    ],
)
def test_a_text_longer_than_a_cell_is_cut_between_letters(tmp_path: Path, ending: str, left: str) -> None:
    """Excel mends, as it says, a file with a text of more than 32,767 units of UTF-16."""
    (sheet,) = read_workbook(written(tmp_path, shared("ก" * 32_765 + ending)))
    assert sheet.rows[0][0].written == "ก" * 32_765 + left


class TestEscapedLetters:
    """`_x000D_` in a file is a line break, `_x005F_x000D_` those seven letters (ECMA-376, ST_Xstring)."""

    @pytest.mark.parametrize(
        "text",
        [
            *("_x005F_\\1", "ก_x000D_", "x005F_", "_x0041_ _x005F_ข", "__x41_", "_x😀_"),
            *("_x0041_x0042_", "_x005F_x0041_x005F_"),  # two that share an underscore
            "_x0041\r",  # the carriage return is written `_x000D_`
        ],
    )
    def test_what_looks_like_one_comes_back_as_typed(self, tmp_path: Path, text: str) -> None:
        (sheet,) = read_workbook(written(tmp_path, shared(text)))
        assert sheet.rows[0][0].written == text

    @pytest.mark.parametrize("text", ["<r><t>ก</t></r>", "<r>&</r>", "<r></r>"])
    def test_markup_of_a_file_is_text_where_it_was_typed(self, tmp_path: Path, text: str) -> None:
        assert cells(tmp_path, shared(text)) == [[text]]

    @pytest.mark.parametrize(
        ("in_file", "read"),
        [
            ("ก_x000D_\nข", "ก\r\nข"),
            ("_x0E01__x0e02_", "กข"),
            ("_xD83D__xDE00_", "😀"),
            ("_x005F_xD83D__xDE00_", "_xD83D__xDE00_"),
            ("_xDE00_ _x0000_", "_xDE00_ _x0000_"),  # no letters: as they stand, nothing is lost
        ],
    )
    def test_each_is_read_once_as_excel_reads_it(self, tmp_path: Path, in_file: str, read: str) -> None:
        inline = f'<c r="A1" t="inlineStr"><is><t>{in_file}</t></is></c>'
        for content in (
            replaced(shared("ก"), "xl/sharedStrings.xml", "<t>ก</t>", f"<t>{in_file}</t>"),
            replaced(book(["ก"]), "xl/worksheets/sheet1.xml", "<c r=.*</c>", inline),
        ):
            (sheet,) = read_workbook(written(tmp_path, content))
            assert sheet.rows[0][0].written == read
