"""นำเข้าไฟล์ and รายชื่อหมู่บ้าน: what a file would change is shown first, recorded as its command does it."""

import io
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from mochocho.app import access_chain
from mochocho.app.asked_work import asked_works, do_asked
from mochocho.app.asked_work.asked_works import State
from mochocho.app.asked_work.previews.preview_kinds import PREVIEWS, VILLAGES
from mochocho.app.asked_work.reporting import Reporter
from mochocho.settings.config import load_settings
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.model import Outcome
from processing.decisions import recorded
from tests.integration.province_mirror import ENTITY
from tests.portal.conftest import ORIGIN, Browser, Clock, hidden, made_site, signed_in
from tests.portal.refused import refused_at

KEY = ENTITY.format(1)
FILLED = {
    "มติ": "ไม่รับรอง",
    "คณะกรรมการ": "คณะกรรมการตัวอย่าง",
    "ครั้งที่": "๑/๒๕๖๘",
    "วันที่ประชุม": "10 เม.ย. 2568",
    "เหตุผล": "{{7*7}} <b>",
}

OTHER = FILLED | {"เหตุผล": "อีกเหตุ"}


def hand_in(browser: Browser, path: str, name: str, content: bytes) -> TestResponse:
    data = {"csrf": browser.token(), "file": (io.BytesIO(content), name)}
    return browser.post(path, data=data, headers={"Origin": ORIGIN}, content_type="multipart/form-data")


def filled(browser: Browser, **values: str) -> bytes:
    """The file to fill in, with these values in the row of applicant 1."""
    book = openpyxl.load_workbook(io.BytesIO(browser.get("/imports/blank/resolutions/มติระดับอำเภอ").data))
    (sheet,) = book.worksheets
    columns = {cell.value: place for place, cell in enumerate(sheet[1])}
    (row,) = [cells for cells in sheet.iter_rows() if cells[0].value == KEY]
    for column, value in values.items():
        row[columns[column]].value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def resolved(home: Home) -> list[tuple[Outcome, str, str]]:
    with reading(home.engine) as session:
        found = recorded.latest_resolutions(session, [KEY]).get(KEY, ())
    return [(one.outcome, one.reason, one.recorded_by) for one in found]


def work(home: Home, number: int) -> asked_works.Work:
    with reading(home.engine) as session:
        found = asked_works.numbered(session, number)
    assert found is not None
    return found


def test_a_filled_in_file_is_shown_and_then_recorded_once(
    own_home: Home, clock: Clock, idle: list[int]
) -> None:
    site = made_site(own_home, clock)
    clerk = signed_in(site, "province")
    content = filled(clerk, **FILLED)
    logged = access_chain.last(own_home, 1)[0]
    assert (logged.what, logged.reason) == ("export", "มติระดับอำเภอ")
    wrong = hand_in(clerk, "/imports/resolutions", "มติ.xlsx", filled(clerk, **FILLED | {"วันที่ประชุม": "x"}))
    page = refused_at(wrong, "resolutions")
    assert "แผ่นงาน “มติระดับอำเภอ” แถว 3 คอลัมน์ “วันที่ประชุม”: อ่านวันที่ไม่ได้" in page
    shown = hand_in(clerk, "/imports/resolutions", "มติ.xlsx", content)
    assert shown.status_code == 200
    assert "จะบันทึก 1 ข้อ" in shown.text
    assert "มติคณะกรรมการ ระดับอำเภอ ไม่รับรอง คณะกรรมการตัวอย่าง ครั้งที่ 1/2568 วันที่ 10 เมษายน 2568" in shown.text
    assert "{{7*7}} &lt;b&gt;" in shown.text
    assert resolved(own_home) == []
    asked = {name: hidden(shown.text, name) for name in ("offered", "shown")}
    for _ in range(2):  # sent twice, begun once
        answer = clerk.send("/imports/resolutions/take", **asked)
        assert (answer.status_code, answer.location) == (303, "/packets")
    assert idle == [1]
    assert "นำเข้าไฟล์</b> มติของคณะกรรมการ" in clerk.get("/packets").text
    do_asked.do(own_home, 1)
    done = work(own_home, 1)
    assert (done.state, done.said) == (State.DONE, "บันทึกมติของคณะกรรมการ 1 ข้อ มีอยู่แล้ว 0 ข้อ")
    assert resolved(own_home) == [(Outcome.FAIL, "{{7*7}} <b>", "นางจังหวัด ตัวอย่าง")]
    again = clerk.send("/imports/resolutions/take", **asked)
    refused_at(again, "resolutions")
    later = hand_in(clerk, "/imports/resolutions", "มติ.xlsx", content)
    assert "ไม่มีอะไรเปลี่ยน" in later.text
    for role in ("district", "admin", "viewer"):
        assert signed_in(site, role).get("/imports").status_code == 403


def test_what_a_colleague_recorded_since_is_not_recorded_over(
    own_home: Home, clock: Clock, idle: list[int]
) -> None:
    clerk = signed_in(made_site(own_home, clock), "province")
    shown = hand_in(clerk, "/imports/resolutions", "a.xlsx", filled(clerk, **FILLED)).text
    asked = {name: hidden(shown, name) for name in ("offered", "shown")}
    other = hand_in(clerk, "/imports/resolutions", "b.xlsx", filled(clerk, **OTHER)).text
    clerk.send("/imports/resolutions/take", offered=hidden(other, "offered"), shown=hidden(other, "shown"))
    do_asked.do(own_home, 1)
    clerk.send("/imports/resolutions/take", **asked)
    assert idle == [1, 2]
    do_asked.do(own_home, 2)
    done = work(own_home, 2)
    assert (done.state, "บันทึกเรื่องเดียวกันไว้ก่อนแล้ว" in done.said) == (State.FAILED, True)
    assert [reason for _, reason, _ in resolved(own_home)] == ["อีกเหตุ"]


def bars(monkeypatch: pytest.MonkeyPatch, browser: Browser, path: str) -> list[str]:
    """What the bar of this page shows at each hundredth row that is told, and at the last one."""
    seen: list[str] = []

    class Prompt(Reporter):
        def __call__(self, stage: str, done: int, total: int) -> None:
            super().__call__(stage, done, total)
            if done % 100 == 0 or done == total:
                self._keep()
                shown = re.search(r"\d+ จาก \d+ แถว|(อ่าน|ตรวจ)ครบ \d+ แถวแล้ว", page := browser.get(path).text)
                assert shown
                bar = f'value="{done}" max="{total}"' if done < total else ""
                assert f'<progress id="bar" {bar}>'.replace(" >", ">") in page
                seen.append(shown[0])

    monkeypatch.setattr(do_asked, "Reporter", Prompt)
    return seen


def shown_of(rows: int) -> list[str]:
    return [*(f"{done} จาก {rows} แถว" for done in range(100, rows, 100)), f"อ่านครบ {rows} แถวแล้ว"]


def listed(*rows: str) -> bytes:
    return "\n".join(("รหัสหมู่บ้าน,ชื่อหมู่บ้าน,ตำบล", *rows)).encode()


def test_a_list_of_villages_is_shown_and_then_offered(own_home: Home, clock: Clock, tmp_path: Path) -> None:
    file = tmp_path / "mochocho.toml"
    file.write_text('# ของเรา\nprovince = "เชียงราย"\npack = "2568-sample"\n', "utf-8")
    site: Flask = made_site(
        replace(own_home, settings=load_settings(file, home=own_home.settings.home)), clock
    )
    admin = signed_in(site, "admin")
    wrong = hand_in(admin, "/settings/villages", "v.csv", listed("1,บ้านหนึ่ง,570101", "1,บ้านสอง,999999"))
    page = refused_at(wrong, "file")
    assert "ซ้ำกับแถวก่อนหน้า" in page
    assert "/offered/" not in page
    shown = hand_in(admin, "/settings/villages", "v.csv", listed("1,{{7*7}} <b>,570101", "2,บ้านสอง,570101"))
    assert (shown.status_code, "ไฟล์มี 2 หมู่บ้าน เปลี่ยน 2 แห่ง" in shown.text) == (200, True)
    assert "{{7*7}} &lt;b&gt; ตำบล 570101" in shown.text
    assert load_settings(file).forms.villages is None
    asked = hidden(shown.text, "offered")
    assert admin.send("/settings/villages/take", offered=asked).status_code == 303
    kept = load_settings(file).forms.villages
    assert kept is not None
    assert kept.parent == tmp_path
    assert file.read_text("utf-8").startswith("# ของเรา\n")
    given = admin.get("/settings/villages/workbook").data
    assert "ไม่มีอะไรเปลี่ยน" in hand_in(admin, "/settings/villages", "v.xlsx", given).text
    shown = hand_in(admin, "/settings/villages", "v.csv", listed("2,บ้านสองใหม่,570101"))
    assert "<td>ตัดออก</td>" in shown.text
    assert "เปลี่ยน 2 แห่ง" in shown.text
    assert admin.send("/settings/villages/take", offered=hidden(shown.text, "offered")).status_code == 303
    assert load_settings(file).forms.villages != kept
    assert kept.is_file()  # what stood is not written over
    row = access_chain.last(own_home, 1)[0]
    assert (row.what, row.reason) == ("settings", "รายชื่อหมู่บ้าน: 2 เป็น 1 หมู่บ้าน")
    refused = admin.send("/settings/villages/take", offered="../mochocho.toml")
    assert (refused.status_code, "ให้ส่งไฟล์อีกครั้ง" in refused.text) == (422, True)


def test_a_long_list_is_looked_at_apart_and_found_again(
    own_home: Home, clock: Clock, idle: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mochocho.toml"
    file.write_text('province = "เชียงราย"\npack = "2568-sample"\n', "utf-8")
    site = made_site(replace(own_home, settings=load_settings(file, home=own_home.settings.home)), clock)
    admin, page = signed_in(site, "admin"), "/settings/villages"
    many = PREVIEWS[VILLAGES].at_once + 1
    rows = [f"{number},บ้าน {number} {{{{7*7}}}},570101" for number in range(many)]
    for _ in range(2):  # sent twice, looked at once
        answer = hand_in(admin, page, "v.csv", listed(*rows))
        assert (answer.status_code, answer.location) == (303, f"{page}/looked/1")
    assert "<progress" in admin.get(f"{page}/looked/1").text
    assert f'href="{page}/looked/1">ดูความคืบหน้า' in admin.get(page).text
    seen = bars(monkeypatch, admin, f"{page}/looked/1")
    do_asked.do(site.extensions["mochocho.home"], idle[0])
    assert [*dict.fromkeys(seen)] == shown_of(many)
    shown = admin.get(f"{page}/looked/1").text
    assert f"ไฟล์มี {many} หมู่บ้าน เปลี่ยน {many} แห่ง" in shown
    assert "และอีก 1 ข้อ" in shown
    assert "บ้าน 1 {{7*7}} ตำบล 570101" in shown
    assert f'href="{page}/looked/1">ดูผลการตรวจ' in admin.get(page).text
    assert admin.send(f"{page}/take", offered=hidden(shown, "offered")).status_code == 303
    assert load_settings(file).forms.villages
    clerk = signed_in(site, "province")
    assert [clerk.get(f"{one}/looked/1").status_code for one in (page, "/imports")] == [403, 404]


def test_a_long_file_with_mistakes_tells_them_once_it_was_looked_at(
    own_home: Home, clock: Clock, idle: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = signed_in(made_site(own_home, clock), "province")
    book = openpyxl.load_workbook(io.BytesIO(filled(clerk, **FILLED)))
    (sheet,) = book.worksheets
    place = next(number for number, cell in enumerate(sheet[1], start=1) if cell.value == "มติ")
    for number in range(PREVIEWS["resolutions"].at_once):
        sheet.cell(sheet.max_row + 1, 1, f"ไม่มี {number}")
        sheet.cell(sheet.max_row, place, "x")
    out = io.BytesIO()
    book.save(out)
    seen = bars(monkeypatch, clerk, "/imports/looked/1")
    for number in (1, 2):  # what looks at the second ends before it tells anything
        answer = hand_in(clerk, "/imports/resolutions", "มติ.xlsx", out.getvalue())
        assert answer.location == f"/imports/looked/{number}"
        if number == 1:
            do_asked.do(own_home, idle[0])
    assert seen == [*shown_of(sheet.max_row), "ตรวจครบ 1 แถวแล้ว"]  # the others cannot be read
    page = refused_at(clerk.get("/imports/looked/1"), "resolutions")
    assert "คอลัมน์ “รหัสผู้สมัคร”" in page
    assert "แห่ง" in page.partition("และอีก ")[2][:20]
    assert "ตรวจไฟล์ที่ส่งมา</b> มติของคณะกรรมการ" in clerk.get("/packets").text
    clock.later(seconds=60)
    assert "ให้ส่งไฟล์อีกครั้ง" in refused_at(clerk.get("/imports/looked/2"), "resolutions")
    assert resolved(own_home) == []
