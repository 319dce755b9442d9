"""One small province, collected once, saved before each stage: the starting points of fault tests."""

import multiprocessing
import shutil
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from mochocho.app.demo import committee, field_day
from mochocho.app.demo.sample_folder import fresh_home
from mochocho.app.migrations.migrate import upgrade
from mochocho.app.pipeline.conveyor import STAGES, run_once, stage_named
from mochocho.storage.home import Home
from reports.packet.make_packet import make_packet
from tests.e2e import small_province
from tests.e2e.small_province import PLAN
from tests.faults import evidence
from tests.faults.evidence import Rows
from tests.servers import PostgreSQL, Redis
from tests.workers import opened, write_settings

NAMES = tuple(stage.name for stage in STAGES if stage.name != "notices")  # no server to tell here
# What people did. Everything else is made from it and from the spool.
GIVEN = (
    "alembic_version",
    "officer",
    "published_form",
    "decision",
    "released_packet",
    "sitting",
    "erased",
    "erasure",
)


@dataclass(frozen=True)
class Stations:
    """`folder/<stage>` and the database `station_<stage>`: everything before that stage is done, it is due.

    `papers`: what one undisturbed process makes of it; `rows`: what undisturbed stages leave behind;
    `items`: how many each stage, pull aside, has to do of a mirror that is whole; `seconds`: how long each
    stage took that process.
    """

    folder: Path
    papers: dict[str, bytes]
    rows: Rows
    items: dict[str, int]
    seconds: dict[str, float]


def build(folder: Path, postgresql: PostgreSQL, redis: Redis) -> Stations:
    office = folder / "office"
    fresh_home(office, PLAN).engine.dispose()
    (office / "home" / "mochocho.db").unlink()
    postgresql.create("station")
    plain = (office / "mochocho.toml").read_bytes()
    write_settings(office, postgresql.url("station"), redis.url)
    home = opened(office)
    upgrade(home.engine)
    _collect(home, office)
    (office / "mochocho.toml.plain").write_bytes(plain)
    # Whatever compiles must not be forked from, and pytest's own process lives on.
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as elsewhere:
        items, seconds = {}, {}
        for name in NAMES:
            _keep(home, office, postgresql, folder / name, name)
            items[name], seconds[name] = elsewhere.submit(_do, office, name).result(300)
    rows = evidence.rows(home)
    by_workers = small_province.papers(office / "home" / "packet")
    make_packet(home, folder / "papers")
    papers = small_province.papers(folder / "papers")
    assert by_workers == papers
    home.engine.dispose()
    del items["pull"]
    return Stations(folder, papers, rows, items, seconds)


def _collect(home: Home, office: Path) -> None:
    """Phones send everything, committees decide; then all that was made of it meanwhile is forgotten."""
    field_day.collect(home, PLAN, lambda: run_once(home))
    run_once(home)
    committee.resolve(home, PLAN, office)
    with home.engine.begin() as connection:
        tables = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        made = ", ".join(f'"{name}"' for name in tables.scalars() if name not in GIVEN)
        connection.execute(text(f"TRUNCATE {made}"))


def _keep(home: Home, office: Path, postgresql: PostgreSQL, folder: Path, name: str) -> None:
    home.engine.dispose()
    postgresql.copy("station", f"station_{name}")
    shutil.copytree(office, folder)
    (folder / "mochocho.toml.plain").replace(folder / "mochocho.toml")


def _do(office: Path, name: str) -> tuple[int, float]:
    """Everything of one stage; how much that was, and the seconds that it took."""
    home, stage = opened(office), stage_named(name)
    due = stage.due(home)
    assert due, f"{name}: nothing is due"
    began = time.monotonic()
    outcome = stage.do(home, due, None)
    took = time.monotonic() - began
    assert not outcome.failed, outcome.failed
    assert name == "pull" or not stage.due(home)
    home.engine.dispose()
    return len(due), took
