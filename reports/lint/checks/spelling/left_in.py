"""What a clerk meant to replace and left in a text, and signs that stand twice (rules.md 44). Pure."""

import re
from collections.abc import Iterator

from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, warning
from reports.lint.printed_texts import typed_by_the_office

LEFT_IN = warning(
    "words.left_in",
    "44",
    Sentence("“{written}” ดูเหมือนข้อความที่รอแก้", "“{written}” looks like something to be replaced"),
    Sentence("ให้ใส่ข้อความจริง หรือเว้นจุดไว้เติม", "write what is meant, or dots to fill in"),
)
SIGNS = warning(
    "words.sign_twice",
    "44",
    Sentence("“{written}” มีเครื่องหมายซ้ำ", "“{written}” has a sign twice"),
    Sentence("ให้เหลือเครื่องหมายเดียว", "leave one"),
)
ENTRIES = (LEFT_IN, SIGNS)
_LEFT_IN = re.compile(
    r"\[ ?(?:ใส่|ระบุ|กรอก|เติม|ชื่อ|วันที่|ตำแหน่ง|จำนวน|สถานที่)[ก-๙ ]{0,20} ?\]"
    r"|\((?:ใส่|ระบุ)(?:ชื่อ|วันที่|ตำแหน่ง|จำนวน|เลข|เวลา|สถานที่|ข้อความ)[ก-๙]*\)(?! ?\.)"
    r"|\?{2,}|#{2,}|(?<![A-Za-z])(?:[Xx]{3,}|TODO|TBD)(?![A-Za-z])|\{[^{}]*$|^[^{}]*\}"
    r"|\(ชื่อ ?- ?(?:นาม)?สกุล\)(?! ?\.)|\(รอ(?:แก้ไข|ยืนยัน|ตรวจ|ข้อมูล)[ก-๙ ]{0,20}\)|\(สำเนาจาก[ก-๙ ]{0,20}\)"
    r"|(?<![A-Za-z])[Xx]{2}\.[Xx]{2}(?![A-Za-z])|\?(?=/25\d\d)|&(?:nbsp|amp|lt|gt|quot);|</?(?:br|p|b|div|span)\b[^>]*>|\*\*"
)
_SIGNS = re.compile(r"ๆ ?ๆ|ฯ(?:ลฯ)? ?ฯ|น\. ?น\.|ร้อยละ ?\d+(?:\.\d+)? ?%")


def check(looked: Examined) -> Iterator[Found]:
    """What was left in, signs that stand twice."""
    for text in typed_by_the_office(looked):
        for found in _LEFT_IN.finditer(text.plain):
            yield LEFT_IN.at(text.place, written=found[0].strip()[:40])
        for found in _SIGNS.finditer(text.plain):
            yield SIGNS.at(text.place, written=found[0])
