"""Districts of another province, where one of its own must stand (rules.md 24, 52). Pure."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from mochocho.words.places import Province
from mochocho.words.sentences import Sentence
from processing.meetings.meeting import Level
from reports.lint.checks.letters.other_offices import districts_of_all
from reports.lint.checks.units import LIST
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, warning
from reports.lint.printed_texts import one_of, plain, typed_by_the_office

HEAD = warning(
    "committee.of_another_district",
    "24",
    Sentence(
        "“{written}” เป็นของอำเภอ{other} แต่การประชุมเป็นของอำเภอ{here}",
        "“{written}” is of {other}, the meeting of {here}",
    ),
    Sentence("ให้ตรวจชื่ออำเภอ", "check the name of the district"),
)
UNIT = warning(
    "unit.of_another_province",
    "52",
    Sentence(
        "“{name}” ระบุอำเภอ{district} ซึ่งจังหวัด{here}ไม่มี",
        "“{name}” names {district}, which {here} does not have",
    ),
    Sentence("ให้ตรวจชื่อในใบสมัคร", "check the name in its application"),
)
ENTRIES = (HEAD, UNIT)
_OWN = re.compile(
    r"members\.\d+\.person\.(?:position|agency)|contact\.position|place|letter\.to|replies\.\d+\.office"
)
_LOCAL = re.compile("[ก-๙ .]*ตำบล ?([ก-๙]{2,30})")  # กำนันตำบลแม่จัน
_DISTRICT = re.compile(r"อำเภอ ?([ก-๙]{2,40})(?![ก-๙])")


def check(looked: Examined) -> Iterator[Found]:
    """Members of a district's committee, and names of units."""
    own, meeting = looked.province, looked.meeting
    names = {one.name_th for one in own.districts}
    here = own.district(meeting.district)
    if meeting.level is Level.DISTRICT and here:
        head, of = _heads(own.name_th), _subdistricts(own.name_th)
        for text in typed_by_the_office(looked):
            found = head.fullmatch(text.plain) if _OWN.fullmatch(text.place.field) else None
            if found and found[1] != here.name_th:
                yield HEAD.at(text.place, written=text.plain, other=found[1], here=here.name_th)
            local = _LOCAL.fullmatch(text.plain) if _OWN.fullmatch(text.place.field) else None
            districts = of.get(local[1], ()) if local else ()
            if districts and here.name_th not in districts:
                yield HEAD.at(text.place, written=text.plain, other=districts[0], here=here.name_th)
    for unit in looked.units:
        for district in _DISTRICT.findall(plain(unit.name)) if "อำเภอ" in unit.name else ():
            if district not in names and district in districts_of_all():
                yield UNIT.at(Place(LIST), name=unit.name, district=district, here=own.name_th)


@lru_cache(maxsize=8)
def _subdistricts(province: str) -> Mapping[str, tuple[str, ...]]:
    """The districts that have a subdistrict of this name."""
    of = defaultdict[str, tuple[str, ...]](tuple)
    for district in Province.named(province).districts:
        for subdistrict in district.subdistricts:
            of[subdistrict.name_th] += (district.name_th,)
    return of


@lru_cache(maxsize=8)
def _heads(province: str) -> re.Pattern[str]:
    """The head or office of one of its districts, nothing behind."""
    return re.compile(rf"[ก-๙ ]*อำเภอ ?({one_of(one.name_th for one in Province.named(province).districts)})")
