"""The order of the stages, the conveyor's lock, and a conveyor that survives every fault."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from mochocho.app.migrations.migrate import upgrade
from mochocho.app.pipeline.conveyor import STAGES, keep_running, run_once
from mochocho.app.pipeline.lock import conveyor_lock
from mochocho.settings.config import Endpoint, Folder, Settings
from mochocho.storage.db import Base, reading
from mochocho.storage.home import Home, open_home
from mochocho.words.errors import Transient
from processing.tables import ApplicantRow, AssessmentRow
from sync.tables import Submission
from tests import builders


def count(home: Home, table: type[Base]) -> int:
    with reading(home.engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def send(home: Home, name: str = "one") -> None:
    """An application, posted by an officer of its district."""
    builders.publish(home, builders.xform())
    officer = builders.officer(home, name)
    xml = builders.application(builders.uid(name), instance_id=builders.uid(name, "instance"))
    builders.post(home, xml, officer_id=officer)


def test_the_order_is_from_the_phone_to_the_packet() -> None:
    order = [stage.name for stage in STAGES]
    assert order == ["pull", "register", "assess", "lists", "notices", "layout", "typeset", "packet"]


def test_one_run_takes_a_post_all_the_way(any_home: Home) -> None:
    send(any_home)
    report = run_once(any_home)
    assert report.handled == {"pull": 1, "register": 1, "assess": 1, "lists": 2, "notices": 0}
    assert report.problems == ()
    assert [count(any_home, t) for t in (Submission, ApplicantRow, AssessmentRow)] == [1, 1, 1]


def test_a_second_run_finds_nothing_due(any_home: Home) -> None:
    send(any_home)
    run_once(any_home)
    handled = {"pull": 1, "register": 0, "assess": 0, "lists": 0, "notices": 0}
    assert run_once(any_home).handled == handled
    assert count(any_home, AssessmentRow) == 1


def test_stages_can_be_run_apart_and_the_later_ones_are_due_afterwards(home: Home) -> None:
    send(home)
    assert run_once(home, stages=("pull",)).handled == {"pull": 1}
    assert count(home, ApplicantRow) == 0
    assert run_once(home, stages=("register", "assess")).handled == {"register": 1, "assess": 1}


def test_one_source_can_be_named(home: Home) -> None:
    send(home)
    assert run_once(home, stages=("pull",), only=("folder:nowhere",)).handled == {"pull": 0}
    assert count(home, Submission) == 0


def test_a_source_that_is_away_is_told_and_keeps_no_other_waiting(home: Home, tmp_path: Path) -> None:
    away = Folder(key="away", path=tmp_path / "unplugged")
    settings = home.settings.model_copy(update={"folders": (away,)})
    without = Home(settings, home.engine, home.store, home.pack, home.pack_digest, home.province)
    send(without)
    report = run_once(without)
    (problem,) = report.problems
    assert (problem.stage, problem.item, problem.again) == ("pull", "folder:away", True)
    assert (report.done("pull"), report.done("register")) == (1, 1)
    assert report.handled == {"pull": 2, "register": 1, "assess": 1, "lists": 2, "notices": 0}


def test_progress_is_told_by_stage(home: Home) -> None:
    send(home)
    heard: list[tuple[str, int, int]] = []
    run_once(home, lambda *what: heard.append(what))
    assert {stage for stage, _, _ in heard} >= {"pull", "assess"}
    assert all(0 <= done <= total for _, done, total in heard)


def test_two_conveyors_never_run_at_once(any_home: Home) -> None:
    held, go = threading.Event(), threading.Event()

    def other() -> None:
        with conveyor_lock(any_home):
            held.set()
            go.wait(30)

    thread = threading.Thread(target=other)
    thread.start()
    try:
        assert held.wait(30)
        with pytest.raises(Transient, match="another mochocho is at work"):
            run_once(any_home, wait=0)
    finally:
        go.set()
        thread.join()
    assert run_once(any_home, wait=30).problems == ()


def test_the_lock_is_free_again_after_a_fault(any_home: Home) -> None:
    with pytest.raises(ZeroDivisionError), conveyor_lock(any_home):
        raise ZeroDivisionError
    with conveyor_lock(any_home, wait=0):
        pass


def eventually(true: Callable[[], bool]) -> bool:
    until = time.monotonic() + 60
    while not true():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def test_the_background_conveyor_outlives_faults_and_stops_when_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    # Without tables every tick fails; once they are there, the post that came before is worked on.
    home = open_home(Settings(home=tmp_path / "home", endpoint=Endpoint(tick_seconds=0.01)))
    stop = threading.Event()
    thread = threading.Thread(target=keep_running, args=(home, stop))
    thread.start()
    try:
        assert eventually(lambda: "this tick failed" in caplog.text)
        upgrade(home.engine)
        send(home)
        assert eventually(lambda: count(home, AssessmentRow) == 1)
    finally:
        stop.set()
        thread.join(60)
        home.engine.dispose()
    assert not thread.is_alive()
