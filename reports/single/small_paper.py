"""Typesets one small paper on request, without caching anything."""

import io
from collections.abc import Iterable, Mapping
from typing import Any

import segno
import typst

from mochocho.storage.home import Home
from mochocho.words.letters import lacking
from reports.formats.pdf_letters import read_as_typed
from reports.papers import shared, template
from reports.typesetting.fonts import Face, face, set_apart
from reports.typesetting.line_breaks import Breaker
from reports.typesetting.printing import whole_names
from reports.typesetting.typesetter import EPOCH, canonical, forget
from reports.view.pictures import Code, shown
from reports.view.printed_words import Words

SCREEN_PPI = 110  # a page is 909 pixels wide


def face_of(home: Home) -> Face:
    """The papers' font. Raises Terminal when the office's font is missing."""
    papers = home.settings.papers
    return face(papers.font_dir, papers.font_family)


def words_of(home: Home) -> Words:
    """How this home's papers write numbers."""
    return Words(home.settings.papers.thai_digits)


def pdf(home: Home, paper: str, view: Any, kept_whole: Iterable[str] = (), **raw: Any) -> bytes:
    """A PDF of this paper; `raw`: JSON values for its template besides the view, passed as they are.

    `kept_whole`: words never broken across lines, besides the names of places. Raises Terminal.

    Everything stays in memory: a code in a file would have to be deleted again.
    """
    data = _data(home, view, kept_whole, raw)
    (made,) = _typeset(home, paper, view, data, format="pdf")
    text = data.decode()
    return read_as_typed(made, lacking(text)) if face_of(home).misleads(text) else made


def pictures(home: Home, paper: str, view: Any, kept_whole: Iterable[str] = (), **raw: Any) -> list[bytes]:
    """The pages of the same paper as pictures for a screen (PNG). Raises Terminal."""
    made = _typeset(home, paper, view, _data(home, view, kept_whole, raw), format="png", ppi=SCREEN_PPI)
    forget()
    return made


def _data(home: Home, view: Any, kept_whole: Iterable[str], raw: Mapping[str, Any]) -> bytes:
    return canonical(Breaker((*whole_names(home.province), *kept_whole)).boxed(view) | raw)


def _typeset(home: Home, paper: str, view: Any, data: bytes, **asked: Any) -> list[bytes]:
    letters = face_of(home)
    look = {
        "families": letters.families,
        "scale": letters.scale,
        "thai_digits": home.settings.papers.thai_digits,
        "apart": set_apart(data.decode()),
    }
    files = {
        "main.typ": template(f"{paper}.typ"),
        **shared(),
        "data.json": data,
        "look.json": canonical(look),
        "pictures.json": canonical(
            {c.name: {"svg": code(c.text)} for c in shown(view) if isinstance(c, Code)}
        ),
    }
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(letters.folders)
    )
    made = typst.compile(files, font_paths=fonts, ignore_system_fonts=True, timestamp=EPOCH, **asked)
    return made if isinstance(made, list) else [made]


def code(text: str) -> str:
    """The QR code that our forms' question `scan` reads, as SVG."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", xmldecl=False, scale=8, border=2)
    return out.getvalue().decode()
