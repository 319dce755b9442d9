"""ODK Central as a source, on its model."""

import hashlib
import json
import re
import threading
import time
from itertools import pairwise
from types import SimpleNamespace

import pytest

from mochocho.words.errors import Terminal, Transient
from sync.central import source as central_source
from sync.central.source import CentralSource
from sync.pull.pull_source import pull
from sync.sources.protocol import FetchedSubmission, HeldRoot, Server
from tests import builders
from tests.models.central import forms
from tests.models.central.app import Held
from xlsforms import names

FIELDS = ("photo_0", "photo_1")
FILES = {"photo_0": "a.jpg", "photo_1": "ภาพ b.jpg"}
SENT = {"a.jpg": b"first", "ภาพ b.jpg": b"second"}


@pytest.fixture(autouse=True)
def published(place: SimpleNamespace) -> None:
    place.model.publish(builders.xform(files=FIELDS))
    place.officer = place.model.app_user("officer")


def submit(place: SimpleNamespace, number: int, files: dict[str, bytes] | None = None) -> str:
    instance_id = builders.uid("application", number)
    xml = builders.application(builders.uid("applicant", number), FILES, instance_id=instance_id)
    place.model.submit(xml, SENT if files is None else files, by=place.officer)
    return instance_id


def edit(place: SimpleNamespace, number: int, of: str, times: int = 1) -> str:
    instance_id = builders.uid("edit", number, times)
    key = builders.uid("applicant", number)
    fields = {**FILES, "applicant_name": f"นางสมมติ แก้ครั้งที่{times}"}
    place.model.submit(
        builders.application(key, fields, instance_id=instance_id, deprecated_id=of), {}, by=place.officer
    )
    return instance_id


def root_id(root: str) -> str:
    return f"{names.APPLICATION}/{root}"


def fetched(place: SimpleNamespace, root: str) -> FetchedSubmission:
    source = place.source()
    list(source.index())
    (one,) = source.fetch([root_id(root)])
    return one


def test_it_is_a_server(place: SimpleNamespace) -> None:
    assert isinstance(place.source(), Server)
    assert place.source().has_trash


def test_the_index_lists_live_and_trash_and_forgets_what_was_purged(place: SimpleNamespace) -> None:
    live, trashed, purged = (submit(place, number) for number in range(3))
    for root in (trashed, purged):
        place.model.delete(root)
    place.model.purge(purged)
    assert {e.root_id: e.trash for e in place.source().index()} == {
        root_id(live): False,
        root_id(trashed): True,
    }
    place.model.restore(trashed)
    assert not any(e.trash for e in place.source().index())


def test_a_fingerprint_moves_with_edits_and_files_and_not_with_reviews(place: SimpleNamespace) -> None:
    root = submit(place, 1, {"a.jpg": b"first"})

    def now() -> str:
        (entry,) = place.source().index()
        return entry.fingerprint

    seen = [now()]
    place.model.review(root, "hasIssues")
    place.model.comment(root, "x")
    assert now() == seen[0]
    place.model.late_photo(root, "ภาพ b.jpg", b"second")
    seen.append(now())
    place.model.remove_photo(root, "a.jpg")
    seen.append(now())
    edit(place, 1, root)
    seen.append(now())
    assert all(one != other for one, other in pairwise(seen))


def test_what_was_never_edited_comes_with_its_files(place: SimpleNamespace) -> None:
    root = submit(place, 1)
    source = place.source()
    list(source.index())
    (one,) = source.fetch([root_id(root)])
    (version,) = one.versions
    held: Held = place.model.held(names.APPLICATION)[f"uuid:{root}"]
    assert (one.server_root, one.current_id, version.xml) == (root, root, held.versions[0])
    files = {ref.name: ref for ref in version.attachments}
    assert files.keys() >= SENT.keys()
    for name, content in SENT.items():
        with source.open(files[name]) as stream:
            assert stream.read() == content


def test_every_version_comes_and_the_server_says_which_is_current(place: SimpleNamespace) -> None:
    root = submit(place, 1)
    second = edit(place, 1, root)
    third = edit(place, 1, second, 2)
    one = fetched(place, root)
    held = place.model.held(names.APPLICATION)[f"uuid:{root}"]
    assert [version.xml for version in one.versions] == list(held.versions)
    assert (one.server_root, one.current_id) == (root, third)
    assert [bool(version.attachments) for version in one.versions] == [False, False, True]


def test_an_edit_since_the_index_mixes_nothing(place: SimpleNamespace) -> None:
    root = submit(place, 1)
    source = place.source()
    (entry,) = source.index()
    second = edit(place, 1, root)
    (one,) = source.fetch([entry.root_id])
    assert (one.current_id, len(one.versions)) == (second, 2)
    assert one.fingerprint == entry.fingerprint  # so that the next index finds it due again
    (again,) = source.fetch([entry.root_id])
    (now,) = place.source().index()
    assert again.fingerprint == now.fingerprint != entry.fingerprint


def test_an_edit_between_the_xml_and_the_list_of_versions_mixes_nothing(place: SimpleNamespace) -> None:
    root = submit(place, 1)
    second = edit(place, 1, root)
    source = place.source()
    (entry,) = source.index()
    json_of, asked = source._central.json, list[str]()

    def edited_meanwhile(method: str, path: str, **how: object) -> object:
        if path.endswith("/versions") and path not in asked:
            asked.append(path)
            edit(place, 1, second, 2)
        return json_of(method, path, **how)

    source._central.json = edited_meanwhile
    (one,) = source.fetch([entry.root_id])

    third = builders.uid("edit", 1, 2)
    held = place.model.held(names.APPLICATION)[f"uuid:{root}"]
    assert ([version.xml for version in one.versions], one.current_id) == (list(held.versions), third)
    assert {ref.name for ref in one.versions[-1].attachments} >= SENT.keys()
    assert all(f"/versions/uuid:{third}/" in ref.locator for ref in one.versions[-1].attachments)


def test_the_photos_of_an_edit_are_asked_for_while_its_versions_are(place: SimpleNamespace) -> None:
    builders.publish(place.home, builders.xform(files=FIELDS))
    root = submit(place, 1)
    source = place.source()
    pull(place.home, source)
    edit(place, 1, root)
    json_of, request_of, looked = source._central.json, source._central.request, threading.Semaphore(0)

    def request(method: str, path: str, **how: object) -> object:
        if method == "HEAD":
            looked.release()
        return request_of(method, path, **how)

    def json_late(method: str, path: str, **how: object) -> object:
        if path.endswith("/versions"):
            assert all(looked.acquire(timeout=30) for _ in SENT)
        return json_of(method, path, **how)

    source._central.request, source._central.json = request, json_late

    assert pull(place.home, source).new == 1


def test_roots_are_fetched_by_a_process_that_made_no_index(place: SimpleNamespace) -> None:
    roots = [submit(place, number) for number in range(3)]
    place.model.delete(roots[2])
    source = place.source()
    found = {one.server_root for one in source.fetch([root_id(root) for root in roots])}
    assert found == set(roots[:2])


def test_only_files_that_have_come_are_listed(place: SimpleNamespace) -> None:
    root = submit(place, 1, {"a.jpg": b"first"})
    assert [ref.name for ref in fetched(place, root).versions[0].attachments] == ["a.jpg"]


def test_a_file_that_goes_before_it_is_opened_is_no_file(place: SimpleNamespace) -> None:
    root = submit(place, 1)
    source = place.source()
    list(source.index())
    (one,) = source.fetch([root_id(root)])
    ref = next(ref for ref in one.versions[0].attachments if ref.name == "a.jpg")
    place.model.remove_photo(root, "a.jpg")
    with pytest.raises(OSError, match=r"a\.jpg"):
        source.open(ref)


def test_a_replaced_file_shows_though_the_index_stays(place: SimpleNamespace) -> None:
    roots = [submit(place, number) for number in range(2)]
    before = list(place.source().index())
    place.model.late_photo(roots[0], "a.jpg", b"other")  # of the same length
    assert list(place.source().index()) == before
    held = []
    for root in roots:
        files = {n: (place.home.store.put(c), len(c)) for n, c in SENT.items()}
        held.append(HeldRoot(root_id(root), root, files))
    assert list(place.source().stale(held)) == [root_id(roots[0])]


def test_the_hint_moves_with_a_submission_and_stays_without(place: SimpleNamespace) -> None:
    source = place.source()
    first = source.hint()
    assert source.hint() == first
    submit(place, 1)
    assert source.hint() != first


def test_a_session_that_ended_is_begun_anew(place: SimpleNamespace) -> None:
    submit(place, 1)
    source = place.source()
    assert len(list(source.index())) == 1
    place.model.expire_sessions()
    assert len(list(source.index())) == 1


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda p: p.model.drop_project(), "there is no project 1"),
        (lambda p: setattr(p.model.admin, "password", "another"), "does not know this e-mail and password"),
    ],
)
def test_what_a_person_must_mend_is_a_sentence(place: SimpleNamespace, spoil, said: str) -> None:
    submit(place, 1)
    spoil(place)
    with pytest.raises(Terminal, match=said):
        list(place.source().index())


def test_an_account_without_rights_is_told(place: SimpleNamespace) -> None:
    place.model.user("guest@example.org", "a guest may nothing")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOCHOCHO_SECRET_PROVINCE", "a guest may nothing")
        source = place.source(email="guest@example.org")
    with pytest.raises(Terminal, match="Project Manager"):
        list(source.index())


def test_what_fails_leaves_no_request_behind(place: SimpleNamespace) -> None:
    """They would go on for a minute, each with its own tries, against a server that is away."""
    submitted = [submit(place, number) for number in (1, 2, 3)]
    begun, ended = list[str](), list[str]()

    def slow(name: str) -> None:
        begun.append(name)
        if len(begun) == 1:
            raise Transient("ไม่อยู่", "away")
        time.sleep(0.05)
        ended.append(name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(central_source, "everything", lambda _central, form_id, _again: slow(form_id))
        with pytest.raises(Transient):
            list(place.source().index())
    assert sorted(ended) == sorted(begun[1:])

    begun, ended = [], []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CentralSource, "_fetched", lambda _self, row, *_: slow(row.root_id))
        fetching = place.source().fetch([root_id(root) for root in submitted])
        assert next(fetching) is None
        fetching.close()  # whoever asked has failed
    assert sorted(ended) == sorted(begun[1:])


def test_a_form_that_is_not_there_is_empty(place: SimpleNamespace) -> None:
    submit(place, 1)
    place.model.rename_form(names.APPLICATION, "another")
    assert list(place.source().index()) == []


def test_a_form_in_the_trash_keeps_what_was_filled_and_says_how_it_comes_back(place: SimpleNamespace) -> None:
    submit(place, 1)
    pull(place.home, place.source())
    project = place.model.state.projects[1]
    form = project.forms[names.APPLICATION]
    forms.delete(place.model.state, project, form)
    assert re.search(r"was deleted in project 1 .* restore it there", unlisted(place))
    forms.restore(project, form)
    assert pull(place.home, place.source()).due == 0
    assert place.source().unlisted() == {}
    project.forms.clear()  # the trash was emptied
    assert "nor in its trash" in unlisted(place)


def unlisted(place: SimpleNamespace) -> str:
    """What is said of the form after a look that moved nothing."""
    source = place.source()
    report = pull(place.home, source)
    assert (report.indexed, report.moved, report.vanished) == (0, 0, 0)
    return str(source.unlisted()[names.APPLICATION])


def test_settings_without_a_project_are_told_before_anyone_is_called(place: SimpleNamespace) -> None:
    with pytest.raises(Terminal, match="`project`"):
        place.source(project=None)


def test_half_an_answer_is_none(place: SimpleNamespace) -> None:
    submit(place, 1)
    source = place.source()
    part = b'{"value": [], "@odata.nextLink": "https://x.example/"}'
    source._central.client.json = lambda *_a, load=json.loads, **_k: load(part)
    with pytest.raises(Transient, match="only a part"):
        list(source.index())


def test_a_store_that_holds_the_same_bytes_is_not_stale(place: SimpleNamespace) -> None:
    root = submit(place, 1)
    sha256 = place.home.store.put(b"first")
    assert sha256 == hashlib.sha256(b"first").hexdigest()
    held = HeldRoot(root_id(root), root, {"a.jpg": (sha256, 5)})
    assert list(place.source().stale([held])) == []
