"""ตรวจเอกสาร in Chromium: by keys of any layout, none of them in an input, for everybody."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mochocho.app.pipeline.conveyor import run_once
from mochocho.storage.home import Home
from tests import databases
from tests.integration import province_mirror as mirror
from tests.portal.conftest import HERE, settle
from tests.portal.driven import SIZES, Driven, driven, listening
from tests.portal.test_queue_page import dark


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Driven]:
    """Chromium on a home of its own, in which documents wait."""
    folder = tmp_path_factory.mktemp("queue") / "home"
    with databases.home_on_sqlite(folder, sqlite_template) as home:
        waiting(home)
        with listening(home) as url, driven(url) as one:
            yield one


def waiting(home: Home) -> None:
    settle(home, 1)
    for number in range(21, 24):
        form = mirror.application(home, number, district=HERE)
        form.files = {name: dark(number * 100 + place) for place, name in enumerate(form.files)}
        mirror.send(home, form)
    run_once(home)


def press(browser: Driven, code: str, key: str) -> None:
    """As a layout sends it: the place of the key, and the letter on it."""
    for kind in ("keyDown", "keyUp"):
        browser.driver.execute_cdp_cmd("Input.dispatchKeyEvent", {"type": kind, "code": code, "key": key})


def heading(browser: Driven) -> str:
    return str(browser.run("return document.querySelector('#waiting').textContent"))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_the_queue_can_be_used_by_everybody(desk: Driven, size: tuple[int, int]) -> None:
    desk.size(*size)
    desk.sign_in("district")
    desk.open("/documents")
    desk.until("document.querySelector('#picture').complete")
    assert desk.axe() == []
    assert not desk.too_wide()
    assert not desk.scrolls_enlarged()
    assert desk.console() == []


def test_documents_are_judged_by_keys_of_a_thai_layout(desk: Driven) -> None:
    desk.size(1366, 768)
    desk.sign_in("district")
    desk.open("/documents")
    before = heading(desk)
    desk.run("window.kept = true")
    press(desk, "KeyA", "ฟ")
    desk.until(f"document.querySelector('#waiting').textContent !== '{before}'")
    assert desk.run("return window.kept")
    assert desk.run("return document.activeElement.id") == "who"
    assert "รับแล้ว" in desk.find("#live").text
    press(desk, "KeyZ", "ผ")
    desk.until(f"document.querySelector('#waiting').textContent === '{before}'")
    assert "เลิกทำแล้ว" in desk.find("#live").text
    press(desk, "Digit1", "ๅ")
    assert desk.find(".rs input:checked+label+.msg").is_displayed()
    press(desk, "KeyR", "พ")
    desk.until(f"document.querySelector('#waiting').textContent !== '{before}'")
    assert "ส่งกลับแล้ว" in desk.find("#live").text


def test_no_key_decides_while_words_are_typed(desk: Driven) -> None:
    desk.size(390, 844)
    desk.sign_in("district")
    desk.open("/documents")
    before = heading(desk)
    desk.find("#own").send_keys("a1rszw")
    assert desk.find("#own").get_attribute("value") == "a1rszw"
    assert heading(desk) == before
    assert desk.run("return document.querySelector('.rs input:checked')") is None


def test_documents_are_judged_by_touch_alone(desk: Driven) -> None:
    desk.sign_in("district")
    with desk.with_fingers():
        desk.tap("label[for=menu]")
        desk.until("getComputedStyle(document.querySelector('header nav')).display !== 'none'")
        desk.tap("header nav a[href='/documents']")
        desk.until("document.querySelector('#picture')?.complete")
        before = heading(desk)
        desk.tap("button[value=accept]")
        desk.until(f"document.querySelector('#waiting').textContent !== '{before}'")
        assert "รับแล้ว" in desk.find("#live").text
        between = heading(desk)
        desk.tap("label[for=r1]")
        desk.until("document.querySelector('.rs input:checked+label+.msg')")
        desk.tap("button[value=return]")
        desk.until(f"document.querySelector('#waiting').textContent !== '{between}'")
        assert "ส่งกลับแล้ว" in desk.find("#live").text


def test_whoever_switches_keys_off_decides_by_buttons_alone(desk: Driven) -> None:
    desk.size(1366, 768)
    desk.sign_in("district")
    desk.open("/profile")
    desk.click("[name=keys]")
    desk.until("document.querySelector('#live').textContent === 'ปิดปุ่มลัดแล้ว'")
    desk.open("/documents")
    before = heading(desk)
    assert not desk.find("kbd").is_displayed()
    press(desk, "KeyS", "ห")
    press(desk, "KeyA", "ฟ")
    desk.run("return document.body.offsetHeight")
    assert heading(desk) == before
    desk.open("/profile")
    desk.click("[name=keys]")
    desk.until("document.querySelector('#live').textContent === 'เปิดปุ่มลัดแล้ว'")
    desk.open("/documents")
    assert desk.find("kbd").is_displayed()


def test_the_queue_works_without_a_script(desk: Driven) -> None:
    desk.size(1366, 768)
    desk.sign_in("district")
    desk.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        desk.open("/documents")
        before = desk.find("#waiting").text
        desk.click("button[value=accept]")
        desk.becomes("#waiting", lambda text: text != before)
    finally:
        desk.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
