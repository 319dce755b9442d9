"""What a page shows of an attached file: a small JPEG without metadata, or how many pages a PDF has."""

import io
import warnings
from typing import BinaryIO

import pikepdf
from PIL import Image, ImageOps

from reports.view.pictures import Size

VERSION = 1  # raise it when the same file would give other bytes
MAX_PIXELS = 50_000_000
QUALITY = 82
PDF_MAGIC = b"%PDF-"


def jpeg(file: BinaryIO, size: Size) -> bytes | None:
    """The picture upright, within `size` pixels, without metadata; None for no readable JPEG or PNG."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=("JPEG", "PNG")) as image:
                if image.width * image.height > MAX_PIXELS:
                    return None
                return _encoded(_small(image, size.value))
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError, Warning):
        return None


def _small(image: Image.Image, longest: int) -> Image.Image:
    image.draft("RGB", (longest, longest))  # a JPEG is decoded no larger than needed
    image.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=2.0)
    upright = ImageOps.exif_transpose(image)
    if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
        layer = upright.convert("RGBA")
        white = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(white, layer).convert("RGB")
    return upright.convert("RGB")


def _encoded(image: Image.Image) -> bytes:
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def pdf_pages(file: BinaryIO) -> int | None:
    """How many pages a PDF has; None for what is no readable PDF."""
    file.seek(0)
    if file.read(len(PDF_MAGIC)) != PDF_MAGIC:
        return None
    file.seek(0)
    try:
        with pikepdf.open(file) as pdf:
            return len(pdf.pages)
    except (pikepdf.PdfError, ValueError, OSError):
        return None
