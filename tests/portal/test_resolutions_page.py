"""มติ: resolutions written down in a page, as in the workbook, by two people and after a lost answer."""

from collections.abc import Mapping

import pytest
from flask import Flask

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.model import Outcome, Resolution
from processing.decisions import recorded
from tests.integration.province_mirror import ENTITY
from tests.portal.conftest import HERE, THERE, Browser, Clock, hidden, made_site, signed_in

MEETING = {
    "committee": "คณะกรรมการตรวจประเมินอำเภอเมืองเชียงราย",
    "meeting": "๑/๒๕๖๘",
    "day": "๑๐ เมษายน ๒๕๖๘",
    "present": "๗",
}
HERE_PATH = f"/resolutions/district/{HERE}"


@pytest.fixture
def site(own_home: Home, clock: Clock) -> Flask:
    return made_site(own_home, clock)


@pytest.fixture
def clerk(site: Flask) -> Browser:
    return signed_in(site, "province")


def rows(*typed: tuple[int, Mapping[str, str]]) -> dict[str, str]:
    """What a page sends for these applicants: each by its number, with its fields."""
    sent = {}
    for place, (number, fields) in enumerate(typed):
        sent[f"{place}.key"] = ENTITY.format(number)
        sent |= {f"{place}.{name}": text for name, text in fields.items()}
    return sent


def shown(page: str) -> str:
    return hidden(page, "shown")


def resolution(home: Home, number: int) -> Resolution | None:
    key = ENTITY.format(number)
    with reading(home.engine) as session:
        return next(iter(recorded.latest_resolutions(session, [key]).get(key, ())), None)


def decisions(home: Home) -> int:
    with reading(home.engine) as session:
        return recorded.last_number(session)


def test_a_page_is_recorded_and_says_so_once(clerk: Browser, own_home: Home) -> None:
    page = clerk.get(HERE_PATH).text
    sent = rows(
        (1, {"outcome": "รับรอง"}),
        (
            2,
            {
                "outcome": "รับรองแบบมีเงื่อนไข",
                "condition": "ส่งแผนปีหน้า",
                "due": "๓๐ พฤษภาคม ๒๕๖๘",
                "reason": "ต้องเติม",
            },
        ),
        (3, {}),
    )
    answer = clerk.send(HERE_PATH, shown=shown(page), **MEETING, **sent)
    assert (answer.status_code, answer.location) == (303, f"{HERE_PATH}?page=1"), answer.text
    after = clerk.get(answer.location).text
    assert "บันทึกมติ 2 รายแล้ว" in after
    assert "บันทึกมติ 2 รายแล้ว" not in clerk.get(HERE_PATH).text
    one, two = resolution(own_home, 1), resolution(own_home, 2)
    assert one
    assert two
    assert resolution(own_home, 3) is None
    assert (one.outcome, one.meeting_no, one.present, one.recorded_by) == (
        Outcome.PASS,
        "1/2568",
        7,
        "นางจังหวัด ตัวอย่าง",
    )
    assert (two.outcome, two.condition) == (Outcome.CONDITIONAL, "ส่งแผนปีหน้า")
    # the same form sent again, as after an answer that was lost, doubles nothing
    before = decisions(own_home)
    assert clerk.send(HERE_PATH, shown=shown(page), **MEETING, **sent).status_code == 303
    assert decisions(own_home) == before


def test_lines_of_a_reason_are_shown_as_they_were_typed_and_stay_when_the_page_is_sent_again(
    clerk: Browser, own_home: Home
) -> None:
    typed = rows((1, {"outcome": "ไม่รับรอง", "reason": "ไม่มีบัญชี\r\nไม่มีแผน\r\n", "note": "ก\r\nข"}))
    assert (
        clerk.send(HERE_PATH, shown=shown(clerk.get(HERE_PATH).text), **MEETING, **typed).status_code == 303
    )
    page = clerk.get(HERE_PATH).text
    assert ">\nไม่มีบัญชี\nไม่มีแผน</textarea>" in page
    again = rows((1, {"outcome": "ไม่รับรอง", "reason": "ไม่มีบัญชี\r\nไม่มีแผน", "note": "ก\r\nข"}))
    before = decisions(own_home)
    assert clerk.send(HERE_PATH, shown=shown(page), **MEETING, **again).status_code == 303
    one = resolution(own_home, 1)
    assert one
    assert (one.reason, one.note, decisions(own_home)) == ("ไม่มีบัญชี\nไม่มีแผน", "ก\nข", before)


def test_a_resolution_keeps_its_meeting_when_another_is_typed_above(clerk: Browser, own_home: Home) -> None:
    first = rows((1, {"outcome": "รับรอง"}))
    clerk.send(HERE_PATH, shown="0", **MEETING, **first)
    before = resolution(own_home, 1)
    page = clerk.get(HERE_PATH).text
    assert page.count('own_meeting" checked') == 1
    own = {"own_meeting": "on", "meeting": "1/2568", "day": "10 เมษายน 2568", "present": "7"}
    own["committee"] = MEETING["committee"]
    later = {**MEETING, "meeting": "2/2568", "day": "20 เมษายน 2568"}
    sent = rows((1, {"outcome": "รับรอง", **own}), (4, {"outcome": "รับรอง"}))
    assert clerk.send(HERE_PATH, shown=shown(page), **later, **sent).status_code == 303
    assert resolution(own_home, 1) == before
    four = resolution(own_home, 4)
    assert four
    assert four.meeting_no == "2/2568"
    # a meeting typed wrongly is put right for every row at once
    page = clerk.get(HERE_PATH).text
    assert clerk.send(HERE_PATH, shown=shown(page), every_row="on", **later, **sent).status_code == 303
    one = resolution(own_home, 1)
    assert one
    assert one.meeting_no == "2/2568"


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    clerk: Browser, own_home: Home
) -> None:
    page, before = clerk.get(HERE_PATH).text, decisions(own_home)
    wrong = {**MEETING, "day": "10 เมษายน 2028"}
    sent = rows((3, {"outcome": "ไม่รับรอง", "note": "<b>หมายเหตุ</b>"}), (7, {"outcome": "รับรอง"}))
    answer = clerk.send(HERE_PATH, shown=shown(page), **wrong, **sent)
    assert answer.status_code == 422
    assert answer.text.count('aria-invalid="true"') == 2  # the day, and the reason that is missing
    assert "&lt;b&gt;หมายเหตุ&lt;/b&gt;" in answer.text
    assert 'value="10 เมษายน 2028"' in answer.text
    assert decisions(own_home) == before


def test_what_a_colleague_recorded_since_is_shown_and_replaced_knowingly(
    clerk: Browser, site: Flask, own_home: Home
) -> None:
    page = clerk.get(HERE_PATH).text
    colleague = signed_in(site, "district")
    failed = rows((3, {"outcome": "ไม่รับรอง", "reason": "ไม่พบผลงาน"}))
    assert colleague.send(HERE_PATH, shown=shown(page), **MEETING, **failed).status_code == 303
    deferred = rows((3, {"outcome": "เลื่อนพิจารณา", "reason": "รอเอกสาร", "deferred_to": "3/2568"}))
    answer = clerk.send(HERE_PATH, shown=shown(page), **MEETING, **deferred)
    assert answer.status_code == 409
    assert "นายอำเภอ ตัวอย่าง" in answer.text
    assert "รอเอกสาร" in answer.text
    three = resolution(own_home, 3)
    assert three
    assert three.outcome is Outcome.FAIL
    assert clerk.send(HERE_PATH, shown=shown(answer.text), **MEETING, **deferred).status_code == 303
    three = resolution(own_home, 3)
    assert three
    assert three.outcome is Outcome.DEFERRED


def test_a_pass_is_proposed_where_nothing_is_against_it(clerk: Browser, own_home: Home) -> None:
    before = decisions(own_home)
    there = f"/resolutions/district/{THERE}"
    page = clerk.get(f"{there}?rest=pass").text
    assert page.count(" checked") == page.count('data-outcome="pass" checked') == 2
    assert "ยังไม่บันทึก" in page
    assert decisions(own_home) == before


def test_a_district_sees_its_own_committee_and_nobody_elses(site: Flask) -> None:
    browser = signed_in(site, "district")
    own = browser.get("/resolutions", follow_redirects=True)
    assert own.request.path == "/resolutions/district"
    assert "เมืองเชียงราย" in own.text
    assert "เวียงชัย" not in own.text
    for foreign in (
        "/resolutions/province",
        f"/resolutions/province/{HERE}",
        f"/resolutions/district/{THERE}",
        "/resolutions/district/9999",
    ):
        assert browser.get(foreign).status_code == 404, foreign
    page = browser.get(HERE_PATH).text
    for key in (5, 99):
        sent = rows((key, {"outcome": "รับรอง"}))
        assert browser.send(HERE_PATH, shown=shown(page), **MEETING, **sent).status_code == 404
    assert browser.send(HERE_PATH, shown="x", **MEETING, **rows((1, {}))).status_code == 404
    assert browser.send(HERE_PATH, shown=shown(page), **MEETING).status_code == 404


def test_the_districts_say_how_far_they_have_come(clerk: Browser) -> None:
    assert "รอมติ 7 ราย" in clerk.get("/resolutions/district").text
    typed = rows(
        (1, {"outcome": "รับรอง"}), (3, {"outcome": "เลื่อนพิจารณา", "reason": "รอ", "deferred_to": "3/2568"})
    )
    assert clerk.send(HERE_PATH, shown="0", **MEETING, **typed).status_code == 303
    assert "รอมติ 6 ราย" in clerk.get("/resolutions/district").text
    assert clerk.get("/resolutions/province").text.count('<th scope="row">') == 2
