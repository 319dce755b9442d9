"""Signs with a space too many before them, and ๆ with and without one in one meeting (rules.md 44). Pure."""

import re
from collections.abc import Iterator

from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, warning
from reports.lint.printed_texts import Typed, typed_by_the_office

APART = warning(
    "words.sign_apart",
    "44",
    Sentence("“{written}” มีช่องว่างหน้าเครื่องหมาย “{sign}”", "“{written}” has a space before “{sign}”"),
    Sentence("ให้ลบช่องว่าง", "delete the space"),
)
TWO_WAYS = warning(
    "words.sign_two_ways",
    "44",
    Sentence(
        "เขียน “{written}” แต่ที่อื่นเว้นวรรคหน้าไม้ยมก เช่น “{other}”",
        "says “{written}”, but elsewhere a space stands before “ๆ”, as in “{other}”",
    ),
    Sentence("ให้เขียนแบบเดียวกันทุกฉบับ", "write “ๆ” alike everywhere"),
)
ENTRIES = (APART, TWO_WAYS)
# Royal words are written with a space before ฯ too
_APART = re.compile(r"([ก-๙]{1,12}(?<!เกล้า)(?<!หัว)(?<!บพิตร)) +(ฯ(?!ล|พ|[ก-ฮ])|,(?=[ก-๙]))")
_REPEATED = re.compile("[ก-๎]{1,8}( ?)ๆ")  # with some letters before it


def check(looked: Examined) -> Iterator[Found]:
    """Signs of the texts that the office typed."""
    apart = ""
    close: list[tuple[Typed, str]] = []
    for text in typed_by_the_office(looked):
        for found in _APART.finditer(text.plain) if " ฯ" in text.plain or " ," in text.plain else ():
            yield APART.at(text.place, written=found[0], sign=found[2])
        for found in _REPEATED.finditer(text.plain if "ๆ" in text.plain else ""):
            if found[1]:
                apart = apart or found[0]
            else:
                close.append((text, found[0]))
    if apart:
        for text, word in close:
            yield TWO_WAYS.at(text.place, written=f"…{word}", other=f"…{apart}")
