"""Files of every kind, whole and damaged, and their measurements."""

import random
from collections.abc import Iterator

import pikepdf
from PIL import Image

from processing.decoding import containers, pdfs
from processing.decoding.one_file import measure
from tests.unit.processing.decoding.made_files import PDF, encoded, pdf
from tests.unit.processing.decoding.test_good_files import (
    ACTIVE,
    ATTACHED,
    BEFORE,
    GOOD,
    HARMLESS,
    holding,
    made,
    wide,
    with_button,
)
from tests.unit.processing.decoding.test_measuring import HEIC, HTML, SVG, picture, png_bomb, zipped

SIDE = 150  # pixels
SAME = Image.frombytes("RGB", (SIDE, SIDE), random.Random(1).randbytes(3 * SIDE * SIDE))  # at every run
JPEG, PNG, WEBP = (encoded(SAME, kind) for kind in ("JPEG", "PNG", "WEBP"))
LARGE = 1 << 20  # bytes: a video of this size behind a photo says nothing that a small one does not
BEHIND = {"HTML": HTML, "a PDF": pdf(), "an archive": zipped(a=b"x"), "zeros": bytes(99)}


def _every() -> Iterator[tuple[str, bytes]]:
    yield from ((name, content) for name, content in GOOD.items() if len(content) < 4 * LARGE)
    for name, content in {"JPEG": JPEG, "PNG": PNG, "WebP": WEBP, "PDF": PDF}.items():
        yield name, content
        for tenths in (1, 3, 5, 7, 9):
            yield f"{name} in part: {tenths} tenths", content[: len(content) * tenths // 10]
        for behind, more in {
            "HTML": HTML,
            "a PDF": pdf(),
            "an archive": zipped(a=b"x"),
            "zeros": bytes(99),
        }.items():
            yield f"{name} with more: {behind}", content + more
    yield from ((f"PDF behind: {name}", before + PDF) for name, before in BEFORE.items())
    for changes in (ACTIVE, HARMLESS, ATTACHED):
        yield from ((f"PDF with: {name}", made(change)) for name, change in changes.items())
    yield from {
        "empty": b"",
        "HEIC": HEIC,
        "AVIF": b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf",
        "HTML": HTML,
        "SVG": SVG,
        "GIF": picture("GIF"),
        "TIFF": picture("TIFF"),
        "a video": b"\0\0\0\x18ftypmp42\0\0\0\0isommp42",
        "a bomb of pixels": png_bomb(30_000),
        "many scans": JPEG[:-2] + containers.MAX_SCANS * b"\xff\xda\0\2" + JPEG[-2:],
        "a huge page": wide(40_000, 40_000),
        "a huge picture on a page": holding(40_000, 40_000),
        "a form that sends": made(with_button("SubmitForm")),
        "no pages": pdf(0),
        "too many pages": pdf(pdfs.MAX_PAGES + 1),
        "locked": pdf(encryption=pikepdf.Encryption(user="secret", owner="owner")),
    }.items()


def measured() -> Iterator[tuple[str, object]]:
    """(name, what was measured) of each: not how large a file is, which the libraries that made it decide."""
    for name, content in _every():
        found = measure("s", content)
        looks = [one.kind for one in found.suspicions]
        yield name, [found.kind, found.width, found.height, found.pages, looks, found.problem]
