"""Letters to or from an office of another place, members of another province (rules.md 24, 42). Pure."""

import re
from collections.abc import Iterator, Set
from functools import lru_cache

from mochocho.words import places
from mochocho.words.sentences import Sentence
from reports.lint.checks.province_codes import CODES
from reports.lint.checks.spelling.field_words import GOES_ON
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, error, warning
from reports.lint.printed_texts import Typed, one_of, typed_by_the_office

ADDRESSEE = error(
    "letter.to_another_place",
    "42",
    Sentence("เขียนเรียน “{written}” ซึ่งไม่ได้อยู่ใน{here}", "is addressed to “{written}”, which is not of {here}"),
    Sentence("ให้แก้ผู้รับ", "mend the addressee"),
)
SENDER = error(
    "letter.of_another_place",
    "42",
    Sentence(
        "“{written}” เป็นของอำเภอ{other} แต่การประชุมเป็นของ{here}", "“{written}” is of {other}, but {here} meets"
    ),
    Sentence("ให้แก้ผู้ลงนาม ส่วนราชการ หรือเจ้าของเรื่อง", "mend who signs, the sender, or the unit that wrote it"),
)
MEMBER = warning(
    "committee.member_elsewhere",
    "24",
    Sentence("“{written}” ไม่ใช่ตำแหน่งหรือหน่วยงานของจังหวัด{here}", "“{written}” is not of {here}"),
    Sentence("ให้ตรวจชื่อจังหวัดของตำแหน่งและหน่วยงาน", "check the province of the position and the agency"),
)
REPLIES = warning(
    "reply.other_office",
    "53",
    Sentence(
        "แบบตอบรับของ{office}มีผู้เข้าประชุมจาก “{written}”", "the reply of {office} names somebody of “{written}”"
    ),
    Sentence("ให้ตรวจหน่วยงานที่ตอบหรือตำแหน่งของผู้เข้าประชุม", "check which office replied, or who will come"),
)
DISTRICT = warning(
    "place.district_elsewhere",
    "44",
    Sentence(
        "จังหวัด{here}ไม่มีอำเภอ{written} (มีในจังหวัดอื่น)", "{here} has no district {written}; another province has"
    ),
    Sentence("ให้แก้ชื่ออำเภอ หรือระบุจังหวัด", "mend its name, or name its province"),
)
KIND = error(
    "place.wrong_kind",
    "44",
    Sentence("เขียน “{written}” แต่{name}เป็น{kind}", "says “{written}”, but {name} is a {kind}"),
    Sentence("ให้แก้คำว่าจังหวัดหรืออำเภอ หรือแก้ชื่อ", "mend the word for what it is, or its name"),
)
ENTRIES = (ADDRESSEE, SENDER, MEMBER, REPLIES, DISTRICT, KIND)
_TO = re.compile(r"(?:letter|circular|memo)\.to")
_FROM = re.compile(r"(?:signatory|memo_by)\.position|(?:letter|circular|memo)\.(?:office|owner)\.\d+")
_SHORTEST = 5  # letters of a district's name that other words do not begin with: สอง, ลอง
_LONG = 8  # letters of one that other words may follow without a space
_OFFICE = "(?:ที่ว่าการ|สำนักงานพัฒนาชุมชน|นาย|ปลัด|พัฒนาการ)"  # an address names its district alone
_MEMBERS = re.compile(
    r"members\.\d+\.(?:person|substitute)\.(?:position|agency)|held\.(?:written|checked)_by\.(?:position|agency)"
    r"|held\.attendance\.\d+\.substitute\.(?:position|agency)|replies\.\d+\.(?:office|substitute\.agency)"
)
_REPLY = re.compile(r"replies\.(\d+)\.(?:person|substitute)\.(?:position|agency)")
_HEAD = re.compile(rf"[ก-๙ ]*จังหวัด ?({one_of(CODES)})")  # the head or office of a province, nothing behind
_OF_SEVERAL = re.compile("วิทยาลัย|ศูนย์|ภาค|เขต")  # offices for more provinces than their own
_A_DISTRICT = re.compile(r"(?:อำเภอ|(?<![ก-๙.])อ\.) ?([ก-๙]{2,40})")
_A_PROVINCE = re.compile(rf"(?:จังหวัด|จ\.) ?(?:{one_of(CODES)})|ศึกษาดูงาน|(?:ต่าง|หลาย|แต่ละ|ทุก)จังหวัด")


def check(looked: Examined) -> Iterator[Found]:
    """Offices and places that texts and fields name."""
    own = {one.name_th for one in looked.province.districts}
    province = looked.province.name_th
    misnamed = re.compile("|".join(_misnamed(province, own)))
    for text in typed_by_the_office(looked):
        yield from _of_a_letter(text, looked, own)
        yield from _of_a_person(text, looked, own)
        for found in misnamed.finditer(text.plain):
            if found[1] and found[2] and len(found[1]) < _SHORTEST:
                continue
            name, kind = (found[1], "อำเภอ") if found[1] else (province, "จังหวัด")
            yield KIND.at(text.place, written=found[0].removesuffix(found[2] or ""), name=name, kind=kind)
        yield from _elsewhere(text, province, own)


def _misnamed(province: str, own: Set[str]) -> Iterator[str]:
    """The province called a district, unless one is called so (อำเภอพระนครศรีอยุธยา); a district called one."""
    yield rf"จังหวัด({one_of(own - CODES.keys())})(?![ะ-ฺ็-๎])([ก-๙]?)"
    if province not in own:
        yield rf"อำเภอ{province}(?![ก-๙])"


def _of_a_letter(text: Typed, looked: Examined, own: Set[str]) -> Iterator[Found]:
    """Its addressee, its sender and who signs it."""
    province, field = looked.province.name_th, text.place.field
    if _TO.fullmatch(field) and not _is_here(text, province, own):
        yield ADDRESSEE.at(text.place, written=text.plain, here=f"จังหวัด{province}")
    elif _FROM.fullmatch(field):
        district = looked.province.district(looked.meeting.district)
        here = f"อำเภอ{district.name_th}" if district else f"จังหวัด{province}"
        offices = re.findall(rf"{_OFFICE}อำเภอ ?({one_of(own)})(?![ก-๙])", text.plain)
        others = [name for name in offices if district is None or name != district.name_th]
        for name in others[:1]:
            yield SENDER.at(text.place, written=text.plain, other=name, here=here)


def _of_a_person(text: Typed, looked: Examined, own: Set[str]) -> Iterator[Found]:
    """The position and agency of a member, of who wrote the minutes, of who will come for an office."""
    field, province = text.place.field, looked.province.name_th
    if _MEMBERS.fullmatch(field):
        found = _HEAD.fullmatch(text.plain)
        if found and found[1] != province and not _OF_SEVERAL.search(text.plain):
            yield MEMBER.at(text.place, written=text.plain, here=province)
    if reply := _REPLY.fullmatch(field):
        office = looked.meeting.replies[int(reply[1]) - 1].office
        named = _districts(text, own)
        if named and "อำเภอ" in office and not any(name in office for name in named):
            yield REPLIES.at(text.place, office=office, written=text.plain)


def _is_here(text: Typed, province: str, own: Set[str]) -> bool:
    """Whether an addressee may be: no province or district is named, or those of this province."""
    provinces = re.findall(rf"จังหวัด ?({one_of(CODES)})", text.plain)
    named = re.findall("(?:นาย)?อำเภอ ?([ก-๙]+)", text.plain)
    return all(one == province for one in provinces) and not any(
        one in districts_of_all() - own for one in named
    )


def _districts(text: Typed, own: Set[str]) -> list[str]:
    """The districts of the province that a text names."""
    return re.findall(rf"(?:นาย)?อำเภอ ?({one_of(own)})(?![ก-๙])", text.plain)


def _elsewhere(text: Typed, province: str, own: Set[str]) -> Iterator[Found]:
    """A district of another province, in a text that names no other province."""
    if _A_PROVINCE.search(text.plain.replace(f"จังหวัด{province}", "").replace(f"จ.{province}", "")):
        return
    for rest in _A_DISTRICT.findall(text.plain):
        if not rest.startswith(tuple(own)) and (name := _begins(rest)):
            yield DISTRICT.at(text.place, written=name, here=province)


def _begins(rest: str) -> str:
    """The district that this is, or begins with where its name is no beginning of other words."""
    if rest in districts_of_all():
        return rest
    ways = (rest[:at] for at in range(len(rest) - 1, _LONG - 1, -1) if rest[at] not in GOES_ON)
    return next((way for way in ways if way in districts_of_all()), "")


@lru_cache(maxsize=1)
def districts_of_all() -> frozenset[str]:
    """The names of all districts of all provinces."""
    return frozenset(one.name_th for name in CODES for one in places.Province.named(name).districts)
