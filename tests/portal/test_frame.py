"""The frame of every page in Chromium: readable by all, nothing sideways, nothing that the policy refuses."""

import pytest

from tests.portal.driven import SIZES, Driven

PATHS = ("/signin", "/", "/profile", "/profile/password", "/nothing")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_every_page_of_the_frame_can_be_used_by_everybody(browser: Driven, size: tuple[int, int]) -> None:
    browser.size(*size)
    browser.driver.delete_all_cookies()
    for path in PATHS:
        browser.open(path)
        assert browser.axe() == [], path
        assert not browser.too_wide(), path
        assert not browser.scrolls_enlarged(), path
        if path == "/signin":
            browser.sign_in("province")
    assert [line for line in browser.console() if "404" not in line] == []


def test_the_menu_opens_by_keyboard_on_a_phone(browser: Driven) -> None:
    browser.size(390, 844)
    browser.sign_in("province")
    browser.open("/")
    assert not browser.find(".who").is_displayed()
    browser.find("#menu").send_keys(" ")
    assert browser.find(".who").is_displayed()
    browser.find(".who summary").send_keys("\n")
    browser.find(".who-menu button").send_keys("\n")
    browser.until("document.querySelector('#password')")
    assert browser.find("#live").text == "ออกจากระบบแล้ว"


def test_a_swap_puts_one_element_in_place_focuses_it_and_says_so(browser: Driven) -> None:
    browser.size(1366, 768)
    browser.sign_in("province")
    browser.open("/profile")
    browser.run("window.kept = true; portal.swap('/profile/password', 'main', {push: true, focus: true})")
    browser.until("document.querySelector('#before')")
    assert browser.run("return window.kept") is True
    assert browser.run("return location.pathname") == "/profile/password"
    assert "เปลี่ยนรหัสผ่าน" in browser.driver.title
    assert browser.run("return document.activeElement.id") == "main"


def test_a_swap_without_a_network_says_that_nothing_is_saved(browser: Driven) -> None:
    browser.sign_in("province")
    browser.open("/profile")
    browser.driver.set_network_conditions(offline=True, latency=0, throughput=0)
    try:
        browser.run("portal.swap('/signout', 'main', {method: 'POST', body: new URLSearchParams()})")
        browser.until("document.querySelector('#problem').textContent.includes('ยังไม่ยืนยันว่าบันทึก')")
        assert browser.run("return document.activeElement.id") == "problem"
        assert browser.find("h1").text == "บัญชีของฉัน"
    finally:
        browser.driver.set_network_conditions(offline=False, latency=0, throughput=-1)
    browser.console()


def test_a_session_that_ended_says_that_nothing_was_saved(browser: Driven) -> None:
    browser.sign_in("province")
    browser.open("/profile")
    browser.driver.delete_all_cookies()
    browser.run("portal.swap('/', 'live', {})")
    browser.until("document.querySelector('#problem').textContent.includes('ต้องเข้าสู่ระบบอีกครั้ง')")
    browser.console()
