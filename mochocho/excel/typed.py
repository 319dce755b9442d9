"""What people type into cells, as values: digits of both kinds, days, whole numbers. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from mochocho import thai
from mochocho.excel.cells import Cell

_MONTHS = {
    word: month
    for month in range(1, 13)
    for words in (
        thai.date_words(date(2025, month, 1), thai_digits=False),
        thai.date_short(date(2025, month, 1)),
    )
    for word in (words.split()[1], words.split()[1].replace(".", ""))
}
_IN_WORDS = re.compile(r"(?:วัน\S*?ที่ ?)?([0-9]{1,2}) ?([^\s0-9]+) ?(?:พ\.ศ\. ?|ค\.ศ\. ?)?([0-9]{4})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_WHOLE = re.compile(r"(-?[0-9]{1,9})(?:\.0*)?")


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to put right in the file; rows count from 1 as Excel shows them, 0 = the whole sheet.

    `cell`: its address in Excel (`G14`), where one cell is meant.
    """

    sheet: str
    row: int
    column: str
    message_th: str
    cell: str = ""

    def __str__(self) -> str:
        row = f" แถว {self.row}" if self.row else ""
        column = f" คอลัมน์ “{self.column}”" if self.column else ""
        cell = f" ({self.cell})" if self.cell else ""
        return f"แผ่นงาน “{self.sheet}”{row}{column}{cell}: {self.message_th}"


class Wrong(Exception):  # noqa: N818 - one cell's mistake on its way to the row that lists it
    """What is the matter with one cell, as a Thai sentence."""


def arabic(text: str) -> str:
    """Thai digits as Arabic ones."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def day_of(cell: Cell) -> date:
    """A day as clerks write it: `๑ พฤษภาคม ๒๕๖๘`, `1 พ.ค. 2568`, `1/5/2568`, `2025-05-01`, or Excel's date.

    A year from 2400 on is พ.ศ. Raises Wrong for anything else.
    """
    year, month, day = (
        (cell.day.year, cell.day.month, cell.day.day) if cell.day else _parts(arabic(cell.text))
    )
    try:
        return date(year - 543 if year >= 2400 else year, month, day)
    except ValueError:
        raise Wrong("ไม่มีวันนี้ในปฏิทิน") from None


def _parts(text: str) -> tuple[int, int, int]:
    if words := _IN_WORDS.fullmatch(text):
        month = _MONTHS.get(words[2])
        if month:
            return int(words[3]), month, int(words[1])
    if first := _DAY_FIRST.fullmatch(text):
        return int(first[3]), int(first[2]), int(first[1])
    if iso := _YEAR_FIRST.fullmatch(text):
        return int(iso[1]), int(iso[2]), int(iso[3])
    raise Wrong("อ่านวันที่ไม่ได้ ให้เขียนแบบ 1 พฤษภาคม 2568 หรือ 1/5/2568 (ปีสี่หลัก)")


def text_of(cell: Cell) -> str:
    """A text of one line. Raises Wrong where Excel made a date of it."""
    if cell.day:
        raise Wrong("Excel เปลี่ยนข้อความเป็นวันที่ ให้ตั้งรูปแบบช่องเป็นข้อความ (Text) แล้วพิมพ์ใหม่")
    return cell.text


def whole_of(cell: Cell) -> int:
    """A whole number: `5`, `5.0`, `๕`, `1,000`, `70%`. Raises Wrong for anything else."""
    if cell.day:
        raise Wrong("Excel เปลี่ยนตัวเลขเป็นวันที่ ให้ตั้งรูปแบบช่องเป็นตัวเลข (Number) แล้วพิมพ์ใหม่")
    text = re.sub(r"\s|,(?=[0-9]{3})", "", arabic(cell.text)).removesuffix("%")
    if found := _WHOLE.fullmatch(text):
        return int(found[1])
    raise Wrong(f"“{cell.text[:40]}” ไม่ใช่จำนวนเต็ม ให้พิมพ์ตัวเลขอย่างเดียว เช่น 5 หรือ ๕")
