"""An office's work on KoboToolbox, from publishing to the committee.

On the model, and on a real server if the environment names one and a second account, an officer's, with its
token: MOCHOCHO_KOBO_URL, _TOKEN, _OFFICER, _OFFICER_TOKEN. Phones are JavaRosa, with forms and lists as kpi
serves them. The tests are in the order of a year; each leaves the projects as it found them.
"""

import csv
import random
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from mochocho.app.access_chain import at_the_command_line, erasure_noted
from mochocho.app.erasing import erase_person
from mochocho.app.erasing.run_erasure import Asked
from mochocho.app.publishing.form_files import current_forms, write_forms
from mochocho.app.status import server_states
from mochocho.app.status.cures import of_person
from mochocho.app.status.status_figures import look
from mochocho.settings import config
from mochocho.storage.db import reading
from mochocho.storage.home import Home, open_home
from mochocho.words.errors import Terminal
from mochocho.words.model import ApplicantType, Gate, GateState, Outcome, Resolution, ReviewState
from processing.assessment.cases import cases
from processing.decisions import record_resolutions
from processing.persons.sought_person import Sought
from processing.tables import UnreadRow
from sync.pull.pull_source import pull
from sync.pull.registry import servers
from sync.tables import Quarantined, Submission, SubmissionVersion
from tests.contract.servers.kobo_office import TIMEOUT, XLSX, KoboPhone, Office, office
from tests.headless import answers
from tests.headless.answers import DISTRICT, Answers
from tests.integration.test_offline_orders import plan, self_assessment
from tests.needs import need
from xlsforms import names
from xlsforms.built import BuiltForm
from xlsforms.list_columns import COLUMNS

GROUP = ApplicantType.GROUP
ON_HOLD, APPROVED = "validation_status_on_hold", "validation_status_approved"


@pytest.fixture(scope="module", params=["model", "real"])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office that has published its six forms, on which each test rests on what phones filled before."""
    need("java")
    with office(request.param, tmp_path_factory.mktemp("office")) as opened:
        published = opened.target().put_forms(current_forms(opened.home.settings, "kobo"))
        assert Counter(one.what for one in published) == {"new": 6}
        yield opened


@pytest.fixture(scope="module")
def forms(place: Office) -> dict[str, BuiltForm]:
    return {one.form_id: one for one in current_forms(place.home.settings, "kobo")}


def rows(place: Office, phone: KoboPhone, form_id: str, name: str) -> list[dict[str, str]]:
    with (phone.folder / place.uids()[form_id] / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def project(place: Office, form_id: str) -> dict[str, object]:
    found: dict[str, object] = place.ask("GET", f"assets/{place.uids()[form_id]}/")
    return found


# --- the whole road


def test_six_forms_are_filled_as_served_and_come_back_assessed_and_told(
    place: Office, forms: dict[str, BuiltForm]
) -> None:
    with place.officer("นางสาวหนึ่ง สมมติ", DISTRICT) as (officer, phone):
        uids = place.uids()
        assert phone.offered().keys() == set(uids.values())
        assert phone.download() == {f"{name}.csv" for name in COLUMNS.keys() - {names.VILLAGES}}
        standard = place.home.pack.standard(GROUP)
        later = next(d for d in standard.documents if d.capture == "pages" and d.mandatory)
        application = answers.application(standard)
        application.values[names.document(standard.code, later.code)] = "later"
        del application.values[names.photo(standard.code, later.code)]
        del application.repeats[names.pages(standard.code, later.code)]
        assert phone.send(phone.fill(uids[names.APPLICATION], application)) == 201
        place.turn()
        assert status(place) == ON_HOLD

        assert phone.download()
        ((row,), (assessor,)) = (
            rows(place, phone, names.ONSITE, name) for name in (names.APPLICANTS, names.ASSESSORS)
        )
        assert (row["status"], row["missing_docs"]) == ("incomplete", later.code)
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
            assert phone.send(phone.fill(uids[form_id], given)) == 201
        place.turn()
        assert status(place) == ""

        phone.download()
        items = sorted(
            rows(place, phone, names.SELF_ASSESSMENT, names.PLAN_ITEMS), key=lambda one: one["seq"]
        )
        assert [one["seq"] for one in items] == ["1", "2"]
        after = self_assessment(place.home, chosen)
        after.values |= {"round": "self_after", "assessed_on": "2025-06-05", "own_actual": [3, 5]}
        assert phone.send(phone.fill(uids[names.SELF_ASSESSMENT], after)) == 201
        place.turn()
        (case,) = cases(place.home)
        state_of = {result.gate: result.state for result in case.assessment.gates}
        assert state_of[Gate.SELF_AFTER] is GateState.PASSED
        assert case.assessment.scores is not None
        assert case.assessment.scores.assessors == (place.assessor.name,)
        assert case.application.officer_districts == (DISTRICT,)
        assert versions(place.home) == {form.version for form in forms.values()}

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
        assert status(place) == APPROVED
        assert nothing_aside(place.home) == {"submissions": 7, "Quarantined": 0, "UnreadRow": 0}
        quiet = place.turn()
        assert {stage: quiet.handled[stage] for stage in ("register", "assess", "lists", "notices")} == {
            "register": 0, "assess": 0, "lists": 0, "notices": 0,
        }  # fmt: skip

        place.target().revoke_officer(officer.id)
        assert phone.offered() == {}
        assert phone.send(phone.fill(uids[names.APPLICATION], application)) == 403


def status(place: Office) -> str:
    """The validation status of the one application."""
    uid = place.uids()[names.APPLICATION]
    (row,) = place.ask("GET", f"assets/{uid}/data/")["results"]
    return str(row["_validation_status"].get("uid", ""))


def versions(home: Home) -> set[str]:
    """By which versions forms were read."""
    with reading(home.engine) as session:
        return set(session.scalars(select(SubmissionVersion.form_version)))


def nothing_aside(home: Home) -> dict[str, int | None]:
    with reading(home.engine) as session:
        aside = {
            table.__name__: session.scalar(select(func.count()).select_from(table))
            for table in (Quarantined, UnreadRow)
        }
        return {"submissions": session.scalar(select(func.count()).select_from(Submission)), **aside}


# --- forms and lists


def test_publishing_again_changes_nothing(place: Office, forms: dict[str, BuiltForm]) -> None:
    before = {form_id: project(place, form_id)["date_modified"] for form_id in forms}
    again = place.target().put_forms([*forms.values()])
    assert {one.what for one in again} == {"same"}
    assert {form_id: project(place, form_id)["date_modified"] for form_id in forms} == before


def test_a_list_that_changes_is_a_new_version_for_phones_and_none_for_us(place: Office) -> None:
    with place.officer("นางสาวสอง สมมติ", DISTRICT) as (_, phone):
        uid = place.uids()[names.KNOWLEDGE]
        before = project(place, names.KNOWLEDGE)["deployed_version_id"]
        label = phone.offered()[uid]
        for who in ("นางสมมติ เดิม", "นางสมมติ ใหม่"):  # its date is that of the deployment before
            place.later()
            listed = [{"name": "00000000-0000-4000-8000-000000000001", "label": who}]
            assert place.target().put_list(names.APPLICANTS, listed) > 0
        after = phone.offered()[uid]
        assert after != label
        assert re.fullmatch(r"1 \(.*\)", label)
        assert re.fullmatch(r"1 \(.*\)", after)
        assert project(place, names.KNOWLEDGE)["deployed_version_id"] == before
        phone.download()
        (shown,) = rows(place, phone, names.KNOWLEDGE, names.APPLICANTS)
        assert shown["label"] == "นางสมมติ ใหม่"


def test_an_archived_project_is_read_and_takes_nothing(place: Office, forms: dict[str, BuiltForm]) -> None:
    with place.officer("นางสาวสาม สมมติ", DISTRICT) as (_, phone):
        uid = place.uids()[names.APPLICATION]
        phone.download()
        filled = phone.fill(uid, answers.application(place.home.pack.standard(GROUP)))
        place.ask("PATCH", f"assets/{uid}/deployment/", json={"active": False})
        try:
            assert uid not in phone.offered()
            assert phone.send(filled) == 405
            place.turn()
            with pytest.raises(Terminal, match="is archived; unarchive it there first"):
                place.target().put_forms([forms[names.APPLICATION]])
            (said,) = place.target().remarks()
            assert said.found.en.startswith(f"the project {uid} ({names.APPLICATION}) is archived")
        finally:
            place.ask("PATCH", f"assets/{uid}/deployment/", json={"active": True})
        assert place.target().remarks() == []
        assert uid in phone.offered()


def test_a_project_that_was_changed_there_and_not_deployed_is_told(
    place: Office, forms: dict[str, BuiltForm]
) -> None:
    uid = place.uids()[names.KNOWLEDGE]
    content = project(place, names.KNOWLEDGE)["content"]
    assert isinstance(content, dict)
    if not place.real:
        pytest.skip("the model takes forms as files alone")
    settings = {**content["settings"], "version": "changed by hand"}
    place.ask("PATCH", f"assets/{uid}/", json={"content": {**content, "settings": settings}})
    (said,) = place.target().remarks()
    assert "not deployed" in said.found.en
    assert {one.what for one in place.target().put_forms([forms[names.KNOWLEDGE]])} == {"updated"}
    assert place.target().remarks() == []


def test_an_officer_whose_account_lacks_a_form_is_told(place: Office) -> None:
    with place.officer("นางสาวสี่ สมมติ", DISTRICT) as (officer, phone):
        uid = place.uids()[names.PLAN]
        path = f"assets/{uid}/permission-assignments/"
        (ours,) = [one for one in place.ask("GET", path) if f"/{place.officer_account.name}/" in one["user"]]
        place.ask("DELETE", ours["url"].partition("/api/v2/")[2].partition("?")[0])
        assert uid not in phone.offered()
        (said,) = place.target().remarks()
        assert f"officer {officer.id}" in said.found.en
        assert f"officers renew {officer.id} --server office --share" in said.advice.en
        place.target().share_with(officer, None)
        assert place.target().remarks() == []


# --- roles


def test_an_account_that_may_only_send_is_told_what_it_lacks(place: Office) -> None:
    with place.officer("นางสาวห้า สมมติ", DISTRICT):
        theirs = place.at_home("sender", place.officer_account)
        uids = place.uids()
        named = theirs.settings.servers[0].model_copy(update={"forms": uids})
        home = open_again(theirs, named)
        (source,) = servers(home)
        with pytest.raises(Terminal, match="share"):
            pull(home, source)
        with pytest.raises(Terminal):
            place.target(home).put_forms(current_forms(home.settings, "kobo"))
        home.engine.dispose()


def open_again(home: Home, server: config.Server) -> Home:
    home.engine.dispose()
    return open_home(home.settings.model_copy(update={"servers": (server,)}))


def test_a_status_that_a_person_set_is_shown_and_not_written_over(place: Office) -> None:
    uid = place.uids()[names.APPLICATION]
    (row,) = place.ask("GET", f"assets/{uid}/data/")["results"]
    root = row["meta/rootUuid"].removeprefix("uuid:")
    address = f"{place.url}/api/v2/assets/{uid}/data/{root}/validation_status/"
    who = place.officer_account.name

    def told() -> str:
        (source,) = servers(place.home)
        pull(place.home, source)
        (server,) = look(place.home).servers
        return "\n".join(line.en for line in server_states.lines(server, datetime.now(UTC)))

    assert "status on the server" not in told()
    with place.officer("นางสาวหก สมมติ", DISTRICT) as (_, phone):
        place.target()._api.permit(uid, who, "validate_submissions")
        answer = phone._session.patch(address, json={"validation_status.uid": ON_HOLD}, timeout=TIMEOUT)
        assert answer.status_code == 200
        assert f"people gave 1 forms a status on the server (on hold 1 by {who})" in told()
        assert place.target().review(names.APPLICATION, root, ReviewState.APPROVED, "") is False
        assert status(place) == ON_HOLD
        place.ask("DELETE", f"assets/{uid}/data/{root}/validation_status/")
        assert "status on the server" not in told()
        assert place.target().review(names.APPLICATION, root, ReviewState.APPROVED, "") is True


# --- by hand


def test_the_xlsx_of_forms_build_is_taken_by_hand_without_a_warning(place: Office, tmp_path: Path) -> None:
    """Uploaded as a person does, converted by kpi's own converter."""
    if not place.real:
        pytest.skip("the model converts with our own pyxform")
    for path in write_forms(place.home.settings, tmp_path):
        if path.suffix != ".xlsx" or path.parent.name != "kobo":
            continue
        files = {"file": (path.name, path.read_bytes(), XLSX)}
        task = place.ask(
            "POST", "imports/", data={"name": f"mochocho_test {path.stem}", "library": "false"}, files=files
        )
        said = {"status": "processing"}
        while said["status"] in ("processing", "created"):
            said = place.ask("GET", f"imports/{task['uid']}/")
        assert said["status"] == "complete", said
        assert said["messages"].keys() == {"created"}  # type: ignore[attr-defined]
        uid = said["messages"]["created"][0]["uid"]  # type: ignore[index]
        try:
            shown = place.ask("POST", "asset_snapshots/", json={"asset": f"{place.url}/api/v2/assets/{uid}/"})
            assert shown["details"] == {"status": "success", "warnings": []}
            deployed = place.ask("POST", f"assets/{uid}/deployment/", json={"active": True})
            assert deployed["asset"]["content"]["settings"]["id_string"] == path.stem
        finally:
            place.ask("DELETE", f"assets/{uid}/")


# --- the end


def test_who_is_erased_is_gone_there_too_and_waits_for_nobody(place: Office) -> None:
    (case,) = cases(place.home)
    uids = place.uids()
    (row,) = place.ask("GET", f"assets/{uids[names.APPLICATION]}/data/")["results"]
    photos = [one["download_url"].partition("/api/v2/")[2] for one in row["_attachments"]]
    asked = Asked("นางลบ ตัวอย่าง", "คำขอที่ 7/2568", erasure_noted(at_the_command_line(place.home)))
    receipt = erase_person.erase(place.home, Sought(key=case.application.key), asked)
    assert receipt is not None
    lists = {names.APPLICANTS, names.PLAN_ITEMS}  # which phones choose from
    assert {root.partition("/")[0] for _, root in receipt.servers} == uids.keys() | lists
    assert statuses_of(place, photos) == {200}  # nothing is deleted there unless it is asked for

    assert erase_person.on_servers(place.home, receipt).servers == ()
    assert statuses_of(place, photos) == {404}
    for uid in uids.values():
        assert place.ask("GET", f"assets/{uid}/data/")["results"] == []
    for _ in range(3):
        place.turn()
    (server,) = look(place.home).servers
    assert {one.state: one.count for one in server.states} == {"live": 0}
    assert nothing_aside(place.home)["submissions"] == 0


def statuses_of(place: Office, paths: list[str]) -> set[int]:
    assert paths
    return {place.session.get(f"{place.url}/api/v2/{one}", timeout=TIMEOUT).status_code for one in paths}


def test_a_deleted_project_is_told_and_nothing_of_it_is_let_go(
    place: Office, forms: dict[str, BuiltForm]
) -> None:
    held = nothing_aside(place.home)["submissions"]
    uid = place.uids()[names.KNOWLEDGE]
    (source,) = servers(place.home)
    with place.officer("นางสาวยังส่ง สมมติ", DISTRICT) as (_, phone):
        phone.download()
        place.ask("DELETE", f"assets/{uid}/")
        (said,) = place.target().remarks()
        assert said.found.en.startswith(f"the project {uid} ({names.KNOWLEDGE}) is not there")
        application = answers.application(place.home.pack.standard(ApplicantType.GROUP))
        assert phone.send(phone.fill(place.uids()[names.APPLICATION], application)) == 201
    for _ in range(3):
        pull(place.home, source)
    waits = [line.en for line in of_person(look(place.home), datetime.now(UTC), ("pull",))]
    assert sum(f"{uid} of the form {names.KNOWLEDGE} was deleted" in line for line in waits) == 1
    with pytest.raises(Terminal, match="deleted"):
        place.target().put_forms([forms[names.KNOWLEDGE]])
    assert nothing_aside(place.home)["submissions"] == held + 1  # of another form
