"""Covers national IDs and telephone numbers in what people typed, however they wrote them. Pure.

Wider than `thai.cover_national_ids`, which keeps what an office reads: a copy that leaves the office loses a
number that only looks like one rather than a person's.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

COVERED = "(ปกปิด)"
ID_DIGITS = 13  # thai-papers.md 6
LONE = 9  # digits written together that no year, sum of points or document's number has
TELEPHONE = (9, 10)  # digits, with the leading 0
ABROAD = {"66": (10, 11), "0066": (12, 13)}  # country code: digits with it

# Between two digits of one number: dashes, dots, spaces, and what is not seen at all.
_BETWEEN = r"[\s\-._/()\u2010-\u2015\u2212\u2022\u00b7\u00ad\u200b-\u200f\u2060\ufeff]{1,3}"
_RUN = re.compile(rf"[+(]?\d+(?:{_BETWEEN}\d+)*")
_GROUP = re.compile(r"\d+")
_MASKED = re.compile(r"[xX]-[xX]{4}-[xX]{5}-[\dxX]{2}-[\dxX]")
# A UUID, or one of the two lines in which a dossier prints it.
_UUID = re.compile(
    r"(?<![0-9A-Za-z-])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{8}(?:-[0-9a-f]{4}){2}-|[0-9a-f]{4}-[0-9a-f]{12})"
    r"(?![0-9A-Za-z-])"
)
_YEAR = re.compile("(?:19|20|24|25)..")


@dataclass(frozen=True, slots=True)
class _Digits:
    """One group of a run: where it stands, its digits as ASCII, and what stands before it."""

    start: int
    end: int
    digits: str
    before: str


def cover_numbers(text: str) -> str:
    """`text` with every number that may be a national ID or a telephone number replaced by COVERED.

    Thai, Arabic and any other digits; together or in groups, with whatever is not seen between them. Dates,
    hours and the keys of applicants (UUIDs) stay.
    """
    parts, at = list[str](), 0
    for key in _UUID.finditer(text):
        parts += (_without_numbers(text[at : key.start()]), key[0])
        at = key.end()
    return "".join((*parts, _without_numbers(text[at:])))


def _without_numbers(text: str) -> str:
    return _RUN.sub(lambda run: _covered(run[0]), _MASKED.sub(COVERED, text))


def _covered(run: str) -> str:
    parts, at = list[str](), 0
    for start, end in _numbers(_groups(run)):
        if start == 1 and (run[0] == "+" or ")" in run[:end]):  # what opens before it goes with it
            start = 0
        parts += (run[at:start], COVERED)
        at = end
    return "".join((*parts, run[at:]))


def _groups(run: str) -> list[_Digits]:
    found, at = list[_Digits](), 0
    for group in _GROUP.finditer(run):
        digits = "".join(str(int(digit)) for digit in group[0])
        found.append(_Digits(group.start(), group.end(), digits, run[at : group.start()]))
        at = group.end()
    return found


def _numbers(groups: Sequence[_Digits]) -> Iterator[tuple[int, int]]:
    """(from, to) of each number to cover, in order; numbers that overlap are covered as one."""
    kept = _of_days_and_hours(groups)
    start, end = 0, -1
    for first, last in ((at, last) for at in range(len(groups)) for last in _lasts(groups, at, kept)):
        if first > end:
            if end >= 0:
                yield groups[start].start, groups[end].end
            start = first
        end = max(end, last)
    if end >= 0:
        yield groups[start].start, groups[end].end


def _lasts(groups: Sequence[_Digits], at: int, kept: set[int]) -> Iterator[int]:
    """The last group of each number that begins at this group."""
    written = ""
    for place in range(at, len(groups)):
        if place in kept or len(written) > ID_DIGITS:
            return
        written += groups[place].digits
        if (place == at and len(written) >= LONE) or _is_number(written):
            yield place


def _is_number(digits: str) -> bool:
    if len(digits) == ID_DIGITS:
        return True
    if digits[0] == "0" and TELEPHONE[0] <= len(digits) <= TELEPHONE[1]:
        return True
    return any(
        digits.startswith(code) and least <= len(digits) <= most for code, (least, most) in ABROAD.items()
    )


def _of_days_and_hours(groups: Sequence[_Digits]) -> set[int]:
    """The groups that say when something is. Hours only where nothing else stands beside them."""
    days = _of_days(groups)
    hours = _of_hours(groups)
    return days | hours if len(days | hours) == len(groups) else days


def _of_days(groups: Sequence[_Digits]) -> set[int]:
    """The groups of dates such as 1-5-2568 that stand by themselves."""
    befores = [*(group.before for group in groups), ""]
    return {
        at + place
        for at in range(len(groups) - 2)
        if len(groups[at].digits) <= 2
        and len(groups[at + 1].digits) <= 2
        and _YEAR.fullmatch(groups[at + 2].digits)
        and befores[at + 1] == befores[at + 2]
        and befores[at + 1] in {"-", "/", "."}
        and all(not beside or beside.strip(" ") != beside for beside in (befores[at], befores[at + 3]))
        for place in range(3)
    }


def _of_hours(groups: Sequence[_Digits]) -> set[int]:
    """The groups of hours such as 09.30."""
    befores = [*(group.before for group in groups), ""]
    return {
        at + place
        for at in range(len(groups) - 1)
        if befores[at + 1] == "."
        and "." not in (befores[at], befores[at + 2])
        and len(groups[at].digits) <= 2
        and len(groups[at + 1].digits) == 2
        and int(groups[at].digits) < 24
        and int(groups[at + 1].digits) < 60
        for place in range(2)
    }
