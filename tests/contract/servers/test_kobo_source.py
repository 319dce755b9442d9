"""KoboToolbox as a source, on its model: its quirks do no harm."""

import dataclasses
import hashlib
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from pydantic import SecretStr

from mochocho.settings import config
from mochocho.storage.db import transaction
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal, Transient
from sync.kobo.api import Api, Token
from sync.kobo.source import KoboSource
from sync.sources.protocol import Entry, FetchedSubmission, HeldRoot, Server
from sync.tables import Seen, ServerForm, ServerOfficer
from sync.web.client import Client, Patience
from tests import builders
from tests.builders import JPEG, NOON, application, uid, xform
from tests.models.kobo import web
from tests.models.kobo.app import KoboModel
from tests.models.serving import Served, serve
from xlsforms import names

PHOTO = JPEG + b" another one"
IMPATIENT = Patience(tries=2, base=0.0, cap=0.0)


@dataclass
class Kobo:
    """A model that answers, its project of applications, and how to make sources of it."""

    model: KoboModel
    served: Served
    home: Home
    project: str

    def source(self, *, token: str | None = None, **settings: object) -> KoboSource:
        given: dict[str, object] = {"key": "k", "kind": "kobo", "url": self.served.url, **settings}
        server = config.Server.model_validate(given)
        client = Client(server.url, Token(SecretStr(token or self.model.token)), patience=IMPATIENT)
        return KoboSource(self.home, server, Api(client, server))

    def send(self, number: int = 1, fields: dict[str, str] | None = None, **files: bytes) -> str:
        """An application with these files, posted; `photo` names the file of that name."""
        named = {"photo": "photo.jpg"} if "photo" in files else {}
        xml = application(uid(number), {**named, **(fields or {})}, instance_id=uid("sent", number))
        return self.model.submit_ours(xml, {f"{name}.jpg": content for name, content in files.items()})

    def id_of(self, root: str) -> int:
        return self.model.record(root).id


@pytest.fixture
def kobo(home: Home) -> Iterator[Kobo]:
    model = KoboModel()
    project = model.add_form(xform(files=("photo", "second", "pages/page")))
    with serve(model) as served:
        yield Kobo(model, served, home, project)


def listed(source: KoboSource) -> dict[str, str]:
    return {entry.root_id: entry.fingerprint for entry in source.index()}


def root_id(root: str) -> str:
    return f"{names.APPLICATION}/{root}"


def only(source: KoboSource) -> FetchedSubmission:
    (fetched,) = source.fetch([*listed(source)])
    return fetched


def files(source: KoboSource, fetched: FetchedSubmission) -> dict[str, bytes]:
    found = {}
    for ref in fetched.versions[0].attachments:
        with source.open(ref) as stream:
            found[ref.name] = stream.read()
    return found


def test_it_is_a_server(kobo: Kobo) -> None:
    source = kobo.source(threads=3)
    assert isinstance(source, Server)
    assert (source.key, source.threads, source.has_trash) == ("kobo:k", 3, False)


def test_a_submission_comes_whole(kobo: Kobo) -> None:
    root = kobo.send(photo=JPEG)
    source = kobo.source()
    fetched = only(source)
    assert fetched.root_id == root_id(root)
    assert (fetched.server_root, fetched.current_id) == (root, root)
    assert fetched.versions[0].form == (names.APPLICATION, builders.VERSION)
    assert files(source, fetched) == {"photo.jpg": JPEG}
    assert listed(source) == {fetched.root_id: fetched.fingerprint}


def test_what_is_sent_as_raw_bytes_is_kept_as_raw_bytes(kobo: Kobo) -> None:
    root = kobo.send()
    xml = only(kobo.source()).versions[0].xml
    assert xml in kobo.model.record(root).xml


def test_the_moment_is_utc_and_stays_that_of_the_first_post(kobo: Kobo) -> None:
    root = kobo.send()
    kobo.model.edit(root, {"village": "อื่น"})
    received = only(kobo.source()).versions[0].received_at
    assert received is not None
    assert received.utcoffset() is not None
    assert received == kobo.model.record(root).submitted_at.replace(microsecond=0)


def test_every_row_of_many_pages_comes_although_the_server_gives_fewer_than_asked(
    kobo: Kobo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "MOST_ROWS", 3)
    sent = {root_id(kobo.send(number)) for number in range(10)}
    assert listed(kobo.source()).keys() == sent


def test_rows_that_become_visible_out_of_order_are_listed_by_the_next_sweep(kobo: Kobo) -> None:
    late, seen = kobo.send(1), kobo.send(2)
    kobo.model.hide(late)
    source = kobo.source()
    assert listed(source).keys() == {root_id(seen)}
    kobo.model.show(late)
    assert listed(source).keys() == {root_id(seen), root_id(late)}


def test_an_edit_shows_and_keeps_its_root(kobo: Kobo) -> None:
    root = kobo.send()
    source = kobo.source()
    before = listed(source)
    edited = kobo.model.edit(root, {"village": "อื่น"})
    assert listed(source).keys() == before.keys()
    assert listed(source) != before
    assert (only(source).server_root, only(source).current_id) == (root, edited)


def test_an_edit_in_the_table_shows_too(kobo: Kobo) -> None:
    root = kobo.send()
    source = kobo.source()
    before = listed(source)
    edited = kobo.model.edit_by_api(root, {"village": "อื่น"})
    assert listed(source) != before
    assert only(source).current_id == edited


def test_a_late_photo_shows_although_nothing_else_moves(kobo: Kobo) -> None:
    root = kobo.send(fields={"photo": "photo.jpg"})
    source = kobo.source()
    before = listed(source)
    assert files(source, only(source)) == {}
    kobo.model.late_photo(root, "photo.jpg", JPEG)
    assert listed(source) != before
    assert files(source, only(source)) == {"photo.jpg": JPEG}


def test_a_deleted_photo_is_not_fetched_and_its_successor_is(kobo: Kobo) -> None:
    root = kobo.send(photo=JPEG)
    source = kobo.source()
    before = listed(source)
    kobo.model.delete_attachment(root, "photo.jpg")
    deleted = listed(source)
    assert deleted != before
    assert files(source, only(source)) == {}
    kobo.model.late_photo(root, "photo.jpg", PHOTO)
    assert listed(source) not in (before, deleted)
    assert files(source, only(source)) == {"photo.jpg": PHOTO}


def test_one_file_of_two_questions_is_one_attachment(kobo: Kobo) -> None:
    kobo.send(fields={"second": "photo.jpg"}, photo=JPEG)
    source = kobo.source()
    assert files(source, only(source)) == {"photo.jpg": JPEG}


def test_a_file_name_with_blanks_and_letters_of_others(kobo: Kobo) -> None:
    xml = application(fields={"photo": "ภาพ ü (1).jpg"})
    kobo.model.submit_ours(xml, {"ภาพ ü (1).jpg": JPEG})
    source = kobo.source()
    assert files(source, only(source)) == {"ภาพ ü (1).jpg": JPEG}


def test_a_review_of_ours_moves_nothing(kobo: Kobo) -> None:
    root = kobo.send()
    source = kobo.source()
    before, hint = listed(source), source.hint()
    kobo.model.review(root, "approved")
    assert (listed(source), source.hint()) == (before, hint)


def test_what_was_deleted_and_is_sent_again_is_the_same_root(kobo: Kobo) -> None:
    root = kobo.send(photo=JPEG)
    source = kobo.source()
    before, row = listed(source), kobo.id_of(root)
    kobo.model.delete(root)
    assert listed(source) == {}
    kobo.model.resend(root)
    assert kobo.id_of(root) != row
    assert listed(source).keys() == before.keys()


def test_a_root_that_came_back_under_another_row_since_the_sweep_is_fetched(kobo: Kobo) -> None:
    root = kobo.send(photo=JPEG)
    source = kobo.source()
    roots = [*listed(source)]
    kobo.model.delete(root)
    kobo.model.resend(root)
    (fetched,) = source.fetch(roots)
    assert files(source, fetched) == {"photo.jpg": JPEG}


def test_another_process_fetches_what_it_did_not_sweep(kobo: Kobo) -> None:
    root = kobo.send(photo=JPEG)
    (fetched,) = kobo.source().fetch([root_id(root)])
    assert fetched.current_id == root


def test_a_root_that_is_gone_is_passed_over(kobo: Kobo) -> None:
    gone, there = kobo.send(1), kobo.send(2)
    source = kobo.source()
    roots = [*listed(source)]
    kobo.model.delete(gone)
    assert [one.server_root for one in source.fetch(roots)] == [there]


def test_a_duplicate_is_a_root_of_its_own(kobo: Kobo) -> None:
    root = kobo.send()
    copy = kobo.model.duplicate(root)
    assert listed(kobo.source()).keys() == {root_id(root), root_id(copy)}


def test_the_address_of_many_rows_stays_short(kobo: Kobo) -> None:
    kobo.model.last_id = 9_000_000_000
    for number in range(120):
        kobo.send(number)
    source = kobo.source()
    roots = [*listed(source)]
    kobo.served.faults.forget()
    assert len([*source.fetch(roots)]) == 120
    assert len(kobo.served.faults.asked) == 3  # XML, twice, and one version; the rows came with the list
    assert max(map(len, kobo.served.faults.asked)) < 8000


def test_one_instance_that_is_no_xml_stops_no_other(kobo: Kobo) -> None:
    broken, fine = kobo.send(1), kobo.send(2)
    record = kobo.model.record(broken)
    record.answers  # noqa: B018 - read before it is broken
    record.xml = record.xml.replace(b"</meta>", b"</met>", 1)
    assert record._read is not None
    record._read = (record.xml, *record._read[1:])
    source = kobo.source()
    fetched = {one.server_root: one for one in source.fetch([*listed(source)])}
    assert fetched[fine].versions[0].form == (names.APPLICATION, builders.VERSION)
    assert fetched[broken].versions[0].form is None  # the reader refuses it, and it is held


def test_xml_read_alone_is_the_same_as_in_a_list(kobo: Kobo) -> None:
    root = kobo.send()
    source = kobo.source()
    together = only(source).versions[0].xml
    alone = source._alone(kobo.project, source._records(names.APPLICATION, kobo.project, [root])[root])[0]
    assert alone == together


def test_an_encrypted_instance_reaches_the_reader(kobo: Kobo) -> None:
    root = kobo.send()
    record = kobo.model.record(root)
    record.xml = record.xml.replace(b" id=", b' encrypted="yes" id=', 1)
    assert b'encrypted="yes"' in only(kobo.source()).versions[0].xml


def test_an_officer_is_known_by_the_account(kobo: Kobo) -> None:
    malee, somsri = builders.officer(kobo.home, "มาลี"), builders.officer(kobo.home, "สมศรี")
    for name in ("malee", "somsri", "stranger"):
        kobo.model.add_user(name)
        kobo.model.grant(kobo.model.assets[kobo.project], name, "add_submissions")
    with transaction(kobo.home.engine) as session:
        session.add(ServerOfficer(server="kobo:k", officer_id=somsri, remote_id="somsri"))
    sent = {}
    for number, name in enumerate(("malee", "somsri", "stranger")):
        xml = application(uid(number), instance_id=uid("sent", number))
        sent[kobo.model.submit_ours(xml, {}, name)] = name
    source = kobo.source(accounts={str(malee): "malee", "999": "stranger"})
    found = {
        sent[one.server_root or ""]: one.versions[0].officer_id for one in source.fetch([*listed(source)])
    }
    assert found == {"malee": malee, "somsri": somsri, "stranger": None}


def test_an_account_of_two_officers_names_none(kobo: Kobo) -> None:
    two = [builders.officer(kobo.home, name) for name in ("มาลี", "สมศรี")]
    kobo.send()
    source = kobo.source(accounts={str(one): "alice" for one in two})
    assert only(source).versions[0].officer_id is None


def test_the_project_that_the_settings_name_wins(kobo: Kobo) -> None:
    kobo.send()
    other = kobo.model.add_form(xform(), title="อีกโครงการ")
    with transaction(kobo.home.engine) as session:
        session.add(
            ServerForm(
                server="kobo:k",
                form_id=names.APPLICATION,
                version="1",
                remote_id=kobo.project,
                sha256="",
                published_at=NOON,
            )
        )
    assert len(listed(kobo.source())) == 1
    assert listed(kobo.source(forms={names.APPLICATION: other})) == {}


def test_two_projects_of_one_form_are_not_guessed_between(kobo: Kobo) -> None:
    kobo.model.add_form(xform(), title="อีกโครงการ")
    with pytest.raises(Terminal, match="several projects"):
        listed(kobo.source())


def test_a_form_that_was_never_published_there_is_empty_there(home: Home) -> None:
    with serve(model := KoboModel()) as served:
        assert listed(Kobo(model, served, home, "").source()) == {}


def test_a_project_that_is_gone_is_no_empty_one(kobo: Kobo) -> None:
    """Neither where it is known by name nor where it was found by its form. Here it is the only one."""
    kobo.send()
    assert listed(kobo.source())
    named = kobo.source(forms={names.APPLICATION: kobo.project})
    with transaction(kobo.home.engine) as session:
        session.add(Seen(source="kobo:k", root_id=root_id("x"), fingerprint="f"))
    del kobo.model.assets[kobo.project]
    with pytest.raises(Terminal, match="not there, or not for the account alice"):
        listed(named)
    with pytest.raises(Terminal, match="no project is the form"):
        listed(kobo.source())


def test_a_token_that_was_revoked_is_told(kobo: Kobo) -> None:
    source = kobo.source()
    kobo.model.renew_token("alice")
    with pytest.raises(Terminal, match="token is not accepted"):
        listed(source)


def test_a_project_of_others_is_told(kobo: Kobo) -> None:
    token = kobo.model.add_user("bob")
    with pytest.raises(Terminal, match="not for the account bob"):
        listed(kobo.source(token=token, forms={names.APPLICATION: kobo.project}))


def test_too_few_rights_are_told(kobo: Kobo) -> None:
    token = kobo.model.add_user("bob")
    kobo.model.grant(kobo.model.assets[kobo.project], "bob", "view_asset")
    with pytest.raises(Terminal, match="may not view every submission"):
        listed(kobo.source(token=token, forms={names.APPLICATION: kobo.project}))


def test_rights_to_some_rows_alone_would_make_the_others_vanish(kobo: Kobo) -> None:
    kobo.send()
    token = kobo.model.add_user("bob")
    project = kobo.model.assets[kobo.project]
    kobo.model.grant(
        project,
        "bob",
        "partial_submissions",
        [{"url": "http://k/api/v2/permissions/view_submissions/", "filters": [{"_submitted_by": "bob"}]}],
    )
    with pytest.raises(Terminal, match="may not view every submission"):
        listed(kobo.source(token=token, forms={names.APPLICATION: kobo.project}))


def test_an_archived_project_is_still_read(kobo: Kobo) -> None:
    kobo.send()
    kobo.model.assets[kobo.project].active = False
    assert len(listed(kobo.source(forms={names.APPLICATION: kobo.project}))) == 1


def test_a_page_for_people_is_no_answer(kobo: Kobo) -> None:
    kobo.send()
    kobo.served.faults.add("html", "/data/", times=None)
    with pytest.raises(Transient, match="web page"):
        listed(kobo.source())


@pytest.mark.parametrize("what", ["cut", "reset"])
def test_an_answer_that_is_not_whole_is_none(kobo: Kobo, what: str) -> None:
    kobo.send()
    kobo.served.faults.add(what, "/data/", times=None)  # type: ignore[arg-type]
    with pytest.raises(Transient):
        listed(kobo.source())


def test_another_software_at_that_address_is_told(kobo: Kobo) -> None:
    def other(_environ: object, start: object) -> list[bytes]:
        start("200 OK", [("Content-Type", "application/json"), ("Content-Length", "2")])  # type: ignore[operator]
        return [b"[]"]

    with serve(other) as served, pytest.raises(Terminal, match="no KoboToolbox"):
        listed(dataclasses.replace(kobo, served=served).source())


def test_nobody_at_that_address_is_told(kobo: Kobo) -> None:
    def nothing(_environ: object, start: object) -> list[bytes]:
        start("404 Not Found", [("Content-Type", "text/html"), ("Content-Length", "5")])  # type: ignore[operator]
        return [b"<html"]

    with serve(nothing) as served, pytest.raises(Terminal, match="no KoboToolbox answers at"):
        listed(dataclasses.replace(kobo, served=served).source())


def test_a_settings_file_with_a_form_that_is_none_of_ours(kobo: Kobo) -> None:
    with pytest.raises(Terminal, match="none of our forms"):
        kobo.source(forms={"mochocho_aplication": kobo.project})


def test_a_uid_from_the_settings_never_climbs_in_a_path(kobo: Kobo) -> None:
    with pytest.raises(Terminal, match="no id of KoboToolbox"):
        listed(kobo.source(forms={names.APPLICATION: "../../me"}))


def test_the_hint_moves_with_submissions_and_deletions(kobo: Kobo) -> None:
    source = kobo.source()
    hints = [source.hint()]
    root = kobo.send()
    hints.append(source.hint())
    other = kobo.send(2)
    kobo.model.delete(root)
    hints.append(source.hint())
    assert len(set(hints)) == 3
    kobo.model.edit(other, {"village": "อื่น"})
    assert source.hint() != hints[-1]


def test_the_original_is_fetched_from_the_configured_address(kobo: Kobo) -> None:
    kobo.send(photo=JPEG)
    source = kobo.source()
    (ref,) = only(source).versions[0].attachments
    path = urllib.parse.urlsplit(ref.locator)
    assert (path.scheme, path.netloc) == ("", "")
    assert not path.path.rstrip("/").endswith(("large", "medium", "small"))


def test_a_photo_that_went_meanwhile_is_an_oserror(kobo: Kobo) -> None:
    root = kobo.send(photo=JPEG)
    source = kobo.source()
    (ref,) = only(source).versions[0].attachments
    kobo.model.delete_attachment(root, "photo.jpg")
    with pytest.raises(OSError, match="attachment"):
        source.open(ref)


def held(fetched: FetchedSubmission, **files: int) -> HeldRoot:
    digest = hashlib.sha256(JPEG).hexdigest()
    named = {f"{name}.jpg": (digest, size) for name, size in files.items()}
    return HeldRoot(fetched.root_id, fetched.current_id or "", named)


def test_files_that_are_as_we_hold_them_are_not_stale(kobo: Kobo) -> None:
    kobo.send(photo=JPEG)
    source = kobo.source()
    assert [*source.stale([held(only(source), photo=len(JPEG))])] == []


def test_a_file_that_was_cut_on_its_way_is_stale(kobo: Kobo) -> None:
    kobo.send(photo=JPEG)
    source = kobo.source()
    one = only(source)
    cut = HeldRoot(one.root_id, one.current_id or "", {"photo.jpg": (hashlib.sha256(b"").hexdigest(), 3)})
    assert [*source.stale([cut])] == [one.root_id]


def test_a_root_of_which_a_file_went_or_an_edit_came_is_stale(kobo: Kobo) -> None:
    root = kobo.send(photo=JPEG)
    source = kobo.source()
    one = held(only(source), photo=len(JPEG))
    kobo.model.delete_attachment(root, "photo.jpg")
    assert [*source.stale([one])] == [one.root_id]
    kobo.model.edit(root, {"village": "อื่น"})
    assert [*source.stale([dataclasses.replace(one, files={})])] == [one.root_id]


def test_entries_are_no_trash(kobo: Kobo) -> None:
    kobo.send()
    (entry,) = kobo.source().index()
    assert isinstance(entry, Entry)
    assert entry.trash is False


def test_no_secret_in_what_is_shown(kobo: Kobo) -> None:
    source = kobo.source()
    kobo.model.renew_token("alice")
    with pytest.raises(Terminal) as caught:
        listed(source)
    assert kobo.model.token not in repr(caught.value) + str(caught.value)
