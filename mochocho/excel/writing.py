"""Creating a workbook: people's text stays text, and the same content gives the same bytes."""

import io
import unicodedata
from bisect import bisect_right
from datetime import datetime
from itertools import accumulate

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.worksheet import Worksheet

from mochocho.excel.escapes import escaped

# Otherwise XlsxWriter would turn people's text into formulas, links or numbers.
_AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the file's own date, fixed; XlsxWriter takes no zone

MAX_CELL = 32_767  # units of UTF-16, of which an emoji has two: Excel's own limit
_LONGEST_CLUSTER = 16  # letters
_JOIN_NEXT = "เแโใไ\u200d"
_JOIN_LAST = "ะาำๅ\u200d"


def fits(text: str) -> bool:
    """Whether one cell of Excel holds it."""
    return len(text) <= MAX_CELL // 2 or _ends(text)[-1] <= MAX_CELL


def held(text: str) -> str:
    """What one cell holds of it: a longer one is cut between whole letters and ends in "…"."""
    if fits(text):
        return text
    last = bisect_right(_ends(text), MAX_CELL - 1)
    places = range(last, last - _LONGEST_CLUSTER, -1)
    end = next((at for at in places if not _joined(text[at - 1], text[at])), last)
    return f"{text[:end]}…"


def _ends(text: str) -> list[int]:
    """How many units there are up to the end of each letter."""
    return list(accumulate(2 if letter > "\uffff" else 1 for letter in text))


def _joined(one: str, following: str) -> bool:
    """Whether they are one letter to a reader: with vowel, tone or the next part of an emoji."""
    return one in _JOIN_NEXT or following in _JOIN_LAST or unicodedata.category(following).startswith("M")


class _Sheet(Worksheet):  # type: ignore[misc]
    """XlsxWriter's own cuts a long text without a word, also between a consonant and its vowel."""

    def _write_string(self, row: int, col: int, string: str, cell_format: Format | None = None) -> int:
        return int(super()._write_string(row, col, held(string), cell_format))


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
    worksheet_class = _Sheet

    def _get_packager(self) -> Packager:
        return _Parts()


def new_book(target: io.BytesIO, **options: object) -> xlsxwriter.Workbook:
    """A new workbook, written to `target` when it is closed; `options` are XlsxWriter's."""
    book = _Book(target, {**_AS_TEXT, "in_memory": True, **options})
    book.set_properties({"created": _MADE})
    return book
