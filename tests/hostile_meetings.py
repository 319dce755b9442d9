"""A meeting in which every text that a person may type is markup of some language, with a number of its own.

It is made by walking over the fields of `Meeting`, so that a new field is typed into as well.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from processing.meetings.meeting import (
    Attendance,
    Level,
    Meeting,
    Member,
    OwnText,
    Person,
    Role,
)
from processing.meetings.passages import Passage

MARKUP = '{{7*7}} #panic("x") $a$ *b* _c_ `d` @e <f> <w:br/> ]]> &amp; \\n // =1+1 น้ำ ปั้น ຂົ້າ 🌾่'
DAY, NUMBER = date(2025, 5, 1), "2/2568"
# Fields with a form of their own: a number, an hour, a choice, a file.
OF_A_FORM: Mapping[str, Any] = {
    "level": Level.PROVINCE,
    "number": NUMBER,
    "district": "",
    "starts": "09:00",
    "ends": "16:00",
    "day": DAY,
    "previous": "1/2568",
    "letter.urgency": "ด่วนที่สุด",
    "letter.day": date(2025, 4, 21),
    "circular.urgency": "ด่วน",
    "memo.urgency": "ด่วนมาก",
    "agenda.items_count": 6,
    "agenda.own.number": "3.4",
    "schedule.begins": "10:00",
    "schedule.order": ("พาน",),
    "schedule.pauses.starts": "12:00",
    "schedule.pauses.ends": "13:00",
    "annexes": (),
    "signed": (),
    "again.number": "1/2568",
    "again.day": date(2025, 4, 20),
    "members.role": Role.CHAIR,
    "members.until": None,
    "replies.came_on": date(2025, 4, 28),
    "held.began": "09:05",
    "held.ended": "15:55",
    "held.attendance.of": "",
    "held.attendance.substitute": None,
    "held.attendance.came": "",
    "held.attendance.left": "",
    "held.items.number": "1",
    "held.items.resolved_at": "09:30",
    "texts": (),
    # in whose place the passages of `texts` stand
    **{f"{letter}.paragraphs": () for letter in ("letter", "circular", "memo")},
    "appointment.grounds": (),
}


class HostileMeeting:
    """The meeting, and what was typed where."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        made: Meeting = self._filled(Meeting, "")
        (member,), (guest,) = made.members, made.held.attendance if made.held else ()
        absent = Member(Person("นายไม่มา ตัวอย่าง", "ปลัดจังหวัด"))
        came = (
            Attendance(member.person.name, True),
            Attendance(absent.person.name, False, absent=guest.absent),
            replace(guest, absent=""),
        )
        texts = tuple(OwnText(one, (self._typed(one.value),)) for one in Passage)
        self.meeting = replace(
            made,
            members=(member, absent),
            held=replace(made.held, attendance=came) if made.held else None,
            texts=texts,
        )
        # a body of the office's own instead of the passages: of the letter, the order
        self.instead = replace(
            self.meeting,
            texts=(),
            appointment=replace(made.appointment, grounds=(self._typed("appointment.grounds"),)),
            **{
                name: replace(getattr(made, name), paragraphs=(self._typed(f"{name}.paragraphs"),))
                for name in ("letter", "circular", "memo")
            },
        )

    def _typed(self, path: str) -> str:
        """A text that nobody means well with; by its number it is found in what is printed."""
        return self.texts.setdefault(path, f"ก {MARKUP} ข้อ {len(self.texts) + 1} จบ")

    def _filled(self, type_: Any, path: str) -> Any:
        if path in OF_A_FORM:
            return OF_A_FORM[path]
        if get_origin(type_) in (Union, UnionType):
            (type_,) = (one for one in get_args(type_) if one is not type(None))
        if get_origin(type_) is tuple:
            return (self._filled(get_args(type_)[0], path),)
        if type_ is str:
            return self._typed(path)
        if is_dataclass(type_):
            kinds = get_type_hints(type_)
            names = (field.name for field in fields(type_))
            return type_(**{name: self._filled(kinds[name], f"{path}.{name}".lstrip(".")) for name in names})
        if issubclass(type_, Enum):
            return next(iter(type_))
        return {bool: True, int: 1, date: DAY}[type_]
