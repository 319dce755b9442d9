"""Reads XML from strangers with limits: no DTD, no entities, no network, limited size and depth.

What it accepts is also cheap to process: canonicalising takes time proportional to the square of one
element's attributes, and to the elements times the namespaces in scope at each.
"""

import re
from collections.abc import Iterator

from lxml import etree

from mochocho.words.errors import BadInput
from mochocho.words.sentences import Sentence
from sync.xform.characters import decode_utf8, has_forbidden, join_references

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 100
MAX_ELEMENTS = 50_000
MAX_ATTRIBUTES = 100  # of one element; a form's elements have a dozen
MAX_NAMESPACES = 32  # in scope at one place; a form declares eight
_NAMESPACES_AN_ELEMENT = 10  # on average, for the largest allowed number of elements

_PIECE = 64 * 1024
_UTF8_BOM, _UTF16_BOMS = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
_DECLARATION = re.compile(r"\A<\?xml\s[^>]*?\?>")
_DECLARED = re.compile(r"""\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")

_AGAIN = Sentence(
    "กรุณาเปิดแบบฟอร์มในแอปแล้วส่งใหม่ หากยังไม่ได้ให้แจ้งผู้ดูแลระบบ",
    "have it opened in the app and sent again; if that does not help, tell whoever looks after the program",
)


def read_xml(
    content: bytes, *, max_bytes: int = MAX_BYTES, max_elements: int = MAX_ELEMENTS
) -> etree._Element:
    """The root element, without comments and processing instructions.

    Raises BadInput: xml.too_large, xml.encoding, xml.bad_character, xml.dtd, xml.malformed, xml.too_deep,
    xml.too_many_attributes.
    """
    if len(content) > max_bytes:
        raise BadInput(
            "xml.too_large",
            f"แบบฟอร์มมีข้อมูลมากเกินไป (เกิน {max_bytes} ไบต์) {_AGAIN.th}",
            f"the form holds too much (more than {max_bytes} bytes); {_AGAIN.en}",
        )
    text = join_references(_decode(content))
    if has_forbidden(text):
        raise BadInput(
            "xml.bad_character",
            f"แบบฟอร์มมีอักขระที่ใช้ไม่ได้ ให้ลบข้อความที่คัดลอกมาวางแล้วพิมพ์ใหม่ {_AGAIN.th}",
            "the form has characters that cannot be; text that was pasted has to be deleted and typed anew; "
            f"{_AGAIN.en}",
        )
    # A real instance escapes every "<" that people type, so this can only be the declaration itself.
    if "<!DOCTYPE" in text:
        raise BadInput(
            "xml.dtd",
            f"แบบฟอร์มมีคำสั่ง DTD ซึ่งไม่อนุญาต {_AGAIN.th}",
            f"the form has a DTD, which is not allowed; {_AGAIN.en}",
        )
    return _build(text, max_elements)


def _decode(content: bytes) -> str:
    """The text without byte order mark and XML declaration; UTF-8, or UTF-16 with a byte order mark."""
    utf16 = content.startswith(_UTF16_BOMS)
    allowed = {"utf-16"} if utf16 else {"utf-8", "utf8", "us-ascii"}
    try:
        text = content.decode("utf-16") if utf16 else decode_utf8(content.removeprefix(_UTF8_BOM))
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
    return BadInput(
        "xml.encoding",
        f"แบบฟอร์มต้องเข้ารหัสเป็น UTF-8 และเขียนไว้ให้ตรงกัน {_AGAIN.th}",
        f"the form has to be UTF-8, and to say so; {_AGAIN.en}",
    )


def _build(text: str, max_elements: int) -> etree._Element:
    parser = etree.XMLPullParser(
        events=("start", "end", "start-ns", "end-ns"),
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    bounds = _Bounds(max_elements)
    try:
        # In pieces, so that what exceeds a limit is refused before it has been built in memory.
        for piece in _pieces(text.encode()):
            parser.feed(piece)
            for event, what in parser.read_events():
                bounds.pass_by(event, what)
        root = parser.close()
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower():
            raise _too_deep() from error
        # The parser's message may quote what was typed, so it is not passed on.
        raise BadInput(
            "xml.malformed",
            f"แบบฟอร์มที่ส่งมาไม่สมบูรณ์หรือไม่ใช่ XML {_AGAIN.th}",
            f"the form is not whole, or no XML; {_AGAIN.en}",
        ) from None
    assert isinstance(root, etree._Element)  # noqa: S101, SLF001 - narrows the stubs' Any for mypy
    return root


def _pieces(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), _PIECE):
        yield content[start : start + _PIECE]


class _Bounds:
    """Counts the open elements and namespaces, and the elements in all."""

    def __init__(self, max_elements: int) -> None:
        self._max_elements = max_elements
        self._depth = self._count = self._namespaces = self._held = 0

    def pass_by(self, event: str, what: object) -> None:
        """Count one parser event. Raises BadInput xml.too_deep, xml.too_large, xml.too_many_attributes."""
        if event == "start":
            assert isinstance(what, etree._Element)  # noqa: S101, SLF001 - narrows the stubs' Any for mypy
            self._begin(what)
        elif event == "end":
            self._depth -= 1
        else:
            self._namespaces += 1 if event == "start-ns" else -1
            if self._namespaces > MAX_NAMESPACES:
                raise _too_many_attributes()

    def _begin(self, element: etree._Element) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > MAX_DEPTH:
            raise _too_deep()
        if self._count > self._max_elements:
            raise BadInput(
                "xml.too_large",
                f"แบบฟอร์มมีช่องข้อมูลมากเกินไป (เกิน {self._max_elements} ช่อง) {_AGAIN.th}",
                f"the form has too many fields (more than {self._max_elements}); {_AGAIN.en}",
            )
        self._held += self._namespaces
        if len(element.attrib) > MAX_ATTRIBUTES or self._held > self._max_elements * _NAMESPACES_AN_ELEMENT:
            raise _too_many_attributes()


def _too_many_attributes() -> BadInput:
    return BadInput(
        "xml.too_many_attributes",
        f"แบบฟอร์มมีส่วนประกอบของช่องข้อมูลมากผิดปกติ (เกิน {MAX_ATTRIBUTES} แอตทริบิวต์ หรือ {MAX_NAMESPACES} เนมสเปซ) "
        f"{_AGAIN.th}",
        f"a field of the form has too many parts (more than {MAX_ATTRIBUTES} attributes or "
        f"{MAX_NAMESPACES} namespaces); {_AGAIN.en}",
    )


def _too_deep() -> BadInput:
    return BadInput(
        "xml.too_deep",
        f"แบบฟอร์มซ้อนกันลึกเกิน {MAX_DEPTH} ชั้น {_AGAIN.th}",
        f"the form is nested deeper than {MAX_DEPTH} levels; {_AGAIN.en}",
    )
