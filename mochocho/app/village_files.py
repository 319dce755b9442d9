"""The office's list of villages as files: what forms offer now, what another list changes, one to fill in."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from mochocho.excel.writing import new_book
from mochocho.storage.home import Home
from mochocho.words.errors import MochochoError
from xlsforms.villages import read_villages

# Headings that `read_villages` knows, with the widths of their columns.
_COLUMNS = {"รหัสหมู่บ้าน": 16, "ชื่อหมู่บ้าน": 40, "ตำบล": 16}


@dataclass(frozen=True, slots=True)
class Village:
    """`subdistrict`: its code."""

    name: str
    subdistrict: str

    def __str__(self) -> str:
        return f"{self.name} ตำบล {self.subdistrict}"


Villages = Mapping[str, Village]  # by code


@dataclass(frozen=True, slots=True)
class VillageChange:
    """A village that comes, goes, or is called otherwise; None = there is none."""

    code: str
    before: Village | None
    after: Village | None


def offered_now(home: Home) -> Villages:
    """The villages that forms offer; none where the list is missing or cannot be read."""
    listed = home.settings.forms.villages
    try:
        return villages_of(read_villages(listed, home.province)) if listed else {}
    except MochochoError:
        return {}


def villages_of(content: bytes) -> Villages:
    """What `read_villages` gave."""
    rows = csv.reader(io.StringIO(content.decode()))
    next(rows)
    return {code: Village(name, subdistrict) for code, name, subdistrict in rows}


def changes(before: Villages, after: Villages) -> list[VillageChange]:
    """By code."""
    codes = sorted(before.keys() | after.keys())
    found = (VillageChange(code, before.get(code), after.get(code)) for code in codes)
    return [one for one in found if one.before != one.after]


def workbook(villages: Villages) -> bytes:
    """A workbook of these, to be changed and handed in again; codes are text, which Excel leaves alone."""
    out = io.BytesIO()
    with new_book(out) as book:
        sheet = book.add_worksheet("หมู่บ้าน")
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        for place, (heading, width) in enumerate(_COLUMNS.items()):
            sheet.set_column(place, place, width, text)
            sheet.write_string(0, place, heading, bold)
        for number, (code, one) in enumerate(villages.items(), start=1):
            for place, value in enumerate((code, one.name, one.subdistrict)):
                sheet.write_string(number, place, value, text)
        sheet.freeze_panes(1, 0)
    return out.getvalue()
