"""ประชุม: a meeting run through its pages: arrivals, quorum, resolutions, two operators, the close."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from mochocho.app import access_chain
from mochocho.app.pipeline.conveyor import run_once
from mochocho.app.portal.pages.sittings import shown_sitting
from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from mochocho.words.model import Gate, Outcome, Resolution
from processing.certificates import issue
from processing.decisions import record_resolutions, recorded
from processing.meetings import kept
from processing.meetings.meeting import Attendance, Held, Meeting, Member, Minuted, Person
from processing.sittings import kept_sittings
from processing.sittings.sitting import Sitting
from reports.lint.examined_home import examined
from reports.lint.lint_meeting import lint
from tests.portal.conftest import HERE, THERE, Browser, Clock, copied, made_site, signed_in
from tests.portal.made_sitting import ACT, COMMITTEE, KEY, MEMBERS, OF, RESOLVE, SCREEN, convened, presented
from tests.portal.refused import refused_at


@pytest.fixture(scope="module")
def about_to_meet(settled: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """The settled home with a meeting set up, which tests copy."""
    with copied(settled, tmp_path_factory.mktemp("meeting")) as home:
        convened(home)
        yield home


@pytest.fixture
def own_home(about_to_meet: Home, tmp_path: Path) -> Iterator[Home]:
    with copied(about_to_meet, tmp_path) as home:
        yield home


@pytest.fixture
def site(own_home: Home, clock: Clock) -> Flask:
    return made_site(own_home, clock)


@pytest.fixture
def clerk(site: Flask) -> Browser:
    return signed_in(site, "province")


def state(home: Home) -> Sitting:
    with reading(home.engine) as session:
        return kept_sittings.sitting_of(session, KEY)


def act(browser: Browser, what: str, about: str = "", seen: int = 999, **more: str) -> TestResponse:
    return browser.send(ACT, what=what, about=about, seen=str(seen), **more)


def opened(browser: Browser, *districts: str) -> None:
    """Four of five are there, and these districts present one after another."""
    for name in MEMBERS[:4]:
        assert act(browser, "arrived", name).status_code == 303
    assert act(browser, "opened").status_code == 303
    for one in districts:
        assert act(browser, "begun", one).status_code == 303


def resolve(browser: Browser, unit: str, outcome: str = "pass", shown: int = 0, **more: str) -> TestResponse:
    return browser.send(RESOLVE, unit=unit, shown=str(shown), outcome=outcome, **more)


def resolution(home: Home, key: str) -> Resolution | None:
    with reading(home.engine) as session:
        every = recorded.latest_resolutions(session, [key]).get(key, ())
    return next((one for one in every if one.gate is Gate.PROVINCE), None)


def last(home: Home) -> int:
    with reading(home.engine) as session:
        return recorded.last_number(session)


def test_a_meeting_is_run_and_closed_into_its_minutes(clerk: Browser, own_home: Home, clock: Clock) -> None:
    unit = presented(own_home)[HERE][1]
    assert act(clerk, "opened").status_code == 409  # nobody is there
    opened(clerk)
    clock.later(minutes=20)
    late = {"substitute": "นางแทน ตัวอย่าง", "position": "<b>นักวิชาการ</b>"}
    assert act(clerk, "arrived", MEMBERS[4], **late).status_code == 303
    assert act(clerk, "begun", HERE).status_code == 303
    assert resolve(clerk, unit).status_code == 303
    said = resolution(own_home, unit)
    assert said
    assert (said.outcome, said.committee, said.meeting_no, said.present) == (
        Outcome.PASS,
        COMMITTEE,
        "1/2568",
        5,
    )
    before = last(own_home)
    assert resolve(clerk, unit).status_code == 303  # again, as after a lost answer
    assert last(own_home) == before
    unsure = act(clerk, "next", HERE)
    assert (unsure.status_code, "ยังไม่มีมติ 4 หน่วยงาน" in unsure.text) == (422, True)
    assert act(clerk, "next", HERE, sure="1").status_code == 303
    assert state(own_home).current == THERE
    frozen = resolve(clerk, unit, "fail", reason="สายไป")
    assert frozen.status_code == 404  # it is not of the district that presents
    assert act(clerk, "noted", "1", text="ประธานกล่าวเปิด {{7*7}}\n=1+1").status_code == 303
    assert act(clerk, "resolved", "1", text="รับทราบ").status_code == 303
    assert "{{7*7}}" in clerk.get(OF).text
    assert "ที่ประชุมมีมติรับรอง 1 หน่วยงาน</textarea>" in clerk.get(OF).text  # proposed for item 4
    assert act(clerk, "next", THERE, sure="1").status_code == 303
    clock.later(minutes=10)
    assert act(clerk, "closed").status_code == 303
    closed = clerk.get(OF).text
    assert "ปิดประชุมแล้ว" in closed
    assert re.findall(r"<dd>(\d+) หน่วยงาน</dd>", closed) == ["1", "0", "0", "0", "6"]
    assert (resolve(clerk, unit).status_code, act(clerk, "left", MEMBERS[0]).status_code) == (409, 409)
    with reading(own_home.engine) as session:
        meeting = kept.meeting_of(session, KEY)
    assert meeting
    assert meeting.held
    there = {one.of: one for one in meeting.held.attendance}
    assert all(there[name] == Attendance(name, present=True) for name in MEMBERS[:4])
    assert there[MEMBERS[4]].substitute == Person("นางแทน ตัวอย่าง", "<b>นักวิชาการ</b>")
    assert there[MEMBERS[4]].came > meeting.held.began
    resolved_at = meeting.held.items[0].resolved_at
    assert meeting.held.began <= resolved_at <= meeting.held.ended
    assert meeting.held.items == (
        Minuted("1", ("ประธานกล่าวเปิด {{7*7}}", "=1+1"), "รับทราบ", resolved_at=resolved_at),
    )
    early = clerk.get(f"/sittings/word/announcement/{KEY}")
    assert (early.status_code, "ผู้สมัคร 1 รายเปลี่ยนไปหลังการตรวจ" in early.text) == (409, True)
    run_once(own_home)
    _papers_in_word(clerk, own_home)


def _papers_in_word(clerk: Browser, home: Home) -> None:
    """What the page offers: a file of one paper, a ZIP of several; letters to nobody are told."""
    addresses = re.findall(r'href="(/sittings/word/[^"]+)"', clerk.get(f"/sittings/papers/{KEY}").text)
    found = {}
    for address in addresses:
        given = clerk.get(address)
        if given.status_code == 200:
            found[address.split("/")[3]] = _members(given)
            assert access_chain.last(home, 1)[0].what == "export"
        else:
            assert (given.status_code, "ไม่มีผู้ที่ต้องแจ้ง" in given.text) == (404, True)
    assert "ประธานกล่าวเปิด {{๗*๗}}" in found["minutes"][0]
    assert "<w:t" in found["reply-form"][0]
    assert len(found["announcement"]) == 2  # and its list
    assert len(found["letters-to-districts"]) == 1
    assert set(addresses) - {f"/sittings/word/{name}/{KEY}" for name in found} == {
        f"/sittings/word/letters-to-units/{KEY}"
    }
    issue.give(home, "ก", None)
    issue.revoke(home, 1, "ออกผิดราย", "ก")
    shown = clerk.get(f"/sittings/papers/{KEY}").text
    assert f"/sittings/word/announcement-of-revocation/{KEY}" in shown
    letter = clerk.get(f"/sittings/word/letters-of-revocation/{KEY}")
    assert "โดยมีเหตุผลว่า ออกผิดราย" in _members(letter)[0]


def _members(given: TestResponse) -> list[str]:
    """The text of each Word file that was given."""
    with zipfile.ZipFile(io.BytesIO(given.data)) as file:
        if "word/document.xml" in file.namelist():
            return [file.read("word/document.xml").decode()]
        inside = [zipfile.ZipFile(io.BytesIO(file.read(name))) for name in file.namelist()]
        return [one.read("word/document.xml").decode() for one in inside]


def test_papers_with_results_are_offered_once_the_meeting_was_held(clerk: Browser) -> None:
    shown = clerk.get(f"/sittings/papers/{KEY}").text
    assert re.findall(r"/sittings/word/([a-z-]+)/", shown) == ["reply-form", "attendance-sheet"]
    assert clerk.get(f"/sittings/word/minutes/{KEY}").status_code == 404
    assert clerk.get(f"/sittings/paper/reply-form/{KEY}").status_code == 404  # no PDF of it


def test_a_long_list_of_districts_folds_those_that_presented_and_offers_the_others_by_name(
    clerk: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shown_sitting, "_AT_ONCE", 0)
    opened(clerk)
    before = clerk.get(OF).text
    assert re.findall(r'<select id="first" name="about"><option value="(\d+)">', before) == [THERE]
    assert "folded" not in before
    assert act(clerk, "first", THERE).status_code == 303
    assert act(clerk, "begun", THERE).status_code == 303
    assert act(clerk, "ended", THERE, sure="1").status_code == 303
    page = clerk.get(OF).text
    assert re.search(r"ปิดวาระแล้ว 1 อำเภอ <b[^>]*>รอมติ 2</b>", page)
    assert 'id="first"' not in page  # the other one is next


def test_a_recusal_breaks_the_quorum_of_one_unit_alone(clerk: Browser, own_home: Home) -> None:
    one, other = presented(own_home)[HERE][1:3]
    opened(clerk, HERE)
    for name in MEMBERS[:2]:
        assert act(clerk, "recused", name, unit=one).status_code == 303
    page = clerk.get(OF).text
    why = "ไม่ครบองค์ประชุม เหลือผู้พิจารณา 2 คน เพราะไม่ร่วมพิจารณา 2 คน ต้องมีอย่างน้อย 3 คน"
    assert page.count(why) == 1
    assert f"ไม่ร่วมพิจารณา: {MEMBERS[0]}, {MEMBERS[1]}" in page
    refused = resolve(clerk, one)
    assert (refused.status_code, why in refused.text, resolution(own_home, one)) == (409, True, None)
    assert resolve(clerk, other).status_code == 303
    assert act(clerk, "returned", MEMBERS[1], unit=one).status_code == 303
    assert resolve(clerk, one).status_code == 303
    said = resolution(own_home, one)
    assert said
    assert (said.present, said.recused) == (4, (MEMBERS[0],))
    assert act(clerk, "left", MEMBERS[2]).status_code == 303  # and now it is lacking again
    assert resolve(clerk, one, "fail", reason="ไม่พบผลงาน", shown=last(own_home)).status_code == 409
    screen = clerk.get(SCREEN).text
    assert MEMBERS[0] not in screen  # nobody reads on the wall who stood aside
    assert "ไม่ครบองค์ประชุม" not in screen


def test_who_goes_comes_back_or_sends_the_standing_substitute_by_one_click_each(
    clerk: Browser, own_home: Home, clock: Clock
) -> None:
    standing = Person("นางสาวประจำ ตัวอย่าง", "ปลัดอำเภอ", "ที่ทำการปกครองอำเภอ")
    with transaction(own_home.engine) as session:
        meeting = kept.meeting_of(session, KEY)
        assert meeting
        first, *others = meeting.members
        gone = Member(Person("นายเดิม ย้ายแล้ว"), until=date(2025, 4, 30))
        changed = (replace(first, substitute=standing), *others, gone)
        kept.keep(session, replace(meeting, members=changed), "ก")
    page = clerk.get(OF).text
    assert ("นายเดิม ย้ายแล้ว" in page, "นางสาวประจำ ตัวอย่าง มาแทน" in page) == (False, True)
    opened(clerk, HERE)
    for minutes, what in ((10, "left"), (20, "arrived"), (0, "left")):
        clock.later(minutes=minutes)
        assert act(clerk, what, MEMBERS[0]).status_code == 303
    shown = re.findall(r"ประธานกรรมการ(.*?)</small>", clerk.get(OF).text, re.DOTALL)
    assert re.sub(r"[0-9.]+ น\.", "#", " ".join(shown[0].split())) == "ออก # กลับเข้า # ออก #"
    assert act(clerk, "undone", MEMBERS[0]).status_code == 303  # the last click was a mistake
    assert MEMBERS[0] in state(own_home).present
    assert 'id="m0-undo"' not in clerk.get(OF).text
    assert act(clerk, "left", MEMBERS[0]).status_code == 303
    sent = {"substitute": standing.name, "position": standing.position, "agency": standing.agency}
    assert act(clerk, "arrived", MEMBERS[0], **sent).status_code == 303
    stay = state(own_home).last_stay(MEMBERS[0])
    assert stay
    assert stay.substitute == standing


def test_a_resolution_that_turns_out_to_have_had_no_quorum_is_told(clerk: Browser, own_home: Home) -> None:
    one = presented(own_home)[HERE][1]
    opened(clerk, HERE)
    for name in MEMBERS[:2]:
        assert act(clerk, "left", name).status_code == 303
    assert act(clerk, "arrived", MEMBERS[4]).status_code == 303
    assert resolve(clerk, one).status_code == 303
    assert "มติที่บันทึกไว้ไม่ครบองค์ประชุม" not in clerk.get(OF).text
    assert act(clerk, "resolved", "1", text="รับทราบ").status_code == 303
    assert "ขณะลงมติ" not in clerk.get(OF).text
    assert act(clerk, "undone", MEMBERS[4]).status_code == 303  # it was somebody else
    assert "ขณะลงมติไม่ครบองค์ประชุม มาประชุม 2 คน ต้องมีอย่างน้อย 3 คน" in clerk.get(OF).text
    told = "มติที่บันทึกไว้ไม่ครบองค์ประชุม มีผู้ร่วมพิจารณา 2 คน ต้องมีอย่างน้อย 3 คน"
    assert clerk.get(OF).text.count(told) == 1
    with reading(own_home.engine) as session:
        meeting = kept.meeting_of(session, KEY)
    assert meeting
    found = [each for each in lint(examined(own_home, meeting)) if each.code == "unit.no_quorum"]
    assert [dict(each.values)["present"] for each in found] == [2]


def test_an_item_written_down_later_takes_its_hour(site: Flask, own_home: Home, clock: Clock) -> None:
    def resolved(hour: str, seen: int = 999) -> TestResponse:
        return act(clerk, "resolved", "1", text="รับทราบ", seen=seen, resolved_at=hour)

    def shown() -> tuple[str, bool]:
        page = clerk.get(OF).text
        (field,) = re.findall(r'<input[^>]* id="i1-resolved_at"[^>]* value="([^"]*)"', page)
        return field, "ขณะลงมติ" in page

    clock.at = clock.at.replace(hour=2, minute=0, second=40)  # 09.00 in Thailand
    clerk = signed_in(site, "province")
    assert 'id="i1-resolved_at"' not in clerk.get(OF).text
    opened(clerk)
    clock.later(minutes=20)
    for name in MEMBERS[:2]:
        assert act(clerk, "left", name).status_code == 303
    clock.later(minutes=15)
    assert resolved("").status_code == 303
    assert shown() == ("09.35", True)
    assert resolved("๙:๑๐ น.").status_code == 303
    assert shown() == ("09.10", False)
    for hour, said in (
        ("08.59", "ก่อนเปิดประชุม 09.00 น."),
        ("9.36", "หลังเวลานี้ 09.35 น."),
        ("=1+1", "09:00 หรือ"),
    ):
        page = refused_at(resolved(hour), "i1-resolved_at")
        assert said in page
        assert f'value="{hour}"' in page
        assert re.search(r'id="item1" data-part open', page)
    assert shown() == ("09.10", False)
    assert resolved("09.00").status_code == 303  # the minute of the opening
    assert shown() == ("09.00", False)
    assert resolved("", seen=0).status_code == 303  # sent again by who saw nothing recorded
    assert shown() == ("09.00", False)
    assert resolved("").status_code == 303  # taken away
    assert shown() == ("09.35", True)


def test_what_needs_words_is_refused_without_them(clerk: Browser, own_home: Home) -> None:
    unit = presented(own_home)[HERE][1]
    opened(clerk, HERE)
    wrong = resolve(clerk, unit, "conditional", condition="ส่งแผน <b>ปีหน้า</b>", due="วันไหนไม่รู้")
    place = re.findall(r'id="(u\d+)-conditional-due"[^>]* aria-invalid', wrong.text)[0]
    assert "ส่งแผน <b>ปีหน้า</b>" in refused_at(wrong, f"{place}-conditional-due")
    told = {"condition": "", "due": "", "reason": " ", "deferred_to": ""}
    refused_at(
        resolve(clerk, unit, "conditional", **told),
        f"{place}-conditional-condition",
        f"{place}-conditional-due",
    )
    refused_at(resolve(clerk, unit, "fail", **told), f"{place}-fail-reason")
    refused_at(
        resolve(clerk, unit, "deferred", **told), f"{place}-deferred-deferred_to", f"{place}-deferred-reason"
    )
    assert resolution(own_home, unit) is None
    assert resolve(clerk, unit, "conditional", condition="ส่งแผน", due="๓๐ พ.ค. ๒๕๖๘").status_code == 303
    said = resolution(own_home, unit)
    assert said
    assert (said.outcome, str(said.due)) == (Outcome.CONDITIONAL, "2025-05-30")


def test_two_operators_see_each_other_and_clobber_nothing(
    clerk: Browser, site: Flask, own_home: Home
) -> None:
    unit = presented(own_home)[HERE][1]
    opened(clerk, HERE)
    other = signed_in(site, "province")
    seen = state(own_home).number
    assert act(other, "paused", seen=seen).status_code == 303
    assert act(clerk, "paused", seen=seen).status_code == 303  # it is so: nothing is told
    assert act(clerk, "extended", seen=seen, minutes="1").status_code == 409
    assert act(clerk, "arrived", MEMBERS[4], seen=0).status_code == 303  # another matter
    assert resolve(other, unit).status_code == 303
    late = resolve(clerk, unit, "fail", reason="ไม่พบผลงาน")
    assert late.status_code == 409
    assert "นางจังหวัด ตัวอย่าง บันทึกมติรับรองไว้ก่อนแล้ว ท่านกดไม่รับรอง" in late.text
    assert ">\nไม่พบผลงาน</textarea>" in late.text
    assert resolve(clerk, unit, "fail", shown=last(own_home), reason="ไม่พบผลงาน").status_code == 303
    said = resolution(own_home, unit)
    assert said
    assert said.outcome is Outcome.FAIL
    numbers = [one.number for one in _events(own_home)]
    assert numbers == [*range(1, len(numbers) + 1)]


def _events(home: Home) -> list[kept_sittings.Event]:
    with reading(home.engine) as session:
        return kept_sittings.events(session, KEY)


def test_the_rest_is_passed_with_one_confirmation(clerk: Browser, own_home: Home) -> None:
    opened(clerk, THERE)
    keys = presented(own_home)[THERE]
    page = clerk.get(OF).text
    assert "รับรองที่เหลือ 2" in page
    sent = {"csrf": clerk.token(), "outcome": "pass", "unit": keys, "shown": ["0", "0"]}
    answer = clerk.post(RESOLVE, data=sent, headers={"Origin": "http://localhost"})
    assert answer.status_code == 303
    assert {one.outcome for key in keys if (one := resolution(own_home, key))} == {Outcome.PASS}
    assert "รับรองที่เหลือ" not in clerk.get(OF).text


def test_a_screen_that_looks_again_is_told_in_no_bytes(clerk: Browser, site: Flask, own_home: Home) -> None:
    opened(clerk, HERE)
    viewer = signed_in(site, "viewer")
    for browser, path in ((clerk, OF), (viewer, SCREEN)):
        first = browser.get(path, headers={"X-Fragment": "sitting"})
        again = {"X-Fragment": "sitting", "If-None-Match": first.headers["ETag"]}
        same = browser.get(path, headers=again)
        assert (same.status_code, same.data) == (304, b"")
        assert same.headers["X-Clock"].isdecimal()
        assert act(clerk, "extended", minutes="1").status_code == 303
        assert browser.get(path, headers=again).status_code == 200
    assert viewer.get(OF).status_code == 403
    assert act(viewer, "paused").status_code == 403
    assert "ร้อยละ" not in viewer.get(SCREEN).text
    assert ">100.00<" not in viewer.get(SCREEN).text
    assert act(clerk, "scores_shown").status_code == 303
    assert ">100.00<" in viewer.get(SCREEN).text
    for role in ("assessor", "admin"):
        browser = signed_in(site, role)
        assert {browser.get(path).status_code for path in (OF, SCREEN, "/sittings")} == {403}


def test_whoever_has_an_interest_resolves_nothing_about_it(
    clerk: Browser, site: Flask, own_home: Home
) -> None:
    unit, other = presented(own_home)[HERE][1:3]
    assert clerk.send(f"/sittings/act/{KEY}", what="x", seen="0").status_code == 400
    with transaction(own_home.engine) as session:
        meeting = kept.meeting_of(session, KEY)
        assert meeting
        kept.keep(session, _with(meeting, "นางจังหวัด ตัวอย่าง"), "ก")
    assert ">ประชุมแล้ว<" in clerk.get("/sittings").text
    opened(clerk, HERE)
    assert ">กำลังประชุม<" in clerk.get("/sittings").text
    assert act(clerk, "arrived", "นางจังหวัด ตัวอย่าง").status_code == 303
    assert act(clerk, "recused", "นางจังหวัด ตัวอย่าง", unit=unit).status_code == 303
    assert resolve(clerk, unit).status_code == 303
    page = clerk.get(OF).text
    assert page.count("ท่านมีส่วนได้เสีย") == 1
    assert "แต่ยังร่วมพิจารณา" not in page
    assert act(clerk, "returned", "นางจังหวัด ตัวอย่าง", unit=unit).status_code == 303
    assert clerk.get(OF).text.count("แต่ยังร่วมพิจารณา: นางจังหวัด ตัวอย่าง") == 1
    assert resolve(clerk, unit, "fail", reason="ก", shown=last(own_home)).status_code == 404
    assert resolve(clerk, other).status_code == 303
    assert clerk.get("/sittings/of/province:9/2568").status_code == 404


def _with(meeting: Meeting, name: str) -> Meeting:
    return replace(meeting, members=(*meeting.members, Member(Person(name))), held=Held(began="09:00"))


def test_the_texts_of_a_second_meeting_count_who_is_left(clerk: Browser, own_home: Home) -> None:
    every = presented(own_home)
    resolved = Resolution(Gate.PROVINCE, Outcome.PASS, COMMITTEE, "1/2568", date(2025, 5, 1), "ครบ", "ก")
    record_resolutions.record(own_home, dict.fromkeys([every[HERE][0], *every[THERE]], resolved))
    run_once(own_home)
    with transaction(own_home.engine) as session:
        meeting = kept.meeting_of(session, KEY)
        assert meeting
        kept.keep(session, replace(meeting, number="2/2568", day=date(2025, 7, 1)), "ก")
    counted = {}
    for key in (KEY, "province:2/2568"):
        page = clerk.get(f"/packets/texts/word/agenda/{key}").data
        with zipfile.ZipFile(io.BytesIO(page)) as book:
            text = re.sub(r"<[^>]*>|\s", "", book.read("word/document.xml").decode())
        found = re.search("จำนวนทั้งสิ้น([๐-๙]+)หน่วยงาน", text)
        counted[key] = int(found[1]) if found else None
    left = len(every[HERE]) - 1
    assert counted == {KEY: left + 1 + len(every[THERE]), "province:2/2568": left}
