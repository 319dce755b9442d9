"""What must hold for a meeting to be kept at all, whoever set it up and by which door. Pure.

What should hold before papers are signed is another matter: `reports/lint`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mochocho.words import days, people, thai
from processing import codec
from processing.meetings.meeting import (
    Attendance,
    Level,
    Meeting,
    Member,
    Pause,
    Person,
    Role,
    Schedule,
    Signed,
)
from processing.meetings.passages import Passage, Written, wrong_field

NUMBER = re.compile("([1-9][0-9]{0,3})/(25[0-9]{2})")
HOUR = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")
ITEM = re.compile(r"[1-9](\.[1-9][0-9]?){0,3}")
OWN_ITEM = re.compile(r"[1-9](\.[1-9][0-9]?)?")
URGENCIES = ("", "ด่วน", "ด่วนมาก", "ด่วนที่สุด")
ANNEXES = (1, 2, 3)
ITEMS = (5, 6)
MOST_MINUTES = 240
LONGEST = 5000  # letters of one text
_SHORTEST_PERSON = 3  # letters


@dataclass(frozen=True, slots=True)
class WrongPart:
    """One thing to put right. `field`: of the meeting ("letter.day") or of one row of a list.

    `part`: the list, as `files.file_words.Table` calls it, "" = none; `row`: its place there from 0.
    """

    field: str
    said: str
    part: str = ""
    row: int = 0


def wrong(meeting: Meeting, fiscal_year_be: int, districts: Mapping[str, str]) -> Iterator[WrongPart]:
    """Each part that is to be put right, and in Thai what to do. `districts`: code -> name."""
    if any(len(text) > LONGEST for text in _every_text(codec.dump(meeting))):
        yield WrongPart("", f"มีข้อความยาวเกิน {LONGEST} ตัวอักษร ให้แบ่งเป็นหลายย่อหน้า")
    yield from _which(meeting, fiscal_year_be, districts)
    yield from _hours(meeting)
    yield from _members(meeting)
    yield from _letter(meeting)
    yield from _schedule(meeting.schedule, districts)
    yield from _pauses(meeting)
    yield from _agenda(meeting)
    yield from _texts_of_letters(meeting)
    yield from _annexes(meeting)
    yield from _signed(meeting)
    yield from _replies(meeting)
    if meeting.held:
        yield from _attendance(meeting, meeting.held.attendance)
        yield from _minuted(meeting)


def _every_text(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _every_text(list(value.values()))
    elif isinstance(value, list):
        for one in value:
            yield from _every_text(one)


def _which(meeting: Meeting, year: int, districts: Mapping[str, str]) -> Iterator[WrongPart]:
    if said := _number(meeting.number, year):
        yield WrongPart("number", said)
    if meeting.level is Level.DISTRICT and meeting.district not in districts:
        yield WrongPart("district", "ต้องระบุอำเภอของจังหวัดนี้ เมื่อเป็นการประชุมระดับอำเภอ")
    if meeting.level is Level.PROVINCE and meeting.district:
        yield WrongPart("district", "การประชุมระดับจังหวัดไม่มีอำเภอ ให้เว้นว่าง หรือเปลี่ยนระดับเป็นอำเภอ")
    if meeting.day and (said := days.far_from_cycle(meeting.day, year)):
        yield WrongPart("day", said)
    if meeting.previous and (said := _previous(meeting)):
        yield WrongPart("previous", said)
    yield from _again(meeting)
    members = len(meeting.composition)
    if meeting.quorum is not None and not 1 <= meeting.quorum <= max(members, 1):
        said = f"องค์ประชุม {meeting.quorum} คน แต่มีกรรมการ {members} คน ให้ตรวจจำนวน"
        yield WrongPart("quorum", said)


def _number(number: str, year: int) -> str:
    parts = NUMBER.fullmatch(number)
    if parts is None:
        return "ครั้งที่ของการประชุมต้องเขียนแบบ 1/2568 (ปี พ.ศ. สี่หลัก)"
    if abs(int(parts[2]) - year) > 1:
        return f"ปีของครั้งที่ {number} ห่างจากปีงบประมาณ {year} เกินหนึ่งปี ให้ตรวจปี พ.ศ."
    return ""


def _previous(meeting: Meeting) -> str:
    if not NUMBER.fullmatch(meeting.previous):
        return "ครั้งที่ของการประชุมครั้งก่อนต้องเขียนแบบ 1/2568 หรือเว้นว่างเมื่อไม่มี"
    if NUMBER.fullmatch(meeting.number) and _turn(meeting.previous) >= _turn(meeting.number):
        return f"ครั้งก่อนคือ {meeting.previous} ซึ่งไม่อยู่ก่อนครั้งที่ {meeting.number} ให้ตรวจครั้งที่"
    return ""


def _again(meeting: Meeting) -> Iterator[WrongPart]:
    again = meeting.again
    if again.number and not NUMBER.fullmatch(again.number):
        yield WrongPart("again.number", "ครั้งที่ของการประชุมที่นัดแทนต้องเขียนแบบ 1/2568 หรือเว้นว่างเมื่อไม่ได้นัดแทน")
    if again.day and not again.number:
        yield WrongPart("again.number", "มีวันของการประชุมที่ไม่ครบองค์ประชุม ให้ใส่ครั้งที่ด้วย")
    if again.number and not again.day:
        yield WrongPart("again.day", "ให้ใส่วันที่ของการประชุมที่ไม่ครบองค์ประชุม ซึ่งนับสิบสี่วันจากวันนั้น")
    if meeting.days_again is not None and meeting.days_again < 1:
        yield WrongPart("again.day", "วันที่ของการประชุมที่ไม่ครบองค์ประชุมไม่อยู่ก่อนวันประชุม ให้ตรวจวันที่")


def _turn(number: str) -> tuple[int, int]:
    which, _, year = number.partition("/")
    return int(year), int(which)


def _hours(meeting: Meeting) -> Iterator[WrongPart]:
    held = meeting.held
    named = {
        "starts": meeting.starts,
        "ends": meeting.ends,
        "schedule.begins": meeting.schedule.begins,
        "held.began": held.began if held else "",
        "held.ended": held.ended if held else "",
    }
    for field, hour in named.items():
        if hour and not HOUR.fullmatch(hour):
            yield WrongPart(field, _HOUR_LIKE)
    for first, last in (("starts", "ends"), ("held.began", "held.ended")):
        if HOUR.fullmatch(named[first]) and HOUR.fullmatch(named[last]) and named[last] <= named[first]:
            yield WrongPart(last, "เวลาเลิกไม่อยู่หลังเวลาเริ่ม ให้ตรวจเวลา")
    if HOUR.fullmatch(begins := meeting.schedule.begins) and not _within(meeting, begins):
        yield WrongPart("schedule.begins", "เวลาเริ่มนำเสนออยู่นอกเวลาประชุม ให้ตรวจเวลา")


_HOUR_LIKE = "เวลาต้องเขียนแบบ 09:00 หรือ 13.30"


def _within(meeting: Meeting, hour: str) -> bool:
    return (not meeting.starts or meeting.starts <= hour) and (not meeting.ends or hour <= meeting.ends)


def _members(meeting: Meeting) -> Iterator[WrongPart]:
    for row, member in enumerate(meeting.members):
        yield from _person("members", row, "person", member.person)
        if member.substitute and (member.substitute.name or not member.substitute.position):
            yield from _person("members", row, "substitute", member.substitute)
        if member.since and member.until and member.until < member.since:
            yield WrongPart("until", "วันสุดท้ายอยู่ก่อนวันแรกที่เป็นกรรมการ ให้ตรวจวันที่", "members", row)
        name = member.person.name
        if people.key(name) and any(_twice(member, other) for other in meeting.members[:row]):
            yield WrongPart("person.name", f"“{name}” มีชื่ออยู่แล้ว ให้เหลือครั้งเดียว", "members", row)
    yield from _chairs(meeting)


def _twice(one: Member, other: Member) -> bool:
    return people.key(one.person.name) == people.key(other.person.name) and _at_once(one, other)


def _at_once(one: Member, other: Member) -> bool:
    """Whether there is a day on which both are members."""
    first = max(one.since or date.min, other.since or date.min)
    return first <= min(one.until or date.max, other.until or date.max)


def _chairs(meeting: Meeting) -> Iterator[WrongPart]:
    chairs = [(row, one) for row, one in enumerate(meeting.members) if one.role is Role.CHAIR]
    if meeting.members and not chairs:
        yield WrongPart("role", "ยังไม่มีประธานกรรมการ ให้ระบุหนึ่งคน", "members", 0)
    elif chairs and not any(one.on(meeting.day) for _, one in chairs):
        said = "ไม่มีประธานกรรมการในวันประชุม ให้ตรวจวันที่ที่เป็นกรรมการ หรือเพิ่มประธานกรรมการคนใหม่"
        yield WrongPart("until", said, "members", chairs[-1][0])
    for place, (row, one) in enumerate(chairs):
        if any(_at_once(one, other) for _, other in chairs[:place]):
            said = "มีประธานกรรมการเกินหนึ่งคนในวันเดียวกัน ให้เหลือคนเดียว หรือใส่วันที่ที่เป็นกรรมการของแต่ละคน"
            yield WrongPart("role", said, "members", row)


def _person(part: str, row: int, field: str, person: Person | None) -> Iterator[WrongPart]:
    if person and sum(map(str.isalpha, thai.normalise(person.name))) < _SHORTEST_PERSON:
        yield WrongPart(f"{field}.name", "ต้องเขียนชื่อและนามสกุล", part, row)


def _letter(meeting: Meeting) -> Iterator[WrongPart]:
    letter = meeting.letter
    for field, one in (("letter", letter), ("circular", meeting.circular), ("memo", meeting.memo)):
        if one.urgency not in URGENCIES:
            said = f"ชั้นความเร็วต้องเป็น {' '.join(URGENCIES[1:-1])} หรือ {URGENCIES[-1]} หรือเว้นว่าง"
            yield WrongPart(f"{field}.urgency", said)
    if letter.day and meeting.day and letter.day > meeting.day:
        yield WrongPart("letter.day", "หนังสือเชิญลงวันที่หลังวันประชุม ให้ตรวจวันที่")


def _schedule(schedule: Schedule, districts: Mapping[str, str]) -> Iterator[WrongPart]:
    for field, minutes, least in (("minutes", schedule.minutes, 1), ("questions", schedule.questions, 0)):
        if not least <= minutes <= MOST_MINUTES:
            yield WrongPart(f"schedule.{field}", f"จำนวนนาทีต้องอยู่ระหว่าง {least} ถึง {MOST_MINUTES}")
    seen, known = set[str](), set(districts.values())
    for row, written in enumerate(schedule.order):
        name = thai.normalise(written).removeprefix("อำเภอ").strip()
        if name not in known:
            yield WrongPart("", f"จังหวัดนี้ไม่มีอำเภอ “{written}” ให้ตรวจชื่อ", "order", row)
        elif name in seen:
            yield WrongPart("", f"ระบุอำเภอ “{name}” ซ้ำ ให้เหลือครั้งเดียว", "order", row)
        seen.add(name)


def _pauses(meeting: Meeting) -> Iterator[WrongPart]:
    pauses = meeting.schedule.pauses
    for row, pause in enumerate(pauses):
        if not HOUR.fullmatch(pause.starts) or not HOUR.fullmatch(pause.ends):
            yield WrongPart("starts", _HOUR_LIKE, "pauses", row)
        elif not pause.title:
            yield WrongPart("title", "ต้องมีชื่อช่วงพัก", "pauses", row)
        elif pause.ends <= pause.starts:
            yield WrongPart("ends", "ช่วงพักสิ้นสุดไม่อยู่หลังเวลาเริ่มพัก ให้ตรวจเวลา", "pauses", row)
        elif not _within(meeting, pause.starts) or not _within(meeting, pause.ends):
            yield WrongPart("starts", "ช่วงพักอยู่นอกเวลาประชุม ให้ตรวจเวลา", "pauses", row)
        elif any(_overlap(pause, other) for other in pauses[:row]):
            yield WrongPart("starts", "ช่วงพักนี้ทับกับช่วงพักก่อนหน้า ให้ตรวจเวลา", "pauses", row)


def _overlap(one: Pause, other: Pause) -> bool:
    return one.starts < other.ends and other.starts < one.ends


def _agenda(meeting: Meeting) -> Iterator[WrongPart]:
    agenda = meeting.agenda
    if agenda.items_count not in ITEMS:
        yield WrongPart("agenda.items_count", "ระเบียบวาระมี 5 หรือ 6 วาระ")
    yield from _items("own", [one.number for one in agenda.own], agenda.items_count, OWN_ITEM)
    for row, item in enumerate(agenda.own):
        if not item.title and not item.paragraphs:
            yield WrongPart("title", "ต้องมีหัวข้อหรือข้อความ", "own", row)


def _items(
    part: str, numbers: Sequence[str], count: int, like: re.Pattern[str] = ITEM
) -> Iterator[WrongPart]:
    seen = set[str]()
    for row, number in enumerate(numbers):
        if not like.fullmatch(number) or int(number[0]) > count:
            yield WrongPart("number", f"ข้อต้องเขียนแบบ 3 หรือ 3.1 และไม่เกินวาระที่ {count}", part, row)
        elif number in seen:
            yield WrongPart("number", f"ข้อ {number} ซ้ำ ให้เหลือครั้งเดียว", part, row)
        seen.add(number)


def _texts_of_letters(meeting: Meeting) -> Iterator[WrongPart]:
    """What a text names to be filled in must be known."""
    seen = set[Passage]()
    for row, one in enumerate(meeting.texts):
        if one.passage in seen:
            yield WrongPart("passage", "มีข้อความของส่วนนี้แล้ว ให้เหลือแถวเดียว", "texts", row)
        if said := wrong_field(one.paragraphs, one.passage.paper):
            yield WrongPart("paragraphs", said, "texts", row)
        seen.add(one.passage)
    for row, item in enumerate(meeting.agenda.own):
        for field, texts in (("title", (item.title,)), ("paragraphs", item.paragraphs)):
            if said := wrong_field(texts, None):
                yield WrongPart(field, said, "own", row)
    whole = {
        "letter": (meeting.letter, Written.INVITATION),
        "circular": (meeting.circular, Written.CIRCULAR),
        "memo": (meeting.memo, Written.MEMO),
    }
    for field, (letter, paper) in whole.items():
        if said := wrong_field(letter.paragraphs, paper):
            yield WrongPart(f"{field}.paragraphs", said)
    if said := wrong_field(meeting.appointment.grounds, Written.ORDER):
        yield WrongPart("appointment.grounds", said)


def _annexes(meeting: Meeting) -> Iterator[WrongPart]:
    seen = set[int]()
    for row, annex in enumerate(meeting.annexes):
        if annex.number not in ANNEXES:
            yield WrongPart("number", "เอกสารแนบของสำนักงานเป็นแนบ 1 ถึง 3 (แนบ 4 คือบัญชีรายชื่อ)", "annexes", row)
        elif annex.number in seen:
            yield WrongPart("number", f"มีเอกสารแนบ {annex.number} แล้ว ให้เหลือครั้งเดียว", "annexes", row)
        if not annex.title:
            yield WrongPart("title", "ต้องมีชื่อเอกสารแนบ", "annexes", row)
        if annex.pages < 1 or not re.fullmatch("[0-9a-f]{64}", annex.sha256):
            said = "แนบไฟล์ด้วยคำสั่ง `mochocho meeting annex` เท่านั้น อย่าพิมพ์รหัสไฟล์เอง"
            yield WrongPart("sha256", said, "annexes", row)
        seen.add(annex.number)


def _signed(meeting: Meeting) -> Iterator[WrongPart]:
    seen = set[Signed]()
    for row, one in enumerate(meeting.signed):
        if one.paper in seen:
            yield WrongPart("paper", "มีฉบับลงนามของเอกสารนี้แล้ว ให้เหลือแถวเดียว", "signed", row)
        if one.pages < 1 or not re.fullmatch("[0-9a-f]{64}", one.sha256):
            said = "แนบไฟล์ด้วยคำสั่ง `mochocho meeting signed` เท่านั้น อย่าพิมพ์รหัสไฟล์เอง"
            yield WrongPart("sha256", said, "signed", row)
        seen.add(one.paper)


def _replies(meeting: Meeting) -> Iterator[WrongPart]:
    seen, sent = set[str](), meeting.letter.day
    for row, reply in enumerate(meeting.replies):
        if not reply.office:
            yield WrongPart("office", "ต้องระบุหน่วยงานที่ตอบ", "replies", row)
        elif reply.office in seen:
            yield WrongPart("office", f"“{reply.office}” มีแล้ว ให้เหลือแถวเดียว", "replies", row)
        if sent and reply.came_on and reply.came_on < sent:
            yield WrongPart("came_on", "ตอบก่อนวันที่ของหนังสือเชิญ ให้ตรวจวันที่", "replies", row)
        yield from _person("replies", row, "person", reply.person)
        yield from _person("replies", row, "substitute", reply.substitute)
        seen.add(reply.office)


def _attendance(meeting: Meeting, attendance: Sequence[Attendance]) -> Iterator[WrongPart]:
    last, known = dict[str, Attendance](), {people.key(one.person.name) for one in meeting.members}
    for row, one in enumerate(attendance):
        key = people.key(one.of)
        if key and known and key not in known:
            yield WrongPart(
                "of", f"“{one.of}” ไม่อยู่ในรายชื่อกรรมการ ถ้าเป็นผู้เข้าร่วมให้ใส่ในช่องผู้เข้าร่วม", "attendance", row
            )
        elif key and key in last:
            yield from _came_back(row, last[key], one)
        elif not key and one.guest is None:
            yield WrongPart("of", "ต้องระบุชื่อกรรมการ หรือชื่อผู้เข้าร่วม", "attendance", row)
        last[key] = one
        yield from _person("attendance", row, "substitute", one.substitute)
        yield from _person("attendance", row, "guest", one.guest)
        yield from _came(row, one)


def _came_back(row: int, before: Attendance, one: Attendance) -> Iterator[WrongPart]:
    """A second row of a member is another stay, after the one before."""
    if not (before.there and one.there and before.left and one.came):
        again = "ถ้าออกไปแล้วกลับเข้าประชุม ให้ใส่เวลากลับในแถวก่อนหน้า และเวลามาในแถวนี้"
        yield WrongPart("of", f"“{one.of}” มีแล้ว ให้เหลือแถวเดียว {again}", "attendance", row)
    elif one.came < before.left:
        yield WrongPart("came", "มาอีกครั้งก่อนเวลากลับในแถวก่อนหน้า ให้ตรวจเวลา", "attendance", row)


def _came(row: int, one: Attendance) -> Iterator[WrongPart]:
    hours = {"came": one.came, "left": one.left}
    yield from (
        WrongPart(field, _HOUR_LIKE, "attendance", row)
        for field, hour in hours.items()
        if hour and not HOUR.fullmatch(hour)
    )
    if one.came and one.left and one.left <= one.came:
        yield WrongPart("left", "เวลากลับไม่อยู่หลังเวลามา ให้ตรวจเวลา", "attendance", row)
    if one.present and one.absent:
        yield WrongPart("absent", "มีเหตุที่ไม่มา แต่ระบุว่ามาประชุม ให้ตรวจ", "attendance", row)


def _minuted(meeting: Meeting) -> Iterator[WrongPart]:
    held = meeting.held
    items = held.items if held else ()
    yield from _items("items", [one.number for one in items], meeting.agenda.items_count)
    for row, item in enumerate(items):
        if item.resolved_at and not HOUR.fullmatch(item.resolved_at):
            yield WrongPart("resolved_at", _HOUR_LIKE, "items", row)
        votes = item.votes
        if votes and min(votes.in_favour, votes.against, votes.abstained) < 0:
            yield WrongPart("votes.in_favour", "คะแนนเสียงต้องเป็นจำนวนเต็มที่ไม่ติดลบ", "items", row)
    for field, person in (("written_by", held and held.written_by), ("checked_by", held and held.checked_by)):
        yield from _person("", 0, f"held.{field}", person or None)
