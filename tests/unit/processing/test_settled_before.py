"""A unit comes before meeting after meeting of its committee until one settles it, and before none later."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mochocho.words.model import Gate, Outcome, Resolution
from processing.decisions.meetings.settled_before import settled_before
from processing.meetings.meeting import Level, Meeting

NUMBERS = ("1/2568", "2/2568", "10/2568", "1/2569")
outcomes = st.lists(st.sampled_from([None, *Outcome]), min_size=len(NUMBERS), max_size=len(NUMBERS))


def meeting(number: str, level: Level = Level.PROVINCE) -> Meeting:
    return Meeting(level, number, district="5701" if level is Level.DISTRICT else "")


def resolved(number: str, outcome: Outcome, gate: Gate = Gate.PROVINCE) -> Resolution:
    return Resolution(gate, outcome, "คณะกรรมการ", number, date(2025, 5, 1))


@given(outcomes)
def test_it_is_presented_until_it_is_settled(each: list[Outcome | None]) -> None:
    """`each`: what a meeting would resolve, None = it does not come to it."""
    holds: tuple[Resolution, ...] = ()
    for number, outcome in zip(NUMBERS, each, strict=True):
        settled = any(one.outcome in (Outcome.PASS, Outcome.FAIL) for one in holds)
        assert settled_before(meeting(number), holds) == settled
        if outcome and not settled:
            holds = (resolved(number, outcome),)
            assert not settled_before(meeting(number), holds), "its own packet stays as it was"
    if holds:
        earlier = NUMBERS[: NUMBERS.index(holds[0].meeting_no)]
        assert not any(settled_before(meeting(number), holds) for number in earlier)


@pytest.mark.parametrize("number", ["", "พิเศษ", "1/68", "0/2568"])
def test_a_number_that_says_no_place_settles_nothing(number: str) -> None:
    assert not settled_before(meeting("2/2568"), [resolved(number, Outcome.PASS)])
    assert not settled_before(meeting(number), [resolved("1/2568", Outcome.PASS)])


def test_each_committee_settles_for_itself() -> None:
    of_district = [resolved("1/2568", Outcome.PASS, Gate.DISTRICT)]
    assert not settled_before(meeting("2/2568"), of_district)
    assert settled_before(meeting("2/2568", Level.DISTRICT), of_district)
    assert not settled_before(None, of_district)
