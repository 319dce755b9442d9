"""What a phone downloads from the endpoint: forms, lists, hashes; and who may download it."""

import csv
import hashlib
import io
import json
import logging
from pathlib import Path

import pytest
import requests
from lxml import etree

from mochocho.storage.home import Home
from sync import officers
from sync.openrosa.server import Server
from sync.publish.published import put_form
from sync.xform.binds import parse_binds
from tests.contract.openrosa_phone import (
    NS,
    Phone,
    add_applicant,
    instance,
    is_thai,
    make_home,
    message,
    new_phone,
    publish,
    raw_request,
    serving,
)
from xlsforms.build import build_forms
from xlsforms.list_columns import COLUMNS
from xlsforms.names import APPLICATION

MUEANG, WIANG_CHAI = "5701", "5702"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return make_home(tmp_path / "home")


@pytest.fixture
def phone(home: Home, server: Server) -> Phone:
    return new_phone(home, server, MUEANG)


@pytest.fixture
def other(home: Home, server: Server) -> Phone:
    return new_phone(home, server, WIANG_CHAI)


def _texts(element: etree._Element) -> dict[str, str]:
    return {etree.QName(child).localname: child.text or "" for child in element}


def _lines(phone: Phone) -> list[dict[str, str]]:
    answer = phone.get("forms/visit/2/media/applicants.csv")
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def _integrity(phone: Phone, *ids: str) -> dict[str, str | None]:
    root = etree.fromstring(phone.get("integrity", id=",".join(ids)).content)
    assert root.tag == "data"
    return {str(entity.get("id")): entity.findtext("deleted") for entity in root.iterfind("entities/entity")}


def test_the_form_list_offers_the_current_version_of_each_form(home: Home, phone: Phone) -> None:
    publish(home, "visit", "1", current=False)
    current = publish(home, "visit", "2", reads_list=True)
    plain = publish(home, "other", "7")
    answer = phone.get("formList")
    assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
    forms = [_texts(form) for form in etree.fromstring(answer.content).iterfind("f:xform", NS)]
    assert [(form["formID"], form["version"], form["name"]) for form in forms] == [
        ("other", "7", "แบบเยี่ยม <ก>"),
        ("visit", "2", "แบบเยี่ยม <ก>"),
    ]
    for form, content in zip(forms, (plain, current), strict=True):
        assert form["hash"] == "md5:" + hashlib.md5(content).hexdigest()
        assert phone.get(form["downloadUrl"]).content == content
    assert "manifestUrl" not in forms[0]
    assert forms[1]["manifestUrl"].startswith(phone.base)


def test_the_manifest_names_the_list_with_the_hash_of_the_bytes_served(home: Home, phone: Phone) -> None:
    publish(home, reads_list=True)
    add_applicant(home, MUEANG, "นางสาวแก้ว, สมมติ")
    manifest = etree.fromstring(phone.get("forms/visit/2/manifest").content)
    assert etree.QName(manifest).namespace == NS["m"]
    [listed] = manifest.iterfind("m:mediaFile", NS)
    assert listed.get("type") == "entityList"
    told = _texts(listed)
    served = phone.get(told["downloadUrl"])
    assert told["filename"] == "applicants.csv"
    assert told["hash"] == "md5:" + hashlib.md5(served.content).hexdigest()
    assert served.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert phone.get(told["integrityUrl"], id="x").status_code == 200


def test_a_form_that_reads_no_list_has_an_empty_manifest_and_no_media(home: Home, phone: Phone) -> None:
    publish(home)
    assert len(etree.fromstring(phone.get("forms/visit/2/manifest").content)) == 0
    assert phone.get("forms/visit/2/media/applicants.csv").status_code == 404


def test_a_list_holds_the_officers_districts_only(home: Home, phone: Phone, other: Phone) -> None:
    publish(home, reads_list=True)
    mine, theirs = add_applicant(home, MUEANG, "เอ"), add_applicant(home, WIANG_CHAI, "บี")
    assert [line["name"] for line in _lines(phone)] == [mine]
    assert [line["name"] for line in _lines(other)] == [theirs]
    assert [line["__version"] for line in _lines(phone)] == ["1"]


def test_a_list_holds_no_national_id_and_no_phone_number(home: Home, phone: Phone) -> None:
    publish(home, reads_list=True)
    add_applicant(home, MUEANG, "เอ", national_id="1000000000009", phone="000-000-0000", address="1 หมู่ 2")
    content = phone.get("forms/visit/2/media/applicants.csv").content.decode()
    assert "เอ" in content
    assert not any(secret in content for secret in ("1000000000009", "000-000-0000", "หมู่ 2"))


def test_a_list_is_the_same_bytes_whatever_order_the_applicants_came_in(tmp_path: Path) -> None:
    applicants = {f"0000000{n}-0000-4000-8000-000000000000": label for n, label in enumerate("คกข")}
    served = set()
    for name, order in (("a", list(applicants)), ("b", list(reversed(applicants)))):
        home = make_home(tmp_path / name)
        publish(home, reads_list=True)
        for entity_id in order:
            add_applicant(home, MUEANG, applicants[entity_id], entity_id)
        with serving(home) as server:
            served.add(new_phone(home, server).get("forms/visit/2/media/applicants.csv").content)
    assert len(served) == 1


def test_another_districts_ids_are_as_unknown_as_ids_that_never_were(home: Home, phone: Phone) -> None:
    mine, theirs = add_applicant(home, MUEANG, "เอ"), add_applicant(home, WIANG_CHAI, "บี")
    never = "00000000-0000-4000-8000-000000000000"
    assert _integrity(phone, mine, theirs, never) == {mine: "false", theirs: "true", never: "true"}


@pytest.mark.parametrize("id_", ["../../etc/passwd", "ก" * 100, "<x>&\"'", "CON"])
def test_a_hostile_id_is_an_unknown_id(phone: Phone, id_: str) -> None:
    assert _integrity(phone, id_) == {id_: "true"}


@pytest.mark.parametrize("id_", ["a\0b", "\u200fabc", "\x01", "\ufffe"])
def test_an_id_of_invisible_characters_is_passed_over(phone: Phone, id_: str) -> None:
    assert _integrity(phone, id_, "x") == {"x": "true"}


def test_thousands_of_ids_can_be_asked_at_once(home: Home, phone: Phone) -> None:
    mine = add_applicant(home, MUEANG, "เอ")
    asked = [f"00000000-0000-4000-8000-{number:012}" for number in range(2000)]
    answer = _integrity(phone, mine, *asked)
    assert answer.pop(mine) == "false"
    assert answer == dict.fromkeys(asked, "true")


def test_head_submission_is_204_and_says_how_much_it_takes(phone: Phone) -> None:
    answer = phone.head("submission")
    assert answer.status_code == 204
    assert 1_000_000 < int(answer.headers["X-OpenRosa-Accept-Content-Length"]) < 32 << 20


def test_every_answer_carries_the_headers(home: Home, server: Server, phone: Phone) -> None:
    publish(home, reads_list=True)
    stranger = Phone(f"{server.url}/key/nobody")
    answers = [
        phone.get("formList"),
        phone.get("forms/visit/2/form.xml"),
        phone.get("forms/visit/2/manifest"),
        phone.get("forms/visit/2/media/applicants.csv"),
        phone.get("integrity"),
        phone.head("submission"),
        phone.send(instance()),
        phone.send(b"<"),
        phone.get("nothing/here"),
        phone.get("submission"),
        stranger.get("formList"),
        stranger.send(instance()),
        Phone(server.url).get("elsewhere"),
    ]
    assert {answer.status_code for answer in answers} == {200, 201, 204, 400, 403, 404, 405}
    for answer in answers:
        assert answer.headers["X-OpenRosa-Version"] == "1.0"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Date"].endswith("GMT")
        assert "Server" not in answer.headers


BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def _opened(url: str) -> requests.Response:
    with requests.Session() as session:
        return session.get(url, headers=BROWSER, timeout=30, allow_redirects=False)


@pytest.mark.parametrize("ending", ["", "/"])
def test_an_officers_address_in_a_browser_says_that_it_is_ready(phone: Phone, ending: str) -> None:
    answer = _opened(phone.base + ending)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "<h1>พร้อมรับข้อมูล</h1>" in answer.text
    assert phone.base.rpartition("/")[2] not in answer.text
    assert (answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == ("no-store", "no-referrer")


def test_a_token_that_is_wrong_or_revoked_tells_a_browser_what_to_do(home: Home, server: Server) -> None:
    officer_id, token = officers.add(home, "เอ", [MUEANG])
    officers.revoke(home, officer_id)
    for address in (f"{server.url}/key/{token}", f"{server.url}/key/nobody<script>/", f"{server.url}/key/"):
        answer = _opened(address)
        assert (answer.status_code, answer.headers["Content-Type"]) == (403, "text/html; charset=utf-8")
        assert "ขอ QR ตั้งค่าใหม่" in answer.text
        assert token not in answer.text
        assert "<script>" not in answer.text


@pytest.mark.parametrize(("path", "status"), [("", 404), ("submission", 405), ("elsewhere", 404)])
def test_other_addresses_tell_a_browser_in_thai(phone: Phone, server: Server, path: str, status: int) -> None:
    answer = _opened(f"{phone.base}/{path}" if path else f"{server.url}/")
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert is_thai(answer.text)


def test_collect_is_answered_in_xml_whatever_it_asks(phone: Phone, server: Server) -> None:
    assert message(phone.get("elsewhere"))
    assert message(Phone(f"{server.url}/key/nobody").get("formList"))


def test_what_is_no_http_is_refused_with_the_same_headers(server: Server) -> None:
    answer = raw_request(server.url, b"GET / HTTP/1.1\r\nbroken header\r\n\r\n").decode()
    assert answer.startswith(("HTTP/1.0 400 Bad Request", "HTTP/1.1 400 Bad Request"))
    assert "nosniff" in answer
    assert "no-store" in answer
    assert is_thai(answer)


def test_a_revoked_token_is_refused_at_the_next_request(home: Home, server: Server) -> None:
    officer_id, token = officers.add(home, "เอ", [MUEANG])
    phone = Phone(f"{server.url}/key/{token}")
    publish(home, reads_list=True)
    assert phone.get("formList").status_code == 200
    officers.revoke(home, officer_id)
    for answer in (
        phone.get("formList"),
        phone.get("forms/visit/2/media/applicants.csv"),
        phone.get("integrity", id="x"),
        phone.send(instance()),
    ):
        assert answer.status_code == 403
        assert is_thai(message(answer))
    assert phone.head("submission").status_code == 403


@pytest.mark.parametrize(
    "token",
    [
        "",
        "x",
        "..",
        "%2e%2e%2f",
        "%2Fetc%2Fpasswd",
        "a%00b",
        "%E2%80%8Fabc",
        "CON",
        "%E0%B8%81" * 100,
        "%ff%fe",
        "a" * 5000,
    ],
)
def test_a_hostile_token_is_refused_and_keeps_nothing(home: Home, server: Server, token: str) -> None:
    for line in (f"GET /key/{token}/formList", f"POST /key/{token}/submission"):
        request = f"{line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc"
        answer = raw_request(server.url, request.encode())
        assert answer.split(b" ", 2)[1] == b"403"
        assert is_thai(answer.decode())
    assert not home.spool_dir.exists()
    assert list(home.settings.store_dir.iterdir()) == []


def test_urls_are_built_on_the_public_address_when_there_is_one(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home", public_url="https://mochocho.example.go.th/")
    publish(home)
    with serving(home) as server:
        token = officers.add(home, "เอ", [MUEANG])[1]
        listed = etree.fromstring(Phone(f"{server.url}/key/{token}").get("formList").content)
    url = listed.findtext(".//f:downloadUrl", namespaces=NS)
    assert url == f"https://mochocho.example.go.th/key/{token}/forms/visit/2/form.xml"


def test_no_token_and_no_name_gets_into_the_log(
    home: Home, server: Server, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer_id, token = officers.add(home, "เอ", [MUEANG])
    phone = Phone(f"{server.url}/key/{token}")
    publish(home)
    ours = [logging.getLogger(name) for name in ("sync", "waitress", "werkzeug", "flask", "sqlalchemy")]
    for logger in ours:
        monkeypatch.setattr(logger, "level", logging.DEBUG)
        logger.addHandler(caplog.handler)
    try:
        phone.get("formList")
        phone.send(instance())
        phone.send(b"<")
        monkeypatch.setattr("sync.openrosa.officer_lists._visible", lambda *_: 1 / 0)
        assert phone.get("integrity", id="x").status_code == 500
        officers.revoke(home, officer_id)
        phone.get("formList")
        logging.getLogger("waitress").error("Exception while serving %s", f"/key/{token}/submission")
    finally:
        for logger in ours:
            logger.removeHandler(caplog.handler)
    assert "ZeroDivisionError" in caplog.text
    assert "/key/.../submission" in caplog.text
    assert token not in caplog.text


def test_the_token_is_stored_nowhere(home: Home, server: Server) -> None:
    _, token = officers.add(home, "เอ", [MUEANG])
    phone = Phone(f"{server.url}/key/{token}")
    publish(home)
    phone.send(instance())
    phone.send(b"<")
    server.stop()
    home.engine.dispose()
    for file in home.settings.home.rglob("*"):
        assert token not in file.name
        assert file.is_dir() or token.encode() not in file.read_bytes()


def test_each_submission_records_the_officer(home: Home, server: Server) -> None:
    publish(home)
    sent = {}
    for name in ("เอ", "บี"):
        officer_id, token = officers.add(home, name, [MUEANG])
        xml = instance(f"uuid:{name.encode().hex()}")
        assert Phone(f"{server.url}/key/{token}").send(xml).status_code == 201
        sent[name.encode().hex()] = officer_id
    receipts = [json.loads(path.read_bytes()) for path in home.spool_dir.rglob("posts/**/*.json")]
    assert {receipt["instance_id"]: receipt["officer_id"] for receipt in receipts} == sent


def test_the_lists_serve_what_the_provinces_own_forms_save_and_read(home: Home, phone: Phone) -> None:
    forms = build_forms(home.pack, home.province, "odk")
    for form in forms:
        put_form(home, form)
    reads = {
        form.findtext("f:formID", namespaces=NS): form.findtext("f:manifestUrl", namespaces=NS)
        for form in etree.fromstring(phone.get("formList").content)
    }
    assert reads[APPLICATION] is None
    saved = {name for form in forms for _, name in parse_binds(form.xform.encode()).savetos}
    for form in forms[1:]:
        offered = etree.fromstring(phone.get(str(reads[form.form_id])).content)
        kinds = {_texts(one)["filename"]: (one.get("type"), "integrityUrl" in _texts(one)) for one in offered}
        assert kinds.pop("applicants.csv") == ("entityList", True)
        assert set(kinds.values()) <= {(None, False)}
        for one in offered:
            name, content = _texts(one)["filename"], phone.get(_texts(one)["downloadUrl"]).content
            assert _texts(one)["hash"] == "md5:" + hashlib.md5(content).hexdigest()
            [columns] = csv.reader(io.StringIO(content.decode()))
            if name == "applicants.csv":
                assert saved <= {*columns}
                columns.remove("__version")
            assert tuple(columns) == COLUMNS[name.removesuffix(".csv")]


def test_a_form_that_was_listed_once_is_read_from_the_store_no_more(home: Home, phone: Phone) -> None:
    """Phones ask for the list again and again; a version never changes, a new one is listed at once."""
    content = publish(home, reads_list=True)
    asked = ("formList", "forms/visit/2/manifest")
    first = [phone.get(page).content for page in asked]
    home.store.path(hashlib.sha256(content).hexdigest()).unlink()
    assert [phone.get(page).content for page in asked] == first
    publish(home, "other", "7")
    assert b"other" in phone.get("formList").content
