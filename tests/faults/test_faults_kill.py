"""`kill -9` of a worker at a random point of a task: in CI of two tasks, with `pytest -m long` of every task,
20 times.
"""

import contextlib
import random
import time
from datetime import datetime

import psutil
import pytest

from mochocho.app.pipeline.ledger import DEATHS
from tests.faults.conftest import OpenOffice
from tests.faults.office import DIED, PATIENCE, Log, Office, at_work, child_of, until
from tests.faults.stations import NAMES, Stations
from tests.workers import Workers

SEED = 20261121
RANDOM_MOMENTS = 20
ON_ITS_WAY = 0.05  # seconds in which PostgreSQL answers what a stopped process asked last
TRIES = 8  # until a moment is met at which the task is still at work
# Who is killed: the process that does the work, the one that started it, or both at once.
VICTIMS = ("child", "main", "both")


def kill(office: Office, workers: Workers, number: int, stage: str, victim: str) -> str | None:
    """Kill worker `number` at this stage: the lease that it held, or None where it has finished meanwhile."""
    main = workers.processes[number]
    child = child_of(main)
    child.suspend()  # between looking and killing nothing may move
    time.sleep(ON_ITS_WAY)
    at, lease = Log(workers.folder).busy(number) or ("", "")
    if at != stage or not office.runs(lease):
        child.resume()
        return None
    if victim != "child":
        main.kill()
        main.wait(PATIENCE)
    if victim == "main":
        child.resume()  # it finishes what it does, or not: it is nobody's child now
    else:
        child.kill()
    return lease


def die(office: OpenOffice, stage: str, victim: str, dice: random.Random, longest: float) -> None:
    """Kill at a random moment of `stage`, start another worker in place of the dead, wait, compare."""
    for _ in range(TRIES):
        place, moment = office(stage), dice.uniform(0.0, longest)
        with Workers(place.folder) as workers:
            number = at_work(workers, stage)
            orphan = child_of(workers.processes[number])
            time.sleep(moment)
            lease = kill(place, workers, number, stage, victim)
            if lease is None:
                longest = moment  # the machine is quicker today
                continue
            print(f"killed {victim} of a worker {moment:.3f} s into {stage}")
            if victim != "child":
                workers.start_worker()
            workers.drain(PATIENCE)
            assert _ends(orphan), f"an orphan lives on\n{workers.logs()}"
        if victim != "main":  # then the work itself ended in the middle
            assert Log(place.folder).says(DIED.format(lease))
        # A pull that is cut in two shows the register two moments.
        place.check(longer_history=stage == "pull")
        return
    pytest.fail(f"{stage} was over at each of {TRIES} moments")


def _ends(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.TimeoutExpired):
        process.wait(PATIENCE)
    return not process.is_running()


@pytest.mark.parametrize(
    ("stage", "victim"),
    [("register", "main"), ("packet", "child")],
)
def test_a_worker_killed_at_work_loses_nothing(
    office: OpenOffice, stations: Stations, stage: str, victim: str
) -> None:
    die(office, stage, victim, random.Random(f"{SEED} {stage}"), stations.seconds[stage])


def test_an_item_whose_processes_die_again_and_again_rests_and_is_told(office: OpenOffice) -> None:
    place = office("packet")
    with place.postgresql.connect(place.database) as connection, Workers(place.folder) as workers:
        connection.autocommit = False
        connection.execute("LOCK TABLE packet IN EXCLUSIVE MODE")  # no process comes to the end of it
        for death in range(DEATHS):
            assert kill(place, workers, at_work(workers, "packet", death), "packet", "child")
        until(lambda: ("packet", "failed", "worker.died") in place.work() or None, PATIENCE, workers.logs)
        (failed,) = place.status()["stages"]["packet"]["failed"]
        metrics = place.metrics()
        connection.rollback()
        assert place.answer("replay", "packet").startswith("1 ")
        workers.drain(PATIENCE)
    assert failed["code"] == "worker.died"
    assert datetime.fromisoformat(failed["again"]) > datetime.fromisoformat(failed["since"])
    assert metrics['mochocho_failed{stage="packet",code="worker.died",retried="true"}'] == 1
    place.check()


@pytest.mark.long
@pytest.mark.parametrize("number", range(RANDOM_MOMENTS))
@pytest.mark.parametrize("stage", NAMES)
def test_a_worker_killed_at_any_moment_loses_nothing(
    office: OpenOffice, stations: Stations, stage: str, number: int
) -> None:
    dice = random.Random(f"{SEED} {stage} {number}")
    die(office, stage, VICTIMS[number % len(VICTIMS)], dice, stations.seconds[stage])
