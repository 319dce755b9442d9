"""Sheets for the office: headings with their widths, rows that can be filtered; texts stay texts."""

import io
from collections.abc import Mapping, Sequence

from xlsxwriter.workbook import Workbook

from mochocho.excel.writing import new_book
from reports.formats.table import Table

ONLY_TEXT = {"num_format": "@", "text_wrap": True, "valign": "top"}


def book(title: str, columns: Mapping[str, int], rows: Sequence[Sequence[str]], frozen: int) -> bytes:
    """The bytes of an .xlsx file; `columns`: heading -> width in characters; `frozen`: columns that stay."""
    return book_of([Table(title, columns, rows, frozen)])


def book_of(tables: Sequence[Table]) -> bytes:
    """The bytes of an .xlsx file with a sheet for each table; their titles are unlike each other and have
    the 31 letters at most that Excel takes.
    """
    buffer = io.BytesIO()
    with new_book(buffer) as made:
        for table in tables:
            _add(made, table)
    return buffer.getvalue()


def _add(made: Workbook, table: Table) -> None:
    sheet = made.add_worksheet(table.title)
    text, bold = made.add_format(ONLY_TEXT), made.add_format({"bold": True, "bg_color": "#E7EEF7"})
    for place, (column, width) in enumerate(table.columns.items()):
        sheet.set_column(place, place, width, text)
        sheet.write_string(0, place, column, bold)
    number_format = made.add_format({"num_format": "0", "valign": "top"})
    for number, row in enumerate(table.rows, start=1):
        for place, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(number, place, value, number_format)
            else:
                sheet.write_string(number, place, value, text)
    sheet.freeze_panes(1, table.frozen)
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
