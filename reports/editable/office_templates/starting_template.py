"""A template to begin with: our own look of a paper, with placeholders where its words would stand."""

from collections.abc import Iterator

from reports.editable.block_bodies import shares
from reports.editable.editable_paper import Look, docx
from reports.editable.office_templates.named_places import (
    BODY,
    CELL,
    CLOSING,
    EACH_ROW,
    ENCLOSED_TITLE,
    FOOT,
    LABELS,
    OPENING,
    PART,
    POSITION,
    SAMPLE,
    SIGNED,
    SUBTITLE,
    TITLE,
    name_of,
    numbered,
)
from reports.view.blocks import Block, Form, Kind, Paper, Signature
from reports.view.letters.greetings import OPENINGS, USUAL


def starting_template(paper: Paper, look: Look) -> bytes:
    """A DOCX that, filled with the paper, shows all of it."""
    own = (USUAL if label in OPENINGS else name_of(label) for label, _ in paper.head)
    labels = dict.fromkeys((*LABELS[paper.form], *own))
    signatures = enumerate(paper.signatures, 1)
    asked = Paper(
        paper.name,
        paper.form,
        tuple(_blocks(paper)),
        title=(_mark(TITLE), *([_mark(SUBTITLE)] if paper.title[1:] else [])) if paper.title else (),
        head=tuple((_label(paper, label), _mark(label)) for label in labels),
        closing=_mark(CLOSING) if paper.closing else "",
        signatures=tuple(Signature(_signed(SIGNED, i), (_signed(POSITION, i),)) for i, _ in signatures),
        foot=(_mark(FOOT),) if paper.foot else (),
        sample=_mark(SAMPLE),
    )
    return docx(asked, look)


def _label(paper: Paper, label: str) -> str:
    """As it is printed; a letter's word before its recipient is a placeholder too: monks have another."""
    return _mark(OPENING) if label == USUAL and paper.form is Form.LETTER else label


def _mark(name: str) -> str:
    return f"{{{{{name}}}}}"


def _signed(name: str, number: int) -> str:
    return _mark(name if number == 1 else numbered(name, number))


def _blocks(paper: Paper) -> Iterator[Block]:
    """The whole body; of a paper with one table that table's columns, so that they can be changed."""
    tables = [block for block in paper.blocks if block.kind is Kind.TABLE]
    if len(tables) != 1:
        yield Block(Kind.PARAGRAPH, _mark(BODY))
        return
    head = tables[0].cells[0]
    cells = [_mark(numbered(CELL, i)) for i in range(1, len(head) + 1)]
    cells[0] = _mark(numbered(EACH_ROW, 1)) + cells[0]
    yield Block(Kind.PARAGRAPH, _mark(numbered(PART, 1)))
    if any(block.kind is Kind.ENCLOSURE for block in paper.blocks):
        yield Block(Kind.ENCLOSURE, _mark(ENCLOSED_TITLE))
    yield Block(Kind.TABLE, cells=(head, tuple(cells)), widths=tuple(shares(tables[0])))
    yield Block(Kind.PARAGRAPH, _mark(numbered(PART, 2)))
