"""How long a client waits between tries, and when it leaves a server alone."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mochocho.words.errors import Transient
from mochocho.words.sentences import plain
from sync.web.breaker import Breaker, Breakers
from sync.web.hosts import Origin
from sync.web.patience import Patience
from tests.web_server import Waits

PATIENCE = Patience(base=0.5, cap=60.0)


def pause(failed: int, headers: Mapping[str, str] = MappingProxyType({})) -> float:
    found = PATIENCE.pause(failed, headers)
    assert found is not None
    return found


@given(st.integers(1, 2000))
def test_without_a_word_it_waits_with_full_jitter(failed: int) -> None:
    assert 0.0 <= pause(failed) <= min(60.0, 0.5 * 2 ** min(failed - 1, 100))


def test_what_failed_together_does_not_come_back_together() -> None:
    pauses = [pause(8) for _ in range(200)]
    assert min(pauses) < 15 < 45 < max(pauses)


@given(st.integers(0, 10**12), st.floats(0.0, 100.0))
def test_retry_after_is_obeyed_where_that_much_may_still_be_waited(seconds: int, waited: float) -> None:
    found = PATIENCE.pause(1, {"Retry-After": str(seconds)}, waited)
    assert found == (float(seconds) if seconds <= max(60.0 - waited, 0.0) else None)


@given(st.lists(st.one_of(st.none(), st.integers(0, 70)), min_size=1, max_size=30))
def test_no_request_waits_longer_than_the_cap_whatever_the_server_asks(asked: list[int | None]) -> None:
    waited = 0.0
    for failed, seconds in enumerate(asked, 1):
        found = PATIENCE.pause(failed, {} if seconds is None else {"Retry-After": str(seconds)}, waited)
        if found is None:
            break
        waited += found
    assert waited <= 60.0


@given(st.integers(-(10**6), 10**6), st.integers(10**9, 4 * 10**9))
def test_a_date_counts_from_the_servers_own_clock(seconds: int, epoch: int) -> None:
    now = datetime.fromtimestamp(epoch, UTC)
    date, later = (format_datetime(at, usegmt=True) for at in (now, now + timedelta(seconds=seconds)))
    asked = max(seconds, 0)
    assert PATIENCE.pause(1, {"Retry-After": later, "Date": date}) == (asked if asked <= 60 else None)


@pytest.mark.parametrize("text", ["soon", "-5", "1.5", "٣", "Sat, 21 Nov 2026 06:00:00 GMT", "", "1e9"])
def test_a_retry_after_that_cannot_be_read_is_none(text: str) -> None:
    assert 0.0 <= pause(1, {"Retry-After": text}) <= 0.5


def test_a_breaker_opens_lets_one_try_and_closes() -> None:
    waits = Waits()
    breaker = Breaker(lambda: waits.now, after=3, rest=30.0)
    for _ in range(2):
        breaker.failed(plain("https://a.example: refuses connections"))
    breaker.admit()
    breaker.failed(plain("https://a.example: refuses connections"))
    waits.now += 10
    with pytest.raises(
        Transient,
        match=r"^https://a.example: refuses connections; this server is left alone for 20 seconds more$",
    ) as raised:
        breaker.admit()
    assert raised.value.th.endswith("; จะไม่ติดต่อเซิร์ฟเวอร์นี้อีก 20 วินาที")
    waits.now += 20
    breaker.admit()  # the one that tries
    with pytest.raises(Transient):
        breaker.admit()
    breaker.failed(plain("still"))
    with pytest.raises(Transient, match="still"):
        breaker.admit()
    waits.now += 30
    breaker.admit()
    breaker.succeeded()
    for _ in range(10):
        breaker.admit()


def test_a_try_that_never_told_its_outcome_is_no_end() -> None:
    waits = Waits()
    breaker = Breaker(lambda: waits.now, after=1, rest=30.0)
    breaker.failed(plain("away"))
    waits.now += 30
    breaker.admit()
    waits.now += 30
    breaker.admit()


@given(st.floats(0, 1e9), st.floats(0, 7200))
def test_who_fails_is_left_alone_at_once_whatever_the_clock_reads(now: float, asked: float) -> None:
    breaker = Breaker(lambda: now, after=1)
    breaker.failed(plain("away"), asked)
    with pytest.raises(Transient, match="left alone"):
        breaker.admit()


@pytest.mark.parametrize(("asked", "rests"), [(5.0, 30.0), (600.0, 600.0), (86400.0, 3600.0)])
def test_who_asks_to_be_left_alone_is_at_once_for_an_hour_at_most(asked: float, rests: float) -> None:
    waits = Waits()
    breaker = Breaker(lambda: waits.now, after=5, rest=30.0)
    breaker.failed(plain("https://a.example: 503"), asked)
    waits.now += rests - 1
    with pytest.raises(Transient, match="left alone for 1 seconds more"):
        breaker.admit()
    waits.now += 1
    breaker.admit()


def test_only_failures_in_a_row_count() -> None:
    breaker = Breaker(lambda: 0.0, after=2)
    for _ in range(5):
        breaker.failed(plain("away"))
        breaker.succeeded()
    breaker.admit()


def test_each_host_has_its_own() -> None:
    breakers = Breakers(lambda: 0.0)
    for _ in range(5):
        breakers.of(Origin("https", "storage.example", 443)).failed(plain("away"))
    breakers.of(Origin("https", "central.example", 443)).admit()
    with pytest.raises(Transient):
        breakers.of(Origin("https", "storage.example", 443)).admit()
