"""The ledger: leases, failures by class, and what a person can have tried again."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import OperationalError

from mochocho.app.pipeline import ledger
from mochocho.app.pipeline.ledger import Chunk, ProcessDied
from mochocho.app.tables import WorkRow
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.errors import BadInput, Terminal, Transient

IDS = [f"item-{n:02}" for n in range(10)]
Later = Callable[[timedelta], None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Let time pass for the ledger: between two calls it stands still, however slow the machine is."""
    now = datetime.now(UTC)
    monkeypatch.setattr(ledger, "_now", lambda: now)

    def pass_by(more: timedelta) -> None:
        nonlocal now
        now += more

    return pass_by


def rows(home: Home) -> dict[str, WorkRow]:
    with reading(home.engine) as session:
        return {row.item: row for row in ledger.everything(session)}


def claim(home: Home, *ids: str, size: int = 4, room: int = 10) -> list[Chunk]:
    return ledger.claim(home, "assess", ids or IDS, size, room)


def test_what_is_due_is_leased_in_order_in_chunks_and_once(any_home: Home) -> None:
    assert [chunk.ids for chunk in claim(any_home, room=2)] == [tuple(IDS[:4]), tuple(IDS[4:8])]
    assert [chunk.ids for chunk in claim(any_home)] == [tuple(IDS[8:])]
    assert claim(any_home) == []
    assert {row.state for row in rows(any_home).values()} == {ledger.QUEUED}


def test_what_was_done_leaves_no_row(any_home: Home) -> None:
    first, *_ = claim(any_home)
    assert ledger.begin(any_home, first) == first.ids
    assert {i: r.state for i, r in rows(any_home).items() if r.state == ledger.RUNNING}.keys() == {*first.ids}
    assert ledger.finish(any_home, first, {}) == 6
    assert rows(any_home).keys() == {*IDS[4:]}


def test_a_lease_that_ran_out_is_given_to_another_and_worth_nothing(any_home: Home, later: Later) -> None:
    (lost,) = claim(any_home, *IDS[:2])
    later(timedelta(seconds=any_home.settings.workers.lease_seconds + 1))
    (again,) = claim(any_home, *IDS[:2])
    assert again.lease != lost.lease
    assert ledger.begin(any_home, lost) == ()
    assert ledger.begin(any_home, again) == tuple(IDS[:2])
    ledger.finish(any_home, lost, {})
    assert rows(any_home).keys() == {*IDS[:2]}


def test_what_fails_for_a_passing_reason_rests_longer_each_time_and_goes_alone(
    any_home: Home, later: Later
) -> None:
    (chunk,) = claim(any_home, *IDS[:3])
    rests = []
    for _ in range(4):
        ledger.begin(any_home, chunk)
        ledger.finish(any_home, chunk, {IDS[0]: Transient("แหล่งไม่อยู่", "the source is away")})
        row = rows(any_home)[IDS[0]]
        assert (row.state, row.code, row.message) == (ledger.FAILED, "transient", "the source is away")
        assert claim(any_home, IDS[0]) == []
        assert row.until
        rests.append(row.until - ledger._now())
        later(rests[-1] + timedelta(seconds=1))
        chunk = claim(any_home, *IDS[:3])[-1]
        assert chunk.ids == (IDS[0],)
    assert [5 * 2**n <= rest.total_seconds() <= 10 * 2**n for n, rest in enumerate(rests)] == [True] * 4


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Terminal("ให้แก้การตั้งค่า", "mend the settings"), "terminal"),
        (BadInput("xml.malformed", "อ่านไม่ได้", "this is no XML"), "xml.malformed"),
        (ZeroDivisionError("10000 00000 00 1"), "fault.ZeroDivisionError"),
    ],
)
def test_what_a_person_must_mend_waits_until_it_is_replayed(
    any_home: Home, later: Later, error: Exception, code: str
) -> None:
    (chunk,) = claim(any_home, IDS[0])
    ledger.begin(any_home, chunk)
    ledger.finish(any_home, chunk, {IDS[0]: error})
    later(timedelta(days=30))
    assert claim(any_home, IDS[0]) == []
    assert rows(any_home)[IDS[0]].code == code
    assert "10000" not in rows(any_home)[IDS[0]].message
    assert ledger.replay(any_home) == 1
    assert len(claim(any_home, IDS[0])) == 1


@pytest.mark.parametrize("error", [OSError(28, "full"), OperationalError("", {}, Exception("gone"))])
def test_faults_of_the_machine_are_tried_again(error: Exception) -> None:
    assert ledger.fault_of(error).again


def test_a_chunk_that_fails_as_a_whole_is_tried_item_by_item(any_home: Home) -> None:
    (chunk,) = claim(any_home, *IDS[:3])
    ledger.begin(any_home, chunk)
    ledger.abandon(any_home, chunk, ZeroDivisionError())
    again = claim(any_home, *IDS[:3])
    assert [one.ids for one in again] == [(IDS[0],), (IDS[1],), (IDS[2],)]
    for one in again:
        ledger.begin(any_home, one)
    ledger.finish(any_home, again[0], {})
    ledger.abandon(any_home, again[1], ZeroDivisionError())
    assert rows(any_home).keys() == {IDS[1], IDS[2]}
    assert rows(any_home)[IDS[1]].until is None


def test_an_item_that_kills_its_process_again_and_again_rests(any_home: Home) -> None:
    for _ in range(ledger.DEATHS):
        (chunk,) = claim(any_home, IDS[0])
        ledger.begin(any_home, chunk)
        with pytest.raises(ProcessDied) as died:
            ledger.begin(any_home, chunk)
        ledger.abandon(any_home, chunk, died.value)
    assert claim(any_home, IDS[0]) == []
    assert rows(any_home)[IDS[0]].code == "worker.died"


def test_what_could_not_be_sent_is_free_again(any_home: Home) -> None:
    ledger.give_back(any_home, claim(any_home))
    assert rows(any_home) == {}
    assert len(claim(any_home)) == 3


def test_the_age_counts_from_the_first_time(any_home: Home, later: Later) -> None:
    (chunk,) = claim(any_home, IDS[0])
    since = rows(any_home)[IDS[0]].since
    for _ in range(2):
        ledger.begin(any_home, chunk)
        ledger.finish(any_home, chunk, {IDS[0]: Transient("ไม่อยู่", "away")})
        later(timedelta(hours=2))
        (chunk,) = claim(any_home, IDS[0])
    assert rows(any_home)[IDS[0]].since == since


def test_without_leases_failures_are_kept_until_it_works(any_home: Home) -> None:
    ledger.record(
        any_home,
        "pull",
        ["spool", "folder:a"],
        {"folder:a": Terminal("ไม่มีโฟลเดอร์นี้", "there is no such folder")},
    )
    assert ledger.resting(any_home, "pull") == {"folder:a"}
    ledger.record(any_home, "pull", ["folder:a"], {})
    assert rows(any_home) == {}


def test_one_stage_or_one_item_can_be_replayed(any_home: Home) -> None:
    for stage in ("pull", "assess"):
        ledger.record(any_home, stage, (), {item: Terminal("ให้แก้", "mend it") for item in IDS[:3]})
    assert ledger.replay(any_home, "assess", IDS[0]) == 1
    assert ledger.replay(any_home, "pull") == 3
    assert ledger.replay(any_home) == 2
    assert ledger.replay(any_home) == 0
