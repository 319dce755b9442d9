"""An office's work on ODK Central, from publishing to the committee.

On the model, and on the real server named in the environment, if any. Phones are JavaRosa, with forms and
lists as Central serves them. The tests are in the order of a year; each but the last leaves the project as
it found it.
"""

import csv
import os
import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import requests
from sqlalchemy import func, select

from mochocho.app.cycle import close_cycle
from mochocho.app.erasing import erase_person, receipt_told
from mochocho.app.erasing.run_erasure import Asked
from mochocho.app.publishing.form_files import current_forms
from mochocho.app.status.cures import of_person
from mochocho.app.status.status_figures import look
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from mochocho.words.model import ApplicantType, Gate, GateState, Outcome, Resolution, ReviewState
from processing.assessment.cases import cases
from processing.decisions import record_resolutions
from processing.persons.sought_person import Sought
from processing.tables import UnreadRow
from reports.lists import publish_lists
from sync import officers
from sync.central import lost_fields
from sync.central.forms import LISTS
from sync.publish.published import accept_form
from sync.pull.pull_source import pull
from sync.pull.registry import servers
from sync.tables import Quarantined, Submission
from tests.contract.servers.central_office import CollectPhone, Office, office
from tests.headless import answers
from tests.headless.answers import DISTRICT, Answers
from tests.integration.test_offline_orders import plan, self_assessment
from tests.needs import need
from xlsforms import names
from xlsforms.built import BuiltForm

GROUP = ApplicantType.GROUP
OTHER = "5702"  # a district
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module", params=["model", "real"])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office that has published its six forms, on which each test rests on what phones filled before."""
    need("java")
    if request.param == "real" and not os.environ.get("MOCHOCHO_CENTRAL_URL"):
        pytest.skip("MOCHOCHO_CENTRAL_URL is not set: no real server to try")
    with office(request.param, tmp_path_factory.mktemp("office")) as opened:
        published = opened.target().put_forms(current_forms(opened.home.settings, "odk"))
        assert Counter(one.what for one in published) == {"new": 6}
        yield opened


@pytest.fixture(scope="module")
def forms(place: Office) -> dict[str, BuiltForm]:
    return {one.form_id: one for one in current_forms(place.home.settings, "odk")}


def rows(phone: CollectPhone, name: str) -> list[dict[str, str]]:
    with (phone.folder / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def drafts(place: Office) -> list[str]:
    found = []
    for form in place.ask("GET", "/forms"):
        answer = place.session.get(f"{place.url}/v1/projects/{place.project}/forms/{form['xmlFormId']}/draft")
        found += [form["xmlFormId"]] if answer.status_code == 200 else []
    return found


# --- the whole road


def test_six_forms_are_filled_as_served_and_come_back_assessed_and_told(place: Office) -> None:
    _, phone = place.officer("นางสาวหนึ่ง สมมติ", DISTRICT)
    assert len(phone.offered()) == 6
    assert phone.download() == {f"{name}.csv" for name in LISTS}
    standard = place.home.pack.standard(GROUP)
    later = next(d for d in standard.documents if d.capture == "pages" and d.mandatory)
    application = answers.application(standard)
    application.values[names.document(standard.code, later.code)] = "later"
    del application.values[names.photo(standard.code, later.code)]
    del application.repeats[names.pages(standard.code, later.code)]
    assert phone.send(phone.fill(names.APPLICATION, application)) == 201
    place.settle(names.APPLICANTS, 1)
    place.turn()
    state, comments = told(place)
    assert state == "hasIssues"
    assert f"{later.th} (แจ้งว่าจะส่งภายหลัง)" in comments[0]

    phone.download()
    ((row,), (assessor,)) = rows(phone, names.APPLICANTS), rows(phone, names.ASSESSORS)
    assert (row["status"], row["missing_docs"]) == ("incomplete", later.code)
    assert assessor["label"] == place.assessor.name
    chosen = {"district": DISTRICT, "picked": row["name"]}
    scores = answers.random_answers(standard.indicators, random.Random(1))
    sheet = answers.onsite(row["name"], scores, assessor=assessor["name"])
    del sheet["assessor_typed"]
    knowledge = {
        "title": "การจัดเวทีเรียนรู้", "author": "นางรู้ดี ตัวอย่าง", "recorded_on": "2025-03-01",
        "story": "เล่าเรื่อง", "may_publish": "yes",
    }  # fmt: skip
    photos = names.photo(standard.code, later.code)
    supplement = Answers(
        {**chosen, names.supplement_how(standard.code, later.code): "whole", photos: ["later.jpg"]},
        {names.pages(standard.code, later.code): 1},
    )
    for form_id, given in (
        (names.SELF_ASSESSMENT, self_assessment(place.home, chosen)),
        (names.PLAN, plan(place.home, chosen)),
        (names.ONSITE, Answers(sheet)),
        (names.SUPPLEMENT, supplement),
        (names.KNOWLEDGE, Answers({**chosen, **knowledge})),
    ):
        assert phone.send(phone.fill(form_id, given)) == 201
    place.turn()
    assert told(place)[0] is None
    assert len(told(place)[1]) == 2

    phone.download()
    items = sorted(rows(phone, names.PLAN_ITEMS), key=lambda one: one["seq"])
    assert [one["seq"] for one in items] == ["1", "2"]
    after = self_assessment(place.home, chosen)
    after.values |= {"round": "self_after", "assessed_on": "2025-06-05", "own_actual": [3, 5]}
    assert phone.send(phone.fill(names.SELF_ASSESSMENT, after)) == 201
    place.turn()
    (case,) = cases(place.home)
    state_of = {result.gate: result.state for result in case.assessment.gates}
    assert state_of[Gate.SELF_AFTER] is GateState.PASSED
    by_item = {one.item: one.actual for one in case.own.rounds[-1].assessment.own}
    assert by_item == {items[0]["name"]: 3, items[1]["name"]: 5}
    assert case.assessment.scores is not None
    assert case.assessment.scores.assessors == (place.assessor.name,)
    assert case.application.officer_districts == (DISTRICT,)

    district = Resolution(
        Gate.DISTRICT,
        Outcome.PASS,
        "คณะกรรมการอำเภอตัวอย่าง",
        "1/2568",
        date(2025, 4, 20),
        "ชุมชนรับรอง",
        "นางบันทึก ตัวอย่าง",
    )
    province = Resolution(
        Gate.PROVINCE,
        Outcome.PASS,
        "คณะกรรมการจังหวัดตัวอย่าง",
        "2/2568",
        date(2025, 6, 20),
        "ชุมชนรับรอง",
        "นางบันทึก ตัวอย่าง",
    )
    for resolution in (district, province):
        record_resolutions.record(place.home, {row["name"]: resolution})
    place.turn()
    assert told(place)[0] == "approved"
    assert nothing_aside(place.home) == {"submissions": 7, "Quarantined": 0, "UnreadRow": 0}
    quiet = place.turn()
    assert {stage: quiet.handled[stage] for stage in ("register", "assess", "lists", "notices")} == {
        "register": 0, "assess": 0, "lists": 0, "notices": 0,
    }  # fmt: skip


def told(place: Office) -> tuple[str | None, list[str]]:
    """The review state of the one application, and the comments on it, newest first."""
    base = f"/forms/{names.APPLICATION}/submissions"
    (one,) = place.ask("GET", base)
    said = place.ask("GET", f"{base}/{one['instanceId']}/comments")
    return one["reviewState"], [comment["body"] for comment in said]


def nothing_aside(home: Home) -> dict[str, int | None]:
    with reading(home.engine) as session:
        aside = {
            table.__name__: session.scalar(select(func.count()).select_from(table))
            for table in (Quarantined, UnreadRow)
        }
        return {"submissions": session.scalar(select(func.count()).select_from(Submission)), **aside}


# --- forms and lists


def test_publishing_again_changes_nothing(place: Office, forms: dict[str, BuiltForm]) -> None:
    before = place.ask("GET", "/forms")
    again = place.target().put_forms([*forms.values()])
    assert {one.what for one in again} == {"same"}
    assert place.ask("GET", "/forms") == before
    assert drafts(place) == []
    for form_id, form in forms.items():
        served = place.ask("GET", f"/forms/{form_id}.xml")
        assert lost_fields.canonical(served) == lost_fields.canonical(form.xform.encode())
    assert {one["name"] for one in place.ask("GET", "/datasets")} == set(LISTS)


def test_a_publication_that_is_refused_half_way_leaves_nothing(
    place: Office, forms: dict[str, BuiltForm]
) -> None:
    """The draft is there when it turns out that nobody has one of its files."""
    for form_id in (names.KNOWLEDGE, f"other_{place.mark}"):
        form = forms[names.KNOWLEDGE]
        xform = form.xform.replace(names.KNOWLEDGE, form_id).replace(form.version, "half-way")
        instance = '<instance id="nobody" src="jr://file/nobody.csv"/>'
        lacks_one = xform.replace("</model>", f"{instance}</model>")
        broken = BuiltForm(form_id, "half-way", form.title, b"", lacks_one)
        with pytest.raises(Terminal, match=r"nobody has the file nobody\.csv"):
            place.target().put_forms([broken])
    assert drafts(place) == []
    assert {one["xmlFormId"] for one in place.ask("GET", "/forms")} == set(forms)


def test_a_deleted_form_is_restored_with_what_was_filled(place: Office, forms: dict[str, BuiltForm]) -> None:
    form_id = names.KNOWLEDGE
    filled = len(place.ask("GET", f"/forms/{form_id}/submissions"))
    _, phone = place.officer("นางสาวยังส่ง สมมติ", DISTRICT)
    phone.download()
    place.ask("DELETE", f"/forms/{form_id}")
    with pytest.raises(Terminal, match=f"{form_id} was deleted .* restore it there"):
        place.target().put_forms([forms[form_id]])
    before = held(place)
    chosen = {"district": DISTRICT, "picked": rows(phone, names.APPLICANTS)[0]["name"]}
    given = self_assessment(place.home, chosen)
    given.values |= {"round": "self_after", "assessed_on": "2025-06-06", "own_actual": [3, 5]}
    assert phone.send(phone.fill(names.SELF_ASSESSMENT, given)) == 201
    for _ in range(2):
        pull(place.home, next(iter(servers(place.home))))
    assert held(place) == before + 1  # of another form; and nothing of this one went
    waits = [line.en for line in of_person(look(place.home), datetime.now(UTC), ("pull",))]
    assert sum(f"{form_id} was deleted" in line for line in waits) == bool(filled)
    deleted = [one for one in place.ask("GET", "/forms?deleted=true") if one["xmlFormId"] == form_id]
    place.ask("POST", f"/forms/{deleted[0]['id']}/restore")
    assert place.target().put_forms([forms[form_id]])[0].what == "same"
    assert len(place.ask("GET", f"/forms/{form_id}/submissions")) == filled
    place.turn()


def held(place: Office) -> int:
    """Submissions that count here."""
    with reading(place.home.engine) as session:
        return session.scalar(select(func.count()).select_from(Submission).where(~Submission.gone)) or 0


def test_a_closed_form_is_pulled_and_told_of(place: Office) -> None:
    form_id = names.KNOWLEDGE
    _, phone = place.officer("นางสาวปิด สมมติ", DISTRICT)
    assert place.target().remarks() == []
    for state, offered in (("closing", False), ("closed", False), ("open", True)):
        place.ask("PATCH", f"/forms/{form_id}", json={"state": state})
        assert (form_id in phone.offered()) is offered
        said = " ".join(one.found.en for one in place.target().remarks())
        assert (f"{form_id} is {state} on Central" in said) is not offered
    place.ask("PATCH", "", json={"archived": True})
    assert "is archived" in " ".join(one.found.en for one in place.target().remarks())
    place.ask("PATCH", "", json={"archived": False})


def test_the_workbook_uploaded_by_hand_is_the_same_form_without_a_warning(place: Office) -> None:
    """Central converts it by its own pyxform; whatever it warns of is refused without `ignoreWarnings`."""
    project = place.ask("POST", "/v1/projects", json={"name": f"mochocho_test_{place.mark}_hand"})["id"]
    base = f"/v1/projects/{project}"
    try:
        for form in current_forms(place.home.settings, "odk"):
            headers = {"Content-Type": XLSX, "X-XlsForm-FormId-Fallback": form.form_id}
            place.ask("POST", f"{base}/forms", data=form.xlsx, headers=headers)
            for name, content in form.media.items():
                there = f"{base}/forms/{form.form_id}/draft/attachments/{name}"
                place.ask("POST", there, data=content, headers={"Content-Type": "text/csv"})
            place.ask("POST", f"{base}/forms/{form.form_id}/draft/publish")
            made = place.ask("GET", f"{base}/forms/{form.form_id}.xml")
            assert lost_fields.canonical(made) == lost_fields.canonical(form.xform.encode())
    finally:
        place.ask("DELETE", base)


# --- officers and roles


def test_a_phone_gets_its_districts_moves_and_is_shut_out(place: Office) -> None:
    officer, phone = place.officer("นางสาวสอง สมมติ", OTHER)
    _, both = place.officer("นางสาวสาม สมมติ", DISTRICT, OTHER)
    for one in (phone, both):
        one.download()
    assert (len(rows(phone, names.APPLICANTS)), len(rows(both, names.APPLICANTS))) == (0, 1)
    place.ask("PATCH", f"/datasets/{names.APPLICANTS}", json={"accessFilter": None})
    phone.download()
    assert len(rows(phone, names.APPLICANTS)) == 1  # somebody showed the list to everybody
    place.target().put_list(
        names.APPLICANTS, publish_lists.reader(place.home, [names.APPLICANTS])(names.APPLICANTS)
    )
    phone.download()
    assert len(rows(phone, names.APPLICANTS)) == 0
    officers.move(place.home, officer.id, [DISTRICT])
    place.target().move_officer(officers.active(place.home, officer.id))
    phone.download()
    assert len(rows(phone, names.APPLICANTS)) == 1
    assert len(rows(phone, names.PLAN_ITEMS)) == 2
    place.target().revoke_officer(officer.id)
    with pytest.raises(requests.HTTPError, match="403"):
        phone.offered()
    place.target().revoke_officer(officer.id)
    assert len(both.offered()) == 6


def test_an_account_that_reads_pulls_all_and_says_what_it_may_not(
    place: Office, forms: dict[str, BuiltForm]
) -> None:
    home = place.at_home("viewers-home", *place.viewer())
    for form in forms.values():
        accept_form(home, form)
    report = pull(home, next(iter(servers(home))))
    with reading(place.home.engine) as session:
        held = session.scalar(select(func.count()).select_from(Submission))
    assert (report.new, report.held) == (held, 0)
    (said,) = place.target(home).remarks()
    assert "may read" in said.found.en
    form = forms[names.KNOWLEDGE]
    newer = BuiltForm(form.form_id, "newer", form.title, b"", form.xform.replace(form.version, "newer"))
    with pytest.raises(Terminal, match="Project Manager"):
        place.target(home).put_forms([newer])
    with pytest.raises(Terminal, match="Project Manager"):
        place.target(home).put_list(names.ASSESSORS, [])
    root = place.ask("GET", f"/forms/{names.APPLICATION}/submissions")[0]["instanceId"].removeprefix("uuid:")
    for _ in range(2):
        with pytest.raises(Terminal, match="Project Manager"):
            place.target(home).review(
                names.APPLICATION, root, ReviewState.HAS_ISSUES, "อ่านได้ [มชช. 0000abcd]"
            )
    assert sum("0000abcd" in said for said in told(place)[1]) == 1
    home.engine.dispose()


def test_who_is_erased_after_the_year_is_in_no_list_there_any_more(place: Office) -> None:
    """Of a closed cycle no list is published again; phones would go on showing the name."""
    officer, phone = place.officer("นางสาวท้าย สมมติ", DISTRICT)
    phone.download()
    (key,) = [row["name"] for row in rows(phone, names.APPLICANTS)]
    assert len(rows(phone, names.PLAN_ITEMS)) == 2
    close_cycle.close(place.home, "นางปิด สมมติ")
    asked = Asked("นางสั่ง สมมติ", "คำขอที่ 1", lambda *_: None)
    receipt = erase_person.erase(place.home, Sought(key=key), asked)
    assert receipt is not None
    there = Counter(root.partition("/")[0] for _, root in receipt.servers)
    assert (there[names.APPLICANTS], there[names.PLAN_ITEMS]) == (1, 2)
    done = erase_person.on_servers(place.home, receipt)
    (said,) = [one.en for one in receipt_told.lines(done, done=True) if "ODK Central" in one.en]
    assert said.startswith("deleted at")
    assert f": {len(receipt.servers)} records" in said
    phone.download()
    assert (rows(phone, names.APPLICANTS), rows(phone, names.PLAN_ITEMS)) == ([], [])
    for form_id in (names.APPLICATION, names.SELF_ASSESSMENT, names.PLAN, names.ONSITE, names.KNOWLEDGE):
        assert place.ask("GET", f"/forms/{form_id}/submissions") == []
    place.target().revoke_officer(officer.id)
    with pytest.raises(requests.HTTPError, match="403"):
        phone.offered()
