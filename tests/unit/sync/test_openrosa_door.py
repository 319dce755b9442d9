"""Which connection is closed for which other one, and when: decided by their owners."""

from dataclasses import dataclass, replace

import pytest

from sync.openrosa.connections import door

NOW = 10_000.0


@dataclass
class Connection:
    """A connection that has just sent something."""

    address: str = "192.0.2.1"
    officer: int | None = None
    busy: bool = False
    in_head: bool = False
    since: float = NOW
    last_activity: float = NOW
    will_close: bool = False


def crowd(count: int, **fields: object) -> list[Connection]:
    """So many, each begun a second before the next."""
    return [replace(Connection(**fields), since=NOW - count + n) for n in range(count)]  # type: ignore[arg-type]


def test_a_slow_phone_that_is_admitted_is_never_cut_for_strangers() -> None:
    phone = Connection("192.0.2.9", officer=1, since=NOW - 1000, last_activity=NOW - 50)
    dripping = crowd(door.MOST)
    others: list[Connection] = [phone]
    for newcomer in dripping:
        place = door.displaced(others)
        if place is not None:
            others.remove(place)  # type: ignore[arg-type]
        others.append(newcomer)
    assert phone in others
    assert len(others) == door.OF_NOBODY + 1


def test_strangers_from_one_address_take_each_others_place() -> None:
    honest = Connection("192.0.2.9", since=NOW - 5000)
    crowded = [honest, *crowd(door.OF_NOBODY - 1)]
    assert door.displaced(crowded) is crowded[1]


def test_where_there_are_too_many_in_all_whoever_has_most_gives_one_up() -> None:
    honest = [Connection(officer=n, last_activity=NOW - 59) for n in range(1, door.MOST - 19)]
    greedy = [Connection(officer=9999, last_activity=NOW - n) for n in range(20)]
    assert door.displaced([*honest, *greedy]) is greedy[-1]


def test_a_request_that_is_whole_is_never_cut() -> None:
    whole = crowd(door.MOST, officer=1, busy=True, last_activity=0.0)
    assert door.displaced(whole) is None
    assert list(door.overdue(whole, NOW + 10_000)) == []


def test_one_officers_connections_take_each_others_place() -> None:
    new, phone = Connection(officer=1), Connection(officer=2, last_activity=NOW - 59)
    own = [Connection(officer=1, last_activity=NOW - n) for n in range(door.OF_OFFICER)]
    assert door.outgrown(new, [phone, *own[1:]]) is None
    assert door.outgrown(new, [phone, *own]) is own[-1]
    assert door.outgrown(new, [replace(one, busy=True) for one in own]) is new


@pytest.mark.parametrize(
    ("connection", "lasts"),
    [
        (Connection(in_head=True), door.HEAD_SECONDS),
        (Connection(), door.NOBODY_SECONDS),
        (Connection(officer=1), door.WHOLE_SECONDS),
    ],
    ids=["a dripping head", "a stranger", "an officer"],
)
def test_what_drips_ends_at_last(connection: Connection, lasts: float) -> None:
    for later, cut in ((lasts - 1, []), (lasts + 1, [connection])):
        connection.last_activity = NOW + later
        assert list(door.overdue([connection], NOW + later)) == cut


def test_who_is_silent_for_a_minute_goes() -> None:
    assert list(door.overdue([Connection(officer=1)], NOW + door.SILENT_SECONDS - 1)) == []
    assert len(list(door.overdue([Connection(officer=1)], NOW + door.SILENT_SECONDS + 1))) == 1
