"""The pictures of attached files on a page."""

import io

import pikepdf
import pytest
from PIL import Image

from processing.decoding.drawn_pictures import jpeg
from processing.decoding.pdfs import pages
from reports.view.pictures import Size
from tests.unit.reports.made_cases import photo

TURNED = 6  # EXIF: turn 90° clockwise to see it upright


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def decoded(content: bytes | None) -> Image.Image:
    assert content is not None
    return Image.open(io.BytesIO(content))


def test_a_photo_is_made_as_small_as_its_place() -> None:
    small = decoded(jpeg(photo(1, 3000, 2000), Size.THUMB.value))
    assert small.format == "JPEG"
    assert max(small.size) == Size.THUMB.value


def test_a_photo_stands_upright_and_loses_its_metadata() -> None:
    exif = Image.Exif()
    exif[0x0112] = TURNED
    exif[0x010E] = "taken at the applicant's house"
    image = Image.new("RGB", (800, 400), "blue")
    shown = decoded(jpeg(encoded(image, "JPEG", exif=exif.tobytes()), Size.THUMB.value))
    assert shown.height > shown.width
    assert not shown.getexif()
    assert b"house" not in (jpeg(encoded(image, "JPEG", exif=exif.tobytes()), Size.THUMB.value) or b"")


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "I;16"])
def test_every_kind_of_png_becomes_a_jpeg(mode: str) -> None:
    shown = decoded(jpeg(encoded(Image.new(mode, (300, 200)), "PNG"), Size.PORTRAIT.value))
    assert shown.mode == "RGB"


def test_what_is_transparent_becomes_white() -> None:
    signature = encoded(Image.new("RGBA", (40, 40), (0, 0, 0, 0)), "PNG")
    assert decoded(jpeg(signature, Size.THUMB.value)).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xd8\xff garbage", b"%PDF-1.7", b"<svg/>", photo(2)[:2000], b"GIF89a" + b"\0" * 30],
    ids=["empty", "garbage", "pdf", "svg", "cut", "gif"],
)
def test_what_cannot_be_read_is_not_shown(content: bytes) -> None:
    assert jpeg(content, Size.THUMB.value) is None


def test_a_bomb_is_not_decoded() -> None:
    bomb = encoded(Image.new("1", (20_000, 20_000)), "PNG")
    assert jpeg(bomb, Size.THUMB.value) is None


def test_an_id_card_is_too_coarse_to_read() -> None:
    assert max(decoded(jpeg(photo(3), Size.VEILED.value)).size) <= 64


def test_pages_of_a_pdf_are_counted() -> None:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.add_blank_page()
        pdf.save(out)
    assert pages(out.getvalue()) == 2


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 and nothing more", photo(4)])
def test_what_is_no_pdf_has_no_pages(content: bytes) -> None:
    assert pages(content) is None
