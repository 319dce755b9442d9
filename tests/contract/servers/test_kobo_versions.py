"""Which form a row of KoboToolbox is read with:
kpi numbers deployments itself and never names our version.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from mochocho.storage.db import reading
from sync.kobo.form_versions import AssetVersions
from sync.tables import ServerVersion, Submission, SubmissionVersion
from sync.xform import published_forms
from tests import builders
from tests.contract.servers.model_worlds import KoboWorld
from tests.contract.servers.world import held, mirrored, written, xform
from tests.models.kobo import instances
from xlsforms import names

# As our forms are versioned: no number of kpi's can be one by chance.
OURS, LATER, THIRD = "2569-5fd3c1a0", "2569-e04b77d2", "2569-91b6f0c8"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[KoboWorld]:
    made = KoboWorld(tmp_path)
    for version in (OURS, LATER):
        builders.publish(made.home, xform(names.APPLICATION, version), names.APPLICATION, version)
    made.newer_form(names.APPLICATION, OURS)
    yield made
    made.close()


def fill(world: KoboWorld, version: str = OURS, **other: str | None) -> str:
    """A row filled in this version. `other`: what its XML says instead of `version_uid` or `label`."""
    root = instances.parse(
        world.model.as_kobo(written(names.APPLICATION, f"{version} {other}", version=version))
    )
    if "version_uid" in other:
        element = root.find("__version__")
        assert element is not None
        if other["version_uid"] is None:
            root.remove(element)
        element.text = other["version_uid"]
    if other.get("label") is not None:
        root.set("version", str(other["label"]))
    return world.model.submit(instances.written(root))


def asked_versions(world: KoboWorld) -> list[str]:
    """Counts from now on; the paths of versions that were asked for."""
    asked: list[str] = []

    def note(_method: str, target: str) -> None:
        if "/versions/" in target:
            asked.append(target.partition("?")[0])

    world.watch = note
    return asked


def label_of(world: KoboWorld) -> str:
    deployed = world.model.assets[world.uids[names.APPLICATION]].deployed
    assert deployed is not None
    return deployed.label


def read_as(world: KoboWorld) -> dict[str, str]:
    """Root -> the version it was read by."""
    query = select(Submission.root_id, SubmissionVersion.form_version).join(
        SubmissionVersion, SubmissionVersion.submission_id == Submission.id
    )
    with reading(world.home.engine) as session:
        return dict(session.execute(query).all())


def test_the_label_of_kpi_is_a_number_and_a_date_and_ours_is_found_all_the_same(world: KoboWorld) -> None:
    root = fill(world)
    assert re.fullmatch(r"2 \(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\)", label_of(world))
    assert label_of(world).encode() in world.model.record(root).xml
    world.pull()
    assert held(world.home) == {}
    assert read_as(world) == {root: OURS}


def test_each_version_is_asked_for_once_and_kept(world: KoboWorld) -> None:
    asked = asked_versions(world)
    fill(world, first="")
    fill(world, second="")
    world.pull()
    assert len(asked) == 1
    world.restart()
    fill(world, third="")
    world.pull()
    assert len(asked) == 1
    assert len(read_as(world)) == 3


def test_rows_of_several_versions_are_each_read_by_their_own(world: KoboWorld) -> None:
    first = fill(world, of="first")
    world.newer_form(names.APPLICATION, LATER)
    late = fill(world, of="first, filled before and sent after")
    second = fill(world, LATER)
    world.pull()
    assert read_as(world) == {first: OURS, late: OURS, second: LATER}


def test_a_deployment_for_a_list_changes_the_label_and_nothing_else(world: KoboWorld) -> None:
    before, asset = label_of(world), world.model.assets[world.uids[names.APPLICATION]]
    asked = asked_versions(world)
    one = fill(world)
    world.model.clock.moment = world.model.clock.moment.replace(year=2027)
    world.model.deploy(asset)
    world.model.deploy(asset)
    assert label_of(world) != before
    assert label_of(world).startswith("2 (2027-")
    other = fill(world, after="the list")
    world.pull()
    assert read_as(world) == {one: OURS, other: OURS}
    assert len(asked) == 1


def test_a_draft_takes_no_number_and_a_row_of_it_is_read_by_its_content(world: KoboWorld) -> None:
    asset = world.model.assets[world.uids[names.APPLICATION]]
    settings = {**asset.current.content["settings"], "version": LATER}
    content = {**asset.current.content, "settings": settings}
    draft = world.model.add_content(asset, content, xform=asset.current.xform)
    assert asset.number_of(draft) == "2.1"
    of_draft = fill(world, version_uid=draft.uid)
    by_label = fill(world, version_uid=None)
    world.pull()
    assert read_as(world) == {of_draft: LATER, by_label: OURS}


def test_a_version_that_the_server_does_not_know_is_held_and_stops_no_other(world: KoboWorld) -> None:
    asked = asked_versions(world)
    fill(world, version_uid="vDoesNotExist")
    fill(world, version_uid="vDoesNotExist", again="")
    fill(world, version_uid="../../data")
    fine = fill(world)
    world.pull()
    assert list(held(world.home).values()) == ["form.version_unknown"] * 3
    assert set(mirrored(world.home)) == {fine}
    assert len([path for path in asked if path.endswith("/vDoesNotExist/")]) == 1
    assert not any("data" in path.rpartition("/versions/")[2] for path in asked)


@pytest.mark.parametrize("number", ["9 ", "2.1 ", "", "two "])
def test_an_old_row_whose_label_tells_no_deployment_is_held(world: KoboWorld, number: str) -> None:
    fill(world, version_uid=None, label=f"{number}(2026-11-28 16:10:02)")
    world.pull()
    assert list(held(world.home).values()) == ["form.version_unknown"]


def test_an_old_row_is_read_by_the_number_in_its_label_or_by_our_version_there(world: KoboWorld) -> None:
    numbered = fill(world, version_uid=None, label="2 (2026-11-28 16:10:02)")
    first = fill(world, version_uid=None, label="1 (2026-11-20 21:59:57)")
    ours = fill(world, version_uid=None, label=OURS)
    world.pull()
    assert read_as(world) == {numbered: OURS, first: builders.VERSION, ours: OURS}


def test_a_version_that_was_made_there_without_ours_is_held(world: KoboWorld) -> None:
    asset = world.model.assets[world.uids[names.APPLICATION]]
    settings = {"id_string": names.APPLICATION}
    world.model.add_content(asset, {**asset.current.content, "settings": settings}, xform=asset.current.xform)
    world.model.deploy(asset)
    assert asset.deployed is not None
    fill(world, version_uid=asset.deployed.uid)
    world.pull()
    assert list(held(world.home).values()) == ["form.version_unknown"]


def test_what_was_filled_while_the_project_was_another_form_is_no_row_of_this_one(world: KoboWorld) -> None:
    asset = world.model.assets[world.uids[names.APPLICATION]]
    now = asset.current
    settings = {"id_string": "water_points", "version": OURS}
    world.model.add_content(asset, {**now.content, "settings": settings}, xform=now.xform)
    world.model.deploy(asset)
    other = asset.current.uid
    world.newer_form(names.APPLICATION, OURS)
    asset.current.content["settings"]["id_string"] = names.APPLICATION
    fill(world, version_uid=other)
    world.pull()
    assert list(held(world.home).values()) == ["form.unknown"]


def test_what_is_kept_is_a_row_of_the_home(world: KoboWorld) -> None:
    root = fill(world)
    world.pull()
    asset = world.model.record(root).asset
    assert asset.deployed is not None
    with reading(world.home.engine) as session:
        kept = session.get_one(ServerVersion, (world.key, asset.uid, asset.deployed.uid))
        assert (kept.form_id, kept.version) == (names.APPLICATION, OURS)


# --- what was held because of it


def test_what_was_held_before_is_read_by_itself_at_the_next_look(
    world: KoboWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a home of the release before, which took the label for the version."""
    root = fill(world)
    with monkeypatch.context() as before:
        before.setattr(AssetVersions, "form_of", lambda _self, form_id, *rest: (form_id, rest[-1]))
        before.setattr(published_forms, "READ_BY", 1)
        world.settle()
        assert list(held(world.home).values()) == ["form.version_unknown"]
    assert world.pull(quick=True).due == 1
    assert held(world.home) == {}
    assert read_as(world) == {root: OURS}
    assert world.pull(quick=True).due == 0


def test_a_quick_look_reads_what_was_published_since_and_nothing_where_nothing_was(world: KoboWorld) -> None:
    world.newer_form(names.APPLICATION, THIRD)
    root = fill(world, THIRD)
    world.settle()
    assert list(held(world.home).values()) == ["form.version_unknown"]
    requests = world.requests
    assert world.pull(quick=True).indexed == 0
    assert world.requests - requests == len(world.uids)  # the hint alone
    builders.publish(world.home, xform(names.APPLICATION, THIRD), names.APPLICATION, THIRD)
    assert world.pull(quick=True).new == 1
    assert read_as(world) == {root: THIRD}
