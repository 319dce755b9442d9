"""Districts with another province behind them, subdistricts that are misspelt (rules.md 52). Pure."""

import re
from collections.abc import Iterator
from functools import lru_cache

from mochocho.words import people
from mochocho.words.places import Province
from mochocho.words.sentences import Sentence
from reports.lint.checks.province_codes import CODES
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, warning
from reports.lint.printed_texts import Typed, each_once, one_of

OTHER_PROVINCE = warning(
    "place.other_province",
    "52",
    Sentence(
        "เขียน “{written}” แต่อำเภอ{district}อยู่ในจังหวัด{here}", "says “{written}”, but {district} is of {here}"
    ),
    Sentence("ให้แก้ชื่ออำเภอหรือจังหวัด", "mend the district or the province"),
)
SUBDISTRICT = warning(
    "place.subdistrict_misspelt",
    "52",
    Sentence(
        "อำเภอ{district}ไม่มีตำบล{written} แต่มีตำบล{right}",
        "{district} has no subdistrict {written}, but {right}",
    ),
    Sentence("ให้แก้ชื่อตำบล", "mend the name of the subdistrict"),
)
ENTRIES = (OTHER_PROVINCE, SUBDISTRICT)
_LOCAL = re.compile(r"members\.\d+\.(?:person|substitute)\.(?:position|agency)|place")
_ALONE = re.compile("ตำบล([ก-๙]{2,30})(?![ก-๙])")  # of a member of the district's committee


def check(looked: Examined) -> Iterator[Found]:
    """Places that a text names one behind another."""
    own = looked.province
    named, pair = _patterns(own.name_th)
    here = own.district(looked.meeting.district)
    for text in each_once(looked):
        if "อำเภอ" in text.plain:
            for found in named.finditer(text.plain):
                if found[2] != own.name_th and not _has(found[2], found[1]):
                    values = {"written": found[0], "district": found[1], "here": own.name_th}
                    yield OTHER_PROVINCE.at(text.place, **values)
            for found in pair.finditer(text.plain) if "ตำบล" in text.plain else ():
                yield from _subdistrict(text, own, *found.groups())
        if here and _LOCAL.fullmatch(text.place.field):
            for written in _ALONE.findall(text.plain):
                yield from _subdistrict(text, own, written, here.name_th)


@lru_cache(maxsize=8)
def _patterns(province: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    districts = one_of(one.name_th for one in Province.named(province).districts)
    return (
        re.compile(rf"อำเภอ({districts}) ?จังหวัด({one_of(CODES)})(?![ก-๙])"),
        re.compile(rf"ตำบล([ก-๙]{{2,30}}?) ?อำเภอ({districts})(?![ก-๙])"),
    )


@lru_cache(maxsize=64)
def _has(province: str, district: str) -> bool:
    """Whether another province has a district of this name too."""
    return any(one.name_th == district for one in Province.named(province).districts)


def _subdistrict(text: Typed, own: Province, written: str, of: str) -> Iterator[Found]:
    """One that no district of the province has, and that is nearly one of this district."""
    names = {sub.name_th: district.name_th for district in own.districts for sub in district.subdistricts}
    near = [name for name, district in names.items() if district == of and people.alike(written, name)]
    if written not in names and near:
        yield SUBDISTRICT.at(text.place, district=of, written=written, right=near[0])
