"""Heads of an office whose agency is another's: เกษตรอำเภอ of สำนักงานเกษตรจังหวัด (rules.md 24). Pure."""

import re
from collections.abc import Iterator

from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, warning
from reports.lint.printed_texts import one_of, people, plain

OTHER_AGENCY = warning(
    "committee.of_another_agency",
    "24",
    Sentence(
        "“{name}” ตำแหน่ง “{position}” แต่หน่วยงานคือ “{agency}”",
        "“{name}” is “{position}”, but of the agency “{agency}”",
    ),
    Sentence("ให้แก้ตำแหน่งหรือหน่วยงาน", "mend the position or the agency"),
)
ENTRIES = (OTHER_AGENCY,)
_OFFICES = {
    "พัฒนาการ": "พัฒนาชุมชน",
    "ท้องถิ่น": "ส่งเสริมการปกครองท้องถิ่น",
    **{one: one for one in ("เกษตร", "ปศุสัตว์", "ประมง", "พาณิชย์", "คลัง", "แรงงาน", "วัฒนธรรม", "อุตสาหกรรม")},
}  # what a head is called, and the office's name
_HEAD = re.compile(rf"({one_of(_OFFICES)})(จังหวัด|อำเภอ)")
_OFFICE = re.compile(rf"สำนักงาน({one_of(_OFFICES.values())})(จังหวัด|อำเภอ)")


def check(looked: Examined) -> Iterator[Found]:
    """Everybody whom a field names with a position and an agency."""
    for person, place in people(looked.meeting):
        head, office = _HEAD.match(plain(person.position)), _OFFICE.match(plain(person.agency))
        if head and office and (_OFFICES[head[1]], head[2]) != office.groups():
            said = {"position": person.position, "agency": person.agency}
            yield OTHER_AGENCY.at(place, name=person.name, **said)
