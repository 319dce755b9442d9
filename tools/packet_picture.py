"""Draw the README's picture of a packet: the order of presentation, and a dossier's first two pages.

`python -m tools.packet_picture PACKET.pdf` writes docs/images/packet-page.png; the packet is the demo's.
"""

import argparse
from pathlib import Path

import pymupdf
from PIL import Image

PICTURE = Path(__file__).resolve().parent.parent / "docs" / "images" / "packet-page.png"
SHOWN = (("ลำดับการนำเสนอ", 1), ("๖๓ ", 2))  # where an entry of the outline begins, and how many pages
WIDTH, AROUND = 497, 14  # pixels
GROUND = (214, 218, 225)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packet", type=Path, help="the demo's packet.pdf")
    with pymupdf.open(parser.parse_args().packet) as packet:
        pages = [_drawn(packet[at]) for begins, count in SHOWN for at in _places(packet, begins, count)]
    beside = Image.new("RGB", (AROUND + len(pages) * (WIDTH + AROUND), pages[0].height + 2 * AROUND), GROUND)
    for place, page in enumerate(pages):
        beside.paste(page, (AROUND + place * (WIDTH + AROUND), AROUND))
    beside.quantize(128, Image.Quantize.MAXCOVERAGE).save(PICTURE, optimize=True)


def _places(packet: pymupdf.Document, begins: str, count: int) -> range:
    first = next(page for _, title, page in packet.get_toc() if title.startswith(begins)) - 1
    return range(first, first + count)


def _drawn(page: pymupdf.Page) -> Image.Image:
    zoom = WIDTH / page.rect.width
    drawn = page.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom))
    return Image.frombytes("RGB", (drawn.width, drawn.height), drawn.samples)


if __name__ == "__main__":
    main()
