"""What a second worker gains, and what the queue costs:
one home assessed and typeset by one worker and by two.

python -m benchmarks.scale --workers --times 10

Needs a PostgreSQL and a Redis in MOCHOCHO_TEST_POSTGRESQL and MOCHOCHO_TEST_REDIS. The same content is
assessed and typeset twice in one run, by one worker process and by two; the figures are from their logs.
"""

import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, text, update
from sqlalchemy.engine import make_url

from mochocho.app.demo import committee, field_day
from mochocho.app.demo.sample_folder import fresh_home
from mochocho.app.demo.sample_province import scaled
from mochocho.app.migrations.migrate import upgrade
from mochocho.app.pipeline.conveyor import run_once
from mochocho.app.pipeline.worker import make_app
from mochocho.app.tables import WorkRow
from mochocho.settings import config
from mochocho.storage.db import make_engine, transaction
from mochocho.storage.home import Home
from processing.tables import ApplicantRow, AssessmentRow, MeasurementRow
from tests.workers import Workers, broker_url, opened, write_settings

STAGES = ("assess", "typeset")
LINE = re.compile(
    r"^(?P<at>\S+ \S+) INFO mochocho\.app\.dispatch: (?P<stage>\w+): "
    r"(?:begins \d+ items|did (?P<items>\d+) items in (?P<took>[0-9.]+) s)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Pace:
    """One stage: items, seconds from its first start to its last end, total seconds of work."""

    items: int
    wall: float
    work: float

    def __add__(self, other: "Pace") -> "Pace":
        return Pace(self.items + other.items, self.wall + other.wall, self.work + other.work)


def compare(folder: Path, times: int) -> Iterator[str]:
    """The figures, one per line:
    the stages, their rate with two workers against one, the cost of the queue.
    """
    with _database() as url:
        _collect(folder, url, times)
        one, two = (_played(folder, count) for count in (1, 2))
    for stage in STAGES:
        yield f"{stage}: {one[stage].wall:.1f} s -> {two[stage].wall:.1f} s ({one[stage].items} items)"
    alone, both = (sum((paces[s] for s in STAGES), start=Pace(0, 0, 0)) for paces in (one, two))
    yield f"two workers: {alone.wall / both.wall:.2f} times the rate of one"
    yield f"the queue costs {100 * (alone.wall / alone.work - 1):.1f} % of the work"


@contextmanager
def _database() -> Iterator[str]:
    server = os.environ["MOCHOCHO_TEST_POSTGRESQL"]
    name = f"mochocho_scale_{secrets.token_hex(4)}"
    engine = make_engine(server).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        try:
            yield make_url(server).set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


def _collect(folder: Path, database: str, times: int) -> None:
    """A home on PostgreSQL in which everything was sent, assessed and decided."""
    plan = scaled(times)
    fresh_home(folder, plan).engine.dispose()
    pace = config.Workers().tick_seconds  # an office's value: tests tick twice a second
    write_settings(folder, database, broker_url(), lease_seconds=600, tick_seconds=pace)
    home = opened(folder)
    upgrade(home.engine)
    field_day.collect(home, plan, lambda: run_once(home, stages=("pull",)))
    run_once(home)
    committee.resolve(home, plan, folder)
    home.engine.dispose()


def _played(folder: Path, count: int) -> Mapping[str, Pace]:
    home = opened(folder)
    _forget(home)
    with Workers(folder, count, beats=0) as workers:
        app = make_app(home.settings)
        app.control.purge()
        while len(app.control.ping(timeout=1)) < count:  # none may start working before all are there
            time.sleep(0.2)
        workers.start_beat()
        workers.drain(3600)
    home.engine.dispose()
    return _paces(folder)


def _forget(home: Home) -> None:
    """Delete everything measured, assessed or typeset."""
    with transaction(home.engine) as session:
        session.execute(update(ApplicantRow).values(assessment_id=None))
        for table in (AssessmentRow, MeasurementRow, WorkRow):  # leases went with the messages
            session.execute(delete(table))
    for path in (home.settings.cache_dir, home.settings.packet_dir):
        shutil.rmtree(path, ignore_errors=True)
    for log in home.settings.home.parent.glob("*.log"):
        log.unlink()


def _paces(folder: Path) -> Mapping[str, Pace]:
    times: dict[str, list[datetime]] = {stage: [] for stage in STAGES}
    items, work = dict.fromkeys(STAGES, 0), dict.fromkeys(STAGES, 0.0)
    for log in folder.glob("worker-*.log"):
        for line in LINE.finditer(log.read_text("utf-8")):
            if (stage := line["stage"]) in STAGES:
                times[stage].append(datetime.strptime(line["at"], "%Y-%m-%d %H:%M:%S,%f"))  # noqa: DTZ007
                items[stage] += int(line["items"] or 0)
                work[stage] += float(line["took"] or 0)
    return {
        stage: Pace(items[stage], (max(times[stage]) - min(times[stage])).total_seconds(), work[stage])
        for stage in STAGES
    }
