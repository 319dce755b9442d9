"""What is due before the meeting that it follows, or on another day than is set (rules.md 43, 46). Pure."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from mochocho.words.sentences import Sentence
from processing.meetings.passages import PAPERS as LETTERS
from processing.meetings.passages import Written
from reports.lint.checks.day.said_days import DUE_BEFORE
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, warning
from reports.lint.printed_texts import PAPERS, Typed, typed_by_the_office
from reports.lint.typed_days import TypedDay, days_in, in_words, months_in

BEFORE_MEETING = warning(
    "date.due_before_meeting",
    "46",
    Sentence(
        "ให้ทำภายใน “{written}” ซึ่งไม่อยู่หลังวันประชุม {day} ทั้งที่เป็นเรื่องหลังการประชุม",
        "is due on “{written}”, not after the meeting of {day} that it follows",
    ),
    Sentence("ให้ตรวจวันที่", "check the day"),
)
UNSAID = warning(
    "date.due_otherwise",
    "43",
    Sentence(
        "หนังสือเปิดรอบกำหนดให้ส่งภายใน {day} แต่ข้อความเขียน {written}",
        "the circular is to be answered by {day}, but its text says {written}",
    ),
    Sentence("ให้แก้ข้อความหรือกำหนดส่งให้ตรงกัน", "mend the text or the day that is set"),
)
ENTRIES = (BEFORE_MEETING, UNSAID)
_AFTER = frozenset(
    LETTERS[one]
    for one in (
        *(Written.ANNOUNCEMENT, Written.CERTIFICATE, Written.TO_DISTRICTS),
        *(Written.NOT_CERTIFIED, Written.CONDITIONAL, Written.DEFERRED),
    )
)  # papers that follow the meeting
_DUE = re.compile("(?:ภายใน|ไม่เกิน|ไม่ช้ากว่า|ก่อน)(?:วัน)?(?:[ก-๙]{3,9})?(?:ที่)? ?$")
_DUE_MONTH = re.compile("(?:ภายใน|ไม่เกิน|ไม่ช้ากว่า)(?:สิ้น)?(?:เดือน)? ?$")
_PAST = re.compile("ได้|แล้ว|เมื่อ|ตามที่")  # what was due
_ASKED = re.compile("รายงาน|ส่ง|ตอบ")
_BESIDE, _NEAR = 20, 50  # letters
_FEW = timedelta(days=10)


def check(looked: Examined) -> Iterator[Found]:
    """Days and months that the office's own texts set."""
    meeting = looked.meeting
    due_of_circular: list[TypedDay] = []
    for text in typed_by_the_office(looked):
        yield from _months(text, looked)
        follows = text.place.paper in _AFTER or text.place.field.endswith(".resolution")
        of_circular = text.place.field.startswith("circular.paragraphs")
        due = list(_due(text)) if follows or of_circular else []
        if meeting.day and follows:
            yield from _before(text, due, meeting.day)
        if of_circular and _ASKED.search(text.plain):
            due_of_circular += due
    day = meeting.circular.reply_by
    slips = [one for one in due_of_circular if one.day and day and _is_slip(one.day, day)]
    if day and slips and not any(one.day == day for one in due_of_circular):
        place = Place(PAPERS["circular"], "circular.reply_by")
        yield UNSAID.at(place, day=in_words(day), written=slips[-1].written)


def _is_slip(said: date, day: date) -> bool:
    """Whether one of two days may have been meant for the other; a text also sets days of its own."""
    one_part = sum((said.day == day.day, said.month == day.month, said.year == day.year)) > 1
    return one_part or abs(said - day) <= _FEW


def _due(text: Typed) -> Iterator[TypedDay]:
    for found in days_in(text.plain):
        before = text.plain[max(0, found.begins - _BESIDE) : found.begins]
        if found.day and _DUE.search(before):
            yield found


def _before(text: Typed, due: list[TypedDay], meeting: date) -> Iterator[Found]:
    for found in due:
        told = text.plain[max(0, found.begins - _NEAR) : found.ends + _NEAR]
        if found.day and found.day <= meeting and not _PAST.search(told):
            yield BEFORE_MEETING.at(text.place, written=found.written, day=in_words(meeting))


def _months(text: Typed, looked: Examined) -> Iterator[Found]:
    """What is due in a month before the cycle."""
    for month in months_in(text.plain) if "เดือน" in text.plain else ():
        before = text.plain.partition(month.written)[0]
        due = _DUE_MONTH.search(before[-_BESIDE:])
        if due and month.first < looked.first_day and not _PAST.search(text.plain):
            yield DUE_BEFORE.at(text.place, written=month.written, year=looked.fiscal_year_be)
