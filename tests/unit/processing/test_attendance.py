"""Attendance as one percentage."""

import random

from hypothesis import given
from hypothesis import strategies as st

from mochocho.words.model import HeldMeeting
from processing.scoring import attendance

meetings = st.lists(
    st.integers(1, 100_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))), min_size=1
)


def held(*each: tuple[int | None, int | None]) -> list[HeldMeeting]:
    return [HeldMeeting(None, present, members) for present, members in each]


def test_all_meetings_together_and_not_the_mean_of_percents() -> None:
    assert attendance.percent(held((5, 5), (10, 50))) == 27  # the mean of 100 and 20 would be 60


@given(meetings)
def test_it_lies_between_the_least_and_the_most_attended(each: list[tuple[int, int]]) -> None:
    share = attendance.percent(held(*each))
    alone = [attendance.percent(held(one)) or 0 for one in each]
    assert share is not None
    assert min(alone) <= share <= max(alone)


@given(meetings, st.randoms())
def test_the_order_of_meetings_does_not_matter(each: list[tuple[int, int]], dice: random.Random) -> None:
    shuffled = sorted(each, key=lambda _: dice.random())
    assert attendance.percent(held(*each)) == attendance.percent(held(*shuffled))


def test_nothing_is_above_a_hundred() -> None:
    assert attendance.percent(held((31, 30))) == 100


def test_what_is_not_known_is_not_zero() -> None:
    for each in ((), ((None, 30),), ((20, None),), ((20, 30), (None, 30)), ((0, 0),)):
        assert attendance.percent(held(*each)) is None


def test_meetings_below_by_themselves_are_named() -> None:
    low, high = held((20, 30), (21, 30))
    assert attendance.below([low, high], 70) == (low,)
