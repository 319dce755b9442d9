"""A sheet that an office fills in: title, advice, headings, rows of text, one column with choices."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from mochocho.excel.filled_sheet import HEADING
from mochocho.excel.writing import new_book

LINE = 16  # points


@dataclass(frozen=True, slots=True)
class Form:
    """`widths`: of each heading's column; `choices`: of the column `chosen`; `kept`: up to which column a row
    stays in view; `printed`: up to which it is printed; `link`: the column of links.
    """

    name: str
    title: str
    advice: str
    headings: Sequence[str]
    widths: Sequence[int]
    chosen: str
    choices: Sequence[str]
    kept: str
    printed: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Its values in the order of the headings; `link`: where to, from the file, '' = nowhere, and as what."""

    values: Sequence[str]
    link: str = ""
    shown: str = ""


def book_of(form: Form, rows: Sequence[Row]) -> bytes:
    """The workbook; the same rows give the same bytes."""
    buffer = io.BytesIO()
    with new_book(buffer) as book:
        sheet = book.add_worksheet(form.name)
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 1})
        link = book.add_format({"font_color": "#0563C1", "underline": 1, "valign": "top", "border": 1})
        bold = book.add_format({"bold": True, "bg_color": "#E7EEF7", "border": 1, "text_wrap": True})
        sheet.write_string(0, 0, form.title, book.add_format({"bold": True, "font_size": 14}))
        sheet.write_string(1, 0, form.advice, book.add_format({"italic": True, "font_color": "#5F6B78"}))
        for place, (column, width) in enumerate(zip(form.headings, form.widths, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(HEADING, place, column, bold)
        for number, row in enumerate(rows, start=HEADING + 1):
            sheet.set_row(
                number, LINE * max(map(_lines, row.values, form.widths))
            )  # programs differ in growing it
            for place, value in enumerate(row.values):
                sheet.write_string(number, place, value, text)
            if row.link:
                place = form.headings.index(form.link)
                sheet.write_url(number, place, f"external:{row.link}", link, row.shown)
        last, place = HEADING + len(rows), form.headings.index(form.chosen)
        choices = {"validate": "list", "source": list(form.choices), "error_title": form.chosen}
        sheet.data_validation(HEADING + 1, place, max(last, HEADING + 1), place, choices)
        sheet.freeze_panes(HEADING + 1, form.headings.index(form.kept) + 1)
        sheet.autofilter(HEADING, 0, last, len(form.headings) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.print_area(0, 0, last, form.headings.index(form.printed))
        sheet.repeat_rows(HEADING)
    return buffer.getvalue()


def _lines(value: str, width: int) -> int:
    """How many lines a value needs in its column."""
    return sum(1 + len(line) // width for line in value.split("\n"))
