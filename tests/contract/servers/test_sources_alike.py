"""One suite for every source: whatever holds the forms, the mirror is the same.

Also with real servers, where these are set:
    MOCHOCHO_CENTRAL_URL, MOCHOCHO_CENTRAL_EMAIL, MOCHOCHO_CENTRAL_PASSWORD: an account that may make projects
    MOCHOCHO_KOBO_URL, MOCHOCHO_KOBO_TOKEN: an account that may make projects
Everything made there is named `mochocho_test_…` and removed afterwards. Where they are not set those tests
are skipped, even where everything else is required: nobody can install another organisation's server.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select

from mochocho.storage.db import reading
from sync.mirror import read_again
from sync.pull.pull_source import PullReport, pull
from sync.pull.schedule import last
from sync.sources.folder import FolderSource
from sync.tables import FormerFile, Seen
from sync.xform import published_forms
from tests import builders
from tests.contract.servers.live_worlds import LIVE, make_live
from tests.contract.servers.local_worlds import EndpointWorld, FolderWorld
from tests.contract.servers.model_worlds import CentralWorld, KoboWorld
from tests.contract.servers.world import (
    DELETE,
    HIDE,
    OTHER_FORMS,
    PURGE,
    REFUSE_CONFLICTS,
    REFUSE_UNKNOWN,
    REMOVE,
    REPLACE,
    RESTORE,
    REVIEW,
    REVIVE,
    World,
    held,
    in_conflict,
    kept,
    mirrored,
    written,
    xform,
)
from xlsforms import names

WORLDS = {world.name: world for world in (EndpointWorld, FolderWorld, CentralWorld, KoboWorld)}
MANY = 25  # more than may go at once without anybody being asked


@pytest.fixture(params=[*WORLDS, *LIVE])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    made = WORLDS[request.param](tmp_path) if request.param in WORLDS else make_live(request.param, tmp_path)
    yield made
    made.close()


def of_those_that(*can: str) -> pytest.MarkDecorator:
    """Only the sources where this can happen."""
    able = [name for name, world in {**WORLDS, **LIVE}.items() if world.can >= {*can}]
    return pytest.mark.parametrize("world", able, indirect=True)


def sent(world: World, arrived: int = 2) -> tuple[str, list[str]]:
    """A form with two photos, of which so many came along."""
    file_names = world.new_names(0, 1)
    return world.submit(file_names=file_names, arrived=photos(world, file_names[:arrived])), file_names


def photos(world: World, file_names: list[str]) -> dict[str, bytes]:
    return {name: world.fresh() for name in file_names}


def same(world: World) -> bool:
    """The comparison itself, as a failure is best told."""
    assert mirrored(world.home) == world.truth()
    return True


def changed_nothing(report: PullReport) -> bool:
    return (report.due, report.new, report.files, report.moved, report.vanished) == (0, 0, 0, 0, 0)


# --- forms and their edits


def test_a_form_and_its_photos_arrive(world: World) -> None:
    root, file_names = sent(world)
    world.submit(names.ONSITE)
    report = world.pull()
    assert (report.new, report.files) == (2, 2)
    assert same(world)
    assert set(mirrored(world.home)[root].files) == set(file_names)
    assert None not in mirrored(world.home)[root].files.values()


def test_reading_twice_changes_nothing(world: World) -> None:
    sent(world)
    world.pull()
    before = (mirrored(world.home), kept(world.home))
    assert changed_nothing(world.pull())
    world.restart()
    assert changed_nothing(world.pull())
    assert (mirrored(world.home), kept(world.home)) == before


def test_an_edit_is_appended_and_the_old_version_stays(world: World) -> None:
    root, _ = sent(world)
    world.pull()
    before = kept(world.home)
    edited = world.edit(root)
    assert world.pull().new == 1
    assert same(world)
    assert mirrored(world.home)[root].instance_id == edited
    assert before.versions < kept(world.home).versions
    assert before.files <= kept(world.home).files
    assert in_conflict(world.home) == []


def test_several_edits_between_two_looks_are_one_submission(world: World) -> None:
    root, _ = sent(world)
    world.pull()
    for _ in range(3):
        world.edit(root)
    world.pull()
    assert same(world)
    assert world.versions() <= {instance_id for instance_id, _ in kept(world.home).versions}
    assert in_conflict(world.home) == []


def test_two_edits_of_one_version_are_refused_there_or_shown_here(world: World, tmp_path: Path) -> None:
    """A server takes one of them; the other may still lie in a folder."""
    root, _ = sent(world)
    first = world.edit(root)
    world.pull()
    other = written(names.APPLICATION, "another edit", number=0, deprecated=root)
    builders.copied(tmp_path / "tablet", "a", world.on_tablet(other))
    pull(world.home, FolderSource("folder:tablet", tmp_path / "tablet"))
    world.pull()
    assert in_conflict(world.home) == [root]
    if REFUSE_CONFLICTS in world.can:
        assert mirrored(world.home)[root].instance_id == first


# --- photos


def test_a_photo_that_comes_late_is_fetched(world: World) -> None:
    root, (_, late) = sent(world, arrived=1)
    world.pull()
    assert mirrored(world.home)[root].files[late] is None
    world.late_photo(root, late, world.fresh())
    assert world.pull().files == 1
    assert same(world)


def test_a_photo_that_comes_late_to_an_edit_is_fetched(world: World) -> None:
    root, file_names = sent(world, arrived=0)
    world.edit(root)
    world.pull()
    world.late_photo(root, file_names[1], world.fresh())
    world.pull()
    assert same(world)
    assert in_conflict(world.home) == []


@of_those_that(REPLACE)
def test_a_photo_replaced_under_its_name_is_noticed_and_the_old_one_kept(world: World) -> None:
    root, (name, _) = sent(world)
    world.pull()
    old = mirrored(world.home)[root].files[name]
    world.replace_photo(root, name, world.fresh())
    world.pull(revalidate=True)
    assert same(world)
    assert mirrored(world.home)[root].files[name] != old
    assert any(digest == old for _, _, digest in kept(world.home).files)


@of_those_that(REMOVE)
def test_a_photo_taken_away_and_another_sent_in_its_place(world: World) -> None:
    root, (name, _) = sent(world)
    world.pull()
    old = mirrored(world.home)[root].files[name]
    world.remove_photo(root, name)
    world.pull()
    assert same(world)
    assert mirrored(world.home)[root].files[name] is None
    world.late_photo(root, name, world.fresh())
    world.pull()
    assert same(world)
    with reading(world.home.engine) as session:
        assert [row.sha256 for row in session.scalars(select(FormerFile))] == [old]


def test_an_edit_that_drops_a_photo_keeps_it_with_the_old_version(world: World) -> None:
    root, (dropped, stays) = sent(world)
    world.pull()
    before = kept(world.home)
    world.edit(root, [stays])
    world.pull()
    assert same(world)
    assert before.files <= kept(world.home).files
    assert dropped not in mirrored(world.home)[root].files


# --- what goes and comes back


@of_those_that(DELETE)
def test_what_is_deleted_is_told_to_nobody_and_kept(world: World) -> None:
    root, _ = sent(world)
    stays, _ = sent(world)
    world.pull()
    before = kept(world.home)
    world.delete(root)
    world.settle()
    assert same(world)
    assert set(mirrored(world.home)) == {stays}
    assert kept(world.home) == before
    assert changed_nothing(world.pull())


@of_those_that(DELETE, RESTORE)
def test_what_is_restored_is_as_it_was(world: World) -> None:
    root, _ = sent(world)
    world.pull()
    before = mirrored(world.home)
    world.delete(root)
    world.pull()
    world.restore(root)
    world.pull()
    assert mirrored(world.home) == before == world.truth()
    assert restored(world) == [True]


@of_those_that(REVIVE)
def test_what_is_sent_again_after_it_was_deleted_is_back(world: World) -> None:
    root, _ = sent(world)
    world.edit(root)
    world.pull()
    world.delete(root)
    if PURGE in world.can:
        world.purge(root)
    world.settle()
    assert mirrored(world.home) == {}
    world.revive(root)
    world.pull()
    assert same(world)
    assert mirrored(world.home)[root].instance_id == root
    assert restored(world) == [True]
    assert in_conflict(world.home) == []


@of_those_that(REVIVE)
def test_what_is_edited_after_it_was_sent_again_is_in_no_conflict(world: World) -> None:
    """There are two edits of the original then, of which the server deleted one with its record."""
    root, _ = sent(world)
    world.edit(root)
    world.pull()
    world.delete(root)
    if PURGE in world.can:
        world.purge(root)
    world.settle()
    world.revive(root)
    world.edit(root)
    world.pull()
    assert same(world)
    assert in_conflict(world.home) == []


@of_those_that(PURGE)
def test_what_was_purged_is_gone_for_good_and_kept(world: World) -> None:
    root, _ = sent(world)
    world.pull()
    before = kept(world.home)
    world.delete(root)
    world.purge(root)
    world.settle()
    assert mirrored(world.home) == {}
    assert kept(world.home) == before
    assert standing(world) == ["purged"]


@of_those_that(HIDE)
def test_an_absence_counts_after_two_whole_looks(world: World) -> None:
    root, _ = sent(world)
    world.pull()
    world.hide(root)
    world.pull()
    assert set(mirrored(world.home)) == {root}
    world.show(root)
    world.pull()
    world.hide(root)
    world.pull()
    assert set(mirrored(world.home)) == {root}
    world.pull()
    assert mirrored(world.home) == {}


@of_those_that(HIDE)
def test_what_becomes_visible_among_older_ones_is_seen(world: World) -> None:
    slow = world.submit()
    world.hide(slow)
    for _ in range(3):
        world.submit()
    world.pull()
    assert slow not in mirrored(world.home)
    world.show(slow)
    assert world.pull().new == 1
    assert same(world)


@of_those_that(DELETE)
def test_mass_absence_waits_for_a_person(world: World) -> None:
    roots = [world.submit() for _ in range(MANY)]
    world.pull()
    for root in roots:
        world.delete(root)
    world.settle()
    assert len(mirrored(world.home)) == MANY
    assert last(world.home, world.key).vanished == MANY
    world.pull(accept=True)
    assert mirrored(world.home) == {}
    assert last(world.home, world.key).vanished == 0


# --- what cannot be used


@of_those_that(OTHER_FORMS)
def test_a_form_version_that_nobody_published_here_waits_in_quarantine(world: World) -> None:
    world.newer_form(names.APPLICATION, "2")
    world.submit_version("2")
    stays, _ = sent(world)
    world.pull()
    assert set(held(world.home).values()) == {"form.version_unknown"}
    assert set(mirrored(world.home)) == {stays}
    builders.publish(world.home, xform(names.APPLICATION, "2"), version="2")
    world.submit_version("2")  # a phone that was refused sends again
    world.pull()
    assert len(mirrored(world.home)) == 2
    if REFUSE_UNKNOWN not in world.can:
        assert held(world.home) == {}


@of_those_that(OTHER_FORMS)
@pytest.mark.parametrize("quick", [True, False])
def test_what_is_held_is_read_again_once_sources_name_its_form_otherwise(
    world: World, quick: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.newer_form(names.APPLICATION, "2")
    world.submit_version("2")
    world.settle()
    assert world.pull(quick=quick).due == 0
    if REFUSE_UNKNOWN in world.can:
        return
    with monkeypatch.context() as later:
        later.setattr(published_forms, "READ_BY", published_forms.READ_BY + 1)
        assert world.pull(quick=quick).due == 1
        assert world.pull(quick=quick).due == 0
    world.pull()
    assert read_again.make_due(world.home) == 1
    assert world.pull(quick=quick).due == 1
    assert set(held(world.home).values()) == {"form.version_unknown"}
    (root_id,) = {key.partition("#")[0] for key in held(world.home)}
    assert read_again.make_due(world.home, "another") == 0
    assert read_again.make_due(world.home, root_id) == 1


@of_those_that(OTHER_FORMS)
def test_an_encrypted_form_is_shown_and_nothing_else_waits_for_it(world: World) -> None:
    root, _ = sent(world)
    world.submit_encrypted()
    world.pull()
    world.pull()
    assert {code.rpartition(".")[2] for code in held(world.home).values()} == {"encrypted"}
    assert set(mirrored(world.home)) == {root}


# --- at once


def test_two_pulls_at_once_are_as_one(world: World) -> None:
    for _ in range(8):
        sent(world)

    def one(_number: int) -> PullReport:
        return pull(world.home, world.make_source())

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, range(2)))
    assert same(world)
    assert changed_nothing(world.pull())
    assert in_conflict(world.home) == []
    assert held(world.home) == {}


@of_those_that(REVIEW)
def test_a_review_there_is_no_change(world: World) -> None:
    root, _ = sent(world)
    world.pull()
    world.review(root)
    assert changed_nothing(world.pull())
    assert same(world)
    assert held(world.home) == {}


def standing(world: World) -> list[str]:
    with reading(world.home.engine) as session:
        return list(session.scalars(select(Seen.state).where(Seen.source == world.key)))


def restored(world: World) -> list[bool]:
    with reading(world.home.engine) as session:
        return list(session.scalars(select(Seen.restored).where(Seen.source == world.key)))
