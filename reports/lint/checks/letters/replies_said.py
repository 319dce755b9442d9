"""Replies whose parts do not agree (rules.md 53). Pure."""

from collections.abc import Iterator

from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, warning
from reports.lint.printed_texts import REPLIES

UNDATED = warning(
    "reply.undated",
    "53",
    Sentence(
        "{office}ตอบว่า{what} แต่ไม่มีวันที่ตอบ จึงยังนับว่าไม่ตอบ",
        "{office} answered without a day: it still counts as silent",
    ),
    Sentence("ให้ใส่วันที่ตอบ", "write the day of the answer"),
)
UNSAID = warning(
    "reply.unsaid",
    "53",
    Sentence("{office}ตอบแล้วแต่ไม่ได้ระบุว่าเข้าร่วมหรือไม่", "{office} answered, but not whether it attends"),
    Sentence("ให้ระบุการเข้าร่วม", "say whether it attends"),
)
BOTH = warning(
    "reply.attends_and_substitute",
    "53",
    Sentence("{office}ตอบว่าเข้าร่วม แต่มีผู้แทน “{name}”", "{office} attends, but has the substitute “{name}”"),
    Sentence("ให้ตรวจกับแบบตอบรับว่าใครเข้าประชุม", "see in the reply who will come"),
)
NOBODY = warning(
    "reply.declines_and_person",
    "53",
    Sentence(
        "{office}ตอบว่าไม่เข้าร่วม แต่มีผู้เข้าประชุม “{name}”", "{office} does not attend, but “{name}” is to come"
    ),
    Sentence("ให้ตรวจกับแบบตอบรับว่าเข้าร่วมหรือไม่", "see in the reply whether it attends"),
)
ENTRIES = (UNDATED, UNSAID, BOTH, NOBODY)


def check(looked: Examined) -> Iterator[Found]:
    """Each reply by itself."""
    for at, reply in enumerate(looked.meeting.replies, 1):
        place = Place(REPLIES, f"replies.{at}")
        if reply.attends is not None and reply.came_on is None:
            what = "เข้าร่วม" if reply.attends else "ไม่เข้าร่วม"
            yield UNDATED.at(place, office=reply.office, what=what)
        elif reply.attends is None and reply.came_on is not None and not reply.note:
            yield UNSAID.at(place, office=reply.office)
        if reply.attends and reply.person and reply.substitute and reply.substitute.name:
            yield BOTH.at(place, office=reply.office, name=reply.substitute.name)
        if reply.attends is False and reply.person and reply.person.name:
            yield NOBODY.at(place, office=reply.office, name=reply.person.name)
