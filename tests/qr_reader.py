"""Reading an officer's QR code as a phone's camera does, and what ODK Collect makes of it."""

import base64
import json
import zlib
from typing import Any

import pymupdf
from PIL import Image

from tests.needs import absent

DARK, LIGHT = 0, 255
HALVES = {"█": (LIGHT, LIGHT), "▀": (LIGHT, DARK), "▄": (DARK, LIGHT), " ": (DARK, DARK)}
MODULE = 4  # pixels


def text_in(picture: Image.Image) -> str:
    """The text of the one QR code in a picture."""
    try:  # here, not above: what is loaded before `gc.freeze` it reports as leaked when the process ends
        import zxingcpp
    except ImportError:  # a reader of codes is no part of mochocho
        absent("zxing-cpp is not installed")
    [found] = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    return str(found.text)


def settings_in(text: str) -> dict[str, Any]:
    """What Collect reads from the text of a code."""
    assert len(text) <= 4000
    told: dict[str, Any] = json.loads(zlib.decompress(base64.b64decode(text, validate=True)))
    return told


def picture_of(lines: list[str]) -> Image.Image:
    """What a camera sees of a code drawn in half blocks on a terminal."""
    width = max(map(len, lines))
    rows = [bytes(HALVES[c][half] for c in line.ljust(width)) for line in lines for half in (0, 1)]
    drawn = Image.frombytes("L", (width, len(rows)), b"".join(rows))
    return drawn.resize((width * MODULE, len(rows) * MODULE), Image.Resampling.NEAREST)


def page_of(pdf: bytes, dpi: int = 150) -> Image.Image:
    """The one page of a PDF, as printed."""
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        [page] = document
        seen = page.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY, alpha=False)
        return Image.frombytes("L", (seen.width, seen.height), seen.samples)
