"""A PDF without what tells where, when and with what its pages were made. Pure."""

import io

import pikepdf

from processing.decoding.containers import MARKER
from processing.decoding.problem import Problem

_TELLING = ("/Metadata", "/PieceInfo", "/LastModified")
_JPEG = pikepdf.Name("/DCTDecode")
_MAY_TELL = pikepdf.Name("/JPXDecode")  # boxes of its own, which nothing here reads
_APPLICATION, _COLOURS, _COMMENT = (
    range(0xE0, 0xF0),
    (0xE0, 0xEE),
    0xFE,
)  # JFIF and Adobe say what colours mean
_BEGIN, _END, _SCAN = b"\xff\xd8", 0xD9, 0xDA


def bare(content: bytes) -> bytes:
    """The PDF again, its pages unchanged, without properties, XMP and what cameras write into its pictures.

    Of a PDF that `pdfs.measure` found harmless. Raises Problem damaged where a picture in it may still tell.
    """
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
            for thing in pdf.objects:
                if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                    _strip(thing)
            if "/Info" in pdf.trailer:
                del pdf.trailer["/Info"]
            out = io.BytesIO()
            pdf.save(out, deterministic_id=True)
            return out.getvalue()
    except (pikepdf.PdfError, ValueError, IndexError) as error:
        raise Problem("damaged") from error


def _strip(thing: pikepdf.Dictionary | pikepdf.Stream) -> None:
    for name in _TELLING:
        if name in thing:
            del thing[name]
    if not isinstance(thing, pikepdf.Stream):
        return
    used = thing.get("/Filter")
    filters = list(used) if isinstance(used, pikepdf.Array) else [used]
    if _MAY_TELL in filters:
        raise Problem("damaged")
    if filters[-1] == _JPEG:
        if len(filters) > 1:  # packed once more
            raise Problem("damaged")
        thing.write(bare_jpeg(thing.read_raw_bytes()), filter=_JPEG)


def bare_jpeg(content: bytes) -> bytes:
    """The first picture of a JPEG, its pixels alone. Raises ValueError where none is whole."""
    if content[:2] != _BEGIN:
        raise ValueError("no JPEG")
    kept, at = [_BEGIN], 2
    while content[at] == 0xFF:
        kind = content[at + 1]
        if kind == _END:
            return b"".join((*kept, content[at : at + 2]))
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
        if kind == _SCAN:
            following = MARKER.search(content, end)
            if following is None:
                break
            end = following.start()
        if kind in _COLOURS or (kind not in _APPLICATION and kind != _COMMENT):
            kept.append(content[at:end])
        at = end
    raise ValueError("no whole JPEG")
