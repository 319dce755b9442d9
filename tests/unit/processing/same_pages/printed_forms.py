"""Pages of printed forms, filled in, and a page as a phone or scanner gives it. All invented; seeded.

Half of A4 at 150 dots an inch: print of 14 points is as high as on a page that was photographed and reduced.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from random import Random

import numpy as np
from PIL import Image, ImageDraw

from mochocho.app.demo.drawings import _font as font

SIZE = (868, 1228)
LETTERS, VOWELS = "กขคงจชซญดตถทธนบปผฝพฟมยรลวศษสหอฮ", "ะาเแโใ"
_PAPER, _PRINT = 250, 40


@dataclass(frozen=True, slots=True)
class Field:
    """A place to write on: its left end, its line and its right end."""

    x: int
    y: int
    end: int


@lru_cache(maxsize=32)
def blank_form(number: int) -> tuple[Image.Image, tuple[Field, ...]]:
    """The form of this number before anybody writes on it."""
    rng = Random(f"form {number}")
    page = Image.new("L", SIZE, _PAPER)
    draw, fields, y = ImageDraw.Draw(page), list[Field](), 150
    draw.text((SIZE[0] // 2, 80), f"แบบ {word(rng, 8)}", font=font(36, bold=True), fill=_PRINT, anchor="mm")
    draw.rectangle((56, 42, SIZE[0] - 56, SIZE[1] - 42), outline=60, width=2)
    while y < SIZE[1] - 180:
        kind = rng.random()
        if kind < 0.7:
            label = word(rng, rng.randrange(3, 7))
            draw.text((84, y), label, font=font(24), fill=_PRINT)
            x = 84 + round(draw.textlength(label, font=font(24))) + 10
            draw.line((x, y + 31, SIZE[0] - 90, y + 31), fill=120)
            fields.append(Field(x + 7, y - 3, SIZE[0] - 105))
            y += rng.randrange(44, 56)
        elif kind < 0.85:
            for _ in range(rng.randrange(1, 4)):
                draw.text((84, y), " ".join(word(rng, 4) for _ in range(6)), font=font(22), fill=_PRINT)
                y += 37
        else:
            y = _table(draw, y, fields)
    return page, tuple(fields)


def _table(draw: ImageDraw.ImageDraw, y: int, fields: list[Field]) -> int:
    edges = (84, 280, 490, 630, SIZE[0] - 84)
    for _ in range(4):
        for left, right in pairwise(edges):
            draw.rectangle((left, y, right, y + 42), outline=90)
            fields.append(Field(left + 7, y + 6, right))
        y += 42
    return y + 14


def filled(form: int, by: int, differing: int | None = None) -> Image.Image:
    """The form as this person filled it in; `differing`: only the first so many fields say other things."""
    page, fields = blank_form(form)
    page = page.copy()
    draw = ImageDraw.Draw(page)
    own, common = Random(f"filled {form} {by}"), Random(f"filled {form}")
    for number, field in enumerate(fields):
        _write(draw, field, own if differing is None or number < differing else common)
    return page


def _write(draw: ImageDraw.ImageDraw, field: Field, rng: Random) -> None:
    text = (
        word(rng, rng.randrange(2, 9))
        if rng.random() < 0.7
        else str(rng.randrange(10 ** rng.randrange(2, 9)))
    )
    size = rng.randrange(24, 31)
    while draw.textlength(text, font=font(size)) > field.end - field.x and len(text) > 1:
        text = text[:-1]
    at = (field.x + rng.randrange(10), field.y + rng.randrange(-3, 3))
    draw.text(at, text, font=font(size), fill=rng.randrange(20, 90))


def word(rng: Random, letters: int) -> str:
    return "".join(
        rng.choice(LETTERS) + (rng.choice(VOWELS) if rng.random() < 0.5 else "") for _ in range(letters)
    )


def photographed(page: Image.Image, rng: Random) -> Image.Image:
    """Lying a little askew, unevenly lit, with a sensor's noise."""
    askew = page.rotate(rng.uniform(-1, 1), Image.Resampling.BICUBIC, fillcolor=_PAPER)
    across = np.linspace(rng.uniform(0.85, 1), rng.uniform(0.85, 1), page.width)[None, :]
    down = np.linspace(rng.uniform(0.9, 1), rng.uniform(0.9, 1), page.height)[:, None]
    return noisy(np.asarray(askew) * across * down, rng)


def noisy(light: np.ndarray, rng: Random) -> Image.Image:
    noise = np.random.default_rng(rng.randrange(1 << 30)).normal(0, 4, light.shape)
    return Image.fromarray((light + noise).clip(0, 255).astype(np.uint8))
