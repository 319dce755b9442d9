"""ปฏิทิน: how districts stand on a day, to whom that is shown, and the letter to a late one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import unquote

import pymupdf
import pytest
from flask import Flask
from sqlalchemy import select, update

from mochocho.app import access_chain
from mochocho.app.pipeline.conveyor import run_once
from mochocho.app.portal.access import accounts
from mochocho.app.portal.access.roles import Role
from mochocho.settings.config import Calendar, Extension, Term
from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from processing.assessment import assess
from processing.deadlines.arrivals import arrivals
from processing.rounds.calendar import Stage
from processing.tables import StandingRow
from tests.integration import nakhon_sawan as ns
from tests.integration import province_mirror as mirror
from tests.portal.conftest import HERE, PASSWORD, THERE, Clock, made_site, signed_in

AT = datetime(2018, 5, 24, 18, tzinfo=UTC)  # in Thailand already the 25th, a week after the lists are due
LETTER = f"/calendar/reminder/{ns.LACKING.code}"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    found = ns.copied(tmp_path_factory, tmp_path_factory.mktemp("calendar") / "copy")
    for role in (Role.PROVINCE, Role.DISTRICT, Role.ASSESSOR):
        districts = () if role is Role.PROVINCE else (ns.FULL.code, ns.LACKING.code)
        given = accounts.add(found, role.value, f"นาง{role.value} ตัวอย่าง", role, districts)
        account = next(one for one in accounts.every(found) if one.login == role.value)
        assert accounts.change_password(found, account, given, PASSWORD) == ""
    yield found
    found.engine.dispose()


@pytest.fixture
def site(home: Home) -> Flask:
    return made_site(home, Clock(AT))


def headings(page: str) -> list[str]:
    return [part.partition(">")[2].partition("<")[0] for part in page.split("<h2")[1:]]


def test_the_latest_districts_come_first_and_each_says_how_late_it_is(site: Flask) -> None:
    page = signed_in(site, "province").get("/calendar").text
    assert "เกินกำหนดและยังไม่ครบ 2 อำเภอ จาก 15 อำเภอ" in page
    assert "ณ วันที่ 25 พฤษภาคม 2561" in page
    late = [f"อำเภอ{one.name_th}" for one in (ns.LACKING, ns.NOBODY)]
    assert headings(page)[:3] == [*late, f"อำเภอ{ns.FULL.name_th}"]
    lacking = page.partition(late[0])[2].partition("</section>")[0]
    assert "0 จาก 1 ราย" in lacking
    assert '<span class="tag nw bad">เกินกำหนด 7 วัน</span>' in lacking
    assert '<span class="tag nw no">เหลือ 77 วัน</span>' in lacking  # the report of results
    came_late = page.partition(f"อำเภอ{ns.LATE.name_th}")[2].partition("</section>")[0]
    assert '<span class="tag nw warn">ครบ ช้ากว่ากำหนด 2 วัน</span>' in came_late
    assert page.count("/calendar/reminder/") == 2


def test_the_letter_is_logged_before_it_goes_and_names_what_is_late(site: Flask, home: Home) -> None:
    answer = signed_in(site, "province").get(LETTER)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert unquote(answer.headers["Content-Disposition"]).endswith(
        f"หนังสือเร่งรัดการดำเนินงาน อำเภอ{ns.LACKING.name_th}.pdf"
    )
    with pymupdf.open("pdf", answer.data) as book:
        text = "".join(page.get_text() for page in book)
    assert "กลุ่มแปรรูปตัวอย่าง" in text
    newest = access_chain.last(home, 1)[0]
    assert (newest.what, newest.name, newest.page) == ("letter", "นางprovince ตัวอย่าง", LETTER)
    assert newest.reason.endswith(f"อำเภอ{ns.LACKING.name_th}")


@pytest.mark.parametrize("code", [ns.FULL.code, "9999", "x"])
def test_where_nothing_is_late_there_is_no_letter(site: Flask, home: Home, code: str) -> None:
    browser = signed_in(site, "province")
    before = access_chain.last(home, 1)
    assert browser.get(f"/calendar/reminder/{code}").status_code == 404
    assert access_chain.last(home, 1) == before


def test_a_district_sees_its_own_days_and_the_letter_is_the_provinces(site: Flask) -> None:
    browser = signed_in(site, "district")
    page = browser.get("/calendar").text
    assert headings(page) == [f"อำเภอ{one.name_th}" for one in (ns.LACKING, ns.FULL)]
    assert "/calendar/reminder/" not in page
    assert browser.get(LETTER).status_code == 404
    assert signed_in(site, "assessor").get("/calendar").status_code == 403


def test_a_day_of_its_own_is_shown_with_its_reason_and_a_strange_district_is_told(home: Home) -> None:
    def page(district: str) -> str:
        own = Extension(
            district=district, stage=Stage.APPLICANT_LIST.value, due=date(2018, 5, 25), reason="น้ำ<b> {{7*7}}"
        )
        calendar = home.settings.calendar.model_copy(update={"extensions": (own,)})
        site = made_site(home, Clock(AT))
        site.extensions["mochocho.home"] = replace(
            home, settings=home.settings.model_copy(update={"calendar": calendar})
        )
        return signed_in(site, "province").get("/calendar").text

    shown = page(ns.LACKING.name_th)
    assert "เดิม 18 พ.ค. 2561 เหตุผล: น้ำ&lt;b&gt; {{7*7}}" in shown
    assert '<span class="tag nw warn">ครบกำหนดวันนี้</span>' in shown
    assert "เกินกำหนดและยังไม่ครบ 1 อำเภอ" in shown
    assert "ไม่มีอำเภอ “แม่จัน” ให้แก้ชื่ออำเภอในการตั้งค่า" in page("แม่จัน")


def test_without_a_calendar_the_page_says_where_it_is_set(settled: Home) -> None:
    page = signed_in(made_site(settled, Clock()), "province").get("/calendar").text
    assert "ยังไม่ได้กำหนดวันครบกำหนด" in page
    assert 'href="/settings/calendar"' in page


def test_what_comes_in_is_on_the_page_at_once(own_home: Home) -> None:
    calendar = Calendar(application=Term(due=date(2025, 5, 1)))
    site = made_site(own_home, Clock())
    site.extensions["mochocho.home"] = replace(
        own_home, settings=own_home.settings.model_copy(update={"calendar": calendar})
    )
    browser = signed_in(site, "province")
    assert "5 จาก 5 ราย" in browser.get("/calendar").text
    mirror.send(own_home, mirror.application(own_home, 8, district=HERE))
    run_once(own_home)
    assert "6 จาก 6 ราย" in browser.get("/calendar").text


def test_what_an_earlier_version_kept_is_read_as_it_is_and_kept_at_the_next_run(own_home: Home) -> None:
    before = arrivals(own_home, [HERE, THERE])
    assert {stage for one in before for stage in one.done} >= {Stage.APPLICATION, Stage.ONSITE}
    with transaction(own_home.engine) as session:
        session.execute(update(StandingRow).values(done=None))
    assert arrivals(own_home, [HERE, THERE]) == before  # as in a cycle that is closed
    assessed = assess.do(own_home, assess.due(own_home))
    assert (assessed.computed, assessed.pointed) == (0, 7)
    with reading(own_home.engine) as session:
        assert (
            session.scalars(select(StandingRow.assessment_id).where(StandingRow.done.is_(None))).all() == []
        )
    assert arrivals(own_home, [HERE, THERE]) == before
