"""How a sheet becomes a file: photographed on a table, scanned, or saved; seeded, people's hands included."""

import io
import math
from dataclasses import dataclass
from random import Random

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter

Spot = tuple[float, float]
Light = npt.NDArray[np.float32]

MAKERS = (("samsung", "SM-A155F"), ("OPPO", "CPH2577"), ("vivo", "V2247"), ("Xiaomi", "23053RN02A"))


@dataclass(frozen=True, slots=True)
class Camera:
    """One way to photograph: the frame in pixels, the share of it that the sheet fills, and the light."""

    size: tuple[int, int]
    fill: float = 0.9
    exposure: float = 1.0
    noise: float = 3.0
    blur: float = 0.0  # radius of defocus, pixels of the frame
    shake: tuple[float, float] = (0.0, 0.0)  # length in pixels of the frame, angle
    shadow: bool = True
    fingers: bool = False
    tilt: float = 2.0  # degrees at most


def some_camera(rng: Random, long_side: int, across: bool) -> Camera:
    """What an officer's telephone does on an ordinary day."""
    short = round(long_side * rng.choice((3 / 4, 3 / 4, 9 / 16)))
    return Camera(
        size=(long_side, short) if across else (short, long_side),
        fill=rng.uniform(0.8, 0.97),
        exposure=rng.uniform(0.72, 1.02),
        noise=rng.uniform(1.0, 5.0),
        blur=rng.choice((0.0, 0.0, rng.uniform(0.3, 0.9))) * long_side / 1200,
        shadow=rng.random() < 0.6,
        fingers=rng.random() < 0.2,
        tilt=rng.choice((1.0, 2.0, 4.0)),
    )


def photographed(sheet: Image.Image, camera: Camera, rng: Random) -> Image.Image:
    """The sheet on a table, seen by the camera."""
    return photographed_at(sheet, corners_of(sheet.size, camera, rng), camera, rng)


def photographed_at(sheet: Image.Image, corners: list[Spot], camera: Camera, rng: Random) -> Image.Image:
    """With its corners at these places of the frame."""
    wide, high = camera.size
    table = _table(rng, camera.size)
    ratio = max(1.0, sheet.width / (math.dist(corners[0], corners[1]) + 1) / 1.3)
    near = (
        sheet if ratio < 1.2 else sheet.resize((round(sheet.width / ratio), round(sheet.height / ratio)), 1)
    )
    mapping = _perspective(corners, near.size)
    seen = near.transform(camera.size, Image.Transform.PERSPECTIVE, mapping, Image.Resampling.BICUBIC)
    covers = Image.new("L", camera.size, 0)
    ImageDraw.Draw(covers).polygon(corners, fill=255)
    table.paste(seen, (0, 0), covers)
    if camera.fingers:
        _fingers(table, corners, rng)
    blurred = _out_of_focus(table, camera)
    light = _light((high, wide), camera, rng)
    grain = _grain(rng, (high, wide))
    lit = np.asarray(blurred, np.float32) * light[..., None] + (grain * camera.noise)[..., None]
    return Image.fromarray(np.clip(lit, 0, 255).astype(np.uint8))


def scanned(sheet: Image.Image, rng: Random, size: tuple[int, int]) -> Image.Image:
    """From a copier or a scanner's app: flat light, a paper that is not quite white, a little askew."""
    turned = sheet.resize(size, Image.Resampling.LANCZOS).rotate(
        rng.uniform(-1.2, 1.2),
        Image.Resampling.BICUBIC,
        fillcolor=rng.choice(((250, 250, 248), (235, 235, 235))),
    )
    grey = turned.convert("L").convert("RGB") if rng.random() < 0.6 else turned
    values = np.asarray(grey, np.float32) * rng.uniform(0.86, 1.02)
    values += (_grain(rng, values.shape[:2]) * rng.uniform(0, 2.5))[..., None]
    if rng.random() < 0.25:  # the lid was open
        edge = rng.randrange(4, 18)
        values[:, -edge:] = rng.uniform(10, 60)
    if rng.random() < 0.15:  # a fax or a black and white copier
        values = np.where(values < 150, 10, 252).astype(np.float32)
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


def jpeg(picture: Image.Image, rng: Random, turned: int = 1, camera: bool | None = None) -> bytes:
    """`turned`: EXIF's orientation; `camera`: whether the maker is told (None: mostly)."""
    exif = Image.Exif()
    if camera is None:
        camera = rng.random() < 0.7
    if camera:
        exif[0x010F], exif[0x0110] = rng.choice(MAKERS)
        exif[0x0132] = "2025:02:01 10:00:00"
    if turned != 1:
        exif[0x0112] = turned
    out = io.BytesIO()
    picture.save(
        out, "JPEG", quality=rng.choice((55, 65, 75, 82, 90)), exif=exif.tobytes() if len(exif) else b""
    )
    return out.getvalue()


def png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=1)
    return out.getvalue()


# --- what stands around a sheet


def _table(rng: Random, size: tuple[int, int]) -> Image.Image:
    wide, high = size
    base = rng.choice(
        ((92, 66, 46), (60, 62, 66), (140, 112, 84), (40, 44, 60), (165, 150, 130), (110, 120, 116))
    )
    small = Image.new("RGB", (max(8, wide // 4), max(8, high // 4)), base)
    draw = ImageDraw.Draw(small)
    kind = rng.choice(("wood", "plain", "cloth", "plain"))
    if kind == "wood":
        for _ in range(90):
            y, dark = rng.randrange(-20, small.height), rng.uniform(0.72, 1.15)
            colour = tuple(min(255, int(part * dark)) for part in base)
            draw.line(
                ((0, y), (small.width, y + rng.randrange(-12, 12))), fill=colour, width=rng.choice((1, 1, 2))
            )
    elif kind == "cloth":
        for x in range(0, small.width + small.height, 14):
            draw.line(
                (x, 0, x - small.height, small.height), fill=tuple(int(part * 0.82) for part in base), width=5
            )
    return small.resize(size, Image.Resampling.BICUBIC)


def corners_of(sheet: tuple[int, int], camera: Camera, rng: Random) -> list[Spot]:
    """Where the camera sees the corners of a sheet of this size: upper left, then with the clock."""
    wide, high = camera.size
    scale = camera.fill * min(wide / sheet[0], high / sheet[1])
    across, down = sheet[0] * scale / 2, sheet[1] * scale / 2
    turn = math.radians(rng.uniform(-camera.tilt, camera.tilt))
    room = ((wide - 2 * across) * 0.3, (high - 2 * down) * 0.3)
    middle = (
        wide / 2 + rng.uniform(-1, 1) * max(0, room[0]),
        high / 2 + rng.uniform(-1, 1) * max(0, room[1]),
    )
    lean = rng.choice((0.0, 0.02, 0.05))
    corners = []
    for x, y in ((-across, -down), (across, -down), (across, down), (-across, down)):
        x, y = x * (1 + rng.uniform(-lean, lean)), y * (1 + rng.uniform(-lean, lean))
        corners.append(
            (
                middle[0] + x * math.cos(turn) - y * math.sin(turn),
                middle[1] + x * math.sin(turn) + y * math.cos(turn),
            )
        )
    return corners


def _perspective(corners: list[Spot], size: tuple[int, int]) -> tuple[float, ...]:
    """The eight numbers that Pillow asks for, from where a sheet's corners are seen."""
    wide, high = size
    rows, wanted = [], []
    for (x, y), (u, v) in zip(corners, ((0, 0), (wide, 0), (wide, high), (0, high)), strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        wanted += [u, v]
    return tuple(map(float, np.linalg.solve(np.array(rows, float), np.array(wanted, float))))


def _fingers(picture: Image.Image, corners: list[Spot], rng: Random) -> None:
    """A thumb or two that hold the sheet at its margin."""
    draw = ImageDraw.Draw(picture)
    size = picture.height * 0.035
    for side in rng.sample((0, 1), rng.choice((1, 2))):
        (x0, y0), (x1, y1) = (corners[0], corners[3]) if side == 0 else (corners[1], corners[2])
        along = rng.uniform(0.45, 0.85)
        x, y = x0 + (x1 - x0) * along, y0 + (y1 - y0) * along
        skin = rng.choice(((205, 160, 125), (176, 128, 96), (224, 182, 150)))
        away = -1 if side == 0 else 1
        draw.ellipse((x - size * 1.2, y - size, x + size * 1.2, y + size), fill=skin)
        draw.polygon(
            ((x, y - size), (x, y + size), (x + away * size * 9, y + size * 4), (x + away * size * 9, y)),
            fill=skin,
        )


def _out_of_focus(picture: Image.Image, camera: Camera) -> Image.Image:
    if camera.blur:
        picture = picture.filter(ImageFilter.GaussianBlur(camera.blur))
    length, angle = camera.shake
    if length < 1:
        return picture
    total = np.zeros((*picture.size[::-1], 3), np.float32)
    steps = max(2, round(length))
    values = np.asarray(picture, np.float32)
    for n in range(steps):
        at = (n / (steps - 1) - 0.5) * length
        total += np.roll(values, (round(at * math.sin(angle)), round(at * math.cos(angle))), (0, 1))
    return Image.fromarray((total / steps).astype(np.uint8))


def _light(shape: tuple[int, int], camera: Camera, rng: Random) -> Light:
    """Uneven light, a shadow of the hand that holds the telephone, darker corners."""
    high, wide = shape
    y, x = (
        np.linspace(-1, 1, high, dtype=np.float32)[:, None],
        np.linspace(-1, 1, wide, dtype=np.float32)[None, :],
    )
    light = (
        1 + rng.uniform(-0.1, 0.1) * x + rng.uniform(-0.1, 0.1) * y - rng.uniform(0, 0.08) * (x * x + y * y)
    )
    if camera.shadow:
        angle = rng.uniform(0, 2 * math.pi)
        across = (x * math.cos(angle) + y * math.sin(angle)) - rng.uniform(-0.3, 0.6)
        light *= 1 - rng.uniform(0.1, 0.38) / (1 + np.exp(-across / rng.uniform(0.03, 0.2)))
    return (light * camera.exposure).astype(np.float32)


def _grain(rng: Random, shape: tuple[int, int]) -> Light:
    noise = np.random.default_rng(rng.randrange(1 << 32)).standard_normal(shape, np.float32)
    return (noise + np.roll(noise, 1, 1)) * np.float32(0.72)  # what a camera smooths, it smooths along too
