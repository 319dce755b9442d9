"""A form filled in a browser by a link from the portal: ODK Web Forms itself, in Chromium."""

import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
import requests
from PIL import Image
from sqlalchemy import select

from mochocho.app import access_chain
from mochocho.app.pipeline.conveyor import run_once
from mochocho.app.web_forms.install import install
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.model import ApplicantType
from sync import officers, web_links
from sync.openrosa.server import Server
from sync.publish.published import put_form
from sync.tables import Attachment, Quarantined, Submission
from tests import databases, needs
from tests.contract.openrosa_phone import Phone, add_applicant, xml_part
from tests.engines.world import PACK, PROVINCE
from tests.integration import province_mirror as mirror
from tests.integration.province_mirror import ENTITY
from tests.portal.conftest import HERE, Browser, Clock, made_site, settle, signed_in
from tests.portal.driven import Driven, driven
from xlsforms.build import build_forms
from xlsforms.names import APPLICANTS, ONSITE, PLAN, SUPPLEMENT, photo

ONE, OTHER = ENTITY.format(1), ENTITY.format(2)
PAGE = f"/applicants/{ONE}/web-form"


@pytest.fixture(scope="module")
def filled_office(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    """A home with two groups, its forms published, the programs installed."""
    needs.need("npm")
    folder = tmp_path_factory.mktemp("office") / "home"
    with databases.home_on_sqlite(folder, sqlite_template) as home:
        install(home)
        settle(home, 0)
        mirror.send(home, without_a_document(home), mirror.application(home, 2, district=HERE))
        for form in build_forms(PACK, PROVINCE, "odk"):
            put_form(home, form)
        for key in (ONE, OTHER):
            add_applicant(home, HERE, "กลุ่มทอผ้า", key, applicant_type="group", applicant_name="กลุ่มทอผ้า")
        run_once(home)
        officers.add(home, "นายสนาม ตัวอย่าง", [HERE])
        officers.add(home, "นางอื่น ตัวอย่าง", ["5702"])
    return folder


@pytest.fixture
def office(filled_office: Path, tmp_path: Path) -> Iterator[Home]:
    """A copy of its own for each test: what is sent by a link stays in the home."""
    shutil.copytree(filled_office, tmp_path / "office")
    with databases.home_in(tmp_path / "office") as home:
        yield home


def without_a_document(home: Home) -> mirror.Form:
    form = mirror.application(home, 1, district=HERE)
    first = home.pack.standard(ApplicantType.GROUP).documents[0].code
    del form.fields[photo(ApplicantType.GROUP, first)], form.files[f"{first}-{form.root_id}.jpg"]
    return form


@pytest.fixture
def endpoint(office: Home) -> Iterator[Server]:
    server = Server(office, "127.0.0.1", 0)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def clerk(office: Home) -> Browser:
    return signed_in(made_site(office, Clock()), "district")


def link(clerk: Browser, server: Server, form: str = SUPPLEMENT) -> str:
    """The address as the portal shows it, at the port where this test listens."""
    answer = clerk.send(PAGE, form=form, officer="1", reason="คำขอที่ 22/2568")
    assert answer.status_code == 200, answer.text
    found = re.search(r'value="http[^"]*(/key/[^"]+)/fill"', answer.text)
    assert found
    return server.url + unescape(found[1])


def sent(office: Home) -> dict[str, Submission]:
    run_once(office)
    with reading(office.engine) as session:
        return {row.form_id: row for row in session.scalars(select(Submission))}


def test_a_correction_is_filled_in_a_browser_and_arrives_as_from_a_phone(
    clerk: Browser, endpoint: Server, office: Home, tmp_path: Path
) -> None:
    picture = tmp_path / "ใบสมัคร.jpg"
    picture.write_bytes(mirror.photo((900, 1200)))
    address = link(clerk, endpoint)
    (logged,) = access_chain.last(office, 1)
    assert (logged.about, logged.reason) == (ONE, "ส่งเอกสารเพิ่มเติม คำขอที่ 22/2568")
    with driven(endpoint.url) as browser:
        browser.size(390, 844)
        browser.driver.get(f"{address}/fill")
        browser.until("document.querySelector('input[type=radio][value=whole]')")
        browser.run("document.querySelector('input[type=radio][value=whole]').click()")
        browser.until("document.querySelector('input[type=file]')")
        browser.find("input[type=file]").send_keys(str(picture))
        press_send(browser)
        browser.becomes("#said", lambda text: text == "ได้รับข้อมูลแล้ว ขอบคุณ")
        assert browser.console() == []
    found = sent(office)[SUPPLEMENT]
    with reading(office.engine) as session:
        files = session.scalars(select(Attachment).where(Attachment.version_id == found.current_id)).all()
        assert session.scalars(select(Quarantined)).all() == []
    (one,) = files
    with Image.open(office.store.path(one.sha256)) as arrived:  # Web Forms writes the picture anew
        assert arrived.size == (900, 1200)
    known = web_links.of_token(office, address.rpartition("/")[2], Clock().at)
    assert known is not None
    assert known.instance == found.root_id


def press_send(browser: Driven) -> None:
    """Once there is nothing that must still be answered."""
    send = "[...document.querySelectorAll('button')].find((one) => one.textContent.trim() === 'Send')"
    browser.until("document.querySelector('img[src^=blob]')")
    browser.run(f"{send}.click()")


def test_a_link_sends_one_form_about_its_applicant_once(
    clerk: Browser, endpoint: Server, office: Home
) -> None:
    phone = Phone(link(clerk, endpoint, PLAN))
    assert phone.post(xml_part(filled(office, PLAN, OTHER, 1))).status_code == 403
    assert phone.post(xml_part(filled(office, SUPPLEMENT, ONE, 2))).status_code == 403
    assert phone.post(xml_part(filled(office, PLAN, ONE, 3))).status_code == 201
    assert phone.post(xml_part(filled(office, PLAN, ONE, 3))).status_code == 201  # the answer was lost
    answer = phone.post(xml_part(filled(office, PLAN, ONE, 4)))
    assert answer.status_code == 409
    assert "ลิงก์นี้ส่งไปแล้วหนึ่งครั้ง" in answer.text
    run_once(office)
    with reading(office.engine) as session:
        codes = [row.code for row in session.scalars(select(Quarantined))]
    assert sorted(codes) == ["link.other", "link.other", "link.used"]  # nothing is lost


def filled(office: Home, form_id: str, applicant: str, number: int) -> bytes:
    version = next(form.version for form in build_forms(PACK, PROVINCE, "odk") if form.form_id == form_id)
    return (
        f'<data id="{form_id}" version="{version}"><applicant_key>{applicant}</applicant_key>'
        '<meta xmlns="http://openrosa.org/xforms"><instanceID>'
        f"uuid:20000000-0000-4000-8000-00000000000{number}</instanceID></meta></data>"
    ).encode()


def test_a_link_reads_its_form_and_its_applicant_alone(clerk: Browser, endpoint: Server) -> None:
    phone = Phone(link(clerk, endpoint))
    versions = {form.form_id: form.version for form in build_forms(PACK, PROVINCE, "odk")}
    listed = phone.get(f"forms/{SUPPLEMENT}/{versions[SUPPLEMENT]}/media/{APPLICANTS}.csv").text
    assert ONE in listed
    assert OTHER not in listed
    assert phone.get(f"forms/{ONSITE}/{versions[ONSITE]}/form.xml").status_code == 404
    for path in ("formList", "integrity", "", f"forms/{SUPPLEMENT}/{versions[SUPPLEMENT]}/manifest"):
        assert phone.get(path).status_code == 404
    policy = phone.get("fill").headers["Content-Security-Policy"]
    assert "'unsafe-eval'" not in policy.replace("'wasm-unsafe-eval'", "")
    assert phone.get("fill/..%2F..%2Finstalled.json").status_code == 404


def test_a_link_ends_with_its_officer_and_after_seven_days(
    clerk: Browser, endpoint: Server, office: Home
) -> None:
    token = link(clerk, endpoint).rpartition("/")[2]
    clock = Clock()
    assert web_links.of_token(office, token, clock.at) is not None
    clock.later(days=8)
    assert web_links.of_token(office, token, clock.at) is None
    number, _ = officers.add(office, "นายชั่วคราว ตัวอย่าง", [HERE])
    token = web_links.make(office, SUPPLEMENT, ONE, number, "ผู้ทำ", Clock().at)
    assert requests.get(f"{endpoint.url}/key/{token}/fill", timeout=30).status_code == 200
    officers.revoke(office, number)
    assert requests.get(f"{endpoint.url}/key/{token}/fill", timeout=30).status_code == 403


@pytest.mark.parametrize(
    "given",
    [
        {"form": ONSITE, "officer": "1"},
        {"form": PLAN, "officer": "2"},
        {"form": PLAN},
        {"form": PLAN, "officer": "1", "reason": "-"},
    ],
)
def test_no_link_for_scoring_on_site_in_a_foreign_officers_name_or_for_a_dash(
    clerk: Browser, given: dict[str, str]
) -> None:
    answer = clerk.send(PAGE, **given)
    assert answer.status_code == 422
    assert "/key/" not in answer.text


def test_where_the_programs_are_not_installed_the_page_says_so(own_home: Home) -> None:
    officers.add(own_home, "นายสนาม ตัวอย่าง", [HERE])
    page = signed_in(made_site(own_home, Clock()), "district").get(PAGE).text
    assert "mochocho webforms install" in page
    assert "ทำลิงก์</button>" not in page
