"""Hours that disagree between papers, and hours that cannot be (rules.md 44). Pure."""

import re
from collections.abc import Iterator
from itertools import pairwise

from mochocho.words import thai
from mochocho.words.sentences import Sentence
from processing.meetings.day_plan import hour, minute
from processing.meetings.meeting import Meeting
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, error
from reports.lint.printed_texts import MEETING, ORDER, Typed, texts
from reports.lint.typed_days import days_in
from reports.lint.typed_hours import TypedHours, hours_in

NO_HOUR = error(
    "hours.no_hour",
    "",
    Sentence("“{written}” ไม่ใช่เวลา", "“{written}” is no hour of a day"),
    Sentence("ให้เขียนชั่วโมงและนาที เช่น 09:00", "write hours and minutes, as 09:00"),
)
ENDS_FIRST = error(
    "hours.ends_first",
    "",
    Sentence(
        "เวลาเลิกประชุม {ends} น. ไม่อยู่หลังเวลาเริ่ม {starts} น.", "the meeting ends at {ends}, not after {starts}"
    ),
    Sentence("ให้แก้เวลาเริ่มหรือเวลาเลิกประชุม", "mend its beginning or its end"),
)
BEGINS_OUTSIDE = error(
    "hours.begins_outside",
    "51",
    Sentence(
        "การนำเสนอเริ่ม {begins} น. อยู่นอกเวลาประชุม {hours}",
        "presentations begin at {begins}, outside the meeting's {hours}",
    ),
    Sentence("ให้แก้เวลาเริ่มนำเสนอ หรือเว้นว่างเพื่อเริ่มพร้อมการประชุม", "mend it, or leave it empty"),
)
BEGINS_IN_PAUSE = error(
    "hours.begins_in_pause",
    "51",
    Sentence(
        "การนำเสนอเริ่ม {begins} น. อยู่ในเวลาพัก {pause}",
        "presentations begin at {begins}, within the break {pause}",
    ),
    Sentence("ให้แก้เวลาเริ่มนำเสนอหรือเวลาพัก", "mend when they begin, or the break"),
)
PAUSE_OUTSIDE = error(
    "hours.pause_outside",
    "51",
    Sentence(
        "เวลาพัก {pause} ไม่อยู่ในเวลาประชุม {hours} หรือเลิกก่อนเริ่ม",
        "the break {pause} is not within the meeting's {hours}, or ends before it starts",
    ),
    Sentence("ให้แก้เวลาพัก", "mend the break"),
)
PAUSES_OVERLAP = error(
    "hours.pauses_overlap",
    "",
    Sentence("เวลาพัก {pause} กับ {other} ซ้อนกัน", "the breaks {pause} and {other} overlap"),
    Sentence("ให้แก้เวลาพักไม่ให้ซ้อนกัน", "mend one of them"),
)
DIFFERS = error(
    "hours.differ",
    "44",
    Sentence(
        "เขียนเวลา {written} แต่การประชุมกำหนดเวลา {hours}", "says {written}, but the meeting is at {hours}"
    ),
    Sentence("ให้แก้ข้อความหรือเวลาประชุมให้ตรงกันทุกฉบับ", "mend the text or the meeting's hours"),
)
ENTRIES = (NO_HOUR, ENDS_FIRST, BEGINS_OUTSIDE, BEGINS_IN_PAUSE, PAUSE_OUTSIDE, PAUSES_OVERLAP, DIFFERS)
MOST_OF_IT = 0.75  # a span that covers so much of the meeting means the meeting; less may be a part of it
BESIDE = 12  # letters between a day and its hours
BEFORE = 24  # letters before an hour that tell what it is of
_OF_ELSE = re.compile("ก่อน|ภายใน|ไม่เกิน|พัก|ลงทะเบียน|รถ|อาหาร|นำเสนอ")
# Before the hour of a letter that does not name the day.
_CALLS = re.compile("(?:เข้าร่วม|เชิญ|กำหนด(?:การ)?)ประชุม ?(?:เวลา|ตั้งแต่เวลา) ?$")
# Or the place stands between them; people register before the meeting.
_BETWEEN = re.compile(r"(?!.*ลงทะเบียน) ?(?:ณ .{1,80} )?(?:ตั้งแต่ ?)?เวลา ?")


def is_hour(written: str) -> bool:
    """Whether it is an hour of a day, "09:00"."""
    try:
        minute(written)
    except ValueError:
        return False
    return True


def sound(meeting: Meeting) -> bool:
    """Whether every hour of the meeting's day is one, so that its day can be planned."""
    return all(is_hour(written) for written, _ in _hours(meeting) if written)


def check(looked: Examined) -> Iterator[Found]:
    """Hours of the meeting, and hours in texts."""
    meeting = looked.meeting
    for written, place in _hours(meeting):
        if written and not is_hour(written):
            yield NO_HOUR.at(place, written=written)
    if not sound(meeting):
        return
    yield from _pauses(meeting)
    if not (meeting.starts and meeting.ends):
        return
    starts, ends = minute(meeting.starts), minute(meeting.ends)
    if ends <= starts:
        yield ENDS_FIRST.at(Place(MEETING, "ends"), starts=dotted(meeting.starts), ends=dotted(meeting.ends))
        return
    yield from _outside(meeting)
    for text in texts(looked):
        for said in _claims(text, meeting):
            if (said.starts, ends if said.ends is None else said.ends) != (starts, ends):
                yield DIFFERS.at(text.place, written=said.written, hours=span(meeting))


def span(meeting: Meeting) -> str:
    """`09.00 - 14.30 น.`"""
    return f"{dotted(meeting.starts)} - {dotted(meeting.ends)} น."


def _hours(meeting: Meeting) -> Iterator[tuple[str, Place]]:
    yield meeting.starts, Place(MEETING, "starts")
    yield meeting.ends, Place(MEETING, "ends")
    yield meeting.schedule.begins, Place(ORDER, "schedule.begins")
    for at, pause in enumerate(meeting.schedule.pauses, 1):
        yield pause.starts, Place(ORDER, f"schedule.pauses.{at}.starts")
        yield pause.ends, Place(ORDER, f"schedule.pauses.{at}.ends")


def _pauses(meeting: Meeting) -> Iterator[Found]:
    pauses = sorted((minute(pause.starts), minute(pause.ends)) for pause in meeting.schedule.pauses)
    for one, other in pairwise(pauses):
        if other[0] < one[1]:
            yield PAUSES_OVERLAP.at(Place(ORDER, "schedule.pauses"), pause=_span(*one), other=_span(*other))


def _outside(meeting: Meeting) -> Iterator[Found]:
    starts, ends, begins = minute(meeting.starts), minute(meeting.ends), meeting.schedule.begins
    if begins and not starts <= minute(begins) < ends:
        where = Place(ORDER, "schedule.begins")
        yield BEGINS_OUTSIDE.at(where, begins=dotted(begins), hours=span(meeting))
    for at, pause in enumerate(meeting.schedule.pauses, 1):
        first, last = minute(pause.starts), minute(pause.ends)
        if not starts <= first < last <= ends:
            where = Place(ORDER, f"schedule.pauses.{at}")
            yield PAUSE_OUTSIDE.at(where, pause=_span(first, last), hours=span(meeting))
        elif begins and first <= minute(begins) < last:
            where = Place(ORDER, "schedule.begins")
            yield BEGINS_IN_PAUSE.at(where, begins=dotted(begins), pause=_span(first, last))


def _claims(text: Typed, meeting: Meeting) -> Iterator[TypedHours]:
    """The hours of a text that mean the meeting: beside its day, or nearly as long as it."""
    starts, ends = minute(meeting.starts), minute(meeting.ends)
    said = text.figures
    days = [found for found in days_in(said) if found.day == meeting.day]
    for found in hours_in(said):
        beside = any(_beside(said[day.ends : found.at]) for day in days if day.ends <= found.at)
        beside = beside or any(_before(said[: day.begins], found.at) for day in days if day.begins > found.at)
        beside = beside or (text.calls_the_meeting and _CALLS.search(said[: found.at]) is not None)
        shared = min(ends, found.ends or 0) - max(starts, found.starts)
        if beside or shared >= MOST_OF_IT * (ends - starts):
            yield found


def _beside(between: str) -> bool:
    near = len(between) <= BESIDE and not _OF_ELSE.search(between)
    return near or _BETWEEN.fullmatch(between) is not None


def _before(to_the_day: str, at: int) -> bool:
    """Whether the hour there stands right before the day: เวลา 09.00 น. ในวันพุธที่ …"""
    if _OF_ELSE.search(to_the_day[max(0, at - BEFORE) : at]):
        return False
    return re.fullmatch(r"[\d.: -]+น\. ?(?:ใน)?(?:วันที่)? ?", to_the_day[at:]) is not None


def _span(starts: int, ends: int) -> str:
    return f"{dotted(hour(starts))} - {dotted(hour(ends))} น."


def dotted(written: str) -> str:
    """`09.00`."""
    return thai.time_words(written, thai_digits=False)
