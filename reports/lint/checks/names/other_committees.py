"""The committee called by other words than those of the order that appoints it (rules.md 44). Pure."""

import re
from collections.abc import Iterator

from mochocho.words.sentences import Sentence
from processing.meetings.meeting import Level
from reports.lint.checks.said_otherwise import near, of_no_place
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, warning
from reports.lint.printed_texts import MEETING, Typed, nearly, plain, typed_by_the_office

OTHER_WORDS = warning(
    "committee.other_words",
    "44",
    Sentence("เขียน “{written}” ซึ่งอาจหมายถึง “{committee}”", "says “{written}”, which may mean “{committee}”"),
    Sentence(
        "หากเป็นคณะเดียวกัน ให้เขียนชื่อตามคำสั่งแต่งตั้ง", "if it is the same, name it as the appointing order does"
    ),
)
NO_COMMITTEE = warning(
    "committee.no_committee",
    "44",
    Sentence(
        "ชื่อคณะกรรมการ “{committee}” ไม่ขึ้นต้นด้วย คณะ", "the committee “{committee}” does not begin with “คณะ”"
    ),
    Sentence("ให้เขียนชื่อตามคำสั่งแต่งตั้ง", "name it as the appointing order does"),
)
ENTRIES = (OTHER_WORDS, NO_COMMITTEE)
_NAMED = re.compile(r"คณะ(?:อนุ)?(?:กรรมการ|ทำงาน)(?!ฯ)[ก-๙]{6,90}")
_STANDARDS = re.compile("มาตรฐาน(?:การ)?(?:พัฒนา|งาน)?ชุมชน|มชช")
_ELSEWHERE = re.compile("ตำบล|หมู่บ้าน|กลั่นกรอง|พี่เลี้ยง|ขับเคลื่อน")
_LEVEL = {
    Level.PROVINCE: re.compile("อำเภอ|ตรวจประเมิน"),
    Level.DISTRICT: re.compile("จังหวัด|รับรอง"),
}  # what another level's committee is called
_CALLS = re.compile("(?:กำหนด|ขอเชิญ)(?:การ|เข้าร่วม)*ประชุม$")
_TASK = {Level.PROVINCE: "รับรอง", Level.DISTRICT: "ประเมิน"}  # what no other committee of that level does


def check(looked: Examined) -> Iterator[Found]:
    """Committees of this level and task, and any in the subject of the invitation."""
    meeting = looked.meeting
    name = plain(meeting.committee)
    if not name:
        return
    if not name.startswith("คณะ"):
        yield NO_COMMITTEE.at(Place(MEETING, "committee"), committee=name)
    for text in typed_by_the_office(looked):
        if text.place.field not in ("committee", "appointment.subject") and "คณะ" in text.plain:
            for found in _NAMED.finditer(text.plain):
                if _is_meant(found, text, looked):
                    yield OTHER_WORDS.at(text.place, written=found[0], committee=name)


def _is_meant(found: re.Match[str], text: Typed, looked: Examined) -> bool:
    """Whether these other words are of the committee that meets: its task, or in what calls this meeting."""
    meeting, written = looked.meeting, found[0]
    name = plain(meeting.committee)
    level, task = _LEVEL[meeting.level], _TASK[meeting.level] in written and not _ELSEWHERE.search(written)
    called = text.place.field.startswith("letter.") and _CALLS.search(text.plain, 0, found.start())
    own = text.place.field == "letter.subject" or called
    known = of_no_place(name) in written and (not called or not level.search(written))
    of_the_level = own or not level.search(written)
    if known or nearly(written, name, near) or not _STANDARDS.search(written):
        return False
    return bool(own or (task and of_the_level))
