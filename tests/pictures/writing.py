"""Strokes on a sheet: print, handwriting, signatures, stamps, faces; everything invented."""

import io
import math
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageFont

Colour = tuple[int, int, int]

BLACK: Colour = (25, 25, 28)
BLUE: Colour = (32, 48, 130)
PENCIL: Colour = (120, 120, 124)
RED: Colour = (190, 40, 45)

FIRST = (
    "สมชาย", "สมหญิง", "ทดสอบ", "ตัวอย่าง", "สาธิต", "มานี", "ปิติ", "ชูใจ", "วีระ", "ดวงแก้ว", "บุญมี",
    "จันทร์เพ็ญ", "สุรีย์", "ประเสริฐ", "ไพฑูรย์", "อารีย์",
)  # fmt: skip
LAST = (
    "ใจดี", "สมมติ", "รักษ์ถิ่น", "ทดสอบ", "ศรีสุข", "บุญเรือง", "แก้วมา", "ปันใจ", "วงศ์คำ", "ตั้งใจ",
    "พึ่งตน", "ร่วมพัฒนา", "ชูเกียรติ", "มั่นคง",
)  # fmt: skip
WORDS = (
    "ที่ประชุม", "รับทราบ", "และ", "เห็นชอบ", "ตาม", "ที่", "เสนอ", "ผู้นำ", "ชุมชน", "กลุ่ม", "องค์กร",
    "เครือข่าย", "พัฒนา", "หมู่บ้าน", "ตำบล", "อำเภอ", "จังหวัด", "กิจกรรม", "ร่วมกัน", "ส่งเสริม", "อาชีพ",
    "รายได้", "ครัวเรือน", "สมาชิก", "ออมทรัพย์", "กองทุน", "เพื่อ", "การเรียนรู้", "สิ่งแวดล้อม", "สุขภาพ",
    "ผู้สูงอายุ", "เยาวชน", "ประเมิน", "ตนเอง", "มาตรฐาน", "งาน", "ชุมชน", "คณะกรรมการ", "รับรอง", "เอกสาร",
    "หลักฐาน", "ภาพถ่าย", "บันทึก", "การประชุม", "วันที่", "เดือน", "ปี", "พ.ศ.", "ดำเนินการ", "ติดตาม",
    "ผล", "ให้", "เป็นไป", "ด้วย", "ความ", "เรียบร้อย", "ได้รับ", "ความร่วมมือ", "จาก", "ประชาชน", "ใน",
    "พื้นที่", "อย่าง", "ต่อเนื่อง",
)  # fmt: skip


@lru_cache(maxsize=128)
def font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    """The basic layout is in every Pillow; the better one depends on the machine."""
    name = "SarabunPacket-Bold.ttf" if bold else "SarabunPacket-Regular.ttf"
    content = resources.files("mochocho").joinpath("fonts", name).read_bytes()
    return ImageFont.truetype(io.BytesIO(content), size, layout_engine=ImageFont.Layout.BASIC)


def person(rng: Random) -> str:
    return f"{rng.choice(('นาย', 'นาง', 'นางสาว'))}{rng.choice(FIRST)} {rng.choice(LAST)}"


def phrase(rng: Random, words: int) -> str:
    return "".join(rng.choice(WORDS) + (" " if rng.random() < 0.2 else "") for _ in range(words))


def number(rng: Random) -> str:
    return "".join(rng.choice("๐๑๒๓๔๕๖๗๘๙") for _ in range(rng.randrange(1, 6)))


def fitting(rng: Random, width: float, size: int) -> str:
    """Words that fill a line of this width."""
    text = phrase(rng, 2)
    while font(size).getlength(longer := text + phrase(rng, 1)) < width:
        text = longer
    return text


def by_hand(
    sheet: Image.Image,
    at: tuple[float, float],
    text: str,
    size: int,
    ink: Colour,
    rng: Random,
    thin: float = 1,
) -> None:
    """Text in uneven strokes: each column and row of the print is shifted by a smooth curve."""
    shape = font(size)
    wide, high = math.ceil(shape.getlength(text)) + size, size * 2
    mask = Image.new("L", (wide, high), 0)
    ImageDraw.Draw(mask).text((size // 2, size // 3), text, font=shape, fill=255)
    strokes = np.asarray(mask)
    columns, rows = np.arange(wide), np.arange(high)
    down = np.zeros(wide)
    for _ in range(4):
        down += (
            rng.uniform(0.3, 1.1)
            * np.sin(columns / rng.uniform(size / 3, size * 4) + rng.uniform(0, 7))
            * size
            / 22
        )
    slant = rng.uniform(-0.25, 0.25)
    y = np.clip(np.round(rows[:, None] + down[None, :]), 0, high - 1).astype(int)
    wave = rng.uniform(0.5, 1.5) * np.sin(rows / rng.uniform(size / 4, size)) * size / 30
    x = np.clip(np.round(columns[None, :] + (slant * (rows - high / 2) + wave)[:, None]), 0, wide - 1).astype(
        int
    )
    bent = Image.fromarray((strokes[y, x] * thin).astype(np.uint8))
    sheet.paste(ink, (round(at[0]), round(at[1] - size / 3)), bent)


def curve(
    rng: Random, start: tuple[float, float], width: float, height: float, turns: int
) -> list[tuple[float, float]]:
    points = [start]
    for _ in range(turns):
        x, _ = points[-1]
        step = width / turns
        points.append((x + rng.uniform(-0.4, 1.6) * step, start[1] + rng.uniform(-1, 1) * height / 2))
    for _ in range(3):
        cut: list[tuple[float, float]] = []
        for (ax, ay), (bx, by) in pairwise(points):
            cut += [
                (ax * 0.75 + bx * 0.25, ay * 0.75 + by * 0.25),
                (ax * 0.25 + bx * 0.75, ay * 0.25 + by * 0.75),
            ]
        points = cut
    return points


def signature(
    draw: ImageDraw.ImageDraw, at: tuple[float, float], width: float, ink: Colour, rng: Random
) -> None:
    height = width * rng.uniform(0.2, 0.4)
    draw.line(curve(rng, at, width, height, rng.randrange(7, 15)), fill=ink, width=rng.choice((2, 3, 3, 4)))
    if rng.random() < 0.6:
        draw.line(curve(rng, (at[0], at[1] + height / 2), width, height / 8, 3), fill=ink, width=2)


def stamp(sheet: Image.Image, at: tuple[int, int], size: int, rng: Random) -> None:
    """A round stamp in violet or red, unevenly inked."""
    mask = Image.new("L", (size, size), 0)
    draw = ImageDraw.Draw(mask)
    draw.ellipse((3, 3, size - 4, size - 4), outline=210, width=max(2, size // 40))
    draw.ellipse((size // 5, size // 5, size * 4 // 5, size * 4 // 5), outline=210, width=2)
    for turn in range(12):
        angle = turn * math.pi / 6
        spot = (size / 2 + math.cos(angle) * size * 0.4, size / 2 + math.sin(angle) * size * 0.4)
        draw.text(spot, rng.choice("กขคงจชดตถทนบปผพมยรลวสหอ"), font=font(size // 8), fill=210, anchor="mm")
    draw.text((size / 2, size / 2), "สมมติ", font=font(size // 6, bold=True), fill=220, anchor="mm")
    sheet.paste(rng.choice((RED, (90, 50, 140))), at, mask.rotate(rng.uniform(-25, 25)))


def face(sheet: Image.Image, box: tuple[int, int, int, int], rng: Random) -> None:
    """A drawn head in a frame, as on a card."""
    left, top, right, bottom = box
    wide, high = right - left, bottom - top
    picture = Image.new("RGB", (wide, high), rng.choice(((150, 185, 215), (215, 215, 220), (190, 205, 190))))
    draw = ImageDraw.Draw(picture)
    skin, hair = rng.choice(((222, 178, 140), (203, 156, 116))), (40, 34, 32)
    draw.ellipse(
        (-wide * 0.05, high * 0.72, wide * 1.05, high * 1.6),
        fill=rng.choice(((245, 245, 245), (50, 60, 110))),
    )
    draw.ellipse((wide * 0.24, high * 0.1, wide * 0.76, high * 0.6), fill=hair)
    draw.ellipse((wide * 0.28, high * 0.2, wide * 0.72, high * 0.78), fill=skin)
    for side in (0.4, 0.6):
        draw.ellipse(
            (wide * (side - 0.04), high * 0.44, wide * (side + 0.04), high * 0.48), fill=(30, 25, 25)
        )
    draw.arc(
        (wide * 0.4, high * 0.56, wide * 0.6, high * 0.66),
        20,
        160,
        fill=(150, 70, 70),
        width=max(1, wide // 50),
    )
    sheet.paste(picture, (left, top))


def lines(
    draw: ImageDraw.ImageDraw,
    box: tuple[float, float, float, float],
    size: int,
    rng: Random,
    step: float = 1.55,
) -> None:
    """Paragraphs of print that fill a box."""
    left, top, right, bottom = box
    y, begins = top, True
    while y + size * step <= bottom:
        indent = size * 2.5 if begins else 0
        begins = rng.random() < 0.15
        width = (right - left - indent) * (rng.uniform(0.25, 0.8) if begins else 1)
        draw.text((left + indent, y), fitting(rng, width, size), font=font(size), fill=BLACK)
        y += size * step


def dotted(draw: ImageDraw.ImageDraw, left: float, right: float, y: float, size: int) -> None:
    step = max(5, size // 4)
    for x in range(round(left), round(right), step):
        draw.ellipse((x, y, x + 2, y + 2), fill=(70, 70, 70))


def grid(
    draw: ImageDraw.ImageDraw, columns: Sequence[float], rows: Sequence[float], ink: Colour, width: int = 2
) -> None:
    for x in columns:
        draw.line((x, rows[0], x, rows[-1]), fill=ink, width=width)
    for y in rows:
        draw.line((columns[0], y, columns[-1], y), fill=ink, width=width)
