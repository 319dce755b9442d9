"""How many types of applicants texts name, and which (rules.md 2, 4). Pure."""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from mochocho.words.sentences import Sentence
from reports.lint.checks.spelling.field_words import MISSPELT
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, warning
from reports.lint.printed_texts import Typed, typed_by_the_office
from reports.view.arrange import TYPES

NUMBER = warning(
    "total.types",
    "2",
    Sentence(
        "เขียน “{written}” แต่มาตรฐานการพัฒนาชุมชนมี {types} ประเภท",
        "says “{written}”, but there are {types} types",
    ),
    Sentence("ให้แก้จำนวนประเภท หากไม่ได้หมายถึงบางประเภท", "mend the number, unless only some are meant"),
)
LISTED = warning(
    "total.types_listed",
    "2",
    Sentence("รายชื่อกลุ่มเป้าหมายขาด{lacking}", "the list of types lacks {lacking}"),
    Sentence("ให้เขียนให้ครบสี่ประเภท", "name all four"),
)
OTHER_UNIT = warning(
    "total.other_unit",
    "4",
    Sentence("เขียน “{written}” แต่{type}นับเป็น{unit}", "says “{written}”, but {type} is counted in {unit}"),
    Sentence("ให้แก้หน่วยนับ", "mend what is counted"),
)
ENTRIES = (NUMBER, LISTED, OTHER_UNIT)
_NUMBER = re.compile(r"(?:กลุ่มเป้าหมาย ?(?:จำนวน ?)?|(?:ครบ|ครอบคลุม)ทั้ง ?)(\d+) ?ประเภท")
_LIST = re.compile(
    r"กลุ่มเป้าหมาย ?(?:(?:จำนวน ?)?4 ?ประเภท ?)?(?:ประกอบด้วย|ได้แก่) ?(ผู้นำชุมชน[^\d]*?)(?: (?:นั้น|ซึ่ง|โดย|เพื่อ)|$)"
)
_NAMES = (
    ("ผู้นำชุมชน", re.compile("ผู้นำ(?:ชุมชน)?")),
    ("เครือข่ายองค์กรชุมชน", re.compile("เครือข่าย(?:องค์กร|องค์การ)?(?:ชุมชน)?")),
    ("กลุ่มองค์กรชุมชน", re.compile("กลุ่ม ?/? ?(?:องค์กร|องค์การ)?(?:ชุมชน)?")),
    ("ชุมชน", re.compile("ชุมชน")),
)  # a name, and how it may be written; taken out one after the other, for some are a part of others
_COUNTED = re.compile(
    r"(?P<type>ผู้นำชุมชน|กลุ่ม ?/? ?องค์กรชุมชน|เครือข่ายองค์กรชุมชน|(?<![ก-๙])(?:และ|ประเภท)?ชุมชน) ?(?:จำนวน ?)?"
    r"\d+ ?(?P<unit>คน|กลุ่ม|เครือข่าย|ชุมชน)(?![ก-๙])"
)
_TOTAL = re.compile(r"ทั้งสิ้น ?\d+ ?(?:คน|กลุ่ม|เครือข่าย|ชุมชน)(?! ?และ)")
_UNITS = {"ผู้นำชุมชน": "คน", "กลุ่ม": "กลุ่ม", "เครือข่าย": "เครือข่าย", "ชุมชน": "ชุมชน"}
_TYPE = re.compile(r"\d[.)] ?ประเภท([ก-๙/ ]{4,40}?) ?(?:จำนวน ?)?\d")
_NEAR = 0.8  # of 1, how alike a type and its slip are
_FEWEST = 3  # types that a text counts, so that it is a count by type; or it is one point of such a list
_POINT = re.compile(r"(?:\d[.)] ?)?ประเภท")


def check(looked: Examined) -> Iterator[Found]:
    """Types that are counted, listed, and what each is counted in."""
    for text in typed_by_the_office(looked):
        for found in _NUMBER.finditer(text.figures):
            if int(found[1]) != len(TYPES):
                yield NUMBER.at(text.place, written=found[0], types=len(TYPES))
        for found in _LIST.finditer(text.plain):
            lacking = _lacking(found[1])
            if len(lacking) == 1:  # of those who lack more, only some may be meant
                yield LISTED.at(text.place, lacking=lacking[0])
        yield from _units(text)
        if point := _TYPE.match(text.plain):
            near = get_close_matches(point[1], [name for name, _ in _NAMES], 1, _NEAR)
            if near and not any(written.fullmatch(point[1]) for _, written in _NAMES):
                yield MISSPELT.at(text.place, written=point[1], right=near[0])


def _lacking(listed: str) -> list[str]:
    """The types that a list lacks."""
    lacking = []
    for name, written in _NAMES:
        listed, found = written.subn("", listed, count=1)
        if not found:
            lacking.append(name)
    return lacking


def _units(text: Typed) -> Iterator[Found]:
    counted = list(_COUNTED.finditer(text.figures))
    if len(counted) < _FEWEST and not _POINT.match(text.plain):
        return
    if counted and (total := _TOTAL.search(text.figures, 0, counted[0].start())):
        yield OTHER_UNIT.at(text.place, written=total[0], type="ยอดรวมทุกประเภท", unit="หน่วยงาน")
    for found in counted:
        type_ = next(name for name in _UNITS if name in found["type"])
        if found["unit"] != _UNITS[type_]:
            yield OTHER_UNIT.at(text.place, written=found[0], type=found["type"], unit=_UNITS[type_])
