"""What counts as a telephone number and as a village's number."""

from fractions import Fraction

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


@pytest.mark.parametrize(
    ("value", "rounded"),
    [(0, 0), (Fraction(1, 2), 1), (Fraction(49, 100), 0), (Fraction(3, 2), 2), (Fraction(2, 3), 1), (7, 7)],
)
def test_half_goes_up(value: Fraction | int, rounded: int) -> None:
    assert numbers.half_up(value) == rounded


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0.00"),
        (5, "0.05"),
        (100, "1.00"),
        (7250, "72.50"),
        (10_000, "100.00"),
        (Fraction(20_000, 3), "66.67"),
        (Fraction(1, 2), "0.01"),
    ],
)
def test_hundredths_are_shown_with_two_places(value: Fraction | int, shown: str) -> None:
    assert numbers.hundredths(value) == shown
