"""ตั้งค่า, ปฏิทิน, การรับข้อมูล and a meeting of either level, worked on a telephone by fingers alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from mochocho.app import access_chain
from mochocho.app.migrations.migrate import upgrade
from mochocho.app.pipeline.conveyor import run_once
from mochocho.settings.config import load_settings
from mochocho.storage.db import reading
from mochocho.storage.home import Home, open_home
from mochocho.words.model import Gate, Outcome
from processing.decisions import recorded
from processing.decisions.decision import Kind
from processing.meetings import kept
from tests.integration import commands
from tests.integration import province_mirror as mirror
from tests.portal.conftest import HERE, copied, settle
from tests.portal.driven import Driven, driven, listening
from tests.portal.made_sitting import KEY, MEMBERS, convened, convened_in

pytestmark = pytest.mark.long
TOLD = "document.querySelector('#live').textContent.includes({!r})"


@contextmanager
def telephone(home: Home) -> Iterator[Driven]:
    with listening(home) as url, driven(url) as browser, browser.with_fingers():
        yield browser


def write(browser: Driven, css: str, text: str) -> None:
    """Touch a field and type into it, in place of what stands there."""
    browser.tap(css)
    browser.find(css).send_keys(Keys.CONTROL + "a", Keys.DELETE)
    browser.find(css).send_keys(text)


@pytest.fixture
def waiting(tmp_path: Path) -> Iterator[Home]:
    """A home of whose settings the file is known, with a typed name to match and two names alike."""
    home = open_home(load_settings(commands.settings(tmp_path)))
    upgrade(home.engine)
    for number in (11, 12):
        where = {"applicant_name": "กลุ่มจักสานหนองบัว", "village": "หนองบัว", "district": HERE}
        mirror.send(home, mirror.application(home, number, **where))
    typed = {"applicant_key": "", "typed_name": "กลุ่มจักสานหนองบัว", "typed_type": "group", "district": HERE}
    sheet = mirror.sheet(home, 1, **typed)
    sheet.root_id = "typed"
    mirror.send(home, sheet)
    settle(home)
    yield home
    home.engine.dispose()


def test_settings_calendar_and_arrivals_are_worked_by_touch_alone(waiting: Home) -> None:
    written = {
        "province": {"recorder": "นางบันทึก ด้วยนิ้ว"},
        "meeting": {
            "meeting.number": "1/2568",
            "meeting.date": "1 พ.ค. 2568",
            "meeting.starts": "09:00",
            "meeting.ends": "14:30",
            "meeting.place": "ห้องประชุม",
        },
        "calendar": {"calendar.onsite.due": "30 เมษายน 2568"},
        "committees": {"row-0-name": "นายหนึ่ง ตัวอย่าง"},
    }
    with telephone(waiting) as browser:
        browser.sign_in("admin")
        for part, fields in written.items():
            browser.open("/settings")
            browser.tap(f"a[href='/settings/{part}']")
            for name, text in fields.items():
                write(browser, f"[id='{name}']", text)
            browser.tap("form.card [type=submit]")
            browser.until(TOLD.format("บันทึกการตั้งค่าแล้ว"))
            assert not browser.too_wide()
        browser.sign_in("province")
        browser.open("/calendar")
        browser.tap("a[download]")
        browser.open("/arrivals")
        browser.tap("form[action='/arrivals/match'] label.choice")
        browser.tap("form[action='/arrivals/match'] [type=submit]")
        browser.until("document.querySelector('#live').textContent === 'จับคู่แล้ว'")
        write(browser, "form[action='/arrivals/apart'] [name=reason]", "คนละหมู่บ้าน")
        browser.tap("form[action='/arrivals/apart'] [type=submit]")
        browser.until(TOLD.format("ไม่ใช่รายเดียวกัน"))
        assert browser.console() == []
    kept_now = load_settings(waiting.settings.file)
    assert kept_now.recorder == "นางบันทึก ด้วยนิ้ว"
    assert kept_now.meeting
    assert [one.name for one in kept_now.committees.assessors] == ["นายหนึ่ง ตัวอย่าง"]
    assert "letter" in {one.what for one in access_chain.last(waiting, 20)}
    with reading(waiting.engine) as session:
        every = recorded.searched(session, "", None, 50)
    assert {Kind.MATCH, Kind.DISTINCT} <= {one.kind for one in every}


@pytest.mark.parametrize("gate", [Gate.PROVINCE, Gate.DISTRICT])
def test_a_meeting_is_held_by_touch_alone(settled: Home, tmp_path: Path, gate: Gate) -> None:
    with copied(settled, tmp_path) as home:
        run_once(home)
        role, key = ("province", KEY) if gate is Gate.PROVINCE else ("district", f"{HERE}:1/2568")
        convened(home) if gate is Gate.PROVINCE else convened_in(home, HERE)
        with telephone(home) as browser:
            browser.sign_in(role)
            browser.open("/sittings")
            browser.tap(f"a[href='/sittings/of/{key}']")
            _meets(browser)
            assert browser.console() == []
        with reading(home.engine) as session:
            keys = [mirror.ENTITY.format(number) for number in range(1, 8)]
            every = recorded.latest_resolutions(session, keys)
            meeting = kept.meeting_of(session, key)
    own = [one.outcome for found in every.values() for one in found if one.gate is gate]
    assert [own.count(one) for one in (Outcome.CONDITIONAL, Outcome.DEFERRED)] == [1, 1]
    assert own.count(Outcome.PASS) == (5 if gate is Gate.PROVINCE else 3)
    assert meeting
    assert meeting.held
    assert [one.present for one in meeting.held.attendance] == [True, True, True, False, False]
    assert meeting.held.items[0].paragraphs == ("ประธานกล่าวเปิดประชุม",)


def _meets(browser: Driven) -> None:
    for number in range(len(MEMBERS) - 2):
        browser.tap(f"#m{number}-b")
        browser.until(f"document.querySelector('#m{number} .tag.ok')")
    browser.tap("#open")
    browser.tap("#begin")
    browser.tap("#u1-pass")
    browser.until("document.querySelector('#u1.pass:not(.unsaved)')")
    for row, outcome, fields in (
        (0, "deferred", {"deferred_to": "2/2568", "reason": "รอเอกสาร"}),
        (2, "conditional", {"condition": "ส่งแผนปีหน้า", "due": "30 พฤษภาคม 2568"}),
    ):
        browser.tap(f"#u{row} summary.{outcome}")
        for name, text in fields.items():
            write(browser, f"#u{row}-{outcome}-{name}", text)
        browser.tap(f"#u{row} details[open] [type=submit]")
        browser.until(f"document.querySelector('#u{row}.{outcome}:not(.unsaved)')")
    while browser.run("return !!document.querySelector('#next')"):
        browser.tap("#rest-open")
        browser.tap("#rest-sure")
        browser.until("!document.querySelector('#rest-open')")
        whole = browser.run("return document.querySelector('#sitting').dataset.whole")
        browser.tap("#next")
        browser.until(f"document.querySelector('#sitting').dataset.whole !== {whole!r}")
    browser.tap("#item1 summary")
    write(browser, "#i1-noted", "ประธานกล่าวเปิดประชุม")
    browser.tap("#item1 form [type=submit]")
    browser.until("document.querySelector('#item1 .tag.ok')")
    assert not browser.too_wide()
    browser.tap(".sure summary")
    browser.tap("#close")
    browser.until("document.querySelector('#bar').textContent.includes('ปิดประชุมแล้ว')")
