"""Numbers of meetings and years of texts that are of another year than the pack (rules.md 43, 45). Pure."""

import re
from collections.abc import Iterator

from mochocho.words import thai
from mochocho.words.sentences import Sentence
from processing.meetings.meeting import Meeting
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, error, warning
from reports.lint.printed_texts import AGENDA, MEETING, texts

NO_NUMBER = error(
    "number.unreadable",
    "43",
    Sentence("ครั้งที่ “{number}” อ่านไม่ได้", "the meeting's number “{number}” cannot be read"),
    Sentence("ให้เขียนครั้งที่และปี พ.ศ. เช่น 1/2568", "write number and year, as 1/2568"),
)
OTHER_YEAR = error(
    "number.other_year",
    "43",
    Sentence(
        "การประชุมครั้งที่ {number} เป็นของปี {written} แต่เกณฑ์ที่ใช้เป็นของปี {year}",
        "meeting {number} is of {written}, but the pack is of {year}",
    ),
    Sentence("ให้แก้ครั้งที่ หรือใช้เกณฑ์ของปีนั้น", "mend the number, or use the pack of that year"),
)
NOT_BEFORE = error(
    "number.previous_not_before",
    "45",
    Sentence(
        "รับรองรายงานการประชุมครั้งที่ {previous} ซึ่งไม่อยู่ก่อนครั้งที่ {number}",
        "the minutes of {previous} are adopted, which is not before {number}",
    ),
    Sentence("ให้แก้ครั้งที่ของการประชุมครั้งก่อน", "mend the number of the previous meeting"),
)
NO_PREVIOUS = warning(
    "number.no_previous",
    "45",
    Sentence(
        "การประชุมครั้งที่ {number} ไม่ใช่ครั้งแรกของปี แต่ไม่ได้ระบุครั้งก่อนที่จะรับรองรายงาน",
        "meeting {number} is not the first of its year and names none whose minutes are adopted",
    ),
    Sentence("ให้ระบุครั้งที่ของการประชุมครั้งก่อน", "name the previous meeting"),
)
SKIPS = warning(
    "number.previous_skips",
    "45",
    Sentence(
        "การประชุมครั้งที่ {number} รับรองรายงานของครั้งที่ {previous} ซึ่งไม่ใช่ครั้งก่อนหน้า",
        "meeting {number} adopts the minutes of {previous}, which is not the one before it",
    ),
    Sentence("ให้ตรวจครั้งที่ของการประชุมครั้งก่อน", "check the number of the previous meeting"),
)
TEXT_DIFFERS = warning(
    "year.text_differs",
    "44",
    Sentence("เขียน “{written}” แต่รอบนี้เป็นปี {year}", "says “{written}”, but this cycle is of {year}"),
    Sentence("ให้แก้ปีในข้อความ หากไม่ได้หมายถึงปีอื่น", "mend it, unless another year is meant"),
)
ENTRIES = (NO_NUMBER, OTHER_YEAR, NOT_BEFORE, NO_PREVIOUS, SKIPS, TEXT_DIFFERS)
_NUMBER = re.compile(r"([1-9][0-9]*)/(25[0-9]{2})")
_CALLED = "ประจำ ?ปี(?: ?งบประมาณ)?|ปีงบประมาณ|รอบปี|(?:มชช\\.?\\)?|มาตรฐานการพัฒนาชุมชน) ?(?:ปี)?"
_YEAR = re.compile(
    rf"(?:{_CALLED}) ?(?:พ\.? ?ศ\.? ?|พุทธศักราช ?)?"
    r"(2[05]\d\d|[67]\d(?! ?(?:คน|ราย|หน่วย|กลุ่ม|เครือข่าย|ชุมชน|แห่ง|บาท|ครั้ง)))(?!\d)"
    r"(?! ?(?:ที่ผ่านมา|ที่แล้ว|-|ถึง))"
)
_REVOKED = "ยกเลิก"  # an order of before
_COMPARED = re.compile("(?:เทียบกับ|เปรียบเทียบ|จาก|ของ|ใน|เมื่อ|ตั้งแต่|ผลงาน) ?$")


def check(looked: Examined) -> Iterator[Found]:
    """Numbers of meetings, years in texts."""
    meeting = looked.meeting
    yield from _number(looked)
    if number := _NUMBER.fullmatch(meeting.number):
        yield from _previous(meeting, int(number[1]), int(number[2]))
    for text in texts(looked):
        said = [(one, int(one[1]) + (2500 if len(one[1]) == 2 else 0)) for one in _YEAR.finditer(text.plain)]
        beside_own = any(year == looked.fiscal_year_be for _, year in said)  # one year behind the other
        for written, year in said:
            before = text.plain[: written.start()]
            compared = not written[0].startswith("ประจำ") and (beside_own or _COMPARED.search(before))
            compared = compared or _REVOKED in text.plain
            if year != looked.fiscal_year_be and not compared:
                yield TEXT_DIFFERS.at(text.place, written=written[0], year=looked.fiscal_year_be)


def _number(looked: Examined) -> Iterator[Found]:
    meeting, place = looked.meeting, Place(MEETING, "number")
    number = _NUMBER.fullmatch(meeting.number)
    if number is None:
        yield NO_NUMBER.at(place, number=meeting.number)
        return
    of_the_day = thai.be(meeting.day.year) if meeting.day else looked.fiscal_year_be
    if int(number[2]) not in (of_the_day, looked.fiscal_year_be):
        yield OTHER_YEAR.at(place, number=meeting.number, written=int(number[2]), year=looked.fiscal_year_be)


def _previous(meeting: Meeting, number: int, year: int) -> Iterator[Found]:
    place = Place(AGENDA, "previous")
    if not meeting.previous:
        if number > 1:
            yield NO_PREVIOUS.at(place, number=meeting.number)
        return
    previous = _NUMBER.fullmatch(meeting.previous)
    if previous is None:
        yield NO_NUMBER.at(place, number=meeting.previous)
    elif (int(previous[2]), int(previous[1])) >= (year, number):
        yield NOT_BEFORE.at(place, previous=meeting.previous, number=meeting.number)
    elif number > 1 and (int(previous[1]), int(previous[2])) != (number - 1, year):
        yield SKIPS.at(place, previous=meeting.previous, number=meeting.number)
