"""Typesets one small paper on request, without caching anything."""

import json
from typing import Any

import typst

from mochocho.storage.home import Home
from reports.papers import BASE, template
from reports.typesetting.fonts import Face, face
from reports.typesetting.line_breaks import Breaker
from reports.typesetting.printing import whole_names
from reports.typesetting.typesetter import EPOCH, canonical
from reports.view.printed_words import Words


def face_of(home: Home) -> Face:
    """The papers' font. Raises Terminal when the office's font is missing."""
    papers = home.settings.papers
    return face(papers.font_dir, papers.font_family)


def words_of(home: Home) -> Words:
    """How this home's papers write numbers."""
    return Words(home.settings.papers.thai_digits)


def pdf(home: Home, paper: str, view: Any, **raw: str) -> bytes:
    """A PDF of this paper; `raw`: inputs of its template besides the view, passed as they are.

    Raises Terminal.

    Everything stays in memory: a code in a file would have to be deleted again.
    """
    letters = face_of(home)
    look = {
        "families": letters.families,
        "scale": letters.scale,
        "thai_digits": home.settings.papers.thai_digits,
    }
    files = {
        "main.typ": template(f"{paper}.typ"),
        BASE: template(BASE),
        "data.json": canonical(Breaker(whole_names(home.province)).boxed(view) | raw),
        "look.json": canonical(look),
        "pictures.json": json.dumps({}).encode(),
    }
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(letters.folders)
    )
    made = typst.compile(files, font_paths=fonts, ignore_system_fonts=True, format="pdf", timestamp=EPOCH)  # type: ignore[call-overload]  # the stub lacks files by name
    assert isinstance(made, bytes)  # noqa: S101 - one PDF, not a list of pages
    return made
