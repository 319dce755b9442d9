"""Drawn pictures: papers that cannot be mistaken for real ones, faces, scenes, signatures.

The same seed gives the same bytes. Slow layers are drawn once and shared; every file still differs by what is
written or drawn on it.
"""

import io
from collections.abc import Callable
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from random import Random

from PIL import Image, ImageDraw, ImageFont

STAMP = "ตัวอย่าง มิใช่เอกสารจริง"
STAMP_RED = (205, 40, 40)

_FULL_WIDTH = 1200
_PAPERS, _LANDSCAPES = 4, 4  # different backgrounds; each takes some megabytes as long as the studio exists
_QUALITY = 60
_INK = (45, 50, 75)

Point = tuple[float, float]


class Studio:
    """Draws for one province; `width` of its photos in pixels. Safe to use from several threads."""

    def __init__(self, width: int = _FULL_WIDTH) -> None:
        self._scale = width / _FULL_WIDTH
        self._backgrounds: dict[tuple[str, int], Image.Image] = {}

    def scan(self, title: str, lines: tuple[str, ...], seed: str) -> bytes:
        """JPEG of one sheet: `title`, the applicant's `lines`, made-up text below, crossed by STAMP."""
        rng = Random(seed)  # noqa: S311 - a drawing
        number = rng.randrange(_PAPERS)
        sheet = self._background("sheet", number, lambda: _sheet(number, self._scale))
        written = _writing(title, lines, self._scale)
        turned = written.rotate(_tilt(number), Image.Resampling.BILINEAR, expand=True)
        at = (round((100 + rng.randrange(20)) * self._scale), round((100 + rng.randrange(16)) * self._scale))
        sheet.paste(_INK, at, turned)
        return _jpeg(sheet)

    def portrait(self, woman: bool, seed: str) -> bytes:
        """JPEG of a drawn face."""
        rng = Random(seed)  # noqa: S311 - a drawing
        picture = Image.new("RGB", (1200, 1200), _pale(rng))
        _draw_face(ImageDraw.Draw(picture), rng, woman)
        _corner(picture, 36)
        return _jpeg(self._sized(picture))

    def scene(self, caption: str, seed: str) -> bytes:
        """JPEG of people at work in a drawn village, with a `caption`."""
        rng = Random(seed)  # noqa: S311 - a drawing
        number = rng.randrange(_LANDSCAPES)
        picture = self._background("landscape", number, lambda: _landscape(number))
        draw = ImageDraw.Draw(picture)
        for place in sorted(rng.sample(range(11), rng.randrange(4, 8))):
            _draw_person(draw, rng, (60 + place * 100 + rng.randrange(30), 600 + rng.randrange(110)))
        draw.rectangle((0, 830, 1200, 900), fill=(250, 250, 245))
        draw.text((30, 838), caption, font=_fitting(caption, 38, 1140), fill=_INK)
        _corner(picture, 30)
        return _jpeg(self._sized(picture))

    def signature(self, seed: str) -> bytes:
        """PNG of an invented scribble, as the signature question saves it: ink on white."""
        rng = Random(seed)  # noqa: S311 - a drawing
        picture = Image.new("1", (900, 420), 1)
        draw = ImageDraw.Draw(picture)
        x, y = 120.0, 240.0
        points: list[Point] = []
        for _ in range(rng.randrange(10, 16)):
            points.append((x, y + rng.uniform(-110, 90)))
            x += rng.uniform(25, 70)
        draw.line(_smooth(points), fill=0, width=6, joint="curve")
        draw.line([(140, 330 + rng.uniform(-20, 20)), (x, 320 + rng.uniform(-30, 30))], fill=0, width=5)
        out = io.BytesIO()
        picture.save(out, "PNG")
        return out.getvalue()

    def _background(self, kind: str, number: int, draw: Callable[[], Image.Image]) -> Image.Image:
        """A copy, to draw on, of a background drawn once and kept as long as this studio."""
        if (kind, number) not in self._backgrounds:
            self._backgrounds[kind, number] = draw()
        return self._backgrounds[kind, number].copy()

    def _sized(self, picture: Image.Image) -> Image.Image:
        if self._scale == 1:
            return picture
        size = (round(picture.width * self._scale), round(picture.height * self._scale))
        return picture.resize(size, Image.Resampling.NEAREST)


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


@lru_cache(maxsize=64)
def _font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    name = "SarabunPacket-Bold.ttf" if bold else "SarabunPacket-Regular.ttf"
    content = resources.files("mochocho").joinpath("fonts", name).read_bytes()
    # The basic layout is in every Pillow; the better one depends on the machine and would change the bytes.
    return ImageFont.truetype(io.BytesIO(content), size, layout_engine=ImageFont.Layout.BASIC)


def _fitting(text: str, size: int, wide: float, bold: bool = False) -> ImageFont.FreeTypeFont:
    """The font of this size, or a smaller one where the text would be wider than `wide` pixels."""
    long = _font(size, bold).getlength(text)
    return _font(size if long <= wide else max(1, int(size * wide / long)), bold)


# --- papers

_FILLER = (
    "ข้อความสมมุติเพื่อการสาธิตระบบ ไม่มีผลใช้บังคับแต่อย่างใด",
    "รายการนี้แต่งขึ้นทั้งหมด ชื่อและสถานที่มิได้มีอยู่จริง",
    "ที่ประชุมรับทราบข้อความสมมุติและเห็นชอบตามที่เสนอ",
    "บรรทัดนี้มีไว้ให้เห็นขนาดของตัวอักษรบนกระดาษ",
    "ผู้เข้าร่วมทุกคนเป็นบุคคลสมมุติ จำนวนตามบัญชีแนบท้าย",
    "กิจกรรมตามแผนพัฒนาตนเอง รอบที่หนึ่งและรอบที่สอง",
    "มติที่ประชุม เห็นชอบ (ตัวอย่างเพื่อการทดสอบ)",
    "หมายเหตุ เอกสารนี้วาดขึ้นด้วยโปรแกรมคอมพิวเตอร์",
)


def _tilt(number: int) -> float:
    return Random(f"tilt {number}").uniform(-1.6, 1.6)  # noqa: S311 - a drawing


def _sheet(number: int, scale: float) -> Image.Image:
    """A sheet on a table, tilted, with invented text, room at the top, and the red words across it."""
    rng = Random(f"sheet {number}")  # noqa: S311 - a drawing
    size = (round(1200 * scale), round(1500 * scale))
    paper = Image.new("RGB", (1200, 1500), rng.choice(((252, 251, 246), (248, 247, 240), (250, 250, 250))))
    draw = ImageDraw.Draw(paper)
    draw.rectangle((40, 40, 1160, 1460), outline=(215, 213, 205), width=3)
    draw.line((110, 195, 1090, 195), fill=(150, 150, 150), width=2)
    for line in range(rng.randrange(6, 9)):
        y = 620 + line * 78
        draw.text((120, y), rng.choice(_FILLER), font=_font(36), fill=(80, 80, 90))
        draw.line((110, y + 62, 1090, y + 62), fill=(225, 225, 225), width=1)
    desk = rng.choice(((120, 92, 70), (96, 104, 110), (150, 130, 105)))
    paper = paper.rotate(_tilt(number), Image.Resampling.BILINEAR, fillcolor=desk)
    paper.paste(STAMP_RED, (0, 0), _stamp_mask())
    return paper if scale == 1 else paper.resize(size)


def _stamp_mask() -> Image.Image:
    """STAMP in large letters from the lower left to the upper right corner, as a mask for ink, 1200x1500."""
    words = Image.new("L", (1900, 190), 0)
    draw = ImageDraw.Draw(words)
    draw.text((950, 95), f"{STAMP}   {STAMP}", font=_font(88, bold=True), fill=175, anchor="mm")
    draw.line((0, 6, 1900, 6), fill=175, width=5)
    draw.line((0, 184, 1900, 184), fill=175, width=5)
    turned = words.rotate(51.3, Image.Resampling.BILINEAR, expand=True)
    mask = Image.new("L", (1200, 1500), 0)
    mask.paste(turned, ((1200 - turned.width) // 2, (1500 - turned.height) // 2))
    return mask


def _writing(title: str, lines: tuple[str, ...], scale: float) -> Image.Image:
    """Title and lines as a mask for ink: the only part of a sheet that is drawn for each file."""
    step = 62
    mask = Image.new("L", (round(1000 * scale), round((130 + step * len(lines)) * scale)), 0)
    draw = ImageDraw.Draw(mask)
    wide = 1000 * scale
    heading = _fitting(title, round(52 * scale), wide, bold=True)
    draw.text((500 * scale, 0), title, font=heading, fill=235, anchor="mt")
    for index, line in enumerate(lines):
        at = (0, (130 + step * index) * scale)
        draw.text(at, line, font=_fitting(line, round(40 * scale), wide), fill=235)
    return mask


# --- faces and scenes


def _pale(rng: Random) -> tuple[int, int, int]:
    return rng.choice(((172, 200, 226), (205, 221, 205), (226, 214, 190), (214, 205, 226)))


def _skin(rng: Random) -> tuple[int, int, int]:
    return rng.choice(((236, 196, 160), (222, 178, 140), (203, 156, 116), (184, 136, 98)))


def _cloth(rng: Random) -> tuple[int, int, int]:
    return (rng.randrange(40, 220), rng.randrange(40, 220), rng.randrange(60, 230))


def _draw_face(draw: ImageDraw.ImageDraw, rng: Random, woman: bool) -> None:
    skin, hair = _skin(rng), rng.choice(((35, 30, 28), (60, 48, 40), (120, 118, 115)))
    wide, tall, mid = rng.randrange(215, 255), rng.randrange(285, 325), 520
    if woman:
        around = (600 - wide - 55, 260, 600 + wide + 55, 900 + rng.randrange(90))
        draw.rounded_rectangle(around, 190, fill=hair)
    draw.ellipse((180, 860, 1020, 1500), fill=_cloth(rng))
    draw.rectangle((520, 740, 680, 940), fill=skin)
    draw.polygon(((500, 890), (700, 890), (600, 990)), fill=skin)
    draw.chord((600 - wide - 18, mid - tall - 40, 600 + wide + 18, mid + tall - 60), 170, 370, fill=hair)
    draw.ellipse((600 - wide, mid - tall + 45, 600 + wide, mid + tall), fill=skin)
    draw.pieslice((600 - wide, mid - tall + 20, 600 + wide, mid - 40), 180, 360, fill=hair)
    apart, eyes = rng.randrange(88, 116), mid + rng.randrange(-20, 20)
    for side in (-1, 1):
        x = 600 + side * apart
        draw.ellipse((x - 34, eyes - 17, x + 34, eyes + 17), fill=(252, 252, 250))
        draw.ellipse((x - 15, eyes - 15, x + 15, eyes + 15), fill=(40, 30, 25))
        brow = (x - 44, eyes - 48 - rng.randrange(12), x + 44, eyes - 50)
        draw.line(brow, fill=hair, width=rng.randrange(8, 16))
    nose = ((600, eyes + 25), (588 - rng.randrange(12), mid + 105), (612, mid + 108))
    draw.line(nose, fill=(150, 110, 80), width=7)
    smile = rng.randrange(62, 100)
    draw.arc((600 - smile, mid + 120, 600 + smile, mid + 205), 15, 165, fill=(165, 70, 70), width=11)
    if rng.random() < 0.3:
        for side in (-1, 1):
            x = 600 + side * apart
            draw.ellipse((x - 62, eyes - 52, x + 62, eyes + 56), outline=(40, 40, 45), width=7)


def _draw_person(draw: ImageDraw.ImageDraw, rng: Random, foot: tuple[int, int]) -> None:
    x, y = foot
    tall, skin = rng.randrange(170, 235), _skin(rng)
    draw.rectangle((x - 26, y - tall // 2, x - 6, y), fill=(50, 50, 70))
    draw.rectangle((x + 6, y - tall // 2, x + 26, y), fill=(50, 50, 70))
    draw.rounded_rectangle((x - 38, y - tall, x + 38, y - tall // 2 + 12), 18, fill=_cloth(rng))
    reach = rng.randrange(-60, 70)
    draw.line((x + 34, y - tall + 24, x + 74, y - tall + 24 + reach), fill=skin, width=16)
    draw.line((x - 34, y - tall + 24, x - 66, y - tall + 70), fill=skin, width=16)
    draw.ellipse((x - 30, y - tall - 62, x + 30, y - tall + 4), fill=skin)
    draw.chord((x - 32, y - tall - 68, x + 32, y - tall - 6), 180, 360, fill=(38, 32, 30))


def _landscape(number: int) -> Image.Image:
    rng = Random(f"landscape {number}")  # noqa: S311 - a drawing
    picture = Image.new("RGB", (1200, 900), rng.choice(((176, 210, 236), (206, 222, 232), (240, 214, 178))))
    draw = ImageDraw.Draw(picture)
    for far in range(3):
        green = (90 + far * 14, 130 - far * 12, 100 - far * 20)
        ridge: list[Point] = [(x, 330 + far * 70 - rng.randrange(120)) for x in range(0, 1300, 100)]
        draw.polygon([(0, 900), *ridge, (1200, 900)], fill=green)
    draw.rectangle((0, 560, 1200, 900), fill=rng.choice(((168, 150, 110), (132, 158, 92), (186, 170, 132))))
    for _ in range(3):
        x, wide = rng.randrange(0, 1000), rng.randrange(150, 260)
        draw.rectangle((x, 430, x + wide, 580), fill=rng.choice(((196, 160, 118), (222, 210, 190))))
        draw.polygon(((x - 30, 430), (x + wide // 2, 340), (x + wide + 30, 430)), fill=(150, 74, 58))
    for _ in range(60):  # grass and stones: otherwise it would not compress like a photo
        x, y = rng.randrange(1200), rng.randrange(600, 830)
        draw.line((x, y, x + rng.randrange(-9, 9), y - rng.randrange(8, 26)), fill=(96, 116, 60), width=3)
    return picture


def _corner(picture: Image.Image, size: int) -> None:
    at = (picture.width - 24, 20)
    ImageDraw.Draw(picture).text(at, "ภาพวาด (ตัวอย่าง)", font=_font(size), fill=STAMP_RED, anchor="rt")


def _smooth(points: list[Point]) -> list[Point]:
    """Chaikin's corner cutting, twice."""
    for _ in range(2):
        cut: list[Point] = []
        for (ax, ay), (bx, by) in pairwise(points):
            cut.append((ax * 0.75 + bx * 0.25, ay * 0.75 + by * 0.25))
            cut.append((ax * 0.25 + bx * 0.75, ay * 0.25 + by * 0.75))
        points = cut
    return points


def darkened(whole: Callable[[], bytes]) -> bytes:
    """The photo `whole()` as it is taken in a room without light."""
    with Image.open(io.BytesIO(whole())) as picture:
        return _jpeg(picture.point(lambda level: level * 3 // 10))


# --- files that cannot be read


def damaged(fault: str, whole: Callable[[], bytes], seed: str) -> bytes:
    """The file that arrives instead of the photo `whole()` with this `fault`: always the same bytes."""
    rng = Random(seed)  # noqa: S311 - a drawing
    match fault:
        case "empty":
            return b""
        case "cut_jpeg":
            content = whole()
            return content[: len(content) // 2]
        case "cut_png":
            with Image.open(io.BytesIO(whole())) as picture:
                out = io.BytesIO()
                picture.reduce(2).save(out, "PNG", compress_level=1)
            return out.getvalue()[: out.tell() // 2]
        case "heic":
            kind = b"heic\x00\x00\x00\x00mif1heic"
            return (len(kind) + 8).to_bytes(4, "big") + b"ftyp" + kind + _box(b"mdat", 40_000, rng)
        case "html":
            return "<!DOCTYPE html><html><body><p>กรุณาเข้าสู่ระบบ Wi-Fi ก่อนใช้งาน</p></body></html>\n".encode()
        case "noise":
            return rng.randbytes(30_000)
    raise ValueError(f"{fault} damages no file")


def _box(name: bytes, size: int, rng: Random) -> bytes:
    return (size + 8).to_bytes(4, "big") + name + rng.randbytes(size)
