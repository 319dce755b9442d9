"""One thing that two texts count otherwise: how many applied, did not pass, withdrew (rules.md 49). Pure."""

import re
from collections.abc import Iterator

from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, warning
from reports.lint.printed_texts import Typed, typed_by_the_office

OTHERWISE = warning(
    "total.counted_otherwise",
    "49",
    Sentence(
        "เขียน “{written}” แต่{elsewhere}เขียน {other} {unit}",
        "says “{written}”, but another paper says {other} ({unit})",
    ),
    Sentence("ให้แก้จำนวนให้ตรงกัน หากหมายถึงเรื่องเดียวกัน", "write one number, if both mean the same"),
)
ENTRIES = (OTHERWISE,)
_OF_WHAT = r"(?:เข้าสู่|เข้าร่วม|รับ|ขอ|ระบบ|โครงการ|มาตรฐาน|การ|พัฒนาชุมชน|ระดับอำเภอ|ตรวจ|ประเมิน|แล้ว|\(มชช\.\)| )*"
_COUNTS = re.compile(
    rf"(?P<what>(?:ผู้)?สมัคร|ไม่ผ่าน|ถอน(?:ตัว|ใบสมัคร)){_OF_WHAT}(?:มี|จำนวน|ทั้งสิ้น|ทั้งหมด|รวม| )*"
    r"(?P<number>\d+) ?(?P<unit>หน่วยงาน|หน่วย|ราย)(?!ละ)"
)
_PASS_MARK = re.compile(
    r"(?P<what>เกณฑ์)[ก-๙ ]{0,40}(?P<unit>ร้อยละ) ?(?P<number>\d+)(?![\d.])(?!.*เกณฑ์)"
)  # one of a text: several are levels of it
_SOME = re.compile(
    r"ปี ?(?:งบประมาณ ?)?(?:พ\.ศ\. ?)?25\d\d|ปีก่อน|ปีที่แล้ว|(?<!ระดับ)(?<!ทุก)อำเภอ(?=[ก-๙])|ประเภท|เป้าหมาย|เพิ่ม|อีก"
)
_KINDS = ("สมัคร", "ไม่ผ่าน", "ถอน", "เกณฑ์")
_BEFORE = 30  # letters that tell of whom: of one year, of one district


def check(looked: Examined) -> Iterator[Found]:
    """Each kind by its first number; the cycle's own year is no other one."""
    first: dict[str, tuple[int, Place]] = {}
    year = str(looked.fiscal_year_be)
    for text in typed_by_the_office(looked):
        for what, found in _counts(text, year):
            number = int(found["number"])
            other, elsewhere = first.setdefault(what, (number, text.place))
            if number != other:
                unit, paper = found["unit"], elsewhere.paper
                yield OTHERWISE.at(text.place, written=found[0], elsewhere=paper, other=other, unit=unit)


def _counts(text: Typed, year: str) -> Iterator[tuple[str, re.Match[str]]]:
    for found in _COUNTS.finditer(text.figures) if "สมัคร" in text.plain or "ผ่าน" in text.plain else ():
        before = text.figures[max(0, found.start() - _BEFORE) : found.start("number")].replace(
            f"ปี {year}", ""
        )
        if not _SOME.search(before):
            yield next(kind for kind in _KINDS if kind in found["what"]), found
    mark = _PASS_MARK.search(text.figures) if "เกณฑ์" in text.plain else None
    if mark and text.plain.count("ร้อยละ") == 1:
        yield "เกณฑ์", mark
