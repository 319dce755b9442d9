"""Units that lie before the committee and should not, or not so (rules.md 45, 49). Pure."""

import re
from collections.abc import Iterator, Sequence

from mochocho.words import letters, people, thai
from mochocho.words.model import ApplicantType
from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined, ListedUnit
from reports.lint.lint_entry import Entry, Found, Place, error, warning

TWICE = error(
    "unit.twice",
    "49",
    Sentence(
        "“{name}” อำเภอ{district} อยู่ในบัญชีรายชื่อมากกว่าหนึ่งครั้ง",
        "“{name}” of {district} is in the list more than once",
    ),
    Sentence(
        "ให้รวมใบสมัครด้วย `mochocho applicants duplicates` หรือถอนใบที่ซ้ำ",
        "merge them (`mochocho applicants duplicates`), or withdraw one",
    ),
)
OTHER_PROVINCE = error(
    "unit.other_province",
    "52",
    Sentence(
        "“{name}” อยู่ในอำเภอรหัส {district} ซึ่งไม่อยู่ในจังหวัด{province}",
        "“{name}” is of district {district}, not of {province}",
    ),
    Sentence("ให้แก้อำเภอในใบสมัคร", "mend the district in its application"),
)
OTHER_DISTRICT = error(
    "unit.other_district",
    "52",
    Sentence(
        "“{name}” อยู่ในอำเภอ{district} แต่ตำบลที่เลือกอยู่ในอำเภออื่น",
        "“{name}” is of {district}, its subdistrict of another",
    ),
    Sentence("ให้แก้อำเภอหรือตำบลในใบสมัคร", "mend the district or the subdistrict in its application"),
)
AGAINST = error(
    "unit.against_evidence",
    "45",
    Sentence(
        "“{name}” อำเภอ{district} ผ่านทั้งที่หลักฐานขัดกัน {points} ข้อ โดยไม่มีเหตุผลของคณะกรรมการ",
        "“{name}” of {district} passed against {points} points of evidence, and no reason was given",
    ),
    Sentence("ให้บันทึกเหตุผลของคณะกรรมการ หรือบันทึกมติใหม่", "record the committee's reason, or a new resolution"),
)
NO_QUORUM = error(
    "unit.no_quorum",
    "Act of B.E. 2539, s. 79",
    Sentence(
        "มติเกี่ยวกับ “{name}” อำเภอ{district} มีผู้ร่วมพิจารณา {present} คน ไม่ครบองค์ประชุม {quorum} คน",
        "{present} members decided about “{name}” of {district}; the quorum is {quorum}",
    ),
    Sentence(
        "ให้ตรวจเวลาที่กรรมการมาและออก และผู้ไม่ร่วมพิจารณา หากไม่ครบจริงต้องพิจารณาใหม่เมื่อครบองค์ประชุม",
        "check who came and left when, and who was recused; without a quorum it is decided again with one",
    ),
)
PHOTO = warning(
    "unit.photo_not_asked",
    "PDPA",
    Sentence(
        "มีรูปถ่ายแต่ยังไม่ได้ถามความยินยอม {count} ราย: {names}", "portraits without asked consent, {count}: {names}"
    ),
    Sentence("ให้ถามความยินยอมก่อนเผยแพร่รูปถ่าย", "ask before a portrait is published"),
)
PUBLICATION = warning(
    "unit.publication_not_asked",
    "PDPA",
    Sentence(
        "ยังไม่ได้ถามความยินยอมให้ประกาศชื่อ {count} ราย: {names}",
        "not asked whether names may be published, {count}: {names}",
    ),
    Sentence("ให้ถามความยินยอมก่อนประกาศรายชื่อ", "ask before the list is published"),
)
TWO_DISTRICTS = warning(
    "unit.in_two_districts",
    "49",
    Sentence(
        "“{name}” อยู่ในบัญชีรายชื่อทั้งของอำเภอ{district}และอำเภอ{other}",
        "“{name}” is in the lists of {district} and {other}",
    ),
    Sentence(
        "ให้ตรวจว่าเป็นคนเดียวกันหรือไม่ หากใช่ให้ถอนใบสมัครของอำเภอที่ไม่ถูกต้อง",
        "if it is one person, withdraw one application",
    ),
)
NAMED_ELSEWHERE = warning(
    "unit.named_elsewhere",
    "52",
    Sentence(
        "“{name}” ยื่นในอำเภอ{district} แต่ชื่อระบุอำเภอ{other}",
        "“{name}” applied in {district}, but its name has {other}",
    ),
    Sentence("ให้ตรวจอำเภอในใบสมัคร", "check the district in its application"),
)
UNDRAWN = error(
    "unit.undrawn",
    "",
    Sentence(
        "ชื่อ “{name}” มีตัวอักษรที่พิมพ์ในเอกสารไม่ได้ ({letters}) จะเห็นเป็นช่องเปล่า",
        "“{name}” has letters that no font draws ({letters}): empty boxes",
    ),
    Sentence("ให้แก้ชื่อในใบสมัคร", "mend the name in its application"),
)
LOOSE = error(
    "unit.loose",
    "",
    Sentence(
        "ชื่อ “{name}” มีสระหรือวรรณยุกต์ลอยหรือซ้อนกันที่ “{written}” จะเห็นเป็นวงกลมประ",
        "“{name}” has loose vowels or tone marks at “{written}”",
    ),
    Sentence("ให้แก้ชื่อในใบสมัคร", "mend the name in its application"),
)
ENTRIES = (
    *(TWICE, TWO_DISTRICTS, NAMED_ELSEWHERE, OTHER_PROVINCE, OTHER_DISTRICT),
    *(AGAINST, NO_QUORUM, UNDRAWN, LOOSE, PHOTO, PUBLICATION),
)
LIST = "บัญชีรายชื่อ เอกสารแนบ 4"
_DISTRICT = re.compile(r"(?:อำเภอ|(?<![ก-๙.])อ\.) ?([ก-๙]+?)(?![ก-๙])")
SHOWN = 3  # names in a sentence


def check(looked: Examined) -> Iterator[Found]:
    """The units before the committee."""
    yield from _twice(looked)
    yield from _in_two_districts(looked)
    for unit in looked.units:
        if unknown := letters.lacking(unit.name):
            yield UNDRAWN.at(Place(LIST), name=unit.name, letters=letters.named(unknown))
        for written in thai.loose_marks(thai.normalise(unit.name)):
            yield LOOSE.at(Place(LIST), name=unit.name, written=written)
        district = looked.province.district(unit.district)
        if district is None:
            province = looked.province.name_th
            yield OTHER_PROVINCE.at(Place(LIST), name=unit.name, district=unit.district, province=province)
            continue
        if unit.subdistrict and unit.subdistrict[:4] != unit.district:
            yield OTHER_DISTRICT.at(Place(LIST), name=unit.name, district=district.name_th)
        yield from _named_elsewhere(looked, unit, district.name_th)
        if unit.unconfirmed:
            where, points = district.name_th, unit.unconfirmed
            yield AGAINST.at(Place(LIST), name=unit.name, district=where, points=points)
        if looked.meeting.lacks_quorum(unit.took_part):
            yield NO_QUORUM.at(
                Place(LIST),
                name=unit.name,
                district=district.name_th,
                present=unit.took_part,
                quorum=looked.meeting.least_present,
            )
    yield from _unasked(PHOTO, [u for u in looked.units if u.has_portrait and u.photo is None])
    yield from _unasked(PUBLICATION, [u for u in looked.units if u.publication is None])


def _twice(looked: Examined) -> Iterator[Found]:
    seen, told = set[tuple[str, str, str]](), set[tuple[str, str, str]]()
    for unit in looked.units:
        same = (unit.type.value, unit.district, _same_name(unit))
        if same in seen and same not in told:
            district = looked.province.district(unit.district)
            where = district.name_th if district else unit.district
            yield TWICE.at(Place(LIST), name=unit.name, district=where)
            told.add(same)
        seen.add(same)


def _same_name(unit: ListedUnit) -> str:
    """A name by which two units are one: of a person without its title."""
    bare = people.key(unit.name) if unit.type is ApplicantType.LEADER else people.bare(unit.name)
    return bare or thai.normalise(unit.name)


def _in_two_districts(looked: Examined) -> Iterator[Found]:
    """Leaders of one name in several districts; groups of one name there are many."""
    first: dict[str, ListedUnit] = {}
    for unit in looked.units:
        if unit.type is not ApplicantType.LEADER or not (key := people.key(unit.name)):
            continue
        other = first.setdefault(key, unit)
        names = [looked.province.district(one.district) for one in (other, unit)]
        if other.district != unit.district and names[0] and names[1]:
            values = {"district": names[0].name_th, "other": names[1].name_th}
            yield TWO_DISTRICTS.at(Place(LIST), name=unit.name, **values)


def _named_elsewhere(looked: Examined, unit: ListedUnit, own: str) -> Iterator[Found]:
    """A name with another district of the province in it."""
    for found in _DISTRICT.findall(thai.normalise(unit.name)):
        others = [d.name_th for d in looked.province.districts if found == d.name_th and found != own]
        for other in others:
            yield NAMED_ELSEWHERE.at(Place(LIST), name=unit.name, district=own, other=other)


def _unasked(entry: Entry, units: Sequence[ListedUnit]) -> Iterator[Found]:
    if units:
        named = [f"“{unit.name}”" for unit in units[:SHOWN]]
        rest = f" และอีก {len(units) - SHOWN} ราย" if len(units) > SHOWN else ""
        yield entry.at(Place(LIST), count=len(units), names=" ".join(named) + rest)
