"""Which applicants a typed name may mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processing.register.name_candidates import LEAST_ALIKE, MOST, Listed, alike, candidates, likest

HOME = "5701"


def listed(name: str, key: str = "k", type_: str = "group", district: str = HOME) -> Listed:
    return Listed(key, name, type_, district)


@pytest.mark.parametrize(
    ("typed", "registered"),
    [
        ("กลุ่มทอผ้าบ้านวังฝนแก้ว", "กลุ่มทอผ้าบ้านวังฝนแก้ว"),
        ("ทอผ้า บ้านวังฝนแก้ว", "กลุ่มทอผ้าบ้านวังฝนแก้ว"),
        ("นส.ดาวเหนือ ผาชูถิ่นไทย", "นางสาวดาวเหนือ ผาชูถิ่นไทย"),
        ("ดาวเหนื้อ ผาชูถิ่นไท", "นางสาวดาวเหนือ ผาชูถิ่นไทย"),
    ],
)
def test_a_name_typed_with_slips_is_found(typed: str, registered: str) -> None:
    (found,) = candidates(typed, "group", HOME, [listed(registered), listed("กลุ่มเลี้ยงไก่พื้นเมือง", "other")])
    assert found.applicant.name == registered


def test_another_district_is_never_suggested() -> None:
    assert candidates("กลุ่มทอผ้า", "group", HOME, [listed("กลุ่มทอผ้า", district="5702")]) == ()


def test_the_likeliest_come_first_then_those_of_the_type_and_only_a_few() -> None:
    many = [listed(f"กลุ่มทอผ้า {n}", f"k{n}") for n in range(20)]
    same = [listed("กลุ่มทอผ้า", "b", "leader"), listed("กลุ่มทอผ้า", "a", "network")]
    found = candidates("กลุ่มทอผ้า", "network", HOME, [*many, *same])
    assert [one.applicant.key for one in found[:2]] == ["a", "b"]
    assert len(found) == MOST
    assert all(one.percent >= LEAST_ALIKE for one in found)


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_goes_both_ways(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one)
    assert 0 <= alike(one, other) <= 100
    assert alike(one, one) == 100


@given(st.text("กขคง ่", max_size=8), st.lists(st.text("กขคง ่", max_size=8), max_size=12), st.integers(1, 4))
def test_the_likest_are_those_that_comparing_all_finds(name: str, others: list[str], most: int) -> None:
    compared = sorted(((alike(name, other), n) for n, other in enumerate(others)), reverse=True)
    wanted = [one for one in compared if one[0] >= max(LEAST_ALIKE, compared[:most][-1][0])]
    found = likest(name, [(other, n) for n, other in enumerate(others)], most)
    assert sorted(found, reverse=True) == wanted
