"""What is wrong with an office's template, each mistake with where it stands."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from lxml import etree

from reports.editable.markup import qualified
from reports.editable.office_templates.marked_text import Mark, MarkedText
from reports.editable.office_templates.named_places import EACH_ROW, Place, Value, numbered
from reports.editable.office_templates.opened_template import DOCUMENT, OpenedTemplate
from reports.editable.office_templates.repeated_rows import cell_number, row_of, rows_for

_PLACES = {"header": "หัวกระดาษ", "footer": "ท้ายกระดาษ", "footnotes": "เชิงอรรถ", "endnotes": "อ้างอิงท้ายเรื่อง"}
_TXBX = qualified("w:txbxContent")


def mistakes(opened: OpenedTemplate, values: Mapping[str, Value]) -> Iterator[str]:
    """Everything that a person must mend before the template can be used, in Thai."""
    marked = False
    for part, text in opened.marked():
        marked = marked or bool(text.marks)
        where = f"{_place(part, text.paragraph)} “{text.shown}”"
        if text.loose:
            yield f"{where}: วงเล็บ {{{{ และ }}}} ไม่ครบคู่ในย่อหน้าเดียวกัน"
        for mark in text.marks:
            if wrong := _wrong(mark, text, values, part):
                yield f"{where}: {wrong}"
    if not marked:
        yield "ไม่มีช่องให้เติมแม้แต่ช่องเดียว ช่องเขียนเป็น {{เนื้อความ}}"


def _wrong(mark: Mark, text: MarkedText, values: Mapping[str, Value], part: str) -> str:
    """What is wrong with a placeholder; "" where it is right."""
    table = rows_for(row_of(text.paragraph), values)
    number = cell_number(mark.name)
    if number is not None:
        return _wrong_cell(mark, number, table)
    value = values.get(mark.name)
    if value is None:
        return f"ไม่รู้จักช่อง {mark.typed}{_hint(mark.name, values)}"
    if value.place is Place.ROW and table is not value:
        return f"{mark.typed} ต้องอยู่ในแถวของตาราง แถวละหนึ่งช่อง"
    if value.place is Place.ALONE and part != DOCUMENT:
        return f"{mark.typed} ใช้ได้เฉพาะในเนื้อเอกสาร ไม่ใช่หัวกระดาษ ท้ายกระดาษ หรือเชิงอรรถ"
    if value.place is Place.ALONE and (text.shown != mark.typed or table is not None):
        return f"{mark.typed} ต้องอยู่ในย่อหน้าของตนเอง ไม่มีข้อความอื่น และไม่อยู่ในแถวที่ทำซ้ำ"
    return ""


def _wrong_cell(mark: Mark, number: int, table: Value | None) -> str:
    if table is None:
        return f"{mark.typed} ใช้ได้เฉพาะในแถวที่มี {{{{{numbered(EACH_ROW, 1)}}}}}"
    if table.rows and not 1 <= number <= len(table.rows[0]):
        return f"{mark.typed} เกินจำนวนช่องของตาราง ซึ่งมี {len(table.rows[0])} ช่อง"
    return ""


def _hint(name: str, values: Mapping[str, Value]) -> str:
    close = get_close_matches(name, values, 1)
    meant = f" อาจหมายถึง {{{{{close[0]}}}}}" if close else ""
    return f"{meant} ช่องที่ใช้ได้: {' '.join(f'{{{{{one}}}}}' for one in values)}"


def _place(part: str, paragraph: etree._Element) -> str:
    """`ย่อหน้าที่ 3`, `ตารางที่ 1 แถวที่ 2 ช่องที่ 1`, with where in the file it is if not in its body."""
    stem = part.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")
    before = f"{_PLACES[stem]} " if stem in _PLACES else ""
    if next(paragraph.iterancestors(_TXBX), None) is not None:
        return f"{before}กล่องข้อความ"
    row = row_of(paragraph)
    if row is None:
        return f"{before}ย่อหน้าที่ {_nth(paragraph)}"
    table, cell = row.getparent(), next(paragraph.iterancestors(qualified("w:tc")))
    assert table is not None  # noqa: S101 - a row stands in a table
    return f"{before}ตารางที่ {_nth(table)} แถวที่ {_nth(row)} ช่องที่ {_nth(cell)}"


def _nth(one: etree._Element) -> int:
    """Its place among its like beside it, from 1."""
    return 1 + sum(1 for _ in one.itersiblings(one.tag, preceding=True))
