"""Days of the meeting's fields that contradict each other or the cycle (rules.md 42, 43, 46). Pure."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from mochocho.excel.day_cells import month_of
from mochocho.words import thai
from mochocho.words.sentences import Sentence
from processing.meetings.meeting import Meeting
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, error, warning
from reports.lint.printed_texts import AGENDA, LETTER, MEETING, PAPERS, REPLIES, plain, texts
from reports.lint.typed_days import MONTH_NAMES, days_in, in_words

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
        "ประชุมรับรองวันที่ {day} หลังเดือน {month} ที่ขั้นตอนในระเบียบวาระระบุให้ประเมินรับรอง",
        "the meeting is on {day}, after {month}, in which the agenda's steps say that certifying is",
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
        "กำหนดส่ง {day} ไม่อยู่หลังวันที่ของหนังสือ {letter}",
        "what is due on {day} is not after the letter of {letter}",
    ),
    Sentence("ให้แก้กำหนดส่งหรือวันที่ของหนังสือ", "mend one of the two days"),
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
ANSWERED_EARLY = warning(
    "date.answered_before_letter",
    "53",
    Sentence(
        "แบบตอบรับของ{office}ลงวันที่ {day} ก่อนวันที่ของหนังสือเชิญ {letter}",
        "the reply of {office} is of {day}, before the invitation of {letter}",
    ),
    Sentence("ให้ตรวจวันที่ตอบ", "check its day"),
)
APPOINTED_AFTER_LETTER = warning(
    "date.appointed_after_letter",
    "45",
    Sentence(
        "หนังสือเชิญลงวันที่ {letter} ก่อนคำสั่งแต่งตั้งคณะกรรมการลงวันที่ {day}",
        "the invitation of {letter} comes before the order of {day} that appoints the committee",
    ),
    Sentence("ให้ตรวจวันที่ของคำสั่งหรือของหนังสือ", "check both days"),
)
CIRCULAR_LATE = error(
    "date.circular_after_letter",
    "42",
    Sentence(
        "หนังสือเปิดรอบลงวันที่ {day} หลังวันที่ของหนังสือเชิญ {letter}",
        "the circular that opens the round is of {day}, after the invitation of {letter}",
    ),
    Sentence("ให้แก้วันที่ของหนังสือฉบับใดฉบับหนึ่ง", "mend one of the two days"),
)
ORDER_YEAR = error(
    "date.order_of_another_year",
    "45",
    Sentence(
        "คำสั่งที่ {number} ลงวันที่ {day} ปีในเลขที่คำสั่งไม่ตรงกับวันที่",
        "order {number} is of {day}: its number has another year",
    ),
    Sentence("ให้แก้เลขที่คำสั่งหรือวันที่ของคำสั่ง", "mend the number of the order or its day"),
)
MEMO_LATE = error(
    "date.memo_after_letter",
    "42",
    Sentence(
        "บันทึกข้อความที่เสนอให้ลงนามลงวันที่ {day} หลังวันที่ของหนังสือ {letter}",
        "the memo that takes the letter to its signatory is of {day}, after the letter of {letter}",
    ),
    Sentence("ให้แก้วันที่ของบันทึกข้อความหรือของหนังสือ", "mend one of the two days"),
)
REFERS_LATE = error(
    "date.refers_after_letter",
    "42",
    Sentence(
        "หนังสือที่อ้างถึงลงวันที่ {day} หลังวันที่ของหนังสือฉบับนี้ {letter}",
        "the letter that is referred to is of {day}, after this letter of {letter}",
    ),
    Sentence("ให้แก้วันที่ของหนังสือที่อ้างถึงหรือวันที่ของหนังสือ", "mend one of the two days"),
)
ENTRIES = (
    *(OTHER_YEAR, OUTSIDE, AFTER_MONTH, LETTER_LATE, SHORT_NOTICE, REPLY_LATE, REPLY_EARLY, APPOINTED_LATE),
    *(ANSWERED_LATE, ANSWERED_EARLY, ORDER_YEAR, MEMO_LATE, REFERS_LATE, APPOINTED_AFTER_LETTER),
    CIRCULAR_LATE,
)
NOTICE = 3  # days
APRIL = 4
STEP_OF_APRIL = "(เม.ย.)"
_STEP = re.compile(rf"ประเมินรับรอง ?\(({MONTH_NAMES})\)")
_ORDER = re.compile(r"\d+/(2[05]\d\d)")
OPENED_BEFORE = timedelta(days=92)  # a circular may open a cycle in the quarter before it


def check(looked: Examined) -> Iterator[Found]:
    """Days of the meeting and of its letters."""
    meeting = looked.meeting
    if meeting.day:
        yield from _meeting_day(looked, meeting.day)
        yield from _around(meeting, meeting.day)
    yield from _letter(looked)
    yield from _before_letter(meeting)
    yield from _order(meeting)


def _meeting_day(looked: Examined, day: date) -> Iterator[Found]:
    if not looked.first_day <= day <= looked.last_day:
        yield OTHER_YEAR.at(Place(MEETING, "day"), day=in_words(day), year=looked.fiscal_year_be)
        return
    in_april = date(looked.last_day.year, APRIL, 30)
    if day > in_april and any(STEP_OF_APRIL in text.text for text in texts(looked)):
        yield AFTER_MONTH.at(Place(AGENDA, "day"), day=in_words(day), month=STEP_OF_APRIL[1:-1])
        return
    for text in texts(looked):
        for found in _STEP.finditer(text.plain):
            month = month_of(found[1]) or APRIL
            year = looked.last_day.year - (month >= looked.first_day.month)
            if (day.year, day.month) > (year, month) and found[1] != STEP_OF_APRIL[1:-1]:
                yield AFTER_MONTH.at(Place(AGENDA, "day"), day=in_words(day), month=found[1])


def _around(meeting: Meeting, day: date) -> Iterator[Found]:
    letter, appointed = meeting.letter, meeting.appointment.day
    if letter.day:
        if letter.day >= day:
            yield LETTER_LATE.at(Place(LETTER, "letter.day"), day=in_words(letter.day), meeting=in_words(day))
        elif day - letter.day < timedelta(days=NOTICE):
            days = (day - letter.day).days
            where = Place(LETTER, "letter.day")
            yield SHORT_NOTICE.at(where, day=in_words(letter.day), days=days, least=NOTICE)
    circular = meeting.circular.day
    if circular and circular >= day:
        place = Place(PAPERS["circular"], "circular.day")
        yield LETTER_LATE.at(place, day=in_words(circular), meeting=in_words(day))
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
        elif reply.came_on and letter.day and reply.came_on < letter.day:
            where = Place(REPLIES, f"replies.{at}.came_on")
            came, sent = in_words(reply.came_on), in_words(letter.day)
            yield ANSWERED_EARLY.at(where, office=reply.office, day=came, letter=sent)


def _letter(looked: Examined) -> Iterator[Found]:
    meeting = looked.meeting
    letter, memo, circular = meeting.letter, meeting.memo, meeting.circular
    opened = circular.day and max(circular.day, min(circular.day + OPENED_BEFORE, looked.first_day))
    days = {
        "letter.day": (letter.day, letter.day),
        "letter.reply_by": (letter.reply_by, letter.reply_by),
        "memo.day": (memo.day, memo.day),
        "circular.day": (circular.day, opened),
    }
    for field, (day, counted) in days.items():
        if day and counted and not looked.first_day <= counted <= looked.last_day:
            place = Place(PAPERS[field.partition(".")[0]], field)
            yield OUTSIDE.at(place, day=in_words(day), year=looked.fiscal_year_be)
    for name, one in (("letter", letter), ("circular", circular)):
        if one.day and one.reply_by and one.reply_by <= one.day:
            place = Place(PAPERS[name], f"{name}.reply_by")
            yield REPLY_EARLY.at(place, day=in_words(one.reply_by), letter=in_words(one.day))
    for at, line in enumerate(letter.refers, 1):
        for said in days_in(plain(line)):
            if said.day and letter.day and said.day > letter.day:
                where = Place(LETTER, f"letter.refers.{at}")
                yield REFERS_LATE.at(where, day=in_words(said.day), letter=in_words(letter.day))


def _before_letter(meeting: Meeting) -> Iterator[Found]:
    """What must be signed before the invitation: the memo with it, the circular, the committee's order."""
    signed = meeting.letter.day
    for late, day, place in (
        (MEMO_LATE, meeting.memo.day, Place(PAPERS["memo"], "memo.day")),
        (CIRCULAR_LATE, meeting.circular.day, Place(PAPERS["circular"], "circular.day")),
        (APPOINTED_AFTER_LETTER, meeting.appointment.day, Place(MEETING, "appointment.day")),
    ):
        if signed and day and day > signed:
            yield late.at(place, day=in_words(day), letter=in_words(signed))


def _order(meeting: Meeting) -> Iterator[Found]:
    """Orders are numbered by the calendar's year."""
    number, day = meeting.appointment.number, meeting.appointment.day
    found = _ORDER.search(plain(number))
    if found and day and int(found[1]) != thai.be(day.year):
        yield ORDER_YEAR.at(Place(MEETING, "appointment.number"), number=number, day=in_words(day))
