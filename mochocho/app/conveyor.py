"""The order of the stages, written once. Nothing else calls the next stage, and no stage calls upward.

Both homes walk it: the embedded one here, in this process; workers through `mochocho.app.dispatch`.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from mochocho.app import ledger
from mochocho.app.lock import conveyor_lock
from mochocho.config import Workers
from mochocho.errors import MochochoError, Transient
from mochocho.home import Home
from processing import assess, register
from reports import layout, lists, packet, typeset
from sync.pull import pull
from sync.sources.registry import sources

log = logging.getLogger(__name__)

ProgressCall = Callable[[str, int, int], None]  # stage, done, total


@dataclass(frozen=True)
class Outcome:
    """What a stage did with its ids: the error of each that failed, and whether anything changed at all."""

    failed: Mapping[str, Exception] = field(default_factory=dict)
    changed: bool = True


@dataclass(frozen=True)
class Stage:
    """`due` names what there is to do, `do` does it and tells what failed; what failed is due again.

    `chunk`: how many ids one worker is handed at once, None = all of them, as two of it must not run side by
    side. `barrier`: what comes after waits until nothing of this stage is due or at work.
    """

    name: str
    due: Callable[[Home], Sequence[str]]
    do: Callable[[Home, Sequence[str], ProgressCall | None], Outcome]
    chunk: Callable[[Workers], int] | None = None
    barrier: bool = True


@dataclass(frozen=True)
class RunReport:
    """What one run did: how many ids each stage was handed, and what went wrong, as sentences."""

    handled: dict[str, int]
    problems: tuple[str, ...]


def _source_keys(home: Home) -> list[str]:
    return [source.key for source in sources(home)]


def _pull(home: Home, keys: Sequence[str], progress: ProgressCall | None) -> Outcome:
    failed: dict[str, Exception] = {}
    found = 0
    for source in sources(home):
        if source.key not in keys:
            continue
        try:
            found += pull(home, source, progress).due
        except MochochoError as error:  # one source that is away must not keep the others waiting
            failed[source.key] = error
    return Outcome(failed, found > 0)


def _register(home: Home, root_ids: Sequence[str], progress: ProgressCall | None) -> Outcome:
    register.do(home, root_ids, progress)
    return Outcome()


def _assess(home: Home, keys: Sequence[str], progress: ProgressCall | None) -> Outcome:
    assess.do(home, keys, progress)
    return Outcome()


def _lists(home: Home, names: Sequence[str], _progress: ProgressCall | None) -> Outcome:
    return Outcome(lists.do(home, names), changed=False)  # no paper is made of them


def _layout(home: Home, _states: Sequence[str], _progress: ProgressCall | None) -> Outcome:
    layout.do(home)
    return Outcome()


def _typeset(home: Home, keys: Sequence[str], progress: ProgressCall | None) -> Outcome:
    return Outcome(typeset.do(home, keys, progress))


def _packet(home: Home, _states: Sequence[str], progress: ProgressCall | None) -> Outcome:
    packet.do(home, progress)
    return Outcome()


STAGES = (
    # What servers and phones hold -> our mirror of it. A source is looked at whenever it is time to.
    Stage("pull", _source_keys, _pull, lambda _: 1, barrier=False),
    # Mirror -> who applied, and what assessors wrote.
    Stage("register", register.due, _register, lambda workers: workers.register_chunk),
    # Register -> verdicts, scores, gates.
    Stage("assess", assess.due, _assess, lambda workers: workers.assess_chunk),
    # All that is known -> the lists that phones choose from.
    Stage("lists", lists.due, _lists, barrier=False),
    # All that is known -> what stands on each sheet of the packet; sheets -> typeset; typeset -> bound.
    Stage("layout", layout.due, _layout),
    Stage("typeset", typeset.due, _typeset, lambda workers: workers.typeset_chunk),
    Stage("packet", packet.due, _packet),
)
# In one process the papers are made as a whole, by `make_packet`, when somebody asks for them.
EVERY_STAGE = ("pull", "register", "assess", "lists")


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
) -> RunReport:
    """Every stage named, in the one order, under the one lock. `only` narrows what is due to these ids.

    `patient`: leave alone what failed before and rests or waits for a person; otherwise it is tried again.
    Raises Transient when another conveyor still holds the lock after `wait` seconds.
    """
    handled: dict[str, int] = {}
    problems: list[str] = []
    with conveyor_lock(home, wait):
        for stage in STAGES:
            if stage.name not in stages:
                continue
            resting = ledger.resting(home, stage.name) if patient else set()
            due = [key for key in stage.due(home) if (only is None or key in only) and key not in resting]
            if due:
                outcome = stage.do(home, due, progress)
                ledger.record(home, stage.name, due, outcome.failed)
                problems += map(str, outcome.failed.values())
            handled[stage.name] = len(due)
            log.info("%s: %d due", stage.name, len(due))
    return RunReport(handled, tuple(problems))


def keep_running(home: Home, stop: threading.Event) -> None:
    """Run the conveyor every `tick_seconds` until `stop`, resting at least as long as the last run took.

    It outlives every fault: what was not finished is due at the next tick.
    """
    while not stop.is_set():
        began = time.monotonic()
        try:
            for problem in run_once(home, wait=0, patient=True).problems:
                log.warning("%s", problem)
        except Transient as error:
            log.info("conveyor: %s", error)
        except MochochoError as error:
            log.warning("conveyor: %s", error)
        except Exception:  # a fault of ours in one tick must not end the endpoint's work for good
            log.exception("conveyor: this tick failed; the next one tries again")
        stop.wait(max(home.settings.endpoint.tick_seconds, time.monotonic() - began))
