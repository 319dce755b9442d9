"""Who came to a meeting, as whom, and when (rules.md 24, 53; Act of B.E. 2539, s. 79). Pure."""

import re
from collections.abc import Iterator, Set

from mochocho.words import people
from mochocho.words.sentences import Sentence
from processing.meetings.day_plan import minute
from processing.meetings.meeting import Attendance, Held, Meeting
from reports.lint.checks.hours import is_hour
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, error, warning
from reports.lint.printed_texts import MINUTES, texts

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
HOURS = warning(
    "attendance.hours",
    "",
    Sentence(
        "“{name}” มาหรือกลับนอกเวลาประชุมที่บันทึกไว้ หรือกลับก่อนมา",
        "“{name}” came or left outside the meeting, or left before coming",
    ),
    Sentence("ให้ตรวจเวลาในรายงานการประชุม", "check the hours in the minutes"),
)
AWAY = warning(
    "attendance.away_with_hours",
    "53",
    Sentence("“{name}” ไม่มาประชุม แต่มีเวลามาหรือกลับ", "“{name}” did not come, but has an hour"),
    Sentence("ให้ลบเวลา หรือบันทึกว่ามาประชุม", "delete the hour, or write that the member came"),
)
SUBSTITUTE = error(
    "attendance.counted_twice",
    "Act of B.E. 2539, s. 79",
    Sentence(
        "“{name}” มาแทน “{of}” แต่มาประชุมเองหรือมาแทนผู้อื่นแล้ว หนึ่งคนนับเป็นองค์ประชุมได้ครั้งเดียว",
        "“{name}” stands in for “{of}”, but came as a member or for another: one person counts once",
    ),
    Sentence(
        "ให้แก้ผู้มาแทน หรือบันทึกว่ากรรมการไม่มาประชุม", "mend who stood in, or write that the member did not come"
    ),
)
GUEST = error(
    "attendance.guest_is_member",
    "24",
    Sentence(
        "“{name}” เป็นกรรมการ แต่บันทึกเป็นผู้เข้าร่วมประชุม", "“{name}” is a member, but is written down as a guest"
    ),
    Sentence("ให้บันทึกในรายชื่อกรรมการผู้มาประชุม", "write the member down as one"),
)
GUEST_TWICE = warning(
    "attendance.guest_twice",
    "53",
    Sentence("“{name}” อยู่ในรายชื่อผู้เข้าร่วมประชุมซ้ำ", "“{name}” is a guest twice"),
    Sentence("ให้เหลือครั้งเดียว", "leave the name there once"),
)
CAME_TOO = warning(
    "attendance.came_and_substitute",
    "53",
    Sentence(
        "“{name}” มาประชุมเอง แต่มี “{substitute}” มาแทน", "“{name}” came, and “{substitute}” instead of them"
    ),
    Sentence("ให้ตรวจว่าผู้ใดมาประชุม", "check which of the two came"),
)
UNWRITTEN = warning(
    "attendance.unwritten",
    "53",
    Sentence(
        "“{name}” เป็นกรรมการ แต่ไม่มีในรายชื่อผู้มาหรือผู้ไม่มาประชุม",
        "“{name}” is a member, but neither among who came nor who did not",
    ),
    Sentence("ให้บันทึกว่ามาหรือไม่มาประชุม", "write down whether the member came"),
)
PRESENT_DIFFERS = error(
    "attendance.number_differs",
    "Act of B.E. 2539, s. 79",
    Sentence(
        "เขียนว่ากรรมการมาประชุม {written} คน แต่รายชื่อผู้มาประชุมมี {present} คน",
        "says that {written} members came, but the list has {present}",
    ),
    Sentence("ให้แก้ข้อความหรือรายชื่อผู้มาประชุมให้ตรงกัน", "mend the text or the list of who came"),
)
ENTRIES = (
    NO_QUORUM,
    STRANGER,
    NOT_THEN,
    HOURS,
    AWAY,
    SUBSTITUTE,
    GUEST,
    GUEST_TWICE,
    CAME_TOO,
    UNWRITTEN,
    PRESENT_DIFFERS,
)
_PRESENT = re.compile(
    r"(?:กรรมการ(?:เข้าร่วม|มา|เข้า)|ผู้มา)ประชุม ?(?:ทั้งสิ้น|ทั้งหมด|รวม)? ?(?:จำนวน)? ?(\d+) ?(?:คน|ท่าน|ราย)"
)


def check(looked: Examined) -> Iterator[Found]:
    """Who came, as whom, and when."""
    meeting, held = looked.meeting, looked.meeting.held
    if not held or not meeting.members:
        return
    keys = {people.key(member.person.name) for member in meeting.composition}
    others = {people.key(member.person.name) for member in meeting.members} - keys
    present = members_there(meeting, held)
    if held.attendance and len(present) < meeting.least_present:
        where = Place(MINUTES, "held.attendance")
        yield NO_QUORUM.at(where, present=len(present), quorum=meeting.least_present)
    for at, one in enumerate(held.attendance, 1):
        place, key = Place(MINUTES, f"held.attendance.{at}"), people.key(one.of)
        if key in others:
            yield NOT_THEN.at(place, name=one.of)
        elif one.of and key not in keys:
            yield STRANGER.at(place, name=one.of)
        if one.present and one.substitute and people.key(one.substitute.name):
            yield CAME_TOO.at(place, name=one.of, substitute=one.substitute.name)
        if one.of and not one.there and (one.came or one.left):
            yield AWAY.at(place, name=one.of)
        elif not _within(one, held):
            yield HOURS.at(place, name=one.of or (one.guest.name if one.guest else ""))
    yield from _counted_twice(held, keys)
    yield from _unwritten(meeting, held)
    yield from _numbers(looked, meeting, held)


def _numbers(looked: Examined, meeting: Meeting, held: Held) -> Iterator[Found]:
    """How many members the texts of the minutes say came."""
    present = members_there(meeting, held)
    at_first = meeting.present_at(held.began) if is_hour(held.began) else None
    minuted = [text for text in texts(looked) if text.place.field.startswith("held.") and held.attendance]
    for text in minuted:
        for said in map(int, _PRESENT.findall(text.figures)):
            if said not in (len(present), at_first):  # the chair may count when the meeting begins
                yield PRESENT_DIFFERS.at(text.place, written=said, present=len(present))


def members_there(meeting: Meeting, held: Held) -> Set[str]:
    """The keys (`people.key`) of the members who came, in person or by somebody in their place."""
    there = {people.key(one.of) for one in held.attendance if one.of and one.there}
    return there & {people.key(member.person.name) for member in meeting.composition}


def _counted_twice(held: Held, members: Set[str]) -> Iterator[Found]:
    """Who stands in for a member and is there otherwise, and members and others who are there as guests."""
    came_as = {people.key(one.of): "" for one in held.attendance if one.of and one.present}
    guests = set[str]()
    for at, one in enumerate(held.attendance, 1):
        place = Place(MINUTES, f"held.attendance.{at}")
        key = people.key(one.substitute.name) if one.substitute else ""
        if key and (came_as.setdefault(key, one.of) != one.of or key == people.key(one.of)):
            yield SUBSTITUTE.at(place, name=one.substitute.name if one.substitute else "", of=one.of)
        if one.guest and (key := people.key(one.guest.name)):
            if key in members:
                yield GUEST.at(place, name=one.guest.name)
            elif key in guests and not one.came:
                yield GUEST_TWICE.at(place, name=one.guest.name)
            guests.add(key)


def _unwritten(meeting: Meeting, held: Held) -> Iterator[Found]:
    """Members about whom nothing is written; where nearly none are, the list is not finished."""
    written = {people.key(one.of) for one in held.attendance}
    lacking = [one.person.name for one in meeting.composition if people.key(one.person.name) not in written]
    if len(lacking) * 2 < len(meeting.composition):
        for name in lacking:
            yield UNWRITTEN.at(Place(MINUTES, "held.attendance"), name=name)


def _within(one: Attendance, held: Held) -> bool:
    ended = "" if held.began and held.ended <= held.began else held.ended  # which is told by itself
    hours = [hour for hour in (held.began, one.came, one.left, ended) if hour]
    return all(map(is_hour, hours)) and hours == sorted(hours, key=minute)
