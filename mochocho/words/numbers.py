"""Numbers that people type as words: a telephone, a village. One rule for forms and readers. Pure."""

import re

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
