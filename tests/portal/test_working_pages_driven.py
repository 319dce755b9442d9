"""มติ, ประมวลคะแนน, เจ้าหน้าที่, การรับข้อมูล, ประวัติ in Chromium: for everybody, and by keyboard alone."""

from collections.abc import Iterator
from datetime import date

import pytest
from selenium.webdriver.common.keys import Keys

from mochocho.app.migrations.migrate import upgrade
from mochocho.app.pipeline.conveyor import run_once
from mochocho.settings.config import load_settings
from mochocho.standards.load import load_pack
from mochocho.standards.schema import Pack
from mochocho.standards.written import yaml_of
from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home, open_home
from mochocho.words.model import Outcome
from processing.decisions import recorded
from processing.decisions.decision import Decision, Kind
from processing.decisions.recorder import record_decisions
from processing.meetings import kept
from processing.meetings.meeting import Level, Meeting, Member, Person, Role
from sync import officers
from tests import databases
from tests.integration import commands
from tests.integration import province_mirror as mirror
from tests.portal.conftest import HERE, PASSWORD, settle
from tests.portal.driven import SIZES, Driven, driven, listening

ONE, OTHER = mirror.ENTITY.format(1), mirror.ENTITY.format(2)
RESOLUTIONS = f"/resolutions/district/{HERE}"
HELD = Meeting(Level.PROVINCE, "1/2568", members=(Member(Person("นายหนึ่ง ตัวอย่าง"), Role.CHAIR),))
MEETING = ("คณะกรรมการอำเภอตัวอย่าง", "1/2568", "10 เมษายน 2568", "7")
BY_PROVINCE = (
    "/resolutions/province",
    "/resolutions/district",
    RESOLUTIONS,
    f"{RESOLUTIONS}?rest=pass",
    "/scores",
    f"/scores/{ONE}",
    "/arrivals",
    "/officers",
    "/officers/1",
    "/imports",
    f"/sittings/papers/{HELD.key}",
    f"/settings/meetings/of/{HELD.key}",
    f"/settings/meetings/part/members/{HELD.key}",
)
BY_ADMIN = ("/history", "/history?of=access", "/history?check=1", "/history?q=ไม่มีใครบันทึก")


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Home, Driven]]:
    """Chromium on a home in which something waits on each page: two assessors who differ, two names alike,
    a typed name, an officer, a decision.
    """
    folder = tmp_path_factory.mktemp("worked")
    said = {"above": 50, "source": "none", "confidence": "reconstructed"}
    sample = load_pack("2568-sample").pack.model_dump()
    pack = Pack.model_validate({**sample, "id": "ours", "reconciling": said})
    (folder / "ours.yaml").write_text(yaml_of(pack), "utf-8")
    home = open_home(load_settings(commands.settings(folder, 'pack = "ours.yaml"\n')))
    upgrade(home.engine)
    _fill(home)
    with databases.closing(home), listening(home) as url, driven(url) as browser:
        yield home, browser


def _fill(home: Home) -> None:
    apart = {"G4.1.1": 1, "G1.2.1": 0}
    mirror.send(home, mirror.sheet(home, 1, assessor="นายหนึ่ง ตัวอย่าง", answers=apart))
    for number in (11, 12):
        where = {"applicant_name": "กลุ่มจักสานหนองบัว", "village": "หนองบัว", "district": HERE}
        mirror.send(home, mirror.application(home, number, **where))
    typed = mirror.sheet(
        home, 1, applicant_key="", typed_name="กลุ่มจักสานหนองบัว", typed_type="group", district=HERE
    )
    typed.root_id = "typed"
    mirror.send(home, typed)
    settle(home)
    officers.add(home, "นายสนาม ตัวอย่าง", [HERE])
    gone = Decision(Kind.WITHDRAW, mirror.ENTITY.format(6), reason="ย้ายออก", recorded_by="นางบันทึก ตัวอย่าง")
    record_decisions(home, [gone])
    with transaction(home.engine) as session:
        kept.keep(session, HELD, "นางบันทึก ตัวอย่าง")
    run_once(home)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_pages_of_work_can_be_used_by_everybody(worked: tuple[Home, Driven], size: tuple[int, int]) -> None:
    browser = worked[1]
    browser.size(*size)
    browser.console()  # what other tests had refused
    for role, paths in (("province", BY_PROVINCE), ("admin", BY_ADMIN)):
        browser.sign_in(role)
        for path in paths:
            browser.open(path)
            assert browser.axe() == [], path
            assert not browser.too_wide(), path
            assert not browser.scrolls_enlarged(), path
    assert browser.console() == []


def typed(browser: Driven, *keys: str) -> None:
    """What a hand without a mouse types, wherever the focus is."""
    browser.driver.switch_to.active_element.send_keys(*keys)


def tab_to(browser: Driven, css: str, most: int = 60) -> None:
    """Press Tab until this element has the focus."""
    for _ in range(most):
        if browser.run("return document.activeElement.matches(arguments[0])", css):
            return
        typed(browser, Keys.TAB)
    raise AssertionError(f"no Tab leads to {css}")


def test_an_item_is_settled_by_keyboard_alone(worked: tuple[Home, Driven]) -> None:
    home, browser = worked
    browser.size(1366, 768)
    browser.sign_in("province")
    browser.open("/scores")
    tab_to(browser, f"a[href='/scores/{ONE}']")
    typed(browser, Keys.ENTER)
    browser.until("document.querySelector('.todo')")
    before = browser.run("return document.querySelectorAll('.todo').length")
    tab_to(browser, ".todo input[name=answer]")
    kind = browser.run("return document.activeElement.type")
    typed(browser, Keys.SPACE) if kind == "radio" else typed(browser, "2")
    tab_to(browser, ".todo input[name=reason]")
    typed(browser, "ดูหลักฐานร่วมกันแล้ว", Keys.ENTER)
    browser.until(f"document.querySelectorAll('.todo').length === {before - 1}")
    assert "แล้ว" in browser.find("#live").text
    # the next one that waits has the focus: nothing is looked for again
    assert browser.run("return !!document.activeElement.closest('.todo')")
    with reading(home.engine) as session:
        kinds = [one.kind for one in recorded.about_applicant(session, ONE)]
    assert kinds == [Kind.SCORE_RECONCILE]


def test_a_resolution_is_recorded_by_keyboard_alone(worked: tuple[Home, Driven]) -> None:
    home, browser = worked
    browser.size(390, 844)
    browser.sign_in("province")
    browser.open(RESOLUTIONS)
    for name, text in zip(("committee", "meeting", "day", "present"), MEETING, strict=True):
        tab_to(browser, f"#f-{name}")
        typed(browser, Keys.CONTROL + "a", Keys.DELETE)
        typed(browser, text)
    key = browser.run("return document.querySelector('[name=\"0.key\"]').value")
    tab_to(browser, "[name='0.outcome']")
    typed(browser, Keys.SPACE)
    assert browser.run("return document.activeElement.checked")
    typed(browser, Keys.ENTER)
    browser.until("document.querySelector('#live').textContent.includes('บันทึกมติ 1 รายแล้ว')")
    with reading(home.engine) as session:
        found = recorded.latest_resolutions(session, [key])[key]
    assert [(one.outcome, one.meeting_no) for one in found] == [(Outcome.PASS, "1/2568")]


def test_a_mistake_in_a_resolution_is_where_the_focus_goes(worked: tuple[Home, Driven]) -> None:
    browser = worked[1]
    browser.size(320, 700)
    browser.sign_in("province")
    browser.open(RESOLUTIONS)
    tab_to(browser, "#f-day")
    typed(browser, Keys.CONTROL + "a", Keys.DELETE)
    typed(browser, "วันไหนไม่รู้")
    tab_to(browser, "[name='1.outcome']")
    typed(browser, Keys.SPACE, Keys.ENTER)
    browser.until("document.querySelector('[aria-invalid=true]')")
    assert "ยังไม่บันทึก" in browser.run("return document.activeElement.textContent")
    assert browser.axe() == []
    assert not browser.too_wide()


def test_what_came_in_is_answered_by_keyboard_alone(worked: tuple[Home, Driven]) -> None:
    home, browser = worked
    browser.size(1366, 768)
    browser.sign_in("province")
    browser.open("/arrivals")
    tab_to(browser, "form[action='/arrivals/match'] input[type=radio]")
    typed(browser, Keys.SPACE, Keys.ENTER)
    browser.until("document.querySelector('#live').textContent === 'จับคู่แล้ว'")
    tab_to(browser, "form[action='/arrivals/apart'] input[name=reason]")
    typed(browser, "คนละหมู่บ้าน", Keys.ENTER)
    browser.until("document.querySelector('#live').textContent.includes('ไม่ใช่รายเดียวกัน')")
    with reading(home.engine) as session:
        every = recorded.searched(session, "", None, 50)
    assert {Kind.MATCH, Kind.DISTINCT} <= {one.kind for one in every}


def test_an_officer_is_given_a_code_by_keyboard_alone(worked: tuple[Home, Driven]) -> None:
    home, browser = worked
    browser.size(390, 844)
    browser.sign_in("district")
    browser.open("/officers")
    tab_to(browser, "#name")
    typed(browser, "นางใหม่ ตัวอย่าง")
    tab_to(browser, "[name=district]")
    typed(browser, Keys.SPACE)
    tab_to(browser, "#new-password")
    typed(browser, PASSWORD, Keys.ENTER)
    browser.until("document.querySelector('img[alt*=คิวอาร์]')")
    assert browser.axe() == []
    assert not browser.too_wide()
    assert [one.name for one in officers.listing(home)][-1] == "นางใหม่ ตัวอย่าง"


def test_history_is_searched_by_keyboard_alone(worked: tuple[Home, Driven]) -> None:
    browser = worked[1]
    browser.size(390, 844)
    browser.sign_in("admin")
    browser.open("/history")
    tab_to(browser, "#q")
    typed(browser, "ย้ายออก", Keys.ENTER)
    browser.until("document.querySelector('#found').textContent.includes('ย้ายออก')")
    assert browser.run("return document.activeElement.id") == "found"  # what a reader hears
    assert browser.run("return document.querySelectorAll('#list li').length") == 1


def test_settings_are_written_by_keyboard_alone(worked: tuple[Home, Driven]) -> None:
    home, browser = worked
    browser.size(1366, 768)
    browser.sign_in("admin")
    browser.open("/settings/calendar")
    due = "[name='calendar.onsite.due']"
    tab_to(browser, due)
    typed(browser, "32 เมษายน 2568", Keys.ENTER)
    browser.until("document.querySelector('[aria-invalid=true]')")
    assert "ยังไม่ได้บันทึก มีที่ต้องแก้ 1 แห่ง" in browser.find("main").text
    tab_to(browser, due)
    typed(browser, Keys.CONTROL + "a", Keys.DELETE)
    typed(browser, "30 เมษายน 2568", Keys.ENTER)
    browser.until("document.querySelector('#live').textContent.includes('บันทึกการตั้งค่าแล้ว')")
    set_now = load_settings(home.settings.file).calendar.onsite
    assert set_now
    assert set_now.due == date(2025, 4, 30)


def test_an_account_is_made_by_keyboard_alone_and_its_owner_gets_in(worked: tuple[Home, Driven]) -> None:
    browser = worked[1]
    browser.size(390, 844)
    browser.sign_in("admin")
    browser.open("/accounts")
    for css, text in (
        ("#name", "นางใหม่ ตัวอย่าง"),
        ("#login", "new-clerk"),
        ("#new-role", Keys.ARROW_DOWN * 2),
    ):
        tab_to(browser, css)
        typed(browser, text)
    assert browser.run("return document.querySelector('#new-role').value") == "province"
    tab_to(browser, "#new-password")
    typed(browser, PASSWORD, Keys.ENTER)
    browser.until("document.querySelector('code.b')")
    given = browser.find("code.b").text
    browser.driver.delete_all_cookies()
    browser.open("/signin")
    browser.find("#login").send_keys("new-clerk")
    browser.find("#password").send_keys(given, Keys.ENTER)
    browser.until("document.querySelector('[autocomplete=new-password]')")
    tab_to(browser, "[autocomplete=current-password]")
    for word in (given, Keys.TAB, PASSWORD, Keys.TAB, PASSWORD, Keys.ENTER):
        typed(browser, word)
    browser.until("document.querySelector('#live').textContent.includes('เปลี่ยนรหัสผ่านแล้ว')")
    browser.sign_in("new-clerk")
    assert "นางใหม่ ตัวอย่าง" in browser.run("return document.querySelector('.who summary').textContent")


@pytest.mark.long
def test_items_and_resolutions_are_settled_by_touch_alone(worked: tuple[Home, Driven]) -> None:
    browser = worked[1]
    browser.sign_in("province")
    with browser.with_fingers():
        browser.open("/scores")
        browser.tap(f"a[href='/scores/{ONE}']")
        browser.until("document.querySelector('.todo')")
        before = browser.run("return document.querySelectorAll('.todo').length")
        is_counted = browser.run("return document.querySelector('.todo [name=answer]').type") == "text"
        browser.tap(".todo [name=answer]" if is_counted else ".todo label:has([name=answer])")
        if is_counted:
            browser.find(".todo [name=answer]").send_keys("2")
        browser.tap(".todo [name=reason]")
        browser.find(".todo [name=reason]").send_keys("ดูหลักฐานร่วมกันแล้ว")
        browser.tap(".todo [type=submit]")
        browser.until(f"document.querySelectorAll('.todo').length === {before - 1}")
        browser.open(RESOLUTIONS)
        for name, text in zip(("committee", "meeting", "day", "present"), MEETING, strict=True):
            browser.tap(f"#f-{name}")
            browser.find(f"#f-{name}").clear()
            browser.find(f"#f-{name}").send_keys(text)
        browser.tap("label:has([name='1.outcome'])")
        browser.tap("form[method=post] [type=submit].pri")
        browser.until("document.querySelector('#live').textContent.includes('บันทึกมติ 1 รายแล้ว')")
