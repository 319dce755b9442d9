"""A clock that once ran ahead stops nothing: the rule, and every place where a time is stored and read."""

import os
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from mochocho.app.pipeline import ledger
from mochocho.app.pipeline.ledger import Chunk
from mochocho.app.status.status_figures import look
from mochocho.app.tables import WorkRow
from mochocho.settings.config import Server
from mochocho.storage.db import transaction
from mochocho.storage.home import Home
from mochocho.words import clocks
from mochocho.words.errors import BadInput, Transient
from mochocho.words.sentences import plain
from reports.packet import lay_out, needed_sheets
from sync.openrosa.receiving.quota import Quota
from sync.pull import schedule as sweeps
from sync.web.breaker import Breaker

NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)
AHEAD = timedelta(days=15_340)  # what one clock of one office was wrong by
GAPS = st.timedeltas(timedelta(days=-20_000), timedelta(days=20_000))


@given(GAPS)
def test_what_was_written_is_recent_within_its_time_alone(gap: timedelta) -> None:
    recent = clocks.within(NOW - gap, NOW, 60)
    assert recent is (timedelta() <= gap < timedelta(minutes=1))


@given(GAPS)
def test_what_is_to_come_is_never_further_away_than_it_can_have_been_set(gap: timedelta) -> None:
    if clocks.still(NOW + gap, NOW, 3600):
        assert timedelta() < gap <= timedelta(hours=1)
    else:
        assert not timedelta() < gap <= timedelta(hours=1)


def test_what_never_was_was_long_ago() -> None:
    assert not clocks.within(None, NOW, 1e9)


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The ledger's clock runs ahead until this is undone."""
    monkeypatch.setattr(ledger, "_now", lambda: datetime.now(UTC) + AHEAD)
    return monkeypatch


def claim(home: Home) -> list[Chunk]:
    return ledger.claim(home, "assess", ["a", "b"], 10, 10)


def test_what_failed_then_is_tried_now(home: Home, ahead: pytest.MonkeyPatch) -> None:
    ledger.record(home, "assess", (), {"a": Transient("ไม่อยู่", "away"), "b": Transient("ไม่อยู่", "away")})
    ahead.undo()
    (failed,) = next(stage for stage in look(home).stages if stage.name == "assess").failed
    assert failed.again is not None
    assert failed.again <= datetime.now(UTC)
    assert ledger.resting(home, "assess") == set()
    assert {item for chunk in claim(home) for item in chunk.ids} == {"a", "b"}


def test_what_failed_now_rests_all_the_same(home: Home) -> None:
    ledger.record(home, "assess", (), {"a": Transient("ไม่อยู่", "away")})
    (failed,) = next(stage for stage in look(home).stages if stage.name == "assess").failed
    assert failed.again is not None
    assert failed.again > datetime.now(UTC)
    assert ledger.resting(home, "assess") == {"a"}


def test_a_lease_of_then_is_given_anew(home: Home, ahead: pytest.MonkeyPatch) -> None:
    (lost,) = claim(home)
    ahead.undo()
    assert ledger.leased(home, "assess") == {}
    (found,) = claim(home)
    assert found.ids == lost.ids
    assert ledger.begin(home, lost) == ()


def test_what_ran_then_is_buried_when_nobody_is_at_it(postgresql_home: Home) -> None:
    (chunk,) = claim(postgresql_home)
    ledger.begin(postgresql_home, chunk)
    with transaction(postgresql_home.engine) as session:
        session.execute(update(WorkRow).values(until=datetime.now(UTC) + AHEAD))
    assert [dead.lease for dead in ledger.reclaim(postgresql_home)] == [chunk.lease]
    assert {item for again in claim(postgresql_home) for item in again.ids} == {"a", "b"}


KEY = "central:north"


@pytest.fixture
def mirrored(home: Home) -> Home:
    server = Server(key="north", kind="central", url="https://central.example")
    settings = home.settings.model_copy(update={"servers": (server,)})
    return Home(settings, home.engine, home.store, home.pack, home.pack_digest, home.province)


@pytest.mark.parametrize(("gap", "due"), [(timedelta(seconds=1), False), (-AHEAD, True), (AHEAD, True)])
def test_a_server_is_looked_at_again(mirrored: Home, gap: timedelta, due: bool) -> None:
    with sweeps.kept(mirrored, KEY) as sweep:
        sweep.whole_at = sweep.polled_at = sweep.files_at = sweep.revalidated_at = NOW - gap
    assert sweeps.is_due(mirrored, KEY, NOW) is due
    assert sweeps.whole_is_due(mirrored, KEY, NOW) is due
    assert sweeps.files_are_old(mirrored, KEY, NOW, 3600) is due
    assert sweeps.share_is_due(mirrored, KEY, NOW.date()) is due


def test_papers_are_laid_out_again(home: Home) -> None:
    file = home.settings.cache_dir / needed_sheets.PLAN
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"{}")
    for seconds, rested in ((1, False), (-AHEAD.total_seconds(), True), (200, True)):
        os.utime(file, (time.time() - seconds,) * 2)
        assert lay_out.rested(home, 100) is rested


def test_an_officer_whose_day_was_full_then_may_send_now() -> None:
    quota = Quota(10)
    quota.charge(1, 10, NOW + AHEAD)
    with pytest.raises(BadInput):
        quota.charge(1, 1, NOW + AHEAD)
    quota.charge(1, 10, NOW)
    with pytest.raises(BadInput):
        quota.charge(1, 1, NOW)


def test_a_server_that_rested_then_is_asked_now() -> None:
    moment = AHEAD.total_seconds()
    breaker = Breaker(lambda: moment, after=1)
    breaker.failed(plain("away"))
    with pytest.raises(Transient):
        breaker.admit()
    moment = 0.0
    breaker.admit()


def test_beat_ticks_again() -> None:
    schedule = pytest.importorskip("mochocho.app.pipeline.worker")._Every(5)
    due, after = schedule.is_due(schedule.now() + AHEAD)
    assert due or after <= 5
    due, after = schedule.is_due(schedule.now())
    assert not due
    assert 0 < after <= 5
