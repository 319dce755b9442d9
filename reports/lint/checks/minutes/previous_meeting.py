"""The previous meeting, said to have met on a day that is not before this one (rules.md 45). Pure."""

import re
from collections.abc import Iterator

from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, error
from reports.lint.printed_texts import each_once
from reports.lint.typed_days import days_in, in_words

NOT_BEFORE = error(
    "date.previous_not_before",
    "45",
    Sentence(
        "เขียนวันของการประชุมครั้งที่ {number} เป็น {written} ซึ่งไม่อยู่ก่อนวันประชุมนี้ {day}",
        "dates meeting {number}, the previous one, {written}, not before this one of {day}",
    ),
    Sentence("ให้แก้วันของการประชุมครั้งก่อนในข้อความ", "mend the day of the previous meeting in the text"),
)
ENTRIES = (NOT_BEFORE,)
_ON = re.compile(r" ?(?:ซึ่ง)?(?:จัด|ประชุม)?(?:ขึ้น)?(?:เมื่อ|ใน)? ?(?:วัน)?(?:ที่)? ?")  # before its own day


def check(looked: Examined) -> Iterator[Found]:
    """Texts with the previous meeting's number and a day right behind it."""
    day, previous = looked.meeting.day, looked.meeting.previous
    if not (day and previous):
        return
    named = re.compile(rf"ครั้งที่ ?{re.escape(previous)}(?!\d)")
    for text in each_once(looked):
        for found in named.finditer(text.plain):
            behind = text.plain[found.end() :]
            said = next(days_in(behind), None)
            if said and said.day and said.day >= day and _ON.fullmatch(behind[: said.begins]):
                yield NOT_BEFORE.at(text.place, number=previous, written=said.written, day=in_words(day))
