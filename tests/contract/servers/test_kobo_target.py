"""KoboToolbox as a target, on its model."""

import dataclasses
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from openpyxl import Workbook, load_workbook
from pydantic import SecretStr

from mochocho.app.cycle import close_cycle
from mochocho.app.publishing.form_files import current_forms
from mochocho.settings import config
from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal, Transient
from mochocho.words.model import ReviewState
from sync import officers
from sync.kobo.api import Api, Token
from sync.kobo.source import KoboSource
from sync.kobo.target import KoboTarget
from sync.publish.protocol import Published, Target
from sync.publish.published import put_list
from sync.tables import PublishedForm, ServerForm, ServerList, ServerOfficer
from sync.web.client import Client, Patience
from sync.xform.published_forms import PublishedForms
from tests.builders import application, officer, uid, xform
from tests.models.kobo.app import KoboModel
from tests.models.kobo.state import Asset
from tests.models.serving import Served, serve
from xlsforms import names
from xlsforms.built import BuiltForm
from xlsforms.list_columns import COLUMNS

IMPATIENT = Patience(tries=1, base=0.0, cap=0.0)


@cache
def built() -> dict[str, BuiltForm]:
    return {form.form_id: form for form in current_forms(config.Settings(), "kobo")}


def form_of(form_id: str) -> BuiltForm:
    return built()[form_id]


def plan() -> BuiltForm:
    return form_of(names.PLAN)


def onsite() -> BuiltForm:
    return form_of(names.ONSITE)


@dataclass
class Kobo:
    """A model that answers, and targets of it."""

    model: KoboModel
    served: Served
    home: Home

    def target(self, **settings: object) -> KoboTarget:
        given: dict[str, object] = {"key": "k", "kind": "kobo", "url": self.served.url, **settings}
        server = config.Server.model_validate(given)
        return KoboTarget(self.home, server, self._api(server), sleep=lambda _seconds: None)

    def source(self) -> KoboSource:
        server = config.Server(key="k", kind="kobo", url=self.served.url)
        return KoboSource(self.home, server, self._api(server))

    def asset(self, form_id: str) -> Asset:
        return self.model.asset_of(form_id)

    def offered(self, form_id: str, name: str) -> bytes:
        """What phones get under this name now."""
        return next(one.content for one in self.asset(form_id).manifest if one.name == f"{name}.csv")

    def asked(self, method: str) -> Sequence[str]:
        return [one for one in self.served.faults.asked if one.startswith(method)]

    def _api(self, server: config.Server) -> Api:
        return Api(Client(server.url, Token(SecretStr(self.model.token)), patience=IMPATIENT), server)


@pytest.fixture
def kobo(home: Home) -> Iterator[Kobo]:
    model = KoboModel()
    with serve(model) as served:
        yield Kobo(model, served, home)


def later(form: BuiltForm, version: str = "2568-later000") -> BuiltForm:
    """The same form in another version, as Excel would hold it."""
    return dataclasses.replace(
        form,
        version=version,
        xlsx=versioned(form.xlsx, version),
        xform=form.xform.replace(f'version="{form.version}"', f'version="{version}"', 1),
    )


def without_questions() -> bytes:
    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


def versioned(xlsx: bytes, version: str) -> bytes:
    book = load_workbook(io.BytesIO(xlsx))
    sheet = book["settings"]
    column = [cell.value for cell in sheet[1]].index("version") + 1
    sheet.cell(2, column).value = version
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def applicants(*labels: str) -> list[dict[str, str]]:
    return [{"name": uid(label), "label": label, "status": "registered"} for label in labels]


# forms


def test_it_is_a_target(kobo: Kobo) -> None:
    target: Target = kobo.target()
    assert (target.key, target.profile) == ("kobo:k", "kobo")


def test_forms_are_made_deployed_and_readable(kobo: Kobo) -> None:
    told = kobo.target().put_forms((plan(), onsite()))
    assert told == [Published(form.form_id, form.version, "new") for form in (plan(), onsite())]
    for form in (plan(), onsite()):
        asset = kobo.asset(form.form_id)
        assert asset.status == "deployed"
        assert asset.deployed is not None
        assert asset.deployed.label.startswith("1 (")
        assert {one.name: one.content for one in asset.manifest} == form.media
        PublishedForms(kobo.home).binds(form.form_id, form.version)


def test_what_is_filled_there_is_pulled_and_read(kobo: Kobo) -> None:
    form = form_of(names.APPLICATION)
    kobo.target().put_forms([form])
    root = kobo.model.submit_ours(application(version=form.version))
    source = kobo.source()
    (fetched,) = source.fetch([entry.root_id for entry in source.index()])
    assert fetched.server_root == root
    assert fetched.versions[0].form == (form.form_id, form.version)


def test_the_phones_of_the_endpoint_are_not_offered_what_kobo_offers(kobo: Kobo) -> None:
    kobo.target().put_forms((plan(), onsite()))
    with reading(kobo.home.engine) as session:
        assert not any(row.current for row in session.query(PublishedForm))


def test_publishing_twice_changes_nothing(kobo: Kobo) -> None:
    kobo.target().put_forms((plan(), onsite()))
    kobo.served.faults.forget()
    assert [one.what for one in kobo.target().put_forms((plan(), onsite()))] == ["same", "same"]
    assert {one.split()[0] for one in kobo.served.faults.asked} == {"GET"}


def test_a_later_version_replaces_the_content_of_the_same_project(kobo: Kobo) -> None:
    kobo.target().put_forms([plan()])
    before = kobo.asset(names.PLAN)
    form = later(plan())
    assert kobo.target().put_forms([form]) == [Published(form.form_id, form.version, "updated")]
    assert len(kobo.model.assets) == 1
    assert kobo.asset(names.PLAN) is before
    assert before.deployed is before.current
    assert before.current.label.startswith("2 (")


def test_lists_that_are_filled_survive_a_later_version(kobo: Kobo) -> None:
    target = kobo.target()
    target.put_forms([plan()])
    target.put_list(names.APPLICANTS, applicants("นางสมมติ"))
    target.put_forms([later(plan())])
    assert "นางสมมติ" in kobo.offered(names.PLAN, names.APPLICANTS).decode()


def test_an_import_that_takes_its_time_is_waited_for(kobo: Kobo) -> None:
    kobo.model.import_polls = 3
    kobo.target().put_forms([plan()])
    assert kobo.asset(names.PLAN).status == "deployed"


def test_an_import_that_is_refused_is_told(kobo: Kobo) -> None:
    with pytest.raises(Terminal, match="refuses the form mochocho_plan"):
        kobo.target().put_forms([dataclasses.replace(plan(), xlsx=without_questions())])


def test_one_version_with_another_content_is_refused(kobo: Kobo) -> None:
    kobo.target().put_forms([plan()])
    other = dataclasses.replace(plan(), xform=plan().xform.replace("แผน", "แผ่น", 1))
    with pytest.raises(Terminal, match="another content"):
        kobo.target().put_forms([other])


def test_nothing_is_changed_when_one_form_of_several_is_refused(kobo: Kobo) -> None:
    kobo.target().put_forms([onsite()])
    kobo.asset(names.ONSITE).active = False
    kobo.served.faults.forget()
    with pytest.raises(Terminal, match="archived"):
        kobo.target().put_forms((plan(), onsite()))
    assert len(kobo.model.assets) == 1
    assert {one.split()[0] for one in kobo.served.faults.asked} == {"GET"}


def test_another_form_is_never_replaced(kobo: Kobo) -> None:
    other = kobo.model.add_form(xform("water_points"))
    with pytest.raises(Terminal, match="is the form water_points, not mochocho_plan"):
        kobo.target(forms={names.PLAN: other}).put_forms([plan()])
    assert len(kobo.model.assets[other].versions) == 1


def test_a_project_that_was_not_published_from_here_is_asked_for(kobo: Kobo) -> None:
    found = kobo.model.add_form(xform(names.PLAN, "2567-old"))
    with pytest.raises(Terminal, match=found):
        kobo.target().put_forms([plan()])
    told = kobo.target(forms={names.PLAN: found}).put_forms([plan()])
    assert [one.what for one in told] == ["updated"]
    assert len(kobo.model.assets) == 1


KILLS = (
    "POST /api/v2/imports",
    "POST .*/deployment/",
    "POST .*/files/",
    "GET /api/v2/imports",
    "GET /formList",
)


@pytest.mark.parametrize("where", KILLS)
@pytest.mark.parametrize("kind", ["lost", "reset"])
def test_a_publication_that_was_broken_off_goes_on(kobo: Kobo, where: str, kind: str) -> None:
    method, path = where.split()
    kobo.served.faults.add(kind, path, method=method)  # type: ignore[arg-type]
    with pytest.raises(Transient):
        kobo.target().put_forms([form_of(names.KNOWLEDGE)])
    kobo.target().put_forms([form_of(names.KNOWLEDGE)])
    deployed = [one for one in kobo.model.assets.values() if one.status == "deployed"]
    assert len(deployed) == 1
    assert {one.name: one.content for one in deployed[0].manifest} == form_of(names.KNOWLEDGE).media
    assert [one.what for one in kobo.target().put_forms([form_of(names.KNOWLEDGE)])] == ["same"]


# lists


def test_a_list_reaches_the_phones_of_every_form_that_reads_it(kobo: Kobo) -> None:
    target = kobo.target()
    target.put_forms((plan(), onsite()))
    assert target.put_list(names.APPLICANTS, applicants("หนึ่ง", "สอง")) == 2
    for form in (plan(), onsite()):
        text = kobo.offered(form.form_id, names.APPLICANTS).decode()
        assert text.splitlines()[0].split(",") == [*COLUMNS[names.APPLICANTS]]
        assert "หนึ่ง" in text
        assert "สอง" in text


def test_a_deleted_file_that_the_project_still_lists_is_not_there(kobo: Kobo) -> None:
    target = kobo.target()
    target.put_forms([plan()])
    target.put_list(names.APPLICANTS, applicants("หนึ่ง"))
    for file in kobo.asset(names.PLAN).files:
        file.deleted = True
    target.put_list(names.APPLICANTS, applicants("สอง"))
    assert "สอง" in kobo.offered(names.PLAN, names.APPLICANTS).decode()


def test_only_rows_that_differ_are_counted(kobo: Kobo) -> None:
    target = kobo.target()
    target.put_forms([plan()])
    target.put_list(names.APPLICANTS, applicants("หนึ่ง", "สอง", "สาม"))
    assert target.put_list(names.APPLICANTS, applicants("หนึ่ง", "สอง", "สี่")) == 2
    assert target.put_list(names.APPLICANTS, []) == 3


def test_a_list_that_did_not_change_asks_for_nothing(kobo: Kobo) -> None:
    target = kobo.target()
    target.put_forms([plan()])
    target.put_list(names.APPLICANTS, applicants("หนึ่ง"))
    kobo.served.faults.forget()
    assert kobo.target().put_list(names.APPLICANTS, applicants("หนึ่ง")) == 0
    assert kobo.served.faults.asked == ()


def test_a_form_that_came_later_gets_the_list_too(kobo: Kobo) -> None:
    target = kobo.target()
    target.put_forms([plan()])
    target.put_list(names.APPLICANTS, applicants("หนึ่ง"))
    target.put_forms([onsite()])
    target.put_list(names.APPLICANTS, applicants("หนึ่ง"))
    assert "หนึ่ง" in kobo.offered(names.ONSITE, names.APPLICANTS).decode()


def test_several_lists_are_one_deployment(kobo: Kobo) -> None:
    target = kobo.target()
    target.put_forms([onsite()])
    kobo.served.faults.forget()
    assessors = [{"name": "a1", "label": "นายตัวอย่าง", "districts": "", "committee": "district"}]
    counts = target.put_lists({names.APPLICANTS: applicants("หนึ่ง"), names.ASSESSORS: assessors})
    assert counts == {names.APPLICANTS: 1, names.ASSESSORS: 1}
    assert len(kobo.asked("PATCH")) == 1
    assert "นายตัวอย่าง" in kobo.offered(names.ONSITE, names.ASSESSORS).decode()


def test_it_waits_until_the_manifest_shows_the_list(kobo: Kobo) -> None:
    target = kobo.target()
    target.put_forms([plan()])
    kobo.model.media_looks = 4
    target.put_list(names.APPLICANTS, applicants("หนึ่ง"))
    assert "หนึ่ง" in kobo.offered(names.PLAN, names.APPLICANTS).decode()


def test_a_manifest_that_does_not_follow_is_passing_and_the_list_stays_due(kobo: Kobo) -> None:
    target = kobo.target(lists_seconds=3600)
    target.put_forms([plan()])
    kobo.model.media_looks = None
    with pytest.raises(Transient, match=r"phones do not get it yet"):
        target.put_list(names.APPLICANTS, applicants("หนึ่ง"))
    assert target.lists_ready(names.APPLICANTS)
    kobo.model.media_looks = 1
    target.put_list(names.APPLICANTS, applicants("หนึ่ง"))
    assert "หนึ่ง" in kobo.offered(names.PLAN, names.APPLICANTS).decode()


STEPS = ("DELETE /files/", "POST /files/", "PATCH /deployment/", "GET /xformsManifest", "GET /formList")


@pytest.mark.parametrize("where", STEPS)
@pytest.mark.parametrize("kind", ["lost", "reset"])
@pytest.mark.parametrize("back", [False, True], ids=["again", "back to the former rows"])
def test_a_list_that_was_broken_off_goes_on(kobo: Kobo, where: str, kind: str, back: bool) -> None:
    """Also between DELETE and POST, and when the rows are meanwhile those of before."""
    target = kobo.target()
    target.put_forms([form_of(names.KNOWLEDGE)])
    target.put_list(names.APPLICANTS, applicants("ก่อน"))
    method, path = where.split()
    kobo.served.faults.add(kind, path, method=method)  # type: ignore[arg-type]
    with pytest.raises(Transient):
        target.put_list(names.APPLICANTS, applicants("หลัง"))
    wanted = "ก่อน" if back else "หลัง"
    kobo.target().put_list(names.APPLICANTS, applicants(wanted))
    assert wanted in kobo.offered(names.KNOWLEDGE, names.APPLICANTS).decode()
    assert [one.name for one in kobo.asset(names.KNOWLEDGE).listed_files] == ["applicants.csv"]


def test_lists_are_put_at_most_hourly(kobo: Kobo) -> None:
    target = kobo.target(lists_seconds=3600)
    assert target.lists_ready(names.APPLICANTS)
    target.put_forms([plan()])
    target.put_list(names.APPLICANTS, applicants("หนึ่ง"))
    assert not target.lists_ready(names.APPLICANTS)
    assert target.lists_ready(names.ASSESSORS)
    for put, ready in (
        (timedelta(hours=-1), True),
        (timedelta(minutes=-59), False),
        (timedelta(days=1), True),
    ):
        with transaction(kobo.home.engine) as session:
            session.get_one(ServerList, ("kobo:k", names.APPLICANTS)).put_at = datetime.now(UTC) + put
        assert target.lists_ready(names.APPLICANTS) is ready


def test_a_list_of_an_archived_project_is_not_put_and_the_project_stays_archived(kobo: Kobo) -> None:
    target = kobo.target()
    target.put_forms([plan()])
    kobo.asset(names.PLAN).active = False
    with pytest.raises(Terminal, match="archived"):
        target.put_list(names.APPLICANTS, applicants("หนึ่ง"))
    assert kobo.asset(names.PLAN).status == "archived"


def test_a_list_never_deploys_what_somebody_is_still_drawing(kobo: Kobo) -> None:
    target = kobo.target()
    target.put_forms([plan()])
    asset = kobo.asset(names.PLAN)
    kobo.model.add_content(asset, asset.current.content)
    with pytest.raises(Terminal, match="not deployed"):
        target.put_list(names.APPLICANTS, applicants("หนึ่ง"))
    assert asset.deployed is not asset.current


def test_without_any_form_a_list_is_nobodys(kobo: Kobo) -> None:
    assert kobo.target().put_list(names.APPLICANTS, applicants("หนึ่ง")) == 0


# reviews


@pytest.fixture
def sent(kobo: Kobo) -> str:
    form = form_of(names.APPLICATION)
    kobo.target().put_forms([form])
    return kobo.model.submit_ours(application(version=form.version))


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (ReviewState.APPROVED, "approved"),
        (ReviewState.HAS_ISSUES, "on_hold"),
        (ReviewState.REJECTED, "not_approved"),
    ],
)
def test_a_review_is_a_validation_status(kobo: Kobo, sent: str, state: ReviewState, status: str) -> None:
    target = kobo.target()
    assert target.review(names.APPLICATION, sent, state, "ขาดรูปถ่าย [มชช. 3f9a1c2e]") is True
    assert kobo.model.record(sent).status["uid"] == f"validation_status_{status}"


@pytest.mark.parametrize(("there", "left"), [("on_hold", ""), ("not_approved", ""), ("approved", "approved")])
def test_that_nothing_is_wanted_takes_back_all_but_an_approval(
    kobo: Kobo, sent: str, there: str, left: str
) -> None:
    target = kobo.target()
    kobo.model.review(sent, there)
    changed = there != left
    assert target.review(names.APPLICATION, sent, ReviewState.RECEIVED, "") is changed
    assert target.review(names.APPLICATION, sent, ReviewState.RECEIVED, "") is False
    assert kobo.model.record(sent).status.get("uid", "") == (left and f"validation_status_{left}")


@pytest.mark.parametrize("ours", ReviewState)
@pytest.mark.parametrize("theirs", ["on_hold", "not_approved", "approved"])
def test_a_status_that_a_person_set_is_never_written_over(
    kobo: Kobo, sent: str, theirs: str, ours: ReviewState
) -> None:
    kobo.model.add_user("bob")
    kobo.model.review(sent, theirs, by="bob")
    assert kobo.target().review(names.APPLICATION, sent, ours, "") is False
    assert kobo.model.record(sent).status["uid"] == f"validation_status_{theirs}"
    assert kobo.model.record(sent).status["by_whom"] == "bob"
    kobo.model.review(sent, None, by="bob")
    kobo.target().review(names.APPLICATION, sent, ReviewState.HAS_ISSUES, "")
    assert kobo.model.record(sent).status["uid"] == "validation_status_on_hold"


def test_a_review_that_stands_is_not_sent_again(kobo: Kobo, sent: str) -> None:
    target = kobo.target()
    target.review(names.APPLICATION, sent, ReviewState.APPROVED, "")
    kobo.served.faults.forget()
    assert target.review(names.APPLICATION, sent, ReviewState.APPROVED, "อีกข้อความ [มชช. 00000000]") is False
    assert kobo.asked("PATCH") == []


def test_a_review_whose_answer_was_lost_is_not_sent_twice(kobo: Kobo, sent: str) -> None:
    kobo.served.faults.add("lost", "/validation_status/", method="PATCH")
    with pytest.raises(Transient):
        kobo.target().review(names.APPLICATION, sent, ReviewState.APPROVED, "")
    assert kobo.target().review(names.APPLICATION, sent, ReviewState.APPROVED, "") is False


def test_a_review_survives_an_edit_and_finds_the_root(kobo: Kobo, sent: str) -> None:
    kobo.model.edit(sent, {"village": "อื่น"})
    assert kobo.target().review(names.APPLICATION, sent, ReviewState.HAS_ISSUES, "") is True
    assert kobo.target().review(names.APPLICATION, sent, ReviewState.HAS_ISSUES, "") is False


def test_a_review_without_the_right_to_validate_is_told(kobo: Kobo, sent: str) -> None:
    token = kobo.model.add_user("bob")
    kobo.model.grant(kobo.asset(names.APPLICATION), "bob", "view_submissions")
    kobo.model.token = token
    with pytest.raises(Terminal, match="validate submissions"):
        kobo.target().review(names.APPLICATION, sent, ReviewState.APPROVED, "")


def test_a_review_of_a_form_that_is_not_there_is_told(kobo: Kobo) -> None:
    with pytest.raises(Terminal, match="no project is the form"):
        kobo.target().review(names.APPLICATION, uid("x"), ReviewState.APPROVED, "")


# officers


def known(home: Home, number: int) -> officers.Officer:
    return officers.active(home, number)


def test_an_officer_is_the_account_that_the_settings_name(kobo: Kobo) -> None:
    number = officer(kobo.home)
    target = kobo.target(accounts={str(number): "malee"})
    assert target.add_officer(known(kobo.home, number)) == kobo.served.url
    with reading(kobo.home.engine) as session:
        assert session.get_one(ServerOfficer, ("kobo:k", number, "malee")).revoked_at is None


def test_an_officer_without_an_account_is_told_how_to_get_one(kobo: Kobo) -> None:
    number = officer(kobo.home)
    for add in (kobo.target().add_officer, lambda one: kobo.target().share_with(one, None)):
        with pytest.raises(Terminal, match="--account NAME"):
            add(known(kobo.home, number))


def test_an_account_is_one_officers(kobo: Kobo) -> None:
    one, other = officer(kobo.home, "มาลี"), officer(kobo.home, "สมศรี")
    with pytest.raises(Terminal, match="several officers"):
        kobo.target(accounts={str(one): "a", str(other): "a"}).add_officer(known(kobo.home, one))
    kobo.model.add_user("malee")
    kobo.target().put_forms([plan()])
    kobo.target().share_with(known(kobo.home, one), "malee")
    with pytest.raises(Terminal, match="several officers"):
        kobo.target().share_with(known(kobo.home, other), "malee")
    with pytest.raises(Terminal, match="correct one"):
        kobo.target(accounts={str(one): "malee"}).share_with(known(kobo.home, one), "another")


def may(kobo: Kobo, account: str) -> dict[str, set[str]]:
    """Form -> what the account may do with it."""
    return {
        str(one.form_id): {held.codename for held in one.permissions if held.user == account}
        for one in kobo.model.projects()
    }


def test_sharing_lets_an_account_send_every_form_and_see_nothing(kobo: Kobo) -> None:
    number = officer(kobo.home)
    kobo.model.add_user("malee")
    target = kobo.target(accounts={str(number): "malee"})
    with pytest.raises(Terminal, match="forms publish"):
        target.share_with(known(kobo.home, number), None)
    target.put_forms((plan(), onsite()))
    for _ in range(2):
        assert target.share_with(known(kobo.home, number), None) == kobo.served.url
        assert may(kobo, "malee") == {form.form_id: {"add_submissions"} for form in (plan(), onsite())}
    kobo.model.submit_ours(application_of(plan()), user="malee")


def application_of(form: BuiltForm) -> bytes:
    return application(version=form.version).replace(
        b'id="mochocho_application"', f'id="{form.form_id}"'.encode()
    )


def test_an_account_that_is_not_there_is_told_and_not_noted(kobo: Kobo) -> None:
    number = officer(kobo.home)
    kobo.target().put_forms([plan()])
    with pytest.raises(Terminal, match="no account of that server is called 'nobody'"):
        kobo.target().share_with(known(kobo.home, number), "nobody")
    with reading(kobo.home.engine) as session:
        assert session.query(ServerOfficer).all() == []


def test_who_may_not_manage_a_project_cannot_share_it(kobo: Kobo) -> None:
    number = officer(kobo.home)
    kobo.model.add_user("malee")
    kobo.target().put_forms([plan()])
    asset = kobo.asset(plan().form_id)
    asset.permissions = [one for one in asset.permissions if one.codename != "manage_asset"]
    with pytest.raises(Terminal, match="may not share the project"):
        kobo.target().share_with(known(kobo.home, number), "malee")


def test_an_officer_that_is_revoked_can_send_nothing_any_more(kobo: Kobo) -> None:
    number = officer(kobo.home)
    for account in ("malee", "somsri"):
        kobo.model.add_user(account)
    target = kobo.target()
    target.put_forms((plan(), onsite()))
    target.revoke_officer(number)  # had no access
    target.share_with(known(kobo.home, number), "malee")
    kobo.model.grant(kobo.asset(plan().form_id), "malee", "change_submissions")  # by a person, there
    kobo.model.grant(kobo.asset(plan().form_id), "somsri", "add_submissions")
    for _ in range(2):
        target.revoke_officer(number)
        assert may(kobo, "malee") == {form.form_id: set() for form in (plan(), onsite())}
    assert may(kobo, "somsri")[plan().form_id] == {"add_submissions"}
    with reading(kobo.home.engine) as session:
        assert session.get_one(ServerOfficer, ("kobo:k", number, "malee")).revoked_at is not None
    target.share_with(known(kobo.home, number), "malee")
    with reading(kobo.home.engine) as session:
        assert session.get_one(ServerOfficer, ("kobo:k", number, "malee")).revoked_at is None


def test_an_access_that_cannot_be_taken_back_is_not_noted_as_ended(kobo: Kobo) -> None:
    number = officer(kobo.home)
    kobo.model.add_user("malee")
    kobo.target().put_forms([plan()])
    kobo.target().share_with(known(kobo.home, number), "malee")
    kobo.served.faults.add("status", status=503, times=None)
    with pytest.raises(Transient):
        kobo.target().revoke_officer(number)
    kobo.served.faults.clear()
    with reading(kobo.home.engine) as session:
        assert session.get_one(ServerOfficer, ("kobo:k", number, "malee")).revoked_at is None
    kobo.target().revoke_officer(number)
    assert may(kobo, "malee") == {plan().form_id: set()}


def test_what_was_published_is_noted(kobo: Kobo) -> None:
    kobo.target().put_forms([plan()])
    with reading(kobo.home.engine) as session:
        row = session.get_one(ServerForm, ("kobo:k", plan().form_id, plan().version))
    assert row.remote_id == kobo.asset(names.PLAN).uid
    assert row.sha256 == hashlib.sha256(plan().xform.encode()).hexdigest()


def test_what_is_erased_is_deleted_there_once(kobo: Kobo, sent: str) -> None:
    for _ in range(2):
        kobo.target().erase(names.APPLICATION, sent)
    assert kobo.model.by_root(sent) is None


def test_who_is_erased_is_in_no_list_there_also_of_a_closed_cycle(kobo: Kobo) -> None:
    gone, stays = ({"name": uid(one), "label": one} for one in ("นายไป ตัวอย่าง", "นายอยู่ ตัวอย่าง"))
    kobo.target().put_forms([plan()])
    put_list(kobo.home, names.APPLICANTS, [gone, stays])
    kobo.target().put_list(names.APPLICANTS, [gone, stays])
    put_list(kobo.home, names.APPLICANTS, [stays])
    close_cycle.close(kobo.home, "นางปิด สมมติ")
    kobo.target().erase_row(names.APPLICANTS, gone["name"])
    listed = kobo.offered(names.PLAN, names.APPLICANTS).decode()
    assert (gone["label"] in listed, stays["label"] in listed) == (False, True)
