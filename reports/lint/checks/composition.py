"""The committee's members and its quorum (rules.md 24; Act of B.E. 2539, s. 79). Pure."""

import re
from collections import Counter
from collections.abc import Container, Iterator

from mochocho.words import people
from mochocho.words.sentences import Sentence
from processing.meetings.meeting import AGAIN_WITHIN, Level, Meeting, Member, Role
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, error, warning
from reports.lint.printed_texts import LETTER, MEETING, MEMBERS, Typed, each_once, plain

SIZE = warning(
    "committee.size",
    "24",
    Sentence(
        "คณะกรรมการอำเภอมี {members} คน แนวทางกำหนดไว้ {fewest} ถึง {most} คน",
        "the district's committee has {members} members; the guideline says {fewest} to {most}",
    ),
    Sentence("ให้ตรวจกับคำสั่งแต่งตั้ง", "check it with the appointing order"),
)
CHAIRS = error(
    "committee.chairs",
    "24",
    Sentence("คณะกรรมการมีประธาน {chairs} คน", "the committee has {chairs} chairs"),
    Sentence("ให้ระบุประธานหนึ่งคน", "name one chair"),
)
NO_SECRETARY = warning(
    "committee.no_secretary",
    "24",
    Sentence("คณะกรรมการไม่มีเลขานุการ", "the committee has no secretary"),
    Sentence("ให้ระบุเลขานุการตามคำสั่งแต่งตั้ง", "name the secretary of the appointing order"),
)
TWICE = error(
    "committee.member_twice",
    "24",
    Sentence("“{name}” อยู่ในรายชื่อกรรมการซ้ำ", "“{name}” is a member twice"),
    Sentence("ให้เหลือครั้งเดียว", "leave the name there once"),
)
SECRETARIES = warning(
    "committee.secretaries",
    "24",
    Sentence("คณะกรรมการมีกรรมการและเลขานุการ {secretaries} คน", "the committee has {secretaries} secretaries"),
    Sentence(
        "ให้เหลือหนึ่งคน คนอื่นเป็นกรรมการและผู้ช่วยเลขานุการ หากคำสั่งไม่ได้แต่งตั้งไว้อย่างนั้น",
        "leave one, others assist, unless the order appoints them so",
    ),
)
QUORUM_LOW = warning(
    "committee.quorum_low",
    "Act of B.E. 2539, s. 79",
    Sentence(
        "องค์ประชุม {quorum} คน น้อยกว่ากึ่งหนึ่งของกรรมการ {members} คน",
        "a quorum of {quorum} is less than half of the {members} members",
    ),
    Sentence("ให้แก้ หากคำสั่งแต่งตั้งไม่ได้กำหนดไว้เช่นนั้น", "mend it, unless the appointing order says so"),
)
QUORUM_HIGH = error(
    "committee.quorum_high",
    "Act of B.E. 2539, s. 79",
    Sentence(
        "องค์ประชุม {quorum} คน มากกว่ากรรมการ {members} คน",
        "a quorum of {quorum} is more than the {members} members",
    ),
    Sentence("ให้แก้จำนวนองค์ประชุม", "mend the quorum"),
)
AGAIN_LATE = warning(
    "committee.again_late",
    "Act of B.E. 2539, s. 79",
    Sentence(
        "นัดประชุมแทนครั้งที่ {number} หลังวันเดิม {days} วัน เกินสิบสี่วัน องค์ประชุมจึงเป็นกึ่งหนึ่ง {quorum} คน",
        "called again {days} days after meeting {number}, more than fourteen: the quorum is half, {quorum}",
    ),
    Sentence("ให้ตรวจวันที่ทั้งสอง หรือให้กรรมการมาถึงกึ่งหนึ่ง", "check both days, or have half of the members come"),
)
AGAIN_UNSAID = warning(
    "committee.again_unsaid",
    "Act of B.E. 2539, s. 79",
    Sentence(
        "หนังสือเชิญที่สำนักงานเขียนเองไม่ได้ระบุว่ากรรมการหนึ่งในสามเป็นองค์ประชุม องค์ประชุมจึงเป็นกึ่งหนึ่ง {quorum} คน",
        "the office's own letter does not say that a third is enough: the quorum is half, {quorum}",
    ),
    Sentence(
        "ให้เพิ่มว่า กรรมการมาประชุมไม่น้อยกว่าหนึ่งในสามของจำนวนกรรมการทั้งหมดเป็นองค์ประชุม",
        "say in the letter that a third of all members is a quorum",
    ),
)
TWO_IN_OFFICE = warning(
    "committee.two_in_office",
    "24",
    Sentence(
        "“{before}” และ “{after}” เป็นกรรมการในตำแหน่ง “{position}” พร้อมกันในวันประชุม",
        "“{before}” and “{after}” are both members as “{position}” on the day of the meeting",
    ),
    Sentence(
        "ให้ใส่วันสุดท้ายของคนเดิม หรือวันแรกของคนใหม่", "give the last day of the one, or the first of the other"
    ),
)
QUORUM_DIFFERS = warning(
    "committee.quorum_differs",
    "Act of B.E. 2539, s. 79",
    Sentence(
        "เขียนองค์ประชุมไม่น้อยกว่า {written} คน แต่องค์ประชุมคือ {quorum} คน",
        "says a quorum of {written}, but it is {quorum}",
    ),
    Sentence("ให้แก้ข้อความหรือจำนวนองค์ประชุมให้ตรงกัน", "mend the text or the quorum"),
)
MEMBERS_DIFFER = warning(
    "committee.members_differ",
    "24",
    Sentence(
        "เขียนว่ามีกรรมการ {written} คน แต่รายชื่อมี {members} คน",
        "says {written} members, but the list has {members}",
    ),
    Sentence("ให้แก้ข้อความหรือรายชื่อกรรมการให้ตรงกัน", "mend the text or the list of members"),
)
OTHER_LEVEL = error(
    "committee.of_another_place",
    "24",
    Sentence(
        "ชื่อคณะกรรมการ “{committee}” ไม่ใช่ของ{place} ซึ่งเป็นผู้ประชุม",
        "the committee “{committee}” is not of {place}",
    ),
    Sentence("ให้แก้ชื่อคณะกรรมการหรือระดับของการประชุม", "mend its name or whose meeting it is"),
)
SUBSTITUTE = warning(
    "committee.substitute_is_member",
    "24",
    Sentence(
        "ผู้แทนของ “{name}” คือ “{substitute}” ซึ่งเป็นกรรมการอยู่แล้ว",
        "“{substitute}”, a member, stands in for “{name}”",
    ),
    Sentence("ให้แก้ผู้แทน หนึ่งคนนับเป็นองค์ประชุมได้ครั้งเดียว", "name another; one person counts once"),
)
SUBSTITUTE_TWICE = warning(
    "committee.substitute_twice",
    "24",
    Sentence(
        "“{substitute}” เป็นผู้แทนของทั้ง “{name}” และ “{other}”",
        "“{substitute}” stands in for “{name}” and “{other}”",
    ),
    SUBSTITUTE.mend,
)
ENTRIES = (
    *(SIZE, CHAIRS, NO_SECRETARY, SECRETARIES, TWICE, QUORUM_LOW, QUORUM_HIGH, AGAIN_LATE, AGAIN_UNSAID),
    *(TWO_IN_OFFICE, QUORUM_DIFFERS, MEMBERS_DIFFER, OTHER_LEVEL, SUBSTITUTE, SUBSTITUTE_TWICE),
)
_QUORUM = re.compile(r"(?:องค์ประชุม[^\d]{0,40}?|กรรมการมาประชุม)ไม่น้อยกว่า ?(?:จำนวน ?)?(\d+) ?(?:คน|ท่าน)")
_MEMBERS = re.compile(r"^ ?(?:ฯ ?)?(?:(?:ประกอบด้วย|มี) ?(?:กรรมการ)? ?(?:จำนวน)?|จำนวน) ?(\d+) ?(?:คน|ท่าน)")
_OF_ALL = re.compile(
    r"กรรมการ(?:เข้าร่วม|มา|เข้า)ประชุม[^\d]{0,20}\d+ ?(?:คน|ท่าน) ?จาก(?:ทั้งหมด|จำนวน|กรรมการ| )*(\d+) ?(?:คน|ท่าน)"
)
_HEAD = re.compile(
    "(?:ผู้ว่าราชการ|ปลัด|พัฒนาการ|เกษตร|ท้องถิ่น|ปศุสัตว์|แรงงาน|พาณิชย์|ประมง|คลัง|สหกรณ์|วัฒนธรรม|อุตสาหกรรม)จังหวัด[ก-๙]*"
    "|(?:นาย|พัฒนาการ|เกษตร|ท้องถิ่น|ปศุสัตว์|สาธารณสุข)อำเภอ[ก-๙]{2,}"
)
FEWEST, MOST = 5, 9  # members of a district's committee


def check(looked: Examined) -> Iterator[Found]:
    """Members and quorum."""
    meeting = looked.meeting
    yield from _of_another_place(looked)
    if not meeting.members:
        return
    yield from _members(meeting)
    yield from _quorum(meeting)
    for text in each_once(looked):
        yield from _said(text, meeting)


def _members(meeting: Meeting) -> Iterator[Found]:
    members, roles = len(meeting.composition), Counter(member.role for member in meeting.composition)
    if meeting.level is Level.DISTRICT and not FEWEST <= members <= MOST:
        yield SIZE.at(Place(MEMBERS, "members"), members=members, fewest=FEWEST, most=MOST)
    if roles[Role.CHAIR] != 1:
        yield CHAIRS.at(Place(MEMBERS, "members"), chairs=roles[Role.CHAIR])
    if not roles[Role.SECRETARY]:
        yield NO_SECRETARY.at(Place(MEMBERS, "members"))
    elif roles[Role.SECRETARY] > 1:
        yield SECRETARIES.at(Place(MEMBERS, "members"), secretaries=roles[Role.SECRETARY])
    seen = dict[str, Member]()
    for at, member in enumerate(meeting.members, 1):
        if not member.on(meeting.day):
            continue
        key, place = people.key(member.person.name), Place(MEMBERS, f"members.{at}")
        if key and key in seen:
            yield TWICE.at(place, name=member.person.name)
        if other := next((one for one in seen.values() if _in_one_office(one, member)), None):
            names = {"before": other.person.name, "after": member.person.name}
            yield TWO_IN_OFFICE.at(place, position=member.person.position, **names)
        seen[key] = member
    yield from _substitutes(meeting, seen)


def _substitutes(meeting: Meeting, members: Container[str]) -> Iterator[Found]:
    """Who stands in for a member and is one, or stands in for another too. `members`: their keys."""
    stands_in_for: dict[str, str] = {}
    for at, member in enumerate(meeting.members, 1):
        name = member.substitute.name if member.substitute and member.on(meeting.day) else ""
        if not name:
            continue
        key, values = people.key(name), {"name": member.person.name, "substitute": name}
        where, other = Place(MEMBERS, f"members.{at}.substitute"), stands_in_for.get(key)
        if key in members:
            yield SUBSTITUTE.at(where, **values)
        elif other:
            yield SUBSTITUTE_TWICE.at(where, **values, other=other)
        stands_in_for.setdefault(key, member.person.name)


def _in_one_office(one: Member, other: Member) -> bool:
    """Whether one seems to have followed the other: one position of one agency, and a change is dated; or the
    position is one that a province or district has once.
    """
    changed = any((one.since, one.until, other.since, other.until))
    offices = [(who.position, who.agency) for who in (one.person, other.person)]
    head = one.person.position == other.person.position and _HEAD.fullmatch(one.person.position)
    return bool(head) or (changed and bool(one.person.position) and offices[0] == offices[1])


def _quorum(meeting: Meeting) -> Iterator[Found]:
    members, quorum = len(meeting.composition), meeting.quorum
    if quorum is None:
        yield from _called_again(meeting)
        return
    if quorum > members:
        yield QUORUM_HIGH.at(Place(MEMBERS, "quorum"), quorum=quorum, members=members)
    elif 2 * quorum < members:
        yield QUORUM_LOW.at(Place(MEMBERS, "quorum"), quorum=quorum, members=members)


def _called_again(meeting: Meeting) -> Iterator[Found]:
    days, quorum = meeting.days_again, meeting.least_present
    if days is None:
        return
    if days > AGAIN_WITHIN:
        number, place = meeting.again.number, Place(MEMBERS, "again.day")
        yield AGAIN_LATE.at(place, number=number, days=days, quorum=quorum)
    elif not meeting.tells_members_of_a_third:
        yield AGAIN_UNSAID.at(Place(LETTER, "letter.paragraphs"), quorum=quorum)


def _said(text: Typed, meeting: Meeting) -> Iterator[Found]:
    """What a text says of the quorum and of how many members there are."""
    for found in _QUORUM.finditer(text.figures):
        if int(found[1]) != meeting.least_present:
            yield QUORUM_DIFFERS.at(text.place, written=int(found[1]), quorum=meeting.least_present)
    members = len(meeting.composition)
    for written in map(int, _OF_ALL.findall(text.figures)):
        if written != members:
            yield MEMBERS_DIFFER.at(text.place, written=written, members=members)
    for name in dict.fromkeys(filter(None, (plain(meeting.committee), "คณะกรรมการ"))):
        for at in (found.end() for found in re.finditer(re.escape(name), text.figures)):
            said = _MEMBERS.match(text.figures[at:])
            if said and int(said[1]) != members:
                yield MEMBERS_DIFFER.at(text.place, written=int(said[1]), members=members)


def _of_another_place(looked: Examined) -> Iterator[Found]:
    """A province's committee that is named a district's, or a district's that is named another's."""
    meeting, name = looked.meeting, plain(looked.meeting.committee)
    district = looked.province.district(meeting.district)
    if meeting.level is Level.DISTRICT and district:
        named = [d.name_th for d in looked.province.districts if f"อำเภอ{d.name_th}" in name]
        wrong = (bool(named) and district.name_th not in named) or ("จังหวัด" in name and "อำเภอ" not in name)
        place = f"อำเภอ{district.name_th}"
    else:
        wrong, place = "อำเภอ" in name and "จังหวัด" not in name, f"จังหวัด{looked.province.name_th}"
    if wrong:
        yield OTHER_LEVEL.at(Place(MEETING, "committee"), committee=meeting.committee, place=place)
