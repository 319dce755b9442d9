"""Creating a workbook: people's text stays text, and the same content gives the same bytes."""

import io
from datetime import datetime

import xlsxwriter
from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings

from mochocho.excel.escapes import escaped

# Otherwise XlsxWriter would turn people's text into formulas, links or numbers.
_AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the file's own date, fixed; XlsxWriter takes no zone


class _Texts(SharedStrings):  # type: ignore[misc]
    """XlsxWriter's own takes `<r>…</r>` for markup, whoever typed it: it would stand in the file as it is."""

    def _write_si(self, string: str) -> None:
        text = escaped(string)
        self._xml_si_element(text, [("xml:space", "preserve")] if text != text.strip() else [])


class _Parts(Packager):  # type: ignore[misc]
    def _write_shared_strings_file(self) -> None:
        if self.workbook.str_table.count:
            texts = _Texts()
            texts.string_table = self.workbook.str_table
            texts._set_xml_writer(self._filename("xl/sharedStrings.xml"))  # noqa: SLF001 - as XlsxWriter does
            texts._assemble_xml_file()  # noqa: SLF001


class _Book(xlsxwriter.Workbook):  # type: ignore[misc]
    def _get_packager(self) -> Packager:
        return _Parts()


def new_book(target: io.BytesIO, **options: object) -> xlsxwriter.Workbook:
    """A new workbook, written to `target` when it is closed; `options` are XlsxWriter's."""
    book = _Book(target, {**_AS_TEXT, "in_memory": True, **options})
    book.set_properties({"created": _MADE})
    return book
