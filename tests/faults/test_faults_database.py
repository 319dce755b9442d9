"""PostgreSQL is stopped and started while a stage has written half of its rows."""

import signal
import time
from dataclasses import dataclass

import psycopg
import pytest

from mochocho.app.terminal.faults import TRY_AGAIN
from tests.faults.conftest import OpenOffice
from tests.faults.office import PATIENCE, Log, Office, Watch, until
from tests.servers import FAST, IMMEDIATE
from tests.workers import Workers

AWAY = 2.0
# What another session holds, so that the stage waits after its first rows were written and before its last.
HOLDS = {
    "pull": "LOCK TABLE attachment IN EXCLUSIVE MODE",
    # Everything old is deleted before anything new is written: only a row that is to come can be in the way.
    "register": (
        "SET LOCAL session_replication_role = replica;"
        "INSERT INTO identity SELECT uuid, '', '', '' FROM entity WHERE list_name = 'applicants'"
    ),
    "assess": "SELECT key FROM applicant FOR UPDATE",
}
OPEN_AND_WRITTEN = """
    SELECT query FROM pg_stat_activity
    WHERE datname = %s AND backend_xid IS NOT NULL AND wait_event_type = 'Lock'
"""


@dataclass
class Held:
    """A stage that stands still in the middle of its transaction."""

    office: Office
    stage: str
    connection: "psycopg.Connection[tuple[object, ...]]"

    def wait(self, workers: Workers) -> None:
        """Until a worker has written something that it has not committed, and waits for us."""

        def waiting() -> str | None:
            with self.office.postgresql.connect() as looking:
                row = looking.execute(OPEN_AND_WRITTEN, [self.office.database]).fetchone()
            return str(row[0]) if row else None

        until(waiting, PATIENCE, workers.logs)
        assert Log(self.office.folder).begun(self.stage) >= 1


def hold(office: Office, stage: str) -> Held:
    connection = office.postgresql.connect(office.database)
    connection.autocommit = False
    connection.execute(HOLDS[stage])
    return Held(office, stage, connection)


@pytest.mark.parametrize(
    ("stage", "how"),
    [
        ("pull", IMMEDIATE),
        *(
            pytest.param(stage, how, marks=pytest.mark.long)
            for stage, how in [
                ("pull", FAST),
                ("assess", FAST),
                ("register", IMMEDIATE),
                ("register", FAST),
                ("assess", IMMEDIATE),
            ]
        ),
    ],
)
def test_postgresql_restarted_in_the_middle_of_a_transaction(
    office: OpenOffice, stage: str, how: signal.Signals
) -> None:
    place = office(stage)
    held = hold(place, stage)
    with Workers(place.folder) as workers, Watch(place) as watch:
        held.wait(workers)
        place.postgresql.stop(how)
        try:
            told = place.mochocho("status")
            time.sleep(AWAY)
        finally:
            place.postgresql.start()
            held.connection.close()
        workers.drain(PATIENCE)
    assert told.returncode == TRY_AGAIN
    assert "the database" in told.stderr
    assert {code for at, code in watch.seen if at == stage} & {"database", "worker.died"}
    # While a pull rests the packet of what is there is made.
    place.check(longer_history=stage == "pull")
