"""Pictures: does one open, how large is it, and what papers show of it. Pure.

A picture opens if it can be drawn: measuring does what drawing does, only smaller.
"""

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from PIL import ExifTags, Image, ImageOps

from processing.decoding import containers
from processing.decoding.file_kinds import HEAD, PICTURES, kind_of
from processing.decoding.problem import Problem

if TYPE_CHECKING:  # what only draws loads no numpy
    from processing.photographs.page import Taken
    from processing.photographs.reduced import Reduced

MAX_PIXELS = 50_000_000  # four times what phones take; a JPEG is decoded at a part of its size
MAX_PIXELS_WHOLE = 25_000_000  # PNG and WEBP have no small decode: 100 MB of memory
QUALITY = 82
_FAST = Image.Resampling.BILINEAR  # for what no person sees, in a third of the time
_SHARP = Image.Resampling.HAMMING  # as sharp as LANCZOS where a picture is made smaller, in half the time
_UPRIGHT = 1  # EXIF's orientation
NEARLY = 5 / 6  # of the longest side asked for: what a JPEG gives at once is not made smaller once more

_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    struct.error,
    zlib.error,
)


def measure(kind: str, content: bytes) -> "tuple[Taken, Reduced]":
    """What the file says of a picture that can be drawn, and its one small copy. Raises Problem."""
    from processing.photographs.page import Taken
    from processing.photographs.reduced import LONG_SIDE, Reduced

    end = containers.end_of(kind, content)
    with _opened(kind, content) as image:
        size = image.size
        reduced = Reduced.of(_small(image, LONG_SIDE))
        taken = Taken(size, kind, _names_a_camera(image))
    if containers.holds_something_else(content, end):
        raise Problem("polyglot")
    return taken, reduced


def jpeg(content: bytes, longest: int) -> bytes | None:
    """Upright, within `longest` pixels, as JPEG without metadata; None for what cannot be drawn."""
    image = drawn(content, longest)
    return encoded(image) if image else None


def drawn(content: bytes, longest: int) -> Image.Image | None:
    """A picture upright, within `longest` pixels; None for what cannot be drawn."""
    kind = kind_of(content[:HEAD])
    if kind not in PICTURES:
        return None
    try:
        with _opened(kind, content) as image:
            return _drawn(image, longest)
    except Problem:
        return None


def reduced(image: Image.Image) -> "Reduced":
    """The one small copy of a picture that is drawn already."""
    from processing.photographs.reduced import LONG_SIDE, Reduced

    small = image.convert("L")
    small.thumbnail((LONG_SIDE, LONG_SIDE), _FAST)
    return Reduced.of(small)


@contextmanager
def _opened(kind: str, content: bytes) -> Iterator[Image.Image]:
    try:
        with warnings.catch_warnings():
            # What this file makes a decoder say is told by what comes of it.
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            # Only the decoder of this kind may look at it: the others never see hostile bytes.
            with Image.open(io.BytesIO(content), formats=[kind.upper()]) as image:
                if image.width * image.height > (MAX_PIXELS if kind == "jpeg" else MAX_PIXELS_WHOLE):
                    raise Problem("too_many_pixels")
                yield image
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Problem("too_many_pixels") from None
    except _BROKEN as error:
        raise Problem("truncated" if "truncated" in str(error) else "damaged") from None


def _drawn(image: Image.Image, longest: int) -> Image.Image:
    """Upright, within `longest` pixels; a JPEG may be up to a sixth smaller."""
    share = min(1.0, longest / max(image.size))
    # Both sides as they will be: asked for a square, an oblong picture is decoded twice as large.
    image.draft("RGB", (int(image.width * share * NEARLY) or 1, int(image.height * share * NEARLY) or 1))
    image.thumbnail((longest, longest), _SHARP, reducing_gap=2.0)
    return _upright_in(image, "RGB")


def _small(image: Image.Image, longest: int) -> Image.Image:
    """Upright and grey, within `longest` pixels, for measuring."""
    image.draft("L", (longest, longest))
    image.thumbnail((longest, longest), _FAST, reducing_gap=2.0)
    return _upright_in(image, "L")


def _upright_in(image: Image.Image, mode: Literal["RGB", "L"]) -> Image.Image:
    image.load()  # a small picture is not read yet, and reading its EXIF first would hide its damage
    upright = _upright(image)
    if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
        layer = upright.convert("RGBA")
        white = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(white, layer).convert(mode)
    return upright if upright.mode == mode else upright.convert(mode)


def _upright(image: Image.Image) -> Image.Image:
    """The same picture where it stands upright: a copy takes as long as decoding it."""
    try:
        if image.getexif().get(ExifTags.Base.Orientation, _UPRIGHT) == _UPRIGHT:
            return image
        return ImageOps.exif_transpose(image)
    except (*_BROKEN, ArithmeticError, AttributeError):  # a picture with damaged EXIF is a picture
        return image


def _names_a_camera(image: Image.Image) -> bool:
    try:
        return bool(image.getexif().get(ExifTags.Base.Make))
    except (*_BROKEN, ArithmeticError, AttributeError):
        return False


def encoded(image: Image.Image) -> bytes:
    """As JPEG, of its pixels alone: what the image says of itself besides is dropped.

    With the standard's Huffman tables: tables of its own make it a sixth smaller and take as long again.
    """
    image.info.clear()
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
