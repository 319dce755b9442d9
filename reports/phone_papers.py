"""The papers officers are given for their phones."""

from mochocho.home import Home
from reports import sheet
from reports.view import phone
from reports.view.phone import Posting


def setup(home: Home, posting: Posting, forms: tuple[str, ...]) -> bytes:
    """The setup sheet, a PDF of one page; `forms`: the titles that the phone will list. Raises Terminal."""
    return sheet.pdf(home, "setup", phone.setup(posting, forms, sheet.words_of(home)))


def sealed(home: Home, posting: Posting, code: str) -> bytes:
    """The sealed sheet, a PDF of one page. `code`: the QR code as SVG; it holds a token. Raises Terminal."""
    return sheet.pdf(home, "sealed", phone.sealed(posting, sheet.words_of(home)), code=code)
