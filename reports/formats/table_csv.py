"""A table as CSV: UTF-8 with a BOM, commas, CRLF, every text in quotation marks (RFC 4180). Pure.

A program that opens such a file computes what looks like a formula, and turns 13 digits, 007 and 1/2568 into
numbers and days: quotation marks prevent none of it. So an apostrophe stands before every text that begins
as a formula does or that is made of digits and signs alone, and before one that begins with an apostrophe:
whoever takes one apostrophe away where there is one has every text as it was. Excel's own file needs none.
"""

import re

from reports.formats.table import Table, Value

BOM = "\ufeff"
GUARD = "'"
# = + - @ in their full-width shapes too; tab and CR are skipped by programs that then see what follows
_BEGINS_A_FORMULA = re.compile(r"\s*[=+\-@＝＋－﹣＠]|[\t\r\n'’]")
_NUMBER_OR_DAY = re.compile(r"[\s\d.,:/()%฿$€-]*\d[\s\d.,:/()%฿$€-]*(?:[eE][+-]?\d+)?")


def csv_file(table: Table) -> bytes:
    """The file's bytes; its first line is the headings."""
    lines = [",".join(map(_cell, row)) for row in (tuple(table.columns), *table.rows)]
    return (BOM + "".join(f"{line}\r\n" for line in lines)).encode()


def _cell(value: Value) -> str:
    if isinstance(value, int):
        return str(value)
    guarded = GUARD + value if _needs_guard(value) else value
    return f'"{guarded.replace(chr(34), chr(34) * 2)}"'


def _needs_guard(text: str) -> bool:
    return bool(_BEGINS_A_FORMULA.match(text) or _NUMBER_OR_DAY.fullmatch(text))
