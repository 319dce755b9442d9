"""Texts that name this meeting's number, place, committee or letters otherwise (rules.md 44, 45). Pure."""

import re
from collections.abc import Iterator
from datetime import date

from mochocho.words import people
from mochocho.words.sentences import Sentence
from processing.meetings.meeting import Meeting
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, error, warning
from reports.lint.printed_texts import Typed, nearly, plain, texts
from reports.lint.typed_days import days_in, in_words

NUMBER = warning(  # another committee's meeting may be named beside this day
    "number.text_differs",
    "44",
    Sentence(
        "เขียนการประชุมของวันนี้เป็นครั้งที่ {written} แต่การประชุมนี้คือครั้งที่ {number}",
        "calls the meeting of this day {written}, but it is meeting {number}",
    ),
    Sentence("ให้แก้ข้อความหรือครั้งที่ให้ตรงกัน", "mend the text or the number"),
)
ROOM = error(
    "place.differs",
    "44",
    Sentence(
        "เขียนสถานที่ประชุม “{written}” แต่การประชุมกำหนดไว้ “{place}”",
        "says “{written}”, but the meeting is at “{place}”",
    ),
    Sentence("ให้แก้ข้อความหรือสถานที่ประชุมให้ตรงกันทุกฉบับ", "mend the text or the meeting's place"),
)
COMMITTEE = error(
    "committee.name_differs",
    "44",
    Sentence(
        "เขียน “{written}” แต่ชื่อคณะกรรมการคือ “{committee}”",
        "says “{written}”, but the committee is “{committee}”",
    ),
    Sentence("ให้สะกดให้ตรงกับคำสั่งแต่งตั้งทุกฉบับ", "spell it as the appointing order does, in every paper"),
)
DATED = error(
    "date.of_letter_differs",
    "45",
    Sentence(
        "เขียน {number} ลงวันที่ {written} แต่ที่บันทึกไว้ลงวันที่ {day}", "dates {number} {written}, but it is of {day}"
    ),
    Sentence("ให้แก้ข้อความหรือวันที่ที่บันทึกไว้", "mend the text or the day that is set"),
)
ENTRIES = (NUMBER, ROOM, COMMITTEE, DATED)
_NUMBER = re.compile(r"ครั้งที่ ?(\d+/25\d\d)")
_OF_ANOTHER = re.compile("เลื่อน|แทน|ครั้งต่อไป|ครั้งก่อน")  # before a number: it is that of another meeting
_BEFORE = 40  # letters
_ROOM = re.compile(r"ห้อง(?:ประชุม)?(\S*)(?: ชั้น ?(\d+))?")
_HELD_AT = re.compile("ณ ?$")
_COMMITTEE = re.compile("คณะ(?:อนุ)?กรรมการ[ก-๙]{8,80}")
_SUB = "อนุ"
_DATED = 24  # letters between a letter's number and its day


def check(looked: Examined) -> Iterator[Found]:
    """What texts say of this meeting."""
    meeting = looked.meeting
    for text in texts(looked):
        if meeting.day and any(found.day == meeting.day for found in days_in(text.plain)):
            yield from _number(text, meeting)
            yield from _room(text, meeting)
        yield from _committee(text, meeting)
        yield from _dated(text, meeting)


def _number(text: Typed, meeting: Meeting) -> Iterator[Found]:
    for found in _NUMBER.finditer(text.plain):
        of_another = _OF_ANOTHER.search(text.plain, max(0, found.start() - _BEFORE), found.start())
        if found[1] not in (meeting.number, meeting.previous) and not of_another:
            yield NUMBER.at(text.place, written=found[1], number=meeting.number)


def _room(text: Typed, meeting: Meeting) -> Iterator[Found]:
    """A text may shorten the place; the room and the floor that it names must be the meeting's."""
    own = _ROOM.search(plain(meeting.place))
    if own is None:
        return
    for found in _ROOM.finditer(text.plain):
        if _HELD_AT.search(text.plain[: found.start()]) and not _one_room(own, found):
            yield ROOM.at(text.place, written=found[0], place=meeting.place)


def _one_room(own: re.Match[str], said: re.Match[str]) -> bool:
    """Whether two names of a room may be one; words may go on right behind it, without a space."""
    names, floors = (people.bare(own[1]), people.bare(said[1])), (own[2], said[2])
    return (not all(floors) or floors[0] == floors[1]) and (
        names[0].startswith(names[1]) or names[1].startswith(names[0])
    )


def _committee(text: Typed, meeting: Meeting) -> Iterator[Found]:
    """Another committee has another name; one that is nearly this one's is a mistake."""
    name = plain(meeting.committee)
    if not name:
        return
    for rest in _COMMITTEE.findall(text.plain):
        if not rest.startswith(name) and (said := nearly(rest, name, _near)):
            yield COMMITTEE.at(text.place, written=said, committee=meeting.committee)


def _near(written: str, name: str) -> bool:
    return people.alike(written, name) or written.replace(_SUB, "", 1) == name.replace(_SUB, "", 1)


def _dated(text: Typed, meeting: Meeting) -> Iterator[Found]:
    for number, day in _letters(meeting):
        at = text.plain.find(number)
        behind = text.plain[at + len(number) :]
        if at < 0 or behind[:1].isdigit() or not behind.lstrip().startswith("ลงวันที่"):
            continue
        said = next(days_in(behind), None)
        if said and said.begins <= _DATED and said.day != day:
            yield DATED.at(text.place, number=number, written=said.written, day=in_words(day))


def _letters(meeting: Meeting) -> Iterator[tuple[str, date]]:
    for one in (meeting.appointment, meeting.letter, meeting.circular, meeting.memo):
        if one.number and one.day:
            yield plain(one.number), one.day
