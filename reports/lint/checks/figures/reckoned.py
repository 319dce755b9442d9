"""Figures that a sentence reckons with: more by so many, so many times so much, percents of a whole. Pure."""

import re
from collections.abc import Iterator
from decimal import Decimal
from math import prod

from mochocho.words.sentences import Sentence
from reports.lint.checks.time_table import MINUTES_DIFFER
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, warning
from reports.lint.printed_texts import Typed, each_once
from reports.lint.spelt_numbers import COUNTED

RECKONED = warning(
    "total.reckoned",
    "49",
    Sentence("เขียน “{written}” แต่คิดได้ {right}", "says “{written}”, but it makes {right}"),
    Sentence("ให้แก้ตัวเลขให้ตรงกัน", "mend the figures"),
)
PERCENTS = warning(
    "total.percents",
    "49",
    Sentence("ร้อยละของทั้งสี่ประเภทรวมกันได้ {sum} ไม่ใช่ 100", "the percents of the four types make {sum}, not 100"),
    Sentence("ให้แก้ร้อยละที่ผิด", "mend the percent that is wrong"),
)
NUMBERING = warning(
    "list.numbering",
    "44",
    Sentence("ข้อย่อยเรียงเป็น {written}", "the points are numbered {written}"),
    Sentence("ให้เรียงหมายเลขใหม่", "number them again"),
)
ENTRIES = (RECKONED, PERCENTS, NUMBERING)
_TELLING = re.compile(r"เพิ่มขึ้น|ลดลง|เป็นเงิน|บาท|\+|ร้อยละ")  # one of these is in whatever is reckoned
_N = r"([\d,]+)"
_OF = rf" ?(?:{COUNTED}|บาท)? ?"
_CHANGED = re.compile(
    rf"(?:เพิ่มขึ้น|ลดลง)?จาก ?{_N}{_OF}(?:เป็น|เหลือ) ?{_N}{_OF}(?:หรือ|คือ)?"
    rf"(?:เพิ่มขึ้น|ลดลง) ?(?:จำนวน ?)?{_N}(?![\d.,]*\d)"
)
_TIMES = re.compile(
    rf"{_N} ?(?:{COUNTED}) ?(?:ๆ ?ละ|คนละ|ละ|x|×) ?{_N} ?บาท ?(?:รวม)?เป็นเงิน(?:ทั้งสิ้น)? ?{_N} ?บาท"
)
_FACTOR = rf"{_N} ?(?:{COUNTED}|บาท|มื้อ|วัน|เล่ม|ชุด|แผ่น)"
_PRODUCT = re.compile(
    rf"(?P<factors>{_FACTOR}(?: ?[xX×*] ?{_FACTOR}){{2,}})"
    rf" ?(?:=|(?:รวม)?(?:เป็น(?:เงิน)?|เงิน)(?:ทั้งสิ้น)?) ?(?P<whole>[\d,]+) ?บาท"
)  # 25 คน x 35 บาท x 2 มื้อ เป็นเงิน 1,750 บาท
_BAHT = re.compile(rf"(รวม(?:เป็น|ทั้งสิ้น|เงิน|เป็นเงิน)* ?)?{_N} ?บาท")
_PLUS = re.compile(rf"{_N} ?\+ ?{_N} ?= ?{_N}")
_BOTH = re.compile(r"(?:อำเภอ|หน่วยงาน|หน่วย|แห่ง|ราย)ละ ?(\d+) ?นาที ?\((\d+) ?\+ ?(\d+)(?: ?นาที)?\)")
_PERCENT = re.compile(r"ร้อยละ ?(\d+(?:\.\d+)?)")
_POINT = re.compile(r"(?:(?<=\s)|^)(\d{1,2})\) ?(?=\S)")
_TYPES = ("ผู้นำ", "กลุ่ม", "เครือข่าย", "ชุมชน")
_ROUNDED = Decimal("0.1")  # what four rounded percents may lack
_FEWEST = 3  # points that are a list


def check(looked: Examined) -> Iterator[Found]:
    """Figures of one text."""
    for text in each_once(looked):
        if _TELLING.search(text.plain):
            yield from _reckoned(text)
            yield from _multiplied(text)
            yield from _percents(text)
            yield from _minutes(text, looked)
        points = [int(one) for one in _POINT.findall(text.plain)] if ")" in text.plain else []
        if len(points) >= _FEWEST and points[0] == 1 and not _begins_again(points):
            yield NUMBERING.at(text.place, written=" ".join(f"{one})" for one in points))


def _minutes(text: Typed, looked: Examined) -> Iterator[Found]:
    """Minutes for each that are not what stands behind them in brackets."""
    day = looked.meeting.schedule
    for found in _BOTH.finditer(text.figures):
        if int(found[2]) + int(found[3]) != int(found[1]):
            yield MINUTES_DIFFER.at(
                text.place, written=found[0], minutes=day.minutes, questions=day.questions
            )


def _begins_again(points: list[int]) -> bool:
    """Whether these are several lists, each from 1 on."""
    expected = 0
    for one in points:
        if one not in (expected + 1, 1):
            return False
        expected = one
    return True


def _reckoned(text: Typed) -> Iterator[Found]:
    said = text.figures
    for found in _CHANGED.finditer(said):
        before, now, by = map(_number, found.groups())
        if abs(now - before) != by:
            yield RECKONED.at(text.place, written=found[0], right=abs(now - before))
    for found in _TIMES.finditer(said):
        many, each, whole = map(_number, found.groups())
        if many * each != whole:
            yield RECKONED.at(text.place, written=found[0], right=f"{many * each:,}")
    baht = list(_BAHT.finditer(said))
    if len(baht) > _FEWEST - 1 and baht[-1][1] and not any(one[1] for one in baht[:-1]) and "ละ" not in said:
        total = sum(_number(one[2]) for one in baht[:-1])
        if total != _number(baht[-1][2]):
            yield RECKONED.at(text.place, written=baht[-1][0], right=f"{total:,}")
    for found in _PLUS.finditer(said):
        one, other, whole = map(_number, found.groups())
        if one + other != whole:
            yield RECKONED.at(text.place, written=found[0], right=one + other)


def _multiplied(text: Typed) -> Iterator[Found]:
    """So many times so much, so many times."""
    for found in _PRODUCT.finditer(text.figures):
        right = prod(_number(one) for one in re.findall(_N, found["factors"]))
        if right != _number(found["whole"]):
            yield RECKONED.at(text.place, written=found[0], right=f"{right:,}")


def _percents(text: Typed) -> Iterator[Found]:
    """Of all four types, each once."""
    percents = [Decimal(one) for one in _PERCENT.findall(text.figures)]
    if len(percents) == len(_TYPES) and all(one in text.plain for one in _TYPES):
        whole = all(one == int(one) for one in percents)
        total = sum(percents, Decimal())
        if abs(total - 100) > (1 if whole else _ROUNDED):
            yield PERCENTS.at(text.place, sum=str(total))


def _number(written: str) -> int:
    return int(written.replace(",", "") or 0)
