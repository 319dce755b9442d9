"""What counts as a telephone number and as a village's number."""

import pytest

from mochocho.words import numbers


@pytest.mark.parametrize(
    "written",
    ["0000000000", "000-000-0000", "000000000", "00 000 0000", "0-0000-0000", "๐๐๐-๐๐๐-๐๐๐๐", "๐00 000 0000"],
)
def test_telephones(written: str) -> None:
    assert numbers.is_telephone(written)


@pytest.mark.parametrize(
    "written",
    [
        *("", "0", "0--------", "0 - - - - - - -", "00000000", "00000000000", "1000000000", "191"),
        *("000-000-000x", "โทร 0000000000", "000.000.0000", "000-000-0000 ต่อ 1", "0000000000\n"),
    ],
)
def test_no_telephones(written: str) -> None:
    assert not numbers.is_telephone(written)


@pytest.mark.parametrize("written", ["1", "9", "04", "12", "99", "๔", "๑๒", "0๔"])
def test_villages(written: str) -> None:
    assert numbers.is_village(written)


@pytest.mark.parametrize(
    "written", ["", "0", "00", "๐", "๐๐", "000", "100", "004", "-", "--", "4/1", "ม.4", "๔ก"]
)
def test_no_villages(written: str) -> None:
    assert not numbers.is_village(written)
