"""Photographs that are no sheets: people at work, a meeting, a view, a portrait; drawn, with grain."""

import io
import math
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from mochocho.app.demo.drawings import Studio
from tests.pictures import writing as w

_STUDIO = Studio()


def activity(rng: Random) -> Image.Image:
    """A drawn event with trees, a banner and a crowd, textured as outdoors."""
    with Image.open(io.BytesIO(_STUDIO.scene("กิจกรรมพัฒนาหมู่บ้าน", str(rng.random())))) as drawn:
        scene = drawn.convert("RGB").resize((1600, 1200), Image.Resampling.BICUBIC)
    return _textured(scene, rng, rng.uniform(8, 30))


def portrait(rng: Random) -> Image.Image:
    """Somebody's head before an even wall, softly lit."""
    picture = Image.new("RGB", (900, 1200))
    w.face(picture, (0, 0, 900, 1200), rng)
    return _textured(picture.filter(ImageFilter.GaussianBlur(0.5)), rng, rng.uniform(2, 7))


def meeting(rng: Random) -> Image.Image:
    """A room: ceiling, lamps, heads of people seen from behind, a screen with words."""
    picture = Image.new("RGB", (1600, 1200), rng.choice(((196, 186, 170), (170, 178, 182), (150, 138, 120))))
    draw = ImageDraw.Draw(picture)
    draw.polygon(((0, 0), (1600, 0), (1300, 260), (300, 260)), fill=(222, 220, 214))
    for n in range(4):
        draw.polygon(
            ((250 + n * 300, 30), (420 + n * 300, 30), (400 + n * 290, 90), (280 + n * 290, 90)),
            fill=(255, 255, 250),
        )
    draw.rectangle((520, 280, 1080, 600), fill=(235, 240, 248), outline=(60, 60, 60), width=6)
    for n in range(4):
        draw.text((560, 310 + n * 64), w.fitting(rng, 440, 40), font=w.font(40), fill=(30, 40, 90))
    for n in range(30):
        depth = n / 30
        x, y, size = rng.randrange(-50, 1650), 620 + depth * 600, 36 + depth * 90
        cloth = tuple(rng.randrange(40, 220) for _ in range(3))
        draw.ellipse((x - size * 1.3, y + size * 0.5, x + size * 1.3, y + size * 4), fill=cloth)
        draw.ellipse(
            (x - size * 0.6, y - size * 0.7, x + size * 0.6, y + size * 0.8),
            fill=(35 + rng.randrange(20), 30, 28),
        )
    return _textured(picture, rng, rng.uniform(5, 16))


def view(rng: Random) -> Image.Image:
    """Sky, hills and leaves of every size, some before others."""
    picture = Image.new("RGB", (1200, 900), rng.choice(((190, 210, 230), (225, 225, 220))))
    draw = ImageDraw.Draw(picture)
    base = rng.choice(((96, 130, 70), (130, 120, 80), (90, 110, 100)))
    for n in range(2500):
        near = n / 2500
        x, y = rng.randrange(-20, 1220), 250 + near * 650 + rng.gauss(0, 60)
        size, shade = 4 + near * rng.uniform(4, 40), rng.uniform(0.5, 1.5)
        colour = tuple(min(255, int(part * shade)) for part in base)
        lean = rng.uniform(-1, 1) * size
        draw.polygon(
            ((x - size / 3, y), (x + lean, y - size), (x + size / 3, y), (x, y + size / 2)), fill=colour
        )
    return _textured(picture, rng, rng.uniform(3, 10))


SCENES = (activity, meeting, view)


def _textured(picture: Image.Image, rng: Random, strength: float) -> Image.Image:
    side = np.random.default_rng(rng.randrange(1 << 32))
    wide, high = picture.size
    coarse = Image.fromarray(side.uniform(0, 255, (high // 6, wide // 6)).astype(np.uint8)).resize(
        (wide, high)
    )
    fine = side.standard_normal((high, wide), np.float32)
    y = np.linspace(0, math.pi, high, dtype=np.float32)[:, None]
    values = np.asarray(picture, np.float32) * (0.85 + 0.15 * np.sin(y + rng.uniform(-1, 1)))[..., None]
    values += ((np.asarray(coarse, np.float32) / 128 - 1) * strength + fine * strength / 4)[..., None]
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))
