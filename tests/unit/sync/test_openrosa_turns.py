"""In which order requests are answered; all orders here are made by events, not by the clock."""

import threading
import time
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field

import pytest

from sync.openrosa.connections import turns as module
from sync.openrosa.connections.turns import Turns

PATIENCE = 30


@dataclass
class Request:
    """One that says when it is begun and ends when it is let go."""

    owner: Hashable
    begun: threading.Event = field(default_factory=threading.Event)
    let_go: threading.Event = field(default_factory=threading.Event)
    work: Callable[[], None] = lambda: None
    cancelled: bool = False

    def service(self) -> None:
        self.begun.set()
        self.work()
        self.let_go.wait(PATIENCE)

    def cancel(self) -> None:
        self.cancelled = True


class Running:
    def __init__(self, threads: int = 4, of_one: int = 2) -> None:
        self.turns = Turns(threads, of_one)
        self.made: list[Request] = []

    def ask(self, owner: Hashable, work: Callable[[], None] = lambda: None) -> Request:
        request = Request(owner, work=work)
        self.made.append(request)
        self.turns.add_task(request)
        return request

    def rest(self) -> None:
        """Wait until nothing runs and it is counted what was used."""
        while self.turns._waiting or self.turns._running:  # in this order: nothing goes back to waiting
            time.sleep(0.01)

    def end(self) -> None:
        for request in self.made:
            request.let_go.set()
        self.turns.shutdown(PATIENCE)


@pytest.fixture
def running() -> Iterator[Running]:
    one = Running()
    yield one
    one.end()


def test_one_owner_holds_no_more_threads_than_its_share(running: Running) -> None:
    many = [running.ask("hostile") for _ in range(20)]
    honest = running.ask("honest")
    assert honest.begun.wait(PATIENCE)
    assert [request.begun.is_set() for request in many].count(True) <= 2
    many[0].let_go.set()
    assert many[2].begun.wait(PATIENCE), "the next of the same owner takes the place"


def test_who_used_the_processor_much_waits_behind_others(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MUCH", 0.05)
    monkeypatch.setattr(module, "_WINDOW", 3600.0)  # on a busy machine this test is no matter of a minute
    for request in [running.ask(f"heavy {n}", _burn) for n in range(8)]:
        request.let_go.set()
    running.rest()
    again = [running.ask(f"heavy {n}") for n in range(8)]
    light = [running.ask(f"light {n}") for n in range(2)]
    assert all(request.begun.wait(PATIENCE) for request in light), "threads are kept for them"
    assert again[0].begun.wait(PATIENCE), "who used much is still answered"
    assert [request.begun.is_set() for request in again].count(True) == 1


def test_a_request_that_fails_ends_no_thread(running: Running) -> None:
    for _ in range(20):
        running.ask("broken", lambda: [][1]).let_go.set()
    assert running.ask("honest").begun.wait(PATIENCE)


def test_stopping_lets_what_runs_end_and_cancels_the_rest(running: Running) -> None:
    first = [running.ask("one"), running.ask("one")]
    assert all(request.begun.wait(PATIENCE) for request in first)
    waiting = running.ask("one")
    stopping = threading.Thread(target=running.turns.shutdown, args=(PATIENCE,))
    stopping.start()
    while not running.turns._stopped:
        time.sleep(0.01)
    for request in first:
        request.let_go.set()
    stopping.join(PATIENCE)
    assert not stopping.is_alive()
    assert waiting.cancelled
    assert not waiting.begun.is_set()


def _burn() -> None:
    until = time.thread_time() + 0.1
    while time.thread_time() < until:
        pass
