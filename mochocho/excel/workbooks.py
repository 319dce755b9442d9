"""Reading an Excel file from outside as plain cells:
its size is checked before opening, formulas are not computed.
"""

import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from lxml import etree
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from mochocho.excel import escapes, formats
from mochocho.excel.cells import NOTHING, Cell, Merge, Sheet
from mochocho.excel.written_texts import AsWritten
from mochocho.words import thai
from mochocho.words.errors import DAMAGED, BadInput, reason
from mochocho.words.progress import RowCall, unheard
from mochocho.words.sentences import Sentence

XML = (".xml", ".rels", ".vml")
MAX_FILE = 20 << 20
MAX_UNPACKED = 60 << 20
MAX_PARTS = 500
MAX_ROWS = 20_000
MAX_COLUMNS = 60
MAX_SHEETS = 100
ERROR = "e"  # openpyxl's word for a cell that shows #REF! and the like

# What openpyxl raises for a damaged workbook besides: also a number that no computer holds, 1E400.
_UNREADABLE = (TypeError, SyntaxError, AttributeError, IndexError, OverflowError)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls up to 2003; also the container of password-protected files
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = b"purl.oclc.org/ooxml/spreadsheetml"
_XLSX = Sentence(
    "ให้เปิดใน Excel แล้วเลือก บันทึกเป็น > Excel Workbook (.xlsx)",
    "open it in Excel and choose Save As > Excel Workbook (.xlsx)",
)
_LOCKED = Sentence(
    "ไฟล์นี้ใส่รหัสผ่านไว้ ให้เปิดใน Excel แล้วเลือก ไฟล์ > ข้อมูล > ป้องกันเวิร์กบุ๊ก ลบรหัสผ่านออก แล้วบันทึกใหม่",
    "the file has a password; open it in Excel, remove the password under File > Info > Protect Workbook, "
    "and save it again",
)
_NOT_EXCEL = Sentence(
    "ไฟล์นี้ไม่ใช่ Excel (.xlsx) ที่เปิดได้ อาจเสีย ใส่รหัสผ่าน หรือเป็นชนิดอื่น ให้บันทึกเป็น .xlsx แล้วลองใหม่",
    "this is no Excel file (.xlsx) that can be opened: damaged, with a password, or of another kind; "
    "save it as .xlsx and try again",
)


def read_workbook(path: Path, on_row: RowCall = unheard) -> tuple[Sheet, ...]:
    """Every sheet of an .xlsx file. Raises BadInput: excel.unreadable, excel.too_large, excel.not_excel."""
    content = _bounded(path)
    try:
        with warnings.catch_warnings():
            # Warnings are about what openpyxl would lose on saving: drop-downs of other sheets, dates past
            # all calendars.
            warnings.simplefilter("ignore")
            return _sheets(content, on_row)
    except (InvalidFileException, *DAMAGED, *_UNREADABLE) as error:
        raise _not_excel() from error


def _sheets(content: bytes, on_row: RowCall) -> tuple[Sheet, ...]:
    books = [_opened(content, values) for values in (False, True)]
    try:
        if len(books[0].worksheets) > MAX_SHEETS:
            raise _too_large()
        for book in books:
            formats.learn(book)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return tuple(
                _sheet(archive, on_row, *pair)
                for pair in zip(*(book.worksheets for book in books), strict=True)
            )
    finally:
        for book in books:
            book.close()


def _opened(content: bytes, values: bool) -> Any:
    reader = AsWritten(io.BytesIO(content), read_only=True, data_only=values, keep_links=False)
    reader.read()
    return reader.wb


def _sheet(archive: zipfile.ZipFile, on_row: RowCall, formulas: Any, values: Any) -> Sheet:
    rows = []
    for both in zip(_rows(formulas), _rows(values), strict=True):
        rows.append(_row(*both))
        on_row()
    part = formulas._worksheet_path  # noqa: SLF001 - openpyxl tells merges, hidden rows only where it holds all in memory
    return Sheet(thai.normalise(formulas.title), tuple(rows), *_looks(archive, part))


def _looks(archive: zipfile.ZipFile, part: str) -> tuple[tuple[Merge, ...], frozenset[int]]:
    """Raises BadInput where rows are out of order: the reader would pass over those that come late."""
    merges, hidden, last = [], set(), 0
    with archive.open(part) as stream:
        for _, element in etree.iterparse(stream, tag=("{*}row", "{*}mergeCell"), resolve_entities=False):
            if ref := element.get("ref"):
                merges.append(_merge(ref))
                if len(merges) > MAX_ROWS:
                    raise _too_large()
            elif number := int(element.get("r", "0")):
                if number <= last:
                    raise _not_excel()
                last = number
                if element.get("hidden") in ("1", "true"):
                    hidden.add(number)
            element.clear(keep_tail=False)
    return tuple(merges), frozenset(hidden)


def _merge(ref: str) -> Merge:
    left, top, right, bottom = (edge or 1 for edge in range_boundaries(ref))
    return Merge(range(top, bottom + 1), range(left, right + 1))


def _bounded(path: Path) -> bytes:
    try:
        with path.open("rb") as handle:
            content = handle.read(MAX_FILE + 1)
    except OSError as error:
        why = reason(error)
        raise BadInput(
            "excel.unreadable",
            f"เปิดไฟล์ไม่ได้ ({why.th}) ให้ตรวจที่อยู่ไฟล์และปิดโปรแกรมที่ใช้ไฟล์อยู่",
            f"the file cannot be opened ({why.en}); check where it is, and close what uses it",
        ) from error
    if len(content) > MAX_FILE:
        raise _too_large()
    if content.startswith(_OLE):
        raise (
            _locked()
            if _ENCRYPTED in content
            else _not_excel(_instead("ไฟล์นี้เป็น Excel รุ่นเก่า (.xls)", "this is an Excel file of old (.xls)"))
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _safe(archive)
    except DAMAGED as error:
        raise _not_excel(_what_instead(content)) from error
    return content


def _safe(archive: zipfile.ZipFile) -> None:
    parts = {part.filename: part for part in archive.infolist()}
    if len(parts) > MAX_PARTS or sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
        raise _too_large()
    if any(_declares_entities(archive.read(part)) for name, part in parts.items() if name.endswith(XML)):
        raise _not_excel()
    if "mimetype" in parts and b"opendocument" in archive.read("mimetype")[:100]:
        raise _not_excel(
            Sentence(
                "ไฟล์นี้เป็น OpenDocument (.ods) ให้เปิดใน LibreOffice แล้วบันทึกเป็น Excel 2007-365 (.xlsx)",
                "this is OpenDocument (.ods); open it in LibreOffice and save it as Excel 2007-365 (.xlsx)",
            )
        )
    if "xl/workbook.bin" in parts:
        raise _not_excel(_instead("ไฟล์นี้เป็น Excel แบบไบนารี (.xlsb)", "this is a binary Excel file (.xlsb)"))
    if "xl/workbook.xml" in parts and _STRICT in archive.read("xl/workbook.xml"):
        raise _not_excel(
            _instead(
                "ไฟล์นี้บันทึกแบบ Strict Open XML ไม่ใช่แบบธรรมดา",
                "this was saved as Strict Open XML, not the usual one",
            )
        )


def _instead(th: str, en: str) -> Sentence:
    """What a file is, and as what to save it."""
    return Sentence(f"{th} {_XLSX.th}", f"{en}; {_XLSX.en}")


def _what_instead(content: bytes) -> Sentence | None:
    """What to do about a file that is not a ZIP; None when it looks like a broken ZIP."""
    if content.startswith(b"PK"):
        return None
    head = content[:4096]
    if head and b"\0" not in head and (b"," in head or b"\t" in head or b";" in head):
        return _instead(
            "ไฟล์นี้เป็นข้อความ (.csv) ไม่ใช่ Excel ไฟล์ csv เก็บได้แผ่นเดียว",
            "this is text (.csv), not Excel; a csv file holds one sheet",
        )
    return None


def _declares_entities(part: bytes) -> bool:
    """Whether an XML part has a DTD: Excel writes none, so it is an attempt to expand entities."""
    return b"<!DOCTYPE" in part or b"<!ENTITY" in part or part[:2] in (b"\xff\xfe", b"\xfe\xff")


def _locked() -> BadInput:
    return _not_excel(_LOCKED)


def _not_excel(said: Sentence | None = None) -> BadInput:
    return BadInput("excel.not_excel", *(said or _NOT_EXCEL))


def _too_large() -> BadInput:
    return BadInput(
        "excel.too_large",
        "ไฟล์ Excel ใหญ่หรือขยายออกแล้วใหญ่ผิดปกติ จึงไม่เปิด ให้ใช้ไฟล์ที่ระบบสร้างให้",
        "the Excel file is unusually large, or would be once unpacked; use the file that the program makes",
    )


def _rows(worksheet: Any) -> Iterator[tuple[Any, ...]]:
    worksheet.reset_dimensions()  # the size stated in the file may be wrong
    for number, row in enumerate(worksheet.iter_rows(max_col=MAX_COLUMNS), start=1):
        if number > MAX_ROWS:
            raise BadInput(
                "excel.too_large",
                f"แผ่นงานมีเกิน {MAX_ROWS} แถว ให้ลบแถวว่างท้ายตารางแล้วบันทึกใหม่",
                f"the sheet has more than {MAX_ROWS} rows; delete the empty rows below the table",
            )
        yield row


def _row(formulas: Sequence[Any], values: Sequence[Any]) -> tuple[Cell, ...]:
    cells = [_cell(*pair) for pair in zip(formulas, values, strict=True)]
    while cells and cells[-1].empty:
        cells.pop()
    return tuple(cells)


def _cell(formula: Any, saved: Any) -> Cell:
    """One cell from the two readings of it: with formulas, and with the saved values."""
    is_formula, value = formula.data_type == "f", saved.value
    if value is None:
        return Cell(formula=True) if is_formula else NOTHING
    if isinstance(value, date):
        return Cell(day=value.date() if isinstance(value, datetime) else value, formula=is_formula)
    if isinstance(value, int | float):
        return Cell(_number(value, saved), formula=is_formula)
    written = escapes.shown(str(value))
    return Cell(thai.normalise(written), formula=is_formula, broken=saved.data_type == ERROR, written=written)


def _number(value: float, cell: Any) -> str:
    """A number as a reader sees it: 5.0 is `5`, 0.7 formatted as a percentage `70%`."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if formats.is_percentage(cell):
        return f"{round(value * 100, 9):.15g}%"
    return str(int(value)) if value == int(value) else f"{value:.15g}"
