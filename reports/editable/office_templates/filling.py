"""Fills an office's template with a paper. Placeholders are replaced once; what people typed is not read."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from mochocho.words.sentences import Sentence
from reports.editable.block_bodies import bodies
from reports.editable.drawn_codes import pictures
from reports.editable.markup import paragraph, qualified
from reports.editable.office_styles import Style
from reports.editable.office_templates.adopted_styles import Adopted
from reports.editable.office_templates.letter_sizes import LetterSizes
from reports.editable.office_templates.marked_text import MarkedText
from reports.editable.office_templates.named_places import (
    BODY,
    EACH_ROW,
    OPENING,
    PART,
    SAMPLE,
    TABLE,
    Place,
    Value,
    values_of,
)
from reports.editable.office_templates.opened_template import DOCUMENT, OpenedTemplate
from reports.editable.office_templates.repeated_rows import repeat, row_of, rows_for
from reports.editable.office_templates.template_mistakes import mistakes
from reports.editable.other_scripts import set_beside
from reports.editable.typeface import Typeface
from reports.formats.sealed_package import sealed
from reports.view.blocks import Paper

_P, _R, _TC = (qualified(f"w:{name}") for name in ("p", "r", "tc"))
_BODY, _SECTION = qualified("w:body"), f"{qualified('w:pPr')}/{qualified('w:sectPr')}"


class WrongTemplateError(Exception):
    """A template that cannot be filled; `mistakes`: each with where it stands, for whoever made it."""

    def __init__(self, found: Sequence[Sentence]) -> None:
        super().__init__(found)
        self.mistakes = tuple(found)


@dataclass(frozen=True, slots=True)
class Filled:
    """The file, and the placeholders whose words stand nowhere in it."""

    content: bytes
    left_out: tuple[str, ...]


def fill(template: bytes, paper: Paper, typeface: Typeface) -> Filled:
    """The paper in the office's own look. Raises BadInput (opened_template.py), WrongTemplateError."""
    opened, values = OpenedTemplate(template), values_of(paper)
    if found := tuple(mistakes(opened, values)):
        raise WrongTemplateError(found)
    texts = [
        text for _, text in opened.marked()
    ]  # all before any is filled: words typed by people are no marks
    used = {mark.name for text in texts for mark in text.marks}
    styles, sizes = Adopted(opened.styles, typeface), LetterSizes(opened.styles)
    shown = [block for name in sorted(used & values.keys()) for block in values[name].blocks]
    opened.add(pictures(shown))
    filled = [
        *_fill_rows(texts, values),
        *(one for text in texts for one in _fill_paragraph(text, values, styles)),
    ]
    set_beside(filled, sizes.beside)
    if paper.sample and SAMPLE not in used:  # sample criteria are never printed without saying so
        mark = styles.adopt(paragraph(Style.SAMPLE.id, paper.sample))
        opened.trees[DOCUMENT].find(_BODY).insert(0, mark)  # type: ignore[union-attr]  # OpenedTemplate looked
    return Filled(sealed(opened.parts()), tuple(_left_out(values, used)))


def _fill_rows(texts: list[MarkedText], values: Mapping[str, Value]) -> Sequence[etree._Element]:
    """Repeat the rows that stand for others; their paragraphs leave `texts`. Returns all of them."""
    rows: dict[etree._Element, Value] = {}
    for text in list(texts):
        row = row_of(text.paragraph)
        table = rows_for(row, values)
        if row is not None and table is not None:
            rows[row] = table
            texts.remove(text)
    return [one for row, table in rows.items() for one in repeat(row, table, values)]


def _fill_paragraph(
    text: MarkedText, values: Mapping[str, Value], styles: Adopted
) -> Iterator[etree._Element]:
    """Fill a paragraph, or put others in its place. Yields what stands there now."""
    own = text.paragraph
    meant = [values[mark.name] for mark in text.marks]
    for value in meant:
        if value.place is Place.ALONE:
            for one in bodies(value.blocks):
                own.addprevious(styles.adopt(one))
                yield one
    if all(value.place is Place.ALONE or value.empty for value in meant) and _may_go(own):
        own.getparent().remove(own)  # type: ignore[union-attr]  # it stands in a body, header or cell
        return
    text.replace({mark.name: values[mark.name].text for mark in text.marks})
    yield own


def _may_go(own: etree._Element) -> bool:
    """Not the end of a section; not the end of a cell, a header, a text box, which need a paragraph there."""
    after = own.getnext()
    ends = own.getparent().tag != _BODY and (after is None or after.tag != _P)  # type: ignore[union-attr]
    return not ends and own.find(_SECTION) is None


def _left_out(values: Mapping[str, Value], used: Collection[str]) -> Iterator[str]:
    """What the paper says and the template has no place for; the body by its whole or by all its parts."""
    divided = [
        name
        for name, value in values.items()
        if name.startswith((f"{PART} ", f"{TABLE} ")) and value.blocks and not _has(name, used)
    ]
    for name, value in values.items():
        if value.place is Place.ANYWHERE and value.text and name not in (SAMPLE, OPENING, *used):
            yield name
    if BODY not in used:
        yield from divided if len(divided) < _parts(values) else (BODY,)


def _has(name: str, used: Collection[str]) -> bool:
    return name in used or name.replace(TABLE, EACH_ROW) in used


def _parts(values: Mapping[str, Value]) -> int:
    return sum(name.startswith((f"{PART} ", f"{TABLE} ")) and bool(v.blocks) for name, v in values.items())
