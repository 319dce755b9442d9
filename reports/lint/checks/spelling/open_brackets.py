"""Brackets and quotation marks that are opened and not closed, or the other way round (rules.md 44). Pure."""

import re
from collections.abc import Iterator

from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, warning
from reports.lint.printed_texts import typed_by_the_office

UNCLOSED = warning(
    "words.unclosed",
    "44",
    Sentence("“{written}” มีเครื่องหมาย {mark} ที่ไม่ครบคู่", "“{written}” has {mark} without its pair"),
    Sentence("ให้เติมหรือลบเครื่องหมายให้ครบคู่", "close it, or delete it"),
)
ENTRIES = (UNCLOSED,)
_PAIRS = {"(": ")", "[": "]", "“": "”"}
_CLOSING = {closing: opening for opening, closing in _PAIRS.items()}
_MARK = re.compile("[()\\[\\]“”]")
# 1) and ก) number what follows
_NUMBERED = re.compile(r"(?:(?<![^\s])|(?<=ข้อ))(?:\d{1,2}(?:\.\d{1,2})*|[ก-ฮ])\.?$")
_AROUND = 20  # letters shown


def check(looked: Examined) -> Iterator[Found]:
    """Marks that stand without the other of their pair, the first of each text."""
    for text in typed_by_the_office(looked):
        plain = text.plain
        at = _alone(plain)
        if at is None and plain.count('"') % 2:
            at = plain.rindex('"')
        if at is not None:
            written = plain[max(0, at - _AROUND) : at + _AROUND].strip()
            yield UNCLOSED.at(text.place, written=written, mark=plain[at])


def _alone(plain: str) -> int | None:
    """Where a bracket stands that is not closed, or closes none."""
    opened: list[tuple[str, int]] = []
    for found in _MARK.finditer(plain):
        mark = found[0]
        if mark in _PAIRS:
            opened.append((mark, found.start()))
        elif opened:
            if opened.pop()[0] != _CLOSING[mark]:
                return found.start()
        elif mark != ")" or not _NUMBERED.search(plain[: found.start()]):
            return found.start()
    return opened[-1][1] if opened else None
