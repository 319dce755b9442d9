"""Decisions of every kind in any order, each by either door: one state and one chain, whatever the doors."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mochocho.storage.db import reading
from processing.decisions import audit, recorded
from processing.decisions.decision import UNDOING, Decision, Kind
from processing.decisions.office import typed_rulings
from processing.rulings.waiting_rows import APPLICATION
from tests.integration.test_every_kind_both_doors import (
    AT,
    CARD,
    CLERKS,
    DESK,
    FOUND,
    ID,
    KEY,
    LEADER,
    MEETING,
    ONE,
    THREE,
    TWO,
    VALUE,
    WHO,
    Office,
    Ways,
    made,
)

__all__ = ["made"]  # the home is that of the tests of each kind at both doors

OUTCOMES = {"pass": "รับรอง", "fail": "ไม่รับรอง"}
COMMANDS = {typed_rulings.REVOKE: "revoke", typed_rulings.REOPEN: "reopen"}
MOST = 9  # the highest number of a decision that is undone


def resolution(key: str, outcome: str) -> Ways:
    command = ("decide", key, "--outcome", outcome, *AT, *WHO)
    return Ways(command, OUTCOMES[outcome], {KEY: key}, MEETING, CLERKS)


def undone(word: str, number: int) -> Ways:
    command = ("decisions", COMMANDS[word], str(number), *WHO)
    return Ways(command, word, {KEY: ONE, FOUND: APPLICATION}, {VALUE: str(number)})


def offered(every: Mapping[Kind, Ways]) -> list[Ways]:
    """What may be decided in any order: each kind that people type, also its contrary, and every undoing."""
    dark = "ภาพมืด"
    back = ("documents", "return", LEADER, ID, *WHO[2:], "--reason", dark)
    aside = ("decisions", "withdraw", ONE, *WHO)
    return [
        *(way for kind, way in every.items() if kind not in (Kind.REGISTER, *UNDOING)),
        Ways(back, "ส่งคืน", CARD, book=DESK, reason=dark),
        Ways(aside, typed_rulings.WITHDRAW, {KEY: ONE, FOUND: APPLICATION}),
        *(resolution(key, outcome) for key in (TWO, LEADER) for outcome in OUTCOMES),
        *(undone(word, number) for word in COMMANDS for number in range(1, MOST + 1)),
    ]


def take(place: Office, way: Ways, by_excel: bool, kept: list[Decision]) -> bool:
    """Whether it was taken. What no row of the file offers (a document no longer asked about) is typed."""
    if way.word in COMMANDS and (number := int(way.typed[VALUE])) <= len(kept):
        way = replace(way, row={**way.row, KEY: kept[number - 1].applicant_key})
    if by_excel:
        try:
            return place.by_excel(way).exit_code == 0
        except (AssertionError, StopIteration):
            pass
    return place.call(*way.command).exit_code == 0


def every_decision(place: Office) -> list[Decision]:
    home = place.home()
    with reading(home.engine) as session:
        last = recorded.last_number(session)
        found = recorded.numbered(session, range(1, last + 1))
    home.engine.dispose()
    return [found[number] for number in range(1, last + 1)]


def holding(decisions: list[Decision]) -> set[int]:
    """Which hold, read from the rows alone: the last of each matter that nothing undid."""
    undone_ones = {one.undoes for one in decisions}
    kept = [one for one in decisions if one.number not in undone_ones and one.kind not in UNDOING]
    return set({one.matter: one.number for one in kept}.values())


def walk(office: tuple[Path, Mapping[Kind, Ways]], folder: Path, steps: list[tuple[int, bool]]) -> None:
    """Take each step in two offices, in one by Excel and in the other by command."""
    shutil.rmtree(folder, ignore_errors=True)
    one, other = (Office(folder / name) for name in ("one", "other"))
    for place in (one, other):
        shutil.copytree(office[0], place.folder)
    choices = offered(office[1])
    for which, turned in steps:
        way, before = choices[which % len(choices)], every_decision(one)
        taken = take(one, way, turned, before)
        assert take(other, way, not turned, before) == taken, way.command
        after = every_decision(one)
        assert after[: len(before)] == before
        assert taken or after == before
    assert one.rows() == other.rows()
    for place in (one, other):
        home = place.home()
        assert audit.examine(home).found == ()
        with reading(home.engine) as session:
            held = recorded.holding(session, set(Kind) - set(UNDOING), KEYS)
        home.engine.dispose()
        assert {found.number for found in held} == holding(every_decision(place))


KEYS = (ONE, TWO, THREE, LEADER)
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def some(least: int, most: int) -> st.SearchStrategy[list[tuple[int, bool]]]:
    return st.lists(st.tuples(st.integers(0, 99), st.booleans()), min_size=least, max_size=most)


@given(steps=some(2, 5))
@settings(max_examples=4, suppress_health_check=QUIET)
def test_whatever_the_doors_it_is_one_chain(
    made: tuple[Path, Mapping[Kind, Ways]], tmp_path: Path, steps: list[tuple[int, bool]]
) -> None:
    walk(made, tmp_path / "offices", steps)


@pytest.mark.long
@given(steps=some(6, 25))
@settings(max_examples=60, suppress_health_check=QUIET)
def test_whatever_the_doors_a_long_day_is_one_chain(
    made: tuple[Path, Mapping[Kind, Ways]], tmp_path: Path, steps: list[tuple[int, bool]]
) -> None:
    walk(made, tmp_path / "offices", steps)
