"""Hours that a text names, as offices write them. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from processing.meetings.day_plan import HOUR, MIDNIGHT

NO_HOUR = 2 * MIDNIGHT
_UNIT = r" ?(?:น\.?(?![ก-๙])|นาฬิกา)"
_HOUR = rf"\d{{1,2}}[.:]\d{{2}}(?! ?ชั่วโมง)|[012]\d[0-5]\d(?={_UNIT})|\d{{1,2}}(?= ?(?:นาฬิกา|โมงเช้า|น\.))"
_HOURS = re.compile(
    rf"(?P<called>เวลา ?)?(?<![\d.:/])(?P<from>{_HOUR})(?!\d)"
    rf"(?P<unit>{_UNIT}(?: ?(?P<past>\d{{1,2}}) ?นาที)?| ?โมงเช้า)?"
    rf"(?: ?(?:-|–|—|ถึง) ?(?:เวลา ?)?(?P<to>{_HOUR})(?!\d)(?P<last>{_UNIT})?)?"
)
_AFTERNOON = re.compile(r"บ่าย ?(?P<hour>[1-5]?) ?โมง(?P<half>ครึ่ง)?")  # บ่ายโมง is 13.00


@dataclass(frozen=True, slots=True)
class TypedHours:
    """Hours in a text, as minutes of the day; `ends` None where only one hour is given.

    `at`: where in the text. What is written as an hour and is none, 09.75, is `NO_HOUR`.
    """

    written: str
    starts: int
    ends: int | None
    at: int


def hours_in(plain: str) -> Iterator[TypedHours]:
    """The hours that a text names, in order."""
    for found in _HOURS.finditer(plain):
        if found["called"] or found["unit"] or found["last"]:
            starts = _minute(found["from"]) + int(found["past"] or 0)
            ends = _minute(found["to"]) if found["to"] else None
            written = found[0].removeprefix(found["called"] or "")
            yield TypedHours(written, starts, ends, found.start("from"))
    for found in _AFTERNOON.finditer(plain):
        starts = HOUR * (int(found["hour"] or 1) + 12) + (HOUR // 2 if found["half"] else 0)
        yield TypedHours(found[0], starts, None, found.start())


def _minute(written: str) -> int:
    """09.30, 0930 or 9 as minutes of the day."""
    digits = re.sub(r"\D", "", written)
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    found = HOUR * hours + minutes
    return found if minutes < HOUR and found <= MIDNIGHT else NO_HOUR
