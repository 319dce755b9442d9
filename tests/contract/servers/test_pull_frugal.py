"""A pull makes only the requests it needs; they are counted in the models."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.servers.model_worlds import CentralWorld, KoboWorld, ModelWorld
from tests.contract.servers.world import mirrored


@pytest.fixture
def central(tmp_path: Path) -> Iterator[ModelWorld]:
    world = CentralWorld(tmp_path)
    yield world
    world.close()


@pytest.fixture
def kobo(tmp_path: Path) -> Iterator[ModelWorld]:
    world = KoboWorld(tmp_path)
    yield world
    world.close()


@pytest.fixture(params=["central", "kobo"])
def world(request: pytest.FixtureRequest) -> ModelWorld:
    chosen: ModelWorld = request.getfixturevalue(request.param)
    return chosen


def submitted(world: ModelWorld) -> tuple[str, list[str]]:
    """One with two photos, that is mirrored; beside it another."""
    world.submit()
    file_names = world.new_names(0, 0)
    root = world.submit(file_names=file_names, arrived={name: world.fresh() for name in file_names})
    world.pull()
    return root, file_names


def asked(world: ModelWorld) -> list[str]:
    """What the next pull asks for beside its sweep, which must leave the mirror as the server is."""
    world.served.faults.forget()
    world.pull()
    assert mirrored(world.home) == world.truth()
    return [
        one
        for one in world.served.faults.asked
        if "/attachments/" in one or "/submissions/" in one or "format=xml" in one
    ]


def downloads(requests: list[str]) -> list[str]:
    return [one for one in requests if one.startswith("GET") and "/attachments/" in one]


def test_an_edit_in_central_costs_its_xml_and_a_look_at_each_photo(central: ModelWorld) -> None:
    root, file_names = submitted(central)
    central.edit(root)

    requests = asked(central)

    # What does not wait for another goes side by side, in any order.
    assert sorted(one.rpartition("/")[2] for one in requests if one.startswith("HEAD")) == sorted(file_names)
    assert downloads(requests) == []
    assert {one.rpartition("/")[2] for one in requests if one.startswith("GET")} == {
        "versions",
        f"uuid:{central.filled[root].versions[0]}.xml",  # that of the version that is current
    }
    assert len(requests) == len(file_names) + 2


def test_a_second_edit_fetches_none_of_the_versions_before(central: ModelWorld) -> None:
    root, _ = submitted(central)
    central.edit(root)
    central.pull()
    central.edit(root)

    (xml,) = [one for one in asked(central) if one.endswith(".xml")]
    assert central.filled[root].versions[0] in xml  # as which Central gives the version that is current


def test_a_photo_that_an_edit_replaces_is_fetched_and_the_other_is_not(central: ModelWorld) -> None:
    root, file_names = submitted(central)
    central.edit(root, arrived={file_names[0]: central.fresh()})

    (download,) = downloads(asked(central))
    assert download.endswith(file_names[0])


def test_a_late_photo_costs_its_list_and_itself(central: ModelWorld) -> None:
    file_names = central.new_names(0, 0, 0)
    root = central.submit(file_names=file_names, arrived={file_names[0]: central.fresh()})
    central.pull()
    central.late_photo(root, file_names[1], central.fresh())

    requests = asked(central)

    (listed, head, download) = requests
    assert listed.endswith("/attachments")
    assert (head.startswith("HEAD"), head.endswith(file_names[0])) == (True, True)
    assert (download.startswith("GET"), download.endswith(file_names[1])) == (True, True)


def test_a_photo_replaced_under_its_name_is_fetched_once_it_is_noticed(central: ModelWorld) -> None:
    root, file_names = submitted(central)
    central.replace_photo(root, file_names[1], central.fresh())

    central.pull(revalidate=True)

    assert mirrored(central.home) == central.truth()


def test_an_edit_in_kobo_downloads_no_photo_that_it_had(kobo: ModelWorld) -> None:
    root, _ = submitted(kobo)
    kobo.edit(root)

    assert downloads(asked(kobo)) == []


def test_a_late_photo_in_kobo_is_the_only_download(kobo: ModelWorld) -> None:
    file_names = kobo.new_names(0, 0)
    root = kobo.submit(file_names=file_names, arrived={file_names[0]: kobo.fresh()})
    kobo.pull()
    kobo.late_photo(root, file_names[1], kobo.fresh())

    assert len(downloads(asked(kobo))) == 1


def test_a_file_of_kobo_that_was_deleted_and_sent_again_is_downloaded(kobo: ModelWorld) -> None:
    root, file_names = submitted(kobo)
    kobo.remove_photo(root, file_names[0])
    kobo.late_photo(root, file_names[0], kobo.fresh())

    assert downloads(asked(kobo))


def test_nothing_new_costs_the_sweep_alone(world: ModelWorld) -> None:
    submitted(world)

    assert asked(world) == []


def test_a_first_look_at_kobo_reads_no_project_twice(kobo: ModelWorld) -> None:
    kobo.submit()
    kobo.served.faults.forget()

    kobo.pull()

    projects = re.compile(r"GET /api/v2/assets/(\w+)/(?:\?|$)")
    read = Counter(found[1] for one in kobo.served.faults.asked if (found := projects.match(one)))
    assert read
    assert set(read.values()) == {1}
