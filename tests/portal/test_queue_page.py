"""ตรวจเอกสาร through the door: two clerks on one document, a lost answer, undo, the queue's address."""

import hashlib
import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape

import openpyxl
import pytest
from flask import Flask
from PIL import Image

from mochocho.app import access_chain
from mochocho.app.asked_work import do_asked
from mochocho.app.pipeline import held_back
from mochocho.app.pipeline.conveyor import run_once
from mochocho.excel.filled_sheet import HEADING
from mochocho.settings.config import Calendar as SetCalendar
from mochocho.settings.config import Term as SetTerm
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.model import DocumentState
from processing.assessment import cases
from processing.decisions import recorded
from processing.decisions.decision import Decision, Kind
from processing.documents.desk.desk_reasons import REASONS
from tests.integration import province_mirror as mirror
from tests.integration.province_mirror import ENTITY
from tests.portal.conftest import HERE, THERE, Browser, Clock, hidden, made_site, signed_in
from tests.portal.refused import refused_at
from tests.portal.test_imports_page import hand_in


@pytest.fixture
def site(own_home: Home, clock: Clock) -> Flask:
    """Three applicants in HERE, the fourth in THERE, each with documents that look too dark."""
    for number in range(21, 25):
        form = mirror.application(own_home, number, district=HERE if number < 24 else THERE)
        form.files = {name: dark(number * 100 + place) for place, name in enumerate(form.files)}
        mirror.send(own_home, form)
    run_once(own_home)
    return made_site(own_home, clock)


def dark(seed: int) -> bytes:
    """A picture in which nothing can be read, unlike any other."""
    image = Image.new("RGB", (900, 1200), (seed % 7, seed // 7 % 7, seed % 5))
    image.putpixel((seed % 900, seed % 1200), (40, 40, 40))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def clerk(site: Flask) -> Browser:
    return signed_in(site, "district")


def form(page: str) -> tuple[str, dict[str, str]]:
    """Where the page's decision goes, and what it holds hidden."""
    action = re.findall(r'action="(/documents/[^"]+)"', page)
    path = next(unescape(one) for one in action if "undo" not in one)
    return path, {name: hidden(page, name) for name in ("shown", "pages", "told")}


def total(page: str) -> int:
    return int(re.findall(r"รอตรวจ (\d+) ฉบับ", page)[0])


def decisions(home: Home) -> list[Decision]:
    with reading(home.engine) as session:
        last = recorded.last_number(session)
        return list(recorded.numbered(session, range(1, last + 1)).values())


def test_what_waits_is_given_out_as_excel_and_taken_in_again(
    site: Flask, own_home: Home, idle: list[int]
) -> None:
    clerk = signed_in(site, "province")
    given = clerk.get("/imports/blank/documents/เอกสารรอคนตรวจ").data
    logged = access_chain.last(own_home, 1)[0]
    assert (logged.what, logged.about) == ("export", hashlib.sha256(given).hexdigest())
    book = openpyxl.load_workbook(io.BytesIO(given))
    headings, first, *_ = book.worksheets[0].iter_rows(min_row=HEADING + 1)
    row = {heading.value: cell for heading, cell in zip(headings, first, strict=True)}
    assert (row["อำเภอ"].value, "ภาพ" in row) == ("เมืองเชียงราย", False)
    row["คำวินิจฉัย"].value, row["เหตุผล"].value = "ส่งคืน", "{{7*7}} ภาพมืด"
    out = io.BytesIO()
    book.save(out)
    shown = hand_in(clerk, "/imports/documents", "x.xlsx", out.getvalue()).text
    assert "จะบันทึก 1 ข้อ" in shown
    clerk.send("/imports/documents/take", offered=hidden(shown, "offered"), shown=hidden(shown, "shown"))
    do_asked.do(own_home, idle[0])
    (one,) = decisions(own_home)
    assert (one.kind, one.reason) == (Kind.DOCUMENT_RETURN, "{{7*7}} ภาพมืด")


def test_one_is_accepted_and_the_next_is_shown(clerk: Browser, own_home: Home) -> None:
    page = clerk.get("/documents").text
    path, sent = form(page)
    answer = clerk.send(path, verdict="accept", **sent)
    assert answer.status_code == 303
    assert answer.location != path
    after = clerk.get(answer.location).text
    assert total(after) == total(page) - 1
    assert "รับแล้ว" in after
    (one,) = decisions(own_home)
    assert (one.kind, one.recorded_by) == (Kind.DOCUMENT_ACCEPT, "นายอำเภอ ตัวอย่าง")
    # the answer was lost and the same is sent again: recorded once
    assert clerk.send(path, verdict="accept", **sent).status_code == 303
    assert len(decisions(own_home)) == 1


def test_a_return_needs_a_reason_and_shows_what_the_field_reads(clerk: Browser, own_home: Home) -> None:
    page = clerk.get("/documents").text
    path, sent = form(page)
    assert all(page.count(reason) >= 2 for reason in REASONS)  # to choose, and in the message
    refused_at(clerk.send(path, verdict="return", **sent), "why")
    # own words are shown in the message before they are sent
    own = {"reason": "1", "own": "ถ่ายทั้งสองหน้า"}
    again = clerk.send(path, verdict="return", **{**sent, **own})
    assert again.status_code == 422
    assert f"{REASONS[0]} {own['own']}" in again.text
    assert decisions(own_home) == []
    _, sent = form(again.text)
    assert clerk.send(path, verdict="return", **{**sent, **own}).status_code == 303
    (one,) = decisions(own_home)
    assert one.reason == f"{REASONS[0]} {own['own']}"


def test_two_clerks_on_one_document_are_told_of_each_other(
    clerk: Browser, site: Flask, own_home: Home
) -> None:
    path, sent = form(clerk.get("/documents").text)
    colleague = signed_in(site, "province")
    _, theirs = form(colleague.get(path).text)
    returned = {**theirs, "reason": "2"}
    assert colleague.send(path, verdict="return", **returned).status_code == 303
    answer = clerk.send(path, verdict="accept", **sent)
    assert answer.status_code == 409
    assert "นางจังหวัด ตัวอย่าง" in answer.text
    assert REASONS[1] in answer.text
    assert len(decisions(own_home)) == 1
    _, sent = form(answer.text)
    assert clerk.send(path, verdict="accept", **sent).status_code == 303  # knowingly
    assert [one.kind for one in decisions(own_home)] == [Kind.DOCUMENT_RETURN, Kind.DOCUMENT_ACCEPT]


def test_other_pages_that_came_meanwhile_are_not_decided(clerk: Browser, own_home: Home) -> None:
    path, sent = form(clerk.get("/documents").text)
    number = int(path.split("/")[2][-2:])
    edited = mirror.application(own_home, number, district=HERE)
    edited.files = {name: dark(9000 + place) for place, name in enumerate(edited.files)}
    edited.edit = 1
    mirror.send(own_home, edited)
    run_once(own_home)
    answer = clerk.send(path, verdict="accept", **sent)
    assert answer.status_code == 409
    assert decisions(own_home) == []


def test_what_was_decided_is_undone_once(clerk: Browser, own_home: Home) -> None:
    page = clerk.get("/documents").text
    path, sent = form(page)
    after = clerk.get(clerk.send(path, verdict="accept", **sent).location).text
    number = hidden(after, "number")
    undo = f"{path.partition('?')[0]}/undo"
    for _ in range(2):
        assert clerk.send(undo, number=number).location == path
    assert total(clerk.get("/documents").text) == total(page)
    assert [one.kind for one in decisions(own_home)] == [Kind.DOCUMENT_ACCEPT, Kind.REVOKE]
    other = signed_in(clerk.application, "province")
    assert other.send(undo, number=number).status_code == 404  # not their own


def test_a_return_that_is_undone_within_a_minute_never_reaches_a_phone(
    clerk: Browser, own_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What phones read is made of assessments, which the conveyor makes at its ticks."""
    path, sent = form(clerk.get("/documents").text)
    key, document = path.partition("?")[0].split("/")[2:4]

    def state() -> DocumentState:
        run_once(own_home, patient=True)
        case = next(one for one in cases.cases(own_home) if one.application.key == key)
        return next(one.state for one in case.assessment.verdicts if one.document == document)

    after = clerk.get(clerk.send(path, verdict="return", **{**sent, "reason": "1"}).location).text
    assert state() is not DocumentState.RETURNED
    clerk.send(f"{path.partition('?')[0]}/undo", number=hidden(after, "number"))
    monkeypatch.setattr(held_back, "HELD", timedelta(0))  # a minute later
    assert state() is not DocumentState.RETURNED
    _, sent = form(clerk.get(path).text)
    clerk.send(path, verdict="return", **{**sent, "reason": "1"})
    assert state() is DocumentState.RETURNED


def test_the_filter_stays_in_the_address_and_the_scope_holds(clerk: Browser, site: Flask) -> None:
    province = signed_in(site, "province")
    everything = total(province.get("/documents").text)
    own = clerk.get("/documents").text
    assert 0 < total(own) < everything
    narrowed = province.get(f"/documents?district={THERE}&order=district").text
    assert total(narrowed) == everything - total(own)
    path, sent = form(narrowed)
    assert f"district={THERE}" in path
    assert f"district={THERE}" in province.send(path, verdict="accept", **sent).location
    foreign = f"/documents/{ENTITY.format(24)}/x"
    assert clerk.get(path).data == clerk.get(foreign).data
    assert clerk.get(path).status_code == 404


def test_what_came_after_applications_were_due_is_a_filter(own_home: Home, site: Flask, clock: Clock) -> None:
    """The fourth of those that wait came on the day after."""
    form_late = mirror.application(own_home, 25, district=HERE)
    form_late.files = {name: dark(8000 + place) for place, name in enumerate(form_late.files)}
    last = datetime(2025, 1, 31, 16, 59, tzinfo=UTC)  # 23.59 in Thailand
    mirror.send(own_home, form_late, received_at=last + timedelta(minutes=1))
    run_once(own_home)
    assert 'name="came"' not in signed_in(site, "province").get("/documents").text
    due = SetCalendar(application=SetTerm(due=date(2025, 1, 31)))
    settings = own_home.settings.model_copy(update={"calendar": due})
    browser = signed_in(made_site(replace(own_home, settings=settings), clock), "province")
    every = total(browser.get("/documents").text)
    late = browser.get("/documents?came=late").text
    assert 0 < total(late) < every
    assert ENTITY.format(25) in late
    assert total(browser.get("/documents?came=in_time").text) == every - total(late)
    path, sent = form(late)
    assert "came=late" in path
    assert "came=late" in browser.send(path, verdict="accept", **sent).location


def test_nothing_waits_is_said(own_home: Home, clock: Clock) -> None:
    browser = signed_in(made_site(own_home, clock), "province")
    page = browser.get("/documents?type=leader")
    assert page.status_code == 200
    assert "ไม่มีเอกสารรอตรวจ" in page.text
