"""Resolutions on more or fewer units than lie before the committee (rules.md 45, 49). Pure."""

import re
from collections.abc import Iterator

from mochocho.words.sentences import Sentence
from reports.lint.checks.totals import UNITS, UNITS_COUNTED, in_digits
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, warning
from reports.lint.printed_texts import MINUTES, plain
from reports.lint.spelt_numbers import in_figures

FEWER = warning(
    "resolution.fewer_units",
    "45",
    Sentence(
        "มติรับรอง {total} หน่วยงาน แต่เสนอต่อที่ประชุม {units} หน่วยงาน และไม่บอกว่าที่เหลือมีมติอย่างไร",
        "resolves on {total} units of the {units} before the committee, and nothing on the others",
    ),
    Sentence(
        "ให้ตรวจจำนวน หรือเขียนมติของหน่วยงานที่เหลือ", "check the number, or say what was resolved on the others"
    ),
)
ENTRIES = (FEWER,)
_RESOLVED = re.compile(
    rf"(?:(?<!ไม่)รับรอง|(?<!ไม่)เห็นชอบ|(?<!ไม่)ผ่านการ(?:ตรวจ)?ประเมิน)[^\d]*(?:ปี ?25\d\d)?[^\d]*{UNITS_COUNTED}"
)
# What became of the others, or of whom alone the resolution is
_NOT_ALL = re.compile("ไม่รับรอง|ไม่เห็นชอบ|เลื่อน|ถอน|เงื่อนไข|เว้น|ที่เหลือ")
_THE_OTHERS = re.compile(f"{_NOT_ALL.pattern}|ไม่ผ่าน|อีก|ส่วน|ปรับปรุง|เฉพาะ|ประเภท|อำเภอ")


def check(looked: Examined) -> Iterator[Found]:
    """A resolution on more units than lie before the committee, or the only one, on fewer."""
    held, units = looked.meeting.held, len(looked.units)
    said = [
        (at, item, in_digits(found["number"]) or 0)
        for at, item in enumerate(held.items if held else (), 1)
        if (found := _RESOLVED.search(in_figures(plain(item.resolution))))
    ]
    for at, item, number in said if units else ():
        place = Place(MINUTES, f"held.items.{at}.resolution")
        others = _THE_OTHERS.search(item.resolution) or any(map(_NOT_ALL.search, item.paragraphs))
        if number > units:
            yield UNITS.at(place, total=number, units=units)
        elif number < units and len(said) == 1 and not others:
            yield FEWER.at(place, total=number, units=units)
