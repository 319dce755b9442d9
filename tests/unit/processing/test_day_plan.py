"""The hours of a meeting's presentations: nobody at the same time, pauses free, nobody forgotten."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processing.meetings.day_plan import DayPlan, Share, hour, minute, moved, planned
from processing.meetings.meeting import Level, Meeting, Pause, Schedule
from tests.source_004 import ROWS

LUNCH = Pause("12:00", "13:00")


@st.composite
def pauses(draw: st.DrawFn) -> Pause:
    """A pause of five minutes to two hours."""
    starts = draw(st.integers(8 * 60, 15 * 60))
    return Pause(hour(starts), hour(starts + draw(st.integers(5, 120))))


@st.composite
def days(draw: st.DrawFn) -> tuple[Meeting, tuple[Share, ...]]:
    """A meeting's day, and the districts that present on it."""
    schedule = Schedule(
        minutes=draw(st.integers(1, 60)),
        questions=draw(st.integers(0, 30)),
        by_unit=draw(st.booleans()),
        begins=draw(st.sampled_from(["", "09:30"])),
        pauses=tuple(draw(st.lists(pauses(), max_size=3))),
    )
    ends = draw(st.sampled_from(["", "12:00", "14:30", "16:30"]))
    meeting = Meeting(Level.PROVINCE, "1/2568", starts="08:30", ends=ends, schedule=schedule)
    units = draw(st.lists(st.integers(0, 9), max_size=12))
    return meeting, tuple(Share(f"อำเภอที่ {no}", count) for no, count in enumerate(units, 1))


def _plan(meeting: Meeting, shares: tuple[Share, ...]) -> DayPlan:
    plan = planned(meeting, shares)
    assert plan is not None
    return plan


@given(days())
def test_nobody_presents_while_somebody_else_does_or_in_a_pause_or_after_the_end(
    day: tuple[Meeting, tuple[Share, ...]],
) -> None:
    meeting, shares = day
    plan, schedule = _plan(meeting, shares), meeting.schedule
    for slot in plan.slots:
        assert slot.questions - slot.starts == schedule.minutes
        assert slot.ends - slot.questions == schedule.questions
        assert minute(schedule.begins or meeting.starts) <= slot.starts
        assert slot.ends <= (minute(meeting.ends) if meeting.ends else 24 * 60)
        assert all(
            slot.ends <= minute(pause.starts) or minute(pause.ends) <= slot.starts
            for pause in schedule.pauses
        )
    assert all(first.ends <= second.starts for first, second in pairwise(plan.slots))


@given(days())
def test_every_unit_has_its_time_or_is_told_to_have_none(day: tuple[Meeting, tuple[Share, ...]]) -> None:
    meeting, shares = day
    plan = _plan(meeting, shares)
    left = {share.district: share.units for share in plan.left_over}
    for share in shares:
        here = [slot.unit for slot in plan.slots if slot.district == share.district]
        if meeting.schedule.by_unit:
            assert here == list(range(1, share.units - left.get(share.district, 0) + 1))
        else:
            assert here == ([0] if share.units and share.district not in left else [])
            assert left.get(share.district, share.units) == share.units
        assert (share.district in plan.hours) == bool(here)


@given(days(), st.data())
def test_a_late_district_is_put_elsewhere_and_nobody_overlaps(
    day: tuple[Meeting, tuple[Share, ...]], data: st.DataObject
) -> None:
    meeting, shares = day
    if not shares:
        return
    names = [share.district for share in shares]
    late, after = data.draw(st.sampled_from(names)), data.draw(st.sampled_from(["", *names]))
    schedule = moved(meeting.schedule, shares, late, after)
    assert sorted(schedule.order) == sorted(names)
    if late != after:
        assert schedule.order[-1] == late if not after else schedule.order.index(late) > 0
    again = tuple(sorted(shares, key=lambda share: schedule.order.index(share.district)))
    before, plan = _plan(meeting, shares), _plan(replace(meeting, schedule=schedule), again)
    assert all(first.ends <= second.starts for first, second in pairwise(plan.slots))
    early = min(names.index(late), schedule.order.index(late))
    kept = [slot for slot in before.slots if slot.district in names[:early]]
    assert [slot for slot in plan.slots if slot.district in names[:early]] == kept


def test_lamphuns_day() -> None:
    """rules.md 39, 40: eight districts, a quarter of an hour each, and one for questions."""
    shares = tuple(Share(f"อำเภอที่ {no}", 4) for no in range(1, 9))
    meeting = Meeting(Level.PROVINCE, "1/2564", starts="09:00", schedule=Schedule(15, 15))
    assert hour(_plan(meeting, shares).finishes) == "13:00"
    with_lunch = replace(meeting, schedule=Schedule(15, 15, pauses=(LUNCH,)))
    assert [(hour(starts), hour(ends)) for starts, ends in _plan(with_lunch, shares).hours.values()] == [
        *(("09:00", "09:30"), ("09:30", "10:00"), ("10:00", "10:30"), ("10:30", "11:00")),
        *(("11:00", "11:30"), ("11:30", "12:00"), ("13:00", "13:30"), ("13:30", "14:00")),
    ]


def test_source_004_fits_with_an_hour_for_lunch_only_where_nothing_else_is_done() -> None:
    """rules.md 51: 18 districts, a quarter of an hour each, between 09.00 and 14.30."""
    shares = tuple(Share(row.split()[1], int(row.split()[-1])) for row in ROWS)
    meeting = Meeting(
        Level.PROVINCE, "1/2568", starts="09:00", ends="14:30", schedule=Schedule(15, pauses=(LUNCH,))
    )
    assert (hour(_plan(meeting, shares).finishes), _plan(meeting, shares).left_over) == ("14:30", ())
    later = replace(meeting, schedule=replace(meeting.schedule, begins="09:30"))
    assert _plan(later, shares).left_over == shares[-2:]


def test_eight_hours_do_not_fit_into_a_morning() -> None:
    shares = tuple(Share(f"อำเภอที่ {no}", 1) for no in range(1, 9))
    meeting = Meeting(Level.PROVINCE, "1/2568", starts="09:00", ends="12:00", schedule=Schedule(60))
    plan = _plan(meeting, shares)
    assert [slot.district for slot in plan.slots] == [share.district for share in shares[:3]]
    assert plan.left_over == shares[3:]
    assert hour(plan.finishes) == "17:00"


def test_without_a_beginning_there_is_no_plan() -> None:
    assert planned(Meeting(Level.PROVINCE, "1/2568"), (Share("แม่จัน", 8),)) is None


@pytest.mark.parametrize("typed", ["9", "09.00", "24:01", "09:60", "เก้าโมง", "09:0"])
def test_what_is_no_hour_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="hour"):
        minute(typed)


def test_who_does_not_present_cannot_be_moved() -> None:
    with pytest.raises(LookupError):
        moved(Schedule(), (Share("แม่จัน", 8),), "ฝาง")
