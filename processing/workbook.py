"""An Excel file from outside, read as plain cells: bounded before it is opened, formulas never computed."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from mochocho import thai
from mochocho.errors import BadInput

XML = (".xml", ".rels", ".vml")
MAX_FILE = 20 << 20
MAX_UNPACKED = 60 << 20
MAX_PARTS = 500
MAX_ROWS = 20_000
MAX_COLUMNS = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """`day` when Excel holds a date, else what is written, in one spelling; a formula is not computed."""

    text: str = ""
    day: date | None = None
    formula: bool = False

    @property
    def empty(self) -> bool:
        return not self.text and self.day is None


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    rows: tuple[tuple[Cell, ...], ...]


def read_workbook(path: Path) -> tuple[Sheet, ...]:
    """Every sheet of an .xlsx file. Raises BadInput: excel.unreadable, excel.too_large, excel.not_excel."""
    content = _bounded(path)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        try:
            return tuple(Sheet(thai.normalise(ws.title), tuple(_rows(ws))) for ws in book.worksheets)
        finally:
            book.close()
    except (InvalidFileException, zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError) as error:
        raise _not_excel() from error
    except (SyntaxError, EOFError, AttributeError, IndexError, OSError, NotImplementedError) as error:
        raise _not_excel() from error


def _bounded(path: Path) -> bytes:
    try:
        with path.open("rb") as handle:
            content = handle.read(MAX_FILE + 1)
    except OSError as error:
        raise BadInput(
            "excel.unreadable", f"เปิดไฟล์ไม่ได้ ({error.strerror}) ให้ตรวจที่อยู่ไฟล์และปิดโปรแกรมที่ใช้ไฟล์อยู่"
        ) from error
    if len(content) > MAX_FILE:
        raise _too_large()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise _too_large()
            if any(_declares_entities(archive.read(part)) for part in parts if part.filename.endswith(XML)):
                raise _not_excel()
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError) as error:
        raise _not_excel() from error
    return content


def _declares_entities(part: bytes) -> bool:
    """Excel writes no DTD; a part that has one means to make the reader expand it."""
    return b"<!DOCTYPE" in part or b"<!ENTITY" in part or part[:2] in (b"\xff\xfe", b"\xfe\xff")


def _not_excel() -> BadInput:
    message = "ไฟล์นี้ไม่ใช่ Excel (.xlsx) ที่เปิดได้ อาจเสีย ใส่รหัสผ่าน หรือเป็นชนิดอื่น ให้บันทึกเป็น .xlsx แล้วลองใหม่"
    return BadInput("excel.not_excel", message)


def _too_large() -> BadInput:
    return BadInput("excel.too_large", "ไฟล์ Excel ใหญ่หรือขยายออกแล้วใหญ่ผิดปกติ จึงไม่เปิด ให้ใช้ไฟล์ที่ระบบสร้างให้")


def _rows(worksheet: object) -> Iterator[tuple[Cell, ...]]:
    rows = worksheet.iter_rows(max_col=MAX_COLUMNS)  # type: ignore[attr-defined] # openpyxl's read-only sheet
    for number, row in enumerate(rows, start=1):
        if number > MAX_ROWS:
            message = f"แผ่นงานมีเกิน {MAX_ROWS} แถว ให้ลบแถวว่างท้ายตารางแล้วบันทึกใหม่"
            raise BadInput("excel.too_large", message)
        yield tuple(_cell(cell.value, cell.data_type) for cell in row)


def _cell(value: object, data_type: str) -> Cell:
    if value is None:
        return Cell()
    if data_type == "f":
        return Cell(text=str(value), formula=True)
    if isinstance(value, datetime):
        return Cell(day=value.date())
    if isinstance(value, date):
        return Cell(day=value)
    return Cell(text=thai.normalise(str(value)))
