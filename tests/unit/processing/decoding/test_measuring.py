"""Damaged files of every kind, made by code, measured by content and never by name."""

import io
import struct
import zipfile
import zlib

import pikepdf
import pytest
from PIL import Image

from processing.decoding import containers, pdfs
from processing.decoding.one_file import measure
from processing.findings.of_documents import FILE_PROBLEMS


def picture(kind: str, size: tuple[int, int] = (300, 200), **options: object) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, kind, **options)
    return out.getvalue()


def pdf(pages: int = 1, **options: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page(page_size=(200, 200))
        made.save(out, **options)
    return out.getvalue()


def scripted_pdf(where: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        if where == "open":
            made.Root.OpenAction = action
        elif where == "page":
            made.pages[0].AA = pikepdf.Dictionary(O=action)
        elif where == "names":
            made.Root.Names = pikepdf.Dictionary(
                JavaScript=pikepdf.Dictionary(
                    Names=pikepdf.Array([pikepdf.String("a"), made.make_indirect(action)])
                )
            )
        else:
            made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))
        made.save(out)
    return out.getvalue()


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def png_bomb(side: int) -> bytes:
    """A PNG that says it is `side` x `side` and is a few hundred bytes long."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    data = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


JPEG, PNG, WEBP = picture("JPEG"), picture("PNG"), picture("WEBP")
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200)
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'


@pytest.mark.parametrize(
    ("content", "kind", "size"),
    [
        (JPEG, "jpeg", (300, 200)),
        (picture("JPEG", progressive=True), "jpeg", (300, 200)),
        (picture("JPEG", (7, 5)), "jpeg", (7, 5)),
        (PNG, "png", (300, 200)),
        (WEBP, "webp", (300, 200)),
    ],
)
def test_pictures_that_open(content: bytes, kind: str, size: tuple[int, int]) -> None:
    found = measure("s", content)
    assert (found.kind, found.problem, (found.width, found.height)) == (kind, "", size)
    assert found.size == len(content)


def test_a_phone_trailer_after_a_photo_is_no_problem() -> None:
    motion_photo = JPEG + b"\0\0\0\x18ftypmp42" + bytes(5000)
    assert measure("s", motion_photo).problem == ""


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (HEIC, "heic"),
        (HTML, "unsupported"),
        (SVG, "unsupported"),
        (b"\xef\xbb\xbf  " + HTML, "unsupported"),
        (zipped(a=b"x"), "unsupported"),
        (picture("GIF"), "unsupported"),
        (picture("TIFF"), "unsupported"),
        (bytes(1000), "unsupported"),
        (JPEG[: len(JPEG) // 2], "truncated"),
        (JPEG[:-2], "truncated"),
        (PNG[: len(PNG) // 2], "truncated"),
        (WEBP[: len(WEBP) // 2], "damaged"),
        (JPEG[:30], "damaged"),
        (b"\xff\xd8\xff\xe0 stands for a photo \xff\xd9", "damaged"),
        (PNG[:100] + bytes(50) + PNG[150:], "damaged"),
        (JPEG + HTML, "polyglot"),
        (JPEG + pdf(), "polyglot"),
        (JPEG + zipped(a=b"x"), "polyglot"),
        (PNG + b"<SCRIPT >", "polyglot"),
        (png_bomb(30_000), "too_many_pixels"),
        (png_bomb(6_000), "too_many_pixels"),
        (JPEG[:-2] + containers.MAX_SCANS * b"\xff\xda\0\2" + JPEG[-2:], "too_complex"),
    ],
)
def test_pictures_that_do_not(content: bytes, problem: str) -> None:
    assert measure("s", content).problem == problem
    assert problem in FILE_PROBLEMS


def test_a_pdf_that_opens() -> None:
    found = measure("s", pdf(3))
    assert (found.kind, found.problem, found.pages) == ("pdf", "", 3)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (pdf(0), "no_pages"),
        (pdf(pdfs.MAX_PAGES + 1), "too_many_pages"),
        (pdf(encryption=pikepdf.Encryption(user="secret", owner="owner")), "encrypted"),
        (pdf(encryption=pikepdf.Encryption(user="", owner="owner")), "encrypted"),
        (scripted_pdf("open"), "active"),
        (scripted_pdf("page"), "active"),
        (scripted_pdf("names"), "active"),
        (scripted_pdf("launch"), "active"),
        (b"%PDF-1.7\n" + bytes(300), "damaged"),
        (b"%PDF-1.7\n%%EOF", "damaged"),
    ],
)
def test_pdfs_that_do_not(content: bytes, problem: str) -> None:
    assert measure("s", content).problem == problem
    assert problem in FILE_PROBLEMS


def pdf_bomb(unpacked: int) -> bytes:
    """A PDF whose objects stand in a stream that unpacks to this many bytes."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(unpacked >> 20)) + packer.flush()
    body = b"%PDF-1.5\n"
    objects = len(body)
    head = b"3 0 obj\n<</Type/ObjStm/N 2/First 10/Filter/FlateDecode/Length %d>>stream\n" % len(packed)
    body += head + packed + b"\nendstream\nendobj\n"
    table = len(body)
    entries = [(0, 0, 65535), (2, 3, 0), (2, 3, 1), (1, objects, 0), (1, table, 0)]
    cross = b"".join(struct.pack(">BIH", *entry) for entry in entries)
    head = b"4 0 obj\n<</Type/XRef/Size 5/W[1 4 2]/Root 1 0 R/Length %d>>stream\n" % len(cross)
    return body + head + cross + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % table


def test_a_pdf_that_unpacks_without_end_is_refused() -> None:
    assert measure("s", pdf_bomb(400 << 20)).problem == "damaged"


def test_a_renamed_pdf_is_a_pdf() -> None:
    assert measure("s", pdf()).kind == "pdf"
