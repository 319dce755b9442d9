"""Pulling from a server: its roots' states here, what is fetched, what a fault leaves undone."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from mochocho.settings.config import Server as Settings
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal, Transient
from mochocho.words.sentences import Sentence
from sync.mirror.queries import current
from sync.openrosa.source import SpoolSource
from sync.pull import pull_server
from sync.pull.pull_source import count_due, pull
from sync.pull.schedule import last
from sync.sources.protocol import Server, Unusable
from sync.tables import Attachment, Entity, FormerFile, Quarantined, Seen, Submission
from tests.builders import JPEG, application, instance, officer, onsite, post, publish, uid, xform
from tests.memory_server import MemoryServer, away
from xlsforms import names

OTHER = JPEG + b"another photo"


@pytest.fixture
def server(any_home: Home) -> MemoryServer:
    publish(any_home, xform())
    officer(any_home)
    return MemoryServer()


def one(n: int = 0, edit: int = 0, of: int | None = None, **fields: str) -> bytes:
    """The nth application, or that edit of it, which edits the one before unless `of` names another."""
    before = edit - 1 if of is None else of
    return application(
        uid("key", n),
        {"photo": "1.jpg", "applicant_name": f"นางสมมติ {edit}", **fields},
        instance_id=uid("i", n, edit),
        deprecated_id=uid("i", n, before) if edit else None,
    )


def there(home: Home) -> dict[str, str]:
    """Root -> current instance of all that later stages are told of."""
    with reading(home.engine) as session:
        return {m.root_id: m.instance_id for m in current(session, names.APPLICATION)}


def files(home: Home) -> dict[str, str | None]:
    with reading(home.engine) as session:
        found = current(session, names.APPLICATION)
        return dict(found[0].files) if found else {}


def state(home: Home, root_id: str) -> str:
    with reading(home.engine) as session:
        row = session.get_one(Seen, ("central:one", root_id))
        return f"{row.state}{' restored' if row.restored else ''}"


def entities(home: Home) -> dict[str, tuple[str, int]]:
    with reading(home.engine) as session:
        return {row.uuid: (row.label, row.version) for row in session.scalars(select(Entity))}


def held(home: Home) -> dict[str, str]:
    with reading(home.engine) as session:
        return dict(session.execute(select(Quarantined.key, Quarantined.code)).all())


def test_the_server_in_memory_is_one() -> None:
    assert isinstance(MemoryServer(), Server)
    assert not isinstance(SpoolSource, Server)


def test_a_form_that_cannot_be_listed_keeps_what_is_known_of_it(any_home: Home, server: MemoryServer) -> None:
    """Neither live nor held roots of it go; those of other forms are pulled and go as ever."""
    publish(any_home, xform(names.ONSITE, savetos=()), names.ONSITE)
    kept = server.submit(one(1))
    server.refused = [Unusable(f"{names.APPLICATION}/closed", pull_server.ENCRYPTED, "เข้ารหัส")]
    pull(any_home, server)
    server.refused = []
    server.lost = {names.APPLICATION: Sentence("แบบฟอร์มหาย", "the form is gone")}
    others = [server.submit(onsite(uid("key", n), instance_id=uid("o", n))) for n in (1, 2)]
    pull(any_home, server)
    assert list(held(any_home)) == [f"{names.APPLICATION}/closed"]
    since = last(any_home, server.key).unlisted[0]["since"]
    server.purge(others[0])
    for _ in range(3):
        assert pull(any_home, server).vanished == 0
    assert (state(any_home, kept), state(any_home, others[1])) == ("live", "live")
    assert state(any_home, others[0]) == "purged"
    assert last(any_home, server.key).unlisted == [
        {"form": names.APPLICATION, "th": "แบบฟอร์มหาย", "en": "the form is gone", "since": since}
    ]
    server.lost = {}
    pull(any_home, server)
    assert (last(any_home, server.key).unlisted, held(any_home)) == ([], {})


def test_only_what_differs_is_fetched(any_home: Home, server: MemoryServer) -> None:
    roots = [server.submit(one(n), {"1.jpg": JPEG}) for n in range(5)]
    first = pull(any_home, server)
    server.fetched.clear()
    server.submit(one(3, 1))

    again = pull(any_home, server)

    assert (first.indexed, first.due, first.new, first.files) == (5, 5, 5, 5)
    assert (server.fetched, again.due, again.new) == ([[roots[3]]], 1, 1)
    assert there(any_home)[uid("i", 3, 0)] == uid("i", 3, 1)
    server.fetched.clear()
    assert pull(any_home, server).due == 0
    assert server.fetched == []


def test_a_few_edits_use_every_thread(home: Home, server_of_sqlite: MemoryServer) -> None:
    server = server_of_sqlite
    server.threads = 8
    for n in range(16):
        server.submit(one(n))
    side_by_side = threading.Barrier(8, timeout=20)  # breaks, and the test with it, unless eight come

    def together(what: str, _with: object) -> None:
        if what == "fetch":
            side_by_side.wait()

    server.before = together
    assert pull(home, server).new == 16


@pytest.fixture
def server_of_sqlite(home: Home) -> MemoryServer:
    publish(home, xform())
    return MemoryServer()


def test_trash_is_gone_at_once_and_comes_back_as_it_was(any_home: Home, server: MemoryServer) -> None:
    roots = [server.submit(one(n)) for n in range(2)]
    pull(any_home, server)
    before = entities(any_home)

    server.delete(roots[0])
    report = pull(any_home, server)

    assert (report.moved, state(any_home, roots[0]), state(any_home, roots[1])) == (1, "deleted", "live")
    assert list(there(any_home)) == [uid("i", 1, 0)]
    assert entities(any_home).keys() == {uid("key", 1)}

    server.restore(roots[0])
    pull(any_home, server)
    assert (state(any_home, roots[0]), len(there(any_home))) == ("live restored", 2)
    assert entities(any_home).keys() == before.keys()
    assert entities(any_home)[uid("key", 0)][1] > before[uid("key", 0)][1]


def test_absence_counts_after_two_whole_sweeps_in_a_row(any_home: Home, server: MemoryServer) -> None:
    root = server.submit(one())
    pull(any_home, server)
    server.roots[root].hidden = True  # as where ids become visible out of order
    pull(any_home, server)
    assert (state(any_home, root), len(there(any_home))) == ("live", 1)
    server.roots[root].hidden = False
    pull(any_home, server)
    server.roots[root].hidden = True
    pull(any_home, server)
    assert state(any_home, root) == "live"

    pull(any_home, server)

    assert (state(any_home, root), there(any_home)) == ("purged", {})


def test_a_sweep_that_breaks_off_counts_for_nothing(any_home: Home, server: MemoryServer) -> None:
    roots = [server.submit(one(n)) for n in range(3)]
    pull(any_home, server)
    server.purge(roots[0])

    def breaks(what: str, about: object) -> None:
        if (what, about) == ("entry", roots[2]):
            raise Transient("สายขาด", "the line broke")

    server.before = breaks
    for _ in range(3):
        with pytest.raises(Transient):
            pull(any_home, server)
    assert (state(any_home, roots[0]), len(there(any_home))) == ("live", 3)
    assert last(any_home, server.key).problem == "the line broke"


def test_where_there_is_no_trash_absence_is_deletion(any_home: Home, server: MemoryServer) -> None:
    server.has_trash = False
    root = server.submit(one())
    pull(any_home, server)
    server.delete(root)
    pull(any_home, server)
    pull(any_home, server)
    assert state(any_home, root) == "deleted"


def test_what_stays_away_after_trash_is_purged(any_home: Home, server: MemoryServer) -> None:
    root = server.submit(one())
    pull(any_home, server)
    server.delete(root)
    pull(any_home, server)
    server.purge(root)
    pull(any_home, server)
    assert state(any_home, root) == "deleted"
    pull(any_home, server)
    assert state(any_home, root) == "purged"


def test_a_great_part_does_not_go_unless_a_person_says_so(any_home: Home, server: MemoryServer) -> None:
    roots = [server.submit(one(n)) for n in range(30)]
    pull(any_home, server)
    for root in roots[:21]:
        server.purge(root)
    pull(any_home, server)

    report = pull(any_home, server)

    assert (report.vanished, last(any_home, server.key).vanished, len(there(any_home))) == (21, 21, 30)

    server.purge(roots[21])  # more than the person was told of
    pull(any_home, server)
    assert pull(any_home, server).vanished == 22
    server.purge(roots[22])
    pull(any_home, server)
    assert pull(any_home, server, accept_absence=True).vanished == 23
    assert len(there(any_home)) == 30

    accepted = pull(any_home, server, accept_absence=True)
    assert (accepted.vanished, last(any_home, server.key).vanished, len(there(any_home))) == (0, 0, 7)


def test_what_another_source_still_holds_is_not_gone(any_home: Home, server: MemoryServer) -> None:
    elsewhere = MemoryServer("kobo:two", has_trash=False)
    root = server.submit(one())
    elsewhere.submit(one())
    pull(any_home, server)
    pull(any_home, elsewhere)
    post(any_home, one())
    pull(any_home, SpoolSource(any_home))

    server.delete(root)
    pull(any_home, server)
    assert len(there(any_home)) == 1
    elsewhere.delete(root)
    pull(any_home, elsewhere)
    pull(any_home, elsewhere)
    assert len(there(any_home)) == 1  # the endpoint's own is never taken back

    with any_home.engine.begin() as connection:
        connection.execute(Seen.__table__.delete().where(Seen.source == "spool"))
    server.restore(root)
    pull(any_home, server)
    server.delete(root)
    pull(any_home, server)
    assert there(any_home) == {}


@pytest.mark.parametrize("seen_first", [True, False])
def test_edits_nobody_saw_between_are_no_conflict(
    any_home: Home, server: MemoryServer, seen_first: bool
) -> None:
    server.has_trash = False  # gives the current version alone
    server.submit(one())
    if seen_first:
        pull(any_home, server)
    for edit in (1, 2, 3):
        server.submit(one(0, edit))
    pull(any_home, server)

    assert there(any_home) == {uid("i", 0, 0): uid("i", 0, 3)}
    with reading(any_home.engine) as session:
        assert [s.conflict for s in session.scalars(select(Submission))] == [False]

    post(any_home, one(0, 2))  # what was unseen comes by another way
    post(any_home, one(0, 1))
    post(any_home, one(0, 0))
    pull(any_home, SpoolSource(any_home))
    assert there(any_home) == {uid("i", 0, 0): uid("i", 0, 3)}


def test_two_edits_of_one_version_are_a_conflict_and_the_server_says_which_is_current(
    any_home: Home, server: MemoryServer
) -> None:
    root = server.submit(one())
    edits = sorted((edit for edit in (1, 2)), key=lambda edit: uid("i", 0, edit))
    server.submit(one(0, edits[1], of=0))  # the greater id, which the chain alone would not choose
    post(any_home, one(0, edits[0], of=0))
    pull(any_home, SpoolSource(any_home))
    pull(any_home, server)

    assert there(any_home) == {uid("i", 0, 0): uid("i", 0, edits[1])}
    with reading(any_home.engine) as session:
        assert [s.conflict for s in session.scalars(select(Submission))] == [True]
    server.delete(root)
    pull(any_home, server)
    assert there(any_home) == {uid("i", 0, 0): uid("i", 0, edits[0])}  # the endpoint's stands alone


def test_a_root_that_came_back_with_an_older_version_stands_so(any_home: Home, server: MemoryServer) -> None:
    server.has_trash = False
    root = server.submit(one())
    pull(any_home, server)
    server.submit(one(0, 1))
    pull(any_home, server)
    before = entities(any_home)[uid("key", 0)]
    server.purge(root)
    assert server.submit(one()) == root  # the phone sends the original once more
    server.roots[root].moves = 9

    pull(any_home, server)

    assert there(any_home) == {uid("i", 0, 0): uid("i", 0, 0)}
    label, version = entities(any_home)[uid("key", 0)]
    assert (before[0], label) == ("นางสมมติ 1", "นางสมมติ 0")
    assert version > before[1]


def test_files_follow_the_server_and_what_stood_there_is_kept(any_home: Home, server: MemoryServer) -> None:
    big = JPEG * 3
    root = server.submit(one(), {"1.jpg": big})
    pull(any_home, server)
    first = files(any_home)["1.jpg"]

    server.put_file(root, "1.jpg", JPEG)
    assert pull(any_home, server).due == 0  # it moves nothing
    assert files(any_home)["1.jpg"] == first
    pull(any_home, server, revalidate=True)
    second = files(any_home)["1.jpg"]
    assert any_home.store.read(str(second)) == JPEG

    server.drop_file(root, "1.jpg")
    pull(any_home, server)
    assert files(any_home) == {"1.jpg": None}
    with reading(any_home.engine) as session:
        assert set(session.scalars(select(FormerFile.sha256))) == {first, second}
    assert any_home.store.read(str(first)) == big


def test_a_phones_file_fills_a_gap_and_never_replaces_the_servers(
    any_home: Home, server: MemoryServer
) -> None:
    root = server.submit(one())
    pull(any_home, server)
    post(any_home, one(), {"1.jpg": JPEG * 2})
    pull(any_home, SpoolSource(any_home))
    assert any_home.store.read(str(files(any_home)["1.jpg"])) == JPEG * 2

    server.put_file(root, "1.jpg", JPEG)
    pull(any_home, server)
    assert any_home.store.read(str(files(any_home)["1.jpg"])) == JPEG
    with any_home.engine.begin() as connection:
        connection.execute(Seen.__table__.delete().where(Seen.source == "spool"))
    pull(any_home, SpoolSource(any_home))
    assert any_home.store.read(str(files(any_home)["1.jpg"])) == JPEG
    assert list(held(any_home).values()) == ["file.other_content"]


def test_a_file_that_cannot_be_had_keeps_what_stands_and_is_asked_for_again(
    any_home: Home, server: MemoryServer
) -> None:
    root = server.submit(one(), {"1.jpg": JPEG})
    pull(any_home, server)
    server.submit(one(0, 1))

    def missing(what: str, _with: object) -> None:
        if what == "open":
            raise FileNotFoundError("gone for now")

    server.before = missing
    assert pull(any_home, server).held == 1
    assert (there(any_home), count_due(any_home, server)) == ({uid("i", 0, 0): uid("i", 0, 1)}, 1)
    server.before = away("nothing")

    assert pull(any_home, server).files == 1
    assert (held(any_home), count_due(any_home, server)) == ({}, 0)
    assert files(any_home)["1.jpg"] is not None
    assert root in server.roots


def test_one_job_that_fails_stops_no_other(any_home: Home, server: MemoryServer) -> None:
    server.threads = 2
    roots = [server.submit(one(n), {"1.jpg": JPEG}) for n in range(6)]

    def poisoned(what: str, about: object) -> None:
        if (what, about) == ("fetch", roots[0]):
            raise Transient("500 รายการเดียว", "500 for this one alone")

    server.before = poisoned
    for _ in range(3):  # in ever smaller jobs
        with pytest.raises(Transient, match="this one alone"):
            pull(any_home, server)

    assert there(any_home).keys() == {uid("i", n, 0) for n in range(1, 6)}
    sweep = last(any_home, server.key)
    assert (sweep.due, sweep.whole_at, sweep.problem) == (1, None, "500 for this one alone")
    server.before = away("nothing")
    assert pull(any_home, server).new == 1
    assert last(any_home, server.key).problem is None


def test_where_a_person_must_act_nothing_more_is_begun(any_home: Home, server: MemoryServer) -> None:
    server.threads = 1
    for n in range(80):
        server.submit(one(n))

    def revoked(what: str, _with: object) -> None:
        if what == "fetch":
            raise Terminal(
                "central:one: รหัสถูกยกเลิก ให้ใส่ใหม่", "central:one: the token was revoked; give it a new one"
            )

    server.before = revoked
    with pytest.raises(Terminal, match="revoked"):
        pull(any_home, server)
    assert server.calls.count("fetch") == 1
    assert "revoked" in str(last(any_home, server.key).problem)


def test_a_pull_that_was_killed_downloads_no_complete_file_again(
    any_home: Home, server: MemoryServer
) -> None:
    server.threads = 1
    for n in range(4):
        server.submit(one(n, photo="1.jpg"), {"1.jpg": JPEG + bytes([n])})

    class Killed(BaseException):
        """As when the process ends: nothing of ours sees it."""

    def killed(what: str, _with: object) -> None:
        if what == "open" and len(server.downloads) == 3:
            raise Killed

    server.before = killed
    with pytest.raises(Killed):
        pull(any_home, server)
    assert (there(any_home), len(server.downloads)) == ({}, 3)  # stored, and nothing is written of it
    server.before = away("nothing")

    assert pull(any_home, server).files == 4
    assert sorted(server.downloads) == sorted(set(server.downloads))
    assert not list((any_home.settings.home / "pull").glob("*.journal"))


def test_what_the_journal_says_is_not_believed_where_files_are_compared(
    any_home: Home, server: MemoryServer
) -> None:
    root = server.submit(one(), {"1.jpg": JPEG})

    class Killed(BaseException):
        """As above."""

    def killed(self: object, fetched: object) -> object:
        raise Killed

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("sync.mirror.writing.write_roots.Writer.write", killed)
        with pytest.raises(Killed):
            pull(any_home, server)
    server.put_file(root, "1.jpg", OTHER)

    pull(any_home, server, revalidate=True)

    assert any_home.store.read(str(files(any_home)["1.jpg"])) == OTHER


def test_a_quick_look_asks_for_the_hint_alone(any_home: Home, server: MemoryServer) -> None:
    home = with_server(any_home)
    root = server.submit(one())
    pull(home, server)
    server.calls.clear()

    pull(home, server, quick=True)
    assert server.calls == ["hint"]
    server.review(root)
    server.calls.clear()
    pull(home, server, quick=True)
    assert "index" in server.calls
    server.calls.clear()
    pull(home, server)  # somebody asks: whole in any case
    assert "index" in server.calls


def with_server(home: Home, **settings: object) -> Home:
    """The home with settings for `central:one`."""
    section = Settings(key="one", kind="central", url="https://central.example", **settings)
    return replace(home, settings=home.settings.model_copy(update={"servers": (section,)}))


def test_every_root_is_compared_once_in_so_many_days(
    any_home: Home, server: MemoryServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = with_server(any_home, revalidate_days=3)
    roots = [server.submit(one(n), {"1.jpg": JPEG}) for n in range(12)]
    pull(home, server)
    for root in roots:
        server.put_file(root, "1.jpg", OTHER)
    replaced = []
    start = datetime.now(UTC)
    for day in range(1, 4):

        class Clock(datetime):
            @classmethod
            def now(cls, _zone: object = None) -> datetime:  # type: ignore[override]
                return start + timedelta(days=day)  # noqa: B023 - used in this round alone

        monkeypatch.setattr(pull_server, "datetime", Clock)
        replaced.append(pull(home, server).due)
        assert pull(home, server).due == 0  # once a day

    assert sum(replaced) == 12
    assert all(0 < some < 12 for some in replaced)


def test_what_is_encrypted_is_told_and_not_gone(any_home: Home, server: MemoryServer) -> None:
    root = server.submit(one())
    pull(any_home, server)
    hidden = server.roots.pop(root)
    server.refused = [Unusable(root, "submission.encrypted", "เข้ารหัสลับ")]
    for _ in range(3):
        pull(any_home, server)
    assert (held(any_home), state(any_home, root)) == ({root: "submission.encrypted"}, "live")

    server.roots[root], server.refused = hidden, []
    pull(any_home, server)
    assert held(any_home) == {}


def test_what_was_held_of_a_root_goes_with_it(any_home: Home, server: MemoryServer) -> None:
    root = server.submit(application(uid("key", 0), version="9", instance_id=uid("i", 0, 0)))
    pull(any_home, server)
    assert held(any_home) == {root: "form.version_unknown"}
    assert pull(any_home, server).due == 0

    server.delete(root)
    pull(any_home, server)
    assert held(any_home) == {}
    server.restore(root)
    pull(any_home, server)
    assert held(any_home) == {root: "form.version_unknown"}
    publish(any_home, xform(version="9"), version="9")
    assert pull(any_home, server).new == 1


def test_an_instance_that_calls_its_form_otherwise_is_read_by_ours(
    any_home: Home, server: MemoryServer
) -> None:
    raw = one().replace(b'id="mochocho_application" version="1"', b'id="aXbYcZ" version="1 (2026-11-20)"')
    raw = raw.replace(b"<orx:meta>", b"<formhub><uuid>f</uuid></formhub><orx:meta>")
    assert b"aXbYcZ" in raw
    server.form = (names.APPLICATION, "1")
    server.submit(raw, {"1.jpg": JPEG})
    pull(any_home, server)
    post(any_home, one())
    pull(any_home, SpoolSource(any_home))  # the same answers by another way are no conflict

    with reading(any_home.engine) as session:
        (found,) = current(session, names.APPLICATION)
        assert session.scalars(select(Attachment.name)).all() == ["1.jpg"]
    assert (found.form_id, found.form_version, held(any_home)) == (names.APPLICATION, "1", {})
    assert entities(any_home)[uid("key", 0)][0] == "นางสมมติ 0"


def test_of_two_that_create_one_entity_the_other_takes_over(any_home: Home, server: MemoryServer) -> None:
    mine, other = one(0), one(1).replace(uid("key", 1).encode(), uid("key", 0).encode())
    roots = [server.submit(mine), server.submit(other)]
    pull(any_home, server)
    first = entities(any_home)
    with reading(any_home.engine) as session:
        holder = session.scalars(select(Entity.root_id)).one()
    winner = next(root for root in roots if root.endswith(holder))

    server.delete(winner)
    pull(any_home, server)
    with reading(any_home.engine) as session:
        assert session.scalars(select(Entity.root_id)).one() != holder
    assert held(any_home) == {}
    server.restore(winner)
    pull(any_home, server)
    with reading(any_home.engine) as session:
        assert session.scalars(select(Entity.root_id)).one() == holder
    assert list(held(any_home).values()) == ["entity.taken"]
    assert entities(any_home).keys() == first.keys()


@pytest.mark.parametrize("edits", ["who has it", "who has it not"])
def test_of_two_that_create_one_entity_either_may_turn_to_another(
    any_home: Home, server: MemoryServer, edits: str
) -> None:
    publish(any_home, xform())
    for number in (1, 2):
        server.submit(
            application(uid("key", 0), {"applicant_name": f"นาง {number}"}, instance_id=f"a{number}")
        )
    pull(any_home, server)
    with reading(any_home.engine) as session:
        holder = session.scalars(select(Entity.root_id)).one()
    other = {"a1": "a2", "a2": "a1"}[holder]
    who, stays = (holder, other) if edits == "who has it" else (other, holder)

    server.submit(
        application(uid("key", 1), {"applicant_name": "นาง 3"}, instance_id="a3", deprecated_id=who)
    )
    pull(any_home, server)
    with reading(any_home.engine) as session:
        made = dict(session.execute(select(Entity.uuid, Entity.root_id)).all())
    assert made == {uid("key", 0): stays, uid("key", 1): who}
    assert held(any_home) == {}


def test_what_a_supplement_said_is_taken_back_with_it(any_home: Home, server: MemoryServer) -> None:
    publish(any_home, xform(names.SUPPLEMENT, savetos=["sent_at"]), names.SUPPLEMENT)
    at = "2025-06-01T09:00:00.000+07:00"
    sent = instance(
        names.SUPPLEMENT,
        {"applicant_key": uid("key", 0), "sent_at": at, "end": at},
        instance_id=uid("s"),
        entity={"dataset": names.APPLICANTS, "id": uid("key", 0), "update": "1", "label": ""},
    )
    server.submit(one())
    root = server.submit(sent)
    pull(any_home, server)

    def said() -> tuple[str | None, int]:
        with reading(any_home.engine) as session:
            row = session.scalars(select(Entity)).one()
            return row.properties.get("sent_at"), row.version

    first = said()
    server.delete(root)
    pull(any_home, server)
    second = said()
    server.restore(root)
    pull(any_home, server)
    third = said()

    assert (first[0], second[0], third[0]) == (at, None, at)
    assert first[1] < second[1] < third[1]


def test_a_form_nobody_knows_stops_nothing_else(any_home: Home, server: MemoryServer) -> None:
    server.submit(instance("poll_of_others", {"q": "1"}, instance_id=uid("poll")))
    server.submit(one())
    assert (pull(any_home, server).new, list(held(any_home).values())) == (1, ["form.unknown"])
