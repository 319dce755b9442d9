"""The committee's members, its quorum, and who came (rules.md 24; Act of B.E. 2539, s. 79). Pure."""

from collections import Counter
from collections.abc import Iterator

from mochocho.words import people
from mochocho.words.sentences import Sentence
from processing.meetings.day_plan import minute
from processing.meetings.meeting import AGAIN_WITHIN, Attendance, Held, Level, Meeting, Member, Minuted, Role
from reports.lint.checks.hours import is_hour
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, error, warning
from reports.lint.printed_texts import LETTER, MEMBERS, MINUTES

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
NO_QUORUM = error(
    "committee.no_quorum",
    "Act of B.E. 2539, s. 79",
    Sentence(
        "กรรมการมาประชุม {present} คน ไม่ครบองค์ประชุม {quorum} คน",
        "{present} members came; the quorum is {quorum}",
    ),
    Sentence("ให้ตรวจรายชื่อผู้มาประชุม หากไม่ครบจริงต้องนัดประชุมใหม่", "check who came; without a quorum meet again"),
)
STRANGER = warning(
    "attendance.stranger",
    "53",
    Sentence("“{name}” อยู่ในรายชื่อผู้มาประชุม แต่ไม่ได้เป็นกรรมการ", "“{name}” came as a member and is none"),
    Sentence("ให้สะกดชื่อให้ตรงกับรายชื่อกรรมการ หรือบันทึกเป็นผู้เข้าร่วมประชุม", "spell it as in the list, or as a guest"),
)
NOT_THEN = error(
    "attendance.not_then_member",
    "24",
    Sentence(
        "“{name}” อยู่ในรายชื่อผู้มาประชุม แต่ไม่ได้เป็นกรรมการในวันประชุม",
        "“{name}” came as a member and was none on the day of the meeting",
    ),
    Sentence(
        "ให้ตรวจวันที่ที่เป็นกรรมการ หรือบันทึกเป็นผู้เข้าร่วมประชุม", "check the days of office, or write down a guest"
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
ITEM_NO_QUORUM = error(
    "resolution.no_quorum",
    "Act of B.E. 2539, s. 79",
    Sentence(
        "วาระที่ {number} ลงมติเวลา {hour} น. ขณะมีกรรมการอยู่ {present} คน ไม่ครบองค์ประชุม {quorum} คน",
        "item {number} was resolved at {hour} with {present} members there; the quorum is {quorum}",
    ),
    Sentence(
        "ให้ตรวจเวลาที่มีมติและเวลาที่กรรมการมาและออก หากไม่ครบจริงต้องพิจารณาใหม่เมื่อครบองค์ประชุม",
        "check its hour, and who came and left when; without a quorum it is decided again with one",
    ),
)
HOURS = warning(
    "attendance.hours",
    "",
    Sentence(
        "“{name}” มาหรือกลับนอกเวลาประชุมที่บันทึกไว้ หรือกลับก่อนมา",
        "“{name}” came or left outside the meeting, or left before coming",
    ),
    Sentence("ให้ตรวจเวลาในรายงานการประชุม", "check the hours in the minutes"),
)
VOTES = error(
    "votes.too_many",
    "Act of B.E. 2539, s. 82",
    Sentence(
        "วาระที่ {number} นับคะแนนเสียงได้ {cast} แต่มีกรรมการมาประชุม {present} คน",
        "item {number} has {cast} votes, but {present} members came",
    ),
    Sentence("ให้ตรวจคะแนนเสียงหรือรายชื่อผู้มาประชุม", "check the votes, or who came"),
)
ENTRIES = (
    *(SIZE, CHAIRS, NO_SECRETARY, TWICE, QUORUM_LOW, QUORUM_HIGH, AGAIN_LATE, AGAIN_UNSAID, NO_QUORUM),
    *(STRANGER, NOT_THEN, TWO_IN_OFFICE, HOURS, ITEM_NO_QUORUM, VOTES),
)
FEWEST, MOST = 5, 9  # members of a district's committee


def check(looked: Examined) -> Iterator[Found]:
    """Members, quorum, who came."""
    meeting = looked.meeting
    if not meeting.members:
        return
    yield from _members(meeting)
    yield from _quorum(meeting)
    if meeting.held:
        yield from _came(meeting, meeting.held)


def _members(meeting: Meeting) -> Iterator[Found]:
    members, roles = len(meeting.composition), Counter(member.role for member in meeting.composition)
    if meeting.level is Level.DISTRICT and not FEWEST <= members <= MOST:
        yield SIZE.at(Place(MEMBERS, "members"), members=members, fewest=FEWEST, most=MOST)
    if roles[Role.CHAIR] != 1:
        yield CHAIRS.at(Place(MEMBERS, "members"), chairs=roles[Role.CHAIR])
    if not roles[Role.SECRETARY]:
        yield NO_SECRETARY.at(Place(MEMBERS, "members"))
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


def _in_one_office(one: Member, other: Member) -> bool:
    """Whether one seems to have followed the other: one position of one agency, and a change is dated."""
    changed = any((one.since, one.until, other.since, other.until))
    offices = [(who.position, who.agency) for who in (one.person, other.person)]
    return changed and bool(one.person.position) and offices[0] == offices[1]


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


def _came(meeting: Meeting, held: Held) -> Iterator[Found]:
    keys = {people.key(member.person.name) for member in meeting.composition}
    others = {people.key(member.person.name) for member in meeting.members} - keys
    present = {people.key(one.of) for one in held.attendance if one.of and one.there} & keys
    if held.attendance and len(present) < meeting.least_present:
        where = Place(MINUTES, "held.attendance")
        yield NO_QUORUM.at(where, present=len(present), quorum=meeting.least_present)
    for at, one in enumerate(held.attendance, 1):
        place, key = Place(MINUTES, f"held.attendance.{at}"), people.key(one.of)
        if key in others:
            yield NOT_THEN.at(place, name=one.of)
        elif one.of and key not in keys:
            yield STRANGER.at(place, name=one.of)
        if not _within(one, held):
            yield HOURS.at(place, name=one.of or (one.guest.name if one.guest else ""))
    for at, item in enumerate(held.items, 1):
        yield from _resolved(meeting, item, f"held.items.{at}", len(present))


def _resolved(meeting: Meeting, item: Minuted, path: str, came: int) -> Iterator[Found]:
    """Of an item whose hour is known those count who were there then, else all who came."""
    known = meeting.present_at(item.resolved_at) if is_hour(item.resolved_at) else None
    if item.resolution and meeting.lacks_quorum(known):
        yield ITEM_NO_QUORUM.at(
            Place(MINUTES, f"{path}.resolved_at"),
            number=item.number,
            hour=item.resolved_at.replace(":", "."),
            present=known,
            quorum=meeting.least_present,
        )
    there = came if known is None else known
    if item.votes and meeting.held and meeting.held.attendance and item.votes.cast > there:
        where = Place(MINUTES, f"{path}.votes")
        yield VOTES.at(where, number=item.number, cast=item.votes.cast, present=there)


def _within(one: Attendance, held: Held) -> bool:
    hours = [hour for hour in (held.began, one.came, one.left, held.ended) if hour]
    return all(map(is_hour, hours)) and hours == sorted(hours, key=minute)
