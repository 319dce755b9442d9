"""Every text that papers of a meeting print: what was typed, and where it stands. Pure."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import lru_cache

from mochocho.excel.day_cells import month_of
from mochocho.words import thai
from mochocho.words.numbers import arabic
from processing.meetings.meeting import Held, Meeting, Person
from reports.lint.examined import Examined
from reports.lint.lint_entry import Place
from reports.view.blocks import Paper

LETTER, AGENDA, ORDER, MINUTES = "หนังสือเชิญประชุม", "ระเบียบวาระการประชุม", "ลำดับการนำเสนอ", "รายงานการประชุม"
MEETING, MEMBERS, REPLIES = "ข้อมูลการประชุม", "รายชื่อกรรมการ", "แบบตอบรับ"
PAPERS = {
    **dict.fromkeys(("letter", "contact", "signatory"), LETTER),
    **dict.fromkeys(("agenda", "annexes", "previous"), AGENDA),
    "schedule": ORDER,
    "members": MEMBERS,
    "replies": REPLIES,
    "circular": "หนังสือเปิดรอบ",
    "memo": "บันทึกข้อความ",
    "memo_by": "บันทึกข้อความ",
    "held": MINUTES,
}  # by the first part of a field's path
_NO_TEXT = frozenset({"sha256", "district"})
_NAMED = "|".join(
    (
        *(thai.date_words(date(2000, m, 1), False).split()[1].replace("์", "์?") for m in range(1, 13)),
        *(r"\.? ?".join(thai.month_short(m).split(".")[:2]) + r"\.?" for m in range(1, 13)),
    )
)
_WEEKDAYS = f"{'|'.join(thai.WEEKDAYS)}|พฤหัส"
_DAY = re.compile(
    rf"(?:วัน(?:(?P<weekday>(?!ที่)[ก-๙]{{3,9}}?) ?ที่|(?P<bare>{_WEEKDAYS})ฯ?) ?)?(?<![\d/])"
    rf"(?:(?P<day>\d{{1,2}}) ?(?:เดือน ?)?(?P<month>{_NAMED}) ?(?:พ\.? ?ศ\.? ?|พุทธศักราช ?)?"
    r"(?P<year>\d{4}|[6-9]\d(?!\d| ?(?:คน|ราย|หน่วย|กลุ่ม|เครือข่าย|ชุมชน|แห่ง|บาท|ครั้ง)))"
    r"|(?P<slashed>\d{1,2}/\d{1,2}/25\d\d))(?!\d)"
    rf"(?: ?\((?:ตรงกับ)?วัน(?P<behind>{_WEEKDAYS})ฯ?\))?"
)
_UNIT = r" ?(?:น\.?(?![ก-๙])|นาฬิกา)"
_HOURS = re.compile(
    rf"(?P<called>เวลา ?)?(?<![\d.])(?P<from>\d{{1,2}}[.:]\d{{2}})(?!\d)(?P<unit>{_UNIT})?"
    rf"(?: ?(?:-|–|—|ถึง) ?(?:เวลา ?)?(?P<to>\d{{1,2}}[.:]\d{{2}})(?P<last>{_UNIT})?)?"
)


@dataclass(frozen=True, slots=True)
class Typed:
    """One text as it was typed, and where."""

    place: Place
    text: str

    @property
    def plain(self) -> str:
        return plain(self.text)


@dataclass(frozen=True, slots=True)
class TypedDay:
    """A day in a text: `day` None where the calendar has no such day; `begins`, `ends`: where in the text.

    `weekday` as it was typed, "" where none was.
    """

    written: str
    weekday: str
    day: date | None
    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class TypedHours:
    """Hours in a text, as minutes of the day; `ends` None where only one hour is given."""

    written: str
    starts: int
    ends: int | None
    at: int


def days_in(plain: str) -> Iterator[TypedDay]:
    """The days that a text names, in order."""
    for found in _DAY.finditer(plain):
        if found["slashed"]:
            number, month, year = map(int, found["slashed"].split("/"))
        else:
            number, month = int(found["day"]), month_of(found["month"]) or 0
            year = int(found["year"]) + (2500 if len(found["year"]) == 2 else 0)
        try:
            day = date(year - 543, month, number)
        except ValueError:
            day = None
        weekday = (found["weekday"] or found["bare"] or found["behind"] or "").removesuffix("ฯ")
        yield TypedDay(found[0], weekday, day, found.start(), found.end())


def in_words(day: date) -> str:
    """A day as findings name it."""
    return thai.date_words(day, thai_digits=False)


def hours_in(plain: str) -> Iterator[TypedHours]:
    """The hours that a text names, in order."""
    for found in _HOURS.finditer(plain):
        if found["called"] or found["unit"] or found["last"]:
            ends = _minute(found["to"]) if found["to"] else None
            written = found[0].removeprefix(found["called"] or "")
            yield TypedHours(written, _minute(found["from"]), ends, found.start("from"))


def _minute(written: str) -> int:
    hours, minutes = re.split("[.:]", written)
    return 60 * int(hours) + int(minutes)


@lru_cache(maxsize=4096)  # every check reads every text
def plain(text: str) -> str:
    """A text in one spelling, with Arabic digits."""
    return arabic(thai.normalise(text))


def nearly(rest: str, name: str, near: Callable[[str, str], bool]) -> str:
    """The beginning of a text that nearly is a name, "" where none is; no space tells where it ends.

    Of several that end as the name does, or else the one that is as long.
    """
    ways = [rest[: len(name) + more] for more in (0, 1, -1, 2, -2, 3, -3) if len(name) + more <= len(rest)]
    found = [way for way in ways if near(way, name)]
    return min(found, key=lambda way: not way.endswith(name[-2:]), default="")


def texts(looked: Examined) -> Iterator[Typed]:
    """Of the meeting's own fields, then of its papers; empty ones are left out."""
    for one in (*_of_meeting(looked.meeting), *(t for paper in looked.papers for t in of_paper(paper))):
        if one.text.strip():
            yield one


def of_paper(paper: Paper) -> Iterator[Typed]:
    """Every text of a letter-like paper."""
    here = Place(paper.name)
    lines = (*paper.title, *(text for _, text in paper.head), paper.closing, *paper.foot)
    yield from (Typed(here, line) for line in lines)
    for block in paper.blocks:
        yield Typed(here, block.text)
        yield from (Typed(here, cell) for row in block.cells for cell in row)
    for signature in paper.signatures:
        yield from (Typed(here, line) for line in (signature.name, *signature.lines))


def _of_meeting(value: object, path: str = "") -> Iterator[Typed]:
    """Every text in the meeting's fields, with its path, "letter.paragraphs.2"; a field added later too."""
    if isinstance(value, Enum):
        return
    if isinstance(value, str):
        yield Typed(Place(_paper(path), path), value)
    elif isinstance(value, tuple):
        for at, one in enumerate(value, 1):
            yield from _of_meeting(one, f"{path}.{at}")
    elif is_dataclass(value):
        for name in (field.name for field in fields(value) if field.name not in _NO_TEXT):
            yield from _of_meeting(getattr(value, name), f"{path}.{name}" if path else name)


def _paper(path: str) -> str:
    return PAPERS.get(path.partition(".")[0], MEETING)


def people(meeting: Meeting) -> Iterator[tuple[Person, Place]]:
    """Everybody whom a field of the meeting names, and where."""
    contact, signatory = meeting.contact, meeting.signatory
    if contact.name:
        yield Person(contact.name), Place(LETTER, "contact.name")
    if signatory.name:
        yield Person(signatory.name), Place(LETTER, "signatory.name")
    for at, member in enumerate(meeting.members, 1):
        yield member.person, Place(MEMBERS, f"members.{at}")
        if member.substitute and member.substitute.name:
            yield member.substitute, Place(MEMBERS, f"members.{at}.substitute")
    for at, reply in enumerate(meeting.replies, 1):
        for name, person in (("person", reply.person), ("substitute", reply.substitute)):
            if person:
                yield person, Place(REPLIES, f"replies.{at}.{name}")
    if meeting.held:
        yield from _at_the_meeting(meeting.held)


def _at_the_meeting(held: Held) -> Iterator[tuple[Person, Place]]:
    for at, one in enumerate(held.attendance, 1):
        of = Person(one.of) if one.of else None
        for name, person in (("of", of), ("substitute", one.substitute), ("guest", one.guest)):
            if person:
                yield person, Place(MINUTES, f"held.attendance.{at}.{name}")
    for name, person in (("written_by", held.written_by), ("checked_by", held.checked_by)):
        if person:
            yield person, Place(MINUTES, f"held.{name}")
