"""A meeting with its office and its cycle: the phrases that every paper before it is made of. Pure.

What is not known yet is dots to fill in by hand.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any, TypeVar

from processing.meetings import committee_name
from processing.meetings.meeting import Letter, Level, Meeting, Member, Person, Signatory
from reports.view.blocks import Block, Kind, Paper, Signature
from reports.view.letters.greetings import USUAL, greeted
from reports.view.occasion import Occasion
from reports.view.pictures import Code
from reports.view.printed_words import DOTS, LONG_DOTS
from reports.wording.typed_points import lines_of

# Labels of what a letter's form puts at a place of its own.
URGENCY, NUMBER, OFFICE, DAY = "ชั้นความเร็ว", "ที่", "ส่วนราชการ", "วันที่"
ENCLOSED = "สิ่งที่ส่งมาด้วย"
DISTRICTS = "นายอำเภอทุกอำเภอ"
_NUMBERED = re.compile("[0-9๐-๙]{1,2}[.)]")
Shown = TypeVar("Shown")


@dataclass(frozen=True, slots=True)
class Convened:
    """`meeting` in the cycle of `occasion`, whose own meeting is not read. `district`: its name without the
    word, "" for the province.
    """

    meeting: Meeting
    occasion: Occasion
    district: str = ""

    @property
    def provincial(self) -> bool:
        return self.meeting.level is Level.PROVINCE

    @property
    def committee(self) -> str:
        """The committee's name, with its place."""
        if self.provincial:
            name = self.meeting.committee or self.occasion.provincial_committee
            return committee_name.of_province(name, self.occasion.province)
        name = self.meeting.committee or self.occasion.district_committee
        return committee_name.of_district(name, self.district)

    @property
    def province(self) -> str:
        return f"จังหวัด{self.occasion.province}"

    @property
    def order_subject(self) -> str:
        """What the order that appointed the committee is about; one of the province's is of all districts."""
        own, of_districts = self.meeting.appointment, self.occasion.district_order
        one_of_all = not self.provincial and (
            not own.number or (of_districts is not None and own.number == of_districts.number)
        )
        return own.subject or f"แต่งตั้ง{self.occasion.district_committee if one_of_all else self.committee}"

    @property
    def invited(self) -> str:
        """To whom letters go: the districts, or the members of a district's committee."""
        return DISTRICTS if self.provincial else f"กรรมการใน{self.committee}"

    @property
    def sender(self) -> str:
        """Who writes: จังหวัดเชียงราย, อำเภอแม่จัน."""
        return self.province if self.provincial else f"อำเภอ{self.district}"

    @property
    def development_office(self) -> str:
        """The office that keeps the committee's papers."""
        return f"สำนักงานพัฒนาชุมชน{self.sender}"

    @property
    def programme(self) -> str:
        return self.occasion.programme

    @property
    def year(self) -> str:
        return str(self.occasion.year_be)

    @property
    def number(self) -> str:
        return f"ครั้งที่ {self.meeting.number}"

    @property
    def called_again(self) -> str:
        """`ครั้งที่ 1/2568 เมื่อวันที่ 1 พฤษภาคม 2568 ซึ่งไม่ครบองค์ประชุม`: in whose place the meeting is called."""
        again = self.meeting.again
        return f"ครั้งที่ {again.number} เมื่อวันที่ {self.date(again.day)} ซึ่งไม่ครบองค์ประชุม"

    @property
    def day(self) -> str:
        """`วันพฤหัสบดีที่ 1 พฤษภาคม 2568`"""
        day = self.meeting.day
        return self.occasion.words.date(day, weekday=True) if day else f"วัน{DOTS}ที่ {LONG_DOTS}"

    @property
    def hours(self) -> str:
        """`เวลา 09.00 - 14.30 น.`"""
        starts, ends = (
            self.occasion.words.time(one) or DOTS for one in (self.meeting.starts, self.meeting.ends)
        )
        return f"เวลา {starts} - {ends} น."

    @property
    def place(self) -> str:
        return f"ณ {self.meeting.place or LONG_DOTS}"

    def date(self, day: date | None) -> str:
        """`28 เมษายน 2568`"""
        return self.occasion.words.date(day) if day else LONG_DOTS

    def office(self, letter: Letter) -> str:
        """The sender's place and address, one line each."""
        seat = f"ศาลากลาง{self.province}" if self.provincial else f"ที่ว่าการอำเภอ{self.district}"
        return "\n".join(letter.office or self.meeting.letter.office or (seat, LONG_DOTS))

    def owner(self, letter: Letter) -> tuple[str, ...]:
        """Who made the letter and how to reach it, bottom left."""
        if own := letter.owner or self.meeting.letter.owner:
            return own
        contact = self.meeting.contact
        unit = ("กลุ่มงานส่งเสริมการพัฒนาชุมชน",) if self.provincial else ()
        return (
            self.development_office,
            *unit,
            f"โทรศัพท์ {contact.telephone or LONG_DOTS}",
            *((f"ไปรษณีย์อิเล็กทรอนิกส์ {contact.email}",) if contact.email else ()),
        )

    def coordinator(self) -> str:
        """Whom to ask, in a sentence: name, position and telephone."""
        one = self.meeting.contact
        who = " ".join(filter(None, (one.name or LONG_DOTS, one.position)))
        return f"{who} หมายเลขโทรศัพท์ {one.telephone or LONG_DOTS}"

    def finished(self, paper: Paper) -> Paper:
        """The paper with the office's digits in everything but addresses, national IDs masked, its recipient
        addressed as is due.
        """
        return greeted(_each_text(paper, self._text))

    def _text(self, text: str) -> str:
        return "\n".join(map(self.occasion.words.text, text.split("\n")))


def letter_head(
    c: Convened, letter: Letter, subject: str, to: str, enclosures: tuple[str, ...] = ()
) -> tuple[tuple[str, str], ...]:
    """The labelled fields of a หนังสือภายนอก in their order (thai-papers.md 2).

    What is given beside the letter stands where the letter says nothing.
    """
    return (
        *(((URGENCY, letter.urgency),) if letter.urgency else ()),
        (NUMBER, letter.number or LONG_DOTS),
        (OFFICE, c.office(letter)),
        (DAY, c.date(letter.day)),
        ("เรื่อง", letter.subject or subject),
        (USUAL, letter.to or to),
        *(("อ้างถึง", line) for line in numbered(letter.refers)),
        *((ENCLOSED, line) for line in numbered(letter.enclosures or enclosures)),
    )


def numbered(lines: tuple[str, ...]) -> Iterable[str]:
    """`1. …` before each, where there are several and the office typed no numbers."""
    if len(lines) < 2 or all(_NUMBERED.match(line) for line in lines):
        return lines
    return (f"{i}. {line}" for i, line in enumerate(lines, 1))


def paragraphs(texts: Iterable[str]) -> tuple[Block, ...]:
    """A paragraph of each line, and of each point that a line has; an empty one of an empty text."""
    return tuple(Block(Kind.PARAGRAPH, line) for text in texts for line in lines_of(text) or ("",))


def signed(by: Signatory) -> tuple[Signature, ...]:
    """The place where this person signs."""
    return (Signature(by.name, ((by.position or LONG_DOTS), *by.on_behalf)),)


def person(one: Person) -> str:
    """Name, position and agency, as far as known."""
    return " ".join(filter(None, (one.name or LONG_DOTS, one.position, one.agency)))


def standing(member: Member) -> str:
    """Who comes in this member's place, named or only by position; "" where nobody was named in advance."""
    one = member.substitute
    return " ".join(filter(None, (one.name, one.position, one.agency))) if one else ""


def _each_text(value: Shown, change: Any) -> Shown:
    """The same value with every text in it changed; codes stay."""
    if isinstance(value, str):
        return change(value)  # type: ignore[no-any-return]
    if isinstance(value, tuple):
        return tuple(_each_text(item, change) for item in value)  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type | Code):
        return replace(value, **{f.name: _each_text(getattr(value, f.name), change) for f in fields(value)})
    return value
