"""Numbers of letters without the letters of whoever wrote them, or with another's (rules.md 42, 44). Pure."""

import re
from collections.abc import Iterator

from mochocho.words.sentences import Sentence
from reports.lint.checks.province_codes import CODES, NAMES, judged
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, error, warning
from reports.lint.printed_texts import Typed, texts

LACKING = warning(
    "province.lacks_code",
    "44",
    Sentence(
        "เลขที่หนังสือ “{written}” ไม่ได้ขึ้นต้นด้วยอักษรย่อ “{code}”", "number “{written}” does not begin with “{code}”"
    ),
    Sentence("ให้เขียน “{code}” หน้าเลขที่หนังสือ", "write “{code}” before it"),
)
MINISTRY = error(
    "province.ministry_code",
    "44",
    Sentence(
        "“{written}” ไม่ใช่อักษรย่อของ{sender} ซึ่งใช้ “{code}”",
        "“{written}” are not the letters of {sender}: “{code}”",
    ),
    Sentence("ให้แก้เป็น “{code}”", "write “{code}”"),
)
ENTRIES = (LACKING, MINISTRY)
_OWN = ("letter.number", "circular.number", "memo.number")
_LETTERS = r"(?P<letters>[ก-ฮ]{2}\.?|[ก-ฮ]\. ?[ก-ฮ]\.)"
_SENDER = (
    r"(?:(?P<of>จังหวัด|อำเภอ)(?P<name>[ก-๙]*)|(?P<ministry>กรมการพัฒนาชุมชน|กระทรวงมหาดไทย)|(?P<nobody>หนังสือ))"
)
_REFERENCE = re.compile(
    rf"{_SENDER} ?(?:(?:ด่วน|ลับ)(?:ที่สุด|มาก)? ?)*(?:เลข)?ที่ ?"
    rf"(?P<number>(?:{_LETTERS} ?)?(?P<agency>\d{{4}})(?:\.\d+)*/)"
)
_BEFORE = 40  # letters
_INTERIOR = "มท"
_OF_PROVINCES = "0019"  # the community development office of every province (rules.md 42)


def check(looked: Examined) -> Iterator[Found]:
    """Numbers of the meeting's own letters, and of those that texts refer to."""
    own = looked.province.name_th
    for text in texts(looked):
        if text.place.field in _OWN:
            yield from _own_number(text, own)
        for found in _REFERENCE.finditer(text.plain):
            if found["ministry"]:
                yield from _of_ministry(text, found)
            else:
                yield from _of_province(text, found, own)


def _own_number(text: Typed, own: str) -> Iterator[Found]:
    """Two other letters are told as another province's or none's."""
    code, plain = CODES.get(own), text.plain
    begins = re.match(rf"{code} |[ก-ฮ]{{2}} ?\d{{4}}", plain)
    if code and not begins and re.search(r"\d", plain):
        yield LACKING.at(text.place, written=plain, code=code)


def _of_province(text: Typed, found: re.Match[str], own: str) -> Iterator[Found]:
    """Of the province that is named, else of its own: a district's letters have those of its province."""
    sender = (found["of"] == "จังหวัด" and found["name"]) or own
    code, letters = CODES.get(sender), found["letters"]
    if code is None:
        return
    of_nobody = found["nobody"] and (found["agency"] != _OF_PROVINCES or letters in NAMES)
    if letters is None and not found["nobody"] and _is_letter(text, found):
        yield LACKING.at(text.place, written=found["number"], code=code)
    elif letters and not of_nobody:
        yield from judged(text, letters, sender)


def _is_letter(text: Typed, found: re.Match[str]) -> bool:
    """Orders and announcements have no such letters."""
    before = text.plain[max(0, found.start() - _BEFORE) : found.start()]
    return "หนังสือ" in before and "คำสั่ง" not in before


def _of_ministry(text: Typed, found: re.Match[str]) -> Iterator[Found]:
    if found["letters"] is None:
        yield LACKING.at(text.place, written=found["number"], code=_INTERIOR)
    elif found["letters"] != _INTERIOR:
        values = {"written": found["letters"], "sender": found["ministry"]}
        yield MINISTRY.at(text.place, **values, code=_INTERIOR)
