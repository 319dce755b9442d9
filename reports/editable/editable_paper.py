"""A letter-like paper as a DOCX file."""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from reports.editable import drawn_garuda, form_heads
from reports.editable.block_bodies import bodies
from reports.editable.docx_package import end_section, packed
from reports.editable.drawn_codes import pictures
from reports.editable.markup import keep_with_next, qualified
from reports.editable.other_scripts import set_as_small
from reports.editable.typeface import Typeface
from reports.formats.garuda import Garuda
from reports.view.blocks import Block, Kind, Paper

_LAST = 2  # paragraphs or rows


@dataclass(frozen=True, slots=True)
class Look:
    """How the office's editable papers look."""

    typeface: Typeface
    thai_digits: bool = True
    garuda: Garuda | None = None


def docx(paper: Paper, look: Look) -> bytes:
    """The paper as a DOCX file; the same paper gives the same bytes. Texts are literal, never markup."""
    said, enclosed = _parted(paper.blocks)
    text, signed = list(bodies(said)), list(form_heads.foot(paper))
    if signed:
        _keep_last_with_next(text)
    head, shown = list(form_heads.head(paper)), dict(pictures(paper.blocks))
    if look.garuda and drawn_garuda.stands_on(paper):
        head[0].append(drawn_garuda.drawn(look.garuda, paper.form))
        shown[drawn_garuda.RELATION] = look.garuda.png
    letter = [*head, *text, *signed]
    if letter and enclosed:
        end_section(letter[-1], look.thai_digits)
    content = [*letter, *bodies(enclosed)]
    set_as_small(content, look.typeface)
    return packed(content, paper.name, look.typeface, look.thai_digits, shown)


def _parted(blocks: Sequence[Block]) -> tuple[Sequence[Block], Sequence[Block]]:
    """What stands above the signature, and what is sent with it."""
    at = next((i for i, block in enumerate(blocks) if block.kind is Kind.ENCLOSURE), len(blocks))
    return blocks[:at], blocks[at:]


def _keep_last_with_next(text: Sequence[etree._Element]) -> None:
    """The last rows of a table, the last two paragraphs of other text go with what is signed below them."""
    rows: list[etree._Element] = []
    for one in text[-_LAST:]:
        keep_with_next(one)
        rows += one.findall(qualified("w:tr"))
    for row in rows[-_LAST:]:
        for paragraph in row.iter(qualified("w:p")):
            keep_with_next(paragraph)
