"""A day that the presentations do not fit into (rules.md 51, 52). Pure."""

import re
from collections import Counter
from collections.abc import Iterator

from mochocho.words import thai
from mochocho.words.sentences import Sentence
from processing.meetings.day_plan import HOUR, MIDNIGHT, Share, hour, minute, planned
from processing.meetings.meeting import Level, Meeting, Schedule
from reports.lint.checks.hours import sound, span
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, error, warning
from reports.lint.printed_texts import ORDER, Typed, each_once

DOES_NOT_FIT = error(
    "day.does_not_fit",
    "51",
    Sentence(
        "นำเสนอไม่ครบในเวลาประชุม: ต้องใช้เวลา{finishes} แต่เลิกประชุม {ends} น. ยังไม่มีเวลาของ{left}",
        "presentations last until {finishes_en}, the meeting until {ends}; no time for {left}",
    ),
    Sentence(
        "ให้ลดเวลาต่ออำเภอหรือต่อหน่วยงาน เลื่อนเวลาเลิก หรือแบ่งประชุมเป็นสองวัน",
        "give less time to each, end later, or meet on two days",
    ),
)
NO_LUNCH = warning(
    "day.no_lunch",
    "51",
    Sentence(
        "การประชุม {hours} คร่อมเวลาเที่ยง แต่ไม่มีเวลาพักรับประทานอาหารกลางวัน",
        "the meeting of {hours} goes on over noon without a break for lunch",
    ),
    Sentence("ให้เพิ่มเวลาพัก เช่น 12.00 - 13.00 น.", "add a break, as 12.00 - 13.00"),
)
MINUTES_DIFFER = error(
    "day.minutes_differ",
    "51",
    Sentence(
        "เขียน “{written}” แต่กำหนดเวลานำเสนอไว้ {minutes} นาที ซักถาม {questions} นาที",
        "says “{written}”, but presentations have {minutes} minutes, questions {questions}",
    ),
    Sentence("ให้แก้ข้อความหรือเวลานำเสนอให้ตรงกัน", "mend the text or the minutes of the order of presentation"),
)
UNKNOWN = error(
    "order.unknown_district",
    "52",
    Sentence("จังหวัด{province}ไม่มีอำเภอ “{district}”", "{province} has no district “{district}”"),
    Sentence("ให้แก้ชื่ออำเภอในลำดับการนำเสนอ", "mend its name in the order of presentation"),
)
TWICE = error(
    "order.district_twice",
    "52",
    Sentence("ลำดับการนำเสนอมีอำเภอ{district}ซ้ำ", "{district} is twice in the order of presentation"),
    Sentence("ให้เหลือครั้งเดียว", "leave it there once"),
)
ENTRIES = (DOES_NOT_FIT, NO_LUNCH, MINUTES_DIFFER, UNKNOWN, TWICE)
_LENGTH = r"(\d+|ครึ่ง) ?(นาที|ชั่วโมง)"
_BOTH = re.compile(r"(อำเภอ|หน่วยงาน)ละ ?(\d+) ?\+ ?(\d+) ?นาที")  # to present and to ask
_AMISS = re.compile(r"(?:อำเภอ|หน่วยงาน)ละ ?(?:\d+ ?[-–] ?\d+ ?นาที|\d+ ?นาฬิกา)")  # no length
_FOR = "(?:ไม่เกิน ?|ประมาณ ?|ให้เวลา ?)?"
_WHO = "(อำเภอ|หน่วยงาน|ราย)"
_EACH = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_WHO}ละ ?{_FOR}{_LENGTH}",
        rf"(?:แต่ละ|ทุก){_WHO}(?:มี|ให้|ใช้|เวลา|ใน|การ|นำเสนอ|ได้| )*{_FOR}{_LENGTH}",
        rf"{_LENGTH} ?(?:ต่อ|/) ?1? ?{_WHO}",
    )
)
_QUESTIONS = re.compile(rf"(?:ซักถาม|ถาม ?- ?ตอบ|ตอบคำถาม)(?:อีก|เวลา|และตอบ| )*{_FOR}{_LENGTH}")
_PRESENTED = "นำเสนอ"
LUNCH = ("11:00", "14:00")  # a break within begins and ends here
SHORTEST_LUNCH = 30  # minutes; a shorter break is for tea
NOON = ("12:00", "13:00")
SHOWN = 3  # districts named in a sentence


def check(looked: Examined) -> Iterator[Found]:
    """Whether the day holds all who present."""
    yield from _order(looked)
    yield from _minutes(looked)
    if sound(looked.meeting):
        yield from _fits(looked)
        yield from _lunch(looked.meeting)


def _order(looked: Examined) -> Iterator[Found]:
    known = {district.name_th for district in looked.province.districts}
    for name, times in Counter(looked.meeting.schedule.order).items():
        if name not in known:
            place = Place(ORDER, "schedule.order")
            yield UNKNOWN.at(place, province=looked.province.name_th, district=name)
        if times > 1:
            yield TWICE.at(Place(ORDER, "schedule.order"), district=name)


def _minutes(looked: Examined) -> Iterator[Found]:
    """Minutes for each that a text names and the order of presentation does not."""
    day = looked.meeting.schedule
    together = {day.minutes, day.questions, day.minutes + day.questions}
    for text in each_once(looked):
        asked = [found[0] for found in _QUESTIONS.finditer(text.figures)] if _PRESENTED in text.plain else []
        whole = "รวม" in text.plain or f"นำเสนอ {day.minutes} นาที" in text.figures  # both together, then each
        known = together if whole or not asked else {day.minutes}
        said = [found[0] for each in _EACH for found in each.finditer(text.figures)]
        own = [one for one in said if ("อำเภอ" in one) != day.by_unit]
        wrong = [one for one in own if _in_minutes(one) not in known]
        wrong += [one for one in said if one not in own and _meant_for_the_other(text, one, day)]
        wrong += [one for one in asked if _in_minutes(one) != day.questions]
        wrong += [found[0] for found in _AMISS.finditer(text.figures)]
        wrong += [found[0] for found in _BOTH.finditer(text.figures) if _is_another(found, day)]
        for written in wrong:
            yield MINUTES_DIFFER.at(text.place, written=written, minutes=day.minutes, questions=day.questions)


def _is_another(both: re.Match[str], day: Schedule) -> bool:
    """Whether 15+15 นาที for each of those who present is not as the order of presentation has it."""
    minutes = int(both[2]), int(both[3])
    return (both[1] == "หน่วยงาน") == day.by_unit and minutes != (day.minutes, day.questions)


def _meant_for_the_other(text: Typed, written: str, day: Schedule) -> bool:
    """Whether the minutes for each district are said to be for each unit, or the other way round."""
    other = "หน่วยงานละ" if day.by_unit else "อำเภอละ"
    return not written.startswith("ราย") and _in_minutes(written) == day.minutes and other not in text.plain


def _in_minutes(written: str) -> int:
    """Of a text with one length in it: "อำเภอละ 20 นาที", "อำเภอละครึ่งชั่วโมง"."""
    (number, unit), *_ = re.findall(_LENGTH, written)
    if number == "ครึ่ง":
        return HOUR // 2
    return int(number) * (HOUR if unit == "ชั่วโมง" else 1)


def _fits(looked: Examined) -> Iterator[Found]:
    meeting = looked.meeting
    plan = planned(meeting, _shares(looked))
    if plan is None or not plan.left_over:
        return
    names = [f"อำเภอ{share.district}" for share in plan.left_over]
    rest = f" และอีก {len(names) - SHOWN} อำเภอ" if len(names) > SHOWN else ""
    finishes = thai.time_words(hour(plan.finishes), thai_digits=False)
    late = plan.finishes > MIDNIGHT
    yield DOES_NOT_FIT.at(
        Place(ORDER, "schedule"),
        finishes="เลยเที่ยงคืน" if late else f"ถึง {finishes} น.",
        finishes_en="after midnight" if late else finishes,
        ends=thai.time_words(meeting.ends or "24:00", thai_digits=False),
        left=" ".join(names[:SHOWN]) + rest,
    )


def _shares(looked: Examined) -> tuple[Share, ...]:
    """Before anybody has applied, the districts that the order names are those that will present."""
    day = looked.meeting.schedule
    if looked.units or day.by_unit or looked.meeting.level is not Level.PROVINCE:
        return looked.shares
    return tuple(Share(share.district, 1) for share in looked.shares if share.district in day.order)


def _lunch(meeting: Meeting) -> Iterator[Found]:
    if not (meeting.starts and meeting.ends):
        return
    over_noon = minute(meeting.starts) < minute(NOON[0]) and minute(NOON[1]) < minute(meeting.ends)
    breaks = (
        minute(LUNCH[0]) <= minute(pause.starts) <= minute(pause.ends) - SHORTEST_LUNCH
        and minute(pause.ends) <= minute(LUNCH[1])
        for pause in meeting.schedule.pauses
    )
    if over_noon and not any(breaks):
        yield NO_LUNCH.at(Place(ORDER, "schedule.pauses"), hours=span(meeting))
