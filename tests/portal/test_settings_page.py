"""ตั้งค่า: the file is changed as a person would, whole or not at all, and the portal takes it up at once."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from mochocho.app import access_chain
from mochocho.settings.config import load_settings
from mochocho.storage.home import Home
from tests.portal.conftest import Browser, Clock, hidden, made_site, signed_in

WRITTEN = """\
# ของจังหวัดเรา
province = "เชียงราย"   # ไม่ต้องมีคำว่าจังหวัด
pack = "2568-sample"
presentation_order = []

[calendar]
plan = {due = 2024-12-31}   # ตามแผนปฏิบัติการ

[meeting]
number = "1/2568"
date = 2025-05-01   # วันพฤหัสบดี
starts = "09:00"
ends = "14:30"
place = "ห้องประชุม ชั้น ๓"

[committees]
assessors = [
  {name = "นายหนึ่ง ตัวอย่าง", districts = ["พาน"]},   # คนแรก
]

[workers]
broker_password = "ลับมาก"
"""


@pytest.fixture
def kept(own_home: Home, tmp_path: Path) -> tuple[Home, Path]:
    """A home whose settings stand in a file."""
    file = tmp_path / "mochocho.toml"
    file.write_bytes(WRITTEN.encode())
    return replace(own_home, settings=load_settings(file, home=own_home.settings.home)), file


@pytest.fixture
def site(kept: tuple[Home, Path], clock: Clock) -> Flask:
    return made_site(kept[0], clock)


@pytest.fixture
def admin(site: Flask) -> Browser:
    return signed_in(site, "admin")


@pytest.fixture
def file(kept: tuple[Home, Path]) -> Path:
    return kept[1]


def fields(page: str) -> Iterator[tuple[str, str]]:
    """What a browser would send of the form as it stands."""
    form = page.partition('class="card bd stack"')[2].partition("</form>")[0]
    for name, value in re.findall(r'<input type="(?:text|hidden)"[^>]*?name="([^"]+)" value="([^"]*)"', form):
        yield name, unescape(value)
    for name, options in re.findall(r'<select[^>]*?name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        yield name, re.findall(r'value="([^"]*)" selected', options)[0]
    for name, text in re.findall(r'<textarea[^>]*?name="([^"]+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL):
        yield name, unescape(text)


def save(browser: Browser, key: str, **values: str) -> TestResponse:
    """Open a part, change some of its fields, send it."""
    stands = dict(fields(browser.get(f"/settings/{key}").text))
    del stands["csrf"]
    return browser.send(f"/settings/{key}", **stands | {k.replace("__", "."): v for k, v in values.items()})


def test_a_change_leaves_comments_and_order_and_the_earlier_file(
    admin: Browser, file: Path, kept: tuple[Home, Path]
) -> None:
    answer = save(admin, "meeting", meeting__date="๒ พ.ค. ๒๕๖๘", meeting__place="{{7*7}} $x #panic()")
    assert answer.status_code == 303
    wanted = WRITTEN.replace("2025-05-01", "2025-05-02").replace("ห้องประชุม ชั้น ๓", "{{7*7}} $x #panic()")
    assert file.read_text("utf-8") == wanted
    assert file.with_name("mochocho.toml.earlier").read_text("utf-8") == WRITTEN
    page = admin.get("/settings").text
    assert "{{7*7}} $x #panic()" in page
    assert "2 พฤษภาคม 2568" in page
    (row,) = [one for one in access_chain.last(kept[0], 9) if one.what == "settings"]
    assert (row.name, row.about) == ("นายดูแล ระบบดี", "การประชุมที่จะจัดทำเอกสาร")
    assert "สถานที่: จาก ห้องประชุม ชั้น ๓ เป็น {{7*7}} $x #panic()" in row.reason
    assert access_chain.broken(kept[0]) == []


def test_a_form_that_is_sent_as_it_stands_writes_nothing(admin: Browser, file: Path) -> None:
    for key in ("province", "meeting", "calendar", "committees", "controller", "papers", "forms"):
        assert save(admin, key).location == "/settings", key
    assert file.read_text("utf-8") == WRITTEN
    assert not file.with_name("mochocho.toml.earlier").exists()


@pytest.mark.parametrize(
    ("key", "values", "said"),
    [
        ("province", {"province": "ไม่มีจังหวัดนี้"}, "ไม่มีจังหวัดนี้"),
        ("province", {"pack": "2599-none"}, "2599-none"),
        ("province", {"presentation_order": "พาน\nไม่มีอำเภอนี้"}, "ไม่มีอำเภอนี้"),
        ("meeting", {"meeting__date": "31 ก.พ. 2568"}, "ไม่มีวันนี้ในปฏิทิน"),
        ("meeting", {"meeting__starts": "9 โมง"}, "เวลาแบบ"),
        ("meeting", {"meeting__number": ""}, "ยังไม่ได้ตั้งค่านี้"),
        ("meeting", {"meeting__date": "1 พ.ค. 2560"}, "ปีไม่ตรงกัน"),
        ("calendar", {"calendar__onsite__first": "1 เม.ย. 2568"}, "ยังไม่ได้ตั้งค่านี้"),
        ("calendar", {"calendar__application__due": "1 ม.ค. 2568"}, "ให้เรียงวันครบกำหนด"),
        ("controller", {"controller__telephone": "12"}, "หมายเลขโทรศัพท์ขึ้นต้นด้วย 0"),
        ("controller", {"controller__retention_years": "สิบ"}, "จำนวนเต็ม"),
        ("committees", {"row-1-name": "x"}, "กรรมการแถวที่ 2 ชื่อ"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(
    admin: Browser, file: Path, key: str, values: dict[str, str], said: str
) -> None:
    answer = save(admin, key, **values)
    assert answer.status_code == 422
    assert said in unescape(answer.text)
    assert "autofocus" in answer.text
    for value in values.values():
        assert value.splitlines()[0:1] == [] or value.splitlines()[0] in answer.text
    assert file.read_text("utf-8") == WRITTEN


def test_all_mistakes_are_said_at_once(admin: Browser) -> None:
    page = save(admin, "meeting", meeting__starts="x", meeting__ends="y", meeting__number="z").text
    assert "มีที่ต้องแก้ 3 แห่ง" in page
    assert page.count('aria-invalid="true"') == 3


def test_a_calendar_and_a_committee_are_filled_in(admin: Browser, file: Path) -> None:
    answer = save(
        admin,
        "calendar",
        calendar__application__first="1/11/2567",
        calendar__application__due="31 ธันวาคม 2567",
        calendar__plan__due="",
    )
    assert answer.status_code == 303, answer.text
    row = {"name": "นางสอง ตัวอย่าง", "districts": "พาน, แม่จัน", "committee": "provincial", "role": "chair"}
    answer = save(admin, "committees", **{f"row-1-{name}": value for name, value in row.items()})
    assert answer.status_code == 303, answer.text
    settings = load_settings(file)
    assert {name: str(term.due) for name, term in settings.calendar.terms.items()} == {
        "application": "2024-12-31"
    }
    assert [(one.name, one.districts, one.role) for one in settings.committees.assessors] == [
        ("นายหนึ่ง ตัวอย่าง", ("พาน",), "member"),
        ("นางสอง ตัวอย่าง", ("พาน", "แม่จัน"), "chair"),
    ]
    assert save(admin, "committees", **{"row-0-name": "", "row-0-districts": ""}).status_code == 303
    assert [one.name for one in load_settings(file).committees.assessors] == ["นางสอง ตัวอย่าง"]
    emptied = {f"meeting__{name}": "" for name in ("number", "date", "starts", "ends", "place")}
    assert save(admin, "meeting", **emptied).status_code == 303
    assert load_settings(file).meeting is None
    assert "# ของจังหวัดเรา" in file.read_text("utf-8")


def test_a_file_changed_since_is_shown_beside_what_was_typed(admin: Browser, file: Path) -> None:
    stands = dict(fields(admin.get("/settings/meeting").text))
    file.write_text(WRITTEN.replace("14:30", "15:00"), "utf-8")
    sent = stands | {"meeting.ends": "16:00", "csrf": admin.token()}
    answer = admin.send("/settings/meeting", **sent)
    assert answer.status_code == 409
    assert "ค่าที่บันทึกไว้ตอนนี้: 15:00" in answer.text
    assert 'value="16:00"' in answer.text
    assert "14:30" not in file.read_text("utf-8")
    again = sent | {"seen": hidden(answer.text, "seen")}
    assert admin.send("/settings/meeting", **again).status_code == 303
    assert 'ends = "16:00"' in file.read_text("utf-8")


def test_what_a_variable_says_cannot_be_changed_here(
    admin: Browser, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOCHOCHO_MEETING__PLACE", "ที่อื่น")
    page = admin.get("/settings/meeting").text
    assert "มาจากตัวแปร MOCHOCHO_MEETING__PLACE" in page
    stands = dict(fields(page)) | {"csrf": admin.token()}
    answer = admin.send("/settings/meeting", **stands | {"meeting.place": "x"})
    assert (answer.status_code, "MOCHOCHO_MEETING__PLACE" in answer.text) == (422, True)
    assert file.read_text("utf-8") == WRITTEN


def test_a_change_by_hand_is_taken_up_and_a_broken_file_told(admin: Browser, file: Path) -> None:
    file.write_text(WRITTEN.replace("เชียงราย", "เชียงใหม่"), "utf-8")
    assert "จังหวัดเชียงใหม่" in admin.get("/profile").text
    file.write_text("province = เชียงราย", "utf-8")
    assert "จังหวัดเชียงใหม่" in admin.get("/profile").text


def test_a_file_that_cannot_be_written_says_so_and_nothing_is_logged(
    admin: Browser, file: Path, kept: tuple[Home, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "denied")

    before = access_chain.last(kept[0], 1)
    monkeypatch.setattr("mochocho.storage.settings_kept.write_file", refuse)
    answer = save(admin, "meeting", meeting__ends="15:00")
    assert (answer.status_code, "ไม่มีสิทธิ์" in answer.text) == (422, True)
    assert file.read_text("utf-8") == WRITTEN
    assert access_chain.last(kept[0], 1) == before


def test_only_an_administrator_changes_and_no_secret_is_shown(site: Flask, file: Path) -> None:
    for role in ("admin", "province"):
        page = signed_in(site, role).get("/settings").text
        assert "ห้องประชุม ชั้น ๓" in page
        assert "ลับมาก" not in page
        assert ('href="/settings/meeting"' in page) is (role == "admin")
    for role in ("province", "district", "assessor", "viewer"):
        browser = signed_in(site, role)
        assert browser.get("/settings/meeting").status_code == 403
        assert browser.send("/settings/meeting", **{"meeting.place": "x"}).status_code == 403
        assert browser.get("/settings").status_code == (200 if role == "province" else 403)
    assert file.read_text("utf-8") == WRITTEN
