"""The papers officers are given for their phones. Made when asked for and handed over: nothing is cached."""

import json
from typing import Any

import typst

from mochocho.home import Home
from reports.atoms import Breaker
from reports.fonts import Face, face
from reports.papers import BASE, template
from reports.press import EPOCH, canonical
from reports.printing import whole_names
from reports.view import phone
from reports.view.phone import Posting
from reports.view.words import Words


def setup(home: Home, posting: Posting, forms: tuple[str, ...]) -> bytes:
    """The setup sheet, a PDF of one page; `forms`: the titles that the phone will list. Raises Terminal."""
    return _pdf(home, "setup", _boxed(home, phone.setup(posting, forms, _words(home))))


def sealed(home: Home, posting: Posting, code: str) -> bytes:
    """The sealed sheet, a PDF of one page. `code`: the QR code as SVG; it holds a token. Raises Terminal."""
    return _pdf(home, "sealed", _boxed(home, phone.sealed(posting, _words(home))) | {"code": code})


def face_of(home: Home) -> Face:
    """The font of the papers. Raises Terminal when the office's is not there."""
    papers = home.settings.papers
    return face(papers.font_dir, papers.font_family)


def _words(home: Home) -> Words:
    return Words(home.settings.papers.thai_digits)


def _boxed(home: Home, view: Any) -> dict[str, Any]:
    boxed: dict[str, Any] = Breaker(whole_names(home.province)).boxed(view)
    return boxed


def _pdf(home: Home, paper: str, data: dict[str, Any]) -> bytes:
    """All in memory, the code too: a file of it would have to be taken away again."""
    letters = face_of(home)
    look = {
        "family": letters.family,
        "scale": letters.scale,
        "thai_digits": home.settings.papers.thai_digits,
    }
    files = {
        "main.typ": template(f"{paper}.typ"),
        BASE: template(BASE),
        "data.json": canonical(data),
        "look.json": canonical(look),
        "pictures.json": json.dumps({}).encode(),
    }
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[letters.folder])
    pdf = typst.compile(files, font_paths=fonts, ignore_system_fonts=True, format="pdf", timestamp=EPOCH)  # type: ignore[call-overload]  # the stub lacks files by name
    assert isinstance(pdf, bytes)  # noqa: S101 - one PDF, not a list of pages
    return pdf
