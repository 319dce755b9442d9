"""The kind of a file, by its first bytes and never by its name. Pure."""

import re

PICTURES = ("jpeg", "png", "webp")  # the kinds accepted as pictures, which papers can show

MOST_BEFORE_PDF = 1024  # bytes that readers skip before a PDF's header
HEAD = MOST_BEFORE_PDF + 8  # bytes of a file that determine its kind

_HEADS = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF8", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"PK\x03\x04", "zip"),
    (b"\xff\x0a", "jxl"),
    (b"\x00\x00\x00\x0cJXL \r\n\x87\n", "jxl"),
)
_PDF = b"%PDF-"
_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1"}
_AVIF_BRANDS = {b"avif", b"avis"}
_MARKUP = re.compile(rb"\s*<(?:\?xml|!doctype|html|svg|script|!--)", re.IGNORECASE)


def kind_of(head: bytes) -> str:
    """The kind of a file by its first `HEAD` bytes.

    One of jpeg, png, webp, pdf, heic, avif, jxl, video, gif, tiff, bmp, zip, markup, empty, unknown.
    """
    if not head:
        return "empty"
    if head[4:8] == b"ftyp":
        return _of_brands(head)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    for start, kind in _HEADS:
        if head.startswith(start):
            return kind
    if _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "markup"
    if pdf_start(head) >= 0:
        return "pdf"
    return "bmp" if head.startswith(b"BM") else "unknown"


def pdf_start(content: bytes) -> int:
    """Where a PDF begins in its file: a line break, a BOM or header lines may precede it. -1: nowhere."""
    return content.find(_PDF, 0, MOST_BEFORE_PDF + len(_PDF))


def _of_brands(head: bytes) -> str:
    """The kind within MP4's container: for the brand `mif1`, the compatible brands name the codec."""
    size = int.from_bytes(head[:4])
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, min(size, len(head)), 4))}
    if brands & _AVIF_BRANDS:
        return "avif"
    return "heic" if brands & _HEIC_BRANDS else "video"
