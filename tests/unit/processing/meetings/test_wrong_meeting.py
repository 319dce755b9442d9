"""What must hold for a meeting to be kept: each fault is told once, at its place."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from mochocho.words.model import Votes
from processing.meetings.meeting import (
    Again,
    Agenda,
    AgendaItem,
    Annex,
    Attendance,
    Held,
    Letter,
    Level,
    Meeting,
    Member,
    Minuted,
    OwnText,
    Pause,
    Person,
    Reply,
    Role,
    Schedule,
)
from processing.meetings.passages import Passage
from processing.meetings.wrong import LONGEST, wrong
from tests.drawn_meetings import DISTRICTS, SHA256

THAI = re.compile("[ก-๎]")
AS_TYPED = re.compile("“[^”]*”|{[^}]*}|ด่วน[ก-๎]*")  # the office's words, the same in both languages
CHAIR, OTHER = Person("นายสมมุติ ประธาน"), Person("นางสมมุติ กรรมการ")
THIRD, DAY = Person("นางสาวสมมุติ ต่อมา"), date(2025, 5, 20)
MEMBERS = (Member(CHAIR, Role.CHAIR), Member(OTHER))
ANNEX = Annex(1, "หลักเกณฑ์", SHA256, 3)
GOOD = Meeting(
    Level.PROVINCE,
    "2/2568",
    day=date(2025, 5, 20),
    starts="09:00",
    ends="16:00",
    members=MEMBERS,
    quorum=1,
    previous="1/2568",
    letter=Letter(urgency="ด่วนที่สุด", day=date(2025, 5, 10)),
    agenda=Agenda(5, (AgendaItem("3.4", "รายงานผล"),)),
    schedule=Schedule(order=("แม่จัน",), begins="09:30", pauses=(Pause("12:00", "13:00"),)),
    annexes=(ANNEX,),
    replies=(Reply("สำนักงานเกษตรจังหวัด", date(2025, 5, 12)),),
    held=Held(
        "09:05", "15:30", (Attendance(CHAIR.name, True, came="09:00"),), (Minuted("4", resolution="เห็นชอบ"),)
    ),
)


def scheduled(**changes: object) -> Meeting:
    return replace(GOOD, schedule=replace(GOOD.schedule, **changes))


def held(**changes: object) -> Meeting:
    assert GOOD.held is not None
    return replace(GOOD, held=replace(GOOD.held, **changes))


def came(*attendance: Attendance) -> Meeting:
    return held(attendance=attendance)


FAULTS = {
    "number": (replace(GOOD, number="สอง", previous=""), ("", 0, "number")),
    "year": (replace(GOOD, number="2/2571"), ("", 0, "number")),
    "day": (replace(GOOD, day=date(2028, 5, 20)), ("", 0, "day")),
    "district": (replace(GOOD, level=Level.DISTRICT, district="9999"), ("", 0, "district")),
    "no district": (replace(GOOD, district="5707"), ("", 0, "district")),
    "previous": (replace(GOOD, previous="3/2568"), ("", 0, "previous")),
    "again": (replace(GOOD, again=Again("หนึ่ง", DAY - timedelta(9))), ("", 0, "again.number")),
    "again, no day": (replace(GOOD, again=Again("1/2568")), ("", 0, "again.day")),
    "again, no number": (replace(GOOD, again=Again("", DAY - timedelta(9))), ("", 0, "again.number")),
    "again, before": (replace(GOOD, again=Again("1/2568", DAY)), ("", 0, "again.day")),
    "quorum": (replace(GOOD, quorum=3), ("", 0, "quorum")),
    "hour": (replace(GOOD, starts="9 โมง", schedule=Schedule()), ("", 0, "starts")),
    "hours": (replace(GOOD, ends="08:00", schedule=Schedule(order=("แม่จัน",))), ("", 0, "ends")),
    "begins": (scheduled(begins="08:00"), ("", 0, "schedule.begins")),
    "minutes": (scheduled(minutes=0), ("", 0, "schedule.minutes")),
    "unknown": (scheduled(order=("แม่จัน", "เมืองลำพูน")), ("order", 1, "")),
    "twice": (scheduled(order=("แม่จัน", "อำเภอแม่จัน")), ("order", 1, "")),
    "pause": (scheduled(pauses=(Pause("12:00", "12:00"),)), ("pauses", 0, "ends")),
    "outside": (scheduled(pauses=(Pause("08:00", "08:30"),)), ("pauses", 0, "starts")),
    "overlap": (
        scheduled(pauses=(Pause("12:00", "13:00"), Pause("12:30", "13:30"))),
        ("pauses", 1, "starts"),
    ),
    "member": (replace(GOOD, members=(*MEMBERS, Member(OTHER))), ("members", 2, "person.name")),
    "member again": (
        replace(GOOD, members=(*MEMBERS, Member(OTHER, since=DAY))),
        ("members", 2, "person.name"),
    ),
    "days": (
        replace(GOOD, members=(*MEMBERS, Member(THIRD, since=DAY, until=DAY - timedelta(1)))),
        ("members", 2, "until"),
    ),
    "nobody's substitute": (
        replace(GOOD, members=(*MEMBERS, Member(THIRD, substitute=Person("", "", "ที่ทำการปกครอง")))),
        ("members", 2, "substitute.name"),
    ),
    "nobody": (replace(GOOD, members=(*MEMBERS, Member(Person("")))), ("members", 2, "person.name")),
    "chairs": (
        replace(GOOD, members=(*MEMBERS, Member(Person("นายสอง ประธาน"), Role.CHAIR))),
        ("members", 2, "role"),
    ),
    "former chair": (
        replace(GOOD, members=(Member(CHAIR, Role.CHAIR, until=DAY - timedelta(1)), Member(OTHER))),
        ("members", 0, "until"),
    ),
    "no chair": (replace(GOOD, members=(Member(CHAIR),)), ("members", 0, "role")),
    "urgency": (replace(GOOD, letter=Letter(urgency="เร็ว")), ("", 0, "letter.urgency")),
    "letter": (replace(GOOD, letter=Letter(day=date(2025, 5, 21)), replies=()), ("", 0, "letter.day")),
    "items": (replace(GOOD, agenda=Agenda(7)), ("", 0, "agenda.items_count")),
    "item": (replace(GOOD, agenda=Agenda(5, (AgendaItem("6", "ก"),))), ("own", 0, "number")),
    "item twice": (
        replace(GOOD, agenda=Agenda(5, (AgendaItem("1", "ก"), AgendaItem("1", "ข")))),
        ("own", 1, "number"),
    ),
    "empty item": (replace(GOOD, agenda=Agenda(5, (AgendaItem("1"),))), ("own", 0, "title")),
    "text": (
        replace(GOOD, texts=(OwnText(Passage.MEMO_DONE, ("ส่ง {ผู้รับหนังสือเชิญ} ใน{วันปรชุม}",)),)),
        ("texts", 0, "paragraphs"),
    ),
    "text twice": (
        replace(GOOD, texts=(OwnText(Passage.MEMO_DONE, ("ก",)), OwnText(Passage.MEMO_DONE, ("ข",)))),
        ("texts", 1, "passage"),
    ),
    "item's field": (
        replace(GOOD, agenda=Agenda(5, (AgendaItem("1", paragraphs=("{สิ่งที่ส่งมาด้วย}",)),))),
        ("own", 0, "paragraphs"),
    ),
    "letter's field": (
        replace(GOOD, memo=Letter(paragraphs=("{{ปี}} {ปีก่อน}",))),
        ("", 0, "memo.paragraphs"),
    ),
    "annex": (replace(GOOD, annexes=(replace(ANNEX, number=4),)), ("annexes", 0, "number")),
    "annex twice": (replace(GOOD, annexes=(ANNEX, ANNEX)), ("annexes", 1, "number")),
    "annex typed": (replace(GOOD, annexes=(replace(ANNEX, sha256="abc"),)), ("annexes", 0, "sha256")),
    "reply": (
        replace(GOOD, replies=(Reply("สำนักงานเกษตรจังหวัด", date(2025, 5, 9)),)),
        ("replies", 0, "came_on"),
    ),
    "reply twice": (replace(GOOD, replies=(*GOOD.replies, *GOOD.replies)), ("replies", 1, "office")),
    "stranger": (came(Attendance("นายอื่น ไม่ใช่", True)), ("attendance", 0, "of")),
    "came twice": (came(*[Attendance(CHAIR.name, True)] * 2), ("attendance", 1, "of")),
    "came back before": (
        came(Attendance(CHAIR.name, True, left="10:30"), Attendance(CHAIR.name, True, came="10:00")),
        ("attendance", 1, "came"),
    ),
    "resolved": (held(items=(Minuted("4", resolved_at="10 น."),)), ("items", 0, "resolved_at")),
    "no name": (came(Attendance("", True)), ("attendance", 0, "of")),
    "left": (came(Attendance(CHAIR.name, True, came="10:00", left="09:00")), ("attendance", 0, "left")),
    "absent": (came(Attendance(CHAIR.name, True, absent="ป่วย")), ("attendance", 0, "absent")),
    "minuted": (held(items=(Minuted("9"),)), ("items", 0, "number")),
    "votes": (held(items=(Minuted("4", votes=Votes(-1, 0, 0)),)), ("items", 0, "votes.in_favour")),
    "writer": (held(written_by=Person("")), ("", 0, "held.written_by.name")),
    "too long": (replace(GOOD, place="ก" * (LONGEST + 1)), ("", 0, "")),
}


def test_a_good_meeting_has_nothing_wrong() -> None:
    assert list(wrong(GOOD, 2568, DISTRICTS)) == []
    assert list(wrong(Meeting(Level.PROVINCE, "1/2568"), 2568, DISTRICTS)) == [], (
        "what is unknown is no fault"
    )


def test_a_successor_takes_the_place_on_the_first_day_of_office() -> None:
    before = Member(CHAIR, Role.CHAIR, until=DAY - timedelta(1))
    successor = Member(THIRD, Role.CHAIR, Person("", "รองผู้ว่าราชการจังหวัด"), since=DAY)
    again = Member(CHAIR, since=DAY + timedelta(30))
    meeting = replace(GOOD, members=(before, successor, Member(OTHER), again), quorum=None)
    told = {}
    for day in (DAY - timedelta(1), DAY, None):
        on_the_day = replace(meeting, day=day, letter=Letter(), replies=())
        assert list(wrong(on_the_day, 2568, DISTRICTS)) == []
        told[day] = [one.person for one in on_the_day.composition]
        assert on_the_day.least_present == (1 if day else 2)
    assert told == {DAY - timedelta(1): [CHAIR, OTHER], DAY: [THIRD, OTHER], None: [THIRD, OTHER, CHAIR]}


@pytest.mark.parametrize(
    ("changes", "least"),
    [
        ({}, 4),
        ({"again": Again("1/2568", DAY - timedelta(14))}, 3),
        ({"again": Again("1/2568", DAY - timedelta(15))}, 4),
        ({"again": Again("1/2568", DAY - timedelta(14)), "day": None}, 4),
        ({"again": Again("1/2568", DAY - timedelta(14)), "quorum": 5}, 5),
    ],
)
def test_a_meeting_called_again_within_a_fortnight_needs_a_third(changes: dict[str, Any], least: int) -> None:
    members = tuple(Member(Person(f"นายคนที่ {number}")) for number in range(8))
    called = Meeting(Level.DISTRICT, "2/2568", day=DAY, members=members)
    assert replace(called, **changes).least_present == least


def test_words_of_the_office_s_own_must_say_that_a_third_is_enough() -> None:
    members, again = tuple(Member(Person(f"นายคนที่ {number}")) for number in range(8)), DAY - timedelta(3)
    called = Meeting(Level.DISTRICT, "2/2568", day=DAY, members=members, again=Again("1/2568", again))
    own = replace(called, letter=Letter(paragraphs=("ขอเชิญประชุม",)))
    says = replace(called, letter=Letter(paragraphs=("กรรมการมาไม่น้อยกว่าหนึ่งในสามเป็นองค์ประชุม",)))
    assert [one.least_present for one in (called, own, says)] == [3, 4, 3]
    assert replace(own, level=Level.PROVINCE).least_present == 3  # its own words do not go to the members


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_told_once_at_its_place(fault: str) -> None:
    meeting, place = FAULTS[fault]
    [found] = wrong(meeting, 2568, DISTRICTS)
    assert (found.part, found.row, found.field) == place
    assert THAI.search(found.said.th)
    assert not THAI.search(AS_TYPED.sub("", found.said.en))
