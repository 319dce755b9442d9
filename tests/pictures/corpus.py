"""Pictures with their truth: good ones of many kinds, and for each check some with its defect; seeded.

`good`: what a person would accept. A defect is one that a person would send back: between the two lies what
people differ about, and that is not drawn.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

import numpy as np
from PIL import Image, ImageFilter

from mochocho.words.model import Doubtful
from tests.pictures import papers, scenes, screens, taking


@dataclass(frozen=True, slots=True)
class Sample:
    """One file. `defect`: None for a good one. `portrait`: it is an applicant's own picture, no document."""

    name: str
    defect: Doubtful | None
    content: bytes
    portrait: bool = False


SIDES = (1200, 1600, 2000)  # what ODK Collect sends, by the form's `max-pixels`

Maker = Callable[[Random, int], tuple[str, bytes]]


def samples(seed: int, good: int, each: int, sides: tuple[int, ...] = SIDES) -> Iterator[Sample]:
    """`good` pictures, and `each` with the defect of every check; `sides`: long sides of photographs."""
    for n in range(good):
        rng = Random(f"{seed} good {n}")
        name, content, portrait = _good(rng, rng.choice(sides), n)
        yield Sample(f"good {n}: {name}", None, content, portrait)
    for defect, make in DEFECTS.items():
        for n in range(each):
            rng = Random(f"{seed} {defect} {n}")
            name, content = make(rng, rng.choice(sides))
            yield Sample(f"{defect} {n}: {name}", defect, content)


# --- good ones

_GOOD = (
    *papers.WRITTEN, *papers.PRINTED, *papers.SPARSE, *papers.BUSY, *papers.SPARSE, *scenes.SCENES,
    scenes.portrait,
)  # fmt: skip


def _good(rng: Random, side: int, n: int) -> tuple[str, bytes, bool]:
    make = _GOOD[n % len(_GOOD)]
    picture = make(rng)
    if make in scenes.SCENES or make is scenes.portrait:
        scale = min(1.0, side / max(picture.size))
        small = picture.resize((round(picture.width * scale), round(picture.height * scale)))
        return make.__name__, taking.jpeg(small, rng), make is scenes.portrait
    way, content = _filed(picture, rng, side)
    return f"{make.__name__} {way}", content, False


def _filed(sheet: Image.Image, rng: Random, side: int) -> tuple[str, bytes]:
    """Photographed, scanned, or as a program wrote it."""
    way = rng.choice(("photo",) * 6 + ("scan",) * 3 + ("saved",))
    if way == "photo":
        return way, _photo(sheet, rng, taking.some_camera(rng, side, sheet.width > sheet.height))
    wide = rng.choice((1240, 1654)) if sheet.height > 700 else 1012
    size = (wide, round(wide * sheet.height / sheet.width))
    picture = taking.scanned(sheet, rng, size) if way == "scan" else sheet
    if rng.random() < 0.3:
        return f"{way} as PNG", taking.png(picture)
    return way, taking.jpeg(picture, rng, camera=False)


def _photo(sheet: Image.Image, rng: Random, camera: taking.Camera) -> bytes:
    """Sometimes the file holds it turned, and EXIF tells how it stands."""
    picture = taking.photographed(sheet, camera, rng)
    if rng.random() < 0.25:
        return taking.jpeg(picture.transpose(Image.Transpose.ROTATE_90), rng, turned=6)
    return taking.jpeg(picture, rng)


# --- those with a defect


def _camera(rng: Random, side: int, sheet: Image.Image) -> taking.Camera:
    return taking.some_camera(rng, side, sheet.width > sheet.height)


def _dark(rng: Random, side: int) -> tuple[str, bytes]:
    make = rng.choice(papers.EVERY[:-1])
    sheet = make(rng)
    camera = replace(_camera(rng, side, sheet), exposure=rng.uniform(0.06, 0.29), noise=rng.uniform(3, 9))
    return make.__name__, _photo(sheet, rng, camera)


def _bright(rng: Random, side: int) -> tuple[str, bytes]:
    """The print has burnt out: what was black is light grey. Pencil would have gone: a blank page."""
    make = rng.choice(papers.PRINTED)
    sheet = make(rng)
    faded = Image.fromarray(
        np.clip(255 - (255 - np.asarray(sheet, np.float32)) * rng.uniform(0.14, 0.3), 0, 255).astype(np.uint8)
    )
    wide = rng.choice((1240, 1654))
    if rng.random() < 0.5:
        picture = faded.resize((wide, round(wide * sheet.height / sheet.width)))
        return f"{make.__name__} scanned", taking.jpeg(picture, rng, camera=False)
    camera = replace(
        _camera(rng, side, sheet),
        exposure=rng.uniform(1.0, 1.15),
        fill=1.15,
        tilt=1.0,
        shadow=False,
        fingers=False,
    )
    return make.__name__, _photo(faded, rng, camera)


def _blurred(rng: Random, side: int) -> tuple[str, bytes]:
    """Out of focus, shaken, or both, so that letters run into one another."""
    make = rng.choice(papers.WRITTEN)
    sheet = make(rng)
    camera = _camera(rng, side, sheet)
    letters = camera.fill * side / 1200
    larger = 1.6 if make in (papers.id_card, papers.handwritten, papers.certificate) else 1.0
    way = rng.choice(("focus", "shaken", "both"))
    if way != "shaken":
        camera = replace(camera, blur=rng.uniform(2.8, 6) * letters * larger)
    if way != "focus":
        camera = replace(camera, shake=(rng.uniform(11, 26) * letters * larger, rng.uniform(0, 3.14)))
    return f"{make.__name__} {way}", _photo(sheet, rng, camera)


def _blank(rng: Random, side: int) -> tuple[str, bytes]:
    """An empty sheet, the back of a written one, a table, a wall."""
    way = rng.choice(("empty", "empty", "back", "folded", "wall"))
    tint = rng.choice(((250, 250, 248), (244, 240, 230), (236, 238, 240)))
    sheet = Image.new("RGB", papers.A4, tint)
    if way == "back":
        seen = (
            papers.minutes(rng).transpose(Image.Transpose.FLIP_LEFT_RIGHT).filter(ImageFilter.GaussianBlur(3))
        )
        sheet = Image.blend(sheet, seen, rng.uniform(0.02, 0.06))
    elif way == "folded":
        values = np.asarray(sheet, np.float32)
        at = rng.randrange(500, 1200)
        values[at - 3 : at + 3] *= rng.uniform(0.9, 0.97)
        values[at:] *= rng.uniform(0.93, 0.99)
        sheet = Image.fromarray(values.astype(np.uint8))
    camera = _camera(rng, side, sheet)
    if way == "wall":
        camera = replace(camera, fill=1.6, fingers=False)
    elif rng.random() < 0.3:
        picture = taking.scanned(sheet, rng, (1240, 1754))
        return f"{way} scanned", taking.jpeg(picture, rng, camera=False)
    return way, _photo(sheet, rng, camera)


def _small(rng: Random, side: int) -> tuple[str, bytes]:
    """A thumbnail, or a sheet photographed from across the room."""
    make = rng.choice(
        (
            papers.application,
            papers.minutes,
            papers.letter,
            papers.budget,
            papers.signature_sheet,
            papers.house_registration,
        )
    )
    sheet = make(rng)
    if rng.random() < 0.5:
        camera = _camera(rng, 1600, sheet)
        picture = taking.photographed(sheet, camera, rng)
        long = rng.randrange(240, 380)
        scale = long / max(picture.size)
        small = picture.resize(
            (round(picture.width * scale), round(picture.height * scale)), Image.Resampling.LANCZOS
        )
        return f"{make.__name__} thumbnail", taking.jpeg(small, rng, camera=False)
    side = min(side, 1600)
    camera = replace(_camera(rng, side, sheet), fill=rng.uniform(0.15, 0.23), blur=0.0, fingers=False)
    return f"{make.__name__} far", _photo(sheet, rng, camera)


# by its points; or upright with EXIF that says otherwise
_SIDEWAYS = ((Image.Transpose.ROTATE_90, 8), (Image.Transpose.ROTATE_270, 6))
_UPSIDE_DOWN = ((Image.Transpose.ROTATE_180, 3),)


def _sideways(rng: Random, side: int) -> tuple[str, bytes]:
    return _turned(rng, side, rng.choice(papers.WRITTEN), rng.choice(_SIDEWAYS))


def _upside_down(rng: Random, side: int) -> tuple[str, bytes]:
    """Print only: handwriting does not tell."""
    return _turned(rng, side, rng.choice(papers.PRINTED), rng.choice(_UPSIDE_DOWN))


def _turned(
    rng: Random, side: int, make: Callable[[Random], Image.Image], way: tuple[Image.Transpose, int]
) -> tuple[str, bytes]:
    sheet = make(rng)
    picture = taking.photographed(sheet, _camera(rng, side, sheet), rng)
    if rng.random() < 0.3:
        return f"{make.__name__} by EXIF", taking.jpeg(picture, rng, turned=way[1])
    return make.__name__, taking.jpeg(picture.transpose(way[0]), rng)


def _cropped(rng: Random, side: int) -> tuple[str, bytes]:
    """A side of the sheet lies outside, and words with it."""
    make = rng.choice(
        (
            papers.application,
            papers.minutes,
            papers.letter,
            papers.budget,
            papers.signature_sheet,
            papers.house_registration,
        )
    )
    sheet = make(rng)
    wide, high = sheet.size
    edge = rng.choice(("left", "right", "top", "bottom"))
    lost = next(lost for lost in _losses(rng) if _goes_through_words(sheet, edge, lost))
    box = {
        "left": (round(wide * lost), 0, wide, high), "right": (0, 0, round(wide * (1 - lost)), high),
        "top": (0, round(high * lost), wide, high), "bottom": (0, 0, wide, round(high * (1 - lost))),
    }[edge]  # fmt: skip
    if rng.random() < 0.35:
        picture = taking.scanned(sheet, rng, sheet.size).crop(box)
        return f"{make.__name__} {edge} scanned", taking.jpeg(picture, rng, camera=False)
    camera = replace(_camera(rng, side, sheet), fill=0.95, fingers=False)
    corners = taking.corners_of(sheet.size, camera, rng)
    picture = taking.photographed_at(sheet, corners, camera, rng)
    part = picture.crop(_frame(edge, lost, corners, picture.size))
    return f"{make.__name__} {edge}", taking.jpeg(part, rng)


def _frame(
    edge: str, lost: float, corners: list[taking.Spot], size: tuple[int, int]
) -> tuple[int, int, int, int]:
    """The picture without what lies beyond the cut: `lost` of the sheet from that edge, along its middle."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
    left, right, top, bottom = (ax + dx) / 2, (bx + cx) / 2, (ay + by) / 2, (cy + dy) / 2
    x, y = (right - left) * lost, (bottom - top) * lost
    frames = {
        "left": (left + x, 0, *size), "right": (0, 0, right - x, size[1]),
        "top": (0, top + y, *size), "bottom": (0, 0, size[0], bottom - y),
    }  # fmt: skip
    x0, y0, x1, y1 = map(round, frames[edge])
    return x0, y0, x1, y1


def _losses(rng: Random) -> Iterator[float]:
    while True:
        yield rng.uniform(0.12, 0.5)


def _goes_through_words(sheet: Image.Image, edge: str, lost: float) -> bool:
    """Whether there are words on both sides of the cut, as near to it as two lines are to each other."""
    ink = np.asarray(sheet.convert("L")) < 110
    if edge in ("left", "right"):
        ink = ink.T
    at = round(len(ink) * (lost if edge in ("left", "top") else 1 - lost))
    return all(strip.any(axis=0).mean() >= 0.12 for strip in (ink[at - 50 : at], ink[at : at + 50]))


def _screenshot(rng: Random, side: int) -> tuple[str, bytes]:
    make = rng.choice((*papers.EVERY, scenes.activity))
    content = make(rng)
    if make is not scenes.activity and rng.random() < 0.5:
        content = taking.photographed(content, _camera(rng, 1200, content), rng)
    where = rng.choice((screens.phone, screens.phone, screens.phone, screens.phone, screens.computer))
    shot = where(content, rng)
    if rng.random() < 0.4:  # what the form or a chat makes smaller
        long = rng.choice((1280, 1600, 2000))
        scale = min(1.0, long / max(shot.size))
        shot = shot.resize((round(shot.width * scale), round(shot.height * scale)), Image.Resampling.BILINEAR)
    name = f"{make.__name__} {where.__name__} {shot.width}x{shot.height}"
    if rng.random() < 0.5:
        return f"{name} PNG", taking.png(shot)
    return name, taking.jpeg(shot, rng, camera=False)


DEFECTS: dict[Doubtful, Maker] = {
    Doubtful.DARK: _dark,
    Doubtful.BRIGHT: _bright,
    Doubtful.BLURRED: _blurred,
    Doubtful.BLANK: _blank,
    Doubtful.SMALL: _small,
    Doubtful.SIDEWAYS: _sideways,
    Doubtful.UPSIDE_DOWN: _upside_down,
    Doubtful.CROPPED: _cropped,
    Doubtful.SCREENSHOT: _screenshot,
}
