"""Validation statuses that people set on KoboToolbox: shown, kept apart from ours, no reason to fetch."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mochocho.app.status import server_states
from mochocho.storage.db import reading
from mochocho.words.sentences import Sentence
from sync.pull import registry
from tests.contract.servers.model_worlds import KoboWorld
from xlsforms import names


@pytest.fixture
def world(tmp_path: Path) -> Iterator[KoboWorld]:
    made = KoboWorld(tmp_path)
    for name in ("bob", "malee"):
        made.model.add_user(name)
    registry.forget()
    yield made
    made.close()


def judged(world: KoboWorld) -> list[Sentence]:
    """What `mochocho status` says of it."""
    with reading(world.home.engine) as session:
        (server,) = server_states.look(world.home, session)
    return [
        line for line in server_states.lines(server, datetime.now(UTC)) if "status on the server" in line.en
    ]


def test_what_people_say_is_told_by_state_and_person(world: KoboWorld) -> None:
    roots = [world.submit() for _ in range(5)]
    world.pull()
    assert judged(world) == []
    for root, (state, who) in zip(
        roots,
        [("approved", "bob"), ("approved", "bob"), ("on_hold", "malee"), ("not_approved", "bob")],
        strict=False,
    ):
        world.model.review(root, state, by=who)
    world.model.review(roots[4], "approved")  # by our own account
    report = world.pull()
    assert (report.due, report.moved) == (0, 0)
    (line,) = judged(world)
    assert line.en == (
        "kobo:one: people gave 4 forms a status on the server "
        "(approved 2 by bob, not approved 1 by bob, on hold 1 by malee); it is not written over"
    )
    assert "อนุมัติ 2 แบบ โดย bob" in line.th


def test_it_follows_the_server(world: KoboWorld) -> None:
    changed, cleared, deleted = (world.submit() for _ in range(3))
    for root in (changed, cleared, deleted):
        world.model.review(root, "approved", by="bob")
    world.pull()
    world.model.review(changed, "on_hold", by="malee")
    world.model.review(cleared, None, by="bob")
    world.delete(deleted)
    world.settle()
    assert [line.en.partition("(")[2] for line in judged(world)] == [
        "on hold 1 by malee); it is not written over"
    ]
    world.model.review(changed, "approved")  # ours again
    world.pull()
    assert judged(world) == []


def test_it_survives_an_edit_and_a_form_that_cannot_be_listed(world: KoboWorld) -> None:
    root = world.submit()
    world.model.review(root, "not_approved", by="bob")
    world.submit(names.ONSITE)
    world.pull()
    world.edit(root)
    world.pull()
    assert len(judged(world)) == 1
    kept = world.model.assets.pop(world.uids[names.APPLICATION])
    world.settle()
    assert len(judged(world)) == 1
    world.model.assets[world.uids[names.APPLICATION]] = kept
    world.pull()
    assert len(judged(world)) == 1


def test_a_status_of_an_unknown_kind_is_told_as_it_is_called(world: KoboWorld) -> None:
    root = world.submit()
    world.model.review(root, "approved", by="bob")
    world.model.record(root).status["uid"] = "validation_status_looked_at"
    world.pull()
    assert "(looked_at 1 by bob)" in judged(world)[0].en


def test_nobody_is_asked_for_the_account_where_nobody_said_anything(world: KoboWorld) -> None:
    asked: list[str] = []
    world.watch = lambda _method, target: asked.append(target)
    world.submit()
    world.pull()
    assert not any(target.startswith("/me/") for target in asked)
