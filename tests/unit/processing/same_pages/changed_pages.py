"""What happens to a page that is sent again: each change is a function of a grey picture and chance."""

import io
from collections.abc import Callable, Mapping
from random import Random

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter

from tests.unit.processing.same_pages.printed_forms import noisy

Change = Callable[[Image.Image, Random], Image.Image]


def to_a_third(page: Image.Image, _: Random) -> Image.Image:
    return page.resize((page.width // 3, page.height // 3), Image.Resampling.BICUBIC)


def recompressed(page: Image.Image, _: Random) -> Image.Image:
    out = io.BytesIO()
    page.save(out, "JPEG", quality=40)
    return Image.open(out).convert("L")


def turned_a_little(page: Image.Image, rng: Random) -> Image.Image:
    return page.rotate(
        rng.choice((2, -2)),
        Image.Resampling.BICUBIC,
        expand=rng.random() < 0.5,
        fillcolor=rng.choice((0, 128, 255)),
    )


def framed(page: Image.Image, rng: Random) -> Image.Image:
    width = round(max(page.size) * rng.uniform(0.03, 0.1))
    frame = Image.new("L", (page.width + 2 * width, page.height + 2 * width), rng.choice((0, 90, 255)))
    frame.paste(page, (width, width))
    return frame


def darker_or_brighter(page: Image.Image, rng: Random) -> Image.Image:
    return ImageEnhance.Brightness(page).enhance(rng.choice((0.8, 1.2)))


def photographed_again(page: Image.Image, rng: Random) -> Image.Image:
    """On a table, a little from the side, in other light, not quite sharp."""
    width, height = round(page.width * 1.25), round(page.height * 1.2)
    grain = np.random.default_rng(rng.randrange(1 << 30)).normal(
        rng.uniform(60, 140), 12, (height // 8, width // 8)
    )
    table = Image.fromarray(grain.clip(0, 255).astype(np.uint8)).resize(
        (width, height), Image.Resampling.BICUBIC
    )
    left, top = (width - page.width) / 2, (height - page.height) / 2
    corners = [(0, 0), (page.width, 0), page.size, (0, page.height)]
    moved = [
        (
            left + x + page.width * rng.uniform(-0.025, 0.025),
            top + y + page.height * rng.uniform(-0.025, 0.025),
        )
        for x, y in corners
    ]
    by = _perspective(moved, corners)
    laid = page.transform(table.size, Image.Transform.PERSPECTIVE, by, Image.Resampling.BICUBIC)
    mask = Image.new("L", page.size, 255).transform(table.size, Image.Transform.PERSPECTIVE, by)
    table.paste(laid, (0, 0), mask)
    return noisy(np.asarray(table) * rng.uniform(0.8, 1.1), rng).filter(ImageFilter.GaussianBlur(0.6))


def _perspective(onto: list[tuple[float, float]], points: list[tuple[int, int]]) -> list[float]:
    """The eight numbers by which Pillow finds, for each place of the result, the one in the picture."""
    rows, values = [], []
    for (x, y), (u, v) in zip(onto, points, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    found: list[float] = np.linalg.solve(np.array(rows, float), np.array(values, float)).tolist()
    return found


def small_turned_and_recompressed(page: Image.Image, rng: Random) -> Image.Image:
    return recompressed(to_a_third(turned_a_little(page, rng), rng), rng)


def photographed_small_and_recompressed(page: Image.Image, rng: Random) -> Image.Image:
    return recompressed(to_a_third(photographed_again(page, rng), rng), rng)


def framed_and_brighter(page: Image.Image, rng: Random) -> Image.Image:
    return framed(darker_or_brighter(page, rng), rng)


def cut(page: Image.Image, rng: Random) -> Image.Image:
    """Without a strip at each edge."""
    left, top, right, bottom = (rng.uniform(0.03, 0.1) for _ in range(4))
    return page.crop(
        (
            round(page.width * left),
            round(page.height * top),
            round(page.width * (1 - right)),
            round(page.height * (1 - bottom)),
        )
    )


def on_its_side(page: Image.Image, rng: Random) -> Image.Image:
    return page.transpose(
        rng.choice((Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270))
    )


CHANGES: Mapping[str, Change] = {
    change.__name__.replace("_", " "): change
    for change in (
        to_a_third,
        recompressed,
        turned_a_little,
        framed,
        darker_or_brighter,
        photographed_again,
        small_turned_and_recompressed,
        photographed_small_and_recompressed,
        framed_and_brighter,
        cut,
        on_its_side,
    )
}
