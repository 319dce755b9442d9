"""Names of units that fit another type, begin twice, or sound like another's (rules.md 2, 49). Pure."""

import re
from collections import defaultdict
from collections.abc import Iterator

from mochocho.words import people
from mochocho.words.model import ApplicantType
from mochocho.words.sentences import Sentence
from reports.lint.checks.units import LIST
from reports.lint.examined import Examined, ListedUnit
from reports.lint.lint_entry import Found, Place, error, warning
from reports.lint.printed_texts import plain
from reports.view.printed_words import TYPE

OTHER_TYPE = warning(
    "unit.other_type",
    "2",
    Sentence("“{name}” สมัครเป็น{type} แต่ชื่อไม่ใช่ของ{type}", "“{name}” applied as {type}, which its name is not"),
    Sentence("ให้ตรวจประเภทในใบสมัคร", "check the type in its application"),
)
TITLE_TWICE = warning(
    "unit.title_twice",
    "49",
    Sentence("“{name}” มีคำซ้ำหน้าชื่อ", "“{name}” has its first word twice"),
    Sentence("ให้แก้ชื่อในใบสมัคร", "mend the name in its application"),
)
NEARLY = warning(
    "unit.nearly_twice",
    "49",
    Sentence(
        "“{name}” กับ “{other}” อำเภอ{district} ต่างกันเพียงตัวสะกด",
        "“{name}” and “{other}” of {district} sound alike",
    ),
    Sentence(
        "ให้ตรวจ หากเป็นรายเดียวกันให้รวมใบสมัครด้วย `mochocho applicants duplicates`",
        "if they are one, merge them (`mochocho applicants duplicates`)",
    ),
)
NUMBER = error(
    "unit.private_number",
    "PDPA",
    Sentence(
        "ชื่อ “{name}” ของอำเภอ{district}มีหมายเลขโทรศัพท์หรือเลขประจำตัวประชาชนต่อท้าย",
        "the name “{name}” of {district} has a telephone or a national ID number behind it",
    ),
    Sentence("ให้ลบหมายเลขออกจากชื่อในใบสมัคร", "delete the number from the name in its application"),
)
NUMBERED = warning(
    "unit.numbered",
    "49",
    Sentence("ชื่อ “{name}” ขึ้นต้นด้วยลำดับที่", "the name “{name}” begins with a number in a list"),
    Sentence("ให้ลบลำดับที่ออกจากชื่อในใบสมัคร", "delete the number from the name in its application"),
)
NO_NAME = warning(
    "unit.no_name",
    "49",
    Sentence("“{name}” เป็นเพียงคำเรียกประเภทหรือชื่อทดสอบ", "“{name}” is only a word for its type, or a test"),
    Sentence("ให้แก้ชื่อในใบสมัคร หรือถอนใบสมัครทดสอบ", "mend the name in its application, or withdraw the test"),
)
UNTITLED = warning(
    "unit.no_title",
    "49",
    Sentence("“{name}” ไม่มีคำนำหน้าชื่อ ต่างจากผู้นำชุมชนรายอื่น", "“{name}” has no title, as other leaders have"),
    Sentence("ให้เติมคำนำหน้าชื่อในใบสมัคร", "add the title in the application"),
)
UNSURE = warning(
    "unit.left_in",
    "49",
    Sentence(
        "ชื่อ “{name}” มีเครื่องหมายหรือคำที่รอแก้", "the name “{name}” has a sign or words that wait to be replaced"
    ),
    Sentence("ให้แก้ชื่อในใบสมัคร", "mend the name in its application"),
)
ENTRIES = (UNSURE, OTHER_TYPE, TITLE_TWICE, NEARLY, NUMBER, NUMBERED, NO_NAME, UNTITLED)
_PERSON = re.compile("(?:นาย|นางสาว|นาง|น\\.ส\\.) ?(?!อำเภอ|กเทศมนตรี|แบบ|ทุน|ช่าง)[ก-๙]+ [ก-๙]+")
_NO_PERSON = re.compile("กลุ่ม|เครือข่าย|ชมรม|วิสาหกิจชุมชน|สหกรณ์|กองทุน")
_TWICE = re.compile("(นาย|นางสาว|กลุ่ม|เครือข่าย|ชุมชน|ชมรม)\\1(?!ิ)")
_IS_NUMBER = re.compile(r"\d(?:[ -]?\d){8,12}")  # a telephone, a national ID
_NUMBERED = re.compile(r"\d{1,3}[.)]")
_NO_NAME = re.compile("(?:กลุ่ม|เครือข่าย|ชุมชน|ชมรม|กองทุน)?(?:ทดสอบ(?:ระบบ)?|ทดลองระบบ|test)?\\d*", re.IGNORECASE)
_UNSURE = re.compile(r"[?？*#_]|\.{3}|…|xx|\((?:รอ|แก้|ชื่อ|ไม่แน่ใจ|ซ้ำ)", re.IGNORECASE)
_FEW = 10  # one of more than so many
_SHORT = 20  # letters: a longer name without digits is one
_SPELT_ALIKE = str.maketrans({"ไ": "ใ", "็": "", "่": "", "้": "", "๊": "", "๋": "", "์": ""})


def check(looked: Examined) -> Iterator[Found]:
    """The names of the units before the committee."""
    for unit in looked.units:
        leader = unit.type is ApplicantType.LEADER
        if (_NO_PERSON if leader else _PERSON).match(unit.name):
            yield OTHER_TYPE.at(Place(LIST), name=unit.name, type=TYPE[unit.type])
        if _TWICE.match(unit.name):
            yield TITLE_TWICE.at(Place(LIST), name=unit.name)
        if _UNSURE.search(unit.name):
            yield UNSURE.at(Place(LIST), name=unit.name)
        yield from _no_name(looked, unit)
    yield from _nearly_twice(looked)
    yield from _untitled(looked)


def _untitled(looked: Examined) -> Iterator[Found]:
    """Leaders without a title where nearly all have one."""
    leaders = [unit for unit in looked.units if unit.type is ApplicantType.LEADER]
    bare = [unit for unit in leaders if people.bare(unit.name) == people.key(unit.name)]
    if len(bare) * _FEW < len(leaders):
        yield from (UNTITLED.at(Place(LIST), name=unit.name) for unit in bare)


def _no_name(looked: Examined, unit: ListedUnit) -> Iterator[Found]:
    """What stands in the name and is none; a private number is not shown."""
    name = plain(unit.name)
    if len(name) > _SHORT and not any(map(str.isdigit, name)):
        return
    if found := _IS_NUMBER.search(name):
        known = name[: found.start()].strip()
        district = looked.province.district(unit.district)
        yield NUMBER.at(Place(LIST), name=known, district=district.name_th if district else "")
    elif _NUMBERED.match(name):
        yield NUMBERED.at(Place(LIST), name=unit.name)
    elif _NO_NAME.fullmatch(name):
        yield NO_NAME.at(Place(LIST), name=unit.name)


def _nearly_twice(looked: Examined) -> Iterator[Found]:
    """Units of one type and district whose names differ in tone marks or letters of one sound alone."""
    alike = defaultdict[tuple[ApplicantType, str, str], list[ListedUnit]](list)
    for unit in looked.units:
        if (key := _key(unit)) and (district := looked.province.district(unit.district)):
            alike[unit.type, district.name_th, key.translate(_SPELT_ALIKE)].append(unit)
    for (_, where, _), (first, *others) in alike.items():
        for unit in others:
            if _key(unit) != _key(first):
                yield NEARLY.at(Place(LIST), name=unit.name, other=first.name, district=where)


def _key(unit: ListedUnit) -> str:
    return people.key(unit.name) if unit.type is ApplicantType.LEADER else people.bare(unit.name)
