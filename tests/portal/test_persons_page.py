"""A person's request in the portal: found, given and erased, each logged first; consents taken back."""

import io
import json
import zipfile

import pytest

from mochocho.app import access_chain
from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from processing.decisions import recorded
from processing.decisions.decision import Kind
from processing.tables import ApplicantRow
from sync import officers
from tests.integration.province_mirror import ENTITY
from tests.portal.conftest import HERE, NATIONAL_ID, PASSWORD, PHONE, Browser, Clock, made_site, signed_in
from tests.portal.refused import refused_at

LEADER, WHY = ENTITY.format(7), "คำขอที่ 21/2568"


@pytest.fixture
def province(own_home: Home, clock: Clock) -> Browser:
    return signed_in(made_site(own_home, clock), "province")


def kinds(home: Home) -> list[tuple[str, str, str]]:
    return [(row.what, row.about, row.reason) for row in reversed(access_chain.last(home, 50))]


def test_a_request_is_answered_and_each_step_logged_first(province: Browser, own_home: Home) -> None:
    assert f'value="{LEADER}"' in province.get(f"/persons?key={LEADER}").text
    page = province.send("/persons/find", national_id=NATIONAL_ID, reason=WHY).text
    assert "เลขประจำตัว โทรศัพท์ และที่อยู่" in page
    assert PHONE not in page
    assert NATIONAL_ID not in page.replace(f'value="{NATIONAL_ID}"', "")
    assert ("person", LEADER, WHY) in kinds(own_home)

    asked = {"national_id": NATIONAL_ID, "reason": WHY}
    refused_at(province.send("/persons/export", **asked, identified_by=" "), "identified_by")
    given = province.send("/persons/export", **asked, identified_by="นางพิสูจน์ ตัวอย่าง")
    assert given.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(given.data)) as archive:
        assert json.loads(archive.read("ข้อมูล.json"))["keys"] == [LEADER]
    assert ("person", LEADER, f"{WHY} ผู้พิสูจน์ตัว นางพิสูจน์ ตัวอย่าง") in kinds(own_home)


def test_what_was_looked_at_is_erased_after_the_password(province: Browser, own_home: Home) -> None:
    asked = {"key": LEADER, "reason": WHY}
    page = province.send("/persons/erase", **asked).text
    assert "จะลบ" in page
    seen = page.partition('name="seen" value="')[2][:64]
    stale = province.send("/persons/erase", **asked, seen="0" * 64, password=PASSWORD)
    assert (stale.status_code, "ไม่เหมือนที่แสดงไว้" in stale.text) == (409, True)
    refused_at(province.send("/persons/erase", **asked, seen=seen, password="ไม่ใช่"), "erase-password")
    with reading(own_home.engine) as session:
        assert session.get(ApplicantRow, LEADER)
    done = province.send("/persons/erase", **asked, seen=seen, password=PASSWORD)
    assert "ลบข้อมูลแล้ว ครั้งที่ 1" in done.text
    with reading(own_home.engine) as session:
        assert session.get(ApplicantRow, LEADER) is None
    assert ("erasure", LEADER, f"{WHY} โดย นางจังหวัด ตัวอย่าง") in kinds(own_home)
    (logged,) = (row for row in access_chain.last(own_home, 50) if row.what == "erasure")
    assert (logged.name, logged.page) == ("นางจังหวัด ตัวอย่าง", "/persons/erase")
    assert access_chain.broken(own_home) == []
    assert "ไม่พบข้อมูลของบุคคลนี้" in province.send("/persons/erase", **asked).text


def test_who_still_serves_is_refused_with_what_comes_first(province: Browser, own_home: Home) -> None:
    number, _ = officers.add(own_home, "นายสนามดี ตัวอย่าง", [HERE])
    answer = province.send("/persons/erase", name="นายสนามดี ตัวอย่าง", reason=WHY)
    assert answer.status_code == 409
    assert "<li>ยังลบไม่ได้ เพราะบุคคลนี้ยังปฏิบัติหน้าที่อยู่</li>" in answer.text
    first = f"<li>รหัสของโทรศัพท์ เจ้าหน้าที่เลขที่ {number} ยังใช้ได้ ให้ยกเลิกที่หน้าเจ้าหน้าที่ในพอร์ทัล"
    assert first in answer.text


def test_where_nothing_can_be_logged_nothing_is_found(province: Browser, own_home: Home) -> None:
    with transaction(own_home.engine, counted=False) as session:
        session.connection().exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON portal_access BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
    for path, more in (("find", {}), ("export", {"identified_by": "นางพิสูจน์ ตัวอย่าง"}), ("erase", {})):
        answer = province.send(f"/persons/{path}", key=LEADER, reason=WHY, **more)
        assert answer.status_code in (409, 503), path
        assert "เลขประจำตัว โทรศัพท์ และที่อยู่" not in answer.text


def test_a_consent_is_taken_back_once(province: Browser, own_home: Home) -> None:
    path = f"/applicants/{LEADER}/consent"
    assert province.send(path, what="ถอนความยินยอมใช้ภาพถ่าย", reason=WHY).status_code == 303
    again = province.send(path, what="ถอนความยินยอมใช้ภาพถ่าย", reason=WHY)
    with reading(own_home.engine) as session:
        (one,) = [row for row in recorded.about_applicant(session, LEADER) if row.kind is Kind.OBJECT]
    assert (one.about, one.reason, one.recorded_by) == ("photo", WHY, "นางจังหวัด ตัวอย่าง")
    assert again.status_code in (303, 409)
