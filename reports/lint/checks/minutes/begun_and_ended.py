"""When a meeting began and ended, against its hours and each other (rules.md 45). Pure."""

from collections.abc import Iterator

from mochocho.words.sentences import Sentence
from processing.meetings.day_plan import minute
from reports.lint.checks.hours import dotted, is_hour
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, error, warning
from reports.lint.printed_texts import MINUTES

ENDED_FIRST = error(
    "minutes.ended_first",
    "45",
    Sentence(
        "เลิกประชุมเวลา {ended} น. ไม่อยู่หลังเวลาเริ่มประชุม {began} น.",
        "ended at {ended}, not after it began, at {began}",
    ),
    Sentence("ให้แก้เวลาเริ่มหรือเวลาเลิกประชุมในรายงาน", "mend either hour in the minutes"),
)
BEGAN_EARLY = warning(
    "minutes.began_early",
    "45",
    Sentence(
        "เริ่มประชุมเวลา {began} น. ก่อนเวลาที่นัดไว้ {starts} น.",
        "began at {began}, before the hour that was set, {starts}",
    ),
    Sentence("ให้ตรวจเวลาเริ่มประชุมในรายงาน", "check when it began"),
)
ENTRIES = (ENDED_FIRST, BEGAN_EARLY)


def check(looked: Examined) -> Iterator[Found]:
    """The two hours of the minutes."""
    held, starts = looked.meeting.held, looked.meeting.starts
    if held is None or not is_hour(held.began):
        return
    if is_hour(held.ended) and minute(held.ended) <= minute(held.began):
        place = Place(MINUTES, "held.ended")
        yield ENDED_FIRST.at(place, ended=dotted(held.ended), began=dotted(held.began))
    if is_hour(starts) and minute(held.began) < minute(starts):
        place = Place(MINUTES, "held.began")
        yield BEGAN_EARLY.at(place, began=dotted(held.began), starts=dotted(starts))
