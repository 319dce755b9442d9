"""Meetings are kept in versions, on both databases, and move with a backup."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mochocho.app.backup.make import backup
from mochocho.app.backup.restore import restore
from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from mochocho.words.model import Votes
from processing.meetings import kept
from processing.meetings.kept import Overtaken
from processing.meetings.meeting import Held, Level, Meeting, Member, Minuted, Pause, Person, Role, Schedule

BY = "นางสาวสมมุติ ตัวอย่าง"
FIRST = Meeting(
    Level.PROVINCE,
    "1/2568",
    day=date(2025, 5, 1),
    starts="09:00",
    ends="12:00",
    members=(Member(Person("นายสมมุติ ประธาน"), Role.CHAIR),),
    schedule=Schedule(pauses=(Pause("10:30", "10:45", "พักรับประทานอาหารว่าง"),)),
    held=Held(items=(Minuted("4", ("ที่ประชุมพิจารณา {{7*7}}",), "เห็นชอบ", Votes(3, 1, 0)),)),
)
IN_DISTRICT = Meeting(Level.DISTRICT, "2/2568", district="5707")


def silent(_stage: str, _done: int, _total: int) -> None:
    pass


def test_every_version_stays_and_the_last_holds(any_home: Home) -> None:
    second = replace(FIRST, place="ห้องประชุมพ่อขุนเม็งราย")
    with transaction(any_home.engine) as session:
        assert kept.keep(session, FIRST, BY) == 1
        assert kept.keep(session, FIRST, "ผู้อื่น") == 1, "what stands is not kept again"
        assert kept.keep(session, second, BY, based_on=1) == 2
        kept.keep(session, IN_DISTRICT, BY)

    with reading(any_home.engine) as session:
        assert kept.meeting_of(session, "province:1/2568") == second
        assert kept.meeting_of(session, "5707:2/2568") == IN_DISTRICT
        assert kept.meeting_of(session, "province:2/2568") is None
        assert kept.meetings(session) == [second, IN_DISTRICT]
        assert [one.meeting for one in kept.history(session, FIRST.key)] == [FIRST, second]
        assert {one.recorded_by for one in kept.history(session, FIRST.key)} == {BY}


def test_a_version_made_from_an_older_one_is_refused(any_home: Home) -> None:
    with transaction(any_home.engine) as session:
        kept.keep(session, FIRST, BY)
        kept.keep(session, replace(FIRST, place="ห้องประชุมใหญ่"), BY, based_on=1)

    with pytest.raises(Overtaken, match=BY), transaction(any_home.engine) as session:
        kept.keep(session, replace(FIRST, ends="13:00"), "ผู้อื่น", based_on=1)

    with reading(any_home.engine) as session:
        assert kept.version_of(session, FIRST.key) == 2


def test_the_packet_is_for_the_latest_provincial_meeting_that_is_not_called_off(home: Home) -> None:
    later = [replace(FIRST, number=number) for number in ("2/2568", "10/2568", "1/2569")]
    with transaction(home.engine) as session:
        assert kept.provincial(session) is None
        for one in (*later, FIRST, replace(IN_DISTRICT, number="9/2570")):
            kept.keep(session, one, BY)
        assert kept.provincial(session) == later[2]

        kept.call_off(session, later[2], BY)

        assert kept.provincial(session) == later[1]
        assert kept.history(session, later[2].key)[-1].meeting is None
        assert kept.keep(session, later[2], BY) == 3, "called off by mistake, it is kept again"


def test_a_backup_takes_every_version_along(any_home: Home, other_home: Home, tmp_path: Path) -> None:
    with transaction(any_home.engine) as session:
        kept.keep(session, FIRST, BY)
        kept.keep(session, replace(FIRST, place="ห้องประชุมใหญ่"), BY)
        kept.call_off(session, FIRST, BY)
    with reading(any_home.engine) as session:
        before = kept.history(session, FIRST.key)

    backup(any_home, tmp_path / "one.tar", silent)
    restore(other_home, tmp_path / "one.tar", silent)

    with reading(other_home.engine) as session:
        assert kept.history(session, FIRST.key) == before
    assert [one.meeting is None for one in before] == [False, False, True]
