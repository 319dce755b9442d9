"""XML that strangers sent, read with bounds: no DTD, no entities, no network, limited size and depth."""

import re
from collections.abc import Iterator

from lxml import etree

from mochocho.errors import BadInput

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 100
MAX_ELEMENTS = 50_000

_PIECE = 64 * 1024
_UTF8_BOM, _UTF16_BOMS = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
_DECLARATION = re.compile(r"\A<\?xml\s[^>]*?\?>")
_DECLARED = re.compile(r"""\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2

_AGAIN = "กรุณาเปิดแบบฟอร์มในแอปแล้วส่งใหม่ หากยังไม่ได้ให้แจ้งผู้ดูแลระบบ"


def read_xml(
    content: bytes, *, max_bytes: int = MAX_BYTES, max_elements: int = MAX_ELEMENTS
) -> etree._Element:
    """The root element, comments and processing instructions left out.

    Raises BadInput: xml.too_large, xml.encoding, xml.bad_character, xml.dtd, xml.malformed, xml.too_deep.
    """
    if len(content) > max_bytes:
        raise BadInput("xml.too_large", f"แบบฟอร์มมีข้อมูลมากเกินไป (เกิน {max_bytes} ไบต์) {_AGAIN}")
    text = _decode(content)
    if _FORBIDDEN.search(text):
        raise BadInput("xml.bad_character", f"แบบฟอร์มมีอักขระที่ใช้ไม่ได้ ให้ลบข้อความที่คัดลอกมาวางแล้วพิมพ์ใหม่ {_AGAIN}")
    # A real instance escapes every "<" in what people typed, so this can only be the declaration itself.
    if "<!DOCTYPE" in text:
        raise BadInput("xml.dtd", f"แบบฟอร์มมีคำสั่ง DTD ซึ่งไม่อนุญาต {_AGAIN}")
    return _build(text, max_elements)


def _decode(content: bytes) -> str:
    """Text without byte order mark and XML declaration; UTF-8, or UTF-16 that says so with its mark."""
    if content.startswith(_UTF16_BOMS):
        allowed, codec = {"utf-16"}, "utf-16"
    else:
        allowed, codec = {"utf-8", "utf8", "us-ascii"}, "utf-8"
        content = content.removeprefix(_UTF8_BOM)
    try:
        text = content.decode(codec)
    except UnicodeDecodeError:
        raise _wrong_encoding() from None
    declaration = _DECLARATION.match(text)
    if declaration is None:
        return text
    declared = _DECLARED.search(declaration.group())
    if declared is not None and declared.group(1).lower() not in allowed:
        raise _wrong_encoding()
    return text[declaration.end() :]


def _wrong_encoding() -> BadInput:
    return BadInput("xml.encoding", f"แบบฟอร์มต้องเข้ารหัสเป็น UTF-8 และเขียนไว้ให้ตรงกัน {_AGAIN}")


def _build(text: str, max_elements: int) -> etree._Element:
    parser = etree.XMLPullParser(
        events=("start", "end"),
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        # Piece by piece, so that what breaks a limit is refused before it has been built in memory.
        depth = count = 0
        for piece in _pieces(text.encode()):
            parser.feed(piece)
            for event, _ in parser.read_events():
                depth += 1 if event == "start" else -1
                count += event == "start"
                _check_bounds(depth, count, max_elements)
        root = parser.close()
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower():
            raise _too_deep() from error
        # The parser's own words may quote what was typed, so they are not passed on.
        raise BadInput("xml.malformed", f"แบบฟอร์มที่ส่งมาไม่สมบูรณ์หรือไม่ใช่ XML {_AGAIN}") from None
    assert isinstance(root, etree._Element)  # noqa: S101, SLF001 - narrows the stubs' Any for mypy
    return root


def _pieces(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), _PIECE):
        yield content[start : start + _PIECE]


def _check_bounds(depth: int, count: int, max_elements: int) -> None:
    if depth > MAX_DEPTH:
        raise _too_deep()
    if count > max_elements:
        raise BadInput("xml.too_large", f"แบบฟอร์มมีช่องข้อมูลมากเกินไป (เกิน {max_elements} ช่อง) {_AGAIN}")


def _too_deep() -> BadInput:
    return BadInput("xml.too_deep", f"แบบฟอร์มซ้อนกันลึกเกิน {MAX_DEPTH} ชั้น {_AGAIN}")
