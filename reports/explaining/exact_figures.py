"""Exact figures in words: the fraction, what is printed, and whether that was rounded. Pure."""

from fractions import Fraction

from mochocho.words.numbers import hundredths


def marks(points: Fraction | int) -> str:
    """Points given in hundredths, in marks: `3.33 (เศษส่วน 10/3 ปัดครั้งเดียว …)`, `5.00`."""
    return _with_fraction(hundredths(points), Fraction(points), Fraction(points) / 100)


def percents(share: Fraction) -> str:
    """A percentage given in hundredths, as `marks`."""
    return _with_fraction(hundredths(share), share, share / 100)


def fraction(points: Fraction | int) -> str:
    """Points given in hundredths as an exact number of marks: `10/3`, `5`."""
    return str(Fraction(points) / 100)


def _with_fraction(printed: str, in_hundredths: Fraction, value: Fraction) -> str:
    if in_hundredths.denominator == 1:
        return printed
    return f"{printed} (เศษส่วน {value} ปัดครั้งเดียว ครึ่งขึ้นไปปัดขึ้น)"
