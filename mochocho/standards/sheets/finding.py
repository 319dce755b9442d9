"""Finds sheets, headings and rows in a workbook whose sheets were renamed, reordered, merged or hidden."""

from collections.abc import Iterator, Mapping, Sequence

from openpyxl.utils import get_column_letter

from mochocho.excel.cells import NOTHING, Cell, Sheet
from mochocho.standards.sheets import pack_sheets
from mochocho.standards.sheets.columns import Column, Table
from mochocho.standards.sheets.lines import Line, Report, Spot, fold
from mochocho.words.errors import BadInput
from mochocho.words.sentences import Sentence, plain

HEADING_WITHIN = 20  # rows from the top: titles may be above the headings
_NO_SHEET = Sentence(
    "ไม่พบแผ่นงานนี้ ให้ใช้ชื่อแผ่นงานตามไฟล์ที่ระบบสร้างให้",
    "there is no such sheet; call it as in the file that the program makes",
)
_NO_HEADING = Sentence(
    "ไม่พบหัวคอลัมน์นี้ ให้พิมพ์หัวคอลัมน์ตามไฟล์ที่ระบบสร้างให้",
    "there is no such heading; type it as in the file that the program makes",
)
_NO_ITEM = Sentence(
    "ไม่พบรายการนี้ในคอลัมน์แรก ให้ใช้ไฟล์ที่ระบบสร้างให้",
    "is not in the first column; use the file that the program makes",
)
ITEMS_FOR_SURE = 4  # items that identify the vertical sheet under another name


def lines_of(book: Sequence[Sheet], report: Report) -> dict[str, list[Line]]:
    """The filled rows of every sheet, by our title for the sheet.

    Raises BadInput (pack.no_sheet) for a workbook of another kind.
    """
    chosen = _chosen(book)
    if not chosen:
        titles = ", ".join(f"“{table.title}”" for table in pack_sheets.TABLES)
        raise BadInput(
            "pack.no_sheet",
            f"ไฟล์นี้ไม่ใช่ไฟล์เกณฑ์ ไม่มีแผ่นงาน {titles} ให้สร้างด้วยคำสั่ง mochocho standards export แล้วกรอกในไฟล์นั้น",
            f"this is no file of standards: it has none of the sheets {titles}; make one with "
            "mochocho standards export and fill it in",
        )
    for table in pack_sheets.TABLES:
        if table.title not in chosen and table.needed:
            report.unread.add(table.title)
            report.wrong(Spot(table.title), _NO_SHEET)
    _tell_of_names(book, chosen, report)
    return {
        table.title: _lines(chosen[table.title], table, report) if table.title in chosen else []
        for table in pack_sheets.TABLES
    }


def _chosen(book: Sequence[Sheet]) -> dict[str, Sheet]:
    """Our title -> the sheet, found by its name or else by its content."""
    by_name = {fold(sheet.name): sheet for sheet in book}
    chosen = {t.title: by_name[fold(t.title)] for t in pack_sheets.TABLES if fold(t.title) in by_name}
    taken = {sheet.name for sheet in chosen.values()}
    for table in pack_sheets.TABLES:
        for sheet in book:
            if table.title not in chosen and sheet.name not in taken and _looks_like(table, sheet):
                chosen[table.title] = sheet
                taken.add(sheet.name)
    return chosen


def _looks_like(table: Table, sheet: Sheet) -> bool:
    if table is pack_sheets.PACK:
        return len(_items(sheet)) >= ITEMS_FOR_SURE
    _, places = _headings(table, sheet)
    return all(column.key in places for column in table.columns if column.must)


def _tell_of_names(book: Sequence[Sheet], chosen: Mapping[str, Sheet], report: Report) -> None:
    for title, sheet in chosen.items():
        if fold(title) != fold(sheet.name):
            said = Sentence(
                f"อ่านแผ่นงาน “{sheet.name}” เป็นแผ่น “{title}” เพราะหัวคอลัมน์ตรงกัน",
                f"the sheet “{sheet.name}” is read as “{title}”, whose headings it has",
            )
            report.notices.append(said)
    read = {sheet.name for sheet in chosen.values()}
    for sheet in book:
        if sheet.name not in read and sheet.name != pack_sheets.GUIDE and any(_filled(r) for r in sheet.rows):
            report.notices.append(
                Sentence(f"ไม่ได้อ่านแผ่นงาน “{sheet.name}”", f"the sheet “{sheet.name}” was not read")
            )


def _filled(row: Sequence[Cell]) -> bool:
    return any(not cell.empty for cell in row)


def _headings(table: Table, sheet: Sheet) -> tuple[int, dict[str, int]]:
    """The row of headings (from 0) and the position of each column in it: the row with the most headings."""
    keys = {fold(column.heading): column.key for column in table.columns}
    best: tuple[int, dict[str, int]] = (0, {})
    for number, row in enumerate(sheet.rows[:HEADING_WITHIN]):
        places: dict[str, int] = {}
        for place, cell in enumerate(row):
            if (key := keys.get(fold(cell.text))) is not None:
                places.setdefault(key, place)
        if len(places) > len(best[1]):
            best = number, places
    return best


def _items(sheet: Sheet) -> dict[str, tuple[int, int]]:
    """Where the vertical sheet has each item's value: column key -> row, column (from 0)."""
    keys = {fold(column.heading): column.key for column in pack_sheets.PACK.columns}
    found: dict[str, tuple[int, int]] = {}
    for number, row in enumerate(sheet.rows):
        for place, cell in enumerate(row[:5]):
            if (key := keys.get(fold(cell.text))) is not None:
                found.setdefault(key, (number, place + 1))
                break
    return found


def _lines(sheet: Sheet, table: Table, report: Report) -> list[Line]:
    if table is pack_sheets.PACK:
        return [_downwards(sheet, table, report)]
    top, places = _headings(table, sheet)
    missing = [c for c in table.columns if c.must and c.key not in places]
    for column in missing:
        spot = Spot(sheet.name, top + 1, len(places), column.heading)
        report.wrong(spot, _NO_HEADING)
    if missing:
        report.unread.add(table.title)
        return []
    _tell_of_columns(sheet, top, places, report)
    rows = list(_unmerged(sheet, top, places, report))
    _tell_of_hidden(sheet, [number for number, row in rows if _own(table, row, places)], report)
    columns = {column.key: column for column in table.columns}
    return [
        Line(
            report,
            table,
            {key: row[place] for key, place in places.items()},
            {key: _spot(sheet, number, places.get(key), column) for key, column in columns.items()},
        )
        for number, row in rows
        if _own(table, row, places)
    ]


def _own(table: Table, row: Sequence[Cell], places: Mapping[str, int]) -> bool:
    """Whether a row holds anything; a type only, filled down too far, does not count."""
    first = table.columns[0].key
    return any(not row[place].empty for key, place in places.items() if key != first)


def _spot(sheet: Sheet, number: int, place: int | None, column: Column) -> Spot:
    if place is None:
        return Spot(sheet.name, number, len(pack_sheets.INDICATORS.columns), column.heading)
    return Spot(sheet.name, number, place, column.heading, f"{get_column_letter(place + 1)}{number}")


def _downwards(sheet: Sheet, table: Table, report: Report) -> Line:
    items = _items(sheet)
    cells, spots = {}, {}
    for number, column in enumerate(table.columns):
        if column.key not in items:
            spots[column.key] = Spot(sheet.name, 0, number, of=plain(f"“{column.heading}” "))
            if column.must:
                report.wrong(spots[column.key], _NO_ITEM)
            continue
        row, place = items[column.key]
        cells[column.key] = sheet.rows[row][place] if place < len(sheet.rows[row]) else NOTHING
        address = f"{get_column_letter(place + 1)}{row + 1}"
        spots[column.key] = Spot(
            sheet.name, row + 1, place, pack_sheets.VALUE, address, plain(f"“{column.heading}” ")
        )
    return Line(report, table, cells, spots)


def _unmerged(
    sheet: Sheet, top: int, places: Mapping[str, int], report: Report
) -> Iterator[tuple[int, Sequence[Cell]]]:
    """The rows below the headings, numbered from 1; cells merged vertically repeat their value.

    Cells merged across columns are a mistake: it is unclear which column the value is for.
    """
    width = max(places.values()) + 1
    grid = [[*row, *[NOTHING] * (width - len(row))] for row in sheet.rows]
    ours = set(places.values())
    for merge in sheet.merges:
        below = top + 1 < merge.rows.start <= len(grid)  # a heading of two rows may be merged
        if not below or not any(place + 1 in merge.columns for place in ours):
            continue
        place = merge.columns.start - 1
        if len(merge.columns) > 1:
            address = f"{get_column_letter(place + 1)}{merge.rows.start}"
            end = f"{get_column_letter(merge.columns.stop - 1)}{merge.rows.stop - 1}"
            spot = Spot(sheet.name, merge.rows.start, place, address=address)
            said = Sentence(
                f"เซลล์ {address}:{end} ผสานข้ามคอลัมน์ ให้ยกเลิกการผสาน แล้วพิมพ์ค่าในคอลัมน์ที่ถูกต้อง",
                f"cells {address}:{end} are merged across columns; undo it and type the value in its column",
            )
            report.wrong(spot, said)
            continue
        value = grid[merge.rows.start - 1][place]
        for number in range(merge.rows.start, min(merge.rows.stop, len(grid) + 1)):
            grid[number - 1][place] = value
    for number, row in enumerate(grid[top + 1 :], start=top + 2):
        yield number, row


def _tell_of_columns(sheet: Sheet, top: int, places: Mapping[str, int], report: Report) -> None:
    headings = {place: cell.text for place, cell in enumerate(sheet.rows[top]) if not cell.empty}
    known = {fold(headings[place]): place for place in places.values()}
    for place, text in headings.items():
        if place in places.values():
            continue
        if fold(text) in known:
            first = get_column_letter(known[fold(text)] + 1)
            spot = Spot(sheet.name, top + 1, place, text, f"{get_column_letter(place + 1)}{top + 1}")
            said = Sentence(
                f"หัวคอลัมน์ซ้ำกับคอลัมน์ {first} ให้ลบหรือเปลี่ยนชื่อคอลัมน์ที่ไม่ใช้",
                f"the heading is that of column {first}; remove or rename the column that is not used",
            )
            report.wrong(spot, said)
        else:
            said = Sentence(
                f"ไม่ได้อ่านคอลัมน์ “{text}” ในแผ่นงาน “{sheet.name}”",
                f"the column “{text}” of the sheet “{sheet.name}” was not read",
            )
            report.notices.append(said)


def _tell_of_hidden(sheet: Sheet, numbers: Sequence[int], report: Report) -> None:
    if hidden := [str(n) for n in numbers if n in sheet.hidden_rows]:
        which = ", ".join(hidden[:10]) + (" …" if len(hidden) > 10 else "")
        said = Sentence(
            f"แผ่นงาน “{sheet.name}” มีแถวที่ซ่อนอยู่ {len(hidden)} แถว ({which}) อ่านรวมด้วย",
            f"hidden rows of the sheet “{sheet.name}” that are read too: {len(hidden)} ({which})",
        )
        report.notices.append(said)
