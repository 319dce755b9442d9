"""ข้อความในหนังสือและวาระ: a passage rewritten beside its page, kept as another version, never markup."""

import base64
import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image, ImageChops

from mochocho.app import access_chain
from mochocho.app.access_rows import Access
from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from processing.meetings import kept
from processing.meetings.meeting import Agenda, AgendaItem, Letter, Level, Meeting, OwnText
from processing.meetings.passages import Passage
from reports.single.certificates_paper import wording_of
from reports.wording.own_wording import in_own_words
from tests.portal.conftest import Browser, Clock, hidden, made_site, signed_in
from tests.portal.refused import refused_at

KEY = "province:1/2568"
LETTER, AGENDA = f"/packets/texts/invitation/{KEY}", f"/packets/texts/agenda/{KEY}"
MEETING = Meeting(
    Level.PROVINCE, "1/2568", day=date(2025, 5, 1), starts="09:00", ends="14:30", place="ห้องใหญ่"
)
CLOSING = Passage.INVITATION_CLOSING.value
LITERAL = "ภายใน{วันประชุม} {{7*7}} #panic() <w:br/> =1+1"


@pytest.fixture
def site(own_home: Home, clock: Clock) -> Flask:
    keep(own_home, MEETING)
    return made_site(own_home, clock)


@pytest.fixture
def clerk(site: Flask) -> Browser:
    return signed_in(site, "province")


def keep(home: Home, meeting: Meeting) -> None:
    with transaction(home.engine) as session:
        kept.keep(session, meeting, "นางบันทึก ตัวอย่าง")


def stored(home: Home) -> Meeting:
    with reading(home.engine) as session:
        found = kept.meeting_of(session, KEY)
    assert found is not None
    return found


def logged(home: Home) -> list[Access]:
    return list(access_chain.last(home, 9))


def test_papers_are_given_as_word_files_and_each_is_logged(clerk: Browser, own_home: Home) -> None:
    for paper in ("agenda", "invitation", "members", "circular", "memo", "order", "announcement"):
        address = f"/packets/texts/word/{paper}/{KEY}"
        assert address in clerk.get(f"/packets/texts/{paper}/{KEY}").text
        given = clerk.get(address)
        assert given.status_code == 200
        with zipfile.ZipFile(io.BytesIO(given.data)) as file:
            assert "๒๕๖๘" in file.read("word/document.xml").decode()
        assert logged(own_home)[0].what == "letter"


def test_letters_with_results_and_certificates_have_no_one_word_file(clerk: Browser) -> None:
    for paper in ("certificate", "not_certified"):
        assert clerk.get(f"/packets/texts/word/{paper}/{KEY}").status_code == 404


def test_an_unfit_template_is_told_on_the_page(own_home: Home, tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "หนังสือเชิญประชุม.docx").write_bytes(b"none")
    papers = own_home.settings.papers.model_copy(update={"templates": tmp_path})
    settings = own_home.settings.model_copy(update={"papers": papers})
    keep(own_home, MEETING)
    clerk = signed_in(made_site(replace(own_home, settings=settings), clock), "province")
    told = clerk.get(f"/packets/texts/word/invitation/{KEY}")
    assert told.status_code == 422
    assert "ไฟล์แบบเปิดไม่ได้" in told.text


def typed_in(page: str) -> dict[str, str]:
    """What a browser sends of the page's fields."""
    shown = re.findall(r'<input type="(?:text|hidden)"[^>]* name="([^"]+)" value="([^"]*)"', page)
    written = re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    return {name: unescape(text).replace("\n", "\r\n") for name, text in (*shown, *written)}


def picture(page: str) -> Image.Image:
    (found,) = re.findall(r'src="data:image/png;base64,([^"]+)"', page)
    return Image.open(io.BytesIO(base64.b64decode(found))).convert("RGB")


def test_a_passage_is_seen_on_its_page_before_it_is_kept(clerk: Browser, own_home: Home) -> None:
    page = clerk.get(LETTER)
    assert page.headers["Cache-Control"] == "no-store"
    standard, before = picture(page.text), logged(own_home)
    assert "จึงเรียนมาเพื่อพิจารณาดำเนินการ" in page.text
    typed = {CLOSING: f"{LITERAL}\r\nย่อหน้าใหม่", "version": "1"}

    shown = clerk.send(LETTER, fragment="editor", do="look", **typed)
    assert shown.status_code == 200
    assert "<html" not in shown.text
    assert f"{LITERAL}\nย่อหน้าใหม่" in unescape(shown.text)
    assert ImageChops.difference(picture(shown.text), standard).getbbox()
    back = clerk.send(LETTER, standard=CLOSING, **typed)
    assert not ImageChops.difference(picture(back.text), standard).getbbox()
    assert (stored(own_home), logged(own_home)) == (MEETING, before)

    assert clerk.send(LETTER, do="save", **typed).status_code == 303
    assert stored(own_home).texts == (OwnText(Passage.INVITATION_CLOSING, (LITERAL, "ย่อหน้าใหม่")),)
    newest = access_chain.last(own_home, 1)[0]
    assert (newest.what, newest.about, newest.reason) == (
        "meeting",
        KEY,
        "แก้ข้อความในหนังสือเชิญประชุม เป็นฉบับที่ 2",
    )
    assert clerk.send(LETTER, do="save", version="2", **{CLOSING: ""}).status_code == 303
    assert stored(own_home) == MEETING


def test_a_field_that_nothing_fills_is_told_at_its_text(clerk: Browser, own_home: Home) -> None:
    answer = clerk.send(LETTER, do="save", version="1", **{CLOSING: "ใน{วันประชม} {xyz}"})
    assert (answer.status_code, stored(own_home)) == (422, MEETING)
    told = refused_at(answer, f"f-{CLOSING}").partition(f'<p id="f-{CLOSING}-wrong"')[2].partition("</p>")[0]
    assert "ไม่รู้จักช่อง {วันประชม} อาจหมายถึง {วันประชุม} และ {xyz} ช่องที่ใช้ได้: {โครงการ} {ปี}" in told
    too_long = clerk.send(LETTER, do="look", version="1", **{CLOSING: "ก" * 20_001})
    assert "ข้อความรวมกันยาวเกิน 20,000 ตัวอักษร" in too_long.text
    assert "data:image" not in too_long.text


def test_both_texts_are_shown_where_somebody_was_faster(clerk: Browser, own_home: Home) -> None:
    version = hidden(clerk.get(LETTER).text, "version")
    theirs = replace(MEETING, texts=(OwnText(Passage.INVITATION_CLOSING, ("ของเขา",)),))
    keep(own_home, theirs)
    answer = clerk.send(LETTER, do="save", version=version, **{CLOSING: "ของเรา"})
    assert answer.status_code == 409
    assert "นางบันทึก ตัวอย่าง บันทึกการประชุมนี้ไว้หลังจากที่ท่านเปิด" in answer.text
    assert all(text in answer.text for text in ("ของเขา", "ของเรา"))
    assert stored(own_home) == theirs
    assert (
        clerk.send(
            LETTER, do="save", version=hidden(answer.text, "version"), **{CLOSING: "ของเรา"}
        ).status_code
        == 303
    )
    assert stored(own_home).texts[0].paragraphs == ("ของเรา",)


def test_the_agenda_keeps_what_differs_and_fills_in_the_meeting(clerk: Browser, own_home: Home) -> None:
    own = Agenda(own=(AgendaItem("4.2", "เรื่องที่เพิ่ม", ("ข้อความ",)),))
    keep(own_home, replace(MEETING, agenda=own))
    page = unescape(clerk.get(AGENDA).text)
    assert "การประชุมครั้งนี้เป็นการประชุม{คณะกรรมการ} {ครั้งที่}" in page
    assert "เรื่องที่เพิ่ม" in page
    typed = {"1.text": "ประธานเปิด{ครั้งที่}", "2.title": "รับรองรายงาน", "version": "2", "4.2.text": ""}
    assert clerk.send(AGENDA, do="save", **typed).status_code == 303
    assert stored(own_home).agenda.own == (
        AgendaItem("1", "", ("ประธานเปิด{ครั้งที่}",)),
        AgendaItem("2", "รับรองรายงาน"),
        AgendaItem("4.2", "เรื่องที่เพิ่ม"),
    )
    assert "หน้าถัดไป" in clerk.get(AGENDA).text
    second = clerk.send(AGENDA, page="2", version="3")
    assert "หน้า 2 จาก" in second.text
    assert ImageChops.difference(picture(second.text), picture(clerk.get(AGENDA).text)).getbbox()


def test_a_letter_written_as_a_whole_goes_back_to_its_passages(clerk: Browser, own_home: Home) -> None:
    keep(own_home, replace(MEETING, memo=Letter(paragraphs=("ทั้งฉบับ {ครั้งที่}",))))
    memo = f"/packets/texts/memo/{KEY}"
    assert "เขียนข้อความฉบับนี้ใหม่ทั้งฉบับ" in clerk.get(memo).text
    assert clerk.send(memo, do="save", version="2", whole="").status_code == 303
    assert stored(own_home).memo.paragraphs == ()
    assert Passage.MEMO_CLOSING.value in clerk.get(memo).text


def test_words_of_certificates_and_results_are_of_the_meeting(clerk: Browser, own_home: Home) -> None:
    certificate, results = (f"/packets/texts/{paper}/{KEY}" for paper in ("certificate", "not_certified"))
    page = unescape(clerk.get(certificate).text)
    assert "ตามมติที่ประชุม ครั้งที่ {เลขครั้งที่} เมื่อวันที่ {วันที่ประชุม}" in page
    typed = {"certificate.title": "เกียรติบัตร {{7*7}}", "certificate.above": "{คณะกรรมการ}\nขอมอบให้"}
    assert clerk.send(certificate, do="save", version="1", **typed).status_code == 303
    assert ImageChops.difference(picture(page), picture(clerk.get(certificate).text)).getbbox()
    answer = clerk.send(results, do="save", version="2", **{"not_certified.objection": "ภายใน 30 วัน {เลขที่}"})
    assert "ไม่รู้จักช่อง {เลขที่}" in unescape(answer.text)
    letter = {"not_certified.objection": "โต้แย้งต่อ{คณะกรรมการ}"}
    assert clerk.send(results, do="save", version="2", **letter).status_code == 303
    wording = in_own_words(wording_of(own_home), stored(own_home).texts)
    assert (wording.title, wording.above) == ("เกียรติบัตร {{7*7}}", ("{committee}", "ขอมอบให้"))
    assert wording.given == "ให้ไว้ ณ วันที่ {day}"


def test_every_paper_of_a_meeting_opens_from_the_list(clerk: Browser, own_home: Home, site: Flask) -> None:
    keep(own_home, Meeting(Level.DISTRICT, "1/2568", district="5701", previous="2/2567"))
    page = clerk.get("/packets/texts").text
    leads = re.findall(r'href="(/packets/texts/[^"]+)"', page)
    assert len(leads) == 12 + 4
    for one in leads:
        answer = clerk.get(one)
        assert (answer.status_code, "data:image/png" in answer.text) == (200, True), one
        assert clerk.send(one, do="save", **typed_in(answer.text)).status_code == 303, one
    with reading(own_home.engine) as session:  # what is handed in unchanged makes no version
        assert [kept.version_of(session, key) for key in (KEY, "5701:1/2568")] == [1, 1]
    for unknown in (f"letter/{KEY}", "invitation/province:9/2568", "members/5701:1/2568"):
        assert clerk.get(f"/packets/texts/{unknown}").status_code == 404, unknown
    assert signed_in(site, "district").get(LETTER).status_code == 403
