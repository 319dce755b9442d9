"""Days as clerks type them into cells: missing dots, eras, times, spoken names of months."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mochocho.excel.cells import Cell
from mochocho.excel.typed import Wrong, day_of
from mochocho.words import thai

DAY = date(2025, 4, 20)


def read(text: str) -> date:
    return day_of(Cell(text=thai.normalise(text), written=text))


@pytest.mark.parametrize(
    "text",
    [
        "20 เม.ย. 2568",
        "20 เม.ย 2568",
        "20 เมย. 2568",
        "20 เมย 2568",
        "20เม.ย.2568",
        "20 เม.ย.2568",
        "20-เม.ย.-2568",
        "20 เมษา 2568",
        "20 เม. ย. 2568",
        "วันอาทิตย์ ที่ 20 เมษายน 2568",
        "20 เดือนเมษายน 2568",
        "ที่ 20 เมษายน 2568",
        "วันที่ 20 เมษายน พ.ศ. 2568",
        "วันอาทิตย์ที่ ๒๐ เมษายน พ.ศ.๒๕๖๘",
        "วันอาทิตย์ 20 เมษายน พ.ศ 2568",
        "20 เมษายน พศ 2568",
        "20 เมษายน พุทธศักราช 2568",
        "20 เมษายน ค.ศ. 2025",
        "20 เม.ย. 2568 09.00 น.",
        "20 เม.ย. 2568 เวลา 09.00 น.",
        "20 เม.ย. 2568, 9:00",
        "๒๐ เม.ย ๒๕๖๘ ๐๙.๓๐ นาฬิกา",
        "20/4/2568 0:00:00",
        "20/04/2568 09:30",
        "20 / 4 / 2568",
        "วันที่ 20/4/2568",
        "20.4.2568",
        "20-4-2568",
        "2568-04-20",
        "2568/4/20",
        "2025-04-20T09:30:00Z",
        "2025-04-20 09:30:00.123",
        "20-Apr-2025",
        "20 April 2025",
        "20/4/2025 9:30 AM",
    ],
)
def test_a_day_as_people_type_it(text: str) -> None:
    assert read(text) == DAY


@pytest.mark.parametrize("text", ["20/4/68", "20 เม.ย. 68", "20 เม.ย.68 09.00 น."])
def test_a_year_of_two_digits_is_asked_for_whole(text: str) -> None:
    with pytest.raises(Wrong, match="ปีมีสองหลัก ให้เขียนแบบ 1 พฤษภาคม 2568"):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        "เมื่อวาน",
        "20 เมษ 2568",
        "20 4 2568",
        "20 เม.ย.",
        "เมษายน 2568",
        "09.00 น.",
        "20/4/256",
        "1/2568",
        "20//4//2568",
    ],
)
def test_what_is_no_day_is_named(text: str) -> None:
    with pytest.raises(Wrong, match="อ่านวันที่ไม่ได้ ให้เขียนแบบ 1 พฤษภาคม 2568"):
        read(text)


@pytest.mark.parametrize("text", ["31 เมษายน 2568", "29/2/2568", "13/13/2568", "2568-02-30", "0/4/2568"])
def test_a_day_that_no_calendar_has(text: str) -> None:
    with pytest.raises(Wrong, match="ไม่มีวันนี้ในปฏิทิน"):
        read(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("วันศุกร์ที่ 20 เมษายน 2568", "เขียนว่าวันศุกร์ แต่วันที่ 20 เมษายน 2568 เป็นวันอาทิตย์"),
        ("20 เม.ย. ค.ศ. 2568", "เขียนว่า ค.ศ. แต่ 2568 เป็นปี พ.ศ."),
        ("20 เม.ย. พ.ศ. 2025", "เขียนว่า พ.ศ. แต่ 2025 เป็นปี ค.ศ."),
        ("20 เมษายน พุทธศักราช 2025", "เขียนว่า พุทธศักราช แต่ 2025"),
    ],
)
def test_what_contradicts_itself_is_asked(text: str, said: str) -> None:
    with pytest.raises(Wrong, match=said):
        read(text)


@pytest.mark.parametrize(
    "moment", ["2025-04-19T17:00:00Z", "2025-04-19T17:00:00.000Z", "2025-04-20 06:30:00+07:00"]
)
def test_a_moment_with_its_zone_is_the_day_in_thailand(moment: str) -> None:
    assert read(moment) == DAY


@given(
    st.dates(date(2000, 1, 1), date(2090, 12, 31)),
    st.booleans(),
    st.sampled_from(["", " 09.00 น.", " เวลา 13.30 น"]),
)
def test_an_abbreviation_with_or_without_any_of_its_dots(day: date, short: bool, time: str) -> None:
    words = (thai.date_short if short else thai.date_words)(day)
    assert (
        read(words + time)
        == read(words.replace(".", "") + time)
        == read(words.replace(". ", " ") + time)
        == day
    )


@given(st.text(alphabet="วันที่ 0123456789./-เมยพศคนAp:,", max_size=80))
def test_any_text_is_a_day_or_named_wrong(text: str) -> None:
    try:
        found = read(text)
    except Wrong:
        return
    assert isinstance(found, date)
