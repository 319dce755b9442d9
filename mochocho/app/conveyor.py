"""The order of the stages, written once. Nothing else calls the next stage, and no stage calls upward."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mochocho.app.lock import conveyor_lock
from mochocho.errors import MochochoError, Transient
from mochocho.home import Home
from processing import assess, register
from sync.pull import pull
from sync.sources.registry import sources

log = logging.getLogger(__name__)

ProgressCall = Callable[[str, int, int], None]  # stage, done, total


@dataclass(frozen=True)
class Stage:
    """`due` names what there is to do, `do` does it and returns what went wrong; what failed is due again."""

    name: str
    due: Callable[[Home], Sequence[str]]
    do: Callable[[Home, Sequence[str], ProgressCall | None], Sequence[str]]


@dataclass(frozen=True)
class RunReport:
    """What one run did: how many ids each stage was handed, and what went wrong, as sentences."""

    handled: dict[str, int]
    problems: tuple[str, ...]


def _source_keys(home: Home) -> list[str]:
    return [source.key for source in sources(home)]


def _pull(home: Home, keys: Sequence[str], progress: ProgressCall | None) -> list[str]:
    problems = []
    for source in sources(home):
        if source.key not in keys:
            continue
        try:
            pull(home, source, progress)
        except MochochoError as error:  # one source that is away must not keep the others waiting
            problems.append(str(error))
    return problems


def _register(home: Home, _keys: Sequence[str], _progress: ProgressCall | None) -> list[str]:
    register.run(home)
    return []


def _assess(home: Home, keys: Sequence[str], progress: ProgressCall | None) -> list[str]:
    assess.do(home, keys, progress)
    return []


STAGES = (
    Stage("pull", _source_keys, _pull),  # what servers and phones hold -> our mirror of it
    Stage("register", register.due, _register),  # mirror -> who applied, and what assessors wrote
    Stage("assess", assess.due, _assess),  # register -> verdicts, scores, gates
)


EVERY_STAGE = tuple(stage.name for stage in STAGES)


def run_once(
    home: Home,
    progress: ProgressCall | None = None,
    *,
    stages: Sequence[str] = EVERY_STAGE,
    only: Sequence[str] | None = None,
    wait: float = 60.0,
) -> RunReport:
    """Every stage named, in the one order, under the one lock. `only` narrows what is due to these ids.

    Raises Transient when another conveyor still holds the lock after `wait` seconds.
    """
    handled: dict[str, int] = {}
    problems: list[str] = []
    with conveyor_lock(home, wait):
        for stage in STAGES:
            if stage.name not in stages:
                continue
            due = [key for key in stage.due(home) if only is None or key in only]
            if due:
                problems += stage.do(home, due, progress)
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
            for problem in run_once(home, wait=0).problems:
                log.warning("%s", problem)
        except Transient as error:
            log.info("conveyor: %s", error)
        except MochochoError as error:
            log.warning("conveyor: %s", error)
        except Exception:  # a fault of ours in one tick must not end the endpoint's work for good
            log.exception("conveyor: this tick failed; the next one tries again")
        stop.wait(max(home.settings.endpoint.tick_seconds, time.monotonic() - began))
