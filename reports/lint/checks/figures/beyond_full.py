"""Percents and points that are more than there can be (rules.md 49). Pure."""

import re
from collections.abc import Iterator

from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, warning
from reports.lint.printed_texts import each_once

BEYOND = warning(
    "total.beyond_full",
    "49",
    Sentence("“{written}” เกิน {full}", "“{written}” is more than {full}"),
    Sentence("ให้ตรวจตัวเลข", "check the figure"),
)
ENTRIES = (BEYOND,)
_PERCENT = re.compile(r"ร้อยละ ?(\d+(?:\.\d+)?)")
_POINTS = re.compile(r"(?P<got>\d+(?:\.\d+)?) ?คะแนน(?!เต็ม) ?,?(?:จาก)?(?:คะแนน)?เต็ม ?(?P<full>\d+)")
_FULL_FIRST = re.compile(
    r"เต็ม ?(?P<full>\d+) ?(?:คะแนน)? ?ได้(?:รับ)?(?:คะแนน)? ?(?P<got>\d+(?:\.\d+)?) ?คะแนน"
)
_MAY = re.compile("เพิ่ม|เติบโต|เป้า|(?<!ไม่)เกิน|ค่าใช้|ต่อปี")  # what may be more than a whole
_WHOLE = 100


def check(looked: Examined) -> Iterator[Found]:
    """Percents above a hundred, points above full marks."""
    for text in each_once(looked):
        if "ร้อยละ" in text.plain and not _MAY.search(text.plain):
            for found in _PERCENT.finditer(text.plain):
                if float(found[1]) > _WHOLE:
                    yield BEYOND.at(text.place, written=found[0], full=f"ร้อยละ {_WHOLE}")
        for pattern in (_POINTS, _FULL_FIRST) if "เต็ม" in text.plain else ():
            for found in pattern.finditer(text.plain):
                if float(found["got"]) > float(found["full"]):
                    yield BEYOND.at(text.place, written=found[0], full=f"คะแนนเต็ม {found['full']}")
