"""A card's religion, blood group, address and last digits are painted over, or nothing is shown at all."""

import io
import json
from random import Random

import numpy as np
import pytest
from PIL import Image, ImageDraw

from processing.decoding import drawn_pictures
from processing.decoding.keeper import decoders
from processing.photographs.page import Page
from processing.redaction.card_window import COVER, covered
from tests.pictures import corpus, papers, taking
from tests.pictures import writing as w

SECRET = (255, 0, 255)  # the colour of what must not be seen
WIDE, HIGH = papers.CARD


def card(rng: Random) -> Image.Image:
    """A drawn card that is none, on which everything that must be covered has a colour of its own."""
    made = Image.new("RGB", papers.CARD, rng.choice(((205, 222, 236), (214, 228, 232), (226, 224, 238))))
    draw = ImageDraw.Draw(made)
    for n in range(14):
        draw.line(w.curve(rng, (0, 40 * n + 20), 1100, 120, 9), fill=(190, 208, 226), width=3)

    def write(x: float, y: float, text: str, size: int, colour: w.Colour = w.BLACK) -> float:
        draw.text((x * WIDE, y * HIGH), text, font=w.font(size, bold=size > 36), fill=colour)
        return x + draw.textlength(text, font=w.font(size, bold=size > 36)) / WIDE

    write(0.28, 0.02, "บัตรตัวอย่าง มิใช่บัตรจริง", 34)
    end = write(0.44, 0.10, "1 0000 ", 40)
    write(end, 0.10, f"{rng.randrange(100_000):05} {rng.randrange(100):02} {rng.randrange(10)}", 40)
    write(0.22, 0.19, f"ชื่อตัวและชื่อสกุล {w.person(rng)}", 34)
    write(0.22, 0.28, "Name Mr. Somchai", 30)
    write(0.22, 0.35, "Last name Tuayang", 28)
    write(0.22, 0.57, "ศาสนา พุทธ", 30, SECRET)
    write(0.50, 0.57, "หมู่โลหิต O", 30, SECRET)
    for line in (0.66, 0.74):
        write(0.04, line, w.fitting(rng, 560, 30), 30, SECRET)
    w.face(made, (730, 300, 950, 580), rng)
    return made


def taken(way: str, rng: Random) -> Image.Image:
    if way == "turned":
        return card(rng).rotate(rng.choice((90, 180, 270)), expand=True)
    if way == "copied":
        sheet = Image.new("RGB", papers.A4, "white")
        sheet.paste(card(rng).resize((900, 567)), (150, 200))
        return sheet.rotate(rng.uniform(-1, 1), Image.Resampling.BICUBIC, fillcolor="white")
    content = corpus._photo(card(rng), rng, taking.some_camera(rng, 1600, True))
    drawn = drawn_pictures.drawn(content, 1600)
    assert drawn
    return drawn


def looked_at(picture: Image.Image) -> Image.Image | None:
    return covered(picture, Page(drawn_pictures.reduced(picture)))


def secret(picture: Image.Image) -> int:
    red, green, blue = np.asarray(picture).astype(int).transpose(2, 0, 1)
    return int(np.count_nonzero((red - green > 70) & (blue - green > 70)))


@pytest.mark.parametrize("way", ["turned", "copied", "photographed"])
def test_what_must_not_be_seen_is_in_no_pixel_and_most_cards_are_shown(way: str) -> None:
    shown = 0
    for n in range(3):
        picture = taken(way, Random(f"{way} {n}"))
        assert secret(picture) > 500
        if (made := looked_at(picture)) is not None:
            shown += 1
            assert made.size == picture.size
            assert secret(made) == 0
            assert np.count_nonzero(np.all(np.asarray(made) != COVER, axis=2)) > 5000, "names are seen"
    assert shown >= 2


def test_the_last_eight_digits_are_painted_over() -> None:
    picture = card(Random("digits"))
    made = looked_at(picture)
    assert made is not None
    band = np.asarray(made)[int(0.11 * HIGH) : int(0.165 * HIGH)]
    dark = np.flatnonzero(np.all(band < 60, axis=2).any(axis=0))
    assert dark.min() >= 0.44 * WIDE
    assert dark.max() < 0.57 * WIDE, "of the thirteen, the first five"


@pytest.mark.parametrize(
    "make", [papers.house_registration, papers.minutes, papers.signature_sheet, papers.handwritten]
)
def test_where_no_cards_number_is_found_nothing_is_shown(make: object) -> None:
    assert callable(make)
    assert looked_at(make(Random("other"))) is None


@pytest.mark.parametrize("seed", [1_000_189, 1_000_354, 1_000_442])
def test_marks_of_noise_that_stand_as_a_number_does_are_none(seed: int) -> None:
    noise = Image.fromarray(np.random.default_rng(seed).integers(0, 256, (400, 320), np.uint8)).convert("RGB")
    content = io.BytesIO()
    noise.save(content, "JPEG")
    picture = drawn_pictures.drawn(content.getvalue(), 1600)
    assert picture
    assert looked_at(picture) is None


def test_two_numbers_on_a_page_are_not_sure() -> None:
    sheet = Image.new("RGB", (1240, 1500), "white")
    for top in (100, 800):
        sheet.paste(card(Random("two")), (100, top))
    assert looked_at(sheet) is None


def test_a_file_is_covered_by_the_child(tmp_path: object) -> None:
    path = tmp_path / "card.jpg"  # type: ignore[operator]
    card(Random("file")).save(path, "JPEG", quality=92)
    shown = decoders().show(path, 1200, covered=True)
    with Image.open(io.BytesIO(shown)) as made:
        assert secret(made) == 0
    path.write_bytes(b"no picture")
    assert json.loads(decoders().show(path, 1200, covered=True)) == {"pages": None}
