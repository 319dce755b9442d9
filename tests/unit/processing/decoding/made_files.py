"""Small files of every kind, made by code."""

import io

import pikepdf
from PIL import Image

SIDE = (300, 200)


def noise(seed: int = 1) -> Image.Image:
    """A picture of which no two rows are alike."""
    return Image.effect_noise(SIDE, 40 + seed).convert("RGB")


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def pdf(pages: int = 1, **options: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page(page_size=(200, 200))
        made.save(out, **options)
    return out.getvalue()


JPEG, PNG, WEBP = (encoded(noise(), kind) for kind in ("JPEG", "PNG", "WEBP"))
PDF = pdf(2)
