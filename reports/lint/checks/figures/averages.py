"""Averages that are not of their figures, or not between the highest and the lowest (rules.md 49). Pure."""

import re
from collections.abc import Iterator
from decimal import Decimal

from mochocho.words.sentences import Sentence
from reports.lint.checks.figures.reckoned import RECKONED
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, warning
from reports.lint.printed_texts import Typed, each_once

BETWEEN = warning(
    "total.average_outside",
    "49",
    Sentence(
        "เขียนค่าเฉลี่ย {average} ซึ่งไม่อยู่ระหว่างต่ำสุด {lowest} กับสูงสุด {highest}",
        "says {average} on average, which is not between {lowest} and {highest}",
    ),
    Sentence("ให้แก้ค่าเฉลี่ย ค่าสูงสุด หรือค่าต่ำสุด", "mend the average, the highest or the lowest"),
)
ENTRIES = (BETWEEN,)
_N = r"([\d,]+(?:\.\d+)?)"
_POINTS = rf".{{0,50}}?(?<![\d.,]){_N} ?คะแนน"
_AVERAGE = re.compile(f"เฉลี่ย{_POINTS}")
_HIGHEST = re.compile(f"สูง(?:ที่)?สุด{_POINTS}")
_LOWEST = re.compile(f"(?:ต่ำ|น้อย)(?:ที่)?สุด{_POINTS}")
_EACH = re.compile(
    rf"{_N} ?(?P<unit>หน่วยงาน|ราย|คน|กลุ่ม)(?P<between>[^\d]{{0,40}}?){_N} ?(?P<of>อำเภอ|ตำบล|หมู่บ้าน)"
    rf"[^\d]{{0,20}}?เฉลี่ย ?(?P=of)ละ ?{_N} ?(?P=unit)"
)


def check(looked: Examined) -> Iterator[Found]:
    """One average of a text by itself."""
    for text in each_once(looked):
        if "เฉลี่ย" in text.plain:
            yield from _between(text)
            for found in _EACH.finditer(text.figures):
                whole, many, each = (_number(found[at]) for at in (1, 4, 6))
                digits = len(found[6].partition(".")[2])
                if many and abs(whole / many - each) >= Decimal(1).scaleb(-digits):
                    yield RECKONED.at(text.place, written=found[0], right=f"{whole / many:.2f}")


def _between(text: Typed) -> Iterator[Found]:
    average, highest, lowest = (one.findall(text.figures) for one in (_AVERAGE, _HIGHEST, _LOWEST))
    if len(average) != 1 or len(highest) > 1 or len(lowest) > 1:  # of several things
        return
    above = highest and _number(average[0]) > _number(highest[0])
    if above or (lowest and _number(average[0]) < _number(lowest[0])):
        ends = {"highest": highest, "lowest": lowest}
        values = {name: one[0] if one else "-" for name, one in ends.items()}
        yield BETWEEN.at(text.place, average=average[0], highest=values["highest"], lowest=values["lowest"])


def _number(written: str) -> Decimal:
    return Decimal(written.replace(",", ""))
