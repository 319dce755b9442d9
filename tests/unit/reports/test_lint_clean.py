"""Meetings in which nothing is wrong: the lint finds nothing."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from mochocho.words.model import ApplicantType
from mochocho.words.places import Province
from processing.meetings.meeting import Held, Level, Meeting, Minuted
from reports.lint.examined import Examined, ListedUnit
from reports.lint.lint_meeting import lint
from tests.unit.reports.made_meetings import clean


@settings(max_examples=40, deadline=None)
@given(clean())
def test_nothing_is_found_in_a_clean_meeting(looked: Examined) -> None:
    assert [(found.code, found.place, found.said.th) for found in lint(looked)] == []


@pytest.mark.parametrize(("province", "wrong"), [("พระนครศรีอยุธยา", False), ("เชียงราย", True)])
def test_a_district_may_be_called_as_its_province(province: str, wrong: bool) -> None:
    meeting = Meeting(Level.PROVINCE, "1/2568", place=f"ห้องประชุม ที่ว่าการอำเภอ{province}")
    codes = {one.code for one in lint(Examined(meeting, Province.named(province), 2568))}
    assert ("place.wrong_kind" in codes) is wrong


def test_an_item_about_units_that_were_resolved_about_needs_no_other_resolution() -> None:
    items = (Minuted("1", (), "รับทราบ"), Minuted("4", ("พิจารณาแล้ว",)))
    meeting = Meeting(Level.PROVINCE, "1/2568", held=Held("09:00", "12:00", items=items))
    unit = ListedUnit("k", ApplicantType.GROUP, "กลุ่มตัวอย่าง", "5707")
    told = {
        took_part: {
            one.code
            for one in lint(
                Examined(meeting, Province.named("เชียงราย"), 2568, (replace(unit, took_part=took_part),))
            )
        }
        for took_part in (None, 5)
    }
    assert [took for took, codes in told.items() if "minutes.no_resolution" in codes] == [None]
