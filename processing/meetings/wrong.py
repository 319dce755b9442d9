"""What must hold for a meeting to be kept at all, whoever set it up and by which door. Pure.

What should hold before papers are signed is another matter: `reports/lint`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mochocho.words import days, people, thai
from mochocho.words.sentences import Sentence
from processing import codec
from processing.meetings import wrong_words
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
from processing.meetings.meeting_number import NUMBER, turn, wrong_number
from processing.meetings.passages import Passage, Written, wrong_field

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
    said: Sentence
    part: str = ""
    row: int = 0


def wrong(meeting: Meeting, fiscal_year_be: int, districts: Mapping[str, str]) -> Iterator[WrongPart]:
    """Each part that is to be put right, and what to do. `districts`: code -> name."""
    if any(len(text) > LONGEST for text in _every_text(codec.dump(meeting))):
        yield WrongPart("", wrong_words.too_long(LONGEST))
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
    if said := wrong_number(meeting.number, year):
        yield WrongPart("number", said)
    if meeting.level is Level.DISTRICT and meeting.district not in districts:
        yield WrongPart("district", wrong_words.NEEDS_DISTRICT)
    if meeting.level is Level.PROVINCE and meeting.district:
        yield WrongPart("district", wrong_words.HAS_NO_DISTRICT)
    if meeting.day and (said := days.far_from_cycle(meeting.day, year)):
        yield WrongPart("day", said)
    if meeting.previous and (said := _previous(meeting)):
        yield WrongPart("previous", said)
    yield from _again(meeting)
    members = len(meeting.composition)
    if meeting.quorum is not None and not 1 <= meeting.quorum <= max(members, 1):
        yield WrongPart("quorum", wrong_words.quorum_of(meeting.quorum, members))


def _previous(meeting: Meeting) -> Sentence | None:
    if not NUMBER.fullmatch(meeting.previous):
        return wrong_words.PREVIOUS_LIKE
    if NUMBER.fullmatch(meeting.number) and turn(meeting.previous) >= turn(meeting.number):
        return wrong_words.not_previous(meeting.previous, meeting.number)
    return None


def _again(meeting: Meeting) -> Iterator[WrongPart]:
    again = meeting.again
    if again.number and not NUMBER.fullmatch(again.number):
        yield WrongPart("again.number", wrong_words.AGAIN_LIKE)
    if again.day and not again.number:
        yield WrongPart("again.number", wrong_words.AGAIN_NEEDS_NUMBER)
    if again.number and not again.day:
        yield WrongPart("again.day", wrong_words.AGAIN_NEEDS_DAY)
    if meeting.days_again is not None and meeting.days_again < 1:
        yield WrongPart("again.day", wrong_words.AGAIN_NOT_BEFORE)


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
            yield WrongPart(field, wrong_words.HOUR_LIKE)
    for first, last in (("starts", "ends"), ("held.began", "held.ended")):
        if HOUR.fullmatch(named[first]) and HOUR.fullmatch(named[last]) and named[last] <= named[first]:
            yield WrongPart(last, wrong_words.ENDS_TOO_EARLY)
    if HOUR.fullmatch(begins := meeting.schedule.begins) and not _within(meeting, begins):
        yield WrongPart("schedule.begins", wrong_words.BEGINS_OUTSIDE)


def _within(meeting: Meeting, hour: str) -> bool:
    return (not meeting.starts or meeting.starts <= hour) and (not meeting.ends or hour <= meeting.ends)


def _members(meeting: Meeting) -> Iterator[WrongPart]:
    for row, member in enumerate(meeting.members):
        yield from _person("members", row, "person", member.person)
        if member.substitute and (member.substitute.name or not member.substitute.position):
            yield from _person("members", row, "substitute", member.substitute)
        if member.since and member.until and member.until < member.since:
            yield WrongPart("until", wrong_words.UNTIL_BEFORE_SINCE, "members", row)
        name = member.person.name
        if people.key(name) and any(_twice(member, other) for other in meeting.members[:row]):
            yield WrongPart("person.name", wrong_words.member_twice(name), "members", row)
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
        yield WrongPart("role", wrong_words.NO_CHAIR, "members", 0)
    elif chairs and not any(one.on(meeting.day) for _, one in chairs):
        yield WrongPart("until", wrong_words.NO_CHAIR_THAT_DAY, "members", chairs[-1][0])
    for place, (row, one) in enumerate(chairs):
        if any(_at_once(one, other) for _, other in chairs[:place]):
            yield WrongPart("role", wrong_words.TWO_CHAIRS, "members", row)


def _person(part: str, row: int, field: str, person: Person | None) -> Iterator[WrongPart]:
    if person and sum(map(str.isalpha, thai.normalise(person.name))) < _SHORTEST_PERSON:
        yield WrongPart(f"{field}.name", wrong_words.NEEDS_FULL_NAME, part, row)


def _letter(meeting: Meeting) -> Iterator[WrongPart]:
    letter = meeting.letter
    for field, one in (("letter", letter), ("circular", meeting.circular), ("memo", meeting.memo)):
        if one.urgency not in URGENCIES:
            yield WrongPart(f"{field}.urgency", wrong_words.urgency_like(URGENCIES[1:]))
    if letter.day and meeting.day and letter.day > meeting.day:
        yield WrongPart("letter.day", wrong_words.INVITED_TOO_LATE)


def _schedule(schedule: Schedule, districts: Mapping[str, str]) -> Iterator[WrongPart]:
    for field, minutes, least in (("minutes", schedule.minutes, 1), ("questions", schedule.questions, 0)):
        if not least <= minutes <= MOST_MINUTES:
            yield WrongPart(f"schedule.{field}", wrong_words.minutes_between(least, MOST_MINUTES))
    seen, known = set[str](), set(districts.values())
    for row, written in enumerate(schedule.order):
        name = thai.normalise(written).removeprefix("อำเภอ").strip()
        if name not in known:
            yield WrongPart("", wrong_words.no_such_district(written), "order", row)
        elif name in seen:
            yield WrongPart("", wrong_words.district_twice(name), "order", row)
        seen.add(name)


def _pauses(meeting: Meeting) -> Iterator[WrongPart]:
    pauses = meeting.schedule.pauses
    for row, pause in enumerate(pauses):
        if not HOUR.fullmatch(pause.starts) or not HOUR.fullmatch(pause.ends):
            yield WrongPart("starts", wrong_words.HOUR_LIKE, "pauses", row)
        elif not pause.title:
            yield WrongPart("title", wrong_words.BREAK_NEEDS_NAME, "pauses", row)
        elif pause.ends <= pause.starts:
            yield WrongPart("ends", wrong_words.BREAK_ENDS_TOO_EARLY, "pauses", row)
        elif not _within(meeting, pause.starts) or not _within(meeting, pause.ends):
            yield WrongPart("starts", wrong_words.BREAK_OUTSIDE, "pauses", row)
        elif any(_overlap(pause, other) for other in pauses[:row]):
            yield WrongPart("starts", wrong_words.BREAKS_OVERLAP, "pauses", row)


def _overlap(one: Pause, other: Pause) -> bool:
    return one.starts < other.ends and other.starts < one.ends


def _agenda(meeting: Meeting) -> Iterator[WrongPart]:
    agenda = meeting.agenda
    if agenda.items_count not in ITEMS:
        yield WrongPart("agenda.items_count", wrong_words.FIVE_OR_SIX_ITEMS)
    yield from _items("own", [one.number for one in agenda.own], agenda.items_count, OWN_ITEM)
    for row, item in enumerate(agenda.own):
        if not item.title and not item.paragraphs:
            yield WrongPart("title", wrong_words.ITEM_IS_EMPTY, "own", row)


def _items(
    part: str, numbers: Sequence[str], count: int, like: re.Pattern[str] = ITEM
) -> Iterator[WrongPart]:
    seen = set[str]()
    for row, number in enumerate(numbers):
        if not like.fullmatch(number) or int(number[0]) > count:
            yield WrongPart("number", wrong_words.item_like(count), part, row)
        elif number in seen:
            yield WrongPart("number", wrong_words.item_twice(number), part, row)
        seen.add(number)


def _texts_of_letters(meeting: Meeting) -> Iterator[WrongPart]:
    """What a text names to be filled in must be known."""
    seen = set[Passage]()
    for row, one in enumerate(meeting.texts):
        if one.passage in seen:
            yield WrongPart("passage", wrong_words.PASSAGE_TWICE, "texts", row)
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
            yield WrongPart("number", wrong_words.ANNEXES_TO_THREE, "annexes", row)
        elif annex.number in seen:
            yield WrongPart("number", wrong_words.annex_twice(annex.number), "annexes", row)
        if not annex.title:
            yield WrongPart("title", wrong_words.ANNEX_NEEDS_TITLE, "annexes", row)
        if annex.pages < 1 or not re.fullmatch("[0-9a-f]{64}", annex.sha256):
            yield WrongPart("sha256", wrong_words.ATTACH_ANNEX, "annexes", row)
        seen.add(annex.number)


def _signed(meeting: Meeting) -> Iterator[WrongPart]:
    seen = set[Signed]()
    for row, one in enumerate(meeting.signed):
        if one.paper in seen:
            yield WrongPart("paper", wrong_words.SIGNED_TWICE, "signed", row)
        if one.pages < 1 or not re.fullmatch("[0-9a-f]{64}", one.sha256):
            yield WrongPart("sha256", wrong_words.ATTACH_SIGNED, "signed", row)
        seen.add(one.paper)


def _replies(meeting: Meeting) -> Iterator[WrongPart]:
    seen, sent = set[str](), meeting.letter.day
    for row, reply in enumerate(meeting.replies):
        if not reply.office:
            yield WrongPart("office", wrong_words.NEEDS_OFFICE, "replies", row)
        elif reply.office in seen:
            yield WrongPart("office", wrong_words.office_twice(reply.office), "replies", row)
        if sent and reply.came_on and reply.came_on < sent:
            yield WrongPart("came_on", wrong_words.REPLY_TOO_EARLY, "replies", row)
        yield from _person("replies", row, "person", reply.person)
        yield from _person("replies", row, "substitute", reply.substitute)
        seen.add(reply.office)


def _attendance(meeting: Meeting, attendance: Sequence[Attendance]) -> Iterator[WrongPart]:
    last, known = dict[str, Attendance](), {people.key(one.person.name) for one in meeting.members}
    for row, one in enumerate(attendance):
        key = people.key(one.of)
        if key and known and key not in known:
            yield WrongPart("of", wrong_words.no_member(one.of), "attendance", row)
        elif key and key in last:
            yield from _came_back(row, last[key], one)
        elif not key and one.guest is None:
            yield WrongPart("of", wrong_words.NEEDS_ATTENDANT, "attendance", row)
        last[key] = one
        yield from _person("attendance", row, "substitute", one.substitute)
        yield from _person("attendance", row, "guest", one.guest)
        yield from _came(row, one)


def _came_back(row: int, before: Attendance, one: Attendance) -> Iterator[WrongPart]:
    """A second row of a member is another stay, after the one before."""
    if not (before.there and one.there and before.left and one.came):
        yield WrongPart("of", wrong_words.attendant_twice(one.of), "attendance", row)
    elif one.came < before.left:
        yield WrongPart("came", wrong_words.BACK_TOO_EARLY, "attendance", row)


def _came(row: int, one: Attendance) -> Iterator[WrongPart]:
    hours = {"came": one.came, "left": one.left}
    yield from (
        WrongPart(field, wrong_words.HOUR_LIKE, "attendance", row)
        for field, hour in hours.items()
        if hour and not HOUR.fullmatch(hour)
    )
    if one.came and one.left and one.left <= one.came:
        yield WrongPart("left", wrong_words.LEFT_TOO_EARLY, "attendance", row)
    if one.present and one.absent:
        yield WrongPart("absent", wrong_words.ABSENT_AND_PRESENT, "attendance", row)


def _minuted(meeting: Meeting) -> Iterator[WrongPart]:
    held = meeting.held
    items = held.items if held else ()
    yield from _items("items", [one.number for one in items], meeting.agenda.items_count)
    for row, item in enumerate(items):
        if item.resolved_at and not HOUR.fullmatch(item.resolved_at):
            yield WrongPart("resolved_at", wrong_words.HOUR_LIKE, "items", row)
        votes = item.votes
        if votes and min(votes.in_favour, votes.against, votes.abstained) < 0:
            yield WrongPart("votes.in_favour", wrong_words.VOTES_LIKE, "items", row)
    for field, person in (("written_by", held and held.written_by), ("checked_by", held and held.checked_by)):
        yield from _person("", 0, f"held.{field}", person or None)
