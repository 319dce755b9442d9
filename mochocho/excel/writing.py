"""Creating a workbook: people's text stays text, and the same content gives the same bytes."""

import io
from datetime import datetime

import xlsxwriter

# Otherwise XlsxWriter would turn people's text into formulas, links or numbers.
_AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the file's own date, fixed; XlsxWriter takes no zone


def new_book(target: io.BytesIO, **options: object) -> xlsxwriter.Workbook:
    """A new workbook, written to `target` when it is closed; `options` are XlsxWriter's."""
    book = xlsxwriter.Workbook(target, {**_AS_TEXT, "in_memory": True, **options})
    book.set_properties({"created": _MADE})
    return book
