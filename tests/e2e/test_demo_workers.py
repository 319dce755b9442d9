"""The sample on PostgreSQL, Redis and two worker processes: the packet is the embedded one, byte for byte."""

from pathlib import Path

import pytest

from mochocho.app.demo import committee, field_day
from mochocho.app.demo.sample_folder import fresh_home
from mochocho.app.migrations.migrate import upgrade
from tests.e2e import small_province
from tests.e2e.conftest import Played
from tests.e2e.small_province import PLAN
from tests.workers import Workers, opened, write_settings


@pytest.fixture
def office(tmp_path: Path, postgresql_url: str, redis_url: str) -> Path:
    """The folder of an empty sample whose settings name PostgreSQL and Redis."""
    folder = tmp_path / "office"
    fresh_home(folder, PLAN).engine.dispose()
    (folder / "home" / "mochocho.db").unlink()
    write_settings(folder, postgresql_url, redis_url)
    return folder


@pytest.mark.long
def test_two_workers_make_the_same_packet_as_one_process(office: Path, small: Played) -> None:
    home = opened(office)
    upgrade(home.engine)
    with Workers(office, 2) as workers:
        field_day.collect(home, PLAN, workers.drain)
        workers.drain()
        committee.resolve(home, PLAN, office)
        now = workers.drain()
    home.engine.dispose()
    assert small_province.papers(office / "home" / "packet") == small_province.papers(small.folder)
    assert [(s.name, s.due, s.failed) for s in now.stages if s.due or s.failed] == []
    said = workers.logs()
    assert "assess: did" in said
    assert "Traceback" not in said
    assert not (office / "home" / "mochocho.db").exists()
    assert list((office / "home" / "cache" / "jobs").iterdir()) == []
