"""ODK Central as a target, on its model: forms, officers, reviews."""

from collections.abc import Iterator, Mapping
from types import SimpleNamespace

import pytest

from mochocho.app.publishing.form_files import current_forms
from mochocho.settings.config import Settings
from mochocho.storage.db import reading
from mochocho.words.errors import Terminal, Transient
from mochocho.words.model import ReviewState
from sync import officers
from sync.publish.protocol import Published
from sync.tables import ServerForm, ServerOfficer
from sync.targets import erase_there, targets
from tests import builders
from tests.models.central import access
from xlsforms import names
from xlsforms.built import BuiltForm

ROOT = builders.uid("application")


@pytest.fixture(scope="module")
def forms() -> tuple[BuiltForm, ...]:
    return current_forms(Settings(), "odk")


def small(version: str, *files: str, media: Mapping[str, bytes] | None = None) -> BuiltForm:
    xform = builders.xform(version=version, files=files).decode()
    return BuiltForm(names.APPLICATION, version, "ใบสมัคร", b"", xform, media or {})


def send(place: SimpleNamespace, fields: Mapping[str, str], version: str = "1") -> str:
    return place.model.submit(builders.application("a", fields, instance_id=ROOT, version=version), {})


def test_the_forms_of_a_cycle_stand_there_with_their_lists(
    place: SimpleNamespace, forms: tuple[BuiltForm, ...]
) -> None:
    target = place.target()
    told = target.put_forms(forms)
    assert told == [Published(form.form_id, form.version, "new") for form in forms]
    project = place.model.state.projects[1]
    assert {f.id: f.published[-1].version for f in project.forms.values()} == {
        form.form_id: form.version for form in forms
    }
    assert set(project.datasets) == {names.APPLICANTS, names.ASSESSORS, names.PLAN_ITEMS}
    onsite = project.forms[names.ONSITE].published[-1].files
    assert {name: file.dataset for name, file in onsite.items()} == {
        "applicants.csv": names.APPLICANTS,
        "assessors.csv": names.ASSESSORS,
    }
    assert [one.what for one in target.put_forms(forms)] == ["same"] * len(forms)
    assert all(len(f.published) == 1 and f.draft is None for f in project.forms.values())
    with reading(place.home.engine) as session:
        rows = session.query(ServerForm.form_id, ServerForm.version).all()
    assert sorted(map(tuple, rows)) == sorted((form.form_id, form.version) for form in forms)


def test_a_later_version_takes_the_place_of_the_one_before(place: SimpleNamespace) -> None:
    target = place.target()
    target.put_forms([small("1", "photo")])
    send(place, {"photo": ""})
    assert target.put_forms([small("2", "photo", "more")])[0].what == "updated"
    with pytest.raises(Terminal, match="takes no version twice"):
        target.put_forms([small("1", "photo")])


def test_the_same_version_with_another_content_is_refused(place: SimpleNamespace) -> None:
    place.target().put_forms([small("1", "photo")])
    with pytest.raises(Terminal, match="another content"):
        place.target().put_forms([small("1", "photo", "more")])


def test_dropping_a_field_is_refused_only_where_it_holds_data(place: SimpleNamespace) -> None:
    target = place.target()
    target.put_forms([small("1", "photo", "empty")])
    send(place, {"photo": "a.jpg", "empty": ""})
    with pytest.raises(Terminal, match=r"version 2 drops fields that hold data: .*photo") as refused:
        target.put_forms([small("2")])
    assert "empty" not in str(refused.value)
    assert len(place.model.state.projects[1].forms[names.APPLICATION].published) == 1
    assert target.put_forms([small("2", "photo")])[0].what == "updated"


def test_changing_a_type_is_refused(place: SimpleNamespace) -> None:
    place.target().put_forms([small("1", "photo")])
    form = small("2", "photo")
    changed = form.xform.replace('type="binary"', 'type="string"')
    assert changed != form.xform
    with pytest.raises(Terminal, match="changes the type of photo"):
        place.target().put_forms([BuiltForm(form.form_id, "2", form.title, b"", changed)])


def test_a_run_that_ended_with_a_draft_is_taken_up(place: SimpleNamespace) -> None:
    target = place.target()
    target._central.json(
        "POST", "/forms", data=small("0").xform.encode(), headers={"Content-Type": "application/xml"}
    )
    assert target.put_forms([small("1", "photo")])[0].what == "new"
    form = place.model.state.projects[1].forms[names.APPLICATION]
    assert [one.version for one in form.published] == ["1"]


def test_an_encrypted_project_is_refused(place: SimpleNamespace) -> None:
    place.model.state.projects[1].key_id = 1
    with pytest.raises(Terminal, match="encrypts"):
        place.target().put_forms([small("1")])


# --- officers


@pytest.fixture
def officer(place: SimpleNamespace) -> Iterator[officers.Officer]:
    number, _ = officers.add(place.home, "นายเอ ตัวอย่าง", [place.home.province.districts[0].code])
    return officers.active(place.home, number)


def test_an_officer_is_an_app_user_that_may_fill_the_forms(
    place: SimpleNamespace, officer: officers.Officer
) -> None:
    target = place.target()
    target.put_forms([small("1")])
    url = target.add_officer(officer)
    project = place.model.state.projects[1]
    (user,) = project.app_users
    assert url == f"{place.served.url}/v1/key/{user.token}/projects/1"
    form = project.forms[names.APPLICATION]
    assert user.id in {actor for actor, _ in form.assigned}
    target.put_forms([small("2")])
    assert user.id in {actor for actor, _ in form.assigned}

    later = target.add_officer(officer)
    assert later != url
    assert [bool(one.token) for one in project.app_users] == [False, True]
    target.revoke_officer(officer.id)
    target.revoke_officer(officer.id)
    assert [bool(one.token) for one in project.app_users] == [False, False]
    with reading(place.home.engine) as session:
        rows = session.query(ServerOfficer).all()
    assert [row.remote_id for row in rows] == [str(one.id) for one in project.app_users]
    assert all(row.revoked_at for row in rows)


def test_what_an_ended_app_user_sent_stays_its_officer_s(
    place: SimpleNamespace, officer: officers.Officer
) -> None:
    target = place.target()
    target.put_forms([small("1")])
    target.add_officer(officer)
    (user,) = place.model.state.projects[1].app_users
    place.model.submit(builders.application("a", {}, instance_id=ROOT), {}, by=user)
    target.add_officer(officer)
    source = place.source()
    (one,) = source.fetch([entry.root_id for entry in source.index()])
    assert one.versions[0].officer_id == officer.id


def test_a_phone_receives_the_applicants_of_its_officer_s_districts(place: SimpleNamespace) -> None:
    first, second, third = (district.code for district in place.home.province.districts[:3])
    target = place.target()
    target.put_forms([small("1")])
    for number, district in enumerate((first, second, third)):
        fields = {"applicant_name": "x", "district": district}
        xml = builders.application(
            builders.uid("applicant", number), fields, instance_id=builders.uid("a", number)
        )
        place.model.submit(xml, {})
    place.model.settle()
    dataset = place.model.state.projects[1].datasets[names.APPLICANTS]

    def sees(number: int) -> set[str]:
        user = place.model.state.projects[1].app_users[number]
        return {one.current.data["district"] for one in access.seen(dataset, user)}

    one, _ = officers.add(place.home, "นายเอ ตัวอย่าง", [first])
    target.add_officer(officers.active(place.home, one))
    assert sees(0) == {first}
    two, _ = officers.add(place.home, "นายบี ตัวอย่าง", [second, third])
    target.add_officer(officers.active(place.home, two))
    assert (sees(0), sees(1)) == ({first}, {second, third})
    officers.move(place.home, two, [first])
    target.move_officer(officers.active(place.home, two))
    assert (sees(0), sees(1)) == ({first}, {first})


def test_a_central_without_access_filters_still_lets_officers_in(place: SimpleNamespace) -> None:
    target = place.target()
    target.put_forms([small("1")])
    central = target._central
    real = central.found
    central.found = lambda path, **more: None if "actor-properties" in path else real(path, **more)
    number, _ = officers.add(place.home, "นายเอ ตัวอย่าง", [place.home.province.districts[0].code])
    assert target.add_officer(officers.active(place.home, number))


def test_a_name_that_is_too_long_for_central_is_cut_and_keeps_its_number(place: SimpleNamespace) -> None:
    name = "นางสาวประกายเพชรรุ่งอรุณ ณ อยุธยาธนาคารไทย องค์การบริหารส่วนตำบลแม่สลองนอก"
    number, _ = officers.add(place.home, name, [place.home.province.districts[0].code])
    place.target().add_officer(officers.active(place.home, number))
    (user,) = place.model.state.projects[1].app_users
    assert (len(user.name), user.name[-4:]) == (64, f" ({number})")
    assert name.startswith(user.name[:-4])


# --- reviews


def test_a_review_is_said_once(place: SimpleNamespace) -> None:
    target = place.target()
    target.put_forms([small("1")])
    send(place, {})
    said = (names.APPLICATION, ROOT, ReviewState.HAS_ISSUES, "ยังขาดเอกสาร [มชช. 3f9a1c2e]")
    assert target.review(*said)
    assert not target.review(*said)
    held = place.model.held(names.APPLICATION)[f"uuid:{ROOT}"]
    assert (held.review_state, held.comments) == ("hasIssues", (said[3],))
    assert target.review(*said[:2], ReviewState.APPROVED, "ครบแล้ว [มชช. 00000000]")
    assert len(place.model.held(names.APPLICATION)[f"uuid:{ROOT}"].comments) == 2


@pytest.mark.parametrize(
    ("there", "left"),
    [(None, None), ("hasIssues", None), ("edited", None), ("rejected", None), ("approved", "approved")],
)
def test_that_nothing_is_wanted_takes_back_all_but_an_approval(
    place: SimpleNamespace, there: str | None, left: str | None
) -> None:
    target = place.target()
    target.put_forms([small("1")])
    send(place, {})
    place.model.review(ROOT, there)
    said = (names.APPLICATION, ROOT, ReviewState.RECEIVED, "ครบถ้วน [มชช. 3f9a1c2e]")
    assert target.review(*said)
    assert not target.review(*said)
    assert place.model.held(names.APPLICATION)[f"uuid:{ROOT}"].review_state == left


def test_killed_between_the_comment_and_the_state_it_is_still_said_once(place: SimpleNamespace) -> None:
    place.target().put_forms([small("1")])
    send(place, {})
    said = (names.APPLICATION, ROOT, ReviewState.REJECTED, "ซ้ำ [มชช. 3f9a1c2e]")
    place.model.comment(ROOT, said[3])
    assert place.target().review(*said)
    held = place.model.held(names.APPLICATION)[f"uuid:{ROOT}"]
    assert (held.review_state, held.comments) == ("rejected", (said[3],))


def test_what_is_in_the_trash_hears_nothing(place: SimpleNamespace) -> None:
    place.target().put_forms([small("1")])
    send(place, {})
    place.model.delete(ROOT)
    with pytest.raises(Transient, match="deleted there"):
        place.target().review(names.APPLICATION, ROOT, ReviewState.APPROVED, "x [มชช. 1]")


# --- the embedded endpoint beside it


def test_the_embedded_endpoint_is_a_target_like_the_others(place: SimpleNamespace) -> None:
    embedded, central = targets(place.home)
    assert (embedded.key, central.key) == ("embedded", "central:province")
    assert [embedded.put_forms([small(v)])[0].what for v in ("1", "1", "2", "1")] == [
        "new",
        "same",
        "updated",
        "updated",
    ]
    assert not embedded.review(names.APPLICATION, ROOT, ReviewState.APPROVED, "x")


# --- forms that people delete, and publications that end half way


def in_trash(place: SimpleNamespace, form_id: str = names.APPLICATION) -> None:
    place.target()._central.json("DELETE", f"/forms/{form_id}")


def unpublished(place: SimpleNamespace) -> list[str]:
    return [form.id for form in place.model.state.projects[1].forms.values() if form.draft]


@pytest.mark.parametrize("version", ["1", "2"])
@pytest.mark.parametrize("draft", [False, True])
def test_a_form_in_the_trash_is_to_be_restored_and_nothing_bars_that(
    place: SimpleNamespace, version: str, draft: bool
) -> None:
    place.target().put_forms([small("1", "photo")])
    send(place, {"photo": ""})
    in_trash(place)
    if draft:  # as it was left there by whoever published in spite of Central's warning
        place.target()._central.json(
            "POST", "/forms", params={"ignoreWarnings": "true"}, data=small("3").xform.encode(),
            headers={"Content-Type": "application/xml"},
        )  # fmt: skip
    with pytest.raises(Terminal, match=r"mochocho_application was deleted in project 1 .* restore it there"):
        place.target().put_forms([small(version, "photo")])
    assert unpublished(place) == []
    project = place.model.state.projects[1]
    (held,) = [form for form in project.trashed_forms if form.published]
    place.target()._central.json("POST", f"/forms/{held.number}/restore")
    (again,) = place.target().put_forms([small(version, "photo")])
    assert again.what == ("same" if version == "1" else "updated")
    assert len(project.forms[names.APPLICATION].submissions) == 1


@pytest.mark.parametrize("earlier", [[], ["1"]])
def test_a_publication_that_is_refused_half_way_takes_its_draft_back(
    place: SimpleNamespace, earlier: list[str]
) -> None:
    for version in earlier:
        place.target().put_forms([small(version, "photo")])
    place.served.faults.add("status", status=400, path="/draft/publish")
    with pytest.raises(Terminal):
        place.target().put_forms([small("2", "photo", "more")])
    assert unpublished(place) == []
    place.served.faults.clear()
    what = "updated" if earlier else "new"
    assert place.target().put_forms([small("2", "photo", "more")])[0].what == what
    assert unpublished(place) == []


def test_a_publication_whose_answer_is_lost_is_not_taken_back(place: SimpleNamespace) -> None:
    place.served.faults.add("lost", path="/draft/publish")
    with pytest.raises(Transient):
        place.target().put_forms([small("1", "photo")])
    place.served.faults.clear()
    assert place.target().put_forms([small("1", "photo")])[0].what == "same"
    assert place.model.state.projects[1].trashed_forms == []


def test_what_is_erased_is_deleted_there_once(place: SimpleNamespace) -> None:
    place.target().put_forms([small("1")])
    send(place, {})
    root = f"{names.APPLICATION}/{ROOT}"
    for _ in range(2):
        assert erase_there(place.home, "central:province", root)
    assert place.model.held(names.APPLICATION)[f"uuid:{ROOT}"].deleted
    assert not erase_there(place.home, "central:another", root)
