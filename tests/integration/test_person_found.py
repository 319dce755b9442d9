"""`person find`: one person planted wherever a person can stand is found there, and nobody else is."""

from collections.abc import Iterator

import pytest
from sqlalchemy.exc import OperationalError

from mochocho.app import access_chain
from mochocho.app.persons.found_places import Place, find
from mochocho.app.persons.place_words import TABLES
from mochocho.storage.db import Base
from processing.persons.sought_person import By, Certainty, sought
from tests import databases
from tests.integration.commands import Office
from tests.integration.planted_person import ID, KEY, NAME, OTHER, OTHER_KEY, planted


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """On both databases."""
    folder = tmp_path_factory.mktemp("person")
    if request.param == "sqlite":
        with planted(folder) as one:
            yield one
    else:
        with databases.postgresql() as url, planted(folder, url) as one:
            yield one


def where(places: list[Place]) -> set[tuple[str, str, By]]:
    return {(place.kind, place.path, place.hit.by) for place in places}


def test_the_person_is_found_wherever_a_person_can_stand(office: Office) -> None:
    places = find(office.home, sought(ID, "0000000012", NAME))
    assert where(places) >= {
        ("applicant", "name", By.NAME),
        ("applicant", "application.lead_team.name", By.NAME),
        ("identity", "national_id", By.NATIONAL_ID),
        ("identity", "phone", By.TELEPHONE),
        ("former_identity", "national_id", By.NATIONAL_ID),
        ("score_sheet", "sheet.assessor", By.NAME),
        ("entity", "label", By.NAME),
        ("officer", "name", By.NAME),
        ("portal_account", "name", By.NAME),
        ("meeting", "content.members.person.name", By.NAME),
        ("meeting", "content.signatory.name", By.NAME),
        ("meeting", "content.contact.telephone", By.TELEPHONE),
        ("portal_access", "reason", By.NAME),
        ("form", "", By.NATIONAL_ID),
        ("attachment", "", By.NAME),
        ("quarantined", "", By.NAME),
        ("store", "", By.NAME),  # of a form that was not read yet
        ("home", "", By.NAME),
        ("settings", "", By.NAME),
    }
    assert {place.key for place in places if place.kind in ("identity", "attachment")} == {KEY}
    assert {place.key for place in places if place.kind == "score_sheet"} == {OTHER_KEY}
    assert all(OTHER not in place.hit.written for place in places if len(place.hit.written) < len(OTHER) + 9)


def test_by_the_key_the_number_or_the_telephone_alone(office: Office) -> None:
    by_key = find(office.home, sought(key=KEY))
    assert {place.kind for place in by_key} >= {"applicant", "identity", "entity", "assessment", "form"}
    assert {place.key for place in by_key} <= {KEY, ""}
    by_id = find(office.home, sought("1-0000-12345-67-9"))
    assert {place.kind for place in by_id} == {"identity", "former_identity", "form"}
    assert {place.kind for place in find(office.home, sought(telephone="000 000 0012"))} == {
        "identity",
        "meeting",
        "form",
    }


def test_who_is_not_there_is_not_found_and_a_misspelt_name_is_asked_about(office: Office) -> None:
    assert find(office.home, sought("1000099999999", "000000099", "นางไม่มี อยู่จริง")) == []
    near = find(office.home, sought(name="นางสาวกาญจนา ใจดีงาน"))
    assert {place.hit.certainty for place in near} == {Certainty.NEAR}
    assert ("applicant", "name", By.NAME) in where(near)


def test_it_is_logged_before_it_is_shown_and_numbers_are_not_shown(office: Office) -> None:
    before = access_chain.last(office.home, 1)[0].number
    done = office.call("person", "find", "--national-id", ID, "--name", NAME, "--reason", "คำขอ 7/2568")
    assert done.exit_code == 0, done.output
    assert ID not in done.output
    assert "ทะเบียนผู้สมัคร ทีมนำ: ชื่อ “นางกาญจนา ใจดีงาม”" in done.output
    rows = [row for row in access_chain.last(office.home, 50) if row.number > before]
    assert {row.about for row in rows} >= {KEY, OTHER_KEY}
    assert {(row.what, row.reason, row.name) for row in rows} == {("person", "คำขอ 7/2568", "นางบันทึก ตัวอย่าง")}
    assert access_chain.broken(office.home) == []
    nobody = office.call("person", "find", "--telephone", "000000099", "--reason", "คำขอ 8/2568")
    assert "ไม่พบข้อมูลของบุคคลนี้" in nobody.output
    assert access_chain.last(office.home, 1)[0].reason == "คำขอ 8/2568"


def test_without_a_reason_or_where_nothing_can_be_logged_nothing_is_shown(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert office.call("person", "find", "--name", NAME).exit_code == 2
    assert office.call("person", "find", "--name", NAME, "--reason", "-").exit_code != 0

    def full(*_: object) -> None:
        raise OperationalError("INSERT", {}, OSError("database or disk is full"))

    monkeypatch.setattr(access_chain, "append", full)
    refused = office.call("person", "find", "--name", NAME, "--reason", "คำขอ")
    assert refused.exit_code == 75
    assert "กาญจนา" not in refused.output


def test_every_table_has_a_name_for_people() -> None:
    assert set(TABLES) == set(Base.metadata.tables)
