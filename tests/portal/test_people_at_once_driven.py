"""Several people, broken lines: nothing is lost or doubled, and no screen says saved before it is."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from mochocho.app.migrations.migrate import upgrade
from mochocho.app.pipeline.conveyor import run_once
from mochocho.settings.config import load_settings
from mochocho.storage.db import reading
from mochocho.storage.home import Home, open_home
from processing.decisions import recorded
from processing.decisions.decision import Decision, Kind
from tests import databases
from tests.integration import commands
from tests.integration import province_mirror as mirror
from tests.portal.conftest import HERE, Clock, made_site, settle, signed_in
from tests.portal.driven import Driven, driven, listening
from tests.portal.test_queue_driven import press
from tests.portal.test_queue_page import dark, form

ROOT = Path(__file__).parents[2]
RESOLUTIONS = f"/resolutions/district/{HERE}"
MEETING = {"committee": "คณะกรรมการอำเภอตัวอย่าง", "meeting": "1/2568", "day": "10 เมษายน 2568", "present": "7"}
SAVED = "บันทึกมติ 1 รายแล้ว"
UNCERTAIN = "ยังไม่ยืนยันว่าบันทึกแล้ว"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Home, Path, Driven]]:
    """A home with dark documents and units to be resolved, its settings, and Chromium on its portal."""
    folder = tmp_path_factory.mktemp("office")
    settings = commands.settings(folder)
    home = open_home(load_settings(settings))
    upgrade(home.engine)
    settle(home, 4)
    for number in range(21, 24):
        mirror.send(home, unclear(home, number))
    run_once(home)
    with databases.closing(home), listening(home) as url, driven(url) as browser:
        browser.size(1366, 768)
        yield home, settings, browser


def unclear(home: Home, number: int, edit: int = 0) -> mirror.Form:
    sent = mirror.application(home, number, district=HERE)
    sent.edit = edit
    sent.files = {name: dark(number * 100 + edit * 50 + place) for place, name in enumerate(sent.files)}
    return sent


def decisions(home: Home) -> list[Decision]:
    with reading(home.engine) as session:
        last = recorded.last_number(session)
        return list(recorded.numbered(session, range(1, last + 1)).values())


def test_a_colleague_decides_the_document_that_is_on_the_screen(office: tuple[Home, Path, Driven]) -> None:
    home, _, browser = office
    earlier = decisions(home)
    browser.sign_in("district")
    browser.open("/documents")
    own = browser.run(
        "return document.querySelector('form[data-swap] [name=shown]').form.getAttribute('action')"
    )
    colleague = signed_in(made_site(home, Clock()), "province")
    path, sent = form(colleague.get(own).text)
    assert colleague.send(path, verdict="return", **{**sent, "reason": "2"}).status_code == 303
    before = decisions(home)
    press(browser, "KeyA", "ฟ")
    browser.until("document.querySelector('.dc [role=alert]')")
    assert "นางจังหวัด ตัวอย่าง" in browser.find(".dc").text
    assert "ยังไม่บันทึก" in browser.find(".dc [role=alert]").text
    assert "รับแล้ว" not in browser.find("#live").text
    assert decisions(home) == before
    press(browser, "KeyA", "ฟ")  # knowingly
    browser.until("document.querySelector('#live').textContent.includes('รับแล้ว')")
    made = decisions(home)[len(earlier) :]
    assert [one.kind for one in made] == [Kind.DOCUMENT_RETURN, Kind.DOCUMENT_ACCEPT]


def test_a_phone_edits_the_document_that_is_on_the_screen(office: tuple[Home, Path, Driven]) -> None:
    home, _, browser = office
    browser.sign_in("district")
    browser.open("/documents")
    shown = browser.run("return document.querySelector('#picture').getAttribute('src')")
    key = browser.run("return document.querySelector('a[href^=\"/applicants/1\"]').getAttribute('href')")
    before = decisions(home)
    mirror.send(home, unclear(home, int(key[-2:]), edit=1))
    run_once(home)
    press(browser, "KeyA", "ฟ")
    browser.until("document.querySelector('.dc [role=alert]')")
    assert "ยังไม่บันทึก" in browser.find(".dc [role=alert]").text
    assert browser.run("return document.querySelector('#picture').getAttribute('src')") != shown
    assert decisions(home) == before


def chosen(browser: Driven, row: int) -> None:
    """The meeting is typed and a pass chosen for one row, nothing sent."""
    browser.open(RESOLUTIONS)
    for name, text in MEETING.items():
        field = browser.find(f"#f-{name}")
        field.clear()
        field.send_keys(text)
    browser.run(f"document.querySelector(\"[name='{row}.outcome']\").click()")


def offline(browser: Driven, gone: bool) -> None:
    browser.driver.execute_cdp_cmd("Network.enable", {})
    line = {"offline": gone, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    browser.driver.execute_cdp_cmd("Network.emulateNetworkConditions", line)


def save(browser: Driven) -> None:
    browser.find(".bar [type=submit]").click()


def test_the_network_goes_in_the_middle_of_a_resolution(office: tuple[Home, Path, Driven]) -> None:
    home, _, browser = office
    browser.sign_in("district")
    chosen(browser, 0)
    before = decisions(home)
    offline(browser, gone=True)
    try:
        for _ in range(2):  # a person presses again
            browser.run("document.querySelector('#problem').replaceChildren()")
            save(browser)
            browser.until(f"document.querySelector('#problem').textContent.includes('{UNCERTAIN}')")
        assert browser.find("#live").text == ""
        assert browser.run("return document.activeElement.id") == "problem"  # what a reader hears
        assert browser.find("#f-committee").get_attribute("value") == MEETING["committee"]
        assert browser.run("return document.querySelector(\"[name='0.outcome']\").checked")
    finally:
        offline(browser, gone=False)
    assert decisions(home) == before
    save(browser)
    browser.until(f"document.querySelector('#live').textContent.includes('{SAVED}')")
    assert browser.find("#problem").text == ""
    assert len(decisions(home)) == len(before) + 1
    browser.driver.get_log("browser")  # what the browser says of a line that is gone


@contextmanager
def dying(settings: Path, port: int, when: str, mark: Path) -> Iterator[Callable[[], None]]:
    """A portal that dies at the first form; yields what waits until it is dead and starts it again."""
    command = (sys.executable, "-m", "tests.portal.dying_portal", str(settings), str(port), when, str(mark))
    started = [subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)})]
    answers(port)

    def again() -> None:
        assert started[0].wait(60) == 9
        started[0] = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)})
        answers(port)

    try:
        yield again
    finally:
        started[0].kill()
        started[0].wait()


def answers(port: int) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/signin", timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError("the portal does not answer")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.mark.parametrize(("when", "row"), [("before", 1), ("after", 2)])
def test_the_server_dies_between_the_click_and_the_answer(
    office: tuple[Home, Path, Driven], tmp_path: Path, when: str, row: int
) -> None:
    home, settings, browser = office
    port = free_port()
    before = decisions(home)
    with dying(settings, port, when, tmp_path / "died") as again:
        there = Driven(browser.driver, f"http://127.0.0.1:{port}")
        there.sign_in("district")
        chosen(there, row)
        save(there)
        there.until(f"document.querySelector('#problem').textContent.includes('{UNCERTAIN}')")
        assert there.find("#live").text == ""
        again()
        there.driver.switch_to.active_element.send_keys(Keys.TAB)
        save(there)
        there.until("document.querySelector('#live').textContent.includes('บันทึกมติ')")
    assert len(decisions(home)) == len(before) + 1
    there.driver.get_log("browser")
