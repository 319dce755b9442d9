"""Numbers as people write and read them. Pure.

A telephone and a village are typed: one rule for forms and readers. Points and percents are shown: here they
are rounded, once, half up.
"""

import re
from fractions import Fraction

# As the forms write them too: an expression of XPath's regex() and of Python's re, over digits alone.
TELEPHONE = "^0[0-9]{8,9}$"  # nine digits of a landline, ten of a mobile telephone
VILLAGE = "^(0?[1-9]|[1-9][0-9])$"

THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
BETWEEN = "- "  # what may stand between the digits
_BARE = str.maketrans(THAI_DIGITS, "0123456789", BETWEEN)


def bare(written: str) -> str:
    """Its digits as Arabic ones, without dashes and spaces; any other letter stays."""
    return written.translate(_BARE)


def is_telephone(written: str) -> bool:
    """A telephone of Thailand: 0 and eight or nine digits."""
    return re.fullmatch(TELEPHONE, bare(written)) is not None


def is_village(written: str) -> bool:
    """A village's number (หมู่ที่), 1 to 99."""
    return re.fullmatch(VILLAGE, bare(written)) is not None


def half_up(value: Fraction | int) -> int:
    """The nearest whole number; of two the greater."""
    exact = Fraction(value)
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def hundredths(value: Fraction | int) -> str:
    """Points or percent, counted in hundredths: 7250 → `72.50`. Never below 0."""
    whole, rest = divmod(half_up(value), 100)
    return f"{whole}.{rest:02}"
