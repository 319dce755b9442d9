"""Files that phones, scanners and servers really make are accepted and can be shown."""

import io
import random
import struct
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from processing.decoding import pdfs
from processing.decoding.drawn_pictures import jpeg
from processing.decoding.file_kinds import MOST_BEFORE_PDF, PICTURES, kind_of
from processing.decoding.one_file import measure
from processing.findings.of_documents import FILE_PROBLEMS
from reports.view.pictures import Size
from tests.unit.processing.decoding.made_files import JPEG, PDF, PNG, WEBP, encoded, noise

WORDS = "<script>alert(1)</script> <html> <!DOCTYPE html> %PDF-1.7 PK\x03\x04 <?php"
SEGMENT = bytes(2) + WORDS.encode()
VIDEO = b"\0\0\0\x18ftypmp42\0\0\0\0isommp42"


def video(size: int = 1 << 20) -> bytes:
    """An MP4 by its head; what looks like the scans of a JPEG stands in it by chance."""
    return VIDEO + random.Random(1).randbytes(size) + b"\xff\xda" * 200


def with_segment(marker: int, content: bytes, picture: bytes = JPEG) -> bytes:
    return picture[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content + picture[2:]


def with_exif(kind: str, **options: object) -> bytes:
    exif = Image.Exif()
    exif[0x010E] = WORDS
    exif[0x9286] = WORDS
    exif.get_ifd(0x8825)[1] = "N"  # GPS
    return encoded(noise(), kind, exif=exif.tobytes(), **options)


def with_text_chunk() -> bytes:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", WORDS)
    told.add_itxt("XML:com.adobe.xmp", WORDS)
    return encoded(noise(), "PNG", pnginfo=told)


def several(*pictures: Image.Image, padding: bytes = b"") -> bytes:
    first, *others = (encoded(one, "JPEG", comment=WORDS) for one in pictures)
    return padding.join([first, *others])


GOOD = {
    "motion photo": JPEG + video(),
    "motion photo, large": JPEG + video(9 << 20),
    "motion photo, Samsung": JPEG + b"\0\0\x30\x0a\x10\0\0\0MotionPhoto_Data" + video() + b"SEFT",
    "motion photo, progressive": encoded(noise(), "JPEG", progressive=True) + video(),
    "motion photo, WebP": WEBP + video(),
    "motion photo, PNG": PNG + video(),
    "MPO": encoded(noise(), "MPO", save_all=True, append_images=[noise(2)]),
    "two JPEGs": several(noise(), noise(2)),
    "three JPEGs, padded": several(noise(), noise(2), noise(3), padding=bytes(512)),
    "two JPEGs and a video": several(noise(), noise(2)) + video(),
    "a comment": encoded(noise(), "JPEG", comment=WORDS),
    "a comment at the very beginning": with_segment(0xFE, WORDS.encode()),
    "EXIF": with_exif("JPEG"),
    "XMP": with_segment(
        0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + WORDS.encode() + b"</x:xmpmeta>"
    ),
    "an ICC profile": with_segment(0xE2, b"ICC_PROFILE\0\1\1" + SEGMENT),
    "a thumbnail of many scans": with_segment(
        0xE1, b"Exif\0\0" + b"\xff\xd8" + b"\xff\xda\0\2" * 300 + b"\xff\xd9"
    ),
    "PNG with texts": with_text_chunk(),
    "PNG with EXIF": with_exif("PNG"),
    "WebP with EXIF": with_exif("WEBP"),
    "WebP without loss": encoded(noise(), "WEBP", lossless=True),
    "WebP that moves": encoded(noise(), "WEBP", save_all=True, append_images=[noise(2)]),
    "WebP that is transparent": encoded(noise().convert("RGBA"), "WEBP"),
    "PNG that moves": encoded(noise(), "PNG", save_all=True, append_images=[noise(2)]),
    "CMYK": encoded(noise().convert("CMYK"), "JPEG"),
    "grey": encoded(noise().convert("L"), "JPEG"),
    "EXIF that is damaged": with_segment(
        0xE1, b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\xff\xff"
    ),
    "zeros behind": JPEG + bytes(100_000),
}


@pytest.mark.parametrize("content", GOOD.values(), ids=GOOD)
def test_a_good_picture_is_measured_and_shown(content: bytes) -> None:
    found = measure("s", content)
    assert (found.problem, found.width, found.height) == ("", *noise().size)
    for size in Size:
        shown = Image.open(io.BytesIO(jpeg(content, size.value) or b""))
        assert (shown.format, shown.mode) == ("JPEG", "RGB")
        assert WORDS.encode() not in (jpeg(content, size.value) or b"")


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (
            with_segment(0xFE, PDF[:60_000]),
            "polyglot",
        ),  # a PDF in a comment: readers find it, within 1,024 bytes
        (JPEG + b"\n<html>", "polyglot"),
        (WEBP + b"<!DOCTYPE html>", "polyglot"),
        (JPEG[:2] + b"\xff\xfe\0\2" * 30_000 + JPEG[2:], "too_complex"),
        (PNG[:33] + chunk(b"tEXt", b"a\0b") * 30_000 + PNG[33:], "too_complex"),
        (several(noise(), noise(2))[:-2000], ""),  # the first is whole
    ],
)
def test_what_is_more_than_a_picture(content: bytes, problem: str) -> None:
    assert measure("s", content).problem == problem


@settings(max_examples=60)
@given(st.sampled_from([JPEG, PNG, WEBP, GOOD["MPO"], GOOD["EXIF"]]), st.data())
def test_what_is_measured_without_a_problem_can_be_shown(picture: bytes, data: st.DataObject) -> None:
    content = bytearray(picture)
    for _ in range(data.draw(st.integers(0, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    damaged = bytes(content[: data.draw(st.integers(1, len(content)))])
    found = measure("s", damaged)
    if not found.problem and found.kind in PICTURES:
        assert all(jpeg(damaged, size.value) for size in Size)
    assert found.problem in {"", *FILE_PROBLEMS}


BEFORE = {
    "a line break": b"\n",
    "line breaks of Windows": b"\r\n\r\n",
    "a BOM": b"\xef\xbb\xbf",
    "a BOM and a line break": b"\xef\xbb\xbf\r\n",
    "a server's header": b"Content-Type: application/pdf\r\nContent-Length: 1234\r\n\r\n",
    "a printer's language": b"\x1b%-12345X@PJL JOB\r\n@PJL ENTER LANGUAGE=PDF\r\n",
    "what begins like a bitmap": b"BM report\n",
    "1,024 bytes": b"x" * (MOST_BEFORE_PDF - 1) + b"\n",
}


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE)
def test_a_pdf_begins_where_its_header_does(before: bytes) -> None:
    found = measure("s", before + PDF)
    assert (found.kind, found.problem, found.pages) == ("pdf", "", 2)
    assert pdfs.pages(before + PDF) == 2


@pytest.mark.parametrize("before", [b"x" * (MOST_BEFORE_PDF + 1), b"<html>\n", b"GIF89a"])
def test_what_only_holds_a_pdf_is_none(before: bytes) -> None:
    assert measure("s", before + PDF).problem == "unsupported"


def test_a_pdf_whose_places_count_from_the_beginning_of_the_file_opens() -> None:
    """Some programs count what stands before the header, too."""
    before = b"Content-Type: application/pdf\r\n\r\n"
    moved = PDF.replace(b"startxref\n", b"startxref\n9", 1)
    assert measure("s", before + moved).pages == 2


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heic"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "heic"),
        (b"\0\0\0\x1cftypmsf1\0\0\0\0msf1heviso8", "heic"),
        (b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf", "avif"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf", "avif"),
        (VIDEO, "video"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "video"),
        (b"\0\0\0\x18ftyp3gp4\0\0\0\x003gp43gp6", "video"),
        (b"\xff\x0a\x00\x10", "jxl"),
        (b"\0\0\0\x0cJXL \r\n\x87\n\0\0\0\x14ftypjxl ", "jxl"),
    ],
)
def test_what_cameras_make_beside_photos_is_named(head: bytes, kind: str) -> None:
    assert kind_of(head + bytes(100)) == kind
    assert measure("s", head + bytes(100)).problem == kind
    assert "ถ่าย" in FILE_PROBLEMS[kind].th


# --- PDFs


def made(change: object = None, pages: int = 1, **options: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        if callable(change):
            change(pdf)
        pdf.save(out, **options)
    return out.getvalue()


def action(kind: str, **more: object) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}"), **more)


def opens(what: pikepdf.Object) -> object:
    return lambda pdf: setattr(pdf.Root, "OpenAction", what)


def opens_indirectly(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pdf.make_indirect(action("URI", URI=pikepdf.String("https://a.example")))


def on_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].AA = pikepdf.Dictionary(O=action("URI", URI=pikepdf.String("https://a.example")))


def goes(pdf: pikepdf.Pdf) -> pikepdf.Array:
    return pikepdf.Array([pdf.pages[0].obj, pikepdf.Name.Fit])


def linked(pdf: pikepdf.Pdf) -> None:
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=pikepdf.Array([0, 0, 9, 9]),
        A=action("URI", URI=pikepdf.String("https://a.example")),
    )
    pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(link)])


def attached(name: str, content: bytes) -> object:
    def attach(pdf: pikepdf.Pdf) -> None:
        pdf.attachments[name] = content

    return attach


def pinned(pdf: pikepdf.Pdf) -> None:
    spec = pikepdf.AttachedFileSpec(pdf, b"MZ", filename="a.exe").obj
    note = pikepdf.Dictionary(Subtype=pikepdf.Name.FileAttachment, Rect=pikepdf.Array([0, 0, 9, 9]), FS=spec)
    pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(note)])


def on_the_page(kind: str) -> Callable[[pikepdf.Pdf], None]:
    """Something that is played where it stands."""

    def put(pdf: pikepdf.Pdf) -> None:
        name = pikepdf.Name(f"/{kind}")
        played = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=name, Rect=[0, 0, 9, 9])
        pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(played)])

    return put


ACTIVE = {
    "an address when it is opened": opens(action("URI", URI=pikepdf.String("https://a.example"))),
    "the same, elsewhere in the file": opens_indirectly,
    "an address when a page is shown": on_page,
    "to print when it is opened": opens(action("Named", N=pikepdf.Name.Print)),
    "to send when it is opened": opens(action("SubmitForm", F=pikepdf.String("https://a.example"))),
    "a page, then an address": lambda pdf: setattr(
        pdf.Root, "OpenAction", action("GoTo", D=goes(pdf), Next=action("URI", URI=pikepdf.String("x")))
    ),
    "a film on a page": on_the_page("RichMedia"),
    "a sound on a page": on_the_page("Sound"),
    "a page, then a list": lambda pdf: setattr(
        pdf.Root, "OpenAction", action("GoTo", D=goes(pdf), Next=pikepdf.Array([action("URI")]))
    ),
}
HARMLESS = {
    "nothing": None,
    "a link": linked,
    "a page when it is opened": lambda pdf: setattr(pdf.Root, "OpenAction", goes(pdf)),
    "the same by an action": lambda pdf: setattr(pdf.Root, "OpenAction", action("GoTo", D=goes(pdf))),
    "the XML of a tax invoice": attached("ETDA-invoice.xml", b"<?xml version='1.0'?><rsm:Invoice/>"),
}
ATTACHED = {
    "a program": attached("a.exe", b"MZ"),
    "a document": attached("a.docm", b"PK\x03\x04"),
    "a text": attached("a.txt", b"text"),
    "a program that is called XML": attached("a.xml", b"MZ\0\0"),
    "a pinned file": pinned,
}


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS)
def test_a_pdf_that_does_nothing_by_itself(change: object) -> None:
    assert measure("s", made(change)).problem == ""


@pytest.mark.parametrize("change", ACTIVE.values(), ids=ACTIVE)
def test_a_pdf_that_does_something_by_itself(change: object) -> None:
    assert measure("s", made(change)).problem == "active"


@pytest.mark.parametrize("change", ATTACHED.values(), ids=ATTACHED)
def test_a_pdf_with_a_file_in_it(change: object) -> None:
    assert measure("s", made(change)).problem == "attachment"


@pytest.mark.parametrize(
    "options", [{}, {"linearize": True}, {"object_stream_mode": pikepdf.ObjectStreamMode.generate}]
)
def test_a_pdf_that_was_cut(options: dict[str, object]) -> None:
    whole = made(pages=20, **options)
    assert measure("s", whole).pages == 20
    for share in (0.3, 0.5, 0.8, 0.95):
        cut = whole[: int(len(whole) * share)]
        assert measure("s", cut).problem in {"truncated", "damaged"}
        assert measure("s", cut + bytes(len(whole) - len(cut))).problem in {"truncated", "damaged"}


def test_a_pdf_whose_table_is_wrong_is_read_all_the_same() -> None:
    assert measure("s", PDF.replace(b"startxref\n", b"startxref\n1", 1)).pages == 2


def test_a_file_that_was_filled_up_is_whole() -> None:
    assert measure("s", made(None) + bytes(2 << 20)).problem == ""


def test_what_stands_behind_the_end_of_a_pdf_is_passed_over() -> None:
    assert measure("s", PDF + b"\r\n" + bytes(500)).pages == 2


def nested(depth: int, times: int) -> bytes:
    """A page whose form draws another so many times, and so on."""

    def draw(pdf: pikepdf.Pdf) -> None:
        form = pdf.make_stream(b"0 0 1 1 re f")
        for _ in range(depth):
            inner, form = form, pdf.make_stream(b"/X#31 Do " * times)
            form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X1=inner))
            inner.Type, inner.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
        pdf.pages[0].Contents = pdf.make_stream(b"q /X Do Q")

    return made(draw)


def endless(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_stream(b"/X Do")
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
    pdf.pages[0].Resources = form.Resources
    pdf.pages[0].Contents = pdf.make_stream(b"/X Do")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (nested(1, 1000), ""),
        (nested(3, 10), ""),
        (nested(9, 10), "too_complex"),
        (nested(5, 50), "too_complex"),
        (nested(60, 1), "too_complex"),
        (made(endless), "too_complex"),
    ],
)
def test_a_pdf_that_draws_without_end(content: bytes, problem: str) -> None:
    assert measure("s", content).problem == problem


def with_button(*actions: str) -> object:
    """A form whose button does this when somebody presses it."""

    def add(pdf: pikepdf.Pdf) -> None:
        button = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Btn, A=action(actions[0])
        )
        for following in actions[1:]:
            button.A.Next = action(following)
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([pdf.make_indirect(button)]))
        pdf.pages[0].Annots = pdf.Root.AcroForm.Fields

    return add


@pytest.mark.parametrize(
    ("actions", "problem"),
    [
        (("SubmitForm",), "form_action"),
        (("ImportData",), "form_action"),
        (("ResetForm", "SubmitForm"), "form_action"),
        (("Launch",), "active"),
        (("ResetForm",), ""),
        (("GoTo",), ""),
    ],
)
def test_a_pdf_that_is_a_form(actions: tuple[str, ...], problem: str) -> None:
    assert measure("s", made(with_button(*actions))).problem == problem


def wide(width: float, height: float, unit: float = 1) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[-1].MediaBox = pikepdf.Array([-10, -10, width - 10, height - 10])
        pdf.pages[-1].UserUnit = unit

    return made(change, pages=3)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (wide(40_000, 40_000), "page_too_large"),
        (wide(100, 15_000), "page_too_large"),
        (wide(-20_000, 100), "page_too_large"),
        (wide(2_000, 2_000, 10), "page_too_large"),
        (wide(14_400, 14_400), ""),
        (wide(2_384, 3_370), ""),  # A0
    ],
)
def test_a_page_is_bounded_before_anybody_draws_it(content: bytes, problem: str) -> None:
    assert measure("s", content).problem == problem


def holding(width: int, height: int) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        picture = pdf.make_stream(b"\0" * 100)
        picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        picture.Width, picture.Height, picture.BitsPerComponent = width, height, 1
        picture.ColorSpace = pikepdf.Name.DeviceGray
        pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=picture))
        pdf.pages[0].Contents = pdf.make_stream(b"q 100 0 0 100 0 0 cm /P Do Q")

    return made(change)


@pytest.mark.parametrize(
    ("size", "problem"),
    [
        ((40_000, 40_000), "too_many_pixels"),
        ((1, 300_000_000), "too_many_pixels"),
        ((7_016, 9_921), ""),  # A3 at 600 dpi
        ((2_480, 3_508), ""),
    ],
)
def test_a_picture_on_a_page_is_bounded_before_anybody_unpacks_it(
    size: tuple[int, int], problem: str
) -> None:
    assert measure("s", holding(*size)).problem == problem


def test_the_page_of_a_pdf_that_states_no_size_is_a_page() -> None:
    assert measure("s", made(lambda pdf: pdf.pages[0].obj.__delitem__("/MediaBox"))).problem == ""
