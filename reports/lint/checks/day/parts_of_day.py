"""The half of the day that a text calls the meeting to, against its hours (rules.md 44). Pure."""

import re
from collections.abc import Iterator

from mochocho.words.sentences import Sentence
from processing.meetings.day_plan import minute
from processing.meetings.meeting import Meeting
from reports.lint.checks.hours import is_hour, sound, span
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, warning
from reports.lint.printed_texts import Typed, each_once
from reports.lint.typed_days import days_in

PART = warning(
    "hours.part_of_day",
    "44",
    Sentence(
        "เขียน “{written}” แต่การประชุมกำหนดเวลา {hours}", "says “{written}”, but the meeting is at {hours}"
    ),
    Sentence("ให้แก้คำหรือเวลาประชุมให้ตรงกัน", "mend the word or the meeting's hours"),
)
LENGTH = warning(
    "hours.length_differs",
    "44",
    Sentence("เขียน “{written}” แต่คิดเวลาได้ {right}", "says “{written}”, but the hours make {right}"),
    Sentence("ให้แก้เวลาหรือจำนวนชั่วโมง", "mend the hours or how long they are"),
)
ENTRIES = (PART, LENGTH)
_HALF = "(?:ภาค|ช่วง|ตอน)(เช้า|บ่าย)"
_CALLED = re.compile(rf"ประชุม(?:[ก-๙]{{0,90}} )?(?:ใน)?{_HALF}(?!เป็น)")
_WITH_DAY = re.compile(rf"{_HALF}(?:ของ)?(?: ?ใน)? ?(?=วัน(?:[ก-๙]+)?ที่ ?\d)")
_WHOLE = re.compile("ประชุม(?:เป็นเวลา)?(ครึ่งวัน|เต็มวัน|ทั้งวัน)")
_NAMED = re.compile("เช้า|บ่าย|ครึ่งวัน|เต็มวัน|ทั้งวัน")
_BOTH = re.compile("เช้า.*บ่าย|บ่าย.*เช้า")
_OTHERS = re.compile("อาหาร|ศึกษาดูงาน|อบรม|ครั้งต่อไป|ครั้งหน้า|ครั้งก่อน")
_LONG = re.compile(
    r"(\d\d?)[.:](\d\d)(?: ?น\.)? ?(?:-|–|ถึง) ?(\d\d?)[.:](\d\d)(?: ?น\.)?,? ?"
    r"\(?(?:รวม(?:เวลา|ระยะเวลา)?|เป็นเวลา|ระยะเวลา)(?:ทั้งสิ้น)? ?(\d{1,2}) ?ชั่วโมง(?! ?(?:\d|ครึ่ง))"
)
_NOON, _HALF_A_DAY = 12 * 60, 5 * 60  # minutes
_HOUR = 60
_SHOWN = 30  # letters


def check(looked: Examined) -> Iterator[Found]:
    """Halves of the day, and how long hours are said to last."""
    meeting = looked.meeting
    for text in each_once(looked):
        named = "ประชุม" in text.plain and _NAMED.search(text.plain)
        if named and is_hour(meeting.starts) and not _OTHERS.search(text.plain):
            yield from _halves(text, meeting)
        for found in _LONG.finditer(text.figures) if "ชั่วโมง" in text.plain else ():
            first, last = (int(found[at]) * _HOUR + int(found[at + 1]) for at in (1, 3))
            lasts = last - first
            if lasts not in (int(found[5]) * _HOUR, (int(found[5]) + 1) * _HOUR):  # an hour is for lunch
                right = f"{lasts // _HOUR} ชั่วโมง" + (f" {lasts % _HOUR} นาที" if lasts % _HOUR else "")
                yield LENGTH.at(text.place, written=found[0].strip(), right=right)


def _halves(text: Typed, meeting: Meeting) -> Iterator[Found]:
    days = [found.day for found in days_in(text.plain)]
    if _BOTH.search(text.plain) or (days and meeting.day not in days):
        return
    morning = minute(meeting.starts) < _NOON
    for found in (*_CALLED.finditer(text.plain), *(_WITH_DAY.finditer(text.plain) if days else ())):
        if (found[1] == "เช้า") != morning:
            yield PART.at(text.place, written=found[0][-_SHOWN:].strip(), hours=_hours(meeting))
    lasts = minute(meeting.ends) - minute(meeting.starts) if sound(meeting) and meeting.ends else None
    for found in _WHOLE.finditer(text.plain):
        if lasts is not None and (found[1] == "ครึ่งวัน") != (lasts <= _HALF_A_DAY):
            yield PART.at(text.place, written=found[0], hours=_hours(meeting))


def _hours(meeting: Meeting) -> str:
    return span(meeting) if meeting.ends else f"{meeting.starts} น."
