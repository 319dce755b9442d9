"""Breaks that are too long, or at another hour, for what they are called (rules.md 51). Pure."""

from collections.abc import Iterator

from mochocho.words.sentences import Sentence
from processing.meetings.day_plan import minute
from reports.lint.checks.hours import dotted, is_hour
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, warning
from reports.lint.printed_texts import ORDER, plain

LONG = warning(
    "day.pause_long",
    "51",
    Sentence("ช่วง “{title}” นาน {minutes} นาที", "“{title}” takes {minutes} minutes"),
    Sentence("ให้ตรวจเวลาพัก หากไม่ได้ตั้งใจ", "check the hours of the break, unless they are meant"),
)
LUNCH = warning(
    "day.pause_misnamed",
    "51",
    Sentence("ช่วง “{title}” เริ่มเวลา {hour} น.", "“{title}” begins at {hour}"),
    Sentence("ให้ตรวจเวลาหรือชื่อช่วงพัก", "check the hour or the name of the break"),
)
ENTRIES = (LONG, LUNCH)
_NOON = (10 * 60 + 30, 13 * 60 + 30)  # lunch begins between
_MOST = (("อาหารว่าง", 45), ("เครื่องดื่ม", 45), ("กลางวัน", 120), ("เที่ยง", 120))  # minutes of a break so called


def check(looked: Examined) -> Iterator[Found]:
    """Each break by its name."""
    for at, pause in enumerate(looked.meeting.schedule.pauses, 1):
        most = next((minutes for name, minutes in _MOST if name in plain(pause.title)), None)
        if most is None or not (is_hour(pause.starts) and is_hour(pause.ends)):
            continue
        begins, place = minute(pause.starts), Place(ORDER, f"schedule.pauses.{at}.starts")
        if "กลางวัน" in plain(pause.title) and not _NOON[0] <= begins <= _NOON[1]:
            yield LUNCH.at(place, title=pause.title, hour=dotted(pause.starts))
        long = minute(pause.ends) - begins
        if long > most:
            place = Place(ORDER, f"schedule.pauses.{at}.ends")
            yield LONG.at(place, title=pause.title, minutes=long)
