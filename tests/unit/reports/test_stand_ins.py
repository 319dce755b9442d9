"""A picture's place is held while a sheet is typeset, and what is put there is the picture, byte for byte."""

import io
from pathlib import Path

import pikepdf
import pymupdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from mochocho.storage.files import Store
from mochocho.words.errors import Transient
from mochocho.words.model import ApplicantType
from mochocho.words.places import Province
from reports.packet.binding import BoundBook, Chapter, bind
from reports.packet.volumes import books
from reports.typesetting.fonts import face
from reports.typesetting.printing import Printer, whole_names
from reports.typesetting.stand_ins import frame, put_in, stand_in
from reports.typesetting.typesetter import Sheet, Typesetter, photo_key
from reports.view.pictures import Picture, Size, named
from reports.view.printed_words import Words
from tests.unit.reports.made_cases import PRESENTED, Cases, arranged, occasion, of, pack_of

PROVINCE = Province.named("เชียงราย")
NAME = Picture("0" * 64, Size.READING, 12).name


def jpeg(size: tuple[int, int], mode: str = "RGB", **saved: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "white").save(out, "JPEG", **saved)
    return out.getvalue()


def pictures(pdf: pikepdf.Pdf) -> list[bytes]:
    found = {
        image.objgen: image.read_raw_bytes()
        for page in pdf.pages
        for image in page.get_images().values()
        if image.Filter == pikepdf.Name.DCTDecode
    }
    return list(found.values())


def looks(pdf: bytes) -> list[tuple[list[tuple[object, ...]], bytes]]:
    """Of each page, where its pictures stand and how large they say they are, and its pixels."""
    with pymupdf.open(stream=pdf) as document:
        return [
            (
                [(one["bbox"], one["width"], one["height"]) for one in page.get_image_info()],
                page.get_pixmap(dpi=72).samples,
            )
            for page in document
        ]


@pytest.fixture
def typesetter(tmp_path: Path) -> Typesetter:
    return Typesetter(tmp_path / "store", tmp_path / "cache", face(None, ""), thai_digits=True)


@pytest.fixture
def dossier(typesetter: Typesetter) -> Sheet:
    cases = [Cases(PROVINCE, Store(typesetter.store), pictures=3).case("พาน", ApplicantType.LEADER, 1)]
    *_, part = books(arranged(cases, PROVINCE, PRESENTED), pack_of, occasion(), None)[0].parts
    return Printer(typesetter, whole_names(PROVINCE)).sheet(part, of(cases, part.keys))


@given(
    st.integers(1, 90),
    st.integers(1, 90),
    st.sampled_from(("RGB", "L")),
    st.booleans(),
    st.sampled_from((0, 2)),
)
def test_it_has_the_colours_of_its_picture_and_is_small(
    width: int, height: int, mode: str, progressive: bool, subsampling: int
) -> None:
    of = jpeg(
        (width, height), mode, progressive=progressive, subsampling=subsampling, comment=b"\xff\xd8 a note"
    )
    assert frame(of)[:2] == (height, width)
    held = stand_in(of, NAME)
    with Image.open(io.BytesIO(held)) as image:
        image.load()
        assert (image.mode, image.format) == (mode, "JPEG")
        assert max(image.size) <= 16


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xd8", b"\x89PNG\r\n\x1a\n", jpeg((9, 9), "CMYK"), jpeg((9, 9))[:90]]
)
def test_no_place_is_held_for_what_is_no_picture_of_ours(content: bytes) -> None:
    with pytest.raises(ValueError, match="JPEG"):
        stand_in(content, NAME)


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("sheet", [0, 1, 31])
def test_a_picture_is_known_by_its_name(size: Size, sheet: int) -> None:
    picture = Picture("ab" * 32, size, sheet)
    assert named(picture.name) == picture


def test_a_sheet_holds_no_picture_until_it_is_bound(
    typesetter: Typesetter, dossier: Sheet, tmp_path: Path
) -> None:
    typesetter.print(dossier)
    kept = {typesetter.kept.get(photo_key(picture)) for picture in dossier.pictures}
    path = typesetter.kept.path(dossier.key)
    with pikepdf.open(path) as pdf:
        held = pictures(pdf)
        assert len(held) == len(dossier.pictures) >= 3
        assert kept.isdisjoint(held)
    bound = tmp_path / "bound.pdf"
    bind(BoundBook.of("", [Chapter(path, "พาน")]), bound, Words(), typesetter.picture)
    whole = typesetter.compiled(*typesetter.sources(dossier))
    for made in (bound.read_bytes(), whole):
        with pikepdf.open(io.BytesIO(made)) as pdf:
            assert set(pictures(pdf)) == kept
    assert looks(bound.read_bytes()) == looks(whole)


def test_a_typst_that_would_write_pictures_anew_is_given_the_pictures(
    typesetter: Typesetter, dossier: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled = Typesetter.compiled

    def anew(one: Typesetter, texts: dict[str, bytes], images: dict[str, bytes]) -> bytes:
        return compiled(one, texts, images).replace(b"stand-in", b"drawn in")

    monkeypatch.setattr(Typesetter, "compiled", anew)
    typesetter.print(dossier)
    with pikepdf.open(typesetter.kept.path(dossier.key)) as pdf:
        assert set(pictures(pdf)) == {typesetter.kept.get(photo_key(one)) for one in dossier.pictures}


def test_a_picture_that_is_not_kept_is_made_anew_and_one_that_cannot_be_is_told(
    typesetter: Typesetter, dossier: Sheet
) -> None:
    typesetter.print(dossier)
    picture = dossier.pictures[0]
    first = typesetter.picture(picture.name)
    typesetter.kept.drop(photo_key(picture))
    assert typesetter.picture(picture.name) == first
    typesetter.kept.drop(photo_key(picture))
    Store(typesetter.store).path(picture.sha256).unlink()
    with pytest.raises(Transient, match="picture"):
        typesetter.picture(picture.name)


def test_nothing_is_put_into_an_annex_of_the_office(tmp_path: Path) -> None:
    """Even where its picture says what a stand-in says."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        image = pikepdf.Stream(pdf, stand_in(jpeg((8, 8)), NAME), Type=pikepdf.Name.XObject)
        image.Subtype, image.Filter = pikepdf.Name.Image, pikepdf.Name.DCTDecode
        page.add_resource(image, pikepdf.Name.XObject)
        pdf.save(tmp_path / "annex.pdf")

    def none_is_asked_for(name: str) -> bytes:
        raise AssertionError(name)

    annex = Chapter(tmp_path / "annex.pdf", "เอกสารแนบ ๑", whole=True)
    bind(BoundBook.of("", [annex]), tmp_path / "bound.pdf", Words(), none_is_asked_for)
    with pikepdf.open(tmp_path / "bound.pdf") as pdf, pytest.raises(AssertionError, match=NAME):
        put_in(pdf, none_is_asked_for)
