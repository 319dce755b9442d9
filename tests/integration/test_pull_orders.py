"""In whatever order things arrive, and however often they are repeated, the rows are the same."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from mochocho.storage.db import make_engine, reading
from mochocho.storage.home import Home
from sync.mirror.writing import bulk_insert
from sync.openrosa.source import SpoolSource
from sync.pull.pull_source import pull
from sync.sources.folder import FolderSource
from sync.tables import Attachment, Entity, Quarantined, Seen, Submission, SubmissionVersion
from tests.builders import JPEG, NOON, application, officer, post, publish, uid, xform

OFFICERS = 2
Fresh = Callable[[], tuple[Home, Path]]


@dataclass(frozen=True)
class Arrival:
    """One thing that happens in the world: an instance posted, or copied to the folder, with some files."""

    applicant: int
    version: int  # 0 is the application itself, the others are edits
    parent: int  # which version an edit edits
    by: str  # "endpoint" or "phone"
    files: tuple[tuple[str, int], ...]  # name, content number
    rewritten: bool  # the same XML, written down otherwise
    officer: int
    minute: int


def xml_of(arrival: Arrival) -> bytes:
    xml = application(
        uid("key", arrival.applicant),
        {"applicant_name": f"นางสมมติ {arrival.version}", "photo": "1.jpg", "pages": [{"page": "2.jpg"}]},
        instance_id=instance_id(arrival.applicant, arrival.version),
        deprecated_id=instance_id(arrival.applicant, arrival.parent) if arrival.version else None,
    )
    return xml.replace(b"encoding='utf-8'", b'encoding="UTF-8"') if arrival.rewritten else xml


def instance_id(applicant: int, version: int) -> str:
    return uid("instance", applicant, version)


def happen(home: Home, phone: Path, arrival: Arrival) -> None:
    files = {name: JPEG + bytes([content]) * content for name, content in arrival.files}
    if arrival.by == "endpoint":
        time = NOON + timedelta(minutes=arrival.minute)
        post(home, xml_of(arrival), files, officer_id=arrival.officer, received_at=time)
        return
    folder = phone / f"{arrival.applicant}-{arrival.version}-{arrival.rewritten}"
    folder.mkdir(exist_ok=True)
    (folder / "submission.xml").write_bytes(xml_of(arrival))
    for name, content in files.items():
        path = folder / name
        if not path.exists() or path.stat().st_size < len(
            content
        ):  # a copy is never replaced by a lesser one
            path.write_bytes(content)


@st.composite
def worlds(draw: st.DrawFn) -> list[Arrival]:
    """Arrivals about two applicants: edits of edits, conflicting edits, ancestors that never come."""
    parents = {(a, v): draw(st.integers(0, v - 1)) for a in range(2) for v in range(1, 5)}
    arrival = st.builds(
        Arrival,
        applicant=st.integers(0, 1),
        version=st.integers(0, 4),
        parent=st.just(0),
        by=st.sampled_from(["endpoint", "phone"]),
        files=st.lists(
            st.tuples(st.sampled_from(["1.jpg", "2.jpg"]), st.integers(0, 2)),
            max_size=2,
            unique_by=lambda f: f[0],
        ).map(tuple),
        rewritten=st.booleans(),
        officer=st.integers(1, OFFICERS),
        minute=st.integers(0, 3),
    )
    # A post that says what one before it said adds no receipt: both are drawn with the time of the first.
    times = dict[Arrival, int]()
    return [
        replace(
            one,
            parent=parents.get((one.applicant, one.version), 0),
            minute=times.setdefault(replace(one, minute=0), one.minute),
        )
        for one in draw(st.lists(arrival, min_size=1, max_size=9))
    ]


@pytest.fixture
def fresh(home: Home, tmp_path: Path) -> Iterator[Fresh]:
    """Makes empty homes quickly: copies of one migrated database, with one store between them."""
    publish(home, xform())
    for n in range(OFFICERS):
        officer(home, f"เจ้าหน้าที่ {n}")
    home.engine.dispose()
    made: list[Home] = []
    numbers = count()

    def make() -> tuple[Home, Path]:
        where = tmp_path / f"world-{next(numbers)}"
        (where / "phone").mkdir(parents=True)
        shutil.copy(home.settings.home / "mochocho.db", where / "mochocho.db")
        own = home.settings.model_copy(update={"home": where})
        made.append(replace(home, settings=own, engine=make_engine(own.url)))
        return made[-1], where / "phone"

    yield make
    for one in made:
        one.engine.dispose()


def pull_all(home: Home, phone: Path) -> None:
    pull(home, SpoolSource(home))
    pull(home, FolderSource("folder:phone", phone))


def rows(home: Home) -> dict[str, Any]:
    """Everything that pull wrote, by the ids that count: no row ids, and not which pull noticed something."""
    with reading(home.engine) as session:
        names = {one.id: one.instance_id for one in session.scalars(select(SubmissionVersion))}
        roots = {one.id: one.root_id for one in session.scalars(select(Submission))}
        return {
            "submissions": sorted(
                (one.root_id, one.form_id, names.get(one.current_id or 0), one.conflict)
                for one in session.scalars(select(Submission))
            ),
            "versions": sorted(
                (
                    *(one.instance_id, roots[one.submission_id], str(one.deprecated_id), one.xml_sha256),
                    *(one.source, one.officer_id or 0, str(one.received_at)),
                )
                for one in session.scalars(select(SubmissionVersion))
            ),
            "files": sorted(
                (names[one.version_id], one.name, str(one.sha256), one.size or 0)
                for one in session.scalars(select(Attachment))
            ),
            "entities": sorted(
                (one.uuid, one.root_id, one.label, sorted(one.properties.items()), one.version)
                for one in session.scalars(select(Entity))
            ),
            "held": sorted(
                {(one.key, one.code, str(one.sha256)) for one in session.scalars(select(Quarantined))}
            ),
            "seen": sorted(
                (one.source, one.root_id, one.fingerprint) for one in session.scalars(select(Seen))
            ),
        }


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(world=worlds(), order=st.randoms(use_true_random=False))
def test_any_order_with_replays_gives_the_same_rows(fresh: Fresh, world: list[Arrival], order: Any) -> None:
    at_once, phone = fresh()
    for arrival in world:
        happen(at_once, phone, arrival)
    pull_all(at_once, phone)

    one_by_one, phone = fresh()
    again = [arrival for arrival in world for _ in range(order.randint(1, 3))]
    order.shuffle(again)
    for arrival in again:
        happen(one_by_one, phone, arrival)
        if order.random() < 0.6:
            pull_all(one_by_one, phone)
    pull_all(one_by_one, phone)

    found, expected = rows(one_by_one), rows(at_once)
    # A file seen before a larger one replaced it on the phone is noted by those who saw it.
    for noted in (found, expected):
        noted["held"] = [item for item in noted["held"] if item[1] != "file.other_content"]
    assert found == expected


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(world=worlds())
def test_what_is_written_many_at_once_is_what_each_alone_would_be(fresh: Fresh, world: list[Arrival]) -> None:
    found = []
    for many in (True, False):
        home, phone = fresh()
        for arrival in world:
            happen(home, phone, arrival)
        with pytest.MonkeyPatch.context() as patched:
            if not many:
                patched.setattr(bulk_insert, "find", lambda *_: [])
            pull_all(home, phone)
        found.append(rows(home))
    assert found[0] == found[1]


def test_a_forgotten_index_is_read_again_without_harm(fresh: Fresh) -> None:
    home, phone = fresh()
    for version in range(3):
        happen(home, phone, Arrival(0, version, version - 1, "endpoint", (("1.jpg", 1),), False, 1, version))
    pull_all(home, phone)
    before = rows(home)
    with home.engine.begin() as connection:
        connection.execute(Seen.__table__.delete())  # as after restoring an old backup

    pull_all(home, phone)

    assert rows(home) == before


def test_two_edits_of_one_parent_are_kept_and_flagged_until_a_longer_branch(any_home: Home) -> None:
    publish(any_home, xform())
    edits = [(1, 0), (2, 0)]
    happen(any_home, Path(), Arrival(0, 0, 0, "endpoint", (), False, 1, 0))
    for version, parent in edits:
        happen(any_home, Path(), Arrival(0, version, parent, "endpoint", (), False, 1, version))
    pull(any_home, SpoolSource(any_home))

    ((root, _, current, conflict),) = rows(any_home)["submissions"]
    assert (root, conflict) == (instance_id(0, 0), True)
    assert current == min(instance_id(0, 1), instance_id(0, 2))

    losing = 2 if current == instance_id(0, 1) else 1
    happen(any_home, Path(), Arrival(0, 3, losing, "endpoint", (), False, 1, 3))
    pull(any_home, SpoolSource(any_home))
    ((_, _, current, conflict),) = rows(any_home)["submissions"]
    assert (current, conflict) == (instance_id(0, 3), True)
    assert len(rows(any_home)["versions"]) == 4


def test_an_edit_before_its_original_waits_under_the_originals_name(any_home: Home) -> None:
    publish(any_home, xform())
    happen(any_home, Path(), Arrival(0, 2, 1, "endpoint", (), False, 1, 2))
    pull(any_home, SpoolSource(any_home))
    assert rows(any_home)["submissions"][0][0] == instance_id(0, 1)

    happen(any_home, Path(), Arrival(0, 0, 0, "endpoint", (), False, 1, 0))
    pull(any_home, SpoolSource(any_home))
    assert len(rows(any_home)["submissions"]) == 2  # nothing says yet that they belong together

    happen(any_home, Path(), Arrival(0, 1, 0, "endpoint", (), False, 1, 1))
    pull(any_home, SpoolSource(any_home))
    ((root, _, current, conflict),) = rows(any_home)["submissions"]
    assert (root, current, conflict) == (instance_id(0, 0), instance_id(0, 2), False)
    ((_, root, label, _, version),) = rows(any_home)["entities"]
    assert (root, label, version) == (instance_id(0, 0), "นางสมมติ 2", 3)


def test_an_edit_that_names_another_forms_instance_is_held(any_home: Home) -> None:
    publish(any_home, xform())
    publish(any_home, xform("another"), "another")
    happen(any_home, Path(), Arrival(0, 0, 0, "endpoint", (), False, 1, 0))
    pull(any_home, SpoolSource(any_home))
    edit = xml_of(Arrival(0, 1, 0, "endpoint", (), False, 1, 0))
    post(any_home, edit.replace(b'id="mochocho_application"', b'id="another"'))
    pull(any_home, SpoolSource(any_home))

    assert [code for _, code, _ in rows(any_home)["held"]] == ["instance.other_form"]
    assert len(rows(any_home)["versions"]) == 1
