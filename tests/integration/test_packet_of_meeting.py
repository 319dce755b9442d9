"""The packet follows the kept meeting: it is due when what it prints of it changes, and only then."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pymupdf
import pytest

from mochocho.settings.config import Meeting as SetMeeting
from mochocho.storage.db import transaction
from mochocho.storage.home import Home
from processing.annexes.attach_annex import attach
from processing.meetings import kept, packet_meeting
from processing.meetings.meeting import (
    Agenda,
    AgendaItem,
    Contact,
    Held,
    Level,
    Meeting,
    Member,
    Person,
    Reply,
    Schedule,
)
from reports.packet import lay_out, needed_sheets
from reports.packet.assembly import occasion_of
from reports.packet.make_packet import make_packet

BY = "นางสาวสมมุติ ตัวอย่าง"
MEETING = Meeting(Level.PROVINCE, "2/2568", day=date(2025, 5, 20), starts="13:00", ends="16:00")
SET = SetMeeting(number="1/2568", date=date(2025, 5, 1), starts="09:00", ends="12:00", place="ห้องประชุม")


@pytest.fixture
def in_settings(home: Home) -> Home:
    """A home whose settings name a meeting, as those of earlier versions do."""
    update = {"meeting": SET, "presentation_order": ("แม่จัน",)}
    return replace(home, settings=home.settings.model_copy(update=update))


def keep(home: Home, meeting: Meeting) -> None:
    with transaction(home.engine) as session:
        kept.keep(session, meeting, BY)


def test_without_a_kept_meeting_the_settings_name_it(in_settings: Home) -> None:
    meeting = packet_meeting.of_home(in_settings)
    assert meeting is not None
    assert (meeting.number, meeting.day, meeting.schedule.minutes) == ("1/2568", date(2025, 5, 1), 15)
    assert packet_meeting.order_of(in_settings) == ("แม่จัน",)
    assert occasion_of(in_settings).number == "ครั้งที่ ๑/๒๕๖๘"


def test_a_kept_meeting_stands_in_place_of_the_settings(in_settings: Home) -> None:
    keep(in_settings, replace(MEETING, committee="คณะกรรมการรับรอง", schedule=Schedule(order=("พาน", "เทิง"))))
    occasion = occasion_of(in_settings)
    assert occasion.number == "ครั้งที่ ๒/๒๕๖๘"
    assert occasion.hours == "เวลา ๑๓.๐๐ - ๑๖.๐๐ น."
    assert set(occasion.place) == {*"ณ ."}, "what is not known yet is left to fill in"
    assert occasion.committee == "คณะกรรมการรับรอง จังหวัดเชียงราย"
    assert packet_meeting.order_of(in_settings) == ("พาน", "เทิง")


def test_a_packet_is_due_for_what_it_prints_of_the_meeting_and_for_nothing_else(home: Home) -> None:
    assert lay_out.due(home) == []
    keep(home, MEETING)
    before = needed_sheets.state(home)
    assert lay_out.due(home) == [before]

    quiet = replace(
        MEETING,
        members=(Member(Person("นายสมมุติ ประธาน")),),
        contact=Contact("นางสาวสมมุติ ตัวอย่าง"),
        replies=(Reply("สำนักงานเกษตรจังหวัด"),),
        held=Held(began="13:10"),
    )
    keep(home, quiet)
    assert needed_sheets.state(home) == before

    keep(home, replace(quiet, place="ห้องประชุมใหญ่"))
    assert needed_sheets.state(home) != before


def test_the_bound_packet_has_the_meetings_agenda_and_annexes(home: Home, tmp_path: Path) -> None:
    with pikepdf.new() as book:
        book.add_blank_page(page_size=(595, 842))
        book.add_blank_page(page_size=(842, 595))
        book.save(tmp_path / "order.pdf")
    own = AgendaItem("4.4", "รายงานผล {{7*7}} #panic()", ("ข้อความของสำนักงาน <w:br/>",))
    meeting = replace(MEETING, previous="1/2568", agenda=Agenda(6, (own,), assessed_after=False))
    keep(home, meeting)
    attach(home, meeting, 2, tmp_path / "order.pdf", "คำสั่งจังหวัด", BY)

    files = make_packet(home, tmp_path / "out")

    with pymupdf.open(files.pdfs[0]) as packet:
        outline = {title: page for _, title, page in packet.get_toc()}
        flat = "".join("".join(page.get_text() for page in packet).split())
        assert outline["เอกสารแนบ ๒ คำสั่งจังหวัด"] == packet.page_count - 1, "no dossier comes after it"
        assert packet[-1].rect.width > packet[-1].rect.height
    assert "๔.๔รายงานผล{{๗*๗}}#panic()" in flat
    assert "<w:br/>" in flat
    assert "ระเบียบวาระที่๖เรื่องอื่นๆ" in flat
    assert "ครั้งที่๑/๒๕๖๘เรียบร้อยแล้ว" in flat
    assert "วีดิทัศน์" not in flat
    assert "ประเมินตนเองหลังการพัฒนา" not in flat
    assert "คำสั่งจังหวัด(เอกสารแนบ๒)" in flat, "the cover lists it"
