"""Days in texts that contradict the calendar, the cycle or the meeting (rules.md 43, 44, 46). Pure."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from mochocho.excel.day_cells import month_of
from mochocho.words import people, thai
from mochocho.words.sentences import Sentence
from processing.meetings.meeting import Meeting
from reports.lint.checks.dates import ORDER_YEAR
from reports.lint.checks.spelling.typed_digits import NO_YEAR as NO_YEAR_BE
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, error, warning
from reports.lint.printed_texts import Typed, each_once
from reports.lint.typed_days import (
    MONTH_NAMES,
    TypedDay,
    days_in,
    in_words,
    misspelt_months,
    months_in,
    yearless_days_in,
)

NO_DAY = error(
    "date.no_day",
    "",
    Sentence("“{written}” ไม่มีในปฏิทิน", "“{written}” is not in the calendar"),
    Sentence("ให้แก้วันที่ในข้อความ", "mend the day in the text"),
)
WEEKDAY = error(
    "date.weekday",
    "44",
    Sentence("เขียน “{written}” แต่วันนั้นเป็นวัน{weekday}", "says “{written}”, but that day is a {weekday}"),
    Sentence("ให้แก้วันหรือวันที่ในข้อความ", "mend the weekday or the day in the text"),
)
MEETING_DIFFERS = error(
    "date.meeting_differs",
    "44",
    Sentence(
        "เขียนวันประชุมเป็น {written} แต่การประชุมกำหนดไว้ {day}", "says {written}, but the meeting is on {day}"
    ),
    Sentence("ให้แก้ข้อความหรือวันประชุมให้ตรงกันทุกฉบับ", "mend the text or the meeting's day"),
)
REPLY_DIFFERS = error(
    "date.reply_differs",
    "43",
    Sentence(
        "เขียนกำหนดส่งเป็น {written} แต่กำหนดส่งแบบตอบรับคือ {day}", "says {written}, but replies are due on {day}"
    ),
    Sentence("ให้แก้ข้อความหรือกำหนดส่งแบบตอบรับให้ตรงกัน", "mend the text or when replies are due"),
)
COMMON_YEAR = error(
    "date.common_year",
    "",
    Sentence(
        "“{written}” เป็นปี ค.ศ. หนังสือราชการใช้ พ.ศ.",
        "“{written}” has a common year; official papers have the Buddhist one",
    ),
    Sentence("ให้เขียนปีเป็น พ.ศ. {year}", "write {year}"),
)
AFTER_CYCLE = warning(
    "date.text_after_cycle",
    "46",
    Sentence(
        "เขียน “{written}” ซึ่งอยู่หลังปีงบประมาณ {year} (เดือนตุลาคมถึงธันวาคมของปีงบประมาณนี้คือ พ.ศ. {before})",
        "says “{written}”, after the fiscal year {year}, whose October to December are of {before}",
    ),
    Sentence("ให้ตรวจปีในข้อความ หากไม่ได้หมายถึงรอบถัดไป", "check the year, unless the next cycle is meant"),
)
SAME_DAY = warning(
    "date.of_another_year",
    "44",
    Sentence(
        "เขียน “{written}” ซึ่งเป็นวันเดียวกับวันประชุม {day} แต่คนละปี",
        "says “{written}”, the meeting's day {day} in another year",
    ),
    Sentence("ให้แก้ปีในข้อความ หากหมายถึงการประชุมครั้งนี้", "mend the year, if this meeting is meant"),
)
MONTH = error(
    "date.month_misspelt",
    "44",
    Sentence("“{written}” น่าจะหมายถึงเดือน{month}", "“{written}” seems to mean {month}"),
    Sentence("ให้แก้ชื่อเดือน", "mend the name of the month"),
)
BACKWARDS = error(
    "date.backwards",
    "",
    Sentence("“{written}” วันสิ้นสุดอยู่ก่อนวันเริ่ม", "“{written}” ends before it begins"),
    Sentence("ให้แก้วันใดวันหนึ่งในข้อความ", "mend one of the two days in the text"),
)
DUE_BEFORE = warning(
    "date.due_before_cycle",
    "46",
    Sentence(
        "ให้ทำภายใน “{written}” ซึ่งอยู่ก่อนปีงบประมาณ {year}",
        "is due on “{written}”, before the fiscal year {year}",
    ),
    Sentence("ให้ตรวจปีในข้อความ", "check the year"),
)
MONTHS = warning(
    "date.months_backwards",
    "46",
    Sentence("“{written}” เดือนสิ้นสุดอยู่ก่อนเดือนเริ่ม", "“{written}” ends before it begins"),
    Sentence("ให้สลับหรือแก้เดือน", "swap the months, or mend one"),
)
NO_YEAR = warning(
    "date.no_year",
    "45",
    Sentence("เขียน “{written}” โดยไม่มีปี", "says “{written}” without a year"),
    Sentence("ให้เติมปี พ.ศ.", "add the year"),
)
ENTRIES = (
    NO_DAY,
    WEEKDAY,
    MEETING_DIFFERS,
    REPLY_DIFFERS,
    COMMON_YEAR,
    AFTER_CYCLE,
    SAME_DAY,
    MONTH,
    BACKWARDS,
    DUE_BEFORE,
    MONTHS,
    NO_YEAR,
)
_COMMON = re.compile(r"(?<!ประจำ)(?<!รอบ)ปี ?(20\d\d)(?![\d,])")
_LIFETIME = 60  # years from the cycle: no paper means them, 2658 for 2568
_CYCLES = 2  # years from this cycle's that a text may mean by a common year; others are of a goal, 2030
_MADE = re.compile("ได้|แล้ว|เมื่อ")  # what was due before
_SPAN = re.compile(rf"({MONTH_NAMES}) ?[-–] ?({MONTH_NAMES})(?! ?\d)")
_SPAN_OF_YEARS = re.compile(rf"({MONTH_NAMES}) ?(25\d\d) ?(?:ถึง|[-–]) ?(?:เดือน)?({MONTH_NAMES}) ?(25\d\d)")
_OF_A_LETTER = re.compile(rf"ลงวันที่ ?\d{{1,2}} ?(?:เดือน ?)?(?:{MONTH_NAMES})(?!์| ?(?:ปี|พ\.|ค\.|พุทธ|\d|\.))")
_BEFORE_HOURS = re.compile(" ?(?:นี้ ?)?(?:ตั้งแต่ ?)?เวลา")
_CALLS = re.compile(
    "(?:กำหนด|กำหนดการ|เชิญ|จัด|เรียก)(?:การ)?ประชุม(?:ใน)?(?:วันที่)? ?$"
    "|(?<!ได้)(?:กำหนด|เชิญ)(?:การ)?ประชุมคณะกรรมการรับรอง[ก-๙]{0,60} ?(?:ใน)?(?:วันที่)? ?$"
)
_COMES = re.compile(r"(?:(?:เข้าร่วม|มา)ประชุม|ประชุม[^\d]*ครั้งที่ ?\d+/25\d\d) ?(?:ใน)?(?:วันที่)? ?$")
_ORDER = re.compile(r"คำสั่ง[^\d]{0,60}?ที่ ?(\d+/(25\d\d)) ?ลงวันที่ ?$")
_DUE = re.compile("ภายใน|ไม่เกิน|ไม่ช้ากว่า")
_OTHER_MEETING = re.compile(
    "ประชุม(?:เตรียม|ชี้แจง|ประชาคม|กลุ่ม|ย่อย|เชิง|หมู่บ้าน|หัวหน้า|ประจำเดือน)|มอบ(?!หมาย)|พิธี|ลงพื้นที่|ศึกษาดูงาน|เมื่อ|ได้ประชุม|อบรม|ครั้งก่อน|ครั้งที่แล้ว|ครั้งต่อไป|ครั้งหน้า"
)
_BEFORE_DAY = re.compile("ตอบรับ(?:[ก-๙ ]{0,60})ก่อน(?:วัน)?(?:ที่)? ?$")
_BEFORE = 60  # letters
_BESIDE = 14  # letters between a day and what it is the day of
_LATER = re.compile("ถัดไป|ปีต่อไป|ปีหน้า|รอบใหม่|อายุ")  # what is meant to be after the cycle
_OTHER_TIME = re.compile(f"{_LATER.pattern}|ก่อน|ที่แล้ว|ผ่านมา|เมื่อ")
_UNTIL = re.compile(" ?(?:ถึง|-|–) ?(?:ใน)?(?:วันที่)? ?")


def check(looked: Examined) -> Iterator[Found]:
    """Days and months in texts."""
    for text in each_once(looked):
        days = list(days_in(text.plain))
        for found in (*days, *yearless_days_in(text.plain, looked.fiscal_year_be)):
            yield from _one_day(text, found, looked)
        yield from _after_cycle(text, looked)
        yield from _turned_round(text, days)
        yield from _years(text, looked)
        yield from _due_before(text, days, looked)
        for written, month in misspelt_months(text.plain):
            if meant := _month_meant(month):
                yield MONTH.at(text.place, written=written, month=meant)


def _one_day(text: Typed, found: TypedDay, looked: Examined) -> Iterator[Found]:
    if found.day is None:
        yield NO_DAY.at(text.place, written=found.written)
        return
    if abs(found.day.year - looked.last_day.year) > _LIFETIME:
        yield NO_YEAR_BE.at(text.place, written=found.written)
    if found.common:
        yield COMMON_YEAR.at(text.place, written=found.written, year=thai.be(found.day.year))
    weekday = thai.WEEKDAYS[found.day.weekday()]
    if found.weekday and found.weekday not in (weekday, weekday.removesuffix("บดี")):
        yield WEEKDAY.at(text.place, written=found.written, weekday=weekday)
    if (order := _ORDER.search(text.plain[: found.begins])) and int(order[2]) != thai.be(found.day.year):
        yield ORDER_YEAR.at(text.place, number=order[1], day=in_words(found.day))
    yield from _of_the_meeting(text, found, found.day, looked.meeting)


def _of_the_meeting(text: Typed, found: TypedDay, day: date, meeting: Meeting) -> Iterator[Found]:
    before = text.plain[: found.begins]
    due = _DUE.search(before, max(0, found.begins - _BESIDE))
    named = "ประชุม" in before and _BEFORE_HOURS.match(text.plain, found.ends)
    of_another = _OTHER_MEETING.search(before[-_BEFORE:])
    calling = _CALLS.search(before) or (text.calls_the_meeting and _COMES.search(before))
    called = not due and not of_another and (named or calling)
    if meeting.day and called and day != meeting.day:
        yield MEETING_DIFFERS.at(text.place, written=found.written, day=in_words(meeting.day))
    elif meeting.day and _is_slip(day, meeting.day) and not _OTHER_TIME.search(text.plain):
        yield SAME_DAY.at(text.place, written=found.written, day=in_words(meeting.day))
    reply_by = meeting.letter.reply_by
    earlier = _BEFORE_DAY.search(before) and day - timedelta(days=1) == reply_by
    asked = due or _BEFORE_DAY.search(before)
    if reply_by and asked and "ตอบรับ" in text.plain and day != reply_by and not earlier:
        yield REPLY_DIFFERS.at(text.place, written=found.written, day=in_words(reply_by))


def _is_slip(day: date, meeting: date) -> bool:
    """Whether it is the meeting's day in another year."""
    return day.year != meeting.year and (day.month, day.day) == (meeting.month, meeting.day)


def _after_cycle(text: Typed, looked: Examined) -> Iterator[Found]:
    if _LATER.search(text.plain):
        return
    for month in months_in(text.plain):
        if month.first > looked.last_day:
            year = looked.fiscal_year_be
            yield AFTER_CYCLE.at(text.place, written=month.written, year=year, before=year - 1)


def _years(text: Typed, looked: Examined) -> Iterator[Found]:
    """A common year by itself, a letter's day without one, months backwards in both kinds of year."""
    for found in _COMMON.finditer(text.plain) if "20" in text.plain else ():
        if abs(int(found[1]) + 543 - looked.fiscal_year_be) <= _CYCLES:
            yield COMMON_YEAR.at(text.place, written=found[0], year=thai.be(int(found[1])))
    for found in _OF_A_LETTER.finditer(text.plain) if "ลงวันที่" in text.plain else ():
        yield NO_YEAR.at(text.place, written=found[0])
    for found in _SPAN.finditer(text.plain) if "-" in text.plain or "–" in text.plain else ():
        one, other = (month_of(month) or 0 for month in found.groups())
        if other < one and (other + 2) % 12 < (one + 2) % 12:
            yield MONTHS.at(text.place, written=found[0])
    for found in _SPAN_OF_YEARS.finditer(text.plain):
        month, year, last_month, last_year = found.groups()
        if (last_year, month_of(last_month) or 0) < (year, month_of(month) or 0):
            yield MONTHS.at(text.place, written=found[0])


def _due_before(text: Typed, days: list[TypedDay], looked: Examined) -> Iterator[Found]:
    for found in days:
        due = _DUE.search(text.plain, max(0, found.begins - _BESIDE), found.begins)
        if due and found.day and found.day < looked.first_day and not _MADE.search(text.plain):
            yield DUE_BEFORE.at(text.place, written=found.written, year=looked.fiscal_year_be)


def _turned_round(text: Typed, days: list[TypedDay]) -> Iterator[Found]:
    for one, other in pairwise(days):
        joined = _UNTIL.fullmatch(text.plain, one.ends, other.begins)
        if joined and one.day and other.day and other.day < one.day:
            yield BACKWARDS.at(text.place, written=text.plain[one.begins : other.ends])


def _month_meant(written: str) -> str | None:
    """The month that a word nearly is, or the beginning of; None where it is none."""
    return next(
        (month for month in thai.MONTHS if people.alike(written, month) or month.startswith(written)), None
    )
