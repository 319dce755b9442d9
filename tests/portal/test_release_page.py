"""ออกเอกสาร: findings lead to where they are mended; a release, its files and an addendum, by the page."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import unescape

import pymupdf
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from mochocho.app import access_chain
from mochocho.app.asked_work import asked_process, do_asked
from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from mochocho.words.model import Gate, Outcome, Resolution
from processing.assessment import assess
from processing.decisions.recorder import record_all
from processing.meetings import kept
from processing.meetings.meeting import Level, Meeting
from processing.releases import kept_releases
from reports.packet.make_packet import make_packet
from tests.integration.province_mirror import ENTITY
from tests.portal.conftest import ORIGIN, PASSWORD, Browser, Clock, hidden, made_site, signed_in
from tests.portal.refused import refused_at
from tests.portal.test_second_factor import set_up

PAGE, ADDENDUM = "/packets/release", "/packets/addendum"
MEETING = Meeting(Level.PROVINCE, "1/2568", day=date(2025, 5, 1), starts="14:30", ends="09:00", place="ห้อง")
ERRORS = ["annex.not_bound", "day.does_not_fit", "hours.ends_first"]
REASON = "แจกในห้องประชุม {{7*7}} #panic()"
PASS = Resolution(
    Gate.DISTRICT, Outcome.PASS, "คณะกรรมการ", "1/2568", date(2025, 4, 10), "ครบ", "นางบันทึก ตัวอย่าง"
)


def keep(home: Home, meeting: Meeting, *, based_on: int) -> None:
    with transaction(home.engine) as session:
        kept.keep(session, meeting, "นางบันทึก ตัวอย่าง", based_on=based_on)


@pytest.fixture
def site(own_home: Home, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Work that is asked for is done at once; that a process of its own does it, test_packets_page shows."""
    monkeypatch.setattr(asked_process, "begin", lambda _settings, number: do_asked.do(own_home, number))
    keep(own_home, MEETING, based_on=0)
    return made_site(own_home, clock)


@pytest.fixture
def clerk(site: Flask) -> Browser:
    return signed_in(site, "province")


def released(home: Home) -> list[str]:
    with reading(home.engine) as session:
        return [one.release.name for one in kept_releases.releases(session)]


def resolved(home: Home, gate: Gate) -> None:
    record_all(home, [(ENTITY.format(1), replace(PASS, gate=gate))])
    assess.do(home, assess.due(home))


def test_each_finding_leads_to_the_page_where_it_is_mended(clerk: Browser) -> None:
    page = clerk.get(PAGE).text
    leads = re.findall(r'href="([^"]+)" aria-label="ไปแก้', page)
    assert "/settings/meetings/part/when/province:1/2568#ends" in leads
    assert "/settings/meetings/of/province:1/2568#rest" in leads
    for one in set(leads):
        address, _, anchor = one.partition("#")
        answer = clerk.get(unescape(address))
        assert answer.status_code == 200, one
        assert not anchor or f'id="{anchor}"' in answer.text, one


def test_a_packet_is_released_told_of_and_given_out(clerk: Browser, own_home: Home, clock: Clock) -> None:
    phone, recovery = set_up(clerk, clock)
    resolved(own_home, Gate.DISTRICT)
    assert "ทำชุดเอกสารและเปิดดู" in clerk.get(PAGE).text
    asked = {"override": ERRORS, "reason": REASON, "password": PASSWORD}
    refused(clerk, asked, "ข้อมูลเปลี่ยนหลังจากทำ")
    make_packet(own_home, own_home.packet_dir)
    left = f"ยังมีข้อที่ต้องแก้ก่อนลงนาม 1 ข้อ ให้แก้ หรือเลือกออกทั้งที่ยังไม่แก้พร้อมเหตุผล: {ERRORS[2]}"
    wrong = {"override": ERRORS[:2], "reason": "...", "password": "ไม่ใช่", "code": phone.at(clock())}
    refused(clerk, wrong, left, "override", "reason", "release-password")
    refused(clerk, asked | {"committee": "yes"}, "ข้อมูลเปลี่ยนหลังจากทำ")
    refused(
        clerk, asked | {"code": phone.at(clock())}, "รหัสไม่ถูกต้องหรือใช้ไปแล้ว", "release-code"
    )  # that set it up
    clock.later(seconds=60)
    asked["code"] = phone.at(clock())
    refused(clerk, asked | {"password": "ไม่ใช่"}, "รหัสผ่านไม่ถูกต้อง", "release-password")  # which uses up no code
    assert released(own_home) == []

    assert sent(clerk, PAGE, asked).location == "/packets"
    assert released(own_home) == ["province:1/2568 1"]
    assert "ออกเอกสารชุดที่ 1 แล้ว จดไว้ในรายงานการประชุม: 1:" in clerk.get("/packets").text
    logged = access_chain.last(own_home, 1)[0]
    assert (logged.what, logged.about, logged.reason) == ("packet", "release", " ".join(ERRORS))
    page = clerk.get(PAGE).text
    assert f"เหตุผล: {REASON}" in unescape(page)
    with pymupdf.open("pdf", given(clerk, own_home, "/packets/released/1/note.pdf")) as note:
        assert "#panic()" in "".join(one.get_text() for one in note)
    bound = given(clerk, own_home, "/packets/released/1/packet.pdf")

    assert "ไม่มีอะไรเปลี่ยน" in page
    resolved(own_home, Gate.PROVINCE)
    page = clerk.get(PAGE).text
    assert "แฟ้มที่ 1 กลุ่มทอผ้าตัวอย่าง 1: มติระดับจังหวัด" in page
    shown = {"seen": hidden(page, "seen"), "password": PASSWORD}
    keep(own_home, replace(MEETING, place="ห้องประชุมใหญ่"), based_on=1)
    assert sent(clerk, ADDENDUM, shown).status_code == 409  # it would tell more than was shown
    shown["seen"] = hidden(clerk.get(PAGE).text, "seen")
    refused_at(sent(clerk, ADDENDUM, shown | {"code": asked["code"]}), "addendum-code")
    assert sent(clerk, ADDENDUM, shown | {"code": recovery[0]}).location == "/packets"
    assert "ทำใบแทรกฉบับที่ 1 แล้ว 2 รายการ" in clerk.get("/packets").text
    assert released(own_home) == ["province:1/2568 1", "province:1/2568 1+1"]
    with pymupdf.open("pdf", given(clerk, own_home, "/packets/released/2/addendum.pdf")) as paper:
        assert "ห้องประชุมใหญ่" in "".join(one.get_text() for one in paper)
    assert given(clerk, own_home, "/packets/released/1/packet.pdf") == bound
    for unknown in ("1/addendum.pdf", "9/packet.pdf", "1/..%2f2%2frelease.json"):
        assert clerk.get(f"/packets/released/{unknown}").status_code == 404


def test_a_release_or_addendum_that_was_overtaken_says_so(
    clerk: Browser, own_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sent_late(path: str, values: dict[str, object], happens: Callable[[], None]) -> None:
        """Something happens after it was asked for and before it is done."""

        def begin(_settings: object, number: int) -> None:
            happens()
            do_asked.do(own_home, number)

        with monkeypatch.context() as overtaken:
            overtaken.setattr(asked_process, "begin", begin)
            assert sent(clerk, path, values).status_code == 303

    make_packet(own_home, own_home.packet_dir)
    asked = {"override": ERRORS, "reason": REASON, "password": PASSWORD}
    sent_late(PAGE, asked, lambda: resolved(own_home, Gate.DISTRICT))
    assert released(own_home) == []
    assert "มีผู้บันทึกข้อมูลระหว่างที่กำลังออกเอกสาร" in clerk.get("/packets").text
    make_packet(own_home, own_home.packet_dir)
    sent(clerk, PAGE, asked)
    resolved(own_home, Gate.PROVINCE)
    shown = {"seen": hidden(clerk.get(PAGE).text, "seen"), "password": PASSWORD}
    sent_late(ADDENDUM, shown, lambda: keep(own_home, replace(MEETING, place="ห้องเล็ก"), based_on=1))
    assert released(own_home) == ["province:1/2568 1"]
    assert "รายการที่เปลี่ยนไม่เหมือนที่แสดงไว้" in clerk.get("/packets").text


def sent(browser: Browser, path: str, values: dict[str, object]) -> TestResponse:
    data = {"csrf": browser.token(), **values}
    return browser.post(path, data=data, headers={"Origin": ORIGIN})


def refused(browser: Browser, values: dict[str, object], why: str, *fields: str) -> None:
    assert why in refused_at(sent(browser, PAGE, values), *fields)


def given(browser: Browser, home: Home, path: str) -> bytes:
    """A file as it is given out; the row of the log names it."""
    with browser.get(path) as answer:
        assert answer.status_code == 200, path
        content = answer.data
    row = access_chain.last(home, 1)[0]
    assert (row.what, row.about, row.page) == ("packet", hashlib.sha256(content).hexdigest(), path)
    return content


def test_without_a_meeting_nothing_is_released(settled: Home) -> None:
    browser = signed_in(made_site(settled, Clock()), "province")
    assert 'href="/settings/meetings"' in browser.get(PAGE).text
    refused(browser, {"password": PASSWORD}, "ยังไม่ได้ตั้งการประชุม จึงยังออกเอกสารไม่ได้")
    for role in ("district", "viewer", "admin"):
        assert signed_in(made_site(settled, Clock()), role).get(PAGE).status_code == 403
