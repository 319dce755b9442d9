"""Figures of one sentence that do not agree: sums, percents, numbers given twice (rules.md 49). Pure."""

import re
from collections.abc import Iterator
from fractions import Fraction

from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, error
from reports.lint.printed_texts import Typed, each_once
from reports.lint.spelt_numbers import COUNTED, SPELT, value

SUM = error(
    "total.sum",
    "49",
    Sentence(
        "เขียนรวม {total} {unit} แต่บวกได้ {sum} {unit}",
        "says {total} {unit} in all, but the figures make {sum}",
    ),
    Sentence("ให้แก้ยอดรวมหรือตัวเลขที่ผิด", "mend the total or the figures"),
)
IN_WORDS = error(
    "total.in_words",
    "49",
    Sentence(
        "เขียน {number} แต่ตัวหนังสือในวงเล็บ “{written}” คือ {spelt}", "says {number}, but “{written}” is {spelt}"
    ),
    Sentence("ให้แก้ตัวเลขหรือตัวหนังสือให้ตรงกัน", "mend the figures or the words"),
)
PERCENT = error(
    "total.percent",
    "49",
    Sentence(
        "เขียนร้อยละ {percent} แต่ {part} จาก {whole} คือร้อยละ {right}",
        "says {percent} %, but {part} of {whole} are {right} %",
    ),
    Sentence("ให้แก้ร้อยละหรือจำนวน", "mend the percent or the numbers"),
)
ENTRIES = (SUM, IN_WORDS, PERCENT)
_FIGURE = r"(?<![\d/.,])([\d,]+)"
_COUNTED = re.compile(rf"(?P<sum>รวม(?:ทั้งสิ้น|ทั้งหมด|เป็น|จำนวน)* ?)?{_FIGURE} ?(?P<unit>{COUNTED})(?P<of>ละ|ที่)?")
_IN_WORDS = re.compile(rf"{_FIGURE} ?(?:{COUNTED}|บาท)? ?\((?P<written>{SPELT})(?:{COUNTED}|บาท)?(?:ถ้วน)?\)")
_PERCENT_FIRST = re.compile(
    rf"ร้อยละ ?(\d+(?:\.\d+)?) ?\({_FIGURE} ?(?:{COUNTED})? ?จาก(?:ทั้งหมด)? ?([\d,]+) ?(?:{COUNTED})?\)"
)
_PERCENT = re.compile(
    rf"{_FIGURE} ?(?:{COUNTED})? ?(?:จาก|ของ)(?:จำนวน|ทั้งหมด|ทั้งสิ้น| )*([\d,]+) ?(?:{COUNTED})?,? ?"
    r"(?:หรือ)?(?:คิดเป็น ?)?ร้อยละ ?(\d+(?:\.\d+)?)"
)
_NO_PART = re.compile("(?:จาก|ละ|เพิ่ม|เดิม|เป้าหมาย|อบรม|ปี ?[0-9]*) ?$")  # then it is no part
_NEAR = 24  # letters from one part to the next
_CONSISTS = re.compile(rf"{_FIGURE} ?(?P<unit>{COUNTED}) ?(?:ประกอบด้วย|ได้แก่|แบ่งเป็น|แยกเป็น|คือ) ?")
_SOME = re.compile(r"[(;]|รวม|โดย|คิดเป็น|\d\.\d|ร้อยละ|ละ ?\d")  # no list of all parts
_FEWEST_PARTS = 2
_FAR = 60  # letters before a part of a list: what it is of
_NOT_ALL = re.compile("อาทิ|เป็นต้น|บางส่วน")


def check(looked: Examined) -> Iterator[Found]:
    """Figures that texts give and that contradict each other."""
    for text in each_once(looked):
        for total, said, unit in _sums(text.figures):
            yield SUM.at(text.place, total=total, sum=said, unit=unit)
        for total, said, unit in _listed(text.figures):
            yield SUM.at(text.place, total=total, sum=said, unit=unit)
        for found in _IN_WORDS.finditer(text.plain) if "(" in text.plain else ():
            if _number(found[1]) != value(found["written"]):
                spelt = value(found["written"])
                yield IN_WORDS.at(text.place, number=found[1], written=found["written"], spelt=spelt)
        if "ร้อยละ" not in text.plain:
            continue
        percents = [found.groups() for found in _PERCENT.finditer(text.figures)]
        percents += [(*found.groups()[1:], found[1]) for found in _PERCENT_FIRST.finditer(text.figures)]
        for one, every, percent in percents:
            yield from not_of(text, percent, _number(one), _number(every))


def _sums(plain: str) -> Iterator[tuple[int, int, str]]:
    """Total, sum and unit where a total right behind its parts, all of one unit, is not their sum."""
    parts: list[int] = []
    unit, ends = "", 0
    for found in _COUNTED.finditer(plain):
        number = _number(found[2])
        goes_on = found["unit"] == unit and found.start() - ends <= _NEAR
        if found["sum"] and goes_on and len(parts) >= _FEWEST_PARTS and number not in (sum(parts), *parts):
            yield number, sum(parts), unit
        if found["sum"] or found["of"] or _NO_PART.search(plain, 0, found.start()):
            parts, unit = [], ""
        else:
            parts, unit = [*(parts if goes_on else ()), number], found["unit"]
        ends = found.end()


def _listed(plain: str) -> Iterator[tuple[int, int, str]]:
    """The same where the total stands before its parts: 25 คน ประกอบด้วย กรรมการ 9 คน และเจ้าหน้าที่ 16 คน."""
    for found in _CONSISTS.finditer(plain):
        end = _SOME.search(plain, found.end())
        listed = plain[found.end() : end.start() if end else None]
        total, said, many = _number(found[1]), 0, 0
        ends = 0
        for part in _COUNTED.finditer(listed):
            another = part["unit"] != found["unit"] or part["of"] or part.start() - ends > _FAR
            if another or total in (said, _number(part[2])):
                break
            said, many, ends = said + _number(part[2]), many + 1, part.end()
        if many >= _FEWEST_PARTS and said != total and not _NOT_ALL.search(plain):
            yield total, said, found["unit"]


def _number(written: str) -> int:
    return int(written.replace(",", "") or 0)


def not_of(text: Typed, percent: str, part: int, whole: int) -> Iterator[Found]:
    """A percent that is not what a part is of the whole."""
    if whole and not _is_percent(percent, Fraction(100 * part, whole)):
        right = f"{100 * part / whole:.2f}".rstrip("0").rstrip(".")
        yield PERCENT.at(text.place, percent=percent, part=part, whole=whole, right=right)


def _is_percent(written: str, right: Fraction) -> bool:
    """Whether it is the percent as rounded to as many digits as are written, up or down."""
    digits = len(written.partition(".")[2])
    return abs(Fraction(written) - right) < Fraction(1, 10**digits)
