"""What is asked for in the portal is done by workers where there are any: once, though messages are lost."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from mochocho.app.asked_work import asked_process, asked_works, handed_over
from mochocho.app.asked_work.asked_works import Kind, State
from mochocho.app.migrations.migrate import upgrade
from mochocho.app.pipeline import worker
from mochocho.settings.config import Workers as SetWorkers
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from reports.packet.make_packet import make_packet
from tests import databases
from tests.integration import commands
from tests.portal.conftest import made_site, settle, signed_in
from tests.portal.test_packets_page import ended
from tests.workers import Workers, opened, write_settings


def now() -> datetime:
    return datetime.now(UTC)


def state(home: Home, number: int) -> State:
    with reading(home.engine) as session:
        work = asked_works.numbered(session, number)
    assert work is not None
    return work.state


@pytest.mark.long
def test_a_packet_is_made_by_a_worker_whose_message_was_lost(
    tmp_path: Path, postgresql_url: str, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No process of the portal does it, and a tick sends what Redis lost."""
    monkeypatch.setattr(asked_process, "begin", lambda *_: pytest.fail("a process of the portal's own"))
    commands.settings(tmp_path, "")
    write_settings(tmp_path, postgresql_url, redis_url)
    home = opened(tmp_path)
    upgrade(home.engine)
    settle(home, 1)
    clerk = signed_in(made_site(home, now), "province")
    assert clerk.send("/packets/ask/packet").status_code == 303
    assert state(home, 1) is State.ASKED
    databases.emptied_redis()
    with Workers(tmp_path, 1):
        work = ended(home, 1)
    assert (work.state, work.said) == (State.DONE, "ทำชุดเอกสารเสร็จ 1 เล่ม")
    assert "เสร็จแล้ว" in clerk.get("/packets").text
    with clerk.get("/packets/file/packet.pdf") as given:
        made = given.data
    assert make_packet(home, tmp_path / "by-command").pdfs[0].read_bytes() == made
    home.engine.dispose()


def test_a_message_that_comes_twice_is_one_piece_of_work(any_home: Home) -> None:
    done: list[int] = []
    number, _ = asked_works.ask(any_home, Kind.PACKET, "นางหนึ่ง ตัวอย่าง", now())
    assert asked_works.waiting(any_home, now()) == [number]
    for _ in range(2):
        if asked_works.begin(any_home, number, now()):
            done.append(number)
    assert done == [number]
    assert asked_works.waiting(any_home, now()) == []
    assert state(any_home, number) is State.RUNNING


def test_what_waits_for_a_worker_is_not_taken_for_dead(any_home: Home) -> None:
    at = now()
    number, _ = asked_works.ask(any_home, Kind.PACKET, "นางหนึ่ง ตัวอย่าง", at)
    assert asked_works.waiting(any_home, at + 2 * asked_works.SILENT) == [number]  # a tick looks
    with reading(any_home.engine) as session:
        (work,) = asked_works.latest(session, at + 2 * asked_works.SILENT, 9)
    assert work.alive
    assert asked_works.ask(any_home, Kind.PACKET, "นางสอง ตัวอย่าง", at + 2 * asked_works.SILENT) == (
        number,
        False,
    )


def test_a_tick_hands_over_what_waits_and_a_worker_does_it(
    postgresql_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[int] = []
    monkeypatch.setattr(asked_process, "see_through", lambda _settings, number: begun.append(number))
    broker = SetWorkers(broker_url=SecretStr("redis://127.0.0.1:9/0"))
    home = replace(postgresql_home, settings=postgresql_home.settings.model_copy(update={"workers": broker}))
    number, _ = asked_works.ask(home, Kind.PACKET, "นางหนึ่ง ตัวอย่าง", now())
    monkeypatch.setattr(worker, "open_home", lambda _settings: home)
    app = worker.make_app(home.settings, handed_over.beside())
    sent: list[tuple[str, list[int]]] = []
    monkeypatch.setattr(app, "send_task", lambda name, args, **_: sent.append((name, args)))
    for _ in range(2):  # the first message is lost
        app.tasks[worker.TICK].run(False)
    assert [one for one in sent if one[0] == worker.BESIDE] == 2 * [(worker.BESIDE, [number])]
    app.tasks[worker.BESIDE].run(number)
    assert begun == [number]
    assert worker.BESIDE not in worker.make_app(home.settings).tasks  # of whoever only sends
