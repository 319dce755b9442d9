"""What the other tests of this folder compare with: workers that nothing happens to."""

from tests.faults.conftest import OpenOffice
from tests.faults.office import PATIENCE, Log
from tests.faults.stations import NAMES
from tests.workers import Workers


def test_undisturbed_workers_come_to_every_stage(seconds: dict[str, float]) -> None:
    assert set(seconds) == set(NAMES)


def test_undisturbed_workers_do_each_item_once(office: OpenOffice) -> None:
    place = office("register")
    with Workers(place.folder) as workers:
        workers.drain(PATIENCE)
    place.check()
    assert Log(place.folder).done() == place.stations.items
