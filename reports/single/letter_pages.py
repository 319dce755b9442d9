"""Typesets letter-like papers: one PDF of papers of one form, one after another."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mochocho.storage.home import Home
from reports.formats.garuda import garuda
from reports.single import small_paper
from reports.view.applicant_names import Name
from reports.view.blocks import Block, Form, Paper
from reports.view.letters.convened import DAY, ENCLOSED, NUMBER, OFFICE, URGENCY
from reports.view.printed_words import LONG_DOTS

TEMPLATES = {
    Form.LETTER: "letter",
    Form.MEMO: "memo",
    Form.ORDER: "official_order",
    Form.ANNOUNCEMENT: "announcement",
    Form.MEETING: "minutes",
    Form.PLAIN: "plain_form",
}
_PLACED = {URGENCY, NUMBER, OFFICE, DAY}
_HOW_MANY = re.compile(r"(?P<what>.+) (?P<count>จำนวน \S+ \S+)")


@dataclass(frozen=True, slots=True)
class Signing:
    """A place to sign."""

    name: Name
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """What stands before a field at a place of its own."""

    number: str = NUMBER
    office: str = OFFICE
    day: str = DAY


@dataclass(frozen=True, slots=True)
class Page:
    """A paper as its template reads it. `head`: label, value and, of what is enclosed, how many; without what
    the form puts at a place of its own. A label that is said again is "".
    """

    title: tuple[str, ...]
    sample: str
    urgency: str
    number: str
    office: tuple[str, ...]
    day: str
    head: tuple[tuple[str, str, str], ...]
    blocks: tuple[Block, ...]
    closing: str
    signatures: tuple[Signing, ...]
    foot: tuple[str, ...]
    labels: Labels = Labels()


@dataclass(frozen=True, slots=True)
class Pages:
    """The content of one PDF. `catchwords`: whether a page says how the next one begins."""

    name: str
    catchwords: bool
    papers: tuple[Page, ...]


def pdf(home: Home, papers: Sequence[Paper], kept_whole: Iterable[str] = ()) -> bytes:
    """Papers of one form as one PDF, each with pages of its own. `kept_whole`: words never broken.

    The place of the Garuda stays empty where the office has set none.
    Raises Terminal when the office's font is missing, or its Garuda cannot be used.
    """
    return small_paper.pdf(home, *_content(papers), kept_whole, garuda=_garuda(home))


def pictures(home: Home, paper: Paper, kept_whole: Iterable[str] = ()) -> list[bytes]:
    """The pages of one paper as `pdf` has them, as pictures for a screen (PNG). Raises Terminal."""
    return small_paper.pictures(home, *_content([paper]), kept_whole, garuda=_garuda(home))


def _content(papers: Sequence[Paper]) -> tuple[str, Pages]:
    """The template's name, and what it reads."""
    first = papers[0]
    return TEMPLATES[first.form], Pages(first.name, first.form is not Form.PLAIN, tuple(map(_page, papers)))


def _garuda(home: Home) -> str:
    """The office's Garuda as SVG; "" where it has set none."""
    picture = garuda(home.settings.papers.garuda)
    return picture.svg if picture else ""


def _page(paper: Paper) -> Page:
    placed = dict(reversed(paper.head))
    return Page(
        title=paper.title,
        sample=paper.sample,
        urgency=placed.get(URGENCY, ""),
        number=placed.get(NUMBER, ""),
        office=tuple(placed.get(OFFICE, "").split("\n")),
        day=placed.get(DAY, ""),
        head=tuple(_fields(paper.head)),
        blocks=paper.blocks,
        closing=paper.closing,
        signatures=tuple(Signing(Name(f"({s.name or LONG_DOTS})", True), s.lines) for s in paper.signatures),
        foot=paper.foot,
    )


def _fields(head: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    before = ""
    for label, value in head:
        if label not in _PLACED:
            counted = _HOW_MANY.fullmatch(value) if label == ENCLOSED else None
            what, count = (counted["what"], counted["count"]) if counted else (value, "")
            yield label if label != before else "", what, count
        before = label
