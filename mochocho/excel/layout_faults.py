"""What people do to a table that would lose what is typed in it: a heading twice, joined cells. Pure."""

from collections.abc import Collection, Iterator

from mochocho.excel.cells import Sheet
from mochocho.excel.typed import Mistake
from mochocho.words.sentences import Sentence


def twice(sheet: Sheet, heading: int, columns: Collection[str]) -> Iterator[Mistake]:
    """Each of these columns that a second heading names; `heading`: the place of the headings, from 0."""
    seen = set[str]()
    for place, cell in enumerate(sheet.rows[heading] if heading < len(sheet.rows) else (), start=1):
        if cell.text in seen:
            said = Sentence(
                "มีหัวคอลัมน์นี้มากกว่าหนึ่งคอลัมน์ ให้ลบหรือเปลี่ยนชื่อคอลัมน์ที่ไม่ใช้",
                "more than one column has this heading; remove or rename the one that is not used",
            )
            yield Mistake(sheet.name, heading + 1, cell.text, said, f"{_letters(place)}{heading + 1}")
        seen |= {cell.text} & set(columns)


def joined(sheet: Sheet, heading: int, columns: Collection[str]) -> Iterator[Mistake]:
    """Cells of these columns joined over rows below the headings: only the first row has their value."""
    headings = [cell.text for cell in sheet.rows[heading]] if heading < len(sheet.rows) else []
    for merge in sheet.merges:
        named = [
            headings[at - 1] for at in merge.columns if at <= len(headings) and headings[at - 1] in columns
        ]
        if named and len(merge.rows) > 1 and merge.rows.start > heading + 1:
            first, last = _letters(merge.columns.start), _letters(merge.columns.stop - 1)
            cells = f"{first}{merge.rows.start}:{last}{merge.rows.stop - 1}"
            said = Sentence(
                f"เซลล์ {cells} ผสานกันหลายแถว จึงมีค่าเฉพาะแถวแรก ให้ยกเลิกการผสานเซลล์ (Merge) แล้วพิมพ์ค่าทุกแถว",
                f"cells {cells} are merged over rows, so only the first row has their value; "
                "undo the merge and type the value in every row",
            )
            yield Mistake(sheet.name, merge.rows.start, named[0], said)


def _letters(column: int) -> str:
    """A column as Excel calls it: 1 is A, 27 is AA."""
    before, last = divmod(column - 1, 26)
    return (_letters(before) if before else "") + chr(ord("A") + last)
