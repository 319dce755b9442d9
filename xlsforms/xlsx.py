"""Writes an XLSForm workbook that staff can open, read and upload; the same rows give the same bytes."""

import io
from collections.abc import Mapping, Sequence

from mochocho.excel.writing import new_book

_WIDEST = 60


def xlsx_bytes(
    sheets: Mapping[str, Sequence[Mapping[str, str]]], columns: Mapping[str, Sequence[str]]
) -> bytes:
    """An .xlsx with one worksheet per sheet, its header bold and frozen, every cell text."""
    target = io.BytesIO()
    with new_book(target) as book:
        header = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 2 if name == "survey" else 0)
            for at, column in enumerate(columns[name]):
                texts = [row.get(column, "") for row in rows]
                sheet.set_column(at, at, min(_WIDEST, max(map(len, (column, *texts))) + 2), body)
                sheet.write_string(0, at, column, header)
                for line, text in enumerate(texts, start=1):
                    if text:
                        sheet.write_string(line, at, text)
    return target.getvalue()
