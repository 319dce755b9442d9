"""E-mail addresses and telephones in texts that nobody can write to or call (rules.md 43). Pure."""

import re
from collections.abc import Iterator

from mochocho.words.numbers import is_telephone
from reports.lint.checks.contacts import EMAIL_ADDRESS, NO_EMAIL, NO_TELEPHONE
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found
from reports.lint.printed_texts import texts

_AT = re.compile(r"(?<![\w/.])[A-Za-z0-9][\w.+-]*(?: ?@ ?|\(at\))[\w,-]+(?:[., ]+[A-Za-z]{2,4}\b)*", re.ASCII)
_NO_AT = re.compile(
    r"(?:อีเมล\)?|อิเล็กทรอนิกส์|[Ee]-?mail) ?:? ?"
    r"((?!www\.)[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.(?:go\.th|ac\.th|co\.th|com))(?![\w.@])"
)
_CUT = re.compile(r"\d[\d -]{5,14}\d ต่อ(?! ?\d)(?! ?[ก-๙.])")  # nothing behind ต่อ
_LINE = re.compile(r"(?:line|ไลน์)(?: ?id| ?ไอดี)? ?[:：]? ?$", re.IGNORECASE)
_CALL = re.compile(r"(?:โทร(?:ศัพท์|สาร)?|มือถือ|เบอร์)(?:เคลื่อนที่)?[ .:]{0,3}(\d[\d -]{5,16}\d)(?![\d/])")
_SERVICE = re.compile(r"1\d{3}")  # 1567, and what stands behind it


def check(looked: Examined) -> Iterator[Found]:
    """Addresses and telephones of texts; those of the contact's own fields are told of by themselves."""
    for text in texts(looked):
        if text.place.field.startswith("contact."):
            continue
        for found in _AT.finditer(text.plain):
            if not EMAIL_ADDRESS.fullmatch(found[0]) and not _LINE.search(text.plain[: found.start()]):
                yield NO_EMAIL.at(text.place, written=found[0])
        for found in _NO_AT.finditer(text.plain):
            yield NO_EMAIL.at(text.place, written=found[1])
        for found in _CUT.finditer(text.plain):
            yield NO_TELEPHONE.at(text.place, written=found[0])
        for found in _CALL.finditer(text.plain):
            if not is_telephone(found[1]) and not _several(found[1]) and not _SERVICE.match(found[1]):
                yield NO_TELEPHONE.at(text.place, written=found[1])


def _several(written: str) -> bool:
    """Whether it is one telephone behind another, or one with the last digits of its neighbours."""
    parts = re.split(r" +(?=0\d)", written)
    return all(map(is_telephone, parts)) or is_telephone(re.sub(r" ?- ?\d{1,2}$", "", written))
