"""Provinces, districts and postcodes in texts that are not the meeting's own (rules.md 43, 44, 52). Pure."""

import re
from collections.abc import Iterator
from functools import lru_cache

from mochocho.words import people
from mochocho.words.places import Province
from mochocho.words.sentences import Sentence
from processing.meetings.meeting import Meeting
from reports.lint.checks.contacts import PROVINCE, TWO_NAMES
from reports.lint.checks.province_codes import CODES
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, error, warning
from reports.lint.printed_texts import Typed, nearly, one_of, plain, texts

OTHER_PROVINCE = error(
    "province.other_name",
    "44",
    Sentence(
        "“{written}” ระบุจังหวัด{other} แต่ที่นี่คือจังหวัด{province}",
        "“{written}” names {other}, but this is {province}",
    ),
    Sentence("ให้แก้ชื่อจังหวัดเป็น “{province}”", "write “{province}”"),
)
POSTCODE = warning(
    "province.other_postcode",
    "44",
    Sentence(
        "รหัสไปรษณีย์ {written} ไม่ใช่ของจังหวัด{province} ซึ่งขึ้นต้นด้วย {right}",
        "the postcode {written} is not of {province}, whose postcodes begin with {right}",
    ),
    Sentence("ให้ตรวจรหัสไปรษณีย์", "check the postcode"),
)
SUBDISTRICT = error(
    "place.subdistrict_elsewhere",
    "52",
    Sentence(
        "ตำบล{subdistrict}อยู่ในอำเภอ{right} แต่เขียนว่าอยู่ในอำเภอ{district}",
        "{subdistrict} is in {right}, but the text says {district}",
    ),
    Sentence("ให้แก้ชื่ออำเภอหรือตำบลในข้อความ", "mend the district or the subdistrict in the text"),
)
POSTCODE_DIGITS = warning(
    "province.postcode_digits",
    "44",
    Sentence(
        "“{written}” ลงท้ายด้วยรหัสไปรษณีย์ที่ไม่มีห้าหลัก", "“{written}” ends in a postcode that has not five digits"
    ),
    Sentence("ให้แก้รหัสไปรษณีย์", "mend the postcode"),
)
ENTRIES = (OTHER_PROVINCE, POSTCODE, SUBDISTRICT, POSTCODE_DIGITS)
# What a letter says of whoever sends and signs it; other texts may speak of other provinces.
_OWN = re.compile(
    r"(?:signatory|memo_by)\.(?:position|on_behalf)|(?:letter|circular|memo)\.(?:office|owner)|committee|place"
    r"|appointment\.subject|annexes\.\d+\.title"
)
_OFFICE = re.compile(r"(?:letter|circular|memo)\.(?:office|owner)")
_EVERY = one_of(CODES)
_NAMED = re.compile(rf"จังหวัด ?({_EVERY})(?![ก-๙])")
_BEHIND = re.compile(rf"(?:จังหวัด ?)?({_EVERY})(?![ก-๙])")  # a committee's name, which may end in จังหวัด
_BEGINS = re.compile(rf"(?:จังหวัด|(?<![ก-๙.])จ\.) ?(?!{_EVERY})([ก-๙]{{4,30}})")
_ORDER = re.compile(rf"คำสั่งจังหวัด({_EVERY}) ?ที่ ?(\d+/25\d\d)")
_OF_THE_OFFICE = re.compile(r"(?:letter|memo|circular)\.paragraphs|texts\.")
# What the sender does, and whose office it is
_ACTS = re.compile(
    rf"จังหวัด({_EVERY})(?:ได้|จึง)?(?:กำหนด(?:การ)?ประชุม|ขอเชิญ|ขอแจ้ง|ขอให้|ขอความ|ดำเนินการจัดทำ)"
    rf"|(?:สำนักงานพัฒนาชุมชน|ผู้ว่าราชการ|ศาลากลาง)จังหวัด({_EVERY})"
)
_TOGETHER = re.compile("ศึกษาดูงาน|ร่วมกับ|และจังหวัด|แจ้งว่า")
_CUT_SHORT = range(1, 4)  # letters that a name lacks
_SHORTEST = 5  # letters of a province's name that a slip may be told from
_POSTCODE = re.compile(r"(?<![\d-])(\d{5})(?![\d-])")
_CUT = re.compile(r"(?:จังหวัด ?)?([ก-๙]{2,}) (\d{4}|\d{6})$")  # behind the province
_BEFORE_BANGKOK_GREW = range(11, 20)  # DOPA codes of these provinces are one above their postcodes


def check(looked: Examined) -> Iterator[Found]:
    """Places that are not the meeting's own."""
    own = looked.province
    home = {(sub.name_th, d.name_th) for d in own.districts for sub in d.subdistricts}
    of = dict(home)
    districts = one_of(d.name_th for d in own.districts)
    pair = re.compile(rf"(?:ตำบล|ต\.) ?([ก-๙]+?) ?(?:อำเภอ|อ\.) ?({districts})(?![ก-๙])")
    for text in texts(looked):
        yield from _other_province(text, looked.meeting, own.name_th)
        yield from _misspelt(text, own.name_th)
        yield from _postcode(text, own)
        for found in pair.finditer(text.plain):
            subdistrict, district = found[1], found[2]
            if subdistrict in of and (subdistrict, district) not in home:
                yield SUBDISTRICT.at(
                    text.place, subdistrict=subdistrict, district=district, right=of[subdistrict]
                )


def _other_province(text: Typed, meeting: Meeting, own: str) -> Iterator[Found]:
    said = [found[1] for found in _NAMED.finditer(text.plain)] if _OWN.match(text.place.field) else []
    number, committee = plain(meeting.appointment.number), plain(meeting.committee)
    said += [found[1] for found in _ORDER.finditer(text.plain) if found[2] == number]
    behind = text.plain.split(committee)[1:] if committee else ()
    said += [found[1] for part in behind if (found := _BEHIND.match(part.lstrip()))]
    if _OF_THE_OFFICE.match(text.place.field) and not _TOGETHER.search(text.plain):
        said += [found[1] or found[2] for found in _ACTS.finditer(text.plain)]
    for other in said:
        if other != own:
            yield OTHER_PROVINCE.at(text.place, written=text.plain[:80], other=other, province=own)


def _misspelt(text: Typed, own: str) -> Iterator[Found]:
    """The province's own name, or another's, as a text nearly has it."""
    for found in _BEGINS.finditer(text.plain):
        for name in (own, *_begin_alike(found[1])):
            cut = name.startswith(found[1]) and len(name) - len(found[1]) in _CUT_SHORT
            if written := found[1] if cut else nearly(found[1], name, people.alike):
                values = {"written": f"จังหวัด{written}", "other": f"จังหวัด{name}"}
                yield TWO_NAMES.at(text.place, **values, elsewhere=PROVINCE)
                break


@lru_cache(maxsize=256)
def _begin_alike(written: str) -> tuple[str, ...]:
    """Provinces that a name may have been meant for; short ones are parts of other words."""
    return tuple(name for name in CODES if name[:2] == written[:2] and len(name) >= _SHORTEST)


def _postcode(text: Typed, own: Province) -> Iterator[Found]:
    code = int(own.code)
    right = str(code - 1 if code in _BEFORE_BANGKOK_GREW else code)
    cut = _CUT.search(text.plain) if _OFFICE.match(text.place.field) else None
    if cut and cut[1].endswith((own.name_th, CODES[own.name_th])):
        yield POSTCODE_DIGITS.at(text.place, written=cut[0])
    for found in _POSTCODE.finditer(text.plain):
        beside = text.plain[: found.start()].rstrip().endswith(f"จังหวัด{own.name_th}")
        if (beside or _OFFICE.match(text.place.field)) and not found[1].startswith(right):
            yield POSTCODE.at(text.place, written=found[1], province=own.name_th, right=right)
