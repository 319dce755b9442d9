"""การประชุม: begun, changed by parts and by the workbook; every version stays and nobody's is lost unseen."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape

import openpyxl
import pikepdf
import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, stream_encode_multipart

from mochocho.app import access_chain
from mochocho.app.portal.access.roles import Role as Account
from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from processing.meetings import kept
from processing.meetings.meeting import Level, Meeting, Member, Pause, Person, Role
from processing.sittings import kept_sittings
from processing.sittings.sitting import Act, What
from tests import deadly
from tests.portal.conftest import HERE, NAMES, ORIGIN, Browser, Clock, hidden, made_site, signed_in
from tests.portal.refused import refused_at

KEY = "province:1/2568"
OF = f"/settings/meetings/of/{KEY}"
PART = "/settings/meetings/part/{}/province:1/2568"
WHEN, MEMBERS, SCHEDULE = (PART.format(part) for part in ("when", "members", "schedule"))
ANNEX = f"/settings/meetings/annex/1/{KEY}"
CHAIR, MEMBER = "ประธานกรรมการ", "กรรมการ"


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


def hand_in(browser: Browser, name: str, content: bytes, to: str = "file", **values: str) -> TestResponse:
    data = {"csrf": browser.token(), "file": FileStorage(io.BytesIO(content), name), **values}
    stream, length, boundary = stream_encode_multipart(data, use_tempfile=False)
    return browser.post(
        to if to.startswith("/") else f"/settings/meetings/{to}",
        input_stream=stream,
        content_length=length,
        content_type=f"multipart/form-data; boundary={boundary}",
        headers={"Origin": ORIGIN},
    )


def save(browser: Browser, path: str, **values: str) -> TestResponse:
    """Open a part and send these of its fields; `_` stands for what a name cannot hold."""
    version = hidden(browser.get(path).text, "version")
    return browser.send(path, version=version, **values)


def member(number: int, name: str, role: str = MEMBER, **more: str) -> dict[str, str]:
    """The fields of one row of the list of members."""
    fields = {"person.name": name, "role": role, **more}
    return {f"members-{number}-{field}": text for field, text in fields.items()}


def test_a_meeting_is_begun_and_its_fields_filled_in(clerk: Browser, own_home: Home) -> None:
    typed = {"day": "1 พ.ค. 2568", "starts": "๐๙:๐๐", "ends": "14:30 น.", "place": "{{7*7}} <b>"}
    answer = save(clerk, WHEN, **typed)
    assert (answer.status_code, answer.location) == (303, OF), answer.text
    assert save(clerk, SCHEDULE, **{"schedule.minutes": "๒๐", "order": "พาน\nเวียงชัย\n"}).status_code == 303
    meeting = stored(own_home)
    assert (str(meeting.day), meeting.starts, meeting.ends) == ("2025-05-01", "09:00", "14:30")
    assert (meeting.schedule.minutes, meeting.schedule.order) == (20, ("พาน", "เวียงชัย"))
    page = clerk.get(OF).text
    assert "{{7*7}} &lt;b&gt;" in page
    assert "ฉบับที่ 3 โดย นางจังหวัด ตัวอย่าง" in page
    assert "1 พฤษภาคม 2568" in clerk.get("/settings/meetings").text
    newest = access_chain.last(own_home, 1)[0]
    assert (newest.what, newest.about, newest.name) == ("meeting", KEY, "นางจังหวัด ตัวอย่าง")
    again = clerk.send("/settings/meetings", number="1/2568", district="")
    assert (again.status_code, "มีการประชุมครั้งที่ 1/2568 แล้ว" in again.text) == (422, True)
    assert clerk.send("/settings/meetings", number="2/2568", district=HERE).status_code == 303


def test_rows_are_added_moved_and_taken_out(clerk: Browser, own_home: Home) -> None:
    names = ["นายหนึ่ง ตัวอย่าง", "นางสอง ตัวอย่าง", "นายสาม ตัวอย่าง"]
    rows = member(0, names[0], CHAIR) | member(1, names[1]) | member(2, names[2])
    rows |= {"members-3-person.position": "   "}  # a row to be filled in that was left alone
    assert save(clerk, MEMBERS, **{"members-rows": "4"} | rows).status_code == 303
    assert [one.person.name for one in stored(own_home).members] == names
    stays = rows | {"members-rows": "3"}
    assert save(clerk, MEMBERS, **stays | {"members-2-place": "๑"}).status_code == 303  # up
    assert [one.person.name for one in stored(own_home).members] == [names[2], names[0], names[1]]
    stays = {"members-rows": "3"} | member(0, names[2]) | member(1, names[0], CHAIR) | member(2, names[1])
    assert save(clerk, MEMBERS, **stays | {"members-0-place": "2"}).status_code == 303  # down
    assert [one.person.name for one in stored(own_home).members] == [names[0], names[2], names[1]]
    stays = (
        {"members-rows": "2"} | member(0, names[0], CHAIR) | member(1, names[2]) | {"members-1-drop": "on"}
    )
    assert save(clerk, MEMBERS, **stays).status_code == 303
    assert stored(own_home).members == (Member(Person(names[0]), Role.CHAIR),)
    pause = {"pauses-rows": "1", "pauses-0-starts": "12.00", "pauses-0-ends": "13:00"}
    assert save(clerk, SCHEDULE, **pause).status_code == 303
    assert stored(own_home).schedule.pauses == (Pause("12:00", "13:00"),)


@pytest.mark.parametrize(
    ("path", "typed", "field", "said"),
    [
        (WHEN, {"day": "เมื่อไรก็ได้"}, "day", "อ่านวันที่ไม่ได้"),
        (WHEN, {"starts": "9 โมง"}, "starts", "เวลาต้องเขียนแบบ"),
        (MEMBERS, {"quorum": "ห้า"}, "quorum", "ไม่ใช่จำนวนเต็ม"),
        (MEMBERS, {"quorum": "5"}, "quorum", "แต่มีกรรมการ 0 คน"),
        (
            MEMBERS,
            {"members-rows": "2"} | member(0, "นายหนึ่ง ตัวอย่าง", CHAIR) | member(1, "นายหนึ่ง ตัวอย่าง"),
            "members-1-person.name",
            "กรรมการคนที่ 2 ชื่อและนามสกุล: “นายหนึ่ง ตัวอย่าง” มีชื่ออยู่แล้ว",
        ),
        (
            MEMBERS,
            {"members-rows": "1"} | member(0, "", **{"person.position": "ปลัดจังหวัด"}),
            "members-0-person.name",
            "ต้องกรอก",
        ),
        (SCHEDULE, {"order": "พาน\nไม่มีอำเภอนี้"}, "order", "ไม่มีอำเภอ “ไม่มีอำเภอนี้”"),
        (PART.format("agenda"), {"own-rows": "1", "own-0-number": "3.1"}, "own-0-title", "ต้องมีหัวข้อหรือข้อความ"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_kept(
    clerk: Browser, own_home: Home, path: str, typed: dict[str, str], field: str, said: str
) -> None:
    before = stored(own_home)
    answer = save(clerk, path, **typed)
    page = unescape(answer.text)
    assert (answer.status_code, said in page, f'href="#{field}"' in page) == (422, True, True), page
    assert f'aria-describedby="{field}-wrong" aria-invalid="true"' in page
    assert all(text in page for value in typed.values() for text in value.splitlines())
    assert stored(own_home) == before


def test_a_part_kept_since_is_shown_beside_what_was_typed(
    clerk: Browser, own_home: Home, site: Flask
) -> None:
    version = hidden(clerk.get(WHEN).text, "version")
    other = signed_in(site, "admin")
    assert save(other, WHEN, place="ห้องประชุมเล็ก").status_code == 303
    answer = clerk.send(WHEN, version=version, place="ห้องประชุมใหญ่", starts="9.00")
    assert answer.status_code == 409
    assert "ค่าที่บันทึกไว้ตอนนี้: ห้องประชุมเล็ก" in answer.text
    assert f"{NAMES[Account.ADMIN]} บันทึกส่วนนี้ไว้ใหม่" in answer.text
    assert 'value="ห้องประชุมใหญ่"' in answer.text
    assert stored(own_home).place == "ห้องประชุมเล็ก"
    row = {"members-rows": "1"} | member(0, "นายหนึ่ง ตัวอย่าง", CHAIR)
    assert clerk.send(MEMBERS, version=version, **row).status_code == 303  # nobody changed that part
    assert stored(own_home).place == "ห้องประชุมเล็ก"
    late = clerk.send(MEMBERS, version=version, **row | member(0, "นายอื่น ตัวอย่าง", CHAIR))
    assert (late.status_code, "<li>นายหนึ่ง ตัวอย่าง ประธานกรรมการ</li>" in late.text) == (409, True)
    again = clerk.send(WHEN, version=hidden(answer.text, "version"), place="ห้องประชุมใหญ่")
    assert again.status_code == 303
    assert stored(own_home).place == "ห้องประชุมใหญ่"


def test_what_a_closed_meeting_recorded_is_mended_for_a_reason_and_its_minutes_follow(
    site: Flask, own_home: Home, clock: Clock
) -> None:
    attendance, minutes = PART.format("attendance"), PART.format("minutes")
    people = [f"นายกรรมการ คนที่{word}" for word in ("หนึ่ง", "สอง", "สาม", "สี่")]
    roles = (Role.CHAIR, *[Role.MEMBER] * 3)
    members = tuple(Member(Person(name), role) for name, role in zip(people, roles, strict=True))
    clock.at = datetime(2025, 5, 1, 2, tzinfo=UTC)
    meeting = Meeting(Level.PROVINCE, "1/2568", day=clock.at.date(), members=members)
    browser = signed_in(site, "province")
    acts = [*(Act(What.ARRIVED, name) for name in people[:2]), Act(What.OPENED)]
    with transaction(own_home.engine) as session:
        kept.keep(session, meeting, "นางจังหวัด ตัวอย่าง")
        kept_sittings.append(session, meeting, acts, "นางจังหวัด ตัวอย่าง", clock())
    assert browser.get(attendance).status_code == 404  # it goes on: what is pressed will be told
    acts = [Act(What.RESOLVED, "1", text="รับทราบ"), Act(What.CLOSED)]
    clock.later(minutes=10)
    with transaction(own_home.engine) as session:
        kept_sittings.append(session, meeting, acts, "นางจังหวัด ตัวอย่าง", clock())
    console = f"/sittings/of/{KEY}"
    assert "ขณะลงมติไม่ครบองค์ประชุม" not in browser.get(console).text
    rows = {
        f"attendance-{place}-{name}": text
        for place, of in enumerate(people)
        for name, text in {"of": of, "present": "มา" if place < 2 else "ไม่มา"}.items()
    } | {"attendance-rows": "4"}
    wrong = save(browser, attendance, **rows | {"attendance-1-left": "บ่ายโมง", "reason": "..."})
    refused_at(wrong, "attendance-1-left", "reason")
    assert stored(own_home).present_at("09:10") == 2  # nothing is kept
    mended = rows | {"attendance-1-left": "๐๙.๐๕", "reason": "ลืมกดเมื่อออก"}
    for before, after in (("portal_access", "elsewhere"), ("elsewhere", "portal_access")):
        with own_home.engine.begin() as connection:
            connection.execute(text(f"ALTER TABLE {before} RENAME TO {after}"))
        if after == "elsewhere":
            failed = save(browser, attendance, **mended)
            assert failed.status_code == 503
            assert all(said in failed.text for said in ("จึงยังไม่ได้เปลี่ยนอะไร", "ลืมกดเมื่อออก", "๐๙.๐๕"))
    assert stored(own_home).present_at("09:10") == 2  # no reason in the log, nothing is mended
    assert save(browser, attendance, **mended).status_code == 303
    assert stored(own_home).present_at("09:10") == 1
    page = browser.get(console).text
    assert "ออก 09.05 น." in page
    assert "ขณะลงมติไม่ครบองค์ประชุม มาประชุม 1 คน" in page
    item = {
        "items-rows": "1",
        "items-0-number": "1",
        "items-0-resolution": "รับทราบ <b>",
        "reason": "จดเวลาผิด",
    }
    assert save(browser, minutes, **item | {"items-0-resolved_at": "9.04"}).status_code == 303
    page = browser.get(console).text
    assert "รับทราบ &lt;b&gt;" in page
    assert "ขณะลงมติไม่ครบองค์ประชุม" not in page
    told = [one.reason for one in access_chain.last(own_home, 2)]
    assert ["ลืมกดเมื่อออก" in told[1], "จดเวลาผิด" in told[0]] == [True, True], told


def test_a_meeting_is_called_off_and_begun_again(clerk: Browser, own_home: Home, site: Flask) -> None:
    version = hidden(clerk.get(OF).text, "version")
    assert save(signed_in(site, "admin"), WHEN, place="ห้องประชุมเล็ก").status_code == 303
    path = f"/settings/meetings/call-off/{KEY}"
    late = clerk.send(path, version=version)
    assert (late.status_code, "ห้องประชุมเล็ก" in late.text) == (409, True)
    assert clerk.send(path, version=hidden(late.text, "version")).status_code == 303
    assert clerk.get(OF).status_code == 404
    assert clerk.send("/settings/meetings", number="1/2568", district="").status_code == 303
    assert "ฉบับที่ 3 โดย นางจังหวัด ตัวอย่าง ยกเลิก" in clerk.get(OF).text
    assert stored(own_home).place == ""


def test_an_annex_is_attached_renamed_and_taken_out(clerk: Browser, own_home: Home) -> None:
    for content, said in ((b"%PDF no", "ไฟล์นี้ไม่ใช่ PDF"), (b"", "ไฟล์นี้ไม่ใช่ PDF")):
        answer = hand_in(clerk, "แนบ.pdf", content, ANNEX, seen="", title="หลักเกณฑ์ของเรา")
        page = unescape(answer.text)
        assert (answer.status_code, said in page, 'value="หลักเกณฑ์ของเรา"' in page) == (422, True, True)
        assert 'aria-describedby="annex-1-wrong" aria-invalid="true"' in page
    assert stored(own_home).annexes == ()
    answer = hand_in(clerk, "แนบ.pdf", acting_pdf(), ANNEX, seen="", title="")
    assert answer.status_code == 303, answer.text
    (annex,) = stored(own_home).annexes
    assert (annex.number, annex.title, annex.pages) == (1, "หลักเกณฑ์การประเมินผล", 2)
    assert b"app.alert" not in own_home.store.path(annex.sha256).read_bytes()
    late = clerk.send(ANNEX, seen="", title="ชื่อใหม่")  # from a page on which there was none yet
    assert (late.status_code, "ตอนนี้เป็น หลักเกณฑ์การประเมินผล จำนวน 2 หน้า" in late.text) == (409, True)
    assert clerk.send(ANNEX, seen=annex.sha256, title="{{7*7}} <b>").status_code == 303
    assert stored(own_home).annexes == (replace(annex, title="{{7*7}} <b>"),)
    assert "{{7*7}} &lt;b&gt;" in clerk.get(OF).text
    away = f"/settings/meetings/annex/1/remove/{KEY}"
    assert clerk.send(away, seen=annex.sha256).status_code == 303
    assert stored(own_home).annexes == ()
    assert clerk.send(f"/settings/meetings/annex/4/{KEY}", seen="", title="x").status_code == 404


def test_an_annex_that_breaks_what_opens_it_breaks_nothing_else(
    clerk: Browser, own_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    with deadly.decoders(monkeypatch, "processing.annexes.annex_pdf"):
        answer = hand_in(clerk, "แนบ.pdf", acting_pdf() + deadly.CRASHES, ANNEX, seen="", title="")
        assert "ไฟล์นี้ซับซ้อนเกินกว่าจะเปิดได้" in refused_at(answer, "annex-1")
        assert hand_in(clerk, "แนบ.pdf", acting_pdf(), ANNEX, seen="", title="").status_code == 303
    assert len(stored(own_home).annexes) == 1


def acting_pdf() -> bytes:
    """Two pages, a script in the file; larger than a form may be that brings none."""
    made, out = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    made.add_blank_page()
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    made.attachments["x.bin"] = bytes(3 << 20)
    made.save(out, compress_streams=False)
    return out.getvalue()


def test_the_workbook_goes_out_and_comes_back(clerk: Browser, own_home: Home) -> None:
    save(clerk, WHEN, place="ห้องประชุมเดิม", starts="09:00", ends="14:30")
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


def test_meetings_are_for_those_who_set_them_up(site: Flask, clerk: Browser) -> None:
    assert clerk.get("/settings/meetings/of/province:9/2568").status_code == 404
    for role in ("assessor", "viewer"):
        browser = signed_in(site, role)
        assert browser.get(OF).status_code == 403
        assert browser.send(WHEN, version="1", place="x").status_code == 403
