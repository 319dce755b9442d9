"""The next meeting as minutes call it: after this one, by its number and by its day (rules.md 45). Pure."""

import re
from collections.abc import Iterator
from datetime import date

from mochocho.words.sentences import Sentence
from processing.meetings.meeting_number import NUMBER, turn
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, warning
from reports.lint.printed_texts import Typed, typed_by_the_office
from reports.lint.typed_days import days_in, in_words

NOT_NEXT = warning(
    "number.next_not_after",
    "45",
    Sentence(
        "เขียนการประชุมครั้งต่อไปเป็นครั้งที่ {written} แต่การประชุมนี้คือครั้งที่ {number}",
        "calls the next meeting {written}, but this is meeting {number}",
    ),
    Sentence("ให้แก้ครั้งที่ของการประชุมครั้งต่อไป", "mend the number of the next meeting"),
)
NOT_LATER = warning(
    "date.next_not_after",
    "45",
    Sentence(
        "เขียนวันประชุมครั้งต่อไปเป็น {written} ซึ่งไม่อยู่หลังวันประชุมนี้ {day}",
        "says {written} for the next meeting, which is not after this one of {day}",
    ),
    Sentence("ให้แก้วันประชุมครั้งต่อไป", "mend the day of the next meeting"),
)
ENTRIES = (NOT_NEXT, NOT_LATER)
_NEXT = re.compile("ประชุม(?:คณะ[ก-๙]{0,60})?(?:ใน)?(?:ครั้ง|คราว)(?:ต่อไป|ถัดไป|หน้า)")
_CALLED = re.compile(r"ครั้งที่ ?(\d+/25\d\d)(?!\d)")
_BEHIND = 70  # letters in which its number and its day stand
_ANOTHER = re.compile("ที่แล้ว|ก่อน|นี้|เมื่อ|แทน")  # then it is of another meeting


def check(looked: Examined) -> Iterator[Found]:
    """Whatever the office calls the next meeting."""
    meeting = looked.meeting
    for text in typed_by_the_office(looked):
        for found in _NEXT.finditer(text.plain) if "ประชุม" in text.plain else ():
            behind = text.plain[found.end() : found.end() + 2 * _BEHIND]
            yield from _number(text, behind[:_BEHIND], meeting.number)
            yield from _day(text, behind, meeting.day)


def _number(text: Typed, behind: str, own: str) -> Iterator[Found]:
    said = _CALLED.search(behind)
    if not said or _ANOTHER.search(behind[: said.start()]) or not NUMBER.fullmatch(own):
        return
    if turn(said[1]) <= turn(own):
        yield NOT_NEXT.at(text.place, written=said[1], number=own)


def _day(text: Typed, behind: str, own: date | None) -> Iterator[Found]:
    said = next(days_in(behind), None)
    if not own or not said or said.begins > _BEHIND or _ANOTHER.search(behind[: said.begins]):
        return
    if said.day and said.day <= own:
        yield NOT_LATER.at(text.place, written=said.written, day=in_words(own))
