"""The order of applicants in a packet."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mochocho.words.errors import Terminal
from mochocho.words.model import ApplicantType, Case
from mochocho.words.places import Province
from reports.view.arrange import UNKNOWN_DISTRICT
from tests.unit.reports.made_cases import Cases, arranged

PROVINCE = Province.named("ลำพูน")
MADE = Cases(PROVINCE)
LEADER, GROUP, COMMUNITY = ApplicantType.LEADER, ApplicantType.GROUP, ApplicantType.COMMUNITY


def names(cases: Sequence[Case], order: Sequence[str] = ()) -> list[str]:
    return [u.entry.name for g in arranged(cases, PROVINCE, order) for u in g.passed]


def test_districts_named_in_the_settings_come_first_and_the_others_by_name() -> None:
    titles = [group.name for group in arranged([], PROVINCE, ["อำเภอลี้", "แม่ทา"])]
    assert titles == ["ลี้", "แม่ทา", "ทุ่งหัวช้าง", "บ้านธิ", "บ้านโฮ่ง", "ป่าซาง", "เมืองลำพูน", "เวียงหนองล่อง"]


def test_types_stand_in_their_order_and_names_as_in_a_dictionary() -> None:
    cases = [
        MADE.case("ลี้", COMMUNITY, 1, named="ก"),
        MADE.case("ลี้", LEADER, 2, named="นายแดง ใจดี"),
        MADE.case("ลี้", LEADER, 3, named="นายดำ ใจดี"),
        MADE.case("ลี้", GROUP, 4, named="เกษตร"),
        MADE.case("ลี้", GROUP, 5, named="ขนม"),
    ]
    assert names(cases) == ["นายดำ ใจดี", "นายแดง ใจดี", "เกษตร", "ขนม", "ก"]


@given(st.permutations(range(8)))
def test_the_order_of_arrival_changes_nothing(order: list[int]) -> None:
    cases = [MADE.case("ลี้", LEADER, no, named="นายซ้ำ ชื่อเดียว") for no in range(8)]
    shuffled = [cases[i] for i in order]
    assert arranged(shuffled, PROVINCE, ()) == arranged(cases, PROVINCE, ())


def test_numbers_run_through_the_packet_over_those_that_passed() -> None:
    cases = [
        MADE.case("ลี้", LEADER, 1),
        MADE.case("แม่ทา", LEADER, 2),
        MADE.case("ลี้", LEADER, 3, passed=False),
    ]
    groups = arranged(cases, PROVINCE, ["ลี้", "แม่ทา"])
    assert [[unit.no for unit in g.passed] for g in groups[:2]] == [[1], [2]]
    assert [len(g.blocked) for g in groups[:2]] == [1, 0]


@pytest.mark.parametrize("code", ["", "9999", "5001"])
def test_a_unit_of_no_known_district_stands_last_and_is_not_lost(code: str) -> None:
    case = MADE.case("ลี้", LEADER, 1)
    lost = replace(case, application=replace(case.application, district=code))
    last = arranged([lost], PROVINCE, ())[-1]
    assert (last.name, last.title, len(last.passed)) == (UNKNOWN_DISTRICT, UNKNOWN_DISTRICT, 1)


@pytest.mark.parametrize("order", [["แม่จัน"], ["ลี้", "อำเภอลี้"]])
def test_an_order_that_cannot_be_is_refused(order: list[str]) -> None:
    with pytest.raises(Terminal, match="presentation_order"):
        arranged([], PROVINCE, order)
