"""Which days can be, and what to say of one that cannot: one rule for all that is read, typed or set. Pure.

A day that is not believed never wins an order and is never printed: it is kept as it was written, with the
reason, and asked about (docs/architecture.md, "Days"). The machine's clock is not asked: a day is held
against the cycle and against when a server had the form.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from mochocho.words import thai
from mochocho.words.model import Doubt
from mochocho.words.thai import BUDDHIST_FROM

YEARS_BEFORE = 2  # what a cycle looks back on; the forms accept no earlier day either
THAILAND = timezone(timedelta(hours=7))

_AHEAD = timedelta(days=1)  # by which a phone's zone or clock may honestly be ahead of a server
_DUE_WITHIN = timedelta(days=366)  # a plan's tasks, after the cycle
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ].*|Z|[+-][0-9]{2}:[0-9]{2})?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Window:
    """The days that are believed, from `first` to `last`."""

    first: date
    last: date

    def until(self, received: datetime | None) -> "Window":
        """None later than a server had the form; a server whose clock is before the cycle says nothing."""
        if received is None or (day := received.astimezone(THAILAND).date()) < self.first:
            return self
        return Window(self.first, min(self.last, day + _AHEAD))

    @property
    def for_due(self) -> "Window":
        """Days by which something is to be done."""
        return Window(self.first, self.last + _DUE_WITHIN)


def of_cycle(fiscal_year_be: int) -> Window:
    """From the beginning of the second year before to three months after the fiscal year: some is late."""
    year = fiscal_year_be - 543
    return Window(date(year - YEARS_BEFORE, 1, 1), date(year, 12, 31))


def western(year: int) -> int:
    """The common year of a year as an office types it: from 2400 on it is a Buddhist one."""
    return year - 543 if year >= BUDDHIST_FROM else year


def read(written: str, window: Window) -> date | Doubt | None:
    """A day as forms keep it (2025-04-20); None when nothing is written."""
    if not written:
        return None
    parts = _ISO.fullmatch(_arabic(written))
    if parts is None:
        return Doubt.UNREADABLE
    year, month, day = int(parts[1]), int(parts[2]), int(parts[3])
    try:
        found = date(western(year), month, day)
    except ValueError:
        return Doubt.UNREADABLE
    if year >= BUDDHIST_FROM:
        return Doubt.BUDDHIST
    return judged(found, window) or (found if written.isascii() else Doubt.THAI_DIGITS)


def judged(day: date, window: Window) -> Doubt | None:
    """Why a day that is one is not believed; None when it is."""
    if day.year >= BUDDHIST_FROM:
        return Doubt.BUDDHIST
    if day > window.last:
        return Doubt.FUTURE
    return Doubt.PAST if day < window.first else None


def finished(moment: datetime | None, received: datetime | None, window: Window) -> datetime | None:
    """When a phone finished a form: what its clock said, but never later than a server had the form.

    Where the clock's day is not believed, the server's time stands in; None when there is neither.
    """
    said_by_server = received if received and received.astimezone(THAILAND).date() >= window.first else None
    if moment is None or clock_doubted(moment, received, window):
        return said_by_server
    return min(moment, said_by_server) if said_by_server else moment


def clock_doubted(moment: datetime, received: datetime | None, window: Window) -> Doubt | None:
    """Why a phone's clock is not believed; a server's is, when it says that the cycle is over."""
    now = window.last if received is None else received.astimezone(THAILAND).date() + _AHEAD
    late = Window(window.first, max(window.last, now))
    return judged(moment.astimezone(THAILAND).date(), late.until(received))


def as_set(day: date) -> date:
    """A day of the settings, which are in the common calendar. Raises ValueError for a Buddhist year."""
    if day.year < BUDDHIST_FROM:
        return day
    try:
        instead = f"ให้แก้เป็น {day.replace(year=western(day.year))}"
    except ValueError:
        instead = f"และปี {day.year} ไม่มีวันที่ {day.day} กุมภาพันธ์ ให้ตรวจวันที่"
    raise ValueError(f"{day.year} เป็นปี พ.ศ. แต่ที่นี่ใช้ปี ค.ศ. {instead} (เอกสารพิมพ์เป็น พ.ศ. ให้เอง)")


def far_from_cycle(day: date, fiscal_year_be: int) -> str:
    """Why a committee cannot have met on this day about this cycle, in Thai; '' when it can."""
    if day.year < BUDDHIST_FROM and abs(thai.be(day.year) - fiscal_year_be) <= 1:
        return ""
    return f"ปีของวันที่ประชุมห่างจากปีงบประมาณ {fiscal_year_be} เกินหนึ่งปี ให้ตรวจปี พ.ศ./ค.ศ."


Recency = tuple[date, datetime, str]


def recency(day: date | None, received: datetime | None, root_id: str) -> Recency:
    """By which the later of several forms of one kind is told.

    The day that a person gave, if it is believed; of one day when a server had it; then the root id, so that
    some order always holds.
    """
    return day or date.min, received or datetime.min.replace(tzinfo=UTC), root_id


def compared(kept: date | None, passed_over: date | None) -> str:
    """The days of the form that counts and of one that does not, in Thai."""
    if kept and kept == passed_over:
        return f"ทั้งสองชุดลงวันที่ {thai.date_short(kept)}"
    counted, other = (f"วันที่ {thai.date_short(d)}" if d else "ที่วันยังไม่แน่ชัด" for d in (kept, passed_over))
    return f"นับชุด{counted} ไม่นับชุด{other}"


def _arabic(text: str) -> str:
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
