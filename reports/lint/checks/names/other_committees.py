"""The committee called by other words than those of the order that appoints it (rules.md 44). Pure."""

import re
from collections.abc import Iterator

from mochocho.words.sentences import Sentence
from processing.meetings.meeting import Level
from reports.lint.checks.said_otherwise import near, of_no_place
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, warning
from reports.lint.printed_texts import MEETING, nearly, plain, typed_by_the_office

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
_ELSEWHERE = {
    Level.PROVINCE: re.compile("อำเภอ|ตำบล|หมู่บ้าน|กลั่นกรอง|พี่เลี้ยง|ขับเคลื่อน|ตรวจประเมิน"),
    Level.DISTRICT: re.compile("จังหวัด|ตำบล|หมู่บ้าน|กลั่นกรอง|พี่เลี้ยง|ขับเคลื่อน|รับรอง"),
}
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
        if text.place.field in ("committee", "appointment.subject") or "คณะ" not in text.plain:
            continue
        own = text.place.field == "letter.subject"
        for written in _NAMED.findall(text.plain):
            task = own or _TASK[meeting.level] in written
            known = of_no_place(name) in written or nearly(written, name, near)
            elsewhere = _ELSEWHERE[meeting.level].search(written)
            if task and _STANDARDS.search(written) and not known and not elsewhere:
                yield OTHER_WORDS.at(text.place, written=written, committee=name)
