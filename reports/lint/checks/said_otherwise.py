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
ADOPTS = error(
    "number.adopts_another",
    "45",
    Sentence(
        "เขียนว่ารับรองรายงานการประชุมครั้งที่ {written} แต่การประชุมครั้งก่อนที่ระบุไว้คือ {previous}",
        "adopts the minutes of {written}, but the previous meeting is {previous}",
    ),
    Sentence("ให้แก้ข้อความหรือครั้งที่ของการประชุมครั้งก่อน", "mend the text or the number of the previous meeting"),
)
ENTRIES = (NUMBER, ROOM, COMMITTEE, DATED, ADOPTS)
_NUMBER = re.compile(r"ครั้งที่ ?(\d+ ?/ ?(?:25)?\d\d)(?!\d)")
_ITEM = re.compile(r"(agenda\.own|held\.items)\.(\d+)\.")
_ADOPTING = "2"  # the item that adopts minutes
_SUBJECTS = ("letter.subject", "memo.subject")
_THIS = r"(?:เชิญ(?:เข้าร่วม)?ประชุม|ประชุมครั้งนี้(?:เป็น|คือ)?(?:การประชุม)?) ?$"  # before its number
_CALLED = r"(?:กำหนด|เชิญ)(?:การ)?ประชุม[^\d]*$"  # before the number of the meeting that is called
_ON = re.compile(" ?(?:เมื่อ|ใน)? ?(?:วัน)?(?:ที่)? ?")  # between a number and its own day
_ADOPTS = re.compile(r"รับรองรายงานการประชุม[^\d]{0,90}?ครั้งที่ ?(\d+/(?:25)?\d\d)(?!\d)")
_MINUTES_OF = re.compile(r"รายงานการประชุม[^\d]{0,90}?ครั้งที่ ?(\d+/(?:25)?\d\d)(?!\d)")
_OF_ANOTHER = re.compile("เลื่อน|แทน|ครั้งต่อไป|ครั้งก่อน")  # before a number: it is that of another meeting
_BEFORE = 40  # letters
_ROOM = re.compile(r"ห้อง(?:ประชุม)? ?((?!ชั้น)\S*)(?: ชั้น(?:ที่)? ?(\d+))?")
_CUT = range(1, 4)  # letters that a room's name lacks: its last word was not finished
_HALL = re.compile(r"(?:หอประชุม|อาคาร|โรงแรม|ศาลาประชาคม)\S*")
_HELD_AT = re.compile("(?:ณ|สถานที่(?:ประชุม)?) ?:? ?$")
_COMMITTEE = re.compile("คณะ(?:อนุ)?กรรมการ[ก-๙]{8,80}")
_SEVERAL = (
    "และคณะ",
    "กลไก",
    "ฯ",
    "มชช",
)  # an order may appoint more than this committee, or shorten its name
_LEFT_OUT = ("อนุ", "การ")  # or written once too often
_FAR = 90  # letters: the name of a committee is long
_PAST = re.compile("รายงานการประชุม|ผลการประชุม|มติที่ประชุม|ตามที่")
_DATED = 24  # letters between a letter's number and its day


def check(looked: Examined) -> Iterator[Found]:
    """What texts say of this meeting."""
    meeting = looked.meeting
    for text in texts(looked):
        if meeting.day and any(found.day == meeting.day for found in days_in(text.plain)):
            yield from _number(text, meeting)
            yield from _room(text, meeting)
            yield from _another_committee(text, meeting)
        else:
            yield from _called(text, meeting)
            yield from _room_misspelt(text, meeting)
        yield from _adopted(text, meeting)
        yield from _committee(text, meeting)
        yield from _dated(text, meeting)


def _number(text: Typed, meeting: Meeting) -> Iterator[Found]:
    for found in _NUMBER.finditer(text.plain):
        of_another = _OF_ANOTHER.search(text.plain, max(0, found.start() - _BEFORE), found.start())
        called = re.search(_CALLED, text.plain[max(0, found.start() - _FAR) : found.start()])
        right = (meeting.number,) if called or _on_its_day(text, found, meeting) else _both(meeting)
        if _whole(found[1]) not in right and not of_another:
            yield NUMBER.at(text.place, written=found[1], number=meeting.number)


def _both(meeting: Meeting) -> tuple[str, ...]:
    return meeting.number, meeting.previous


def _on_its_day(text: Typed, number: re.Match[str], meeting: Meeting) -> bool:
    """Whether the meeting's day stands right behind the number: ครั้งที่ 2/2568 เมื่อวันที่ …"""
    days = days_in(text.plain[number.end() :])
    day = next(days, None)
    behind = text.plain[number.end() :][: day.begins] if day else ""
    return day is not None and day.day == meeting.day and _ON.fullmatch(behind) is not None


def _called(text: Typed, meeting: Meeting) -> Iterator[Found]:
    """Where no day tells which meeting is meant: a subject, ขอเชิญประชุม, the name of its own committee."""
    names = "|".join(
        (_THIS, *(rf"{re.escape(name)} ?$" for name in filter(None, [plain(meeting.committee)])))
    )
    for found in _NUMBER.finditer(text.plain):
        before = text.plain[max(0, found.start() - _FAR) : found.start()]
        subject = text.place.field in _SUBJECTS
        of_another = _OF_ANOTHER.search(before) or _PAST.search(before)
        right = (meeting.number,) if subject else _both(meeting)
        if (subject or re.search(names, before)) and not of_another and _whole(found[1]) not in right:
            yield NUMBER.at(text.place, written=found[1], number=meeting.number)


def _adopted(text: Typed, meeting: Meeting) -> Iterator[Found]:
    """The minutes that are adopted are those of the previous meeting."""
    adopts = _item_of(text, meeting) == _ADOPTING
    for found in (_MINUTES_OF if adopts else _ADOPTS).finditer(text.plain):
        if _whole(found[1]) != meeting.previous:
            right = meeting.previous or "-"
            yield ADOPTS.at(text.place, written=found[1], previous=right)


def _item_of(text: Typed, meeting: Meeting) -> str:
    """The number of the item of the agenda, or of the minutes, that the text is of; "" = of none."""
    if found := _ITEM.match(text.place.field):
        minuted = meeting.held.items if meeting.held else ()
        return (meeting.agenda.own if found[1] == "agenda.own" else minuted)[int(found[2]) - 1].number
    return ""


def _whole(number: str) -> str:
    """1/68 as 1/2568."""
    turn, _, year = number.replace(" ", "").partition("/")
    return f"{turn}/{year if len(year) > 2 else f'25{year}'}"


def _room(text: Typed, meeting: Meeting) -> Iterator[Found]:
    """A text may shorten the place; the room and the floor that it names must be the meeting's."""
    own = _ROOM.search(plain(meeting.place))
    if own is None:
        return
    for found in _ROOM.finditer(text.figures):
        if _HELD_AT.search(text.figures[: found.start()]) and not _one_room(own, found):
            yield ROOM.at(text.place, written=found[0], place=meeting.place)
    for found in _HALL.finditer("" if _ROOM.search(text.plain) else text.plain):
        if _HELD_AT.search(text.plain[: found.start()]) and found[0] not in plain(meeting.place):
            yield ROOM.at(text.place, written=found[0], place=meeting.place)


def _room_misspelt(text: Typed, meeting: Meeting) -> Iterator[Found]:
    """A text without the day may be of another meeting; a name that is nearly the room's is a slip."""
    own = _ROOM.search(plain(meeting.place))
    for found in _ROOM.finditer(text.plain):
        if own is None:
            return
        name, right = people.bare(found[1]), people.bare(own[1])
        elsewhere = name == right and text.calls_the_meeting and _floors_differ(own, found)
        if elsewhere or people.alike(name, right):
            yield ROOM.at(text.place, written=found[0], place=meeting.place)


def _one_room(own: re.Match[str], said: re.Match[str]) -> bool:
    """Whether two names of a room may be one; words may go on right behind it, without a space."""
    names = people.bare(own[1]), people.bare(said[1])
    shortened = names[0].startswith(names[1]) and len(names[0]) - len(names[1]) not in _CUT
    return not _floors_differ(own, said) and (shortened or names[1].startswith(names[0]))


def _floors_differ(own: re.Match[str], said: re.Match[str]) -> bool:
    return bool(own[2] and said[2]) and own[2] != said[2]


def _committee(text: Typed, meeting: Meeting) -> Iterator[Found]:
    """Another committee has another name; one that is nearly this one's is a mistake."""
    name = plain(meeting.committee)
    if not name:
        return
    appointed = text.place.field == "appointment.subject" and "แต่งตั้งคณะ" in text.plain
    other = (
        appointed
        and "มาตรฐาน" in text.plain
        and not any(one in text.plain for one in (of_no_place(name), *_SEVERAL))
    )
    for rest in _COMMITTEE.findall(text.plain):
        if other:
            yield COMMITTEE.at(text.place, written=text.plain, committee=meeting.committee)
        elif not rest.startswith(name) and (said := nearly(rest, name, near)):
            yield COMMITTEE.at(text.place, written=said, committee=meeting.committee)


def of_no_place(committee: str) -> str:
    """Its name without the province or district, which papers may write once or twice."""
    return re.split("จังหวัด|อำเภอ", committee)[0]


def _another_committee(text: Typed, meeting: Meeting) -> Iterator[Found]:
    """Beside this meeting's day and number stands the name of its own committee, if it is written out."""
    name = plain(meeting.committee)
    for found in re.finditer(
        rf"ประชุม({_COMMITTEE.pattern}[^\d]*?) ?ครั้งที่ ?{meeting.number}(?!\d)", text.plain
    ):
        short = "ฯ" in found[1] or "มาตรฐาน" not in found[1]
        if name and not short and of_no_place(name) not in found[1] and not nearly(found[1], name, near):
            yield COMMITTEE.at(text.place, written=found[1], committee=meeting.committee)


def near(written: str, name: str) -> bool:
    return people.alike(written, name) or any(
        written.replace(part, "") == name.replace(part, "") for part in _LEFT_OUT
    )


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
