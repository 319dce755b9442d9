"""`person find`: one person planted wherever a person can stand is found there, and nobody else is."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from mochocho.app.commands.cli import cli
from mochocho.app.migrations.migrate import upgrade
from mochocho.app.persons.found_places import Place, find
from mochocho.app.persons.place_words import TABLES
from mochocho.app.portal import access_chain
from mochocho.app.portal.access import accounts
from mochocho.app.portal.access.roles import Role as AccountRole
from mochocho.settings.config import load_settings
from mochocho.storage.db import Base, transaction
from mochocho.storage.home import Home, open_home
from processing.assessment import assess
from processing.meetings import kept
from processing.meetings.meeting import Contact, Level, Meeting, Member, Person, Signatory
from processing.persons.sought_person import By, Certainty, sought
from processing.register import register_forms
from processing.tables import FormerIdentityRow
from sync.openrosa.source import SpoolSource
from sync.pull.pull_source import pull
from tests.builders import application, officer, onsite, post, publish, uid, xform
from tests.integration import commands
from xlsforms import names

ID = "1000012345679"
NAME = "นางสาวกาญจนา ใจดีงาม"
OTHER = "นายสมศักดิ์ อีกคนหนึ่ง"
KEY, OTHER_KEY = uid("sought"), uid("other")
SETTINGS = f'[committees]\nassessors = [{{ name = "{NAME}" }}, {{ name = "{OTHER}" }}]\n'


@dataclass(frozen=True)
class Office:
    """A province's folder with its settings, and the home in it."""

    folder: Path
    home: Home

    def call(self, *words: str) -> Result:
        return CliRunner().invoke(
            cli, ["--config", str(self.folder / "mochocho.toml"), "--lang", "th", *words]
        )


def photo(artist: str) -> bytes:
    """A picture with somebody's name in its metadata, as cameras write it."""
    exif = Image.Exif()
    exif[0x013B] = artist.encode()
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def plant(home: Home) -> None:
    """The person as a leader, in another's lead team, as assessor, committee member, officer and the rest."""
    publish(home, xform())
    publish(home, xform(names.ONSITE, files=()), names.ONSITE)
    who = officer(home, "น.ส.กาญจนา  ใจดีงาม")
    officer(home, OTHER)
    own = {"applicant_name": NAME, "national_id": ID, "phone": "000-000-0012", "photo": "1.jpg"}
    team = [{"team_name": "นางกาญจนา ใจดีงาม", "team_role": "ประธาน"}, {"team_name": OTHER}]
    other = {"applicant_type": "group", "applicant_name": "กลุ่มทอผ้า", "lead_team": team}
    post(home, application(KEY, own, instance_id=uid("a")), {"1.jpg": photo(NAME)}, officer_id=who)
    post(home, application(OTHER_KEY, other, instance_id=uid("b")), officer_id=who)
    sheet = {"assessor_name": "กาญจนาใจดีงาม", "applicant_type": "group"}
    post(home, onsite(OTHER_KEY, sheet, instance_id=uid("c")), officer_id=who)
    unknown = application(uid("d"), {"applicant_name": NAME}, instance_id=uid("d"), version="unpublished")
    post(home, unknown, officer_id=who)
    pull(home, SpoolSource(home))
    register_forms.run(home)
    assess.do(home, assess.due(home))
    accounts.add(home, "kanchana", NAME, AccountRole.PROVINCE)
    person = Person(NAME, "พัฒนาการ")
    meeting = Meeting(
        Level.PROVINCE,
        "1/2568",
        day=date(2025, 5, 1),
        members=(Member(person), Member(Person(OTHER))),
        contact=Contact(name=OTHER, telephone="0000000012"),
        signatory=Signatory(name=NAME),
    )
    with transaction(home.engine) as session:
        kept.keep(session, meeting, OTHER)
        session.add(FormerIdentityRow(key=uid("former"), national_id=ID))
    # posted and not read yet, and a half-written file beside it
    post(home, application(uid("e"), {"applicant_name": NAME}, instance_id=uid("e")), officer_id=who)
    (home.spool_dir / "left.tmp").write_bytes(b"x" + NAME.encode("utf-16-le"))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("person")
    opened = open_home(load_settings(commands.settings(folder, SETTINGS)))
    upgrade(opened.engine)
    plant(opened)
    yield Office(folder, opened)
    opened.engine.dispose()


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
    assert office.call("person", "find", "--name", NAME, "--reason", " ").exit_code != 0

    def full(*_: object) -> None:
        from sqlalchemy.exc import OperationalError

        raise OperationalError("INSERT", {}, OSError("database or disk is full"))

    monkeypatch.setattr(access_chain, "append", full)
    refused = office.call("person", "find", "--name", NAME, "--reason", "คำขอ")
    assert refused.exit_code == 75
    assert "กาญจนา" not in refused.output


def test_every_table_has_a_name_for_people() -> None:
    assert set(TABLES) == set(Base.metadata.tables)
