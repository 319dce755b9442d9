"""ภาพรวม and ผู้สมัคร in Chromium: for everybody, by keyboard, and what a reader hears after each swap."""

import pytest
from selenium.webdriver.common.keys import Keys

from tests.integration.province_mirror import ENTITY
from tests.portal.driven import SIZES, Driven

ONE = f"/applicants/{ENTITY.format(1)}"
PATHS = (
    "/",
    "/applicants",
    "/applicants?q=ไม่มีใครชื่อนี้",
    ONE,
    f"{ONE}?figure=total",
    f"{ONE}?figure=g2",
    "/arrivals",
    "/calendar",
    "/packets/release",
    "/persons",
    f"{ONE}/consent",
)

ADMINISTRATORS = ("/history", "/history?of=access", "/accounts", "/accounts/1", "/accounts/2")
SETTINGS = (
    "/settings",
    "/settings/pack",
    "/settings/villages",
    "/settings/meetings",
    "/settings/calendar",
    "/settings/committees",
)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_the_pages_can_be_used_by_everybody(browser: Driven, size: tuple[int, int]) -> None:
    browser.size(*size)
    browser.sign_in("province")
    for path in PATHS:
        browser.open(path)
        assert browser.axe() == [], path
        assert not browser.too_wide(), path
        assert not browser.scrolls_enlarged(), path
    browser.sign_in("admin")
    for path in ADMINISTRATORS + SETTINGS:
        browser.open(path)
        assert browser.axe() == [], path
        assert not browser.too_wide(), path
        assert not browser.scrolls_enlarged(), path
    assert browser.console() == []


def test_an_applicant_is_found_and_a_number_explained_by_keyboard_alone(browser: Driven) -> None:
    browser.size(1366, 768)
    browser.sign_in("province")
    browser.open("/applicants")
    browser.run("window.kept = true")
    browser.find("#q").send_keys("ทอผ้า 1", Keys.ENTER)
    browser.until("document.querySelector('#found').textContent === 'พบ 1 ราย'")
    assert browser.run("return document.activeElement.id") == "found"  # what a reader hears
    assert "q=" in browser.run("return location.search")
    assert browser.run("return window.kept")
    browser.run("document.activeElement.focus()")
    browser.driver.switch_to.active_element.send_keys(Keys.TAB)
    browser.driver.switch_to.active_element.send_keys(Keys.ENTER)
    browser.until("document.querySelector('.gates')")

    browser.run("window.kept = true; document.querySelector('a.why.big').focus()")
    browser.driver.switch_to.active_element.send_keys(Keys.ENTER)
    browser.until("document.querySelector('#why-title').textContent === 'ที่มาของตัวเลข'")
    assert browser.run("return document.activeElement.id") == "why-title"
    assert browser.run("return window.kept")
    folded = "document.querySelector('#why details:not([open])')"
    browser.run(f"{folded}.querySelector('summary').focus()")
    browser.run("window.folded = document.activeElement.parentNode")
    browser.driver.switch_to.active_element.send_keys(Keys.ENTER)
    assert browser.run("return window.folded.open")
    assert "กติกา" in browser.run("return window.folded.textContent")


@pytest.mark.long
def test_an_applicant_is_found_and_a_number_explained_by_touch_alone(browser: Driven) -> None:
    browser.sign_in("province")
    with browser.with_fingers():
        browser.open("/applicants")
        browser.tap("#q")
        browser.driver.switch_to.active_element.send_keys("ทอผ้า 1", Keys.ENTER)
        browser.until("document.querySelector('#found').textContent === 'พบ 1 ราย'")
        browser.tap("main a[href^='/applicants/']")
        browser.until("document.querySelector('.gates')")
        browser.tap("a.why.big")
        browser.until("document.querySelector('#why-title').textContent === 'ที่มาของตัวเลข'")
        browser.tap("#why details:not([open]) summary")
        browser.until("document.querySelector('#why details[open]')")


def test_back_leads_to_what_was_searched_for(browser: Driven) -> None:
    browser.size(390, 844)
    browser.sign_in("province")
    browser.open("/applicants")
    browser.find("#q").send_keys("ทอผ้า", Keys.ENTER)
    browser.until("location.search.includes('q=')")
    browser.click("#list tbody a")
    browser.until("document.querySelector('.gates')")
    browser.driver.back()
    browser.until("document.querySelector('#found')")
    assert browser.find("#q").get_attribute("value") == "ทอผ้า"


def test_the_pages_work_without_a_script(browser: Driven) -> None:
    browser.size(1366, 768)
    browser.sign_in("province")
    browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.open("/applicants")
        browser.find("#q").send_keys("ทอผ้า 2", Keys.ENTER)
        browser.until("location.search.includes('q=')")
        browser.click("#list tbody a")
        browser.click("a.why.big")
        browser.becomes("#why", lambda text: "ที่มาของตัวเลข" in text)
        assert "แบบตรวจประเมินภาคสนาม" in browser.find("#why").get_attribute("textContent")
    finally:
        browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
