"""What is wrong with an office's Excel file, each mistake with its sheet and cell."""

from collections.abc import Iterator
from typing import Any

from mochocho.excel.typed import Mistake
from mochocho.words.sentences import Sentence
from reports.formats.office_books.cell_marks import LOOSE, MARK, Content, marks
from reports.formats.table import Table
from reports.formats.unknown_placeholder import unknown_placeholder

_FORMULA = Sentence(
    "ช่องนี้เป็นสูตร แบบใช้สูตรไม่ได้เพราะจำนวนแถวเปลี่ยน ให้พิมพ์ข้อความ หรือใช้ {{จำนวนแถว}}",
    "the cell is a formula, which a template cannot have, as the number of rows changes; "
    "type text, or “{{จำนวนแถว}}”",
)
_MERGED = Sentence(
    "แถวที่ทำซ้ำห้ามมีเซลล์ที่ผสาน ให้ยกเลิกการผสานเซลล์ในแถวนี้",
    "the row that is repeated cannot have merged cells; undo the merge in this row",
)
_NOTHING = Sentence(
    "ไม่มีช่องให้เติมแม้แต่ช่องเดียว ช่องเขียนเป็น {{ทุกแถว}} และ {{ชื่อ}}",
    "there is no placeholder at all; they are written “{{ทุกแถว}}” and “{{ชื่อ}}”",
)
_UNPAIRED = Sentence("วงเล็บ {{ และ }} ไม่ครบคู่ในช่องเดียวกัน", "a bracket {{ or }} has no other in the same cell")


def mistakes(book: Any, content: Content) -> Iterator[Mistake]:
    """Everything that a person must mend before the file can be used. `book`: as openpyxl opened it."""
    found = False
    for sheet in book.worksheets:
        table, row = repeated(sheet, content)
        for cell in cells_of(sheet):
            text = cell.value if isinstance(cell.value, str) else ""
            found = found or bool(marks(text))
            for said in _of_cell(cell, text, content, table, row):
                yield Mistake(sheet.title, cell.row, "", said, cell.coordinate)
        for merged in sheet.merged_cells.ranges:
            if row is not None and merged.min_row <= row <= merged.max_row:
                yield Mistake(sheet.title, row, "", _MERGED, merged.coord)
    if not found:
        yield Mistake(book.worksheets[0].title, 0, "", _NOTHING)


def repeated(sheet: Any, content: Content) -> tuple[Table | None, int | None]:
    """The table whose rows a sheet has, and the row, from 1, that stands for each of them."""
    for cell in cells_of(sheet):
        for name in marks(cell.value) if isinstance(cell.value, str) else ():
            if table := content.table_of(name):
                return table, cell.row
    return None, None


def cells_of(sheet: Any) -> Iterator[Any]:
    """Every cell that holds anything, row by row."""
    return (cell for row in sheet.iter_rows() for cell in row if cell.value is not None)


def _of_cell(
    cell: Any, text: str, content: Content, table: Table | None, row: int | None
) -> Iterator[Sentence]:
    if cell.data_type == "f":
        yield _FORMULA
        return
    if LOOSE.search(MARK.sub("", text)):
        yield _UNPAIRED
    here = table is not None and cell.row == row
    known = content.names_of_row(table) if here and table is not None else list(content.anywhere(table))
    for name in marks(text):
        begun = content.table_of(name)
        if begun is not None and (begun is not table or cell.row != row):
            yield Sentence(
                f"{{{{{name}}}}} อยู่ได้แถวเดียวในแผ่นงาน แผ่นงานละหนึ่งตาราง",
                f"{{{{{name}}}}} may stand in one row of a sheet, and a sheet has one table",
            )
        elif begun is None and name not in known:
            yield _unknown(name, known, content, table, here=here)


def _unknown(name: str, known: list[str], content: Content, table: Table | None, *, here: bool) -> Sentence:
    columns = content.names_of_row(table or content.tables[0])
    if not here and name in columns:
        return Sentence(
            f"{{{{{name}}}}} ใช้ได้เฉพาะในแถวที่มี {{{{{content.row_marks[0]}}}}}",
            f"{{{{{name}}}}} may stand only in the row that has {{{{{content.row_marks[0]}}}}}",
        )
    return unknown_placeholder(f"{{{{{name}}}}}", name, [*known, *content.row_marks])
