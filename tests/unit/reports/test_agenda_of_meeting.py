"""The agenda as the office sets it: five or six items, its own words, claims only where they are so."""

from dataclasses import replace

import pytest

from mochocho.words.model import ApplicantType
from processing.meetings.meeting import Agenda, AgendaItem, Level, Meeting
from reports.view.blocks import Block, Kind
from reports.view.letters.agenda import ASSESSED_AFTER, agenda
from tests.unit.reports.made_cases import occasion

COUNTS = dict.fromkeys(ApplicantType, 2)


def blocks(setting: Agenda, *, number: str = "1/2568", previous: str = "") -> tuple[Block, ...]:
    meeting = Meeting(Level.PROVINCE, number, agenda=setting, previous=previous)
    return agenda(replace(occasion(thai_digits=False), meeting=meeting), COUNTS).blocks


def texts(found: tuple[Block, ...], kind: Kind) -> list[str]:
    return [block.text for block in found if block.kind is kind and block.text]


def test_a_meeting_as_the_sample_words_it_gives_the_samples_agenda() -> None:
    plain = occasion()
    meeting = Meeting(Level.PROVINCE, "1/2568", agenda=Agenda(video_shown=True))
    assert agenda(replace(plain, meeting=meeting), COUNTS) == agenda(plain, COUNTS)


def test_six_items_have_matters_arising_and_number_on() -> None:
    found = blocks(Agenda(6), number="2/2568")
    items = texts(found, Kind.ITEM)
    assert [item.split()[1] for item in items] == ["1", "2", "3", "4", "5", "6"]
    assert "สืบเนื่อง" in items[2]
    assert [heading.split()[0] for heading in texts(found, Kind.HEADING)] == ["4.1", "4.2", "4.3"]
    assert any(text.startswith("4.1.2 ") for text in texts(found, Kind.PARAGRAPH))


@pytest.mark.parametrize("shown", [True, False])
def test_a_video_and_an_after_assessment_are_claimed_only_where_they_are_so(shown: bool) -> None:
    said = texts(blocks(Agenda(video_shown=shown, assessed_after=shown)), Kind.DASH)
    assert any("วีดิทัศน์" in text for text in said) is shown
    assert (ASSESSED_AFTER in said) is shown


def test_own_words_stand_in_place_of_the_samples_and_new_items_at_their_number() -> None:
    own = (
        AgendaItem("1", paragraphs=("แนะนำกรรมการใหม่",)),
        AgendaItem("3.4", "ผลการติดตาม", ("ติดตามแล้ว", "ครบทุกอำเภอ")),
        AgendaItem("4", "เรื่องเสนอพิจารณา", ("ขอให้ที่ประชุมพิจารณา",)),
    )
    found = blocks(Agenda(own=own))
    paragraphs = texts(found, Kind.PARAGRAPH)
    assert paragraphs[0] == "แนะนำกรรมการใหม่"
    assert texts(found, Kind.HEADING)[-1] == "3.4 ผลการติดตาม"
    assert "ครบทุกอำเภอ" in paragraphs
    assert "ระเบียบวาระที่ 4 เรื่องเสนอพิจารณา" in texts(found, Kind.ITEM)
    assert [block.kind for block in found].count(Kind.COUNTS) == 1, "what is counted stays"


@pytest.mark.parametrize("apart", ["\n", ""])
def test_units_that_the_office_counts_itself_are_not_counted_again(apart: str) -> None:
    listed = ("1) ประเภทผู้นำชุมชน จำนวน 2 คน", "2) ประเภทกลุ่มองค์กรชุมชน 2 กลุ่ม")
    listed += ("3) ประเภทเครือข่ายองค์กรชุมชน จำนวน ๒ เครือข่าย", "4) ประเภทชุมชน จำนวน 2 ชุมชน")
    said = (apart.join(listed),) if apart else listed
    found = blocks(Agenda(own=(AgendaItem("4", "เรื่องเพื่อพิจารณา", said),)))
    assert [block.kind for block in found].count(Kind.COUNTS) == 0
    printed = " ".join(block.text for block in found)
    assert all(printed.count(line.partition(") ")[2]) == 1 for line in listed)


def test_the_meeting_before_is_named_where_its_minutes_are_adopted() -> None:
    assert any("ครั้งที่ 4/2567" in text for text in texts(blocks(Agenda(), previous="4/2567"), Kind.PARAGRAPH))
    assert "- ไม่มี -" in texts(blocks(Agenda()), Kind.CENTRE)
