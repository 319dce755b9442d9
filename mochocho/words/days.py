"""Which days are believed, and what is wrong with the others:
one rule for every day read, typed or set. Pure.

A day that is not believed never decides an order and is never printed. It is kept as it was written, with the
reason, and a person is asked (docs/architecture.md, "Days"). The machine's clock plays no part: a day is
compared with the cycle and with the time when a server received the form.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from mochocho.words import thai
from mochocho.words.errors import Unsuitable
from mochocho.words.model import Doubt
from mochocho.words.sentences import Sentence
from mochocho.words.thai import BUDDHIST_FROM

YEARS_BEFORE = 2  # how far a cycle looks back; the forms accept no earlier day either
THAILAND = timezone(timedelta(hours=7))

# how far a phone's clock or time zone may be ahead of a server's without being wrong
_AHEAD = timedelta(days=1)
_DUE_WITHIN = timedelta(days=366)  # a plan's tasks may be due this long after the cycle
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ].*|Z|[+-][0-9]{2}:[0-9]{2})?", re.DOTALL)


def moment(at: datetime) -> str:
    """`1 พ.ค. 2568 12.05 น.`, in Thailand, in Arabic digits: for screens."""
    here = at.astimezone(THAILAND)
    return f"{thai.date_short(here.date(), thai_digits=False)} {here:%H.%M} น."


@dataclass(frozen=True, slots=True)
class Window:
    """The days that are believed, from `first` to `last`."""

    first: date
    last: date

    def until(self, received: datetime | None) -> "Window":
        """The window cut off after the day a server received the form.

        A server whose clock is before the cycle is ignored.
        """
        if received is None or (day := received.astimezone(THAILAND).date()) < self.first:
            return self
        return Window(self.first, min(self.last, day + _AHEAD))

    @property
    def for_due(self) -> "Window":
        """The window for days by which something is to be done."""
        return Window(self.first, self.last + _DUE_WITHIN)


def of_cycle(fiscal_year_be: int) -> Window:
    """From the start of the second year before the fiscal year to three months after it:
    some forms come late.
    """
    year = fiscal_year_be - 543
    return Window(date(year - YEARS_BEFORE, 1, 1), date(year, 12, 31))


def western(year: int) -> int:
    """The common year of a year as an office types it: 2400 and later are Buddhist years."""
    return year - 543 if year >= BUDDHIST_FROM else year


def read(written: str, window: Window) -> date | Doubt | None:
    """The day in a form's answer (2025-04-20), or why it is not believed; None when nothing is written."""
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
    """Why a day of the calendar is not believed; None when it is."""
    if day.year >= BUDDHIST_FROM:
        return Doubt.BUDDHIST
    if day > window.last:
        return Doubt.FUTURE
    return Doubt.PAST if day < window.first else None


def finished(moment: datetime | None, received: datetime | None, window: Window) -> datetime | None:
    """When a phone finished a form: its own time, but never later than a server received the form.

    Where the phone's day is not believed, the server's time is used; None when there is neither.
    """
    said_by_server = received if received and received.astimezone(THAILAND).date() >= window.first else None
    if moment is None or clock_doubted(moment, received, window):
        return said_by_server
    return min(moment, said_by_server) if said_by_server else moment


def clock_doubted(moment: datetime, received: datetime | None, window: Window) -> Doubt | None:
    """Why a phone's clock is not believed; None when it is.

    A server's clock is believed also when it says that the cycle is over.
    """
    now = window.last if received is None else received.astimezone(THAILAND).date() + _AHEAD
    late = Window(window.first, max(window.last, now))
    return judged(moment.astimezone(THAILAND).date(), late.until(received))


def as_set(day: date) -> date:
    """A day of the settings, which use the common calendar. Raises Unsuitable for a Buddhist year."""
    if day.year < BUDDHIST_FROM:
        return day
    try:
        common = day.replace(year=western(day.year))
        instead = Sentence(f"ให้แก้เป็น {common}", f"write {common}")
    except ValueError:
        instead = Sentence(
            f"และปี {day.year} ไม่มีวันที่ {day.day} กุมภาพันธ์ ให้ตรวจวันที่",
            f"and {day.year} has no {day.day} February; look at the day",
        )
    raise Unsuitable(
        f"{day.year} เป็นปี พ.ศ. แต่ที่นี่ใช้ปี ค.ศ. {instead.th} (เอกสารพิมพ์เป็น พ.ศ. ให้เอง)",
        f"{day.year} is a year BE, and here a year CE is asked; {instead.en} (papers print the year BE)",
    )


def far_from_cycle(day: date, fiscal_year_be: int) -> Sentence | None:
    """Why a committee cannot have met on this day about this cycle; None when it can have."""
    if day.year < BUDDHIST_FROM and abs(thai.be(day.year) - fiscal_year_be) <= 1:
        return None
    return Sentence(
        f"ปีของวันที่ประชุมห่างจากปีงบประมาณ {fiscal_year_be} เกินหนึ่งปี ให้ตรวจปี พ.ศ./ค.ศ.",
        f"the meeting's day is over a year from the fiscal year {fiscal_year_be}; is the year B.E. or A.D.?",
    )


Recency = tuple[date, datetime, str]


def recency(day: date | None, received: datetime | None, root_id: str) -> Recency:
    """The sort key by which the later of several forms of one kind is found.

    First the day that a person gave, if it is believed; for equal days the time when a server received the
    form; then the root id, so that the order is always defined.
    """
    return day or date.min, received or datetime.min.replace(tzinfo=UTC), root_id


def compared(kept: date | None, passed_over: date | None) -> str:
    """The days of the form that counts and of the one that does not, in Thai."""
    if kept and kept == passed_over:
        return f"ทั้งสองชุดลงวันที่ {thai.date_short(kept)}"
    counted, other = (f"วันที่ {thai.date_short(d)}" if d else "ที่วันยังไม่แน่ชัด" for d in (kept, passed_over))
    return f"นับชุด{counted} ไม่นับชุด{other}"


def _arabic(text: str) -> str:
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
