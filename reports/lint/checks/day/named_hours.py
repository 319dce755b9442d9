"""Hours that texts give for the beginning, the end, lunch or registration (rules.md 44). Pure."""

import re
from collections.abc import Iterator

from mochocho.words.sentences import Sentence
from processing.meetings.day_plan import hour, minute
from processing.meetings.meeting import Meeting
from reports.lint.checks.hours import NO_HOUR as NO_HOUR_ENTRY
from reports.lint.checks.hours import dotted, is_hour, sound
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, error
from reports.lint.printed_texts import Typed, texts
from reports.lint.typed_days import days_in
from reports.lint.typed_hours import NO_HOUR, TypedHours, hours_in

MOMENT = error(
    "hours.moment_differs",
    "44",
    Sentence(
        "เขียนเวลา{what} {written} แต่ที่บันทึกไว้คือ {hour} น.",
        "says {written} for {what_en}, but it is set at {hour}",
    ),
    Sentence("ให้แก้ข้อความหรือเวลาที่บันทึกไว้ให้ตรงกัน", "mend the text or the hour that is set"),
)
LUNCH = error(
    "hours.lunch_differs",
    "44",
    Sentence(
        "เขียนเวลาพัก {written} แต่เวลาพักในลำดับการนำเสนอคือ {pause}",
        "says {written} for a break, but the break of the order of presentation is {pause}",
    ),
    Sentence("ให้แก้ข้อความหรือเวลาพักให้ตรงกัน", "mend the text or the break"),
)
REGISTRATION = error(
    "hours.registration_late",
    "44",
    Sentence(
        "เขียนเวลาลงทะเบียน {written} ซึ่งเลยเวลาเริ่มประชุม {starts} น.",
        "people register at {written}, after the meeting has begun at {starts}",
    ),
    Sentence("ให้แก้เวลาลงทะเบียนให้ไม่เลยเวลาเริ่มประชุม", "have them register before the meeting"),
)
BACKWARDS = error(
    "hours.backwards",
    "",
    Sentence("“{written}” สิ้นสุดก่อนเริ่ม", "“{written}” ends before it begins"),
    Sentence("ให้แก้เวลาเริ่มหรือเวลาสิ้นสุดในข้อความ", "mend one of the two hours in the text"),
)
ENTRIES = (MOMENT, LUNCH, REGISTRATION, BACKWARDS)
BEGINNING, END, PRESENTING = (
    ("เริ่มประชุม", "the beginning"),
    ("เลิกประชุม", "the end"),
    ("เริ่มนำเสนอ", "presenting"),
)
_AT = r"(?: ?(?:ใน|ตั้งแต่|ไม่เกิน|ประมาณ|ก่อน))? ?(?:เวลา ?)?$"
_MOMENTS = (
    (
        BEGINNING,
        re.compile(
            rf"(?:(?:เริ่ม|เปิด)(?:การ)?ประชุม|ประชุม(?:ดังกล่าว|ครั้งนี้|คณะกรรมการ\S{{0,40}})?(?:จะ)?เริ่ม){_AT}"
        ),
    ),
    (END, re.compile(rf"(?:(?:เลิก|(?<!เ)ปิด|เสร็จสิ้น)(?:การ)?ประชุม|ประชุม(?:จะ)?แล้วเสร็จ){_AT}")),
    (PRESENTING, re.compile(rf"เริ่ม(?:การ)?นำเสนอ(?:อำเภอแรก)?{_AT}")),
)
_PAUSE = re.compile(r"พัก(?:การประชุม|ครึ่งเวลา|รับประทานอาหาร)? ?(?:ระหว่าง ?|ตั้งแต่ ?)?(?:เวลา ?)?$")
_LUNCH = re.compile(r"พัก(?:รับประทานอาหาร)?(?:กลางวัน|เที่ยง) ?(?:ระหว่าง ?|ตั้งแต่ ?)?(?:เวลา ?)?$")
_REGISTRATION = re.compile(rf"ลงทะเบียน(?:ผู้)?(?:เข้าร่วม|เข้า|มา)?(?:การ)?(?:ประชุม)?{_AT}")
_ANOTHER = re.compile("ครั้งต่อไป|ครั้งหน้า|ครั้งก่อน|ครั้งที่แล้ว|อบรม|ประชุมย่อย")
_JOINED = re.compile("และ|แล้ว|จากนั้น")  # behind these minutes tell something else
_BEFORE = 50  # letters that tell what an hour is of


def check(looked: Examined) -> Iterator[Found]:
    """What texts say of the hours of the day."""
    own = [minute(one) for one in (looked.meeting.starts, looked.meeting.ends) if is_hour(one)]
    for text in texts(looked):
        for said in hours_in(text.figures):
            if [said.starts, said.ends] == own:  # what is wrong with the meeting's own is told of its fields
                continue
            if NO_HOUR in (said.starts, said.ends):
                yield NO_HOUR_ENTRY.at(text.place, written=said.written)
            elif said.ends is not None and said.ends <= said.starts:
                yield BACKWARDS.at(text.place, written=said.written)
            elif sound(looked.meeting) and not _of_another(text, said, looked.meeting):
                yield from _of_the_day(text, said, looked.meeting)


def _of_another(text: Typed, said: TypedHours, meeting: Meeting) -> bool:
    """Whether the hour is of another day: minutes also tell when the next meeting is, and what is due."""
    minuted = text.place.field.startswith("held.")
    told = _JOINED.split(_before(text, said))[-1] if minuted else text.plain
    days = [found.day for found in days_in(told)]
    return bool(_ANOTHER.search(told)) or (bool(days) and meeting.day not in days)


def _before(text: Typed, said: TypedHours) -> str:
    """What stands right before an hour and tells what it is of."""
    return text.figures[max(0, said.at - _BEFORE) : said.at]


def _of_the_day(text: Typed, said: TypedHours, meeting: Meeting) -> Iterator[Found]:
    before = _before(text, said)
    for (th, en), pattern in _MOMENTS:
        right = _set(meeting, th, minuted=text.place.field.startswith("held."))
        if pattern.search(before) and is_hour(right) and minute(right) != said.starts:
            yield MOMENT.at(text.place, what=th, what_en=en, written=said.written, hour=dotted(right))
    pauses = [(minute(one.starts), minute(one.ends)) for one in meeting.schedule.pauses]
    minuted = text.place.field.startswith("held.")  # a break may have been another than planned
    paused = _LUNCH.search(before) or (not minuted and _PAUSE.search(before))
    if said.ends is not None and pauses and paused and (said.starts, said.ends) not in pauses:
        first, last = min(pauses, key=lambda pause: abs(pause[0] - said.starts))
        pause = f"{dotted(hour(first))} - {dotted(hour(last))} น."
        yield LUNCH.at(text.place, written=said.written, pause=pause)
    if is_hour(meeting.starts) and _REGISTRATION.search(before):
        last = said.starts if said.ends is None else said.ends
        if last > minute(meeting.starts):
            yield REGISTRATION.at(text.place, written=said.written, starts=dotted(meeting.starts))


def _set(meeting: Meeting, what: str, *, minuted: bool) -> str:
    """The hour that is kept for it: as it was where it is minuted, else as it is planned."""
    if what == PRESENTING[0]:
        return meeting.schedule.begins or meeting.starts
    held = meeting.held if minuted else None
    if what == BEGINNING[0]:
        return held.began if held else meeting.starts
    return held.ended if held else meeting.ends
