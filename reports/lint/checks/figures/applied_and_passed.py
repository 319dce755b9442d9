"""Who applied, passed and did not, as one sentence counts them; percents over 100 (rules.md 49). Pure."""

import re
from collections.abc import Iterator
from fractions import Fraction

from mochocho.words.sentences import Sentence
from reports.lint.checks.figures.said_sums import SUM, not_of
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, error
from reports.lint.printed_texts import Typed, each_once

OVER = error(
    "total.percent_over",
    "49",
    Sentence("“{written}” เกินร้อยละ 100", "“{written}” is more than all"),
    Sentence("ให้แก้ร้อยละ", "mend the percent"),
)
ENTRIES = (OVER,)
_UNIT = r" ?(?P<unit>หน่วยงาน|หน่วย|ราย|คน|กลุ่ม)"
_ASSESSED = "(?:การ(?:ตรวจ)?ประเมิน)?(?:ระดับอำเภอ)? ?(?:จำนวน ?)?"
_APPLIED = re.compile(
    rf"สมัคร[^\d]{{0,30}}(?P<all>\d+){_UNIT}[^\d]{{0,20}}?(?<!ไม่)ผ่าน{_ASSESSED}(?P<passed>\d+) ?(?P=unit)"
    r"(?:[^\d]{0,20}ร้อยละ ?(?P<percent>\d+(?:\.\d+)?))?"
    rf"(?:[^\d]{{0,20}}ไม่ผ่าน{_ASSESSED}(?P<failed>\d+) ?(?P=unit))?"
)
_OTHERS = re.compile("ถอน|อยู่ระหว่าง|รอ(?!ง)|ขาด|ยกเลิก|เลื่อน")  # who neither passed nor failed
_PERCENT = re.compile(r"(?:คิด)?เป็น ?ร้อยละ ?(\d+(?:\.\d+)?)")
_MORE = re.compile("เพิ่ม|มากกว่า|เทียบ|เป้าหมาย")
_ALL = 100


def check(looked: Examined) -> Iterator[Found]:
    """What a sentence says of who applied."""
    for text in each_once(looked):
        for found in _PERCENT.finditer(text.figures):
            if Fraction(found[1]) > _ALL and not _MORE.search(text.figures):
                yield OVER.at(text.place, written=found[0])
        for found in _APPLIED.finditer(text.figures):
            yield from _counted(text, found)


def _counted(text: Typed, found: re.Match[str]) -> Iterator[Found]:
    every, passed, failed = (int(found[name] or 0) for name in ("all", "passed", "failed"))
    if found["failed"] and passed + failed != every and not _OTHERS.search(text.plain):
        yield SUM.at(text.place, total=every, sum=passed + failed, unit=found["unit"])
    elif found["percent"]:
        yield from not_of(text, found["percent"], passed, every)
