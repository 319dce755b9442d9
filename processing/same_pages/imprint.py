"""What is kept of one page so that a copy of it is found later: a few kilobytes. Pure."""

import hashlib
import io
from base64 import b64encode

import numpy as np
from PIL import Image

from mochocho.words.model import Imprint
from processing.same_pages.marks import LONG_SIDE, SAMPLES, Marks

MOST_BYTES = 24_000  # of a copy: noise is coded more coarsely
_QUALITIES = (40, 20, 5)
_SHOWN = 8  # grey levels between the darkest and the lightest of what shows anything
_LEAST = 48  # pixels of the short side of a picture that is a page


def imprint(grey: np.ndarray[tuple[int, int], np.dtype[np.uint8]], sheet: int = 0) -> Imprint:
    """Of the upright reduced copy of a page; `sheet`: its number in a PDF."""
    if int(grey.max()) - int(grey.min()) < _SHOWN:  # every empty page is equal to every other
        return Imprint(sheet, "", "", "")
    digest = hashlib.sha256(repr(grey.shape).encode())
    digest.update(grey.tobytes())
    image = Image.fromarray(grey)
    marks, copy = b"", b""
    if min(image.size) >= _LEAST:  # a strip or a dot holds nothing that a page is told by
        small = _small(image)
        marks, copy = Marks.of(small).dump(), _copy(small)
    return Imprint(sheet, digest.hexdigest(), b64encode(marks).decode(), b64encode(copy).decode())


def _small(image: Image.Image) -> Image.Image:
    scale = LONG_SIDE / max(image.size)
    size = max(SAMPLES, round(image.width * scale)), max(SAMPLES, round(image.height * scale))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0 if scale < 1 else None)


def _copy(small: Image.Image) -> bytes:
    for quality in _QUALITIES:
        out = io.BytesIO()
        small.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= MOST_BYTES:
            break
    return out.getvalue()
