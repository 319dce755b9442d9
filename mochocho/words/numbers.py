"""Numbers as people write and read them. Pure.

Telephone and village numbers are typed: forms and readers share one rule. Points and percents are shown: they
are rounded here, once, half up.
"""

import re
from fractions import Fraction

# The forms use the same pattern, so it must mean the same to XPath's regex() and to Python's re.
TELEPHONE = "^0[0-9]{8,9}$"  # nine digits for a landline, ten for a mobile telephone
VILLAGE = "^(0?[1-9]|[1-9][0-9])$"

AGES = range(15, 111)  # in years, of who leads a community
FOUNDED_FROM = 2100  # a year of founding below it is a common year; villages older than 2400 know theirs

THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
_ARABIC = str.maketrans(THAI_DIGITS, "0123456789")
BETWEEN = "- "  # allowed between the digits
_BARE = str.maketrans(THAI_DIGITS, "0123456789", BETWEEN)


def arabic(text: str) -> str:
    """The text with Thai digits as Arabic ones."""
    return text.translate(_ARABIC)


def bare(written: str) -> str:
    """The number with Arabic digits, without dashes and spaces; any other character stays."""
    return written.translate(_BARE)


def is_telephone(written: str) -> bool:
    """Whether this is a Thai telephone number: 0 and eight or nine digits."""
    return re.fullmatch(TELEPHONE, bare(written)) is not None


def is_village(written: str) -> bool:
    """Whether this is a village number (หมู่ที่), 1 to 99."""
    return re.fullmatch(VILLAGE, bare(written)) is not None


def half_up(value: Fraction | int) -> int:
    """The nearest whole number; halfway between two, the greater."""
    exact = Fraction(value)
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def hundredths(value: Fraction | int) -> str:
    """Points or percent given in hundredths: 7250 → `72.50`. Never below 0."""
    whole, rest = divmod(half_up(value), 100)
    return f"{whole}.{rest:02}"
