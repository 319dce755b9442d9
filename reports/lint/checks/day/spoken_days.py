"""Days that letters should not name so: spoken ones, due too early, turned round (rules.md 42, 46). Pure."""

import re
from collections.abc import Iterator

from mochocho.words import thai
from mochocho.words.sentences import Sentence
from processing.meetings.passages import Passage
from reports.lint.checks.dates import REPLY_EARLY
from reports.lint.checks.day.said_days import BACKWARDS, MEETING_DIFFERS
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, warning
from reports.lint.printed_texts import Typed, typed_by_the_office
from reports.lint.typed_days import MONTH_NAMES, days_in, in_words

SPOKEN = warning(
    "date.spoken",
    "42",
    Sentence("“{written}” ไม่บอกว่าวันใด", "“{written}” does not say which day"),
    Sentence("ให้เขียนวัน เดือน ปี", "write day, month and year"),
)
BEFORE_RESOLVED = warning(
    "date.before_resolved",
    "46",
    Sentence(
        "เขียน “{written}” ซึ่งอยู่ก่อนวันประชุม {day} ที่จะพิจารณารับรอง",
        "says “{written}”, before the meeting of {day} that is to certify",
    ),
    Sentence("ให้ตรวจวันที่", "check the day"),
)
OBJECTION = warning(
    "date.objection_differs",
    "Act of B.E. 2539, s. 44",
    Sentence(
        "เขียนกำหนดโต้แย้ง “{written}” แต่กฎหมายกำหนด 15 วัน", "gives “{written}” to object; the law gives 15 days"
    ),
    Sentence("ให้แก้เป็นสิบห้าวัน หรือให้นิติกรตรวจ", "write fifteen days, or have a lawyer check it"),
)
ENTRIES = (SPOKEN, BEFORE_RESOLVED, OBJECTION)
_LETTERS = re.compile(r"(?:letter|circular|memo)\.(?:paragraphs|subject)|texts\.|agenda\.|appointment\.")
_SPOKEN = re.compile(
    rf"(?:เดือน|สัปดาห์|อาทิตย์|วัน(?:{'|'.join(thai.WEEKDAYS)}))หน้า(?!ห้อง|ที่|ศาลา|อาคาร)|พรุ่งนี้|มะรืนนี้|เมื่อวานนี้?"
)
_RESULT = re.compile("(?:มอบ|ออก)(?:หนังสือรับรอง|เกียรติบัตร|ใบประกาศ)|ประกาศ(?:ผล|รายชื่อ)")
_EARLIER = re.compile("ปี ?25|ปีก่อน|ปีที่แล้ว|ที่ผ่านมา|ผู้สมัคร|คณะกรรมการ|อำเภอ|ประเมิน")  # other years and lists
_RANGE = re.compile(rf"(?:วันที่|ระหว่าง) ?(\d{{1,2}}) ?[-–] ?(\d{{1,2}}) ?(?:{MONTH_NAMES})")
_PAST = re.compile("ตามที่|ได้|แล้ว|เมื่อ")  # what was due, not what is asked for
_DUE = re.compile("ภายใน(?:วันที่)? ?(?:วัน[ก-๙]{3,9}ที่ ?)?$")
_OBJECTED = re.compile(r"(?<!ฟ้อง)ภายใน ?(\d+) ?(วัน|เดือน|ปี)")
_IN_WORDS = re.compile("สิบห้า(?= ?วัน)")
_COURT = re.compile("ศาล|ฟ้อง")
_NEAR = 40  # letters
OBJECTION_DAYS = ("15", "วัน")


def check(looked: Examined) -> Iterator[Found]:
    """What the office's own texts say of days."""
    for text in typed_by_the_office(looked):
        if _LETTERS.match(text.place.field):
            for found in _SPOKEN.finditer(text.plain):
                yield SPOKEN.at(text.place, written=found[0])
        for found in _RANGE.finditer(text.plain):
            if int(found[1]) > int(found[2]):
                yield BACKWARDS.at(text.place, written=found[0])
        yield from _due_before(text, looked)
        yield from _named_for(text, looked)
    yield from _objected(looked)


def _due_before(text: Typed, looked: Examined) -> Iterator[Found]:
    """What a letter asks for by a day that is not after its own."""
    letter = {"letter": looked.meeting.letter, "circular": looked.meeting.circular}.get(
        text.place.field.partition(".")[0]
    )
    if letter is None or letter.day is None or _PAST.search(text.plain):
        return
    for found in days_in(text.plain):
        if found.day and found.day <= letter.day and _DUE.search(text.plain[: found.begins]):
            yield REPLY_EARLY.at(text.place, day=in_words(found.day), letter=in_words(letter.day))


def _named_for(text: Typed, looked: Examined) -> Iterator[Found]:
    """Certificates before the meeting that gives them, and another day for this meeting's own number."""
    meeting = looked.meeting
    if meeting.day is None:
        return
    own = re.compile(rf"ครั้งที่ ?{re.escape(meeting.number)} ?เมื่อ(?:วันที่ ?)?$")
    for found in days_in(text.plain):
        before = text.plain[: found.begins]
        if found.day is None or found.day == meeting.day:
            continue
        if text.place.field.startswith("texts.") and own.search(before):
            yield MEETING_DIFFERS.at(text.place, written=found.written, day=in_words(meeting.day))
        result = _RESULT.search(before[-_NEAR:])
        if result and looked.first_day <= found.day < meeting.day and not _EARLIER.search(text.plain):
            yield BEFORE_RESOLVED.at(text.place, written=found.written, day=in_words(meeting.day))


def _objected(looked: Examined) -> Iterator[Found]:
    """How long the letter to who is not certified gives to object."""
    passages = [one.passage for one in looked.meeting.texts]
    for text in typed_by_the_office(looked):
        of = re.match(r"texts\.(\d+)\.", text.place.field)
        if of and passages[int(of[1]) - 1] is Passage.NOT_CERTIFIED_OBJECTION:
            for found in _OBJECTED.finditer(_IN_WORDS.sub("15", text.plain)):
                if found.groups() != OBJECTION_DAYS and not _COURT.search(text.plain[: found.start()]):
                    yield OBJECTION.at(text.place, written=found[0])
