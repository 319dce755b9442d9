"""The code that tests real servers, tested on the models: it must see what the models hold."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.servers.live_worlds import LiveCentral, LiveKobo, LiveWorld
from tests.contract.servers.model_worlds import hurried
from tests.contract.servers.world import FORMS, REPLACE, RESTORE, mirrored, stands
from tests.models.central.app import EMAIL, PASSWORD, CentralModel
from tests.models.kobo.app import KoboModel
from tests.models.kobo.operations import TOKEN
from tests.models.serving import serve

Model = CentralModel | KoboModel


@pytest.fixture(params=["central", "kobo"])
def both(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Model, LiveWorld]]:
    model = CentralModel() if request.param == "central" else KoboModel()
    with hurried(), serve(model) as served:
        world: LiveWorld
        if isinstance(model, CentralModel):
            world = LiveCentral(tmp_path, served.url, EMAIL, PASSWORD)
        else:
            world = LiveKobo(tmp_path, served.url, TOKEN)
        yield model, world
        world.close()
        assert left(model) == []


def left(model: Model) -> list[str]:
    """What stays behind of ours."""
    names = model.state.projects.values() if isinstance(model, CentralModel) else model.projects()
    return [one.name for one in names if "mochocho_test_" in one.name]


def held(model: Model, world: LiveWorld) -> dict[str, object]:
    if isinstance(model, KoboModel):
        found = {root: one for uid in world.uids().values() for root, one in model.held(uid).items()}  # type: ignore[attr-defined]
        return {root: stands(one.xml, one.files) for root, one in found.items()}
    return {
        one.root.removeprefix("uuid:"): stands(one.versions[-1], one.files)
        for form_id in FORMS
        for one in model.held(form_id, world.project).values()  # type: ignore[attr-defined]
        if not one.deleted
    }


def test_what_is_done_over_http_is_done_and_seen(both: tuple[Model, LiveWorld]) -> None:
    model, world = both

    def same() -> bool:
        world.settle(revalidate=True)
        assert world.truth() == held(model, world)
        assert mirrored(world.home) == world.truth()
        return True

    first, second, late = world.new_names(0, 1, 2)
    root = world.submit(FORMS[0], [first, second, late], {first: world.fresh(), second: world.fresh()})
    other = world.submit(FORMS[1])
    assert same()
    world.late_photo(root, late, world.fresh())
    world.edit(root)
    assert same()
    world.remove_photo(root, second)
    world.review(root)
    assert same()
    if REPLACE in world.can:
        world.replace_photo(root, first, world.fresh())
        assert same()
    else:
        world.edit_there(root)
        assert same()
    world.delete(root)
    assert same()
    assert set(mirrored(world.home)) == {other}
    if RESTORE in world.can:
        world.restore(root)
    else:
        world.revive(root)
    assert same()
    assert set(mirrored(world.home)) == {root, other}
