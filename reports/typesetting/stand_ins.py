"""Stand-ins for pictures while a sheet is typeset: typst would decode each picture only to copy its bytes.

Printers know it as OPI (open prepress interface): pages are made up with an empty picture, and what belongs
there is put in when they become a book.
"""

import struct
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pikepdf

_SAYS = b"mochocho stand-in for "
_COMMENT, _QUANTITIES, _CODES, _FRAME, _SCAN = b"\xfe", b"\xdb", b"\xc4", b"\xc0", b"\xda"
_FRAMES = frozenset((b"\xc0", b"\xc1", b"\xc2"))  # baseline, extended, progressive
# By the number of colours: the side in pixels of what is coded at once, and how each colour is sampled in it.
_UNITS = {1: (8, (0x11,)), 3: (16, (0x22, 0x11, 0x11))}
# Each has one code, the bit 0: a block is as grey as the one before, and nothing more is in it.
_ONE_CODE_EACH = b"".join(kind + b"\1" + bytes(15) + b"\0" for kind in (b"\x00", b"\x10"))


def stand_in(jpeg: bytes, name: str) -> bytes:
    """An empty JPEG in the colours of this one, as small as can be, that says whose place it holds: `name`,
    in ASCII. The picture has another shape: papers are told how wide and high it is.

    Raises ValueError for what is no JPEG of one or three colours.
    """
    *_, colours = frame(jpeg)
    side, sampled = _UNITS[colours]
    bits = 2 * sum((each >> 4) * (each & 15) for each in sampled)
    components = b"".join(bytes((number, each, 0)) for number, each in enumerate(sampled, 1))
    selectors = b"".join(bytes((number, 0)) for number in range(1, colours + 1))
    return b"".join(
        (
            b"\xff\xd8",
            _segment(_COMMENT, _SAYS + name.encode("ascii")),
            _segment(_QUANTITIES, b"\0" + b"\1" * 64),
            _segment(_FRAME, struct.pack(">BHHB", 8, side, side, colours) + components),
            _segment(_CODES, _ONE_CODE_EACH),
            _segment(_SCAN, bytes((colours,)) + selectors + b"\x00\x3f\x00"),
            bytes(-(-bits // 8)),
            b"\xff\xd9",
        )
    )


def put_in(sheet: "pikepdf.Pdf", picture: Callable[[str], bytes]) -> None:
    """Put each picture of a typeset sheet in the place held for it; `picture`: its JPEG, by its name."""
    import pikepdf

    for page in sheet.pages:
        for image in page.get_images(recursive=False).values():  # typst nests none
            if name := _named(image.read_raw_bytes()):
                jpeg = picture(name)
                image.Height, image.Width, _ = frame(jpeg)
                image.write(jpeg, filter=pikepdf.Name.DCTDecode)


def lost(images: Iterable[bytes], pdf: bytes) -> bool:
    """Whether there were stand-ins among the images of this PDF, and none is in it as it was given."""
    return any(map(_named, images)) and _SAYS not in pdf


def _named(jpeg: bytes) -> str:
    """Whose place this holds; "" where it is a picture itself."""
    begin = b"\xff\xd8\xff" + _COMMENT
    if not jpeg.startswith(begin):
        return ""
    said = _said(jpeg, len(begin))
    return said.removeprefix(_SAYS).decode("ascii") if said.startswith(_SAYS) else ""


def frame(jpeg: bytes) -> tuple[int, int, int]:
    """Height and width in pixels, and number of colours. Raises ValueError for what is no JPEG of ours."""
    at = 2
    while jpeg[at : at + 1] == b"\xff":
        marker, said = jpeg[at + 1 : at + 2], _said(jpeg, at + 2)
        if marker in _FRAMES:
            _, height, width, colours = struct.unpack_from(">BHHB", said)
            if colours in _UNITS:
                return height, width, colours
        at += 4 + len(said)
    raise ValueError("no JPEG of one or three colours")


def _segment(marker: bytes, said: bytes) -> bytes:
    return b"\xff" + marker + struct.pack(">H", 2 + len(said)) + said


def _said(jpeg: bytes, at: int) -> bytes:
    """What stands in the segment whose length stands here."""
    return jpeg[at + 2 : at + int.from_bytes(jpeg[at : at + 2])]
