"""The number of a meeting: `1/2568`, its place in a year and the year B.E. Pure."""

import re

from mochocho.words.sentences import Sentence

NUMBER = re.compile("([1-9][0-9]{0,3})/(25[0-9]{2})")
_LIKE = Sentence(
    "ครั้งที่ของการประชุมต้องเขียนแบบ 1/2568 (ปี พ.ศ. สี่หลัก)",
    "the meeting's number must be written like 1/2568 (a Buddhist year of four digits)",
)


def wrong_number(number: str, fiscal_year_be: int) -> Sentence | None:
    """Why no meeting of this cycle has this number; None where one can have it."""
    parts = NUMBER.fullmatch(number)
    if parts is None:
        return _LIKE
    if abs(int(parts[2]) - fiscal_year_be) > 1:
        return Sentence(
            f"ปีของครั้งที่ {number} ห่างจากปีงบประมาณ {fiscal_year_be} เกินหนึ่งปี ให้ตรวจปี พ.ศ.",
            f"the year of number {number} is over a year from the fiscal year {fiscal_year_be}; correct it",
        )
    return None


def turn(number: str) -> tuple[int, int]:
    """When a meeting is among others: by its year, then its place in it."""
    which, _, year = number.partition("/")
    return int(year), int(which)


def is_before(number: str, other: str) -> bool:
    """Whether one meeting comes before another; not where either number says no place."""
    return bool(NUMBER.fullmatch(number) and NUMBER.fullmatch(other)) and turn(number) < turn(other)
