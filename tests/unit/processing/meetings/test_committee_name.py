"""A committee's name says its place once, however the office wrote it."""

import pytest

from processing.meetings.committee_name import DISTRICT, PROVINCE, of_district, of_province, same


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("คณะกรรมการรับรองจังหวัด", "คณะกรรมการรับรองจังหวัด จังหวัดเชียงราย"),
        ("คณะกรรมการรับรอง", "คณะกรรมการรับรอง จังหวัดเชียงราย"),
        ("คณะกรรมการรับรองจังหวัดเชียงราย", "คณะกรรมการรับรองจังหวัดเชียงราย"),
        ("คณะกรรมการรับรอง จังหวัดเชียงราย", "คณะกรรมการรับรอง จังหวัดเชียงราย"),
        ("คณะกรรมการรับรองจังหวัด เชียงราย ", "คณะกรรมการรับรองจังหวัด เชียงราย "),
        ("คณะกรรมการจังหวัดเชียงรายเพื่อการรับรอง", "คณะกรรมการจังหวัดเชียงรายเพื่อการรับรอง"),
    ],
)
def test_the_province_is_said_once(name: str, said: str) -> None:
    assert of_province(name, "เชียงราย") == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("คณะกรรมการตรวจประเมินอำเภอ", "คณะกรรมการตรวจประเมินอำเภอแม่จัน"),
        ("คณะกรรมการตรวจประเมิน", "คณะกรรมการตรวจประเมิน อำเภอแม่จัน"),
        ("คณะกรรมการตรวจประเมินอำเภอแม่จัน", "คณะกรรมการตรวจประเมินอำเภอแม่จัน"),
        ("คณะกรรมการตรวจประเมิน แม่จัน", "คณะกรรมการตรวจประเมิน แม่จัน"),
    ],
)
def test_a_district_is_said_once(name: str, said: str) -> None:
    assert of_district(name, "แม่จัน") == said


NAMED = "คณะกรรมการรับรองมาตรฐาน"


@pytest.mark.parametrize(
    "place", ["", "จังหวัด", "จังหวัดเชียงราย", " จังหวัดเชียงราย", "จังหวัด จังหวัดเชียงราย", "จังหวัด เชียงราย"]
)
def test_a_committee_is_the_same_with_its_place_or_without(place: str) -> None:
    assert same(NAMED + place, NAMED, PROVINCE, "เชียงราย")
    assert same(NAMED, NAMED + place, PROVINCE, "เชียงราย")
    assert not same(NAMED + place, "คณะกรรมการตรวจประเมิน" + place, PROVINCE, "เชียงราย")


@pytest.mark.parametrize(
    "other", ["คณะกรรมการรับรอง", "คณะกรรมการรับรองมาตรฐานจังหวัดพะเยา", "คณะกรรมการรับรองมาตรฐานชุมชน"]
)
def test_another_name_or_another_place_is_another_committee(other: str) -> None:
    assert not same(NAMED, other, PROVINCE, "เชียงราย")
    assert not same("คณะกรรมการตรวจประเมินอำเภอแม่จัน", "คณะกรรมการตรวจประเมินอำเภอพาน", DISTRICT, "แม่จัน")
