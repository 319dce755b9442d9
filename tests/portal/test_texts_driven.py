"""Texts edited beside their page, then the packet released, in Chromium as a clerk does it."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from mochocho.app.asked_work import asked_process, do_asked
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from processing.meetings import kept
from processing.meetings.meeting import OwnText
from processing.meetings.passages import Passage
from reports.packet.make_packet import make_packet
from tests.portal.conftest import PASSWORD, copied
from tests.portal.driven import SIZES, Driven, driven, listening
from tests.portal.test_texts_page import LETTER, MEETING, keep, stored

FIELD = "[name='invitation.closing']"


@pytest.fixture(scope="module")
def office(settled: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Home, Driven]]:
    """Chromium, signed in, on a home with a meeting and its packet made."""
    with copied(settled, tmp_path_factory.mktemp("office")) as home:
        keep(home, MEETING)
        make_packet(home, home.packet_dir)
        with listening(home) as url, driven(url) as browser:
            browser.sign_in("province")
            yield home, browser


def test_a_text_is_seen_on_its_page_and_kept(office: tuple[Home, Driven]) -> None:
    home, browser = office
    for size in SIZES:
        browser.size(*size)
        for path in ("/packets/texts", LETTER):
            browser.open(path)
            assert browser.axe() == [], path
            assert not browser.too_wide(), path
    browser.size(1366, 768)
    browser.run("window.kept = true; window.before = document.querySelector('.looks img').src")
    browser.run(f"document.querySelector(\"{FIELD}\").value = 'จึงเรียนมา{{วันประชม}}'")
    browser.click("[value=look]")
    browser.until("document.querySelector('[aria-invalid=true]')")
    assert browser.axe() == []
    browser.run(f"document.querySelector(\"{FIELD}\").value = 'จึงเรียนมา ใน{{วันประชุม}}'")
    browser.click("[value=look]")
    browser.until("!document.querySelector('[aria-invalid]')")
    assert browser.run("return window.kept && document.querySelector('.looks img').src !== window.before")
    with reading(home.engine) as session:
        version = kept.version_of(session, MEETING.key)
    browser.click("[value=save]")
    browser.until(f"document.querySelector('#live').textContent.includes('เป็นฉบับที่ {version + 1}')")
    assert stored(home).texts == (OwnText(Passage.INVITATION_CLOSING, ("จึงเรียนมา ใน{วันประชุม}",)),)
    assert browser.console() == []


def test_a_packet_is_released_and_an_addendum_follows(
    office: tuple[Home, Driven], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, browser = office

    def begin(_settings: object, number: int) -> None:
        threading.Thread(target=do_asked.do, args=(home, number)).start()

    monkeypatch.setattr(asked_process, "begin", begin)
    browser.open("/packets/release")
    for box in browser.driver.find_elements("css selector", "[name=override]"):
        box.click()
    if browser.driver.find_elements("css selector", "#reason"):
        browser.find("#reason").send_keys("แจกในห้องประชุม")
    browser.find("[name=archive]").click()  # what that keeps, test_releases shows
    browser.find("#release-password").send_keys(PASSWORD)
    browser.click("form[action$='/release'] button")
    browser.becomes("main", lambda text: "ออกเอกสารชุดที่ 1 แล้ว" in text)
    browser.open("/packets/release")
    assert "ไม่มีอะไรเปลี่ยน" in browser.find("main").text
    keep(home, replace(stored(home), place="ห้องเล็ก"))
    browser.open("/packets/release")
    browser.find("#addendum-password").send_keys(PASSWORD)
    browser.click("form[action$='/addendum'] button")
    browser.becomes("main", lambda text: "ใบแทรกฉบับที่ 1" in text)
    assert browser.axe() == []
    assert browser.console() == []
