"""Values of cells that people type: Thai or Arabic digits, days, hours, whole numbers. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from mochocho.excel import day_cells
from mochocho.excel.cells import Cell
from mochocho.words import thai
from mochocho.words.days import western
from mochocho.words.sentences import Sentence

_DAY_LIKE = Sentence(
    "ให้เขียนแบบ 1 พฤษภาคม 2568 หรือ 1/5/2568",
    "write it as “1 พฤษภาคม 2568” or 1/5/2568",
)
_HOUR = re.compile(r"([0-9]{1,2})[.:]([0-9]{2})(?:[.:]00)?(?: ?(?:น\.?|นาฬิกา))?")
_WHOLE = re.compile(r"(-?(?:[0-9]{1,9}|[0-9]{1,3}(?:[ ,][0-9]{3}){1,2}))(?:\.0*)?")


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to correct in the file; rows count from 1 as Excel shows them, 0 = the whole sheet.

    `cell`: the address in Excel (`G14`) where it is about one cell.
    """

    sheet: str
    row: int
    column: str
    said: Sentence
    cell: str = ""

    def __str__(self) -> str:
        return self.told.th  # for offices

    @property
    def told(self) -> Sentence:
        """Where it is, and what is wrong."""
        cell = f" ({self.cell})" if self.cell else ""
        row = Sentence(f" แถว {self.row}", f", row {self.row}") if self.row else Sentence("", "")
        column = (
            Sentence(f" คอลัมน์ “{self.column}”", f", column “{self.column}”")
            if self.column
            else Sentence("", "")
        )
        return Sentence(
            f"แผ่นงาน “{self.sheet}”{row.th}{column.th}{cell}: {self.said.th}",
            f"sheet “{self.sheet}”{row.en}{column.en}{cell}: {self.said.en}",
        )


class Wrong(Exception):  # noqa: N818 - one cell's mistake, caught and listed by its row
    """What is wrong with one cell. str() gives the Thai sentence, for offices."""

    def __init__(self, th: str, en: str) -> None:
        super().__init__(th, en)
        self.said = Sentence(th, en)

    def __str__(self) -> str:
        return self.said.th


MAX_TEXT = 1000  # letters
IS_FORMULA = Sentence("ช่องนี้เป็นสูตร ให้พิมพ์ค่าลงไปตรง ๆ", "the cell is a formula; type the value itself")
TOO_LONG = Sentence(f"ข้อความยาวเกิน {MAX_TEXT} ตัวอักษร", f"the text is longer than {MAX_TEXT} letters")


def unusable(cell: Cell) -> Sentence | None:
    """Why what is in a cell is not taken, whatever column it is in; None where it is."""
    if cell.formula:
        return IS_FORMULA
    return TOO_LONG if len(cell.text) > MAX_TEXT else None


def arabic(text: str) -> str:
    """The text with Thai digits as Arabic ones."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def day_of(cell: Cell) -> date:
    """The day in a cell: as clerks write it (`day_cells.parts_of`), or Excel's date; 2400 and later are พ.ศ.

    Raises Wrong for anything else.
    """
    text = arabic(cell.text)
    year, month, day = (cell.day.year, cell.day.month, cell.day.day) if cell.day else _parts(text)
    try:
        found = date(western(year), month, day)
    except ValueError:
        raise Wrong("ไม่มีวันนี้ในปฏิทิน", "there is no such day") from None
    if wrong := day_cells.contradicted(text, year, found):
        raise Wrong(*wrong)
    return found


def _parts(text: str) -> tuple[int, int, int]:
    if found := day_cells.parts_of(text):
        if found[0] < 100:
            raise Wrong(
                f"ปีมีสองหลัก {_DAY_LIKE.th} (ปีสี่หลัก)",
                f"the year has two digits; {_DAY_LIKE.en} (a year of four digits)",
            )
        return found
    if serial := day_cells.serial_of(text):
        said = thai.date_words(day_of(Cell(day=serial)), thai_digits=False)
        raise Wrong(
            f"ช่องนี้เป็นตัวเลข {text[:10]} ซึ่ง Excel หมายถึง {said} ให้ตั้งรูปแบบช่องเป็นวันที่ (Date) หรือพิมพ์วันที่ใหม่",
            f"the cell holds the number {text[:10]}, by which Excel means {said}; set its format to Date, "
            "or type the day anew",
        )
    raise Wrong(
        f"อ่านวันที่ไม่ได้ {_DAY_LIKE.th} (ปีสี่หลัก)",
        f"this is read as no day; {_DAY_LIKE.en} (a year of four digits)",
    )


def hour_of(cell: Cell) -> str:
    """ "09:00" of an hour: `9.00`, `๐๙:๐๐ น.`, or Excel's time. Raises Wrong for anything else."""
    parts = _HOUR.fullmatch(arabic(text_of(cell)))
    if parts is None or int(parts[1]) > 23 or int(parts[2]) > 59:
        raise Wrong("เวลาต้องเขียนแบบ 09:00 หรือ 13.30 น.", "write an hour as 09:00 or “13.30 น.”")
    return f"{int(parts[1]):02}:{parts[2]}"


def text_of(cell: Cell) -> str:
    """One line of text. Raises Wrong where Excel turned it into a date."""
    if cell.day:
        raise Wrong(
            "Excel เปลี่ยนข้อความเป็นวันที่ ให้ตั้งรูปแบบช่องเป็นข้อความ (Text) แล้วพิมพ์ใหม่",
            "Excel made a date of the text; set the cell's format to Text and type it anew",
        )
    return cell.text


def whole_of(cell: Cell) -> int:
    """A whole number: `5`, `5.0`, `๕`, `1,000`, `70%`. Raises Wrong for anything else."""
    if cell.day:
        raise Wrong(
            "Excel เปลี่ยนตัวเลขเป็นวันที่ ให้ตั้งรูปแบบช่องเป็นตัวเลข (Number) แล้วพิมพ์ใหม่",
            "Excel made a date of the number; set the cell's format to Number and type it anew",
        )
    text = arabic(cell.text).strip().removesuffix("%").rstrip()
    if found := _WHOLE.fullmatch(text):
        return int(re.sub("[ ,]", "", found[1]))
    raise Wrong(
        f"“{cell.text[:40]}” ไม่ใช่จำนวนเต็ม ให้พิมพ์ตัวเลขอย่างเดียว เช่น 5 หรือ ๕",
        f"“{cell.text[:40]}” is no whole number; type digits alone, such as 5 or “๕”",
    )
