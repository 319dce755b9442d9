"""ประชุม of a district's committee: its own account runs it, to the minutes and to what follows."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pymupdf
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from mochocho.app import access_chain
from mochocho.app.pipeline.conveyor import run_once
from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from mochocho.words import thai
from mochocho.words.model import Gate, Outcome, Resolution
from processing.assessment import cases
from processing.decisions import clerks_sheet, record_resolutions, recorded
from processing.decisions.committees import district_workbooks
from processing.decisions.meetings.outcomes import OUTCOMES
from processing.meetings import kept
from processing.meetings.meeting import Level, Meeting
from processing.sittings.presented_units import presented_units
from reports.districts.district_home import districts_of
from reports.packet import after_meeting
from reports.view.blocks import Paper
from reports.view.districts.results_summary import results_summary
from tests.integration.test_district_workbooks import fill
from tests.portal.conftest import HERE, THERE, Browser, Clock, copied, hidden, made_site, signed_in
from tests.portal.made_sitting import MEMBERS, convened_in, presented, sent
from tests.portal.test_meetings_page import hand_in

KEY, FOREIGN, UNKNOWN, PROVINCIAL = f"{HERE}:1/2568", f"{THERE}:1/2568", "5799:1/2568", "province:1/2568"
OF, SCREEN, ACT, RESOLVE = (f"/sittings/{way}/{KEY}" for way in ("of", "screen", "act", "resolve"))
PROVINCE = Meeting(Level.PROVINCE, "1/2568")


@pytest.fixture(scope="module")
def about_to_meet(settled: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """Twelve units in HERE, whose committee is set up, and a meeting of THERE and of the province."""
    with copied(settled, tmp_path_factory.mktemp("district")) as home:
        sent(home, range(8, 15), HERE)
        run_once(home)
        convened_in(home, HERE)
        convened_in(home, THERE)
        with transaction(home.engine) as session:
            kept.keep(session, PROVINCE, "นางจังหวัด ตัวอย่าง")
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
    return signed_in(site, "district")


def act(browser: Browser, what: str, about: str = "", **more: str) -> TestResponse:
    return browser.send(ACT, what=what, about=about, seen="999", **more)


def done(answer: TestResponse) -> bool:
    return answer.status_code == 303


def resolve(browser: Browser, units: list[str], outcome: str, **more: str) -> TestResponse:
    sent = {"csrf": browser.token(), "outcome": outcome, "unit": units, "shown": ["0"] * len(units)}
    return browser.post(RESOLVE, data=sent | more, headers={"Origin": "http://localhost"})


def resolutions(home: Home) -> dict[str, Resolution]:
    with reading(home.engine) as session:
        found = recorded.latest_resolutions(session, presented(home, KEY)[HERE])
    return {key: one for key, own in found.items() for one in own if one.gate is Gate.DISTRICT}


def summary(home: Home) -> Paper:
    ((_, district),) = districts_of(home, date(2025, 4, 20), [HERE])
    return results_summary(district, cases.cases(home, [HERE]))


def meeting(home: Home) -> Meeting:
    with reading(home.engine) as session:
        found = kept.meeting_of(session, KEY)
    assert found
    return found


def minutes(home: Home, folder: Path) -> bytes:
    (path,) = after_meeting.write(home, meeting(home), folder)
    return path.read_bytes()


def test_a_district_runs_its_meeting_to_the_minutes_and_the_province_gets_who_passed(
    clerk: Browser, own_home: Home, clock: Clock, about_to_meet: Home, tmp_path: Path
) -> None:
    keys = presented(own_home, KEY)[HERE]
    assert len(keys) == 12
    assert list(presented(own_home, KEY)) == [HERE]
    for name in MEMBERS[:4]:
        assert done(act(clerk, "arrived", name))
    assert done(act(clerk, "opened"))
    assert "เริ่มพิจารณา</button>" in clerk.get(OF).text
    assert resolve(clerk, keys[:1], "pass").status_code == 409  # nothing is considered yet
    assert done(act(clerk, "begun", HERE))
    assert "กำหนด 180 นาที" in clerk.get(OF).text  # a quarter of an hour for each of twelve
    for name in MEMBERS[:2]:
        assert done(act(clerk, "recused", name, unit=keys[0]))
    broken = resolve(clerk, keys[:1], "pass")
    assert (broken.status_code, "เหลือผู้พิจารณา 2 คน เพราะไม่ร่วมพิจารณา 2 คน" in broken.text) == (409, True)
    assert done(act(clerk, "arrived", MEMBERS[4]))  # and they are enough
    assert done(resolve(clerk, keys[:1], "conditional", condition="ส่งแผน", due="30 พฤษภาคม 2568"))
    assert done(resolve(clerk, keys[1:2], "fail", reason="ไม่พบผลงาน"))
    assert done(resolve(clerk, keys[2:3], "deferred", reason="รอเอกสาร", deferred_to="2/2568"))
    assert "รับรองที่เหลือ 9" in clerk.get(OF).text
    assert done(resolve(clerk, keys[3:], "pass"))
    clock.later(minutes=10)
    assert done(act(clerk, "next", HERE))
    assert done(act(clerk, "resolved", "4", text="รับรอง 9 หน่วยงาน"))
    clock.later(minutes=15)
    assert done(act(clerk, "closed"))
    said = resolutions(own_home)
    assert [said[key].outcome for key in keys] == [Outcome.CONDITIONAL, Outcome.FAIL, Outcome.DEFERRED] + [
        Outcome.PASS
    ] * 9
    assert said[keys[0]].recused == MEMBERS[:2]
    assert {one.present for one in said.values()} == {5}
    named = record_resolutions.committees(own_home, Gate.DISTRICT)("เมืองเชียงราย")
    assert {one.committee for one in said.values()} == {named}
    printed = clerk.get(f"/sittings/paper/minutes/{KEY}").data
    _agree(own_home, said, printed)
    results = clerk.get(f"/sittings/paper/results/{KEY}")
    assert (results.status_code, results.mimetype) == (200, "application/pdf")
    titles = ("สรุปผลการตรวจประเมินระดับอำเภอ", "รายงานการประชุม")
    newest = [one.reason for one in access_chain.last(own_home, 2)]
    assert newest == [f"{title} อำเภอเมืองเชียงราย ครั้งที่ 1/2568" for title in titles]
    for paper in ("minutes", "results"):
        edited = clerk.get(f"/sittings/word/{paper}/{KEY}")
        with zipfile.ZipFile(io.BytesIO(edited.data)) as file:
            assert "ไม่พบผลงาน" in file.read("word/document.xml").decode()
    _follows(own_home, keys)
    assert minutes(own_home, tmp_path / "clicked") == printed
    _same_by_excel(own_home, about_to_meet, tmp_path)


def _agree(home: Home, said: dict[str, Resolution], printed: bytes) -> None:
    """The minutes say of each unit what was clicked."""
    with pymupdf.open(stream=printed) as document:
        text = re.sub(r"\s", "", "".join(page.get_text() for page in document))
    with reading(home.engine) as session:
        names = {
            one.key: one.name for one in presented_units(session, Meeting(Level.DISTRICT, "", HERE))[HERE]
        }
    words = "|".join(sorted(OUTCOMES.values(), key=len, reverse=True))
    for key, one in said.items():
        name = thai.digits(names[key].replace(" ", ""))
        found = re.search(f"{name}(?![๐-๙]).*?({words})", text)
        assert found, names[key]
        assert found[1] == OUTCOMES[one.outcome], names[key]


def _follows(home: Home, keys: list[str]) -> None:
    """Whoever passed, also with a condition, comes before the province once the work is done."""
    assert presented(home, PROVINCIAL) == {}
    run_once(home)
    assert set(presented(home, PROVINCIAL)[HERE]) == {keys[0], *keys[3:]}


def _same_by_excel(home: Home, before: Home, folder: Path) -> None:
    """The same resolutions in the clerk's file, in a copy that nobody clicked in, give the same papers."""
    (folder / "other").mkdir()
    with copied(before, folder / "other") as other:
        book = district_workbooks.write(other, folder / "files", Gate.DISTRICT)[0]
        fill(book, {key: dict(_typed(one)) for key, one in resolutions(home).items()})
        report = record_resolutions.import_xlsx(other, book, "นายอำเภอ ตัวอย่าง")
        assert (report.mistakes, report.recorded) == ((), 12)
        with transaction(other.engine) as session:
            kept.keep(session, meeting(home), "นายอำเภอ ตัวอย่าง")
        run_once(other)
        assert minutes(other, folder / "imported") == minutes(home, folder / "again")
        assert summary(other) == summary(home)


def _typed(one: Resolution) -> Iterator[tuple[str, str]]:
    """The cells of a row; the program itself writes nothing of those that were put off, who come again."""
    yield from clerks_sheet.written(one).items()
    if one.outcome is Outcome.DEFERRED:
        yield clerks_sheet.OUTCOME, OUTCOMES[one.outcome]
        yield clerks_sheet.REASON, one.reason
        yield clerks_sheet.DEFERRED_TO, one.deferred_to
        yield clerks_sheet.PRESENT, str(one.present)


def test_a_district_sees_its_own_meeting_alone(clerk: Browser, site: Flask) -> None:
    listed = clerk.get("/sittings").text
    assert "อำเภอเมืองเชียงราย ครั้งที่ 1/2568" in listed
    assert "อำเภอเวียงชัย" not in listed
    assert "คณะกรรมการระดับจังหวัด" not in listed
    for way in ("of", "screen"):
        unknown = clerk.get(f"/sittings/{way}/{UNKNOWN}")
        for key in (FOREIGN, PROVINCIAL):
            foreign = clerk.get(f"/sittings/{way}/{key}")
            assert (foreign.status_code, foreign.data) == (404, unknown.data)
    assert (
        clerk.send(f"/sittings/act/{FOREIGN}", what="arrived", about=MEMBERS[0], seen="0").status_code == 404
    )
    assert clerk.send(f"/sittings/resolve/{FOREIGN}", outcome="pass").status_code == 404
    assert "อำเภอเวียงชัย ครั้งที่ 1/2568" in signed_in(site, "province").get("/sittings").text
    for key in (KEY, FOREIGN):  # the first was not held yet
        assert clerk.get(f"/sittings/paper/minutes/{key}").status_code == 404
        assert clerk.get(f"/sittings/word/minutes/{key}").status_code == 404
    viewer = signed_in(site, "viewer")
    assert (viewer.get(SCREEN).status_code, viewer.get(OF).status_code) == (200, 403)


def test_a_unit_of_another_district_is_unknown_in_a_districts_meeting(clerk: Browser, own_home: Home) -> None:
    foreign = presented(own_home, FOREIGN)[THERE]
    for name in MEMBERS[:3]:
        assert done(act(clerk, "arrived", name))
    assert done(act(clerk, "opened"))
    assert done(act(clerk, "begun", HERE))
    assert resolve(clerk, foreign[:1], "pass").status_code == 404
    assert act(clerk, "begun", THERE).status_code == 400


def test_a_district_sets_its_own_meeting_up(clerk: Browser, own_home: Home, site: Flask) -> None:
    listed = clerk.get("/settings/meetings").text
    assert "จังหวัด</option>" not in listed
    assert f"/settings/meetings/of/{KEY}" in listed
    assert f"/settings/meetings/of/{FOREIGN}" not in listed
    unknown = clerk.get(f"/settings/meetings/of/{UNKNOWN}")
    for key in (FOREIGN, PROVINCIAL):
        foreign = clerk.get(f"/settings/meetings/of/{key}")
        assert (foreign.status_code, foreign.data) == (404, unknown.data)
        assert clerk.get(f"/settings/meetings/part/members/{key}").status_code == 404
    for district in ("", THERE):
        assert clerk.send("/settings/meetings", number="2/2568", district=district).status_code == 404
    assert done(clerk.send("/settings/meetings", number="2/2568", district=HERE))
    second = f"{HERE}:2/2568"
    path = f"/settings/meetings/part/when/{second}"
    assert done(clerk.send(path, version=hidden(clerk.get(path).text, "version"), day="24 เม.ย. 2568"))
    assert MEMBERS[0] in clerk.get(f"/sittings/of/{second}").text
    foreign_file = signed_in(site, "province").get(f"/settings/meetings/workbook/{FOREIGN}").data
    answer = hand_in(clerk, "ของอำเภออื่น.xlsx", foreign_file)
    assert (answer.status_code, "ไฟล์นี้เป็นของคณะกรรมการอื่น" in answer.text) == (422, True)
    with reading(own_home.engine) as session:
        assert kept.version_of(session, FOREIGN) == 1
    own_file = clerk.get(f"/settings/meetings/workbook/{second}").data
    assert done(hand_in(clerk, "ของตน.xlsx", own_file))


def test_who_was_put_off_comes_again_and_what_stands_is_told(clerk: Browser, own_home: Home) -> None:
    passed, put_off, by_a_later = presented(own_home, KEY)[HERE][1:4]
    earlier = Resolution(
        Gate.DISTRICT, Outcome.PASS, "คณะกรรมการ", "1/2568", date(2025, 4, 10), recorded_by="ก"
    )
    later = {"outcome": Outcome.DEFERRED, "reason": "รอ <b>เอกสาร</b>", "deferred_to": "2/2568"}
    out_of_turn = replace(earlier, meeting_no="3/2568")
    record_resolutions.record(
        own_home, {passed: earlier, put_off: replace(earlier, **later), by_a_later: out_of_turn}
    )
    second = convened_in(own_home, HERE, number="2/2568").key
    steps = [{"what": "arrived", "about": name} for name in MEMBERS[:3]]
    for step in (*steps, {"what": "opened"}, {"what": "begun", "about": HERE}):
        assert done(clerk.send(f"/sittings/act/{second}", seen="999", **step))
    page = clerk.get(f"/sittings/of/{second}").text
    assert "มติครั้งที่ 1/2568: รับรอง" not in page, "whom an earlier meeting settled is not on the table"
    assert page.count("มติครั้งที่ 3/2568: รับรอง") == 1
    assert page.count("เลื่อนมาจากครั้งที่ 1/2568 เหตุผล: รอ &lt;b&gt;เอกสาร&lt;/b&gt;") == 1
    assert "รับรองที่เหลือ 9" in page  # of twelve, without the leader and the two who passed
    assert clerk.get(f"/sittings/screen/{second}").text.count("รอมติ") == 10
    unsure = clerk.send(f"/sittings/act/{second}", what="next", about=HERE, seen="999")
    assert "ยังไม่มีมติ 10 หน่วยงาน" in unsure.text
