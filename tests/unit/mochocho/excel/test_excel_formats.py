"""Cells in formats that Thai Excel saves by number only, as three programs write them."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import Workbook

from mochocho.excel.cells import Cell
from mochocho.excel.typed import Wrong, day_of, whole_of
from mochocho.excel.workbooks import read_workbook
from tests.libreoffice import convert
from tests.workbooks import replaced, written

SERIAL = 45_767.375  # 20 April 2025, nine o'clock
DAY = date(2025, 4, 20)


def by_openpyxl(value: float, number: int) -> bytes:
    out, book = io.BytesIO(), Workbook()
    cell: Any = book.worksheets[0].cell(1, 1, value)
    cell.number_format = "0"  # a style of its own
    cell._style.numFmtId = number
    book.save(out)
    return out.getvalue()


def by_xlsxwriter(value: float, number: int | str) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write_number(0, 0, value, book.add_format({"num_format": number}))
    return out.getvalue()


def only_cell(folder: Path, content: bytes) -> Cell:
    return read_workbook(written(folder, content))[0].rows[0][0]


@pytest.mark.parametrize("write", [by_openpyxl, by_xlsxwriter])
@pytest.mark.parametrize("number", [14, 22, *range(27, 37), *range(50, 59), *range(71, 75), 77, 81])
def test_a_day_in_a_format_that_is_known_by_number_alone(
    tmp_path: Path, write: Callable[[float, int], bytes], number: int
) -> None:
    assert day_of(only_cell(tmp_path, write(SERIAL, number))) == DAY


@pytest.mark.parametrize("number", [20, 21, 75, 76, 78, 80])
def test_a_time_of_day_is_no_day(tmp_path: Path, number: int) -> None:
    cell = only_cell(tmp_path, by_xlsxwriter(0.375, number))
    assert (cell.text, cell.day) == ("09:00:00", None)


def test_hours_that_are_more_than_a_day_are_no_day(tmp_path: Path) -> None:
    cell = only_cell(tmp_path, by_xlsxwriter(1.375, 79))
    assert (cell.text, cell.day) == ("1 day, 9:00:00", None)


@pytest.mark.parametrize("number", [*range(59, 63), 69, 70])
def test_a_number_in_thai_digits_stays_a_number(tmp_path: Path, number: int) -> None:
    assert whole_of(only_cell(tmp_path, by_xlsxwriter(70, number))) == 70


@pytest.mark.parametrize("number", [9, 10, 67, 68, "[$-D000000]0%", "t0%"])
def test_a_percentage(tmp_path: Path, number: int | str) -> None:
    assert only_cell(tmp_path, by_xlsxwriter(0.7, number)).text == "70%"


@pytest.mark.parametrize("code", ['0"%"', r"0\%", '0" (%)"', "0_%"])
def test_a_percent_sign_that_is_only_written_behind_the_number(tmp_path: Path, code: str) -> None:
    assert whole_of(only_cell(tmp_path, by_xlsxwriter(70, code))) == 70


DESCRIBED = (
    "d/m/bb",
    "[$-107041E]d mmmm yyyy;@",
    "[$-D07041E]d mmm bb",
    "[$-41E]d mmmm bbbb",
    "bbbb",
    "yyyy-mm-dd hh:mm",
)


@pytest.mark.parametrize("code", DESCRIBED)
def test_a_day_in_a_format_that_the_file_describes(tmp_path: Path, code: str) -> None:
    assert day_of(only_cell(tmp_path, by_xlsxwriter(SERIAL, code))) == DAY


@pytest.mark.parametrize("code", ["0.00", '0 "bb"', "[Blue]0", '#,##0 "บาท"', "0.00E+00", "@"])
def test_a_format_of_no_day_makes_none(tmp_path: Path, code: str) -> None:
    assert only_cell(tmp_path, by_xlsxwriter(45_767, code)).text == "45767"


def test_a_number_that_the_file_itself_describes_otherwise(tmp_path: Path) -> None:
    """From 164 on numbers are the file's own; where a lower one is described, what stands there counts."""
    own = '<numFmts count="1"><numFmt numFmtId="81" formatCode="0.0"/></numFmts>'
    content = replaced(by_openpyxl(45_767, 81), "xl/styles.xml", "<numFmts[^>]*/>|(?=<fonts)", own)
    assert only_cell(tmp_path, content).text == "45767"


def test_saved_by_libreoffice(tmp_path: Path) -> None:
    codes = ("[$-107041E]d mmmm yyyy;@", "[$-1070000]d/mm/yyyy;@", "[$-41E]d mmmm yyyy", 14, 22)
    source = tmp_path / "source.xlsx"
    with xlsxwriter.Workbook(source) as book:
        sheet = book.add_worksheet()
        for row, code in enumerate(codes):
            sheet.write_number(row, 0, SERIAL, book.add_format({"num_format": code}))
    convert([source], "xlsx", tmp_path / "saved", tmp_path / "profile")
    rows = read_workbook(tmp_path / "saved" / "source.xlsx")[0].rows
    assert [day_of(row[0]) for row in rows] == [DAY] * len(codes)


def test_a_date_that_lost_its_format_is_named_with_the_day_it_means(tmp_path: Path) -> None:
    for serial, said in ((45_767, "20 เมษายน 2568"), (244_094, "20 เมษายน 2568")):
        with pytest.raises(Wrong, match=rf"ตัวเลข {serial} ซึ่ง Excel หมายถึง {said} ให้ตั้งรูปแบบช่องเป็นวันที่"):
            day_of(only_cell(tmp_path, by_xlsxwriter(serial, "General")))
