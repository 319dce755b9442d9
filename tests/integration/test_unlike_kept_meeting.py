"""A resolution of another day or committee than its kept meeting is recorded, and told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from mochocho.words.model import Gate, Outcome, Resolution
from processing.decisions import clerks_sheet, record_resolutions
from processing.decisions.meetings.unlike_kept import unlike
from processing.meetings import kept
from processing.meetings.meeting import Level, Meeting
from processing.meetings.packet_meeting import committee_of
from processing.register import register_forms
from processing.tables import ApplicantRow
from reports.packet.assembly import occasion_of
from tests.integration import province_mirror as mirror

ONE = mirror.ENTITY.format(1)
COMMITTEE = "คณะกรรมการรับรองมาตรฐานการพัฒนาชุมชนจังหวัด"
DAY = date(2025, 5, 1)
PASSED = Resolution(Gate.PROVINCE, Outcome.PASS, f"{COMMITTEE}เชียงราย", "1/2568", DAY)
MEETING = Meeting(Level.PROVINCE, "1/2568", day=DAY, committee=COMMITTEE)


def told(home: Home, meetings: Sequence[Meeting], resolution: Resolution) -> str:
    with transaction(home.engine) as session:
        for meeting in meetings:
            kept.keep(session, meeting, "นางสาวสมมุติ ตัวอย่าง")
    with reading(home.engine) as session:
        [said] = unlike(session, [(ONE, resolution)], home.province)
    return said


@pytest.mark.parametrize(
    ("meetings", "resolution", "word"),
    [
        ([], PASSED, ""),
        ([MEETING], PASSED, ""),
        ([MEETING], replace(PASSED, committee=f"{COMMITTEE} จังหวัดเชียงราย"), ""),
        ([MEETING], replace(PASSED, committee=f"{COMMITTEE}พะเยา"), "แต่มติเป็นของคณะกรรมการ"),
        ([MEETING], replace(PASSED, meeting_date=date(2025, 5, 2)), "แต่มติลงวันที่ 2 พฤษภาคม 2568"),
        ([MEETING], replace(PASSED, committee="คณะกรรมการอื่นของจังหวัด"), "แต่มติเป็นของคณะกรรมการอื่น"),
        ([MEETING], replace(PASSED, meeting_no="2/2568", meeting_date=date(2025, 6, 2)), ""),
        ([replace(MEETING, day=None, committee="")], PASSED, ""),
    ],
)
def test_a_provincial_resolution(
    home: Home, meetings: Sequence[Meeting], resolution: Resolution, word: str
) -> None:
    said = told(home, meetings, resolution)
    assert word in said
    assert bool(said) is bool(word)


def test_a_districts_resolution_is_held_against_the_meeting_of_its_own_district(home: Home) -> None:
    mirror.send(home, mirror.application(home, 1))
    register_forms.run(home)
    with reading(home.engine) as session:
        district = session.execute(select(ApplicantRow.district)).scalar_one()
    own = Meeting(Level.DISTRICT, "1/2568", district=district, day=date(2025, 4, 9))
    other = replace(own, district="5799", day=date(2025, 4, 1))
    resolution = replace(PASSED, gate=Gate.DISTRICT, meeting_date=date(2025, 4, 10))
    assert "เป็นวันที่ 9 เมษายน 2568" in told(home, [own, other], resolution)


@pytest.mark.parametrize(
    ("set_up", "kept_as", "printed"),
    [
        (COMMITTEE, "", f"{COMMITTEE} จังหวัดเชียงราย"),
        ("คณะกรรมการรับรอง", "", "คณะกรรมการรับรอง จังหวัดเชียงราย"),
        ("คณะกรรมการรับรอง", COMMITTEE, f"{COMMITTEE} จังหวัดเชียงราย"),
        ("คณะกรรมการรับรอง", f"{COMMITTEE}เชียงราย", f"{COMMITTEE}เชียงราย"),
    ],
)
def test_files_to_fill_in_and_the_console_call_the_committee_as_the_papers_do(
    home: Home, tmp_path: Path, set_up: str, kept_as: str, printed: str
) -> None:
    committees = home.settings.committees.model_copy(update={"provincial_th": set_up})
    home = replace(home, settings=home.settings.model_copy(update={"committees": committees}))
    meeting = replace(MEETING, committee=kept_as)
    mirror.send(home, mirror.application(home, 1))
    register_forms.run(home)
    with transaction(home.engine) as session:
        kept.keep(session, meeting, "นางสาวสมมุติ ตัวอย่าง")
    record_resolutions.template_xlsx(home, tmp_path / "d.xlsx", Gate.PROVINCE)
    heading, row = load_workbook(tmp_path / "d.xlsx").worksheets[0].iter_rows(values_only=True)
    filled_in = row[heading.index(clerks_sheet.COMMITTEE)]
    assert occasion_of(home).committee == filled_in == committee_of(home, meeting) == printed
    with reading(home.engine) as session:
        assert unlike(session, [(ONE, replace(PASSED, committee=printed))], home.province) == [""]
