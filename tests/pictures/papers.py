"""Sheets as they lie on a table, before anybody photographs them: A4 is 1240 x 1754. All invented."""

from collections.abc import Callable
from itertools import accumulate
from random import Random

from PIL import Image, ImageDraw

from tests.pictures import writing as w

A4 = (1240, 1754)
CARD = (1012, 638)
WHITE = (250, 250, 248)

Draw = ImageDraw.ImageDraw


def _sheet(rng: Random, size: tuple[int, int] = A4) -> tuple[Image.Image, Draw]:
    tint = rng.choice((WHITE, WHITE, (246, 245, 238), (252, 250, 242)))
    sheet = Image.new("RGB", size, tint)
    return sheet, ImageDraw.Draw(sheet)


def _emblem(draw: Draw, at: tuple[int, int], size: int, rng: Random) -> None:
    x, y = at
    draw.ellipse((x - size, y - size, x + size, y + size), outline=w.BLACK, width=4)
    for _ in range(9):
        draw.line(w.curve(rng, (x - size * 0.7, y), size * 1.4, size * 1.2, 6), fill=w.BLACK, width=3)


def _title(draw: Draw, text: str, y: int, rng: Random, middle: int = 620) -> None:
    draw.text((middle, y), text, font=w.font(rng.randrange(36, 46), bold=True), fill=w.BLACK, anchor="mt")


def _ink(rng: Random) -> w.Colour:
    return rng.choice((w.BLUE, w.BLUE, w.BLACK, (60, 60, 70)))


def application(rng: Random) -> Image.Image:
    """A form with dotted lines, filled in by hand and signed."""
    sheet, draw = _sheet(rng)
    ink, size = _ink(rng), rng.randrange(28, 34)
    _emblem(draw, (620, 130), 55, rng)
    _title(draw, "ใบสมัครเข้ารับการประเมินมาตรฐาน", 205, rng)
    if rng.random() < 0.7:
        draw.rectangle((960, 90, 1130, 300), outline=w.BLACK, width=2)
    y = 330
    for _ in range(rng.randrange(14, 19)):
        x = 130.0
        while x < 950:
            label = w.phrase(rng, rng.randrange(1, 3))
            draw.text((x, y), label, font=w.font(size), fill=w.BLACK)
            x += w.font(size).getlength(label) + 8
            upto = min(1110, x + rng.randrange(180, 420))
            if upto - x > 150:
                w.dotted(draw, x, upto, y + size * 1.05, size)
                written = w.fitting(rng, (upto - x) * 0.6, size)
                w.by_hand(sheet, (x + 6, y - 4), written, size, ink, rng)
            x = upto + 12
        y += round(size * 1.9)
    _signed(sheet, draw, y + 40, rng)
    return sheet


def _signed(sheet: Image.Image, draw: Draw, y: float, rng: Random) -> None:
    draw.text((560, y), "ลงชื่อ", font=w.font(30), fill=w.BLACK)
    w.dotted(draw, 640, 1000, y + 32, 30)
    w.signature(draw, (670, y + 10), 250, _ink(rng), rng)
    draw.text((820, y + 50), f"( {w.person(rng)} )", font=w.font(30), fill=w.BLACK, anchor="mt")


def house_registration(rng: Random) -> Image.Image:
    """Cells with small print on a pattern of fine lines."""
    sheet, draw = _sheet(rng)
    for y in range(80, 1680, rng.randrange(9, 14)):
        draw.line((80, y, 1160, y), fill=(218, 228, 226), width=2)
    _title(draw, "รายการเกี่ยวกับบ้าน", 90, rng)
    size = rng.randrange(23, 28)
    for block in range(3):
        top = 180 + block * 480
        rows = [top + n * 88 for n in range(6)]
        w.grid(draw, (90, 470, 830, 1150), rows, (90, 120, 110))
        for row in rows[:-1]:
            for left in (90, 470, 830):
                draw.text((left + 10, row + 6), w.phrase(rng, 2), font=w.font(size), fill=(60, 90, 85))
                value = w.number(rng) if rng.random() < 0.4 else w.fitting(rng, 280, size)
                draw.text((left + 14, row + 44), value, font=w.font(size + 3), fill=w.BLACK)
    if rng.random() < 0.6:
        w.stamp(sheet, (rng.randrange(700, 900), rng.randrange(1150, 1400)), 230, rng)
    return sheet


def id_card(rng: Random) -> Image.Image:
    """A card with a face, fine print, and a pale pattern."""
    card = Image.new("RGB", CARD, rng.choice(((205, 222, 236), (214, 228, 232), (226, 224, 238))))
    draw = ImageDraw.Draw(card)
    for n in range(14):
        draw.line(w.curve(rng, (0, 40 * n + 20), 1100, 120, 9), fill=(190, 208, 226), width=3)
    draw.text((150, 30), "บัตรตัวอย่าง มิใช่บัตรจริง", font=w.font(40, bold=True), fill=(30, 50, 110))
    draw.text((150, 90), "เลขที่ ๑ ๐๐๐๐ ๐๐๐๐๐ ๐๐ ๐", font=w.font(42), fill=w.BLACK)
    draw.rectangle((60, 190, 170, 270), fill=(212, 190, 120), outline=(150, 130, 80))
    for n, line in enumerate(
        (w.person(rng), "Name  Somchai Tuayang", "เกิดวันที่ ๑ ม.ค. ๒๕๐๐", w.phrase(rng, 4))
    ):
        draw.text((210, 165 + n * 66), line, font=w.font(38 - 3 * (n > 1)), fill=w.BLACK)
    for n in range(3):
        draw.text((60, 440 + n * 54), w.fitting(rng, 560, 30), font=w.font(30), fill=w.BLACK)
    w.face(card, (730, 260, 950, 540), rng)
    return card


def id_card_copy(rng: Random) -> Image.Image:
    """Both sides of a card copied on a sheet, certified by hand across it."""
    sheet, draw = _sheet(rng)
    top = rng.randrange(140, 300)
    for n in range(rng.choice((1, 2))):
        copy = id_card(rng).convert("L").convert("RGB").resize((760, 480))
        sheet.paste(copy, (rng.randrange(180, 320), top + n * 540))
    y = top + 1120
    w.by_hand(sheet, (380, y), "สำเนาถูกต้อง", 52, _ink(rng), rng)
    w.signature(draw, (400, y + 120), 330, _ink(rng), rng)
    w.by_hand(sheet, (380, y + 190), w.person(rng), 44, _ink(rng), rng)
    return sheet


def signature_sheet(rng: Random) -> Image.Image:
    """A numbered table of names and signatures."""
    sheet, draw = _sheet(rng)
    _title(draw, "บัญชีรายชื่อผู้เข้าร่วมประชุม", 100, rng)
    draw.text((620, 165), w.fitting(rng, 800, 30), font=w.font(30), fill=w.BLACK, anchor="mt")
    step = rng.randrange(56, 74)
    rows = [240 + n * step for n in range(1400 // step)]
    columns = (90, 170, 560, 860, 1150)
    w.grid(draw, columns, rows, w.BLACK)
    for place, head in enumerate(("ที่", "ชื่อ - สกุล", "ตำแหน่ง", "ลายมือชื่อ")):
        draw.text((columns[place] + 14, rows[0] + 8), head, font=w.font(30, bold=True), fill=w.BLACK)
    for n, row in enumerate(rows[1:-1]):
        draw.text((columns[0] + 20, row + 8), str(n + 1), font=w.font(30), fill=w.BLACK)
        if rng.random() < 0.9:
            draw.text((columns[1] + 12, row + 8), w.person(rng), font=w.font(30), fill=w.BLACK)
            if rng.random() < 0.5:
                draw.text((columns[2] + 12, row + 8), w.phrase(rng, 2), font=w.font(28), fill=w.BLACK)
            w.signature(draw, (columns[3] + 30, row + step // 2), 150, _ink(rng), rng)
    return sheet


def minutes(rng: Random) -> Image.Image:
    """Dense print."""
    sheet, draw = _sheet(rng)
    _title(draw, "รายงานการประชุม ครั้งที่ ๑/๒๕๖๘", 120, rng)
    w.lines(
        draw, (150, 220, 1120, rng.randrange(1250, 1620)), rng.randrange(27, 36), rng, rng.uniform(1.5, 1.8)
    )
    return sheet


def letter(rng: Random) -> Image.Image:
    """A short official letter with a signature and a stamp."""
    sheet, draw = _sheet(rng)
    _emblem(draw, (620, 150), 70, rng)
    size = rng.randrange(29, 36)
    draw.text((140, 230), "ที่ ทส ๐๐๐๑/๑", font=w.font(size), fill=w.BLACK)
    draw.text((800, 230), "ที่ทำการผู้นำ", font=w.font(size), fill=w.BLACK)
    w.lines(draw, (150, 400, 1110, rng.randrange(750, 1100)), size, rng, 1.65)
    _signed(sheet, draw, 1230, rng)
    w.stamp(sheet, (rng.randrange(480, 760), 1130), 240, rng)
    return sheet


def handwritten(rng: Random) -> Image.Image:
    """A notebook's page in pen or pencil."""
    sheet, draw = _sheet(rng)
    size, ink = rng.randrange(36, 46), rng.choice((w.BLUE, w.BLACK, w.PENCIL, (96, 104, 160)))
    step = round(size * 1.7)
    for n in range(120 // step, 1700 // step):
        if n * step > 150:
            draw.line((0, n * step, A4[0], n * step), fill=(200, 212, 226), width=2)
    for n in range(3, rng.randrange(12, 1650 // step)):
        w.by_hand(
            sheet, (120, n * step - size * 1.15), w.fitting(rng, rng.uniform(500, 960), size), size, ink, rng
        )
    return sheet


def one_signature(rng: Random) -> Image.Image:
    """A page that is empty but for a signature, with or without a line of words."""
    sheet, draw = _sheet(rng)
    y = rng.randrange(250, 1400)
    if rng.random() < 0.5:
        draw.text((rng.randrange(120, 300), y - 140), w.fitting(rng, 700, 32), font=w.font(32), fill=w.BLACK)
    w.signature(draw, (rng.randrange(200, 600), y), rng.randrange(240, 420), _ink(rng), rng)
    return sheet


def few_lines(rng: Random) -> Image.Image:
    """A few lines in light handwriting."""
    sheet, _ = _sheet(rng)
    size, y = rng.randrange(38, 50), rng.randrange(150, 700)
    for n in range(rng.randrange(2, 6)):
        written = w.fitting(rng, rng.uniform(300, 850), size)
        w.by_hand(sheet, (150, y + n * size * 2), written, size, rng.choice((w.PENCIL, (110, 120, 170))), rng)
    return sheet


def budget(rng: Random) -> Image.Image:
    """A table of figures."""
    sheet, draw = _sheet(rng)
    _title(draw, "แผนการใช้จ่ายงบประมาณ", 110, rng)
    widths = [90, 420, 180, 180, 180]
    columns = list(accumulate(widths, initial=95))
    step = rng.randrange(50, 62)
    rows = [220 + n * step for n in range(rng.randrange(14, 25))]
    w.grid(draw, columns, rows, w.BLACK)
    for n, row in enumerate(rows[:-1]):
        draw.text((columns[1] - 50, row + 8), str(n), font=w.font(28), fill=w.BLACK)
        draw.text((columns[1] + 10, row + 6), w.fitting(rng, 330, 28), font=w.font(28), fill=w.BLACK)
        for right in columns[3:]:
            draw.text(
                (right - 12, row + 8),
                f"{rng.randrange(100, 99999):,}",
                font=w.font(28),
                fill=w.BLACK,
                anchor="ra",
            )
    return sheet


def certificate(rng: Random) -> Image.Image:
    """A framed page lying across, with large words."""
    sheet, draw = _sheet(rng, (A4[1], A4[0]))
    for inset in (50, 66, 80):
        draw.rectangle((inset, inset, A4[1] - inset, A4[0] - inset), outline=(170, 130, 60), width=4)
    _emblem(draw, (877, 220), 90, rng)
    for n, size in enumerate((70, 40, 64, 40, 40)):
        text = w.person(rng) if n == 2 else w.fitting(rng, 900, size)
        draw.text((877, 350 + n * 120), text, font=w.font(size, bold=n in (0, 2)), fill=w.BLACK, anchor="mt")
    w.signature(draw, (760, 1030), 260, w.BLUE, rng)
    return sheet


def sketch_map(rng: Random) -> Image.Image:
    """Roads, a river, houses, and names that run in all directions to the edge of the sheet."""
    sheet, draw = _sheet(rng, rng.choice((A4, (A4[1], A4[0]))))
    wide, high = sheet.size
    for _ in range(rng.randrange(4, 8)):
        start = (rng.uniform(-50, wide * 0.3), rng.uniform(0, high))
        path = w.curve(rng, start, wide * 1.1, high * 0.8, 6)
        draw.line(path, fill=(120, 120, 120), width=16)
        draw.line(path, fill=WHITE, width=10)
    draw.line(
        w.curve(rng, (0, rng.uniform(0, high)), wide * 1.2, high * 0.5, 5), fill=(120, 170, 215), width=30
    )
    for _ in range(rng.randrange(20, 60)):
        x, y = rng.randrange(wide), rng.randrange(high)
        draw.rectangle((x, y, x + 26, y + 22), outline=w.BLACK, width=3)
    for _ in range(rng.randrange(8, 20)):
        label = Image.new("L", (260, 60), 0)
        ImageDraw.Draw(label).text((5, 5), w.phrase(rng, 2), font=w.font(30), fill=255)
        turned = label.rotate(rng.choice((0, 0, 0, 90, 40, -35, 270)), expand=True)
        sheet.paste(w.BLACK, (rng.randrange(20, wide - 280), rng.randrange(20, high - 280)), turned)
    return sheet


def poster(rng: Random) -> Image.Image:
    """Blocks of colour up to the edge, large words, pictures."""
    base = tuple(rng.randrange(60, 230) for _ in range(3))
    sheet = Image.new("RGB", A4, base)
    draw = ImageDraw.Draw(sheet)
    for _ in range(rng.randrange(4, 9)):
        x, y = rng.randrange(-200, 1100), rng.randrange(-200, 1600)
        colour = tuple(rng.randrange(40, 250) for _ in range(3))
        shape = rng.choice((draw.ellipse, draw.rectangle))
        shape((x, y, x + rng.randrange(200, 900), y + rng.randrange(150, 700)), fill=colour)
    for n in range(rng.randrange(3, 7)):
        size = rng.randrange(50, 130)
        fill = rng.choice(((255, 255, 255), (20, 20, 40), (250, 230, 80)))
        draw.text(
            (rng.randrange(40, 240), 100 + n * 230),
            w.fitting(rng, 700, size),
            font=w.font(size, True),
            fill=fill,
        )
    w.face(sheet, (rng.randrange(100, 700), rng.randrange(700, 1200), 1100, 1600), rng)
    return sheet


PRINTED: tuple[Callable[[Random], Image.Image], ...] = (
    application, house_registration, signature_sheet, minutes, letter, budget, id_card_copy, certificate,
)  # fmt: skip
WRITTEN = (*PRINTED, handwritten, id_card)
SPARSE = (one_signature, few_lines)
BUSY = (sketch_map, poster)
EVERY = (*WRITTEN, *SPARSE, *BUSY)
