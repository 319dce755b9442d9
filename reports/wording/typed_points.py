"""Texts that people typed in several points: on which lines they are printed. Pure.

`เอกสารไม่ครบ ดังนี้ 1) บัญชี 2) ระเบียบ` has three lines. Numbers that count from 1 begin points, so do dashes in a
line that begins with one; `1.5`, `09.00`, what a sentence cites (`ตามข้อ 1) และ 2)`) and what ends a bracket
(`(ห้อง 1)`) do not.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from mochocho.words.numbers import arabic

_MARKS = (  # of one list all marks have one form
    re.compile(r"(?:^|(?<=[\s:]))([0-9๐-๙]{1,2})\)(?![0-9๐-๙])"),
    re.compile(r"(?:^|(?<=[\s:]))\(([0-9๐-๙]{1,2})\)(?![0-9๐-๙])"),
    re.compile(r"(?:^|(?<=[\s:]))([0-9๐-๙]{1,2})\.(?![0-9๐-๙.])"),
)
_DASHED = re.compile(r"[-–•] +\S")
_DASHES = re.compile(r"(?:^|(?<=[^0-9๐-๙\s] ))[-–•](?= +[^\s0-9๐-๙])")
# What a number belongs to that is cited, itself or after others; `2 ข้อ` says how many points there are, and
# words that end alike (เจ้าหน้าที่, ล่วงหน้า) cite nothing.
_CITED = re.compile(
    r"(?<![0-9๐-๙] )(?:ข้อ|(?<!หน้า)(?<!พื้น)(?<!สถาน)(?<!แผน)ที่|มาตรา|วรรค|(?<!ล่วง)(?<!ก่อน)หน้า"
    r"|ลำดับ|(?<!ตัว)เลข|หมู่|(?<!ไม่)(?<!ไม่ได้)แนบ|ระเบียบวาระ|ตัวบ่งชี้|องค์ประกอบ|ระดับ)\s*"
    r"(?:\(?[0-9๐-๙]+[).]\s*(?:,|และ|หรือ|ถึง|กับ)\s*)*\Z"
)
_OF_MARKS = "0123456789๐๑๒๓๔๕๖๗๘๙().-–• "
_JOINING = frozenset(("และ", "หรือ", "ถึง", "กับ", "และ/หรือ"))


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text as it is printed: those that were typed, and of each the points in it."""
    return tuple(line for typed in text.splitlines() for line in _parted(typed.strip()) if line)


def in_lines(text: str) -> str:
    """The text with each of its lines on a line of its own, as for a cell."""
    return "\n".join(lines_of(text))


def set_apart(text: str) -> str:
    """A text to be placed in a sentence: of several points each has its line, what follows stands below."""
    lines = lines_of(text)
    if len(lines) < 2:
        return text
    introduced = _begins_a_point(lines[1]) and not _begins_a_point(lines[0])
    return "\n".join((*(() if introduced else ("",)), *lines, ""))


def _begins_a_point(line: str) -> bool:
    return any(mark.match(line) for mark in (*_MARKS, _DASHED))


def _parted(line: str) -> Iterator[str]:
    """A line in its points, and each of them in those within it."""
    found = [begins for begins in (*(_counted(line, mark) for mark in _MARKS), _dashed(line)) if begins]
    if not found:
        yield line
        return
    for start, end in pairwise((0, *min(found), len(line))):
        if end > start:
            yield from _parted(line[start:end].strip())


def _counted(line: str, mark: re.Pattern[str]) -> list[int]:
    """Where the points begin whose marks of this form count from 1; none where it is no list."""
    begins: list[int] = []
    for found in mark.finditer(line):
        cites = _CITED.search(line, 0, found.start()) or _in_brackets(line[: found.start()])
        if int(arabic(found[1])) == len(begins) + 1 and not cites:
            begins.append(found.start())
    return _of_a_list(line, begins)


def _in_brackets(before: str) -> bool:
    """Whether a bracket is open behind this: the next that closes belongs to it, and is no mark."""
    depth = 0
    for letter in before:
        depth = max(0, depth + {"(": 1, ")": -1}.get(letter, 0))
    return depth > 0


def _dashed(line: str) -> list[int]:
    """The same of a line that begins with a dash."""
    return _of_a_list(line, [m.start() for m in _DASHES.finditer(line)]) if _DASHED.match(line) else []


def _of_a_list(line: str, begins: list[int]) -> list[int]:
    """These beginnings, if they are several and each point says something."""
    points = [line[start:end].strip(_OF_MARKS) for start, end in pairwise((*begins, len(line)))]
    told = all(point not in _JOINING and any(map(str.isalpha, point)) for point in points)
    return begins if told and len(begins) > 1 else []
