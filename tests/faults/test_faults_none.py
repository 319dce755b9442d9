"""The undisturbed run. What it shows the disturbed ones show too: only `pytest -m long` runs these."""

import pytest

from mochocho.app.status.status_figures import look
from tests.faults.conftest import OpenOffice
from tests.faults.office import PATIENCE, Log, until
from tests.faults.stations import NAMES
from tests.workers import Workers, is_idle


@pytest.mark.long
def test_undisturbed_workers_come_to_every_stage(office: OpenOffice) -> None:
    place = office("pull")
    with Workers(place.folder) as workers:
        workers.drain(PATIENCE)
    place.check(longer_history=True)
    assert "Traceback" not in workers.logs()
    assert [name for name in NAMES if not Log(place.folder).begun(name)] == []


@pytest.mark.long
def test_undisturbed_workers_do_each_item_once(office: OpenOffice) -> None:
    place = office("register")
    with Workers(place.folder) as workers:
        workers.drain(PATIENCE)
    place.check()
    assert Log(place.folder).done() == place.stations.items


@pytest.mark.long
def test_a_process_that_holds_much_is_replaced_after_its_chunk(office: OpenOffice) -> None:
    place = office("typeset", process_mb=64)  # every one holds more
    seen: set[int] = set()
    with Workers(place.folder, count=1) as workers:

        def drained() -> bool:
            seen.update(child.pid for child in workers.children())
            return is_idle(look(place.home))

        until(drained, PATIENCE, workers.logs)
        workers.drain(PATIENCE)
    assert len(seen) > 2
    place.check()
    assert Log(place.folder).done() == {name: place.stations.items[name] for name in ("typeset", "packet")}
