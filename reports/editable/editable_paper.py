"""A letter-like paper as a DOCX file."""

from dataclasses import dataclass

from reports.editable import form_heads
from reports.editable.block_bodies import bodies
from reports.editable.docx_package import packed
from reports.editable.drawn_codes import pictures
from reports.editable.typeface import Typeface
from reports.view.blocks import Paper


@dataclass(frozen=True, slots=True)
class Look:
    """How the office's editable papers look."""

    typeface: Typeface
    thai_digits: bool = True


def docx(paper: Paper, look: Look) -> bytes:
    """The paper as a DOCX file; the same paper gives the same bytes. Texts are literal, never markup."""
    body = [*form_heads.head(paper), *bodies(paper.blocks), *form_heads.foot(paper)]
    return packed(body, paper.name, look.typeface, look.thai_digits, pictures(paper.blocks))
