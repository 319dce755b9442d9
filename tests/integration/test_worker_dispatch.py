"""The workers' conveyor on a real PostgreSQL, without a broker, so that tests can lose messages at will."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from pydantic import SecretStr
from sqlalchemy import func, select

from mochocho.app.pipeline import conveyor, dispatch, ledger
from mochocho.app.pipeline.dispatch import tick, work_on
from mochocho.app.pipeline.ledger import Chunk
from mochocho.app.pipeline.lock import conveyor_lock, lease_lock
from mochocho.app.status.status_figures import look
from mochocho.app.tables import WorkRow
from mochocho.settings.config import Workers
from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from mochocho.words.errors import Transient
from processing.tables import AssessmentRow
from tests import builders
from tests.builders import uid

KEYS = ("one", "two", "three")


@pytest.fixture
def office(postgresql_home: Home) -> Home:
    """Three applications were posted to it; chunks are of two."""
    workers = Workers(broker_url=SecretStr("redis://nowhere"), assess_chunk=2, lease_seconds=60)
    settings = postgresql_home.settings.model_copy(update={"workers": workers})
    home = replace(postgresql_home, settings=settings, processors=1)
    builders.publish(home, builders.xform())
    officer = builders.officer(home)
    for name in KEYS:
        xml = builders.application(uid(name), instance_id=uid(name, "instance"))
        builders.post(home, xml, officer_id=officer)
    return home


def sent_by(home: Home, *, pulling: bool = False) -> list[Chunk]:
    """What one tick sends."""
    sent: list[Chunk] = []
    tick(home, sent.append, pulling=pulling)
    return sent


def play(home: Home) -> list[Chunk]:
    """Look at the sources once, then tick and work until nothing is due; every chunk that was sent."""
    chunks = every = sent_by(home, pulling=True)
    while chunks:
        for chunk in chunks:
            work_on(home, chunk)
        chunks = sent_by(home)
        every = [*every, *chunks]
    return every


def at_assess(home: Home) -> list[Chunk]:
    """The chunks that are sent when all that was posted is registered."""
    for pulling in (True, False):
        for chunk in sent_by(home, pulling=pulling):
            work_on(home, chunk)
    return sent_by(home)


def assessed(home: Home) -> int:
    with reading(home.engine) as session:
        return session.scalar(select(func.count(AssessmentRow.id))) or 0


def states(home: Home) -> list[tuple[str, str]]:
    with reading(home.engine) as session:
        return [(row.stage, row.state) for row in ledger.everything(session)]


def test_ticks_take_posts_all_the_way_in_chunks(office: Home) -> None:
    sent = play(office)
    stages = [chunk.stage for chunk in sent]
    assert [len(chunk.ids) for chunk in sent if chunk.stage == "assess"] == [2, 1]
    assert stages.index("pull") < stages.index("register") < stages.index("assess")
    assert assessed(office) == 3
    assert states(office) == []


def test_a_stage_waits_until_the_one_before_it_is_done(office: Home) -> None:
    (pull,) = sent_by(office, pulling=True)
    work_on(office, pull)
    assert [chunk.stage for chunk in sent_by(office)] == ["register"]
    assert sent_by(office) == []


def test_a_message_that_is_lost_is_sent_again_when_its_lease_runs_out(office: Home) -> None:
    lost = at_assess(office)
    assert sent_by(office) == []
    run_out(office)
    again = sent_by(office)
    assert [c.ids for c in again] == [c.ids for c in lost]
    for chunk in (*lost, *again):  # the lost ones turn up after all: their leases are worth nothing
        work_on(office, chunk)
    assert assessed(office) == 3


def run_out(home: Home) -> None:
    with transaction(home.engine) as session:
        for row in session.scalars(select(WorkRow)):
            row.until = row.since


def test_a_message_that_comes_twice_while_it_is_worked_on_is_turned_away(
    office: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    chunk, *_ = at_assess(office)
    begun, go, done = threading.Event(), threading.Event(), []

    def slow(home: Home, ids: object, progress: object) -> conveyor.Outcome:
        begun.set()
        assert go.wait(30)
        done.append(ids)
        return conveyor.Outcome()

    stages = tuple(replace(s, do=slow) if s.name == "assess" else s for s in conveyor.STAGES)
    monkeypatch.setattr(conveyor, "STAGES", stages)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(work_on, office, chunk)
        assert begun.wait(30)
        assert work_on(office, chunk) is False
        go.set()
        first.result(30)
    assert done == [chunk.ids]
    assert work_on(office, chunk) is False  # and once more when all is over
    assert done == [chunk.ids]


def test_the_work_of_a_process_that_died_is_given_to_another_at_the_next_tick(office: Home) -> None:
    chunk, *_ = at_assess(office)
    with lease_lock(office, chunk.lease):
        ledger.begin(office, chunk)
        assert sent_by(office) == []  # it lives
    again = sent_by(office)
    assert [c.ids for c in again] == [(key,) for key in chunk.ids]  # one by one: it may have killed it


def test_a_message_that_comes_back_from_a_process_that_died_frees_its_work(office: Home) -> None:
    chunk, *_ = at_assess(office)
    ledger.begin(office, chunk)
    assert work_on(office, chunk) is True  # there is something to hand out at once
    assert assessed(office) == 0
    again = sent_by(office)
    assert [c.ids for c in again] == [(key,) for key in chunk.ids]
    for one in again:
        work_on(office, one)
    assert assessed(office) == 2


def test_work_that_was_done_before_its_process_died_is_not_told_as_failed(office: Home) -> None:
    chunk, *others = at_assess(office)
    ledger.begin(office, chunk)
    conveyor.stage_named("assess").do(office, chunk.ids, None)  # and dies before it can say so
    for one in (*others, *sent_by(office)):
        work_on(office, one)
    assert {one.stage for one in sent_by(office)} <= {"lists"}
    assert [state for state in states(office) if state[0] != "lists"] == []


def test_a_failure_of_what_is_not_due_any_more_is_forgotten(office: Home) -> None:
    ledger.record(office, "register", (), {"withdrawn": ZeroDivisionError()})
    ledger.record(office, "assess", (), {ledger.ITSELF: ConnectionError()})
    play(office)
    assert states(office) == []


def test_what_is_done_while_somebody_looks_is_not_sent_again(
    office: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    chunks = at_assess(office)
    real = conveyor.stage_named("assess").due

    def slow(home: Home) -> list[str]:
        found = list(real(home))
        for chunk in chunks:
            work_on(home, chunk)
        return found

    stages = tuple(replace(s, due=slow) if s.name == "assess" else s for s in conveyor.STAGES)
    monkeypatch.setattr(dispatch, "STAGES", stages)
    assert sent_by(office) == []
    assert assessed(office) == 3


def test_one_tick_at_a_time(office: Home) -> None:
    with ThreadPoolExecutor(4) as pool, conveyor_lock(office):
        ticks = [pool.submit(tick, office, lambda _: None) for _ in range(4)]
        for one in ticks:
            with pytest.raises(Transient, match="another mochocho"):
                one.result(30)


def test_four_conveyors_at_once_send_nothing_twice(office: Home) -> None:
    sent: list[Chunk] = []
    barrier = threading.Barrier(4)

    def one() -> None:
        barrier.wait(30)
        for _ in range(5):
            try:
                tick(office, sent.append)
            except Transient:
                continue

    with ThreadPoolExecutor(4) as pool:
        for job in [pool.submit(one) for _ in range(4)]:
            job.result(60)
    items = [(chunk.stage, item) for chunk in sent for item in chunk.ids]
    assert len(items) == len(set(items)) > 0


def test_a_broker_that_is_away_leaves_no_lease_behind(office: Home) -> None:
    def away(_: Chunk) -> None:
        raise ConnectionError

    with pytest.raises(Transient, match="broker"):
        tick(office, away)
    assert states(office) == []
    assert len(sent_by(office, pulling=True)) == 1


def test_one_item_that_fails_is_told_replayed_and_stops_no_other(
    office: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = conveyor.stage_named("assess").do

    def picky(home: Home, ids: list[str], progress: None) -> conveyor.Outcome:
        if uid("two") in ids:
            raise ZeroDivisionError
        return real(home, ids, progress)

    stages = tuple(replace(s, do=picky) if s.name == "assess" else s for s in conveyor.STAGES)
    with monkeypatch.context() as patch:
        patch.setattr(conveyor, "STAGES", stages)
        patch.setattr(dispatch, "STAGES", stages)
        play(office)
    assert assessed(office) == 2
    (failed,) = next(s for s in look(office).stages if s.name == "assess").failed
    assert (failed.code, failed.items, failed.again) == ("fault.ZeroDivisionError", (uid("two"),), None)
    assert ledger.replay(office, "assess", uid("two")) == 1
    play(office)
    assert assessed(office) == 3


@pytest.fixture(autouse=True)
def _nothing_is_held(office: Home) -> Iterator[None]:
    """No test leaves a lock behind in its pool of connections."""
    yield
    with conveyor_lock(office, wait=0):
        pass
