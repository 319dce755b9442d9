"""Members whom minutes call by another place in the committee than theirs (rules.md 24). Pure."""

import re
from collections.abc import Iterator

from mochocho.words.sentences import Sentence
from processing.meetings.meeting import Role
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, warning
from reports.lint.printed_texts import plain, typed_by_the_office

OTHER_ROLE = warning(
    "minutes.other_role",
    "24",
    Sentence(
        "เขียน “{written}” แต่ในรายชื่อเป็น{role}", "says “{written}”, but the list has another role ({role})"
    ),
    Sentence("ให้แก้หน้าที่ในข้อความหรือในรายชื่อกรรมการ", "mend the role in the text, or in the list"),
)
ENTRIES = (OTHER_ROLE,)
_ROLES = {
    "เลขานุการ": Role.SECRETARY,
    "ผู้ช่วยเลขานุการ": Role.ASSISTANT_SECRETARY,
    "รองประธานกรรมการ": Role.VICE_CHAIR,
}
_CALLED = {
    Role.CHAIR: "ประธานกรรมการ",
    Role.VICE_CHAIR: "รองประธานกรรมการ",
    Role.MEMBER: "กรรมการ",
    Role.SECRETARY: "กรรมการและเลขานุการ",
    Role.ASSISTANT_SECRETARY: "กรรมการและผู้ช่วยเลขานุการ",
}
_ROLE = re.compile(
    rf"[ )]*(?:กรรมการและ)?({'|'.join(_ROLES)})(?! ?(?:ที่ประชุม|ในที่ประชุม|แทน|คณะทำงาน|ชมรม|กลุ่ม|ส่วนตัว))"
)  # who only keeps the minutes of the day has that role in no list


def check(looked: Examined) -> Iterator[Found]:
    """What stands right behind a member's name, or behind the position."""
    members = [
        (plain(one.person.name), plain(one.person.position), one.role) for one in looked.meeting.composition
    ]
    for text in typed_by_the_office(looked):
        if "เลขานุการ" not in text.plain and "รองประธาน" not in text.plain:
            continue
        for name, position, role in members:
            behind = text.plain.partition(name)[2].lstrip(" (").removeprefix(position)
            found = _ROLE.match(behind)
            if found and _ROLES[found[1]] is not role:
                yield OTHER_ROLE.at(text.place, written=f"{name} {found[1]}", role=_CALLED[role])
