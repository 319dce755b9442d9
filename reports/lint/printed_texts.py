"""Every text that papers of a meeting print: what was typed, and where it stands. Pure."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import lru_cache

from mochocho.words import thai
from mochocho.words.numbers import arabic
from processing.meetings.meeting import Held, Meeting, OwnText, Person
from processing.meetings.passages import PAPERS as LETTERS
from reports.lint.examined import Examined
from reports.lint.lint_entry import Place
from reports.lint.spelt_numbers import in_figures
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
_ENDLESS = re.compile("[0-9]{30,}")  # Python reads no number of more than 4,300 digits
_CALLING = (LETTER, PAPERS["memo"])
_BODY = re.compile(r"(?:letter|memo)\.(?:paragraphs|subject)|texts\.")
_NO_TEXT = frozenset({"sha256", "district"})


@dataclass(frozen=True, slots=True)
class Typed:
    """One text as it was typed, and where."""

    place: Place
    text: str

    @property
    def plain(self) -> str:
        return plain(self.text)

    @property
    def calls_the_meeting(self) -> bool:
        """Whether it is of a letter or memo that calls this meeting, and so of no other."""
        return self.place.paper in _CALLING and _BODY.match(self.place.field) is not None

    @property
    def figures(self) -> str:
        """`plain`, with figures for the numbers that it spells."""
        return in_figures(self.plain)


@lru_cache(maxsize=4096)  # every check reads every text
def plain(text: str) -> str:
    """A text in one spelling, with Arabic digits; what has more of them than a number of a paper is none."""
    return _ENDLESS.sub(lambda found: "#" * len(found[0]), arabic(thai.normalise(text)))


@lru_cache(maxsize=4096)
def nearly(rest: str, name: str, near: Callable[[str, str], bool]) -> str:
    """The beginning of a text that nearly is a name, "" where none is; no space tells where it ends.

    Of several that end as the name does, or else the one that is as long.
    """
    ways = [rest[: len(name) + more] for more in (0, 1, -1, 2, -2, 3, -3) if len(name) + more <= len(rest)]
    found = [way for way in ways if near(way, name)]
    return min(found, key=lambda way: not way.endswith(name[-2:]), default="")


def one_of(names: Iterable[str]) -> str:
    """Names as the part of a pattern: the longest first, for one may begin as another does."""
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True)))


@lru_cache(maxsize=1)  # every check reads them all
def texts(looked: Examined) -> tuple[Typed, ...]:
    """Of the meeting's own fields, then of its papers; empty ones are left out."""
    every = (*_of_meeting(looked.meeting), *(text for paper in looked.papers for text in of_paper(paper)))
    return tuple(text for text in every if text.text.strip())


@lru_cache(maxsize=1)
def each_once(looked: Examined) -> tuple[Typed, ...]:
    """`texts`, each where it stands first: for what a text says by itself, papers repeat what was typed."""
    first: dict[str, Typed] = {}
    for text in texts(looked):
        first.setdefault(text.plain, text)
    return tuple(first.values())


def typed_by_the_office(looked: Examined) -> tuple[Typed, ...]:
    """Of the meeting's own fields alone: how these are typed, papers repeat."""
    return tuple(text for text in texts(looked) if text.place.field)


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
    elif isinstance(value, OwnText):
        for at, text in enumerate(value.paragraphs, 1):
            yield Typed(Place(LETTERS[value.passage.paper], f"{path}.paragraphs.{at}"), text)
    elif is_dataclass(value):
        for name in (field.name for field in fields(value) if field.name not in _NO_TEXT):
            yield from _of_meeting(getattr(value, name), f"{path}.{name}" if path else name)


def _paper(path: str) -> str:
    return PAPERS.get(path.partition(".")[0], MEETING)


def people(meeting: Meeting) -> Iterator[tuple[Person, Place]]:
    """Everybody whom a field of the meeting names, and where."""
    contact, signatory = meeting.contact, meeting.signatory
    if contact.name:
        yield Person(contact.name, contact.position), Place(LETTER, "contact.name")
    if signatory.name:
        yield Person(signatory.name, signatory.position), Place(LETTER, "signatory.name")
    if meeting.memo_by.name:
        yield Person(meeting.memo_by.name, meeting.memo_by.position), Place(PAPERS["memo_by"], "memo_by.name")
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
