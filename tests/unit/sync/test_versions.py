"""What a submission's versions and its states at its sources make of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.storage.db import transaction
from mochocho.storage.home import Home
from sync.mirror.versions import Touched, update_submission, update_submissions
from sync.tables import Entity, Seen, Submission, SubmissionVersion
from sync.xform.published_forms import PublishedForms
from sync.xform.reader import Reader
from tests.builders import NOON, application, publish, uid, xform
from xlsforms import names

ONE, TWO = "central:one", "kobo:two"
FIRST, SECOND, THIRD, RIVAL = sorted(uid(n) for n in range(4))


@dataclass
class Mirror:
    """Rows as they are written, before the submission is brought up to date."""

    home: Home
    session: Session
    reader: Reader

    def submission(
        self, versions: Mapping[str, str | None], *, key: str = uid("key"), root: str = FIRST
    ) -> Submission:
        """Versions as instance id -> what it edits, pulled by nobody yet."""
        made = Submission(form_id=names.APPLICATION, root_id=root)
        self.session.add(made)
        self.session.flush()
        for instance_id, edited in versions.items():
            self.version(made, instance_id, edited, key=key)
        return made

    def version(
        self,
        of: Submission,
        instance_id: str,
        edited: str | None,
        *,
        key: str = uid("key"),
        source: str = "spool",
        server_root: str | None = None,
    ) -> None:
        fields = {"applicant_name": f"นางสมมติ {instance_id[:4]}"}
        xml = application(key, fields, instance_id=instance_id, deprecated_id=edited)
        row = SubmissionVersion(
            submission_id=of.id,
            source=source,
            instance_id=instance_id,
            deprecated_id=edited,
            server_root=server_root,
            form_version="1",
            xml_sha256=self.home.store.put(xml),
            received_at=NOON,
        )
        self.session.add(row)
        self.session.flush()

    def seen(self, of: Submission, source: str, *, current: str | None = None, state: str = "live") -> Seen:
        row = Seen(
            source=source, root_id=f"{names.APPLICATION}/{of.root_id}", fingerprint="1", state=state, missed=0
        )
        row.submission_root, row.current_id = of.root_id, current
        self.session.merge(row)
        self.session.flush()
        return row

    def update(self, of: Submission, *, grew: bool = False, former: frozenset[str] = frozenset()) -> None:
        update_submission(self.session, self.reader, Touched(of.id, set(former), grew=grew))

    def current(self, of: Submission) -> str:
        return self.session.get_one(SubmissionVersion, of.current_id).instance_id

    def entities(self) -> dict[str, tuple[str, int]]:
        """The applicants' list: root -> label, version."""
        return {one.root_id: (one.label, one.version) for one in self.session.scalars(select(Entity))}


@pytest.fixture
def mirror(home: Home) -> Iterator[Mirror]:
    publish(home, xform())
    with transaction(home.engine) as session:
        yield Mirror(home, session, Reader(home.store, PublishedForms(home)))


def test_without_a_server_the_end_of_the_longest_chain_is_current(mirror: Mirror) -> None:
    made = mirror.submission({THIRD: SECOND, FIRST: None, SECOND: FIRST}, root=THIRD)
    mirror.update(made, grew=True)
    assert (made.root_id, mirror.current(made), made.conflict, made.gone) == (FIRST, THIRD, False, False)
    assert mirror.entities() == {FIRST: (f"นางสมมติ {THIRD[:4]}", 3)}


def test_a_server_that_holds_it_says_which_version_is_current(mirror: Mirror) -> None:
    made = mirror.submission({FIRST: None, SECOND: FIRST})
    mirror.seen(made, ONE, current=FIRST)
    mirror.update(made, grew=True)
    assert mirror.current(made) == FIRST


def test_of_two_servers_the_one_that_is_further_on_counts(mirror: Mirror) -> None:
    made = mirror.submission({FIRST: None, SECOND: FIRST, THIRD: SECOND})
    mirror.seen(made, ONE, current=FIRST)
    mirror.seen(made, TWO, current=SECOND)
    mirror.update(made, grew=True)
    assert mirror.current(made) == SECOND


def test_a_server_that_names_a_version_nobody_has_seen_does_not_count(mirror: Mirror) -> None:
    made = mirror.submission({FIRST: None, SECOND: FIRST})
    mirror.seen(made, ONE, current=RIVAL)
    mirror.update(made, grew=True)
    assert mirror.current(made) == SECOND


@pytest.mark.parametrize(
    ("states", "gone"),
    [((), False), (("deleted",), True), (("deleted", "live"), False), (("purged", "deleted"), True)],
)
def test_it_is_gone_when_every_source_that_held_it_says_so(
    mirror: Mirror, states: tuple[str, ...], gone: bool
) -> None:
    made = mirror.submission({FIRST: None})
    for source, state in zip((ONE, TWO), states, strict=False):
        mirror.seen(made, source, current=FIRST, state=state)
    mirror.update(made, grew=True)
    assert made.gone is gone
    assert bool(mirror.entities()) is not gone


def test_what_only_went_and_came_back_gives_its_list_a_greater_version_each_time(mirror: Mirror) -> None:
    made = mirror.submission({FIRST: None})
    mirror.seen(made, ONE, current=FIRST)
    mirror.update(made, grew=True)
    assert (made.turns, mirror.entities()[FIRST][1]) == (0, 1)
    for turns, state in enumerate(("deleted", "live"), start=1):
        mirror.seen(made, ONE, current=FIRST, state=state)
        update_submissions(mirror.session, mirror.reader, [FIRST])
        assert made.turns == turns
    assert mirror.entities()[FIRST][1] == 3
    update_submissions(mirror.session, mirror.reader, [FIRST])
    assert (made.turns, mirror.entities()[FIRST][1]) == (2, 3)


def test_a_new_version_is_no_turn(mirror: Mirror) -> None:
    made = mirror.submission({FIRST: None})
    mirror.update(made, grew=True)
    mirror.version(made, SECOND, FIRST)
    mirror.update(made, grew=True)
    assert (made.turns, mirror.entities()[FIRST]) == (0, (f"นางสมมติ {SECOND[:4]}", 2))


@pytest.mark.parametrize(
    ("givers", "conflict"),
    [
        ({SECOND: ("spool", None), RIVAL: ("spool", None)}, True),
        ({SECOND: (ONE, FIRST), RIVAL: (ONE, FIRST)}, False),
        ({SECOND: (ONE, FIRST), RIVAL: (TWO, FIRST)}, True),
        ({SECOND: (ONE, FIRST), RIVAL: (ONE, None)}, True),
        ({SECOND: (ONE, FIRST)}, False),
    ],
    ids=["phones", "one server, one after another", "two servers", "a server and a folder", "one"],
)
def test_two_edits_of_one_version_are_a_conflict_unless_one_server_took_both(
    mirror: Mirror, givers: Mapping[str, tuple[str, str | None]], conflict: bool
) -> None:
    made = mirror.submission({FIRST: None})
    for instance_id, (source, server_root) in givers.items():
        mirror.version(made, instance_id, FIRST, source=source, server_root=server_root)
    mirror.update(made, grew=True)
    assert made.conflict is conflict


def test_what_was_seen_of_a_root_that_joined_another_follows_it(mirror: Mirror) -> None:
    made = mirror.submission({FIRST: None, SECOND: FIRST})
    former = mirror.session.merge(Seen(source=TWO, root_id="r", fingerprint="1", submission_root=SECOND))
    mirror.update(made, grew=True, former=frozenset({SECOND}))
    mirror.session.refresh(former)
    assert former.submission_root == FIRST


def test_who_else_claims_an_applicant_gets_it_when_the_first_is_gone(mirror: Mirror) -> None:
    first = mirror.submission({FIRST: None})
    second = mirror.submission({SECOND: None}, root=SECOND)
    for one in (first, second):
        mirror.seen(one, ONE, current=one.root_id)
        mirror.update(one, grew=True)
    assert list(mirror.entities()) == [FIRST]
    mirror.seen(first, ONE, current=FIRST, state="deleted")
    mirror.update(first)
    assert list(mirror.entities()) == [SECOND]
    mirror.seen(first, ONE, current=FIRST)
    mirror.update(first)
    assert list(mirror.entities()) == [FIRST]


@pytest.mark.parametrize("state", ["live", "deleted"])
def test_a_lost_xml_stops_only_what_still_stands_in_a_list(mirror: Mirror, state: str) -> None:
    made = mirror.submission({FIRST: None})
    mirror.seen(made, ONE, current=FIRST, state=state)
    mirror.home.store.path(mirror.session.scalars(select(SubmissionVersion.xml_sha256)).one()).unlink()
    if state == "live":
        with pytest.raises(FileNotFoundError):
            mirror.update(made, grew=True)
    else:
        mirror.update(made, grew=True)
        assert made.gone
