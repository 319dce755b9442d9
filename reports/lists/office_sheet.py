"""One sheet of texts for the office: headings with their widths, rows that can be filtered."""

import io
from collections.abc import Mapping, Sequence

from mochocho.excel.writing import new_book

ONLY_TEXT = {"num_format": "@", "text_wrap": True, "valign": "top"}


def book(title: str, columns: Mapping[str, int], rows: Sequence[Sequence[str]], frozen: int) -> bytes:
    """The bytes of an .xlsx file; `columns`: heading -> width in characters; `frozen`: columns that stay."""
    buffer = io.BytesIO()
    with new_book(buffer) as made:
        sheet = made.add_worksheet(title)
        text, bold = made.add_format(ONLY_TEXT), made.add_format({"bold": True, "bg_color": "#E7EEF7"})
        for place, (column, width) in enumerate(columns.items()):
            sheet.set_column(place, place, width, text)
            sheet.write_string(0, place, column, bold)
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                sheet.write_string(number, place, value, text)
        sheet.freeze_panes(1, frozen)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    return buffer.getvalue()
