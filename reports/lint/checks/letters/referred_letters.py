"""Letters that a letter refers to: cited and not listed, listed without number or day (rules.md 42). Pure."""

import re
from collections.abc import Iterator

from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, warning
from reports.lint.printed_texts import LETTER, plain, typed_by_the_office

NOT_LISTED = warning(
    "refers.not_listed",
    "42",
    Sentence(
        "เขียน “{written}” แต่หนังสือมีรายการอ้างถึง {listed} รายการ",
        "says “{written}”, but the letter refers to {listed} letters",
    ),
    Sentence("ให้เพิ่มในช่องอ้างถึง หรือแก้ข้อความ", "list the letter under “อ้างถึง”, or mend the text"),
)
INCOMPLETE = warning(
    "refers.incomplete",
    "42",
    Sentence("หนังสือที่อ้างถึง “{written}” ไม่มี{what}", "the letter referred to, “{written}”, lacks its {what_en}"),
    Sentence("ให้เขียนแบบ หนังสือจังหวัด ที่ ชร 0019.2/ว 96 ลงวันที่ 1 มีนาคม 2568", "write its number and its day"),
)
TWICE = warning(
    "refers.twice",
    "42",
    Sentence("อ้างถึงหนังสือฉบับเดียวกันสองครั้ง “{written}”", "refers to “{written}” twice"),
    Sentence("ให้เหลือครั้งเดียว หรือแก้เลขที่", "leave it there once, or mend its number"),
)
ENTRIES = (NOT_LISTED, INCOMPLETE, TWICE)
_CITED = re.compile(r"(?:หนังสือ|ตาม)(?:ที่)?อ้างถึง(?: ?(\d)(?![\d/.]))?")
_PARTS = (
    ("เลขที่", "number", re.compile(r"ที่ ?\S*[ก-ฮ0-9. ]+/|ที่ ?[._…]{2,}")),
    ("วันที่", "day", re.compile(r"ลงวันที่ ?[\d._…]")),
)


def check(looked: Examined) -> Iterator[Found]:
    """The invitation's list, and what its paragraphs cite of it."""
    listed = tuple(map(plain, looked.meeting.letter.refers))
    for at, one in enumerate(listed, 1):
        if one in listed[: at - 1]:
            yield TWICE.at(Place(LETTER, f"letter.refers.{at}"), written=one)
        for what, what_en, part in _PARTS if one.startswith("หนังสือ") else ():
            if not part.search(one):
                place = Place(LETTER, f"letter.refers.{at}")
                yield INCOMPLETE.at(place, written=one, what=what, what_en=what_en)
    for text in typed_by_the_office(looked):
        if text.place.paper == LETTER and text.place.field.startswith("letter.paragraphs"):
            for found in _CITED.finditer(text.plain):
                if int(found[1] or 1) > len(listed):
                    yield NOT_LISTED.at(text.place, written=found[0], listed=len(listed))
