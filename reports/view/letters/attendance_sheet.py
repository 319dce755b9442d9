"""บัญชีลงลายมือชื่อผู้เข้าประชุม: the members in the order of their appointment, then whoever else comes."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from processing.meetings.meeting import Member, Person, Reply
from reports.view.blocks import Block, Form, Kind, Paper
from reports.view.letters.appointing_order import ROLES
from reports.view.letters.convened import Convened, standing

TITLE = "บัญชีลงลายมือชื่อผู้เข้าประชุม"
_HEAD = ("ลำดับ", "ชื่อ - สกุล", "ตำแหน่ง", "ลายมือชื่อ", "หมายเหตุ")
_WIDTHS = (6, 21, 25, 20, 11)
_SPARE = 6  # empty rows for whoever was not expected, in Word


def attendance_sheet(c: Convened) -> Paper:
    """The sheet to sign at the door; a substitute who was announced stands beside the member."""
    answers = {one.office: one for one in c.meeting.replies}
    members = [(one.person.name, _seat(one, answers.get(one.person.name))) for one in c.meeting.composition]
    known = {name for name, _ in members}
    others = [
        (who.name, _sent(who, reply.office))
        for reply in c.meeting.replies
        if (who := reply.substitute or reply.person) and not {who.name, reply.office} & known
    ]
    return c.finished(
        Paper(
            name=TITLE,
            form=Form.PLAIN,
            title=(TITLE, f"การประชุม{c.committee}", c.number, f"{c.day} {c.hours}", c.place),
            blocks=(
                Block(Kind.ITEM, "กรรมการ"),
                _table(members or [("", "")] * _SPARE),
                Block(Kind.ITEM, "ผู้เข้าร่วมประชุม"),
                replace(_table([*others, *[("", "")] * _SPARE]), spare=_SPARE),
            ),
        )
    )


def _table(rows: Sequence[tuple[str, str]]) -> Block:
    return Block(
        Kind.TABLE,
        cells=(_HEAD, *((str(i), name, place, "", "") for i, (name, place) in enumerate(rows, 1))),
        lines=2,
        widths=_WIDTHS,
    )


def _seat(member: Member, reply: Reply | None) -> str:
    """A member's position and role, and who comes instead: as answered, else as named in advance."""
    answered = reply.substitute if reply else None
    substitute = standing(replace(member, substitute=answered or member.substitute))
    instead = f"(ผู้แทน {substitute})" if substitute else ""
    return " ".join(_said((_place(member.person, ROLES[member.role]), instead)))


def _place(who: Person, role: str) -> str:
    return " ".join(_said((who.position, who.agency, role)))


def _sent(who: Person, office: str) -> str:
    """Where somebody is from whom an office sends; the position may name the office already."""
    return _place(who, "" if _place(who, "").endswith(office) else office)


def _said(parts: Iterable[str]) -> list[str]:
    return [part for part in parts if part]
