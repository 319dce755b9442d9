"""Operators of a meeting at the same moment: events are numbered without gaps, and none clobbers another."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from processing.meetings import kept
from processing.meetings.meeting import Level, Meeting, Member, Person, Role
from processing.sittings import kept_sittings
from processing.sittings.kept_sittings import ActedBefore, NotNow
from processing.sittings.sitting import Act, What

NAMES = tuple(f"นายกรรมการ คนที่{word}" for word in ("หนึ่ง", "สอง", "สาม", "สี่"))
MEETING = Meeting(
    Level.PROVINCE,
    "1/2568",
    day=date(2025, 5, 1),
    members=tuple(
        Member(Person(name), Role.MEMBER if place else Role.CHAIR) for place, name in enumerate(NAMES)
    ),
)


def pressed(home: Home, act: Act, by: str, seen: int) -> str:
    """What became of it."""
    try:
        with transaction(home.engine) as session:
            kept_sittings.append(session, MEETING, [act], by, datetime.now(UTC), seen=seen)
    except ActedBefore as error:
        return error.event.by
    except NotNow as error:
        return error.th
    return ""


def test_two_at_once(any_home: Home) -> None:
    with transaction(any_home.engine) as session:
        kept.keep(session, MEETING, "นางหนึ่ง")
    arrivals = [Act(What.ARRIVED, name) for name in NAMES]
    with ThreadPoolExecutor(8) as pool:
        done = [pool.submit(pressed, any_home, act, by, 0) for act in arrivals for by in ("นางหนึ่ง", "นางสอง")]
        assert [one.result() for one in done] == [""] * 8  # each came once, whoever pressed it
        with reading(any_home.engine) as session:
            events = kept_sittings.events(session, MEETING.key)
        assert [one.number for one in events] == [1, 2, 3, 4]
        assert pressed(any_home, Act(What.OPENED), "นางหนึ่ง", 0) == ""
        districts = [Act(What.BEGUN, code, minutes=15) for code in ("5701", "5702")]
        begun = [
            pool.submit(pressed, any_home, act, by, 5)
            for act, by in zip(districts, ("นางหนึ่ง", "นางสอง"), strict=True)
        ]
        told = sorted(one.result() for one in begun)
    assert told[0] == ""
    with reading(any_home.engine) as session:
        events = kept_sittings.events(session, MEETING.key)
    assert (len(events), told[1]) == (6, events[-1].by)  # the other is told who began which
