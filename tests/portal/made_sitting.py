"""Meetings about to be opened: the province's, over districts that have resolved, and a district's."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from mochocho.app.pipeline.conveyor import run_once
from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from mochocho.words.model import Gate, Outcome, Resolution
from processing.decisions import record_resolutions
from processing.meetings import kept, new_meeting
from processing.meetings.meeting import Level, Meeting, Member, Pause, Person, Role, Schedule
from processing.sittings.presented_units import presented_units
from tests.integration import province_mirror as mirror

KEY = "province:1/2568"
OF, SCREEN, ACT, RESOLVE = (f"/sittings/{way}/{KEY}" for way in ("of", "screen", "act", "resolve"))
MEMBERS = tuple(f"นายกรรมการ คนที่{word}" for word in ("หนึ่ง", "สอง", "สาม", "สี่", "ห้า"))
COMMITTEE = "คณะกรรมการรับรองมาตรฐานการพัฒนาชุมชนจังหวัดเชียงราย"


def convened(home: Home, members: Collection[str] = MEMBERS, minutes: int = 15) -> Meeting:
    """Every applicant's district committee has passed it, and the meeting is set up; nobody is there yet."""
    run_once(home)
    with reading(home.engine) as session:
        keys = [one.key for one in record_resolutions.listed(home, session, Gate.DISTRICT)]
    committee, clerk = "คณะกรรมการตรวจประเมิน", "นายอำเภอ ตัวอย่าง"
    passed = Resolution(Gate.DISTRICT, Outcome.PASS, committee, "1/2568", date(2025, 4, 10), "เห็นชอบ", clerk)
    record_resolutions.record(home, dict.fromkeys(keys, passed))
    run_once(home)
    roles = [Role.CHAIR, *[Role.MEMBER] * (len(members) - 1)]
    meeting = Meeting(
        Level.PROVINCE,
        "1/2568",
        day=date(2025, 5, 1),
        starts="09:00",
        ends="14:30",
        place="ห้องประชุมพวงแสด",
        committee=COMMITTEE,
        members=tuple(Member(Person(name), role) for name, role in zip(members, roles, strict=True)),
        schedule=Schedule(minutes, pauses=(Pause("12:00", "13:00"),)),
    )
    with transaction(home.engine) as session:
        kept.keep(session, meeting, "นางจังหวัด ตัวอย่าง")
    return meeting


def convened_in(
    home: Home, district: str, members: Collection[str] = MEMBERS, number: str = "1/2568"
) -> Meeting:
    """A meeting of a district's committee is set up; nobody is there yet, and nothing is resolved."""
    with reading(home.engine) as session:
        begun = new_meeting.begun(session, home.settings, number, home.province.district(district))
    roles = [Role.CHAIR, *[Role.MEMBER] * (len(members) - 1)]
    named = tuple(Member(Person(name), role) for name, role in zip(members, roles, strict=True))
    meeting = replace(begun, day=date(2025, 4, 10), starts="09:00", place="ห้องประชุมอำเภอ", members=named)
    with transaction(home.engine) as session:
        kept.keep(session, meeting, "นายอำเภอ ตัวอย่าง")
    return meeting


def sent(home: Home, numbers: Iterable[int], district: str) -> None:
    """Applicants with a full sheet, in this district."""
    for number in numbers:
        mirror.send(home, mirror.application(home, number, district=district), mirror.sheet(home, number))


def presented(home: Home, key: str = KEY) -> dict[str, list[str]]:
    """The keys of who is presented in this meeting, by district."""
    with reading(home.engine) as session:
        meeting = kept.meeting_of(session, key)
        assert meeting
        return {code: [one.key for one in own] for code, own in presented_units(session, meeting).items()}
