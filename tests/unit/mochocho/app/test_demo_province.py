"""The sample's plans: the numbers of source 004, and the faults and edits that the issue asks for."""

from collections import Counter

import pytest

from mochocho.app.demo.sample_province import Course, Edit, Fault, chiang_rai, from_table, scaled, small
from mochocho.words.model import ApplicantType, Outcome
from mochocho.words.places import Province

TYPES = tuple(ApplicantType)


def test_the_sample_is_source_004s_table_and_twenty_more():
    plan = chiang_rai()
    assert len(plan.units) == 149
    passed = [u for u in plan.units if u.resolved and u.resolved.passes]
    assert [sum(u.type is t for u in passed) for t in TYPES] == [71, 24, 14, 20]
    assert [sum(u.district == d for u in passed) for d in plan.districts] == [
        8, 8, 8, 7, 7, 9, 8, 5, 5, 9, 9, 17, 5, 5, 4, 6, 6, 3,
    ]  # fmt: skip
    faults = Counter(u.fault for u in plan.units if u.fault)
    assert sum(faults[f] for f in (Fault.LATER, Fault.NO_PAGE, Fault.LOST)) == 8
    assert (faults[Fault.LOW], faults[Fault.APART]) == (5, 1)
    assert faults.total() == 20


def test_ten_of_those_who_passed_are_edited_half_of_them_by_a_new_photo():
    edited = [u for u in chiang_rai().units if u.edit]
    assert Counter(u.edit for u in edited) == {Edit.NAME: 5, Edit.PHOTO: 5}
    assert all(u.resolved and u.resolved.passes for u in edited)


def test_every_district_of_the_plan_is_one_of_the_province():
    plan = chiang_rai()
    assert set(plan.districts) == {d.name_th for d in Province.named(plan.province).districts}


@pytest.mark.parametrize("size", [12, 13, 40, 100])
def test_a_small_province_has_the_size_asked_for_and_every_kind_of_trouble(size):
    plan = small(size)
    assert len(plan.units) == size
    assert {u.fault for u in plan.units} >= {Fault.LATER, Fault.CUT_JPEG, Fault.LOW}
    assert sum(u.edit is not None for u in plan.units) == 2
    assert {u.district for u in plan.units} == set(plan.districts)


@pytest.mark.parametrize("size", [11, 101])
def test_a_small_province_of_another_size_is_refused(size):
    with pytest.raises(ValueError, match="12 to 100"):
        small(size)


def test_ten_times_the_sample_keeps_its_proportions():
    once, plan = chiang_rai(), scaled(10)
    assert len(plan.units) == 1490
    assert plan.districts == once.districts
    assert Counter(u.fault for u in plan.units) == {
        f: 10 * n for f, n in Counter(u.fault for u in once.units).items()
    }
    assert sum(u.edit is not None for u in plan.units) == 100


def test_units_are_numbered_without_gaps_in_order_of_presentation():
    plan = from_table("ลำพูน", {"ลี้": (2, 0, 0, 1), "บ้านโฮ่ง": (0, 1, 1, 0)})
    assert [(u.number, u.district, u.type) for u in plan.units] == [
        (1, "ลี้", "leader"),
        (2, "ลี้", "leader"),
        (3, "ลี้", "community"),
        (4, "บ้านโฮ่ง", "group"),
        (5, "บ้านโฮ่ง", "network"),
    ]


def test_the_committees_of_the_sample_decide_in_every_way():
    units = chiang_rai().units
    assert {u.resolved for u in units} == {None, *Outcome}
    assert Counter(u.course for u in units if u.course) == dict.fromkeys(Course, 1)
    assert [u.faulty for u in units if u.course is Course.DEFERRED] == ["photo"]
    apart = [u for u in units if u.course is Course.SETTLED or u.fault is Fault.APART]
    assert [u.assessors for u in apart] == [3, 3]
