"""Ranges of figures that go backwards, points above the full marks of another text (rules.md 49). Pure."""

import re
from collections.abc import Iterator

from mochocho.words.sentences import Sentence
from reports.lint.checks.figures.beyond_full import BEYOND
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, warning
from reports.lint.printed_texts import Typed, typed_by_the_office
from reports.lint.spelt_numbers import COUNTED

BACKWARDS = warning(
    "total.backwards",
    "49",
    Sentence("“{written}” ตัวเลขแรกมากกว่าตัวเลขหลัง", "“{written}” begins with the larger figure"),
    Sentence("ให้สลับหรือแก้ตัวเลข", "swap the figures, or mend one"),
)
BELOW = warning(
    "total.below_pass_mark",
    "49",
    Sentence(
        "เขียนคะแนนต่ำสุด {lowest} แต่ว่าผ่านเกณฑ์ร้อยละ {mark} ทุกราย",
        "says {lowest} at the lowest, and that all reached {mark} %",
    ),
    Sentence("ให้แก้คะแนนหรือเกณฑ์", "mend the points or the mark"),
)
ENTRIES = (BACKWARDS, BELOW)
_N = r"(\d+(?:\.\d+)?)"
_UNIT = rf" ?(?:คะแนน|{COUNTED}|บาท|ปี|วัน)"
_RANGE = re.compile(rf"(?:ระหว่าง|ตั้งแต่|ช่วง(?:คะแนน)?) ?{_N}(?:{_UNIT})? ?(?:-|–|ถึง) ?{_N}{_UNIT}")
_CITED = re.compile(r"(?:สิ่งที่ส่งมาด้วย|เอกสารแนบ) ?(?:ที่ |ลำดับที่ )?(\d{1,2}) ?(?:-|–|ถึง) ?(\d{1,2})(?![\d/])")
_FULL = re.compile(r"คะแนนเต็ม ?(\d+) ?คะแนน")
_POINTS = re.compile(rf"(?<![\d.,/]){_N} ?คะแนน(?!เต็ม|เสียง)")
_ALL_PASSED = re.compile(r"ผ่าน(?:เกณฑ์|การประเมิน)[^\d]{0,20}ร้อยละ ?(\d+)[^\d]{0,12}(?:ทุก|ทั้ง)")


def check(looked: Examined) -> Iterator[Found]:
    """Of texts with points; where texts name several full marks, none is the one."""
    some = [text for text in typed_by_the_office(looked) if "คะแนน" in text.plain or "ระหว่าง" in text.plain]
    full = {int(found[1]) for text in some for found in _FULL.finditer(text.figures)}
    for text in typed_by_the_office(looked):
        for found in _CITED.finditer(text.figures) if "ส่งมาด้วย" in text.plain or "แนบ" in text.plain else ():
            if int(found[1]) > int(found[2]):
                yield BACKWARDS.at(text.place, written=found[0])
    for text in some:
        yield from _ranges(text)
        if len(full) == 1 and "เต็ม" not in text.plain:
            yield from _beyond(text, *full)


def _ranges(text: Typed) -> Iterator[Found]:
    passed = _ALL_PASSED.search(text.figures)
    for found in _RANGE.finditer(text.figures):
        if float(found[1]) > float(found[2]):
            yield BACKWARDS.at(text.place, written=found[0])
        elif passed and found[0].endswith("คะแนน") and float(found[1]) < float(passed[1]):
            yield BELOW.at(text.place, lowest=found[1], mark=passed[1])


def _beyond(text: Typed, full: int) -> Iterator[Found]:
    for found in _POINTS.finditer(text.figures):
        if float(found[1]) > full:
            yield BEYOND.at(text.place, written=found[0], full=f"คะแนนเต็ม {full}")
