"""Days that contradict each other, the calendar or the cycle (rules.md 42, 43, 46). Pure."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from mochocho.words import thai
from mochocho.words.sentences import Sentence
from processing.meetings.meeting import Meeting
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, error, warning
from reports.lint.printed_texts import (
    AGENDA,
    LETTER,
    MEETING,
    REPLIES,
    Typed,
    TypedDay,
    days_in,
    in_words,
    texts,
)

OTHER_YEAR = error(
    "date.other_year",
    "46",
    Sentence(
        "วันประชุม {day} ไม่อยู่ในปีงบประมาณ {year} ของเกณฑ์ที่ใช้",
        "the meeting's day {day} is not in {year}, the fiscal year of the pack",
    ),
    Sentence("ให้แก้วันประชุม หรือใช้เกณฑ์ของปีนั้น", "mend the day, or use the pack of that year"),
)
OUTSIDE = error(
    "date.outside_cycle",
    "46",
    Sentence("วันที่ {day} ไม่อยู่ในปีงบประมาณ {year}", "{day} is not in the fiscal year {year}"),
    Sentence("ให้ตรวจปีของวันที่นี้", "check its year"),
)
AFTER_MONTH = warning(
    "date.after_month",
    "46",
    Sentence(
        "ประชุมรับรองวันที่ {day} หลังเดือนเมษายน แต่ขั้นตอนในระเบียบวาระระบุว่าประเมินรับรองในเดือน เม.ย.",
        "the meeting is on {day}, after April, but the agenda's steps say that certifying is in April",
    ),
    Sentence(
        "ให้แก้วันประชุม หรือเขียนวาระที่ 3.1 ด้วยเดือนที่ทำจริง",
        "mend the day, or write item 3.1 with the months as they are",
    ),
)
LETTER_LATE = error(
    "date.letter_after_meeting",
    "42",
    Sentence(
        "หนังสือลงวันที่ {day} ไม่อยู่ก่อนวันประชุม {meeting}",
        "the letter is of {day}, not before the meeting of {meeting}",
    ),
    Sentence("ให้แก้วันที่ของหนังสือหรือวันประชุม", "mend one of the two days"),
)
SHORT_NOTICE = warning(
    "date.short_notice",
    "Act of B.E. 2539, s. 80",
    Sentence(
        "หนังสือเชิญลงวันที่ {day} ก่อนวันประชุมเพียง {days} วัน กฎหมายให้แจ้งล่วงหน้าไม่น้อยกว่า {least} วัน",
        "the letter of {day} comes {days} days before the meeting; the law asks for {least}",
    ),
    Sentence(
        "ให้เลื่อนวันประชุม หรือบันทึกเหตุจำเป็นเร่งด่วนไว้ในหนังสือ",
        "meet later, or give the urgent reason in the letter",
    ),
)
REPLY_LATE = error(
    "date.reply_after_meeting",
    "43",
    Sentence(
        "กำหนดส่งแบบตอบรับ {day} ไม่อยู่ก่อนวันประชุม {meeting}",
        "replies are due on {day}, not before the meeting of {meeting}",
    ),
    Sentence("ให้แก้กำหนดส่งแบบตอบรับ", "mend when replies are due"),
)
REPLY_EARLY = error(
    "date.reply_before_letter",
    "43",
    Sentence(
        "กำหนดส่งแบบตอบรับ {day} ไม่อยู่หลังวันที่ของหนังสือ {letter}",
        "replies are due on {day}, not after the letter of {letter}",
    ),
    Sentence("ให้แก้กำหนดส่งแบบตอบรับหรือวันที่ของหนังสือ", "mend one of the two days"),
)
APPOINTED_LATE = error(
    "date.appointed_after_meeting",
    "45",
    Sentence(
        "คำสั่งแต่งตั้งคณะกรรมการลงวันที่ {day} หลังวันประชุม {meeting}",
        "the committee was appointed on {day}, after the meeting of {meeting}",
    ),
    Sentence("ให้แก้วันที่ของคำสั่งหรือวันประชุม", "mend one of the two days"),
)
ANSWERED_LATE = warning(
    "date.answered_after_meeting",
    "53",
    Sentence(
        "แบบตอบรับของ{office}ลงวันที่ {day} หลังวันประชุม", "the reply of {office} is of {day}, after the meeting"
    ),
    Sentence("ให้ตรวจวันที่ตอบ", "check its day"),
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
ENTRIES = (
    *(OTHER_YEAR, OUTSIDE, AFTER_MONTH, LETTER_LATE, SHORT_NOTICE, REPLY_LATE, REPLY_EARLY, APPOINTED_LATE),
    *(ANSWERED_LATE, NO_DAY, WEEKDAY, MEETING_DIFFERS, REPLY_DIFFERS),
)
NOTICE = 3  # days
APRIL = 4
STEP_OF_APRIL = "(เม.ย.)"
BEFORE_HOURS = re.compile(" ?(?:ตั้งแต่ ?)?เวลา")
BEFORE_DUE = re.compile("ภายใน|ไม่เกิน|ไม่ช้ากว่า")
BESIDE = 14  # letters between a day and what it is the day of


def check(looked: Examined) -> Iterator[Found]:
    """Days of the meeting, and days in texts."""
    meeting = looked.meeting
    if meeting.day:
        yield from _meeting_day(looked, meeting.day)
        yield from _around(meeting, meeting.day)
    yield from _letter(looked)
    for text in texts(looked):
        for found in days_in(text.plain):
            yield from _in_text(text, found, meeting)


def _meeting_day(looked: Examined, day: date) -> Iterator[Found]:
    if not looked.first_day <= day <= looked.last_day:
        yield OTHER_YEAR.at(Place(MEETING, "day"), day=in_words(day), year=looked.fiscal_year_be)
        return
    in_april = date(looked.last_day.year, APRIL, 30)
    if day > in_april and any(STEP_OF_APRIL in text.text for text in texts(looked)):
        yield AFTER_MONTH.at(Place(AGENDA, "day"), day=in_words(day))


def _around(meeting: Meeting, day: date) -> Iterator[Found]:
    letter, appointed = meeting.letter, meeting.appointment.day
    if letter.day:
        if letter.day >= day:
            yield LETTER_LATE.at(Place(LETTER, "letter.day"), day=in_words(letter.day), meeting=in_words(day))
        elif day - letter.day < timedelta(days=NOTICE):
            days = (day - letter.day).days
            where = Place(LETTER, "letter.day")
            yield SHORT_NOTICE.at(where, day=in_words(letter.day), days=days, least=NOTICE)
    if letter.reply_by and letter.reply_by >= day:
        where = Place(LETTER, "letter.reply_by")
        yield REPLY_LATE.at(where, day=in_words(letter.reply_by), meeting=in_words(day))
    if appointed and appointed > day:
        where = Place(MEETING, "appointment.day")
        yield APPOINTED_LATE.at(where, day=in_words(appointed), meeting=in_words(day))
    for at, reply in enumerate(meeting.replies, 1):
        if reply.came_on and reply.came_on > day:
            where = Place(REPLIES, f"replies.{at}.came_on")
            yield ANSWERED_LATE.at(where, office=reply.office, day=in_words(reply.came_on))


def _letter(looked: Examined) -> Iterator[Found]:
    letter = looked.meeting.letter
    for name, day in (("day", letter.day), ("reply_by", letter.reply_by)):
        if day and not looked.first_day <= day <= looked.last_day:
            where = Place(LETTER, f"letter.{name}")
            yield OUTSIDE.at(where, day=in_words(day), year=looked.fiscal_year_be)
    if letter.day and letter.reply_by and letter.reply_by <= letter.day:
        where = Place(LETTER, "letter.reply_by")
        yield REPLY_EARLY.at(where, day=in_words(letter.reply_by), letter=in_words(letter.day))


def _in_text(text: Typed, found: TypedDay, meeting: Meeting) -> Iterator[Found]:
    if found.day is None:
        yield NO_DAY.at(text.place, written=found.written)
        return
    weekday = thai.WEEKDAYS[found.day.weekday()]
    if found.weekday and found.weekday not in (weekday, weekday.removesuffix("บดี")):
        yield WEEKDAY.at(text.place, written=found.written, weekday=weekday)
    due = BEFORE_DUE.search(text.plain, max(0, found.begins - BESIDE), found.begins)
    hours = BEFORE_HOURS.match(text.plain, found.ends)
    called = "ประชุม" in text.plain[: found.begins] and hours and not due
    if meeting.day and called and found.day != meeting.day:
        yield MEETING_DIFFERS.at(text.place, written=found.written, day=in_words(meeting.day))
    reply_by = meeting.letter.reply_by
    if reply_by and due and "ตอบรับ" in text.plain and found.day != reply_by:
        yield REPLY_DIFFERS.at(text.place, written=found.written, day=in_words(reply_by))
