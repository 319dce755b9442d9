"""Every oddity of the two servers that affects pulling, and the test that fails if it is not handled."""

import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import builders
from tests.contract.servers.model_worlds import CentralWorld, KoboWorld, ModelWorld
from tests.contract.servers.world import held, mirrored

ALIKE = "tests.contract.servers.test_sources_alike"
WRONG = "tests.contract.servers.test_servers_go_wrong"
MACHINE = "tests.contract.servers.test_state_machine"
HERE = __name__
ANY_WRONG = "test_it_is_told_and_the_others_go_on_and_nothing_is_taken_for_gone"
MOST = 40  # requests that one pull of so little may need
WALK = "test_the_mirror_is_what_the_source_holds"

QUIRKS: dict[str, tuple[str, str]] = {
    # ODK Central
    "later submissions become visible first": (ALIKE, "test_what_becomes_visible_among_older_ones_is_seen"),
    "a late photo moves attachmentsPresent alone": (ALIKE, "test_a_photo_that_comes_late_is_fetched"),
    "a photo replaced under its name moves nothing": (
        ALIKE,
        "test_a_photo_replaced_under_its_name_is_noticed_and_the_old_one_kept",
    ),
    "an edit moves edits": (ALIKE, "test_an_edit_is_appended_and_the_old_version_stays"),
    "only the list of versions has what was between": (
        ALIKE,
        "test_several_edits_between_two_looks_are_one_submission",
    ),
    "a review moves updatedAt": (ALIKE, "test_a_review_there_is_no_change"),
    "trash is listed only where it is named": (ALIKE, "test_what_is_restored_is_as_it_was"),
    "what is purged is told by absence alone": (ALIKE, "test_what_was_purged_is_gone_for_good_and_kept"),
    "an encrypted row is notDecrypted": (
        ALIKE,
        "test_an_encrypted_form_is_shown_and_nothing_else_waits_for_it",
    ),
    "a token lives for 24 hours": (WRONG, "test_a_session_that_ended_is_begun_anew"),
    "a form that is gone and one that is empty are alike": (WRONG, ANY_WRONG),
    "files that have not come are listed, too": (MACHINE, WALK),
    "files carry over to an edit": (ALIKE, "test_an_edit_that_drops_a_photo_keeps_it_with_the_old_version"),
    "what was purged may be sent again": (ALIKE, "test_what_is_sent_again_after_it_was_deleted_is_back"),
    "broken XML is taken": (HERE, "test_broken_xml_that_central_took_is_held_and_nothing_else_waits"),
    # KoboToolbox
    "pages are capped without a word": (ALIKE, "test_mass_absence_waits_for_a_person"),
    "a page shifts when a row is deleted": (MACHINE, WALK),
    "_uuid changes with each edit": (ALIKE, "test_several_edits_between_two_looks_are_one_submission"),
    "_submission_time never moves": (ALIKE, "test_an_edit_is_appended_and_the_old_version_stays"),
    "a late photo moves _attachments alone": (ALIKE, "test_a_photo_that_comes_late_is_fetched"),
    "a deleted file stays in the list": (ALIKE, "test_a_photo_taken_away_and_another_sent_in_its_place"),
    "there is no trash": (ALIKE, "test_an_absence_counts_after_two_whole_looks"),
    "a row comes back under another _id": (ALIKE, "test_what_is_sent_again_after_it_was_deleted_is_back"),
    "a validation status is our own notice": (ALIKE, "test_a_review_there_is_no_change"),
    "versions have the date behind them": (ALIKE, "test_a_form_and_its_photos_arrive"),
    "no credentials, other account, deleted project: all 404": (WRONG, ANY_WRONG),
    "errors are pages of HTML": (WRONG, ANY_WRONG),
    "row and XML are two requests": (HERE, "test_a_form_edited_while_it_is_read_is_no_mixture"),
    "row and XML may be of two records": (HERE, "test_xml_that_is_not_the_rows_is_held"),
}


@pytest.mark.parametrize("quirk", QUIRKS)
def test_each_has_its_test(quirk: str) -> None:
    module, name = QUIRKS[quirk]
    assert callable(getattr(importlib.import_module(module), name))


@pytest.fixture(params=[CentralWorld, KoboWorld])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ModelWorld]:
    made: ModelWorld = request.param(tmp_path)
    yield made
    made.close()


def test_a_form_edited_while_it_is_read_is_no_mixture(world: ModelWorld) -> None:
    """Before whichever of our requests the edit comes: one version or the other, with its own photos."""
    for at in range(1, MOST):
        first, second = world.new_names(0, 0)
        root = world.submit(file_names=[first], arrived={first: world.fresh()})
        before = world.truth()[root]

        def edit(root: str = root, second: str = second) -> None:
            world.edit(root, [second], {second: world.fresh()})

        world.meanwhile(at, edit)
        world.pull()
        if world.waiting:  # the pull asked for less: every moment has been tried
            break
        found, after = mirrored(world.home).get(root), world.truth()[root]
        if found is not None:
            whole = before if found.instance_id == before.instance_id else after
            had = {name: digest for name, digest in found.files.items() if digest is not None}
            assert (found.instance_id, found.canonical) == (whole.instance_id, whole.canonical)
            assert found.files.keys() == whole.files.keys()
            assert had.items() <= whole.files.items()  # what the edit dropped may have been there no more
        world.pull()
        assert mirrored(world.home) == world.truth()
    assert 5 < at < MOST - 1


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (b"</data>", b"</dat"),
        (b"<orx:meta>", b"<a><b></a></b><orx:meta>"),
        (b"<orx:meta>", b"<a>&nobody;</a><orx:meta>"),
        (b"<orx:meta>", b"<a>&#1;</a><orx:meta>"),
        (b"<orx:meta>", b"<a>R & D</a><orx:meta>"),
    ],
)
def test_broken_xml_that_central_took_is_held_and_nothing_else_waits(
    tmp_path: Path, good: bytes, bad: bytes
) -> None:
    """Its own reader makes something of all of these (conversation `phones_refused`)."""
    world = CentralWorld(tmp_path)
    stays, broken = world.submit(), builders.uid("broken")
    xml = builders.application(instance_id=broken)
    assert good in xml
    world.model.submit(xml.replace(good, bad, 1), {})
    for _ in range(2):
        world.pull()
        assert set(mirrored(world.home)) == {stays}
        assert len(held(world.home)) == 1
    world.close()


def test_xml_that_is_not_the_rows_is_held(tmp_path: Path) -> None:
    world = KoboWorld(tmp_path)
    root, stays = world.submit(), world.submit()
    record = world.model.record(root)
    record.xml = record.xml.replace(root.encode(), builders.uid("another").encode())
    world.pull()
    world.pull()
    assert set(mirrored(world.home)) == {stays}
    assert list(held(world.home).values()) == ["instance.other"]
    world.close()
