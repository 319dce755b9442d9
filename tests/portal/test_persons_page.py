"""A person's request in the portal: found, given and erased, each logged first; consents taken back."""

import io
import json
import zipfile

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from mochocho.app import access_chain
from mochocho.app.asked_work import do_asked
from mochocho.app.asked_work.asked_works import State
from mochocho.app.erasing import ledger_of_erasures, run_erasure
from mochocho.app.pipeline.conveyor import run_once
from mochocho.app.tables import AskedWorkRow
from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from processing.decisions import recorded
from processing.decisions.decision import Kind
from processing.tables import ApplicantRow
from sync import officers
from sync.tables import Officer
from tests.integration import province_mirror as mirror
from tests.integration.province_mirror import ENTITY
from tests.portal.conftest import (
    HERE,
    NATIONAL_ID,
    PASSWORD,
    PHONE,
    Browser,
    Clock,
    hidden,
    made_site,
    signed_in,
)
from tests.portal.refused import refused_at
from tests.portal.test_packets_page import ended

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


def looked_at(province: Browser, home: Home, idle: list[int], **who: str) -> str:
    """The address at which is shown what would go."""
    asked = province.send("/persons/erase", reason=WHY, **who)
    assert asked.status_code == 303
    do_asked.do(home, idle[-1])
    return asked.location


def confirmed(province: Browser, path: str) -> TestResponse:
    seen = hidden(province.get(path).text, "seen")
    return province.send(path, seen=seen, password=PASSWORD)


def test_what_was_looked_at_is_erased_after_the_password(
    province: Browser, own_home: Home, idle: list[int]
) -> None:
    path = province.send("/persons/erase", key=LEADER, reason=WHY).location
    assert "<progress" in province.get(path).text
    do_asked.do(own_home, idle[-1])
    with reading(own_home.engine) as session:
        name = session.get_one(ApplicantRow, LEADER).name
    page = province.get(path).text
    assert "จะลบ" in page
    assert name in page
    assert ("person", LEADER, WHY) in kinds(own_home)
    assert f'href="{path}">ดูผล' in province.get("/persons").text
    seen = hidden(page, "seen")
    stale = province.send(path, seen="0" * 64, password=PASSWORD)
    assert (stale.status_code, "ไม่เหมือนที่แสดงไว้" in stale.text) == (409, True)
    refused_at(province.send(path, seen=seen, password="ไม่ใช่"), "erase-password")
    done = province.send(path, seen=seen, password=PASSWORD).location
    again = province.send(path, seen=seen, password=PASSWORD)
    assert (again.location, idle) == (done, [1, 2]), "it is not begun twice"
    do_asked.do(own_home, idle[-1])
    assert "ลบข้อมูลแล้ว ครั้งที่ 1" in province.get(done).text
    assert "ทะเบียนผู้สมัคร 1" in province.get(done).text
    assert "อาจมีผู้ยืนยันไปแล้ว" in province.get(path).text
    with reading(own_home.engine) as session:
        assert session.get(ApplicantRow, LEADER) is None
        works = [*map(str, session.execute(select(AskedWorkRow.__table__)))]
    assert not any(one in work for work in works for one in (name, NATIONAL_ID, LEADER))
    files = [one.read_bytes() for one in own_home.settings.cache_dir.rglob("*") if one.is_file()]
    assert not any(one.encode() in file for file in files for one in (name, NATIONAL_ID, LEADER))
    assert ("erasure", LEADER, f"{WHY} โดย นางจังหวัด ตัวอย่าง") in kinds(own_home)
    (logged,) = (row for row in access_chain.last(own_home, 50) if row.what == "erasure")
    assert (logged.name, logged.page) == ("นางจังหวัด ตัวอย่าง", path)
    assert access_chain.broken(own_home) == []


@pytest.mark.long
def test_it_is_erased_by_a_process_of_its_own_beside_the_portal(province: Browser, own_home: Home) -> None:
    """Whose connections stay open."""
    path = province.send("/persons/erase", key=LEADER, reason=WHY).location
    assert ended(own_home, 1).state is State.DONE
    done = confirmed(province, path).location
    assert ended(own_home, 2).state is State.DONE
    assert "ลบข้อมูลแล้ว ครั้งที่ 1" in province.get(done).text


def test_what_changed_since_it_was_shown_is_shown_anew(
    province: Browser, own_home: Home, idle: list[int]
) -> None:
    path = looked_at(province, own_home, idle, key=LEADER)
    mirror.send(own_home, mirror.sheet(own_home, 7))
    run_once(own_home)
    other = confirmed(province, path).location
    do_asked.do(own_home, idle[-1])
    page = province.get(other).text
    assert "สิ่งที่จะลบไม่เหมือนที่แสดงไว้ ยังไม่ได้ลบ" in page
    with reading(own_home.engine) as session:
        assert session.get(ApplicantRow, LEADER)
    last = confirmed(province, other).location
    assert last not in (path, other)
    do_asked.do(own_home, idle[-1])
    assert "แบบประเมินของกรรมการ 1" in province.get(last).text
    assert "ไม่พบข้อมูลของบุคคลนี้" in province.get(looked_at(province, own_home, idle, key=LEADER)).text


def test_one_erasure_at_a_time_and_one_that_was_cut_off_is_finished_first(
    province: Browser, own_home: Home, clock: Clock, idle: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (looked_at(province, own_home, idle, key=ENTITY.format(one)) for one in (7, 1))
    assert confirmed(province, first).status_code == 303
    another = confirmed(province, second)
    assert (another.status_code, "กำลังลบตามคำขออื่นอยู่" in another.text) == (409, True)
    with monkeypatch.context() as broken:
        broken.setattr(run_erasure, "make_compact", lambda _home: 1 / 0)
        do_asked.do(own_home, idle[-1])
    with reading(own_home.engine) as session:
        assert ledger_of_erasures.unfinished(session)
    clock.later(seconds=60)
    assert "ค้นใหม่" in province.get(second).text, "the cache is empty"
    third = looked_at(province, own_home, idle, key=ENTITY.format(1))
    with reading(own_home.engine) as session:
        assert ledger_of_erasures.unfinished(session) is None
    assert confirmed(province, third).status_code == 303
    clock.later(minutes=15)
    assert "<progress" in province.get(f"/persons/erasures/{idle[-1]}").text, (
        "it may hold the database so long"
    )
    clock.later(minutes=15)
    assert "การลบที่ค้างอยู่จะทำต่อจนจบก่อน" in province.get(f"/persons/erasures/{idle[-1]}").text


def test_who_still_serves_is_refused_with_what_comes_first(
    province: Browser, own_home: Home, idle: list[int]
) -> None:
    number, _ = officers.add(own_home, "นายสนามดี ตัวอย่าง", [HERE])
    page = province.get(looked_at(province, own_home, idle, name="นายสนามดี ตัวอย่าง")).text
    assert "<p>ยังลบไม่ได้ เพราะบุคคลนี้ยังปฏิบัติหน้าที่อยู่</p>" in page
    first = f"<p>รหัสของโทรศัพท์ เจ้าหน้าที่เลขที่ {number} ยังใช้ได้ ให้ยกเลิกที่หน้าเจ้าหน้าที่ในพอร์ทัล"
    assert first in page


def test_of_a_name_of_several_people_somebody_ticks_what_goes(
    province: Browser, own_home: Home, idle: list[int]
) -> None:
    name = "นางซ้ำกัน ตัวอย่าง"
    former, _ = officers.add(own_home, name, [HERE])
    officers.revoke(own_home, former)
    other, _ = officers.add(own_home, "ซ้ำกัน ตัวอย่าง", [HERE])
    path = looked_at(province, own_home, idle, name=name)
    page = province.get(path).text
    assert "ยังไม่ได้ลบ" in page
    assert "checked" not in page
    assert f'value="officer:{other}"> <span>เจ้าหน้าที่ที่ใช้โทรศัพท์ เลขที่ {other} เมืองเชียงราย' in page
    assert ("person", "", WHY) in kinds(own_home)
    refused_at(province.send(f"{path}/parts"), "only")
    chosen = province.send(f"{path}/parts", only=f"officer:{former}").location
    do_asked.do(own_home, idle[-1])
    told = f"เฉพาะส่วนที่เลือกว่าเป็นของบุคคลนี้: เจ้าหน้าที่ที่ใช้โทรศัพท์ เลขที่ {former}"
    assert told in province.get(chosen).text
    gone = confirmed(province, chosen).location
    do_asked.do(own_home, idle[-1])
    assert told in province.get(gone).text
    with reading(own_home.engine) as session:
        names = {row.id: row.name for row in session.scalars(select(Officer))}
    assert (names[former], names[other]) == ("(ลบข้อมูลแล้ว)", "ซ้ำกัน ตัวอย่าง")


def test_where_nothing_can_be_logged_nothing_is_found(
    province: Browser, own_home: Home, idle: list[int]
) -> None:
    with transaction(own_home.engine, counted=False) as session:
        session.connection().exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON portal_access BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
    assert "บันทึกการเข้าถึงไม่ได้" in province.get(looked_at(province, own_home, idle, key=LEADER)).text
    for path, more in (("find", {}), ("export", {"identified_by": "นางพิสูจน์ ตัวอย่าง"})):
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
