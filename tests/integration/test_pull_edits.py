"""Edits written in bulk, without former versions that stand, leave the same rows as all, one by one."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from mochocho.storage.db import make_engine, reading
from mochocho.storage.home import Home
from sync.mirror.writing import bulk_edits
from sync.pull.pull_source import pull
from sync.tables import Submission
from tests.builders import JPEG, application, officer, publish, uid, xform
from tests.integration.test_pull_orders import rows
from tests.memory_server import MemoryServer

KEYS = 3  # applicants, two of which say that they are the same one in some worlds
WHATS = ("edit", "edit", "edit", "fork", "late", "replace", "drop", "delete", "restore", "other", "twice")


@st.composite
def rounds(draw: st.DrawFn) -> list[list[tuple[str, int, int]]]:
    """Between two pulls: what happens to which application, and a number that tells contents apart."""
    happening = st.tuples(st.sampled_from(WHATS), st.integers(0, KEYS - 1), st.integers(0, 3))
    return draw(st.lists(st.lists(happening, max_size=5), min_size=1, max_size=4))


class World:
    """A server and what people do there."""

    def __init__(self, *, has_trash: bool) -> None:
        self.server = MemoryServer(has_trash=has_trash)
        self._numbers = count()
        for key in range(KEYS):
            self._send(key, None, key)

    def happen(self, what: str, applicant: int, number: int) -> None:
        root_id = f"mochocho_application/{uid('i', applicant)}"
        root = self.server.roots.get(root_id)
        if root is None or root.trash:
            if what == "restore" and root is not None:
                self.server.restore(root_id)
            return
        if what in ("edit", "other", "twice"):
            for _ in range(2 if what == "twice" else 1):
                self._send(
                    applicant, root.current_id, (applicant + 1) % KEYS if what == "other" else applicant
                )
        elif what == "fork":
            self._send(applicant, root.versions[0][0], applicant)
        elif what in ("late", "replace"):
            self.server.put_file(root_id, "2.jpg" if what == "late" else "1.jpg", JPEG + bytes([number]))
        elif what == "drop" and "2.jpg" in root.files:
            self.server.drop_file(root_id, "2.jpg")
        elif what == "delete":
            self.server.delete(root_id)

    def _send(self, applicant: int, edited: str | None, key: int) -> None:
        number = next(self._numbers)
        xml = application(
            uid("key", key),
            {"applicant_name": f"นางสมมติ {number}", "photo": "1.jpg", "pages": [{"page": "2.jpg"}]},
            instance_id=uid("i", applicant) if edited is None else uid("i", applicant, number),
            deprecated_id=edited,
        )
        self.server.submit(xml, {"1.jpg": JPEG + bytes([number % 3])})


@pytest.fixture
def copies(home: Home, tmp_path: Path) -> Iterator[Any]:
    """Makes homes that share a store and begin alike."""
    publish(home, xform())
    officer(home)
    home.engine.dispose()
    made: list[Home] = []

    def make() -> Home:
        where = tmp_path / f"copy-{len(made)}"
        where.mkdir()
        shutil.copy(home.settings.home / "mochocho.db", where / "mochocho.db")
        own = home.settings.model_copy(update={"home": where})
        made.append(replace(home, settings=own, engine=make_engine(own.url)))
        return made[-1]

    yield make
    for one in made:
        one.engine.dispose()


def told(home: Home) -> dict[str, Any]:
    with reading(home.engine) as session:
        query = select(Submission.root_id, Submission.gone, Submission.turns)
        return {**rows(home), "gone": sorted(tuple(row) for row in session.execute(query))}


@pytest.mark.parametrize("has_trash", [True, False], ids=["central", "kobo"])
@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(world=rounds())
def test_edits_written_many_at_once_are_what_each_alone_would_be(
    copies: Any, has_trash: bool, world: list[list[tuple[str, int, int]]]
) -> None:
    people = World(has_trash=has_trash)
    many, each = copies(), copies()
    for happening in ([], *world):
        for one in happening:
            people.happen(*one)
        people.server.asks = many
        pull(many, people.server, accept_absence=True)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(bulk_edits, "find", lambda *_: [])
            people.server.asks = None
            pull(each, people.server, accept_absence=True)
        assert told(many) == told(each)


def test_a_plain_edit_is_written_with_the_others(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the test above would compare one way with itself."""
    publish(home, xform())
    people = World(has_trash=True)
    people.server.asks = home
    pull(home, people.server)
    found, find = [], bulk_edits.find
    monkeypatch.setattr(bulk_edits, "find", lambda *given: found.append(find(*given)) or found[-1])
    for key in range(KEYS):
        people.happen("edit", key, 0)

    assert pull(home, people.server).new == KEYS

    assert sum(len(some) for some in found) == KEYS
