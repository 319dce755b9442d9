"""What minutes say of who spoke, presided and wrote, against who was there (rules.md 24, 45). Pure."""

import re
from collections.abc import Iterator

from mochocho.words import people
from mochocho.words.sentences import Sentence
from processing.meetings.meeting import Held, Meeting, Role
from reports.lint.checks.minutes.attended import members_there
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, error, warning
from reports.lint.printed_texts import MINUTES, Typed, plain, texts

ABSENT = error(
    "minutes.absent_spoke",
    "45",
    Sentence("เขียนว่า “{written}” แต่ {name} ไม่ได้มาประชุม", "says “{written}”, but {name} did not come"),
    Sentence("ให้แก้ชื่อในรายงาน หรือรายชื่อผู้มาประชุม", "mend the name, or the list of who came"),
)
CHAIR = warning(
    "minutes.other_chair",
    "24",
    Sentence("เขียน “{written}” แต่ประธานกรรมการคือ {name}", "says “{written}”, but the chair is {name}"),
    Sentence("ให้แก้ชื่อหรือหน้าที่ในรายงาน", "mend the name, or the office"),
)
CHECKER = warning(
    "minutes.checked_by_writer",
    "45",
    Sentence("“{name}” เป็นทั้งผู้จดและผู้ตรวจรายงานการประชุม", "“{name}” both wrote and checked the minutes"),
    Sentence("ให้ระบุผู้ตรวจรายงานอีกคนหนึ่ง", "name another who checked them"),
)
QUORUM = error(
    "minutes.quorum_differs",
    "Act of B.E. 2539, s. 79",
    Sentence(
        "เขียนว่าไม่ครบองค์ประชุม แต่กรรมการมา {present} คน ครบแล้ว", "says there was no quorum, but {present} came"
    ),
    Sentence("ให้แก้ข้อความหรือรายชื่อผู้มาประชุม", "mend the text, or the list of who came"),
)
WRITER = warning(
    "minutes.writer_absent",
    "45",
    Sentence("“{name}” จดรายงานการประชุม แต่ไม่ได้มาประชุม", "“{name}” wrote the minutes, but did not come"),
    Sentence("ให้แก้ผู้จดรายงานหรือรายชื่อผู้มาประชุม", "mend who wrote them, or the list of who came"),
)
ENTRIES = (ABSENT, CHAIR, CHECKER, QUORUM, WRITER)
_SPOKE = (
    "(?:ได้)?(?:เสนอ|กล่าว|ชี้แจง|รายงาน|สอบถาม|ให้ความเห็น|ให้ข้อสังเกต|ให้ข้อเสนอแนะ|ซักถาม|อภิปราย|คัดค้าน|เห็นด้วย"
    "|เห็นว่า|ไม่เห็น(?:ด้วย|ชอบ)|งดออกเสียง)(?!ไว้)"
)
_ELSEWHERE = re.compile("ตามที่|หนังสือ|ครั้งที่แล้ว|ครั้งก่อน|(?:แทน|ให้|ชื่อ) ?$")  # not said there
_BEFORE = 20  # letters before a name
_PRESIDES = ("ประธานกรรมการ", "ประธานในที่ประชุม", "ประธานที่ประชุม")
_NOT_NOW = re.compile("หาก|ถ้า|กรณี|ครั้ง")  # what would be, or was of another meeting


def check(looked: Examined) -> Iterator[Found]:
    """The texts of the minutes, and who wrote them."""
    meeting, held = looked.meeting, looked.meeting.held
    if held is None:
        return
    writer, checker = held.written_by, held.checked_by
    if writer and checker and people.key(writer.name) == people.key(checker.name):
        yield CHECKER.at(Place(MINUTES, "held.checked_by"), name=checker.name)
    yield from _wrote(meeting, held)
    for text in texts(looked):
        if text.place.field.startswith("held.items."):
            if held.attendance:
                yield from _spoke(text, meeting, held)
            yield from _presided(text, meeting)
            yield from _quorum(text, meeting, held)


def _spoke(text: Typed, meeting: Meeting, held: Held) -> Iterator[Found]:
    """Of a member who did not come, nor anybody instead."""
    there = members_there(meeting, held)
    for member in meeting.composition:
        name, position = plain(member.person.name), plain(member.person.position)
        if people.key(name) in there or name not in text.plain:
            continue
        for found in re.finditer(
            rf"{re.escape(name)} ?\(?(?:{re.escape(position)})?\)? ?{_SPOKE}", text.plain
        ):
            if not _ELSEWHERE.search(text.plain[max(0, found.start() - _BEFORE) : found.start()]):
                yield ABSENT.at(text.place, written=found[0], name=member.person.name)


def _presided(text: Typed, meeting: Meeting) -> Iterator[Found]:
    chair = next((one.person.name for one in meeting.composition if one.role is Role.CHAIR), "")
    there = meeting.held and people.key(chair) in members_there(meeting, meeting.held)
    for member in meeting.composition if "ประธาน" in text.plain else ():
        name = plain(member.person.name)
        written = f"ประธานกรรมการ ({name})"
        said = written in text.plain and f"รอง{written}" not in text.plain
        if there and not said:  # without the chair another presides
            written = next((one for one in (f"{name} {way}" for way in _PRESIDES) if one in text.plain), "")
            said = bool(written)
        if said and chair and member.role is not Role.CHAIR:
            yield CHAIR.at(text.place, written=written, name=chair)


def _wrote(meeting: Meeting, held: Held) -> Iterator[Found]:
    """A member who wrote the minutes and did not come, though somebody may have in that place."""
    key = people.key(held.written_by.name) if held.written_by else ""
    of_it = any(people.key(one.person.name) == key for one in meeting.composition)
    if held.written_by and of_it and held.attendance:
        came = {people.key(one.of) for one in held.attendance if one.present}
        if key not in came:
            yield WRITER.at(Place(MINUTES, "held.written_by"), name=held.written_by.name)


def _quorum(text: Typed, meeting: Meeting, held: Held) -> Iterator[Found]:
    present = len(members_there(meeting, held))
    enough = held.attendance and present >= meeting.least_present
    if enough and "ไม่ครบองค์ประชุม" in text.plain and not _NOT_NOW.search(text.plain):
        yield QUORUM.at(text.place, present=present)
