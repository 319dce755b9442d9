"""Screenshots of a telephone or a computer that shows a page in a gallery, a viewer, a chat, a web page."""

from random import Random

from PIL import Image, ImageDraw

from tests.pictures import papers
from tests.pictures import writing as w

PHONES = (
    (1080, 2400), (1080, 2340), (720, 1600), (1170, 2532), (1179, 2556), (1125, 2436), (828, 1792),
    (1080, 1920), (750, 1334), (1440, 3200), (1284, 2778), (720, 1280), (1080, 2408), (1290, 2796),
)  # fmt: skip
COMPUTERS = ((1920, 1080), (1366, 768), (1536, 864), (1440, 900))

LIGHT, DARK = ((255, 255, 255), (20, 20, 20)), ((0, 0, 0), (235, 235, 235))


def phone(content: Image.Image, rng: Random) -> Image.Image:
    """`content` in a gallery, a chat, a viewer of PDFs or a browser of a telephone."""
    size = rng.choice(PHONES)
    wide, high = size
    back, fore = rng.choice((LIGHT, DARK))
    screen = Image.new("RGB", size, back)
    draw = ImageDraw.Draw(screen)
    unit = wide // 36
    kind = rng.choice(("gallery", "chat", "viewer", "browser"))
    top, bottom = round(unit * 2.6), high - round(unit * rng.choice((1.4, 3.6)))
    if kind != "gallery" or rng.random() < 0.5:
        _head(draw, kind, wide, top, unit, fore, rng)
        top += unit * 4
    if kind == "gallery":
        _placed(screen, content, (0, top, wide, bottom))
    elif kind == "chat":
        _chat(screen, draw, content, (top, bottom), unit, rng)
    else:
        _placed(screen, content, (0, top + unit // 2, wide, bottom))
    _status(draw, wide, unit, back, fore, rng)
    _navigation(draw, size, unit, bottom, back, fore)
    return screen


def computer(content: Image.Image, rng: Random) -> Image.Image:
    """`content` in a window above a task bar."""
    size = rng.choice(COMPUTERS)
    wide, high = size
    screen = Image.new("RGB", size, rng.choice(((82, 86, 89), (240, 240, 240), (45, 45, 48))))
    draw = ImageDraw.Draw(screen)
    draw.rectangle((0, 0, wide, 38), fill=(222, 225, 230))
    draw.text((20, 8), "เอกสาร.pdf", font=w.font(20), fill=(30, 30, 30))
    draw.rectangle((0, 38, wide, 82), fill=(250, 250, 250))
    draw.text((60, 46), "https://example.org/เอกสาร.pdf", font=w.font(20), fill=(60, 60, 60))
    _placed(screen, content, (wide // 5, 100, wide * 4 // 5, high - 48))
    draw.rectangle((0, high - 40, wide, high), fill=(28, 32, 40))
    for n in range(8):
        draw.rounded_rectangle(
            (14 + n * 48, high - 33, 42 + n * 48, high - 7), 5, fill=(60 + 20 * n, 130, 200 - 15 * n)
        )
    draw.text((wide - 12, high - 32), "๑๐:๔๕  1/2/2568", font=w.font(18), fill=(240, 240, 240), anchor="ra")
    return screen


def _placed(screen: Image.Image, content: Image.Image, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    scale = min((right - left) / content.width, (bottom - top) / content.height)
    small = content.resize(
        (round(content.width * scale), round(content.height * scale)), Image.Resampling.BILINEAR
    )
    screen.paste(small, ((left + right - small.width) // 2, (top + bottom - small.height) // 2))


def _head(draw: papers.Draw, kind: str, wide: int, top: int, unit: int, fore: w.Colour, rng: Random) -> None:
    draw.line((unit, top + unit * 2, unit * 2, top + unit), fill=fore, width=4)
    draw.line((unit, top + unit * 2, unit * 2, top + unit * 3), fill=fore, width=4)
    text = {"browser": "https://example.org/doc", "viewer": "เอกสาร.pdf"}.get(kind, w.person(rng))
    draw.text((unit * 4, top + unit * 1.2), text, font=w.font(round(unit * 1.4)), fill=fore)
    for n in range(3):
        draw.ellipse(
            (wide - unit * 2, top + unit * (1 + n * 0.7), wide - unit * 1.7, top + unit * (1.3 + n * 0.7)),
            fill=fore,
        )


def _chat(
    screen: Image.Image,
    draw: papers.Draw,
    content: Image.Image,
    between: tuple[int, int],
    unit: int,
    rng: Random,
) -> None:
    wide = screen.width
    top, bottom = between
    draw.rectangle(
        (0, top, wide, bottom), fill=rng.choice(((140, 171, 216), (236, 229, 221), (245, 245, 245)))
    )
    y = top + unit
    for n in range(2):
        draw.rounded_rectangle((unit * 4, y, unit * 22, y + unit * 3), unit, fill=(255, 255, 255))
        draw.text(
            (unit * 5, y + unit * 0.6),
            w.fitting(rng, unit * 14, round(unit * 1.2)),
            font=w.font(round(unit * 1.2)),
            fill=(30, 30, 30),
        )
        y += unit * 4 + n
    _placed(screen, content, (unit * 8, y, wide - unit, bottom - unit * 5))
    draw.rectangle((0, bottom - unit * 4, wide, bottom), fill=(250, 250, 250))
    draw.rounded_rectangle(
        (unit * 5, bottom - unit * 3.4, wide - unit * 4, bottom - unit * 0.8), unit, fill=(235, 235, 238)
    )


def _status(draw: papers.Draw, wide: int, unit: int, back: w.Colour, fore: w.Colour, rng: Random) -> None:
    draw.rectangle((0, 0, wide, round(unit * 2.6)), fill=back)
    y, size = unit * 0.7, round(unit * 1.15)
    draw.text(
        (unit * 1.5, y), f"{rng.randrange(6, 20)}:{rng.randrange(10, 59)}", font=w.font(size, True), fill=fore
    )
    for n in range(4):
        draw.rectangle(
            (
                wide - unit * (7 - n * 0.4),
                y + unit * (1.1 - n * 0.22),
                wide - unit * (6.8 - n * 0.4),
                y + unit * 1.2,
            ),
            fill=fore,
        )
    draw.text((wide - unit * 5.2, y), "4G", font=w.font(size), fill=fore)
    draw.rounded_rectangle(
        (wide - unit * 3, y + unit * 0.2, wide - unit * 1.2, y + unit * 1.1), 4, outline=fore, width=2
    )
    draw.rectangle(
        (wide - unit * 2.9, y + unit * 0.3, wide - unit * rng.uniform(1.4, 2.4), y + unit), fill=fore
    )
    if rng.random() < 0.4:
        draw.ellipse((wide / 2 - unit * 0.7, unit * 0.5, wide / 2 + unit * 0.7, unit * 1.9), fill=(0, 0, 0))


def _navigation(
    draw: papers.Draw, size: tuple[int, int], unit: int, bottom: int, back: w.Colour, fore: w.Colour
) -> None:
    wide, high = size
    draw.rectangle((0, bottom, wide, high), fill=back)
    middle = (bottom + high) / 2
    if high - bottom < unit * 2:
        draw.rounded_rectangle(
            (wide * 0.33, middle - unit * 0.15, wide * 0.67, middle + unit * 0.15), 4, fill=fore
        )
        return
    draw.polygon(
        (
            (wide * 0.2, middle),
            (wide * 0.2 + unit, middle - unit * 0.6),
            (wide * 0.2 + unit, middle + unit * 0.6),
        ),
        outline=fore,
        width=3,
    )
    draw.ellipse(
        (wide / 2 - unit * 0.6, middle - unit * 0.6, wide / 2 + unit * 0.6, middle + unit * 0.6),
        outline=fore,
        width=3,
    )
    draw.rectangle(
        (wide * 0.8 - unit * 0.5, middle - unit * 0.5, wide * 0.8 + unit * 0.5, middle + unit * 0.5),
        outline=fore,
        width=3,
    )
