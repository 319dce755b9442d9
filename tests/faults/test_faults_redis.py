"""The broker loses messages, goes away, delivers a message twice: the database knows what is due."""

import contextlib
import json
import random
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import update

from mochocho.app.pipeline import dispatch
from mochocho.app.pipeline.worker import WORK, make_app, task_name
from mochocho.app.tables import WorkRow
from mochocho.app.terminal.faults import TRY_AGAIN
from mochocho.storage.db import transaction
from tests.faults.conftest import OpenOffice
from tests.faults.office import PATIENCE, Log, Office, at_work, until
from tests.servers import Redis
from tests.workers import Workers

SEED = 20261121
RANDOM_MOMENTS = 20
MINUTE = 60.0
NARROW = {"typeset_chunk": 1, "assess_chunk": 3, "register_chunk": 6}  # many messages


def tick(office: Office) -> None:
    """Look for what is due, as a worker does; nobody takes the messages yet."""
    app = make_app(office.home.settings)
    dispatch.tick(
        office.home,
        lambda chunk: app.send_task(task_name(chunk.stage), args=[list(chunk.ids), chunk.lease]),
    )
    app.close()


def messages(redis: Redis) -> int:
    """How many chunks are waiting in Redis or out with a worker."""
    with redis.client() as client:
        return int(client.llen(WORK)) + int(client.hlen("unacked"))


def test_messages_that_a_flushall_took_are_sent_again(office: OpenOffice) -> None:
    place = office("typeset", **NARROW)
    items = {name: place.stations.items[name] for name in ("typeset", "packet")}
    tick(place)
    sent = messages(place.redis)
    place.redis.flush()
    queued = place.status()["stages"]["typeset"]
    assert sent > 3
    assert messages(place.redis) == 0
    assert (queued["queued"], queued["due"]) == (items["typeset"], 0)
    assert queued["oldest"] is not None
    with transaction(place.home.engine) as session:
        session.execute(update(WorkRow).values(until=datetime.now(UTC)))  # their leases are over
    with Workers(place.folder) as workers:
        workers.drain(PATIENCE)
    place.check()
    assert Log(place.folder).done() == items


def forget_often(office: OpenOffice, dice: random.Random) -> None:
    place = office("register", lease_seconds=2, **NARROW)
    lost = 0
    with Workers(place.folder, 1) as workers:
        at_work(workers, "register")
        for _ in range(12):
            time.sleep(dice.uniform(0.0, 0.6))
            lost += messages(place.redis)
            place.redis.flush()
        workers.drain(PATIENCE)
    assert lost > 0
    place.check()
    assert Log(place.folder).done() == place.stations.items


@pytest.mark.long
def test_flushall_at_random_moments_loses_nothing(office: OpenOffice) -> None:
    forget_often(office, random.Random(SEED))


@pytest.mark.long
@pytest.mark.parametrize("number", range(RANDOM_MOMENTS))
def test_flushall_at_any_moment_loses_nothing(office: OpenOffice, number: int) -> None:
    forget_often(office, random.Random(f"{SEED} {number}"))


@pytest.mark.long
@pytest.mark.parametrize("away", [5.0, MINUTE])
def test_redis_gone_for_a_while_stops_nothing_for_good(office: OpenOffice, away: float) -> None:
    place = office("register", typeset_chunk=1)
    with Workers(place.folder) as workers:
        at_work(workers, "typeset")
        place.redis.stop()
        try:
            gone = time.monotonic()
            told = place.mochocho("run")
            ages = [place.metrics()["mochocho_looked_seconds"]]
            time.sleep(max(0.0, away - (time.monotonic() - gone)))
            ages.append(place.metrics()["mochocho_looked_seconds"])
            looked_at = place.looked_at()
        finally:
            place.redis.start()
        workers.drain(PATIENCE)
        until(lambda: place.looked_at() > looked_at or None, PATIENCE, workers.logs)
    assert told.returncode == TRY_AGAIN
    assert "broker" in told.stderr
    assert ages[1] - ages[0] > (away - 4.0) / 2
    assert ages[1] > away - 2.0
    place.check()
    assert Log(place.folder).done() == place.stations.items


class Echo:
    """Hands a message that a worker holds to another one, too, as Redis does when it is held for long."""

    def __init__(self, redis: Redis) -> None:
        self._redis, self._over = redis, threading.Event()
        self.handed: dict[str, bytes] = {}  # id of the task -> message
        self._thread = threading.Thread(target=self._run)

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        self._thread.start()
        try:
            yield
        finally:
            self._over.set()
            self._thread.join()

    def _run(self) -> None:
        with self._redis.client() as client:
            while not self._over.wait(0.02):
                for held in client.hvals("unacked"):
                    message, _, queue = json.loads(held)
                    task = str(message["headers"]["id"])
                    if queue == WORK and task not in self.handed:
                        self.handed[task] = _redelivered(message)
                        client.rpush(WORK, self.handed[task])

    def all_again(self) -> None:
        with self._redis.client() as client:
            client.rpush(WORK, *self.handed.values())


def _redelivered(message: dict[str, Any]) -> bytes:
    message["headers"]["redelivered"] = True
    message["properties"]["delivery_info"]["redelivered"] = True
    return json.dumps(message).encode()


def test_a_message_handed_to_two_workers_is_done_once_under_two_beats(office: OpenOffice) -> None:
    place = office("register", tick_seconds=0.1, **NARROW)
    echo = Echo(place.redis)
    with Workers(place.folder, 3, beats=2) as workers:
        with echo.running():
            workers.drain(PATIENCE)
        assert [beat.poll() for beat in workers.beats] == [None, None]
        log = Log(place.folder)
        turned_away = log.says("is being worked on elsewhere")
        done = log.done()
        stages = {line for line in place.stations.items if log.begun(line)}
        echo.all_again()  # long after it was done
        until(lambda: messages(place.redis) == 0 or None, PATIENCE, workers.logs)
        workers.drain(PATIENCE)
    assert stages == set(place.stations.items)
    assert turned_away > 0
    assert done == log.done() == place.stations.items
    place.check()
