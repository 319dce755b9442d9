"""The order of the stages, defined once. No stage calls the next one.

An embedded home runs the stages here, in this process; workers run them through
`mochocho.app.pipeline.dispatch`.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from mochocho.app.pipeline import held_back, ledger, pulling, skip_cache
from mochocho.app.pipeline.leftovers import sweep_now_and_then
from mochocho.app.pipeline.lock import conveyor_lock
from mochocho.app.pipeline.pulling import AS_USUAL, Asked
from mochocho.app.problems import Problem
from mochocho.settings.config import Workers
from mochocho.storage.closed import Closed
from mochocho.storage.db import reading, refuse_closed
from mochocho.storage.home import Home
from mochocho.words.errors import MochochoError, Terminal, Transient
from mochocho.words.progress import ProgressCall
from processing.assessment import assess
from processing.register import register_forms
from reports.lists import publish_lists
from reports.notices import tell_servers
from reports.packet import lay_out, make_packet, typeset

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What a stage did with its ids: the errors of those that failed, and whether anything changed at all."""

    failed: Mapping[str, Exception] = field(default_factory=dict)
    changed: bool = True

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome({**self.failed, **other.failed}, self.changed or other.changed)


@dataclass(frozen=True)
class Stage:
    """One stage: `due` returns the ids to work on, `do` works on them and returns failures, which stay due.

    The ledger decides when failures are tried again. `chunk`: how many ids one worker gets at once, None =
    all of them, since two must not run in parallel. `barrier`: later stages wait until nothing of this one is
    due or running. `rested`: whether workers may run it again yet.
    """

    name: str
    due: Callable[[Home], Sequence[str]]
    do: Callable[[Home, Sequence[str], ProgressCall | None], Outcome]
    chunk: Callable[[Workers], int] | None = None
    barrier: bool = True
    rested: Callable[[Home], bool] = lambda _: True


@dataclass(frozen=True)
class RunReport:
    """What one run did: how many ids each stage got, and which of them failed."""

    handled: dict[str, int]
    problems: tuple[Problem, ...]

    def done(self, stage: str) -> int:
        """How many ids of a stage succeeded."""
        return self.handled[stage] - sum(problem.stage == stage for problem in self.problems)


def _pull(
    home: Home, keys: Sequence[str], progress: ProgressCall | None, asked: Asked | None = None
) -> Outcome:
    return Outcome(*pulling.do(home, keys, progress, asked))


def _register(home: Home, root_ids: Sequence[str], progress: ProgressCall | None) -> Outcome:
    return Outcome(register_forms.do(home, root_ids, progress).failed)


def _assess(home: Home, keys: Sequence[str], progress: ProgressCall | None) -> Outcome:
    return Outcome(assess.do(home, keys, progress).failed)


def _lists(home: Home, names: Sequence[str], _progress: ProgressCall | None) -> Outcome:
    return Outcome(publish_lists.do(home, names), changed=False)  # no paper is made from lists


def _notices(home: Home, items: Sequence[str], progress: ProgressCall | None) -> Outcome:
    return Outcome(tell_servers.do(home, items, progress), changed=False)


def _layout(home: Home, _states: Sequence[str], _progress: ProgressCall | None) -> Outcome:
    if not pulling.compare_files(home):  # otherwise it is laid out once the changed files have been assessed
        lay_out.do(home)
    return Outcome()


def _typeset(home: Home, keys: Sequence[str], progress: ProgressCall | None) -> Outcome:
    return Outcome(typeset.do(home, keys, progress))


def _packet(home: Home, _states: Sequence[str], progress: ProgressCall | None) -> Outcome:
    make_packet.do(home, progress)
    return Outcome()


def _packet_rested(home: Home) -> bool:
    """Whether the last layout is long enough ago:
    while forms trickle in, not every pause may make all papers anew.
    """
    return lay_out.rested(home, home.settings.workers.packet_rest_seconds)


STAGES = (
    # Servers and phones -> the mirror. A source is pulled when it is time to.
    Stage("pull", pulling.in_time, _pull, lambda _: 1, barrier=False),
    # Mirror -> applicants and the forms about them.
    Stage("register", register_forms.due, _register, lambda workers: workers.register_chunk),
    # Register -> verdicts, scores, gates.
    Stage("assess", assess.due, _assess, lambda workers: workers.assess_chunk),
    # Register and assessments -> the lists that phones choose from.
    Stage("lists", publish_lists.due, _lists, barrier=False),
    # Register and assessments -> reviews and lists on servers.
    Stage("notices", tell_servers.due, _notices, lambda _: tell_servers.CHUNK, barrier=False),
    # Register and assessments -> the content of each sheet of the packet -> PDFs -> the bound packet.
    Stage("layout", lay_out.due, _layout, rested=_packet_rested),
    Stage("typeset", typeset.due, _typeset, lambda workers: workers.typeset_chunk),
    Stage("packet", make_packet.due, _packet),
)
# In one process `make_packet` makes all the papers at once, when a person asks for them.
EVERY_STAGE = ("pull", "register", "assess", "lists", "notices")


def stage_named(name: str) -> Stage:
    return next(stage for stage in STAGES if stage.name == name)


def run_once(
    home: Home,
    progress: ProgressCall | None = None,
    *,
    stages: Sequence[str] = EVERY_STAGE,
    only: Sequence[str] | None = None,
    wait: float = 60.0,
    patient: bool = False,
    asked: Asked = AS_USUAL,
) -> RunReport:
    """Run the named stages in their order, under the conveyor's lock. `only` limits what is due to these ids.

    `patient`: skip what failed before and rests or waits for a person, and servers that it is not time to
    pull; otherwise all are tried again, as `asked`. Raises Transient when another process holds the lock for
    more than `wait` seconds, Closed when the cycle is closed.
    """
    every_source = Stage("pull", pulling.every, partial(_pull, asked=asked))
    handled: dict[str, int] = {}
    problems: list[Problem] = []
    with reading(home.engine) as session:
        refuse_closed(session.connection())
    with conveyor_lock(home, wait):
        sweep_now_and_then(home)
        for stage in STAGES if patient else (every_source, *STAGES[1:]):
            if stage.name not in stages:
                continue
            every = skip_cache.look(home, stage.name, stage.due) if patient else stage.due(home)
            aside = _set_aside(home, stage.name) if patient else set()
            due = [key for key in every if (only is None or key in only) and key not in aside]
            outcome = _attempt(home, stage, due, progress) if due else Outcome()
            if looked_at := [*due, *_no_longer_due(home, stage, every)]:
                ledger.record(home, stage.name, looked_at, outcome.failed)
            problems += _told(stage, outcome)
            handled[stage.name] = len(due)
            log.info("%s: %d due", stage.name, len(due))
        if not patient:  # a process that ticks finds out at its next tick
            _note_nothing_due(home, stages)
    return RunReport(handled, tuple(problems))


def _set_aside(home: Home, stage: str) -> set[str]:
    """What is due and not done at this tick."""
    return ledger.resting(home, stage) | held_back.of_stage(home, stage)


def _note_nothing_due(home: Home, stages: Sequence[str]) -> None:
    """Record that nothing is due:
    a person often asks for the status next and should not wait for a search.
    """
    for stage in STAGES:
        if stage.name in stages:
            skip_cache.note_nothing_due(home, stage.name, stage.due)


def _attempt(home: Home, stage: Stage, due: Sequence[str], progress: ProgressCall | None) -> Outcome:
    """Do what is due. Where the stage fails as a whole, find the items at fault; the others are done."""
    try:
        return stage.do(home, due, progress)
    except Exception as error:
        if isinstance(error, Terminal) or ledger.fault_of(error).again:
            raise  # a fault of the home: settings, disk, database
        log.debug("%s", stage.name, exc_info=True)
        if len(due) == 1:
            return Outcome({due[0]: error})
        half = len(due) // 2
        return _attempt(home, stage, due[:half], progress) + _attempt(home, stage, due[half:], progress)


def _no_longer_due(home: Home, stage: Stage, due: Sequence[str]) -> set[str]:
    """Items that failed once and are no longer due: a form that was withdrawn, a source that was removed."""
    with reading(home.engine) as session:
        failed = {
            row.item
            for row in ledger.everything(session)
            if row.stage == stage.name and row.state == ledger.FAILED
        }
    return failed - set(due)


def _told(stage: Stage, outcome: Outcome) -> Iterator[Problem]:
    for item, error in outcome.failed.items():
        fault = ledger.fault_of(error)
        yield Problem(stage.name, item, fault.said, fault.again)


def keep_running(home: Home, stop: threading.Event) -> None:
    """Run the conveyor every `tick_seconds` until `stop`, resting at least as long as the last run took.

    It survives every fault: what was not finished is due at the next tick.
    """
    while not stop.is_set():
        began = time.monotonic()
        try:
            for problem in run_once(home, wait=0, patient=True).problems:
                log.warning("%s %s: %s", problem.stage, problem.item, problem.said)
        except (Transient, Closed) as error:
            log.info("conveyor: %s", error)
        except MochochoError as error:
            log.warning("conveyor: %s", error)
        except Exception:  # a fault in one tick must not end the endpoint's background work
            log.exception("conveyor: this tick failed; the next one tries again")
        stop.wait(max(home.settings.endpoint.tick_seconds, time.monotonic() - began))
