"""A meeting in Chromium from the first arrival to the certificates: what was clicked is what is printed."""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pymupdf
import pytest
from selenium.webdriver import ActionChains

from mochocho.app.migrations.migrate import upgrade
from mochocho.app.pipeline.conveyor import run_once
from mochocho.app.portal.access import accounts
from mochocho.app.portal.access.roles import Role
from mochocho.settings.config import load_settings
from mochocho.storage.db import reading
from mochocho.storage.home import Home, open_home
from mochocho.words.model import ApplicantType, Gate, Outcome
from processing.certificates import issue
from processing.decisions import recorded
from processing.decisions.meetings.outcomes import OUTCOMES
from processing.meetings import kept
from processing.meetings.meeting import Meeting
from reports.packet import after_meeting
from tests import databases
from tests.integration import commands
from tests.integration import province_mirror as mirror
from tests.portal.conftest import PASSWORD, settle
from tests.portal.driven import Driven, driven, listening
from tests.portal.made_sitting import KEY, MEMBERS, OF, SCREEN, convened
from tests.portal.test_people_at_once_driven import offline

# Units of each type, by district (domain rule 52: the eighteen districts of source 004, in their order).
SOURCE_004 = (
    *((3, 2, 1, 2), (5, 1, 1, 1), (3, 4, 0, 1), (4, 1, 1, 1), (4, 1, 1, 1), (4, 3, 1, 1)),
    *((3, 1, 2, 2), (2, 1, 1, 1), (3, 1, 0, 1), (6, 1, 1, 1), (6, 1, 1, 1), (14, 1, 1, 1)),
    *((3, 0, 1, 1), (3, 1, 0, 1), (2, 1, 0, 1), (2, 2, 1, 1), (3, 1, 1, 1), (1, 1, 0, 1)),
)
FEW = ((1, 3, 0, 0), (0, 3, 0, 1), (1, 2, 0, 0))
LETTERS = "กขคงจชซดตถทธนบปผพฟมยรลวสหอ"
SECOND = "second"
SKEW = "const real = Date.now.bind(Date); Date.now = () => real() + 90000;"
SHOWN = (
    "(t => (t[0] === '-' ? -1 : 1) * (60 * t.replace('-', '').split(':')[0] + +t.split(':')[1]))"
    "(document.querySelector('#clock').textContent)"
)
# Against the clock of this machine, which the server has too, whatever the page takes for it.
AGREES = (
    "document.querySelector('#clock') && (c => Math.abs("
    f"{SHOWN} - ((c.ends - (c.paused || performance.timeOrigin + performance.now())) / 1000)) <= 1)"
    "(document.querySelector('#clock').dataset)"
)


@dataclass
class Room:
    """The home of a meeting, its operator, whoever else looks, and what was clicked, by applicant key."""

    home: Home
    one: Driven
    two: Driven
    clicked: dict[str, Outcome] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def unit(self, row: int) -> str:
        key = f"return document.querySelector('#u{row} [name=unit]').value"
        return str(self.one.run(key))

    def say(self, row: int, outcome: Outcome, by: Driven | None = None, **typed: str) -> None:
        """Click what was resolved about the unit in this row, and see it saved."""
        browser, key = by or self.one, self.unit(row)
        if typed:
            browser.click(f"#u{row} summary.{outcome.value}")
            for name, text in typed.items():
                browser.find(f"#u{row}-{outcome.value}-{name}").send_keys(text)
            browser.click(f"#u{row} details[open] [type=submit]")
        else:
            browser.click(f"#u{row}-{outcome.value}")
        browser.until(f"document.querySelector('#u{row}.{outcome.value}:not(.unsaved)')")
        self.clicked[key] = outcome

    def come(self, *members: int) -> None:
        for number in members:
            self.one.click(f"#m{number}-b")
            self.one.until(f"document.querySelector('#m{number} .tag.ok')")

    def rows(self) -> int:
        return int(self.one.run("return document.querySelectorAll('.unit').length"))

    def pass_the_rest(self) -> None:
        """With one confirmation."""
        rest = self.one.run(
            "return [...document.querySelectorAll('#rest [name=unit]')].map((one) => one.value)"
        )
        if rest:
            self.one.click("#rest-open")
            self.one.click("#rest-sure")
            self.one.until("!document.querySelector('#rest-open')")
            self.clicked |= dict.fromkeys(rest, Outcome.PASS)

    def next(self) -> None:
        """The key N, held for the two seconds after which it counts, however late the page is."""
        before = self.one.run("return document.querySelector('#sitting').dataset.whole")
        ActionChains(self.one.driver).key_down("n").perform()
        self.one.until(f"document.querySelector('#sitting').dataset.whole !== {before!r}")
        ActionChains(self.one.driver).key_up("n").perform()


@contextmanager
def room(folder: Path, districts: tuple[tuple[int, ...], ...]) -> Iterator[Room]:
    """A home with so many units in each district, and two browsers, of which the second's clock is off."""
    folder.mkdir()
    home = open_home(load_settings(commands.settings(folder)))
    upgrade(home.engine)
    settle(home, 0)
    names = dict(_applied(home, districts))
    convened(home)
    given = accounts.add(home, SECOND, "นายสอง ตัวอย่าง", Role.PROVINCE, ())
    account = next(one for one in accounts.every(home) if one.login == SECOND)
    assert accounts.change_password(home, account, given, PASSWORD) == ""
    with databases.closing(home), listening(home) as url, driven(url) as one, driven(url) as two:
        two.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": SKEW})
        one.size(1366, 768)
        two.size(1920, 1080)
        one.sign_in("province")
        two.sign_in("viewer")
        yield Room(home, one, two, names=names)


def _applied(home: Home, districts: tuple[tuple[int, ...], ...]) -> Iterator[tuple[str, str]]:
    number = 0
    for place, counts in zip(home.province.districts, districts, strict=False):
        for type_, count in zip(ApplicantType, counts, strict=True):
            for _ in range(count):
                number += 1
                word = f"{LETTERS[number // 26]}า{LETTERS[number % 26]}า"
                name = f"นาย{word} ใจดี" if type_ is ApplicantType.LEADER else f"บ้าน{word}ตัวอย่าง"
                form = mirror.application(home, number, type_, district=place.code, applicant_name=name)
                mirror.send(home, form, mirror.sheet(home, number, type_))
                yield mirror.ENTITY.format(number), name


def recorded_outcomes(home: Home, keys: Mapping[str, str]) -> dict[str, Outcome]:
    with reading(home.engine) as session:
        every = recorded.latest_resolutions(session, list(keys))
    return {key: one.outcome for key, own in every.items() for one in own if one.gate is Gate.PROVINCE}


def papers(home: Home, folder: Path) -> dict[str, str]:
    """The text of each paper after the meeting, without spaces."""
    run_once(home)
    issue.give(home, "นางจังหวัด ตัวอย่าง", None)
    found = {}
    for path in after_meeting.write(home, meeting(home), folder, date(2025, 5, 9)):
        if path.suffix == ".pdf":
            with pymupdf.open(path) as document:
                found[path.stem] = re.sub(r"\s", "", "".join(page.get_text() for page in document))
    return found


def meeting(home: Home) -> Meeting:
    with reading(home.engine) as session:
        found = kept.meeting_of(session, KEY)
    assert found
    return found


def agree(there: Room, written: Mapping[str, str]) -> None:
    """Minutes, announcement and certificates say what was clicked."""
    assert recorded_outcomes(there.home, there.names) == there.clicked
    for key, outcome in there.clicked.items():
        name = there.names[key].replace(" ", "")
        said = re.search(f"{name}.*?({'|'.join(OUTCOMES[one] for one in WORDS)})", written["minutes"])
        assert said, name
        assert said[1] == OUTCOMES[outcome], name
        passed = outcome is Outcome.PASS
        assert (name in written["announcement"]) is passed, name
        assert (name in written["certificates"]) is passed, name


WORDS = (Outcome.CONDITIONAL, Outcome.FAIL, Outcome.DEFERRED, Outcome.PASS)  # the longest first


def held(there: Room, gone: Callable[[], object]) -> None:
    """The whole meeting; `gone`: what passes while the network is away."""
    home, one, two = there.home, there.one, there.two
    one.open(OF)
    there.come(0, 1, 2)
    one.click("#open")
    one.click("#begin")
    two.open(SCREEN)
    for browser in (one, two):
        browser.until(AGREES)
    there.say(0, Outcome.PASS)
    two.until("document.querySelector('#u0 .pass')")
    _asked(there)
    _quorum(there)
    one.open(OF)  # a reload in the middle
    one.until(AGREES)
    _network(there, gone)
    two.until(AGREES)
    there.pass_the_rest()
    _each_after(there)
    one.click(".sure summary")
    one.click("#close")
    one.until("document.querySelector('#bar').textContent.includes('ปิดประชุมแล้ว')")
    told = {attended.of: attended for attended in meeting(home).held.attendance}  # type: ignore[union-attr]
    assert [told[name].present for name in MEMBERS] == [True, True, True, True, False]
    assert told[MEMBERS[3]].came
    assert not told[MEMBERS[0]].came


def _asked(there: Room) -> None:
    """What is asked stays until something else is pressed, however often the page looks again."""
    one = there.one
    one.click("#next")
    one.until("document.querySelector('#told button')")
    _looks_again(one)
    assert "เมื่อปิดวาระแล้วจะบันทึกมติจากหน้านี้ไม่ได้" in one.find("#told").text
    one.click("#more")
    one.until("!document.querySelector('#told button')")


def _looks_again(browser: Driven) -> None:
    looks = "performance.getEntriesByType('resource').filter((one) => one.name === location.href).length"
    before = browser.run(f"return {looks}")
    browser.until(f"{looks} > {before} + 1")


def _written_by_two(there: Room) -> None:
    """Of two who write one item at once the second is told, and keeps what was typed until it is saved."""
    save = "#item1 form [type=submit]"
    for browser, text in ((there.one, "ของคนที่หนึ่ง"), (there.two, "ของคนที่สอง")):
        browser.click("#item1 summary")
        browser.find("#i1-noted").send_keys(text)
    there.two.click(save)
    there.two.until("document.querySelector('#item1 .tag.ok')")
    one = there.one
    one.click(save)
    one.until("document.querySelector('#told').textContent.includes('ยังไม่บันทึก')")
    one.run("document.activeElement.blur()")
    _looks_again(one)
    assert one.run("return document.querySelector('#i1-noted').value") == "ของคนที่หนึ่ง"
    one.click(save)
    one.until("document.querySelector('#item1:not([data-typed]) .tag.ok')")
    there.two.until("document.querySelector('#i1-noted').value === 'ของคนที่หนึ่ง'")
    one.driver.get_log("browser")  # what the browser says of an answer that is no


def _quorum(there: Room) -> None:
    """One stands aside and three are too few; a fourth comes late, and they are enough."""
    one = there.one
    one.click("#interests summary")
    one.run("document.querySelector('#rec-unit').selectedIndex = 1")
    one.click("#recuse")
    one.until("document.querySelector('#u1 .say button[disabled]')")
    assert "ไม่ครบองค์ประชุม เหลือผู้พิจารณา 2 คน" in one.find("#u1").text
    assert one.run("return !document.querySelector('#u2 .say button[disabled]')")
    there.come(3)
    one.until("!document.querySelector('#u1 .say button[disabled]')")
    there.say(1, Outcome.CONDITIONAL, condition="ส่งแผนปีหน้า", due="30 พฤษภาคม 2568")


def _network(there: Room, gone: Callable[[], object]) -> None:
    """What is clicked meanwhile looks unsaved and is not saved; the clock goes on."""
    one, before = there.one, recorded_outcomes(there.home, there.names)
    offline(one, gone=True)
    try:
        one.click("#u2-pass")
        one.until("document.querySelector('#u2.unsaved') && !document.querySelector('#offline').hidden")
        assert "ยังไม่บันทึก" in one.find("#u2").text
        gone()
        assert one.run(f"return {AGREES}")
        assert recorded_outcomes(there.home, there.names) == before
    finally:
        offline(one, gone=False)
    one.until("document.querySelector('#offline').hidden")
    assert one.find("#u2").get_attribute("class").endswith("unsaved")  # until it is pressed again
    there.say(2, Outcome.PASS)
    one.driver.get_log("browser")  # what the browser says of a line that is gone


def _each_after(there: Room) -> None:
    """The districts that follow: a second operator resolves one unit of the next, the first sees it."""
    one, two = there.one, there.two
    there.next()
    two.sign_in(SECOND)
    two.open(OF)
    there.say(0, Outcome.FAIL, by=two, reason="ไม่พบผลงานในพื้นที่")
    one.until("document.querySelector('#u0.fail')")
    _written_by_two(there)
    number = 1
    while True:
        for row in range(there.rows()):
            if one.run(f"return document.querySelector('#u{row}').matches('.unit:not(.pass):not(.fail)')"):
                number += 1
                if number % 9 == 0:
                    there.say(row, Outcome.DEFERRED, reason="รอเอกสาร", deferred_to="2/2568")
                elif number % 3 == 0:
                    there.say(row, Outcome.PASS)
        there.pass_the_rest()
        last = "สุดท้าย" in one.find("#next").text
        there.next()
        if last:
            return


def test_a_meeting_is_clicked_and_printed(tmp_path: Path) -> None:
    with room(tmp_path / "home", FEW) as there:
        held(there, lambda: there.one.until("document.querySelector('#offline').textContent.includes('น.')"))
        assert there.one.console() == []
        assert len(there.clicked) == 11
        for path, size in ((OF, (1366, 768)), (OF, (390, 844)), (SCREEN, (390, 844))):
            there.one.size(*size)
            there.one.open(path)
            assert there.one.axe() == []
            assert not there.one.too_wide()
        agree(there, papers(there.home, tmp_path / "after"))


@pytest.mark.long
def test_the_meeting_of_source_004(tmp_path: Path) -> None:
    """Eighteen districts, 129 units, the network gone for half a minute."""
    with room(tmp_path / "home", SOURCE_004) as there:
        held(there, lambda: time.sleep(30))
        assert len(there.clicked) == 129
        agree(there, papers(there.home, tmp_path / "after"))
