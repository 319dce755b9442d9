"""The papers that officers get for their phones."""

from mochocho.storage.home import Home
from reports.single import small_paper
from reports.view import phone_sheets
from reports.view.phone_sheets import Posting


def setup(home: Home, posting: Posting, forms: tuple[str, ...]) -> bytes:
    """The setup sheet, a PDF of one page; `forms`: the titles that the phone will list. Raises Terminal."""
    return small_paper.pdf(home, "setup", phone_sheets.setup(posting, forms, small_paper.words_of(home)))


def sealed(home: Home, posting: Posting, code: str) -> bytes:
    """The sealed sheet, a PDF of one page.

    `code`: the QR code as SVG, with a token in it. Raises Terminal.
    """
    return small_paper.pdf(
        home, "sealed", phone_sheets.sealed(posting, small_paper.words_of(home)), code=code
    )
