"""A day as clerks write it in a cell, split into parts;
which calendar its year is in is decided elsewhere. Pure.
"""

import re
from datetime import date, datetime, timedelta

from mochocho.words import thai
from mochocho.words.days import THAILAND
from mochocho.words.sentences import Sentence

_SPOKEN = ["มกรา", "กุมภา", "มีนา", "เมษา", "พฤษภา", "มิถุนา", "กรกฎา", "สิงหา", "กันยา", "ตุลา", "พฤศจิกา", "ธันวา"]
_ENGLISH = ["january", "february", "march", "april", "may", "june"]
_ENGLISH += ["july", "august", "september", "october", "november", "december"]

_YEAR = "([0-9]{4}|[0-9]{2})"
_BUDDHIST, _CHRISTIAN = r"(?:พ\.? ?ศ\.?|พุทธศักราช)", r"(?:ค\.? ?ศ\.?|คริสต์ศักราช)"
_ERA = rf"(?:(?:{_BUDDHIST}|{_CHRISTIAN}) ?)?"
_TIME = (
    r"(?:(?:[ ,T]+(?:เวลา ?)?|เวลา ?)[0-9]{1,2}[.:][0-9]{2}(?:[.:][0-9]{2})?(?:\.[0-9]{1,6})? ?"
    r"(?:น\.?|นาฬิกา|[AaPp][Mm])?)?"
)
_MONTH = r"([^\s0-9/-]{1,12}?|[ก-์]{1,3}\. [ก-ฮ]\.?)"  # a word, or an abbreviation with a space in it
_IN_WORDS = re.compile(
    rf"(?:วัน[^0-9]{{0,20}}|ที่ ?)?([0-9]{{1,2}})[ .,/-]{{0,3}}(?:เดือน ?)?{_MONTH}[ .,/-]{{0,3}}"
    + _ERA
    + _YEAR
    + _TIME
)
_DAY_FIRST = re.compile(rf"(?:วันที่ ?)?([0-9]{{1,2}}) ?[/.-] ?([0-9]{{1,2}}) ?[/.-] ?{_YEAR}{_TIME}")
_YEAR_FIRST = re.compile(rf"([0-9]{{4}}) ?[/.-] ?([0-9]{{1,2}}) ?[/.-] ?([0-9]{{1,2}}){_TIME}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}[0-9:.]*(?:Z|[+-][0-9]{2}:?[0-9]{2})")
_WEEKDAY = re.compile(rf"วัน({'|'.join(thai.WEEKDAYS)}|พฤหัส)")
_SAID_ERA = re.compile(rf"({_BUDDHIST})|{_CHRISTIAN}")
_SERIAL = re.compile(r"([0-9]{5,6})(?:\.[0-9]+)?")
# 1954 to 2721: common and Buddhist years
_FIRST_SERIAL, _SERIALS = date(1899, 12, 30), range(20_000, 300_000)


def parts_of(text: str) -> tuple[int, int, int] | None:
    """Year as written, month and day of `1 พฤษภาคม 2568`, `1 พ.ค 2568 09.00 น.`, `1/5/2568`, `2025-05-01`.

    Digits are Arabic. A time of day is ignored, unless a zone stands with it: then it is the day in Thailand.
    A two-digit year stays two digits. None for anything else.
    """
    if _MOMENT.fullmatch(text):
        return _in_thailand(text)
    if words := _IN_WORDS.fullmatch(text):
        month = month_of(words[2])
        return (int(words[3]), month, int(words[1])) if month else None
    if first := _DAY_FIRST.fullmatch(text):
        return int(first[3]), int(first[2]), int(first[1])
    if iso := _YEAR_FIRST.fullmatch(text):
        return int(iso[1]), int(iso[2]), int(iso[3])
    return None


def _in_thailand(moment: str) -> tuple[int, int, int] | None:
    """Programs write midnight here as `2025-04-19T17:00:00Z`, which is the 20th."""
    try:
        day = datetime.fromisoformat(moment).astimezone(THAILAND)
    except (ValueError, OverflowError):
        return None
    return day.year, day.month, day.day


def contradicted(text: str, year: int, day: date) -> Sentence | None:
    """Why what is written beside a day does not agree with it: its weekday, its era; None if it does.

    `year` as written.
    """
    weekday = thai.WEEKDAYS[day.weekday()]
    said = _WEEKDAY.search(text)
    if said and not weekday.startswith(said[1]):
        written = thai.date_words(day, thai_digits=False)
        return Sentence(
            f"เขียนว่าวัน{said[1]} แต่วันที่ {written} เป็นวัน{weekday} ให้ตรวจวันหรือวันที่",
            f"“{said[1]}” is written, but {written} is “{weekday}”; correct the weekday or the day",
        )
    era = _SAID_ERA.search(text)
    if era and bool(era[1]) != (year >= thai.BUDDHIST_FROM):
        is_of = "ค.ศ." if era[1] else "พ.ศ."
        return Sentence(
            f"เขียนว่า {era[0].strip()} แต่ {year} เป็นปี {is_of} ให้ตรวจปี",
            f"“{era[0].strip()}” is written, but {year} is a year of “{is_of}”; correct the year",
        )
    return None


def serial_of(text: str) -> date | None:
    """The day that Excel stores as this number: a cell that lost its date format shows `45767`."""
    found = _SERIAL.fullmatch(text)
    number = int(found[1]) if found else 0
    return _FIRST_SERIAL + timedelta(days=number) if number in _SERIALS else None


def month_of(word: str) -> int | None:
    """The month of its name, full or short, in Thai or English; None for any other word."""
    return _MONTHS.get(_bare(word))


def _bare(word: str) -> str:
    """The word without dots and การันต์, which are often left out."""
    return re.sub("[. ์]", "", word).lower()


_MONTHS = {
    _bare(word): month
    for month in range(1, 13)
    for word in (
        thai.date_words(date(2025, month, 1), thai_digits=False).split()[1],
        thai.date_short(date(2025, month, 1)).split()[1],
        _SPOKEN[month - 1],
        _ENGLISH[month - 1],
        _ENGLISH[month - 1][:3],
    )
}
