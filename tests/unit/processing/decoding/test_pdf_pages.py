"""The pages of PDFs are drawn and looked at as photographs are."""

import io
from random import Random

import numpy as np
import pikepdf
import pytest
from PIL import Image

from mochocho.words.model import Doubtful
from processing.decoding import pdf_pages
from processing.decoding.one_file import measure
from processing.documents.copies.page_copy import SAME
from processing.same_pages.agreement import Kept, agreement
from processing.same_pages.imprint import imprint
from tests.unit.processing.same_pages.printed_forms import filled, photographed

PAGE = photographed(filled(1, 1), Random(1))
DARK = PAGE.point(lambda level: level // 5)
EMPTY = Image.new("L", PAGE.size, 255)


def scanned(*pages: Image.Image) -> bytes:
    """A PDF of these pictures, as a scanner or a telephone makes it."""
    out = io.BytesIO()
    first, *others = (page.copy() for page in pages)  # Pillow keeps in a picture what was saved behind it
    first.save(out, "PDF", save_all=True, append_images=others, resolution=100)
    return out.getvalue()


def looks(content: bytes) -> list[tuple[Doubtful, int]]:
    found = measure("s", content)
    assert found.problem == ""
    return [(one.kind, one.sheet) for one in found.suspicions]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (scanned(PAGE), []),
        (scanned(EMPTY), [(Doubtful.BLANK, 1)]),
        (scanned(EMPTY, EMPTY), [(Doubtful.BLANK, 1)]),
        (scanned(PAGE, EMPTY), []),
        (scanned(PAGE, DARK, EMPTY), [(Doubtful.DARK, 2)]),
        (scanned(PAGE.rotate(90, expand=True)), [(Doubtful.SIDEWAYS, 1)]),
    ],
)
def test_each_page_is_looked_at_and_an_empty_back_is_none(
    content: bytes, expected: list[tuple[Doubtful, int]]
) -> None:
    assert looks(content) == expected


def test_of_a_long_document_the_first_pages_are_looked_at_and_a_person_is_told() -> None:
    most = pdf_pages.LOOKED_AT
    small = PAGE.resize((217, 307))
    assert all(kind is not Doubtful.LONG for kind, _ in looks(scanned(*[small] * most)))
    found = measure("s", scanned(*[small] * (most + 1)))
    (told,) = (one for one in found.suspicions if one.kind is Doubtful.LONG)
    assert (told.number, told.threshold, told.sheet) == (most + 1, most, 0)
    assert [one.sheet for one in found.imprints] == list(range(1, most + 1))


def test_a_page_of_a_pdf_is_the_same_as_its_photograph() -> None:
    (of_pdf,) = measure("s", scanned(PAGE)).imprints
    photo = imprint(np.asarray(photographed(PAGE, Random(2))))
    number = agreement(Kept.load(photo.marks, photo.copy), Kept.load(of_pdf.marks, of_pdf.copy), 0)
    assert number is not None
    assert number >= SAME


def test_empty_pages_are_no_copies_of_each_other() -> None:
    assert [one.pixels for one in measure("s", scanned(EMPTY)).imprints] == [""]


@pytest.mark.parametrize("box", [(0, 0, 1, 3000), (0, 0, 3000, 1), (0, 0, 0.1, 0.1), (-50, -50, 50, 50)])
def test_a_page_of_any_shape_is_drawn_within_bounds(box: tuple[float, ...]) -> None:
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page().mediabox = pikepdf.Array(box)
        made.save(out)
    for _, reduced in pdf_pages.drawn(out.getvalue()):
        assert max(reduced.grey.shape) <= 1201


@pytest.mark.parametrize("box", [(9000, 9000, 9100, 9100), (595, 0, 700, 842), (-9, -9, -1, -1)])
def test_a_crop_box_that_leaves_nothing_of_a_page_is_passed_over(box: tuple[int, ...]) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.pages[0].cropbox = pikepdf.Array(box)
        pdf.save(out := io.BytesIO())
    assert [one.kind for one in measure("s", out.getvalue()).suspicions] == [Doubtful.BLANK]
    assert pdf_pages.page(out.getvalue(), 1, 400).size == (283, 400)


def test_what_a_form_holds_is_drawn_without_running_it() -> None:
    with pikepdf.open(io.BytesIO(scanned(PAGE))) as made:
        made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(), NeedAppearances=True)
        out = io.BytesIO()
        made.save(out)
    assert looks(out.getvalue()) == []
