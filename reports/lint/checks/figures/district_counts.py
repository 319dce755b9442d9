"""How many districts texts say there are or present (rules.md 51, 52). Pure."""

import re
from collections.abc import Iterator

from mochocho.words.sentences import Sentence
from processing.meetings.meeting import Level
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, warning
from reports.lint.printed_texts import Typed, each_once

DISTRICTS = warning(
    "total.districts",
    "52",
    Sentence(
        "เขียน “{written}” แต่จังหวัด{province}มี {every} อำเภอ และนำเสนอ {presenting} อำเภอ",
        "says “{written}”, but {province} has {every} districts, and {presenting} present",
    ),
    Sentence("ให้แก้จำนวนอำเภอในข้อความ หากไม่ได้หมายถึงบางอำเภอ", "mend the number, unless only some are meant"),
)
LISTED = warning(
    "total.districts_listed",
    "52",
    Sentence("เขียน “{written}” แต่รายชื่อต่อท้ายมี {listed} อำเภอ", "says “{written}”, but {listed} are listed"),
    Sentence("ให้แก้จำนวนหรือรายชื่ออำเภอ", "mend the number, or the list of districts"),
)
ENTRIES = (DISTRICTS, LISTED)
_LIST = re.compile(r"(\d+) ?อำเภอ ?(?:ได้แก่|คือ|ประกอบด้วย) ?([ก-๙ ,]+)$")
_COUNTED = "นำเสนอ|แบ่งเป็น|ทุกอำเภอ|นายอำเภอ|(?:ครบ)?ทั้ง(?:สิ้น|หมด)?|จำนวน|รวม|จังหวัด(?P<of>[ก-๙]*?) ?มี"
_COUNT = re.compile(
    rf"(?P<written>(?:(?P<every>{_COUNTED}) ?|(?<![\d/.]))(?P<number>\d+) ?อำเภอ(?P<present> ?นำเสนอ)?)"
    r"(?! ?(?:ที่|ซึ่ง|ละ|นำร่อง|แรก|สุดท้าย|ได้แก่|คือ|แล้ว|ใน|ต้นแบบ|ดังนี้|ประกอบ|\())"
)
_SOME = re.compile(
    "เพียง|อีก|เหลือ|โซน|กลุ่มที่|ไม่|บาง|เฉพาะ|วันแรก|วันที่สอง|ช่วง|ภาค"
)  # before a number that is of some only
_PROVINCES = re.compile(r"จังหวัดอื่น|กลุ่มจังหวัด|ทุกจังหวัด|\d ?จังหวัด|ภาคเหนือ|ประเทศ|ปี ?25\d\d")
_BEFORE = 60  # letters


def check(looked: Examined) -> Iterator[Found]:
    """Numbers of districts that are neither of all nor of those who present."""
    every, presenting = len(looked.shares), sum(share.units > 0 for share in looked.shares)
    if looked.meeting.level is not Level.PROVINCE:
        return
    names = {share.district for share in looked.shares}
    for text in each_once(looked):
        if found_list := _LIST.search(text.figures) if "อำเภอ" in text.plain else None:
            yield from _listed(text, found_list, names)
        for found in _COUNT.finditer(text.figures) if "อำเภอ" in text.plain else ():
            before = text.figures[max(0, found.start() - _BEFORE) : found.start()]
            listed = _SOME.search(before) or any(share.district in before for share in looked.shares)
            of_all = (found["every"] or found["present"] or _too_many(text, found, every)) and not listed
            own = found["of"] in (None, "", looked.province.name_th)
            if of_all and own and int(found["number"]) not in (every, presenting):
                yield DISTRICTS.at(
                    text.place,
                    written=found["written"],
                    province=looked.province.name_th,
                    every=every,
                    presenting=presenting,
                )


def _too_many(text: Typed, found: re.Match[str], every: int) -> bool:
    """Whether no province of so few districts has these; the text may speak of several provinces."""
    return int(found["number"]) > every and not _PROVINCES.search(text.plain)


def _listed(text: Typed, found: re.Match[str], names: set[str]) -> Iterator[Found]:
    """A list to the end of the text, of nothing but districts, that is longer or shorter than it says."""
    words = [re.sub("^(?:และ)?(?:อำเภอ)?", "", word) for word in re.split("[ ,]+", found[2]) if word != "และ"]
    listed = [word for word in words if word]
    if all(word in names for word in listed) and len(listed) != int(found[1]):
        yield LISTED.at(text.place, written=f"{found[1]} อำเภอ", listed=len(listed))
