"""Servers that can be stopped and emptied, one collected province,
and offices that begin at any stage of it.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults import stations as road
from tests.faults.office import Office
from tests.faults.stations import Stations
from tests.servers import PostgreSQL, Redis

OpenOffice = Callable[..., Office]


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    server = PostgreSQL()
    yield server
    server.close()


@pytest.fixture(scope="session")
def redis_server() -> Iterator[Redis]:
    server = Redis()
    yield server
    server.close()


@pytest.fixture(scope="session")
def stations(
    tmp_path_factory: pytest.TempPathFactory, postgresql: PostgreSQL, redis_server: Redis
) -> Stations:
    return road.build(tmp_path_factory.mktemp("stations"), postgresql, redis_server)


@pytest.fixture
def office(
    tmp_path: Path, stations: Stations, postgresql: PostgreSQL, redis_server: Redis
) -> Iterator[OpenOffice]:
    """Call it with the stage that is due, and settings of [workers]: a new office each time."""
    opened: list[Office] = []

    def open_office(station: str = "pull", folder: Path | None = None, **settings: float) -> Office:
        place = (folder or tmp_path) / f"office-{len(opened)}"
        opened.append(Office(stations, station, place, postgresql, redis_server, **settings))
        return opened[-1]

    yield open_office
    for one in opened:
        one.close()
