"""การประชุม: begun, changed by fields and by the workbook; every version stays and nobody's is lost unseen."""

import io

import openpyxl
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from mochocho.app.portal import access_chain
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from processing.meetings import kept
from processing.meetings.meeting import Meeting
from tests.portal.conftest import HERE, ORIGIN, Browser, Clock, hidden, made_site, signed_in

KEY = "province:1/2568"
OF = f"/settings/meetings/of/{KEY}"


@pytest.fixture
def site(own_home: Home, clock: Clock) -> Flask:
    return made_site(own_home, clock)


@pytest.fixture
def clerk(site: Flask) -> Browser:
    browser = signed_in(site, "province")
    answer = browser.send("/settings/meetings", number="๑/๒๕๖๘", district="")
    assert answer.status_code == 303, answer.text
    return browser


def stored(home: Home) -> Meeting:
    with reading(home.engine) as session:
        found = kept.meeting_of(session, KEY)
    assert found is not None
    return found


def hand_in(browser: Browser, name: str, content: bytes) -> TestResponse:
    data = {"csrf": browser.token(), "file": (io.BytesIO(content), name)}
    kind = "multipart/form-data"
    return browser.post("/settings/meetings/file", data=data, headers={"Origin": ORIGIN}, content_type=kind)


def test_a_meeting_is_begun_and_its_fields_filled_in(clerk: Browser, own_home: Home) -> None:
    version = hidden(clerk.get(OF).text, "version")
    typed = {"day": "1 พ.ค. 2568", "starts": "๐๙:๐๐", "ends": "14:30", "place": "{{7*7}} <b>"}
    answer = clerk.send(OF, version=version, minutes="๒๐", **typed)
    assert answer.status_code == 303, answer.text
    meeting = stored(own_home)
    assert (str(meeting.day), meeting.starts, meeting.schedule.minutes) == ("2025-05-01", "09:00", 20)
    page = clerk.get(OF).text
    assert "{{7*7}} &lt;b&gt;" in page
    assert "ฉบับที่ 2 โดย นางจังหวัด ตัวอย่าง" in page
    assert "1 พฤษภาคม 2568" in clerk.get("/settings/meetings").text
    newest = access_chain.last(own_home, 1)[0]
    assert (newest.what, newest.about, newest.name) == ("meeting", KEY, "นางจังหวัด ตัวอย่าง")
    again = clerk.send("/settings/meetings", number="1/2568", district="")
    assert (again.status_code, "มีการประชุมครั้งที่ 1/2568 แล้ว" in again.text) == (422, True)
    assert clerk.send("/settings/meetings", number="2/2568", district=HERE).status_code == 303


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"day": "เมื่อไรก็ได้"}, "วันที่: อ่านวันที่ไม่ได้"),
        ({"quorum": "ห้า"}, "องค์ประชุม (คน): ต้องเป็นจำนวนเต็ม"),
        ({"quorum": "5"}, "แต่มีกรรมการ 0 คน"),
        ({"starts": "9 โมง"}, "ยังไม่ได้บันทึก"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(
    clerk: Browser, own_home: Home, typed: dict[str, str], said: str
) -> None:
    before = stored(own_home)
    answer = clerk.send(OF, version="1", place="ที่พิมพ์ไว้", **typed)
    assert (answer.status_code, said in answer.text, "ที่พิมพ์ไว้" in answer.text) == (422, True, True)
    assert stored(own_home) == before


def test_a_version_kept_since_is_shown_beside_what_was_typed(
    clerk: Browser, own_home: Home, site: Flask
) -> None:
    version = hidden(clerk.get(OF).text, "version")
    other = signed_in(site, "admin")
    assert other.send(OF, version=version, place="ห้องประชุมเล็ก").status_code == 303
    answer = clerk.send(OF, version=version, place="ห้องประชุมใหญ่")
    assert answer.status_code == 409
    assert "ค่าที่บันทึกไว้ตอนนี้: ห้องประชุมเล็ก" in answer.text
    assert 'value="ห้องประชุมใหญ่"' in answer.text
    again = clerk.send(OF, version=hidden(answer.text, "version"), place="ห้องประชุมใหญ่")
    assert again.status_code == 303
    assert stored(own_home).place == "ห้องประชุมใหญ่"


def test_the_workbook_goes_out_and_comes_back(clerk: Browser, own_home: Home) -> None:
    clerk.send(OF, version="1", place="ห้องประชุมเดิม", starts="09:00", ends="14:30")
    content = clerk.get(f"/settings/meetings/workbook/{KEY}").data
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    (place,) = [cell for cell in cells if cell.value == "ห้องประชุมเดิม"]
    place.value = "ห้องประชุมใหม่"
    filled = io.BytesIO()
    book.save(filled)
    assert hand_in(clerk, "ประชุม.xlsx", filled.getvalue()).status_code == 303
    assert stored(own_home).place == "ห้องประชุมใหม่"
    late = hand_in(clerk, "ประชุม.xlsx", content)  # made from an earlier version
    assert (late.status_code, stored(own_home).place) == (409, "ห้องประชุมใหม่")
    for name, wrong in (("x.xlsx", b"no"), ("x.yaml", b"a: ["), ("", b"")):
        assert hand_in(clerk, name, wrong).status_code == 422, name


def test_meetings_are_for_those_who_see_the_settings(site: Flask, clerk: Browser) -> None:
    assert clerk.get("/settings/meetings/of/province:9/2568").status_code == 404
    for role in ("district", "assessor", "viewer"):
        browser = signed_in(site, role)
        assert browser.get(OF).status_code == 403
        assert browser.send(OF, version="1", place="x").status_code == 403
