"""The occasion of a packet: province, cycle, meeting, committees; and its lines as papers print them."""

from dataclasses import dataclass
from datetime import date

from reports.view.printed_words import DOTS, LONG_DOTS, Words


@dataclass(frozen=True, slots=True)
class Sitting:
    """One meeting: number `1/2568`, day, hours `09:00`, place."""

    number: str
    date: date
    starts: str
    ends: str
    place: str
    minutes_per_district: int


@dataclass(frozen=True, slots=True)
class Order:
    """A provincial order that appointed a committee: number `6459/2567` and its date."""

    number: str
    date: date


@dataclass(frozen=True, slots=True)
class Occasion:
    """Everything about the meeting that papers print; None prints as dots to fill in by hand."""

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

    @property
    def committee(self) -> str:
        """The provincial committee's name, with the province (source 004)."""
        return f"{self.provincial_committee} จังหวัด{self.province}"

    @property
    def number(self) -> str:
        return f"ครั้งที่ {self.words.text(self.sitting.number) if self.sitting else f'{DOTS}/{DOTS}'}"

    @property
    def day(self) -> str:
        return self.words.date(self.sitting.date, weekday=True) if self.sitting else f"วัน{DOTS}ที่ {LONG_DOTS}"

    @property
    def hours(self) -> str:
        if self.sitting is None:
            return f"เวลา {DOTS} - {DOTS} น."
        return f"เวลา {self.words.time(self.sitting.starts)} - {self.words.time(self.sitting.ends)} น."

    @property
    def place(self) -> str:
        return f"ณ {self.words.text(self.sitting.place) if self.sitting else LONG_DOTS}"

    @property
    def year(self) -> str:
        return self.words.text(self.year_be)

    def order_line(self, order: Order | None) -> str:
        """`ตามคำสั่งจังหวัด… ที่ … ลงวันที่ …`"""
        number = self.words.text(order.number) if order else f"{DOTS}/{DOTS}"
        day = self.words.date(order.date) if order else LONG_DOTS
        return f"ตามคำสั่งจังหวัด{self.province} ที่ {number} ลงวันที่ {day}"
