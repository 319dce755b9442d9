"""The occasion of a packet: province, cycle, meeting, committees; and its lines as papers print them."""

from dataclasses import dataclass
from datetime import date

from processing.meetings import committee_name
from processing.meetings.meeting import Meeting
from reports.view.printed_words import DOTS, LONG_DOTS, Words


@dataclass(frozen=True, slots=True)
class Sitting:
    """One meeting: number `1/2568`, day, hours `09:00`, place; what is not known yet is empty."""

    number: str
    date: date | None
    starts: str
    ends: str
    place: str
    minutes_per_district: int


@dataclass(frozen=True, slots=True)
class Order:
    """A provincial order that appointed a committee: number `6459/2567` and its date."""

    number: str
    date: date | None


@dataclass(frozen=True, slots=True)
class Occasion:
    """Everything about the meeting that papers print; None prints as dots to fill in by hand.

    `meeting`: as the office set it up, for what is more than when and where.
    """

    province: str
    year_be: int
    programme: str
    official: bool
    sitting: Sitting | None
    provincial_committee: str
    provincial_order: Order | None
    district_committee: str
    district_order: Order | None
    words: Words
    meeting: Meeting | None = None

    @property
    def committee(self) -> str:
        """The provincial committee's name, with the province (source 004)."""
        return committee_name.of_province(self.provincial_committee, self.province)

    @property
    def number(self) -> str:
        return f"ครั้งที่ {self.words.text(self.sitting.number) if self.sitting else f'{DOTS}/{DOTS}'}"

    @property
    def day(self) -> str:
        day = self.sitting.date if self.sitting else None
        return self.words.date(day, weekday=True) if day else f"วัน{DOTS}ที่ {LONG_DOTS}"

    @property
    def hours(self) -> str:
        hours = (self.sitting.starts, self.sitting.ends) if self.sitting else ("", "")
        starts, ends = (self.words.time(hour) if hour else DOTS for hour in hours)
        return f"เวลา {starts} - {ends} น."

    @property
    def place(self) -> str:
        place = self.sitting.place if self.sitting else ""
        return f"ณ {self.words.text(place) if place else LONG_DOTS}"

    @property
    def year(self) -> str:
        return self.words.text(self.year_be)

    def order_line(self, order: Order | None) -> str:
        """`ตามคำสั่งจังหวัด… ที่ … ลงวันที่ …`"""
        number = self.words.text(order.number) if order else f"{DOTS}/{DOTS}"
        day = self.words.date(order.date) if order and order.date else LONG_DOTS
        return f"ตามคำสั่งจังหวัด{self.province} ที่ {number} ลงวันที่ {day}"
