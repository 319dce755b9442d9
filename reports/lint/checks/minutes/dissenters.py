"""Who dissents: a member, or somebody who came in a member's place (Act of B.E. 2539, s. 83). Pure."""

import re
from collections.abc import Iterator

from mochocho.words import people
from mochocho.words.sentences import Sentence
from processing.meetings.meeting import Held, Meeting
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, warning
from reports.lint.printed_texts import MINUTES, plain

NO_MEMBER = warning(
    "votes.dissent_of_no_member",
    "Act of B.E. 2539, s. 83",
    Sentence(
        "วาระที่ {number} มีความเห็นแย้งของ “{name}” ซึ่งไม่ใช่กรรมการหรือผู้มาแทน",
        "item {number} has a dissent of “{name}”, no member and in no member's place",
    ),
    Sentence(
        "ให้สะกดชื่อให้ตรงกับรายชื่อกรรมการ หรือย้ายไปเป็นข้อความของวาระ", "spell the name as in the list, or move it"
    ),
)
ENTRIES = (NO_MEMBER,)
_NAME = re.compile(
    r"(?<![ก-๙])(?:นางสาว|น\.ส\.|นาง|นาย(?!อำเภอ|ก[อทส]|ช่าง|ทะเบียน|แพทย์)) ?[ก-๙]{2,} [ก-๙]{2,}"
)  # no นายอำเภอ, no นายกเทศมนตรี


def check(looked: Examined) -> Iterator[Found]:
    """The first name of each dissent."""
    held = looked.meeting.held
    if held is None or not looked.meeting.members:
        return
    may = _may_vote(looked.meeting, held)
    for at, item in enumerate(held.items, 1):
        for line, dissent in enumerate(item.dissent, 1):
            named = _NAME.search(plain(dissent))
            said = people.bare(plain(dissent))
            if named and not any(name in said for name in may):
                place = Place(MINUTES, f"held.items.{at}.dissent.{line}")
                yield NO_MEMBER.at(place, number=item.number, name=named[0])


def _may_vote(meeting: Meeting, held: Held) -> frozenset[str]:
    """The keys of the members, and of who came in their place."""
    members = {people.key(one.person.name) for one in meeting.composition}
    return frozenset(members | {people.key(one.substitute.name) for one in held.attendance if one.substitute})
