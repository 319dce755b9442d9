"""What a file is, by its first bytes and never by its name. Pure."""

import re

_HEADS = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"%PDF-", "pdf"),
    (b"GIF8", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"BM", "bmp"),
    (b"PK\x03\x04", "zip"),
)
_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1"}
_MARKUP = re.compile(rb"\s*<(?:\?xml|!doctype|html|svg|script|!--)", re.IGNORECASE)


def kind_of(head: bytes) -> str:
    """The kind a file's first kilobyte shows: jpeg, png, webp, pdf, heic, gif, tiff, bmp, zip, markup, empty
    or unknown.
    """
    if not head:
        return "empty"
    if head[4:8] == b"ftyp":
        return "heic" if head[8:12] in _HEIC_BRANDS else "unknown"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    for start, kind in _HEADS:
        if head.startswith(start):
            return kind
    return "markup" if _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")) else "unknown"
