"""What is wrong with an office's template, each mistake with where it stands."""

from collections.abc import Iterator, Mapping

from lxml import etree

from mochocho.words.sentences import Sentence, joined
from reports.editable.markup import qualified
from reports.editable.office_templates.marked_text import Mark, MarkedText
from reports.editable.office_templates.named_places import EACH_ROW, Place, Value, numbered
from reports.editable.office_templates.opened_template import DOCUMENT, OpenedTemplate
from reports.editable.office_templates.repeated_rows import cell_number, row_of, rows_for
from reports.formats.unknown_placeholder import unknown_placeholder

_PLACES = {
    "header": Sentence("หัวกระดาษ", "header"),
    "footer": Sentence("ท้ายกระดาษ", "footer"),
    "footnotes": Sentence("เชิงอรรถ", "footnotes"),
    "endnotes": Sentence("อ้างอิงท้ายเรื่อง", "endnotes"),
}
_UNPAIRED = Sentence(
    "วงเล็บ {{ และ }} ไม่ครบคู่ในย่อหน้าเดียวกัน", "a bracket {{ or }} has no other in the same paragraph"
)
_NOTHING = Sentence(
    "ไม่มีช่องให้เติมแม้แต่ช่องเดียว ช่องเขียนเป็น {{เนื้อความ}}",
    "there is no placeholder at all; they are written “{{เนื้อความ}}”",
)
_TEXT_BOX = Sentence("กล่องข้อความ", "text box")
_TXBX = qualified("w:txbxContent")


def mistakes(opened: OpenedTemplate, values: Mapping[str, Value]) -> Iterator[Sentence]:
    """Everything that a person must mend before the template can be used."""
    marked = False
    for part, text in opened.marked():
        marked = marked or bool(text.marks)
        for wrong in _of_text(part, text, values):
            where = _place(part, text.paragraph)
            yield Sentence(f"{where.th} “{text.shown}”: {wrong.th}", f"{where.en} “{text.shown}”: {wrong.en}")
    if not marked:
        yield _NOTHING


def _of_text(part: str, text: MarkedText, values: Mapping[str, Value]) -> Iterator[Sentence]:
    if text.loose:
        yield _UNPAIRED
    yield from filter(None, (_wrong(mark, text, values, part) for mark in text.marks))


def _wrong(mark: Mark, text: MarkedText, values: Mapping[str, Value], part: str) -> Sentence | None:
    """What is wrong with a placeholder; None where it is right."""
    table = rows_for(row_of(text.paragraph), values)
    number = cell_number(mark.name)
    if number is not None:
        return _wrong_cell(mark, number, table)
    value = values.get(mark.name)
    if value is None:
        return unknown_placeholder(mark.typed, mark.name, values)
    if value.place is Place.ROW and table is not value:
        return Sentence(
            f"{mark.typed} ต้องอยู่ในแถวของตาราง แถวละหนึ่งช่อง",
            f"{mark.typed} stands in a row of a table, one of them in a row",
        )
    if value.place is Place.ALONE and part != DOCUMENT:
        return Sentence(
            f"{mark.typed} ใช้ได้เฉพาะในเนื้อเอกสาร ไม่ใช่หัวกระดาษ ท้ายกระดาษ หรือเชิงอรรถ",
            f"{mark.typed} may stand only in the body, not in a header, a footer or a footnote",
        )
    if value.place is Place.ALONE and (text.shown != mark.typed or table is not None):
        return Sentence(
            f"{mark.typed} ต้องอยู่ในย่อหน้าของตนเอง ไม่มีข้อความอื่น และไม่อยู่ในแถวที่ทำซ้ำ",
            f"{mark.typed} stands in a paragraph of its own, without other text, and in no row that is "
            "repeated",
        )
    return None


def _wrong_cell(mark: Mark, number: int, table: Value | None) -> Sentence | None:
    if table is None:
        return Sentence(
            f"{mark.typed} ใช้ได้เฉพาะในแถวที่มี {{{{{numbered(EACH_ROW, 1)}}}}}",
            f"{mark.typed} may stand only in a row that has {{{{{numbered(EACH_ROW, 1)}}}}}",
        )
    if table.rows and not 1 <= number <= len(table.rows[0]):
        return Sentence(
            f"{mark.typed} เกินจำนวนช่องของตาราง ซึ่งมี {len(table.rows[0])} ช่อง",
            f"{mark.typed}: the table has only {len(table.rows[0])} cells in a row",
        )
    return None


def _place(part: str, paragraph: etree._Element) -> Sentence:
    """`ย่อหน้าที่ 3`, `ตารางที่ 1 แถวที่ 2 ช่องที่ 1`, with where in the file it is if not in its body."""
    stem = part.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")
    inside = _in_part(paragraph)
    return joined((_PLACES[stem], inside), " ") if stem in _PLACES else inside


def _in_part(paragraph: etree._Element) -> Sentence:
    if next(paragraph.iterancestors(_TXBX), None) is not None:
        return _TEXT_BOX
    row = row_of(paragraph)
    if row is None:
        return Sentence(f"ย่อหน้าที่ {_nth(paragraph)}", f"paragraph {_nth(paragraph)}")
    table, cell = row.getparent(), next(paragraph.iterancestors(qualified("w:tc")))
    assert table is not None  # noqa: S101 - a row stands in a table
    return Sentence(
        f"ตารางที่ {_nth(table)} แถวที่ {_nth(row)} ช่องที่ {_nth(cell)}",
        f"table {_nth(table)}, row {_nth(row)}, cell {_nth(cell)}",
    )


def _nth(one: etree._Element) -> int:
    """Its place among its like beside it, from 1."""
    return 1 + sum(1 for _ in one.itersiblings(one.tag, preceding=True))
