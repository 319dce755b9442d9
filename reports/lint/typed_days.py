"""Days that a text names, as offices write them. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mochocho.excel.day_cells import month_of
from mochocho.words import thai

MONTH_NAMES = "|".join(
    (
        *(thai.date_words(date(2000, m, 1), False).split()[1].replace("์", "์?") for m in range(1, 13)),
        *(r"\.? ?".join(thai.month_short(m).split(".")[:2]) + r"\.?" for m in range(1, 13)),
    )
)
_WEEKDAYS = f"{'|'.join(thai.WEEKDAYS)}|พฤหัส"
_ERA = r"(?:ปี ?)?(?:[พค]\.? ?ศ\.? ?|พุทธศักราช ?)?"
_DAY = re.compile(
    rf"(?:วัน(?:(?P<weekday>(?!ที่)[ก-๙]{{3,9}}?) ?ที่|(?P<bare>{_WEEKDAYS})ฯ?) ?)?(?<![\d/])"
    rf"(?:(?P<day>\d{{1,2}}) ?(?:เดือน ?)?(?P<month>{MONTH_NAMES}) ?{_ERA}"
    r"(?P<year>\d{4}|[4-9]\d(?!\d| ?(?:คน|ราย|หน่วย|กลุ่ม|เครือข่าย|ชุมชน|แห่ง|บาท|ครั้ง)))"
    r"|(?P<slashed>\d{1,2}/\d{1,2}/25\d\d|\d{1,2}-\d{1,2}-25\d\d|(?<=วันที่ )\d{1,2}/\d{1,2}/[67]\d))(?!\d)"
    rf"(?: ?\((?:ตรงกับ)?(?:วัน)?(?P<behind>{_WEEKDAYS})ฯ?\))?"
)
_YEARLESS = re.compile(
    rf"วัน(?P<weekday>{_WEEKDAYS})ฯ? ?ที่ ?(?P<day>\d{{1,2}}) ?(?:เดือน ?)?(?P<month>{MONTH_NAMES})"
    r"(?! ?(?:ปี|พ\.|พุทธ|\d))"
)
_MONTH = re.compile(rf"(?P<month>{MONTH_NAMES}) ?{_ERA}(?P<year>25\d\d)(?!\d)")
_MISSPELT = re.compile(rf"(?<!\d)\d{{1,2}} ?(?:เดือน ?)?([ก-๙]{{4,12}}?) ?{_ERA}25\d\d(?!\d)")
_A_MONTH = re.compile(MONTH_NAMES)
_OCTOBER = 10  # a fiscal year begins


@dataclass(frozen=True, slots=True)
class TypedDay:
    """A day in a text: `day` None where the calendar has no such day; `begins`, `ends`: where in the text.

    `weekday` as it was typed, "" where none was. `common`: its year is a common one, 2025.
    """

    written: str
    weekday: str
    day: date | None
    begins: int
    ends: int
    common: bool = False


@dataclass(frozen=True, slots=True)
class TypedMonth:
    """A month of a year in a text, and its first day."""

    written: str
    first: date


def days_in(plain: str) -> Iterator[TypedDay]:
    """The days that a text names, in order."""
    for found in _DAY.finditer(plain):
        if found["slashed"]:
            number, month, year = map(int, re.split("[/-]", found["slashed"]))
        else:
            number, month, year = int(found["day"]), month_of(found["month"]) or 0, int(found["year"])
        common = 1000 < year < thai.BUDDHIST_FROM
        if not common:
            year += (0 if year > thai.BUDDHIST_FROM else 2500) - 543  # two digits of the Buddhist year
        try:
            day = date(year, month, number)
        except ValueError:
            day = None
        weekday = (found["weekday"] or found["bare"] or found["behind"] or "").removesuffix("ฯ")
        yield TypedDay(found[0], weekday, day, found.start(), found.end(), common)


def yearless_days_in(plain: str, fiscal_year_be: int) -> Iterator[TypedDay]:
    """Days with their weekday and without a year, taken to be of the fiscal year."""
    for found in _YEARLESS.finditer(plain):
        month = month_of(found["month"]) or 0
        try:
            day = date(fiscal_year_be - (544 if month >= _OCTOBER else 543), month, int(found["day"]))
        except ValueError:
            day = None
        yield TypedDay(found[0].strip(), found["weekday"], day, found.start(), found.end())


def months_in(plain: str) -> Iterator[TypedMonth]:
    """The months that a text names with their year, those of days too."""
    for found in _MONTH.finditer(plain):
        if month := month_of(found["month"]):
            yield TypedMonth(found[0], date(int(found["year"]) - 543, month, 1))


def misspelt_months(plain: str) -> Iterator[tuple[str, str]]:
    """What stands where a day's month should and is none: with the day, and by itself."""
    for found in _MISSPELT.finditer(plain):
        if not _A_MONTH.fullmatch(found[1]):
            yield found[0], found[1]


def in_words(day: date) -> str:
    """A day as findings name it."""
    return thai.date_words(day, thai_digits=False)
