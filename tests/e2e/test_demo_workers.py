"""The sample on PostgreSQL, Redis and two worker processes: the packet is the embedded one, byte for byte."""

from pathlib import Path

import pytest

from mochocho.app.demo import committee, field_day
from mochocho.app.demo.sample_folder import fresh_home
from mochocho.app.migrations.migrate import upgrade
from mochocho.storage.home import Home
from sync.openrosa.server import Server
from sync.publish.published import put_form
from tests.e2e import small_province
from tests.e2e.conftest import Played
from tests.e2e.small_province import PLAN
from tests.workers import Workers, opened, write_settings
from xlsforms.build import build_forms


@pytest.fixture
def office(tmp_path: Path, postgresql_url: str, redis_url: str) -> Path:
    """The folder of an empty sample whose settings name PostgreSQL and Redis."""
    folder = tmp_path / "office"
    fresh_home(folder, PLAN).engine.dispose()
    (folder / "home" / "mochocho.db").unlink()
    write_settings(folder, postgresql_url, redis_url)
    return folder


def collect(home: Home, workers: Workers) -> None:
    """The phones of the sample send it; score sheets can be filled once the workers know the applicants."""
    for form in build_forms(home.pack, home.province, "odk"):
        put_form(home, form)
    server = Server(home, "127.0.0.1", 0)
    server.start()
    try:
        staff = field_day.hire(home, PLAN, server.url)
        field_day.send_applications(home, PLAN, staff, None)
        workers.drain()
        field_day.send_sheets(home, PLAN, staff, None)
    finally:
        server.stop()
    workers.drain()


@pytest.mark.long
def test_two_workers_make_the_same_packet_as_one_process(office: Path, small: Played) -> None:
    home = opened(office)
    upgrade(home.engine)
    with Workers(office, 2) as workers:
        collect(home, workers)
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
