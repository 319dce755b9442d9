"""Approved pictures of pages; after a change of layout, look at the new ones, then replace the old.

MOCHOCHO_GOLDEN=write pytest tests/unit/reports/test_golden.py writes them.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest
from PIL import Image, ImageChops

from mochocho.storage.files import Store
from mochocho.words.model import Case
from mochocho.words.places import Province
from reports.packet.volumes import books
from reports.typesetting.fonts import face
from reports.typesetting.parts import Part
from reports.typesetting.printing import Printer, whole_names
from reports.typesetting.typesetter import Typesetter
from tests.unit.reports.bound_sheets import as_bound
from tests.unit.reports.made_cases import (
    CHIANG_RAI,
    PRESENTED,
    TYPES,
    Cases,
    arranged,
    blocking,
    occasion,
    of,
    pack_of,
)

GOLDEN = Path(__file__).parents[2] / "golden"
DPI = 72
DIFFERS, SHARE = 48, 0.001
PAGES = {
    "cover": ("cover", 0),
    "agenda-1": ("agenda", 0),
    "agenda-2": ("agenda", 1),
    "order": ("order", 0),
    "names-1": ("names", 0),
    "blocked": ("blocked", 0),
    "dossier-leader-1": ("dossier", 0),
    "dossier-leader-2": ("dossier", 1),
    "dossier-leader-3": ("dossier", 2),
    "dossier-group-1": ("dossier", 11),
    "dossier-group-2": ("dossier", 12),
    "dossier-group-3": ("dossier", 13),
}


def cases(store: Store) -> list[Case]:
    made = Cases(Province.named("เชียงราย"), store, pictures=5)
    held = [made.case("เทิง", t, 90, passed=False, findings=[blocking("ขาดใบสมัคร 1 ฉบับ")]) for t in TYPES]
    return [*made.province_of({row[0]: row[1:] for row in CHIANG_RAI}), *held]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, int], Image.Image]:
    folder = tmp_path_factory.mktemp("golden")
    typesetter = Typesetter(folder / "store", folder / "cache", face(None, ""), thai_digits=True)
    province = Province.named("เชียงราย")
    printer = Printer(typesetter, whole_names(province))
    everyone = cases(Store(typesetter.store))
    groups = arranged(everyone, province, PRESENTED)
    last = {paper: max(number for of, number in PAGES.values() if of == paper) for paper, _ in PAGES.values()}
    seen: dict[tuple[str, int], Image.Image] = {}
    for part in books(groups, pack_of, occasion(), None)[0].parts:
        before = sum(paper == part.paper for paper, _ in seen)
        if before <= last.get(part.paper, -1):
            made = drawn(typesetter, printer, part, of(everyone, part.keys))
            seen |= {(part.paper, before + i): page for i, page in enumerate(made)}
    return seen


def drawn(typesetter: Typesetter, printer: Printer, part: Part, cases: Iterator[Case]) -> list[Image.Image]:
    sheet = printer.sheet(part, cases)
    with as_bound(typesetter, sheet) as document:
        return [picture(page) for page in document]


def picture(page: pymupdf.Page) -> Image.Image:
    pixels = page.get_pixmap(dpi=DPI)
    return Image.frombytes("RGB", (pixels.width, pixels.height), pixels.samples)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_it_was_approved(pages: dict[tuple[str, int], Image.Image], name: str) -> None:
    path, page = GOLDEN / f"{name}.png", pages[PAGES[name]]
    if os.environ.get("MOCHOCHO_GOLDEN") == "write":
        page.quantize(256).save(path, optimize=True)
    with Image.open(path) as golden:
        difference = ImageChops.difference(golden.convert("RGB"), page).convert("L")
    assert difference.size == page.size
    strong = sum(difference.histogram()[DIFFERS + 1 :])
    assert strong / (page.width * page.height) < SHARE
