"""A committee's name says its place once, however the office wrote it."""

import pytest

from processing.meetings.committee_name import DISTRICT, PROVINCE, on_papers, with_place


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
def test_papers_say_the_province_once(name: str, said: str) -> None:
    assert on_papers(name, "เชียงราย") == said


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
    assert with_place(name, DISTRICT, "แม่จัน") == said


def test_what_is_recorded_of_the_province_says_it_once() -> None:
    said = "คณะกรรมการรับรองจังหวัดเชียงราย"
    assert with_place("คณะกรรมการรับรองจังหวัด", PROVINCE, "เชียงราย") == said
    assert with_place(said, PROVINCE, "เชียงราย") == said
